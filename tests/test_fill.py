"""Where the model gave no answer, the rules' readings stand in the llm engine's report: nothing twice, nothing lost, ids unique."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from eval.cases import FIXTURES
from eval.model_adversary import malicious
from eval.model_cases import OPEN
from eval.model_double import Double, connect
from extractor.chat import ChatFailed, Question
from extractor.ground import Broken, cells_of, verify
from extractor.pipeline import Stages, review
from extractor.review import Review
from extractor.settings import Settings

LLM = Settings(engine="llm", model="double")
NAMES = (
    "clean_department", "clean_project_pipe", "sentence_indicators", "one_cell_per_line", "tab_led_summary_with_project",
    "correct_subset_of_forms_attached",
)  # fmt: skip
each_name = pytest.mark.parametrize("name", NAMES)


def fails(question: Question) -> Any:
    return ChatFailed("unreachable", key=question.key)


def read_by(name: str, answer: Callable[[Question], Any]) -> tuple[Review, list[Broken]]:
    """The llm engine's review of a fixture, and the values that do not stand in its source."""
    stages = Stages()
    source = next((FIXTURES / name).glob("report.*"))
    read = review(source, LLM, stages=stages, connect=connect(Double(answer)))
    assert stages.document is not None
    return read, verify(stages.document, read.report)


@each_name
def test_with_a_dead_model_the_report_is_the_rules_own(name: str) -> None:
    read, wrong = read_by(name, fails)
    assert wrong == [] and read.run.failed
    assert read.report == review(next((FIXTURES / name).glob("report.*"))).report


@each_name
@pytest.mark.parametrize("kind", ["columns", "figures", "head", "rows"])
def test_what_one_kind_of_question_leaves_is_filled(name: str, kind: str) -> None:
    """Everything else is answered, wrongly or not: no id twice, no value in two homes."""
    drawn = random.Random(name + kind)
    told = malicious(drawn, 0.0)
    read, wrong = read_by(name, lambda q: fails(q) if q.prompt.name == kind else told(q))
    assert wrong == []
    cells = [cell for cell in cells_of(read.report) if cell.raw]
    ids = Counter([*(cell.id for cell in cells), *(f.id for f in read.report.figures)])
    for rows in (read.report.indicators, read.report.funds, read.report.base_data, read.report.projects):
        ids.update(row.id for row in rows)
    assert max(ids.values()) == 1
    prose = {(figure.span.start, figure.span.end) for figure in read.report.figures if figure.table is None}
    engines = {cell.evidence.engine for cell in cells}
    if engines == {"llm"}:
        assert not prose & {(cell.span.start, cell.span.end) for cell in cells}


def test_rows_that_the_model_could_not_order_are_the_rules() -> None:
    """A table without a grid of which the rules read a part: the question about it fails, their part is there."""
    source = OPEN / "cells_without_grid" / "report.txt"
    rules = review(source).report
    read = review(
        source, LLM, connect=connect(Double(lambda q: fails(q) if q.key.startswith("rows:") else {"a": []}))
    )
    assert [(row.level3 and row.level3.text) for row in rules.indicators] == [
        (row.level3 and row.level3.text) for row in read.report.indicators
    ]
    assert any(chunk.id.startswith("rows:") for chunk in read.run.failed)


def test_what_is_secret_is_read_by_the_rules_alone() -> None:
    text = (
        "某县水利局2022年度部门整体支出绩效自评报告\n一、一般情况\n全年预算535.67万元，全年支出530.12万元。\n"
        "二、专项情况\n山鹰专项为涉密项目，全年支出63.5万元，执行率98.20%。\n三、其他\n另列支其他开支3.2万元。\n"
    )
    given = {"figures": {"a": []}, "sections": {"r": [{"t": "一般情况", "u": "不明"}]}}
    double = Double(lambda q: given.get(q.prompt.name, {}))
    read = review(text.encode(), LLM, file_name="a.txt", connect=connect(double))
    rules = review(text.encode(), Settings(), file_name="a.txt").report
    assert "63.5" not in "".join(question.prompt.user for question in double.asked)
    kept = [chunk.id.partition(":")[0] for chunk in read.run.chunks if chunk.status == "withheld"]
    assert sorted(kept) == ["figures", "sections"] and not read.run.failed
    secret = [figure.amount.raw for figure in rules.figures if figure.amount.raw in ("63.5万元", "98.20%")]
    assert secret and [figure.amount.raw for figure in read.report.figures] == secret
    assert {figure.evidence.engine for figure in read.report.figures} == {"rules"}
    assert len({chunk.id for chunk in read.run.chunks}) == len(read.run.chunks)


def test_an_answer_of_one_line_that_does_not_fit_is_a_failure() -> None:
    text = "某县林业局2022年度部门整体支出绩效自评报告\n一、基本情况\n局机关编制20人，在职19人，全年支出530.12万元。\n"
    double = Double(lambda q: ChatFailed("too_long", key=q.key) if q.prompt.name == "figures" else {})
    read = review(text.encode(), LLM, file_name="a.txt", connect=connect(double))
    assert [chunk.id.partition(":")[0] for chunk in read.run.failed] == ["figures"]
    assert [figure.amount.raw for figure in read.report.figures] == ["20人", "19人", "530.12万元"]


def test_a_table_of_many_pieces_is_shown_by_its_head_and_read_whole() -> None:
    rows = "".join(f"考核事项{n}甲\n{n}次\n{n}次\n1\n1\n" for n in range(1, 60))
    text = f"某县林业局2022年度项目支出绩效自评报告\n一、评分情况\n\n考核要点\n计划水平\n达到水平\n权值\n打分\n{rows}"
    answer = {"k": "指标", "c": ["三级", "指标值", "完成值", "分值", "得分"]}
    double = Double(lambda q: answer if q.prompt.name == "rows" else fails(q))
    read = review(text.encode(), LLM, file_name="a.txt", connect=connect(double))
    (shown,) = [question.prompt.user for question in double.asked if question.prompt.name == "rows"]
    assert "考核事项8甲" in shown and "考核事项12甲" not in shown
    assert [row.level3 and row.level3.text for row in read.report.indicators] == [
        f"考核事项{n}甲" for n in range(1, 60)
    ]
