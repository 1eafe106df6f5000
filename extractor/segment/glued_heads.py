"""Column heads printed without a separator, and where a form made of such lines begins and ends."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extractor.patterns import lazy
from extractor.profiles.columns import clean_head, heads, role_of
from extractor.segment.lines import Line, is_heading, is_tail, is_title

_REASON = lazy(
    r"(?:执行率|偏差|未完成|未达标|未达成|扣分|得?失分|差异|存在问题|原因|分析|依据|及|和|与|、|拟采取的|下一步|改进|整改|措施|说明|理由|备注)+"
)
_BRACKET = r"(?:\s?\([^()]{1,14}\)|\s?\[[^\[\]]{1,14}\])?"
_FIRST = lazy(r"一\s?级\s?指\s?标|二级指标|三级指标|指标名称")
_LABEL = lazy(
    r"项目名称|主管部门|实施单位|部门\(单位\)名称|部门名称|单位名称|转移支付\(项目\)名称|专项名称|预算部门"
)
TOTAL = lazy(r"(?:总分|总计|合计|总得分|合计得分)(?:\([^()]{1,10}\))?:?\s*(?=\d)")


class Head(NamedTuple):
    """A column head of a glued row: its role and place."""

    role: str
    start: int
    end: int


@cache
def _words(family: str) -> frozenset[str]:
    return frozenset(heads(family))


@cache
def _pattern(family: str) -> re.Pattern[str]:
    words = sorted((re.escape(h) for h in heads(family) if len(h) > 1), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)}){_BRACKET}")


def split_heads(folded: str, start: int, end: int, family: str) -> list[Head]:
    """The heads that follow one another from `start`, longest word first; each role once, nothing unknown between them."""
    out: list[Head] = []
    at, roles = start, set[str]()
    while at < end:
        while at < end and folded[at] in " \n":
            at += 1
        found = _head_at(folded, at, end, family, roles)
        if found is None:
            break
        out.append(found)
        roles.add(found.role)
        at = found.end
    while out and out[-1].role in ("frame", "seq"):
        out.pop()
    return out


def _head_at(folded: str, at: int, end: int, family: str, roles: set[str]) -> Head | None:
    """The longest head at `at` whose role is still free; of two readings the one that lets a further head follow."""
    options: list[Head] = []
    for stop in range(min(end, at + 24), at + 1, -1):
        word = folded[at:stop]
        if "\n" in word or word[-1] == " " or clean_head(word) not in _words(family):
            continue
        role = role_of(family, word)
        if role in ("score", "points") and "rate" not in roles and _is_rate(family, clean_head(word)):
            continue  # 执行率 | 得分
        if role is not None and role not in roles:
            options.append(Head(role, at, stop))
    reason = _reason_head(folded, at, end) if "reason" not in roles else None
    if reason and (not options or reason.end > options[0].end or options[0].role == "reason"):
        return reason
    if not options:
        return None
    pattern = _pattern(family)
    for option in options:
        if (
            option.end >= end
            or folded[option.end] in " \n"
            or pattern.match(folded, option.end, end)
            or _REASON.match(folded, option.end, end)
        ):
            return option
    return options[0]


def _is_rate(family: str, head: str) -> bool:
    """Whether a head is one of the execution rate and one of its points or score, without a separator."""
    return any(role_of(family, head.removesuffix(end)) == "rate" for end in ("得分", "分值", "权重"))


def _reason_head(folded: str, at: int, end: int) -> Head | None:
    """A head for reasons, however it is worded: 偏差原因分析及改进措施."""
    match = _REASON.match(folded, at, end)
    if match is None or not any(
        word in match[0] for word in ("原因", "说明", "措施", "理由", "备注", "依据")
    ):
        return None
    return Head("reason", at, match.end())


def glued_head(folded: str, line: Line) -> list[Head]:
    """The indicator heads printed on a line without separators: at least four, and most of them touching; else nothing."""
    first = _FIRST.search(folded, line.start, line.end)
    if first is None or line.cls != "p":
        return []
    found = split_heads(folded, first.start(), line.end, "indicator")
    roles = {head.role for head in found}
    touching = sum(a.end == b.start for a, b in pairwise(found))
    if (
        len(found) < 4
        or touching * 2 < len(found)
        or not roles & {"level3", "level2"}
        or not roles & {"target", "actual"}
    ):
        return []
    return found


def form_lines(lines: list[Line], at: int, floor: int) -> tuple[int, int]:
    """First and one past the last line of the form whose indicator heads stand on line `at`."""
    begin, seen = at, 0
    for k in range(at - 1, max(floor, at - 39) - 1, -1):
        line = lines[k]
        if line.cls == "B":
            continue
        if line.cls != "p" or is_title(line.text) or is_tail(line.text) or is_heading(line.text):
            break
        seen += 1
        if _LABEL.match(line.text) or role_of("head", line.text.split(":")[0]) not in (None, "unit_name"):
            begin = k
        elif seen > 24:
            break
    end = at + 1
    for k in range(at, min(len(lines), at + 120)):
        line = lines[k]
        if line.cls == "B":
            continue
        if k > at and (line.cls != "p" or is_title(line.text) or is_tail(line.text) or is_heading(line.text)):
            break
        if (
            k > at
            and len(line.text) > 60
            and line.text.endswith("。")
            and not any(c.isdigit() for c in line.text[:40])
        ):
            break
        end = k + 1
        if (k > at and TOTAL.match(line.text)) or (len(line.text) > 150 and TOTAL.search(line.text)):
            break
    return begin, end
