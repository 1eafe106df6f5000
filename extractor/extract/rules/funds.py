"""Money rows: the 资金 block of a 自评表, and the rows of a 资金使用表."""

from __future__ import annotations

from extractor.document import Document
from extractor.extract.rules.cells import cell_of
from extractor.schema import Cell, Fund
from extractor.segment.atoms import BLANK, FRAME, ITEM, TEXT, Atom
from extractor.segment.forms import Block, Form, Row

VALUES = ("initial", "annual", "executed", "points", "rate", "score")
_NOT_ITEMS = ("偏差原因", "执行率偏差", "原因分析", "整改措施", "备注")


def read_funds(document: Document, form: Form, table: str, scope: str, first: int) -> list[Fund]:
    """The fund rows of a form in printed order, ids counted from `first`."""
    out: list[Fund] = []
    for block in form.blocks:
        if block.kind not in ("money", "fund_use"):
            continue
        for number, row in enumerate(block.rows):
            fund = _fund(
                document, form, block, row, table, scope, f"f{first + len(out)}", number in block.inferred
            )
            if fund is not None:
                out.append(fund)
    return out


def _fund(
    document: Document,
    form: Form,
    block: Block,
    row: Row,
    table: str,
    scope: str,
    fund_id: str,
    inferred: bool,
) -> Fund | None:
    item = item_atom(block, row)
    if item is None or item.text.startswith(_NOT_ITEMS):
        return None
    cells = value_cells(document, form, block, row, fund_id, inferred)
    return Fund(
        id=fund_id, table=table, scope=scope, item=cell_of(document, item, f"{fund_id}.item"), **cells
    )


def item_atom(block: Block, row: Row) -> Atom | None:
    """The row's label: the last filled text before the first value column that is not a frame."""
    names = (
        [row[k] for k, role in enumerate(block.roles) if role == "name"] if block.kind == "fund_use" else []
    )
    named = next((a for a in names if a is not None and a.text), None)
    if named is not None:
        return named
    first = next((i for i, c in enumerate(block.columns) if c.role in VALUES or c.role == "adjust"), len(row))
    texts = [a for a in row[:first] if a is not None and a.text and a.kind & TEXT]
    known = [a for a in texts if a.kind & ITEM]
    plain = [a for a in texts if not a.kind & FRAME]
    found = known or plain or (texts if block.alternating else [])
    if not found and len(block.rows) == 1:
        # the one row of a block names nothing but what its head says: 预算资金(元) | 年初预算数 …
        heads = [c.head for c in block.columns if c.head is not None and c.head.text]
        return heads[0] if heads else None
    return found[-1] if found else None


def value_cells(
    document: Document, form: Form, block: Block, row: Row, row_id: str, inferred: bool
) -> dict[str, Cell | None]:
    """The value cells of a money row by role; None for a column the form does not have."""
    out: dict[str, Cell | None] = {}
    anchor = next((a.start for a in row if a is not None), 0)
    for role in VALUES:
        index = block.index(role)
        if index is None:
            out[role] = None
            continue
        atom = row[index] or Atom("", ((anchor, anchor),), 0, BLANK)
        unit = (
            form.unit
            if role in ("initial", "annual", "executed")
            else "%"
            if role == "rate" and _percent_head(block, index)
            else None
        )
        out[role] = cell_of(document, atom, f"{row_id}.{role}", unit=unit, inferred=inferred)
    return out


def _percent_head(block: Block, index: int) -> bool:
    head = block.columns[index].head
    return head is not None and "%" in head.text
