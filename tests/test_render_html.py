"""The page read back: nothing from outside, the whole source, every value, check and note tied to its characters."""

import base64
import hashlib
import html
import re
import shutil
import subprocess
import time
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Review, review
from extractor.document import Span, SpanPart, slices
from extractor.findings import Note
from extractor.records import replace
from extractor.render import RENDERERS
from extractor.render.marks import at, marked
from extractor.render.view import view
from tests.factory import note_of

REPO = Path(__file__).resolve().parent.parent
FIXTURES = sorted(
    path.parent.name for path in (REPO / "fixtures").glob("*/report.*") if path.suffix in (".txt", ".md")
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="chromium is not installed: scripts/system-packages"
)
NASTY = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</script><b>", "</style>", "<!--", "]]>",
    "{{ 7*7 }}", "&lt;b&gt;", "javascript:alert(1)", "\x00\x07",
)  # fmt: skip


@cache
def reviewed(name: str) -> Review:
    return review(next((REPO / "fixtures" / name).glob("report.*")))


def page(result: Review) -> str:
    return RENDERERS["html"](result).decode()


class Reader(HTMLParser):
    """Tags with their attributes, and the text of the source."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.source, self.depth = "", 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "div":
            self.depth = self.depth + 1 if self.depth else int(dict(attrs).get("class") == "text")

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self.depth:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.source += data


def ranges(text: str) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in (each.split("-") for each in text.split())]


@pytest.mark.parametrize("name", FIXTURES)
def test_the_source_is_whole_and_every_place_is_marked(name: str) -> None:
    result = reviewed(name)
    read = Reader(page(result))
    assert read.source == result.document.text
    marks = [(int(a["data-a"] or 0), int(a["data-b"] or 0)) for tag, a in read.tags if tag == "mark"]
    assert marks == sorted(marks)
    assert all(one[1] <= other[0] for one, other in pairwise(marks))
    edges = {edge for mark in marks for edge in mark}
    for _, attributes in read.tags:
        for start, end in ranges(attributes.get("data-at") or ""):
            assert {start, end} <= edges


@pytest.mark.parametrize("name", FIXTURES)
def test_every_value_check_and_note_points_at_its_characters(name: str) -> None:
    result, seen = reviewed(name), view(reviewed(name))
    read = Reader(page(result))
    linked = [(a.get("data-kind"), a["data-at"]) for _, a in read.tags if a.get("data-at")]
    values = {where for kind, where in linked if kind == "value"}
    report = result.report
    for span in [
        *(f.span for f in report.figures),
        *(c.cell.span for row in report.base_data for c in row.cells),
    ]:
        assert not at([span]) or at([span]) in values
    notes = [where for kind, where in linked if kind == "note"]
    assert {at(item.note.spans) for item in seen.listed if item.note.spans} <= set(notes)
    checks = [where for kind, where in linked if kind == "check"]
    wanted = [at(s for o in check.operands for s in o.spans) for check in result.checks]
    assert sorted(checks) == sorted(where for where in wanted if where)
    for figure in report.figures:
        text = "".join(result.document.text[a:b] for a, b in ranges(at([figure.span])))
        assert text == slices(result.document.text, figure.span)


@pytest.mark.parametrize("name", ["yuan_captions", "tab_led_department", "clean_department"])
def test_the_page_asks_nothing_from_anywhere(name: str) -> None:
    text = page(reviewed(name))
    read = Reader(text)
    policy = next(a["content"] for tag, a in read.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode() in policy
    assert not [
        a for _, a in read.tags if "src" in a or "style" in a or any(name.startswith("on") for name in a)
    ]
    assert {a["href"] for _, a in read.tags if "href" in a} == {"data:,", "#panel"}
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|https?:", text)


@pytest.mark.parametrize("text", NASTY)
def test_no_text_of_a_report_becomes_markup(text: str) -> None:
    base = reviewed("yuan_captions")
    told = note_of(text)
    result = replace(
        base,
        document=replace(base.document, text=base.document.text + text, file_name=text),
        notes=(told,),
        checks=tuple(replace(check, title=text, reason=text) for check in base.checks),
    )  # fmt: skip
    shown, plain = Reader(page(result)), Reader(page(replace(base, notes=(replace(told, location="附表"),))))
    assert {tag for tag, _ in shown.tags} <= {tag for tag, _ in plain.tags}
    assert shown.source.endswith(text.translate({0: 0xFFFD, 7: 0xFFFD}))
    assert not [a for _, a in shown.tags if "onerror" in a]


def test_people_are_left_out_and_so_is_what_is_secret() -> None:
    base = reviewed("yuan_captions")
    person = Note(
        id="n1", code="SUM-01", severity="P1", location="附表", quote="", comment="联系人：张三，电话13812345678。",
        action="请核实。", cause_group="g",
    )  # fmt: skip
    secret = replace(person, id="n2", code="CON-10", comment="代号红杉")
    text = page(replace(base, notes=(person, secret)))
    assert not [word for word in ("张三", "1381234", "红杉") if word in text]


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from("vnc")), max_size=12)


@given(st.text(alphabet="ab<>&\n\"'甲", min_size=43, max_size=43), spans)
def test_overlapping_places_lose_no_character_and_are_all_found(
    text: str, found: list[tuple[int, int, str]]
) -> None:
    places = [(start, start + length, kind) for start, length, kind in found]
    out = marked(text, places)
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", out)) == text
    pieces = re.findall(r'<mark class="([^"]*)" data-a="(\d+)" data-b="(\d+)"', out)
    for start, end, kind in places:
        inside = [
            (int(a), int(b))
            for kinds, a, b in pieces
            if kind in kinds.split() and int(a) < end and int(b) > start
        ]
        assert sum(b - a for a, b in inside if start <= a and b <= end) == end - start


def test_a_cut_value_is_marked_in_its_pieces() -> None:
    span = Span(start=2, end=9, parts=(SpanPart(start=2, end=4), SpanPart(start=7, end=9)))
    assert at([span]) == "2-4 7-9"


def long_review() -> Review:
    """A report of more than 100,000 characters with its values spread over it."""
    base = reviewed("tab_led_department")
    text = (base.document.text + "\n") * (100_000 // len(base.document.text) + 1)
    step = len(base.document.text) + 1
    figures = [
        replace(f, id=f"{f.id}x{n}", span=Span(start=f.span.start + n * step, end=f.span.end + n * step))
        for n in range(len(text) // step)
        for f in base.report.figures
    ]
    return replace(
        base, document=replace(base.document, text=text, characters=len(text)),
        report=replace(base.report, figures=tuple(figures)),
    )  # fmt: skip


def test_a_long_report_is_written_at_once() -> None:
    result = long_review()
    assert len(result.document.text) > 100_000
    start = time.perf_counter()
    text = page(result)
    assert time.perf_counter() - start < 10
    assert len(text) < 3_000_000


def test_the_same_review_gives_the_same_bytes() -> None:
    assert page(reviewed("glued_cells")) == page(reviewed("glued_cells"))


PROBE = """
const out = {}, click = e => e.dispatchEvent(new MouseEvent("click", {bubbles: true}));
const lit = () => [...document.querySelectorAll("mark.lit")].map(m => m.dataset.a + "-" + m.dataset.b).join(" ");
const check = document.querySelector(".check[data-of=fail][data-at]");
out.first = [...document.querySelectorAll(".check:not(.gone)")].every(c => c.dataset.of === "fail");
click(document.getElementById("tab-ledger"));
click(check);
out.check = check.dataset.at; out.lit = lit();
const mark = document.querySelector("mark.lit"), box = mark.getBoundingClientRect();
const pane = document.getElementById("source").getBoundingClientRect();
out.seen = box.top >= pane.top && box.bottom <= pane.bottom;
click(document.querySelector("[data-status=pass]"));
out.passed = [...document.querySelectorAll(".check:not(.gone)")].every(c => c.dataset.of === "pass");
click(mark);
out.opened = document.querySelectorAll(".at.lit, .card.lit").length;
document.getElementById("tab-points").focus();
document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}));
out.tab = document.activeElement.id;
document.title = JSON.stringify(out);
"""


def probed(result: Review, folder: Path) -> dict[str, object]:
    """What the page does in a browser when it is clicked."""
    import json

    digest = base64.b64encode(hashlib.sha256(PROBE.encode()).digest()).decode()
    text = page(result).replace("script-src '", f"script-src 'sha256-{digest}' '", 1)
    (folder / "page.html").write_text(
        text.replace("</body>", f"<script>{PROBE}</script></body>"), encoding="utf-8"
    )
    done = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,900",
         f"--user-data-dir={folder}/profile", "--dump-dom", (folder / "page.html").as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (title,) = re.findall(r"<title>(.*?)</title>", done.stdout.decode())
    return dict(json.loads(html.unescape(title)))


@needs_browser
@pytest.mark.parametrize("long", [False, True])
def test_a_click_leads_to_the_source_and_back(tmp_path: Path, long: bool) -> None:
    told = probed(long_review() if long else reviewed("tab_led_department"), tmp_path)
    lit = {place for a, b in ranges(str(told["lit"])) for place in range(a, b)}
    assert lit >= {place for a, b in ranges(str(told["check"])) for place in range(a, b)}
    assert told["first"] and told["seen"] and told["passed"]
    assert told["opened"] == 1
    assert told["tab"] == "tab-indicators"
