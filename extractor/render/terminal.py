"""Text for a terminal: columns as a Chinese reader sees them, lines wrapped, colour only where it is welcome."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

NARROW, WIDE = 80, 120
_TOKEN = re.compile(r"[0-9A-Za-z.,%+\-/_:\\]+|\s+|.", re.DOTALL)
_NEVER_FIRST = frozenset("，。；：、！？）】》”’％%,.;:!?)]}…·")
_NEVER_LAST = frozenset("（【《“‘([{")
_COLOURS = {"red": "31", "yellow": "33", "blue": "34", "green": "32", "dim": "2", "bold": "1"}


def width(text: str) -> int:
    """How many columns `text` takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(maxsize=8192)  # a report is written with a few hundred characters
def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int) -> str:
    """`text` filled with spaces to `columns`."""
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int, first: str = "", rest: str | None = None) -> str:
    """`text` broken into lines of at most `columns`, the first led by `first`, the others by `rest`."""
    rest = " " * width(first) if rest is None else rest
    room = max(columns - max(width(first), width(rest)), 8)
    lines = list(_lines(text.strip(), room))
    return "\n".join([first + lines[0], *(rest + line for line in lines[1:])]) if lines else first.rstrip()


def _lines(text: str, room: int) -> Iterator[str]:
    if text and width(text) <= room:
        yield text
        return
    line: list[str] = []
    used = 0
    for token in _tokens(text, room):
        wide = _columns(token) if len(token) == 1 else width(token)
        if line and used + wide > room:
            carried = _carried(line, token)
            kept = line[: len(line) - carried]
            yield "".join(kept).rstrip()
            line = [*line[len(kept) :], *([] if token.isspace() else [token])]
            used = sum(map(width, line))
            continue
        line.append(token)
        used += wide
    if line:
        yield "".join(line).rstrip()


def _carried(line: Sequence[str], token: str) -> int:
    """How many tokens go down with `token`, so that no line starts with 。 or ends with （."""
    carried = 0
    if token[0] in _NEVER_FIRST:
        carried = 1
        while carried < min(len(line), 4) and line[-carried][0] in _NEVER_FIRST:
            carried += 1
    while carried < min(len(line), 4) and line[-carried - 1][-1] in _NEVER_LAST:
        carried += 1
    return carried if carried < len(line) else 0


def _tokens(text: str, room: int) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        token = match[0]
        if len(token) <= room:
            yield token
        else:
            yield from (token[at : at + room] for at in range(0, len(token), room))


def table(rows: Iterable[Sequence[str]], columns: int, gap: str = "  ") -> str:
    """Rows with aligned columns; the last column wraps."""
    listed = [list(row) for row in rows]
    widths = [max(width(row[i]) for row in listed) for i in range(len(listed[0]) - 1)] if listed else []
    return "\n".join(
        wrap(
            row[-1], columns, "".join(pad(cell, wide) + gap for cell, wide in zip(row, widths, strict=False))
        )
        for row in listed
    )


class Paint:
    """Colours text, or leaves it alone."""

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, *styles: str) -> str:
        """`text` in the named styles, each line by itself."""
        if not (self.on and styles):
            return text
        start = "\x1b[" + ";".join(_COLOURS[style] for style in styles) + "m"
        return "\n".join(f"{start}{line}\x1b[0m" if line else line for line in text.split("\n"))


class Screen:
    """Standard output and error: a reader who leaves early ends the printing, never the work."""

    def __init__(self) -> None:
        self.columns, self.colour, self._open = NARROW, False, True
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")

    def adapt(self, no_color: bool) -> None:
        """Take the width of the terminal, and its colours unless they are not wanted."""
        if sys.stdout.isatty():
            self.columns = min(max(os.get_terminal_size(sys.stdout.fileno()).columns, 40), WIDE)
            self.colour = not no_color

    def say(self, text: str) -> None:
        """Print to standard output."""
        self.write((text + "\n").encode(sys.stdout.encoding or "utf-8", "replace"))

    def write(self, data: bytes) -> None:
        """Write bytes to standard output as they are."""
        if not self._open:
            return
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            self._open = False

    def complain(self, text: str) -> None:
        """Print to standard error."""
        try:
            print(text, file=sys.stderr, flush=True)
        except BrokenPipeError:
            self._open = False

    def close(self) -> None:
        """Leave nothing in a buffer that the interpreter could fail to flush into a closed pipe."""
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            self._open = False
        if not self._open:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
