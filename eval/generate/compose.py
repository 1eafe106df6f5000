"""Whole reports as blocks: department, project, summary and their relatives."""

from __future__ import annotations

import random
from dataclasses import dataclass

from eval.generate.base_table import base_grid
from eval.generate.forms import Spec
from eval.generate.grid import Block, Text
from eval.generate.model import Unit
from eval.generate.prose import Author, cover, department_chapters
from eval.generate.style import Style
from eval.generate.subjects import Bench, overall_grid, project_grid
from eval.generate.tables import summary_grid
from eval.generate.truth import Truth


@dataclass
class Desk:
    """What a composer works with."""

    rng: random.Random
    unit: Unit
    style: Style
    truth: Truth
    spec: Spec

    def bench(self) -> Bench:
        """The form builder for this report."""
        return Bench(self.rng, self.unit, self.style, self.truth, self.spec)

    def author(self) -> Author:
        """The writer of prose for this report."""
        return Author(self.rng, self.unit, self.style, self.truth)


def department(desk: Desk) -> list[Block]:
    """整体支出绩效自评报告: prose, base data, the unit's form, the projects' forms."""
    author, bench = desk.author(), desk.bench()
    blocks = [*cover(author), *department_chapters(author)]
    attached = ["部门整体支出绩效评价基础数据表", "部门整体支出绩效自评表"] + ["项目支出绩效自评表"] * bool(
        desk.unit.projects
    )
    blocks += [
        Text([("附件：" if not i else "") + f"1-{i + 1}. {desk.unit.year}年度{name}"])
        for i, name in enumerate(attached)
    ]
    blocks.append(base_grid(desk.rng, desk.unit, desk.style, desk.truth))
    blocks.append(overall_grid(bench))
    blocks += [project_grid(bench, p) for p in desk.unit.projects]
    return blocks


def project(desk: Desk) -> list[Block]:
    """项目支出绩效自评报告 about one project: short prose and its form."""
    desk.truth.kind = "project"
    author, bench = desk.author(), desk.bench()
    subject = desk.unit.projects[0]
    blocks: list[Block] = [author.title("%Y年度项目支出绩效自评报告")]
    if desk.rng.random() < 0.6:
        blocks += [
            author.heading("项目概况"),
            Text([f"{subject.name}由{desk.unit.name}组织实施。"]),
            *author.filler(),
        ]
        blocks += [author.heading("项目资金使用及绩效情况"), author.about(subject)]
        blocks += [author.heading("改进措施"), Text([desk.rng.choice(desk.style.words.remedies)])]
    blocks.append(project_grid(bench, subject, own=True))
    return blocks


def forms_only(desk: Desk) -> list[Block]:
    """Several projects' forms one after another, nothing else."""
    desk.truth.kind = "project"
    bench = desk.bench()
    desk.truth.head["fiscal_year"] = None
    only = len(desk.unit.projects) == 1
    return [project_grid(bench, p, own=only) for p in desk.unit.projects]


def summary(desk: Desk) -> list[Block]:
    """绩效自评总报告: chapters on all projects, the summary table and the first project's form."""
    desk.truth.kind = "summary"
    author, bench = desk.author(), desk.bench()
    first = desk.unit.projects[0]
    blocks: list[Block] = [author.title("%Y年度绩效自评总报告"), author.heading("本部门项目绩效目标情况")]
    blocks += [author.say("reported"), author.listing()]
    blocks += [author.heading("单位自评工作开展情况"), *author.filler(2)]
    blocks += [author.heading("综合评价结论"), author.say("covered")]
    blocks += [
        author.heading("偏离绩效目标的原因和改进措施"),
        Text([desk.rng.choice(desk.style.words.remedies)]),
    ]
    with_form = desk.rng.random() < 0.7
    blocks.append(summary_grid(desk.rng, desk.unit, desk.style, desk.truth, first.name if with_form else ""))
    if with_form:
        if (
            len(desk.unit.projects) > 1
        ):  # a form for each project, or a word that the others were filed elsewhere
            blocks.insert(-1, Text([f"本报告只附“{first.name}”的自评表，其余项目的自评表已另行报送。"]))
        blocks.append(project_grid(bench, first))
    return blocks


def prose_only(desk: Desk) -> list[Block]:
    """A department's report without any table."""
    author = desk.author()
    return [*cover(author), *department_chapters(author)]
