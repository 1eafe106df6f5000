"""The same report as text, Word, Excel, PDF (where LibreOffice is present) and web page gives the same review."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.cases import Case, fixture_cases, seed_cases
from eval.typeset import BAR, FORMS, examine
from extractor.load.office import program

CASES = [*fixture_cases(), *seed_cases()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_form_says_what_the_text_says(case: Case) -> None:
    for form, groups in examine(case):
        for group, equal in groups.items():
            if group not in ("prose", "checks", "notes"):
                assert equal.right == equal.of, f"{form} {group}: {equal.misses}"


def test_the_forms_are_real_files(tmp_path: Path) -> None:
    names = {name for name, _ in FORMS.values()}
    assert names - {"report.pdf"} == {"report.docx", "report.xlsx", "report.html"}
    assert ("report.pdf" in names) == (program() is not None)
    assert BAR >= 0.995
