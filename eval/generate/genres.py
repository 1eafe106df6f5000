"""Reports of other genres and reports that say in sentences what others put into tables."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from eval.generate.base_table import base_grid
from eval.generate.canvas import Part, Slot
from eval.generate.compose import Desk
from eval.generate.facts import project_facts
from eval.generate.grid import Block, Text
from eval.generate.indicator_block import column_text
from eval.generate.labels import level1_text, level_name
from eval.generate.model import ZERO, Assessment, Indicator
from eval.generate.prose import closing_chapters, cover
from eval.generate.relatives import (
    cover_grid,
    scoring_grid,
    small_grids,
    target_grid,
    transfer_grid,
    two_goals_grid,
)
from eval.generate.style import plain
from eval.generate.tables import fund_use_grid


def transfer(desk: Desk) -> list[Block]:
    """A transfer payment's report: its form, with a sentence or two before."""
    desk.truth.kind = "transfer"
    author = desk.author()
    blocks: list[Block] = []
    if desk.rng.random() < 0.5:
        blocks = [
            author.title("%Y年度转移支付绩效自评报告"),
            author.heading("资金投入和使用情况"),
            *author.filler(),
        ]
    return [*blocks, transfer_grid(desk.bench(), desk.unit.projects[0])]


def target(desk: Desk) -> list[Block]:
    """Target forms of one or several projects."""
    desk.truth.kind = "target"
    bench = desk.bench()
    return [target_grid(bench, p) for p in desk.unit.projects]


def two_goals(desk: Desk) -> list[Block]:
    """A form grouped by two goals."""
    desk.truth.kind = "project"
    return [two_goals_grid(desk.bench(), desk.unit.projects[0])]


def evaluation(desk: Desk) -> list[Block]:
    """评价报告 by a third party: prose and a scoring table."""
    desk.truth.kind = "evaluation"
    author = desk.author()
    blocks: list[Block] = [
        author.title("%Y年度%U部门整体支出绩效评价报告"),
        Text(["评价机构：某某会计师事务所（普通合伙）"]),
    ]
    blocks += [
        author.heading("基本情况"),
        author.say("staff"),
        author.say("budget"),
        *author.filler(),
    ]
    blocks += [author.heading("评价结论"), author.say("result")]
    blocks += [author.heading("存在的问题"), Text([desk.rng.choice(desk.style.words.problems)])]
    blocks.append(scoring_grid(desk.bench()))
    return blocks


def scored_department(desk: Desk) -> list[Block]:
    """A department's base data and scoring table."""
    author = desk.author()
    blocks = [
        *cover(author),
        author.heading("基本情况"),
        author.say("staff"),
        author.say("execution"),
    ]
    return [*blocks, base_grid(desk.rng, desk.unit, desk.style, desk.truth), scoring_grid(desk.bench())]


def small_tables(desk: Desk) -> list[Block]:
    """A department's report with a table of funds by task and one small indicator table a first level."""
    author = desk.author()
    blocks = [
        *cover(author),
        author.heading("部门（单位）基本情况"),
        author.say("staff"),
        *author.filler(),
    ]
    blocks += [author.heading("部门（单位）预算管理及执行情况"), Text(["1．资金使用情况"], 3)]
    blocks.append(fund_use_grid(desk.rng, desk.unit, desk.style, desk.truth))
    blocks += [Text(["2.预算管理及执行情况分析"], 3), author.say("budget", "execution")]
    blocks.append(author.heading("部门（单位）整体支出绩效实现情况"))
    for number, (name, grid) in enumerate(small_grids(desk.bench())):
        blocks.append(Text([f"（{'一二三四五'[number]}）{name}完成情况"], 2))
        blocks.append(grid)
    return blocks + closing_chapters(author)


def table_report(desk: Desk) -> list[Block]:
    """A cover, then chapters written as tables."""
    author = desk.author()
    blocks: list[Block] = [
        author.title("%Y年度部门整体支出"),
        Text(["绩效评价自评报告"], -1),
        Text(["部门（单位）名称：  ", desk.truth.first("unit_name", desk.unit.name)]),
        Text([f"预 算 编 码：   {desk.rng.randrange(900000, 999999)}"]),
        Text(["评价方式：部门（单位）绩效自评"]),
        Text(["评价机构：部门（单位）评价组"]),
        Text(["报告日期：", *author.dated().parts]),
        Text([f"{desk.unit.place}财政局（制）"]),
        author.heading("部门（单位）基本概况"),
        cover_grid(desk.bench()),
    ]
    blocks += [author.heading("部门（单位）绩效情况"), *author.filler(), author.say("result")]
    return blocks


def narrative_list(desk: Desk) -> list[Block]:
    """A report in which projects are listed with numbers, office names and amounts side by side."""
    author = desk.author()
    blocks = [*cover(author), author.heading("项目支出情况"), author.say("projects")]
    parts: list[Part] = [desk.rng.choice(("年初预算安排如下：", "年初批复项目及金额："))]
    gap = desk.rng.choice((" ", "", " "))
    for number, subject in enumerate(desk.unit.projects, 1):
        fact = project_facts(subject, desk.unit, desk.style)["initial"]
        figure = desk.truth.figure(fact.text, fact.metric, fact.stage, fact.kind, scope=subject.name)
        parts += [
            f"{number}. {subject.name}{gap}",
            figure,
            "；" if number < len(desk.unit.projects) else "。",
        ]
    blocks.append(Text(parts))
    blocks += [author.about(subject) for subject in desk.unit.projects]
    return blocks + closing_chapters(author)


