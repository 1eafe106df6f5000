"""Invent a unit whose numbers agree: sums add, rates divide, scores follow the rules."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from eval.generate import words
from eval.generate.model import ZERO, Assessment, Indicator, Money, Project, Staff, Unit
from eval.generate.scoring import SCHEMES, make_indicators
from eval.generate.style import Style, rounded

_LEAST_SPENT = Decimal("0.85")
_MOST_MOVED = Decimal("0.28")  # RAT-07 asks about more than 30 %


@dataclass(frozen=True)
class Wish:
    """What a layout asks of the model."""

    scheme: str = ""
    project_scheme: str = ""
    projects: tuple[int, int] = (0, 4)
    step: str = ""
    adjusted: bool = True


def amount(rng: random.Random, low: float, high: float, step: Decimal) -> Decimal:
    """A random amount in multiples of step."""
    return (Decimal(str(rng.uniform(low, high))) / step).to_integral_value() * step


def make_money(rng: random.Random, low: float, high: float, step: Decimal, *, full: float = 0.5) -> Money:
    """An item with a modest adjustment and an execution that does not exceed the budget."""
    initial = amount(rng, low, high, step)
    turn = rng.random()
    adjust = ZERO if turn < 0.45 else amount(rng, 0, float(initial) * 0.2, step)
    if turn > 0.9:
        adjust = -amount(rng, 0, float(initial) * 0.15, step)
    annual = initial + adjust
    executed = annual if rng.random() < full else amount(rng, float(annual) * 0.82, float(annual), step)
    previous = amount(rng, float(initial) * 0.8, float(initial) * 1.15, step)
    return Money(previous, initial, adjust, min(executed, annual))


def share_out(rng: random.Random, total: Decimal, parts: int, step: Decimal) -> list[Decimal]:
    """Divide an amount into parts that add to it exactly."""
    if parts == 1:
        return [total]
    shares = [amount(rng, 0.5, 1.0, Decimal("0.01")) for _ in range(parts)]
    values = [
        (total * s / sum(shares) / step).to_integral_value(rounding="ROUND_FLOOR") * step for s in shares[:-1]
    ]
    return [*values, total - sum(values)]


def make_form(
    rng: random.Random, money: Money, scheme_name: str, style: Style, year: int, step: Decimal
) -> Assessment:
    """Score one subject."""
    scheme = SCHEMES[scheme_name]
    points = Decimal(scheme.execution)
    score = rounded(points * money.ratio, 2)
    carry = amount(rng, 0, float(money.initial) * 0.1, step) if rng.random() < 0.3 else ZERO
    other = amount(rng, 0, float(money.initial) * 0.1, step) if rng.random() < 0.15 else ZERO
    goals = rng.sample(style.words.goals, rng.choice((2, 3, 3, 4)))
    if rng.random() < 0.5:
        expected = "；".join(goals) + "。"
        told = [rng.random() < 0.5 for _ in goals]
        told[0] = told[0] or not any(told)  # what was reached never repeats what was expected to the letter
        done = "；".join(f"已{g}" if each else g for g, each in zip(goals, told, strict=True)) + "。"
    else:
        expected = "".join(f"目标{i}：{g}。" for i, g in enumerate(goals, 1))
        done = "".join(f"目标{i}：{g}，已完成。" for i, g in enumerate(goals, 1))
    low = money.ratio < Decimal("0.9") and money.annual > 0
    return Assessment(
        money,
        carry,
        other,
        points,
        score,
        make_indicators(rng, scheme, money, style, year),
        expected,
        done,
        rng.choice(style.words.low_rate_reasons) if low else "",
    )


def make_name(rng: random.Random, bureaus: tuple[str, ...]) -> tuple[str, str]:
    """The place and the full name of an invented unit."""
    place = rng.choice(words.PLACE_FIRST) + rng.choice(words.PLACE_SECOND) + rng.choice(words.PLACE_KIND)
    if place.endswith("区") and rng.random() < 0.5:
        place = rng.choice(words.PLACE_FIRST) + rng.choice(words.PLACE_SECOND) + "市" + place
    return place, place + rng.choice(bureaus)


def make_projects(rng: random.Random, wish: Wish, style: Style, year: int, step: Decimal) -> list[Project]:
    """The unit's projects, each with its own form."""
    count = rng.randint(*wish.projects)
    projects = []
    for name in rng.sample(style.words.projects, min(count, len(style.words.projects))):
        money = make_money(rng, 5, 400, step)
        if rng.random() < 0.12:
            money = Money(ZERO, ZERO, money.initial, min(money.executed, money.initial))
        if not wish.adjusted:
            money = Money(money.previous, money.initial, ZERO, min(money.executed, money.initial))
        scheme = wish.project_scheme or rng.choice(
            ("standard", "standard", "cost", "no_satisfaction", "quarters")
        )
        projects.append(Project(name, make_form(rng, money, scheme, style, year, step)))
    return projects


