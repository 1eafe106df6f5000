"""Money rows printed without separators: cut by the rate, the score of the money row and the sums of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extractor.document import Document
from extractor.patterns import lazy
from extractor.segment.align import Column
from extractor.segment.atoms import Atom, atom_of
from extractor.segment.forms import Row as Cells
from extractor.segment.glued_heads import Head
from extractor.segment.marks import FORCED, LIKELY, UNREADABLE, marked
from extractor.segment.solving import Row, Values, balance, money_holds, number_of
from extractor.segment.splits import LIMIT, Place, Reading, readings

_ITEM = lazy(
    r"(?:其中:?\s?)?(?:\d[.、])?(?:年度|项目|本年度)*(?:财政)?(?:资金总额|资金合计|预算总额)(?:\([^()]{1,8}\))?:?"
    r"|(?:其中:?\s?)?(?:年度|本年|当年|年初|上年|市级|省级|县级|区级|本级|中央|上级|地方|其他|一般)*(?:公共预算)?(?:财政)?(?:拨款|资金|补助|补助资金)(?:\([^()]{1,12}\))?:?"
    r"|(?:其中:?\s?)?(?:上年)?结转(?:结余)?(?:资金)?:?|(?:其中:?\s?)?(?:单位|自有|自筹|社会|其他)资金:?|(?:其中:?\s?)?(?:政府性基金|国有资本经营预算|财政专户管理资金|一般公共预算)(?:拨款|资金)?:?"
    r"|合计:?|总额:?|小计:?|其他:?"
)
_TOTAL = lazy(r"总额|合计|^总计")
_MARKS = "-/\\*"
_NONE, _RATE, _PAIR, _ALL = (
    frozenset(b) for b in ((), ("rate",), ("points", "score"), ("points", "rate", "score"))
)
_TIERS_OF_TOTAL = ((_NONE,), (_RATE,), (_PAIR, _ALL))
_TIERS_OF_PART = ((_PAIR, _ALL, _NONE, _RATE), (_NONE, _RATE))


class MoneyRow:
    """A labelled row: its item, where its values stand, and the ways to cut them."""

    def __init__(self, folded: str, item: Place, values: Place, roles: tuple[str, ...]) -> None:
        self.item, self.place = item, values
        self.total = bool(_TOTAL.search(folded[slice(*item)]))
        self.empty = not folded[slice(*values)].strip()
        cuts = [] if self.empty else _cuts(folded, values, roles, self.total)
        whole = [r for r in cuts if not tail_zero(folded, r)]
        self.sure = len(whole) in (0, len(cuts))
        self.row = Row(whole or cuts, lambda r: _values(folded, roles, r))


def money_rows(
    document: Document, heads: Sequence[Head], start: int, end: int
) -> tuple[tuple[Column, ...], list[Cells], MoneyRow | None]:
    """Columns and rows of a money block, and its total row."""
    folded = document.folded
    roles = tuple(head.role for head in heads)
    rows = [MoneyRow(folded, item, values, roles) for item, values in _labelled(folded, start, end)]
    for row in rows:
        row.row.fixed = row.sure and len(row.row.readings) == 1
    total = next((row for row in rows if row.total), rows[0] if rows else None)
    if total is not None:
        _balance(total, [row for row in rows if row is not total], roles)
    columns = (Column("item", None), *(Column(h.role, atom_of(document, [(h.start, h.end)])) for h in heads))
    return columns, [_cells(document, row, len(roles)) for row in rows], total


def _labelled(folded: str, start: int, end: int) -> list[tuple[Place, Place]]:
    """Items of the vocabulary with the stretch up to the next item."""
    items = [m.span() for m in _ITEM.finditer(folded, start, end) if m.end() > m.start()]
    joined: list[Place] = []
    for item in items:
        if (
            joined
            and joined[-1][1] == item[0]
            and folded[joined[-1][1] - 1] != ":"
            and folded[slice(*joined[-1])] in ("其中", "年度")
        ):
            joined[-1] = (joined[-1][0], item[1])
        else:
            joined.append(item)
    ends = [*(item[0] for item in joined[1:]), *([end] if joined else [])]
    return [(item, (item[1], stop)) for item, stop in zip(joined, ends, strict=True)]


def _cuts(folded: str, values: Place, roles: tuple[str, ...], total: bool) -> list[Reading]:
    """Cuts that keep the row's own identities.

    The total row fills all its columns if it can. A part has no points and score of its own, or marks in their place; only
    when no such cut exists are numbers allowed there.
    """

    def test(reading: Reading) -> bool:
        return _sound(folded, roles, reading) and money_holds(_values(folded, roles, reading))

    printed = folded[slice(*values)].strip()
    rest = frozenset(("reason",)) & set(roles)
    for tier in _TIERS_OF_TOTAL if total else _TIERS_OF_PART:
        out: list[Reading] = []
        for blank in dict.fromkeys(b & set(roles) for b in tier if not ("%" in printed and "rate" in b)):
            if (
                not total
                and tier is _TIERS_OF_PART[0]
                and not blank & {"points"}
                and printed[-1] not in _MARKS
            ):
                continue
            for free in (rest, frozenset[str]()) if rest else (rest,):
                out += [r for r in readings(folded, *values, roles, blank | free, test) if r not in out]
        if out:
            return out if len(out) <= LIMIT else []
    return []


def tail_zero(folded: str, reading: Reading) -> bool:
    """Whether a lone 0 was cut off the end of a number: `530053001|0|0%` keeps every identity and means nothing."""
    return any(
        a is not None
        and b is not None
        and folded[b[0] : b[1]].rstrip("%") == "0"
        and a[1] == b[0]
        and folded[a[0] : a[1]].strip("0.")
        for a, b in pairwise(reading)
    )


def _sound(folded: str, roles: tuple[str, ...], reading: Reading) -> bool:
    """Points and score are both numbers or both marks; amounts are never marks beside numbers."""
    texts = {role: folded[slice(*p)] for role, p in zip(roles, reading, strict=True) if p}
    pair = [texts[r][-1:].isdigit() or texts[r].endswith("分") for r in ("points", "score") if r in texts]
    if len(set(pair)) > 1 or (pair == [False, False] and texts["points"] != texts["score"]):
        return False
    amounts = [texts[r][-1:].isdigit() for r in ("initial", "annual", "executed") if r in texts]
    return len(set(amounts)) <= 1


def _values(folded: str, roles: tuple[str, ...], reading: Reading) -> Values:
    out: dict[str, Decimal] = {}
    for role, place in zip(roles, reading, strict=True):
        number = number_of(folded[slice(*place)].rstrip("%分")) if place else None
        if number is not None:
            out[role] = number
    return out


def _balance(total: MoneyRow, parts: list[MoneyRow], roles: tuple[str, ...]) -> None:
    """Keep the cuts by which the parts add up to the total, column by column, until nothing changes."""
    filled = [row.row for row in parts if not row.empty]
    if not filled or any(not r.readings for r in (*filled, total.row)):
        return
    for _ in range(4):
        before = sum(len(r.readings) for r in (*filled, total.row))
        for role in ("initial", "annual", "executed"):
            if role in roles:
                balance(total.row, filled, role)
        if sum(len(r.readings) for r in (*filled, total.row)) == before:
            return


def _cells(document: Document, row: MoneyRow, width: int) -> Cells:
    """A row's cells: those on which all remaining cuts agree, the others unreadable over the whole stretch they share."""
    item = marked(document, [row.item], LIKELY if document.folded[row.item[1] - 1] != ":" else 0)
    if row.empty:
        return [item, *([None] * width)]
    row.row.fixed = row.row.fixed and row.sure
    return [item, *agreed(document, row.row, row.place, width)]


