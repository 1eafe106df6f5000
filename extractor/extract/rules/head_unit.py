"""Which office reports: cover line, title, signature, form head or first sentence, in its fullest printed form."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.document import Document, Passage
from extractor.extract.rules.cells import cell_of
from extractor.extract.rules.head_offices import (
    Place,
    as_office,
    is_office,
    no_office,
    office_from,
    strong_at,
    value_end,
)
from extractor.extract.rules.head_opening import YEAR, HeadForms, Opening
from extractor.extract.rules.head_time import DATE
from extractor.extract.rules.lexicon import holds
from extractor.patterns import lazy
from extractor.schema import OVERALL, Cell
from extractor.segment.atoms import atom_of

_STOP = lazy(
    r"\s*(?:部门\(单位\)|部门|单位|机关|本级)?\s*(?:整体|项目|绩效|预算|支出|财政|专项|自评|决算|资金|关于|(?:部门|单位)?(?:概况|情况))"
)
_IN_TITLE_YEAR = lazy(rf"[(\[]?\s*(?:{YEAR})\s*(?:年\s*度?|(?=[^\W\x00-\x7f]))\s*[)\]]?\s*")
_ANNEX = lazy(r"(?:附\s*(?:件|表)?\s*[\d一二三四五六七八九十]*(?:[-.]\d+)?\s*[:、]?|\d+\s*、|关于|标题:)\s*")
# Labels of a printed key, and what stands between a key and its value.
_OWN_KEYS = (
    "部门(单位)名称", "部门(单位)", "部门单位名称", "部门名称", "单位名称",
    *(
        who + whose + tail
        for who in ("填报", "编报", "申报", "自评", "评价", "报送", "被评价", "预算")
        for whose in ("单位", "部门")
        for tail in ("(单位)名称", "(单位)", "名称", "")
    ),
    "部门", "单位",
)  # fmt: skip
_OTHER_KEYS = (
    "主管部门", "主管单位", "项目主管部门", "项目主管单位", "实施单位", "项目实施单位", "项目单位", "发文机关", "发布机构", "发布机关",
)  # fmt: skip
_OWN_GAP = lazy(r"\s*(?:\((?:盖章|公章|签章)\)\s*:?|:)\s*")
_OTHER_GAP = lazy(r"\s*(?:\((?:盖章|公章|签章)\))?\s*[:|]?\s*")
_NUMERALS = frozenset("一二三四五六七八九十(")
_NUMBERED = lazy(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d+[.、])[^。:]{0,20}[。:]"
)
_NUMBER_ENDS = ("、", ")", ".")
_KNOWN_AS = lazy(r"\(以下简称[^)]*\)")
_FOUR_DIGITS = lazy(r"\d{4}\s*年")
_GOES_ON = (
    "是", "为", "负责", "属于", "属", "纳入", "内设", "现有", "核定", "编制", "主要", "主管", "强化", "严格", "成立", "认真", "始终", "机关", "共",
    "下设", "承担", "根据", "按照", "坚持", "紧紧", "全面", "高度", "本级", "部门整体", "在", "对",
)  # fmt: skip
_CARRIES_OUT = tuple(
    how + what + "实施"
    for how in ("", "具体", "直接", "负责", "牵头")
    for what in ("", "组织", "承担", "负责")
)
_FORM_BEGINS = (
    "项目名称",
    "项目支出名称",
    "转移支付",
    "专项名称",
    "主管部门",
    "预算部门",
    "一级指标",
    "项目资金",
    "资金情况",
    "单位:",
    "部门",
    "填报",
)


def read_unit(document: Document, passages: list[Passage], opening: Opening, forms: HeadForms) -> Cell | None:
    """The reporting unit, from the surest place that names it; a fuller name that ends in it is taken instead."""
    folded = document.folded
    tiers = [
        list(_own(folded, opening)), list(_titled(opening)), list(_alone(opening)),
        list(_signed(passages)), list(_from_forms(folded, forms)), list(_others(folded, opening)),
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


def _from_forms(folded: str, forms: HeadForms) -> Iterator[Place]:
    for cell in _form_cells(forms):
        start, end = value_end(folded, cell.span.start, cell.span.end)
        if end == cell.span.end and (found := as_office(folded, start, end)):
            yield found


def _own(folded: str, opening: Opening) -> Iterator[Place]:
    """Values behind a printed label of the unit's own: 部门（单位）名称：…"""
    for line in opening.lines:
        for gap in _OWN_GAP.finditer(folded, line.start, min(line.end, line.start + 1000)):
            for key in _OWN_KEYS:
                if folded.endswith(key, line.start, gap.start()):
                    yield from _behind(folded, gap.start() - len(key), gap.end(), line.end)


def _others(folded: str, opening: Opening) -> Iterator[Place]:
    """Values behind the label of whoever governs or carries out the project."""
    for line in opening.lines:
        limit = min(line.end, line.start + 1000)
        keys = [(at, key) for key in _OTHER_KEYS if (at := folded.find(key, line.start, limit)) >= 0]
        for at, key in sorted(keys):
            gap = _OTHER_GAP.match(folded, at + len(key), limit)
            yield from _behind(folded, at, gap.end() if gap else limit, line.end)


