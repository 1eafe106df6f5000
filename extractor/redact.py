"""Personal data left out of what is shown, and hidden behind placeholders in what is sent and restored in what comes back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from extractor.patterns import lazy

_ROLE = (
    r"(?:联\s?系\s?人|填\s?[表报]\s?人|经\s?办\s?人|制\s?表\s?人|审\s?核\s?人|复\s?核\s?人|负\s?责\s?人|责任人|法定代表人"
    r"|(?:单位|部门|项目|财务)?(?:负责人|主管)|(?:正|副)?组\s?长|主\s?任|局\s?长|撰稿人|报告人)"
)
_NAME = lazy(
    rf"{_ROLE}\s?(?:[（(](?:签[字名章]|盖章)[)）])?\s?[:：]\s?"
    r"(?P<it>[\u4e00-\u9fff](?:\s?[\u4e00-\u9fff·]){1,3})(?=\s|$|[，。；、,;|（(]|联系|电话|手机|填|日期)"
)
_SURNAME = (
    "(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|夏侯|轩辕|端木|独孤|南宫"
    "|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗花方俞任袁柳鲍史唐费廉岑"
    "薛雷贺倪汤滕殷罗毕郝邬安常于傅卞齐康伍余卜顾孟黄穆萧肖尹姚邵汪祁毛禹狄臧戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾路娄江童颜"
    "郭梅盛林刁钟徐邱丘骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘缪解应宗丁宣邓郁单洪包诸左石崔吉龚程邢裴陆荣翁荀甄曲封储靳段巫乌焦侯班"
    "仇栾甘厉祖武符刘景詹龙叶司黎薄白蒲赖卓蔺屠蒙池乔胥翟谭贡姬申冉桑桂牛边燕尚温庄晏柴瞿阎闫连习艾容向古易廖耿匡寇欧聂晁敖冷辛"
    "阚简饶曾沙鞠关查游岳涂晋楚佟付代车])"
)
_PERSON = rf"{_SURNAME}(?:[ \u3000]?[\u4e00-\u9fff]){{1,2}}(?:·[\u4e00-\u9fff]{{1,8}})?"
_END = r"(?=\s|$|[，。；、,;|｜/（()）:：]|同志|联系|电话|手机)"
_LABEL = (
    r"(?:(?:联|填|经|制|审|复)\s?(?:系|表|报|办|核)\s?人(?:员)?|(?:单位|部门|项目|财务|主要)?\s?负\s?责\s?人|责任人|法定代表人"
    r"|撰稿人|报告人|姓\s?名|主管领导|分管领导)"
)
_TITLE = r"(?:局长|主任|科长|股长|处长|厅长|部长|镇长|乡长|县长|区长|市长|院长|校长|站长|所长|书记|组长|会计|出纳|主席|秘书长)"
_PEOPLE = (
    lazy(rf"{_LABEL}(?:[（(][^（()）\n]{{1,8}}[)）])?[:：\s|｜_]{{1,6}}(?P<it>{_PERSON}){_END}"),
    lazy(rf"{_TITLE}(?P<it>{_PERSON}){_END}"),
    lazy(rf"(?<![\u4e00-\u9fff])(?P<it>{_PERSON})(?=同志)"),
)
_MEMBERS = lazy(
    rf"(?:成\s?员|参与人员|评价人员|组成人员)[:：\s]{{1,3}}((?:{_PERSON}[、，,\s]{{1,2}}){{0,30}}{_PERSON})"
)
_ONE = lazy(_PERSON)
_NO_PERSON = lazy(
    r"[组局主科处]长|主任|成员|单位|部门|负责|签[字名章]|盖章|公章|未填|项目|资金|填[报表]|财务|审核|同志|联系|电话|日期|年度"
)
_MAIL = lazy(r"(?P<it>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.ASCII)
_LONG = lazy(r"\d(?:[ -]?\d){6}")  # the shortest number of a telephone
_AMOUNT_AFTER = r"(?![A-Za-z0-9]|[.,]\d|\s?[%万亿元]|[人户个次台套件批亩吨])"
_AREA = r"(?:010|02\d|0[3-9]\d\d)"
_NUMBERS = (
    (
        "证件号",
        lazy(
            r"(?<![A-Za-z0-9.])(?P<it>[1-9]\d{5}(?:19|20)\d\d[01]\d[0-3]\d{4}[\dXx]|[1-9]\d{7}[01]\d[0-3]\d{4})(?![A-Za-z0-9]|[.,]\d)"
        ),
    ),
    (
        "银行账号",
        lazy(
            r"(?:[账帐]\s?号|[账帐]户|卡\s?号)[:：\s为是]{0,4}(?P<it>\d(?:[ -]?\d){7,27})"
            rf"(?!\d){_AMOUNT_AFTER}"
        ),
    ),
    ("电话", lazy(rf"(?<![A-Za-z0-9.,])(?P<it>1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}){_AMOUNT_AFTER}")),
    ("电话", lazy(rf"(?<![A-Za-z0-9.,])(?P<it>[(（]?{_AREA}[)）]?[-—－ ]?\d{{7,8}}){_AMOUNT_AFTER}")),
    (
        "电话",
        lazy(
            r"(?:电话|传真|座机|手机|联系方式)(?:号码)?[:：\s]{0,4}(?P<it>[2-8]\d{6,7})(?!-\d)"
            + _AMOUNT_AFTER
        ),
    ),
    ("银行账号", lazy(r"(?<![A-Za-z0-9.,-])(?P<it>[3-9]\d{15,18})" + _AMOUNT_AFTER)),
)
_PLATE = lazy(
    r"(?P<it>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•・ ]?(?=[A-Z]*\d)[A-HJ-NP-Z0-9]{4,5}"
    rf"[A-HJ-NP-Z0-9挂学警港澳]){_AMOUNT_AFTER}"
)
_OF_PHONE = lazy(r"电话|手机|联系方式|联系人|传真|热线|座机|[Tt][Ee][Ll]")
_OF_MONEY = lazy(r"元|金额|资金|预算|决算|支出|收入|拨款|合计|小计|结余|结转|\d\.\d\d(?!\d)|\d,\d{3}(?!\d)")
_DAY = lazy(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_BEFORE = 80  # characters in which a word still says what a number is
_FOLD = {0xFF01 + n: chr(0x21 + n) for n in range(94) if chr(0x21 + n) not in "(),:;|"}


class _Found(NamedTuple):
    """Personal data at `text[start:end]`; `everywhere` when the same letters are the same person or number in all the text."""

    start: int
    end: int
    kind: str
    everywhere: bool = True


def redact(text: str) -> str:
    """`text` without the names that follow a role, and without numbers and addresses of persons."""
    found = [*_numbers(text), *_plates(text)]
    if ":" in text or "：" in text:
        found += [_Found(*match.span("it"), "姓名") for match in _NAME.finditer(text)]
    return _with(text, _apart(found), lambda each: f"（{each.kind}略）")


class Mask:
    """Placeholders for the personal data of one document: the same thing has the same one wherever it stands.

    Made with the document's text it knows everyone named anywhere in it, numbered in that order. A person whom no role, title
    or list introduces is not recognised. Amounts and dates are never hidden, and `shown` gives back exactly what `hide` took.
    """

    def __init__(self, text: str = "") -> None:
        self._placeholders: dict[tuple[str, str], str] = {}
        self._real: dict[str, tuple[str, str]] = {}
        self._spellings: dict[
            str, dict[str, list[str]]
        ] = {}  # by kind, then by the thing without spaces and hyphens
        self._everywhere: dict[str, str] = {}
        self._known: re.Pattern[str] | None = None
        self.hide(text)

    def hide(self, text: str) -> str:
        """`text` with a placeholder for each name and number of a person; what stands like a placeholder is kept apart."""
        found = _apart([*_found(text), *self._again(text)])
        for each in found:
            self._learn(each, text)
        return self._replaced(text, _apart([*found, *self._again(text)]))

    def cover(self, text: str) -> str:
        """`text`, some of which is already hidden, with what is known already hidden too."""
        return self._replaced(text, _apart(self._again(text)))

    def shown(self, value: Any) -> Any:
        """`value` (text, or JSON made of it) with the real things in the place of the placeholders."""
        if isinstance(value, str):
            return _PLACEHOLDER.sub(lambda match: self._real.get(match[0], ("", match[0]))[1], value)
        if isinstance(value, dict):
            return {name: self.shown(each) for name, each in value.items()}
        return [self.shown(each) for each in value] if isinstance(value, list) else value

    def hidden_in(self, text: str) -> set[tuple[str, str]]:
        """(kind, thing) of every placeholder in hidden `text`."""
        named = {self._real[each] for each in _PLACEHOLDER.findall(text) if each in self._real}
        return {(kind, thing) for kind, thing in named if kind != _LITERAL}

    def _learn(self, found: _Found, text: str) -> None:
        thing = text[found.start : found.end]
        if (found.kind, thing) not in self._placeholders:
            plain = re.sub(r"[\s()（）—－-]", "", thing).translate(_FOLD)
            spellings = self._spellings.setdefault(found.kind, {}).setdefault(plain, [])
            number = list(self._spellings[found.kind]).index(plain)
            placeholder = f"〔{found.kind}{_letters(number)}{'′' * len(spellings)}〕"
            spellings.append(thing)
            self._placeholders[found.kind, thing] = placeholder
            self._real[placeholder] = (found.kind, thing)
        if found.everywhere and thing not in self._everywhere:
            self._everywhere[thing] = found.kind
            self._known = None

    def _again(self, text: str) -> Iterator[_Found]:
        """Where the things known so far stand in `text`."""
        if self._known is None and self._everywhere:
            longest_first = sorted(self._everywhere, key=lambda thing: (-len(thing), thing))
            self._known = re.compile("|".join(_alone(each, self._everywhere[each]) for each in longest_first))
        if self._known is not None:
            for match in self._known.finditer(text):
                yield _Found(*match.span(), self._everywhere[match[0]])

    def _replaced(self, text: str, found: Iterable[_Found]) -> str:
        return _with(text, found, lambda each: self._placeholders[each.kind, text[each.start : each.end]])


_LITERAL = "原文"
_PLACEHOLDER = lazy(r"〔(?:姓名|证件号|银行账号|电话|邮箱|车牌|原文)[A-Z]{1,4}′{0,9}〕")


def _found(text: str) -> Iterator[_Found]:
    """Everything personal that the text itself introduces, and what looks like a placeholder; the surer first."""
    for match in _PLACEHOLDER.finditer(text):
        yield _Found(*match.span(), _LITERAL, everywhere=False)
    yield from _numbers(text)
    yield from _plates(text)
    for pattern in _PEOPLE:
        for match in pattern.finditer(text):
            if not _NO_PERSON.search(match["it"]):
                yield _Found(*match.span("it"), "姓名")
    for members in _MEMBERS.finditer(text):
        for match in _ONE.finditer(text, *members.span(1)):
            yield _Found(*match.span(), "姓名")
    for match in _NAME.finditer(text):
        if not _NO_PERSON.search(match["it"]):
            yield _Found(*match.span("it"), "姓名", everywhere=False)


def _numbers(text: str) -> Iterator[_Found]:
    """Telephones, identity and account numbers and mail addresses in `text`."""
    plain = text.translate(_FOLD)
    if "@" in plain:
        for match in _MAIL.finditer(plain):
            yield _Found(*match.span("it"), "邮箱")
    if not _LONG.search(plain):
        return
    for kind, pattern in _NUMBERS:
        for match in pattern.finditer(plain):
            if _is_personal(kind, match, plain):
                yield _Found(*match.span("it"), kind)


def _plates(text: str) -> Iterator[_Found]:
    """The number plates in `text`."""
    for match in _PLATE.finditer(text.translate(_FOLD)):
        yield _Found(*match.span("it"), "车牌")


def _is_personal(kind: str, match: re.Match[str], text: str) -> bool:
    """Whether the number is a person's: an amount or a date that looks like one is told by what stands before it."""
    digits = re.sub(r"\D", "", match["it"])
    if kind == "电话" and re.search(r"[-—－()（）]", match["it"]):
        return True
    if kind == "银行账号":
        return match.start() < match.start("it") or _luhn(digits)
    if kind != "电话" or match.start() < match.start("it"):
        return not _DAY.fullmatch(digits)
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    phone, money = (
        max((m.end() for m in each.finditer(before)), default=-1) for each in (_OF_PHONE, _OF_MONEY)
    )
    if phone == money == -1:
        return not digits.endswith("000")
    return phone > money


