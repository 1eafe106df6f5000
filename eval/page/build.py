"""The page of a run: self-contained HTML under a policy that allows no script and no foreign resource, and its Markdown."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from eval.examine import Result
from eval.full import WORST_DIGITAL, grouped
from eval.intervals import interval, reports
from eval.measures.catalogue import MEASURES, total
from eval.measures.counts import BINS
from eval.page import misses, plots, tables
from eval.page.sources import sources
from eval.page.tables import Shown
from eval.peers import Comparison
from eval.peers import markdown as peer_markdown
from eval.runs import STATES, Run

STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def write_pages(run: Run, peers: Sequence[Comparison], out: Path) -> None:
    """Write the page at `out`, the same tables as Markdown beside it, and the generated reports in which it shows a miss."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(html(run, peers, sources(run.results, out)), encoding="utf-8")
    out.with_suffix(".md").write_text(markdown(run, peers), encoding="utf-8")


def _about(run: Run) -> str:
    states = Counter(result.state for result in run.results)
    told = "，".join(f"{STATES[state]} {many}" for state, many in states.items())
    forms = Counter(result.form for result in run.results)
    kinds = "、".join(f"{form} {many}" for form, many in sorted(forms.items()))
    return f"引擎 {run.engine}，代码版本 {run.code}；案例 {len(run.results)} 个（{kinds}）：{told}。"


def markdown(run: Run, peers: Sequence[Comparison]) -> str:
    """The tables, for the README."""
    parts = [_about(run)]
    shown = [*tables.everything(run), tables.by(run.graded, "格式", "form")]
    for table in shown:
        lines = [table.head, tuple("---" for _ in table.head), *table.rows]
        parts.append(f"**{table.title}**\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines))
        if table.about:
            parts.append(table.about)
    return "\n\n".join([*parts, *map(peer_markdown, peers)]) + "\n"


def html(run: Run, peers: Sequence[Comparison], files: Mapping[str, str] | None = None) -> str:
    """The page; `files` are links to the reports, by case."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    results = run.graded
    body = [
        "<h1>抽取与审核的准确度</h1>",
        f"<p>{escape(_about(run))}</p>",
        _stopped(run),
        *(_table(table) for table in tables.everything(run)),
        "<h2>按版式</h2><p>F1 与 95% 区间，最差的在上；点名称看它的错处。虚线为最差电子版式的底线。</p>",
        _by_group(results, "group"),
        _details(tables.by(results, "版式", "group")),
        "<h2>按格式</h2>",
        _by_group(results, "form"),
        _bare(tables.by(results, "格式", "form")),
        "<h2>置信度是否可信</h2><p>点在对角线上即说到做到；点的大小为值的个数。</p>",
        _calibration(results),
        _details(tables.code_table(results)),
        *_peers(peers),
        "<h2>每一处错误</h2><p>每条给出原文所在处，错处以底色标出；点“打开报告”看整份原文。</p>",
        misses.section(run.results, files or {}),
    ]
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><title>抽取与审核的准确度</title>'
        f"<style>{STYLE}</style></head><body><main>{''.join(part for part in body if part)}</main></body></html>\n"
    )


def _stopped(run: Run) -> str:
    rows = tuple((name, STATES[state], error) for name, state, error in tables.stopped_table(run))
    return _table(Shown("没有评分的案例", ("案例", "状态", "原因"), rows)) if rows else ""


def _cells(row: Sequence[str]) -> str:
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in row)
    kind = ' class="fell"' if "未达标" in row else ""
    return f"<tr{kind}>{cells}</tr>"


def _bare(table: Shown) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table.head)
    about = f'<p class="about">{escape(table.about)}</p>' if table.about else ""
    return f"<table><tr>{head}</tr>{''.join(map(_cells, table.rows))}</table>{about}"


def _table(table: Shown) -> str:
    return f"<h2>{escape(table.title)}</h2>{_bare(table)}"


def _details(table: Shown) -> str:
    return f"<details><summary>{escape(table.title)}：逐项列表</summary>{_bare(table)}</details>"


def _by_group(results: Sequence[Result], key: str) -> str:
    """A plot of F1 by layout or format."""
    rows = []
    for name, own in grouped(results, lambda result: str(getattr(result, key))).items():
        found = interval(MEASURES["f1.all"], reports(own), draws=300)
        if found is not None:
            wrong = any(result.misses or result.notes for result in own)
            link = f"#{misses.anchor(name)}" if key == "group" and wrong else ""
            rows.append(plots.Bar(name, found.value, found.low, found.high, "", link))
    return plots.bars("F1", rows, WORST_DIGITAL if key == "group" else None) if rows else ""


def _calibration(results: Sequence[Result]) -> str:
    bins = total(result.counts for result in results).get("confidence")
    if not bins:
        return ""
    points = [
        (bins[n + 2] / bins[n], bins[n + 1] / bins[n], int(bins[n])) for n in range(0, 3 * BINS, 3) if bins[n]
    ]
    return plots.calibration("置信度与正确率", points)


def _peers(peers: Sequence[Comparison]) -> list[str]:
    """The comparison tables, and what a second buys."""
    out = []
    for table in peers:
        head, at = table.head, table.head.index("秒/份")
        accuracy = next(n for n, cell in enumerate(head) if cell.endswith("F1"))
        points = [
            plots.Point(row[0], float(row[at]), float(row[accuracy].rstrip("%")) / 100, ours=n == 0)
            for n, row in enumerate(table.rows)
            if row[at] != "—"
        ]
        notes = "".join(f"<li>{escape(note)}</li>" for note in table.notes)
        out.append(_table(Shown(f"同行比较：{table.title}", head, table.rows, table.about)))
        out.append(plots.scatter(f"用时与准确度：{table.title}", points, "秒/份（对数）", head[accuracy]))
        out.append(f"<ul>{notes}</ul>")
    return out
