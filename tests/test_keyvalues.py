"""Forms printed as keys and values."""

from __future__ import annotations

from tests.readers import MONEY, VALUES, facts, texts

FORM = """2022年度项目绩效自评
一、基本情况
项目名称: 甲村道路硬化
主管部门：某县交通局；实施单位：某镇政府
单位：万元
二、资金情况
资金来源：年度资金总额；全年预算数：120.5；全年执行数：118；执行率：97.93%；分值：10；得分：9.79
资金来源：其中：财政拨款；全年预算数：100.5；全年执行数：98；执行率：97.51%
年度总体目标：
预期目标：1.硬化道路3公里；
2.群众满意。
实际完成情况：硬化道路3公里。
三、绩效指标
一级指标：产出指标（50分）
二级指标：数量指标
1. 三级指标：硬化里程
   年度指标值：≥3公里
   实际完成值：3公里
   分值：25
   得分：25
2. 三级指标：涵洞，指标值：≥2座，实际完成值：1座，分值：25，得分：12.5，原因：工期紧，材料涨价
总分：100 得分：87.29
等级：良
四、存在问题
资金执行率：97.93%，分值：10分，还不错。
"""


def test_a_whole_form() -> None:
    found = facts(FORM)
    assert [texts(i, "level1", "level2", "level3", *VALUES) for i in found.indicators] == [
        ["产出指标(50分)", "数量指标", "硬化里程", "≥3公里", "3公里", "25", "25"],
        ["产出指标(50分)", "数量指标", "涵洞", "≥2座", "1座", "25", "12.5"],
    ]
    assert found.indicators[1].reason is not None
    assert found.indicators[1].reason.text == "工期紧,材料涨价"
    assert [texts(f, "item", *MONEY) for f in found.funds] == [
        ["年度资金总额", None, "120.5", "118", "10", "97.93%", "9.79"],
        ["其中:财政拨款", None, "100.5", "98", "", "97.51%", ""],
    ]
    project = found.projects[0]
    assert project.name.text == "甲村道路硬化"
    assert (project.total_score and project.total_score.text, project.grade and project.grade.text) == (
        "87.29",
        "良",
    )
    assert project.goal_actual is not None
    assert project.goal_actual.text == "硬化道路3公里。"


def test_rows_without_their_own_labels_inherit_them() -> None:
    found = facts(
        "项目名称：乙\n一级指标：效益指标，二级指标：社会效益，三级指标：知晓率，指标值：80%，完成值：85%，分值：5，得分：5\n"
        "三级指标：覆盖率，指标值：90%，分值：5，得分：0\n二级指标：生态效益，三级指标：减排，指标值：有效，完成值：有效，分值：5，得分：5\n"
    )
    assert [texts(i, "level1", "level2", "level3", "actual") for i in found.indicators] == [
        ["效益指标", "社会效益", "知晓率", "85%"],
        ["效益指标", "社会效益", "覆盖率", ""],
        ["效益指标", "生态效益", "减排", "有效"],
    ]


def test_prose_with_colons_is_no_form() -> None:
    text = "三、绩效情况\n项目名称：乙项目，主管部门：某局，全年预算数：100万元，执行率：99%，分值：10分。\n数量指标：目标：10次，实际完成值：10次，得分：10分。\n"
    found = facts(text)
    assert (found.indicators, found.funds, found.projects) == ([], [], [])


def test_goals_with_colons_of_their_own_stay_whole() -> None:
    found = facts(
        "项目名称：丙\n预期目标：目标1：修路。目标2：植树。\n实际完成情况：目标1：已修路。\n"
        "三级指标：修路，指标值：1公里，完成值：1公里，得分：5\n"
    )
    goal = found.projects[0].goal_expected
    assert goal is not None
    assert goal.text == "目标1:修路。目标2:植树。"
