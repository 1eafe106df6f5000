"""Plots as inline SVG: drawn by hand, no script, no style attribute, readable in black and white."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WIDTH, ROW, LABEL, RIGHT = 760, 20, 190, 70


class Bar(NamedTuple):
    """A value with its interval, and where a click on its name leads."""

    name: str
    value: float
    low: float
    high: float
    note: str = ""
    link: str = ""


class Point(NamedTuple):
    """A named place in a plot of two quantities."""

    name: str
    x: float
    y: float
    ours: bool = False


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def _svg(height: float, title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title)}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def bars(title: str, rows: Sequence[Bar], floor: float | None = None) -> str:
    """Shares as dots with their intervals, the worst first; a dashed line marks the floor."""
    rows = sorted(rows, key=lambda row: (row.value, row.name))
    low = min([row.low for row in rows] + ([floor] if floor is not None else []))
    start = max(0.0, math.floor(low * 20) / 20 - 0.001)
    left, right = LABEL, WIDTH - RIGHT

    def at(value: float) -> float:
        return left + (value - start) / (1 - start or 1) * (right - left)

    bottom = ROW * len(rows) + 8
    parts = []
    step = next(s for s in (0.01, 0.02, 0.05, 0.1, 0.2) if (1 - start) / s <= 7)
    ticks = [1 - n * step for n in range(8) if 1 - n * step >= start]
    for tick in ticks:
        parts.append(_line(at(tick), 0, at(tick), bottom, "grid"))
        parts.append(_text(at(tick), bottom + 14, f"{100 * tick:.0f}%", "tick", "middle"))
    if floor is not None:
        parts.append(_line(at(floor), 0, at(floor), bottom, "floor"))
    for n, row in enumerate(rows):
        y = ROW * n + ROW / 2 + 2
        name = _text(left - 8, y + 4, row.name, "name", "end")
        parts.append(f'<a href="{escape(row.link)}">{name}</a>' if row.link else name)
        parts.append(_line(at(max(row.low, start)), y, at(row.high), y, "whisker"))
        parts.append(f'<circle cx="{at(row.value):.1f}" cy="{y:.1f}" r="4.5" class="dot"/>')
        parts.append(_text(right + 10, y + 4, f"{100 * row.value:.1f}%{row.note}", "tick"))
    return _svg(bottom + 22, title, parts)


def scatter(title: str, points: Sequence[Point], x_title: str, y_title: str) -> str:
    """Named points, the horizontal axis by powers of ten."""
    height, left, right, top = 330, 70, WIDTH - 150, 30
    bottom = height - 44
    logs = [math.log10(max(point.x, 1e-4)) for point in points]
    first, last = math.floor(min(logs)), math.ceil(max(logs) + 1e-9)
    last = max(last, first + 1)
    low = max(0.0, math.floor(min(point.y for point in points) * 10) / 10 - 0.1)

    def place(point: Point) -> tuple[float, float]:
        x = (math.log10(max(point.x, 1e-4)) - first) / (last - first)
        return left + x * (right - left), bottom - (point.y - low) / (1 - low or 1) * (bottom - top)

    parts = []
    for power in range(first, last + 1):
        x = left + (power - first) / (last - first) * (right - left)
        parts += [
            _line(x, top, x, bottom, "grid"),
            _text(x, bottom + 16, f"{10.0**power:g}", "tick", "middle"),
        ]
    for n in range(6):
        share = low + (1 - low) * n / 5
        y = bottom - n / 5 * (bottom - top)
        parts += [
            _line(left, y, right, y, "grid"),
            _text(left - 8, y + 4, f"{100 * share:.0f}%", "tick", "end"),
        ]
    taken: list[float] = []
    for point in sorted(points, key=lambda each: -each.y):
        x, y = place(point)
        words = y + 4
        while any(abs(words - other) < 14 for other in taken):
            words += 14
        taken.append(words)
        kind = "dot" if point.ours else "other"
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" class="{kind}"/>')
        parts.append(_text(x + 10, words, point.name, "name"))
    parts.append(_text((left + right) / 2, height - 6, x_title, "tick", "middle"))
    parts.append(_text(left, 14, y_title, "tick", "middle"))
    return _svg(height, title, parts)


def calibration(title: str, bins: Sequence[tuple[float, float, int]]) -> str:
    """Share of right values against stated confidence; the area of a dot is the number of values behind it."""
    height, left, top = 330, 70, 14
    right, bottom = left + 270, top + 270
    most = max((many for _, _, many in bins), default=1)
    parts = [_line(left, bottom, right, top, "floor")]
    for n in range(6):
        x, y = left + n / 5 * (right - left), bottom - n / 5 * (bottom - top)
        parts += [_line(x, top, x, bottom, "grid"), _line(left, y, right, y, "grid")]
        parts += [
            _text(x, bottom + 16, f"{n / 5:.1f}", "tick", "middle"),
            _text(left - 8, y + 4, f"{n / 5:.1f}", "tick", "end"),
        ]
    for n, (stated, share, many) in enumerate(bins):
        x, y = left + stated * (right - left), bottom - share * (bottom - top)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + 9 * math.sqrt(many / most):.1f}" class="dot faint"/>'
        )
        told = f"置信度 {stated:.2f}　正确 {100 * share:.1f}%　{many} 个值"
        parts.append(_text(right + 40, top + 18 + 20 * n, told, "name"))
    parts.append(_text((left + right) / 2, height - 6, "标出的置信度（均值）", "tick", "middle"))
    return _svg(height, title, parts)
