"""Single cells that run together inside rows with separators: a row lacks as many cells as its glued ones hold too many.

The other rows of the block are as wide as its head, so the number of missing cells is known; which cells are cut, and where, is
decided by what each column can hold and by the identities of the form. Where two cuts are possible the cells are unreadable.
"""

from __future__ import annotations

from decimal import Decimal

from extractor.document import Document
from extractor.identities import places
from extractor.patterns import lazy
from extractor.segment.atoms import LEVEL1, NUM, PCT, QTY, TOTAL, Atom
from extractor.segment.costs import cost
from extractor.segment.forms import Block, Form
from extractor.segment.forms import Row as Cells
from extractor.segment.glued_indicators import LABEL_POINTS
from extractor.segment.glued_money import agreed, tail_zero
from extractor.segment.marks import FORCED, UNREADABLE, marked
from extractor.segment.solving import (
    Row,
    Values,
    add_up,
    balance,
    money_holds,
    number_of,
    scaled,
    score_holds,
)
from extractor.segment.splits import AMOUNTS, COMPARE, LIMIT, QUAL, Place, Reading, readings

_CUT = AMOUNTS | {"rate", "points", "score", "target", "actual", "deduct"}
_ILL = 2.0  # a cell that sits worse than this in its column stands in another one
_TWO = lazy(r"%\s*[≥≤><=]?\d|\d\.\d+\.\d|^-?0\d|\d[余多]?[^\W\d年月日至]{1,3}[≥≤><=]?\d")
_OPENS = lazy(rf"[\d-]|{COMPARE}")
_WORDS = lazy(rf"(?:{QUAL}){{2}}|{QUAL}\d[\d.]*")
_MONEY_KINDS = ("money", "fund_use", "summary")


def unglued(document: Document, forms: list[Form], rows: list[list[Atom]]) -> list[Form]:
    """The forms with the glued cells of their printed rows cut; glue that cannot be cut is marked unreadable."""
    printed = {next((a.start for a in row if a.text), -1): row for row in rows}
    for form in forms:
        for block in form.blocks:
            short = _short_rows(block, printed)
            if short:
                _cut_block(document, form, block, short)
    return forms


