"""What a picture leaves in doubt: digits under a seal or beside a border, and readings that contradict each other."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from extractor.load.ocr import engine
from extractor.load.ocr.lines import ruled
from extractor.load.ocr.picture import measure, without_seals
from extractor.load.ocr.pieces import pieces
from extractor.load.ocr.rereading import UNREAD, VOTED, agreed
from extractor.load.printed.ruling import Line, from_lines

WHITE = 255
# A table of two cells; print stands in the first.
RULED = (
    [Line(31.5, 20, 380), Line(101.5, 20, 380)],
    [Line(21.5, 30, 103), Line(198.5, 30, 103), Line(378.5, 30, 103)],
)


def test_a_seal_that_lets_no_print_through_is_told() -> None:
    image: Any = np.full((600, 800, 3), WHITE, np.uint8)
    for top in range(60, 420, 30):  # lines of print, cut off where the seal's ring lies on them
        image[top : top + 9, 60:440] = 0
    cv2.circle(image, (250, 250), 150, (40, 40, 215), 10)
    *_, covering = without_seals(image)
    assert covering


def test_a_row_line_under_a_seal_is_one_line() -> None:
    gray: Any = np.full((400, 900), WHITE, np.uint8)
    for y in (50, 150, 250):
        gray[y : y + 3, 50:850] = 30
    for x in (50, 520, 610, 847):
        gray[50:253, x : x + 3] = 30
    seal: Any = np.zeros_like(gray)
    seal[140:160, 505:625] = 1
    gray[seal > 0] = WHITE
    (parted,) = from_lines(*ruled(gray))
    (table,) = from_lines(*ruled(gray, seal))
    assert (len(parted.boxes), len(table.boxes)) == (5, 6)


def test_a_digit_that_was_not_detected_is_read_with_its_number() -> None:
    ink: Any = np.zeros((200, 400), np.uint8)
    ink[60:80, 40:43] = 1  # a 1 close to the border, before what was detected
    ink[60:80, 55:110] = 1
    ink[30:33, 20:200] = ink[100:103, 20:200] = ink[30:103, 20:23] = ink[30:103, 197:200] = 1
    (table,) = from_lines(*RULED)
    (rect,) = pieces([(50, 55, 115, 85)], [table], ink)
    assert rect[0] <= 40 and rect[2] >= 110


def test_a_thick_border_is_no_part_of_a_cell() -> None:
    ink: Any = np.zeros((200, 400), np.uint8)
    ink[60:80, 55:110] = 1
    ink[26:37, 20:200] = ink[97:106, 20:200] = ink[30:103, 16:28] = ink[30:103, 193:204] = 1
    (table,) = from_lines(*RULED)
    assert pieces([(50, 55, 115, 85)], [table], ink) == [(50, 55, 115, 85)]


def test_pages_joined_to_a_strip_are_as_large_as_single_ones() -> None:
    assert measure(1000, 1414) == 1414
    assert measure(1000, 2828) == 1414
    assert measure(2000, 1000) == 2000


def test_numbers_that_no_two_readings_agree_on_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def line(text: str, sure: float) -> list[engine.Character]:
        return [engine.Character(c, (n + 0.5) / len(text), sure) for n, c in enumerate(text)]

    gray: Any = np.full((60, 300), WHITE, np.uint8)
    rects = [(10, 10, 200, 50)] * 3
    answers = iter(
        [
            [line("172.50", 0.97), line("86.0", 0.8), line("41", 0.8)],
            [line("86.0", 0.7), line("47", 0.9)],
        ]
    )
    monkeypatch.setattr(engine, "texts", lambda pictures: next(answers)[: len(pictures)])
    said = agreed(gray, rects, [line("172.50", 0.7), line("88.0", 0.6), line("44", 0.7)])
    assert ["".join(c.text for c in each) for each in said[:2]] == ["172.50", "86.0"]
    assert min(c.sure for c in said[0]) == 0.97
    assert min(c.sure for c in said[1]) == VOTED
    assert min(c.sure for c in said[2]) == UNREAD
