"""What surrounds the reader of scans: which pages are read as pictures, borders found, doubt carried, limits, what is missing."""

from __future__ import annotations

import io
import sys
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
import pytest
from PIL import Image
from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

from extractor.document import Document, Page, Word
from extractor.errors import DamagedInput, TooLarge, UnsupportedInput
from extractor.extract.rules.engine import extract_rules as extract
from extractor.ground import cells_of, ground
from extractor.load import ocr
from extractor.load.isolation import Child
from extractor.load.ocr import engine
from extractor.load.ocr.engine import Character
from extractor.load.ocr.images import load_image
from extractor.load.ocr.judging import judged
from extractor.load.ocr.lines import ink_of, ruled
from extractor.load.ocr.picture import without_seals
from extractor.load.ocr.pieces import pieces
from extractor.load.ocr.strokes import stroke
from extractor.load.pdf import load_pdf
from extractor.load.printed.ruling import from_lines
from extractor.load.printed.words import Word as Printed
from extractor.load.text import load_text
from extractor.schema import Cell
from extractor.segment import layout
from extractor.settings import Settings
from tests.pdf_maker import Maker

PROSE = "本单位2023年全年预算数为535.67万元，实际支出428.54万元，主要用于泵站维修和渠道清淤，年末没有结转。"
WHITE = 255


def picture_page(*, text: str = "", hidden: bool = False) -> Any:
    """A page that a grey picture covers, with text over it or hidden under it."""
    pdf = pymupdf.open()
    page = pdf.new_page()
    pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 60, 80), False)
    pixels.clear_with(200)
    page.insert_image(page.rect, pixmap=pixels)
    for n in range(0, len(text), 40):
        page.insert_text((50, 80 + n), text[n : n + 40], fontname="china-s", render_mode=3 if hidden else 0)
    return page


def words_of(page: Any) -> list[Printed]:
    return [Printed(word[0], word[1], word[2], word[3], word[4]) for word in page.get_text("words")]


@pytest.mark.parametrize(
    ("text", "hidden", "picture", "needed"),
    [
        ("", False, True, True),
        ("第 1 页，共 12 页", False, True, False),
        (PROSE * 3, False, False, False),
        (PROSE * 3, True, True, False),
        ("龘靐齉爩鱻麤灪龖厵滟爨癵驫麣纞虋讟钃鸜麷鞻韽韾顟顠饙饛饡馫馩" * 2, False, True, True),
        ("\ue001\ue002\ue003\ue004\ue005支出", False, True, True),
    ],
)
def test_a_page_is_read_as_a_picture_where_its_text_is_not_its_own(
    text: str, hidden: bool, picture: bool, needed: bool
) -> None:
    page = picture_page(text=text, hidden=hidden)
    words = [Printed(0, 0, 9, 9, text)] if "\ue001" in text else words_of(page)
    assert judged(page, words)[:2] == (picture, needed)


def test_a_page_without_a_picture_is_read_by_its_text() -> None:
    maker = Maker()
    maker.line(PROSE)
    assert judged(maker.page, words_of(maker.page)) == (False, False, False)
    assert judged(Maker().page, []) == (False, False, False)


def test_borders_broken_short_and_noisy_make_the_grid_they_were_drawn_for() -> None:
    gray: Any = np.full((400, 600), WHITE, np.uint8)
    for y in (50, 90, 130, 170):
        gray[y : y + 2, 50:551] = 60
    for x in (50, 250, 550):
        gray[50:172, x : x + 2] = 60
    gray[90:131, 400:402] = 60  # a border of one row alone
    gray[50:52, 300:318] = WHITE  # a break
    gray[60:80, 260:266] = 40  # a stroke of a character that joins nothing
    noise = np.random.default_rng(7).normal(0, 8, gray.shape)
    gray = np.clip(gray + noise, 0, 255).astype(np.uint8)
    (table,) = from_lines(*ruled(gray))
    assert [(box.row, box.col, box.rowspan, box.colspan) for box in table.boxes] == [
        (0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 1, 1, 2),
    ]  # fmt: skip