def make_staff(rng: random.Random) -> Staff:
    """People of a unit that does not exceed its quota."""
    quota = rng.randrange(6, 160)
    on_duty = max(3, quota - rng.randrange(0, max(1, quota // 6) + 1))
    return Staff(quota, on_duty, rng.choice((0, 0, 0, 1)), rng.randrange(0, quota))


def make_public(rng: random.Random, step: Decimal) -> tuple[Money, ...]:
    """公用经费 in four items whose execution stays near the budget."""
    items = []
    for _ in range(4):
        budget = make_money(rng, 2, 60, step)
        items.append(Money(budget.previous, budget.initial, ZERO, min(budget.executed, budget.initial)))
    return tuple(items)


def small_money(rng: random.Random, high: float, step: Decimal, *, zero: float) -> Money:
    """A 三公 item: often nothing, never above its budget, not growing."""
    if rng.random() < zero:
        return Money(ZERO, ZERO, ZERO, ZERO)
    initial = amount(rng, 0.5, high, step) + step
    executed = amount(rng, 0.1, float(initial), step)
    return Money(executed + amount(rng, 0, 0.5, step), initial, ZERO, min(executed, initial))


def _within(money: Money, step: Decimal) -> Decimal:
    """Spending between 85 and 100 % of the initial budget: RAT-06 asks about less than 80 %."""
    least = (money.initial * _LEAST_SPENT / step).to_integral_value(ROUND_CEILING) * step
    return max(least, min(money.executed, money.initial))


def _steadied(personnel: Money, projects: Sequence[Money], public: Sequence[Money], step: Decimal) -> Money:
    """Personnel large enough that projects added in the year move the unit's budget by less than 30 %."""
    total = sum((*projects, *public), personnel)
    short = abs(total.adjust) / _MOST_MOVED - total.initial
    if short <= 0:
        return personnel
    more = (short / step).to_integral_value(ROUND_CEILING) * step
    return personnel + Money(more, more, ZERO, more)


def without_deductions(unit: Unit) -> Unit:
    """The unit with full points on every indicator: its form has no place to say why points were lost."""

    def full(form: Assessment) -> Assessment:
        return replace(form, indicators=tuple(_reached(row) for row in form.indicators))

    projects = tuple(replace(p, form=full(p.form)) for p in unit.projects)
    return replace(unit, projects=projects, form=full(unit.form))


def _reached(row: Indicator) -> Indicator:
    """What a row that fell short would say had it reached its target."""
    if row.score == row.points:
        return row
    return replace(row, score=row.points, reason="", actual=row.met, done=row.number)


def make_unit(rng: random.Random, wish: Wish, style: Style) -> Unit:
    """Invent the whole unit."""
    place, name = make_name(rng, style.words.bureaus)
    year = rng.randrange(2018, 2025)
    step = Decimal(wish.step or rng.choice(("0.01", "0.01", "0.01", "1", "0.0001")))
    projects = make_projects(rng, wish, style, year, step)
    personnel = make_money(rng, 60, 1500, step)
    public = make_public(rng, step)
    personnel = _steadied(personnel, [p.money for p in projects], public, step)
    total = sum((p.money for p in projects), personnel) + sum(public, Money(ZERO, ZERO, ZERO, ZERO))
    form = make_form(
        rng,
        total,
        wish.scheme
        or rng.choice(
            ("standard", "standard", "cost", "quality20", "no_satisfaction", "sixty_thirty", "twenty_eighty")
        ),
        style,
        year,
        step,
    )
    procurement = make_money(rng, 20, 200, step)
    return Unit(
        name,
        name,
        place,
        year,
        (year + 1, rng.randrange(2, 9), rng.randrange(1, 28)),
        make_staff(rng),
        rng.randrange(3, 12),
        personnel,
        public,
        small_money(rng, 6, step, zero=0.2),
        small_money(rng, 3, step, zero=0.9),
        small_money(rng, 18, step, zero=0.8),
        small_money(rng, 12, step, zero=0.5),
        Money(procurement.previous, procurement.initial, ZERO, _within(procurement, step)),
        tuple(projects),
        form,
        rng.choice(words.SURNAMES) + rng.choice(words.GIVEN),
        f"{rng.randrange(10, 99):02d}{rng.randrange(100000, 999999)}",
        rng.choice((("优", "良", "中", "差"), ("优秀", "良好", "中", "差"))),
    )
