"""Pages as pictures: where a span's box says a word is, there is its ink."""

from __future__ import annotations

import io
from pathlib import Path

import pymupdf
import pytest

from extractor.document import Document
from extractor.errors import DamagedInput, InputError, TooLarge, UnsupportedInput
from extractor.load.page_image import draw, page_image
from extractor.load.pdf import load_pdf
from extractor.settings import Settings
from tests.pdf_maker import Maker

DPI = 144


def gray(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and grey values of a picture, row by row."""
    picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.Pixmap(png))
    return picture.width, picture.height, bytes(picture.samples)


def darkest(png: bytes, box: tuple[float, ...], dpi: int = DPI) -> int:
    """The darkest value of the picture within a box of points."""
    width, _, values = gray(png)
    x0, y0, x1, y1 = (round(v * dpi / 72) for v in box)
    return min(min(values[y * width + x0 : y * width + x1]) for y in range(y0, y1))


def inked(png: bytes, dpi: int = DPI) -> tuple[float, ...]:
    """The box around all ink, in points."""
    width, _, values = gray(png)
    found = [divmod(at, width) for at, value in enumerate(values) if value < 128]
    ys, xs = [y for y, _ in found], [x for _, x in found]
    return tuple(v * 72 / dpi for v in (min(xs), min(ys), max(xs) + 1, max(ys) + 1))


def one_word(rotation: int, cropped: bool) -> tuple[bytes, Document]:
    maker = Maker()
    page = maker.page
    page.insert_text((100, 200), "支出", fontname="china-s", fontsize=20, rotate=rotation)
    if cropped:
        page.set_cropbox(pymupdf.Rect(60, 90, 500, 700))
    page.set_rotation(rotation)
    data = maker.bytes()
    return data, load_pdf(data, "report.pdf", Settings())


@pytest.mark.parametrize("cropped", [False, True])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_box_of_a_word_is_where_its_ink_is(rotation: int, cropped: bool) -> None:
    data, document = one_word(rotation, cropped)
    (word,) = document.words
    assert document.text[word.start : word.end] == "支出"
    ink = inked(draw(data, "report.pdf", Settings(), number=1, dpi=DPI))
    x0, y0, x1, y1 = word.bbox
    assert x0 - 1 <= ink[0] and y0 - 1 <= ink[1] and ink[2] <= x1 + 1 and ink[3] <= y1 + 1
    assert x1 - x0 < 60 and y1 - y0 < 40
    page = document.pages[0]
    assert page.rotation == rotation
    assert (page.width > page.height) == (
        (rotation in (90, 270) and not cropped) or (cropped and rotation in (90, 270))
    )


def test_the_picture_is_drawn_in_the_parser_process_at_the_resolution_asked_for(tmp_path: Path) -> None:
    maker = Maker()
    maker.line("第一页")
    maker.new_page()
    maker.line("第二页")
    path = tmp_path / "report.pdf"
    path.write_bytes(maker.bytes())
    for dpi in (72, 200):
        png = page_image(path, 2, dpi=dpi)
        assert png.startswith(b"\x89PNG")
        assert gray(png)[:2] == (round(595 * dpi / 72), round(842 * dpi / 72))
    document = load_pdf(path.read_bytes(), "report.pdf", Settings())
    second = next(word for word in document.words if word.page == 2)
    assert darkest(page_image(path, 2), second.bbox) < 80
    assert darkest(page_image(path.read_bytes(), 1), (72, 400, 523, 800)) == 255


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_is_its_own_page(kind: str) -> None:
    source = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 400, 200), False)
    source.clear_with(255)
    source.set_rect(pymupdf.IRect(100, 50, 140, 70), (0, 0, 0))
    source.set_dpi(200, 200)
    png = page_image(source.tobytes(kind), 1, dpi=200)
    assert gray(png)[:2] == (400, 200)
    x0, y0, x1, y1 = (v * 200 / 72 for v in inked(png, 200))
    assert abs(x0 - 100) < 3 and abs(y0 - 50) < 3 and abs(x1 - 140) < 3 and abs(y1 - 70) < 3


def test_a_webp_picture_is_drawn_though_the_renderer_does_not_know_it() -> None:
    image = pytest.importorskip("PIL.Image").new("RGB", (400, 200), "white")
    image.paste((0, 0, 0), (100, 50, 140, 70))
    kept = io.BytesIO()
    image.save(kept, "WEBP", lossless=True)
    png = page_image(kept.getvalue(), 1, dpi=96)
    assert gray(png)[:2] == (400, 200)
    x0, y0, x1, y1 = (v * 96 / 72 for v in inked(png, 96))
    assert abs(x0 - 100) < 2 and abs(y0 - 50) < 2 and abs(x1 - 140) < 2 and abs(y1 - 70) < 2
    with pytest.raises(DamagedInput, match="损坏"):
        page_image(kept.getvalue()[:30], 1)


def test_a_page_that_there_is_not_and_files_without_pages_are_refused() -> None:
    maker = Maker()
    maker.line("正文")
    data = maker.bytes()
    for number in (0, 2):
        with pytest.raises(InputError, match="共 1 页"):
            page_image(data, number)
    with pytest.raises(TooLarge, match="像素"):
        page_image(data, 1, dpi=3000)
    with pytest.raises(UnsupportedInput, match="页面图像"):
        page_image("一、基本情况".encode(), 1)
