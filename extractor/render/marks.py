"""The source text cut at every boundary of every place, so that places that overlap can all be shown and found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from markupsafe import Markup, escape

from extractor.document import Span

Range = tuple[int, int, str]
_ODD = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127], "�")


def ranges(span: Span) -> list[tuple[int, int]]:
    """The pieces of a place."""
    pieces = [(part.start, part.end) for part in span.parts] if span.parts else [(span.start, span.end)]
    return [(start, end) for start, end in pieces if start < end]


def at(spans: Iterable[Span]) -> Markup:
    """Places as the page's script reads them: `12-18 40-44`; offsets are no telephone numbers, so nothing is left out."""
    found = sorted({r for span in spans for r in ranges(span)})
    return Markup(" ".join(f"{start}-{end}" for start, end in found))  # noqa: S704  digits


def marked(text: str, places: Iterable[Range]) -> Markup:
    """The text, each stretch that lies in a place an element with the kinds of those places as classes."""
    opened: dict[int, list[str]] = {}
    closed: dict[int, list[str]] = {}
    for start, end, kind in places:
        opened.setdefault(start, []).append(kind)
        closed.setdefault(end, []).append(kind)
    cuts = sorted({0, len(text), *opened, *closed})
    inside: Counter[str] = Counter()
    out = []
    for low, high in pairwise(cuts):
        inside.subtract(closed.get(low, ()))
        inside.update(opened.get(low, ()))
        out.append(_piece(text, low, high, [kind for kind in sorted(inside) if inside[kind] > 0]))
    return Markup("".join(out))  # noqa: S704  every piece is escaped in _piece


def _piece(text: str, low: int, high: int, kinds: list[str]) -> str:
    shown = escape(text[low:high].translate(_ODD))
    if not kinds:
        return str(shown)
    return f'<mark class="{" ".join(kinds)}" data-a="{low}" data-b="{high}" tabindex="-1">{shown}</mark>'
