"""What happens to a printed text afterwards: each function edits a canvas and keeps all offsets."""

from __future__ import annotations

import random
import re
from bisect import bisect_right

from eval.generate.canvas import Canvas

Edit = tuple[int, int, str]
_PAGE = 600  # characters
_TABLE = 300  # characters: a longer value is a whole table
# a line of prose holds about forty characters and a number six; in tables only page ends and narrow columns cut numbers
_CUT_PROSE, _CUT_CELLS = 0.2, 0.04
HALF = str.maketrans("，：；（）％＞＝", ",:;()%>=")
LOOKALIKE = {"己": "已", "未": "末", "日": "曰", "万": "方", "元": "兀", "目": "日", "指": "拈", "预": "顸"}


def half_width(canvas: Canvas, _: random.Random) -> None:
    """Chinese punctuation becomes half-width throughout."""
    text = canvas.text
    canvas.edit([(i, i + 1, ch.translate(HALF)) for i, ch in enumerate(text) if ch.translate(HALF) != ch])


def ocr_noise(canvas: Canvas, rng: random.Random) -> None:
    """Misread signs and digits, lost or loosened decimal points, full-width digits, lookalike characters."""
    text = canvas.text
    edits: list[Edit] = []
    for i, ch in enumerate(text):
        new = _misread(text, i, ch, rng)
        if new is not None:
            edits.append((i, i + 1, new))
    canvas.edit(edits)


def _misread(text: str, i: int, ch: str, rng: random.Random) -> str | None:
    chance = rng.random()
    if ch == "≥" and chance < 0.4:
        return rng.choice(("2", "2", "Z", "＞", ">"))
    if ch == "≤" and chance < 0.4:
        return rng.choice(("W", "<", "S", "≦"))
    inside = 0 < i < len(text) - 1 and text[i - 1].isdigit() and text[i + 1].isdigit()
    if ch == "." and inside and chance < 0.15:
        return rng.choice(("", ". ", "．", ",", " ."))
    if ch.isascii() and ch.isdigit() and chance < 0.02:
        return {"1": "l", "0": "O", "5": "S", "8": "B"}.get(ch, chr(ord(ch) - 48 + 0xFF10))
    if ch in LOOKALIKE and chance < 0.02:
        return LOOKALIKE[ch]
    if ch == "：" and chance < 0.1:
        return ":"
    return None


