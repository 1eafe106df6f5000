"""`python -m extractor` is `extractor`."""

from __future__ import annotations

from extractor.cli import run

if __name__ == "__main__":
    run()
