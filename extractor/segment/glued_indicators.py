"""Indicator rows printed without separators: labels cut by vocabulary, values by units, scores and sums."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.document import Document
from extractor.patterns import lazy
from extractor.segment.align import Column
from extractor.segment.atoms import Atom, atom_of
from extractor.segment.forms import Row as Cells
from extractor.segment.glued_heads import Head
from extractor.segment.glued_money import agreed
from extractor.segment.marks import FORCED, LIKELY, UNREADABLE, marked
from extractor.segment.solving import Row, Values, add_up, completion_holds, number_of, scaled, score_holds
from extractor.segment.splits import COMPARE, QUAL, UNIT, Place, Reading, readings

LABEL_POINTS = lazy(r"\(\s*(\d+(?:\.\d+)?)\s*分?\s*\)$")
_BARE = (
    "数量",
    "质量",
    "时效",
    "进度",
    "成本",
    "经济效益",
    "社会效益",
    "生态效益",
    "可持续影响",
    "服务对象满意度",
    "满意度",
    "经济成本",
    "社会成本",
    "生态环境成本",
)
_SCORED = r"(?:\s?\(\s*\d+(?:\.\d+)?\s*分?\s*\))?"
_LABEL1 = lazy(
    r"(?:项目)?(?:总?产出|效益|效果|社会公众满意度|服务对象满意度|满意度|成本|过程|投入|决策|管理|可持续影响|履职效能|预算执行)(?:类|性)?(?:指标)?"
    + _SCORED
)
_LABEL2 = lazy(
    r"(?:产出)?(?:数量|质量|时效|进度|成本|经济成本|社会成本|生态环境成本|生态成本|经济效益|社会效益|生态效益|环境效益|可持续(?:影响|发展|效益)?|"
    r"社会公众或服务对象满意度|社会公众满意度|服务对象满意度|受益对象满意度|满意度|服务对象|经济|社会|生态|预算执行率?)(?:类)?\s*指标(?!值|完成)"
    + _SCORED
)
_NUMBER = lazy(r"\d[\d.,]*%?")
_INSIDE = lazy(
    rf"^(?:[年月日时]?[度底末初份]?(?:之?前|以前|内)?(?:完成)?[-~至到]?|{UNIT}?(?:及?以上|及?以下|以内|左右|余[\u4e00-\u9fff]{{1,2}}|多[\u4e00-\u9fff])?)\s*(?:{QUAL}){{0,2}}\s*(?:{COMPARE})?\s*$"
)
_COMPARE = lazy(COMPARE)
_TIERS = lazy(r"已完成|达成预期指标|部分达成|未达成")
_LABELS_OF_BENEFIT = ("经济效益", "社会效益", "生态效益", "可持续影响")
_UNIT = lazy(UNIT)
_UNIT_ONLY = lazy(rf"(?:{UNIT})+")
_SENTENCE = lazy(r"[,;。]")
_DOUBLED = lazy(r"([\u4e00-\u9fff]{2,})\1|([否是无有])\2")
_VALUES = ("target", "actual", "points", "score")


class Total(NamedTuple):
    """The numbers that a form's rows must add up to: 总分's score, and the money row's own score."""

    score: Decimal | None
    money: Decimal | None


class GluedRow:
    """A row before its values are cut."""

    def __init__(self, level1: Place | None, level2: Place | None, rest: Place) -> None:
        self.level1, self.level2, self.rest = level1, level2, rest
        self.reason: Place | None = None
        self.row = Row([], lambda _: {})


