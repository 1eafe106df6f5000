"""What is never sent to a model: sections that speak of secrets, and whatever bears the name of a project they call secret."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.document import Document
from extractor.patterns import lazy
from extractor.schema import OVERALL
from extractor.segment import Layout

SECRET = "涉密内容不发送给模型"
_SECRET = lazy(
    r"涉\s?密|涉及(?:国家)?秘密|国\s?家\s?秘\s?密|工作秘密|属于?(?:国家)?秘密|[绝机]\s?密(?![码钥切集封度])|秘\s?密\s?(?:级|[★☆*]|项目|事项)"
    r"|密\s?级"
)
_DENIED = lazy(r"(?:[不非未无]|没有|是否)[^\W\d_]{0,3}$")
_NAMED = lazy(
    r"[“\"《]([^“”\"《》]{3,40})[”\"》]|((?<![\u4e00-\u9fff])(?![本该此各其])[\u4e00-\u9fff]{2,30}?(?:项目|工程|专项|经费))"
)
_BEFORE = 8


class Withheld:
    """The ranges of a document and the names that must not leave this machine."""

    def __init__(self, ranges: tuple[tuple[int, int], ...], names: tuple[str, ...]) -> None:
        self.ranges, self.names = ranges, names

    def hides(self, start: int, end: int, text: str = "") -> bool:
        """Whether a piece lies in a withheld range or tells of a withheld name."""
        if any(start < stop and begin < end for begin, stop in self.ranges):
            return True
        return bool(self.names) and any(name in _bare(text) for name in self.names)

    def may_name(self, name: str) -> bool:
        """Whether the name of a project may be told to a model: no part of a withheld one, nothing called secret."""
        bare = _bare(name)
        return not _SECRET.search(bare) and not any(each in bare or bare in each for each in self.names)


def withheld(document: Document, layout: Layout) -> Withheld:
    """Every section in which something is called secret, and the names told with it."""
    ranges: list[tuple[int, int]] = []
    names: list[str] = []
    for at in _marks(document.folded):
        ranges += [(s.span.start, s.span.end) for s in layout.sections if s.span.start <= at < s.span.end]
        start = document.folded.rfind("\n", 0, at) + 1
        stop = document.folded.find("\n", at)
        line = document.folded[start : stop if stop >= 0 else None]
        names += [_bare(match[1] or match[2]) for match in _NAMED.finditer(line)]
        names += [scope for table in layout.tables if (scope := _bare(table.scope)) in _bare(line)]
    kept = dict.fromkeys(name for name in names if name != OVERALL and len(name) > 3)
    return Withheld(tuple(dict.fromkeys(ranges)), tuple(kept))


def _marks(folded: str) -> Iterator[int]:
    """Where the text calls something secret and does not deny it."""
    for match in _SECRET.finditer(folded):
        if not _DENIED.search(folded, max(0, match.start() - _BEFORE), match.start()):
            yield match.start()


def _bare(text: str) -> str:
    return "".join(text.split())
