"""Scorers: pure functions from a report and its gold to counts and the list of what was missed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from eval.gold import FUND, INDICATOR, PROJECT, Gold, Value, squeeze
from extractor.schema import Cell, Figure, Report


@dataclass
class Score:
    """Counts of one group; `misses` name what was wrong."""

    expected: int = 0
    found: int = 0
    right: int = 0
    extra: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Sum up two scores of the same group."""
        self.expected += other.expected
        self.found += other.found
        self.right += other.right
        self.extra += other.extra
        self.misses += other.misses


def same_cell(got: Cell | None, want: Value | None) -> bool:
    """Equal printed text at an overlapping place; nothing printed equals no such column."""
    if want is None or want.empty:
        return got is None or not got.raw.strip()
    if got is None:
        return False
    if squeeze(got.raw) != want.text:
        return False
    return want.start < 0 or (got.span.start < want.end and want.start < got.span.end)


def _overlap(cell: Cell | None, value: Value | None) -> bool:
    if cell is None or value is None or value.empty or not cell.raw.strip():
        return False
    return cell.span.start < value.end and value.start < cell.span.end


def _pair(
    rows: Sequence[Any], golds: Sequence[dict[str, Any]], same: Callable[[Any, dict[str, Any]], bool]
) -> list[Any]:
    """For each gold row the first unused row that is the same one, or None."""
    left = list(rows)
    out = []
    for gold in golds:
        found = next((r for r in left if same(r, gold)), None)
        if found is not None:
            left.remove(found)
        out.append(found)
    return out


def score_rows(
    name: str,
    rows: Sequence[Any],
    golds: Sequence[dict[str, Any]],
    keys: tuple[str, ...],
    by: tuple[str, ...],
) -> Score:
    """Cells of aligned rows; `by` are the fields that identify a row, the most telling first."""

    def same(row: Any, gold: dict[str, Any]) -> bool:
        for key in by:
            if gold[key] is not None and not gold[key].empty:
                return _overlap(getattr(row, key), gold[key])
        return False

    score = Score(extra=max(0, len(rows) - len(golds)))
    for number, (gold, row) in enumerate(zip(golds, _pair(rows, golds, same), strict=True), 1):
        label = next((gold[k].text for k in by if gold[k] is not None and not gold[k].empty), "?")
        if row is not None:
            score.found += 1
        for key in keys:
            if gold.get("unreadable") and key not in by:
                continue
            score.expected += 1
            got = getattr(row, key) if row is not None else None
            if row is not None and same_cell(got, gold[key]):
                score.right += 1
            else:
                want = gold[key].text if gold[key] is not None else None
                score.misses.append(
                    f"{name} {number} {label[:16]} {key}: 应 {want!r} 得 {got.text if got else None!r}"
                )
    return score


def score_base(report: Report, gold: Gold) -> Score:
    """Cells of base data rows with column and stage."""
    score = Score(extra=max(0, len(report.base_data) - len(gold.base_data)))
    pairs = _pair(report.base_data, gold.base_data, lambda r, g: _overlap(r.item, g["item"]))
    for want_row, row in zip(gold.base_data, pairs, strict=True):
        label = want_row["item"].text[:16]
        score.found += row is not None
        for n, want in enumerate(want_row["cells"]):
            score.expected += 1
            got = row.cells[n] if row is not None and n < len(row.cells) else None
            if (
                got is not None
                and same_cell(got.cell, want["cell"])
                and got.stage in str(want["stage"]).split("|")
            ):
                score.right += 1
            else:
                printed = (got.cell.text, got.stage) if got else None
                score.misses.append(
                    f"base {label} {want['column']}: 应 {want['cell'].text!r} {want['stage']} 得 {printed}"
                )
    return score


def score_head(report: Report, gold: Gold) -> Score:
    """Unit, year, date, kind, total score, grade."""
    score = Score()
    checks: list[tuple[str, bool, object, object]] = []
    for key in ("unit_name", "total_score", "grade"):
        got: Cell | None = getattr(report, key)
        want: Value | None = gold.head.get(key)
        if want is None or want.empty:
            right = got is None
        else:
            right = got is not None and squeeze(got.raw).removesuffix("分") == want.text.removesuffix("分")
        checks.append((key, right, want.text if want else None, got.text if got else None))
    checks.append(
        (
            "fiscal_year",
            report.fiscal_year == gold.head.get("fiscal_year"),
            gold.head.get("fiscal_year"),
            report.fiscal_year,
        )
    )
    checks.append(
        (
            "report_date",
            report.report_date == (gold.head.get("report_date") or None),
            gold.head.get("report_date"),
            report.report_date,
        )
    )
    checks.append(
        ("kind", report.kind in str(gold.head.get("kind")).split("|"), gold.head.get("kind"), report.kind)
    )
    for key, right, want_text, got_text in checks:
        score.expected += 1
        score.found += 1
        score.right += right
        if not right:
            score.misses.append(f"head {key}: 应 {want_text!r} 得 {got_text!r}")
    return score


def _same_words(got: str, want: str | None) -> bool:
    a, b = squeeze(got), want or "整体"
    return a == b or (a != "整体" and b != "整体" and (a in b or b in a))


def score_figures(
    report: Report, gold: Gold, *, table: bool, classes: tuple[str, ...] | None = None
) -> Score:
    """Figures by place; right means metric, scope, stage and period too."""
    score = Score()
    at: dict[int, Figure] = {}
    for figure in report.figures:
        at.setdefault(figure.span.start, figure)
    for want in gold.figures:
        if want["table"] != table or (classes and want["class"] not in classes):
            continue
        value: Value = want["value"]
        score.expected += 1
        got = at.get(value.start) or next(
            (f for f in report.figures if f.span.start < value.end and value.start < f.span.end), None
        )
        if got is None:
            score.misses.append(f"figure {value.text} @{value.start} 未找到（{want['metric']}）")
            continue
        score.found += 1
        wrong = [
            f"{key} 应 {expected} 得 {actual}"
            for key, expected, actual, right in (
                ("metric", want["metric"], got.metric, got.metric in want["metric"].split("|")),
                ("stage", want["stage"], got.stage, got.stage in want["stage"].split("|")),
                ("period", want["period"], got.period, str(got.period) in str(want["period"]).split("|")),
                ("scope", want["scope"], got.scope, _same_words(got.scope, want["scope"])),
            )
            if not right
        ]
        if wrong:
            score.misses.append(f"figure {value.text} @{value.start} {got.label}: {'；'.join(wrong)}")
        else:
            score.right += 1
    return score


PROSE = ("money", "staff", "rate", "score", "grade")


def score_report(report: Report, gold: Gold) -> dict[str, Score]:
    """Every group of one report."""
    return {
        "indicators": score_rows(
            "indicator", report.indicators, gold.indicators, INDICATOR, ("level3", "level2")
        ),
        "funds": score_rows("fund", report.funds, gold.funds, FUND, ("item",)),
        "projects": score_rows("project", report.projects, gold.projects, PROJECT, ("name",)),
        "base_data": score_base(report, gold),
        "head": score_head(report, gold),
        "prose": score_figures(report, gold, table=False, classes=PROSE),
        "table_figures": score_figures(report, gold, table=True),
    }