def sentences(desk: Desk) -> list[Block]:
    """A project's report whose indicators are sentences."""
    desk.truth.kind = "project"
    author = desk.author()
    subject = desk.unit.projects[0]
    blocks: list[Block] = [
        author.title(f"%U{subject.name}%Y年度绩效自评报告".replace("%U", desk.unit.place)),
        Text(["项目单位：", desk.truth.first("unit_name", desk.unit.name)]),
        author.heading("绩效目标完成情况分析"),
        Text(["（一）资金投入情况分析。"], 2),
        author.about(subject),
        Text(["（二）绩效指标完成情况分析。"], 2),
    ]
    shape = desk.rng.choice(("long", "short", "bare"))
    groups = groupby(subject.form.indicators, key=lambda r: r.level1)
    for number, (level1, group) in enumerate(groups, 1):
        rows = list(group)
        points = sum((r.points or ZERO for r in rows), ZERO)
        text, mark = level1_text(level1, points, desk.style, desk.rng)
        slot = Slot(text)
        blocks.append(Text([f"{number}.", slot, "完成情况分析。" if shape == "bare" else ""], 3))
        blocks += [Text(sentence(desk, subject.name, row, slot, mark, shape)) for row in rows]
    blocks += [author.heading("自评结论"), *_verdict(desk, subject.form, subject.name)]
    return blocks


def sentence(
    desk: Desk, scope: str, row: Indicator, level1: Slot, mark: str | None, shape: str
) -> list[Part]:
    """One indicator in one sentence; what is not said is no column of the form."""
    form = desk.bench().blank_form(Assessment(desk.unit.total, ZERO, ZERO, ZERO, ZERO, (row,), "", ""), scope)
    texts = {
        key: column_text(form, key, row)
        for key in ("level3", "target", "actual", "points", "score", "reason")
    }
    slots = {key: Slot(text) for key, text in texts.items() if text}
    slots["level2"] = Slot(level_name(row.level2, desk.style))
    if shape == "bare":
        slots = {key: slot for key, slot in slots.items() if key not in ("points", "score", "reason")}
    parts: list[Part] = [slots["level2"], "："]
    if shape == "short":
        parts = [
            slots["level3"],
            "（",
            slots["level2"],
            "）：目标",
            slots["target"],
            "，实际",
            slots["actual"],
        ]
    else:
        parts += [
            slots["level3"],
            desk.rng.choice(("，目标值", "，年度指标值为", "目标")),
            slots["target"],
            "，实际完成",
            slots["actual"],
        ]
    for key, word in (("points", "，分值"), ("score", "，得分")):
        if key in slots:
            slots[key].text += "分"
            parts += [word, slots[key]]
    if "reason" in slots:
        parts += ["，偏差原因：", slots["reason"]]
    record = desk.truth.indicator({"id": None, "scope": scope}, mark, {"level1": level1, **slots})
    record["table"] = None
    return [*parts, "。"]


def _verdict(desk: Desk, form: Assessment, scope: str) -> list[Block]:
    score = desk.truth.figure(plain(form.total_score) + "分", "total_score", "score", "score", scope=scope)
    grade = desk.truth.figure(desk.unit.grade(form.total_score), "grade", "score", "grade", scope=scope)
    desk.truth.head |= {"total_score": score, "grade": grade}
    return [Text(["该项目绩效自评总得分", score, "，评价等级为“", grade, "”。"])]


def final_accounts(desk: Desk) -> list[Block]:
    """决算公开说明 with a chapter on performance: an adjacent genre."""
    desk.truth.kind = "unknown"
    author = desk.author()
    blocks: list[Block] = [
        author.title("%U%Y年度部门决算公开说明"),
        author.heading("部门概况"),
        author.say("staff"),
    ]
    blocks += [
        author.heading("收入支出决算情况说明"),
        author.say("budget"),
        author.say("compare"),
    ]
    blocks += [author.heading("一般公共预算财政拨款基本支出决算情况说明"), author.say("basic")]
    blocks += [author.heading("“三公”经费支出决算情况说明"), author.say("sangong")]
    blocks += [
        author.heading("其他重要事项的情况说明"),
        Text(["（一）政府采购支出情况"], 2),
        author.say("purchase"),
    ]
    blocks += [Text(["（二）预算绩效管理情况"], 2), author.say("projects"), *author.filler()]
    blocks += [author.about(subject) for subject in desk.unit.projects]
    return blocks


def unfinished(desk: Desk) -> list[Block]:
    """Forms with instructions left in them and without actual values and scores."""
    desk.truth.kind = "project"
    bench = desk.bench()
    bench.spec = replace(bench.spec, filled=False)
    return [bench.unfinished(p) for p in desk.unit.projects]
