"""Streams (no printed rows): anchors cut the stream into blocks, and the alignment infers the rows of each."""

from __future__ import annotations

from functools import cache

from extractor.document import Document
from extractor.profiles.columns import heads as known_heads
from extractor.profiles.columns import role_of
from extractor.segment.align import Column
from extractor.segment.alternating import (
    Pair,
    add_row,
    is_open,
    open_block,
    opening_roles,
    pairs_along,
    split_pieces,
)
from extractor.segment.arranged import with_second_levels
from extractor.segment.atoms import (
    FRAME,
    ITEM,
    LEVEL1,
    LEVEL2,
    LONG,
    NAMED,
    NUM,
    PCT,
    QTY,
    TEXT,
    TOTAL,
    Atom,
    join,
    unlabelled,
)
from extractor.segment.forms import Builder, Form, Row
from extractor.segment.goals import goal_heads, is_goal
from extractor.segment.heads import Heads, stream_heads
from extractor.segment.kinds import is_over_money
from extractor.segment.labelled import counted_labels
from extractor.segment.lines import is_tail, is_title
from extractor.segment.pairs import is_by_nature, is_pair, is_words_row, labelled_heads, note_unit, split_pair
from extractor.segment.placing import dashes_in_place
from extractor.segment.sectioned import by_section, without_headings
from extractor.segment.streamparts import halfway, is_cut, only_labels
from extractor.segment.streamrows import is_sure, stream_rows
from extractor.segment.turned import Turned, put_turned, turned_money

_SOON, _NARROW = 12, 5  # tokens; characters of a value that fill a narrow column
_GRADES = ("等级", "评价等级", "自评等级", "优", "良", "中", "差")
_FAMILIES = ("indicator", "money", "base")


@cache
def _starts() -> frozenset[str]:
    """Everything a column head of the vocabulary can begin with."""
    heads = (head for family in _FAMILIES for head in known_heads(family))
    return frozenset(head[:size] for head in heads for size in range(2, len(head) + 1))


def read_stream(document: Document, atoms: list[Atom], kind: str) -> list[Form]:
    """The forms in one stream of atoms."""
    return _Scanner(document, atoms, kind).read()


