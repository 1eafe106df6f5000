"""REA-05 and REA-06: indicators under a heading they do not belong to, and indicators set twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from extractor.findings import Check
from extractor.identities import ZERO
from extractor.patterns import lazy
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.dimensions import KIND_NAMES, kind_of
from extractor.reconcile.forms import Form
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.remarks import guessed, legible, numbered, only_inferred, readable
from extractor.reconcile.rows import name_of, text_of
from extractor.reconcile.targets import kind_of_unit
from extractor.reconcile.values import Words, number_of
from extractor.schema import Indicator

_COUNTS = frozenset(
    ("次", "场", "场次", "人", "人次", "个", "份", "期", "件", "项", "户", "家", "篇", "条", "台")
)
_NUMBER_OF = lazy(r"(?:次数|场次|人数|人次|份数|件数|户数|个数|数量)(?:\([^)]*\))?$")
_ACTIVITY = lazy(r"开展|组织|举办|召开|培训|宣传|活动|会议|讲座|演练")
_ABOUT_TIME = lazy(r"时|期|日|月|年|天|频|进度|率|按|当|度|季|周|每")
_ABOUT_QUALITY = lazy(r"合格|达标|优|准确|规范|有效|通过|正确|不|无|未|违|差错|事故|质")
_USE_OF_MONEY = lazy(r"^(?:项目)?(?:资金|经费)?专款专用(?:率)?$|^(?:资金|经费)使用(?:合规|规范)(?:性|率)?$")
_EXECUTED = lazy(r"^(?:项目)?(?:预算|资金|经费)(?:执行|支付|支出|拨付)(?:率|进度)$")
_GAIN = lazy(r"节约|节省|增收|增加|增长|创收|创造|带动|产值|收入|税|盈利|挽回|减少|降低|撬动")
_PUT_IN = lazy(
    r"^(?:项目|本级|财政|预算|年度)*(?:投入|安排|拨付|下达)(?:资金|经费|金额)(?:总?额|数|量|规模)?$"
)
_DRAWN = lazy(r"社会|民间|企业|外资|引资|吸引|拉动|引导|撬动")
_MOST_POINTS = Decimal(120)
_PLACEHOLDER = lazy(r"^(?:三级|具体|绩效|产出|效益)?指标\d*$")
_RATE = lazy(r"率(?:\([^)]*\))?$")
_NOT_A_SHARE = lazy(r"费率|税率|利率|汇率|效率")
_NAMES_KIND = lazy(r"(?:成本|效益|效果|影响)指标?$")
_LEAST_NAME, _LONGEST_NAME, _MOST_COMMON = 3, 24, 4


def _misplaced(form: Form, row: Indicator) -> str | None:
    """Why an indicator does not belong where it stands; None where it may."""
    kind, name, target = kind_of(row), name_of(row), row.target
    if kind is None or target is None or not legible(row, row.level2, row.level3, target):
        return None
    number, unit = number_of(target), target.unit
    if number is not None and kind_of_unit(unit) == "money":
        if kind == "economic" and number in _own_money(form) and not _GAIN.search(name):
            return "指标值即项目预算额，属投入而非效益"
        if kind == "economic" and _PUT_IN.search(name) and not _GAIN.search(name) and not _DRAWN.search(name):
            return "内容为投入的资金额，属投入而非效益"
        if _RATE.search(name) and not _NOT_A_SHARE.search(name):
            return "指标名为比率，指标值为金额"
    if number is not None and unit in _COUNTS:
        if (
            kind == "quality"
            and _carried_out(name)
            and number
            and target.comparator not in ("≤", "<", "以下")
        ):
            return "内容为数量"
        if kind == "timeliness" and not _ABOUT_TIME.search(name + target.text):
            return "内容为数量"
    if kind == "cost" and _USE_OF_MONEY.search(name):
        return "内容为资金使用的合规性"
    if kind == "quantity" and _EXECUTED.search(name):
        return "内容为预算执行进度"
    return None


def _carried_out(name: str) -> bool:
    """Whether a name counts activities: counts of faults and corrections are quality."""
    counted = _NUMBER_OF.search(name) and _ACTIVITY.search(name)
    return bool(counted) and not _ABOUT_QUALITY.search(name)


def _own_money(form: Form) -> set[object]:
    cells = [c for fund in form.funds for c in (fund.initial, fund.annual, fund.executed)]
    return {number for cell in cells if (number := number_of(cell)) is not None}


@check("REA-05", "三级与二级指标不匹配", "P1", "没有写明二级指标类别的指标行")
def misplaced_indicators(case: Case) -> Iterator[Check]:
    """Money put in as a benefit, counts as quality or timeliness, proper use as cost."""
    found: list[Words] = []
    rows = 0
    for form in case.forms:
        for row in form.rows:
            rows += kind_of(row) is not None
            why, kind, cell = _misplaced(form, row), kind_of(row), row.level3 or row.target
            if why is not None and kind is not None and cell is not None:
                found.append(guessed(cell, f"“{_cut(name_of(row))}”列入{KIND_NAMES[kind]}（{why}）"))
    if found:
        yield line("REA-05", "fail", numbered("text", found), reason=f"{len(found)}行")
    elif rows:
        yield passed("REA-05", f"{rows}行未见归类不符")


@check("REA-06", "指标重复", "P1", "没有写明三级指标的自评表")
def repeated_indicators(case: Case) -> Iterator[Check]:
    """One name under several kinds of one form is one indicator counted several times."""
    found: list[Words] = []
    seen = False
    for form in case.forms:
        groups: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
        for row in form.rows:
            name = bare_name(text_of(row.level3))
            if (
                len(name) > _LEAST_NAME
                and not _PLACEHOLDER.match(name)
                and (legible(row, row.level2, row.level3) or _only_guessed(row))
                and (row.id in form.own_scores or readable(row.score or row.target))
            ):
                seen = True
                groups[row.table, name].append(row)
        for rows in _across_pieces(groups) if _one_form(form) else groups.values():
            kinds = dict.fromkeys(shown for row in rows if (shown := _heading(row)))
            if len(kinds) > 1 and len({row.level3.span for row in rows if row.level3}) > 1:
                found += _repeats(rows, "、".join(kinds))
    if found:
        yield line("REA-06", "fail", numbered("text", found), reason=f"{len(found)}组")
    elif seen:
        yield passed("REA-06", "未见同名指标跨类重复")


def _only_guessed(row: Indicator) -> bool:
    """Whether nothing but the columns of a row is in doubt: a whole name is no other column's."""
    cells = (row.level2, row.level3, row.target)
    return row.level3 is not None and all(cell is None or only_inferred(cell) for cell in cells)


