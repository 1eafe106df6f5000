"""问题清单及勾稽.xlsx read back: every number is the review's, every formula gives what the check computed."""

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from extractor import Review, review
from extractor.findings import Check
from extractor.identities import names_in
from extractor.records import replace
from extractor.render import RENDERERS
from extractor.render.rows import LONGEST_OPINION, opinions
from extractor.render.values import Lines, values
from extractor.render.view import shown, view
from extractor.render.workbook.formulas import excel
from extractor.render.workbook.sheet import printed
from tests.factory import note_of

REPO = Path(__file__).resolve().parent.parent
FIXTURES = sorted(
    path.parent.name for path in (REPO / "fixtures").glob("*/report.*") if path.suffix in (".txt", ".md")
)
SHEETS = ["问题清单", "勾稽", "得分复算", "指标", "数据", "签发"]
SOFFICE = shutil.which("soffice")


@cache
def reviewed(name: str) -> Review:
    return review(next((REPO / "fixtures" / name).glob("report.*")))


def workbook(result: Review, *, results: bool = True) -> Any:
    """The workbook as a reader sees it: cached results, or the formulas."""
    return load_workbook(BytesIO(RENDERERS["xlsx"](result)), data_only=results)


def rows(sheet: Any) -> list[dict[str, Any]]:
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def same(cell: Any, value: Decimal | None) -> bool:
    """A cell holds 15 digits; those of the value are all there."""
    if value is None or cell is None:
        return cell is None and value is None
    return Decimal(repr(cell)) == Decimal(f"{value:.15g}")


@pytest.mark.parametrize("name", FIXTURES)
def test_the_ledger_is_the_reviews_to_the_last_digit(name: str) -> None:
    result = reviewed(name)
    told = {row["代码"]: row for row in rows(workbook(result)["勾稽"])}
    assert set(told) == {check.id for check in result.checks}
    for check in result.checks:
        row = told[check.id]
        assert same(row["计算值"], check.computed), check.id
        assert same(row["报告值"], check.reported), check.id
        assert same(row["差额"], check.difference), check.id
        assert same(row["容差"], check.tolerance), check.id
        by_name = {operand.name: operand for operand in check.operands}
        for number, operand in enumerate(names_in(check.formula or ""), 1):
            assert same(row[f"数{number}"], by_name[operand].value)


@pytest.mark.parametrize("name", FIXTURES)
def test_what_was_computed_is_a_formula_over_its_operands(name: str) -> None:
    result = reviewed(name)
    checks = {check.id: check for check in result.checks}
    for row in rows(workbook(result, results=False)["勾稽"]):
        check = checks[row["代码"]]
        assert str(row["计算值"]).startswith("=") is bool(check.formula)
        if follows(check):
            assert str(row["差额"]).startswith("=ABS(")


def follows(check: Check) -> bool:
    """The difference is that of the computed and the reported value."""
    both = check.computed is not None and check.reported is not None
    return both and check.difference == abs(check.computed - check.reported)  # type: ignore[operator]


@pytest.mark.parametrize("name", FIXTURES)
def test_the_other_sheets_hold_every_row_and_number(name: str) -> None:
    result, seen = reviewed(name), view(reviewed(name))
    book = workbook(result)
    assert book.sheetnames == SHEETS
    issues = [row for row in rows(book["问题清单"]) if row["序号"]]
    assert [row["复核发现"] for row in issues] == [shown(item.note.comment) for item in seen.listed]
    assert all(row[name] is None for row in issues for name in ("单位说明", "佐证", "复核意见"))
    scored = [row for row in rows(book["得分复算"]) if row["表"]]
    lines = [line for form in seen.scores for line in form.lines]
    recomputed = [row for row in scored if row["指标"] not in ("分值合计", "得分合计")]
    assert all(same(row["复算得分"], line.again) for row, line in zip(recomputed, lines, strict=True))
    found = rows(book["数据"])
    data = values(result)
    assert [row["编号"] for row in found] == [value.id for value in data]
    places = Lines(result)
    for row, value in zip(found, data, strict=True):
        assert same(row["数值"], value.number)
        assert same(row["折算为元、人、%"], value.base)
        assert (row["起"], row["止"], row["行"]) == (
            value.span.start, value.span.end, places.line(value.span.start),
        )  # fmt: skip


