"""Indicators written as sentences."""

from __future__ import annotations

import pytest

from tests.readers import VALUES, sentences, texts


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "数量指标：巡查目标24次，实际完成26次，分值5，得分5。",
            ["数量指标", "巡查", "24次", "26次", "5", "5"],
        ),
        (
            "1.质量指标：合格率，年度指标值为≥95%，实际值为93%，权重10分，自评得分9.79分。",
            ["质量指标", "合格率", "≥95%", "93%", "10分", "9.79分"],
        ),
        (
            "巡查里程（数量指标）：目标76.6公里，实际77.6公里，分值16分，得分16分。",
            ["数量指标", "巡查里程", "76.6公里", "77.6公里", "16分", "16分"],
        ),
        ("数量指标：在册车辆≥6辆,实际在册6辆。", ["数量指标", "在册车辆", "≥6辆", "6辆", "", ""]),
        (
            "社会效益指标：方便出行（目标值≥5000人，实际完成5200人，分值15，得分15）；",
            ["社会效益指标", "方便出行", "≥5000人", "5200人", "15", "15"],
        ),
        (
            "时效指标：计划拨付4次，实际完成4次，得10分（分值10分）。",
            ["时效指标", "拨付", "4次", "4次", "10分", "10分"],
        ),
        ("质量指标：合格率目标≥95%，实际合格率为96%。", ["质量指标", "合格率", "≥95%", "96%", "", ""]),
        (
            "发放率,年初目标值=100%,实际完成值=100%,自评得分20分;",
            [None, "发放率", "=100%", "100%", "", "20分"],
        ),
        (
            "成本指标：公里均成本目标值1,200元，实际完成1,168元，分值5，得分5。",
            ["成本指标", "公里均成本", "1,200元", "1,168元", "5", "5"],
        ),
    ],
)
def test_phrasings(line: str, wanted: list[str | None]) -> None:
    rows = sentences("绩效指标完成情况\n" + line + "\n")
    assert len(rows) == 1
    got = texts(rows[0], "level2", "level3", *VALUES)
    assert [g.lstrip("=") if g else g for g in got] == [w.lstrip("=") if w else w for w in wanted]


def test_several_indicators_in_one_sentence() -> None:
    rows = sentences(
        "数量指标：巡查目标24次，实际完成26次，分值5分，得分5分，清淤长度目标3公里，实际2公里，分值6分，得分4分，偏差原因：汛期早，工期短。\n"
    )
    assert [texts(r, "level3", *VALUES, "reason") for r in rows] == [
        ["巡查", "24次", "26次", "5分", "5分", ""],
        ["清淤长度", "3公里", "2公里", "6分", "4分", "汛期早,工期短"],
    ]


def test_headings_give_labels_and_the_project() -> None:
    rows = sentences(
        "某县2022年度村级公路养护项目绩效自评报告\n三、绩效指标完成情况\n（一）产出指标完成情况分析\n1.数量指标\n养护里程目标120公里，实际完成118公里，得分9.83分（满分10分）。\n"
        "（二）效益（30分）\n经济效益：带动就业，指标值50人，完成52人，分值5，自评得分5。\n"
    )
    assert [texts(r, "level1", "level2", "level3", *VALUES) for r in rows] == [
        ["产出指标", "数量指标", "养护里程", "120公里", "118公里", "10分", "9.83分"],
        ["效益(30分)", "经济效益", "带动就业", "50人", "52人", "5", "5"],
    ]
    assert rows[0].scope == "村级公路养护"
    assert (rows[0].level1_points, rows[1].level1_points) == (None, 30)


@pytest.mark.parametrize(
    "line",
    [
        "部门绩效目标明确，实际工作中存在不足，得分不高。",
        "培训目标人数300人，培训人次目标500人次，实际完成498人次。",
        "2023年目标任务数200个，实际完成210个，得分率100%。",
        "数量指标：全年开展巡查12次，效果较好。",
        "成本指标：公里均养护成本控制在3.5万元以内。",
        "时效指标：每月中旬发放指标为100%实际完成值为100%次月发放指标为100%。",
        "绩效指标共12个，其中数量指标3个，质量指标2个。",
    ],
)
def test_what_is_no_indicator(line: str) -> None:
    assert [
        r
        for r in sentences("四、存在问题\n" + line + "\n")
        if r.actual and r.actual.text and r.level2 is None
    ] == []
    assert all(r.actual and "指标" not in r.actual.text for r in sentences(line + "\n"))


def test_missing_actual_value_needs_a_heading() -> None:
    assert sentences("数量指标：在册车辆≥6辆。\n") == []
    rows = sentences("1.产出指标\n数量指标：在册车辆≥6辆。\n")
    assert texts(rows[0], "level1", "level3", *VALUES) == ["产出指标", "在册车辆", "≥6辆", "", "", ""]
