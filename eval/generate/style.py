"""How one report writes things: column names, money, padding."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from eval.generate.lexicon import DEVELOPMENT, Lexicon


@dataclass(frozen=True)
class Style:
    """The choices one report makes and keeps."""

    yuan: bool = False
    thousands: bool = False
    two_decimals: bool = False
    spaced: str = ""
    rate_digits: int = 2
    suffix: bool = True
    level1_points: str = ""
    pad: str = ""
    blank: str = ""
    not_applicable: str = ""
    bare_rate: bool = False
    prose_in_wan: bool = False
    caption_only: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    words: Lexicon = DEVELOPMENT

    def number(self, amount: Decimal) -> str:
        """Money as it stands in a table cell; amount is in 万元."""
        shown = plain(amount * 10000 if self.yuan else amount)
        decimals = len(shown.partition(".")[2])
        if self.two_decimals and decimals < 2:
            shown += ("" if decimals else ".") + "0" * (2 - decimals)
        return grouped(shown) if self.thousands else shown

    def money(self, amount: Decimal) -> str:
        """Money as it stands in a sentence, with its unit; sentences may keep 万元 beside tables in 元."""
        if self.yuan and self.prose_in_wan:
            return plain(amount) + self.spaced + "万元"
        return self.number(amount) + self.spaced + self.unit

    @property
    def unit_label(self) -> str:
        """The unit in a label; nothing when only a caption names it."""
        return "" if self.caption_only else f"（{self.unit}）"

    @property
    def unit(self) -> str:
        """The money unit of the report."""
        return "元" if self.yuan else "万元"

    def rate(self, ratio: Decimal) -> str:
        """A ratio as a percentage."""
        return percent(ratio, self.rate_digits)


def plain(amount: Decimal) -> str:
    """A decimal without exponent and without zeros at its end."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(text: str) -> str:
    """A number with thousands separators."""
    whole, dot, rest = text.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return sign + f"{int(whole.lstrip('-')):,}" + dot + rest


def rounded(amount: Decimal, digits: int) -> Decimal:
    """Half-up rounding, as reports round."""
    return amount.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def percent(ratio: Decimal, digits: int) -> str:
    """A ratio as a percentage with at most so many decimals."""
    return plain(rounded(ratio * 100, digits)) + "%"


def make_style(rng: random.Random, words: Lexicon = DEVELOPMENT, *, yuan: bool = False) -> Style:
    """Choose the style of one report."""
    headers = {key: rng.choice(names) for key, names in words.headers.items()}
    return Style(
        yuan=yuan,
        thousands=yuan and rng.random() < 0.6,
        two_decimals=rng.random() < (0.6 if yuan else 0.25),
        spaced=" " if rng.random() < 0.12 else "",
        rate_digits=rng.choice((0, 1, 2, 2, 2)),
        suffix=rng.random() < 0.7,
        level1_points=rng.choice(("", "", "half", "full", "glued")),
        pad=rng.choice(("", "", "", "\u3000", " ")),
        blank=rng.choice(("", "", "\u3000", " ")),
        not_applicable=rng.choice(("", "", "-", "—", "/", "--")),
        bare_rate=headers["rate"].endswith(("(%)", "（%）")) and rng.random() < 0.5,
        prose_in_wan=rng.random() < 0.5,
        caption_only=rng.random() < 0.25,
        headers=headers,
        words=words,
    )