def _luhn(digits: str) -> bool:
    """Whether the last digit checks the others, as on every bank card."""
    return (
        sum(
            sum(divmod(int(digit) * (2 if place % 2 else 1), 10))
            for place, digit in enumerate(reversed(digits))
        )
        % 10
        == 0
    )


def _with(text: str, found: Iterable[_Found], instead: Callable[[_Found], str]) -> str:
    """`text` with something else in the place of each thing found; `found` is in the order of the text."""
    pieces, done = [], 0
    for each in found:
        pieces += [text[done : each.start], instead(each)]
        done = each.end
    return "".join([*pieces, text[done:]])


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """Those that do not overlap an earlier one, in the order of the text."""
    kept: list[_Found] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _alone(thing: str, kind: str) -> str:
    """An expression for the thing where it is not a piece of a longer word or number."""
    literal = re.escape(thing)
    if kind != "姓名":
        return rf"(?<![A-Za-z0-9]){literal}(?![A-Za-z0-9]|[.,]\d)"
    if len(thing) > 2:
        return literal
    return (
        rf"(?:(?<![\u4e00-\u9fff])|(?<=[由请与和及经长任记员人]))"
        rf"{literal}(?=同志|等|为|任|负责|[和与同及兼]|[^\u4e00-\u9fff]|$)"
    )


def _letters(number: int) -> str:
    """0 A, 1 B … 25 Z, 26 AA: letters, so that no placeholder adds a number to the text."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
