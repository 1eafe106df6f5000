"""Hybrid: rules first, the model where they left something open, both readings kept, the rules' result whatever happens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from eval.cases import FIXTURES, ROOT, Case, canonical
from eval.gold import load_gold
from eval.model_double import Double, connect
from eval.scorers import score_report
from extractor.chat import ChatFailed, Question
from extractor.cli import main
from extractor.errors import SettingsError
from extractor.extract.llm.choices import choices, shown_always
from extractor.ground import verify
from extractor.pipeline import Stages, review
from extractor.review import Review
from extractor.settings import Settings

OFFICE = next(choice.number for choice in choices() if choice.metric.id == "public_office")
OPEN = ROOT / "eval" / "left_open"
HYBRID = Settings(engine="hybrid", model="double")
# What a careful reader answers about the reports whose tables the rules cannot read.
EIGHT = ["一级", "二级", "三级", "指标值", "完成值", "分值", "得分", "原因"]
SEVEN = ["一级", "三级", "指标值", "完成值", "分值", "得分", "原因"]
FIVE = ["三级", "指标值", "完成值", "分值", "得分"]
CAREFUL: dict[str, dict[str, Any]] = {
    "unknown_heads": {"b": [{"k": "指标", "c": EIGHT}], "p": 0},
    "unknown_heads_tabs": {"b": [{"k": "指标", "c": SEVEN}], "p": 0},
    "cells_without_grid": {"k": "指标", "c": FIVE},
}


def case(name: str) -> Case:
    folder = OPEN / name
    report = next(folder.glob("report.*"))
    return Case(name, "open", report, load_gold(folder / "expected.json", canonical(report)), {})


def hybrid(source: Path | bytes, answer: Any, file_name: str | None = None) -> Review:
    double = Double(answer if callable(answer) else lambda _: answer)
    return review(source, HYBRID, file_name=file_name, connect=connect(double))


def fails(question: Question) -> ChatFailed:
    return ChatFailed("unreachable", key=question.key)


@pytest.mark.parametrize("name", CAREFUL)
def test_a_careful_model_reads_the_tables_that_rules_leave_open(name: str) -> None:
    given = case(name)
    assert isinstance(given.source, Path)
    rules = score_report(review(given.source, Settings(engine="rules")).report, given.gold)
    read = hybrid(given.source, CAREFUL[name])
    scores = score_report(read.report, given.gold)
    assert scores["indicators"].right == scores["indicators"].expected > 2 * rules["indicators"].right
    assert all(scores[group].right >= rules[group].right for group in scores)
    row = read.report.indicators[0]
    assert row.score is not None and row.score.evidence.engine == "llm" and not row.score.evidence.certain


@pytest.mark.parametrize(
    ("roles", "reason"),
    [
        (["一级", "二级", "三级", "指标值", "完成值", "得分", "分值", "原因"], "得分高于分值"),
        (["一级", "二级", "三级", "分值", "完成值", "指标值", "得分", "原因"], "不是数字"),
        (["一级", "二级", "三级", "无", "分值", "指标值", "得分", "原因"], "带有单位"),
        (["三级", "三级", "三级", "指标值", "完成值", "分值", "得分", "原因"], "两列同一含义"),
        (["一级", "二级", "无", "无", "三级", "分值", "得分", "原因"], "是数字"),
    ],
)
def test_columns_that_the_print_denies_are_refused(roles: list[str], reason: str) -> None:
    source = OPEN / "unknown_heads" / "report.md"
    read = hybrid(source, {"b": [{"k": "指标", "c": roles}], "p": 0})
    assert read.report.indicators == ()
    assert any(reason in dropped for dropped in read.run.dropped)


TEXT = (
    "某县文化馆2022年度整体支出绩效自评报告\n一、基本情况\n2022年年初预算100万元，全年支出96万元。"
    "另列支{words}{amount}，已按规定核算。\n"
)


def told(words: str, amount: str, label: list[int]) -> tuple[Review, Any]:
    text = TEXT.format(words=words, amount=amount)
    found = next(
        f
        for f in review(text.encode(), Settings(engine="rules"), file_name="a.txt").report.figures
        if f.amount.raw == amount
    )
    assert found.metric == "other" and not found.evidence.certain

    def answer(question: Question) -> Any:
        shown = re.search(rf"⟦q(\d+)⟧{re.escape(amount)}", question.prompt.user)
        return {"a": [[int(shown[1]), *label]]} if shown else {}

    read = hybrid(text.encode(), answer, "a.txt")
    return read, next(f for f in read.report.figures if f.id == found.id)


def test_a_label_that_the_words_carry_stands_and_the_rules_reading_is_kept() -> None:
    _, figure = told("机关综合定额项下的办公费合在一起", "3.2万元", [OFFICE, 4, 0])
    assert figure.metric == "public_office" and figure.stage == "exec"
    assert figure.evidence.engine == "llm" and not figure.evidence.certain
    assert [(a.engine, a.metric) for a in figure.evidence.alternatives] == [("rules", "other")]
    assert figure.amount.raw == "3.2万元"


def test_a_label_that_the_words_do_not_carry_is_the_other_reading() -> None:
    travel = next(choice.number for choice in choices() if choice.metric.id == "public_travel")
    read, figure = told("机关综合定额项下的办公费合在一起", "3.2万元", [travel, 4, 0])
    assert figure.metric == "other"
    assert [(a.engine, a.metric) for a in figure.evidence.alternatives] == [("llm", "public_travel")]
    assert any("没有这个名称" in dropped for dropped in read.run.dropped)


@pytest.mark.parametrize("words", ["某种开支", "比上年多花的办公费", "剩余的办公费合在一起"])
def test_what_no_label_could_name_is_not_asked(words: str) -> None:
    read, figure = told(words, "3.2万元", [OFFICE, 4, 0])
    assert figure.metric == "other" and figure.evidence.alternatives == ()
    assert read.run.model is None and read.run.dropped == ()


def test_a_question_offers_only_the_metrics_that_the_words_name() -> None:
    text = TEXT.format(words="机关综合定额项下的办公费合在一起", amount="3.2万元")
    double = Double(lambda _: {"a": []})
    review(text.encode(), HYBRID, file_name="a.txt", connect=connect(double))
    (question,) = double.asked
    menu = next(line for line in question.prompt.system.splitlines() if line.startswith("指标号："))
    assert set(map(int, re.findall(r"\d+", menu))) == {OFFICE, *shown_always()}
    assert "办公费合在一起⟦q1⟧3.2万元" in question.prompt.user
    assert "年初预算100万元" not in question.prompt.user


def test_nothing_open_asks_nothing() -> None:
    double = Double(fails)
    read = review(FIXTURES / "flat_line" / "report.txt", HYBRID, connect=connect(double))
    assert double.asked == [] and read.run.failed == () and read.run.engine == "hybrid"
    assert read.run.model is None


@pytest.mark.parametrize("engine", ["hybrid", "llm"])
@pytest.mark.parametrize("name", ["clean_department", "tab_led_summary_with_project", "sentence_indicators"])
def test_a_dead_model_leaves_the_rules_result_and_is_named(engine: str, name: str) -> None:
    source = next((FIXTURES / name).glob("report.*"))
    folder = FIXTURES / name
    gold = load_gold(folder / "expected.json", canonical(source))
    plain = review(source, Settings(engine="rules"))
    stages = Stages()
    settings = Settings(engine=engine, model="double")
    read = review(source, settings, stages=stages, connect=connect(Double(fails)))
    assert stages.document is not None and verify(stages.document, read.report) == []
    before, after = score_report(plain.report, gold), score_report(read.report, gold)
    if engine == "hybrid":
        assert read.report == plain.report and read.notes == plain.notes
    for group in ("funds", "indicators", "base_data", "head", "prose"):
        if name != "sentence_indicators":
            assert after[group].right >= before[group].right, group
    asked = engine == "llm" or name != "sentence_indicators"  # where the rules leave nothing open
    assert bool(read.run.failed) is asked
    assert any("只有规则的结果" in warning for warning in read.run.warnings) is asked


def test_a_secret_section_is_never_sent() -> None:
    text = (
        "某县水利局2022年度部门整体支出绩效自评报告\n一、一般情况\n另列支定额项下的办公费合在一起3.2万元。\n"
        "二、专项情况\n山鹰专项为涉密项目，不作公开评价，另列支定额项下的办公费合在一起63.5万元。\n"
    )
    double = Double(lambda _: {"a": []})
    read = review(text.encode(), HYBRID, file_name="a.txt", connect=connect(double))
    sent = "".join(question.prompt.user for question in double.asked)
    assert "3.2" in sent and "63.5" not in sent and "山鹰" not in sent
    kept = [
        (chunk.id.split(":")[0], chunk.status) for chunk in read.run.chunks if "涉密" in (chunk.error or "")
    ]
    assert sorted(kept) == [("figures", "withheld"), ("sections", "withheld")]


def test_auto_is_hybrid_where_a_model_is_configured() -> None:
    source = FIXTURES / "clean_department" / "report.txt"
    assert review(source, Settings()).run.engine == "rules"
    read = review(source, Settings(model="double"), connect=connect(Double(lambda _: {"a": []})))
    assert (read.run.engine, read.run.model, read.run.endpoint, read.run.seed) == (
        "hybrid",
        "double",
        "local",
        7,
    )
    assert set(read.run.prompts) == {"figures.v2"}


def test_an_engine_without_a_model_says_what_to_set() -> None:
    with pytest.raises(SettingsError, match="EXTRACTOR_MODEL"):
        review(FIXTURES / "clean_department" / "report.txt", Settings(engine="llm"))


def test_a_run_with_unanswered_chunks_is_written_and_is_no_success(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (
        ("EXTRACTOR_MODEL", "m"),
        ("OPENAI_BASE_URL", "http://127.0.0.1:9/v1"),
        ("EXTRACTOR_CACHE", "off"),
    ):
        monkeypatch.setenv(name, value)
    report = FIXTURES / "clean_department" / "report.txt"
    assert main(["review", str(report), "-o", str(tmp_path), "--to", "json"]) == 1
    assert list(tmp_path.glob("*.json"))
    assert "只有规则的结果" in capsys.readouterr().err
    assert main(["review", str(report), "-o", str(tmp_path), "--to", "json", "--engine", "rules"]) == 0


@pytest.mark.parametrize("engine", ["hybrid", "llm"])
def test_who_is_introduced_on_the_last_line_is_hidden_in_the_first_question(engine: str) -> None:
    text = (
        "某县林业局2022年度部门整体支出绩效自评报告\n一、基本情况\n"
        "造林由张三丰牵头，定额项下的办公费合在一起26万元，另有补助3万元。\n联系人：张三丰，电话13812345678\n"
    )
    double = Double(fails)
    review(text.encode(), Settings(engine=engine, model="double"), file_name="a.txt", connect=connect(double))
    sent = [question.mask.hide(question.prompt.user) for question in double.asked if question.mask]
    assert len(sent) == len(double.asked) > 0
    assert any("〔姓名A〕牵头" in each for each in sent)
    assert not any("张三丰" in each or "13812345678" in each for each in sent)
