"""The Chinese of the contract's closed sets, and the numbers every human-readable rendering shows."""

from __future__ import annotations

from extractor.amounts import plain
from extractor.findings import Check, Note, Operand, Severity, Status
from extractor.identities import names_in
from extractor.patterns import lazy
from extractor.reconcile.values import Words, in_words
from extractor.redact import redact
from extractor.review import Review
from extractor.schema import Kind, Report, Stage

KINDS: dict[Kind, str] = {
    "department": "部门整体支出绩效自评报告",
    "project": "项目支出绩效自评报告",
    "summary": "绩效自评总报告",
    "transfer": "转移支付绩效自评报告",
    "target": "绩效目标申报表",
    "evaluation": "绩效评价报告",
    "unknown": "材料（类型未能识别）",
}
SEVERITIES: dict[Severity, str] = {"P0": "重大", "P1": "须说明", "P2": "规范性", "I": "提示"}
STATUSES: dict[Status, str] = {
    "pass": "一致",
    "fail": "不一致",
    "rounding": "尾差",
    "unverified": "未核查",
    "not_applicable": "不适用",
}
FAMILIES = {
    "SUM": "合计", "RAT": "比率", "SCO": "计分", "CON": "一致性", "CMP": "可比性", "REA": "合理性", "INT": "完整性",
    "FMT": "规范性", "UNI": "单位", "XDC": "跨文档",
}  # fmt: skip
STAGES: dict[Stage, str] = {
    "prev_final": "上年决算",
    "budget_initial": "年初预算",
    "adjust": "调整",
    "budget_annual": "全年预算",
    "exec": "执行",
    "carryover": "结转",
    "quota": "编制",
    "on_duty": "在职",
    "headcount": "实有人数",
    "retired": "离退休",
    "rate": "比率",
    "points": "分值",
    "score": "得分",
    "other": "",
}
# CHECKS 0.20: an internal reminder; no output repeats what it is about.
INTERNAL = frozenset({"CON-10"})
PROPOSAL = "系统建议，以审核人签批为准"
_CONVERTED = lazy(r"[*/] 1(?:0{4}|0{8})\b")  # 元, 万元 and 亿元 brought to one unit


def one_line(text: str) -> str:
    """`text` on one line, without characters that print nothing."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(c for c in line if c.isprintable()).strip()


def clip(text: str, most: int) -> str:
    """At most `most` characters, an ellipsis where some are cut; persons go first, as half a number is not known for one."""
    if len(text) <= most:
        return text
    text = redact(text)
    return text if len(text) <= most else text[: most - 1] + "…"


def unit_name(report: Report) -> str:
    """The unit as printed, or that it was not read."""
    return one_line(report.unit_name.text) if report.unit_name else "（单位名称未读出）"


def year(report: Report) -> str:
    """`2022年度`, or nothing where no year was read."""
    return f"{report.fiscal_year}年度" if report.fiscal_year is not None else ""


def table_titles(report: Report) -> dict[str, str]:
    """What every table is called, by its id; rows read from sentences have a table that is not among them."""
    return {table.id: one_line(table.title) or "自评表" for table in report.tables}


def counts_read(report: Report) -> list[tuple[str, int, str]]:
    """What was read: name, how many, counter word."""
    return [
        ("数字", len(report.figures), "个"),
        ("指标", len(report.indicators), "行"),
        ("资金", len(report.funds), "行"),
        ("基础数据", len(report.base_data), "行"),
        ("项目", len(report.projects), "个"),
        ("表格", len(report.tables), "张"),
    ]


def counts_checked(review: Review) -> list[tuple[str, int]]:
    """How many checks ended in each status that occurs."""
    found = [check.status for check in review.checks]
    return [(name, found.count(status)) for status, name in STATUSES.items() if status in found]


def reason(review: Review) -> str:
    """Why the verdict is what it is, without the reservation that every rendering states once."""
    return one_line(review.overall.reason).replace(f"{PROPOSAL}。", "")


def own_result(report: Report) -> str | None:
    """Total score and grade as the report states them."""
    score = f"{one_line(report.total_score.text).removesuffix('分')}分" if report.total_score else ""
    grade = f"“{one_line(report.grade.text)}”" if report.grade else ""
    return score + grade or None


def recomputed_result(review: Review) -> str | None:
    """Recomputed score and grade; None when they could not be recomputed."""
    score, grade = review.overall.recomputed_score, review.overall.recomputed_grade
    return None if score is None else f"{plain(score)}分" + (f"“{grade}”" if grade else "")


def by_severity(notes: tuple[Note, ...]) -> dict[Severity, list[Note]]:
    """The notes that stand, by severity, gravest first; dismissed ones are gone."""
    return {
        level: [note for note in notes if note.severity == level and note.state != "dismissed"]
        for level in SEVERITIES
    }


def unit_of(check: Check) -> str:
    """The unit of the computed, the reported and the difference; nothing where it is not one for all."""
    formula = check.formula or ""
    if check.reported is None and check.difference not in (None, check.computed):
        return ""
    if "percent(" in formula:
        return "%"
    if _CONVERTED.search(formula):
        stated = {
            o.unit for o in check.operands if o.value == check.reported and o.name not in names_in(formula)
        }
        return (stated.pop() or "") if len(stated) == 1 else ""
    units = {operand.unit for operand in check.operands if operand.name in names_in(formula)}
    return (units.pop() or "") if len(units) == 1 and "/" not in formula else ""


def formula_in_words(check: Check, most: int = 4) -> str:
    """The formula with its terms' names and what it should equal; a long sum says how many terms it has."""
    if not check.formula:
        return ""
    text = in_words(check.formula, {o.name: Words(o.ref, clip(o.role, 18), ()) for o in check.operands})
    terms = text.split(" + ")
    if len(terms) > most:
        text = " + ".join(terms[: most - 2]) + f" + …（共{len(terms)}项）"
    named = set(names_in(check.formula))
    against = [
        o.role for o in check.operands if o.name not in named and o.value == check.reported is not None
    ]
    return f"{text} = {clip(against[0], 18)}" if len(against) == 1 else text


def formula_in_numbers(check: Check) -> str | None:
    """The formula with the printed numbers in place of the names; None where it is a single number."""
    if not check.formula or check.formula.isidentifier():
        return None
    return in_words(check.formula, {o.name: Words(o.ref, _printed(o), ()) for o in check.operands})


def _printed(operand: Operand) -> str:
    return "？" if operand.value is None else plain(operand.value)
