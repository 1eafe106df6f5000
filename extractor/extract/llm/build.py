"""Rows and the roles of their columns become records of the contract; a role that the column's own print denies refuses the block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from extractor.cellkinds import read_cell
from extractor.document import Document, Span, fold, slices
from extractor.extract.llm.blocks import Line, Piece
from extractor.extract.llm.choices import (
    BASE_STAGES,
    FUND_FIELDS,
    INDICATOR_FIELDS,
    POINTS,
    SUMMARY_FIELDS,
)
from extractor.metrics import OTHER, named
from extractor.schema import BaseCell, BaseRow, Cell, Evidence, Fund, Indicator, Project
from extractor.segment.grids import cell_text

_HUNDRED = Decimal(100)
_MOSTLY = 0.7
_MONEY = ("年初", "全年", "执行")
_NUMERIC = frozenset((*_MONEY, "分值", "得分"))
_VALUES = {"指标": ("指标值", "完成值", "分值", "得分"), "基础": tuple(BASE_STAGES)}
_PLAIN = frozenset(("num", "na", "blank"))


class Records(NamedTuple):
    """What a block holds, or why it was refused."""

    indicators: tuple[Indicator, ...] = ()
    funds: tuple[Fund, ...] = ()
    projects: tuple[Project, ...] = ()
    base_data: tuple[BaseRow, ...] = ()
    refused: str | None = None


class Place(NamedTuple):
    """Where a block stands: its table, whose form it is, its unit of money, the engine that read it, the ids already given."""

    document: Document
    table: str
    scope: str
    unit: str | None
    engine: str
    indicators: int = 0
    funds: int = 0
    projects: int = 0
    base_data: int = 0


def build(place: Place, kind: str, roles: Sequence[str], rows: Sequence[Line]) -> Records:
    """The records of `rows` whose columns play `roles`."""
    if kind == "其他" or not rows:
        return Records()
    reason = _denied(kind, roles, rows)
    if reason:
        return Records(refused=reason)
    if kind == "指标":
        return Records(indicators=tuple(_indicators(place, _positions(INDICATOR_FIELDS, roles), rows)))
    if kind == "资金":
        return Records(funds=tuple(_funds(place, _positions(FUND_FIELDS, roles), rows)))
    if kind == "基础":
        return Records(base_data=tuple(_base_rows(place, roles, rows)))
    return Records(projects=tuple(_projects(place, _positions(SUMMARY_FIELDS, roles), rows)))


def _positions(fields: dict[str, str], roles: Sequence[str]) -> dict[str, int | None]:
    return {field: roles.index(role) if role in roles else None for role, field in fields.items()}


def _denied(kind: str, roles: Sequence[str], rows: Sequence[Line]) -> str | None:
    """Why the print of a block speaks against these roles; None when nothing does."""
    told = [role for role in roles if role != "无"]
    if len(set(told)) != len(told):
        return "两列同一含义"
    values = _VALUES.get(kind, _MONEY)
    name = ("三级", "二级") if kind == "指标" else ("名称",)
    if not set(told) & set(name) or not set(told) & set(values):
        return "缺少名称列或数值列"
    for at, role in enumerate(roles):
        filled = [line[at] for line in rows if at < len(line) and line[at] is not None]
        kinds = [read_cell(fold(piece.text)).kind for piece in filled if piece is not None]
        numbers = sum(each in _PLAIN for each in kinds)
        if role in _NUMERIC and (not kinds or numbers < _MOSTLY * len(kinds)):
            return f"“{role}”列不是数字"
        if role in POINTS and any(piece is not None and not piece.is_points for piece in filled):
            return f"“{role}”列带有单位"
        if role in name and kinds and numbers > (1 - _MOSTLY) * len(kinds):
            return f"“{role}”列是数字"
    return _broken(roles, rows)


def _broken(roles: Sequence[str], rows: Sequence[Line]) -> str | None:
    """The identity a row of these roles would break: no score above its points, no points above a hundred in all."""
    if "分值" not in roles:
        return None
    points, score = roles.index("分值"), roles.index("得分") if "得分" in roles else None
    total = Decimal(0)
    for line in rows:
        most = _value(line, points)
        got = _value(line, score) if score is not None else None
        total += most or 0
        if most is not None and got is not None and got > most:
            return "有得分高于分值"
    return "分值合计超过一百" if total > _HUNDRED and "三级" in roles else None


def _value(line: Line, at: int) -> Decimal | None:
    piece = line[at] if at < len(line) else None
    return None if piece is None else read_cell(fold(piece.text)).value


def _indicators(place: Place, at: dict[str, int | None], rows: Sequence[Line]) -> list[Indicator]:
    """Rows with an indicator's name; 一级 and 二级 hold until another is printed."""
    out: list[Indicator] = []
    held: dict[str, Piece | None] = {"level1": None, "level2": None}
    for line in rows:
        fresh = {field: _piece(line, at[field]) for field in held}
        if fresh["level1"] is not None:
            held = {"level1": fresh["level1"], "level2": None}
        held["level2"] = fresh["level2"] or held["level2"]
        if _piece(line, at["level3"]) is None and fresh["level2"] is None:
            continue
        row_id = f"i{place.indicators + len(out) + 1}"
        cell = _cells(place, row_id, line)
        values: dict[str, Any] = {f: cell(f, column) for f, column in at.items() if f not in held}
        for field, piece in held.items():
            values[field] = None if piece is None else cell_of(place, piece, f"{row_id}.{field}")
        out.append(Indicator(id=row_id, table=place.table, scope=place.scope, **values))
    return out