def agreed(document: Document, row: Row, place: Place, width: int) -> list[Atom | None]:
    """One atom per column where the cuts agree; where they do not, the disputed stretch, marked unreadable."""
    if not row.readings:
        return [marked(document, [place], UNREADABLE)] * width
    mark = FORCED if row.only is not None and row.fixed else LIKELY
    out: list[Atom | None] = []
    for k in range(width):
        places = {reading[k] for reading in row.readings}
        if len(places) == 1:
            only = places.pop()
            out.append(marked(document, [only], mark) if only else None)
        else:
            out.append(None)
    disputed = [k for k in range(width) if len({r[k] for r in row.readings}) > 1]
    empty = {k for k in range(width) if all(r[k] is None for r in row.readings)}
    for run in _runs(disputed, empty):
        known = [spot for r in row.readings for k in run if (spot := r[k]) is not None]
        whole = (min(a for a, _ in known), max(b for _, b in known))
        for k in run:
            out[k] = marked(document, [whole], UNREADABLE)
    return out


def _runs(numbers: list[int], empty: set[int]) -> list[list[int]]:
    """Disputed columns that are neighbours, columns in which nothing is ever printed aside."""
    out: list[list[int]] = []
    for n in numbers:
        if out and all(k in empty for k in range(out[-1][-1] + 1, n)):
            out[-1].append(n)
        else:
            out.append([n])
    return out
