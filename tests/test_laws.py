"""The five promises of the product, each over our fixtures, damaged copies of them, and the seeds when at hand."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from eval.cases import FIXTURES, seeds_folder
from eval.generate import mutate
from extractor.document import Span, slices
from extractor.ground import cells_of, stands_in, verify
from extractor.identities import evaluate
from extractor.load import load
from extractor.pipeline import Stages, review
from extractor.records import replace
from extractor.render import RENDERERS
from extractor.review import Review
from extractor.settings import Settings

REPORTS = [next(folder.glob("report.*")) for folder in sorted(FIXTURES.iterdir()) if folder.is_dir()]
_SEEDS = seeds_folder()
REPORTS += sorted(_SEEDS.glob("*.txt")) if _SEEDS else []
every_report = pytest.mark.parametrize(
    "path", REPORTS, ids=lambda p: p.parent.name if p.name.startswith("report") else p.name[:3]
)


@lru_cache(maxsize=64)
def reviewed(path: Path) -> Review:
    return review(path, Settings())


def without_log(result: Review) -> dict[str, Any]:
    data = json.loads(RENDERERS["json"](result))
    data["run"].pop("log")
    return data


def ids_in(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["id"]] if isinstance(node.get("id"), str) else []
        return own + [i for value in node.values() for i in ids_in(value)]
    return [i for value in node for i in ids_in(value)] if isinstance(node, list) else []


def floats_in(node: Any, path: str = "") -> list[str]:
    if isinstance(node, float):
        return [path]
    if isinstance(node, dict):
        return [f for key, value in node.items() for f in floats_in(value, f"{path}.{key}")]
    return [f for value in node for f in floats_in(value, path)] if isinstance(node, list) else []


@every_report
def test_one_digits_stand_in_the_source(path: Path) -> None:
    result = reviewed(path)
    text = result.document.text
    for cell in cells_of(result.report):
        assert cell.value is None or stands_in(slices(text, cell.span), cell.value), cell
    for figure in result.report.figures:
        assert figure.amount.value is None or stands_in(slices(text, figure.span), figure.amount.value), (
            figure
        )


@every_report
def test_one_every_computed_number_re_evaluates(path: Path) -> None:
    for check in reviewed(path).checks:
        if check.formula is not None:
            values = {o.name: o.value for o in check.operands if o.value is not None}
            assert evaluate(check.formula, values) == check.computed, check


def test_one_and_three_hold_on_damaged_copies() -> None:
    rng = random.Random(7)
    for n in range(60):
        text = mutate(load(REPORTS[n % len(REPORTS)], Settings()).text, rng)
        if not text.strip():  # cut before its first word: an empty file, which has its own message
            continue
        stages = Stages()
        review(text.encode(), Settings(), file_name="copy.txt", stages=stages)
        assert stages.document is not None and stages.report is not None
        assert verify(stages.document, stages.report) == []


@every_report
def test_two_sections_tile_the_text_and_every_chunk_has_a_status(path: Path) -> None:
    result = reviewed(path)
    at = 0
    for section in result.report.sections:
        assert section.span.start == at
        at = section.span.end
    assert at == len(result.document.text)
    assert {c.id for c in result.run.chunks} == {s.id for s in result.report.sections}
    assert all(c.status for c in result.run.chunks)


@every_report
def test_two_what_could_not_be_checked_says_why(path: Path) -> None:
    from extractor.reconcile import RULES

    checks = reviewed(path).checks
    assert {c.code for c in checks} == set(RULES)
    assert all(c.reason for c in checks if c.status in ("unverified", "not_applicable"))


@every_report
def test_three_every_value_slices_back(path: Path) -> None:
    result = reviewed(path)
    text = result.document.text

    def inside(span: Span) -> bool:
        return 0 <= span.start <= span.end <= len(text)

    for cell in cells_of(result.report):
        assert inside(cell.span) and slices(text, cell.span) == cell.raw
    for figure in result.report.figures:
        assert inside(figure.span) and slices(text, figure.span) == figure.amount.raw
    for table in result.report.tables:
        for each in table.cells:
            assert inside(each.span) and slices(text, each.span).strip()
    for note in result.notes:
        assert note.spans and all(inside(span) for span in note.spans)


@every_report
def test_four_money_is_never_a_float(path: Path) -> None:
    data = without_log(reviewed(path))
    assert [f for f in floats_in(data) if not f.endswith((".confidence", ".width", ".height"))] == []


@every_report
def test_five_the_same_input_gives_the_same_output_and_ids_are_unique(path: Path) -> None:
    first, second = without_log(reviewed(path)), without_log(review(path, Settings()))
    assert first == second
    ids = ids_in({k: v for k, v in first.items() if k != "run"})
    assert len(ids) == len(set(ids))


def test_the_gate_refuses_an_invented_digit() -> None:
    path = next(p for p in REPORTS if p.parent.name == "clean_department")
    stages = Stages()
    review(path, Settings(), stages=stages)
    assert stages.document is not None and stages.report is not None
    fund = stages.report.funds[0]
    assert fund.annual is not None and fund.annual.value is not None
    lie = replace(fund.annual, value=fund.annual.value + Decimal(1))
    changed = replace(stages.report, funds=(replace(fund, annual=lie), *stages.report.funds[1:]))
    assert [b.id for b in verify(stages.document, changed)] == [lie.id]
