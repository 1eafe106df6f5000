"""Words asked of a text without a compiled expression, and garbled or glued cells."""

from __future__ import annotations

import time

import pytest

from extractor.document import Document, Span, Table
from extractor.extract.rules.cells import cell_of, label_points
from extractor.extract.rules.figures.names import Names
from extractor.extract.rules.lexicon import Lexicon, Vocabulary, holds
from extractor.extract.rules.projects import Totals, form_project
from extractor.segment.atoms import atom_of
from extractor.segment.forms import Form
from extractor.segment.marks import LIKELY, marked


def _document(text: str) -> Document:
    return Document("report.txt", "text/plain", "0" * 64, "text", text)


def test_the_longest_name_is_found_and_none_over_another() -> None:
    names = Lexicon(["水库除险", "水库除险加固", "加固工程", "一"])
    text = "水库除险加固工程与水库除险"
    assert [text[a:b] for a, b in names.found(text)] == ["水库除险加固", "水库除险"]
    assert [text[a:b] for a, b in names.inside(text)] == ["水库除险加固", "水库除险", "加固工程", "水库除险"]


def test_a_vocabulary_covers_what_its_words_make_up() -> None:
    words = Vocabulary("年度|年|度支|支出|出|共")
    assert words.covers("年度支出共") and words.covers("年度支出") and words.covers("")
    assert not words.covers("年初支出")
    assert words.tail("本年度支出") == 1 and words.tail("本") == 1
    assert words.run("本年度支出额", 1) == 5


def test_holds() -> None:
    assert holds("年初预算", ("决算", "预算")) and not holds("", ("决算",))


def test_a_name_near_one_of_the_forms_is_that_one() -> None:
    names = Names(("河道清淤疏浚工程", "危房改造项目"), [], [])
    assert names.canonical("河道清淤疏浚") == "河道清淤疏浚工程"
    assert names.canonical("城南河道清淤疏浚资金") == "河道清淤疏浚工程"
    names.add("河道清淤疏浚二期工程")
    assert names.canonical("河道清淤疏浚二期") == "河道清淤疏浚二期"
    assert names.canonical("河道清淤") == "河道清淤"


def test_five_thousand_names_cost_what_their_text_costs() -> None:
    known = tuple(f"河道清淤第{i}期项目" for i in range(5000))
    started = time.process_time()
    names = Names(known, [], [])
    text = "。".join(f"{name}已完工" for name in known)
    assert len(names.mentions(text)) == 5000
    assert all(names.canonical(name.removesuffix("项目")) == name for name in known)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("text", ["99.B4分", "l.5", "1O0", "≥9l.6%", "≥l2场", "A4"])
def test_a_garbled_cell_has_no_number(text: str) -> None:
    document = _document(text)
    assert cell_of(document, atom_of(document, [(0, len(text))]), "x").value is None


@pytest.mark.parametrize(
    ("text", "value"), [("120km", "120"), ("20m2", "20"), ("≤35mg", "35"), ("98.5分", "98.5")]
)
def test_a_unit_in_letters_leaves_the_number(text: str, value: str) -> None:
    document = _document(text)
    assert str(cell_of(document, atom_of(document, [(0, len(text))]), "x").value) == value


def test_garbled_points_of_a_label_are_none() -> None:
    assert label_points("产出指标(5O.5分)") is None
    assert str(label_points("产出指标(50.5分)")) == "50.5"


def test_a_goal_of_glued_cells_says_so() -> None:
    document = _document("危房改造项目完成一百户改造")
    name, goal = atom_of(document, [(0, 6)]), marked(document, [(6, 13)], LIKELY)
    form = Form(heads=[("project_name", name, name)], goals=[("expected", goal)])
    table = Table(
        id="t1", title="", kind="self_evaluation", scope=name.text, n_rows=1, n_cols=1, header_rows=0,
        span=Span(start=0, end=13), cells=(),
    )  # fmt: skip
    project = form_project(document, form, table, "p1", [], Totals(None, None, None))
    assert project is not None and project.goal_expected is not None
    assert project.goal_expected.evidence.flags == ("glued",)
