"""The rooms of a desk, each by itself."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.document import Document, Page, Word
from extractor.pipeline import Stages, review
from extractor.records import replace
from extractor.review import Review
from extractor.web import auth, csrf
from extractor.web.corrections import Refused, find, pointed, span_of_box, stated, typed, unreadable
from extractor.web.exports import attachment
from extractor.web.files import Files, TooBig
from extractor.web.fold import Happened, fold, standing_events
from extractor.web.history import lines
from extractor.web.intake import safe_name
from extractor.web.notes import keyed
from extractor.web.sidebyside import pairs


@pytest.fixture(scope="module")
def read(report: bytes) -> tuple[Document, Review]:
    stages = Stages()
    found = review(report, stages=stages, file_name="报告.txt")
    assert stages.document is not None
    return stages.document, found


def events(*kinds: tuple[str, dict[str, Any]]) -> list[Happened]:
    return [Happened(n, kind, payload, "审核人", float(n)) for n, (kind, payload) in enumerate(kinds, 1)]


def score(text: str) -> tuple[str, dict[str, Any]]:
    return "value", {"target": "head.total_score", "text": text, "old": ""}


def test_without_events_a_review_is_what_was_read(read: tuple[Document, Review]) -> None:
    document, base = read
    assert fold(base, document, []).review == base


def test_checks_worked_out_anew_from_the_store_are_the_same(read: tuple[Document, Review]) -> None:
    document, base = read
    again = fold(base, document, events(score("94"))).review
    assert again.checks == base.checks and again.notes == base.notes and again.overall == base.overall


def test_the_order_of_undone_events_does_not_matter(read: tuple[Document, Review]) -> None:
    document, base = read
    done = events(score("90"), score("91"), ("undo", {"seq": 2}), ("undo", {"seq": 1}))
    assert fold(base, document, done).review == base
    redone = [*done, Happened(5, "undo", {"seq": 3}, "审核人", 5.0)]
    assert [event.seq for event in standing_events(redone)] == [2]
    total = fold(base, document, redone).review.report.total_score
    assert total is not None and total.value == Decimal(91)
    assert [line.undone for line in lines(redone)] == [True, False, False, False, False]


def step(to: str, name: str) -> tuple[str, dict[str, Any]]:
    return "standing", {"to": to, "name": name}


def test_a_step_back_ends_the_signatures_above_it(read: tuple[Document, Review]) -> None:
    document, base = read
    told = []
    steps = [step("checked", "甲"), step("final", "乙"), step("checked", "丙"), step("final", "丁")]
    for many in range(len(steps) + 1):
        signing = fold(base, document, events(*steps[:many])).signing
        told.append(
            (signing.name, *(each.name if each else None for each in (signing.checked, signing.final)))
        )
    assert told == [
        ("初稿", None, None),
        ("复核", "甲", None),
        ("定稿", "甲", "乙"),
        ("复核", "甲", None),  # who sent it back did not check it
        ("定稿", "甲", "丁"),
    ]
    back = fold(base, document, events(*steps, step("checked", "戊"), step("draft", "戊"))).signing
    assert (back.name, back.checked, back.final) == ("初稿", None, None)


def test_a_verdict_never_says_that_nothing_was_found_where_notes_were_not_adopted(
    read: tuple[Document, Review],
) -> None:
    document, base = read
    steps = [step("checked", "甲"), step("final", "乙")]
    final = fold(base, document, events(*steps)).review
    many = sum(note.severity != "I" for note in base.notes)
    assert many and final.notes == () and not any(final.overall.counts.notes.values())
    assert f"审核人未采纳所提的{many}条意见" in final.overall.reason
    assert "未发现不一致" not in final.overall.reason
    one = ("note", {"key": next(iter(keyed(base.notes))), "decision": "accepted"})
    kept = fold(base, document, events(one, *steps)).review
    assert len(kept.notes) == 1 and kept.overall.verdict != "通过"
    assert sum(kept.overall.counts.notes.values()) == 1


def test_what_no_longer_fits_is_told_and_what_is_new_is_refused(read: tuple[Document, Review]) -> None:
    document, base = read
    bad = events(score("九十多"))
    assert any("第 1 项" in each for each in fold(base, document, bad).review.run.warnings)
    with pytest.raises(Refused):
        fold(base, document, bad, strict=1)


@pytest.mark.parametrize(("text", "value", "unit"), [
    ("1,234.50", "1234.50", "万元"), ("１２３４．５万元", "1234.5", "万元"), ("300元", "300", "元"), ("0", "0", "万元"),
])  # fmt: skip
def test_an_amount_is_read_by_the_one_number_parser(
    read: tuple[Document, Review], text: str, value: str, unit: str
) -> None:
    _, base = read
    figure = next(each for each in base.report.figures if each.amount.unit == "万元")
    found = find(typed(base.report, figure.id, text), figure.id).value
    assert (found.amount.value, found.amount.unit) == (Decimal(value), unit)
    assert found.amount.raw == figure.amount.raw and found.evidence.engine == "user"


@pytest.mark.parametrize("text", ["", "一些", "12%", "30人", "1万元和2万元", "9" * 3000])
def test_what_is_no_amount_is_refused(read: tuple[Document, Review], text: str) -> None:
    _, base = read
    figure = next(each for each in base.report.figures if each.amount.unit == "万元")
    with pytest.raises(Refused, match="请"):
        typed(base.report, figure.id, text)


def test_a_cell_that_several_rows_share_is_corrected_once(read: tuple[Document, Review]) -> None:
    _, base = read
    row = next(each for each in base.report.base_data if each.cells and each.cells[0].cell.kind == "num")
    cell = row.cells[0].cell
    after = typed(base.report, cell.id, "7")
    assert find(after, cell.id).value.value == 7
    assert replace(after, base_data=base.report.base_data) == base.report
    assert find(typed(base.report, cell.id, ""), cell.id).value.kind == "blank"
    empty = find(unreadable(base.report, cell.id), cell.id).value
    assert (empty.value, empty.kind, empty.evidence.certain) == (None, "unreadable", False)


def test_facts_of_the_head(read: tuple[Document, Review]) -> None:
    _, base = read
    assert stated(base.report, "fiscal_year", "2022").fiscal_year == 2022
    assert stated(base.report, "report_date", "2024-03-15").report_date == "2024-03-15"
    for field, text in (
        ("fiscal_year", "二〇二二"),
        ("report_date", "2024-02-30"),
        ("kind", "别的"),
        ("grade", "优"),
    ):
        with pytest.raises(Refused):
            stated(base.report, field, text)


def test_a_box_on_a_page_is_the_words_in_it() -> None:
    words = (Word(0, 2, 1, (0, 0, 20, 10)), Word(3, 6, 1, (30, 0, 60, 10)), Word(7, 9, 2, (30, 0, 60, 10)))
    page = Page(number=1, width=100, height=100, rotation=0, source="text", start=0, end=9)
    document = Document("a.pdf", "application/pdf", "0" * 64, "pdf", "总额 123 45", (page,), (), words)
    span = span_of_box(document, 1, (25, 0, 70, 12))
    assert (span.start, span.end, span.parts) == (3, 6, None)
    both = span_of_box(document, 1, (0, 0, 70, 12))
    assert [(part.start, part.end) for part in both.parts or ()] == [(0, 2), (3, 6)]
    with pytest.raises(Refused, match="框"):
        span_of_box(document, 3, (0, 0, 100, 100))


def test_a_value_pointed_at_in_a_page_has_its_box(read: tuple[Document, Review]) -> None:
    document, base = read
    at = document.text.index("593.35万元")
    document = document._replace(words=(Word(at, at + 8, 4, (1.0, 2.0, 3.0, 4.0)),))
    figure = next(each for each in base.report.figures if each.amount.unit == "万元")
    span = find(
        pointed(base.report, document, figure.id, span_of_box(document, 4, (0, 0, 9, 9))), figure.id
    ).value.span
    assert (span.start, span.page, span.bbox) == (at, 4, (1.0, 2.0, 3.0, 4.0))


def test_equal_notes_have_keys_of_their_own(read: tuple[Document, Review]) -> None:
    note = read[1].notes[0]
    assert len(keyed([note, replace(note, id="x"), replace(note, comment="别的")])) == 3


def test_a_report_beside_itself_differs_in_nothing(read: tuple[Document, Review]) -> None:
    found = pairs(read[1].report, read[1].report)
    assert len(found) > 50 and all(pair.left == pair.right for pair in found)
    assert {pair.difference for pair in found} <= {None, Decimal(0)}


@pytest.mark.parametrize(("given", "safe"), [
    ("../../etc/passwd", "passwd"), ("C:\\报告\\一.docx", "一.docx"), ("..", "未命名文件"), ("", "未命名文件"),
    ("a\u202egpj.exe", "a gpj.exe"), ("\n换\t行.txt ", "换 行.txt"), ("长" * 300 + ".docx", "长" * 115 + ".docx"),
])  # fmt: skip
def test_a_safe_name(given: str, safe: str) -> None:
    assert safe_name(given) == safe


@pytest.mark.parametrize(("name", "plain"), [
    ("报告.定稿.审核意见.docx", "review.docx"), ("a b.txt", "a_b.txt"), ("报告2024.expected.json", "__2024.expected.json"),
    ("无后缀", "review"), ("x.坏后缀", "x"),
])  # fmt: skip
def test_an_old_browser_saves_a_file_under_a_name_too(name: str, plain: str) -> None:
    assert attachment(name)["Content-Disposition"].startswith(f'attachment; filename="{plain}"; ')


def test_a_file_too_large_leaves_nothing_behind(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.prepare()
    with pytest.raises(TooBig):
        files.receive(io.BytesIO(b"x" * 100), 99)
    assert list(files.incoming.iterdir()) == []
    arrived = files.receive(io.BytesIO(b"x" * 100), 100)
    files.keep(arrived)
    assert files.path(arrived.sha256).read_bytes() == b"x" * 100 and not arrived.path.exists()
    assert files.without([]) == [arrived.sha256] and files.without([arrived.sha256]) == []
    for wrong in ("../secret", "a" * 63, "A" * 64):
        with pytest.raises(ValueError, match="hash"):
            files.path(wrong)


def test_a_password_is_kept_as_a_salted_hash() -> None:
    kept = auth.hashed("correct horse")
    assert auth.matches("correct horse", kept) and not auth.matches("correct horsf", kept)
    assert kept != auth.hashed("correct horse") and "correct" not in kept


@pytest.mark.parametrize(("method", "headers", "ambient", "passes"), [
    ("GET", {"origin": "http://evil"}, True, True),
    ("POST", {}, False, True),
    ("POST", {}, True, False),
    ("POST", {"x-csrf-token": csrf.token_of("seed")}, True, True),
    ("POST", {"x-csrf-token": csrf.token_of("other")}, True, False),
    ("POST", {"origin": "http://desk", "host": "desk"}, False, False),
    ("POST", {"origin": "http://evil", "host": "desk", "x-csrf-token": csrf.token_of("seed")}, True, False),
    ("DELETE", {"sec-fetch-site": "same-site", "x-csrf-token": csrf.token_of("seed")}, True, False),
])  # fmt: skip
def test_who_may_change_something(method: str, headers: dict[str, str], ambient: bool, passes: bool) -> None:
    assert (csrf.objection(method, "/api/v1/reviews", headers, "seed", ambient=ambient) is None) == passes


def test_an_empty_seed_has_no_token() -> None:
    assert not csrf.right("", csrf.token_of(""))


def test_importing_the_product_imports_no_server() -> None:
    import subprocess
    import sys

    code = "import sys, extractor, extractor.cli, extractor.pipeline; print(*sys.modules)"
    loaded: Sequence[str] = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert not {"fastapi", "uvicorn", "sqlalchemy", "alembic", "extractor.web"} & set(loaded)