def _funds(place: Place, at: dict[str, int | None], rows: Sequence[Line]) -> list[Fund]:
    out: list[Fund] = []
    for line in rows:
        if _piece(line, at["item"]) is None:
            continue
        row_id = f"f{place.funds + len(out) + 1}"
        cell = _cells(place, row_id, line)
        values = {field: cell(field, column) for field, column in at.items()}
        out.append(Fund(id=row_id, table=place.table, scope=place.scope, **values))
    return out


def _projects(place: Place, at: dict[str, int | None], rows: Sequence[Line]) -> list[Project]:
    out: list[Project] = []
    for line in rows:
        name = _piece(line, at["name"])
        if name is None:
            continue
        row_id = f"p{place.projects + len(out) + 1}"
        cell = _cells(place, row_id, line)
        values = {field: cell(field, column) for field, column in at.items() if field != "name"}
        out.append(
            Project(id=row_id, name=cell_of(place, name, f"{row_id}.name"), tables=(place.table,), **values)
        )
    return out


def _base_rows(place: Place, roles: Sequence[str], rows: Sequence[Line]) -> list[BaseRow]:
    """Rows of a 基础数据表: an item, and a value for each column with a stage."""
    out: list[BaseRow] = []
    for line in rows:
        item = _piece(line, roles.index("名称"))
        if item is None:
            continue
        row_id = f"b{place.base_data + len(out) + 1}"
        cell = _cells(place, row_id, line)
        metrics = named(item.text)
        metric = metrics[0].id if metrics else OTHER
        values = [
            BaseCell(column=None, stage=BASE_STAGES[role], metric=metric, cell=found)
            for at, role in enumerate(roles)
            if role in BASE_STAGES and (found := cell(f"c{at}", at)) is not None
        ]
        out.append(
            BaseRow(
                id=row_id,
                table=place.table,
                item=cell_of(place, item, f"{row_id}.item"),
                metric=metric,
                cells=tuple(values),
            )
        )
    return out


def _piece(line: Line, at: int | None) -> Piece | None:
    return line[at] if at is not None and at < len(line) else None


def _cells(place: Place, row_id: str, line: Line) -> Callable[[str, int | None], Cell | None]:
    """The cell of a field: None for a column the form does not have, a blank one where nothing is printed."""
    anchor = next((piece.span.start for piece in line if piece is not None), 0)

    def cell(field: str, at: int | None) -> Cell | None:
        if at is None:
            return None
        piece = _piece(line, at) or Piece("", Span(start=anchor, end=anchor))
        money = field in ("initial", "annual", "executed")
        return cell_of(place, piece, f"{row_id}.{field}", unit=place.unit if money else None)

    return cell


def cell_of(place: Place, piece: Piece, cell_id: str, *, unit: str | None = None) -> Cell:
    """The contract's cell of a printed piece; what a model said is its column alone, so it is never certain."""
    raw = slices(place.document.text, piece.span)
    text = cell_text(raw)
    reading = read_cell(fold(piece.text))
    evidence = Evidence(
        grounding="EXACT" if text == raw else "NORMALIZED",
        engine=place.engine,
        confidence=0.6,
        certain=False,
        flags=("inferred_column",) if raw else (),
    )
    return Cell(
        id=cell_id,
        raw=raw,
        text=text,
        value=reading.value,
        unit=reading.unit or (unit if reading.value is not None else None),
        comparator=reading.comparator,
        kind=reading.kind,
        span=piece.span,
        evidence=evidence,
    )
