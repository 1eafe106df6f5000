"""The measures: a perfect answer scores 1, one corruption lowers exactly what it should, order and ids do not matter."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eval.cases import fixture_cases
from eval.findings import score_findings
from eval.gold import FUND, INDICATOR, PROJECT, Gold, read_gold
from eval.measures import counts
from eval.measures.catalogue import MEASURES, total
from eval.measures.counts import Counts
from eval.measures.judge import judge
from eval.measures.places import place_counts
from eval.measures.slots import Boxes
from extractor.gold import make
from extractor.pipeline import review
from extractor.reconcile import RULES
from extractor.records import replace
from extractor.review import Review
from extractor.schema import Cell, Figure, Report

NAMES = tuple(case.name for case in fixture_cases())[::5]
KEYS = {"indicators": INDICATOR, "funds": FUND, "projects": PROJECT}
WORDS = {"edits", "minutes", "saved"}
SURENESS = {"calibration", "certain"}


@cache
def answer(name: str) -> tuple[Review, Gold]:
    """A real report as it was read, and the gold that says just the same."""
    case = next(case for case in fixture_cases() if case.name == name)
    result = review(case.source, file_name=case.file_name)
    return result, read_gold(make(result), result.document.text)


def measured(report: Report, gold: Gold, text: str) -> dict[str, float]:
    slots = judge(report, gold)
    parts = (
        counts.value_counts(slots),
        counts.row_counts(slots),
        counts.edit_counts(slots),
        place_counts(slots, text),
        counts.confidence_counts(slots),
    )
    sums = total([{key: vector for part in parts for key, vector in part.items()}])
    values = {name: measure.of(sums) for name, measure in MEASURES.items()}
    return {name: value for name, value in values.items() if value is not None}


def moved(name: str, corrupt: Report) -> dict[str, float]:
    """How far each measure is from that of the perfect answer, where it is."""
    result, gold = answer(name)
    before = measured(result.report, gold, result.document.text)
    after = measured(corrupt, gold, result.document.text)
    assert before.keys() == after.keys()
    return {key: after[key] - before[key] for key in before if after[key] != before[key]}


def only_worse(change: dict[str, float], expected: set[str], may: set[str]) -> None:
    """Exactly these measures moved, and each for the worse; `may` moves or not."""
    assert expected <= change.keys() <= expected | may, (sorted(change), sorted(expected))
    for key, value in change.items():
        if key != "calibration":
            assert (value < 0) == MEASURES[key].high, key


@pytest.mark.parametrize("name", NAMES)
def test_a_perfect_answer_scores_one(name: str) -> None:
    result, gold = answer(name)
    found = measured(result.report, gold, result.document.text)
    for key, value in found.items():
        if key != "calibration":
            measure = MEASURES[key]
            assert value == (1.0 if measure.high else 0.0), key


class Place(NamedTuple):
    """A printed cell of a list of the report."""

    group: str
    row: int
    key: str
    cell: Cell


def places(report: Report) -> list[Place]:
    return [
        Place(group, n, key, cell)
        for group, keys in KEYS.items()
        for n, row in enumerate(getattr(report, group))
        for key in keys
        if (cell := getattr(row, key)) is not None and cell.raw.strip()
    ]


def with_cell(report: Report, place: Place, cell: Cell | None) -> Report:
    rows = list(getattr(report, place.group))
    rows[place.row] = replace(rows[place.row], **{place.key: cell})
    return replace(report, **{place.group: tuple(rows)})


def expected_of(place: Place, *rates: str) -> set[str]:
    """The measures that a cell that is not right touches."""
    out = {f"{rate}.{scope}" for rate in ("f1", *rates) for scope in (place.group, "all")}
    if place.group == "indicators":
        out |= {"rows.indicators", f"exact.{place.key}"}
    return out | WORDS


FEW = settings(max_examples=30, deadline=None)
CASE, PICK = st.sampled_from(NAMES), st.randoms(use_true_random=False)


@FEW
@given(CASE, PICK)
def test_a_changed_cell_lowers_its_group_its_field_and_its_row(name: str, rng: random.Random) -> None:
    report = answer(name)[0].report
    place = rng.choice(places(report))
    changed = replace(place.cell, raw=place.cell.raw + "改")
    change = moved(name, with_cell(report, place, changed))
    only_worse(change, expected_of(place, "precision", "recall"), SURENESS)
    assert change["edits"] == 1


@FEW
@given(CASE, PICK)
def test_a_lost_cell_lowers_recall_and_not_precision(name: str, rng: random.Random) -> None:
    report = answer(name)[0].report
    place = rng.choice(places(report))
    change = moved(name, with_cell(report, place, None))
    only_worse(change, expected_of(place, "recall"), SURENESS)
    assert change["minutes"] == pytest.approx(counts.SECONDS["add"] / 60)


@FEW
@given(CASE, PICK)
def test_a_row_too_many_lowers_precision_and_is_one_deletion(name: str, rng: random.Random) -> None:
    report = answer(name)[0].report
    group = rng.choice([g for g in KEYS if getattr(report, g)])
    rows = list(getattr(report, group))
    twin = rng.choice(rows)
    change = moved(name, replace(report, **{group: (*rows, twin)}))
    expected = {f"{rate}.{scope}" for rate in ("f1", "precision") for scope in (group, "all")} | WORDS
    expected |= {"rows.indicators"} if group == "indicators" else set()
    only_worse(change, expected, SURENESS)
    assert change["edits"] == 1 and change["minutes"] == pytest.approx(counts.SECONDS["delete"] / 60)


@FEW
@given(CASE, PICK)
def test_a_place_that_slipped_lowers_the_places_alone(name: str, rng: random.Random) -> None:
    result, _ = answer(name)
    report, text = result.report, result.document.text
    whole = [
        p
        for p in places(report)
        if p.cell.span.parts is None
        and p.cell.span.end - p.cell.span.start > 2
        and not text[p.cell.span.start : p.cell.span.end + 2].isspace()
        and p.cell.span.end + 1 < len(text)
    ]
    place = rng.choice(whole)
    span = place.cell.span
    slipped = replace(place.cell, span=replace(span, start=span.start + 1))
    change = moved(name, with_cell(report, place, slipped))
    only_worse(change, {"place.char"}, set())


FIGURE: dict[str, Callable[[Figure], Figure]] = {
    "metric": lambda f: replace(f, metric="staff_quota" if f.metric != "staff_quota" else "exec_rate"),
    "stage": lambda f: replace(f, stage="quota" if f.stage != "quota" else "exec"),
    "scope": lambda f: replace(f, scope=f"另一个项目{f.scope}乙" if f.scope == "整体" else "整体"),
    "period": lambda f: replace(f, period="1999"),
    "value": lambda f: replace(f, amount=replace(f.amount, raw="9" + f.amount.raw)),
}


def labelled(report: Report) -> list[int]:
    """The figures of the prose that a gold promises to label."""
    made = make(answer_of(report))
    return [
        n
        for n, figure in enumerate(report.figures)
        if figure.table is None and made["figures"][n]["class"] in ("money", "staff", "rate", "score")
    ]


def answer_of(report: Report) -> Review:
    return next(result for result, _ in map(answer, NAMES) if result.report == report)


@pytest.mark.parametrize("label", FIGURE)
@FEW
@given(name=CASE, rng=PICK)
def test_a_figure_is_right_only_with_all_its_labels(label: str, name: str, rng: random.Random) -> None:
    report = answer(name)[0].report
    at = labelled(report)
    assume(at)
    chosen = rng.choice(at)
    figures = list(report.figures)
    figures[chosen] = FIGURE[label](figures[chosen])
    change = moved(name, replace(report, figures=tuple(figures)))
    rates = {f"{rate}.{scope}" for rate in ("f1", "precision", "recall") for scope in ("prose", "all")}
    only_worse(change, rates | WORDS, SURENESS)


@FEW
@given(CASE, PICK)
def test_a_base_value_at_another_stage_is_wrong(name: str, rng: random.Random) -> None:
    report = answer(name)[0].report
    rows = [n for n, row in enumerate(report.base_data) if any(c.cell.raw.strip() for c in row.cells)]
    assume(rows)
    n = rng.choice(rows)
    row = report.base_data[n]
    at = rng.choice([i for i, c in enumerate(row.cells) if c.cell.raw.strip()])
    cells = list(row.cells)
    cells[at] = replace(cells[at], stage="carryover" if cells[at].stage != "carryover" else "exec")
    base = list(report.base_data)
    base[n] = replace(row, cells=tuple(cells))
    change = moved(name, replace(report, base_data=tuple(base)))
    rates = {f"{rate}.{scope}" for rate in ("f1", "precision", "recall") for scope in ("base_data", "all")}
    only_worse(change, rates | WORDS, SURENESS)


@FEW
@given(CASE, PICK)
def test_order_and_ids_do_not_matter(name: str, rng: random.Random) -> None:
    report = answer(name)[0].report
    shuffled: dict[str, Any] = {}
    for group in (*KEYS, "base_data", "figures"):
        rows = [replace(row, id=f"x{rng.random()}") for row in getattr(report, group)]
        rng.shuffle(rows)
        shuffled[group] = tuple(rows)
    assert moved(name, replace(report, **shuffled)) == {}


def test_typing_everything_saves_nothing_and_costs_every_value() -> None:
    result, gold = answer(NAMES[0])
    nothing = measured(Report(), gold, result.document.text)
    assert nothing["f1.all"] == 0 and nothing["saved"] == pytest.approx(0, abs=0.02)


def test_boxes_on_the_same_page_and_around_the_same_are_one_place() -> None:
    result, gold = answer(NAMES[0])
    slots = [slot for slot in judge(result.report, gold) if slot.want is not None and slot.got is not None]
    one = slots[0]
    assert one.want is not None and one.got is not None
    box = (10.0, 10.0, 50.0, 20.0)
    for page, found, right in (
        (1, box, True),
        (1, (12.0, 10.0, 50.0, 20.0), True),
        (1, (40.0, 10.0, 80.0, 20.0), False),
        (2, box, False),
    ):
        slot = one._replace(
            want=one.want._replace(boxes=((1, box),)), got=one.got._replace(boxes=((page, found),))
        )
        assert place_counts([slot], result.document.text)["box"] == [
            float(right),
            float(not right),
            float(not right),
        ]


def test_confidence_that_says_what_happens_has_no_error() -> None:
    def bins(*values: tuple[float, bool]) -> list[float]:
        out = [0.0] * (3 * counts.BINS)
        for confidence, right in values:
            at = 3 * min(int(confidence * counts.BINS), counts.BINS - 1)
            for n, each in enumerate((1.0, float(right), confidence)):
                out[at + n] += each
        return out

    measure = MEASURES["calibration"]
    assert measure.value(bins(*[(0.75, True)] * 3, (0.75, False))) == 0
    assert measure.value(bins(*[(1.0, True)] * 9, (1.0, False))) == pytest.approx(0.1)
    assert measure.value(bins((0.2, True))) == pytest.approx(0.8)
    assert measure.value([0.0] * (3 * counts.BINS)) is None


def findings(result: Review, expected: dict[str, Any]) -> Counts:
    return score_findings("x", result, expected, frozenset(RULES)).counts


def test_findings_are_counted_by_code_and_severity() -> None:
    result = next(r for r, _ in map(answer, NAMES) if any(n.severity == "P0" for n in r.notes))
    note = next(n for n in result.notes if n.severity == "P0")
    grave = [n for n in result.notes if n.severity in ("P0", "P1")]
    entry = {"code": note.code, "severity": "P0"}
    every = [{"code": n.code, "severity": n.severity} for n in grave]
    full = findings(result, {"complete": True, "must_fire": every})
    assert full["recall/P0"][0] == full["recall/P0"][1] > 0
    assert all(vector[0] == vector[1] for key, vector in full.items() if key.startswith("precision/"))
    alone = findings(result, {"complete": True, "must_fire": [entry]})
    assert alone[f"recall/{note.code}"] == [1.0, 1.0]
    other = findings(result, {"complete": True, "must_fire": [{"code": "XXX-01"}]})
    assert other["precision/P0"][0] == 0 < other["precision/P0"][1]
    wrong = findings(result, {"clean": True})
    assert "precision/P0" not in wrong and wrong["accused"] == [float(len(grave)), 1.0]
    forbidden = findings(result, {"must_not_fire": [{"code": note.code}, {"code": "XXX-01"}]})
    assert forbidden["forbidden"][1] == 2.0 and forbidden["forbidden"][0] >= 1.0
    missed = findings(result, {"must_fire": [entry | {"difference": str(Decimal("987654.321"))}]})
    assert missed[f"recall/{note.code}"] == [0.0, 1.0]


def test_a_cell_is_one_place_by_its_name_alone() -> None:
    result, gold = answer(NAMES[0])
    one = next(s for s in judge(result.report, gold) if s.want is not None and s.got is not None)
    assert one.want is not None and one.got is not None
    want = one.want._replace(address="Sheet1!C7")
    for found, counted in (
        ({"Sheet1!C7"}, [1.0, 0.0, 0.0]),
        ({"Sheet1!C7", "Sheet1!C8"}, [1.0, 0.0, 0.0]),
        ({"Sheet1!D7"}, [0.0, 1.0, 1.0]),
        (set(), [0.0, 0.0, 1.0]),
    ):
        slot = one._replace(want=want, got=one.got._replace(addresses=frozenset(found)))
        assert place_counts([slot], result.document.text)["cell"] == counted


def test_a_box_points_at_its_value_when_it_holds_it_and_no_other() -> None:
    result, gold = answer(NAMES[0])
    slots = [s for s in judge(result.report, gold) if s.want is not None and s.got is not None][:2]
    mine, other = ((1, (10.0, 10.0, 14.0, 20.0)),), ((1, (30.0, 10.0, 34.0, 20.0)),)

    def pointed(found: Boxes, neighbour: Boxes = other) -> list[float]:
        made = [
            slot._replace(want=slot.want._replace(boxes=boxes), got=slot.got._replace(boxes=read))
            for slot, boxes, read in zip(slots, (mine, neighbour), (found, neighbour), strict=True)
            if slot.want is not None and slot.got is not None
        ]
        return place_counts(made, result.document.text)["point"]

    assert pointed(((1, (5.0, 5.0, 19.0, 25.0)),)) == [2.0, 0.0, 0.0]
    assert pointed(((1, (5.0, 5.0, 40.0, 25.0)),)) == [1.0, 1.0, 1.0]
    assert pointed(((2, (5.0, 5.0, 19.0, 25.0)),)) == [1.0, 1.0, 1.0]
    assert pointed(()) == [1.0, 0.0, 1.0]
    assert pointed(mine, mine) == [2.0, 0.0, 0.0]
