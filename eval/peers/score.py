"""How well a reader recovered the tables of a PDF: cells in their rows, places, numbers that nobody printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from eval.gold import squeeze
from eval.measures.align import assign
from eval.peers.cases import NUMBER, Known, TableCase
from extractor.document import BBox

_NEARNESS = 0.4  # at most, for standing at the same height of the document


class Read(NamedTuple):
    """A cell as a reader gave it."""

    text: str
    place: tuple[int, BBox] | None


@dataclass
class TableScore:
    """Cells right, read and printed; cells with a known place and those whose place was given; numbers nobody printed."""

    right: int = 0
    read: int = 0
    printed: int = 0
    placed: int = 0
    grounded: int = 0
    invented: int = 0
    seconds: float = 0.0
    cases: int = 0

    def add(self, other: TableScore) -> None:
        """Sum up two cases."""
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def rows_of(answer: dict[str, Any]) -> list[list[Read]]:
    """The printed cells of a reader's answer, row by row."""
    out = []
    for table in answer["tables"]:
        boxes = table["boxes"] or []
        for r, row in enumerate(table["rows"]):
            own = boxes[r] if r < len(boxes) else []
            cells = []
            for c, text in enumerate(row):
                words = squeeze(text or "")
                if words:
                    box = own[c] if c < len(own) else None
                    cells.append(Read(words, _place(table["page"], box)))
            if cells:
                out.append(cells)
    return out


def _place(page: int | None, box: Any) -> tuple[int, BBox] | None:
    """A box on the table's page; a reader whose tables cross pages gives (page, box)."""
    if not box:
        return None
    number, corners = (page, box) if page is not None else box
    left, top, right, bottom = corners
    return number, (left, top, right, bottom)


def score_tables(case: TableCase, answer: dict[str, Any]) -> TableScore:
    """Rows are paired so that most cells agree; a cell is right when its row has the same words, in the same order."""
    found = rows_of(answer)
    pairs = assign(_likeness(case.rows, found))
    out = TableScore(seconds=answer["seconds"], cases=1)
    out.printed = sum(map(len, case.rows))
    out.read = sum(map(len, found))
    places = [cell for row in case.rows for cell in row if cell.place is not None]
    out.placed = len(places)
    for i, j in pairs.items():
        for known, read in _in_order(case.rows[i], found[j]):
            out.right += 1
            out.grounded += known.place is not None and _points_at(read.place, known, places)
    numbers = Counter(number for row in found for cell in row for number in NUMBER.findall(cell.text))
    out.invented = sum(many for number, many in numbers.items() if number not in case.numbers)
    return out


def _likeness(
    rows: Sequence[Sequence[Known]], found: Sequence[Sequence[Read]]
) -> dict[tuple[int, int], float]:
    """Cells two rows have in common, a little more for rows at the same height."""
    words = [Counter(cell.text for cell in row) for row in found]
    out = {}
    for i, row in enumerate(rows):
        own = Counter(cell.text for cell in row)
        for j, other in enumerate(words):
            common = (own & other).total()
            if common:
                apart = abs(i / len(rows) - j / len(found))
                out[i, j] = common + _NEARNESS * (1 - apart)
    return out


def _in_order(row: Sequence[Known], found: Sequence[Read]) -> list[tuple[Known, Read]]:
    """The longest common run of cells, order kept."""
    best: list[list[list[tuple[Known, Read]]]] = [
        [[] for _ in range(len(found) + 1)] for _ in range(len(row) + 1)
    ]
    for i in range(len(row) - 1, -1, -1):
        for j in range(len(found) - 1, -1, -1):
            if row[i].text == found[j].text:
                best[i][j] = [(row[i], found[j]), *best[i + 1][j + 1]]
            else:
                best[i][j] = max(best[i + 1][j], best[i][j + 1], key=len)
    return best[0][0]


def _points_at(place: tuple[int, BBox] | None, known: Known, others: Sequence[Known]) -> bool:
    """Whether a box holds the middle of the cell's words and of no other cell's."""
    if place is None or known.place is None:
        return False
    page, box = place

    def inside(one: Known) -> bool:
        assert one.place is not None
        number, (left, top, right, bottom) = one.place
        x, y = (left + right) / 2, (top + bottom) / 2
        return number == page and box[0] <= x <= box[2] and box[1] <= y <= box[3]

    return inside(known) and not any(inside(one) for one in others if one is not known)
