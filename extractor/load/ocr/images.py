"""Pictures as files (png, jpg, tiff, webp, bmp): every frame a page."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

from extractor.document import Document
from extractor.errors import DamagedInput, TooLarge, UnsupportedInput
from extractor.load.ocr import INSTALL, MOST_PAGES, page_of
from extractor.load.pdf import assembled
from extractor.load.printed.sheet import PageText
from extractor.load.printed.turning import after
from extractor.settings import Settings

_MOST_PIXELS = 120_000_000  # an A3 page at 600 dpi has 70 million
_AMPLE = 3400  # pixels of the longer side: what the reader uses of a picture; memory is short for more
_INCH, _SCREEN = 72.0, 96.0  # points and dots to the inch
_SMALLEST, _LARGEST, _A4 = 500.0, 1300.0, 842.0  # points: the longer side of a sheet from A5 to A3, and of A4
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP")
_RESAVE = "请重新扫描或另存后再提交"


def load_image(data: bytes, file_name: str, settings: Settings) -> Document:
    """The Document of a picture; each reason to refuse it is an `InputError` with its remedy."""
    try:
        from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - comes with the reader, an extra
    except ImportError:
        raise UnsupportedInput(file_name, "这是图片，没有文字", INSTALL) from None
    try:
        Image.init()
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=_FORMATS) as image,
        ):
            media_type = image.get_format_mimetype() or ""
            pages = list(_pages(image, file_name))
    except Image.DecompressionBombError:
        raise _too_large(file_name) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise DamagedInput(file_name, "图片已损坏，无法打开", _RESAVE) from None
    return assembled(pages, data, file_name, settings, loader="image", media_type=media_type)


def _pages(image: Any, file_name: str) -> Iterator[PageText]:
    import numpy as np  # noqa: PLC0415 - comes with the reader, an extra
    from PIL import ImageOps, ImageSequence  # noqa: PLC0415

    frames = getattr(image, "n_frames", 1)
    if frames > MOST_PAGES:
        raise TooLarge(file_name, f"图片有 {frames} 页，超过 {MOST_PAGES} 页", "请拆成几个文件分别提交")
    for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
        if frame.width * frame.height > _MOST_PIXELS:
            raise _too_large(file_name)
        upright = ImageOps.exif_transpose(frame)
        shown = _shown(upright)
        if (times := int(_longest(upright.size)) // _AMPLE) > 1:
            upright = upright.reduce(times)
        page = page_of(_colours(upright, np), number, file_name, *_as_read(shown))
        page.shown = shown
        scale = shown[0] / _as_read(shown)[0]
        page.back = after(page.back, (scale, 0.0, 0.0, scale, 0.0, 0.0)) if scale != 1 else page.back
        yield page


def _colours(frame: Any, np: Any) -> Any:
    """The frame as rows of blue, green and red; what is transparent is paper."""
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        from PIL import Image  # noqa: PLC0415 - as above

        frame = frame.convert("RGBA")
        paper = Image.new("RGBA", frame.size, "white")
        paper.alpha_composite(frame)
        frame = paper
    if frame.mode.startswith("I"):  # sixteen bits of grey
        frame = frame.point(lambda value: value / 256).convert("L")
    return np.ascontiguousarray(np.asarray(frame.convert("RGB"))[:, :, ::-1])


def _shown(frame: Any) -> tuple[float, float]:
    """The size in points at which the picture is shown: by the resolution it states, else by that of screens."""
    across, down = (float(value) for value in frame.info.get("dpi", (0, 0)))
    if across < 1 or down < 1:
        across = down = _SCREEN
    return frame.width * _INCH / across, frame.height * _INCH / down


def _as_read(shown: tuple[float, float]) -> tuple[float, float]:
    """The size of the page in points as it is read: paper's; a photograph's is made that of A4."""
    longest = _longest(shown)
    if _SMALLEST <= longest <= _LARGEST:
        return shown
    return shown[0] * _A4 / longest, shown[1] * _A4 / longest


def _longest(size: tuple[float, float]) -> float:
    """The longer side of a picture; of pages joined to a strip, that of one."""
    from extractor.load.ocr.picture import measure  # noqa: PLC0415 - heavy, and an extra

    return measure(*size)


def _too_large(file_name: str) -> TooLarge:
    return TooLarge(file_name, f"图片超过 {_MOST_PIXELS} 像素", "请以 200 至 300 dpi 重新扫描后再提交")
