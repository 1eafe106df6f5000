"""Tables whose cells the file itself names (Word, Excel, web pages, ruled PDF): their grids become rows of atoms, nothing is guessed.

A row has an atom for each column in which some row near it begins a cell; a place that a merged cell covers is an empty one.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from extractor.document import Document, Table, TableCell
from extractor.profiles.columns import role_of
from extractor.segment.atoms import Atom, atom_of
from extractor.segment.heads import family_roles
from extractor.segment.lines import Line, is_annex, is_tail, is_title
from extractor.segment.regions import Region, regions_of

KIND = "given"
_TRIMMED = 2  # empty columns at the end of a table that a file does not keep
_ROW = 4  # cells of a row that stands alone between rows of one cell
_SECTIONS, _LONGEST = 2, 40  # rows of one cell between two tables, and how long one may be


def all_regions(document: Document, lines: list[Line]) -> list[Region]:
    """The tables of the file, and those that only the text between them shows."""
    out: list[Region] = []
    free = 0
    for region in _joined(document, lines, _given(document, lines)):
        out += _between(document, lines, free, region.first)
        out.append(region)
        free = region.last
    return out + (_between(document, lines, free, len(lines)) if out else regions_of(document, lines))


def _between(document: Document, lines: list[Line], first: int, last: int) -> list[Region]:
    found = regions_of(document, lines[first:last])
    return [region._replace(first=region.first + first, last=region.last + first) for region in found]


def _given(document: Document, lines: list[Line]) -> list[Region]:
    """A region for each grid that sets cells side by side in two rows or more, or in one that may belong to its neighbours."""
    starts = [line.start for line in lines]
    out = []
    for grid in document.grids:
        if grid.n_cols < 2 or (grid.n_rows < 2 and grid.n_cols < _ROW):
            continue
        first, last = bisect_left(starts, grid.span.start), bisect_left(starts, grid.span.end)
        if starts[first:] and starts[first] < grid.span.end:
            out.append(Region(first, max(last, first + 1), KIND, _rows(document, grid), True))
    return out


def _joined(document: Document, lines: list[Line], regions: list[Region]) -> list[Region]:
    """A table that goes on behind a page break or a row of one cell, without heads of its own, is one with the table above it."""
    out: list[Region] = []
    for region in regions:
        above = out[-1] if out else None
        between = (
            [line for line in lines[above.last : region.first] if line.text] if above is not None else []
        )
        whole = above is not None and not _begins(region.rows)
        if whole and above is not None and (not between or _are_sections(above, region, between)):
            rows = [[atom_of(document, [(line.start, line.end)])] for line in between]
            out[-1] = above._replace(last=region.last, rows=[*above.rows, *rows, *region.rows])
        else:
            out.append(region)
    return [region for region in out if len(region.rows) > 1]


def _are_sections(above: Region, below: Region, between: list[Line]) -> bool:
    """Whether the lines between two tables of one width are rows of one cell that name what stands below them."""
    widths = [max(len(row) for row in region.rows) for region in (above, below)]
    if abs(widths[0] - widths[1]) > _TRIMMED or len(between) > _SECTIONS:
        return False
    return not any(
        line.cls != "p"
        or len(line.text) > _LONGEST
        or is_title(line.text)
        or is_tail(line.text)
        or is_annex(line.text)
        for line in between
    )


def _begins(rows: list[list[Atom]]) -> bool:
    """Whether a table opens a form: with its title, the pairs of its head, or column heads."""
    for row in rows:
        filled = [a for a in row if a.text]
        if family_roles(row) or any(is_title(a.text) or role_of("head", a.text) for a in filled[:1]):
            return True
        if len(filled) > 1:
            break
    return False


class _Placed(NamedTuple):
    col: int
    atom: Atom


def _rows(document: Document, grid: Table) -> list[list[Atom]]:
    """The grid's rows over the columns in which their neighbours begin cells."""
    out: list[list[Atom]] = []
    near: list[list[_Placed]] = []
    columns: set[int] = set()
    placed = _placed(document, grid)
    for row, following in zip(placed, [*placed[1:], []], strict=True):
        starts = {place.col for place in row}
        apart = not (starts <= columns or columns <= starts)
        if near and apart and not columns | starts <= {place.col for place in following}:
            out += _widened(document, near, columns)
            near, columns = [], set()
        near.append(row)
        columns |= starts
    return out + _widened(document, near, columns)


def _placed(document: Document, grid: Table) -> list[list[_Placed]]:
    """Each row's cells, and an empty atom, at the place of the cell, where one from above goes on."""
    rows: list[dict[int, Atom]] = [{} for _ in range(grid.n_rows)]
    below: list[TableCell] = []
    by_row: list[list[TableCell]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        by_row[cell.row].append(cell)
    for r, cells in enumerate(by_row):
        for cell in cells:
            rows[r][cell.col] = atom_of(document, [(cell.span.start, cell.span.end)])
        for cell in below:
            rows[r].setdefault(cell.col, atom_of(document, [(cell.span.start, cell.span.start)]))
        below = [cell for cell in (*below, *cells) if cell.row + cell.rowspan > r + 1]
    return [[_Placed(col, row[col]) for col in sorted(row)] for row in rows]


def _widened(document: Document, near: list[list[_Placed]], columns: set[int]) -> list[list[Atom]]:
    """Rows over the same columns; a place that nothing begins at is empty. A cell over the whole width stays alone."""
    order = sorted(columns)
    out = []
    for row in near:
        if len(row) == 1:
            out.append([row[0].atom])
            continue
        own = {place.col: place.atom for place in row}
        at = row[0].atom.start if row else 0
        atoms = []
        for column in order:
            atom = own.get(column)
            if atom is None:
                atom = atom_of(document, [(at, at)])
            atoms.append(atom)
            at = atom.end
        out.append(atoms)
    return out
