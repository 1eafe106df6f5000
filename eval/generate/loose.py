"""Table printers for tables that lost their separators or their shape."""

from __future__ import annotations

import re
from dataclasses import replace

from eval.generate.canvas import Slot
from eval.generate.grid import Cell, Grid, Row
from eval.generate.printers import broken_cell
from eval.generate.printing import Pen


def cell_per_line(pen: Pen, grid: Grid) -> None:
    """Each own cell on its line; an empty cell is an empty or space-only line."""
    empty = pen.rng.choice(("", " ", "\u3000", "\xa0"))

    for _, row in pen.rows(grid):
        for cell in row.cells:
            pen.cell(cell, blank=empty)
            pen.canvas.raw("\n")


def cell_per_line_broken(pen: Pen, grid: Grid) -> None:
    """Each own cell on its line, but labels and long cells take two or three lines."""
    rng = pen.rng
    for _, row in pen.rows(grid):
        for cell in row.cells:
            pen.cell(cell, lambda text, one: broken_cell(rng, text, one), blank="")
            pen.canvas.raw("\n")


def single_space_rows(pen: Pen, grid: Grid) -> None:
    """One row a line, its non-empty cells separated by single spaces."""
    for _, row in pen.rows(grid):
        shown = [cell for cell in row.cells if cell.plain.strip()]
        for place, cell in enumerate(shown):
            pen.canvas.raw(" " if place else "")
            pen.cell(cell)
        pen.canvas.raw("\n")


def cell_per_line_spread(pen: Pen, grid: Grid) -> None:
    """Each own cell on its line with an empty line after it; empty cells vanish among them."""
    for _, row in pen.rows(grid):
        for cell in row.cells:
            pen.cell(cell, blank="")
            pen.canvas.raw("\n\n")


def cell_per_line_no_blanks(pen: Pen, grid: Grid) -> None:
    """Each own cell on its line; empty cells are not there at all."""
    for _, row in pen.rows(grid):
        for cell in row.cells:
            if cell.plain.strip():
                pen.cell(cell)
                pen.canvas.raw("\n")


def flat_line(pen: Pen, grid: Grid) -> None:
    """The whole table on one line, cells separated by single spaces."""
    for _, row in pen.rows(grid):
        for cell in row.cells:
            if cell.plain.strip():
                pen.cell(cell)
                pen.canvas.raw(" ")


GLUE = {
    "funds": (
        ("fund_initial", "fund_annual"),
        ("fund_annual", "fund_executed", "fund_rate"),
        ("fund_points", "fund_score"),
    ),
    "ind": (("points", "score"), ("actual", "points", "score"), ("target", "actual"), ("points", "target")),
    "sum": (("initial", "annual"), ("annual", "executed", "total_score")),
    "base": (("base",),),
    "use": (("annual", "give"),),
}


def glued_cells(pen: Pen, grid: Grid) -> None:
    """Tab rows in which the numbers of a few rows stand without any separator."""
    pen = replace(pen, style=replace(pen.style, pad=""))
    rng = pen.rng
    choices = {kind: rng.choice(groups) for kind, groups in GLUE.items()}
    candidates = [
        i
        for i, row in enumerate(grid.rows)
        if sum(c.role in choices.get(row.kind, ()) and bool(c.plain.strip()) for c in row.cells) > 1
    ]
    chosen = set(rng.sample(candidates, min(len(candidates), rng.choice((2, 3, 4)))))
    matrix = grid.matrix()
    for index, row in pen.rows(grid):
        group = choices.get(row.kind, ()) if index in chosen else ()
        before = ""
        stuck: list[Slot] = []
        own = {id(cell) for cell in row.cells}
        for place, (cell, starts) in enumerate(matrix[index]):
            glue = cell.role in group and before in group
            pen.canvas.raw("" if glue or not place else "\t")
            if starts and id(cell) in own:
                pen.cell(cell, blank="")
                stuck += [p for p in cell.parts if cell.role in group and isinstance(p, Slot) and p.printed]
            before = cell.role
        pen.canvas.raw("\n")
        touching = [s for s in stuck if any(s.end == t.start or s.start == t.end for t in stuck)]
        if touching:
            pen.glued.append((row.kind, touching))
    pen.canvas.raw("\n")


def glued_form(pen: Pen, grid: Grid) -> None:
    """Nothing between the cells; rows may or may not begin a new line."""
    pen = replace(pen, style=replace(pen.style, pad=""))
    ends = pen.rng.choice(("\n", "\n", ""))
    for _, row in pen.rows(grid):
        stuck: list[Slot] = []
        for cell in row.cells:
            pen.cell(cell, blank="")
            stuck += [p for p in cell.parts if isinstance(p, Slot) and p.printed]
        pen.canvas.raw(ends)
        if len(stuck) > 1:
            pen.glued.append((row.kind, stuck))
    pen.canvas.raw("\n")


