"""python -m eval.gate: a fixed set of cases, each with its own floor; the gate falls when any case does, not when an average does.

The floors and the set stand in baseline.json. `--write` raises floors and takes in new cases; a floor is lowered only with
`--lower` and a reason, which is kept.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from eval.cases import Lot, case_of, fixture_cases, lots
from eval.examine import Result, examine
from eval.generate import Item
from eval.measures.catalogue import MEASURES
from eval.runs import answer_plants
from extractor.settings import Settings

BASELINE = Path(__file__).with_name("baseline.json")
GUARDED = tuple(
    name
    for name in MEASURES
    if name.startswith(("f1.", "rows.", "place.", "found.", "just."))
    or name in ("planted", "accused", "forbidden", "fabricated", "certain")
)


class Fall(NamedTuple):
    """A case that no longer does what it did."""

    case: str
    measure: str
    floor: float | None
    now: float | None
    why: str = ""

    def __str__(self) -> str:
        """The case, the measure, the floor and the value."""
        if self.floor is None:
            return f"{self.case}：{self.why}"
        return (
            f"{self.case}：{MEASURES[self.measure].title}（{self.measure}）底线 {self.floor}，现为 {self.now}"
        )


def read(path: Path = BASELINE) -> dict[str, Any]:
    """The baseline: `drawn` generated cases of the set, `cases` with the hash of what they say and their floors, `lowered` with reasons."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def members(baseline: dict[str, Any]) -> Iterator[Lot]:
    """The fixed set: every fixture, and the generated reports that the baseline names."""
    yield from lots(fixture_cases())
    for kind, seed, layout, form, sinful in baseline["drawn"]:
        item = Item(kind, seed, layout, form, sinful)
        said = hashlib.sha256(item.printed.encode()).hexdigest()[
            :12
        ]  # the bytes of a Word file hold the hour
        yield Lot(item.name, said, partial(case_of, item))


def measured(cases: Iterator[Lot]) -> dict[str, tuple[str, Result]]:
    """Name → (hash of what the case says, result) of every case."""
    out: dict[str, tuple[str, Result]] = {}
    for lot in cases:
        out[lot.name] = lot.key, examine(lot.make(), Settings(engine="rules"))
    answer_plants(result for _, result in out.values())
    return out


def floors_of(result: Result) -> dict[str, float]:
    """What a case reaches now, rounded to the safe side."""
    out = {}
    for name in GUARDED:
        measure = MEASURES[name]
        value = measure.of(result.counts)
        if value is not None:
            out[name] = (
                math.floor(value * 10_000) / 10_000 if measure.high else math.ceil(value * 10_000) / 10_000
            )
    return out


def falls(baseline: dict[str, Any], found: dict[str, tuple[str, Result]]) -> list[Fall]:
    """Every case that fell, stopped, changed or was never measured before."""
    out = []
    for name, (digest, result) in found.items():
        known = baseline["cases"].get(name)
        if result.state != "ok":
            out.append(Fall(name, "", None, None, f"{result.state} {result.error.strip()[-300:]}"))
        elif known is None or known["file"] != digest:
            why = "是新案例" if known is None else "案例本身变了"
            out.append(Fall(name, "", None, None, f"{why}；请运行 python -m eval.gate --write"))
        else:
            now = floors_of(result)
            out += [
                Fall(name, measure, floor, now.get(measure))
                for measure, floor in known["floors"].items()
                if _below(measure, floor, now.get(measure))
            ]
    gone = baseline["cases"].keys() - found.keys()
    return out + [Fall(name, "", None, None, "案例不见了") for name in sorted(gone)]


def _below(measure: str, floor: float, now: float | None) -> bool:
    if now is None:
        return True
    return now < floor if MEASURES[measure].high else now > floor


def raised(
    baseline: dict[str, Any], found: dict[str, tuple[str, Result]], lower: str | None
) -> dict[str, Any]:
    """The baseline with every floor where the case is now; what would sink is kept unless `lower` gives the reason."""
    cases, lowered = {}, list(baseline.get("lowered", ()))
    for name, (digest, result) in found.items():
        known = baseline["cases"].get(name)
        now = floors_of(result)
        if known is not None and known["file"] == digest:
            for measure, floor in known["floors"].items():
                value = now.get(measure)
                if not _below(measure, floor, value):
                    continue
                if lower is None:
                    now[measure] = floor
                else:
                    lowered.append(
                        {"case": name, "measure": measure, "from": floor, "to": value, "reason": lower}
                    )
        cases[name] = {"file": digest, "floors": now}
    return {"drawn": baseline["drawn"], "cases": cases, "lowered": lowered}


def write(baseline: dict[str, Any], path: Path = BASELINE) -> None:
    """One case per line, so that a change of a floor is one line of a diff."""
    drawn = ",\n  ".join(json.dumps(each) for each in baseline["drawn"])
    cases = ",\n  ".join(
        f"{json.dumps(name)}: {json.dumps(baseline['cases'][name])}" for name in baseline["cases"]
    )
    lowered = ",\n  ".join(json.dumps(each, ensure_ascii=False) for each in baseline["lowered"])
    path.write_text(
        f'{{\n "drawn": [\n  {drawn}\n ],\n "cases": {{\n  {cases}\n }},\n "lowered": [\n  {lowered}\n ]\n}}\n',
        encoding="utf-8",
    )


def main() -> int:
    """Measure the set and compare, or write the floors anew."""
    parser = argparse.ArgumentParser(prog="python -m eval.gate", description="逐案例的底线")
    parser.add_argument("--write", action="store_true", help="抬高底线并收入新案例；底线只升不降")
    parser.add_argument(
        "--lower", metavar="理由", help="与 --write 同用：允许降低底线，理由记入 baseline.json"
    )
    options = parser.parse_args()
    if options.lower is not None and (not options.write or not options.lower.strip()):
        parser.error("--lower 要与 --write 同用，并写明理由")
    baseline = read()
    found = measured(members(baseline))
    fell = falls(baseline, found)
    for fall in fell:
        print(f"✗ {fall}")
    if options.write:
        stopped = [name for name, (_, result) in found.items() if result.state != "ok"]
        if stopped:
            print(f"未写出：{'、'.join(stopped)} 没有评分")
            return 1
        write(raised(baseline, found, options.lower))
        print(f"底线已写入 {BASELINE.name}，案例 {len(found)} 个")
        return 0
    print(f"案例 {len(found)} 个，{'全部守住底线' if not fell else f'{len(fell)} 处跌破'}")
    return 1 if fell else 0


if __name__ == "__main__":
    raise SystemExit(main())
