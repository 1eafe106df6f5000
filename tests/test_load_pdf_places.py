"""The page and box of a value: its own part of a printed line, on the page it stands on."""

from __future__ import annotations

import pymupdf
import pytest

from eval.press import Cell, Way, press
from extractor.document import Document, Span
from extractor.load.pdf import load_pdf
from extractor.places import placed
from extractor.records import Record
from extractor.settings import Settings


class Held(Record):
    """A record with one span."""

    span: Span


def printed(data: bytes, span: Span) -> str:
    """The characters whose middle lies in the box of a span."""
    assert span.page is not None and span.bbox is not None
    x0, y0, x1, y1 = span.bbox
    with pymupdf.open(stream=data) as pdf:
        page = pdf[span.page - 1]
        found = []
        for block in page.get_text("rawdict")["blocks"]:
            for line in block.get("lines", ()):
                for piece in line["spans"]:
                    for c in piece["chars"]:
                        box = pymupdf.Rect(c["bbox"]) * page.rotation_matrix
                        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
                        if x0 <= x <= x1 and y0 <= y <= y1:
                            found.append(c["c"])
    return "".join(found)


def find(document: Document, text: str) -> Span:
    start = document.text.index(text)
    return placed(Held(span=Span(start=start, end=start + len(text))), document).span


@pytest.mark.parametrize("turned", [0, 90])
@pytest.mark.parametrize("value", ["535.67万元", "本年支出", "98.2%", "合计"])
def test_a_value_inside_a_line_has_a_box_of_its_own(value: str, turned: int) -> None:
    line = "本年支出合计535.67万元，执行率98.2%。"
    data = press([[Cell(0, "甲"), Cell(1, "乙")]], [100, 100], Way(turned=turned), [line])
    document = load_pdf(data, "report.pdf", Settings())
    shown = printed(data, find(document, value))
    assert value in shown
    assert len(shown) <= len(value) + 2


def test_a_value_cut_by_the_page_break_has_a_box_on_each_page() -> None:
    cause = "受汛情影响进度滞后，" * 12
    rows = [[Cell(0, "泵站维修"), Cell(1, cause)]]
    way = Way(split=True, lines_before=31)
    data = press(rows, [100, 80], way)
    document = load_pdf(data, "report.pdf", Settings())
    span = find(document, cause)
    assert span.parts is not None
    assert [part.page for part in span.parts] == [1, 2]
    both = "".join(printed(data, Span(start=0, end=0, page=p.page, bbox=p.bbox)) for p in span.parts)
    assert both == cause
