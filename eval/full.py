"""What a run amounts to, in words: every measure, by layout and by format, what stopped, and the bars of generated reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from eval.examine import Result
from eval.intervals import interval, reports
from eval.measures.catalogue import MEASURES, total
from eval.runs import STATES, Run, lines, shown

WORST_DIGITAL, PICTURES, PICTURE_FORMS = 0.93, 0.90, ("scan", "png")
# measure, whether the value holds, the bar in words
BARS: tuple[tuple[str, Callable[[float], bool], str], ...] = (
    ("f1.all", lambda value: value >= 0.97, "≥ 97%"),
    ("planted", lambda value: value >= 0.97, "≥ 97%"),
    ("accused", lambda value: value <= 0.02, "≤ 0.02 条"),
    ("fabricated", lambda value: value == 0, "0 个"),
    ("calibration", lambda value: value <= 0.05, "≤ 5%"),
    ("certain", lambda value: value >= 0.995, "≥ 99.5%"),
)


def measured(results: Iterable[Result], name: str) -> float | None:
    """One measure over some results."""
    return MEASURES[name].of(total(result.counts for result in results))


def grouped(results: Iterable[Result], by: Callable[[Result], str]) -> dict[str, list[Result]]:
    """The results by a property, in its order."""
    out: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        out[by(result)].append(result)
    return dict(sorted(out.items()))


class Bar(NamedTuple):
    """What was measured, its value and interval in words, the bar, and whether it holds."""

    what: str
    value: str
    around: str
    bar: str
    good: bool


def bars(run: Run) -> Iterator[Bar]:
    """The bars of a run over generated reports; what was not measured is left out."""

    def barred(
        results: Sequence[Result], name: str, bar: str, holds: Callable[[float], bool], what: str = ""
    ) -> Iterator[Bar]:
        found = interval(MEASURES[name], reports(results))
        if found is not None:
            unit = MEASURES[name].unit
            around = "—" if MEASURES[name].summed else f"{shown(found.low, unit)}–{shown(found.high, unit)}"
            title = what or MEASURES[name].title
            yield Bar(title, shown(found.value, unit), around, bar, holds(found.value))

    for name, holds, bar in BARS:
        yield from barred(run.graded, name, bar, holds)
    digital = grouped([r for r in run.graded if r.digital], lambda result: result.group)
    scored = {name: f1 for name, own in digital.items() if (f1 := measured(own, "f1.all")) is not None}
    if scored:
        worst = min(scored, key=lambda name: scored[name])
        title, floor = f"最差的电子版式（{worst}）F1", f"≥ {WORST_DIGITAL:.0%}"
        yield from barred(digital[worst], "f1.all", floor, lambda value: value >= WORST_DIGITAL, title)
    pictures = [result for result in run.graded if result.form in PICTURE_FORMS]
    floor = f"≥ {PICTURES:.0%}"
    yield from barred(pictures, "f1.all", floor, lambda value: value >= PICTURES, "扫描件和照片 F1")
    if pictures:
        yield from barred(
            pictures, "fabricated", "0 个", lambda value: not value, "扫描件和照片中原文没有的数"
        )


def held(run: Run) -> list[str]:
    """The bars that fell."""
    return [bar.what for bar in bars(run) if not bar.good]


def report(run: Run, *, verbose: bool = False) -> Iterator[str]:
    """The lines to print."""
    states = Counter(result.state for result in run.results)
    told = "，".join(f"{STATES[state]} {many}" for state, many in states.items())
    yield f"引擎 {run.engine}，案例 {len(run.results)} 个：{told}"
    for result in run.stopped:
        yield f"  {STATES[result.state]}  {result.name}：{result.error.strip().splitlines()[-1]}"
    yield from lines(run.graded)
    for title, by in (("版式", lambda r: r.group), ("格式", lambda r: r.form)):
        groups = grouped(run.graded, by)
        if len(groups) > 1:
            yield f"\n按{title}（F1，行全对，植入错误检出，误报，份数）"
            yield from (_line(name, own) for name, own in groups.items())
    if any(result.planted for result in run.results):
        yield "\n底线"
        for bar in bars(run):
            yield f"{'✓' if bar.good else '✗'} {bar.what:<28} {bar.value:>10}  {bar.around}（{bar.bar}）"
    if verbose:
        for result in run.graded:
            yield from (f"    {result.name}: {miss['said']}" for miss in result.misses)
            yield from (f"    {result.name}: {note}" for note in result.notes)


def _line(name: str, results: Sequence[Result]) -> str:
    cells = []
    for measure in ("f1.all", "rows.indicators", "planted", "accused"):
        value = measured(results, measure)
        cells.append("—" if value is None else shown(value, MEASURES[measure].unit))
    return f"  {name:<24} {' '.join(f'{cell:>10}' for cell in cells)} {len(results):>5}"
