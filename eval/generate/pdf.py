"""Pages as a PDF with a text layer: one Chinese font by name, rules as lines, written straight into content streams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pymupdf

from eval.generate.pages import Page

_FONT = "china-s"


def as_pdf(pages: Sequence[Page]) -> bytes:
    """The bytes of the PDF; equal pages give equal bytes."""
    book: Any = pymupdf.open()
    for page in pages:
        sheet = book.new_page(width=page.width, height=page.height)
        font = sheet.insert_font(fontname=_FONT)
        _half_widths(book, font)
        stream = book.get_new_xref()
        book.update_object(stream, "<<>>")
        book.update_stream(stream, _content(page))
        book.xref_set_key(sheet.xref, "Contents", f"{stream} 0 R")
    data: bytes = book.tobytes(deflate=True, no_new_id=True)
    book.close()
    return data


def _half_widths(book: Any, font: int) -> None:
    """Latin letters and digits take half an em, as in the fonts reports are set in."""
    kind, value = book.xref_get_key(font, "DescendantFonts")
    if kind == "array":
        book.xref_set_key(int(value.strip("[] ").split()[0]), "W", "[1 95 500]")


def _content(page: Page) -> bytes:
    out = ["0.5 w"]
    out += [
        f"{r.x0:.2f} {page.height - r.y0:.2f} m {r.x1:.2f} {page.height - r.y1:.2f} l S" for r in page.rules
    ]
    out.append("BT")
    for line in page.lines:
        baseline = page.height - line.top - line.size * 0.86
        weight = "2 Tr 0.3 w" if line.bold else "0 Tr"
        text = line.text.encode("utf-16-be").hex()
        out.append(f"{weight} /{_FONT} {line.size:g} Tf 1 0 0 1 {line.x:.2f} {baseline:.2f} Tm <{text}> Tj")
    out.append("ET")
    return "\n".join(out).encode()