def indicator_rows(
    document: Document, heads: Sequence[Head], start: int, end: int, total: Total
) -> tuple[tuple[Column, ...], list[Cells]]:
    """Columns and rows of an indicator block whose cells have no separators."""
    folded = document.folded
    levels = [h.role for h in heads if h.role in ("level1", "level2")]
    roles = tuple(h.role for h in heads if h.role not in ("level1", "level2"))
    rows = _labelled(folded, _stretches(folded, start, end), "level2" in levels)
    for row in rows:
        row.row = Row(_cuts(folded, row, roles), lambda r: _values(folded, roles, r))
        row.row.demand(score_holds)
    _sums(folded, rows, total)
    for row in rows:
        if len(row.row.readings) > 1:
            _completion(folded, row, roles)
    columns = tuple(Column(h.role, atom_of(document, [(h.start, h.end)])) for h in heads)
    return columns, [_cells(document, row, heads, roles) for row in rows]


def _stretches(folded: str, start: int, end: int) -> list[tuple[Place, bool]]:
    """The printed lines; a line that holds many rows is cut behind each score, and says that its reasons are apart."""
    out: list[tuple[Place, bool]] = []
    at = start
    for line in folded[start:end].split("\n"):
        whole = (at, at + len(line))
        at += len(line) + 1
        if not line.strip():
            continue
        if len(line) > 120:
            out += [((a, b), True) for a, b in _rows_of_line(folded, *whole)]
        elif out and _LABEL2.fullmatch(folded[out[-1][0][0] : out[-1][0][1]].strip() + line.strip()):
            out[-1] = (out[-1][0][0], whole[1]), False  # 经济效益 and 指标, one below the other
        else:
            out.append((whole, False))
    return out


def _rows_of_line(folded: str, start: int, end: int) -> list[Place]:
    """Rows along one line: a number that no unit follows and that words follow ends a row."""
    out: list[Place] = []
    at = start
    unit = ""
    numbers = list(_NUMBER.finditer(folded, start, end))
    for n, match in enumerate(numbers):
        following = numbers[n + 1].start() if n + 1 < len(numbers) else end
        between = folded[match.end() : following]
        half = len(between) // 2
        if (
            between
            and not (between[:half] == between[half:] and half > 1)
            and not _INSIDE.match(between)
            and not _in_bracket(folded, at, match.start())
        ):
            if match[0].endswith("%"):
                continue
            # The unit of the value before it belongs to this one, in a row without points and score.
            stop = match.end() + (len(unit) if unit and between.startswith(unit) else 0)
            out.append((at, stop))
            at, unit = stop, ""
        elif found := _UNIT.match(between):
            unit = found[0]
    if numbers and at < numbers[-1].end():
        out.append((at, numbers[-1].end()))
        at = numbers[-1].end()
    if folded[at:end].strip() and out:
        out[-1] = (out[-1][0], end)
    return out


def _in_bracket(folded: str, start: int, at: int) -> bool:
    return folded.rfind("(", start, at) > folded.rfind(")", start, at)


def _labelled(folded: str, stretches: list[tuple[Place, bool]], with_level2: bool) -> list[GluedRow]:
    """Rows with their 一级 and 二级 labels cut off; words before a label belong to the reason of the row above."""
    out: list[GluedRow] = []
    current = ""
    marked_levels = any(_LABEL2.search(folded, a, b) for (a, b), _ in stretches)
    for (start, end), apart in stretches:
        at = _label_start(folded, start, end, bool(out)) if apart else start
        reason = (start, at) if at > start and folded[start:at].strip() else None
        if reason is not None and out and _UNIT_ONLY.fullmatch(folded[slice(*reason)].strip()):
            out[-1].rest = (
                out[-1].rest[0],
                reason[1],
            )  # the number before it was no score but a value with its unit
        elif reason is not None and out:
            out[-1].reason = reason
        level1 = _level1(folded, at, end)
        at = level1[1] if level1 else at
        level2 = (
            _level2(folded, at, end)
            if marked_levels
            else _bare_level2(folded, at, end, current)
            if with_level2
            else None
        )
        while level2 is not None and marked_levels and (below := _level2(folded, level2[1], end)):
            out.append(
                GluedRow(level1, level2, (level2[1], level2[1]))
            )  # nothing was filled in beside this label
            level1, level2 = None, below
        current = folded[slice(*level2)] if level2 else current
        begin = level2[1] if level2 else at
        filled = folded[begin:end].rstrip(" .…·")
        out.append(GluedRow(level1, level2, (begin, begin + len(filled))))
    return out


