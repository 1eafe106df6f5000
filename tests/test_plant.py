"""The planter: deterministic, true to the gold, independent of the checks it measures."""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from pathlib import Path

import pytest

import eval.planting
from eval.generate.planted import Plan, plans
from eval.generate.reference import reference
from eval.generate.report import draft
from eval.generate.truth import finish
from eval.plant import LEDGER_ONLY, clean_cases, clean_sheets, measure
from eval.planting import KINDS, Plant, Sheet, planted
from eval.planting.plant import applied, bumped
from eval.planting.sheet import Spot

SHEETS = list(clean_sheets(clean_cases()))
PLANTS = {sheet.name: list(planted(sheet)) for sheet in SHEETS}
CODE = re.compile(r"(?:SUM|RAT|SCO|CON|CMP|REA|INT|FMT|UNI|XDC)-\d\d")


def _all() -> list[Plant]:
    return [plant for plants in PLANTS.values() for plant in plants]


def test_the_planter_knows_nothing_of_the_checks() -> None:
    """Truth must not come from what is measured: no module of the planter imports the product."""
    folder = Path(eval.planting.__file__).parent
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.startswith("extractor") for name in names), path.name


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_planting_repeats_itself(sheet: Sheet) -> None:
    """The same fixture always gets the same errors, and each of them changes the text."""
    assert list(planted(sheet)) == PLANTS[sheet.name]
    assert all(plant.text != sheet.text for plant in PLANTS[sheet.name])


def test_every_kind_fits_some_report() -> None:
    """No kind is dead: each fits a fixture or a generated report."""
    kinds = {plant.kind for plant in _all()}
    for layout in ("tables", "input_process_output", "several_forms", "reason_in_funds", "scoring_standard"):
        for seed in range(12):
            made = draft(seed, layout)
            shown = reference(made.blocks)
            sheet = Sheet(layout, shown.canvas.text, finish(made.desk.truth, shown.canvas, layout))
            kinds |= {plan.kind for plan in plans(sheet)}
    assert kinds == set(KINDS)


def test_every_answer_is_a_code_of_the_catalogue() -> None:
    """Codes are well formed, none stands twice, and the catalogue is covered broadly."""
    for plant in _all():
        assert all(CODE.fullmatch(code) for code in plant.codes)
        assert len(set(plant.codes)) == len(plant.codes), plant.kind
    assert len({plant.code for plant in _all()}) >= 75
    assert {plant.code for plant in _all()} >= LEDGER_ONLY


def test_every_clean_fixture_gets_many_errors() -> None:
    """A fixture into which little can be planted measures little."""
    assert min(len(plants) for plants in PLANTS.values()) >= 40


def test_a_changed_number_is_printed_like_the_first() -> None:
    """Separators, decimals, signs and units stay; the change exceeds any rounding."""
    assert applied("计4,513,500.00元", [bumped(Spot("4,513,500.00元", 1, 14))]) == "计4,613,500.00元"
    assert Spot("≥36公里", 0, 5).printed(Decimal(90)) == "≥90公里"
    assert applied("共61", [bumped(Spot("61", 1, 3), terms=4)]) == "共71"


def test_a_misprinted_total_score_is_found() -> None:
    """The measure itself works: planted totals of one fixture are found, its original is not accused."""
    cases = [case for case in clean_cases() if case.name == "clean_project_pipe"]
    recall = measure(cases)
    assert recall.accused == []
    tally = recall.tallies["SCO-02"]
    assert tally.found == tally.planted > 0


def _plans(layout: str, seed: int) -> tuple[str, list[Plan]]:
    """The text of a generated report before print, and every error that can be planted into it."""
    made = draft(seed, layout)
    shown = reference(made.blocks)
    sheet = Sheet(layout, shown.canvas.text, finish(made.desk.truth, shown.canvas, layout))
    return sheet.text, plans(sheet)


@pytest.mark.parametrize("layout", ["beijing_2016", "scoring_standard"])
def test_a_report_that_prints_how_it_scores_is_not_scored_by_another_rule(layout: str) -> None:
    """CHECKS 0.7: no note would be right there, so no error is planted that asks for one."""
    asked = {plan.codes[0] for seed in range(8) for plan in _plans(layout, seed)[1]}
    assert "SCO-02" in asked and not asked & {"SCO-01", "SCO-06", "SCO-07", "SCO-08", "SCO-09"}


def test_a_date_is_taken_only_where_its_lack_can_be_seen() -> None:
    """With a second stamp, or one that was blank before, the report says nothing new without it."""
    taken = 0
    for layout in ("several_forms", "unfinished", "tables", "prose_only", "one_indicator"):
        for seed in range(6):
            text, known = _plans(layout, seed)
            for plan in known:
                if plan.kind == "日期缺失":
                    taken += 1
                    assert text.count("填报日期") < 2 and "填报日期： 联系" not in text
    assert taken


def test_an_amount_changes_its_unit_only_where_the_same_thing_is_told_again() -> None:
    """CHECKS 0.16: 29.07元 alone contradicts nothing; the same spending in the form or in another sentence does."""
    counts = {
        layout: sum(plan.kind == "元与万元混用" for seed in range(8) for plan in _plans(layout, seed)[1])
        for layout in ("sentences", "tables")
    }
    assert counts["sentences"] == 0 < counts["tables"]
