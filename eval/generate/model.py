"""The unit whose report is written: numbers that agree with each other, in 万元."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Money:
    """One item at its stages; annual = initial + adjust always holds."""

    previous: Decimal
    initial: Decimal
    adjust: Decimal
    executed: Decimal

    @property
    def annual(self) -> Decimal:
        """The budget after adjustment."""
        return self.initial + self.adjust

    @property
    def ratio(self) -> Decimal:
        """Executed over annual budget; zero when there is no budget."""
        return self.executed / self.annual if self.annual else ZERO

    def __add__(self, other: Money) -> Money:
        return Money(
            self.previous + other.previous,
            self.initial + other.initial,
            self.adjust + other.adjust,
            self.executed + other.executed,
        )


NO_MONEY = Money(ZERO, ZERO, ZERO, ZERO)


@dataclass(frozen=True)
class Indicator:
    """One indicator row; level names are kept without the word 指标."""

    level1: str
    level2: str
    level3: str
    target: str
    actual: str
    points: Decimal | None
    score: Decimal | None
    reason: str = ""
    sign: str = ""
    number: str = ""
    unit: str = ""
    done: str = ""
    met: str = ""


@dataclass(frozen=True)
class Assessment:
    """A scored form: money rows, goals, indicators, total."""

    money: Money
    carry: Decimal
    other: Decimal
    exec_points: Decimal
    exec_score: Decimal
    indicators: tuple[Indicator, ...]
    goal_expected: str
    goal_actual: str
    rate_reason: str = ""

    @property
    def total_points(self) -> Decimal:
        """The sum of all points."""
        return self.exec_points + sum((i.points for i in self.indicators if i.points is not None), ZERO)

    @property
    def total_score(self) -> Decimal:
        """The sum of all scores."""
        return self.exec_score + sum((i.score for i in self.indicators if i.score is not None), ZERO)


@dataclass(frozen=True)
class Project:
    """A project of the unit."""

    name: str
    form: Assessment
    category: str = "special"

    @property
    def money(self) -> Money:
        """The project's money."""
        return self.form.money


@dataclass(frozen=True)
class Staff:
    """People; total = on_duty + lixiu + retired."""

    quota: int
    on_duty: int
    lixiu: int
    retired: int

    @property
    def total(self) -> int:
        """Everybody on the books."""
        return self.on_duty + self.lixiu + self.retired


@dataclass(frozen=True)
class Unit:
    """The reporting unit and everything true about its year."""

    name: str
    short: str
    place: str
    year: int
    date: tuple[int, int, int]
    staff: Staff
    departments: int
    personnel: Money
    public: tuple[Money, ...]
    reception: Money
    abroad: Money
    vehicle_buy: Money
    vehicle_run: Money
    procurement: Money
    projects: tuple[Project, ...]
    form: Assessment
    contact: str
    phone: str
    grades: tuple[str, str, str, str] = field(default=("优", "良", "中", "差"))

    @property
    def public_total(self) -> Money:
        """公用经费."""
        return sum(self.public, NO_MONEY)

    @property
    def basic(self) -> Money:
        """基本支出."""
        return self.personnel + self.public_total

    @property
    def project_total(self) -> Money:
        """项目支出."""
        return sum((p.money for p in self.projects), NO_MONEY)

    @property
    def total(self) -> Money:
        """整体支出."""
        return self.basic + self.project_total

    @property
    def vehicle(self) -> Money:
        """公务用车."""
        return self.vehicle_buy + self.vehicle_run

    @property
    def sangong(self) -> Money:
        """三公经费."""
        return self.vehicle + self.abroad + self.reception

    def grade(self, score: Decimal) -> str:
        """The grade of a score by the usual thresholds 90, 80, 60."""
        return self.grades[0 if score >= 90 else 1 if score >= 80 else 2 if score >= 60 else 3]
