"""Planted errors of the report's text: conclusions, counts, attachments, chapters, headings, dates, units, spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from eval.planting.plant import Draft, insert, kind, put, to
from eval.planting.scores import filled, short
from eval.planting.sheet import OVERALL, Sheet, Spoken, Spot, conclusion

_ORDINALS = "一二三四五六七八九十"
_CHAPTER = re.compile(rf"^(?:#+\s*)?([{_ORDINALS}])、")
_MONEY = re.compile(r"^[\d,]+\.\d+万元$")
_STAMP = re.compile(r"填报日期[:：]([^\n]*?)(?=联系电话|\n|$)")
_COLUMNS = {"budget_initial": "initial", "budget_annual": "annual", "exec": "executed"}
_WHOLE = frozenset(
    {"budget_initial", "budget_annual", "exec_annual", "expenditure_total", "revenue_budget", "project_budget", "project_exec"}
)  # fmt: skip
_TYPOS = (
    ("部分", "部份"),
    ("覆盖", "复盖"),
    ("签订", "签定"),
    ("部署", "布署"),
    ("账", "帐"),
    ("绩效", "积效"),
)


def chapters(sheet: Sheet) -> list[tuple[int, int, int]]:
    """Start and end of every chapter heading outside the tables, and where its text ends."""
    heads = [(s, e) for s, e in sheet.prose if _CHAPTER.match(sheet.text[s:e]) and e - s < 40]
    limit = min((t["start"] for t in sheet.gold["tables"]), default=len(sheet.text))
    heads = [head for head in heads if head[0] < limit]
    ends = [start for start, _ in heads[1:]]
    return [(s, e, after) for (s, e), after in zip(heads, ends, strict=False)]


def captioned(sheet: Sheet, start: int, word: str) -> int:
    """Where a table begins with the caption above it."""
    for _ in range(4):
        above, _ = sheet.line_of(start - 1)
        line = sheet.text[above:start]
        if (
            above == start
            or re.match(r"附[件表]|\d+[-.、]", line)
            or (line.strip() and word not in line and not re.search(r"年度|单位[:：]", line))
        ):
            return start
        start = above
    return start


@kind("称全部完成而有未达标行", "CON-06")
def all_done(sheet: Sheet) -> Iterator[Draft]:
    """A sentence says that every goal was reached although a row fell short."""
    at = conclusion(sheet)
    # a row without a target and a result lost its points for how something was done: it denies no goal
    rows = (row for form in sheet.forms for row in filled(form) if row["target"] and row["actual"])
    if at is not None and any(short(row) for row in rows):
        yield Draft((insert(at, "各项绩效指标均已全部完成年初目标。"),), "结论后加“全部完成”")


@kind("压减目标与支出增长", "CON-07", "CON-06")
def cut_that_grew(sheet: Sheet) -> Iterator[Draft]:
    """A sentence claims a cut of project spending that the base table contradicts."""
    cells, at = sheet.base("项目支出"), conclusion(sheet)
    before, after = cells.get("budget_initial"), cells.get("exec")
    if (
        before
        and after
        and before.number
        and after.number
        and after.number > before.number
        and at is not None
    ):
        text = "年初确定的项目支出压减20%的目标已完成，项目支出实际压减20%。"
        yield Draft((insert(at, text),), "结论后加“项目支出压减20%”")
        # a row of a project's form speaks of that project's money, which the 基础数据表 does not contradict
        own = [form for form in sheet.forms if form.scope == OVERALL]
        for row in (r for form in own for r in filled(form)[-1:]):
            name, target, actual = row["level3"], row["target"], row["actual"]
            if name and target and actual:
                edits = (put(name, "压减项目支出比例"), put(target, "≥20%"), put(actual, "20%"))
                yield Draft(edits, "末行指标改为“压减项目支出比例”，完成20%")


@kind("涉密表述而附明细", "CON-10")
def secret(sheet: Sheet) -> Iterator[Draft]:
    """A sentence calls a project secret whose form the report prints."""
    at = conclusion(sheet)
    for form in sheet.forms:
        if at is not None and form.scope != OVERALL:
            name = form.scope.removesuffix("项目")
            yield Draft(
                (insert(at, f"{name}项目部分内容涉密，按规定不对外作公开评价。"),), "结论后加涉密表述"
            )


@kind("内设机构个数≠列举", "CON-09")
def listed_offices(sheet: Sheet) -> Iterator[Draft]:
    """The count of offices is not that of the listed ones."""
    for spot in sheet.said("dept_internal_count"):
        start = max(sheet.text.rfind(mark, 0, spot.start) for mark in "。，\n")
        if spot.number and sheet.text.count("、", start, spot.start) == spot.number - 1:
            yield Draft((to(spot, spot.number + 2),), f"内设机构{spot.text}改多2个")


@kind("在职人数正文≠表", "CON-04", "SUM-12", "RAT-02", "CON-02", "REA-09")
def staff(sheet: Sheet) -> Iterator[Draft]:
    """The staff misprinted in the sentence."""
    known = sheet.base("财政供养").get("on_duty")
    for spot in sheet.said("staff_on_duty", "on_duty"):
        if known is not None and spot.number and spot.number == known.number:
            yield Draft((to(spot, spot.number - 3),), f"正文在职{spot.text}改少3人")


@kind("项目名称前后不一致", "CON-05", "XDC-05", "FMT-04", "CON-08")
def project_name(sheet: Sheet) -> Iterator[Draft]:
    """A project's form calls it otherwise than the 汇总表."""
    if not any(t["kind"] == "project_summary" for t in sheet.gold["tables"]):
        return
    for project in sheet.gold["projects"]:
        raw = project["name"]
        if any(form.inside(Spot(raw["raw"], raw["start"], raw["end"])) for form in sheet.forms):
            spot = Spot(raw["raw"], raw["start"], raw["end"])
            yield Draft((put(spot, spot.text[:-2] + "管理维护"),), f"自评表项目名{spot.text}改动")


