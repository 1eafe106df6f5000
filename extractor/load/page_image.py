"""A page as a picture, to draw boxes on: places of spans in points times dpi / 72 are its pixels."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

from extractor.errors import DamagedInput, InputError, TooLarge, UnsupportedInput
from extractor.load.sniff import foreign_kind
from extractor.settings import Settings

_MOST_PIXELS = 60_000_000
_POINTS, _SCREEN = 72, 96  # points, and dots of a picture that does not say, to an inch
_PICTURES = ("png", "jpeg", "tiff", "bmp", "gif", "webp")
_RESAVE = "请用原程序重新导出后再提交"


def page_image(
    source: str | os.PathLike[str] | bytes,
    number: int,
    *,
    dpi: int = 144,
    settings: Settings | None = None,
    file_name: str | None = None,
) -> bytes:
    """Page `number` (from 1) of a PDF or of a picture as PNG, turned as a reader sees it; drawn in a process of its own.

    Raises an `InputError` for a page that there is not, a picture too large, and a file that has no pages.
    """
    from extractor.load.isolation import drawn  # noqa: PLC0415 - a process only where a page is asked for

    if isinstance(source, bytes):
        data, name = source, file_name or "输入内容"
    else:
        path = Path(source)
        data, name = path.read_bytes(), file_name or path.name
    kind = foreign_kind(data)
    if kind is None or kind.id not in ("pdf", *_PICTURES):
        raise UnsupportedInput(name, "这种文件没有页面图像", "请在原程序中打开查看")
    return drawn("extractor.load.page_image:draw", data, name, settings or Settings(), number=number, dpi=dpi)


def draw(data: bytes, file_name: str, _: Settings, *, number: int, dpi: int) -> bytes:
    """The page as PNG, in this process."""
    import pymupdf  # noqa: PLC0415 - the parent process only asks

    pymupdf.TOOLS.mupdf_display_errors(False)
    kind = foreign_kind(data)
    if kind is not None and kind.id == "webp":  # MuPDF does not know it
        data = _frames(data, file_name)
    try:
        pages = pymupdf.open(stream=data)
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, RuntimeError, ValueError):
        raise DamagedInput(file_name, "文件已损坏，无法画出页面", _RESAVE) from None
    with pages:
        if pages.needs_pass:
            raise UnsupportedInput(file_name, "文件设有打开密码", "请去除密码后再提交")
        if not 1 <= number <= len(pages):
            raise InputError(file_name, f"没有第 {number} 页，共 {len(pages)} 页", "请改用存在的页码")
        try:
            return _png(pages[number - 1], number, file_name, dpi)
        except (RuntimeError, ValueError):
            raise DamagedInput(file_name, f"第 {number} 页已损坏，无法画出", _RESAVE) from None


def _frames(data: bytes, file_name: str) -> bytes:
    """The pictures of a WebP file, upright, as the pages of a TIFF."""
    try:
        from PIL import Image, ImageOps, ImageSequence  # noqa: PLC0415 - comes with the reader of scans, an extra
    except ImportError:
        remedy = "请另存为 PNG 或 JPG 后再提交，或安装可选组件 extractor[ocr]"
        raise UnsupportedInput(file_name, "WebP 图片没有解码程序，无法画出页面", remedy) from None
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=("WEBP",)) as image:
            if image.width * image.height * getattr(image, "n_frames", 1) > _MOST_PIXELS:
                raise TooLarge(
                    file_name, f"图片超过 {_MOST_PIXELS} 像素", "请以 200 至 300 dpi 重新扫描后再提交"
                )
            frames = [ImageOps.exif_transpose(each).convert("RGB") for each in ImageSequence.Iterator(image)]
            resolution = image.info.get("dpi", (_SCREEN, _SCREEN))
    except (OSError, SyntaxError, ValueError, EOFError):
        raise DamagedInput(file_name, "图片已损坏，无法画出页面", _RESAVE) from None
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], dpi=resolution)
    return out.getvalue()


def _png(page: Any, number: int, file_name: str, dpi: int) -> bytes:
    size = page.rect
    if size.width * size.height * (dpi / _POINTS) ** 2 > _MOST_PIXELS:
        raise TooLarge(file_name, f"第 {number} 页按 {dpi} dpi 画出超过 {_MOST_PIXELS} 像素", "请降低分辨率")
    image: bytes = page.get_pixmap(dpi=dpi, alpha=False).tobytes("png")
    return image
