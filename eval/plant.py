"""python -m eval.plant: how many planted errors the review finds, code by code; exit 1 when the bar falls."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from eval.answers import LEDGER_ONLY, answered, said
from eval.cases import FIXTURES, Case, canonical, fixture_cases
from eval.planting import KINDS, Plant, Sheet, planted, sheets
from extractor.pipeline import review
from extractor.settings import Settings

BAR = 0.98
_GRAVE = ("P0", "P1")

__all__ = ["BAR", "LEDGER_ONLY", "Recall", "Tally", "clean_cases", "clean_sheets", "measure"]


@dataclass
class Tally:
    """Planted and found errors of one code, and the misses."""

    planted: int = 0
    found: int = 0
    missed: list[Plant] = field(default_factory=list)


@dataclass
class Recall:
    """What `measure` found: a tally per code, the codes that exist, and the accusations of the clean originals."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    known: set[str] = field(default_factory=set)
    accused: list[str] = field(default_factory=list)

    def share(self, known: bool) -> tuple[int, int]:
        """Found and planted errors over the codes that exist, or over the others."""
        tallies = [t for code, t in self.tallies.items() if (code in self.known) == known]
        return sum(t.found for t in tallies), sum(t.planted for t in tallies)


def clean_cases() -> list[Case]:
    """The fixtures on which no P0 or P1 note may fire."""
    return [case for case in fixture_cases() if case.findings.get("clean")]


def clean_sheets(cases: list[Case]) -> Iterator[Sheet]:
    """The same fixtures as the planter sees them, in the canonical text."""
    texts = {case.name: canonical(case.source) for case in cases}
    for sheet in sheets(FIXTURES, [case.name for case in cases]):
        yield Sheet(sheet.name, texts[sheet.name], sheet.gold)


def measure(cases: list[Case]) -> Recall:
    """Review every clean fixture, then every plant in it."""
    recall = Recall()
    sources = {case.name: case for case in cases}
    for sheet in clean_sheets(cases):
        case = sources[sheet.name]
        original = review(case.source, Settings(), file_name=case.file_name)
        recall.known |= {check.code for check in original.checks}
        recall.accused += [
            f"{case.name} {note.severity} {note.code} {note.comment[:70]}"
            for note in original.notes
            if note.severity in _GRAVE
        ]
        before = said(original)
        for plant in planted(sheet):
            tally = recall.tallies[plant.code]
            tally.planted += 1
            changed = review(plant.text.encode(), Settings(), file_name=case.file_name)
            if answered(plant.codes, before, said(changed)):
                tally.found += 1
            else:
                tally.missed.append(plant)
    return recall


def _print(recall: Recall) -> None:
    for title, known in (("已实现的核查项", True), ("尚未实现的核查项", False)):
        found, of = recall.share(known)
        print(f"\n{title}：{found}/{of}" + (f" = {100 * found / of:.2f}%" if of else ""))
        for code in sorted(recall.tallies):
            tally = recall.tallies[code]
            if (code in recall.known) == known:
                print(f"  {code:<8}{tally.found:>4}/{tally.planted}")
    print("\n未检出")
    for code in sorted(recall.known & set(recall.tallies)):
        for plant in recall.tallies[code].missed:
            print(f"  {code:<8}{plant.fixture:<42}{plant.kind}：{plant.description}")
    print(f"\n原件上的 P0/P1：{len(recall.accused)}")
    for label in recall.accused:
        print(f"  {label}")


def main() -> int:
    """Measure and print; the bar is 98 % over the checks that exist and no accusation of a clean original."""
    parser = argparse.ArgumentParser(prog="python -m eval.plant", description="植入错误的检出率")
    parser.add_argument("--only", default="", metavar="NAME", help="只测名称以此开头的夹具")
    args = parser.parse_args()
    cases = [case for case in clean_cases() if case.name.startswith(args.only)]
    recall = measure(cases)
    print(f"{len(cases)} 份正确报告，{len(KINDS)} 种错误，{len(recall.tallies)} 个代码")
    _print(recall)
    found, of = recall.share(True)
    good = found >= BAR * of and not recall.accused
    print("\n达标" if good else "\n未达标（检出率底线 98%，原件 P0/P1 为 0）")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