@kind("附件清单有而未附", "CON-08", "INT-02", "INT-03")
def missing_base(sheet: Sheet) -> Iterator[Draft]:
    """The base table that the list of attachments names is gone; without a list CON-08 has nothing to compare."""
    for table in sheet.gold["tables"]:
        if table["kind"] == "base_data":
            start = captioned(sheet, table["start"], "基础数据表")
            if not re.search(r"附[件表]?[:：].{0,60}基础数据表", sheet.text[:start]):
                continue
            yield Draft(((start, table["end"], ""),), "基础数据表连同表名删去")


@kind("自评表未附", "INT-02", "INT-03", "CON-08", "INT-05")
def missing_form(sheet: Sheet) -> Iterator[Draft]:
    """The only form is gone with its caption; one of several is the list's, which CON-08 compares (CHECKS 0.16).

    A summary of all projects need not attach any form.
    """
    alone = len(sheet.forms) == 1 and sheet.gold["head"]["kind"] != "summary"
    for form in sheet.forms if alone and chapters(sheet) else ():
        start = captioned(sheet, form.start, "自评表")
        yield Draft(((start, form.end, ""),), "自评表连同表名删去")


@kind("章节空缺", "INT-01", "REA-11", "INT-09")
def empty_chapter(sheet: Sheet) -> Iterator[Draft]:
    """A chapter keeps its heading and loses its text."""
    for start, end, after in chapters(sheet)[-1:]:
        yield Draft(((end, after, "\n"),), f"“{sheet.text[start:end].strip()}”内容删去")


@kind("总分缺失", "INT-05", "SCO-02", "SCO-12", "INT-04")
def no_total(sheet: Sheet) -> Iterator[Draft]:
    """Neither the form nor the sentence prints the total; without a column of points their sum would be read as it."""
    for form in (f for f in sheet.forms[:1] if any(row["points"] for row in f.rows)):
        spoken = sheet.said("total_score", "score", form.scope)
        if form.total_score is not None and len(sheet.forms) == 1:
            edits = (put(form.total_score, ""), *(put(spot, "良好成绩") for spot in spoken))
            yield Draft(edits, "表内、正文总分均删去")


@kind("完成值整列空白", "INT-08", "CMP-01", "SCO-12", "INT-04")
def no_actuals(sheet: Sheet) -> Iterator[Draft]:
    """The column of actuals is empty."""
    for form in sheet.forms:
        edits = tuple(put(spot, "") for row in form.rows if (spot := row["actual"]) is not None)
        yield Draft(edits, f"{len(edits)}行完成值清空")


@kind("只有预算没有执行", "INT-09", "INT-04", "CON-01")
def no_execution(sheet: Sheet) -> Iterator[Draft]:
    """The column of execution is empty."""
    for form in sheet.forms:
        edits = tuple(
            put(spot, "")
            for row in form.funds
            for key in ("executed", "rate")
            if (spot := row[key]) is not None
        )
        yield Draft(edits, "资金栏执行数、执行率清空")


