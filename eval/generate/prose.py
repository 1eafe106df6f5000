"""The chapters of reports: headings, filler and sentences with figures."""

from __future__ import annotations

import random
from decimal import Decimal

from eval.generate import words
from eval.generate.canvas import Part
from eval.generate.facts import project_facts, unit_facts
from eval.generate.grid import Block, Text
from eval.generate.model import Project, Unit
from eval.generate.phrases import Teller
from eval.generate.style import Style
from eval.generate.truth import Truth

NUMERALS = "一二三四五六七八九十"


class Author:
    """Writes the prose of one report."""

    def __init__(self, rng: random.Random, unit: Unit, style: Style, truth: Truth) -> None:
        self.rng, self.unit, self.style, self.truth = rng, unit, style, truth
        self.names = {"%Y": str(unit.year), "%P": str(unit.year - 1), "%U": unit.name}
        self.teller = Teller(rng, truth, unit_facts(unit, style), self.names)
        self.chapter = 0

    def heading(self, title: str) -> Text:
        """The next first-level heading."""
        self.chapter += 1
        return Text([f"{NUMERALS[self.chapter - 1]}、{title}"], 1)

    def filler(self, count: int = 1) -> list[Block]:
        """Paragraphs whose numbers are no figures."""
        return [Text([text]) for text in self.rng.sample(self.style.words.filler, count)]

    def say(self, *groups: str) -> Text:
        """One paragraph with a sentence of each of the lexicon's groups."""
        change = self.unit.total.executed - self.unit.total.previous
        wording = {"more": "增加" if change >= 0 else "减少", "rise": "增长" if change >= 0 else "下降"}
        wording["offices"] = "、".join(words.OFFICES[: self.unit.departments])
        parts: list[Part] = []
        for group in groups:
            parts += self.teller.pick(self.fit(self.style.words.phrases[group]), None, **wording)
        return Text(parts)

    def fit(self, group: tuple[str, ...]) -> tuple[str, ...]:
        """The phrases that fit a budget that was cut: they speak of additions only when there were any."""
        if self.unit.total.adjust >= 0:
            return group
        return tuple(
            p.replace("调整追加", "调减").replace("年中追加", "年中追减").replace("追加", "追减")
            for p in group
        )

    def about(self, project: Project) -> Text:
        """A sentence about one project."""
        facts = project_facts(project, self.unit, self.style)
        turned = "追减" if project.money.adjust < 0 else "追加"
        names = self.names | {"%N": project.name}
        teller = Teller(self.rng, self.truth, facts, names)
        return Text(teller.pick(self.style.words.phrases["one_project"], turned=turned))

    def listing(self) -> Text:
        """All projects and their amounts in one sentence."""
        numbered = self.rng.random() < 0.35
        spent = self.rng.random() < 0.5
        leads = (
            ("实际执行项目包括：", "项目支出主要用于：") if spent else ("年初预算项目：", "年初安排项目：")
        )
        parts: list[Part] = [self.rng.choice(leads)]
        gap = self.rng.choice(("", "", " ", "支出" if spent else "预算"))
        for index, project in enumerate(self.unit.projects, 1):
            fact = project_facts(project, self.unit, self.style)["exec" if spent else "initial"]
            number = f"{index}. " if numbered else ""
            vague = spent and parts[0] == leads[1]  # what money is for may be what was planned
            parts += [
                number + project.name + gap,
                self.truth.figure(
                    fact.text,
                    fact.metric + "|project_budget" * vague,
                    fact.stage + "|budget_annual" * vague,
                    fact.kind,
                    scope=project.name,
                ),
            ]
            parts.append("；" if index < len(self.unit.projects) else "。")
        return Text(parts)

    def title(self, text: str) -> Text:
        """A title line whose year and unit name count as the head's when they come first."""
        left, mark, right = text.replace("%Y", str(self.unit.year)).partition("%U")
        parts = self.truth.titled(left)
        if mark:
            parts += [self.truth.first("unit_name", self.unit.name), *self.truth.titled(right)]
        return Text(parts, -1)

    def dated(self) -> Text:
        """The date of the report."""
        year, month, day = self.unit.date
        shown = self.rng.choice(
            (f"{year}年{month}月{day}日", f"{year}年{month}月 {day}日", f"{year}年{month:02d}月{day:02d}日")
        )
        return Text([self.truth.first("report_date", shown)])


def cover(author: Author) -> list[Block]:
    """Title, unit and date."""
    unit, rng = author.unit, author.rng
    form = rng.random()
    if form < 0.4:
        blocks: list[Block] = [author.title("%Y年度部门（单位）整体支出"), Text(["绩效自评报告"], -1)]
        blocks.append(Text(["部门（单位）名称：", author.truth.first("unit_name", unit.name)]))
        blocks.append(author.dated())
        return blocks
    if form < 0.7:
        return [author.title("%Y年度%U整体支出绩效自评报告")]
    return [
        author.title("%Y年度部门整体支出绩效自评报告"),
        Text([author.truth.first("unit_name", unit.name)]),
    ]


def department_chapters(author: Author) -> list[Block]:
    """The chapters of a department's report."""
    unit, rng = author.unit, author.rng
    blocks: list[Block] = [
        author.heading("部门（单位）基本情况"),
        author.say("staff"),
        *author.filler(),
    ]
    blocks.append(author.heading("一般公共预算支出情况"))
    blocks += [
        Text(["（一）基本支出情况"], 2),
        author.say("budget"),
        author.say("execution"),
        author.say("basic"),
    ]
    if rng.random() < 0.6:
        blocks.append(author.say("compare"))
    if rng.random() < 0.7:
        blocks.append(author.say("sangong"))
    if rng.random() < 0.5:
        blocks.append(author.say("purchase"))
    blocks.append(Text(["（二）项目支出情况"], 2))
    if unit.projects:
        blocks += [author.say("projects"), author.listing()]
    else:
        blocks.append(Text(["本年度无项目支出。"]))
    for fund in ("政府性基金预算", "国有资本经营预算", "社会保险基金预算"):
        blocks += [
            author.heading(fund + "支出情况"),
            Text([f"{unit.year}年度本单位没有使用{fund}安排的支出。"]),
        ]
    blocks += [
        author.heading("资金使用及绩效情况"),
        Text(["（一）整体支出绩效情况"], 2),
        *author.filler(rng.choice((1, 2, 3))),
    ]
    if unit.projects:
        blocks.append(Text(["（二）项目支出绩效情况"], 2))
        for index, project in enumerate(unit.projects, 1):
            blocks.append(author.about(project))
            if index == 1 and rng.random() < 0.3:
                blocks += author.filler()
    return blocks + closing_chapters(author)


def closing_chapters(author: Author) -> list[Block]:
    """Problems, remedies and results."""
    unit, rng = author.unit, author.rng
    blocks: list[Block] = [
        author.heading("存在的问题及原因分析"),
        Text([rng.choice(author.style.words.problems)]),
    ]
    if unit.total.ratio < Decimal("0.9"):
        blocks.append(Text([f"预算执行率偏低的原因：{unit.form.rate_reason}。"]))
    blocks += [author.heading("下一步改进措施"), Text([rng.choice(author.style.words.remedies)])]
    blocks.append(author.heading("绩效自评结果拟应用和公开情况"))
    if unit.projects and rng.random() < 0.7:
        blocks.append(author.say("cover_words"))
    blocks += [author.say("result"), author.heading("其他需要说明的情况"), Text(["无"])]
    if author.truth.head.get("report_date") is None and rng.random() < 0.4:
        blocks += [Text([unit.name]), author.dated()]
    return blocks
