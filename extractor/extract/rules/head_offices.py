"""What an office is called: by the ends of its name, and by the words that no name of an office has."""

from __future__ import annotations

from collections.abc import Callable

from extractor.extract.rules.lexicon import holds
from extractor.patterns import lazy

Place = tuple[int, int]
_ENDS = (
    "委员会", "党委", "县委", "市委", "区委", "省委", "州委", "工委", "纪委", "政法委", "编办", "委", "办公室", "办", "人民政府", "政府", "局", "厅",
    "部", "学院", "医院", "卫生院", "法院", "检察院", "研究院", "院", "党校", "学校", "中学", "小学", "大学", "幼儿园", "中心", "馆", "站", "所", "支队",
    "大队", "总队", "中队", "队", "处", "社", "联合会", "总工会", "协会", "商会", "学会", "红十字会", "妇联", "残联", "文联", "科协", "侨联", "工商联",
    "街道", "镇", "乡", "公司", "集团", "台", "场", "署", "室", "园",
)  # fmt: skip
_STRONG_ENDS = (
    "委员会", "办公室", "人民政府办公室", "人民政府", "街道办事处", "联合会", "总工会", "管理局", "管委会", "局", "厅", "学院", "人民医院", "中医院",
    "卫生院", "医院", "法院", "检察院", "党校", "中学", "小学", "大学", "幼儿园",
)  # fmt: skip
_NOT_IN_NAMES = (
    "绩效", "自评", "报告", "支出", "附件", "附表", "目录", "名称", "联系", "负责人", "盖章", "情况", "实施单位", "项目", "如下", "万元", "财政部门",
    "主管部门", "各部门", "我", "本部", "本单位", "年度", "金额",
)  # fmt: skip
_SIGNS = frozenset('"()·*〇○_')
_YEAR_IN_NAME = lazy(r"\d{4}年")
_VALUE_ENDS = ("实施单位", "主管部门", "主管单位", "项目", "资金", "填报", "联系", "负责人")
_YEAR = lazy(r"(?:19|20)\d\d\s*年")
_CODE = lazy(r"\[?\d{2,}\]?[-\s]*")
_STAMPS = tuple(
    left + stamp + right for left in ("(", "") for stamp in ("盖章", "公章", "签章") for right in (")", "")
)


def in_name(char: str) -> bool:
    """Whether a name of an office may hold `char`."""
    return "\u4e00" <= char <= "\u9fff" or (char.isascii() and char.isalnum()) or char in _SIGNS


def is_office(text: str) -> bool:
    """Whether `text` is shaped like the name of an office."""
    body = text.removesuffix("本级")
    if not body.endswith(_ENDS) or not all(map(in_name, body)):
        return False
    rest = [len(body) - len(end) for end in _ENDS if body.endswith(end)]
    return max(rest) >= 2 and min(rest) <= 40


def no_office(name: str) -> bool:
    """Whether a word in `name` tells that it is something else: 各部门, 项目实施单位, 我局."""
    if holds(name, _NOT_IN_NAMES) or name.endswith("科室"):
        return True
    if name[1:2] == "是" and name[0] in "一二三四五六七八九十":
        return True
    return "年" in name and _YEAR_IN_NAME.search(name) is not None


def office_from(text: str, start: int, most: int, follows: Callable[[str, int], bool]) -> int | None:
    """The end of the shortest office that begins at `start` and that `follows` accepts."""
    for at in range(start, min(start + most, len(text)) + 1):
        if at - start >= 2 and text.startswith(_ENDS, at):
            for end in _ENDS:
                if text.startswith(end, at) and follows(text, at + len(end)):
                    return at + len(end)
        if at == len(text) or not in_name(text[at]):
            return None
    return None


def strong_at(text: str) -> int | None:
    """The end of the office that a title begins with, where its last word leaves no doubt."""
    for at in range(min(24, len(text)) + 1):
        if at >= 2 and text.startswith(_STRONG_ENDS, at):
            return at + next(len(end) for end in _STRONG_ENDS if text.startswith(end, at))
        if at == len(text) or not in_name(text[at]):
            return None
    return None


def value_end(folded: str, start: int, limit: int) -> Place:
    """The value printed at `start` without its code: up to a year, another key, or a character that no name has."""
    code = _CODE.match(folded, start, limit)
    start = code.end() if code else start
    end = start
    while end < limit and in_name(folded[end]):
        end += 1
    stops = [at for word in _VALUE_ENDS if (at := folded.find(word, start + 1, end)) > 0]
    year = _YEAR.search(folded, start + 1, limit)
    return start, min(*stops, end, year.start() if year else end)


def as_office(folded: str, start: int, end: int) -> Place | None:
    """The name at `[start, end)` without a stamp's place, when it is shaped like an office."""
    text = folded[start:end]
    while True:
        noise = next((t for t in (*_STAMPS, "部门(单位)", "部门", "单位") if text.endswith(t)), "")
        bare = text.removesuffix(noise)
        if not noise or not bare or (noise in ("部门", "单位") and not bare.endswith(_ENDS)):
            break
        text = bare
    if text.startswith("(") and ")" not in text:
        return None
    return (start, start + len(text)) if is_office(text) and not no_office(text) else None