def broken_numbers(canvas: Canvas, rng: random.Random) -> None:
    """Numbers of the truth cut by line breaks, some with a page footer in between."""
    text = canvas.text
    edits: dict[int, Edit] = {}
    footers: set[int] = set()
    page, turned = 0, 0
    tables = [(s.start, s.end) for s in canvas.slots if s.start and s.end and s.end - s.start > _TABLE]
    for slot in sorted(canvas.slots, key=lambda each: each.start or 0):
        if slot.start is None or slot.end is None or slot.end - slot.start > 16:
            continue
        inside = any(a <= slot.start < b for a, b in tables)
        if rng.random() > (_CUT_CELLS if inside else _CUT_PROSE):
            continue
        raw = text[slot.start : slot.end]
        places = [m.end() for m in re.finditer(r"\d\.(?=\d)|\d(?=[万人%个分])|\d(?=\d)", raw)]
        if not places or len(re.findall(r"\d", raw)) < 3:
            continue
        at = slot.start + rng.choice(places)
        gap = rng.choice(("\n", "\n\n"))
        if at - turned > _PAGE:  # a page ends once in so many characters, now and then inside a number
            page += max(1, (at - turned) // _PAGE)
            turned = at
            gap = rng.choice((f"\n— {page} —\n", f"\n\n{page}\n\n", f"\n- {page} -\n"))
            footers.add(at)
        edits[at] = (at, at, gap)
    canvas.edit([edits[at] for at in sorted(edits)])
    shift = 0
    for at in sorted(edits):
        gap = edits[at][2]
        if at in footers:
            canvas.furniture.append(canvas.mark(at + shift, at + shift + len(gap)))
        shift += len(gap)


def broken_flat(canvas: Canvas, rng: random.Random) -> None:
    """Line breaks before bare numbers and blanks inside decimals, as one web store prints Word tables."""
    text = canvas.text
    edits: list[Edit] = []
    for match in re.finditer(r"(?<= )(?=\d+ )|(?<=\d\.)(?=\d)", text):
        chance = rng.random()
        if text[match.start() - 1] == "." and chance < 0.15:
            edits.append((match.start(), match.start(), rng.choice((" ", "\n\n"))))
        elif text[match.start() - 1] == " " and chance < 0.4:
            edits.append((match.start(), match.start(), "\n\n"))
    canvas.edit(edits)


def doubled_unit(canvas: Canvas, rng: random.Random) -> None:
    """One amount with its unit written twice."""
    text = canvas.text
    places = [s.end - 2 for s in canvas.slots if s.end is not None and text[s.end - 2 : s.end] == "万元"]
    if places:
        at = rng.choice(places)
        canvas.edit([(at, at, "万")])


def page_noise(canvas: Canvas, rng: random.Random) -> None:
    """Page numbers and running titles between lines, also in the middle of tables."""
    text = canvas.text
    ends = [m.end() for m in re.finditer("\n", text)]
    spans = sorted(
        (s.start, s.end)
        for s in canvas.slots
        if s.start is not None and s.end is not None and s.end - s.start < 400
    )
    starts = [s for s, _ in spans]
    edits: list[Edit] = []
    page = 1
    shape = rng.choice(("— {} —", "- {} -", "第 {} 页", "第{}页 共12页", "{}"))
    step = rng.randrange(18, 45)
    for at in ends[step::step]:
        before = bisect_right(starts, at) - 1
        inside = any(s < at < e for s, e in spans[max(0, before - 3) : before + 1])
        if not inside:
            edits.append((at, at, shape.format(page) + "\n"))
            page += 1
    canvas.edit(edits)


def wrap(canvas: Canvas, rng: random.Random) -> None:
    """Long prose lines cut at a fixed width, now and then by a whole page break."""
    width = rng.randrange(32, 46)
    edits: list[Edit] = []
    for match in re.finditer(r"[^\n\t|<]{48,}(?=\n|$)", canvas.text):
        edits += [
            (at, at, "\n" if rng.random() < 0.85 else "\n\n")
            for at in range(match.start() + width, match.end() - 2, width)
        ]
    canvas.edit(edits)


def digit_spaces(canvas: Canvas, _: random.Random) -> None:
    """A space between digits and Chinese characters, as some PDF readers put it."""
    pattern = r"(?<=[\d%])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=\d)"
    canvas.edit([(m.start(), m.start(), " ") for m in re.finditer(pattern, canvas.text)])


def metadata_front(canvas: Canvas, rng: random.Random) -> None:
    """The properties of a workbook glued in front of everything."""
    year = rng.randrange(2016, 2024)
    number = rng.randrange(10**9, 10**10)
    words = (
        f"Administrator {rng.choice(('wyx', 'user', 'lenovo'))} 1 {year}-05-22T04:56:35Z {year}-09-13T11:21:51Z "
        f"{year}-05-16T06:53:23Z 15.00 2052-11.1.0.11691 {number:032X} 9300 22370 0 0 False False False "
    )
    canvas.edit([(0, 0, words)])


def bookmark(canvas: Canvas, rng: random.Random) -> None:
    """A Word bookmark glued in front of a heading."""
    heads = [m.start() for m in re.finditer(r"^[一二三四五六七八九十]、", canvas.text, re.MULTILINE)]
    if heads:
        at = rng.choice(heads)
        canvas.edit([(at, at, "[bookmark: _GoBack]")])


def website(canvas: Canvas, rng: random.Random) -> None:
    """The lines a web page puts around a document."""
    day = f"{rng.randrange(2019, 2025)}-0{rng.randrange(1, 10)}-1{rng.randrange(0, 10)}"
    front = f"首页 > 政务公开 > 预算/决算\n来源：财务科   {day} 16:55\n浏览量：{rng.randrange(1, 9999)} | 字号：[大 中 小]\n\n"
    end = len(canvas.text)
    canvas.edit([(0, 0, front), (end, end, "\n扫一扫在手机打开当前页\n")])
