"""The year a figure speaks of: the sentence's own year, 上年, else the report's."""

from __future__ import annotations

import re

from extractor.extract.rules.figures.marks import Mark
from extractor.extract.rules.lexicon import holds
from extractor.patterns import lazy

_CLOSED = lazy(r"\([^()]*\)|《[^《》]*》")
_YEAR = lazy(r"(20\d\d) ?(?:年(?! ?\d{1,2} ?月|以来|起|至|前|之前)|(?=预算|决算|支出|收入|部门))")
_LAST = lazy(r"(?:(?<!加)上年度?|去年|上一年度?)(?!结[转余]|度?末?结[转余])")
_COMPARED = ("比", "较", "与", "同期")
_PAUSES = str.maketrans(";。", ",,")
_CLOSES = lazy(r"相比|[,;]|\d|增|减|下降|提高|上升|节约")
_BEFORE = lazy(r"(?:上年度?|去年|上一年度?)(?:同期)?(?:的|决算|支出|执行|实际|数|总额)*$")
_CHANGED = lazy(r"同比|(?:增|减|降)幅|变动|增减|增长|下降|增加|减少")
_THIS = lazy(r"本年度?|今年|当年|全年|年末")


def period_of(mark: Mark, fiscal_year: int | None) -> str | None:
    """The figure's period as a year string."""
    if fiscal_year is not None and mark.relation and _BEFORE.match(mark.label):
        return str(fiscal_year - 1)
    if mark.year is not None:
        return _named_year(mark.year, fiscal_year)
    text = mark.before
    if "年" not in text and "20" not in text:
        return str(fiscal_year) if fiscal_year is not None else None
    if "(" in text or "《" in text:
        text = _CLOSED.sub("", text)
    if fiscal_year is not None and _CHANGED.search(mark.label) and str(fiscal_year) in text:
        return str(fiscal_year)  # of this year, whatever it is measured by
    found, at = None, -1
    for match in _YEAR.finditer(text):
        compared = _is_compared(text, match.start())
        # 与2021年支出50万元相比,本年 …: the year compared with is over
        if compared and _CLOSES.search(text, match.end()):
            continue
        found, at = match[1], match.start()
    last = None
    if "上" in text or "去" in text:
        for match in _LAST.finditer(text, max(0, at)):
            last = match
    if last is not None and fiscal_year is not None:
        governs = text[last.end() :]
        compared = _is_compared(text, last.start())
        if not compared and not _THIS.search(governs) and not any(c in ",;" or c.isdigit() for c in governs):
            return str(fiscal_year - 1)
        if compared and re.fullmatch(r"度?的", governs):
            return str(fiscal_year - 1)
    if found is not None:
        return found
    return str(fiscal_year) if fiscal_year is not None else None


def _is_compared(text: str, at: int) -> bool:
    """Whether 较, 比, 与 … stands right before the year at `at`."""
    return holds(text[max(0, at - 4) : at].translate(_PAUSES).rsplit(",", 1)[-1], _COMPARED)


def _named_year(word: str, fiscal_year: int | None) -> str | None:
    digits = re.match(r"20\d\d", word)
    if digits:
        return digits[0]
    if fiscal_year is None:
        return None
    return str(fiscal_year - 1 if word[0] in "上去" else fiscal_year)
