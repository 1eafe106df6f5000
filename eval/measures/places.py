"""Whether the places of values are right: by characters of the text, by boxes on the page, by cells of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from eval.measures.counts import Counts
from eval.measures.slots import Boxes, Slot
from extractor.document import BBox

_ALIKE = 0.5  # of what two boxes cover together


def place_counts(slots: Sequence[Slot], text: str) -> Counts:
    """`char`, `box`, `point`, `cell`: [true positives, false positives, false negatives] of the places of values that were found.

    Characters are those of the text that are no white space. A box is right when on every page it and the gold's share half
    of what they cover together; it points at its value when it holds the middle of each of its lines and that of no other
    value. A cell of a workbook, Word file or web page is right when it is called by its name.
    """
    char = [0.0, 0.0, 0.0]
    hits: dict[str, list[tuple[bool, bool]]] = {"box": [], "point": [], "cell": []}  # (right, given)
    middles = _Middles(slots)
    for slot in slots:
        want, got = slot.want, slot.got
        if want is None or got is None or want.empty:
            continue
        if want.start >= 0 and got.ranges:
            wanted = _inked(text, want.parts or ((want.start, want.end),))
            found = _inked(text, got.ranges)
            char[0] += len(wanted & found)
            char[1] += len(found - wanted)
            char[2] += len(wanted - found)
        if want.boxes:
            hits["box"].append((_same_place(want.boxes, got.boxes), bool(got.boxes)))
            hits["point"].append((middles.meant(want.boxes, got.boxes), bool(got.boxes)))
        if want.address:
            hits["cell"].append((want.address in got.addresses, bool(got.addresses)))
    return {"char": char, **{key: _counted(found) for key, found in hits.items()}}


def _counted(hits: Iterable[tuple[bool, bool]]) -> list[float]:
    out = [0.0, 0.0, 0.0]
    for right, given in hits:
        out[0] += right
        out[1] += given and not right
        out[2] += not right
    return out


def _inked(text: str, ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in ranges for at in range(start, min(end, len(text))) if not text[at].isspace()}


class _Middles:
    """The middles of the lines of every value of the gold; a value that several rows share is one value."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        self.all = {
            (spot, slot.want.boxes) for slot in slots if slot.want for spot in _middles(slot.want.boxes)
        }

    def meant(self, wanted: Boxes, found: Boxes) -> bool:
        """Whether the boxes found hold all middles of the wanted ones, and none of another value."""
        return all(_held(spot, found) for spot in _middles(wanted)) and not any(
            boxes != wanted and _held(spot, found) for spot, boxes in self.all
        )


_Spot = tuple[int, float, float]  # page, across, down


def _middles(boxes: Boxes) -> Iterator[_Spot]:
    return ((page, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for page, box in boxes)


def _held(spot: _Spot, boxes: Boxes) -> bool:
    page, x, y = spot
    return any(page == n and box[0] <= x <= box[2] and box[1] <= y <= box[3] for n, box in boxes)


def _same_place(wanted: Boxes, found: Boxes) -> bool:
    """Whether both stand on the same pages, and around the same there."""
    a, b = _around(wanted), _around(found)
    return a.keys() == b.keys() and all(_common(a[page], b[page]) >= _ALIKE for page in a)


def _around(boxes: Boxes) -> dict[int, BBox]:
    """The box around all boxes of each page."""
    out: dict[int, BBox] = {}
    for page, box in boxes:
        one = out.get(page, box)
        out[page] = (min(one[0], box[0]), min(one[1], box[1]), max(one[2], box[2]), max(one[3], box[3]))
    return out


def _common(a: BBox, b: BBox) -> float:
    """Intersection over union of two boxes."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    inner = width * height
    return inner / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inner)