def _behind(folded: str, key: int, start: int, limit: int) -> Iterator[Place]:
    """The office at `start`, behind a key that begins at `key` and is not the end of a longer word."""
    if key and (folded[key - 1] == "(" or "\u4e00" <= folded[key - 1] <= "\u9fff"):
        return
    found = as_office(folded, *value_end(folded, start, limit))
    if found:
        yield found


def _titled(opening: Opening) -> Iterator[Place]:
    """Offices named inside a title: before its year, or between the year and what is evaluated."""
    for title in opening.titles:
        text, start = title.text, title.start
        if (text.startswith(("附", "关于", "标题")) or text[:1].isdigit()) and (match := _ANNEX.match(text)):
            text, start = text[match.end() :], start + match.end()
        year = _IN_TITLE_YEAR.search(text)
        if year:
            before = text[: year.start()].removesuffix("关于")
            found = _office_at(start, before) or _strong(start, before) if before else None
            if found:
                yield found
            text, start = text[year.end() :], start + year.end()
        found = next(
            (
                f
                for stop in _STOP.finditer(text)
                if stop.start() and (f := _office_at(start, text[: stop.start()]))
            ),
            None,
        )
        found = found or _strong(start, text)
        if found is not None:
            yield found


def _strong(start: int, text: str) -> Place | None:
    """An office at the head of a title that goes on with a project's name."""
    end = strong_at(text)
    return (start, start + end) if end and not no_office(text[:end]) else None


def _office_at(start: int, text: str) -> Place | None:
    """The office that fills `text`, or the last word of it."""
    bare = text.strip()
    at = text.index(bare)
    if not is_office(bare):
        last = bare.replace(":", " ").split()[-1:] or [""]
        at, bare = at + len(bare) - len(last[0]), last[0]
        if bare.endswith("本级") or not is_office(bare):
            return None
    return None if no_office(bare) else (start + at, start + at + len(bare))


def _alone(opening: Opening) -> Iterator[Place]:
    """Offices that stand alone on a line of the cover, or behind the title of a report on one long line."""
    for line in opening.lines[:12]:
        text = line.text.strip("#* ")
        if text.lstrip("| \t").startswith(_FORM_BEGINS):
            break
        title = next((t for t in opening.titles if t.start == line.start and t.end < line.end), None)
        if title is not None and (behind := _behind_title(line.text, len(title.text))):
            yield line.start + behind[0], line.start + behind[1]
        if len(text) <= 40 and is_office(text) and not no_office(text):
            at = line.start + line.text.index(text)
            yield at, at + len(text)


def _behind_title(text: str, at: int) -> Place | None:
    """The office right behind a title that ends at `at`, up to a blank or the first chapter."""
    rest = text[at : at + 60]
    lead = len(rest) - len(rest.lstrip())
    word = rest[lead:].split(maxsplit=1)[0] if rest.strip() else ""
    closed = lead + len(word) < len(rest)
    name = word if closed and is_office(word) else word.partition("一、")[0]
    if (name == word and not closed) or not is_office(name) or no_office(name):
        return None
    return at + lead, at + lead + len(name)


def _signed(passages: list[Passage]) -> Iterator[Place]:
    """Offices that stand alone right above a date, or before it on its line."""
    for passage, below in zip(passages, [*passages[1:], None], strict=False):
        text = passage.text
        if len(text) > 60:
            continue
        name = text
        if len(text) > 40 or below is None or len(below.text) > 24 or not DATE.fullmatch(below.text):
            name, *date = text.split(maxsplit=1)
            if not date or not is_office(name) or not DATE.fullmatch(date[0]):
                continue
        if is_office(name) and not no_office(name):
            yield passage.pieces[0][1], passage.pieces[0][1] + len(name)


def _subjects(passages: list[Passage]) -> Iterator[Place]:
    """The office that is the subject of one of the first sentences."""
    for passage in passages[:20]:
        found = _subject(passage.text[:120]) or _carrying_out(passage.text[:400])
        if found and not no_office(passage.text[slice(*found)]):
            parts = passage.parts(*found)
            if len(parts) == 1:
                yield parts[0]


def _subject(text: str) -> Place | None:
    """The office that `text` begins with, behind a numbered heading or not."""
    opens = text[:1] in _NUMERALS or text[:1].isdigit()
    numbered = _NUMBERED.match(text) if opens and holds(text, _NUMBER_ENDS) else None
    for at in (numbered.end(), 0) if numbered else (0,):
        start = len(text) - len(text[at:].lstrip())
        if end := office_from(text, start, 30, _goes_on):
            return start, end
    return None


def _goes_on(text: str, at: int) -> bool:
    """Whether a sentence goes on at `at` as one whose subject ends there."""
    known_as = _KNOWN_AS.match(text, at)
    return any(
        text.startswith(_GOES_ON, place) or _FOUR_DIGITS.match(text, place) is not None
        for place in ({at, known_as.end()} if known_as else {at})
    )


def _carrying_out(text: str) -> Place | None:
    """由某某局组织实施."""
    at = text.find("由") if "实施" in text else -1
    while at >= 0:
        if end := office_from(text, at + 1, 24, lambda text, end: text.startswith(_CARRIES_OUT, end)):
            return at + 1, end
        at = text.find("由", at + 1)
    return None
