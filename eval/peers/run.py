"""Every peer over the same cases, one after the other, and the tables that come of it."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from eval.cases import case_of, fixture_cases
from eval.generate import draw
from eval.gold import Gold
from eval.measures.catalogue import f1, precision, recall
from eval.measures.counts import value_counts
from eval.measures.judge import judge
from eval.peers.cases import TableCase, table_cases
from eval.peers.figures import plain_figures
from eval.peers.registry import FIGURE_PEERS, TABLE_PEERS, Peer
from eval.peers.score import TableScore, score_tables
from extractor.document import Table
from extractor.load import load
from extractor.pipeline import review
from extractor.schema import Report
from extractor.settings import Settings

_WORKER = Path(__file__).with_name("worker.py")
_RULES = Settings(engine="rules")
_TEXTS = 40  # generated reports of the figure comparison


class Comparison(NamedTuple):
    """A table of peers: what was measured, on how many cases, one row a peer; `notes` say how each was set."""

    title: str
    about: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def compared() -> list[Comparison]:
    """The comparison of table readers and that of figure readers."""
    return [_tables(), _figures()]


def markdown(table: Comparison) -> str:
    """The comparison as Markdown."""
    lines = [table.head, tuple("---" for _ in table.head), *table.rows]
    rows = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"**{table.title}**（{table.about}）\n\n{rows}\n\n" + "\n".join(
        f"- {note}" for note in table.notes
    )


def _notes(peers: Sequence[Peer]) -> tuple[str, ...]:
    return tuple(f"{peer.title}：{peer.settings}" for peer in peers)


def _tables() -> Comparison:
    cases = list(table_cases())
    rows: list[tuple[str, ...]] = []
    for peer in TABLE_PEERS:
        if peer.missing:
            rows.append((peer.title, *("—",) * 6, peer.missing))
            continue
        score = TableScore()
        for case, answer in zip(cases, _answers(peer, cases), strict=True):
            score.add(score_tables(case, answer))
        rows.append((peer.title, *_cells(score), ""))
    cells = sum(len(row) for case in cases for row in case.rows)
    return Comparison(
        "PDF 表格",
        f"{len(cases)} 份 PDF，{cells} 个有字的单元格；同一行内文字相同为对",
        ("工具", "单元格 F1", "精确率", "召回率", "指明位置", "原文没有的数", "秒/份", "说明"),
        tuple(rows),
        (
            *_notes(TABLE_PEERS),
            "各工具都在本机离线运行，费用为 0；指明位置：给出的框含该格文字的中心，且不含别格的。",
        ),
    )


def _cells(score: TableScore) -> tuple[str, ...]:
    vector = (score.right, score.read - score.right, score.printed - score.right)
    rates = tuple(f"{100 * (rate(vector) or 0):.1f}%" for rate in (f1, precision, recall))
    grounded = f"{100 * score.grounded / score.placed:.1f}%" if score.placed else "—"
    return (*rates, grounded, str(score.invented), f"{score.seconds / score.cases:.2f}")


def _answers(peer: Peer, cases: Sequence[TableCase]) -> Iterator[dict[str, Any]]:
    if peer.python is None:
        for case in cases:
            yield _ours(case)
        return
    with tempfile.TemporaryDirectory() as room:
        paths = []
        for n, case in enumerate(cases):
            paths.append(Path(room) / f"{n}.pdf")
            paths[-1].write_bytes(case.pdf)
        asked = "".join(json.dumps({"pdf": str(path)}) + "\n" for path in paths)
        done = subprocess.run(
            [str(peer.python), str(_WORKER), peer.worker],
            input=asked,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{peer.title}: {done.stderr[-2000:]}")
        for line in done.stdout.splitlines():
            yield json.loads(line)


def _ours(case: TableCase) -> dict[str, Any]:
    start = time.perf_counter()
    result = review(case.pdf, _RULES, file_name="report.pdf")
    seconds = time.perf_counter() - start
    return {"tables": [_table(table) for table in result.report.tables], "seconds": seconds}


def _table(table: Table) -> dict[str, Any]:
    """A table of ours in the form of a peer's answer; the page of a cell stands with its box."""
    rows: dict[int, list[tuple[str, int | None, Any]]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
        rows.setdefault(cell.row, []).append((cell.text, cell.span.page, cell.span.bbox))
    return {
        "page": None,
        "rows": [[text for text, _, _ in row] for row in rows.values()],
        "boxes": [[(page, box) if box else None for _, page, box in row] for row in rows.values()],
    }


def _figures() -> Comparison:
    cases = list(fixture_cases())
    items = [item for item in draw("heldout", 500, pictures=0.0) if item.format == "txt" and not item.sinful]
    cases += [case_of(item) for item in items[:_TEXTS]]
    readers: dict[str, Callable[[str], Report]] = {
        "extractor": lambda text: review(text.encode(), _RULES, file_name="report.txt").report,
        "regex": plain_figures,
    }
    texts, golds = [], []
    for case in cases:
        document = load(case.content, _RULES, case.file_name)
        texts.append(document.text)
        golds.append(case.gold_in(document))
    rows: list[tuple[str, ...]] = []
    for peer in FIGURE_PEERS:
        if peer.missing:
            rows.append((peer.title, *("—",) * 4, peer.missing))
        else:
            rows.append((peer.title, *_figure_cells(readers[peer.name], texts, golds), ""))
    return Comparison(
        "正文数字",
        f"{len(cases)} 份文本报告；值、指标、阶段、年度、范围都对为对",
        ("工具", "F1", "精确率", "召回率", "秒/份", "说明"),
        tuple(rows),
        (*_notes(FIGURE_PEERS), "各工具都在本机离线运行，费用为 0；数字都从原文切出，原文没有的数均为 0。"),
    )


def _figure_cells(
    read: Callable[[str], Report], texts: Sequence[str], golds: Sequence[Gold]
) -> tuple[str, ...]:
    sums = [0.0, 0.0, 0.0]
    seconds = 0.0
    for text, gold in zip(texts, golds, strict=True):
        start = time.perf_counter()
        report = read(text)
        seconds += time.perf_counter() - start
        for n, each in enumerate(value_counts(judge(report, gold)).get("value/prose", (0, 0, 0))):
            sums[n] += each
    rates = tuple(f"{100 * (rate(sums) or 0):.1f}%" for rate in (f1, precision, recall))
    return (*rates, f"{seconds / len(texts):.2f}")
