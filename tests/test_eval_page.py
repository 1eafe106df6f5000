"""The page of a run: no script, nothing foreign, every number of the run, every miss with its place."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from eval import runs
from eval.cases import Case, drawn, fixture_cases, lots
from eval.page import html, markdown, plots, write_pages
from eval.page.sources import sources
from eval.peers import Comparison
from extractor.settings import Settings

PEERS = [
    Comparison(
        "表格",
        "2 份",
        ("工具", "单元格 F1", "秒/份", "说明"),
        (("甲<b>", "98.0%", "0.5", ""), ("乙", "90.0%", "2.00", ""), ("丙", "—", "—", "未安装")),
        ("甲：默认设置",),
    )
]


@pytest.fixture(scope="module")
def run() -> runs.Run:
    cases = list(fixture_cases())[:4]
    wrong = cases[3].gold.head | {"fiscal_year": 1999}
    cases[3].gold.head.update(wrong)
    broken = Case("空的", "own", b"", cases[0].gold, {}, "空.txt")
    return runs.run(lots([*cases, broken]), Settings(engine="rules"))


@pytest.fixture(scope="module")
def page(run: runs.Run) -> str:
    return html(run, PEERS)


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "line", "circle", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("line", "circle"):
            assert self.open.pop() == tag


def test_the_page_is_whole_and_carries_its_own_policy(page: str) -> None:
    tags = Tags(page)
    assert tags.open == []
    names = {tag for tag, _ in tags.tags}
    assert not names & {"script", "link", "img", "iframe", "object"}
    assert not any(key == "style" or key.startswith("on") for _, attrs in tags.tags for key in attrs)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert "://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_every_link_leads_somewhere(page: str) -> None:
    tags = Tags(page)
    ids = {attrs["id"] for _, attrs in tags.tags if "id" in attrs}
    links = [attrs["href"] for tag, attrs in tags.tags if tag == "a"]
    assert links and all(link is not None and link[1:] in ids for link in links)


def test_a_miss_stands_beside_its_place_in_the_report(run: runs.Run, page: str) -> None:
    assert "应 &#x27;1999&#x27;" in page
    missed = [miss for result in run.graded for miss in result.misses if miss["excerpt"][1].strip()]
    assert missed
    assert page.count("<mark>") == len(missed)


def test_what_stopped_is_told_apart(run: runs.Run, page: str) -> None:
    assert "没有评分的案例" in page and "拒收" in page
    assert len(run.graded) == 4


def test_peers_are_drawn_and_those_that_did_not_run_are_listed(page: str) -> None:
    assert "甲&lt;b&gt;" in page and "甲<b>" not in page
    assert "未安装" in page and page.count('class="other"') == 1


def test_markdown_has_the_same_numbers(run: runs.Run, tmp_path: Path) -> None:
    write_pages(run, PEERS, tmp_path / "r.html")
    text = (tmp_path / "r.md").read_text(encoding="utf-8")
    assert text == markdown(run, PEERS)
    assert "| 正文数字 |" in text and "| 乙 | 90.0% | 2.00 |  |" in text
    files = sources(run.results, tmp_path / "r.html")
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == html(run, PEERS, files)


def test_the_worst_bar_stands_first_and_nothing_leaves_the_plot() -> None:
    drawn = plots.bars("x", [plots.Bar("好", 1.0, 1.0, 1.0), plots.Bar("差", 0.4, 0.1, 0.6)], 0.9)
    assert drawn.index("差") < drawn.index("好")
    xs = [float(x) for x in re.findall(r'(?:cx|x1|x2)="([\d.-]+)"', drawn)]
    assert min(xs) >= 0 and max(xs) <= plots.WIDTH
    points = plots.scatter(
        "x", [plots.Point("a", 0.0, 1.0, ours=True), plots.Point("b", 30.0, 0.0)], "x", "y"
    )
    xs = [float(x) for x in re.findall(r'cx="([\d.-]+)"', points)]
    assert min(xs) >= 0 and max(xs) <= plots.WIDTH


def test_every_miss_leads_to_its_report(run: runs.Run, tmp_path: Path) -> None:
    """A fixture's link leads to its file; a generated report is written beside the page, the same bytes as were read."""
    lot = next(lot for lot in drawn("development", 20) if re.search(r"-txt-\d+-planted", lot.name))
    made = runs.run([lot], Settings(engine="rules"))
    made.results[0].notes.append("未触发 甲")
    both = runs.Run("rules", "x", [*run.results, *made.results])
    write_pages(both, [], tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    files = [unquote(link) for link in re.findall(r'<a href="([^"#]+)">打开报告</a>', page)]
    assert len(files) == sum(bool(r.misses or r.notes) for r in both.graded)
    for link in files:
        assert (tmp_path / link).resolve().is_file()
    (generated,) = (tmp_path / "r-files").iterdir()
    assert generated.read_bytes() == lot.make().content
