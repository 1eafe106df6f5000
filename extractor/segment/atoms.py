"""Atoms: the smallest printed pieces a table is made of, each with its place and what it could be."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from extractor.document import Document, Span, span_of
from extractor.patterns import lazy

_SPACE = lazy(r"\s+")
_INNER = lazy(
    r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])|^\s+|\s+$|(?<=\d)\s+(?=%)|(?<=\d\.)\s+(?=\d)|(?<=[≥≤<>=])\s+"
)

(
    BLANK,
    NUM,
    PCT,
    QTY,
    NA,
    LEVEL1,
    LEVEL2,
    ITEM,
    TOTAL,
    TEXT,
    LONG,
    QUAL,
    DATE,
    FRAME,
    TINY,
    SIGN,
    SENTENCE,
    HIGH,
    NAMED,
) = (1 << i for i in range(19))

_NUM = lazy(r"^-?[\d,]*\.?\d+分?$")
_HIGH = lazy(r"^(?:[5-9]\d|\d{3,})(?:\.\d+)?$")  # above what one row can be worth
_PCT = lazy(r"^[≥≤<>=]*-?[\d.,]+%(?:以上|以下)?$")
_QTY = lazy(
    r"^(?:[≥≤<>=]+|不低于|不少于|不高于|不超过|大于等于|小于等于|大于|小于|达到|约|近)?-?[\d,.]+(?:[^\d\s,。;:、]{0,6})$"
)
_NA = lazy(r"^(?:[-/\\*]+|无|不适用)$")
_GARBLED = lazy(r"^[≥≤<>=]?(?=\S*\d)[\dlIOo|.,]+%?$")  # OCR took a letter for a digit; still a number's place
_NAMED = lazy(r"^指标\d{1,2}(?:[:.、]|$)|^[★☆]+\D")  # how a 三级 cell begins and no other
_SCORING = lazy(r"得满分|得\d+%?分?[,;。]|计分|不得分|扣\d+(?:\.\d+)?分|扣完为止")
_SIGN = lazy(
    r"^(?:[≥≤<>=═]{1,2}|定性|定量|正向|反向|正向指标|反向指标|大于等于|小于等于|大于|小于|等于|不低于|不高于|不超过|不少于)$"
)
_DATE = lazy(
    r"^(?:截至|截止)?(?:(?:19|20)\d{2}[年./-](?:[\d年月日./\-~至到度底前之以内末初全上下半完成]*)|\d{1,2}月.{0,10}|全年|年底.{0,4}|年内.{0,4}|长期)$"
)
_POINTS = r"(?:\(?\[?\s*\d+(?:\.\d+)?\s*(?:分|%)?\s*\]?\)?)?"
_FIRST = (
    "(?:项目)?(?:总?产出|效益|效果|社会满意度|满意度|服务对象满意度|成本|过程|投入|决策|管理|绩效|履职|结果|效率|预算执行|预算管理|部门管理|项目管理|"
    "部门决策|绩效实现|部门绩效情况|项目决策|部门绩效|项目绩效|项目完成|项目产出|项目效益|项目过程|项目投入|履职效果|履职效能|履职完成|履职产出|可持续|可持续发展|可持续影响|产出与效益|资金管理|"
    "预算资金|运行成本|管理效率|社会效应|特性|共性|个性|社会效益|预算执行率|综合管理|资金|监督管理|运行效率|目标管理|运转|基础工作|资金使用|项目实施|整体)"
    "(?:情况|能力|效率|率|完成)?(?:类|性)?(?:指标|目标)?"
)
_SECOND = (
    "(?:产出)?(?:数量|质量|时效|进度|成本|经济|社会|生态|环境|可持续?|可持续发展|可持续影响|政治|满意度?|服务对象|服务对象满意度?|社会公众|群众|社会公众满意度?|公众|受益对象|"
    "受益对象满意度?|服务|经济成本|社会成本|生态环境成本|生态成本|生态环境|预算执行率?|资金执行率?|社会公众或服务对象|社会公众或服务对象满意度?|群众满意度?|使用者满意度?|"
    "帮扶对象满意度?|资金使用|资金管理|预算管理|项目管理|社会满意度?|服务满意度?|企业满意度?|职工满意度?|可持续性?|人才|公平|信息化?|基础管理|履职效果|内部管理|时间|产出数量|"
    "产出质量|产出时效|产出成本|目标设定|预算配置|资产管理|职责履行|履职效益|项目立项|绩效目标|资金投入|资金落实|组织实施|业务管理|财务管理|项目目标|决策过程|资金分配|资金到位|"
    "项目产出|项目效益|目标任务|目标制定|预算编制|综合管理|特性|共性|个性|过程管理|支出管理|资金安全|项目组织|完成结果|绩效结果|结果应用|绩效管理|实施效益|实施效果|社会效应)"
    "(?:效益|影响|成本|情况)*(?:类)?(?:指标|目标)?"
)
_LEVEL1 = lazy(rf"^(?:[一二三四五六]、)?{_FIRST}(?:等)?{_POINTS}$")
_LEVEL2 = lazy(rf"^(?:\d\.)?{_SECOND}(?:等)?{_POINTS}$")
_LEVEL_LIKE = lazy(
    r"^(?!.*(?:达成|达到|完成|实现|预期))[^\d,;。:、()]{2,10}指标(?:\(\d+(?:\.\d+)?分?%?\))?$|^[^\d,;。:、()]{2,10}\(\d+(?:\.\d+)?分\)$"
)  # a name of their own
_ITEM = lazy(
    r"^(?:其中)?:?\d?[、.]?(?:年度|本年|当年|项目)?(?:资金总额|财政拨款|财政资金|一般公共预算|上年结转|其他资金|单位资金|财政专户|政府性基金|国有资本|中央|省级|市级|县级|区级|自有资金|合计|预算拨款|"
    r"资金合计|总额|金额合计|结转|年度资金|社会资金|银行贷款|地方资金|本级|上级|自筹|事业收入|经营收入|专项资金|预算内|非税|市县|区县|地方财政|财政性资金|基本支出|项目支出|人员经费|公用经费|总支出|纳入专户)"
)
_TOTAL = lazy(
    r"^(?:总分|总计|合计|总得分|得分合计|综合得分|自评总分|总分值|总评分|合计得分|自评得分合计|分值合计|总分合计|自评总得分|总分数)(?:\(.*\))?:?(?:\d+(?:\.\d+)?分?)?$"
)
_FRAME = lazy(
    r"^(?:年度|项目|部门)?(?:整体)?(?:绩效指标(?:完成情况)?|绩效目标(?:完成情况)?|总体目标(?:完成情况)?|资金(?:情况|使用情况|执行情况)?|预算(?:申请|资金|执行情况|情况|执行)|年度预算申请|预算执行情况|年度目标|目标|绩效|绩效自评)\d{0,2}(?:\(.*\))?(?:\d+分)?$"
)
_CJK = lazy(r"[\u4e00-\u9fff]")


@lru_cache(maxsize=16384)
def _span(parts: tuple[tuple[int, int], ...]) -> Span:
    return span_of(list(parts))


class Atom(NamedTuple):
    """A printed piece: cleaned folded text, document ranges, blank lines before it, and its possible natures."""

    text: str
    parts: tuple[tuple[int, int], ...]
    gap: int
    kind: int

    @property
    def span(self) -> Span:
        """The place of the atom in the document."""
        return _span(self.parts)

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return self.parts[-1][1]


def clean(text: str) -> str:
    """Folded text without layout white space; one blank stays between two ASCII words."""
    if text.isalnum():
        return text
    return _INNER.sub("", _SPACE.sub(" ", text))


def _kind_of_text(text: str) -> int:
    bare = text.replace(" ", "")
    if not _CJK.search(bare):
        return TEXT | TINY
    kind = TEXT | NAMED if _NAMED.match(bare) else TEXT
    if len(bare) > 7 and ("," in bare or ";" in bare or "。" in bare):
        kind |= SENTENCE
    if len(bare) > 30 or (len(bare) > 8 and _SCORING.search(bare)):
        kind |= LONG
    elif len(bare) <= 4:
        kind |= TINY
    if len(bare) <= 24:
        if _TOTAL.match(bare):
            kind |= TOTAL
        if _LEVEL1.match(bare):
            kind |= LEVEL1
        if _LEVEL2.match(bare):
            kind |= LEVEL2
        elif not kind & LEVEL1 and _LEVEL_LIKE.match(bare):
            kind |= LEVEL1 | LEVEL2 if bare.endswith("分)") else LEVEL2
        if _FRAME.match(bare):
            kind |= FRAME
        if not any(c.isdigit() for c in bare) and len(bare) <= 10:
            kind |= QUAL
    if _ITEM.match(bare):
        kind |= ITEM
    return kind


@lru_cache(maxsize=16384)
def _kind_of_short(text: str) -> int:
    if _NA.match(text):
        return NA
    if _SIGN.match(text):
        return SIGN | TEXT | TINY
    if _DATE.match(text):
        return DATE | QTY
    if _NUM.match(text):
        return NUM | HIGH if _HIGH.match(text) else NUM
    if _PCT.match(text):
        return PCT
    if _GARBLED.match(text):
        return PCT if text.endswith("%") else NUM
    if text[-1:] != "。" and _QTY.match(text):
        return QTY
    return _kind_of_text(text)


def kind_of(text: str) -> int:
    """A bit mask of what cleaned text could be; every recogniser of tables works on these bits."""
    if not text:
        return BLANK
    return _kind_of_short(text) if len(text) <= 40 else TEXT | LONG | (ITEM if _ITEM.match(text) else 0)


def atom_of(document: Document, ranges: list[tuple[int, int]], gap: int = 0) -> Atom:
    """The atom over document ranges (white space at their ends is dropped; an empty one keeps a zero-length place)."""
    folded = document.folded
    if len(ranges) == 1:  # nearly all
        start, end = ranges[0]
        piece = folded[start:end]
        stripped = piece.strip()
        if not stripped:
            return Atom("", ((start, start),), gap, BLANK)
        if len(stripped) != len(piece):
            start += piece.index(stripped[0])
        text = clean(stripped)
        return Atom(text, ((start, start + len(stripped)),), gap, kind_of(text))
    parts = []
    for start, end in ranges:
        piece = folded[start:end]
        stripped = piece.strip()
        if stripped:
            at = start + len(piece) - len(piece.lstrip())
            parts.append((at, at + len(stripped)))
    if not parts:
        at = ranges[0][0]
        return Atom("", ((at, at),), gap, BLANK)
    text = clean("".join(folded[a:b] for a, b in parts))
    return Atom(text, tuple(parts), gap, kind_of(text))


def join(document: Document, atoms: list[Atom]) -> Atom:
    """One atom over several neighbours, in the order of the text."""
    if len(atoms) == 1:
        return atoms[0]
    return atom_of(document, sorted(part for atom in atoms for part in atom.parts), atoms[0].gap)