def _short_rows(block: Block, printed: dict[int, list[Atom]]) -> dict[int, list[Atom]]:
    """Rows printed with fewer cells than all others and a cell that could hold two; by their number in the block."""
    width = len(block.columns)
    found: dict[int, list[Atom]] = {}
    plain: set[int] = set()  # how much shorter rows are in which nothing can be glued
    full = sum(len(row) == width for row in block.header)
    for number, row in enumerate(block.rows):
        first = next((a.start for a in row if a is not None and a.text), None)
        source = printed.get(first) if first is not None else None
        if source is not None and len(source) == width:
            full += 1
        elif source is None or len(source) > width:
            continue
        elif _printed_whole(source, row) and any(_could_hold_two(a) for a in source):
            found[number] = source
        else:
            plain.add(width - len(source))
    if full == sum(
        len(row) == width for row in block.header
    ):  # no row is as wide as the head: a merged cell is missing
        found = {n: source for n, source in found.items() if width - len(source) not in plain}
    return found if full >= max(1, len(found) // 2) else {}


def _surely_glued(block: Block, row: Cells) -> bool:
    """Whether a cell holds what no single cell can: two rates, two points in one number, more than a hundred points."""
    for column, atom in zip(block.columns, row, strict=False):
        if atom is None or column.role not in _CUT or not atom.text:
            continue
        if _TWO.search(atom.text):
            return True
        if column.role in ("points", "score") and atom.kind & NUM and (number_of(atom.text) or 0) > 100:
            return True
    return False


def _printed_whole(source: list[Atom], row: Cells) -> bool:
    """Whether the row was read from this printed row alone."""
    own = {(a.start, a.end) for a in source if a.text}
    return all((a.start, a.end) in own for a in row if a is not None and a.text)


def _could_hold_two(atom: Atom) -> bool:
    if len(atom.parts) != 1 or not atom.text:
        return False
    digits = sum(c.isdigit() for c in atom.text)
    valued = digits >= 2 and bool(_OPENS.match(atom.text) or atom.kind & (NUM | PCT | QTY))
    return valued or atom.text in ("----", "--", "//") or _WORDS.fullmatch(atom.text) is not None


def _cut_block(document: Document, form: Form, block: Block, short: dict[int, list[Atom]]) -> None:
    roles = tuple(c.role for c in block.columns)
    solved = {
        n: Row(_assignments(document.folded, source, roles), lambda r: _values(document.folded, roles, r))
        for n, source in short.items()
    }
    whole = {n: _fixed(row, roles, document.folded) for n, row in enumerate(block.rows) if n not in short}
    for number, row in solved.items():
        row.demand(lambda v: _holds(block.kind, v))
        row.fixed = len(row.readings) == 1
        if (
            short[number][-1].text
            and number not in block.inferred
            and not _surely_glued(block, block.rows[number])
        ):
            row.add(
                _reading(block.rows[number])
            )  # it may be whole, with nothing printed under its last heads
    _sums(block, {**whole, **solved})
    for number, row in solved.items():
        as_printed = _reading(block.rows[number])
        if as_printed in row.readings:
            block.inferred.add(number)
            continue
        if not row.readings:
            block.inferred.add(number)
            _unreadable(document, block, number, short[number])
            continue
        cells = _cells(document, row, short[number], roles)
        block.rows[number] = cells
        block.inferred.discard(number)
        if number < len(block.at):
            form.grid[block.at[number]] = cells


def _holds(kind: str, values: Values) -> bool:
    if kind in _MONEY_KINDS:
        if (
            all(k in values for k in ("initial", "adjust", "annual"))
            and values["initial"] + values["adjust"] != values["annual"]
        ):
            return False
        return kind == "summary" or money_holds(values)
    if any(places(values[role]) for role in ("quota", "on_duty", "headcount", "retired") if role in values):
        return False  # people are whole
    if kind == "base" and "rate" in values and values.get("quota") and values.get("on_duty") is not None:
        return money_holds({"annual": values["quota"], "executed": values["on_duty"], "rate": values["rate"]})
    return score_holds(values)


def _assignments(folded: str, source: list[Atom], roles: tuple[str, ...]) -> list[Reading]:
    """Every way to give the printed cells to the columns in order, each taking one column or, when glued, several."""
    out: list[Reading] = []
    missing = len(roles) - len(source)

    def walk(i: int, k: int, cut: Reading) -> None:
        if len(out) > LIMIT:
            return
        if i == len(source):
            if k == len(roles):
                out.append(cut)
            return
        atom, spare = source[i], missing - (k - i)
        if not atom.text or (cost(roles[k], atom.kind) < _ILL and not _TWO.search(atom.text)):
            place = (atom.start, atom.end) if atom.text else None
            walk(i + 1, k + 1, (*cut, place))
        if not _could_hold_two(atom):
            return
        for size in range(2, spare + 2):
            columns = roles[k : k + size]
            if len(columns) == size and set(columns) <= _CUT | {"blank"} and columns[0] != "blank":
                for pieces in _pieces(folded, atom, columns):
                    walk(i + 1, k + size, (*cut, *pieces))

    walk(0, 0, ())
    return out if len(out) <= LIMIT else []


def _pieces(folded: str, atom: Atom, columns: tuple[str, ...]) -> list[Reading]:
    """The ways to cut one glued cell over `columns`; columns that only widen their neighbour stay empty."""
    valued = tuple(role for role in columns if role != "blank")
    if len(valued) < 2:
        return []
    out: list[Reading] = []
    for reading in readings(folded, atom.start, atom.end, valued):
        if not tail_zero(folded, reading):
            left = list(reading)
            out.append(tuple(None if role == "blank" else left.pop(0) for role in columns))
    return out


def _values(folded: str, roles: tuple[str, ...], reading: Reading) -> Values:
    out: dict[str, Decimal] = {}
    for role, place in zip(roles, reading, strict=True):
        if (
            role in _CUT
            and place is not None
            and (number := number_of(folded[slice(*place)].rstrip("%分"))) is not None
        ):
            out.setdefault(role, number)
    return out


def _fixed(row: Cells, roles: tuple[str, ...], folded: str) -> Row:
    """A row that was printed whole, as the one way to read it."""
    return Row([_reading(row)], lambda r: _values(folded, roles, r))


def _reading(row: Cells) -> Reading:
    return tuple((a.start, a.end) if a is not None and a.text else None for a in row)


def _sums(block: Block, rows: dict[int, Row]) -> None:
    """Money rows add up to their total, rows of a 汇总表 to 合计, indicator scores to the points of their 一级 label."""
    ordered = [rows[n] for n in range(len(block.rows))]
    labels = [
        next((a for a in row if a is not None and a.text and not a.kind & (NUM | PCT)), None)
        for row in block.rows
    ]
    if block.kind in _MONEY_KINDS:
        at = next(
            (
                n
                for n, a in enumerate(labels)
                if a is not None and (a.kind & TOTAL or "总额" in a.text or "合计" in a.text)
            ),
            None,
        )
        if at is None:
            return
        parts = [r for n, r in enumerate(ordered) if n != at]
        for role in ("initial", "adjust", "annual", "executed"):
            balance(ordered[at], parts, role)
        return
    if block.kind == "indicator":
        _group_sums(block, ordered)


def _group_sums(block: Block, rows: list[Row]) -> None:
    at = block.index("level1")
    groups: list[tuple[str, list[Row]]] = []
    for cells, row in zip(block.rows, rows, strict=True):
        label = cells[at] if at is not None else None
        if (
            label is not None
            and label.text
            and label.kind & LEVEL1
            and (not groups or groups[-1][0] != label.text)
        ):
            groups.append((label.text, []))
        if groups:
            groups[-1][1].append(row)
    for text, group in groups:
        points = LABEL_POINTS.search(text)
        if points:
            add_up(group, "points", {scaled(Decimal(points[1]))})


def _cells(document: Document, row: Row, source: list[Atom], roles: tuple[str, ...]) -> Cells:
    """Cells that were printed whole stay as they are; those cut out of a glued one are marked."""
    own: dict[Place, Atom] = {(a.start, a.end): a for a in source if a.text}
    cut = agreed(document, row, (source[0].start, source[-1].end), len(roles))
    return [own.get((a.start, a.end), a) if a is not None and not a.kind & UNREADABLE else a for a in cut]


def _unreadable(document: Document, block: Block, number: int, source: list[Atom]) -> None:
    """A row whose glue cannot be cut: the glued cell is marked wherever it was put."""
    glued = {
        a.start
        for a in source
        if _could_hold_two(a) and (a.kind & NUM or len([c for c in a.text if c == "."]) > 1)
    }
    row = block.rows[number]
    for k, atom in enumerate(row):
        if (
            atom is not None
            and atom.start in glued
            and not atom.kind & FORCED
            and block.columns[k].role in _CUT
        ):
            row[k] = marked(document, [(atom.start, atom.end)], UNREADABLE)
