"""The contract as a file: key order of the records, Decimals as strings, absent as null, UTF-8."""

from __future__ import annotations

from extractor.records import to_json
from extractor.render.signing import Signing
from extractor.review import Review


def render(review: Review, _signing: Signing | None = None) -> bytes:
    """The whole review; two runs on one input differ in `run.log` only. Who signed is told by the desk, not by the contract."""
    return to_json(review).encode() + b"\n"
