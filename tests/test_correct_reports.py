"""Correct reports that are easily accused (CHECKS 0.22): not one P0 or P1 note may fire on them."""

from __future__ import annotations

import pytest

from eval.cases import Case, fixture_cases
from extractor.pipeline import review
from extractor.settings import Settings

CORRECT = [case for case in fixture_cases() if case.name.startswith("correct_")]
LEAST = 15


def test_there_are_enough_correct_reports() -> None:
    """The class of fixtures exists, and each of them is declared clean."""
    assert len(CORRECT) >= LEAST
    assert all(case.findings["clean"] and case.findings["complete"] for case in CORRECT)


@pytest.mark.parametrize("case", CORRECT, ids=lambda case: case.name)
def test_no_correct_report_is_accused(case: Case) -> None:
    """No note asks a unit to defend what its report already shows to be right."""
    result = review(case.source, Settings(), file_name=case.file_name)
    accused = [f"{n.severity} {n.code} {n.comment}" for n in result.notes if n.severity in ("P0", "P1")]
    assert not accused, "\n".join(accused)
