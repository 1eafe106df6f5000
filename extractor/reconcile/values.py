"""A printed number as a check uses it: where it stands, in which unit, and whether it may have been misread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extractor.amounts import MONEY_UNITS, is_money
from extractor.document import Span
from extractor.findings import Operand
from extractor.identities import ONE, addends, max_places, places
from extractor.patterns import lazy
from extractor.schema import SURE, Cell, Evidence, Figure

# Cells whose column was guessed: where their arithmetic fails, the guess is the likelier fault.
SHAKY = frozenset(("glued", "inferred_column"))
DOUBTFUL = frozenset(("glued", "inferred_column", "unreadable"))
LOW = 0.75
WELL_READ = 0.9  # of every character of a print that was read off a picture
WAN = Decimal(10000)
_PLAIN = lazy(r"^-?\d+(?:,\d{3})*(?:\.\d+)?$")
_NUMERIC = frozenset(("num", "cmp", "count_vague"))


class Value(NamedTuple):
    """One number of the report; `role` is its Chinese name in a formula."""

    ref: str
    number: Decimal
    unit: str | None
    role: str
    spans: tuple[Span, ...]
    certain: bool = True
    source: str = ""
    shaky: bool = False

    def named(self, role: str) -> Value:
        """The same value under another role."""
        return self._replace(role=role)

    def operand(self, name: str) -> Operand:
        """The value as a check records it."""
        return Operand(
            name=name, ref=self.ref, value=self.number, unit=self.unit, role=self.role, spans=self.spans
        )

    @property
    def scale(self) -> Decimal | None:
        """元 per unit, None when the unit is not money."""
        return MONEY_UNITS.get(self.unit) if self.unit else None

    @property
    def yuan(self) -> Decimal | None:
        """The value in 元."""
        return None if self.scale is None else self.number * self.scale


class Words(NamedTuple):
    """A cell of words, or one whose number does not matter, as a check names it."""

    ref: str | None
    role: str
    spans: tuple[Span, ...]
    certain: bool = True
    number: None = None
    shaky: bool = False

    def operand(self, name: str) -> Operand:
        """The words as a check records them: no value."""
        return Operand(name=name, ref=self.ref, value=None, unit=None, role=self.role, spans=self.spans)


def words_of(cell: Cell, role: str) -> Words:
    """A cell by its place alone."""
    spans = () if cell.kind == "blank" and cell.span.end == cell.span.start else (cell.span,)
    return Words(cell.id, role, spans, sure(cell.evidence))


def clear(evidence: Evidence) -> bool:
    """Whether a print and its place are plain to see; off a picture they are where no seal lies on them and each character was sure."""
    flags = evidence.flags
    return evidence.certain or (
        "ocr" in flags
        and "seal" not in flags
        and evidence.confidence >= WELL_READ
        and "unreadable" not in flags
    )


def sure(evidence: Evidence) -> bool:
    """Whether a value was read beyond doubt."""
    return (
        clear(evidence)
        and evidence.confidence >= LOW
        and (not evidence.flags or not DOUBTFUL.intersection(evidence.flags))
    )


def number_of(cell: Cell | None) -> Decimal | None:
    """The number of a cell that should hold one: never of a misread one, never of words."""
    if cell is None or cell.kind == "unreadable" or "unreadable" in cell.evidence.flags:
        return None
    if cell.value is not None and cell.kind in _NUMERIC:
        return cell.value
    return Decimal(cell.text.replace(",", "")) if _PLAIN.match(cell.text) else None


def of_cell(cell: Cell | None, role: str, unit: str | None = None) -> Value | None:
    """The Value of a cell, `unit` being what the table says where the cell prints none."""
    number = number_of(cell)
    if cell is None or number is None:
        return None
    evidence, own = cell.evidence, cell.unit
    if own is not None and not is_money(own):
        own = ("万元" if own == "万" and is_money(unit) else unit) or own
    shaky = bool(evidence.flags) and not SHAKY.isdisjoint(evidence.flags)
    certain = evidence is SURE or sure(evidence)
    return Value(cell.id, number, own or unit, role, (cell.span,), certain, cell.text, shaky)


def of_figure(figure: Figure, role: str) -> Value | None:
    """The Value of a figure; None for a grade."""
    if figure.amount.value is None:
        return None
    return Value(
        figure.id,
        figure.amount.value,
        figure.amount.unit,
        role,
        (figure.span,),
        sure(figure.evidence),
        figure.amount.raw,
    )


def joined(one: Value, other: Value) -> Value:
    """One value for two prints of the same amount, as sure as the surer of them."""
    return one._replace(spans=(*one.spans, *other.spans), certain=one.certain or other.certain)


def comparable(values: Iterable[Value]) -> bool:
    """Whether the values can be added: one unit (also none at all), or all money."""
    units = {value.unit for value in values}
    return len(units) == 1 or all(unit in MONEY_UNITS for unit in units)


def term(name: str, value: Value, unit: str | None) -> str:
    """The operand as a formula names it, converted to `unit` where its own differs."""
    scale = None if unit is None or value.unit == unit else value.scale
    if unit is None or scale is None:
        return name
    ratio = scale / MONEY_UNITS[unit]
    return f"{name} * {ratio:f}" if ratio >= 1 else f"{name} / {1 / ratio:f}"


def _ratio(value: Value, unit: str | None) -> Decimal:
    if unit is None or value.unit == unit:
        return ONE
    scale = value.scale
    return ONE if scale is None else scale / MONEY_UNITS[unit]


def in_unit(value: Value, unit: str | None) -> Decimal:
    """The number converted to `unit`."""
    return value.number if value.unit == unit else value.number * _ratio(value, unit)


def digits_of(values: Iterable[Value], unit: str | None) -> int:
    """The places of the most precise value; of the least precise where units had to be converted (万元 against 元)."""
    values = list(values)
    if all(value.unit == unit for value in values):
        return max_places(value.number for value in values)
    listed = [(value, _ratio(value, unit)) for value in values]
    found = [places(value.number) - ratio.adjusted() for value, ratio in listed]
    converted = any(ratio != 1 for _, ratio in listed)
    return min(found) if converted else max(found)


def shared_digits(one: Value, other: Value) -> int:
    """The places that both prints have, counted in the unit of `other`."""
    return min(places(one.number) - _ratio(one, other.unit).adjusted(), places(other.number))


_FUNCTION = lazy(r"round\((.*), \d+\)$")
_PERCENT = lazy(r"percent\(([^,()]+), ([^,()]+)\)")
_NAME = lazy(r"([A-Za-z_]\w*)")
_WORDING = {"min": "取小", "max": "取大"}


def in_words(formula: str, operands: Mapping[str, Value | Words]) -> str:
    """`formula` as a Chinese reader writes it: roles for names."""
    names = addends(formula)
    if names and operands.keys() >= names.keys():
        return " + ".join([operands[name].role for name in names])
    pieces = _pieces(formula)
    return "".join(operands[piece].role if piece in operands else piece for piece in pieces)


@lru_cache(maxsize=512)
def _pieces(formula: str) -> tuple[str, ...]:
    """A formula in Chinese notation, cut at its names."""
    text = formula
    while match := _FUNCTION.match(text):
        text = match[1]
    text = _PERCENT.sub(r"\1 ÷ \2 × 100%", text).replace("*", "×").replace("/", "÷")
    return tuple(_WORDING.get(piece, piece) for piece in _NAME.split(text) if piece)
