"""Indicator rows: inherited levels, points inside labels, shared cells, copied targets."""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.cellkinds import read_cell
from extractor.document import Document
from extractor.extract.rules.cells import cell_of, label_points
from extractor.records import replace
from extractor.schema import Cell, Flag, Indicator
from extractor.segment.atoms import BLANK, FRAME, LEVEL1, LEVEL2, NA, NUM, PCT, TOTAL, Atom, atom_of, is_more
from extractor.segment.forms import Block, Form, Row

_EXECUTION = ("预算执行率", "预算执行情况", "资金执行率", "预算执行", "预算资金执行率")
_VALUES = ("target", "actual", "points", "score", "reason")


def read_indicators(document: Document, form: Form, table: str, scope: str, first: int) -> list[Indicator]:
    """The indicator rows of a form, ids counted from `first`."""
    out: list[Indicator] = []
    for block in form.blocks:
        if block.kind == "indicator":
            _Reader(document, block, table, scope, first, out).read()
    return out


def _reason_column(block: Block) -> int | None:
    """Where a form has both 完成情况说明 and 偏差原因分析, the latter."""
    found = [k for k, c in enumerate(block.columns) if c.role == "reason"]
    heads = {k: head.text if (head := block.columns[k].head) is not None else "" for k in found}
    named = [k for k in found if re.search("偏差|原因|措施|未完成", heads[k])]
    named = named or [k for k in found if "完成情况" not in heads[k]]
    return next(iter(named or found), None)


def _holds_levels(block: Block, frame: int) -> bool:
    """Whether 一级 labels stand below the head of the whole block: 绩效指标 | 指标类型 | 指标名称."""
    cells = [row[frame] for row in block.rows]
    return any(a is not None and a.kind & LEVEL1 and not a.kind & FRAME for a in cells)


