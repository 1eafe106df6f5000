"""The draw: pairs of clean and planted reports in every layout and format, told before printing, found again after reading."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import eval.generate
from eval.generate import FORMATS, LAYOUTS, Item, draw, formats_of, planted
from eval.generate.lexicon import DEVELOPMENT, HELDOUT
from eval.generate.pages import advance, wrapped
from eval.generate.planted import Plan, plans
from eval.generate.reference import apply, reference, unprinted
from eval.generate.report import draft
from eval.generate.truth import finish
from eval.generate.workbook import number_shape
from eval.planting import Sheet
from extractor.load import load
from extractor.settings import Settings

FILES = ("docx", "xlsx", "html", "pdf")
DRAWS = {kind: draw(kind, 500) for kind in ("development", "heldout")}


def values(node: Any) -> Iterator[dict[str, Any]]:
    """Every printed value of a gold."""
    if isinstance(node, dict):
        if {"raw", "start", "end"} <= set(node):
            yield node
        for inner in node.values():
            yield from values(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from values(inner)


def squeezed(text: str) -> str:
    """Without white space."""
    return "".join(text.split())


def test_the_generator_knows_nothing_of_the_product() -> None:
    """Truth and print share no alias table, pattern or wording with what is measured: nothing of the product is imported."""
    folder = Path(eval.generate.__file__).parent
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] == "extractor" for name in names), path.name
            used = {"toml", "prompts", "profiles"} & set(names)
            assert not used, path.name


@pytest.mark.parametrize("kind", DRAWS)
def test_a_draw_is_balanced_and_repeats(kind: str) -> None:
    """500 reports: half clean, each beside its planted twin; every layout and every format; whatever was drawn before."""
    items = DRAWS[kind]
    assert len(items) == 500
    assert len({item.name for item in items}) == 500
    assert sum(item.sinful for item in items) == 250
    assert all(
        one.twin == two.name and two.twin == one.name
        for one, two in zip(items[::2], items[1::2], strict=True)
    )
    layouts, formats = Counter(i.layout for i in items), Counter(i.format for i in items)
    assert set(layouts) == set(LAYOUTS)
    assert set(formats) == set(FORMATS)
    assert max(layouts.values()) <= 4 * min(layouts.values())
    assert all(formats[form] >= 40 for form in FILES)


def test_draws_share_no_seed_and_each_has_its_own_words() -> None:
    """What was tuned on one draw says nothing of the other."""
    one, two = ({item.seed for item in items} for items in DRAWS.values())
    assert not one & two
    for name in ("bureaus", "projects", "goals", "filler", "reasons", "duties"):
        shown, kept = set(getattr(DEVELOPMENT, name)), set(getattr(HELDOUT, name))
        assert kept - shown, name
        assert kept & shown, name
    for name in ("phrases", "bank", "headers"):
        shown_words = {w for words in getattr(DEVELOPMENT, name).values() for w in words}
        kept_words = {w for words in getattr(HELDOUT, name).values() for w in words}
        assert len(kept_words - shown_words) >= 10, name


def test_a_draw_repeats() -> None:
    """The same reports every time."""
    assert draw("heldout", 60) == draw("heldout", 60)


def test_an_unknown_draw_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="unknown draw 'training'; known: development, heldout"):
        draw("training")


@pytest.mark.parametrize("form", FILES)
def test_one_truth_stands_in_every_kind_of_file(form: str) -> None:
    """Every value of the truth is found again, word for word, in what a loader reads from the file."""
    items = [item for item in DRAWS["development"] if item.format == form and item.layout != "half_width"][
        :12
    ]
    for item in items:
        document = load(item.data, Settings(), item.file_name)
        found = list(values({k: v for k, v in item.gold(document).items() if k != "extras"}))
        assert found or item.layout.startswith(("prose", "final")), item.name
        right = sum(squeezed(document.text[v["start"] : v["end"]]) == squeezed(v["raw"]) for v in found)
        assert right >= 0.99 * len(found), item.name


@pytest.mark.parametrize("form", FORMATS)
def test_equal_items_give_equal_files(form: str) -> None:
    """Rendering is a function of the item alone."""
    layout = "two_goals" if form != "md" else "markdown_pipe"
    item = Item("development", 5, layout, form, True)
    again = Item("development", 5, layout, form, True)
    one, two = item.data, again.data
    if form in ("docx", "xlsx"):
        books = [zipfile.ZipFile(io.BytesIO(data)) for data in (one, two)]
        assert [b.read(n) for b in books[:1] for n in b.namelist()] == [
            b.read(n) for b in books[1:] for n in b.namelist()
        ]
    else:
        assert one == two
    assert item.printed == again.printed


def test_a_planted_report_differs_from_its_twin_in_what_was_planted() -> None:
    """The twin says the same but for the planted places, in the text as in the file."""
    for item in [i for i in DRAWS["development"] if i.sinful and i.format in ("txt", *FILES)][:24]:
        twin = Item(item.kind, item.seed, item.layout, item.format, False)
        assert twin.name == item.twin
        assert not twin.planted
        if not item.planted:
            continue
        assert item.printed != twin.printed, item.name
        document = load(item.data, Settings(), item.file_name)
        item.gold(document)
        for plan in item.planted:
            assert plan.codes
            for start, end in plan.places:
                assert 0 <= start < end <= len(document.text)


def test_most_planted_reports_carry_an_error_and_codes_are_many() -> None:
    """The held-out draw plants into nearly every twin, over most of the catalogue."""
    items = [i for i in DRAWS["heldout"] if i.sinful and i.format in ("txt", "html")][:120]
    planted = [item.planted for item in items]
    assert sum(map(bool, planted)) >= 0.95 * len(items)
    assert len({plan.code for plans_ in planted for plan in plans_}) >= 40


def test_text_layouts_stay_text() -> None:
    """Glued, scrambled and otherwise damaged texts have no tables to set."""
    for layout in ("glued_cells", "scrambled", "ocr_noise", "flat_line", "tab_led_cells"):
        assert formats_of(layout) == ("txt",)
    assert set(formats_of("tables")) >= {"docx", "xlsx", "html", "pdf", "scan", "png"}


def test_an_edit_of_the_reference_is_an_edit_of_the_blocks() -> None:
    """Whatever a kind of error does to the reference text, the blocks print it afterwards."""
    for layout in ("two_goals", "sentences"):
        made = draft(3, layout)
        first = reference(made.blocks)
        sheet = Sheet(layout, first.canvas.text, finish(made.desk.truth, first.canvas, layout))
        known = plans(sheet)
        assert known
        for number in range(len(known)):
            other = draft(3, layout)
            shown = reference(other.blocks)
            unprinted(other.desk.truth, shown)
            edits = known[number].proposal.edits
            apply(shown, edits)
            text = first.canvas.text
            for start, end, new in sorted(set(edits), reverse=True):
                text = text[:start] + new + text[end:]
            assert squeezed(reference(other.blocks).canvas.text) == squeezed(text), known[number].kind


def test_lines_are_wrapped_within_their_width() -> None:
    """No line of a cell is wider than the cell, and no short number is cut."""
    for line in wrapped(["（执行率）12.5%及1234.56万元"], 4.0):
        assert sum(advance(char) for char, _ in line) <= 4.0
    joined = ["".join(c for c, _ in line) for line in wrapped(["共计1234.56万元"], 4.0)]
    assert any("1234.56" in line for line in joined)


def test_numbers_of_a_workbook_show_as_printed() -> None:
    """The number format prints the very digits."""
    assert number_shape("1,234.50") == "#,##0.00"
    assert number_shape("98.30%") == "0.00%"
    assert number_shape("12") == "0"
    assert number_shape("007") is None
    assert number_shape("≥90%") is None


def test_the_command_writes_a_draw(tmp_path: Path) -> None:
    """python -m eval.generate --draw writes each report as its file and says what was planted."""
    command = [
        sys.executable,
        "-m",
        "eval.generate",
        "--draw",
        "heldout",
        "--many",
        "4",
        "--all",
        str(tmp_path),
    ]
    run = subprocess.run(
        command, cwd=Path(__file__).parent.parent, check=True, capture_output=True, text=True
    )
    names = sorted(item.file_name for item in draw("heldout", 4))
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert run.stdout.count("planted.") == 2


@pytest.mark.parametrize("layout", ["tab_rows", "ocr_noise", "broken_numbers"])
def test_what_is_planted_stands_in_the_print(layout: str) -> None:
    """Print that cuts names or spoils digits takes the error with it: then nobody is asked to find it."""
    asked = 0
    for seed in range(30):
        item = Item("development", seed, layout, "txt", True)
        text = item.data.decode()
        for plan in item.planted:
            for start, end in plan.places:
                asked += 1
                said = "".join(text[a:b] for a, b in places_of(item, start, end))
                assert folded(said) in {folded(slot.text) for slot in plan.slots}
    assert asked > 20


def places_of(item: Item, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces of the value of the gold that stands there; one where nothing cuts it."""
    found = (v for v in values(item.gold()) if (v["start"], v["end"]) == (start, end) and "parts" in v)
    return next(([(a, b) for a, b in v["parts"]] for v in found), [(start, end)])


