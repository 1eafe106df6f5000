"""Runs: the results of many cases, saved, loaded, shown, and finished later where they were broken off."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.answers import answered
from eval.cases import Lot
from eval.examine import Result, code_version, examine, key_of
from eval.intervals import interval, reports
from eval.measures.catalogue import MEASURES
from extractor.settings import Settings

VERSION = 1
STATES = {"ok": "完成", "refused": "拒收", "crashed": "崩溃", "ungraded": "无法评分"}


class NotARun(ValueError):
    """A file is not the saved results of this version."""


@dataclass
class Run:
    """The results of one engine on a list of cases; `code` tells one state of the product from another."""

    engine: str
    code: str
    results: list[Result] = field(default_factory=list)

    @property
    def graded(self) -> list[Result]:
        """The results that have counts."""
        return [result for result in self.results if result.state == "ok"]

    @property
    def stopped(self) -> list[Result]:
        """The results that have none, each with its reason."""
        return [result for result in self.results if result.state != "ok"]


def run(cases: Iterable[Lot], settings: Settings, path: Path | None = None) -> Run:
    """Examine every case, or only those whose results are not in the file at `path` yet."""
    results = list(resumed(cases, settings, path) if path else examined(cases, settings))
    answer_plants(results)
    return Run(settings.engine, code_version(), results)


def examined(cases: Iterable[Lot], settings: Settings) -> Iterator[Result]:
    """Every case examined anew."""
    for lot in cases:
        yield examine(lot.make(), settings, key_of(lot, settings))


def answer_plants(results: Iterable[Result]) -> None:
    """Count which planted errors were answered: what is said of a report is compared with what is said of its clean twin."""
    graded = {result.name: result for result in results if result.state == "ok"}
    for result in graded.values():
        twin = graded.get(result.twin)
        if not result.planted or twin is None:
            continue
        before, after = ({(a, b, c) for a, b, c in each.said} for each in (twin, result))
        hits = [answered(codes, before, after) for codes in result.planted]
        result.counts["planted"] = [float(sum(hits)), float(len(hits))]
        for codes, hit in zip(result.planted, hits, strict=True):
            vector = result.counts.setdefault(f"planted/{codes[0]}", [0.0, 0.0])
            result.counts[f"planted/{codes[0]}"] = [vector[0] + hit, vector[1] + 1]
            if not hit:
                result.notes.append(f"植入的错误未检出：{'|'.join(codes)}")


def resumed(cases: Iterable[Lot], settings: Settings, path: Path) -> Iterator[Result]:
    """Examine every case whose result is not in the file yet, writing each result down at once; a changed case or a changed
    product makes an old result void."""
    known = {result.key: result for result in read_lines(path)}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        for lot in cases:
            key = key_of(lot, settings)
            result = known.get(key)
            if result is None:
                result = examine(lot.make(), settings, key)
                file.write(json.dumps(result.record(), ensure_ascii=False) + "\n")
                file.flush()
            yield result


def read_lines(path: Path) -> Iterator[Result]:
    """The results in a file of lines; a line cut off by a broken run is left out."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        yield Result(**record)


def save(finished: Run, path: Path) -> None:
    """Write the run as JSON, a result per line."""
    head = {"version": VERSION, "engine": finished.engine, "code": finished.code}
    lines = ",\n".join(json.dumps(result.record(), ensure_ascii=False) for result in finished.results)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{json.dumps(head)[:-1]}, "results": [\n{lines}\n]}}\n', encoding="utf-8")


def load(path: Path) -> Run:
    """A saved run; NotARun when the file is none."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if data.get("version") != VERSION:
        raise NotARun(f"{path} 不是本版本保存的考核结果；请用 python -m eval --save 重新生成")
    return Run(data["engine"], data["code"], [Result(**each) for each in data["results"]])


def shown(value: float, unit: str) -> str:
    """A measured value as it is printed."""
    if unit == "%":
        return f"{100 * value:.2f}%"
    return f"{value:.0f} {unit}" if value == int(value) else f"{value:.3f} {unit}"


def lines(results: Sequence[Result], measures: Iterable[str] = tuple(MEASURES)) -> Iterator[str]:
    """Every measure of some results with its interval, one a line; what nothing was measured of is left out."""
    units = reports(results)
    for name in measures:
        measure = MEASURES[name]
        found = interval(measure, units)
        if found is not None:
            about = f"[{shown(found.low, measure.unit)}，{shown(found.high, measure.unit)}]"
            about = "" if measure.summed else about
            yield f"  {measure.title:<20} {shown(found.value, measure.unit):>12}  {about}"
