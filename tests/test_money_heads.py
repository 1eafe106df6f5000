"""Heads of money columns in words that no list holds."""

from __future__ import annotations

import pytest

from extractor import review

ROWS = [
    ("年度资金总额", "120.50", "131.20", "128.00", "10", "97.56%", "9.76"),
    ("其中：本年财政拨款", "120.50", "131.20", "128.00", "-", "97.56%", "-"),
]


def form(heads: tuple[str, ...], mark: str) -> bytes:
    lines = [("项目资金（万元）", *heads), *ROWS] if mark != "\n" else [("项目资金（万元）",), heads, *ROWS]
    body = "\n".join(mark.join(line) for line in lines)
    levels = mark.join(("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"))
    row = mark.join(("产出指标", "数量指标", "修缮渠道长度", "≥3公里", "3公里", "90", "90"))
    return f"项目支出绩效自评表\n{body}\n{levels}\n{row}\n总分{mark}100{mark}99.76\n".encode()


@pytest.mark.parametrize("mark", ["\t", "\n"])
@pytest.mark.parametrize(
    "heads",
    [
        ("年初下达数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率", "得分"),
        ("年初批复金额", "调整后预算金额", "累计支付金额", "分值", "支付进度", "得分"),
        ("年初核定预算数", "年度可用资金数", "全年使用金额", "分值", "执行比例", "得分"),
    ],
)
def test_a_head_is_known_by_its_build(heads: tuple[str, ...], mark: str) -> None:
    (first, *_) = review(form(heads, mark), file_name="自评表.txt").report.funds
    cells = (first.initial, first.annual, first.executed, first.points, first.rate, first.score)
    assert [cell.text if cell else None for cell in cells] == list(ROWS[0][1:])


def test_the_numbers_under_a_head_of_its_own_word_are_nobody_elses() -> None:
    heads = ("区里定的盘子数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    (first, *_) = review(form(heads, "\n"), file_name="自评表.txt").report.funds
    cells = (first.initial, first.annual, first.executed, first.points, first.rate, first.score)
    assert [cell.text if cell else None for cell in cells] == [None, *ROWS[0][2:]]