def _one_form(form: Form) -> bool:
    """Whether the small tables of a form share one weight; tables that are full each are forms whose name was lost."""
    return sum((value.number for value in form.points), ZERO) <= _MOST_POINTS


def _across_pieces(groups: dict[tuple[str, str], list[Indicator]]) -> list[list[Indicator]]:
    """The rows of one name; those of several small tables together, unless the tables repeat one another."""
    by_name: dict[str, list[list[Indicator]]] = defaultdict(list)
    for (_, name), rows in groups.items():
        by_name[name].append(rows)
    common = sum(len(pieces) > 1 for pieces in by_name.values())
    if not common or common * _MOST_COMMON > len(by_name):
        return list(groups.values())
    return [[row for piece in pieces for row in piece] for pieces in by_name.values()]


def _heading(row: Indicator) -> str:
    """What a row is listed under: its kind, the 二级 cell where that names several (经济成本指标), else its 一级 cell (决策)."""
    kind = kind_of(row)
    return (
        KIND_NAMES[kind]
        if kind is not None
        else text_of(row.level2)
        if _NAMES_KIND.search(text_of(row.level2))
        else text_of(row.level1)
    )


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _repeats(rows: list[Indicator], kinds: str) -> Iterator[Words]:
    """One operand for a group: the name, where it is set, and whether it scored alike."""
    printed = ([text for cell in (row.score, row.points) if (text := text_of(cell))] for row in rows)
    scores = list(dict.fromkeys("/".join(each) for each in printed))
    spans = tuple(row.level3.span for row in rows if row.level3 is not None)
    first = rows[0].level3
    scored = len(scores) > 1 and all(text_of(row.score) for row in rows)
    told = f"，得分分别为{'、'.join(scores)}" if scored else ""
    role = f"“{_cut(name_of(rows[0]))}”在{kinds}重复设置{told}"
    shaky = any(not readable(row.level2, row.level3) for row in rows)
    yield Words(first.id if first else None, role, spans, certain=not shaky, shaky=shaky)
