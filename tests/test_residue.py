"""Tables with their tags left in the text."""

from __future__ import annotations

from tests.readers import VALUES, facts, texts

HEAD = "<tr><th>一级<br>指标</th><th>二级指标</th><th>三级指标</th><th>年度指标值</th><th>实际完成值</th><th>分值</th><th>得分</th></tr>\n"


def test_spans_of_cells_are_kept_and_tags_stay_out_of_values() -> None:
    found = facts(
        "甲县水渠清淤自评\n<table class='t'>\n<tbody>\n<tr>\n<td colspan=2><p>项目名称</p></td>\n<td colspan=5>"
        "<p><span style='font-size:14px'>水渠清淤</span>&nbsp;</p></td>\n</tr>\n"
        + HEAD
        + '<tr>\n\t<td rowspan="2">产出指标<br/>（50分）</td>\n'
        "\t<td>数量指标</td>\n\t<td>清淤长度</td><td>≥2公里</td><td>2公里</td><td>30</td><td>30</td>\n</tr>\n"
        "<tr><td>质量指标</td><td>验收合格率</td><td>100%</td><td>&nbsp;</td>\n<td>20\n</td><td>20</td></tr>\n</table>\n"
    )
    assert [texts(i, "level1", "level2", "level3") for i in found.indicators] == [
        ["产出指标(50分)", "数量指标", "清淤长度"],
        ["产出指标(50分)", "质量指标", "验收合格率"],
    ]
    assert texts(found.indicators[1], *VALUES) == ["100%", "", "20", "20"]
    assert found.indicators[1].level1_points == 50
    assert found.projects[0].name.text == "水渠清淤"


def test_escaped_tags_are_tags() -> None:
    row = "&lt;tr&gt;&lt;td&gt;数量指标&lt;/td&gt;&lt;td&gt;巡查次数&lt;/td&gt;&lt;td&gt;4次&lt;/td&gt;&lt;td&gt;5次&lt;/td&gt;&lt;td&gt;10&lt;/td&gt;&lt;/tr&gt;\n"
    head = "&lt;tr&gt;&lt;td&gt;二级指标&lt;/td&gt;&lt;td&gt;三级指标&lt;/td&gt;&lt;td&gt;指标值&lt;/td&gt;&lt;td&gt;完成值&lt;/td&gt;&lt;td&gt;得分&lt;/td&gt;&lt;/tr&gt;\n"
    found = facts("自评表\n" + head + row)
    assert texts(found.indicators[0], "level2", "level3", "target", "actual", "score") == [
        "数量指标",
        "巡查次数",
        "4次",
        "5次",
        "10",
    ]


def test_breaks_and_entities_inside_pipe_cells() -> None:
    found = facts(
        "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n| --- | --- | --- | --- | --- | --- | --- |\n"
        "| 产出指标<br>(50分) | 数量<br/>指标 | 清淤 | ≥2公里 | 2公里 | &nbsp;30 | 30 |\n| &nbsp; | 质量指标 | 合格率 | 100% | 100% | 20 | 20&nbsp;|\n"
    )
    assert texts(found.indicators[0], "level1", "level2", "points") == ["产出指标(50分)", "数量指标", "30"]
    assert texts(found.indicators[1], "level1", "score") == ["产出指标(50分)", "20"]


def test_comparison_signs_are_not_tags() -> None:
    found = facts(
        "| 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |\n|---|---|---|---|---|\n| 数量指标 | 事故数 | <3起 | 2起 | 10 |\n| 质量指标 | 合格率 | >90% | 95% | 10 |\n"
    )
    assert [texts(i, "target")[0] for i in found.indicators] == ["<3起", ">90%"]


def test_prose_with_a_single_tag_is_no_table() -> None:
    assert facts("一、概况<br>本年完成两项工作。<p>完成情况较好。</p>\n").indicators == []