def scrambled(pen: Pen, grid: Grid) -> None:
    """All labels first and all values after, or every row from right to left."""
    if pen.rng.random() < 0.5:
        for _, row in pen.rows(grid):
            for cell in reversed(row.cells):
                pen.cell(cell, blank="")
                pen.canvas.raw("\t")
            pen.canvas.raw("\n")
        return
    start = pen.canvas.length
    for wanted in (False, True):
        for row in grid.rows:
            for cell in row.cells:
                if _is_value(cell) == wanted and cell.plain.strip():
                    pen.cell(cell)
                    pen.canvas.raw("\n")
    pen.close(grid, start)


def _is_value(cell: Cell) -> bool:
    return any(isinstance(p, Slot) for p in cell.parts) and cell.role not in (
        "item",
        "level1",
        "level2",
        "level3",
        "",
    )


def html_like_residue(pen: Pen, grid: Grid) -> None:
    """Table tags, entities and attributes left in the text."""
    pen.canvas.raw('<table border="1" cellspacing="0">\n')

    for _, row in pen.rows(grid):
        pen.canvas.raw("<tr>")
        for cell in row.cells:
            spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            pen.canvas.raw(f"<td{spans}>")
            inner = "<br/>" if pen.rng.random() < 0.1 else ""
            pen.cell(cell, blank="&nbsp;")
            pen.canvas.raw(inner + "</td>")
        pen.canvas.raw("</tr>\n")
    pen.canvas.raw("</table>\n")
    _inside_tags(pen, grid)


def _inside_tags(pen: Pen, grid: Grid) -> None:
    """Make the span of a tagged table begin and end with a cell's text, not with a tag."""
    span = grid.table["span"] if grid.table is not None else None
    if not isinstance(span, Slot) or span.start is None or span.end is None:
        return
    text = pen.canvas.text
    tags = [m.span() for m in re.finditer(r"<[^>]*>|&nbsp;|\s", text[span.start : span.end])]
    begin, size = 0, span.end - span.start
    for first, last in tags:
        begin = last if first == begin else begin
    for first, last in reversed(tags):
        size = first if last == size else size
    span.start, span.end = span.start + begin, span.start + size


def head_words(grid: Grid) -> dict[str, str]:
    """The column name of each role of the indicator and money blocks."""
    words: dict[str, str] = {}
    for header, kind in (("ind_header", "ind"), ("funds_header", "funds")):
        names = next((row.cells for row in grid.rows if row.kind == header), [])
        first = next((row.cells for row in grid.rows if row.kind == kind), [])
        for name, cell in zip(reversed(names), reversed(first), strict=False):
            words.setdefault(cell.role, name.plain)
    return words


def key_value_lines(pen: Pen, grid: Grid) -> None:
    """A form as lines of keys and values."""
    words = head_words(grid)
    colon = pen.rng.choice(("：", ":", "： "))

    def pairs(row: Row, sep: str) -> None:
        shown = [c for c in row.cells if c.plain.strip() and c.role]
        for place, cell in enumerate(shown):
            pen.canvas.raw((sep if place else "") + words.get(cell.role, "项目") + colon)
            pen.cell(cell)
        pen.canvas.raw("\n")

    for _, row in pen.rows(grid):
        if row.kind == "ind":
            pairs(row, pen.rng.choice(("\n", "，", "；")))
        elif row.kind == "funds":
            pairs(row, "，")
        elif row.kind == "goal":
            for cell, name in zip(row.cells, ("预期目标", "实际完成情况"), strict=False):
                pen.canvas.raw(name + colon)
                pen.cell(cell, blank="")
                pen.canvas.raw("\n")
        elif row.kind == "total":
            for cell, name in zip((c for c in row.cells if c.role), ("总分", "得分", "等级"), strict=False):
                pen.canvas.raw(name + colon)
                pen.cell(cell, blank="")
                pen.canvas.raw("\n")
        elif row.kind in ("head", "nature", "base", "sum", "sum_total", "use"):
            _plain_pairs(pen, row, colon)
    pen.canvas.raw("\n")


def _plain_pairs(pen: Pen, row: Row, colon: str) -> None:
    cells = [c for c in row.cells if c.plain.strip()]
    for place, cell in enumerate(cells):
        pen.cell(cell)
        last = place == len(cells) - 1
        pen.canvas.raw("\n" if last else colon if place % 2 == 0 else "，")
