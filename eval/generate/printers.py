"""Table printers for tables that keep a separator."""

from __future__ import annotations

import random
from unicodedata import east_asian_width

from eval.generate.grid import Cell, Grid
from eval.generate.printing import Pen, unchanged

LABEL_BREAKS = {
    "年初预算数": (2,),
    "全年预算数": (2,),
    "全年执行数": (2,),
    "年度指标值": (2,),
    "实际完成值": (2,),
    "项目名称": (3,),
    "绩效指标": (1, 2, 3),
    "经济效益指标": (3,),
    "社会效益指标": (3,),
    "满意度指标": (3,),
    "年度总体目标": (2, 4),
}


def broken_label(rng: random.Random, text: str) -> str:
    """A label with line breaks and blank lines inside, as narrow Word columns leave them."""
    places = LABEL_BREAKS.get(text, ())
    if not places or rng.random() < 0.4:
        return text
    gap = rng.choice(("\n\n", "\n\n", "\n"))
    pieces = [text[a:b] for a, b in zip((0, *places), (*places, len(text)), strict=True)]
    return gap.join(pieces)


def broken_cell(rng: random.Random, text: str, cell: Cell) -> str:
    """A cell cut by blank lines: labels at their narrow places, the first level before its points."""
    if cell.role == "level1" and rng.random() < 0.6:
        for bracket in "(（":
            text = text.replace(bracket, "\n\n" + bracket)
        return text
    if cell.role in ("goal_expected", "goal_actual") and rng.random() < 0.5:
        return text.replace("；", "；\n").replace("。目标", "。\n目标")
    return broken_label(rng, text)


def tab_led_cells(pen: Pen, grid: Grid) -> None:
    """One cell a line, led by a tab, with breaks and blank lines inside cells."""
    tab_led(pen, grid, breaks=True)


def tab_led_plain(pen: Pen, grid: Grid) -> None:
    """One cell a line, led by a tab, one blank line after each row."""
    tab_led(pen, grid, breaks=False)


def tab_led(pen: Pen, grid: Grid, *, breaks: bool) -> None:
    """Cells covered from above print as empty; cells merged to the side print once."""
    rng = pen.rng
    matrix = grid.matrix()

    def change(text: str, cell: Cell) -> str:
        return broken_cell(rng, text, cell) if breaks else text

    for index, _ in pen.rows(grid):
        seen: set[int] = set()
        for cell, starts in matrix[index]:
            if id(cell) in seen:
                continue
            seen.add(id(cell))
            pen.canvas.raw("\t")
            if starts:
                pen.cell(cell, change)
            pen.canvas.raw("\n")
            if breaks and starts and rng.random() < 0.03:
                pen.canvas.raw("\n" * rng.choice((1, 2)))
        pen.canvas.raw("\n")
    pen.canvas.raw("\n")


def spaced_label(rng: random.Random, text: str) -> str:
    """Chinese characters pulled apart by spaces, as PDF columns leave them."""
    if len(text) > 8 or rng.random() < 0.5 or any(ch.isdigit() for ch in text):
        return text
    if rng.random() < 0.5:
        return " ".join(text)
    at = rng.randrange(1, len(text)) if len(text) > 2 else 1
    return text[:at] + " " + text[at:]


def tab_rows(pen: Pen, grid: Grid) -> None:
    """One row a line; merged cells leave consecutive tabs; names are cut or pulled apart."""
    rng = pen.rng
    matrix = grid.matrix()

    def change(text: str, cell: Cell) -> str:
        if cell.role == "level3" and len(text) > 7 and "：" not in text and rng.random() < 0.35:
            return text[: rng.choice((5, 6, 7))]
        if cell.role in ("", "level1", "level2", "item"):
            return spaced_label(rng, text)
        if cell.role.startswith("goal") and len(text) > 18:
            at = rng.randrange(8, len(text) - 4)
            return text[:at] + " " + text[at:]
        return text

    first = _first_positions(matrix)

    for index, row in pen.rows(grid):
        for column, (cell, _) in enumerate(matrix[index]):
            pen.canvas.raw("\t" if column else "")
            if first[id(cell)] == (index, column):
                pen.cell(cell, change, blank="")
        pen.canvas.raw("\n")
        if row.kind == "ind" and rng.random() < 0.04:
            pen.canvas.raw("\n")
    pen.canvas.raw("\n")


