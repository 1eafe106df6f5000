"""Goals under 评价内容 | 绩效目标 | 完成情况, where no head names the levels."""

from __future__ import annotations

import pytest

from extractor.pipeline import review
from extractor.settings import Settings
from tests.table_report import check_slices, indicators
from tests.test_form_variants import PRINTS, cells, told

GOALS = cells("""
部门整体支出绩效自评情况表
整体支出绩效定量目标及完成情况|评价内容|绩效目标|完成情况
|产出目标|质量指标|管网完好率≥95%|96.4%
||数量指标|巡查管网260公里|268公里
||成本指标|控制在预算以内|318.6万元
|效益目标|社会效益|内涝点减少|减少3处
||服务对象满意度|≥90%|92%
绩效自评综合得分|95.5
""")
READ = [
    "产出目标|质量指标|·|管网完好率≥95%|96.4%|·|·",
    "产出目标|数量指标|·|巡查管网260公里|268公里|·|·",
    "产出目标|成本指标|·|控制在预算以内|318.6万元|·|·",
    "效益目标|社会效益|·|内涝点减少|减少3处|·|·",
    "效益目标|服务对象满意度|·|≥90%|92%|·|·",
]


@pytest.mark.parametrize("name", ["tab_rows", "pipe_rows", "cell_lines"])
@pytest.mark.parametrize("spanned", [False, True])
def test_the_head_over_two_levels(name: str, spanned: bool) -> None:
    rows = [list(row) for row in GOALS]
    if spanned:
        rows[1].insert(2, "")
    text = PRINTS[name](rows)
    assert told(indicators(text)) == READ
    check_slices(text)
    total = review(text.encode(), Settings(), file_name="report.txt").report.total_score
    assert total is not None
    assert total.text == "95.5"


def test_the_cells_below_each_other_with_blank_lines_between() -> None:
    text = PRINTS["cell_lines"](GOALS).replace("\n", "\n\n")
    assert told(indicators(text)) == READ
