"""The generator of synthetic reports: every value slices back, every sum adds, every seed repeats."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from eval.generate import LAYOUTS, Generated, generate, mutate

SEEDS = range(5)
SPACE = " \t\n\u3000\xa0"
DAMAGING = {"ocr_noise", "broken_numbers", "base_flat"}
CLEAN = [name for name in LAYOUTS if name not in DAMAGING]
REQUIRED = {
    "tab_led_cells",
    "tab_led_plain",
    "tab_rows",
    "markdown_pipe",
    "pipe_shifted",
    "pipe_two_row_header",
    "pipe_cell_per_line",
    "cell_per_line",
    "cell_per_line_no_blanks",
    "flat_line",
    "space_aligned",
    "glued_cells",
    "sentences",
    "key_value_lines",
    "broken_numbers",
    "ocr_noise",
    "half_width",
    "yuan",
    "html_like_residue",
    "mixed",
    "scrambled",
    "narrative_list",
    "unfinished",
    "transfer",
    "target_form",
    "evaluation_report",
    "several_forms",
    "two_goals",
    "beijing_2016",
    "integrated_export",
    "review_columns",
    "personnel",
    "one_indicator",
}


def places(node: Any) -> Iterator[dict[str, Any]]:
    """Every printed value of a truth."""
    if isinstance(node, dict):
        if {"raw", "start", "end"} <= set(node):
            yield node
        for inner in node.values():
            yield from places(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from places(inner)


def number(cell: dict[str, Any] | None) -> Decimal | None:
    """The number a cell prints, or nothing when it prints none."""
    if cell is None or not cell["raw"]:
        return None
    try:
        return Decimal("".join(cell["raw"].split()).replace(",", "").rstrip("%人个项分元万"))
    except InvalidOperation:
        return None


def reports(layouts: list[str]) -> Iterator[Generated]:
    for layout in layouts:
        for seed in SEEDS:
            yield generate(seed, layout)


def test_every_required_layout_is_there() -> None:
    assert set(LAYOUTS) >= REQUIRED


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_value_slices_back(layout: str) -> None:
    for seed in SEEDS:
        made = generate(seed, layout)
        found = list(places({k: v for k, v in made.truth.items() if k != "extras"}))
        assert found, seed
        for place in found:
            parts = place.get("parts") or [(place["start"], place["end"])]
            raw = "".join(made.text[start:end] for start, end in parts)
            assert raw == place["raw"] and (parts[0][0], parts[-1][1]) == (place["start"], place["end"])
            assert raw
            assert raw == raw.strip(SPACE)
        for table in made.truth["tables"]:
            assert 0 <= table["start"] < table["end"] <= len(made.text)
            assert (
                made.text[table["start"] : table["end"]].strip(SPACE)
                == made.text[table["start"] : table["end"]]
            )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_text_is_canonical(layout: str) -> None:
    text = generate(3, layout).text
    assert not [ch for ch in text if ord(ch) < 32 and ch not in "\t\n"]
    assert not set(text) & set("\u200b\u200c\u200d\u2060\ufeff\u00ad\r")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_values_lie_inside_their_table(layout: str) -> None:
    for seed in SEEDS:
        truth = generate(seed, layout).truth
        tables = {t["id"]: t for t in truth["tables"]}
        for row in truth["indicators"] + truth["funds"] + truth["base_data"]:
            if row["table"] is None:
                continue
            table = tables[row["table"]]
            for place in places(row):
                assert table["start"] <= place["start"] < place["end"] <= table["end"]


def test_distinct_values_never_overlap() -> None:
    for made in reports(list(LAYOUTS)):
        rows = made.truth["indicators"]
        for row in rows:
            spans = sorted((p["start"], p["end"]) for p in places(row))
            assert all(a[1] <= b[0] for a, b in pairwise(spans)), made.layout


def form_totals(truth: dict[str, Any]) -> dict[str, tuple[dict[str, Any], str]]:
    """The total row of each scored form, by table id."""
    found = {}
    for table in truth["tables"]:
        if table["kind"] != "self_evaluation":
            continue
        if table["scope"] == "整体":
            found[table["id"]] = ({"total_points": None, "total_score": truth["head"]["total_score"]}, "整体")
        for project in truth["projects"]:
            if project["total_points"] is not None and project["name"]["raw"] == table["scope"]:
                found[table["id"]] = (project, table["scope"])
    return found


def test_points_add_to_one_hundred_and_scores_to_the_total() -> None:
    checked = 0
    for made in reports(CLEAN):
        truth = made.truth
        if made.layout == "small_tables" or truth["head"]["kind"] in ("transfer", "target"):
            continue
        for table, (total, _) in form_totals(truth).items():
            rows = [r for r in truth["indicators"] if r["table"] == table]
            money = [r for r in truth["funds"] if r["table"] == table][:1]
            cells = [number(r["points"]) for r in rows + money if r["points"] is not None]
            if "score" in rows[0] and not any(number(r["score"]) is not None for r in rows):
                continue
            points = sum((c for c in cells if c is not None), Decimal(0))
            if made.layout == "two_goals":
                assert rows[0]["points"] is None
            elif table in {t["id"] for t in truth["tables"]} and not made_by_small_tables(truth, table):
                assert points == 100, (made.layout, table)
            scores = sum((number(r["score"]) or Decimal(0) for r in rows + money), Decimal(0))
            if not made_by_small_tables(truth, table):
                assert scores == number(total["total_score"]), (made.layout, table)
                checked += 1
    assert checked > 120


def made_by_small_tables(truth: dict[str, Any], table: str) -> bool:
    """A table without a money block and without a first level is one of several small ones."""
    rows = [r for r in truth["indicators"] if r["table"] == table]
    return all(r["level1"] is None for r in rows)


def test_level1_points_are_the_sum_of_their_rows() -> None:
    checked = 0
    for made in reports(CLEAN):
        groups: dict[tuple[str, str, str], list[Decimal]] = defaultdict(list)
        for row in made.truth["indicators"]:
            if row["level1_points"] is not None and row["points"] is not None:
                key = (str(row["table"]), row["level1"]["raw"], row["level1_points"])
                groups[key].append(number(row["points"]) or Decimal(0))
        for (_, _, points), values in groups.items():
            assert Decimal(points) == sum(values)
            checked += 1
    assert checked > 100


def test_money_blocks_add_and_rates_divide() -> None:
    checked = 0
    for made in reports(CLEAN):
        blocks: dict[str, list[dict[str, Any]]] = defaultdict(list)
        kinds = {t["id"]: t["kind"] for t in made.truth["tables"]}
        for row in made.truth["funds"]:
            if kinds[row["table"]] == "self_evaluation":
                blocks[row["table"]].append(row)
        for rows in blocks.values():
            for stage in ("initial", "annual", "executed"):
                top, parts = number(rows[0][stage]), [number(r[stage]) for r in rows[1:]]
                if top is not None and any(p is not None for p in parts):
                    assert sum((p for p in parts if p is not None), Decimal(0)) == top, made.layout
                    checked += 1
            for row in rows:
                whole, part, rate = (
                    number(row["annual"] or row["initial"]),
                    number(row["executed"]),
                    number(row["rate"]),
                )
                if whole and part is not None and rate is not None:
                    step = Decimal(1).scaleb(-max(0, -int(rate.as_tuple().exponent)))
                    exact = part / whole * 100
                    assert abs(exact - rate) <= step / 2 or exact.quantize(step, ROUND_HALF_UP) == rate
    assert checked > 180


def test_base_data_adds() -> None:
    checked = 0
    for made in reports([n for n in CLEAN if n != "base_flat"]):
        rows = {"".join(r["item"]["raw"].split()): r for r in made.truth["base_data"]}
        if not rows:
            continue
        parts = [rows[n] for n in rows if n.startswith(("1、公务用车", "2、出国", "3、公务接待"))]
        for column in range(3):
            total = number(rows["三公经费"]["cells"][column]["cell"])
            values = [number(r["cells"][column]["cell"]) or Decimal(0) for r in parts]
            assert sum(values, Decimal(0)) == total
        staff = next(r for n, r in rows.items() if n.startswith("财政供养"))
        quota, duty, rate = (number(c["cell"]) for c in staff["cells"])
        assert quota
        assert duty is not None
        assert rate == (duty / quota * 100).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
        checked += 1
    assert checked > 30


def test_prose_totals_add() -> None:
    """Basic and project expenditure quoted beside the total add to it."""
    checked = 0
    for made in reports(["prose_only", "prose_one_paragraph", "tab_rows", "yuan", "final_accounts"]):
        quoted: dict[str, Decimal] = {}
        for figure in made.truth["figures"]:
            stage_ok = figure["stage"] == "exec" and figure["scope"] == "整体" and not figure["table"]
            if stage_ok and figure["period"] == str(made.truth["head"]["fiscal_year"]):
                value = number(figure["span"])
                assert value is not None
                quoted.setdefault(figure["metric"], value)
        if {"expenditure_total", "expenditure_basic", "expenditure_project"} <= set(quoted):
            assert quoted["expenditure_total"] == quoted["expenditure_basic"] + quoted["expenditure_project"]
            checked += 1
    assert checked > 5


def test_a_seed_repeats_in_another_process() -> None:
    code = "import sys; from eval.generate import generate; sys.stdout.buffer.write(generate(11, 'mixed').text.encode())"
    root = Path(__file__).parent.parent
    other = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)
    assert other.stdout.decode() == generate(11, "mixed").text
    assert generate(11, "mixed").truth == generate(11, "mixed").truth
    assert generate(12, "mixed").text != generate(11, "mixed").text


def test_a_seed_alone_chooses_a_layout() -> None:
    assert len({generate(seed).layout for seed in range(60)}) > 20


def test_an_unknown_layout_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"unknown layout 'nonsense'; known: .*tab_rows"):
        generate(0, "nonsense")


def test_damage_is_told() -> None:
    made = generate(1, "ocr_noise")
    damaged = made.truth["extras"]["damaged"]
    assert damaged
    assert all(made.text[d["start"] : d["end"]] == d["raw"] != d["meant"] for d in damaged)
    glued = [row for seed in range(4) for row in generate(seed, "glued_cells").truth["extras"]["glued"]]
    assert any(a["end"] == b["start"] for row in glued for a, b in pairwise(row["cells"]))


def chance(seed: int) -> random.Random:
    """A reproducible source of choices."""
    return random.Random(seed)


def test_mutations_damage_and_repeat() -> None:
    text = generate(2, "tab_rows").text
    changed = 0
    for seed in range(200):
        once = mutate(text, chance(seed))
        assert once == mutate(text, chance(seed))
        changed += once != text
    assert changed > 180
    assert mutate("", chance(0)) == ""


def test_the_command_writes_every_layout(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    command = [sys.executable, "-m", "eval.generate", "--all", str(tmp_path), "--seed", "4"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    assert {p.stem for p in tmp_path.glob("*.txt")} == set(LAYOUTS)
    for path in tmp_path.glob("*.json"):
        truth = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_bytes().decode()
        assert all(text[p["start"] : p["end"]] == p["raw"] for p in places(truth))


def test_the_number_of_a_page_is_no_digit_of_the_value_it_cuts() -> None:
    """A value cut by a page's end is the joined pieces; what stands between them is left out."""
    cut = [
        (made, place)
        for made in (generate(seed, "broken_numbers") for seed in range(40))
        for place in places({k: v for k, v in made.truth.items() if k != "extras"})
        if "parts" in place
    ]
    assert len(cut) > 3
    for made, place in cut:
        between = [made.text[a[1] : b[0]] for a, b in pairwise(place["parts"])]
        assert all(any(c.isdigit() for c in gap) and "\n" in gap for gap in between)
        assert number(place) == number({"raw": "".join(made.text[a:b] for a, b in place["parts"])})
    assert not [
        d for made, place in cut for d in made.truth["extras"]["damaged"] if d["start"] == place["start"]
    ]
