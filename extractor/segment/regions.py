"""Which lines form a table, and into what pieces its delimiters cut it.

A region is either *hard* (rows are printed: one list of atoms per row) or a *stream* (one list of atoms whose row ends must be
inferred). The readers of `LAYOUTS` C1 and C4 meet here; nothing later looks at tabs, pipes or line ends again.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from extractor.document import Document
from extractor.profiles.columns import is_word, role_of
from extractor.segment.apart import goes_on, is_again, stands_apart
from extractor.segment.atoms import FRAME, ITEM, NUM, PCT, Atom, atom_of, split_atoms
from extractor.segment.lines import Line, closes_table, is_heading, is_rule
from extractor.segment.quoted import quoted_rows
from extractor.segment.rechained import rechained
from extractor.segment.rejoin import rejoin
from extractor.segment.special import special_regions
from extractor.segment.stitched import stitched_rows
from extractor.segment.streams import stream_regions

_LONE, _NEAR = 3, 4  # cells of a row without words; rows around it that tell its width


class Region(NamedTuple):
    """Lines `[first, last)` that hold a table."""

    first: int
    last: int
    kind: str
    rows: list[list[Atom]]
    hard: bool


def regions_of(document: Document, lines: list[Line]) -> list[Region]:
    """All table regions in order; they do not overlap."""
    out: list[Region] = []
    special = special_regions(document, lines)
    plain_from = 0
    i = 0
    while i < len(lines):
        cls = lines[i].cls
        if i in special:
            region: Region | None = Region(*special[i])
        elif cls in "Tt" and (lines[i].text or _tab_follows(lines, i)):
            region = _tab_region(document, lines, i)
        elif cls == "P":
            region = _pipe_region(document, lines, i)
        else:
            i += 1
            continue
        if region is None:
            i += 1
            continue
        out += _streams(document, lines, plain_from, i)
        out.append(region)
        i = plain_from = region.last
    return out + _streams(document, lines, plain_from, len(lines))


def _streams(document: Document, lines: list[Line], first: int, last: int) -> list[Region]:
    return [
        Region(a, b, kind, [atoms], False)
        for a, b, kind, atoms in stream_regions(document, lines, first, last)
    ]


def _tab_follows(lines: list[Line], i: int) -> bool:
    return any(line.cls in "Tt" and line.text for line in lines[i + 1 : i + 4])


def _tab_region(document: Document, lines: list[Line], first: int) -> Region | None:
    """A run of lines with tabs; plain lines inside it continue a cell."""
    i, last, tabs, leds, blanks = first, first, 0, 0, 0
    while i < len(lines):
        line = lines[i]
        blanks = blanks + 1 if line.cls == "B" else 0
        if line.cls in "Tt":
            tabs += line.cls == "T"
            leds += line.cls == "t"
            last = i + 1
        elif (line.cls != "B" and not _continues(lines, i, leds > tabs)) or blanks > 5:
            on = goes_on(document, lines, first, i) if tabs > leds and line.cls == "p" else None
            if on is None:
                break
            i, blanks = on - 1, 0
        i += 1
    if tabs + leds < 2 and tabs < 2:
        return None
    if leds > tabs:
        last = _absorb_tail(lines, last)
        return Region(first, last, "tab_led", _led_rows(document, lines, first, last), True)
    rows = _tab_rows(document, lines, first, last)
    return Region(first, last, "tab_rows", _turned(rows) if _mirrored(rows) else rows, True)


def _mirrored(rows: list[list[Atom]]) -> bool:
    """Whether every row was printed from right to left: the labels stand last in nearly all rows, the numbers first."""
    turned = straight = 0
    for row in rows:
        kinds = [a.kind & (NUM | PCT) for a in row if a.text]
        if len(kinds) > 2:
            turned += kinds[0] > 0 and not kinds[-1]
            straight += kinds[-1] > 0 and not kinds[0]
    return turned > 3 and turned > 4 * straight


def _turned(rows: list[list[Atom]]) -> list[list[Atom]]:
    """The rows from left to right, without the empty piece behind a last tab."""
    closed = all(not row[-1].text for row in rows)
    return [row[-2 if closed and len(row) > 1 else -1 :: -1] for row in rows]


def _continues(lines: list[Line], i: int, led: bool) -> bool:
    """Whether the plain line `i` continues the cell above it: a tab-led cell or a row goes on soon after."""
    line = lines[i]
    if closes_table(line.text):
        return False
    after_blank = lines[i - 1].cls == "B"
    if not led and (after_blank or len(line.text) > 40):
        return False
    window = 12 if len(line.text) <= 12 or not after_blank else 3
    for ahead in lines[i + 1 : i + 1 + window]:
        if ahead.cls in "Tt":
            return True
        if ahead.cls == "p" and (closes_table(ahead.text) or (after_blank and len(ahead.text) > 12)):
            return False
    return False


def _absorb_tail(lines: list[Line], last: int) -> int:
    """The last tab-led cell may run on in lines right below it."""
    while (
        last < len(lines)
        and lines[last].cls == "p"
        and not closes_table(lines[last].text)
        and len(lines[last].text) < 80
    ):
        last += 1
    return last


def _led_rows(document: Document, lines: list[Line], first: int, last: int) -> list[list[Atom]]:
    """Tab-led cells; a blank line before a cell is kept as its gap and opens a new printed row."""
    rows: list[list[Atom]] = []
    ranges: list[tuple[int, int]] = []
    gap = blank = 0

    def close() -> None:
        if ranges:
            atom = atom_of(document, ranges, gap)
            if gap or not rows or _opens_heads(rows[-1], atom):
                rows.append([])
            rows[-1].append(atom)

    for line in lines[first:last]:
        if line.cls == "B":
            blank += 1
        elif line.cls == "p":
            ranges.append((line.start, line.end))
            blank = 0
        else:
            close()
            ranges, gap, blank = [], blank, 0
            cells = document.folded[line.start : line.end].split("\t")
            at = line.start + len(cells[0]) + 1
            for k, cell in enumerate(cells[1:]):
                if k:
                    close()
                    gap = 0
                ranges = [(at, at + len(cell))]
                at += len(cell) + 1
    close()
    return _rejoined(rows)


def _opens_heads(row: list[Atom], atom: Atom) -> bool:
    """Whether an atom is the first head of an indicator block, printed right behind a row of something else."""
    if role_of("indicator", atom.text) != "level1" or not is_word(atom.text):
        return False
    return any(a.kind & (NUM | PCT) for a in row)


def _rejoined(rows: list[list[Atom]]) -> list[list[Atom]]:
    """Rows with a value put behind its label, and those of nothing but numbers behind the row above where that is no wider than its neighbours.

    The blank lines between were in a cell: no form has a row without any word.
    """
    out: list[list[Atom]] = []
    for n, row in enumerate(rows):
        if out and _is_value_of(out[-1], row):
            out[-1] = [*out[-1], *row]
            continue
        if out and len(row) <= _LONE and _wordless(row):
            width = max(len(each) for each in rows[max(0, n - _NEAR) : n + _NEAR])
            if not _wordless(out[-1]) and len(out[-1]) + len(row) <= width:
                out[-1] = [*out[-1], *row]
                continue
        out.append(row)
    return out


def _is_value_of(label: list[Atom], row: list[Atom]) -> bool:
    """Whether a lone cell is the value of the label that stands alone above it: 项目名称, blank lines, a name."""
    if len(label) != 1 or len(row) != 1 or role_of("head", label[0].text) is None:
        return False
    value = row[0]
    return bool(value.text) and not value.kind & (NUM | PCT | FRAME) and role_of("head", value.text) is None


def _wordless(row: list[Atom]) -> bool:
    """Whether a row begins with a number and goes on with nothing but numbers, blanks or a grade."""
    if not row[0].kind & (NUM | PCT):
        return False
    return all(not atom.text or atom.kind & (NUM | PCT) or atom.text.startswith("等级") for atom in row[1:])


def _tab_rows(document: Document, lines: list[Line], first: int, last: int) -> list[list[Atom]]:
    """One printed line a row; a plain line right below a row continues its last filled cell."""
    rows: list[list[Atom]] = []
    gap = 0
    quoted = quoted_rows(document, lines[first:last]) if '"' in document.text else {}
    quoted = quoted or stitched_rows(document, lines[first:last])
    done = first
    for k, line in enumerate(lines[first:last], first):
        if k < done:
            continue
        if k - first in quoted:
            size, row = quoted[k - first]
            rows.append(row)
            done, gap = first + size, 0
            continue
        if line.cls == "B":
            gap += 1
            continue
        if line.cls == "p" and is_again(lines, first, k):
            continue
        if line.cls == "p" and rows and not gap and rows[-1] and not stands_apart(lines, first, k):
            _continue_row(document, rows[-1], line)
            continue
        rows.append(split_atoms(document, line.start, line.end, "\t", gap))
        gap = 0
    return rows


def _continue_row(document: Document, row: list[Atom], line: Line) -> None:
    k = next((k for k in range(len(row) - 1, -1, -1) if row[k].text), len(row) - 1)
    row[k] = atom_of(document, [*row[k].parts, (line.start, line.end)], row[k].gap)


def _pipe_region(document: Document, lines: list[Line], first: int) -> Region | None:
    """Rows between pipes, or one cell a line with pipes as separators."""
    i, last, plain = first, first, 0
    while i < len(lines):
        line = lines[i]
        if line.cls == "P":
            last = i + 1
        elif line.cls in "Tt" or (line.cls == "p" and not _pipe_soon(lines, i)) or i - last > 3:
            on = goes_on(document, lines, first, i) if line.cls == "p" else None
            if on is None:
                break
            i = on - 1
        plain += line.cls == "p"
        i += 1
    body = [line for line in lines[first:last] if line.cls == "P" and not is_rule(line.text)]
    counts = sorted(len(_pipe_cells(line.text)) for line in body)
    if not counts or len(body) < 2:
        return None
    if counts[len(counts) // 2] <= 1:
        separators = plain * 2 > len(body)
        if separators and lines[first].text == "|":
            first, last = _pipe_ends(lines, first, last)
        atoms = _pipe_stream(document, lines[first:last], separators)
        return Region(first, last, "pipe_cells", [atoms], False)
    rows = _pipe_rows(document, lines[first:last])
    whole = rechained(rows)
    if whole is None and _slipped(rows):
        return Region(
            first, last, "pipe_cells", [_pipe_stream(document, lines[first:last], separators=False)], False
        )
    return Region(first, last, "pipe_rows", whole or rows, True)


def _slipped(rows: list[list[Atom]]) -> bool:
    """Whether the lines were cut at other places than the rows: an item of money ends a line and its amounts begin the next."""
    pairs = ((above[-1], below[0]) for above, below in pairwise(rows) if len(above) > 1)
    return sum(1 for label, value in pairs if label.kind & ITEM and value.kind & NUM) > 1


def _pipe_ends(lines: list[Line], first: int, last: int) -> tuple[int, int]:
    """Where pipes stand alone between the cells: the first cell above the first pipe, or the last below the last."""
    above = lines[first - 1] if first else None
    if above is not None and above.cls == "p" and is_word(above.text):
        return first - 1, last
    below = lines[last] if last < len(lines) else None
    return first, last + (
        below is not None and below.cls == "p" and len(below.text) < 80 and not closes_table(below.text)
    )


def _pipe_soon(lines: list[Line], i: int) -> bool:
    """Whether the plain line `i` can stand between pipes: it closes no table and a row follows at once."""
    text = lines[i].text
    alone = "|" in (lines[i - 1].text, lines[i + 1].text if i + 1 < len(lines) else "")
    if len(text) > 200 or is_heading(text) or (closes_table(text) and not alone):
        return False
    return any(line.cls == "P" for line in lines[i + 1 : i + 3])


def _pipe_cells(text: str) -> list[str]:
    return text.strip().removeprefix("|").removesuffix("|").split("|")


def _pipe_rows(document: Document, lines: list[Line]) -> list[list[Atom]]:
    rows: list[list[Atom]] = []
    for k, line in enumerate(lines):
        if line.cls == "B" or is_rule(line.text):
            continue
        if line.cls == "p":
            if rows and stands_apart(lines, 0, k):
                rows += [] if is_again(lines, 0, k) else [[atom_of(document, [(line.start, line.end)])]]
            elif rows:
                _continue_row(document, rows[-1], line)
            continue
        rows.append(_cut(document, line))
    return rows


def _cut(document: Document, line: Line) -> list[Atom]:
    """The cells of a pipe row; outer pipes may be missing."""
    folded = document.folded
    start, end = line.start, line.end
    while folded[start] == " " or folded[start] == "\t":
        start += 1
    while folded[end - 1] in " \t":
        end -= 1
    start += folded[start] == "|"
    end -= folded[end - 1] == "|" and end > start
    return split_atoms(document, start, end, "|")


def _pipe_stream(document: Document, lines: list[Line], separators: bool) -> list[Atom]:
    """One cell a line; where pipes stand alone between lines they only separate and two in a row enclose an empty cell, else each is one."""
    atoms: list[Atom] = []
    after_pipe = False
    for line in lines:
        if line.cls == "B" or is_rule(line.text):
            continue
        alone = separators and line.text == "|"
        if not alone:
            atoms += (
                _cut(document, line) if line.cls == "P" else [atom_of(document, [(line.start, line.end)])]
            )
        elif after_pipe:
            atoms.append(atom_of(document, [(line.start, line.start)]))
        after_pipe = alone
    return rejoin(document, atoms)
