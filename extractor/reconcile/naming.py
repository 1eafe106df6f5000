"""FMT-04 and FMT-06: one unit under two spellings, and cited rules that have been replaced."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.findings import Check
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.remarks import readable, remark
from extractor.reconcile.values import words_of
from extractor.schema import Cell

_LEAST_NAME = 8
# Letters by which two different units are told apart.
_TELLING = frozenset(
    "一二三四五六七八九十0123456789甲乙丙丁东西南北中上下前后大小新老省市区县州旗乡镇村街道所站队局科院校园部厅委办"
)
# Replaced by 《政府会计制度》 since 2019; the laws that govern it stand elsewhere.
_REPLACED = (
    "《行政单位会计制度》",
    "《事业单位会计制度》",
    "《行政事业单位会计制度》",
    "《财政总预算会计制度》",
    "《事业单位会计准则》",
)


@check("FMT-04", "单位名称不一致", "P2", "单位名称只出现一次")
def unit_spellings(case: Case) -> Iterator[Check]:
    """Names of units that differ by one letter lost, doubled or exchanged, where the letter tells no two units apart."""
    cells = [c for p in case.report.projects for c in (p.department, p.implementing_unit)]
    named: dict[str, Cell] = {}
    for cell in (case.report.unit_name, *cells):
        if cell is not None and readable(cell) and len(bare_name(cell.text)) >= _LEAST_NAME:
            named.setdefault(bare_name(cell.text), cell)
    names = list(named)
    pairs = [(a, b) for n, a in enumerate(names) for b in names[n + 1 :] if _slip(a, b)]
    if pairs:
        one, other = pairs[0]
        yield line(
            "FMT-04",
            "fail",
            {
                "first": words_of(named[one], named[one].text),
                "second": words_of(named[other], named[other].text),
            },
        )
    elif names:
        yield passed("FMT-04", f"{len(names)}个单位名称未见一字之差")


def _slip(one: str, other: str) -> bool:
    """Whether the names differ in one place, by a letter inserted or two neighbours exchanged."""
    short, long = sorted((one, other), key=len)
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) == len(short) + 1:
        return at > 0 and short[at:] == long[at + 1 :] and long[at] not in _TELLING
    if len(long) != len(short) or at >= len(short) - 1:
        return False
    swapped = short[:at] + short[at + 1] + short[at] + short[at + 2 :]
    return swapped == long and not _TELLING.issuperset(short[at : at + 2])


@check("FMT-06", "引用制度名称", "I", "没有引用制度文件")
def replaced_rules(case: Case) -> Iterator[Check]:
    """Cited rules that are known to have been replaced; for the reviewer alone (CHECKS 0.17)."""
    if "《" not in case.plain_text:
        return
    found = [name for name in _REPLACED if name in case.plain_text]
    if found:
        yield remark("FMT-06", f"引用{'、'.join(found)}，请核对名称与现行有效性")
    else:
        yield passed("FMT-06", "未见已知停用的制度名称")
