"""A draw: reports over all layouts and file formats, in pairs of a clean one and its twin with planted errors."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from eval.generate import loose
from eval.generate.canvas import Slot
from eval.generate.catalogue import CATALOGUE
from eval.generate.damage import HALF
from eval.generate.grid import Addresses, Block, Grid
from eval.generate.lexicon import KINDS
from eval.generate.pages import Places, make_look, typeset
from eval.generate.pdf import as_pdf
from eval.generate.place import Found, Printed, by_boxes, by_order, pieces, snapped
from eval.generate.planted import Plan, Planted, plant
from eval.generate.printing import Printer
from eval.generate.reference import reference, unprinted
from eval.generate.report import Draft, Generated, close, printed
from eval.generate.report import draft as drafted
from eval.generate.scan import as_png, as_scan
from eval.generate.truth import placed, slots_of
from eval.generate.web import as_html
from eval.generate.word import as_docx
from eval.generate.workbook import as_xlsx

FORMATS = ("txt", "md", "docx", "xlsx", "html", "pdf", "scan", "png")
SUFFIX = {"scan": "pdf"}
# A held-out draw whose misses have been looked at is held out no more: the next one begins 400,000 higher.
BASE = {"development": 100_000, "heldout": 1_100_000}
_MARKDOWN = frozenset({"markdown_pipe", "pipe_repeated", "pipe_shifted", "pipe_two_row_header", "prose_only"})
_FIRST_TRIES = 40
_DIGITS = frozenset("0123456789")
# Where numbers follow one another without a mark for an empty cell, nobody can say which of a row's numbers is not there.
_UNMARKED = frozenset((loose.glued_cells, loose.glued_form, loose.scrambled))
_CLOSED_UP = _UNMARKED | {loose.flat_line, loose.cell_per_line_no_blanks}
COPIED = {"指标值照抄指标名": 2, "指标重复": 2}
EMPTIED: Mapping[str, frozenset[Printer]] = {
    "总分缺失": _CLOSED_UP,
    "只有预算没有执行": _CLOSED_UP,
    "完成值整列空白": _UNMARKED,
}
_MOST_PAGES = {"scan": 3, "png": 1}


class Read(Protocol):
    """What a loader makes of a file: a text and, for pages, the boxes of its words."""

    @property
    def text(self) -> str:
        """The canonical text."""
        ...

    @property
    def words(self) -> Sequence[Printed]:
        """Runs of characters with their boxes; empty where the file has no pages."""
        ...


def formats_of(layout: str) -> tuple[str, ...]:
    """The formats a layout arrives in: one that lives in its text alone stays text."""
    recipe = CATALOGUE[layout]
    text = ("txt", "md") if layout in _MARKDOWN else ("txt",)
    return (*text, "docx", "xlsx", "html", "pdf", "scan", "png") if recipe.digital else text


@dataclass(frozen=True)
class Item:
    """One report of a draw, rendered when it is asked for; equal items give equal bytes and truth."""

    kind: str
    seed: int
    layout: str
    format: str
    sinful: bool

    @property
    def name(self) -> str:
        """Unique in all draws; the clean twin's ends in `clean`, the planted one's in `planted`."""
        return f"{self.layout}-{self.format}-{self.seed}-{'planted' if self.sinful else 'clean'}"

    @property
    def twin(self) -> str:
        """The name of the same report with (or without) its errors."""
        return f"{self.layout}-{self.format}-{self.seed}-{'clean' if self.sinful else 'planted'}"

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return f"{self.name}.{SUFFIX.get(self.format, self.format)}"

    @property
    def digital(self) -> bool:
        """Whether nothing is damaged: a file with real tables, or a text that keeps its cells apart."""
        return self.format not in ("scan", "png") and not CATALOGUE[self.layout].damaged

    @cached_property
    def _rendered(self) -> Rendered:
        return render(self)

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self._rendered.data

    @property
    def planted(self) -> tuple[Planted, ...]:
        """The errors in it, none in a clean one; their places are known once `gold` was called."""
        return self._rendered.planted

    @property
    def printed(self) -> str:
        """What the report says, in reading order: what a picture really shows."""
        return self._rendered.shown

    def gold(self, read: Read | None = None) -> dict[str, Any]:
        """The truth with places in the text that was read from the file; a text report needs no reading."""
        return self._rendered.gold(read)


@dataclass
class Rendered:
    """A rendered report."""

    data: bytes
    made: Draft
    planted: tuple[Planted, ...]
    shown: str
    places: Places | None
    own: dict[str, Any] | None
    addresses: Addresses = field(default_factory=dict)

    def gold(self, read: Read | None) -> dict[str, Any]:
        """See `Item.gold`."""
        if self.own is not None:
            return self.own
        if read is None:
            raise ValueError("a report with real tables needs the text that was read from it: gold(document)")
        found = by_order(self.made.blocks, read.text)
        if self.places is not None:
            found |= snapped(self.made.blocks, by_boxes(self.places, read.words, read.text), read.text)
        return _located(self, found, read.text)


def _located(rendered: Rendered, found: Found, text: str) -> dict[str, Any]:
    made = rendered.made
    for block in made.blocks:
        if isinstance(block, Grid) and block.table is not None:
            block.table["span"] = _around(block, found)
    for plan in rendered.planted:
        plan.locate(found)
    record = placed(made.desk.truth, found, text, made.name, rendered.places or {}, rendered.addresses)
    record["extras"]["inserted"] = _inserted(rendered.planted, made, text)
    return record


def _inserted(planted: Sequence[Planted], made: Draft, text: str) -> list[dict[str, Any]]:
    """Where an error added words of its own: what they say is no value of the truth, and no slip to have read it."""
    own = {id(slot) for slot in slots_of(made.desk.truth)}
    foreign = [
        plan.found[id(s)] for plan in planted for s in plan.slots if id(s) in plan.found and id(s) not in own
    ]
    return [{"raw": text[start:end], "start": start, "end": end} for start, end in foreign]


def _around(grid: Grid, found: Found) -> Slot:
    inside = [
        found[id(part)] for row in grid.rows for cell in row.cells for part in cell.parts if id(part) in found
    ]
    low, high = min((a for a, _ in inside), default=-1), max((b for _, b in inside), default=-1)
    return Slot("", low, high)


def render(item: Item) -> Rendered:
    """Draft the report, plant its errors, print it in its format."""
    made = drafted(item.seed, item.layout, item.kind)
    planted = plant(made, item.seed) if item.sinful else ()
    rng = random.Random(f"{item.kind}/{item.seed}/{item.format}")
    first = reference(made.blocks)
    shown = first.canvas.text
    close(made.desk)
    unprinted(made.desk.truth, first)
    title = f"{made.desk.unit.name}{made.desk.unit.year}年度绩效自评报告"
    if item.format in ("txt", "md"):
        text = printed(made)
        planted = _legible(planted, made, text)
        for plan in planted:
            plan.locate(
                {id(s): (s.start, s.end) for s in plan.slots if s.start is not None and s.end is not None}
            )
        text.truth["extras"]["inserted"] = _inserted(planted, made, text.text)
        return Rendered(text.text.encode(), made, planted, shown, None, text.truth)
    if made.recipe.half:
        halve(made.blocks)
    if item.format in ("docx", "xlsx", "html"):
        data, addresses = {
            "docx": lambda: as_docx(made.blocks, rng, title),
            "xlsx": lambda: as_xlsx(made.blocks, rng),
            "html": lambda: as_html(made.blocks, rng, title),
        }[item.format]()
        return Rendered(data, made, planted, shown, None, None, addresses)
    look = make_look(rng, title, wide=_columns(made.blocks) > 10)
    pages, places = typeset(made.blocks, look, rng)
    if item.format == "pdf":
        return Rendered(as_pdf(pages), made, planted, shown, places, None)
    data, places = (as_png if item.format == "png" else as_scan)(pages, places, rng)
    return Rendered(data, made, planted, shown, places, None)


def _legible(planted: Sequence[Planted], made: Draft, text: Generated) -> tuple[Planted, ...]:
    """The errors that can be seen: every word is printed as it was planted, an emptied cell has left its mark, a copied name too."""
    spoilt = {(each["start"], each["end"]) for each in text.truth["extras"]["damaged"]}
    squeezed = "".join(text.text.split())

    def seen(plan: Planted) -> bool:
        if any((s.start, s.end) in spoilt or _run_together(s, text.text) for s in plan.slots):
            return False
        if plan.kind in COPIED and squeezed.count("".join(plan.quote.split())) < COPIED[plan.kind]:
            return False  # a narrow column cut the name that was copied
        return not (plan.kind in EMPTIED and set(made.printers) <= EMPTIED[plan.kind])

    return tuple(plan for plan in planted if seen(plan))


def _run_together(slot: Slot, text: str) -> bool:
    """Whether a number was printed right against another: where it ends is told by the very sums that the error breaks."""
    if slot.start is None or slot.end is None or slot.start == slot.end:
        return False
    before, after = text[: slot.start][-1:], text[slot.end : slot.end + 1]
    return (before in _DIGITS and text[slot.start].isdigit()) or (
        after in _DIGITS and text[slot.end - 1].isdigit()
    )


def halve(blocks: Sequence[Block]) -> None:
    """Print every paragraph and cell with half-width punctuation."""
    for parts in pieces(blocks):
        for index, part in enumerate(parts):
            if isinstance(part, Slot):
                part.text = part.text.translate(HALF)
            else:
                parts[index] = part.translate(HALF)


def _columns(blocks: Iterable[Block]) -> int:
    return max((block.width for block in blocks if isinstance(block, Grid)), default=0)


def _pages(kind: str, seed: int, layout: str) -> int:
    made = drafted(seed, layout, kind)
    rng = random.Random(0)
    pages, _ = typeset(made.blocks, make_look(rng, "", wide=_columns(made.blocks) > 10), rng)
    return len(pages)


def _seed(kind: str, layout: str, form: str, turn: int) -> int:
    """A seed of its own for each report; pictures are of reports short enough to be read in a few seconds."""
    mark = int(hashlib.sha256(f"{layout}/{form}/{turn}".encode()).hexdigest()[:6], 16) % 9000
    first = BASE[kind] + mark * _FIRST_TRIES
    if form not in _MOST_PAGES:
        return first
    best = (10**6, first)
    for seed in range(first, first + _FIRST_TRIES // 4):
        best = min(best, (_pages(kind, seed, layout), seed))
        if best[0] <= _MOST_PAGES[form]:
            break
    return best[1]


def known(layout: str, form: str, seed: int, *, sinful: bool) -> Item | None:
    """The report of a draw with this layout, format and seed; None where no draw has such seeds, layouts or formats."""
    kind = next((kind for kind in reversed(BASE) if seed >= BASE[kind]), None)
    if kind is None or layout not in CATALOGUE or form not in formats_of(layout):
        return None
    return Item(kind, seed, layout, form, sinful)


def draw(kind: str = "development", many: int = 500, *, pictures: float = 0.08) -> list[Item]:
    """`many` reports, every layout and format as often as possible, half of them clean, each beside its planted twin.

    `pictures` is the share of scans and photographs, which take seconds each to read. Nothing is rendered yet.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown draw {kind!r}; known: {', '.join(KINDS)}")
    digital = [(lay, form) for lay in CATALOGUE for form in formats_of(lay) if form not in _MOST_PAGES]
    seen = [(lay, form) for lay in CATALOGUE for form in formats_of(lay) if form in _MOST_PAGES]
    chance = random.Random(f"draw/{kind}")
    chance.shuffle(seen)
    pairs = (many + 1) // 2
    scans = min(len(seen), round(pairs * pictures))
    wanted = [*_turns(digital, pairs - scans, chance), *((lay, form, 0) for lay, form in seen[:scans])]
    items = []
    for layout, form, turn in wanted:
        seed = _seed(kind, layout, form, turn)
        items += [Item(kind, seed, layout, form, sinful) for sinful in (False, True)]
    return items[:many]


def _turns(
    combinations: Sequence[tuple[str, str]], many: int, chance: random.Random
) -> list[tuple[str, str, int]]:
    """So many (layout, format, turn): every layout in turn, its formats in turn; those of many formats twice as often."""
    by_layout: dict[str, list[str]] = {}
    for layout, form in combinations:
        by_layout.setdefault(layout, []).append(form)
    for forms in by_layout.values():
        chance.shuffle(forms)
    out: list[tuple[str, str, int]] = []
    turn = 0
    while len(out) < many:
        for layout, forms in by_layout.items():
            often = 2 if len(forms) > 2 else 1
            shots = range(turn * often, turn * often + often)
            out += [(layout, forms[shot % len(forms)], shot // len(forms)) for shot in shots]
        turn += 1
    return out[:many]


__all__ = ["FORMATS", "Item", "Plan", "Planted", "draw", "formats_of"]