class _Scanner:
    def __init__(self, document: Document, atoms: list[Atom], kind: str) -> None:
        self.document, self.atoms, self.kind = document, atoms, kind
        self.builder = Builder()
        self.tokens = kind in ("flat", "spaced")

    def read(self) -> list[Form]:
        i = 0
        while i < len(self.atoms):
            i = self.step(i)
        return self.builder.close()

    def step(self, i: int) -> int:
        """Read what begins at atom `i`; returns where the next thing begins."""
        atom = self.atoms[i]
        if not atom.text:
            return i + 1
        note_unit(self.builder.form, [atom])
        if self.is_title(atom):
            self.builder.title(atom)
            return i + 1
        if end := self.alternating(i):
            return end
        if (turned := self.turned_at(i)) is not None:
            put_turned(self.builder, turned)
            return turned.end
        heads = self.heads_at(i)
        if heads is not None:
            return self.block(i, heads)
        goal = self.goal_at(i)
        if goal is not None:
            return self.goals(goal)
        if not self.builder.form.goals and is_goal(atom, "expected") and (end := self.lone_goal(i)):
            return end
        if atom.kind & TOTAL and "indicator" in self.builder.form.kinds:
            return self.total(i)
        role = role_of("head", atom.text)
        if role is not None and (not self.builder.form.kinds & {"indicator"} or role == "project_name"):
            return self.pair(i, role)
        told = ":" in atom.text and not (self.tokens and self.in_prose(i))
        if role is None and told and not self.builder.form.kinds & {"indicator"}:
            for found in labelled_heads(self.document, [atom]):
                self.builder.head(*found)
                self.builder.grid([atom])
        return i + 1

    def alternating(self, i: int) -> int:
        """Amounts right behind their labels, and the rows below in which each label stands twice; 0 if none begin at `i`."""
        if is_open(self.builder) and self.atoms[i].kind & NUM:
            return i + 1  # points without a label
        block = self.builder.block
        if block is not None and block.alternating:
            pairs, end = pairs_along(self.atoms, i, sum(role != "item" for role in block.roles))
            while pairs and not add_row(self.builder, pairs):
                pairs, end = _shorter(self.atoms, i, pairs)
            if pairs:
                return end
            self.builder.block = None
        if ":" in self.atoms[i].text:
            item, pairs, end = split_pieces(self.document, self.atoms, i)
            if (roles := opening_roles(pairs)) is not None:
                open_block(self.builder, item, pairs, roles)
                self.builder.block = None
                return end
        if role_of("money", self.atoms[i].text) is None:
            return 0
        pairs, end = pairs_along(self.atoms, i)
        while len(pairs) > 1 and (roles := opening_roles(pairs)) is None:
            pairs, end = _shorter(self.atoms, i, pairs)
        if len(pairs) < 2 or roles is None:
            return 0
        before = next((a for a in reversed(self.atoms[max(0, i - 2) : i]) if a.text), None)
        item = before if before is not None and (before.kind & FRAME or "预算执行" in before.text) else None
        open_block(self.builder, item, pairs, roles)
        return end

    def in_prose(self, i: int) -> bool:
        """Whether a sentence ends soon behind atom `i`: its label is one of the text before the table."""
        return any("。" in a.text for a in self.atoms[i : i + _SOON])

    def is_title(self, atom: Atom) -> bool:
        return bool(5 < len(atom.text) < 60 and is_title(atom.text))

    def heads_at(self, i: int) -> Heads | None:
        text = self.atoms[i].text
        if len(text) > 24 or not (text in _starts() or any(role_of(family, text) for family in _FAMILIES)):
            return None
        return stream_heads(self.document, self.atoms, i)

    def turned_at(self, i: int) -> Turned | None:
        """Money printed across that begins with the label beside it at atom `i`."""
        atom = self.atoms[i]
        return turned_money(self.atoms, i) if atom.kind & FRAME and is_over_money(atom) else None

    def goal_at(self, i: int) -> int | None:
        """Index after 预期目标 | 实际完成情况 when they begin at `i`."""
        ahead = [k for k in range(i, min(i + 6, len(self.atoms))) if self.atoms[k].text][:3]
        pair = [self.atoms[k] for k in ahead[:2]]
        return ahead[1] + 1 if len(pair) == 2 and goal_heads(pair) == (0, 1) else None

    def anchor(self, j: int, kind: str) -> bool:
        """Whether something else than a data row of a `kind` block begins at `j`."""
        atom = self.atoms[j]
        text = atom.text
        if not text:
            return False
        if self.is_title(atom) or is_tail(text):
            return True
        if atom.kind & TOTAL and kind == "indicator":
            return True
        if kind == "indicator" and role_of("head", text) == "closing":
            return True
        if kind == "money" and atom.kind & (NAMED | LEVEL2) and not atom.kind & ITEM:
            return True  # 指标1:… and 数量指标 are no money
        framed = atom.kind & FRAME or role_of("goal", text) is not None
        if framed and kind in ("money", "fund_use") and not atom.kind & ITEM and len(text) > 2:
            return True
        if kind == "base" and role_of("indicator", text) in ("level1", "level2", "level3"):
            return True
        role = role_of("head", text)
        if role in ("project_name", "department") and len(text) >= 4:
            return True
        return self.goal_at(j) is not None or self.heads_at(j) is not None

    def until(self, i: int, kind: str) -> int:
        j = i
        while j < len(self.atoms) and not self.anchor(j, kind):
            j += 1
        return j

    def block(self, i: int, heads: Heads) -> int:
        start = i + heads.used
        end = self.until(start, heads.kind)
        end = self.without_label(start, end)
        columns = heads.columns
        if heads.kind == "base" and columns[0].head is None:
            columns = (Column("item", self.label_before(i)), *columns[1:])
        header: list[Row] = [[c.head for c in columns]]
        self.builder.header(heads.kind, columns, header)
        self.builder.form.header_rows += 1
        self.builder.grid(header[0])
        roles = tuple(c.role for c in heads.columns)
        data = [
            a
            for a in self.atoms[start:end]
            if not (a.kind & FRAME and heads.kind == "indicator" and not a.kind & (LEVEL1 | LEVEL2))
        ]
        while data and not data[0].text:
            data.pop(0)
        if heads.kind == "indicator":
            data = counted_labels(with_second_levels(unlabelled(data), roles), roles)
        if heads.kind in ("money", "summary"):
            data = self.pairs(data, heads.kind)
        if only_labels(data, heads.kind):
            return end
        if heads.kind == "base":
            data = without_headings(data)
        for section, part in by_section(data, roles) if heads.kind == "indicator" else [(None, data)]:
            if section is not None:
                assert self.builder.block is not None
                self.builder.block.section()
                self.builder.row([section, *([None] * len(roles))], self.builder.grid([section]))
            self.data(heads.kind, part, roles)
        self.builder.block = None
        return end

    def data(self, kind: str, data: list[Atom], roles: tuple[str, ...]) -> None:
        """The rows of a block's data."""
        unnamed = 2 if kind == "money" and data and data[0].kind & (NUM | QTY) else 0  # no label at all
        for found, whole in stream_rows(data, roles[unnamed:], self.kind):
            row = [*([[]] * unnamed), *found]
            cells: Row = [join(self.document, cell) if cell else None for cell in row]
            if not any(c and c.text for c in cells):
                continue
            if kind == "base" and self.measure(cells):
                continue
            if kind == "money" and not whole:
                cells = dashes_in_place(cells, roles)
            at = self.builder.grid(cells)
            sure = whole or (is_sure(cells, roles) and not (self.kind == "spaced" and is_cut(row)))
            self.builder.row(cells, at, inferred=not sure)

    def measure(self, cells: Row) -> bool:
        """A text that stands behind 厉行节约保障措施 is the words of that row, not a row."""
        assert self.builder.block is not None
        rows = self.builder.block.rows
        before = rows[-1] if rows else None
        only = [a for a in cells if a is not None and a.text]
        if before is None or len(only) != 1 or before[0] is None or not is_words_row(before[0].text):
            return False
        if only[0].kind & (NUM | PCT | ITEM) or any(a is not None and a.text for a in before[1:]):
            return False
        before[1] = only[0]
        return True

    def pairs(self, data: list[Atom], kind: str) -> list[Atom]:
        """Rows without what closes the block: 一般公共预算：5.1 cells, and label and number after the 合计 of a summary."""
        rest: list[Atom] = []
        closing = after_total = False
        label: Atom | None = None
        for atom in data:
            found = split_pair(self.document, atom) if kind == "money" and is_pair(atom.text) else None
            if found or (kind == "money" and is_by_nature(atom.text)):
                self.builder.grid([atom])
                if found:
                    self.builder.form.pairs.append(("money", *found, None))
                continue
            if kind == "summary" and after_total and atom.kind & TEXT and not atom.kind & (NUM | PCT | QTY):
                closing, label = True, atom
            elif closing and label is not None and atom.kind & (NUM | PCT | QTY):
                self.builder.grid([label, atom])
                self.builder.form.pairs.append(("summary", label, atom, None))
                label = None
            if not closing:
                rest.append(atom)
            after_total = after_total or bool(atom.kind & TOTAL)
        return rest

    def without_label(self, start: int, end: int) -> int:
        """The end of a block's data when the label of the next 基础数据 block stands right before its column heads."""
        if end >= len(self.atoms) or role_of("base", self.atoms[end].text) is None:
            return end
        k = end - 1
        while k > start and not self.atoms[k].text:
            k -= 1
        label = self.atoms[k]
        return k if k > start and label.kind & TEXT and not label.kind & (NUM | PCT) else end

    def label_before(self, i: int) -> Atom | None:
        """The block's own label (财政供养人员情况) right before its column heads."""
        before = next((a for a in reversed(self.atoms[max(0, i - 3) : i]) if a.text), None)
        return (
            before
            if before is not None and not before.kind & (NUM | PCT) and not self.is_title(before)
            else None
        )

    def goals(self, start: int) -> int:
        end = start
        while (
            end < len(self.atoms)
            and not (self.atoms[end].kind & FRAME and not self.atoms[end].kind & LONG)
            and not self.anchor(end, "goal")
        ):
            end += 1
        texts = [a for a in self.atoms[start:end] if a.text]
        if texts:
            middle = halfway(texts)
            for name, part in (("expected", texts[:middle]), ("actual", texts[middle:])):
                if part:
                    atom = join(self.document, part)
                    self.builder.form.goals.append((name, atom))
                    self.builder.grid([atom])
        return end

    def lone_goal(self, i: int) -> int:
        """年度总体目标 and its text where no 实际完成情况 follows; returns where the next thing begins, 0 if it is none."""
        k = next((k for k in range(i + 1, min(i + 3, len(self.atoms))) if self.atoms[k].text), None)
        if (
            k is None
            or len(self.atoms[k].text) < 6
            or self.atoms[k].kind & (NUM | PCT | QTY)
            or role_of("goal", self.atoms[k].text)
        ):
            return 0
        if self.anchor(k, "goal") or self.atoms[k].kind & FRAME:
            return 0
        self.builder.form.goals.append(("expected", self.atoms[k]))
        self.builder.grid([self.atoms[i], self.atoms[k]])
        return k + 1

    def total(self, i: int) -> int:
        """总分, then up to three numbers and perhaps a grade."""
        row: list[Atom] = [self.atoms[i]]
        j = i + 1
        while j < len(self.atoms) and len(row) < 5:
            atom = self.atoms[j]
            if atom.text and not (atom.kind & (NUM | QTY | PCT) or atom.text.lstrip("(").startswith(_GRADES)):
                break
            if atom.text:
                row.append(atom)
            j += 1
        self.builder.form.totals.append(list(row))
        self.builder.grid(list(row))
        return j

    def wrapped(self, j: int, value: Atom) -> bool:
        """Whether the atom that opens a line is the rest of the value above it: alone on its line, or before the next label."""
        atom = self.atoms[j]
        known = NUM | PCT | QTY | LONG | FRAME | ITEM | LEVEL1 | LEVEL2 | TOTAL
        if not atom.kind & TEXT or atom.kind & known or len(value.text) < _NARROW or ":" in atom.text:
            return False
        if len(atom.text) > len(value.text) or atom.text[0] in "(【" or is_tail(atom.text):
            return False
        following = self.atoms[j + 1] if j + 1 < len(self.atoms) else None
        if following is None or role_of("head", following.text):
            return True
        return bool(following.gap) and (bool(following.kind & FRAME) or self.heads_at(j + 1) is not None)

    def pair(self, i: int, role: str) -> int:
        """A head label and what stands after it, up to the next label."""
        value: list[Atom] = []
        j = i + 1
        limit = 10 if self.tokens else 1
        blanks = 0
        while j < len(self.atoms) and len(value) < limit:
            atom = self.atoms[j]
            if not atom.text:
                blanks += 1
                if blanks > 1 or value:
                    break
                j += 1
                continue
            if (
                role_of("head", atom.text)
                or self.heads_at(j)
                or (atom.kind & FRAME and not atom.kind & LONG)
                or self.is_title(atom)
            ):
                break
            if self.tokens and atom.gap and value and not self.wrapped(j, value[-1]):
                break
            value.append(atom)
            j += 1
        found = join(self.document, value) if value else None
        self.builder.head(role, self.atoms[i], found)
        self.builder.grid([self.atoms[i], found])
        return j


def _shorter(atoms: list[Atom], i: int, pairs: list[Pair]) -> tuple[list[Pair], int]:
    """All pairs but the last, and where they end."""
    return pairs_along(atoms, i, len(pairs) - 1) if len(pairs) > 1 else ([], i)
