"""Scores that stand in columns of an indicator form beside the row's own: 复核得分 and 扣减分数."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractor.amounts import decimals_of
from extractor.document import Document, Table
from extractor.extract.rules.cells import cell_of
from extractor.schema import Amount, Figure
from extractor.segment.atoms import NUM, TOTAL, Atom
from extractor.segment.forms import Block
from extractor.segment.grids import cell_text

_METRICS = {"review": "review_score", "deduct": "other"}
Place = Callable[[Atom], tuple[int | None, int | None]]


def scores_beside(document: Document, place: Place, table: Table, block: Block) -> Iterator[Figure]:
    """Every number of such a column, in 分; the closing row sums them up and is left out."""
    columns = [
        (at, _METRICS[column.role], column.head)
        for at, column in enumerate(block.columns)
        if column.role in _METRICS and column.head is not None and "分" in column.head.text
    ]
    for row in block.rows if columns else ():
        if any(atom is not None and atom.kind & TOTAL for atom in row[:3]):
            continue
        for at, metric, head in columns:
            atom = row[at]
            if atom is None or not atom.kind & NUM:
                continue
            cell = cell_of(document, atom, "x")
            if cell.value is None:
                continue
            number, column = place(atom)
            label = cell_text("".join(document.text[a:b] for a, b in head.parts))
            amount = Amount(
                raw=cell.raw,
                value=cell.value,
                unit="分",
                decimals=decimals_of(cell.text.rstrip("分")),
                base_value=None,
            )
            yield Figure(
                id="", metric=metric, label=label, scope=table.scope, stage="score", period=None, amount=amount,
                span=atom.span, table=table.id, row=number, column=column, evidence=cell.evidence,
            )  # fmt: skip
