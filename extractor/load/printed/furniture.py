"""What stands on every page and belongs to none: page numbers, running heads and feet."""

from __future__ import annotations

from collections import Counter

from extractor.load.printed.sheet import PageText
from extractor.load.printed.words import Row
from extractor.patterns import lazy

_MARGIN = 0.09  # of the page's height
_PAGE_NUMBER = lazy(r"[-—–─·.第]*(?:\d{1,4}|[ivxIVX]{1,6})[-—–─·.页]*(?:[/共]\d{1,4}页?)?")
_MARKED = lazy(
    r"[-—–─·]{1,3}\d{1,4}[-—–─·]{1,3}|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?"
)  # is one wherever it stands
_DASHED = lazy(r"[-—–─·]{1,3}\d{1,4}[-—–─·]{1,3}")
_PARTS, _FAR = 3, 2.0  # words of such a number; times the height
_DIGITS = lazy(r"\d+")


def without_furniture(pages: list[PageText]) -> str:
    """Take page numbers and repeated heads and feet out of the pages' lines, and return what was taken or never was of them."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_key(row) for row in page.rows if _in_margin(page, row)})
    often = max(2, (len(pages) + 1) // 2)
    taken: list[str] = []
    for page in pages:
        kept = []
        for row in page.rows:
            text = _text(row)
            repeated = len(pages) > 1 and seen[_key(row)] >= often
            if (
                _MARKED.fullmatch(text)
                or _heads(row)
                or (_in_margin(page, row) and (repeated or _PAGE_NUMBER.fullmatch(text)))
            ):
                taken.append(text)
            else:
                kept.append(row)
        page.rows = kept
    return "\n".join([*taken, *(page.aside for page in pages if page.aside)])


def _heads(row: Row) -> bool:
    """Whether a line ends, far behind a short text, in the number of its page between dashes."""
    for n in range(1, min(len(row) - 1, _PARTS) + 1):
        tail, before = row[-n:], row[-n - 1]
        if _DASHED.fullmatch(_text(tail)) and tail[0].x0 - before.x1 > _FAR * before.height:
            return True
    return False


def _text(row: Row) -> str:
    return "".join(word.text for word in row)


def _key(row: Row) -> tuple[str, int]:
    return _DIGITS.sub("#", _text(row)), round(row[0].y0 / 4)


def _in_margin(page: PageText, row: Row) -> bool:
    middle = (row[0].y0 + row[0].y1) / 2
    return middle < _MARGIN * page.height or middle > (1 - _MARGIN) * page.height
