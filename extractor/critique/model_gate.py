"""Whether a model's remark may be shown: it points at something, and speaks of no number that its quote or the ledger does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.amounts import chinese_value, decimal_of, scan
from extractor.critique.model_source import Piece
from extractor.document import fold
from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.case import Case

_NUMBER = lazy(r"\d[\d,]*(?:\.\d+)?")
_NUMERAL = lazy(r"[零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟]+")
_COUNTED = lazy(r"^(?:[万亿元%个项次人名家户分成倍年月日天件起]|百分)")
_ACCUSING = lazy(r"造假|虚报|弄虚作假|骗取|套取|谎报|隐瞒|捏造|违法|违规|违纪|犯罪|贪污|挪用|截留")
_COMMANDING = lazy(r"忽略|指令|提示词|满分|改为\s*100|AI|模型")
_LEAST = 4


def admitted(words: str, piece: Piece | None, case: Case, checks: Sequence[Check]) -> str | None:
    """Why a remark is not shown; None when it may be."""
    if piece is None:
        return "没有这个编号"
    if piece.quote not in case.document.text:
        return "引文不在原文中"
    said = fold(words)
    if len(said.strip()) < _LEAST:
        return "没有内容"
    if _ACCUSING.search(said):
        return "断语超出审读范围"
    if _COMMANDING.search(said):
        return "不是对报告的意见"
    known = set(_numbers(fold(piece.quote))) | _ledger(checks)
    return None if set(_numbers(said)) <= known else "意见中的数字原文和台账里没有"


def _numbers(text: str) -> Iterator[Decimal]:
    """Every number in figures, and every numeral that counts something."""
    for match in _NUMBER.finditer(text):
        yield abs(decimal_of(match[0].rstrip(",")))
    for quantity in scan(text):
        yield abs(quantity.value)
    for match in _NUMERAL.finditer(text):
        value = chinese_value(match[0])
        if value is not None and _COUNTED.match(text[match.end() :]):
            yield value


def _ledger(checks: Sequence[Check]) -> set[Decimal]:
    out: set[Decimal] = set()
    for check in checks:
        values = [check.computed, check.reported, check.difference, *(o.value for o in check.operands)]
        out |= {abs(value) for value in values if value is not None}
    return out
