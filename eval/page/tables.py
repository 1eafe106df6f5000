"""The tables of the page, as rows of text that both HTML and Markdown are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from eval.examine import Result
from eval.full import bars, grouped, measured
from eval.gold import INDICATOR
from eval.intervals import interval, reports
from eval.measures.catalogue import MEASURES, TITLES, share, total
from eval.measures.counts import SECONDS, seconds_of
from eval.measures.judge import GROUPS
from eval.runs import Run, shown

Row = tuple[str, ...]
FIELDS = {
    "level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "target": "指标值", "actual": "完成值",
    "points": "分值", "score": "得分", "reason": "偏差原因",
}  # fmt: skip


class Shown(NamedTuple):
    """A table with its heading and what must be known to read it."""

    title: str
    head: Row
    rows: tuple[Row, ...]
    about: str = ""


def _told(results: Sequence[Result], name: str) -> tuple[str, str]:
    """A measure and its interval, as text; dashes where nothing was measured."""
    measure = MEASURES[name]
    found = interval(measure, reports(results))
    if found is None:
        return "—", "—"
    if measure.summed:
        return shown(found.value, measure.unit), "—"
    return shown(
        found.value, measure.unit
    ), f"{shown(found.low, measure.unit)}–{shown(found.high, measure.unit)}"


def bar_table(run: Run) -> Shown:
    """The bars of generated reports, and whether they hold."""
    rows = tuple(
        (bar.what, bar.value, bar.around, bar.bar, "达标" if bar.good else "未达标") for bar in bars(run)
    )
    return Shown("底线", ("指标", "实测", "95% 区间", "底线", "结果"), rows)


def value_table(results: Sequence[Result]) -> Shown:
    """Accuracy of every group of fields."""
    rows = []
    for group in ("all", *GROUPS):
        f1, around = _told(results, f"f1.{group}")
        if f1 != "—":
            rates = (_told(results, f"{rate}.{group}")[0] for rate in ("precision", "recall"))
            rows.append((TITLES[group], *rates, f1, around))
    return Shown(
        "各组字段",
        ("字段", "精确率", "召回率", "F1", "95% 区间"),
        tuple(rows),
        "值、称谓（指标）、阶段、年度、范围都对才算对；位置须与原文重合。区间按报告重抽样 1000 次，同一份报告种入错误前后算一份。",
    )


def indicator_table(results: Sequence[Result]) -> Shown:
    """Indicator rows field by field, after alignment."""
    names = [("rows.indicators", "整行全对"), *((f"exact.{field}", FIELDS[field]) for field in INDICATOR)]
    rows = tuple((title, *_told(results, name)) for name, title in names)
    return Shown(
        "指标行", ("字段", "全同", "95% 区间"), rows, "行按整表最优匹配（匈牙利算法）对齐，行序不计。"
    )


def other_table(results: Sequence[Result]) -> Shown:
    """Places, invented numbers, findings, sureness, cost."""
    names = (
        "place.char", "place.box", "place.point", "place.cell", "fabricated", "planted", "found.P0", "found.P1", "found.P2", "just.P0", "just.P1",
        "accused", "forbidden", "calibration", "certain", "saved", "seconds", "tokens", "cost",
    )  # fmt: skip
    rows = [(MEASURES[name].title, *_told(results, name)) for name in names]
    return Shown(
        "定位、意见、置信度、费用", ("指标", "实测", "95% 区间"), tuple(r for r in rows if r[1] != "—")
    )


def effort_table(results: Sequence[Result]) -> Shown:
    """What a reviewer still has to do, per report."""
    added, modified, deleted, everything = total(result.counts for result in results)["edits"]
    many = len(results)
    typing = everything * SECONDS["add"] / 60
    minutes = seconds_of((added, modified, deleted, everything)) / 60
    rows = (
        ("补录漏读的值", f"{added / many:.1f} 处", f"每处 {SECONDS['add']} 秒"),
        ("改正读错的值", f"{modified / many:.1f} 处", f"每处 {SECONDS['modify']} 秒"),
        ("删去多读的值或行", f"{deleted / many:.1f} 处", f"每处 {SECONDS['delete']} 秒"),
        ("合计", f"{minutes / many:.1f} 分钟", f"从头录入 {typing / many:.0f} 分钟"),
    )
    return Shown(
        "每份报告还要改多少",
        ("动作", "每份", "假设"),
        rows,
        "每处所用秒数是假设，不是测得的；换成自己的数即可重算。",
    )


def by(results: Sequence[Result], title: str, key: str) -> Shown:
    """Accuracy by layout or by format."""
    rows = []
    for name, own in grouped(results, lambda result: str(getattr(result, key))).items():
        values = []
        for measure in ("f1.all", "f1.prose", "rows.indicators", "planted", "accused"):
            value = measured(own, measure)
            values.append("—" if value is None else shown(value, MEASURES[measure].unit))
        rows.append((name, str(len(own)), *values))
    return Shown(
        title, (title, "份数", "F1", "正文数字 F1", "指标行全对", "植入错误检出", "误报/份"), tuple(rows)
    )


def code_table(results: Sequence[Result]) -> Shown:
    """Findings by code: planted errors answered, expected notes that came, notes that were just."""
    sums = total(result.counts for result in results)
    codes = sorted({key.rpartition("/")[2] for key in sums if key.count("-") == 1 and "/" in key})
    rows = []
    for code in codes:
        cells = []
        for key in (f"planted/{code}", f"finding/recall/{code}", f"finding/precision/{code}"):
            vector = sums.get(key, (0.0, 0.0))
            rate = share(vector)
            cells.append("—" if rate is None else f"{vector[0]:.0f}/{vector[1]:.0f}")
        rows.append((code, *cells))
    return Shown("按核查代码", ("代码", "植入错误检出", "应触发而触发", "触发而正确"), tuple(rows))


def stopped_table(run: Run) -> Iterable[Row]:
    """What was refused, crashed or could not be graded."""
    return ((result.name, result.state, result.error.strip()[-160:]) for result in run.stopped)


def everything(run: Run) -> Iterator[Shown]:
    """The tables in the order of the page."""
    results = run.graded
    table = bar_table(run)
    if table.rows and any(result.planted for result in results):
        yield table
    yield from (value_table(results), indicator_table(results), other_table(results), effort_table(results))
