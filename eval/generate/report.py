"""From a seed to a report with its truth."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

from eval.generate.canvas import Canvas, Slot
from eval.generate.catalogue import CATALOGUE
from eval.generate.compose import Desk
from eval.generate.essay import LENGTHS, lengthened
from eval.generate.forms import Spec
from eval.generate.genres import small_tables
from eval.generate.grid import Block
from eval.generate.layouts import Layout
from eval.generate.lexicon import Lexicon, lexicon
from eval.generate.make import make_unit, without_deductions
from eval.generate.printing import Pen, Printer, print_report
from eval.generate.style import Style, make_style
from eval.generate.truth import Record, Truth, finish

LAYOUTS: tuple[str, ...] = tuple(CATALOGUE)


@dataclass(frozen=True)
class Generated:
    """A report, the layout it was printed in, what it says and what was done to it."""

    text: str
    layout: str
    truth: dict[str, Any]
    notes: list[str]


@dataclass
class Draft:
    """A report before anything is printed: its blocks, and the truth they will point into."""

    seed: int
    name: str
    desk: Desk
    blocks: list[Block]
    composer: str
    printers: tuple[Printer, ...] = ()  # those a text was printed with

    @property
    def recipe(self) -> Layout:
        """How the layout prints it."""
        return CATALOGUE[self.name]


def draft(seed: int, layout: str | None = None, kind: str = "development") -> Draft:
    """The report of a seed as blocks; without a layout the seed chooses one; `kind` says whose words it uses."""
    rng = random.Random(f"{seed}/{layout}" if kind == "development" else f"{kind}/{seed}/{layout}")
    name = layout if layout is not None else rng.choice(LAYOUTS)
    if name not in CATALOGUE:
        raise ValueError(f"unknown layout {name!r}; known: {', '.join(LAYOUTS)}")
    recipe = CATALOGUE[name]
    style = _style(rng, recipe, lexicon(kind))
    composer = rng.choice(recipe.composers)
    wish = recipe.wish
    if composer.__name__ != "department" and wish.projects[0] == 0:
        wish = replace(wish, projects=(1, max(1, wish.projects[1])))
    spec = _spec(rng, recipe.spec)
    unit = make_unit(rng, wish, style)
    if not spec.reasons or composer is small_tables:
        unit = without_deductions(unit)
    desk = Desk(rng, unit, style, Truth("department", unit.year), spec)
    blocks = lengthened(rng, composer(desk), style.words.essay, rng.choice(LENGTHS))
    return Draft(seed, name, desk, blocks, composer.__name__)


def generate(seed: int, layout: str | None = None, kind: str = "development") -> Generated:
    """The report of a seed as text."""
    return printed(draft(seed, layout, kind))


def printed(made: Draft) -> Generated:
    """The text of a draft, in its layout."""
    recipe, desk = made.recipe, made.desk
    canvas = Canvas()
    pen = Pen(canvas, desk.rng, desk.style, [])
    printers = list(recipe.printers)
    if recipe.shuffled:
        desk.rng.shuffle(printers)
        printers = printers if made.name == "mixed" else printers[:1]
    made.printers = tuple(printers)
    print_report(pen, made.blocks, printers, recipe.paragraphs)
    return _finished(made, pen)


def _style(rng: random.Random, recipe: Layout, words: Lexicon) -> Style:
    """A style with what the layout fixes."""
    looks = dict(recipe.looks)
    style = make_style(rng, words, yuan=bool(looks.pop("yuan", False)))
    level1_points = looks.pop("level1_points", style.level1_points)
    return replace(style, level1_points=str(level1_points), headers={**style.headers, **recipe.headers})


def _spec(rng: random.Random, spec: Spec) -> Spec:
    """The layout's form with what varies from report to report."""
    return replace(spec, by_nature=rng.random() < 0.25, blank_row=rng.random() < 0.1)


def _finished(made: Draft, pen: Pen) -> Generated:
    recipe, desk = made.recipe, made.desk
    truth = desk.truth
    chosen = [d for d in recipe.maybe if pen.rng.random() < 0.5]
    for damage in (*recipe.damages, *chosen):
        damage(pen.canvas, pen.rng)
    close(desk)
    record = finish(truth, pen.canvas, f"{made.name}-{made.seed}.txt")
    record["extras"]["glued"] = [{"kind": kind, "cells": _spans(slots)} for kind, slots in pen.glued]
    notes = [f"composer {made.composer}", *(f"damage {d.__name__}" for d in (*recipe.damages, *chosen))]
    notes += [f"{len(record['extras'][key])} {key}" for key in ("glued", "damaged") if record["extras"][key]]
    return Generated(pen.canvas.text, made.name, record, notes)


def close(desk: Desk) -> None:
    """Settle what the head says once everything is printed."""
    _own_result(desk.truth)
    _own_date(desk)


def _spans(slots: list[Slot]) -> list[Record]:
    return [{"start": s.start, "end": s.end, "meant": s.text} for s in slots]


def _own_result(truth: Truth) -> None:
    """Score and grade of the report's own subject, from prose when no form prints them."""
    if truth.kind == "summary":
        return
    for key in ("total_score", "grade"):
        if truth.head.get(key) is not None:
            continue
        for figure in truth.figures:
            if figure["metric"] == key and figure["scope"] == "整体" and figure["span"].printed:
                truth.head[key] = figure["span"]
                break


def _own_date(desk: Desk) -> None:
    """The date of the report: its cover's or signature's, else the one of a form."""
    year, month, day = desk.unit.date
    span = desk.truth.head.get("report_date") or desk.truth.head.get("stamp_date")
    desk.truth.head["report_date"] = span
    desk.truth.date = f"{year}-{month:02d}-{day:02d}" if span is not None else None
