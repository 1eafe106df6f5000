"""The document and the things that point into it: one canonical text, code-point offsets, nothing else."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from extractor.records import Record

BBox = tuple[float, float, float, float]


class SpanPart(Record):
    """One uninterrupted piece of a value that a line or page break cuts."""

    start: int
    end: int
    page: int | None = None
    bbox: BBox | None = None
    address: str | None = None


class Span(Record):
    """A place in the document: code points `[start, end)` of `document.text`; `parts` when the value is cut."""

    start: Annotated[int, "起始码位（含），指向 document.text"]
    end: Annotated[int, "结束码位（不含）"]
    page: Annotated[int | None, "页码，自 1 起"] = None
    bbox: Annotated[BBox | None, "PDF 点，原点在左上角"] = None
    address: Annotated[str | None, "表格地址，如 Sheet1!C7"] = None
    parts: Annotated[tuple[SpanPart, ...] | None, "被换行或分页切断时的各段"] = None


class Page(Record):
    """A page of the source and the range of the canonical text it covers."""

    number: int
    width: float
    height: float
    rotation: int
    source: Literal["text", "ocr"]
    start: int
    end: int


SectionRole = Literal[
    "title", "overview", "goal", "funds", "work", "analysis", "results", "conclusion", "problems", "measures", "application",
    "annex", "notes", "other",
]  # fmt: skip


class Section(Record):
    """A heading and all text up to the next heading; the sections of a document tile its text."""

    id: str
    parent: str | None = None
    level: Annotated[int, "1 一、 2 （一） 3 1. 4 （1）；0 为标题前的文字"]
    number: Annotated[str, "原文序号，如 一、"]
    title: str
    span: Span
    role: Annotated[
        SectionRole,
        "标题所说的用途：报告名、基本情况、绩效目标、资金使用、自评工作、绩效分析、成效做法、自评结论、"
        "问题原因、改进措施、结果应用公开、附件附表、其他说明；没有说明用途的为 other",
    ] = "other"
    role_engine: Annotated[Literal["rules", "llm"] | None, "用途由谁判定；other 为 null"] = None


TableKind = Literal["base_data", "self_evaluation", "project_summary", "fund_use", "other"]


class TableCell(Record):
    """A cell of a recovered grid; `text` is NFKC with layout white space removed."""

    id: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    text: str
    span: Span


class Table(Record):
    """A recovered grid; a cell stands at its top-left place and covers `rowspan` × `colspan`."""

    id: str
    title: str
    kind: TableKind
    scope: str
    n_rows: int
    n_cols: int
    header_rows: int
    pages: tuple[int, ...] = ()
    span: Span
    cells: tuple[TableCell, ...]


_WIDE = {i: i - 0xFEE0 for i in range(0xFF01, 0xFF5F)}
_FOLD = _WIDE | {
    ord(a): b
    for a, b in {
        "\u3000": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ",
        "、": "、", "。": "。", "“": '"', "”": '"', "‘": "'", "’": "'", "【": "[", "】": "]", "〔": "[", "〕": "]",
        "﹪": "%", "‰": "‰", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "﹥": ">", "﹤": "<", "﹣": "-", "−": "-",
        "–": "-", "—": "-", "―": "-", "─": "-", "～": "~", "∼": "~", "﹒": ".", "·": "·", "﹕": ":", "∶": ":", "﹔": ";",
        "（": "(", "）": ")", "﹙": "(", "﹚": ")", "│": "|", "┃": "|", "¥": "¥",
    }.items()
}  # fmt: skip
_FOLDED = [(chr(a), b if isinstance(b, str) else chr(b)) for a, b in _FOLD.items()]
_SHORT = 64


def fold(text: str) -> str:
    """`text` with full-width forms, dashes, quotes and exotic spaces replaced one for one: offsets stay true."""
    if len(text) < _SHORT:
        return text.translate(_FOLD)
    for mark, plain in _FOLDED:  # four times as fast as one translation: a text has a dozen of these marks
        if mark in text:
            text = text.replace(mark, plain)
    return text


class Word(NamedTuple):
    """Where a run of characters of the text is printed: `bbox` in PDF points, top-left origin; `confidence` of a scan's reading."""

    start: int
    end: int
    page: int
    bbox: BBox
    confidence: float = 1.0
    covered: bool = False  # by a seal


class Source(NamedTuple):
    """What a loader read, field by field."""

    file_name: str
    media_type: str
    sha256: str
    loader: str
    text: str
    pages: tuple[Page, ...] = ()
    grids: tuple[Table, ...] = ()
    words: tuple[Word, ...] = ()
    warnings: tuple[
        str, ...
    ] = ()  # what of the file was not read, or may not be what a reader sees: Chinese sentences


class Document(Source):
    """What a loader returns: `text` is canonical, every offset of the product indexes it."""

    @cached_property
    def folded(self) -> str:
        """`text` folded one for one; what every reader's regular expression runs on."""
        return fold(self.text)


class Passage(NamedTuple):
    """A paragraph as it is read: folded text with cut sentences rejoined, and the way back to the document.

    `pieces` are (offset in `text`, offset in the document, length), in order.
    """

    section: str
    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """Document ranges of `text[start:end]`, one per piece that it touches."""
        out = []
        for at, source, length in self.pieces:
            low, high = max(start, at), min(end, at + length)
            if low < high:
                out.append((source + low - at, source + high - at))
        return out

    def span(self, start: int, end: int) -> Span:
        """The Span of `text[start:end]`, with parts when a break cuts it."""
        return span_of(self.parts(start, end))


def span_of(parts: list[tuple[int, int]]) -> Span:
    """A Span over document ranges in reading order; `parts` is set when there is more than one."""
    if len(parts) == 1:
        return Span(start=parts[0][0], end=parts[0][1])
    return Span(
        start=parts[0][0],
        end=parts[-1][1],
        parts=tuple(SpanPart(start=a, end=b) for a, b in parts),
    )


def slices(text: str, span: Span) -> str:
    """The raw value at `span`: its slice, or the joined slices of its parts."""
    if span.parts is None:
        return text[span.start : span.end]
    return "".join(text[p.start : p.end] for p in span.parts)
