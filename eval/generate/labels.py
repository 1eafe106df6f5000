"""Names of levels as a form prints them."""

from __future__ import annotations

import random
from decimal import Decimal

from eval.generate.style import Style, plain

BARE = ("决策", "过程", "投入", "效果", "项目立项", "绩效目标", "资金投入", "资金管理", "组织实施")


def level_name(name: str, style: Style) -> str:
    """A level's name, with 指标 when the form's style has it."""
    return name + "指标" if style.suffix and not name.endswith("理") and name not in BARE else name


def level1_text(name: str, points: Decimal, style: Style, rng: random.Random) -> tuple[str, str | None]:
    """The printed first level and the points written in it."""
    shown = level_name(name, style)
    if not style.level1_points:
        return shown, None
    number = plain(points)
    if style.level1_points == "half":
        return f"{shown}({number}分)", number
    if style.level1_points == "full":
        return f"{shown}（{number}分）", number
    return f"{shown}{rng.choice(('', ' '))}（{number} 分）", number
