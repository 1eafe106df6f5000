"""Made-up forms of indicators for the press: merged labels, no two rows alike."""

from __future__ import annotations

import random

from eval.press import Cell

_LABELS = ("产出指标（50分）", "效益指标（30分）", "满意度指标（10分）", "成本指标", "其他说明")
_SECOND = ("数量指标", "质量指标", "时效指标", "社会效益指标", "生态效益指标", "服务对象满意度指标")
_DEEDS = (
    "泵站维修",
    "渠道清淤",
    "水库汛前检查",
    "农村饮水管网延伸",
    "堤防加固",
    "河道保洁",
    "水质监测点建设",
    "灌区计量设施安装",
)
_CAUSES = (
    "",
    "",
    "",
    "无",
    "受汛情影响进度滞后，已督促施工单位加快进度",
    "部分标段招标推迟，资金结转下年使用，今后提前开展前期工作",
)


def form(rng: random.Random, count: int) -> tuple[list[list[Cell]], list[float]]:
    """A form of indicators with `count` rows under merged labels, no two rows alike, and its columns' widths."""
    texts = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    )
    rows = [[Cell(n, text) for n, text in enumerate(texts)]]
    rows += [[] for _ in range(count)]
    r = 1
    while r <= count:
        tall = min(rng.randint(1, 14), count + 1 - r)
        rows[r].append(Cell(0, rng.choice(_LABELS), tall))
        inner = r
        while inner < r + tall:
            own = min(rng.randint(1, 5), r + tall - inner)
            rows[inner].append(Cell(1, rng.choice(_SECOND), own))
            inner += own
        r += tall
    for n, row in enumerate(rows[1:], 1):
        goal = rng.randint(2, 400)
        values = (f"{rng.choice(_DEEDS)}（第{n}项）完成数量", f"≥{goal}处", f"{goal + rng.randint(0, 9)}处")
        score = rng.randint(1, 10)
        row += [
            Cell(2 + k, text)
            for k, text in enumerate((*values, str(score), f"{score - rng.randint(0, 9) / 10:.1f}"))
        ]
        row.append(Cell(7, rng.choice(_CAUSES)))
    return rows, [45.0, 50, 95, 55, 55, 32, 36, 100]
