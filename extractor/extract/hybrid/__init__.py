"""Rules first; the model reads only what they left open, and never against an identity that holds."""

from __future__ import annotations

from extractor.extract.hybrid.engine import extract_hybrid

__all__ = ["extract_hybrid"]
