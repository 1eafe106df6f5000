"""Forms printed as `标签：值` pairs, one a line or several along a line: every key names its own column."""

from __future__ import annotations

from typing import NamedTuple

from extractor.document import Document
from extractor.patterns import lazy
from extractor.profiles.columns import clean_head, role_of, words_of
from extractor.segment.align import Column
from extractor.segment.atoms import ITEM, LONG, TOTAL, Atom, atom_of, kind_of
from extractor.segment.forms import Builder, Form, Row
from extractor.segment.lines import Line, is_tail, is_title
from extractor.segment.numerals import DIGITS, N, marked_numerals

GOAL_EXPECTED = words_of("goal", "expected")
GOAL_ACTUAL = words_of("goal", "actual")

_KEY = lazy(r"(?:^|(?<=[,;|\s]))(?P<key>[^,;:|\s][^,;:|]{0,23}|):")  # on a line with ; for 。
_BULLETS = frozenset("-*·●◆■□")
_MARK = lazy(rf"(?:[(\[]?\d{{1,2}}[)\].、]|\({N}{{1,2}}\)|{N}{{1,2}}、)\s*")
_MARK_STARTS = frozenset("([0123456789" + DIGITS)
_LEVELS = ("level1", "level2", "level3")
_MONEY = ("initial", "annual", "executed", "adjust", "points", "rate", "score", "reason")
_VALUES = ("target", "actual", "points", "score")
_GRADES = ("等级", "等次", "评价结果", "评价结论")
_UNIT = lazy(r"^\(?(?:人民币)?(万元|亿元|元)\)?$")


class Pair(NamedTuple):
    """A key of the vocabulary and what is printed after it."""

    key: Atom
    value: Atom


def key_value_end(document: Document, lines: list[Line], first: int) -> tuple[int, list[list[Atom]] | None]:
    """One past the last line of the run of pairs that begins at line `first`; and its pairs as rows, if they make a form."""
    pairs: list[list[Atom]] = []
    last, idle, i = first, 0, first
    while i < len(lines) and idle <= 3:
        line = lines[i]
        if line.cls not in "Bp" or (
            i > first and line.cls == "p" and (is_title(line.text) or _closes(line.text))
        ):
            break
        found = pairs_of(document, line) if line.cls == "p" else []
        if found:
            if idle and not _goes_on(document, lines, last, i, pairs):
                break
            pairs += [[p.key, p.value] for p in found]
            last, idle = i + 1, 0
        elif not pairs:
            return first + 1, None
        elif line.cls == "p":
            idle += 1
        i += 1
    return last, pairs if _is_form(pairs) else None


def _closes(text: str) -> bool:
    """Whether a line stands below a form; 备注 and 说明 may be keys of an indicator as well."""
    return is_tail(text) and role_of("indicator", text.split(":", maxsplit=1)[0]) != "reason"


def _goes_on(document: Document, lines: list[Line], last: int, i: int, pairs: list[list[Atom]]) -> bool:
    """Lines between two pairs: a short heading, or the rest of a long value; the latter is joined to it."""
    between = [line for line in lines[last:i] if line.cls == "p"]
    if len(between) == 1 and len(between[0].text) < 24 and not between[0].text.endswith(("。", ";")):
        return True
    key, value = pairs[-1]
    role = clean_head(_bare(key.text))
    if role not in GOAL_EXPECTED and role not in GOAL_ACTUAL and role_of("indicator", role) != "reason":
        return False
    pairs[-1] = [
        key,
        atom_of(document, [*value.parts, *((line.start, line.end) for line in between)], value.gap),
    ]
    return True


def pairs_of(document: Document, line: Line) -> list[Pair]:
    """The pairs along a line whose keys are column heads, form labels or money rows; other colons belong to values."""
    folded = document.folded
    start, end = line.start, line.end
    while start < end and folded[start] in " \t":
        start += 1
    text = folded[start:end].replace("。", ";")
    keys = [m for m in _KEY.finditer(text) if _known(m["key"], m.start() == 0)]
    if not keys or _bare(text[: keys[0].start()]).strip():
        return []
    out = []
    for n, match in enumerate(keys):
        stop = start + keys[n + 1].start() if n + 1 < len(keys) else end
        at = start + match.end()
        between = (
            " ,;。|" if n + 1 < len(keys) else " ,;|"
        )  # the full stop at the end of a line belongs to its value
        while stop > at and folded[stop - 1] in between:
            stop -= 1
        key = atom_of(document, [(start + match.start("key"), start + match.end("key"))], 0)
        out.append(Pair(key, atom_of(document, [(at, max(at, stop))])))
    return out


def _bare(key: str) -> str:
    if key[:1] in _BULLETS:
        return key[1:].lstrip()
    if key[:1] not in _MARK_STARTS:
        return key
    match = _MARK.match(marked_numerals(key))
    return key if match is None else key[match.end() :]


def _known(key: str, leads: bool) -> bool:
    if not key:
        return leads
    bare = _bare(key)
    head = clean_head(bare)
    if head in GOAL_EXPECTED or head in GOAL_ACTUAL or head.endswith(_GRADES) or kind_of(head) & TOTAL:
        return True
    return any(role_of(family, bare) for family in ("indicator", "money", "head"))


