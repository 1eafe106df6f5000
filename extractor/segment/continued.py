"""Forms that were found in two pieces: a head without its tables, or money whose indicators stand behind lines of prose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.segment.forms import Form
from extractor.segment.lines import Line, is_annex, is_heading, is_tail, is_title

_SCORED = frozenset(("indicator", "money"))
_NAMES = frozenset(("project_name", "unit_name"))
_HEAD, _GOALS = 3, 24  # lines between a head and its tables, and of the goals between money and indicators


class Found(NamedTuple):
    """A form, and one past the last line of its region."""

    form: Form
    last: int


def take_head(above: Found | None, form: Form, first: int) -> None:
    """Give a form without a head that of the piece above it, which holds nothing else."""
    if above is None or first - above.last > _HEAD or above.form.blocks or not form.kinds & _SCORED:
        return
    if form.title is None and not _named(form):
        form.heads[:0] = above.form.heads


def is_rest(above: Found | None, form: Form, first: int, lines: Sequence[Line]) -> bool:
    """Whether a form is the indicators of the one above, between whose money and them only its goals are printed."""
    if above is None or above.form.kinds != {"money"} or not _named(above.form):
        return False
    if form.kinds != {"indicator"} or form.title is not None or _named(form) or first - above.last > _GOALS:
        return False
    between = [line.text for line in lines[above.last : first] if line.text]
    return not any(is_title(text) or is_tail(text) or is_annex(text) or is_heading(text) for text in between)


def _named(form: Form) -> bool:
    return any(role in _NAMES for role, _, _ in form.heads)


def append(form: Form, rest: Form) -> None:
    """Put the rest of a form behind its beginning."""
    shift = len(form.grid)
    for block in rest.blocks:
        block.at = [at + shift for at in block.at]
    form.blocks += rest.blocks
    form.grid += rest.grid
    form.heads += rest.heads
    form.goals += rest.goals
    form.totals += rest.totals
    form.pairs += rest.pairs
    form.header_rows += rest.header_rows
