"""Which office reports: cover line, title, signature, form head or first sentence, in its fullest printed form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.document import Document, Passage
from extractor.extract.rules.cells import cell_of
from extractor.extract.rules.head_opening import YEAR, HeadForms, Opening
from extractor.extract.rules.head_time import DATE
from extractor.patterns import lazy
from extractor.schema import OVERALL, Cell
from extractor.segment.atoms import atom_of

_SUFFIX = (
    r"(?:委员会|党委|县委|市委|区委|省委|州委|工委|纪委|政法委|编办|委|办公室|办|人民政府|政府|局|厅|部|学院|医院|卫生院|法院|检察院|研究院|院|党校|学校|中学|小学|大学|幼儿园|"
    r"中心|馆|站|所|支队|大队|总队|中队|队|处|社|联合会|总工会|协会|商会|学会|红十字会|妇联|残联|文联|科协|侨联|工商联|街道|镇|乡|公司|集团|台|场|署|室|园)"
)
_STRONG = r"(?:委员会|办公室|人民政府(?:办公室)?|街道办事处|联合会|总工会|管理局|管委会|局|厅|学院|人民医院|中医院|卫生院|医院|法院|检察院|党校|中学|小学|大学|幼儿园)"
_NAME = r"[\u4e00-\u9fff0-9A-Za-z\"()·*〇○_]"
_ORG = lazy(rf"{_NAME}{{2,40}}{_SUFFIX}(?:本级)?")
_STRONG_HEAD = lazy(rf"{_NAME}{{2,24}}?{_STRONG}")
_SIGNATURE = lazy(rf"(?P<unit>{_ORG.pattern})\s+{DATE.pattern}")
_NO_ORG = lazy(
    r"绩效|自评|报告|支出|附件|附表|目录|名称|联系|负责人|盖章|情况|实施单位|项目|如下|万元|财政部门|主管部门|各部门|我|本部|本单位|科室$|^[一二三四五六七八九十]是|年度|\d{4}年|金额"
)
_STOP = lazy(
    r"\s*(?:部门\(单位\)|部门|单位|机关|本级)?\s*(?:整体|项目|绩效|预算|支出|财政|专项|自评|决算|资金|关于|(?:部门|单位)?(?:概况|情况))"
)
_IN_TITLE_YEAR = lazy(rf"[(\[]?\s*(?:{YEAR})\s*(?:年\s*度?|(?=[\u4e00-\u9fff]))\s*[)\]]?\s*")
_ANNEX = lazy(
    r"(?:附\s*(?:件|表)?\s*[\d一二三四五六七八九十]*(?:[-.]\d+)?\s*[:：、]?|\d+\s*、|关于|标题[:：])\s*"
)
_OWN_KEY = lazy(
    r"(?<![\u4e00-\u9fff(])(?:部门\(单位\)(?:名称)?|部门单位名称|部门名称|单位名称|(?:填报|编报|申报|自评|评价|报送|被评价|预算)(?:单位|部门)(?:\(单位\))?(?:名称)?|部门|单位)"
    r"\s*(?:\([盖公签]章\)\s*:?|:)\s*"
)
_OTHER_KEY = lazy(
    r"(?<![\u4e00-\u9fff(])(?:(?:项目)?主管(?:部门|单位)|(?:项目)?实施单位|项目单位|发文机关|发布机构|发布机关)\s*(?:\([盖公签]章\))?\s*[:|]?\s*"
)
_VALUE = lazy(
    rf"(?:\[?\d{{2,}}\]?[-\s]*)?({_NAME}+?)(?=(?:19|20)\d\d\s*年|(?:项目)?实施单位|(?:项目)?主管(?:部门|单位)|项目|资金|填报|联系|负责人|(?!{_NAME})|$)"
)
_SUBJECT = lazy(
    rf"(?:(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、])[^。:]{{0,20}}[。:])?\s*({_NAME}{{2,30}}?{_SUFFIX})(?:\(以下简称[^)]*\))?"
    r"(?=\d{4}\s*年|是|为|负责|属于|属|纳入|内设|现有|核定|编制|主要|主管|强化|严格|成立|认真|始终|机关|共|下设|承担|根据|按照|坚持|紧紧|全面|高度|本级|部门整体|在|对)"
)
_CARRIED_OUT = lazy(rf"由({_NAME}{{2,24}}?{_SUFFIX})(?:具体|直接|负责|牵头)?(?:组织|承担|负责)?实施")
_FORM_BEGINS = lazy(
    r"[|\s]*(?:项目(?:支出)?名称|转移支付|专项名称|主管部门|预算部门|一级指标|项目资金|资金情况|单位:|部门\(?|填报)"
)
_TAIL_NOISE = lazy(r"\(?[盖公签]章\)?$|部门\(单位\)$|部门$|单位$")
Found = tuple[int, int]


def read_unit(document: Document, passages: list[Passage], opening: Opening, forms: HeadForms) -> Cell | None:
    """The reporting unit, from the surest place that names it; a fuller name that ends in it is taken instead."""
    folded = document.folded
    tiers = [
        list(_keyed(folded, opening, _OWN_KEY)), list(_titled(opening)), list(_alone(opening)),
        list(_signed(passages)), list(_from_forms(folded, forms)), list(_keyed(folded, opening, _OTHER_KEY)),
        list(_subjects(passages)),
    ]  # fmt: skip
    chosen = next((tier[0] for tier in tiers if tier), None)
    if chosen is None:
        return None
    for tier in tiers:
        for start, end in tier:
            name, longer = folded[chosen[0] : chosen[1]], folded[start:end]
            if len(name) < len(longer) <= len(name) + 20 and longer.endswith(name):
                chosen = (start, end)
    return cell_of(document, atom_of(document, [chosen]), "head.unit_name")


def _form_cells(forms: HeadForms) -> list[Cell]:
    """The units that forms print in their heads, the unit's own form first."""
    own = [form.unit_name for form in forms.forms if form.scope == OVERALL and form.unit_name is not None]
    return own + [
        form.unit_name for form in forms.forms if form.scope != OVERALL and form.unit_name is not None
    ]


