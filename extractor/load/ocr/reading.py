"""A picture of a page read by rapidocr: lines of characters with their places and how sure each is."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

import cv2
import numpy as np
from rapidocr import RapidOCR

from extractor.load.canonical import canonical
from extractor.load.ocr.picture import Image, ruled, skew, straightened, without_seals
from extractor.load.printed.ruling import from_lines
from extractor.load.printed.sheet import PageText, arranged
from extractor.load.printed.words import Word

Picture = tuple[bytes, int, int]
_COVERED = 0.08  # of a character's box
_WIDE = 1.2  # times the height: a gap that no typesetter leaves inside a run


@cache
def _reader() -> Any:
    """The reader with the models of its own package; nothing is ever downloaded."""
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR()


def read(picture: Picture, number: int, width: float, height: float) -> PageText:
    """The page a picture shows, its places in points of the page as scanned."""
    samples, columns, rows = picture
    image = np.frombuffer(samples, np.uint8).reshape(rows, columns, 3)[:, :, ::-1]
    points = width / columns
    clean, seal = without_seals(image)
    straight, back = straightened(clean, skew(cv2.cvtColor(clean, cv2.COLOR_BGR2GRAY)))
    seal = cv2.warpAffine(seal, cv2.invertAffineTransform(back), (columns, rows))
    characters = _characters(straight, seal, points)
    gray = cv2.cvtColor(straight, cv2.COLOR_BGR2GRAY)
    lines = [run for line in characters for run in _runs(line)]
    found = from_lines(*ruled(gray, points))
    single = [character for line in characters for character in line]
    printed, tables = arranged(lines, found, lambda: single, number)
    page = PageText(number, width, height, 0, printed, tables, source="ocr")
    _put_back(page, back, points)
    return page


def _characters(image: Image, seal: Image, points: float) -> list[list[Word]]:
    """Every recognised character, by the line the reader found it on."""
    result = _reader()(image, return_word_box=True, return_single_char_box=True)
    out = []
    for line in result.word_results or ():
        words = []
        for text, sure, corners in line:
            xs, ys = [c[0] for c in corners], [c[1] for c in corners]
            x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
            under = seal[int(y0) : int(y1) + 1, int(x0) : int(x1) + 1]
            covered = bool(under.size) and float(under.mean()) > _COVERED
            if clean := canonical(text).strip():
                words.append(
                    Word(x0 * points, y0 * points, x1 * points, y1 * points, clean, float(sure), covered)
                )
        if words:
            out.append(words)
    return out


def _runs(line: list[Word]) -> list[Word]:
    """A line's characters as runs, parted where a wide gap is."""
    runs: list[list[Word]] = []
    for word in line:
        if runs and word.x0 - runs[-1][-1].x1 <= _WIDE * word.height:
            runs[-1].append(word)
        else:
            runs.append([word])
    return [
        Word(
            min(w.x0 for w in run), min(w.y0 for w in run), max(w.x1 for w in run), max(w.y1 for w in run),
            "".join(w.text for w in run), min(w.sure for w in run), any(w.covered for w in run),
        )
        for run in runs
    ]  # fmt: skip


def _put_back(page: PageText, back: Image, points: float) -> None:
    """Move every word from the straightened picture to where it stands on the page."""

    def moved(word: Word) -> Word:
        corners = np.array(
            [(x / points, y / points, 1.0) for x in (word.x0, word.x1) for y in (word.y0, word.y1)]
        )
        at = corners @ back.T * points
        (x0, y0), (x1, y1) = at.min(axis=0), at.max(axis=0)
        return word._replace(x0=float(x0), y0=float(y0), x1=float(x1), y1=float(y1))

    for row in page.rows:
        row[:] = [moved(word) for word in row]
    for table in page.tables:
        for cell in table.cells:
            for _, row in cell.lines:
                row[:] = [moved(word) for word in row]
