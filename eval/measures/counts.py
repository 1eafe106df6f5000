"""Slots as counts: small vectors that add up over reports, from which every rate is made at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from eval.measures.slots import Boxes, Slot, printed

Counts = dict[str, list[float]]
BINS = 20  # of confidence, equally wide; the last holds 1.0 too

# What a reviewer does about each kind of slot, and how long it takes: an assumption, stated wherever minutes are shown.
# Correcting means finding the place, reading it and typing; adding means finding out that something lacks as well.
SECONDS = {"add": 18, "modify": 12, "delete": 5}


def value_counts(slots: Sequence[Slot]) -> Counts:
    """`value/GROUP`: [true positives, false positives, false negatives] over printed values with their labels."""
    out: Counts = defaultdict(lambda: [0.0, 0.0, 0.0])
    for slot in slots:
        right = slot.verdict == "right"
        for key in (f"value/{slot.group}", "value/all"):
            out[key][0] += right
            out[key][1] += slot.got is not None and not right
            out[key][2] += printed(slot.want) and not right
    return dict(out)


def row_counts(slots: Iterable[Slot]) -> Counts:
    """`field/indicators/FIELD` and `row/indicators`: [exactly right, of]; a row is right when every field of it is."""
    out: Counts = defaultdict(lambda: [0.0, 0.0])
    rows: dict[int, bool] = {}
    for slot in slots:
        if slot.group != "indicators":
            continue
        good = slot.verdict in ("right", "blank")
        if not slot.beyond:
            out[f"field/indicators/{slot.field}"][0] += good
            out[f"field/indicators/{slot.field}"][1] += 1
        rows[slot.row_id] = rows.get(slot.row_id, True) and good
    out["row/indicators"] = [float(sum(rows.values())), float(len(rows))]
    return dict(out)


def edit_counts(slots: Iterable[Slot]) -> Counts:
    """`edits`: [added, modified, deleted, what typing everything from nothing would add]; a row too many is one deletion."""
    added = modified = deleted = everything = 0
    gone: set[tuple[str, int]] = set()
    for slot in slots:
        everything += printed(slot.want)
        if slot.beyond:
            row = (slot.group, slot.row_id)
            deleted += slot.row_id < 0 or row not in gone
            gone.add(row)
        elif slot.verdict == "missed":
            added += printed(slot.want)
        elif slot.verdict == "wrong":
            modified += 1
        elif slot.verdict == "extra":
            deleted += 1
    return {"edits": [float(n) for n in (added, modified, deleted, everything)]}


def seconds_of(edits: Sequence[float]) -> float:
    """How long the edits of an `edits` vector take a reviewer."""
    added, modified, deleted, _ = edits
    return added * SECONDS["add"] + modified * SECONDS["modify"] + deleted * SECONDS["delete"]


def place_counts(slots: Iterable[Slot], text: str) -> Counts:
    """`char` and `box`: [true positives, false positives, false negatives] of the places of values that were found.

    Characters are those of the text that are no white space; a box is right when on every page it and the gold's share half
    of what they cover together.
    """
    char, box = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
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
            hit = _same_place(want.boxes, got.boxes)
            box[0] += hit
            box[1] += bool(got.boxes) and not hit
            box[2] += not hit
    return {"char": char, "box": box}


def _inked(text: str, ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in ranges for at in range(start, min(end, len(text))) if not text[at].isspace()}


def _same_place(wanted: Boxes, found: Boxes) -> bool:
    """Whether both stand on the same pages, and around the same there."""
    a, b = _around(wanted), _around(found)
    return a.keys() == b.keys() and all(_common(a[page], b[page]) >= 0.5 for page in a)


def _around(boxes: Boxes) -> dict[int, Sequence[float]]:
    """The box around all boxes of each page."""
    out: dict[int, Sequence[float]] = {}
    for page, box in boxes:
        one = out.get(page, box)
        out[page] = (min(one[0], box[0]), min(one[1], box[1]), max(one[2], box[2]), max(one[3], box[3]))
    return out


def _common(a: Sequence[float], b: Sequence[float]) -> float:
    """Intersection over union of two boxes."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    inner = width * height
    return inner / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inner)


def confidence_counts(slots: Iterable[Slot]) -> Counts:
    """`confidence`: for each bin [values, right ones, sum of the confidences]; `certain`: [right, of] of values so marked."""
    bins = [0.0] * (3 * BINS)
    certain = [0.0, 0.0]
    for slot in slots:
        if slot.got is None or slot.group == "head":  # year, date and kind carry no confidence
            continue
        evidence, right = slot.got.evidence, slot.verdict == "right"
        at = 3 * min(int(evidence.confidence * BINS), BINS - 1)
        for n, value in enumerate((1.0, float(right), evidence.confidence)):
            bins[at + n] += value
        if evidence.certain:
            certain[0] += right
            certain[1] += 1
    return {"confidence": bins, "certain": certain}
