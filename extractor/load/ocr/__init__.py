"""Pictures of pages: straightened, freed of red seals, read offline, their printed tables found by their lines.

The reader is rapidocr, whose models come with its package; it is an extra (`extractor[ocr]`).
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from extractor.errors import TooLarge, UnsupportedInput
from extractor.load.printed.sheet import PageText
from extractor.load.progress import page_read

__all__ = ["available", "page_of", "page_shown"]

MOST_PAGES = 500  # of one file: at a few seconds each
_DPI, _INCH, _LONGEST = 200, 72, 3400  # pixels of the longer side
INSTALL = (
    "请安装识别组件：pip install 'extractor[ocr]'；或先用文字识别软件转成可复制文字的文件，核对数字后再提交"
)
_REPAIR = "请重新安装：pip install --force-reinstall rapidocr"


def available() -> bool:
    """Whether a reader of pictures is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def page_shown(page: Any, number: int, file_name: str) -> PageText:
    """A page of PyMuPDF by its picture; UnsupportedInput when no reader is installed."""
    longest = max(page.rect.width, page.rect.height, 1.0)
    scale = min(_DPI / _INCH, _LONGEST / longest)
    shown = page.get_pixmap(matrix=_scaling(scale), alpha=False)
    picture = _array(shown.samples, shown.width, shown.height, number, file_name)
    return page_of(picture, number, file_name, page.rect.width, page.rect.height)


def _scaling(scale: float) -> Any:
    import pymupdf  # noqa: PLC0415 - whoever shows a page has it

    return pymupdf.Matrix(scale, scale)


def _array(samples: bytes, width: int, height: int, number: int, file_name: str) -> Any:
    """The bytes of red, green and blue as a picture of blue, green and red."""
    try:
        import numpy as np  # noqa: PLC0415 - comes with the reader, an extra
    except ImportError:
        raise _missing(number, file_name) from None
    return np.ascontiguousarray(np.frombuffer(samples, np.uint8).reshape(height, width, 3)[:, :, ::-1])


def page_of(picture: Any, number: int, file_name: str, width: float, height: float) -> PageText:
    """The page that a picture (rows of blue, green, red) shows; `width` and `height` in points."""
    if number > MOST_PAGES:
        raise TooLarge(file_name, f"扫描页超过 {MOST_PAGES} 页", "请拆成几个文件分别提交")
    try:
        from extractor.load.ocr.engine import NoModels  # noqa: PLC0415 - heavy, and an extra
        from extractor.load.ocr.reading import read  # noqa: PLC0415
    except ImportError:
        raise _missing(number, file_name) from None
    try:
        page = read(picture, number, width, height)
    except NoModels as error:
        raise UnsupportedInput(
            file_name, f"第 {number} 页是扫描件，而识别组件缺少模型文件 {error}", _REPAIR
        ) from None
    page_read()
    return page


def _missing(number: int, file_name: str) -> UnsupportedInput:
    return UnsupportedInput(file_name, f"第 {number} 页是扫描件，没有文字", INSTALL)
