"""What is wrong with a gold file, said to the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from extractor.cellkinds import read_cell
from extractor.document import fold
from extractor.gold import shape, tables
from extractor.gold.place import Places, bare, written
from extractor.gold.sums import remarks
from extractor.metrics import OTHER, by_id

_FEW = 3  # places named in a message


class Problem(NamedTuple):
    """What does not fit, and where; a remark may be true of the report itself and only asks to look again."""

    where: str
    message: str
    remark: bool = False


def validate(gold: Mapping[str, Any], text: str) -> list[Problem]:
    """Everything that does not fit in a gold file over the report's canonical `text`; empty when all does."""
    out = list(_unknown(gold, shape.TOP, "文件"))
    if isinstance(told := gold.get("characters"), int) and told != len(text):
        out.append(
            Problem(
                "characters",
                f"原文现有 {len(text)} 字，标注时为 {told} 字；请确认是同一份报告，再核对各处位置",
            )
        )
    out += _shapes(gold)
    checker = _Checker(Places(text))
    out += checker.head(_record(gold, "head"))
    for name, (keys, labels) in shape.ROWS.items():
        for n, row in enumerate(_list(gold, name), 1):
            out += checker.row(f"{name} 第 {n} 行", row, keys, labels)
    for n, row in enumerate(_list(gold, "base_data"), 1):
        out += checker.base(f"base_data 第 {n} 行", row)
    for n, figure in enumerate(_list(gold, "figures"), 1):
        out += checker.figure(f"figures 第 {n} 个", figure)
    out += [Problem(where, message) for where, message in tables.problems(gold, checker.places)]
    out += _findings(_record(gold, "findings"))
    out += [Problem(where, message, remark=True) for where, message in remarks(gold)]
    return out


def _shapes(gold: Mapping[str, Any]) -> Iterator[Problem]:
    """What is neither a list of records nor a record where one belongs would be passed over in silence."""
    for name in (*shape.ROWS, "base_data", "figures"):
        if gold.get(name) is not None and len(_list(gold, name)) != _length(gold[name]):
            yield Problem(name, "应为列表，每一项是一个 {…}")
    for name in ("head", "findings"):
        if not isinstance(gold.get(name) or {}, Mapping):
            yield Problem(name, "应为一个 {…}")


def _length(value: object) -> int | None:
    return len(value) if isinstance(value, list) else None


