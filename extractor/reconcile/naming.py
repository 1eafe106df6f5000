"""FMT-04 and FMT-06: one unit under two spellings, and cited rules that have been replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from extractor.document import Span
from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.remarks import places_of, readable, remark, spot
from extractor.reconcile.values import Words, words_of
from extractor.schema import Cell

_LEAST_NAME, _LEAST_RANKED = 8, 5
_PLACE, _CLOSING = 3, 60  # letters of a place's name; how near the end a signature stands
_SIGNED = lazy(
    r"\n *(?P<name>[^\W\d]{5,24}(?:局|委员会|办公室|中心|院|站|校|所|队|会|部)) *\n\s*20\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日$"
)
# The last letter of the names of offices; 处理, 局部 and their like name none.
_NO_RANK = frozenset("理置罚分方长在于部级中")
_RANKS, _CELL_ENDS = frozenset("局处厅委办部"), frozenset("\t|\n \u3000<")
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
    other_rank = _other_rank(case)
    if other_rank is not None:
        yield other_rank
        return
    signed = _signed_by_another(case)
    if signed is not None:
        yield signed
        return
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


def _signed_by_another(case: Case) -> Check | None:
    """A signature above the closing date of an office of the unit's own place that is another than the unit."""
    name, text = case.report.unit_name, case.document.folded.rstrip()
    found = _SIGNED.search(text, max(0, len(text) - _CLOSING))
    if name is None or found is None or not readable(name) or len(name.text) < _LEAST_NAME:
        return None
    own, signed = bare_name(name.text), bare_name(found["name"])
    place = own[:_PLACE]
    if (
        signed[_PLACE:] in own
        or own[_PLACE:] in signed
        or not signed.startswith(place)
        or text.count(found["name"]) > 1
    ):
        return None
    span = Span(start=found.start("name"), end=found.end("name"))
    names = {"first": words_of(name, name.text), "second": Words(None, found["name"], (span,))}
    return line("FMT-04", "fail", names, reason="落款单位与报告单位不同")


def _other_rank(case: Case) -> Check | None:
    """A form that calls the unit 处 where the report calls it 局: once, and not beside the 局 it may belong to."""
    name, text = case.report.unit_name, case.document.folded
    own = "" if name is None else name.text
    if name is None or len(own) < _LEAST_RANKED or not readable(name):
        return None
    stem, named = own[:-1], defaultdict(list)
    for at in places_of(case, stem):
        letter, after = text[at + len(stem) : at + len(own)], text[at + len(own) : at + len(own) + 1]
        if letter == own[-1] or (letter in _RANKS and letter and after not in _NO_RANK):
            named[letter].append(Span(start=at, end=at + len(own)))
    for letter, spans in named.items():
        others = [span for other, group in named.items() if other != letter for span in group]
        if len(spans) == 1 and others and _in_another_form(case, spans[0], others):
            first, second = ([*others, *spans][n] for n in (0, -1))
            roles = [spot(s.start, s.end, text[s.start : s.end]) for s in (first, second)]
            return line("FMT-04", "fail", {"first": roles[0], "second": roles[1]})
    return None


def _in_another_form(case: Case, span: Span, others: list[Span]) -> bool:
    """Whether a name fills a cell of a form that prints none of the others."""
    text = case.document.folded
    table = next((t for t in case.report.tables if t.span.start <= span.start < t.span.end), None)
    if table is None or text[span.end : span.end + 1] not in _CELL_ENDS:
        return False
    return not any(table.span.start <= each.start < table.span.end for each in others)


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