def folded(text: str) -> str:
    """Without white space, full-width digits as plain ones."""
    return squeezed(unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize(
    ("form", "key"), [("pdf", "boxes"), ("docx", "address"), ("xlsx", "address"), ("html", "address")]
)
def test_a_value_of_a_table_knows_where_it_was_printed(form: str, key: str) -> None:
    """A page gives boxes, a workbook, a Word file and a web page the names of cells; both are kept while printing."""
    item = Item("development", 7, "several_forms", form, False)
    gold = item.gold(load(item.data, Settings(), item.file_name))
    rows = [value for name in ("indicators", "funds") for value in values(gold[name])]
    assert len(rows) > 40 and all(value[key] for value in rows)
    if key == "address":
        own = [value["address"] for value in rows if value["raw"]]
        assert len(set(own)) > len(own) / 2 and all(
            re.fullmatch(r"table \d+ row \d+ col \d+|.+![A-Z]+\d+", a) for a in own
        )


def test_a_form_that_calls_its_project_otherwise_makes_two_projects(monkeypatch: pytest.MonkeyPatch) -> None:
    """CON-05: the line of the 汇总表 is a project of its own where no form goes by its name."""
    chosen: list[list[Plan]] = []

    def only(known: list[Plan], *_: object) -> list[Plan]:
        chosen.append([plan for plan in known if plan.kind == "项目名称前后不一致"][:1])
        return chosen[-1]

    monkeypatch.setattr(planted, "_chosen", only)
    for seed in range(12):
        clean, item = (Item("development", seed, "tables", "txt", sinful) for sinful in (False, True))
        names = [project["name"]["raw"] for project in item.gold()["projects"]]
        assert len(names) == len(set(names)) == len(clean.gold()["projects"]) + len(chosen[-1])
    assert any(chosen)
