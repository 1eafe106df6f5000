"""python -m eval.compare A.json B.json: is the second run better, worse, or is there no evidence; and every case that moved."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from eval.examine import Result
from eval.intervals import difference, reports
from eval.measures.catalogue import MEASURES, Measure
from eval.runs import STATES, Run, load, shown

_TOLD = 6  # differences of one case that are printed


class Moved(NamedTuple):
    """A case whose state or any measure differs, what differs, and the misses that came and went."""

    name: str
    changes: tuple[str, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]


def verdict(measure: Measure, low: float, high: float) -> str:
    """What an interval of differences says: 变好 or 变差 when it has no zero in it, else 无证据."""
    if low <= 0 <= high:
        return "无证据"
    return "变好" if (low > 0) == measure.high else "变差"


def common(before: Run, after: Run) -> list[tuple[Result, Result]]:
    """The cases that both runs have, the same file and gold in both."""
    first = {(result.name, result.key.partition("-")[0]): result for result in before.results}
    pairs = ((first.get((r.name, r.key.partition("-")[0])), r) for r in after.results)
    return [(one, two) for one, two in pairs if one is not None]


def moved(pairs: list[tuple[Result, Result]]) -> Iterator[Moved]:
    """Every case of which the second run says something else; how long it took is nothing said."""
    for one, two in pairs:
        changes = [] if one.state == two.state else [f"{STATES[one.state]} → {STATES[two.state]}"]
        for measure in MEASURES.values():
            a, b = measure.of(one.counts), measure.of(two.counts)
            if a != b and a is not None and b is not None and measure.id != "seconds":
                changes.append(f"{measure.title} {shown(a, measure.unit)} → {shown(b, measure.unit)}")
        was, now = _said(one), _said(two)
        if changes or was != now:
            yield Moved(two.name, tuple(changes), tuple(sorted(now - was)), tuple(sorted(was - now)))


def _said(result: Result) -> set[str]:
    return {miss["said"] for miss in result.misses} | set(result.notes)


def main() -> int:
    """Print the comparison; exit 1 when any measure got worse."""
    parser = argparse.ArgumentParser(prog="python -m eval.compare", description="比较两次考核")
    parser.add_argument("before", type=Path, help="先前一次（python -m eval --save）")
    parser.add_argument("after", type=Path, help="后来一次")
    options = parser.parse_args()
    before, after = load(options.before), load(options.after)
    pairs = common(before, after)
    both = [(one, two) for one, two in pairs if one.state == two.state == "ok"]
    print(
        f"共同的案例 {len(pairs)} 个（先前 {len(before.results)}，后来 {len(after.results)}），两次都评了分的 {len(both)} 个"
    )
    before_units, after_units = reports(one for one, _ in both), reports(two for _, two in both)
    worse = False
    for measure in MEASURES.values():
        if measure.id == "seconds":
            continue
        found = difference(measure, before_units, after_units)
        if found is None:
            continue
        says = verdict(measure, found.low, found.high)
        worse = worse or says == "变差"
        if found.value or says != "无证据":
            unit = measure.unit
            about = f"[{shown(found.low, unit)}，{shown(found.high, unit)}]"
            print(f"  {says}  {measure.title:<20} {shown(found.value, unit):>12}  {about}")
    changed = list(moved(pairs))
    print(f"\n有变化的案例 {len(changed)} 个")
    for each in changed:
        print(f"  {each.name}：{'；'.join(each.changes[:_TOLD]) or '错处不同'}")
        for sign, said in (("+", each.came), ("-", each.went)):
            for one in said[:_TOLD]:
                print(f"      {sign} {one}")
    return 1 if worse else 0


if __name__ == "__main__":
    raise SystemExit(main())
