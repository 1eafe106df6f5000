"""A planted error, the edits that make it, and the kinds that are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from eval.planting.sheet import Sheet, Spot

Edit = tuple[int, int, str]
_LIMIT = 2  # plants of one kind in one fixture


@dataclass(frozen=True)
class Plant:
    """One error in one fixture; any of `codes` is a right answer, the first is the check it was made for."""

    fixture: str
    kind: str
    codes: tuple[str, ...]
    text: str
    description: str

    @property
    def code(self) -> str:
        """The check it was made for."""
        return self.codes[0]


@dataclass(frozen=True)
class Draft:
    """What a kind proposes: the edits, what they do, and further right answers for this very place."""

    edits: tuple[Edit, ...]
    description: str
    also: tuple[str, ...] = ()


Kind = Callable[[Sheet], Iterator[Draft]]
KINDS: dict[str, tuple[tuple[str, ...], Kind]] = {}


def kind(name: str, *codes: str) -> Callable[[Kind], Kind]:
    """Register a kind of error with the codes that may answer it."""

    def register(function: Kind) -> Kind:
        assert name not in KINDS, name
        KINDS[name] = (codes, function)
        return function

    return register


def planted(sheet: Sheet) -> Iterator[Plant]:
    """Every kind of error that fits a fixture, in a fixed order."""
    for name, (codes, function) in KINDS.items():
        for count, draft in enumerate(function(sheet)):
            if count == _LIMIT:
                break
            text = applied(sheet.text, draft.edits)
            assert text != sheet.text, (sheet.name, name)
            yield Plant(sheet.name, name, (*codes, *draft.also), text, draft.description)


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with non-overlapping edits made."""
    for start, end, new in sorted(set(edits), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def put(spot: Spot, new: str) -> Edit:
    """Print something else in a value's place."""
    return spot.start, spot.end, new


def to(spot: Spot, number: Decimal) -> Edit:
    """Print another number in a value's place, with as many decimals as it needs."""
    plain = number.normalize()
    exponent = plain.as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return put(spot, spot.printed(number, max(spot.places, needed)))


def insert(at: int, new: str) -> Edit:
    """Print something between two characters."""
    return at, at, new


def step(spot: Spot, terms: int = 1) -> Decimal:
    """A change of a value that no rounding explains: a tenth of its leading digit, beyond the tolerance of a sum."""
    number = abs(spot.number or Decimal(1)) or Decimal(1)
    change = Decimal(1).scaleb(number.adjusted() - 1)
    unit = Decimal(1).scaleb(-spot.places)
    while change <= unit * (terms + 2):
        change *= 10
    return change


def bumped(spot: Spot, terms: int = 1, sign: int = 1) -> Edit:
    """Change a value beyond any rounding."""
    assert spot.number is not None
    return to(spot, spot.number + sign * step(spot, terms))
