"""The source text cut at every boundary of every place, so that places that overlap can all be shown and found."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

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


class Marked:
    """A text with its places, any stretch of which can be shown: each part that lies in a place is an element with the kinds of those places as classes."""

    def __init__(self, text: str, places: Iterable[Range]) -> None:
        self.text = text
        opened: dict[int, list[str]] = {}
        closed: dict[int, list[str]] = {}
        for start, end, kind in places:
            opened.setdefault(start, []).append(kind)
            closed.setdefault(end, []).append(kind)
        self._cuts = sorted({0, len(text), *opened, *closed})
        self._kinds: list[list[str]] = []
        inside: Counter[str] = Counter()
        for low in self._cuts:
            inside.subtract(closed.get(low, ()))
            inside.update(opened.get(low, ()))
            self._kinds.append([kind for kind in sorted(inside) if inside[kind] > 0])

    def stretch(self, start: int, end: int) -> Markup:
        """`text[start:end]`; the offsets of its elements are those of the whole text."""
        n = max(bisect_right(self._cuts, start) - 1, 0)
        out = []
        while n < len(self._cuts) and self._cuts[n] < end:
            low = max(start, self._cuts[n])
            high = min(end, self._cuts[n + 1]) if n + 1 < len(self._cuts) else end
            if low < high:
                out.append(_piece(self.text, low, high, self._kinds[n]))
            n += 1
        return Markup("".join(out))  # noqa: S704  every piece is escaped in _piece


def marked(text: str, places: Iterable[Range]) -> Markup:
    """The whole text with its places."""
    return Marked(text, places).stretch(0, len(text))


def _piece(text: str, low: int, high: int, kinds: list[str]) -> str:
    shown = escape(text[low:high].translate(_ODD))
    if not kinds:
        return str(shown)
    return f'<mark class="{" ".join(kinds)}" data-a="{low}" data-b="{high}" tabindex="-1">{shown}</mark>'
