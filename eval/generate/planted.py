"""Errors planted into the blocks of a report before it is printed, drawn from the kinds of eval.planting."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from eval.generate.canvas import Slot
from eval.generate.grid import Grid
from eval.generate.place import Found
from eval.generate.reference import Reference, apply, reference, swept, unprinted
from eval.generate.report import Draft, close
from eval.generate.truth import finish, without_deleted
from eval.planting import KINDS, Sheet
from eval.planting.plant import Draft as Proposal
from eval.planting.plant import applied

_A_KIND = 3  # proposals of one kind that are looked at
# These take a whole table, chapter or column away: what else is wrong with it can no longer be seen.
WHOLE = frozenset(
    {
        "附件清单有而未附",
        "自评表未附",
        "章节空缺",
        "完成值整列空白",
        "只有预算没有执行",
        "总分缺失",
        "指标重复",
        "项目自评表缺一张",
    }
)


@dataclass(eq=False)
class Planted:
    """One error: any of `codes` answers it, the first is the check it was made for; `places` are in the text that was read."""

    kind: str
    codes: tuple[str, ...]
    description: str
    quote: str
    slots: tuple[Slot, ...]
    places: list[tuple[int, int]] = field(default_factory=list)
    found: Found = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The check it was made for."""
        return self.codes[0]

    def locate(self, found: Found) -> None:
        """Note where the changed values stand; a deletion has no place."""
        self.found = {id(slot): found[id(slot)] for slot in self.slots if id(slot) in found}
        self.places = sorted(self.found.values())


@dataclass(frozen=True)
class Plan:
    """A kind of error that fits a report."""

    kind: str
    codes: tuple[str, ...]
    proposal: Proposal


def plans(sheet: Sheet) -> list[Plan]:
    """Every error that can be planted into a report."""
    found = []
    aims = sheet.gold["head"]["kind"] == "target"
    for name, (codes, function) in KINDS.items():
        if aims and not codes[0].startswith(("FMT", "UNI")):
            continue  # a form of targets is no self-evaluation: what it leaves open is yet to come
        for count, proposal in enumerate(function(sheet)):
            if count == _A_KIND:
                break
            if applied(sheet.text, proposal.edits) != sheet.text:
                found.append(Plan(name, (*codes, *proposal.also), proposal))
    return found


def plant(made: Draft, seed: int) -> tuple[Planted, ...]:
    """Plant one to three errors that do not touch each other into the blocks of a draft."""
    rng = random.Random(f"plant/{seed}/{made.name}")
    first = reference(made.blocks)
    close(made.desk)
    sheet = Sheet(made.name, first.canvas.text, finish(made.desk.truth, first.canvas, made.name))
    chosen = _chosen(plans(sheet), rng, rng.choice((1, 2, 2, 3)))
    unprinted(made.desk.truth, first)
    done = tuple(_planted(first, plan) for plan in chosen)
    made.blocks = swept(made.blocks)
    without_deleted(made.desk.truth, made.blocks)
    _renamed(made)
    return done


def _renamed(made: Draft) -> None:
    """A line of the 汇总表 whose project no form goes by any more is a project of its own."""
    truth = made.desk.truth
    for row in (row for block in made.blocks if isinstance(block, Grid) for row in block.rows):
        cells = {cell.role: part for cell in row.cells for part in cell.parts if isinstance(part, Slot)}
        known = {project["name"].text for project in truth.projects if project["name"] is not None}
        if row.kind == "sum" and row.record is None and cells["name"].text not in known:
            row.record = truth.project(cells)


def _planted(first: Reference, plan: Plan) -> Planted:
    slots = apply(first, plan.proposal.edits)
    quote = slots[0].text if slots else ""
    return Planted(plan.kind, plan.codes, plan.proposal.description, quote[:80], tuple(slots))


def _chosen(known: list[Plan], rng: random.Random, many: int) -> list[Plan]:
    """Plans of different families that touch different characters; a rare code is as likely as a common one."""
    chosen: list[Plan] = []
    while known and len(chosen) < many:
        code = rng.choice(sorted({plan.codes[0] for plan in known}))
        plan = rng.choice([each for each in known if each.codes[0] == code])
        chosen.append(plan)
        if plan.kind in WHOLE:
            return [plan]
        known = [each for each in known if _apart(each, plan)]
    return chosen


def _apart(one: Plan, other: Plan) -> bool:
    """Whether two errors can be told apart: neither code answers the other, and no character is shared."""
    if one.kind in WHOLE or set(one.codes) & set(other.codes):
        return False
    return not any(
        a < d and c < b
        for a, b in ((s - 1, e + 1) for s, e, _ in one.proposal.edits)
        for c, d in ((s - 1, e + 1) for s, e, _ in other.proposal.edits)
    )
