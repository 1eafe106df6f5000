"""The score and grade of the whole report once every figure has its subject: a project's is not the report's."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import Document
from extractor.extract.rules.cells import cell_of
from extractor.extract.rules.head import Head
from extractor.extract.rules.lexicon import holds
from extractor.schema import OVERALL, Cell, Figure
from extractor.segment.atoms import atom_of

_WHOLE = ("整体", "部门", "单位", "综合", "总体")


def settle_result(document: Document, head: Head, figures: Sequence[Figure]) -> Head:
    """`head` of a department's report with what the prose says of the whole where it has nothing, or what is a project's."""
    if head.kind not in ("department", "summary"):
        return head
    return head._replace(
        total_score=_settled(document, head.total_score, figures, "total_score"),
        grade=_settled(document, head.grade, figures, "grade"),
    )


def _settled(document: Document, cell: Cell | None, figures: Sequence[Figure], metric: str) -> Cell | None:
    told = [figure for figure in figures if figure.metric == metric and figure.table is None]
    if cell is not None and not any(f.scope != OVERALL and f.span.start == cell.span.start for f in told):
        return cell
    own = [figure for figure in told if figure.scope == OVERALL]
    best = next((figure for figure in own if holds(figure.label, _WHOLE)), None)
    if best is None and cell is not None and own:
        best = own[0]
    if best is None:
        return cell
    parts = [(part.start, part.end) for part in best.span.parts or (best.span,)]
    return cell_of(document, atom_of(document, parts), f"head.{metric}")
