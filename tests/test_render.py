"""What the outside sees: JSON by the contract, an opinion that no text can break, a summary that fits its terminal."""

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from extractor import Review, review
from extractor.errors import SettingsError
from extractor.findings import Basis, Note
from extractor.records import from_json, replace
from extractor.redact import redact
from extractor.render import RENDERERS, renderers
from extractor.render.files import names_for
from extractor.render.markdown import escape
from extractor.render.summary import brief, summary
from extractor.render.terminal import Paint, pad, table, width, wrap
from extractor.render.words import INTERNAL

REPO = Path(__file__).resolve().parent.parent
FIXTURES = sorted(path for path in (REPO / "fixtures").glob("*/report.*") if path.suffix in (".txt", ".md"))
MARKDOWN = MarkdownIt("commonmark").enable("table")
NASTY = (
    "a|b", "[点我](javascript:alert(1))", "<script>x</script>", "![图](http://e.example/a.png)", "<http://e.example>",
    "*粗* _斜_ `码` ~~删~~", "# 标题", "1. 项", "- 项", "> 引", "&lt;b&gt;", "a\\|b", "\n\n# 新段\n", "| x | y |", "***",
    "===", "$x$", "[1]: http://e.example", "结尾\\", "{{ 单位 }}", "{% if %}", "www.e.example",
)  # fmt: skip
HEADINGS = ("一、", "二、", "三、", "四、", "五、", "六、", "附1", "附2", "附3", "附4")


@cache
def reviewed(name: str) -> Review:
    path = next((REPO / "fixtures" / name).glob("report.*"))
    return review(path)


def note(number: int, severity: str, **texts: str) -> Note:
    told = {
        "location": "附表1",
        "quote": "原文",
        "comment": "经复算相差1万元。",
        "action": "请核实。",
    } | texts
    return Note(
        **told | {"id": f"n{number}", "code": "SUM-01", "severity": severity, "cause_group": f"g{number}"}
    )


def opinion(result: Review) -> str:
    return RENDERERS["md"](result).decode()


def nasty_review(text: str) -> Review:
    """A review in which the report managed to put `text` into every place it can reach."""
    base = reviewed("yuan_captions")
    assert base.report.unit_name
    indicators = tuple(
        replace(row, level3=replace(row.level3, text=text) if row.level3 else None)
        for row in base.report.indicators
    )
    return replace(
        base,
        document=replace(base.document, file_name=text),
        report=replace(
            base.report,
            unit_name=replace(base.report.unit_name, text=text),
            indicators=indicators,
            tables=tuple(replace(t, title=text) for t in base.report.tables),
        ),
        checks=tuple(
            replace(c, reason=text, operands=tuple(replace(o, role=text) for o in c.operands))
            for c in base.checks
        ),
        notes=tuple(
            note(n, level, location=text, quote=text, comment=text, action="请补充" + text)
            for n, level in enumerate(("P0", "P1", "P2", "I"), 1)
        ),
        run=replace(base.run, warnings=(text,), dropped=(text,)),
    )


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_json_is_the_contract_and_the_same_twice(path: Path) -> None:
    one, other = (RENDERERS["json"](review(path)) for _ in range(2))
    read, again = json.loads(one), json.loads(other)
    del read["run"]["log"], again["run"]["log"]
    assert json.dumps(read) == json.dumps(again)
    assert list(json.loads(one)) == list(Review.fields())
    assert from_json(Review, one).report == review(path).report
    assert "\\u" not in one.decode()


def test_json_writes_decimals_as_text_and_absence_as_null() -> None:
    data = json.loads(RENDERERS["json"](reviewed("yuan_captions")))
    cells = [cell for row in data["report"]["funds"] for cell in row.values() if isinstance(cell, dict)]
    values = [cell["value"] for cell in cells]
    assert any(isinstance(value, str) and Decimal(value) for value in values)
    assert all(value is None or isinstance(value, str) for value in values)
    assert not any("E" in value for value in values if value)


def test_an_unknown_format_names_the_known_and_the_coming() -> None:
    with pytest.raises(SettingsError, match=r"'pdf'.*json、md.*docx、xlsx、html"):
        renderers(["md", "pdf"])


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_the_opinion_has_its_ten_parts_and_whole_tables(path: Path) -> None:
    text = opinion(review(path))
    parts = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert [part[: len(head)] for part, head in zip(parts, HEADINGS, strict=True)] == list(HEADINGS)
    assert text.startswith("# 关于")
    assert "系统建议，以审核人签批为准" in text
    assert "None" not in text
    assert "confidence" not in text
    assert_whole_tables(text)


def assert_whole_tables(text: str) -> None:
    """Every table row has as many cells as its head, and every line that starts a cell is in a table."""
    tokens = MARKDOWN.parse(text)
    head = 0
    cells = 0
    rows = 0
    for token in tokens:
        if token.type == "tr_open":
            cells = 0
        elif token.type == "th_open":
            cells += 1
            head = cells
        elif token.type == "td_open":
            cells += 1
        elif token.type == "tr_close":
            assert cells == head
            rows += 1
    borders = len(re.findall(r"^\|(?:-+:?\||:?-+\|)", text, re.MULTILINE))
    assert rows + borders == len(re.findall(r"^\|", text, re.MULTILINE))


