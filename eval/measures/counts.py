"""Slots as counts: small vectors that add up over reports, from which every rate is made at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from eval.measures.slots import Slot, printed

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
