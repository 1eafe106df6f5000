"""Contradictions that are likelier misreadings: asked about or left open, never held against the unit."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from decimal import Decimal

import pytest

from extractor import critique
from extractor.findings import Check
from extractor.pipeline import review
from extractor.profiles import rules
from extractor.reconcile import RULES, Case, Rule, ledger, warnings_of
from extractor.reconcile.doubt import lost_point, plausible, power_of_ten, same_scale
from tests.catalogue import MUST
from tests.factory import TOTAL, Draft, full_rows, indicator


def _failed(draft: Draft, code: str) -> list[tuple[str, str | None]]:
    return [(check.severity, check.cause) for check in draft.checks(code) if check.status == "fail"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("6763", "67.63", True), ("8945.77", "89.46", True), ("4.23", "42340", True), ("2", "1", False), ("8", "1", False), ("0", "9", False)],
)  # fmt: skip
def test_the_place_of_the_point(one: str, other: str, alike: bool) -> None:
    assert power_of_ten(Decimal(one), Decimal(other)) is alike


def test_a_part_that_lost_its_point_and_a_part_that_does_not_belong() -> None:
    parts = [Decimal("12.50"), Decimal(3075), Decimal("8.00")]
    assert lost_point(parts, Decimal("3044.25"), Decimal("0.02"))
    assert not lost_point(parts, Decimal("12.50"), Decimal("0.02"))


def test_scales() -> None:
    assert plausible(Decimal(79), Decimal(92)) and not plausible(Decimal("212.5"), Decimal(100))
    assert same_scale(Decimal(100), Decimal(97)) and not same_scale(Decimal(19), Decimal("98.33"))


def test_a_rate_a_hundredfold_is_asked_about() -> None:
    draft = Draft()
    draft.form(
        full_rows(), [["年度资金总额", "75.60", "75.60", "6763", "10", "89.46%", "8.95"]], ("100", "98.95")
    )
    assert _failed(draft, "RAT-01") == [("P1", "extraction")]


def test_points_far_from_any_scheme_are_rows_misread() -> None:
    draft = Draft()
    rows = [indicator(f"工作{n}完成率", points="25", level1="产出指标（50分）") for n in range(1, 9)]
    draft.form(rows, [TOTAL], ("100", "90"))
    assert draft.statuses("SCO-03") == ["unverified"]
    assert set(draft.statuses("SCO-04")) == {"unverified"}


def test_a_table_off_a_picture_is_never_p0() -> None:
    draft = Draft()
    draft.form(full_rows(), [TOTAL], ("100", "92"), flags=["ocr"])
    assert _failed(draft, "SCO-02") == [("P1", "extraction")]
    assert all(check.severity != "P0" for check in draft.checks(*MUST) if check.status == "fail")


def test_pages_beside_a_picture_are_not_in_doubt() -> None:
    draft = Draft()
    draft.form(full_rows(), [TOTAL], ("100", "92"))
    draft.form([indicator("培训人数", points="10", score="10")], scope="某项目", flags=["ocr"])
    assert _failed(draft, "SCO-02") == [("P0", "document")]


def test_a_row_off_a_picture_is_judged_as_any_other() -> None:
    draft = Draft()
    rows = [*full_rows()[:-1], indicator("培训人数", points="5", score="7")]
    draft.form(rows, [TOTAL], flags=["ocr"])
    assert ("P1", "extraction") in _failed(draft, "SCO-05")


def test_bare_lists_of_projects_may_be_of_any_stage() -> None:
    draft = Draft("summary")
    draft.say(
        "上报预算项目2项，全年预算共计{300.00万元:expenditure_project/budget_annual}。其中：甲项目{90.00万元:project_budget/budget_annual@甲项目}；乙项目{160.00万元:project_budget/budget_annual@乙项目}。"
    )
    draft.summary([("甲项目", "110.00", "90.00", "100"), ("乙项目", "190.00", "160.00", "100")])
    assert "fail" not in draft.statuses("CON-01") + draft.statuses("SUM-10")


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("参与人数低于预计,今后加强宣传发动", True),
        ("搬迁后分摊物业费，已办理科目调剂", True),
        ("雨季工期顺延", True),
        ("合理利用资金", False),
        ("进一步加强宣传", False),
        ("多渠道、多形式", False),
        ("", False),
    ],
)
def test_only_slogans_are_no_reasons(reason: str, told: bool) -> None:
    draft = Draft()
    draft.form(
        [*full_rows(8), indicator("服务人次", "100人次", "95人次", score="9.5", reason=reason)],
        [TOTAL],
        ("100", "99.5"),
    )
    assert draft.statuses("REA-10") == ["pass" if told else "fail"]


def test_a_procurement_that_the_report_explains_is_not_asked_about() -> None:
    for sentence, status in (("", "fail"), ("政府采购实际支出含上年合同跨年付款83.40万元。", "pass")):
        draft = Draft()
        draft.say(sentence or "全年工作正常。")
        draft.base([("政府采购金额", "0", "120.00", "251.60")])
        assert draft.statuses("RAT-06") == [status]


def test_other_money_rows_complete_the_natures() -> None:
    draft = Draft()
    extra = ["财政专户管理资金", "20.00", "20.00", "20.00", "", "", ""]
    natures = [("一般公共预算", "fund_gpb", "80.00"), ("政府性基金", "fund_gov", "20.00")]
    draft.form(full_rows(), [TOTAL, extra], ("100", "100"), key_values=natures)
    assert draft.fired("SUM-05") == []


def test_a_check_that_breaks_off_is_told_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(case: Case) -> Iterator[Check]:
        yield from RULES["SCO-02"].run(case)
        raise ZeroDivisionError

    rule = RULES["SCO-03"]
    monkeypatch.setitem(RULES, "SCO-03", Rule(rule.code, rule.title, rule.severity, rule.needs, broken))
    draft = Draft()
    draft.form(full_rows(), [TOTAL], ("100", "100"))
    document, report = draft.build()
    checks = ledger(Case(document, None, report, rules()), MUST)
    assert [c.status for c in checks if c.code == "SCO-03"] == ["unverified"]
    assert [c.status for c in checks if c.code == "SCO-04"] == ["not_applicable"]
    (warning,) = warnings_of(checks)
    assert "SCO-03" in warning and "ZeroDivisionError" in warning
    done = review("绩效自评报告\n一、基本情况\n".encode(), file_name="report.txt")
    assert any("SCO-03" in warning for warning in done.run.warnings)
    assert done.overall.verdict != "通过"


def test_what_could_not_be_read_does_not_pass() -> None:
    done = review("从前有座山，山里有座庙。\n".encode() * 50, file_name="novel.txt")
    assert (done.report.kind, done.overall.verdict) == ("unknown", "修改后通过")
    assert "因数据缺失无法验证" in done.overall.reason
    assert "不能据此认定报告无误" in done.overall.reason


def test_money_without_scores_does_not_pass() -> None:
    draft = Draft()
    draft.form((), [["年度资金总额", "100.00", "120.00", "120.00", "", "100%", ""]])
    document, report = draft.build()
    case = Case(document, None, report, rules())
    checks = ledger(case, MUST)
    overall = critique.overall(case, checks, critique.notes(case, checks))
    assert overall.verdict == "修改后通过"
    assert "得分的核心检查因数据缺失无法验证" in overall.reason


def _work(projects: int) -> int:
    """How many lines of Python the ledger and the notes of a growing report run through."""
    draft = Draft("summary")
    draft.say(
        f"共{{{projects}个:project_count/other}}项目，预算合计{{{projects * 12}.00万元:expenditure_project/budget_annual}}。"
    )
    for n in range(projects):
        draft.say(
            f"第{n}号项目预算{{{n % 9 + 7}.10万元:project_budget/budget_annual@第{n}号项目}}，全年支出{{{n % 7 + 3}.20万元:exec_annual/exec}}。"
        )
    draft.summary([(f"第{n}号项目", f"{n % 9 + 8}.00", "7.00", "95") for n in range(projects)])
    document, report = draft.build()
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    case = Case(document, None, report, rules())
    sys.setprofile(counted)
    try:
        critique.notes(case, ledger(case, MUST))
    finally:
        sys.setprofile(None)
    return count


def test_the_work_grows_with_the_report_and_not_with_its_square() -> None:
    small, large = _work(60), _work(240)
    assert large < small * 6


def test_a_note_on_a_table_quotes_the_row() -> None:
    text = (
        "2022年度部门整体支出绩效自评报告\n\n部门整体支出绩效自评表（万元）\n\n"
        "| 预算资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |\n|---|---|---|---|---|---|---|\n"
        "| 年度资金总额 | 100.00 | 120.00 | 90.00 | 10 | 100% | 10 |\n"
    )
    notes = [n for n in review(text.encode(), file_name="report.txt").notes if n.code in ("RAT-01", "SCO-01")]
    assert notes
    assert all(re.match("年度资金总额", n.quote) and n.quote in text for n in notes)
