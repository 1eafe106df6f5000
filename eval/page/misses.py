"""Every miss with its place: the piece of the report around it, the value marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from eval.examine import Result
from eval.runs import STATES

MOST = 25  # misses shown of one case


def anchor(name: str) -> str:
    """The name of a case or layout as the target of a link."""
    return "m-" + re.sub(r"[^0-9A-Za-z\u4e00-\u9fff]+", "-", name)


def section(results: Sequence[Result], files: Mapping[str, str]) -> str:
    """The cases that are not perfect, by group, each to be opened; `files` are links to their reports."""
    out = []
    groups: dict[str, list[Result]] = {}
    for result in results:
        if result.misses or result.notes or result.state != "ok":
            groups.setdefault(result.group, []).append(result)
    for group in sorted(groups):
        out.append(f'<h3 id="{anchor(group)}">{escape(group)}</h3>')
        out += [_case(result, files.get(result.name, "")) for result in groups[group]]
    return "".join(out) or "<p>没有。</p>"


def _case(result: Result, link: str) -> str:
    many = len(result.misses)
    told = [STATES[result.state]] if result.state != "ok" else [f"{many} 处值不对"] if many else []
    said = "，".join([*told, *([f"{len(result.notes)} 条意见不对"] if result.notes else [])])
    inner = [f'<p><a href="{escape(link)}">打开报告</a></p>'] if link else []
    inner += [f"<p>{escape(result.error)}</p>"] if result.error else []
    inner += [f"<p class='note'>{escape(note)}</p>" for note in result.notes]
    if result.misses:
        rows = "".join(_miss(miss) for miss in result.misses[:MOST])
        inner.append(f"<table><tr><th>错在哪里</th><th>原文</th></tr>{rows}</table>")
    if many > MOST:
        inner.append(f"<p>另有 {many - MOST} 处。</p>")
    return f'<details id="{anchor(result.name)}"><summary>{escape(result.name)}　{said}</summary>{"".join(inner)}</details>'


def _miss(miss: dict[str, Any]) -> str:
    before, value, after = map(escape, miss["excerpt"])
    page = f"第 {miss['page']} 页，" if miss["page"] else ""
    place = (
        f"<span class='place'>{page}第 {miss['at']} 字</span> "
        if value
        else "<span class='place'>没有位置</span> "
    )
    shown = f"…{before}<mark>{value}</mark>{after}…" if value else ""
    return f"<tr><td>{escape(miss['said'])}</td><td>{place}{shown}</td></tr>"