def _label_start(folded: str, start: int, end: int, follows: bool) -> int:
    """Where a row's labels begin behind the reason of the row above."""
    if not follows or _level1(folded, start, end) or _level2(folded, start, end):
        return start
    digit = next(
        (k for k in range(start, end) if folded[k].isdigit() and not _in_bracket(folded, start, k)), end
    )
    for k in range(start + 1, digit):
        found = _LABEL1.match(folded, k, end)
        if (found and LABEL_POINTS.search(found[0])) or _level2(folded, k, end):
            return k
    stop = folded.rfind("。", start, digit)
    return stop + 1 if stop > 0 else start


def _level1(folded: str, start: int, end: int) -> Place | None:
    """A 一级 label: a word that can be 二级 too (成本指标) is one only with points or with a 二级 label right behind it."""
    match = _LABEL1.match(folded, start, end)
    if match is None:
        return None
    found, word = match.span(), match[0]
    if LABEL_POINTS.search(word):
        return found
    followed = _level2(folded, found[1], end) if "指标" in word else _bare_level2(folded, found[1], end, word)
    alone = not folded[found[1] : end].strip()
    return found if followed or ("指标" in word and not _LABEL2.fullmatch(word)) or alone else None


def _level2(folded: str, start: int, end: int) -> Place | None:
    """A 二级 label that says 指标, at `start`."""
    match = _LABEL2.match(folded, start, end)
    return match.span() if match else None


def _bare_level2(folded: str, start: int, end: int, current: str) -> Place | None:
    """A 二级 label without 指标: one of the usual words, another than the one above, with a whole name behind it."""
    for word in sorted(_BARE, key=len, reverse=True):
        if folded.startswith(word, start, end) and word != current:
            rest = folded[start + len(word) : min(end, start + len(word) + 3)]
            return (
                (start, start + len(word)) if len(rest) == 3 and not any(c.isdigit() for c in rest) else None
            )
    return None


def _cuts(folded: str, row: GluedRow, roles: tuple[str, ...]) -> list[Reading]:
    """Cuts with a value under every head; else without points and score; else (an unfinished form) without actual value."""
    reasonless = frozenset(("reason", "criteria")) & set(roles)
    for blank in (
        frozenset[str](),
        reasonless,
        reasonless | {"points", "score"},
        reasonless | {"actual", "score"},
    ):
        if blank <= set(roles):
            found = readings(folded, *row.rest, roles, frozenset(blank))
            if found:
                cut = "points" in blank and "points" in roles
                return [
                    r
                    for r in found
                    if _name_is_plain(folded, roles, r) and not (cut and _inside_number(folded, r))
                ]
    return []


def _inside_number(folded: str, reading: Reading) -> bool:
    """Whether a cut falls between two digits, which only an identity could justify."""
    return any(p is not None and folded[p[0] - 1].isdigit() and folded[p[0]].isdigit() for p in reading)


def _name_is_plain(folded: str, roles: tuple[str, ...], reading: Reading) -> bool:
    """A name that holds a verdict (已完成), words said twice or a sentence is two cells run together."""
    place = reading[roles.index("level3")] if "level3" in roles else None
    if place is None:
        return True
    if folded.startswith(_LABELS_OF_BENEFIT, *place):
        return False
    return place[1] - place[0] <= 40 and not (
        _TIERS.search(folded, *place) or _DOUBLED.search(folded, *place) or _SENTENCE.search(folded, *place)
    )


def _is_reason(folded: str, place: Place) -> bool:
    """Whether words behind a score can be a reason: no label, no verdict, nothing said twice."""
    return not (
        _LABEL2.search(folded, *place) or _TIERS.search(folded, *place) or _DOUBLED.search(folded, *place)
    )


