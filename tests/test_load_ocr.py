"""Scans: real pictures of printed pages, turned, noisy, sealed, read offline; every number of them carries its doubt."""

from __future__ import annotations

import io
import socket
from typing import Any

import pymupdf
import pytest
from PIL import Image

from eval.scans import pictures, scanned
from extractor.document import Document
from extractor.load import load
from extractor.load.ocr import engine
from extractor.load.ocr.images import load_image
from extractor.load.pdf import load_pdf
from extractor.pipeline import review
from extractor.settings import Settings
from tests.pdf_maker import LEFT, Maker

FORM = [
    ["资金来源", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ["年度资金总额", "90.00", "120.50", "96.40", "10", "80.00%", "8"],
    ["其中：财政拨款", "60.00", "80.25", "64.15", "", "", ""],
    ["其他资金", "30.00", "40.25", "32.25", "", "", ""],
]
WIDTHS = [85, 62, 62, 62, 45, 75, 45]


def form() -> bytes:
    maker = Maker()
    maker.line("青石县水务中心2023年度项目支出绩效自评表", 150)
    maker.y += 10
    maker.table(FORM, WIDTHS, [2, 2, 2, 2])
    maker.line("填报单位：青石县水务中心")
    maker.page.set_cropbox(pymupdf.Rect(40, 40, 560, 330))
    return maker.bytes()


def cells(document: Document) -> list[list[str]]:
    (grid,) = document.grids
    out = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        out[cell.row][cell.col] = document.text[cell.span.start : cell.span.end]
    return out


def places(document: Document) -> dict[str, tuple[float, ...]]:
    return {document.text[word.start : word.end]: word.bbox for word in document.words}


def test_a_page_on_its_side_skewed_noisy_and_sealed_is_read_cell_by_cell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def connect(*_: Any, **__: Any) -> None:
        raise AssertionError("读取扫描件时访问了网络")

    monkeypatch.setattr(socket.socket, "connect", connect)
    for made in (engine.settings, engine._detector, engine._recogniser, engine._classifier):
        made.cache_clear()
    printed = form()
    document = load_pdf(scanned(printed, quarters=1), "scan.pdf", Settings())
    assert cells(document) == FORM
    (page,) = document.pages
    assert page.source == "ocr"
    assert page.height > page.width
    digital = load_pdf(printed, "report.pdf", Settings())
    shown, found = places(digital), places(document)
    compared = 0
    for text, (x0, y0, x1, y1) in shown.items():
        if text in found and "." in text:
            left, top, right, bottom = found[text]
            middle = (x0 + x1) / 2, (y0 + y1) / 2
            # Turned to the right by a quarter: what stood at (x, y) stands at (width - y, x), but for a degree of skew.
            there = page.width - middle[1], middle[0]
            assert left - 8 <= there[0] <= right + 8 and top - 8 <= there[1] <= bottom + 8
            compared += 1
    assert compared >= 5
    read = {document.text[w.start : w.end]: w for w in document.words}
    assert read["80.00%"].covered
    assert not read["90.00"].covered
    assert read["90.00"].confidence > 0.9


def test_every_frame_of_a_tiff_is_a_page_and_one_on_its_head_is_turned() -> None:
    frames = []
    for number, quarters in ((1, 0), (2, 2)):
        maker = Maker()
        maker.line(f"第{number}部分：本年支出合计{number}53.27万元，年末结转0.86万元。")
        maker.line("预算执行进度与绩效目标完成情况见附表。")
        maker.page.set_cropbox(pymupdf.Rect(40, 50, 560, 150))
        (picture,) = pictures(maker.bytes(), quarters=quarters, seal=False)
        frames.append(Image.fromarray(picture[:, :, ::-1]))
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], dpi=(200, 200))
    document = load_image(out.getvalue(), "scan.tiff", Settings())
    assert [page.number for page in document.pages] == [1, 2]
    assert document.media_type == "image/tiff"
    assert "本年支出合计153.27万元" in document.text
    assert "本年支出合计253.27万元" in document.text
    first = next(w for w in document.words if document.text[w.start : w.end] == "153.27")
    second = next(w for w in document.words if document.text[w.start : w.end] == "253.27")
    height = document.pages[1].height
    assert abs((first.bbox[1] + first.bbox[3]) / 2 - (height - (second.bbox[1] + second.bbox[3]) / 2)) < 12


def test_a_page_whose_text_layer_is_nonsense_is_read_as_a_picture_and_its_numbers_are_not_certain() -> None:
    maker = Maker()
    maker.line("一、预算执行情况")
    maker.line("2023年全年预算数为535.67万元，实际支出428.54万元，执行率80.00%。")
    maker.page.set_cropbox(pymupdf.Rect(40, 50, 560, 150))
    pdf = pymupdf.open(stream=scanned(maker.bytes()))
    nonsense = "龘靐齉爩鱻麤灪龖厵滟爨癵驫麣纞虋讟钃鸜麷鞻韽韾顟顠饙饛饡馫馩馪馫駴騳骉"
    for n in range(3):
        pdf[0].insert_text((LEFT, 40 + 14 * n), nonsense, fontname="china-s", fontsize=8, render_mode=3)
    data = pdf.tobytes()
    document = load(data, Settings(), "report.pdf")
    assert "535.67" in document.text
    assert "龘" not in document.text
    report = review(data, Settings(), file_name="report.pdf").report
    figures = [f for f in report.figures if f.amount.value is not None]
    assert {"535.67", "428.54"} <= {f.amount.raw.removesuffix("万元") for f in figures}
    for figure in figures:
        assert "ocr" in figure.evidence.flags
        assert not figure.evidence.certain
        assert 0 < figure.evidence.confidence <= 1
        assert figure.span.bbox is not None


def test_a_box_in_a_large_character_is_no_table() -> None:
    maker = Maker()
    title = "项目支出绩效目标自评表"
    maker.page.insert_text((120, 100), title, fontname="china-s", fontsize=26)
    maker.y = 120
    maker.table(FORM, WIDTHS, [2, 2, 2, 2])
    document = load_pdf(scanned(maker.bytes(), turn=0.0), "scan.pdf", Settings())
    assert document.text.splitlines()[0] == title
    assert len(document.grids) == 1
