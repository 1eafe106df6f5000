"""What a real small model answered, replayed: the same result without a call, never below the rules, nothing invented."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from eval.model_cases import case_of, recorded, replayed
from eval.scorers import score_report
from extractor.ground import verify
from extractor.pipeline import Stages, review
from extractor.review import Review
from extractor.settings import Settings

FOLDERS = list(recorded())
each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def test_there_are_recorded_answers() -> None:
    assert {folder.name for folder in FOLDERS} >= {
        "unknown_heads",
        "unknown_heads_tabs",
        "cells_without_grid",
    }


@each_folder
def test_a_second_run_makes_no_call_and_gives_the_same(folder: Path) -> None:
    first, second = replayed(folder, "hybrid"), replayed(folder, "hybrid")
    assert first.run.model is not None
    assert first.run.log.usage.calls == second.run.log.usage.calls == 0
    assert (first.report, first.checks, first.notes) == (second.report, second.checks, second.notes)
    assert first.run.chunks == second.run.chunks and first.run.prompts == second.run.prompts


@each_folder
def test_every_recorded_answer_is_of_this_run(folder: Path) -> None:
    """No reply of an older prompt or text lies about, so what the recording took is what the folder says."""
    chunks = replayed(folder, "hybrid").run.chunks  # a section that was read here has no colon in its id
    asked = [c for c in chunks if (":" in c.id or c.id in ("head", "sections")) and c.status != "withheld"]
    assert not any("没有录下的回答" in (c.error or "") for c in asked)
    assert len(asked) == len(list((folder / "replies").glob("*.json")))


@each_folder
def test_a_real_small_model_never_lowers_the_rules(folder: Path) -> None:
    case = case_of(folder)
    stages = Stages()
    rules = score_report(review(case.source, Settings(engine="rules"), stages=stages).report, case.gold)
    read = replayed(folder, "hybrid")
    scores = score_report(read.report, case.gold)
    assert {name for name, score in scores.items() if score.right < rules[name].right} == set()
    assert stages.document is not None and verify(stages.document, read.report) == []


@pytest.mark.parametrize(
    ("name", "values"), [("unknown_heads", 40), ("unknown_heads_tabs", 40), ("cells_without_grid", 32)]
)
def test_a_real_small_model_reads_a_table_that_the_rules_cannot(name: str, values: int) -> None:
    folder = next(folder for folder in FOLDERS if folder.name == name)
    case = case_of(folder)
    scores = score_report(replayed(folder, "hybrid").report, case.gold)
    assert scores["indicators"].right == scores["indicators"].expected == values


@each_folder
def test_a_review_works_beside_a_running_loop(folder: Path) -> None:
    async def within() -> Review:
        return replayed(folder, "hybrid")

    assert asyncio.run(within()).checks == replayed(folder, "hybrid").checks
