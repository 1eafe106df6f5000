"""Forms: a region's rows become blocks with known columns (money, goals, indicators, totals …) that the readers walk through."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.segment.align import Column
from extractor.segment.atoms import Atom

Row = list[Atom | None]


class Block:
    """Rows under one head; `kind` is indicator, money, summary, fund_use, base or other."""

    def __init__(self, kind: str, columns: tuple[Column, ...], header: list[Row]) -> None:
        self.kind, self.columns, self.header = kind, columns, header
        self.rows: list[Row] = []
        self.inferred: set[int] = set()
        self.at: list[int] = []
        self.alternating = False  # every amount of a row stands right behind a label of its own
        self.roles = tuple(column.role for column in columns)
        self.sectioned = False  # the 一级 of its rows stand in rows of their own

    @property
    def printed(self) -> tuple[str, ...]:
        """The roles of the columns that a row of data prints."""
        return self.roles[1:] if self.sectioned else self.roles

    def section(self) -> None:
        """From now on the first column is that of the 一级 printed above the rows."""
        if not self.sectioned:
            self.columns = (Column("level1", None), *self.columns)
            self.roles = ("level1", *self.roles)
            self.rows = [[None, *row] for row in self.rows]
            self.sectioned = True

    def index(self, role: str) -> int | None:
        """The first column that plays `role`."""
        return self.roles.index(role) if role in self.roles else None


class Form:
    """One printed form: everything between its title or head and the next form's."""

    def __init__(
        self, heads: Iterable[tuple[str, Atom, Atom | None]] = (), goals: Iterable[tuple[str, Atom]] = ()
    ) -> None:
        self.title: Atom | None = None
        self.unit: str | None = None
        self.blocks: list[Block] = []
        self.heads = list(heads)  # role, label, value
        self.goals = list(goals)  # "expected" | "actual", text
        self.totals: list[Row] = []
        self.pairs: list[tuple[str, Atom, Atom, str | None]] = []  # block kind, label, value, context
        self.grid: list[Row] = []
        self.header_rows = 0

    @property
    def kinds(self) -> set[str]:
        """The kinds of blocks in the form."""
        return {block.kind for block in self.blocks}

    @property
    def empty(self) -> bool:
        """Whether nothing was put into the form yet."""
        return not (self.blocks or self.heads or self.grid)


class Builder:
    """Collects forms from a region; a new title, a new project head or a second kind of form closes the one before."""

    def __init__(self) -> None:
        self.forms: list[Form] = []
        self.form = Form()
        self.block: Block | None = None
        self.goal_columns: tuple[int, int] | None = None

    def close(self) -> list[Form]:
        """Every form met, in order."""
        if not self.form.empty:
            self.forms.append(self.form)
        self.form, self.block, self.goal_columns = Form(), None, None
        return self.forms

    def title(self, atom: Atom) -> None:
        """A form title begins a new form, unless the one at hand holds nothing but its own first lines."""
        if self.form.blocks or self.form.goals:
            unit = self.form.unit
            self.close()
            self.form.unit = unit
        if self.form.title is None:
            self.form.title = atom
        self.grid([atom])

    def grid(self, row: Row) -> int:
        """Keep a printed row for the recovered grid and return its number."""
        self.form.grid.append(row)
        return len(self.form.grid) - 1

    def head(self, role: str, label: Atom, value: Atom | None) -> None:
        """A pair of the form's head (项目名称 …); a project name after indicators begins the next form."""
        have = {r for r, _, _ in self.form.heads}
        if (
            role == "project_name"
            and ("project_name" in have or self.form.kinds & {"indicator", "base", "summary"})
        ) or (role in ("unit_name", "department") and self.form.kinds & {"indicator"} and role in have):
            self.close()
        self.form.heads.append((role, label, value))
        self.block = None

    def header(self, kind: str, columns: tuple[Column, ...], rows: list[Row]) -> Block:
        """A block of rows begins; a kind that cannot follow in the same form begins the next one."""
        kinds = self.form.kinds
        apart = ("base" in kinds and kind != "base") or ("summary" in kinds and kind != "summary")
        apart = apart or ("yearly" in kinds and kind != "yearly")
        apart = apart or (kind in ("base", "summary", "fund_use", "yearly") and bool(kinds - {kind}))
        apart = apart or (kind == "money" and "indicator" in kinds)
        if apart:
            self.close()
        self.block = Block(kind, columns, rows)
        self.form.blocks.append(self.block)
        self.goal_columns = None
        return self.block

    def row(self, cells: Row, at: int, *, inferred: bool = False) -> None:
        """A data row of the block at hand."""
        assert self.block is not None
        if len(cells) < len(self.block.columns) and self.block.sectioned:
            cells = [None, *cells]
        if inferred:
            self.block.inferred.add(len(self.block.rows))
        self.block.rows.append(cells)
        self.block.at.append(at)
