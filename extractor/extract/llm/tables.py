"""Tables by what a model says of their columns, or of their pieces: the records of all of them together."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import Document, slices
from extractor.extract.conversation import Conversation
from extractor.extract.llm.answers import BlockColumns, RowWords, TableColumns
from extractor.extract.llm.blocks import Block, Grid, Piece
from extractor.extract.llm.build import Place, Records, build, cell_of
from extractor.extract.llm.pieces import ROLES, Run, rows_by_columns, rows_by_words
from extractor.schema import OVERALL, BaseRow, Fund, Indicator, Project
from extractor.segment.grids import cell_text

_WHOLE = ("总额", "合计", "总计", "全年预算", "年度资金")


class Tables:
    """What the tables hold, collected block by block so that ids run on."""

    def __init__(self, document: Document, engine: str, first: Records | None = None) -> None:
        given = first or Records()
        self.document, self.engine = document, engine
        self.indicators: list[Indicator] = list(given.indicators)
        self.funds: list[Fund] = list(given.funds)
        self.projects: list[Project] = list(given.projects)
        self.base_data: list[BaseRow] = list(given.base_data)

    def read(self, grid: Grid, answer: TableColumns, unit: str | None) -> list[str]:
        """Add the blocks of a grid under the roles of an answer; returns what was refused."""
        refused: list[str] = []
        name = grid.before[answer.p - 1] if answer.p else None
        scope = grid.table.scope
        if scope == OVERALL and name is not None:
            scope = cell_text(slices(self.document.text, name.span))
        funds, total = len(self.funds), None
        for number, (block, columns) in enumerate(zip(grid.blocks, answer.b, strict=True), 1):
            found = build(self._place(grid.table.id, scope, unit), columns.k, columns.c, block.rows)
            self._add(found)
            if found.refused:
                refused.append(f"第{number}块：{found.refused}")
            elif columns.k == "指标":
                total = _closing(block, columns.c)
        if name is not None:
            self._project(grid, name, scope, self.funds[funds:], total)
        return refused

    def rows(self, run: Run, answer: BlockColumns | RowWords) -> list[str]:
        """Add the rows of a table without a grid; returns what was refused."""
        roles: Sequence[str]
        if isinstance(answer, BlockColumns):
            roles, (lines, refused) = answer.c, rows_by_columns(run, answer)
        else:
            roles, (lines, refused) = ROLES.get(answer.k, ()), rows_by_words(self.document, run, answer)
        wide = [(*line, *[None] * (len(roles) - len(line))) for line in lines]
        found = build(self._place("", OVERALL, None), answer.k if roles else "其他", roles, wide)
        self._add(found)
        return [*refused, found.refused] if found.refused else refused

    def _place(self, table: str, scope: str, unit: str | None) -> Place:
        counts = len(self.indicators), len(self.funds), len(self.projects), len(self.base_data)
        return Place(self.document, table, scope, unit, self.engine, *counts)

    def _add(self, found: Records) -> None:
        self.indicators += found.indicators
        self.funds += found.funds
        self.projects += found.projects
        self.base_data += found.base_data

    def _project(
        self, grid: Grid, name: Piece, scope: str, funds: Sequence[Fund], total: dict[str, Piece] | None
    ) -> None:
        """The project whose name the head of its form prints, with the money and the total score of the form."""
        whole = next((f for f in funds if f.item and any(word in f.item.text for word in _WHOLE)), None)
        row_id = f"p{len(self.projects) + 1}"
        place = self._place(grid.table.id, scope, None)
        cells = {field: cell_of(place, piece, f"{row_id}.{field}") for field, piece in (total or {}).items()}
        self.projects.append(
            Project(
                id=row_id,
                name=cell_of(place, name, f"{row_id}.name"),
                initial=whole.initial if whole else None,
                annual=whole.annual if whole else None,
                executed=whole.executed if whole else None,
                tables=(grid.table.id,),
                **cells,
            )
        )


def _closing(block: Block, roles: Sequence[str]) -> dict[str, Piece]:
    """Total points and total score of a closing row."""
    out: dict[str, Piece] = {}
    if block.total is not None:
        for field, role in (("total_points", "分值"), ("total_score", "得分")):
            piece = block.total[roles.index(role)] if role in roles else None
            if piece is not None and piece.is_number:
                out[field] = piece
    return out


def read_answers(
    talk: Conversation,
    tables: Tables,
    grids: Sequence[tuple[Grid, TableColumns | None, str | None]],
    runs: Sequence[tuple[Run, BlockColumns | RowWords | None]],
) -> None:
    """Everything answered about tables goes into `tables`; what is not believed is noted in `talk`."""
    for grid, columns, unit in grids:
        if columns is not None:
            talk.drop(grid.table.id, tables.read(grid, columns, unit))
    for run, rows in runs:
        if rows is not None:
            talk.drop(run.id, tables.rows(run, rows))
