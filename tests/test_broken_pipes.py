"""Rows between pipes broken inside a cell, and values that sound like the label before them."""

from __future__ import annotations

import random

import pytest

from tests.table_report import check_slices, indicators
from tests.test_form_variants import PRINTS, cells, told

HEADS = ["序号", "一级指标", "二级指标", "三级指标", "分值", "评分标准", "自评得分"]
ROWS = [
    ["1", "投入（30分）", "目标设定（12分）", "目标合理性", "6", "目标符合规划（6分）", "6"],
    ["2", "", "", "目标明确性", "6", "目标已量化（6分）", "5"],
    ["3", "", "预算配置（18分）", "人员控制率", "18", "不超编得满分；每超1%扣1分", "18"],
    ["4", "过程（70分）", "预算执行（40分）", "预算完成率", "20", "完成率达到100%得20分", "19"],
    ["5", "", "", "支付进度率", "20", "进度达标得20分", "20"],
    ["6", "", "预算管理（30分）", "制度健全性", "30", "制度完整得30分", "30"],
]
READ = [
    "投入(30分)|目标设定(12分)|目标合理性|·|·|6|6",
    "投入(30分)|目标设定(12分)|目标明确性|·|·|6|5",
    "投入(30分)|预算配置(18分)|人员控制率|·|·|18|18",
    "过程(70分)|预算执行(40分)|预算完成率|·|·|20|19",
    "过程(70分)|预算执行(40分)|支付进度率|·|·|20|20",
    "过程(70分)|预算管理(30分)|制度健全性|·|·|30|30",
]


def _printed(rng: random.Random, breaks: float) -> str:
    """Merged cells are left out and every row is filled up with pipes behind its last cell; some cells end in a line break."""
    lines = ["2023年度部门整体支出绩效自评表"]
    for row in [["单位"], HEADS, *ROWS]:
        filled = [cell for cell in row if cell]
        line = ""
        for cell in filled:
            line += cell + " |" + ("\n" if rng.random() < breaks else " ")
        lines.append(line.rstrip(" ").removesuffix("\n") + " " + "|" * (len(HEADS) - len(filled)))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("breaks", [0.0, 0.15])
def test_rows_broken_inside_a_cell(seed: int, breaks: float) -> None:
    text = _printed(random.Random(seed), breaks)
    assert told(indicators(text)) == READ, text
    check_slices(text)


SUSTAINED = cells("""
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|抽查批次|≥90批次|95批次|60|60
效益指标|社会效益指标|投诉下降率|≥10%|12%|20|20
|可持续影响指标|可持续|可持续|可持续|10|9
满意度指标|服务对象满意度指标|服务对象满意度|≥90%|97%|10|10
""")


@pytest.mark.parametrize("name", PRINTS)
def test_a_value_that_sounds_like_its_label(name: str) -> None:
    assert told(indicators(PRINTS[name](SUSTAINED)))[2] == "效益指标|可持续影响指标|可持续|可持续|可持续|10|9"
