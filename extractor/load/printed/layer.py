"""A page's text layer: its words, its characters and its ruled tables, all as a reader of the upright page sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from extractor.load.canonical import canonical
from extractor.load.printed.columns import closed
from extractor.load.printed.doubles import Doubles
from extractor.load.printed.ruling import Lattice, drawn_lines, from_lines, whole_lines
from extractor.load.printed.turning import Direction, Matrix, after, moved, on_its_side, upright
from extractor.load.printed.watermark import lies_across, suspects
from extractor.load.printed.words import Region, Word

_FEW = 40  # regions asked for one by one; for more of them all characters of the page are cheaper

_SLANT = 0.1  # of a line that runs neither across nor up and down


class TextLayer:
    """What a page of PyMuPDF prints; `flags` are those of its text, `back` leads from its places to those of the page shown."""

    def __init__(self, page: Any, flags: int) -> None:
        self.page = page
        self.textpage = page.get_textpage(flags=flags)
        self.matrix: Matrix | None = tuple(page.rotation_matrix) if page.rotation else None
        self.back: Matrix | None = None
        self.aside = ""
        self.words = self._words()
        if on_its_side(self.words) and (turn := upright(self._directions, page.rect.width, page.rect.height)):
            there, self.back = turn
            self.matrix = after(self.matrix, there)
            self.words = [moved(word, there) for word in self.words]
        self._asked = 0
        self._all: list[Word] | None = None

    def tables(self) -> list[Lattice]:
        """The ruled tables, top to bottom."""
        if not self.words:
            return []
        across, down = map(whole_lines, drawn_lines(self.page.get_cdrawings(), self.matrix))
        more_across, more_down = closed(across, down, self.words)
        return from_lines(across + more_across, down + more_down)

    def characters(self, region: Region) -> list[Word]:
        """The printed characters in a region of the page, and perhaps some around it."""
        self._asked += 1
        if self._all is None and self.matrix is None and self._asked <= _FEW:
            return self._within(region)
        if self._all is None:
            self._all = list(self._characters())
        x0, y0, x1, y1 = region
        return [c for c in self._all if c.x1 >= x0 and c.x0 <= x1 and c.y1 >= y0 and c.y0 <= y1]

    def _words(self) -> list[Word]:
        lines: list[tuple[int, int]] = []
        words: list[Word] = []
        bold = Doubles()
        for x0, y0, x1, y1, printed, block, line, _ in self.textpage.extractWORDS():
            text = printed if printed.isprintable() else canonical(printed).strip()
            if text and (word := bold.once(Word(x0, y0, x1, y1, text))):
                words.append(word)
                lines.append((block, line))
        if words and (large := suspects(words)):
            words = self._printed(words, lines, large)
        return words if self.matrix is None else [moved(word, self.matrix) for word in words]

    def _printed(
        self, words: list[Word], lines: Sequence[tuple[int, int]], large: Sequence[int]
    ) -> list[Word]:
        """The words without those of a watermark: on a slanted line, or large and across others."""
        slanted = {
            (block["number"], n)
            for block in self.textpage.extractDICT()["blocks"]
            for n, line in enumerate(block.get("lines", ()))
            if min(map(abs, line["dir"])) > _SLANT
        }
        across = {n for n in large if lines[n] in slanted or lies_across(n, words, large)}
        self.aside = " ".join(words[n].text for n in sorted(across))
        return [word for n, word in enumerate(words) if n not in across]

    def _within(self, region: Region) -> list[Word]:
        """The characters of a region alone: the extraction skips what lies outside the text's own frame."""
        frame = self.textpage.this.m_internal.mediabox
        whole = frame.x0, frame.y0, frame.x1, frame.y1
        frame.x0, frame.y0, frame.x1, frame.y1 = region
        try:
            return list(self._characters())
        finally:
            frame.x0, frame.y0, frame.x1, frame.y1 = whole

    def _characters(self) -> Iterator[Word]:
        for block in self.textpage.extractRAWDICT()["blocks"]:
            for line in block.get("lines", ()):
                for span in line["spans"]:
                    for char in span["chars"]:
                        if text := canonical(char["c"]).strip():
                            x0, y0, x1, y1 = char["bbox"]
                            word = Word(x0, y0, x1, y1, text)
                            yield word if self.matrix is None else moved(word, self.matrix)

    def _directions(self) -> Iterator[Direction]:
        """Which way each character runs on the page as shown: (1, 0) to the right, (0, 1) down."""
        a, b, c, d, _, _ = self.matrix or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        for block in self.textpage.extractDICT()["blocks"]:
            for line in block.get("lines", ()):
                x, y = line["dir"]
                way = round(a * x + c * y), round(b * x + d * y)
                for span in line["spans"]:
                    for _ in span["text"]:
                        yield way