@pytest.mark.parametrize("name", FIXTURES)
def test_indicators_are_as_printed_and_ready_to_paste(name: str) -> None:
    result, seen = reviewed(name), view(reviewed(name))
    told = [row for row in rows(workbook(result)["指标"]) if row["指标"]]
    for row, indicator, opinion in zip(told, result.report.indicators, opinions(seen), strict=True):
        for column, cell in (
            ("三级指标", indicator.level3),
            ("分值", indicator.points),
            ("得分", indicator.score),
        ):
            text = printed(cell.text) if cell and cell.kind != "blank" else None
            assert (
                same(row[column], text)
                if isinstance(text, Decimal)
                else row[column] == (text and shown(text))
            )
        assert row["审核意见"] == opinion.words
        assert 0 < len(opinion.words) <= LONGEST_OPINION
        assert same(row["核查分数"], opinion.score)
        own = printed(indicator.score.text) if indicator.score else None
        if opinion.score is not None and isinstance(own, Decimal):
            assert opinion.score <= own


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a + b - c", "=M2+O2-Q2"),
        ("round(percent(a, b), 2)", "=ROUND((M2/O2*100),2)"),
        ("percent(a + b, c)", "=((M2+O2)/Q2*100)"),
        ("round(a * min(b / c, 1), 2)", "=ROUND(M2*MIN(O2/Q2,1),2)"),
        ("max((a - b), 0) * 10000", "=MAX((M2-O2),0)*10000"),
        ("(a) / (b + (c))", "=M2/(O2+Q2)"),
    ],
)
def test_a_formula_in_excel(formula: str, expected: str) -> None:
    assert excel(formula, {"a": "M2", "b": "O2", "c": "Q2"}) == expected


def nasty(text: str) -> Review:
    """A review whose report printed `text` wherever it could."""
    base = reviewed("yuan_captions")
    told = note_of(text)
    indicators = tuple(
        replace(row, level3=replace(row.level3, text=text) if row.level3 else None)
        for row in base.report.indicators
    )
    checks = tuple(
        replace(check, reason=text, operands=tuple(replace(o, role=text) for o in check.operands))
        for check in base.checks
    )
    return replace(base, notes=(told,), checks=checks, report=replace(base.report, indicators=indicators))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
def test_no_text_of_a_report_becomes_a_formula_or_a_link(start: str) -> None:
    text = start + 'HYPERLINK("http://e.example","x")'
    data = RENDERERS["xlsx"](nasty(text))
    book = load_workbook(BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" and "HYPERLINK" in str(cell.value)]
    risky = [
        cell for cell in cells if cell.data_type == "s" and str(cell.value).startswith(("=", "+", "-", "@"))
    ]
    assert bool(risky) is (start != "＝")
    assert all(cell.quotePrefix for cell in risky)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert not [
            name for name in archive.namelist() if "external" in name.lower() or "_rels/sheet" in name
        ]


def test_people_and_secrets_are_in_no_cell() -> None:
    base = nasty("联系人：张三，电话13812345678")
    secret = replace(base.notes[0], id="n2", code="CON-10", comment="代号红杉")
    cells = [
        str(value)
        for sheet in workbook(replace(base, notes=(*base.notes, secret)))
        for row in sheet.iter_rows(values_only=True)
        for value in row
    ]
    assert not [text for text in cells if "张三" in text or "1381234" in text or "红杉" in text]


@pytest.mark.parametrize("name", ["yuan_captions", "tab_led_department"])
def test_a_sheet_is_ready_to_filter_and_to_print(name: str) -> None:
    for sheet in workbook(reviewed(name)):
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == ("9", "0") or (
            int(sheet.page_setup.paperSize), int(sheet.page_setup.fitToHeight),
        ) == (9, 0)  # fmt: skip


def test_the_same_review_gives_the_same_bytes() -> None:
    one, other = (RENDERERS["xlsx"](reviewed("glued_cells")) for _ in range(2))
    assert one == other
    with zipfile.ZipFile(BytesIO(one)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.skipif(SOFFICE is None, reason="soffice is not installed: scripts/system-packages")
def test_libreoffice_opens_it_and_computes_the_same(tmp_path: Path) -> None:
    for name in FIXTURES:
        (tmp_path / f"{name}.xlsx").write_bytes(RENDERERS["xlsx"](reviewed(name)))
    out = tmp_path / "again"
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), *map(str, sorted(tmp_path.glob("*.xlsx")))],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    seen = [pair for name in FIXTURES for pair in recomputed(tmp_path / f"{name}.xlsx", out / f"{name}.xlsx")]
    assert len(seen) > 300
    assert [pair for pair in seen if not close(*pair)] == []


def recomputed(ours: Path, theirs: Path) -> Iterator[tuple[Any, Any]]:
    """(our result, theirs) of every formula."""
    formulas, results, again = (
        load_workbook(ours),
        load_workbook(ours, data_only=True),
        load_workbook(theirs, data_only=True),
    )
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield tuple(book[sheet.title][cell.coordinate].value for book in (results, again))  # type: ignore[misc]


def close(one: Any, other: Any) -> bool:
    return isinstance(other, int | float) and abs(one - other) <= 1e-9 * max(1, abs(one))
