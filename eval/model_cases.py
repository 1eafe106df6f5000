"""Reports that a model is asked about, and what a real one answered: the replies stand beside the report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.cases import FIXTURES, ROOT, Case, canonical
from eval.gold import load_gold
from extractor.chat import Chat, Usage
from extractor.pipeline import review
from extractor.review import Review
from extractor.settings import Settings

OPEN = ROOT / "eval" / "left_open"
MODEL = "qwen2.5-coder-1.5b"  # whose answers are recorded


def folder_of(name: str) -> Path:
    """The folder of a case of fixtures or eval/left_open."""
    return next(folder for root in (OPEN, FIXTURES) if (folder := root / name).is_dir())


def case_of(folder: Path) -> Case:
    """The report in a folder with its gold."""
    report = next(folder.glob("report.*"))
    return Case(
        folder.name, folder.parent.name, report, load_gold(folder / "expected.json", canonical(report)), {}
    )


def recorded() -> Iterator[Path]:
    """The folders whose reports a real model has answered."""
    for root in (OPEN, FIXTURES):
        yield from (folder for folder in sorted(root.iterdir()) if (folder / "replies").is_dir())


def replayed(folder: Path, engine: str) -> Review:
    """A review answered from the folder's recorded replies; what was not recorded fails as unreachable."""
    settings = Settings(engine=engine, model=MODEL, cache=str(folder / "replies"))
    return review(
        next(folder.glob("report.*")), settings, connect=lambda: Chat(settings, replay=folder / "replies")
    )


def live(folder: Path, engine: str, record: bool) -> Review:
    """A review by the endpoint of the environment, its answers kept beside the report when asked."""
    given: dict[str, Any] = {"engine": engine, "model_concurrency": 1, "model_seconds": 7200}
    report, replies = next(folder.glob("report.*")), folder / "replies"
    plain = Settings.from_environment(**given)
    if not record:
        return review(report, plain)
    # What form the endpoint takes is tried out once for all reports, and is no answer about any.
    known, here = (plain.cache_folder or OPEN) / "endpoints", replies / "endpoints"
    if known.is_dir():
        shutil.copytree(known, here, dirs_exist_ok=True)
    try:
        return review(report, Settings.from_environment(**given, cache=str(replies)))
    finally:
        if here.is_dir() and known.parent != OPEN:
            shutil.copytree(here, known, dirs_exist_ok=True)
        shutil.rmtree(here, ignore_errors=True)


def recorded_usage(folder: Path) -> Usage:
    """What the recorded answers of a report took when they were given."""
    out = Usage()
    for path in sorted((folder / "replies").glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        calls = max(1, len(kept["said"]))
        out = out.plus(Usage(calls, kept["input_tokens"], kept["output_tokens"]))
    return out
