"""Draws small PDFs as an office prints them: ruled tables, running text, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pymupdf

FONT, SIZE = "china-s", 10.0
LEFT, TOP, RIGHT, BOTTOM = 72.0, 72.0, 523.0, 770.0


class Maker:
    """A PDF under construction; `y` is where the next line goes."""

    def __init__(self) -> None:
        self.pdf = pymupdf.open()
        self.page: Any = None
        self.new_page()

    def new_page(self) -> None:
        """Go on at the top of a fresh A4 page."""
        self.page = self.pdf.new_page(width=595, height=842)
        self.y = TOP

    def line(self, text: str, x: float = LEFT) -> None:
        """A printed line."""
        self.page.insert_text((x, self.y + SIZE), text, fontname=FONT, fontsize=SIZE)
        self.y += 1.6 * SIZE

    def foot(self, text: str) -> None:
        """A line in the foot of the page."""
        self.page.insert_text((290, 815), text, fontname=FONT, fontsize=SIZE)

    def table(
        self,
        rows: Sequence[Sequence[str | None]],
        widths: Sequence[float],
        heights: Sequence[int] | None = None,
    ) -> None:
        """A ruled table; None continues the cell to its left, "^" the cell above; heights are in printed lines."""
        xs = [LEFT]
        for width in widths:
            xs.append(xs[-1] + width)
        tall = [1.5 * SIZE * lines for lines in (heights or [1] * len(rows))]
        top = self.y
        for r, row in enumerate(rows):
            low = top + tall[r]
            for c, text in enumerate(row):
                if text is not None:
                    end = next((k for k in range(c + 1, len(row)) if row[k] is not None), len(row))
                    if text != "^":
                        for n, each in enumerate(text.split("\n")):
                            at = (xs[c] + 2, top + SIZE * (1.1 + 1.2 * n))
                            self.page.insert_text(at, each, fontname=FONT, fontsize=SIZE)
                        self.page.draw_line((xs[c], top), (xs[end], top), width=0.5)
                    self.page.draw_line((xs[c], top), (xs[c], low), width=0.5)
            self.page.draw_line((xs[-1], top), (xs[-1], low), width=0.5)
            top = low
        self.page.draw_line((xs[0], top), (xs[-1], top), width=0.5)
        self.y = top + SIZE

    def bytes(self, **options: Any) -> bytes:
        """The file."""
        data: bytes = self.pdf.tobytes(**options)
        return data
