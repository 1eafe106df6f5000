"""The contract as a file: key order of the models, Decimals as strings, absent as null, UTF-8."""

from __future__ import annotations

from extractor.review import Review


def render(review: Review) -> bytes:
    """The whole review; two runs on one input differ in `run.log` only."""
    return review.model_dump_json(indent=1).encode() + b"\n"
