"""Labels of forms by their word lists: levels, items of money, totals and frames, with what may stand around the word."""

import pytest

from extractor.segment.labels import (
    is_first_level,
    is_frame,
    is_item,
    is_like_level,
    is_second_level,
    is_total,
)
from extractor.segment.lines import is_annex, is_footer, is_heading, is_tail, is_title


@pytest.mark.parametrize(
    "text", ["产出指标(50分)", "一、效益指标", "项目产出", "满意度指标10", "成本类指标", "履职效能"]
)
def test_first_levels(text: str) -> None:
    assert is_first_level(text)


@pytest.mark.parametrize(
    "text", ["数量指标", "1.质量指标", "经济效益指标(10分)", "可持续影响", "服务对象满意度指标", "产出数量"]
)
def test_second_levels(text: str) -> None:
    assert is_second_level(text)


@pytest.mark.parametrize("text", ["队伍建设指标", "队伍建设(20分)", "安全生产指标(5分)"])
def test_levels_of_their_own(text: str) -> None:
    assert is_like_level(text)


@pytest.mark.parametrize("text", ["完成年度指标", "培训人次(3)次", "指标", "培训120人指标"])
def test_what_only_looks_like_a_level(text: str) -> None:
    assert not is_like_level(text)


def test_items_totals_and_frames() -> None:
    assert all(map(is_item, ["其中:1、财政拨款", "年度资金总额", "上年结转", "本年财政拨款"]))
    assert all(map(is_total, ["总分", "合计(100分):95", "总得分98.5分", "总分:100"]))
    assert all(map(is_frame, ["年度绩效指标", "项目资金(万元)", "部门整体绩效目标完成情况(50分)", "目标2"]))
    assert not any(map(is_item, ["培训人次", "财政"]))
    assert not any(map(is_total, ["总分与等级", "小计"]))
    assert not any(map(is_frame, ["绩效分", "目标设定情况"]))


def test_lines_by_their_form() -> None:
    assert all(
        map(
            is_title,
            ["2022年度项目支出绩效自评表", "附件2基础数据表(2022年度)", "部门评价指标体系", "资金情况表 二"],
        )
    )
    assert not any(map(is_title, ["见自评表格式", "表", "详见附表。"]))
    assert all(map(is_heading, ["一、基本情况", "(二)预算执行", "第三部分 绩效", "## 四、问题"]))
    assert not is_heading("1.概况")
    assert all(map(is_annex, ["附件1", "附表", "附2-1:"]))
    assert not is_annex("附则")
    assert all(map(is_tail, ["填表人:某某", "注:1.说明", "备注:无", "注1"]))
    assert all(map(is_footer, ["- 3 -", "第3页 共10页", "3/10"]))
    assert not is_footer("2022-2023年度")
