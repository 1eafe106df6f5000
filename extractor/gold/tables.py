"""The tables of a gold file: where each stands, and that every row lies in the one it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractor.gold import shape
from extractor.gold.place import Places, written
from extractor.records import Record

Found = tuple[str, str]  # where, what is wrong


class Range(Record):
    """The characters of a table."""

    start: int
    end: int


def problems(gold: Mapping[str, Any], places: Places) -> Iterator[Found]:
    """What is wrong with the list of tables, or with a row that names one; nothing where a gold lists no tables."""
    listed = gold.get("tables")
    if listed is None:
        return
    if not isinstance(listed, list) or not all(isinstance(table, Mapping) for table in listed):
        yield "tables", "应为列表，每一项是一个 {…}"
        return
    ids: list[str] = []
    for n, table in enumerate(listed, 1):
        yield from ((f"tables 第 {n} 个", said) for said in _table(table, ids, len(places.text)))
        if isinstance(table.get("id"), str) and table["id"]:
            ids.append(table["id"])
    rows = [
        (f"{name} 第 {n} 行", row)
        for name in (*shape.ROWS, "base_data")
        for n, row in enumerate(_records(gold.get(name)), 1)
        if row.get("table") is not None
    ]
    if len(ids) == len(listed):
        yield from _unknown(rows, ids)
    ranges = {
        table["id"]: Range(start=table["start"], end=table["end"])
        for table in reversed(listed)
        if isinstance(table.get("id"), str) and _ranged(table, len(places.text))
    }
    for where, row in rows:
        if isinstance(row["table"], str) and row["table"] in ranges:
            yield from ((where, said) for said in _outside(row, ranges[row["table"]], places))


def _records(value: object) -> Sequence[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _ranged(table: Mapping[str, Any], characters: int) -> bool:
    start, end = table.get("start"), table.get("end")
    return type(start) is int and type(end) is int and 0 <= start < end <= characters


def _table(table: Mapping[str, Any], ids: Sequence[str], characters: int) -> Iterator[str]:
    for name in table:
        if name not in shape.TABLE:
            yield f"没有字段 {name!r}；可用：{'、'.join(shape.TABLE)}"
    ident = table.get("id")
    if not isinstance(ident, str) or not ident:
        yield "缺少 id；各行的 table 用它指明所在的表"
    elif ident in ids:
        yield f"id {ident!r} 重复；请改成不同的"
    if table.get("kind") not in shape.TABLE_KINDS:
        yield f"表的类型 {table.get('kind')!r} 不存在；可用：{'、'.join(shape.TABLE_KINDS)}"
    if not _ranged(table, characters):
        yield f"start、end 应为表在原文中的起止字数，0 至 {characters}，起小于止"


def _unknown(rows: Sequence[tuple[str, Mapping[str, Any]]], ids: Sequence[str]) -> Iterator[Found]:
    """Every table that rows name and the list does not, once."""
    named: dict[str, list[str]] = {}
    for where, row in rows:
        if row["table"] not in ids:
            named.setdefault(repr(row["table"]), []).append(where)
    for name, wheres in named.items():
        yield (
            wheres[0],
            f"table {name} 不在 tables 中，共 {len(wheres)} 行；可用：{'、'.join(ids) or '（无）'}",
        )


def _outside(row: Mapping[str, Any], table: Range, places: Places) -> Iterator[str]:
    for key, value in row.items():
        place = places.of(value) if isinstance(value, Mapping) and written(value) else None
        if place is not None and not table.start <= place[0] < place[1] <= table.end:
            yield (
                f"{key} 在第 {place[0]} 字处，不在表 {row['table']}（第 {table.start} 至 {table.end} 字）里；"
                "请核对 table 或位置"
            )
