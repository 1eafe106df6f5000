"""What a run amounts to, in words: every measure, by layout and by format, what stopped, and the bars of generated reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from eval.examine import Result
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


def bars(run: Run) -> Iterator[tuple[str, str, str, bool]]:
    """(what, value, bar, whether it holds) for a run over generated reports; what was not measured is left out."""
    for name, holds, bar in BARS:
        value = measured(run.graded, name)
        if value is not None:
            yield MEASURES[name].title, shown(value, MEASURES[name].unit), bar, holds(value)
    digital = grouped([r for r in run.graded if r.digital], lambda result: result.group)
    scored = {name: f1 for name, own in digital.items() if (f1 := measured(own, "f1.all")) is not None}
    if scored:
        worst = min(scored, key=lambda name: scored[name])
        good = scored[worst] >= WORST_DIGITAL
        yield f"最差的电子版式（{worst}）F1", shown(scored[worst], "%"), f"≥ {WORST_DIGITAL:.0%}", good
    pictures = [result for result in run.graded if result.form in PICTURE_FORMS]
    f1 = measured(pictures, "f1.all")
    if f1 is not None:
        yield "扫描件和照片 F1", shown(f1, "%"), f"≥ {PICTURES:.0%}", f1 >= PICTURES
        invented = measured(pictures, "fabricated") or 0
        yield "扫描件和照片中原文没有的数", shown(invented, "个"), "0 个", not invented


def held(run: Run) -> list[str]:
    """The bars that fell."""
    return [what for what, _, _, good in bars(run) if not good]


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
        for what, value, bar, good in bars(run):
            yield f"{'✓' if good else '✗'} {what:<28} {value:>10}（{bar}）"
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