def _first_positions(matrix: list[list[tuple[Cell, bool]]]) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    for r, line in enumerate(matrix):
        for c, (cell, _) in enumerate(line):
            found.setdefault(id(cell), (r, c))
    return found


def markdown_pipe(pen: Pen, grid: Grid) -> None:
    """A markdown table: covered cells are empty, a rule follows the first row."""
    matrix = grid.matrix()
    first = _first_positions(matrix)
    width = grid.width

    for index, _ in pen.rows(grid):
        pen.canvas.raw("|")
        for column, (cell, _) in enumerate(matrix[index]):
            pen.canvas.raw(" ")
            if first[id(cell)] == (index, column):
                pen.cell(cell, unchanged, blank="")
            pen.canvas.raw(" |")
        pen.canvas.raw("\n")
        if index == 0:
            pen.canvas.raw("|" + " --- |" * width + "\n")
    pen.canvas.raw("\n")


def pipe_shifted(pen: Pen, grid: Grid) -> None:
    """Pipe rows of own cells only: covered cells are missing, so cells stand too far left; ends vary."""
    rng = pen.rng
    width = grid.width
    leading = rng.random() < 0.5
    trailing = rng.choice(("fill", "drop", "mixed"))

    for _, row in pen.rows(grid):
        pen.canvas.raw("| " if leading else "")
        for place, cell in enumerate(row.cells):
            pen.canvas.raw(" | " if place else "")
            pen.cell(cell, unchanged, blank="")
        drop = trailing == "drop" or (trailing == "mixed" and rng.random() < 0.5)
        if not drop:
            pen.canvas.raw(" |" + "|" * max(0, width - len(row.cells)))
        pen.canvas.raw("\n")
    pen.canvas.raw("\n")


def pipe_two_row_header(pen: Pen, grid: Grid) -> None:
    """A pipe table whose column names are split over two rows."""
    matrix = grid.matrix()
    first = _first_positions(matrix)

    def halves(text: str) -> tuple[str, str]:
        at = next((i for i, ch in enumerate(text) if ch in "(（"), (len(text) + 1) // 2)
        return (text[:at], text[at:]) if len(text) > 3 else (text, "")

    for index, row in pen.rows(grid):
        header = row.kind in ("ind_header", "funds_header", "sum_header", "use_header")
        for turn in (0, 1) if header else (0,):
            pen.canvas.raw("|")
            for column, (cell, _) in enumerate(matrix[index]):
                pen.canvas.raw(" ")
                own = first[id(cell)] == (index, column)
                if own and header and not cell.role:
                    pen.canvas.raw(halves(cell.plain)[turn])
                elif own and turn == 0:
                    pen.cell(cell, unchanged, blank="")
                pen.canvas.raw(" |")
            pen.canvas.raw("\n")
    pen.canvas.raw("\n")


def pipe_cell_per_line(pen: Pen, grid: Grid) -> None:
    """Every cell on its own line with a pipe before, after or around it."""
    shape = pen.rng.choice(("after", "before", "alone"))

    for _, row in pen.rows(grid):
        for cell in row.cells:
            pen.canvas.raw("|\n" if shape == "before" else "")
            pen.cell(cell, unchanged, blank="")
            pen.canvas.raw({"after": " |\n", "before": "\n", "alone": "\n|\n"}[shape])
    pen.canvas.raw("\n")


def display_width(text: str) -> int:
    """Columns a text takes in a fixed-width font."""
    return sum(2 if east_asian_width(ch) in "WF" else 1 for ch in text)


def space_aligned(pen: Pen, grid: Grid) -> None:
    """Columns aligned by spaces; empty cells are only a wider gap."""
    matrix = grid.matrix()
    first = _first_positions(matrix)
    widths = [6] * grid.width
    for line in matrix:
        for column, (cell, _) in enumerate(line):
            if cell.colspan == 1:
                widths[column] = max(widths[column], min(24, display_width(cell.plain)))

    for index, _ in pen.rows(grid):
        wanted = 0
        used = 0
        for column, (cell, _) in enumerate(matrix[index]):
            if first[id(cell)] == (index, column) and cell.plain.strip():
                gap = max(2 if used else 0, wanted - used)
                pen.canvas.raw(" " * gap)
                pen.cell(cell)
                used += gap + display_width(cell.plain)
            wanted += widths[column] + 2
        pen.canvas.raw("\n")
    pen.canvas.raw("\n")