@kind("日期缺失", "INT-06", "FMT-03")
def no_date(sheet: Sheet) -> Iterator[Draft]:
    """The date of signing is gone: the only one of the report, or that of its only stamp; another that was blank before says as much."""
    raw = sheet.gold["head"]["report_date_span"]
    stamps = [m[1].strip() for m in _STAMP.finditer(sheet.text)]
    if raw and len(stamps) < 2 and all(stamps) and (not stamps or stamps[0] == raw["raw"]):
        yield Draft(((raw["start"], raw["end"], ""),), f"{raw['raw']}删去")


@kind("日期错误", "FMT-03", "INT-06")
def wrong_date(sheet: Sheet) -> Iterator[Draft]:
    """The date of signing does not exist."""
    raw = sheet.gold["head"]["report_date_span"]
    if raw:
        wrong = re.sub(r"年\d+月\d+日", "年2月31日", raw["raw"])
        yield Draft(((raw["start"], raw["end"], wrong),), f"{raw['raw']}改为{wrong}")


@kind("标题序号断裂", "FMT-01")
def broken_order(sheet: Sheet) -> Iterator[Draft]:
    """A chapter's number jumps, then repeats."""
    found = chapters(sheet)
    for n, new in ((2, 1), (1, 0)):
        if len(found) > n + 1:
            start, end, _ = found[n]
            at = start + sheet.text[start:end].index("、") - 1
            jumped = _ORDINALS[_ORDINALS.index(sheet.text[at]) + (2 if new else -1)]
            yield Draft(((at, at + 1, jumped),), f"第{n + 1}章序号改为{jumped}")


@kind("模板残留", "FMT-02")
def left_over(sheet: Sheet) -> Iterator[Draft]:
    """A filling instruction and a converter's mark are left in the text."""
    for start, end, _ in chapters(sheet)[:1]:
        yield Draft(
            (insert(end, "（此处填写部门主要职能，表述格式参考如下，200字以内）"),), "标题后留填报说明"
        )
        yield Draft((insert(start, "[bookmark: _GoBack]"),), "标题前留书签")


@kind("单位名称不一致", "FMT-04")
def unit_name(sheet: Sheet) -> Iterator[Draft]:
    """The form prints another name of the unit."""
    name = sheet.gold["head"]["unit_name"]["raw"] if sheet.gold["head"]["unit_name"] else ""
    said = name and any(name in sheet.text[s:e] for s, e in sheet.prose)
    for form in sheet.forms[:1] if said else ():
        at = sheet.text.find(name, form.start, form.end)
        if at >= 0 and sheet.text.find(name, at + 1, form.end) < 0:
            wrong = name[:-1] + ("处" if name.endswith("局") else "局")
            yield Draft(((at, at + len(name), wrong),), f"表内单位名改为{wrong}")


@kind("语句截断", "FMT-07")
def cut_off(sheet: Sheet) -> Iterator[Draft]:
    """A paragraph breaks off within its last sentence, right before a heading.

    Before another paragraph it may be a page that conversion cut in two: there silence is right (CHECKS 0, first sentence).
    """
    heads = {start for start, _, _ in chapters(sheet)}
    for start, end in sheet.prose:
        line, after = sheet.text[start:end], len(sheet.text) - len(sheet.text[end:].lstrip("\n"))
        if len(line) > 80 and line.endswith("。") and after in heads:
            yield Draft(((end - 9, end, ""),), "段末九字删去")
            return


@kind("元与万元混用", "UNI-01", "UNI-03", "CON-01", "CON-02", "SUM-01", "SUM-02", "SUM-03")
def unit_of_money(sheet: Sheet) -> Iterator[Draft]:
    """An amount in 万元 that the report gives again, of the same thing, stands once in 元 (CHECKS 0.16)."""
    for figure in sheet.spoken:
        spot = figure.spot
        if figure.table or not _MONEY.match(spot.text) or figure.period != sheet.year or not spot.number:
            continue  # nothing is as much in 元 as in 万元
        if any(other.start != spot.start for other in _same_thing(sheet, figure)):
            bare = spot.text.removesuffix("万元")
            yield Draft((put(spot, bare + "元"),), f"{spot.text}改为{bare}元")


