"""Numbers of pages left between cells that are printed one a line."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from extractor import review

HEAD = [
    "部门整体支出绩效自评表",
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因及改进措施",
]
LEVELS = [
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
]


def rows(chance: random.Random) -> Iterator[tuple[str, str, str, str, str, str]]:
    for level1, level2 in LEVELS:
        for n in range(6):
            points = str(chance.choice((3, 4, 5, 6, 7, 8, 9, 10)))
            yield (
                level1 if not n else "",
                level2 if not n else "",
                f"{level2[:2]}事项{'甲乙丙丁戊己'[n]}按计划完成率",
                "≥9%",
                "10%",
                points,
            )


def paged(lines: list[str], chance: random.Random) -> list[str]:
    """The lines with 1, 2, 3 … put between them as uneven pages do."""
    out, page, left = [], 1, chance.randint(22, 34)
    for line in lines:
        out.append(line)
        left -= 1
        if not left:
            out.append(str(page))
            page, left = page + 1, chance.randint(22, 34)
    return [*out, str(page)]


@pytest.mark.parametrize("seed", range(12))
def test_a_number_of_a_page_is_no_cell(seed: int) -> None:
    chance = random.Random(seed)
    body = [
        cell
        for level1, level2, level3, target, actual, points in rows(chance)
        for cell in (level1, level2, level3, target, actual, points, points, "")
        if cell or cell is not level1
    ]
    text = "\n".join(paged([*HEAD, *body], chance))
    found = review(text.encode(), file_name="自评表.txt").report.indicators
    expected = list(rows(random.Random(seed)))
    assert [(r.level3 and r.level3.text, r.target and r.target.text, r.actual and r.actual.text) for r in found] == [
        (level3, target, actual) for _, _, level3, target, actual, _ in expected
    ]  # fmt: skip
    assert [(r.points and r.points.text, r.score and r.score.text) for r in found] == [
        (points, points) for *_, points in expected
    ]