@pytest.mark.parametrize("text", NASTY)
def test_no_text_of_a_report_becomes_markup(text: str) -> None:
    plain, rendered = opinion(reviewed("yuan_captions")), opinion(nasty_review(text))
    assert_whole_tables(rendered)
    kinds = {token.type for token in MARKDOWN.parse(plain)} | {"text", "softbreak", "text_special"}
    for token in MARKDOWN.parse(rendered):
        assert token.type in kinds | {
            "heading_open",
            "heading_close",
            "bullet_list_open",
            "bullet_list_close",
        }
        for child in token.children or ():
            assert child.type in {"text", "softbreak", "strong_open", "strong_close", "text_special"}, child
    assert rendered.count("\n## ") == plain.count("\n## ")


@pytest.mark.parametrize("text", NASTY)
def test_escaped_text_reads_as_it_was_printed(text: str) -> None:
    html = MARKDOWN.render("x " + escape(text))
    shown = re.sub(r"<[^>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert shown.replace("&amp;", "&").strip() == "x " + " ".join(text.split())


def test_main_issues_are_ten_at_most_and_the_rest_is_in_the_list() -> None:
    notes = tuple(note(n, "P0" if n < 3 else "P1", comment=f"事实{n:02}") for n in range(1, 15))
    text = opinion(replace(reviewed("yuan_captions"), notes=notes))
    main, appendix = text.split("## 三、")[1].split("## 四、")[0], text.split("## 附1")[1].split("## 附2")[0]
    assert [n for n in range(1, 15) if f"事实{n:02}" in main] == list(range(1, 11))
    assert all(f"事实{n:02}" in appendix for n in range(1, 15))
    assert "其余4条见附1" in main


def test_a_dismissed_note_is_in_no_rendering() -> None:
    gone = replace(note(1, "P0", comment="已撤销的意见"), state="dismissed")
    result = replace(reviewed("yuan_captions"), notes=(gone,))
    assert "已撤销" not in opinion(result) + summary(result, 80)


def test_what_is_secret_is_repeated_nowhere() -> None:
    secret = replace(
        note(1, "P1", comment="代号红杉", location="红杉项目", quote="红杉", action="审查红杉"), code="CON-10"
    )
    result = replace(reviewed("yuan_captions"), notes=(secret,))
    assert "红杉" not in opinion(result) + summary(result, 80)
    assert "内部提示" in summary(result, 80)
    assert "内部提示" not in opinion(result)


def test_an_unverified_basis_is_a_reference() -> None:
    cited = replace(
        note(1, "P0"), basis=(Basis(text="甲规定", verified=True), Basis(text="乙办法", verified=False))
    )
    assert "甲规定；乙办法（参考）" in opinion(replace(reviewed("yuan_captions"), notes=(cited,)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系人：张三，电话13812345678", "联系人：（姓名略），电话（电话略）"),
        ("填表人（签字）：欧阳 小明", "填表人（签字）：（姓名略）"),
        ("0731-28123456", "（电话略）"),
        ("身份证430203197001011234", "身份证（证件号略）"),
        ("a.b@e.example", "（邮箱略）"),
        ("支出13812345678元，预算593.35万元", "支出13812345678元，预算593.35万元"),
        ("负责人：未填", "负责人：（姓名略）"),
        ("主任办公会议研究", "主任办公会议研究"),
    ],
)
def test_people_are_left_out(text: str, shown: str) -> None:
    assert redact(text) == shown
    assert redact(shown) == shown


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_the_summary_fits_and_says_what_matters(path: Path, columns: int) -> None:
    result = review(path)
    text = summary(result, columns)
    assert [line for line in text.splitlines() if width(line) > columns] == []
    assert "\x1b" not in text
    assert result.overall.verdict in text
    flat = re.sub(r"\s", "", text)
    told = [n for n in result.notes if n.code not in INTERNAL]
    assert [n.id for n in told if re.sub(r"\s", "", redact(n.comment)) not in flat] == []
    assert ("内部提示" in text) == (len(told) < len(result.notes))


def test_a_summary_in_colour_says_the_same() -> None:
    result = reviewed("tab_led_department")
    assert re.sub(r"\x1b\[[\d;]*m", "", summary(result, 100, colour=True)) == summary(result, 100)


def test_one_among_many_is_brief() -> None:
    text = brief(reviewed("yuan_captions"), "[1/2]", 80)
    assert len(text.splitlines()) <= 3
    assert "P0 1" in text


def test_columns_and_wrapping() -> None:
    assert width("预算12万") == 8
    assert width("é") == 1
    assert pad("预算", 6) == "预算  "
    assert wrap("支出593.35万元。", 10) == "支出593.35\n万元。"
    assert wrap("甲乙丙丁。", 8) == "甲乙丙\n丁。"
    assert wrap("", 10, "x ") == "x"
    assert max(map(width, wrap("x" * 50, 20).splitlines())) <= 20
    assert table([("a", "甲" * 12), ("bcd", "乙")], 20).splitlines() == [
        "a    " + "甲" * 7,
        "     " + "甲" * 5,
        "bcd  乙",
    ]
    assert Paint(False)("x", "red") == "x"


def test_names_never_collide(tmp_path: Path) -> None:
    inputs = [
        tmp_path / name
        for name in ("a/报告.txt", "b/报告.txt", "c/报告.md", "报告-2.txt", "d/X.txt", "e/x.txt")
    ]
    inputs.append(tmp_path / "x.json")
    names = names_for(inputs, tmp_path, [".json"])
    assert len({name.casefold() for name in names.values()}) == len(inputs)
    assert all(tmp_path / f"{name}.json" not in inputs for name in names.values())
    long = names_for([tmp_path / ("长" * 80 + ".txt")], tmp_path, [".json"])
    assert len(next(iter(long.values())).encode()) <= 200