def _from_forms(folded: str, forms: HeadForms) -> Iterator[Found]:
    for cell in _form_cells(forms):
        value = _VALUE.match(folded, cell.span.start, cell.span.end)
        if (
            value
            and value.end() == cell.span.end
            and (found := _as_org(folded, value.start(1), value.end(1)))
        ):
            yield found


def _keyed(folded: str, opening: Opening, key: re.Pattern[str]) -> Iterator[Found]:
    """Values behind a printed label: 部门（单位）名称：…"""
    for line in opening.lines:
        for match in key.finditer(folded, line.start, min(line.end, line.start + 1000)):
            value = _VALUE.match(folded, match.end(), line.end)
            if value and (found := _as_org(folded, value.start(1), value.end(1))):
                yield found


def _as_org(folded: str, start: int, end: int) -> Found | None:
    """The name at `[start, end)` without a stamp's place, when it is shaped like an office."""
    while match := _TAIL_NOISE.search(folded, start, end):
        if match.start() == start or match.end() != end:
            break
        if match[0] in ("部门", "单位") and not re.search(_SUFFIX + "$", folded[start : match.start()]):
            break
        end = match.start()
    text = folded[start:end]
    if text.startswith("(") and ")" not in text:
        return None
    return (start, end) if _ORG.fullmatch(text) and not _NO_ORG.search(text) else None


def _titled(opening: Opening) -> Iterator[Found]:
    """Offices named inside a title: before its year, or between the year and what is evaluated."""
    for title in opening.titles:
        text, start = title.text, title.start
        if match := _ANNEX.match(text):
            text, start = text[match.end() :], start + match.end()
        year = _IN_TITLE_YEAR.search(text)
        if year:
            before = text[: year.start()].removesuffix("关于")
            found = _org_at(start, before) or _strong(start, before) if before else None
            if found:
                yield found
            text, start = text[year.end() :], start + year.end()
        found = next(
            (
                f
                for stop in _STOP.finditer(text)
                if stop.start() and (f := _org_at(start, text[: stop.start()]))
            ),
            None,
        )
        found = found or _strong(start, text)
        if found is not None:
            yield found


def _strong(start: int, text: str) -> Found | None:
    """An office at the head of a title that goes on with a project's name."""
    match = _STRONG_HEAD.match(text)
    return (start, start + match.end()) if match and not _NO_ORG.search(match[0]) else None


def _org_at(start: int, text: str) -> Found | None:
    lead = len(text) - len(text.lstrip())
    bare = text.strip()
    if not _ORG.fullmatch(bare):
        flat = re.search(rf"(?:^|[\s:：])({_NAME}{{2,40}}{_SUFFIX})$", bare)
        if flat is None:
            return None
        lead, bare = lead + flat.start(1), flat[1]
    return None if _NO_ORG.search(bare) else (start + lead, start + lead + len(bare))


def _alone(opening: Opening) -> Iterator[Found]:
    """Offices that stand alone on a line of the cover, or behind the title of a report on one long line."""
    for line in opening.lines[:12]:
        text = line.text.strip("#* ")
        if _FORM_BEGINS.match(text):
            break
        title = next((t for t in opening.titles if t.start == line.start and t.end < line.end), None)
        behind = (
            re.match(rf"\s*({_ORG.pattern})(?=\s|一、)", line.text[len(title.text) : len(title.text) + 60])
            if title
            else None
        )
        if title and behind and not _NO_ORG.search(behind[1]):
            yield title.end + behind.start(1), title.end + behind.end(1)
        if len(text) <= 40 and _ORG.fullmatch(text) and not _NO_ORG.search(text):
            at = line.start + line.text.index(text)
            yield at, at + len(text)


def _signed(passages: list[Passage]) -> Iterator[Found]:
    """Offices that stand alone right above a date, or before it on its line."""
    for passage, below in zip(passages, [*passages[1:], None], strict=False):
        text = passage.text
        if len(text) > 60:
            continue
        dated = below is not None and len(below.text) <= 24 and DATE.fullmatch(below.text) is not None
        match = _ORG.fullmatch(text) if dated and len(text) <= 40 else _SIGNATURE.fullmatch(text)
        name = match["unit"] if match and "unit" in match.re.groupindex else text
        if match and not _NO_ORG.search(name):
            yield passage.pieces[0][1], passage.pieces[0][1] + len(name)


def _subjects(passages: list[Passage]) -> Iterator[Found]:
    """The office that is the subject of one of the first sentences."""
    for passage in passages[:20]:
        match = _SUBJECT.match(passage.text[:120]) or _CARRIED_OUT.search(passage.text[:400])
        if match and not _NO_ORG.search(match[1]):
            parts = passage.parts(*match.span(1))
            if len(parts) == 1:
                yield parts[0]
