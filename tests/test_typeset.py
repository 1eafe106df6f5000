"""The same report as text, Word, Excel, PDF (where LibreOffice is present) and web page gives the same review."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.cases import Case, fixture_cases, seed_cases
from eval.sheets import Sheet, pieces_of
from eval.typeset import BAR, FORMS, examine
from extractor.load import load
from extractor.load.office import program
from extractor.settings import Settings

CASES = [*fixture_cases(), *seed_cases()]
# Notes that differ, by report and code: glued text leaves the score in doubt that real cells print.
APART = {"glued_cells": "SCO-10"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_form_says_what_the_text_says(case: Case) -> None:
    for form, groups in examine(case):
        for group, equal in groups.items():
            misses = [each for each in equal.misses if APART.get(case.name, "-") not in each]
            if group not in ("prose", "checks"):
                assert not misses, f"{form} {group}: {misses}"


def test_the_forms_are_real_files(tmp_path: Path) -> None:
    names = {name for name, _ in FORMS.values()}
    assert names - {"report.pdf"} == {"report.docx", "report.xlsx", "report.html"}
    assert ("report.pdf" in names) == (program() is not None)
    assert BAR >= 0.995


def test_what_no_recovered_row_holds_is_set_where_it_stood() -> None:
    case = next(case for case in CASES if case.name == "correct_cost_first_level")
    sheet = next(
        each for each in pieces_of(load(case.source, Settings(), case.file_name)) if isinstance(each, Sheet)
    )
    rows = [[cell.text for cell in row] for row in sheet.rows]
    assert any(row[0] == "项目资金（万元）" and "年初预算数" in row for row in rows)
    heads = rows.index(["年度总体目标", "预期目标", "实际完成情况"])
    assert len(rows[heads + 1]) == 3 and all(rows[heads + 1][1:])
