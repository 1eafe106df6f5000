"""The indicator block of a form and its total row."""

from __future__ import annotations

from collections.abc import Sequence

from eval.generate.canvas import Slot
from eval.generate.forms import Form, Spec, wide
from eval.generate.grid import Cell, Row, label, value
from eval.generate.labels import level1_text, level_name
from eval.generate.model import ZERO, Indicator
from eval.generate.style import plain


def column_text(form: Form, key: str, row: Indicator) -> str:
    """What one cell of an indicator row says."""
    filled = form.spec.filled
    bare = "sign" in form.spec.columns
    if key == "target":
        return row.number if bare else row.target
    if key in ("actual", "score", "reason") and not filled:
        return ""
    if key in ("points", "score"):
        number = row.points if key == "points" else row.score
        return "" if number is None else plain(number)
    texts = {
        "level3": row.level3,
        "actual": row.done if bare else row.actual,
        "reason": row.reason,
        "sign": row.sign,
        "unit": row.unit,
        "completion": "已完成" if filled and not row.reason else "",
        "standard": form.spec.wording or "完成值达到指标值的，得满分；未达到指标值的，按完成比例计分。",
        "review_actual": "",
    }
    return texts.get(key, "")


def extra_figure(form: Form, key: str, row: Indicator) -> Slot:
    """A number column that no gold list holds: it is a figure of the table."""
    score, points = row.score or ZERO, row.points or ZERO
    metric, amount = ("review_score", score) if key == "review_score" else ("other", points - score)
    return form.truth.figure(plain(amount), metric, "score", "score", scope=form.scope, table=True)


def indicator_rows(
    form: Form, some: Sequence[Indicator] | None = None, group: str | None = None
) -> list[Row]:
    """The indicator block (or the part of it given by some) with vertically merged levels."""
    spec, truth = form.spec, form.truth
    rows = list(form.form.indicators if some is None else some)
    if spec.blank_row:
        at = next((i for i, r in enumerate(rows) if r.level2 == "社会效益"), None)
        if at is not None and all(r.level2 != "生态效益" for r in rows):
            rows.insert(at + 1, Indicator(rows[at].level1, "生态效益", "", "", "", None, None))
    title = spec.group if group is None else group
    grouped = 1 if title else 0
    head = [label(title, 1, len(rows) + 1)] if grouped else []
    head += [label(form.header(key)) for key in spec.columns]
    out = [Row("ind_header", wide(head, form.width, grouped + _wide_at(spec)))]
    shared: dict[str, Slot] = {}
    marks: dict[str, str | None] = {}
    for index, row in enumerate(rows):
        slots: dict[str, Slot] = {}
        cells: list[Cell] = []
        number = 1 + sum(r.level1 == row.level1 and r.level2 == row.level2 for r in rows[:index])
        mark = spec.row_mark.format(number) if row.level3 else ""
        for key in spec.columns:
            if key in ("level1", "level2"):
                cell = _level_cell(form, rows, index, key, shared, marks)
                slots[key] = shared[key]
                if cell is not None:
                    cells.append(cell)
            elif key in ("deduct", "review_score") and spec.filled and row.score is not None:
                cells.append(value(extra_figure(form, key, row), key))
            else:
                slots[key] = Slot((mark if key == "level3" else "") + column_text(form, key, row))
                cells.append(value(slots[key], key))
        record = truth.indicator(form.table, marks.get("level1"), slots)
        wide_at = next(i for i, c in enumerate(cells) if c.role == spec.columns[_wide_at(spec)])
        missing = form.width - grouped - len(spec.columns)
        cells[wide_at].colspan += max(0, missing)
        out.append(Row("ind", cells, record))
    return out


def _wide_at(spec: Spec) -> int:
    return spec.columns.index("level3")


def _level_cell(
    form: Form,
    rows: list[Indicator],
    index: int,
    key: str,
    shared: dict[str, Slot],
    marks: dict[str, str | None],
) -> Cell | None:
    """The merged cell that starts at this row, or nothing when the row is covered by the one above."""

    def same(a: Indicator, b: Indicator) -> bool:
        return a.level1 == b.level1 and (key == "level1" or a.level2 == b.level2)

    row = rows[index]
    starts = index == 0 or not same(rows[index - 1], row)
    if not starts and not form.spec.repeat:
        return None
    count = 1
    while not form.spec.repeat and index + count < len(rows) and same(row, rows[index + count]):
        count += 1
    if key == "level1":
        points = sum((r.points or ZERO for r in rows if r.level1 == row.level1), ZERO)
        text, mark = level1_text(row.level1, points, form.style, form.rng)
        if form.spec.repeat and not starts:
            text, mark = shared["level1"].text, marks["level1"]
        marks["level1"] = mark
    else:
        text = level_name(row.level2, form.style)
        if form.spec.level2_points:
            inside = [r.points or ZERO for r in rows if r.level1 == row.level1 and r.level2 == row.level2]
            text += f"({plain(sum(inside, ZERO))}分)"
    shared[key] = Slot(text)
    return value(shared[key], key, 1, count)


def head_total(form: Form) -> tuple[Row, dict[str, Slot]]:
    """The total score as a row of the form's head."""
    score = Slot(plain(form.form.total_score))
    return Row("head", [label("自评总分（分）", 2), value(score, "total_score", form.width - 2)]), {
        "total_score": score
    }


def total_row(form: Form, grade: str) -> tuple[Row, dict[str, Slot]]:
    """The total row: points and score, and a grade when one is given."""
    spec = form.spec
    points, score = (
        Slot(plain(form.form.total_points)),
        Slot(plain(form.form.total_score) if spec.filled else ""),
    )
    slots = {"total_points": points, "total_score": score}
    cells = [label(form.header("total"))]
    tail = max(0, len(spec.columns) - spec.columns.index("score") - 1)
    lead = form.width - tail - 2
    cells[0].colspan = lead
    cells += [value(points, "total_points"), value(score, "total_score")]
    if tail and grade and form.rng.random() < 0.5:
        slots["grade"] = Slot(grade)
        mark = form.rng.choice(("等级：", "等级： ", ""))
        cells.append(Cell([mark, slots["grade"]], tail, 1, "grade"))
    elif tail:
        cells.append(label("", tail))
    return Row("total", cells), slots
