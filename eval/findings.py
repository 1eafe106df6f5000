"""Findings: which expected notes fire, which forbidden ones do, and which P0/P1 nobody listed (false accusations)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from eval.measures.counts import Counts
from extractor.findings import Note
from extractor.review import Review

_GRAVE = ("P0", "P1")


@dataclass
class Findings:
    """What a review's notes amount to against its findings.toml."""

    expected: list[str] = field(default_factory=list)
    fired: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    accused: list[str] = field(default_factory=list)
    counts: Counts = field(default_factory=dict)

    def add(self, other: Findings) -> None:
        """Sum up two reports."""
        for name in ("expected", "fired", "missed", "forbidden", "accused"):
            getattr(self, name).extend(getattr(other, name))
        for key, vector in other.counts.items():
            mine = self.counts.setdefault(key, [0.0] * len(vector))
            self.counts[key] = [a + b for a, b in zip(mine, vector, strict=True)]

    def count(self, key: str, hit: bool) -> None:
        """One more of `key`, [hits, of]."""
        vector = self.counts.setdefault(key, [0.0, 0.0])
        vector[0] += hit
        vector[1] += 1


def _alternatives(entry: Mapping[str, Any], key: str) -> set[str]:
    return set(str(entry[key]).split("|")) if entry.get(key) else set()


def _codes(note: Note, review: Review) -> set[str]:
    """The note's own code and the codes of every check it speaks for."""
    checks = {c.id: c.code for c in review.checks if c.status == "fail"}
    return {note.code} | {checks[i] for i in note.checks if i in checks}


def _differs_right(entry: Mapping[str, Any], note: Note, review: Review) -> bool:
    wanted = _alternatives(entry, "difference")
    if not wanted:
        return True
    found = {abs(c.difference) for c in review.checks if c.id in note.checks and c.difference is not None}
    return any(abs(Decimal(w)) in found for w in wanted)


def score_findings(name: str, review: Review, expected: Mapping[str, Any], known: frozenset[str]) -> Findings:
    """Compare the notes of `review` with its lists; codes outside `known` are not expected yet."""
    out = Findings()
    notes = [(note, _codes(note, review)) for note in review.notes]
    listed: set[str] = set()
    for entry in expected.get("must_fire", ()):
        codes = _alternatives(entry, "code")
        listed |= codes
        if not codes & known:
            continue
        label = f"{name} {entry['code']} {entry.get('difference', '')} {entry.get('why', '')}"[:110]
        out.expected.append(label)
        severities = _alternatives(entry, "severity")
        hit = any(
            codes & found
            and (not severities or note.severity in severities)
            and _differs_right(entry, note, review)
            for note, found in notes
        )
        (out.fired if hit else out.missed).append(label)
        out.count(f"recall/{min(severities) if severities else '任一级'}", hit)
        out.count(f"recall/{min(codes)}", hit)
    for entry in expected.get("may_fire", ()):
        listed |= _alternatives(entry, "code")
    forbidden = [e for e in expected.get("must_not_fire", ()) if not _alternatives(e, "code") & listed]
    for entry in forbidden:
        for note, _ in notes:
            if note.severity in _GRAVE and note.code in _alternatives(entry, "code"):
                out.forbidden.append(f"{name} {note.code} {note.severity} {note.comment[:60]}")
    out.counts["forbidden"] = [float(len(out.forbidden)), float(len(forbidden))]
    for note, found in notes:
        if note.severity not in _GRAVE:
            continue
        if not (expected.get("clean") or expected.get("complete")):
            continue  # the list does not say what else is wrong with the report
        false = bool(expected.get("clean")) or not found & listed
        if expected.get(
            "must_fire"
        ):  # of a report in which nothing is wrong no note can be right: it is accused
            out.count(f"precision/{note.severity}", not false)
            out.count(f"precision/{note.code}", not false)
        if false:
            out.accused.append(f"{name} {note.severity} {note.code} {note.location}：{note.comment[:80]}")
    if expected.get("clean"):
        out.counts["accused"] = [float(len(out.accused)), 1.0]
    return out
