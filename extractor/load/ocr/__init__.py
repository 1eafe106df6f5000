"""Pictures of pages: straightened, freed of red seals, read offline, their printed tables found by their lines.

The reader is rapidocr, whose models come with its package; it is an extra (`extractor[ocr]`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.errors import UnsupportedInput
from extractor.load.printed.sheet import PageText

if TYPE_CHECKING:
    from extractor.load.ocr.reading import Picture

__all__ = ["DPI", "read_picture"]

DPI = 200
_INSTALL = (
    "请安装识别组件：pip install 'extractor[ocr]'；或先用文字识别软件转成可复制文字的文件，核对数字后再提交"
)


def read_picture(samples: bytes, width: int, height: int, number: int, file_name: str, rect: Any) -> PageText:
    """The page that an RGB picture shows; `rect` is the page's size in points. UnsupportedInput when no reader is installed."""
    try:
        from extractor.load.ocr.reading import read  # noqa: PLC0415 - heavy, and an extra
    except ImportError:
        raise UnsupportedInput(file_name, f"第 {number} 页是扫描件，没有文字", _INSTALL) from None
    picture: Picture = (samples, width, height)
    return read(picture, number, rect.width, rect.height)
