"""Boxes with one cell a line, and scores in columns beside a row's own."""

from __future__ import annotations

from extractor import review
from extractor.review import Review

BOX = """2023年度部门整体支出绩效评价自评报告

一、单位基本概况

联系人

林某

人员编制

45

实有人数

43

职能职责概述

负责辖区内公共设施的管护；开展宣传。

年初预算（万元）

1208.60

实际支出

1190.02

基本支出

990.00

项目支出

200.02

二、绩效情况

全年工作有序推进。
"""
FORM = "\n".join(
    "\t".join(row)
    for row in (
        ("项目支出绩效自评表",),
        (
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "复核得分",
            "扣减分数",
            "偏差原因",
        ),
        ("产出指标", "数量指标", "清淤河道长度", "≥12公里", "12公里", "30", "30", "28", "2", ""),
        ("", "质量指标", "验收合格率", "≥95%", "96%", "30", "30", "30", "0", ""),
        ("效益指标", "社会效益指标", "受益村数", "≥8个", "8个", "30", "30", "30", "0", ""),
        ("满意度指标", "服务对象满意度指标", "村民满意度", "≥90%", "92%", "10", "10", "10", "0", ""),
        ("总分", "", "", "", "", "100", "100", "98", "2", ""),
    )
)


def reviewed(text: str) -> Review:
    return review(text.encode(), file_name="报告.txt")


def test_a_box_of_labels_and_numbers() -> None:
    found = [f for f in reviewed(BOX).report.figures if f.table is not None]
    assert [(f.metric, f.stage, str(f.amount.value), f.amount.unit) for f in found] == [
        ("staff_quota", "quota", "45", "人"),
        ("staff_total", "headcount", "43", "人"),
        ("budget_initial", "budget_initial", "1208.60", "万元"),
        ("exec_annual", "exec", "1190.02", "万元"),
        ("expenditure_basic", "exec", "990.00", "万元"),
        ("expenditure_project", "exec", "200.02", "万元"),
    ]


def test_two_labels_with_numbers_are_no_box() -> None:
    result = reviewed("工作总结\n\n编制数\n\n12\n\n基本支出\n\n3\n\n全年工作有序推进，成效明显。\n")
    assert not [f for f in result.report.figures if f.table is not None]


def test_scores_beside_a_row() -> None:
    result = reviewed(FORM)
    beside = [f for f in result.report.figures if f.table is not None and f.stage == "score"]
    assert [(f.metric, str(f.amount.value), f.row) for f in beside if f.metric == "review_score"] == [
        ("review_score", "28", 1),
        ("review_score", "30", 2),
        ("review_score", "30", 3),
        ("review_score", "10", 4),
    ]
    assert [str(f.amount.value) for f in beside if f.label == "扣减分数"] == ["2", "0", "0", "0"]
    assert [row.score.text if row.score else None for row in result.report.indicators] == [
        "30",
        "30",
        "30",
        "10",
    ]