def _same_thing(sheet: Sheet, figure: Spoken) -> Iterator[Spot]:
    """Where the report prints a figure's number again for what the figure speaks of."""
    for other in sheet.spoken:
        alike = other.metrics & figure.metrics and other.stages & figure.stages
        told = (other.scope, other.period, other.spot.number)
        if alike and told == (figure.scope, figure.period, figure.spot.number):
            yield other.spot
    columns = [_COLUMNS[stage] for stage in figure.stages if stage in _COLUMNS]
    totals = [form.total for form in sheet.forms if form.scope == figure.scope]
    for row in (row for row in totals if row is not None):
        for spot in (row[column] for column in columns):
            if figure.metrics & _WHOLE and spot is not None and spot.number == figure.spot.number:
                yield spot


@kind("数量级错误", "UNI-03", "CON-01", "CON-02", "SUM-03", "RAT-01", "SUM-01", "REA-01")
def magnitude(sheet: Sheet) -> Iterator[Draft]:
    """A decimal point slipped by one place."""
    for metric in ("budget_annual", "project_exec"):
        for spot in sheet.said(metric)[:1]:
            if spot.number:
                yield Draft((to(spot, spot.number * 10),), f"{spot.text}放大10倍")


@kind("错别字", "UNI-02")
def misspelt(sheet: Sheet) -> Iterator[Draft]:
    """A common word misspelt."""
    for right, wrong in _TYPOS:
        for start, end in sheet.prose:
            at = sheet.text.find(right, start, end)
            if at >= 0 and end - start > 40:
                yield Draft(((at, at + len(right), wrong),), f"{right}写成{wrong}")
                break


@kind("计量单位缺失", "UNI-05", "CON-01", "CON-02", "SUM-01", "SUM-03")
def no_unit(sheet: Sheet) -> Iterator[Draft]:
    """An amount lost the 元 of its 万元."""
    for metric in ("expenditure_project", "budget_annual", "project_exec", "exec_annual"):
        for spot in sheet.said(metric)[:1]:
            if spot.text.endswith("万元"):
                yield Draft((put(spot, spot.text.removesuffix("元")),), f"{spot.text}写成{spot.text[:-1]}")


@kind("条目重复", "UNI-06")
def stutter(sheet: Sheet) -> Iterator[Draft]:
    """An indicator's name printed twice in its cell."""
    for form in sheet.forms:
        for row in form.rows[:1]:
            name = row["level3"]
            if name:
                yield Draft((put(name, f"{name.text} {name.text}"),), f"“{name.text}”重复")


@kind("小数位不统一", "FMT-05", "CON-01", "CON-02")
def places(sheet: Sheet) -> Iterator[Draft]:
    """One amount of a sentence printed with five decimals."""
    for spot in sheet.said("expenditure_project", "exec")[:1]:
        if _MONEY.match(spot.text) and spot.number:
            new = spot.printed(spot.number + Decimal("0.00013"), 5)
            yield Draft((put(spot, new),), f"{spot.text}写成{new}")


@kind("制度名称已废止", "FMT-06")
def old_rule(sheet: Sheet) -> Iterator[Draft]:
    """A sentence cites accounting rules that are no longer in force."""
    at = conclusion(sheet)
    if at is not None:
        yield Draft(
            (insert(at, "会计核算执行《行政单位会计制度》和《事业单位会计准则》。"),), "结论后引用已废止制度"
        )


@kind("并列与其中不清", "FMT-08", "SUM-01", "SUM-02")
def of_which(sheet: Sheet) -> Iterator[Draft]:
    """The 其中 between basic spending and its parts is gone, so that parts read as further items; a share of it tells them still."""
    basic = next(iter(sheet.said("expenditure_basic", "exec")), None)
    part = next(iter(sheet.said("expenditure_personnel", "exec")), None)
    if basic and part and 0 < part.start - basic.end < 16:
        at = sheet.text.find("，其中", basic.end, part.start)
        told = re.match(r"[^。\n]*占", sheet.text[part.end :])
        if at >= 0 and not told:
            colon = sheet.text[at + 3] in "：:"
            yield Draft(((at + 1, at + 3 + colon, ""),), "“其中”删去")


@kind("约数", "CMP-07")
def vague(sheet: Sheet) -> Iterator[Draft]:
    """An actual is a round number with 余."""
    for form in sheet.forms:
        for row in form.rows:
            target, actual = row["target"], row["actual"]
            if target and actual and actual.text.endswith(("场", "场次", "件", "人次", "家", "个")):
                yield Draft(
                    (put(actual, re.sub(r"(\d)(\D+)$", r"\1余\2", actual.text)),), f"{actual.text}加“余”"
                )
