"""How far a person is with a review, who signed, and what became of the notes on the draft before: what the documents say of it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from extractor.render.words import PROPOSAL

STANDINGS = {"draft": "初稿", "checked": "复核", "final": "定稿"}
_STAMPS = {"draft": "初稿", "checked": "复核稿", "final": ""}
_FINAL = "经审核人审定"


class Signature(NamedTuple):
    """Who took a review a step on, and when."""

    name: str
    at: datetime

    @property
    def day(self) -> str:
        """The day as an opinion is dated."""
        return f"{self.at.year}年{self.at.month}月{self.at.day}日"

    @property
    def moment(self) -> str:
        """Day and minute."""
        return self.at.strftime("%Y-%m-%d %H:%M")


class Followed(NamedTuple):
    """An adopted note on the draft before, what became of it, and why."""

    code: str
    location: str
    comment: str
    outcome: str
    reason: str


class Signing(NamedTuple):
    """The step a review stands at, with the signatures that hold; without any it is a draft of the product."""

    standing: str = "draft"
    checked: Signature | None = None
    final: Signature | None = None
    followed: tuple[Followed, ...] = ()

    @property
    def name(self) -> str:
        """初稿, 复核 or 定稿."""
        return STANDINGS[self.standing]

    @property
    def stamp(self) -> str:
        """What stands across every page; nothing on what is final."""
        return _STAMPS[self.standing]

    @property
    def mark(self) -> str:
        """The same behind a title, in brackets."""
        return f"（{self.stamp}）" if self.stamp else ""

    @property
    def proposal(self) -> str:
        """What the verdict is worth: the system's proposal until a person has signed."""
        return _FINAL if self.standing == "final" else PROPOSAL

    @property
    def signed(self) -> str:
        """Who signed, and when; nothing on a draft."""
        steps = (("复核", self.checked), ("定稿", self.final))
        return "，".join(f"{step} {by.name} {by.moment}" for step, by in steps if by is not None)

    @property
    def line(self) -> str:
        """The step and who signed it."""
        return "　".join(part for part in (self.stamp or self.name, self.signed) if part)


DRAFT = Signing()
