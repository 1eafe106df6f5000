"""Text under construction, with values that know where they were printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

BLANKS = " \t\n\u3000\xa0"


@dataclass(eq=False)
class Slot:
    """A value of the truth; start and end are set when a renderer prints it."""

    text: str
    start: int | None = None
    end: int | None = None

    @property
    def printed(self) -> bool:
        """True once the value stands in the text."""
        return self.start is not None


Part: TypeAlias = str | Slot


@dataclass
class Canvas:
    """A text writer; every slot put on it keeps exact offsets, also through later edits."""

    slots: list[Slot] = field(default_factory=list)
    furniture: list[Slot] = field(default_factory=list)  # page numbers that cut a value; they belong to none
    _pieces: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """The whole text so far."""
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""

    def raw(self, text: str) -> None:
        """Print text that is no value."""
        self._pieces.append(text)
        self.length += len(text)

    def put(self, text: str, slot: Slot) -> None:
        """Print text as the value of slot; white space at its ends is left outside the offsets."""
        if slot.printed:
            raise ValueError(f"slot {slot.text!r} is printed twice")
        left = len(text) - len(text.lstrip(BLANKS))
        right = len(text.rstrip(BLANKS))
        if right > left:
            slot.start, slot.end = self.length + left, self.length + right
            self.slots.append(slot)
        self.raw(text)

    def parts(self, parts: Iterable[Part]) -> None:
        """Print a mixture of plain text and slots."""
        for part in parts:
            if isinstance(part, Slot):
                self.put(part.text, part)
            else:
                self.raw(part)

    def mark(self, start: int, end: int) -> Slot:
        """A slot over text that is already printed."""
        slot = Slot(self.text[start:end], start, end)
        self.slots.append(slot)
        return slot

    def ranges(self, slot: Slot) -> list[tuple[int, int]]:
        """The pieces of a printed value: what a page's end prints between them is not its own."""
        assert slot.start is not None and slot.end is not None
        out, at = [], slot.start
        for gap in sorted((g.start or 0, g.end or 0) for g in self.furniture):
            if at < gap[0] and gap[1] < slot.end:
                out.append((at, gap[0]))
                at = gap[1]
        return [*out, (at, slot.end)]

    def said(self, slot: Slot) -> str:
        """The characters of a printed value."""
        return "".join(self.text[start:end] for start, end in self.ranges(slot))

    def edit(self, edits: list[tuple[int, int, str]]) -> None:
        """Replace [start, end) by text for each edit (sorted, not overlapping) and move all offsets."""
        if not edits:
            return
        text = self.text
        pieces: list[str] = []
        done = 0
        for start, end, new in edits:
            if start < done:
                raise ValueError(f"edits overlap at {start}")
            pieces += [text[done:start], new]
            done = end
        pieces.append(text[done:])
        starts = _moved(edits, sorted({s.start for s in self.slots if s.start is not None}), is_end=False)
        ends = _moved(edits, sorted({s.end for s in self.slots if s.end is not None}), is_end=True)
        for slot in self.slots:
            if slot.start is not None and slot.end is not None:
                slot.start, slot.end = starts[slot.start], ends[slot.end]
        self._pieces = ["".join(pieces)]
        self.length = len(self._pieces[0])


def _moved(edits: list[tuple[int, int, str]], places: list[int], *, is_end: bool) -> dict[int, int]:
    """Where each place (ascending) stands after the edits; an insertion at a place never enters a value."""
    moved: dict[int, int] = {}
    shift, index = 0, 0
    for place in places:
        while index < len(edits):
            start, end, new = edits[index]
            if end > place or (is_end and start == end == place):
                break
            shift += len(new) - (end - start)
            index += 1
        where = place + shift
        if index < len(edits) and edits[index][0] < place < edits[index][1]:
            start, _, new = edits[index]
            where = start + shift + (len(new) if is_end else 0)
        moved[place] = where
    return moved
