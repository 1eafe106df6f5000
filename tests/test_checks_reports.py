"""The five seeds and every fixture, read from their labels: what must fire, what must not, and nothing else grave.

Labels hold neither sections nor layout, so only the thirty must-do checks run here; `python -m eval` runs all from the text.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from eval.bench import text_of
from extractor import critique
from extractor.findings import Check, Note
from extractor.profiles import rules
from extractor.reconcile import Case, ledger, warnings_of
from tests.catalogue import MUST
from tests.gold_report import FIXTURES, HERE, load_fixture, load_seed, seed_folder
from tests.whole_report import TITLE, read

GRAVE = ("P0", "P1")


def _lists() -> list[tuple[str, Path]]:
    seeds = sorted((HERE / "seeds").glob("findings_*.toml")) if seed_folder() is not None else []
    fixtures = sorted(
        path for path in FIXTURES.glob("*/findings.toml") if (path.parent / "expected.json").exists()
    )
    return [
        *((path.stem.removeprefix("findings_"), path) for path in seeds),
        *((path.parent.name, path) for path in fixtures),
    ]


LISTS = _lists()


@pytest.fixture(params=LISTS, ids=[name for name, _ in LISTS], scope="module")
def reviewed(request: pytest.FixtureRequest) -> tuple[dict[str, Any], tuple[Check, ...], tuple[Note, ...]]:
    """The list of findings of a report, its ledger and its notes."""
    name, path = request.param
    document, report = load_seed(name) if name.isdigit() else load_fixture(FIXTURES / name)
    case = Case(document, None, report, rules())
    checks = ledger(case, MUST)
    return tomllib.loads(path.read_text(encoding="utf-8")), checks, critique.notes(case, checks)


def _split(entry: dict[str, Any], key: str) -> set[str]:
    return set(str(entry[key]).split("|")) if entry.get(key) else set()


def _hit(entry: dict[str, Any], checks: tuple[Check, ...]) -> bool:
    """Whether a failed check has the entry's code, severity and difference."""
    for check in checks:
        severities, differences = _split(entry, "severity"), _split(entry, "difference")
        if check.status != "fail" or check.code not in _split(entry, "code"):
            continue
        if severities and check.severity not in severities:
            continue
        if not differences or check.difference in {Decimal(each) for each in differences}:
            return True
    return False


def test_no_check_breaks_off(
    reviewed: tuple[dict[str, Any], tuple[Check, ...], tuple[Note, ...]],
) -> None:
    assert warnings_of(reviewed[1]) == ()


def test_everything_listed_fires(
    reviewed: tuple[dict[str, Any], tuple[Check, ...], tuple[Note, ...]],
) -> None:
    listed, checks, _ = reviewed
    expected = [entry for entry in listed.get("must_fire", ()) if _split(entry, "code") & set(MUST)]
    assert [entry["why"] for entry in expected if not _hit(entry, checks)] == []


def test_nothing_forbidden_and_nothing_unlisted_fires(
    reviewed: tuple[dict[str, Any], tuple[Check, ...], tuple[Note, ...]],
) -> None:
    listed, checks, notes = reviewed
    known = {
        code
        for key in ("must_fire", "may_fire")
        for entry in listed.get(key, ())
        for code in _split(entry, "code")
    }
    codes = {check.id: check.code for check in checks}
    grave = [note for note in notes if note.severity in GRAVE]
    assert [
        note.comment for note in grave if not known & {note.code, *(codes[each] for each in note.checks)}
    ] == []
    if listed.get("clean"):
        assert grave == []
    forbidden = {code for entry in listed.get("must_not_fire", ()) for code in _split(entry, "code")} - known
    assert [note.comment for note in grave if note.code in forbidden] == []


@pytest.mark.skipif(seed_folder() is None, reason="the five reports are not at hand")
def test_the_recomputed_scores_of_the_seeds() -> None:
    wanted = {"000": ("96", "优"), "001": None, "002": None, "003": ("89.25", "良"), "004": None}
    for name, score in wanted.items():
        document, report = load_seed(name)
        case = Case(document, None, report, rules())
        checks = ledger(case)
        overall = critique.overall(case, checks, critique.notes(case, checks))
        expected = (None, None) if score is None else (Decimal(score[0]), score[1])
        assert (overall.recomputed_score, overall.recomputed_grade) == expected


def _sentences(size: int) -> str:
    """A text of projects told one a line, hardly any of whose rates is that of its amounts."""
    lines = (
        f"{n}.第{n}段河道清淤项目预算{n + 3}.5万元，支出{n + 2}.5万元，执行率{90 + n % 9}%，结余1万元。\n"
        for n in range(1, size // 40)
    )
    return TITLE + "".join(lines)


def _calls(text: str) -> int:
    """How many functions the whole ledger of a text calls, generators counted by their steps."""
    document, report = read(text)
    case, calls = Case(document, None, report, rules()), 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        ledger(case)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(("text", "size"), [(text_of, 40_000), (_sentences, 8_000)])
def test_the_ledger_grows_with_the_text_and_no_faster(text: Callable[[int], str], size: int) -> None:
    assert _calls(text(4 * size)) < 6 * _calls(text(size))
