"""The amounts that sentences give for one total of the unit, each with every place that prints it and the words that narrow it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.lists import speaks_of_projects
from extractor.reconcile.memo import per_case
from extractor.reconcile.values import Value, joined
from extractor.schema import Figure, Stage

# What an evaluation covers is not what was budgeted or spent.
_COVERED = lazy(r"涉及.{0,8}(?:资金|金额|经费)|涉及$")
# What is left after some part, and what makes a bare 支出 the spending of the whole unit.
_REMAINDER = lazy(r"其余|其他|剩余|余下|另有|另外|另")
_TOTAL_WORDS = lazy(r"年|总|整体|合计|共|全|部门|单位|决算|执行|预算|收入|完成支付")
_PARTS = ("人员经费", "公用经费", "基本支出", "项目支出")
_WHOLE = lazy(r"总支出|整体|部门|单位|合计|总计|预算收入|支出预算|全年预算")


class Said(NamedTuple):
    """A distinct amount of prose, every place that prints it, and the words that narrow it; `whole` when some place names a total."""

    value: Value
    narrowed: frozenset[str]
    figures: tuple[Figure, ...]
    whole: bool

    def partial(self, total: Value) -> bool:
        """Whether this may be a part of `total` rather than another print of it."""
        if self.value.yuan is None or total.yuan is None or self.value.yuan >= total.yuan:
            return False
        return bool(self.narrowed) or not self.whole

    def told(self, case: Case, words: re.Pattern[str]) -> bool:
        """Whether some place that prints the amount has one of `words` in front of it."""
        return any(words.search(case.lead(figure)) for figure in self.figures)


def _of_a_part(case: Case, figure: Figure) -> bool:
    """Whether the sentence speaks of one part only: “人员经费年初预算数…,全年执行…”."""
    before = case.words(case.sentence(figure.span)[0], figure.span.start)
    return sum(word in before for word in _PARTS) == 1 and not _WHOLE.search(before)


@per_case
def said(case: Case, role: str, metrics: tuple[str, ...], stage: Stage) -> list[Said]:
    """The distinct amounts that sentences give for one total of the unit and the year."""
    out: dict[tuple[Decimal, frozenset[str]], Said] = {}
    for figure in case.by_metric(metrics, stage):
        lead = case.lead(figure)
        if _COVERED.search(lead) or _REMAINDER.search(lead) or case.after_items(figure):
            continue
        if "项目" in role and not speaks_of_projects(case, figure):
            continue
        value = case.value_of(figure, f"正文{role}")
        if value is None or value.yuan is None:
            continue
        key = (value.yuan, case.confined(figure))
        whole = role != "全年支出" or (bool(_TOTAL_WORDS.search(lead)) and not _of_a_part(case, figure))
        known = out.get(key)
        if known is None:
            out[key] = Said(value, key[1], (figure,), whole)
        else:
            merged = joined(known.value, value)
            out[key] = Said(merged, key[1], (*known.figures, figure), whole or known.whole)
    return list(out.values())
