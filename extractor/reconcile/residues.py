"""FMT-02 and FMT-07: instructions and field codes that were left in, and sentences that do not join."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.remarks import literal, numbered, spot, standing
from extractor.reconcile.runin import run_in
from extractor.reconcile.values import Words

# What a template or a word processor prints and no author means; white space may stand anywhere in it.
_RESIDUES = (
    "表述格式参考如下", "格式参考如下", "参考格式如下", "请在此处填写", "请在此填写", "请在此输入", "此处填写", "单击此处输入", "点击此处输入",
    "错误!未找到引用源", "错误!未定义书签", "Error!Reference", "_GoBack", "MERGEFIELD", "PAGE\\*MERGEFORMAT", "TOC\\o", "HYPERLINK\\l", "XX单位", "XXX单位",
    "XX部门", "××单位", "XX万元", "XXX万元", "××万元", "XX年度", "可根据实际情况增加", "可根据实际情况删减", "填写示例", "参考模板如下",
    "以上内容仅供参考", "[bookmark:",
)  # fmt: skip
# What a form tells its author to write, left where the author writes: 结合自评情况，分析……（200字以内）, a cell or line by itself.
_TOLD_TO_WRITE = lazy(
    r"(?:^|[\t|\n])[ \u3000]*((?:对照|结合|针对|围绕|请)[^\n\t|]{4,80}?(?:说明|分析|提出|填写|简述|阐述|描述|列明)[^\n\t|]{0,80}"
    r"\((?:限|不超过)?\d{2,4}字(?:以内|左右|之内)?\))[ \u3000]*(?=[\t|\n]|$)"
)
# 包括： and then a new sentence about the unit itself.
_JOINED = lazy(
    r"(?:包括|如下|分别[为是]|主要有):(?:我|本)(?:单位|部门|局|委|办|院|校|中心|所|镇|街道)(?:属于|系|为|是|现有|共有|位于|成立)"
)
_DOUBLED = lazy(r"[,、;:][。;,](?!\d)|。。(?!。)|,,|、、(?!、)")
_PAIRS = (*(one + other for one in ",、;:" for other in "。;,"), "。。", ",,", "、、")
_SENTENCE_ENDS = frozenset('。;:!?…”"》)')
_NEXT_PART = lazy(
    r"\s*\n(?:#|\s*[一二三四五六七八九十]{1,3}、|\s*\([一二三四五六七八九十\d]{1,3}\)|\s*\d{1,2}[.、])"
)
_ANNOUNCES = lazy(r"(?:下表|如下|所示|附表|附件)\d*$")
_LEAST_SENTENCE, _LEAST_PARAGRAPH, _LEAST_ENDED, _SHOWN, _MANY = 25, 45, 3, 12, 10
_ELLIPSIS = re.compile(r"[.。]{3,}|…")


@check("FMT-02", "模板或转换残留", "P2", "没有可检查的文字")
def residues(case: Case) -> Iterator[Check]:
    """Words of the template or codes of the word processor that stayed in the text."""
    if not case.plain_text:
        return
    found: list[Words] = []
    for mark in standing(case, _RESIDUES):
        found += [spot(span.start, span.end, mark) for span in literal(case, mark)]
    if "字" in case.plain_text:
        found += [spot(m.start(1), m.end(1), m[1]) for m in _TOLD_TO_WRITE.finditer(case.document.folded)]
    found = [each for at, each in enumerate(found) if not any(_inside(each, other) for other in found[:at])]
    if found:
        yield line("FMT-02", "fail", numbered("text", sorted(found, key=lambda each: each.spans[0].start)))
    else:
        yield passed("FMT-02", "未见模板说明或转换残留")


def _inside(one: Words, other: Words) -> bool:
    return one.spans[0].start < other.spans[0].end and other.spans[0].start < one.spans[0].end


@check("FMT-07", "语句拼接或截断", "P2", "没有可检查的正文")
def broken_sentences(case: Case) -> Iterator[Check]:
    """An announced list that never comes, and two marks of punctuation where one belongs."""
    text = case.document.folded
    if not case.prose_text:
        return
    joined = (
        [spot(span.start, span.end, "语句拼接") for _, span in case.found(_JOINED)]
        if ":我" in case.plain_text or ":本" in case.plain_text
        else []
    )
    doubled = [
        spot(match.start(), match.end(), "标点重复")
        for match in (_DOUBLED.finditer(text) if any(pair in text for pair in _PAIRS) else ())
        if not _ELLIPSIS.search(text, max(0, match.start() - 2), match.end() + 2)
    ]
    cut_off = _cut_off(text) or _cut_inside(case)
    found = [each for each in (*joined, *doubled, *cut_off) if not case.in_table(each.spans[0])]
    if found:
        yield line("FMT-07", "fail", numbered("text", sorted(found, key=lambda each: each.spans[0].start)))
    else:
        yield passed("FMT-07", "未见拼接不当的语句")


def _cut_off(text: str) -> list[Words]:
    """The one paragraph that breaks off before the next heading, where all others end in a full stop."""
    ended, broken = 0, []
    for end, written in _paragraphs(text):
        if written[-1] in _SENTENCE_ENDS:
            ended += 1
        elif len(written) >= _LEAST_PARAGRAPH and any(mark in written for mark in "。,;"):
            broken.append((end, written))
    if len(broken) != 1 or ended < _LEAST_ENDED:
        return []
    end, written = broken[0]
    if not _NEXT_PART.match(text, end) or _ANNOUNCES.search(written):
        return []
    return [spot(end - _SHOWN, end, "段末无句号")]


def _cut_inside(case: Case) -> list[Words]:
    """The one chapter that breaks off before a heading inside the line, where all others end in a full stop."""
    text, heads = case.document.folded, run_in(case)
    broken = []
    for before, after in pairwise(heads):
        written = text[before.span.end : after.span.start].rstrip()
        if len(written) >= _LEAST_PARAGRAPH and written[-1] not in _SENTENCE_ENDS:
            broken.append(before.span.end + len(written))
    if len(broken) != 1 or len(heads) <= _LEAST_ENDED:
        return []
    return [spot(broken[0] - _SHOWN, broken[0], "段末无句号")]


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Where long paragraphs of sentences end, and their words: in a text cut into lines of one width, line runs on into line."""
    at, lines = 0, []
    for printed in text.split("\n"):
        lines.append((at + len(printed.rstrip()), printed.strip()))
        at += len(printed) + 1
    wrapped = _wrapped([written for _, written in lines])
    run = ""
    for number, (end, written) in enumerate(lines):
        plain = "\t" not in written and "|" not in written
        run = run + written if plain else ""
        after = lines[number + 1][1] if number + 1 < len(lines) else ""
        if wrapped and written and after and not _NEXT_PART.match("\n" + after):
            continue
        if plain and written and len(run) >= _LEAST_SENTENCE:
            yield end, run
        run = ""


def _wrapped(lines: Sequence[str]) -> bool:
    """Whether most long lines break off without a stop: a converter cut them to one width."""
    long = [line for line in lines if len(line) >= _LEAST_SENTENCE and "\t" not in line and "|" not in line]
    return len(long) >= _MANY and sum(line[-1] not in _SENTENCE_ENDS for line in long) * 2 > len(long)