def _is_form(pairs: list[list[Atom]]) -> bool:
    """At least one whole indicator: a name under its own key and two values under theirs."""
    have: set[str] = set()
    for key, value in pairs:
        role = role_of("indicator", _bare(key.text)) if key.text else None
        if role in ("level2", "level3") and value.text:
            have = {"name"}
        elif role in _VALUES and "name" in have:
            have.add(role)
        if len(have) > 2:
            return True
    return False


class _Block:
    """Records of one kind; a record maps roles to values."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.heads: dict[str, Atom] = {}
        self.records: list[dict[str, Atom]] = []


def read_key_values(rows: list[list[Atom]]) -> list[Form]:
    """The forms in a run of pairs."""
    reader = _Reader()
    for key, value in rows:
        reader.pair(key, value)
    return reader.close()


class _Reader:
    def __init__(self) -> None:
        self.builder = Builder()
        self.block: _Block | None = None
        self.total: Row | None = None

    def close(self) -> list[Form]:
        self.end_block()
        return self.builder.close()

    def pair(self, key: Atom, value: Atom) -> None:
        """Give one pair its place: a level opens an indicator, an item opens a money row, anything else fills what is open."""
        text = _bare(key.text)
        head = clean_head(text) if text else ""
        role = role_of("indicator", text) if text else None
        if _UNIT.match(value.text) and ("单位" in head):
            self.builder.form.unit = value.text.strip("()")
        elif role in _LEVELS:
            self.level(role, key, value)
        elif self.is_item(head, value):
            self.open("money")
            self.add("item", key, value)
        elif self.goal(head, value) or self.totals(head, key, value) or self.value(text, key, value):
            return
        elif (found := role_of("head", text)) is not None:
            self.end_block()
            self.builder.head(found, key, value if value.text else None)
            self.builder.grid([key, value])

    def is_item(self, head: str, value: Atom) -> bool:
        return (
            bool(value.kind & ITEM)
            and not value.kind & LONG
            and (not head or role_of("money", head) in ("item", "name"))
        )

    def open(self, kind: str) -> None:
        """A new record of `kind`."""
        if self.block is None or self.block.kind != kind:
            self.end_block()
            self.block = _Block(kind)
        self.block.records.append({})

    def add(self, role: str, key: Atom, value: Atom) -> None:
        assert self.block is not None
        self.block.heads.setdefault(role, key)
        self.block.records[-1][role] = value

    def level(self, role: str, key: Atom, value: Atom) -> None:
        record = self.block.records[-1] if self.block is not None and self.block.kind == "indicator" else None
        if record is None or any(r in record for r in (*_LEVELS[_LEVELS.index(role) :], *_VALUES)):
            self.open("indicator")
        self.total = None
        self.add(role, key, value)

    def goal(self, head: str, value: Atom) -> bool:
        """预期目标 and 实际完成情况, unless an open indicator still waits for such a value."""
        if (
            self.block is not None
            and self.block.kind == "indicator"
            and role_of("indicator", head) not in self.block.records[-1]
        ):
            return False
        name = "expected" if head in GOAL_EXPECTED else "actual" if head in GOAL_ACTUAL else None
        if name is None:
            return False
        self.end_block()
        if value.text:
            self.builder.form.goals.append((name, value))
            self.builder.grid([value])
        return True

    def totals(self, head: str, key: Atom, value: Atom) -> bool:
        """总分, and the 得分 and 等级 that follow it."""
        indicators = (
            self.block is not None and self.block.kind == "indicator"
        ) or "indicator" in self.builder.form.kinds
        if (
            kind_of(head) & TOTAL
            and indicators
            and not (kind_of(head) & ITEM and self.block is not None and self.block.kind == "money")
        ):
            self.end_block()
            self.total = [key, value]
            self.builder.form.totals.append(self.total)
            self.builder.grid(self.total)
            return True
        if self.total is not None and (role_of("indicator", head) == "score" or head.endswith(_GRADES)):
            self.total.append(value)
            return True
        return False

    def value(self, text: str, key: Atom, value: Atom) -> bool:
        """A value under its key, for the record that is open."""
        if self.block is None:
            return False
        money = self.block.kind == "money"
        role = role_of("money" if money else "indicator", text)
        if role is None or (money and role not in _MONEY) or role in ("frame", "seq"):
            return False
        if role not in self.block.records[-1]:
            self.add(role, key, value)
        return True

    def end_block(self) -> None:
        """Turn the open records into a block of columns."""
        block, self.block = self.block, None
        if block is None or not any(record for record in block.records):
            return
        first = _LEVELS if block.kind == "indicator" else ("item",)
        roles = [r for r in (*first, *block.heads) if r in block.heads]
        roles = list(dict.fromkeys(roles))
        columns = tuple(Column(role, block.heads[role] if block.heads[role].text else None) for role in roles)
        header: Row = [c.head for c in columns]
        self.builder.header(block.kind, columns, [header])
        self.builder.form.header_rows += 1
        self.builder.grid(header)
        for record in block.records:
            row: Row = [record.get(role) for role in roles]
            self.builder.row(row, self.builder.grid(row))
        self.builder.block = None
