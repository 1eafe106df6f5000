"""The same report as text, Word, Excel and web page gives the same review (issue 4, first bar)."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.cases import Case, fixture_cases, seed_cases
from eval.typeset import BAR, FORMS, examine

CASES = [*fixture_cases(), *seed_cases()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_form_says_what_the_text_says(case: Case) -> None:
    for form, groups in examine(case):
        for group, equal in groups.items():
            if group != "prose":
                assert equal.right == equal.of, f"{form} {group}: {equal.misses}"


def test_the_forms_are_real_files(tmp_path: Path) -> None:
    assert {name for name, _ in FORMS.values()} == {"report.docx", "report.xlsx", "report.html"}
    assert BAR >= 0.995