class _Reader:
    """Walks one block and carries merged 一级/二级 cells down."""

    def __init__(
        self, document: Document, block: Block, table: str, scope: str, first: int, out: list[Indicator]
    ) -> None:
        self.document, self.block, self.table, self.scope, self.first, self.out = (
            document,
            block,
            table,
            scope,
            first,
            out,
        )
        self.at = {
            role: block.index(role) for role in ("level1", "level2", "level3", "sign", "unit", *_VALUES)
        }
        self.at["reason"] = _reason_column(block)
        frame = block.index("frame")
        if self.at["level1"] is None and frame is not None and _holds_levels(block, frame):
            self.at["level1"] = frame
        self.level1: Atom | None = None
        self.level2: Atom | None = None

    def read(self) -> None:
        for number, row in enumerate(self.block.rows):
            self.row(self.unslipped(row), number in self.block.inferred)

    def unslipped(self, row: Row) -> Row:
        """A row whose target copies its name, read one column too far left: name, name, actual, points, score, nothing."""
        columns = [self.at[role] for role in ("level2", "level3", "target", "actual", "points", "score")]
        if any(k is None for k in columns):
            return row
        level2, level3, target, actual, points, score = (row[k] for k in columns if k is not None)
        named = level2 is not None and level3 is not None and level2.text == level3.text != ""
        scored = actual is not None and points is not None and actual.kind & NUM and points.kind & NUM
        if (
            not (named and scored)
            or (score is not None and score.text)
            or target is None
            or not target.kind & PCT
        ):
            return row
        out = list(row)
        for k, atom in zip(columns, (None, level2, level3, target, actual, points), strict=True):
            if k is not None:
                out[k] = atom
        return out

    def get(self, row: Row, role: str) -> Atom | None:
        """The atom under `role`; None when the form has no such column, an empty atom when nothing is printed there."""
        index = self.at[role]
        if index is None:
            return None
        atom = row[index]
        if atom is None:
            at = next((a.start for a in row if a is not None), 0)
            return Atom("", ((at, at),), 0, BLANK)
        return atom

    def row(self, row: Row, inferred: bool) -> None:
        level1, level2, level3 = (self.get(row, role) for role in ("level1", "level2", "level3"))
        if level1 is not None and level1.text:
            if level1.kind & TOTAL:
                return
            if self.level1 is None or level1.text != self.level1.text or level1.start != self.level1.start:
                self.level1, self.level2 = level1, None
        if level1 is not None and level3 is not None and self.executes(row, level1, level2, level3):
            level3 = level1
        if level2 is not None and not level2.text and level3 is not None and self.only_a_level(row, level3):
            level2, level3 = level3, level2
        if inferred and level3 is not None and level3.text in _EXECUTION:
            row = self.spent(row)
        if level2 is not None and level2.text:
            self.level2 = level2
        if level3 is not None and self.of_its_own(level2, level3):
            self.level1, self.level2 = level3, None
        labelled = level2 is not None and bool(level2.text)
        nameless = level3 is not None and (is_more(level3.text) or (inferred and level3.kind & (NUM | PCT)))
        if nameless and not labelled:
            return  # no row is called …… or 90%
        named = level3 is not None and bool(level3.text)
        if not named and not labelled:
            return
        row_id = f"i{self.first + len(self.out)}"
        cells = {role: self.cell(row, role, row_id, inferred) for role in _VALUES}
        if cells["target"] is not None:
            cells["target"] = self.signed(row, cells["target"])
        self.out.append(
            Indicator(
                id=row_id,
                table=self.table,
                scope=self.scope,
                level1=self.of(self.level1, row_id, "level1"),
                level1_points=self.points_of(self.level1),
                level2=self.of(self.level2, row_id, "level2"),
                level3=self.of(level3, row_id, "level3", inferred) if level3 is not None else None,
                **self.finished(cells, row_id, level3),
            )
        )

    def executes(self, row: Row, level1: Atom, level2: Atom | None, level3: Atom) -> bool:
        """Whether 预算执行率 alone under 一级指标 is a row: it counts points and got some."""
        if "执行" not in level1.text or level3.text or (level2 is not None and level2.text):
            return False
        return all(
            (atom := self.get(row, role)) is not None and atom.kind & NUM for role in ("points", "score")
        )

    def spent(self, row: Row) -> Row:
        """The row of 预算执行率 whose one rate, printed without blanks, is what was reached, not what was aimed at."""
        target, actual = self.at["target"], self.at["actual"]
        if target is None or actual is None or row[actual] is not None:
            return row
        printed = row[target]
        if printed is None or not printed.kind & PCT or printed.text[:1] in "≥≤=":
            return row
        out = list(row)
        out[target], out[actual] = None, printed
        return out

    def of_its_own(self, level2: Atom | None, level3: Atom) -> bool:
        """Whether a row stands beside the levels, not below the last one: 预算执行率（10分）, which says what it counts."""
        lone = level2 is None or not level2.text
        above = self.level1.text if self.level1 is not None else ""
        if lone and "满意" in above and level3.text in _EXECUTION:
            return True  # whatever stands above it, no satisfaction is how much was spent
        return (
            lone
            and "执行率" in level3.text
            and bool(level3.kind & LEVEL1)
            and label_points(level3.text) is not None
        )

    def only_a_level(self, row: Row, atom: Atom) -> bool:
        """Whether a row is nothing but a 二级 label (生态效益指标), read one column too far right."""
        alone = all(each is None or each is atom or not each.text for each in row)
        return alone and bool(atom.kind & LEVEL2) and atom.text.endswith("指标")

    def of(self, atom: Atom | None, row_id: str, role: str, inferred: bool = False) -> Cell | None:
        return None if atom is None else cell_of(self.document, atom, f"{row_id}.{role}", inferred=inferred)

    def points_of(self, atom: Atom | None) -> Decimal | None:
        return (
            label_points(atom.text)
            if (atom is not None and atom.kind & (LEVEL1 | LEVEL2 | FRAME))
            or (atom is not None and len(atom.text) < 24)
            else None
        )

    def cell(self, row: Row, role: str, row_id: str, inferred: bool) -> Cell | None:
        atom = self.get(row, role)
        if atom is None:
            return None
        flags: tuple[Flag, ...] = ()
        if role in ("points", "score") and not atom.text and self.out and self._may_share():
            flags = ("shared",)
        return cell_of(
            self.document,
            atom,
            f"{row_id}.{role}",
            unit=self.column_text(row, "unit") if role in ("target", "actual") else None,
            inferred=inferred,
            flags=flags,
        )

    def _may_share(self) -> bool:
        """An empty points or score cell below a filled one of the same 二级 may be one merged cell."""
        last = self.out[-1]
        same = last.level2 is not None and self.level2 is not None and last.level2.span == self.level2.span
        return same and any(
            c is not None and (c.text or "shared" in c.evidence.flags) for c in (last.points, last.score)
        )

    def column_text(self, row: Row, role: str) -> str | None:
        """What a column of its own (计算符号, 计量单位) prints for the row."""
        atom = self.get(row, role)
        return atom.text if atom is not None and atom.text and not atom.kind & NA else None

    def signed(self, row: Row, target: Cell) -> Cell:
        """A target whose comparison stands in the 计算符号 column."""
        sign = self.column_text(row, "sign")
        if sign is None or target.comparator is not None or target.kind != "num":
            return target
        comparator = read_cell(sign.replace("═", "=") + "1").comparator
        return replace(target, comparator=comparator, kind="cmp") if comparator else target

    def finished(
        self, cells: dict[str, Cell | None], row_id: str, level3: Atom | None
    ) -> dict[str, Cell | None]:
        """Points that stand inside the label when there is no points column; copied targets marked as such."""
        if self.at["points"] is None and level3 is not None:
            cells["points"] = self._points_in_label(level3, row_id)
        target = cells["target"]
        if target is not None and level3 is not None and len(target.text) >= 4 and target.kind == "qual_text":
            name = re.sub(r"\W", "", level3.text)
            if re.sub(r"\W", "", target.text) == name:
                cells["target"] = replace(target, kind="copy")
        return cells

    def _points_in_label(self, level3: Atom, row_id: str) -> Cell | None:
        start, end = level3.parts[-1]
        match = re.search(r"[(\[](\d+(?:\.\d+)?)\s*分[)\]]$", self.document.folded[start:end])
        if match is None:
            return None
        atom = atom_of(self.document, [(start + match.start(1), start + match.end(1))])
        return cell_of(self.document, atom, f"{row_id}.points")