def test_a_detected_line_is_cut_at_borders_and_print_that_was_missed_is_found() -> None:
    gray: Any = np.full((200, 600), WHITE, np.uint8)
    for y in (50, 110):
        gray[y : y + 2, 50:551] = 0
    for x in (50, 250, 400, 550):
        gray[50:112, x : x + 2] = 0
    gray[70:90, 450:458] = 0  # missed by the detector
    (table,) = from_lines(*ruled(gray))
    found = pieces([(100, 65, 390, 95)], [table], ink_of(gray))
    assert [(x0 // 50, x1 // 50) for x0, _, x1, _ in found] == [(2, 4), (5, 7), (8, 9)]
    (x0, y0, x1, y1) = found[-1]
    assert x0 <= 450 and x1 >= 458 and y0 <= 70 and y1 >= 90


def test_a_minus_on_a_line_of_its_own_is_read_and_the_rest_of_a_character_is_not() -> None:
    gray: Any = np.full((200, 300), WHITE, np.uint8)
    for y in (50, 150):
        gray[y : y + 2, 50:251] = 0
    for x in (50, 150, 250):
        gray[50:152, x : x + 2] = 0
    gray[72:76, 66:75] = 0  # a minus sign above its number
    gray[98:102, 166:175] = 0  # a stroke that sticks out of its detected line
    (table,) = from_lines(*ruled(gray))
    found = pieces([(60, 100, 140, 130), (160, 104, 240, 130)], [table], ink_of(gray))
    assert [rect[0] < 66 and rect[3] < 90 for rect in found] == [False, True, False]
    minus = stroke(gray, found[1], [Character("一", 0.5, 0.99)])
    assert minus is not None and (minus.text, minus.sure) == ("-", 0.5)


def test_a_slash_is_no_one_and_two_strokes_are_no_dash() -> None:
    paper: Any = np.full((120, 40), WHITE, np.uint8)
    for y in range(22):
        paper[8 + y, 22 - y // 3 : 24 - y // 3] = 0  # a slash
        paper[48 + y, 20:22] = 0  # a one
    paper[86, 10:20] = paper[90, 10:20] = 0  # the sign =
    slash, one, equal = (0, 2, 40, 38), (0, 42, 40, 78), (0, 80, 40, 100)
    read = [Character("1", 0.5, 0.95)]
    found = stroke(paper, slash, read)
    assert found is not None and found.text == "/"
    assert stroke(paper, one, read) is None
    assert stroke(paper, equal, [Character("=", 0.5, 0.9)]) is None


def test_a_line_keeps_out_what_reaches_into_its_box_from_the_next() -> None:
    gray: Any = np.full((140, 300), WHITE, np.uint8)
    gray[40:60, 60:200] = 60  # a line
    gray[64:84, 110:130] = 60  # the one character of the next
    upper, lower = pieces([(50, 34, 210, 71), (105, 54, 135, 90)], [], ink_of(gray))
    assert upper[1] == 34 and 60 <= upper[3] <= 64
    assert 60 <= lower[1] <= 64 and lower[3] == 90


def test_memory_that_runs_out_in_a_model_is_said_so() -> None:
    def model(_: Any) -> None:
        raise ONNXRuntimeError("Non-zero status code: std::bad_alloc")

    with pytest.raises(MemoryError):
        engine._asked(model, None)


def test_a_seal_is_lifted_off_and_red_print_is_not() -> None:
    image: Any = np.full((600, 800, 3), WHITE, np.uint8)
    image[100:350, 100:350] = (40, 40, 215)
    image[200:210, 120:330] = 0  # black print under the seal
    image[500:530, 100:600] = (40, 40, 215)  # a red heading
    gray, seal, covering = without_seals(image)
    assert gray[150, 150] > 240
    assert gray[205, 200] < 40
    assert gray[515, 300] < 140
    assert seal[150, 150] == 1 and seal[515, 300] == 0
    assert not covering


REPORT = """某某中心2023年项目支出绩效自评表
资金来源|年初预算数|全年预算数|全年执行数|分值|执行率|得分
年度资金总额|90.00|130.50|96.40|10|73.9%|7.39
其中：财政拨款|60.00|80.25|64.15|-|-|-
其他资金|30.00|50.25|31.25|-|-|-
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|维修泵站数|12座|12座|50|50|
效益指标|社会效益|受益农户数|300户|300户|30|30|
满意度指标|服务对象满意度|农户满意度|95%|96%|10|10|
"""


def as_scanned(sure: dict[str, float], covered: frozenset[str] = frozenset()) -> Document:
    """The report as if it had been read from a picture, each number a word as sure as told."""
    document = load_text(REPORT.encode(), len(REPORT.encode()), "report.txt", Settings())
    words, at = [], 0
    for line in document.text.split("\n"):
        for text in line.split("|"):
            box = (0.0, 0.0, 1.0, 1.0)
            words.append(Word(at, at + len(text), 1, box, sure.get(text, 0.99), text in covered))
            at += len(text) + 1
    page = Page(number=1, width=595, height=842, rotation=0, source="ocr", start=0, end=len(document.text))
    return document._replace(pages=(page,), words=tuple(words))


def evidence(document: Document) -> dict[str, Cell]:
    report, dropped = ground(document, extract(document, layout(document)))
    assert dropped == ()
    return {key: cell for cell in cells_of(report) for key in (cell.raw, cell.id)}


def test_numbers_of_a_scan_are_certain_only_where_an_identity_proves_them() -> None:
    cells = evidence(as_scanned({"130.50": 0.95}))
    for raw in ("90.00", "60.00", "30.00", "130.50", "80.25", "50.25"):
        assert cells[raw].evidence.certain, raw
        assert cells[raw].evidence.flags == ("ocr",)
    assert cells["130.50"].evidence.confidence == 0.95
    assert not cells["96.40"].evidence.certain  # 64.15 + 31.25 = 95.40
    assert not cells["12座"].evidence.certain


def test_an_identity_with_a_doubtful_or_covered_number_proves_nothing() -> None:
    for document in (as_scanned({"30.00": 0.8}), as_scanned({}, frozenset({"30.00"}))):
        cells = evidence(document)
        assert not any(cells[raw].evidence.certain for raw in ("90.00", "60.00", "30.00"))
        assert cells["130.50"].evidence.certain


def test_a_number_under_a_seal_that_is_not_read_well_is_unreadable() -> None:
    cells = evidence(as_scanned({"96.40": 0.85, "64.15": 0.4, "31.25": 0.85}, frozenset({"96.40", "10"})))
    assert (cells["96.40"].kind, cells["96.40"].value) == ("unreadable", None)
    assert cells["96.40"].evidence.flags == ("ocr", "seal", "unreadable")
    assert cells["64.15"].kind == "unreadable"
    assert cells["31.25"].value is not None
    assert cells["10"].value is not None and "seal" in cells["10"].evidence.flags


def image_bytes(kind: str, size: tuple[int, int] = (40, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def without_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(sys.modules):
        if name.startswith(("extractor.load.ocr.engine", "extractor.load.ocr.reading")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "rapidocr", None)


def test_without_the_reader_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    without_reader(monkeypatch)
    assert not ocr.available()
    for parser, data in ((load_pdf, picture_page().parent.tobytes()), (load_image, image_bytes("PNG"))):
        with pytest.raises(UnsupportedInput, match=r"扫描件.*pip install 'extractor\[ocr\]'"):
            parser(data, "scan", Settings())


def test_without_the_reader_a_hidden_text_is_taken_with_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    without_reader(monkeypatch)
    document = load_pdf(picture_page(text=PROSE * 3, hidden=True).parent.tobytes(), "scan.pdf", Settings())
    assert "535.67" in document.text
    assert document.pages[0].source == "ocr"
    assert {word.confidence for word in document.words} == {0.5}


def test_a_missing_model_is_named_and_nothing_is_fetched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert all((engine.FOLDER / name).is_file() for name in engine.MODELS.values())
    monkeypatch.setattr(engine, "FOLDER", tmp_path)
    engine.settings.cache_clear()
    engine._detector.cache_clear()
    with pytest.raises(UnsupportedInput, match=r"缺少模型文件 PP-OCR.*重新安装"):
        load_image(image_bytes("PNG", (80, 80)), "scan.png", Settings())


def test_pictures_that_cannot_be_opened_or_are_too_large_say_so() -> None:
    with pytest.raises(DamagedInput, match="图片已损坏"):
        load_image(image_bytes("JPEG")[:60], "scan.jpg", Settings())
    with pytest.raises(TooLarge, match="像素"):
        load_image(image_bytes("PNG", (20_000, 7_000)), "scan.png", Settings())


PAGES = textwrap.dedent(
    """
    import sys, time
    from extractor.document import Document
    from extractor.load import worker
    from extractor.load.progress import page_read

    def parse(data, file_name, settings):
        for _ in range(5):
            time.sleep(1)
            page_read()
        if data == b"stuck":
            time.sleep(60)
        return Document(file_name, "image/png", "", "image", "读完")

    sys.modules["slow"] = sys.modules["__main__"]
    worker.main()
    """
)


def test_a_scan_takes_its_time_page_by_page_and_no_page_takes_all_of_it() -> None:
    child = Child((sys.executable, "-c", PAGES))
    try:
        assert child.parse("slow:parse", b"fine", "a.png", Settings(parse_seconds=4)).text == "读完"
        with pytest.raises(TooLarge, match="识别完 5 页扫描件后，下一页超过 4 秒"):
            child.parse("slow:parse", b"stuck", "a.png", Settings(parse_seconds=4))
    finally:
        child.close()
