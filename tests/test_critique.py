"""Notes: one for one cause, in words that state facts; the verdict; what is never said."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from extractor import critique
from extractor.critique.basis import PROVISIONS
from extractor.critique.draft import WORDINGS
from extractor.critique.kinds import LEDGER_ONLY
from extractor.findings import Check, Note
from extractor.identities import evaluate
from extractor.profiles import rules
from extractor.reconcile import RULES, Case, ledger
from extractor.review import Overall
from tests.catalogue import MUST
from tests.factory import TOTAL, Draft, full_rows, indicator
from tests.gold_report import FIXTURES, load_fixture, load_seed, seed_folder

ACCUSING = re.compile(r"造假|虚报|弄虚作假|骗取|套取|舞弊|谎报|隐瞒|捏造|违法|违规")


def _reviewed(draft: Draft) -> tuple[tuple[Check, ...], tuple[Note, ...], Overall]:
    document, report = draft.build()
    case = Case(document, None, report, rules())
    checks = ledger(case, MUST)
    notes = critique.notes(case, checks)
    return checks, notes, critique.overall(case, checks, notes)


def test_the_catalogue_has_the_thirty_checks_and_each_check_has_words() -> None:
    assert set(MUST) <= set(RULES)
    assert set(RULES) - LEDGER_ONLY <= set(WORDINGS)


def test_an_empty_report_yields_every_code_once_and_no_note() -> None:
    checks, notes, overall = _reviewed(Draft())
    assert [check.code for check in checks] == sorted(MUST)
    assert {check.status for check in checks} == {"not_applicable"}
    assert all(check.reason for check in checks)
    assert notes == ()
    assert overall.verdict == "修改后通过"
    assert "无法验证" in overall.reason


def _omitted_row(score: str) -> Draft:
    draft = Draft()
    rows = [indicator(f"工作{n}完成率", level1="产出指标（50分）" if n == 1 else "") for n in range(1, 5)]
    rows += [indicator(f"成效{n}提升率", level1="效益指标（40分）" if n == 1 else "") for n in range(1, 5)]
    draft.form(rows, [TOTAL], ("100", score))
    return draft


def test_one_omitted_row_is_one_note() -> None:
    _, notes, overall = _reviewed(_omitted_row("98"))
    (note,) = notes
    assert [check.split(".")[0] for check in note.checks] == ["SCO-02", "SCO-03", "SCO-04"]
    assert (note.severity, overall.verdict, overall.recomputed_score) == ("P0", "退回重报", None)
    assert "分值10分、得分8分" in note.comment


def test_gaps_that_no_single_row_explains_stay_apart() -> None:
    _, notes, _ = _reviewed(_omitted_row("70"))
    assert sorted(note.code for note in notes) == ["SCO-02", "SCO-03", "SCO-04"]


def test_one_sum_contradicted_in_prose_and_form_is_one_note() -> None:
    draft = Draft()
    draft.say(
        "2022年支出{550.28万元:expenditure_total/exec}，预算收入{535.67万元:revenue_budget/budget_annual}。"
    )
    draft.say("2022年整体支出{535.67万元:expenditure_total/exec}。")
    draft.form(
        full_rows(), [["年度资金总额", "339.66", "535.67", "535.67", "10", "100%", "10"]], ("100", "100")
    )
    _, notes, overall = _reviewed(draft)
    assert [(note.code, note.severity) for note in notes] == [("CON-01", "P0"), ("REA-01", "P1")]
    assert notes[0].cause_group == notes[1].cause_group
    assert overall.verdict == "退回重报"


def test_a_misprinted_row_is_told_with_the_list() -> None:
    draft = Draft("summary")
    draft.say(
        "上报项目{2项:project_count/other}，全年预算{74.15万元:budget_annual/budget_annual}。甲项目{42.97万元:project_budget/budget_annual@甲项目}。"
    )
    draft.summary([("甲项目", "42.7", "42.7", "98"), ("乙项目", "31.18", "31.18", "97")])
    _, notes, overall = _reviewed(draft)
    assert [(note.code, len(note.checks)) for note in notes] == [("SUM-10", 2)]
    assert overall.verdict == "修改后通过"


def test_a_doubtful_reading_is_a_request_to_look() -> None:
    draft = Draft()
    draft.say("2022年支出{550.28万元:expenditure_total/exec}。")
    draft.form(
        full_rows(),
        [["年度资金总额", "339.66", "535.67", "535.67", "10", "100%", "10"]],
        ("100", "100"),
        flags=["ocr"],
    )
    _, notes, _ = _reviewed(draft)
    assert {note.severity for note in notes} == {"P1"}
    assert all("请核实" in note.action for note in notes)


def test_overstated_scores_lower_the_total_and_understated_ones_do_not_raise_it() -> None:
    rows = [
        *full_rows(7),
        indicator("服务人数", "≥2000人", "1000人", "10", "10"),
        indicator("满意度", "100%", "98%", "10", "5"),
    ]
    draft = Draft()
    draft.form(rows, [TOTAL], ("100", "95"), grade="优")
    _, _, overall = _reviewed(draft)
    assert (overall.recomputed_score, overall.recomputed_grade) == (Decimal("90.00"), "优")
    understated = Draft()
    understated.form([*full_rows(8), indicator("满意度", "100%", "98%", "10", "5")], [TOTAL], ("100", "95"))
    _, _, fine = _reviewed(understated)
    assert fine.recomputed_score == Decimal(95)


def test_a_clean_report_passes() -> None:
    draft = Draft()
    draft.say("全年预算数{120.00万元:budget_annual/budget_annual}，全年支出{120.00万元:exec_annual/exec}。")
    draft.form(full_rows(), [TOTAL], ("100", "100"), grade="优")
    _, notes, overall = _reviewed(draft)
    assert notes == ()
    assert (overall.verdict, overall.recomputed_score, overall.recomputed_grade) == (
        "通过",
        Decimal(100),
        "优",
    )


def test_people_and_secrets_are_not_quoted() -> None:
    draft = Draft()
    draft.say("填表人张某电话28428370，2022年支出{550.28万元:expenditure_total/exec}，项目涉密。")
    draft.say("2022年整体支出{535.67万元:expenditure_total/exec}。")
    _, notes, _ = _reviewed(draft)
    assert notes[0].quote == "550.28万元"


def _cases() -> list[str]:
    seeds = ["000", "001", "002", "003", "004"] if seed_folder() is not None else []
    return [*seeds, *sorted(path.parent.name for path in FIXTURES.glob("*/expected.json"))]


@pytest.fixture(params=_cases())
def case(request: pytest.FixtureRequest) -> tuple[str, str, tuple[Check, ...], tuple[Note, ...]]:
    """Text, checks and notes of a labelled report, as a perfect reader would give it."""
    name: str = request.param
    document, report = load_seed(name) if name.isdigit() else load_fixture(FIXTURES / name)
    case = Case(document, None, report, rules())
    checks = ledger(case)
    return name, document.text, checks, critique.notes(case, checks)


def test_ledger_of_real_reports(case: tuple[str, str, tuple[Check, ...], tuple[Note, ...]]) -> None:
    _, text, checks, _ = case
    assert {check.code for check in checks} == set(RULES)
    assert len({check.id for check in checks}) == len(checks)
    for check in checks:
        values = {operand.name: operand.value for operand in check.operands if operand.value is not None}
        if check.formula is not None:
            assert evaluate(check.formula, values) == check.computed
        if check.status == "fail":
            assert check.cause in ("document", "extraction")
            assert check.operands
            assert check.cause == "document" or check.severity != "P0"
        assert check.status != "unverified" or check.reason
        assert all(
            0 <= span.start < span.end <= len(text) for operand in check.operands for span in operand.spans
        )


def test_notes_of_real_reports(case: tuple[str, str, tuple[Check, ...], tuple[Note, ...]]) -> None:
    _, text, checks, notes = case
    failed = {check.id for check in checks if check.status == "fail" and check.code not in LEDGER_ONLY}
    told = [check for note in notes for check in note.checks]
    assert failed <= set(told)
    assert len(told) == len(set(told))
    for note in notes:
        assert len(note.quote) <= 80
        assert note.quote in text
        assert note.comment.endswith(("。", "）"))
        assert note.location
        assert note.action.endswith("。")
        assert not ACCUSING.search(note.comment + note.action)
        assert all(basis.verified for basis in note.basis)


def test_basis_is_read_law_only() -> None:
    assert all(basis.verified for basis in PROVISIONS.values())


def test_no_wording_or_pattern_knows_a_seed() -> None:
    root = Path(critique.__file__).parent.parent
    words = "荷塘|全南|忻州|高新区|禁毒|反邪|访调诉|雪亮|招商|法学会|网格|550.28|535.67|1699.19|1863.95|89.25|737.26"
    for path in [
        *root.glob("critique/*.py"),
        *root.glob("reconcile/*.py"),
        root / "identities.py",
        *root.glob("profiles/words.toml"),
    ]:
        assert not re.search(words, path.read_text(encoding="utf-8")), path.name