def _record(gold: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = gold.get(name)
    return found if isinstance(found, Mapping) else {}


def _list(gold: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    found = gold.get(name)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _unknown(record: Mapping[str, Any], known: Sequence[str], where: str) -> Iterator[Problem]:
    for name in record:
        if name not in known:
            yield Problem(where, f"没有字段 {name!r}；可用：{'、'.join(known)}")


def _among(value: object, known: Sequence[str], name: str, where: str) -> Iterator[Problem]:
    """Every alternative of `a|b` must be known."""
    for each in str(value).split("|"):
        if each not in known:
            yield Problem(where, f"{name} {each!r} 不存在；可用：{'、'.join(known)}")


class _Checker:
    def __init__(self, places: Places) -> None:
        self.places = places

    def head(self, head: Mapping[str, Any]) -> Iterator[Problem]:
        yield from _unknown(head, (*shape.HEAD_VALUES, *shape.HEAD_MEANT), "head")
        for key in (*shape.HEAD_VALUES, "fiscal_year_span", "report_date_span"):
            yield from self.value(f"head {key}", head.get(key))
        if head.get("kind") is not None:
            yield from _among(head["kind"], shape.KINDS, "报告类型", "head kind")
        year = head.get("fiscal_year")
        if year is not None and not (isinstance(year, int) and 1990 <= year <= 2100):
            yield Problem("head fiscal_year", f"年度 {year!r} 应为四位整数")

    def row(
        self, where: str, row: Mapping[str, Any], keys: Sequence[str], labels: Sequence[str]
    ) -> Iterator[Problem]:
        yield from _unknown(row, (*labels, *keys), where)
        for key in keys:
            value = row.get(key)
            yield from self.value(f"{where} {key}", value)
            if key in shape.NUMERIC:
                yield from _parses(f"{where} {key}", value)

    def base(self, where: str, row: Mapping[str, Any]) -> Iterator[Problem]:
        yield from _unknown(row, shape.BASE, where)
        yield from self.value(f"{where} item", row.get("item"))
        for n, cell in enumerate(_list(row, "cells"), 1):
            at = f"{where}第 {n} 格"
            yield from _unknown(cell, shape.BASE_CELL, at)
            yield from self.value(at, cell.get("cell"))
            yield from _among(cell.get("stage"), shape.STAGES, "阶段", at)

    def figure(self, where: str, figure: Mapping[str, Any]) -> Iterator[Problem]:
        yield from _unknown(figure, (*shape.FIGURE, "raw", "start", "end"), where)
        value = figure.get("span", {key: figure[key] for key in ("raw", "start", "end") if key in figure})
        yield from self.value(where, value)
        for metric in str(figure.get("metric")).split("|"):
            if metric != OTHER and metric not in by_id:
                yield Problem(where, f"指标 {metric!r} 不在词表中；extractor metrics 列出全部")
        yield from _among(figure.get("stage", OTHER), shape.STAGES, "阶段", where)
        if figure.get("class") is not None:
            yield from _among(figure["class"], shape.CLASSES, "类别", where)

    def value(self, where: str, value: object) -> Iterator[Problem]:
        """A value stands where it says, or can be found."""
        if value is None or (words := written(value)) == "":
            return
        if words is None or not isinstance(value, (str, Mapping)):
            yield Problem(where, f'{value!r} 不是一个值；应为 null、文字，或 {{"raw": …}}')
            return
        if isinstance(value, Mapping):
            yield from _unknown(value, shape.VALUE, where)
            if isinstance(value.get("start"), int):
                yield from self._stands(where, value, words)
                return
        if self.places.of(value) is None:
            yield Problem(where, self._lost(value, words))

    def _stands(self, where: str, value: Mapping[str, Any], words: str) -> Iterator[Problem]:
        text = self.places.text
        parts = value.get("parts") or [[value["start"], value.get("end", value["start"])]]
        if not isinstance(parts, list) or not all(map(_is_range, parts)):
            yield Problem(where, "start、end 应为字数，parts 应为 [[起, 止], …]")
            return
        there = "".join(text[start:end] for start, end in parts)
        if bare(there) == bare(words):
            return
        found = [str(start) for start, _ in self.places.all(words)]
        near = sorted(found, key=lambda at: abs(int(at) - value["start"]))[:_FEW]
        hint = f"这些字在第 {'、'.join(near)} 字处" if near else "原文中没有这些字"
        yield Problem(where, f"第 {value['start']} 字处是 {there[:24]!r}，不是 {words[:24]!r}；{hint}")

    def _lost(self, value: Mapping[str, Any] | str, words: str) -> str:
        if isinstance(value, Mapping) and value.get("quote"):
            return (
                f"quote {str(value['quote'])[:24]!r} 应为原文中只出现一次的一段，并且只含一处 {words[:24]!r}"
            )
        many = len(self.places.all(words))
        if not many:
            return f"原文中没有 {words[:24]!r}；请照原文抄写"
        return f"{words[:24]!r} 在原文中出现 {many} 次；请加 quote，抄一段只出现一次、包含它的原文"


def _is_range(part: object) -> bool:
    """A start and an end, both counted from the beginning of the text."""
    return isinstance(part, list) and len(part) == 2 and all(type(at) is int and at >= 0 for at in part)


def _parses(where: str, value: object) -> Iterator[Problem]:
    words = bare(fold(written(value) or ""))
    if (
        words
        and read_cell(words).value is None
        and read_cell(words).kind not in ("na", "blank", "unreadable")
    ):
        yield Problem(where, f"{words[:24]!r} 读不成一个数；若原文如此，可保留", remark=True)


def _findings(findings: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _unknown(findings, shape.FINDINGS, "findings")
    for name in ("must_fire", "may_fire", "must_not_fire"):
        for n, each in enumerate(_list(findings, name), 1):
            where = f"findings {name} 第 {n} 条"
            yield from _unknown(each, shape.FINDING, where)
            if not each.get("code"):
                yield Problem(where, "缺少 code；extractor checks 列出全部代码")
