"""The comparison with other tools: the score is fair, the workers really run, the baseline really reads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval.cases import FIXTURES, canonical, fixture_cases
from eval.generate import draw
from eval.generate.draw import render
from eval.measures.counts import value_counts
from eval.measures.judge import judge
from eval.peers import FIGURE_PEERS, TABLE_PEERS
from eval.peers.cases import Known, TableCase, _numbers, _rows
from eval.peers.figures import plain_figures
from eval.peers.registry import HERE
from eval.peers.run import _answers, _ours
from eval.peers.score import score_tables
from eval.peers.worker import READERS, markdown_tables

BOX = (10.0, 10.0, 20.0, 20.0)
ROWS = (
    (Known("项目", (1, BOX)), Known("金额", (1, (30.0, 10.0, 40.0, 20.0)))),
    (Known("甲", (1, (10.0, 30.0, 20.0, 40.0))), Known("58.30", (1, (30.0, 30.0, 40.0, 40.0)))),
)
CASE = TableCase("x", b"", ROWS, frozenset({"58.30"}))


def answer(rows: list[list[str | None]], boxes: object = None) -> dict[str, object]:
    return {"tables": [{"page": 1, "rows": rows, "boxes": boxes}], "seconds": 0.1}


def test_a_perfect_table_is_perfect() -> None:
    boxes = [[list(cell.place[1]) for cell in row if cell.place] for row in ROWS]
    score = score_tables(CASE, answer([["项 目", "金额"], ["甲", "58.30"]], boxes))
    assert (score.right, score.read, score.printed) == (4, 4, 4)
    assert (score.placed, score.grounded, score.invented) == (4, 4, 0)


@pytest.mark.parametrize(
    ("rows", "right", "invented"),
    [
        ([["甲", "58.30"], ["项目", "金额"]], 4, 0),
        ([["项目", None, "金额"], ["甲", "", "58.30"]], 4, 0),
        ([["金额", "项目"], ["甲", "58.30"]], 3, 0),
        ([["项目", "金额"], ["甲", "58.3"]], 3, 1),
        ([["项目", "金额", "甲", "58.30"]], 2, 0),
        ([["项目金额"], ["甲58.30"]], 0, 0),
        ([], 0, 0),
    ],
    ids=[
        "rows turned",
        "empty columns",
        "cells turned",
        "a digit lost",
        "rows joined",
        "cells joined",
        "nothing",
    ],
)
def test_what_is_wrong_with_a_table_counts(rows: list[list[str | None]], right: int, invented: int) -> None:
    score = score_tables(CASE, answer(rows))
    assert (score.right, score.invented, score.grounded) == (right, invented, 0)


def test_a_box_around_two_cells_points_at_neither() -> None:
    wide = [0.0, 0.0, 50.0, 22.0]
    score = score_tables(CASE, answer([["项目", "金额"], ["甲", "58.30"]], [[wide, wide], [None, None]]))
    assert (score.right, score.grounded) == (4, 0)


def test_markdown_is_read_back() -> None:
    text = "前文\n\n| 项目 | **金额** |\n|---|:--:|\n| 甲<br>乙 | 58.30 |\n\n|a|b|\n后文"
    assert [table["rows"] for table in markdown_tables(text)] == [
        [["项目", "金额"], ["甲乙", "58.30"]],
        [["a", "b"]],
    ]


@pytest.fixture(scope="module")
def printed() -> TableCase:
    """A generated report set as PDF."""
    item = next(
        i
        for i in draw("development", 500, pictures=0.0)
        if i.format == "pdf"
        and not i.sinful
        and i.layout in ("yuan", "several_forms", "beijing_2016", "one_indicator")
    )
    made = render(item)
    rows = tuple(_rows(made))
    assert len(rows) > 10
    return TableCase(item.name, made.data, rows, _numbers(rows, made.shown.splitlines()))


def test_we_read_every_cell_of_a_ruled_table(printed: TableCase) -> None:
    score = score_tables(printed, _ours(printed))
    assert score.right >= 0.99 * score.printed > 0 and score.invented == 0


@pytest.mark.parametrize("peer", [p for p in TABLE_PEERS if p.python == HERE], ids=lambda p: p.name)
def test_a_peer_runs_in_a_process_of_its_own(peer: object, printed: TableCase) -> None:
    (found,) = list(_answers(peer, [printed]))  # type: ignore[arg-type]
    score = score_tables(printed, found)
    assert score.right > 0.3 * score.printed and found["seconds"] > 0


def test_a_worker_says_when_it_fails(tmp_path: Path) -> None:
    worker = Path(__file__).resolve().parent.parent / "eval" / "peers" / "worker.py"
    (tmp_path / "no.pdf").write_bytes(b"no pdf")
    done = subprocess.run(
        [sys.executable, str(worker), "pdfplumber"],
        input=json.dumps({"pdf": str(tmp_path / "no.pdf")}) + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode and not done.stdout


def test_every_peer_is_registered_with_its_settings() -> None:
    assert {peer.worker for peer in TABLE_PEERS if peer.worker} == set(READERS)
    for peers in (TABLE_PEERS, FIGURE_PEERS):
        assert peers[0].name == "extractor" and all(peer.settings for peer in peers)


def test_the_plain_baseline_reads_and_is_right_where_the_sentence_is_plain() -> None:
    report = plain_figures("2023年年初预算58.30万元。执行率为99.5%。")
    assert [(f.metric, f.stage, f.period, str(f.amount.value)) for f in report.figures] == [
        ("budget_initial", "budget_initial", "2023", "58.30"),
        ("exec_rate", "rate", "2023", "99.5"),
    ]
    case = next(case for case in fixture_cases() if case.name == "clean_department")
    text = canonical(FIXTURES / case.name / "report.txt")
    counts = value_counts(judge(plain_figures(text), case.gold))["value/prose"]
    assert counts[0] > 0
