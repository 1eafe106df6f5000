"""A slot: one field of one row, what the gold prints there and what was read there; every accuracy is a count of slots."""

from __future__ import annotations

from typing import Literal, NamedTuple

from eval.gold import Value, squeeze
from extractor.document import BBox, Span
from extractor.schema import SURE, Cell, Evidence

# right: both print the same; blank: neither prints anything; wrong: both print, and differ (in value or label);
# missed: only the gold prints; extra: only the reading prints
Verdict = Literal["right", "blank", "wrong", "missed", "extra"]
Ranges = tuple[tuple[int, int], ...]
Boxes = tuple[tuple[int, BBox], ...]  # (page from 1, box)


class Got(NamedTuple):
    """A value as it was read: its text, the ranges of the document it points at, its boxes and how sure it is."""

    text: str
    ranges: Ranges
    boxes: Boxes = ()
    evidence: Evidence = SURE
    addresses: frozenset[str] = frozenset()  # of the cells of a workbook, Word file or web page


class Slot(NamedTuple):
    """One field of one row, judged; `row` tells the row to a person, `why` says what differs when it is not the text."""

    group: str
    row: str
    field: str
    want: Value | None
    got: Got | None
    verdict: Verdict
    why: str = ""
    row_id: int = -1  # slots of one row have the same; -1 a row of its own
    beyond: bool = False  # in no row of the gold


def ranges_of(span: Span) -> Ranges:
    """The document ranges of a value, in reading order."""
    if span.parts is None:
        return ((span.start, span.end),)
    return tuple((part.start, part.end) for part in span.parts)


def boxes_of(span: Span) -> Boxes:
    """The boxes of a value, one for each piece of it."""
    pieces = [(part.page, part.bbox) for part in span.parts or ()] or [(span.page, span.bbox)]
    return tuple((page, box) for page, box in pieces if page is not None and box is not None)


def addresses_of(span: Span) -> frozenset[str]:
    """The cells of a workbook, Word file or web page that a value stands in."""
    own = {part.address for part in span.parts or ()} | {span.address}
    return frozenset(address for address in own if address)


def got_cell(cell: Cell | None) -> Got | None:
    """A cell as it was read; None where nothing is printed."""
    if cell is None or not cell.raw.strip():
        return None
    span = cell.span
    return Got(squeeze(cell.raw), ranges_of(span), boxes_of(span), cell.evidence, addresses_of(span))


def printed(want: Value | None) -> bool:
    """Whether the gold prints something here."""
    return want is not None and not want.empty


def overlaps(got: Got | None, want: Value | None) -> bool:
    """Whether both stand at one place of the text."""
    if got is None or want is None or want.empty or want.start < 0 or not got.ranges:
        return False
    return got.ranges[0][0] < want.end and want.start < got.ranges[-1][1]


def same(got: Got | None, want: Value | None) -> bool:
    """Equal printed text at an overlapping place; a gold value without a place is compared by its text."""
    if got is None or want is None or want.empty or got.text != want.text:
        return False
    return want.start < 0 or not got.ranges or overlaps(got, want)


def judged(want: Value | None, got: Got | None, right: bool) -> Verdict:
    """The verdict on a slot whose printed value is `right` or not."""
    if not printed(want):
        return "blank" if got is None else "extra"
    if got is None:
        return "missed"
    return "right" if right else "wrong"


def slot(group: str, row: str, field: str, want: Value | None, got: Got | None, row_id: int) -> Slot:
    """A slot judged by its printed text alone."""
    return Slot(group, row, field, want, got, judged(want, got, same(got, want)), row_id=row_id)