def _values(folded: str, roles: tuple[str, ...], reading: Reading) -> Values:
    out: dict[str, Decimal] = {}
    for role, place in zip(roles, reading, strict=True):
        if role in _VALUES and place is not None and (number := number_of(folded[slice(*place)])) is not None:
            out[role] = number
    return out


def _sums(folded: str, rows: list[GluedRow], total: Total) -> None:
    """Points inside a 一级 label are the sum of its rows; all scores and the money row's make 总分."""
    groups: list[list[GluedRow]] = []
    for row in rows:
        if row.level1 is not None or not groups:
            groups.append([])
        groups[-1].append(row)
    for group in groups:
        label = group[0].level1
        points = LABEL_POINTS.search(folded[slice(*label)]) if label else None
        if points is not None:
            add_up([r.row for r in group], "points", {scaled(Decimal(points[1]))})
    if total.score is not None:
        money = total.money or Decimal(0)
        add_up([r.row for r in rows], "score", {scaled(total.score - money), scaled(total.score)})


def _completion(folded: str, row: GluedRow, roles: tuple[str, ...]) -> None:
    """Among several cuts, those whose score follows from target and actual value; nothing changes when none does."""

    def compare(reading: Reading) -> str:
        place = reading[roles.index("target")] if "target" in roles else None
        match = _COMPARE.match(folded, *place) if place else None
        return match[0] if match else ""

    kept = [r for r in row.row.readings if completion_holds(row.row.values[r], compare(r))]
    if kept:
        row.row.readings = kept
        row.row.fixed = row.row.fixed or len(kept) == 1


def _cells(document: Document, row: GluedRow, heads: Sequence[Head], roles: tuple[str, ...]) -> Cells:
    folded = document.folded
    cells: dict[str, Atom | None] = {}
    for role, place in (("level1", row.level1), ("level2", row.level2)):
        alone = place is not None and not folded[place[1] : row.rest[1]].strip()
        cells[role] = marked(document, [place], 0 if alone else LIKELY) if place else None
    words = folded[slice(*row.rest)]
    empty = not words.strip()
    nameless = not empty and not row.row.readings and not any(c.isdigit() for c in words)
    values: list[Atom | None] = (
        [None] * len(roles) if empty else agreed(document, row.row, row.rest, len(roles))
    )
    cells |= dict(zip(roles, [None] * len(roles) if nameless else values, strict=True))
    worded = [
        a
        for r in ("target", "actual")
        if (a := cells.get(r)) is not None and not any(c.isdigit() for c in a.text)
    ]
    for role in ("level3", "target", "actual") if worded else ():
        atom = cells.get(role)
        if atom is not None and atom.kind & FORCED:
            cells[role] = atom._replace(kind=atom.kind & ~FORCED | LIKELY)
    if row.reason is not None and "reason" in roles and cells.get("reason") is None:
        cells["reason"] = marked(
            document, [row.reason], LIKELY if _is_reason(folded, row.reason) else UNREADABLE
        )
    inside = row.row.only[roles.index("reason")] if row.row.only is not None and "reason" in roles else None
    if inside is not None and not _is_reason(folded, inside):
        cells["reason"] = marked(document, [inside], UNREADABLE)
    if not row.row.readings and "reason" in roles and not empty:
        cells["reason"] = None
    if not row.row.readings and "level3" in roles and not empty:
        cells["level3"] = _name_of(document, row.rest)
    return [cells.get(head.role) for head in heads]


def _name_of(document: Document, rest: Place) -> Atom:
    """The words in front of values that cannot be cut: the name if a digit ends them, else unreadable with the rest."""
    folded = document.folded
    digit = next(
        (k for k in range(*rest) if folded[k].isdigit() or _COMPARE.match(folded, k, rest[1])), rest[1]
    )
    return marked(document, [(rest[0], digit if digit > rest[0] else rest[1])], UNREADABLE)
