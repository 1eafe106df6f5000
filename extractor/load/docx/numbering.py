"""Automatic numbers as printed: 一、 （一） 1. ① before the paragraphs that Word counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from extractor.load.docx.counting import counted
from extractor.load.docx.symbols import symbol
from extractor.load.package import attribute, child, integer, local

_CLOSES = "、，。）)】：:．"
_MOST_LEVELS = 9


@dataclass(slots=True)
class _Level:
    """How one level of a list counts and is printed."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    suffix: str = "tab"
    legal: bool = False
    font: str = ""
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A list of the document: its levels, and which shared counters it goes on with."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives each paragraph its printed number; asked in document order."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self._styles = _styles(styles)
        self._lists = _lists(numbering, self._styles)
        self._counters: dict[str, list[int | None]] = {}
        self._met: set[str] = set()

    def label(self, properties: Any | None, style: str | None) -> str:
        """The number before a paragraph, with what separates it from the text; "" when it has none."""
        found = self._place(properties, style)
        if found is None:
            return ""
        number, level = found
        listed = self._lists.get(number)
        if listed is None or level not in listed.levels:
            return ""
        return self._printed(listed, level, self._count(number, listed, level))

    def _place(self, properties: Any | None, style: str | None) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, or those of its style."""
        own = child(properties, "numPr") if properties is not None else None
        number, level = _number(own)
        seen: set[str] = set()
        named = style
        while (number is None or level is None) and named and named in self._styles and named not in seen:
            seen.add(named)
            based, styled = self._styles[named]
            style_number, style_level = _number(styled)
            if number is None and style_number is not None:
                number = style_number
                level = level if level is not None else style_level
                if level is None and number in self._lists:
                    levels = self._lists[number].levels
                    level = next((k for k, each in levels.items() if each.style == named), None)
            named = based
        if number is None or number == "0":
            return None
        return number, max(0, min(level or 0, _MOST_LEVELS - 1))

    def _count(self, number: str, listed: _List, level: int) -> list[int | None]:
        """Count one on; deeper levels begin anew."""
        counters = self._counters.setdefault(listed.abstract, [None] * _MOST_LEVELS)
        if number not in self._met:
            self._met.add(number)
            for each in listed.starts:
                counters[each] = None
        before = counters[level]
        first = listed.starts.get(level, listed.levels[level].start)
        counters[level] = first if before is None else before + 1
        for deeper in range(level + 1, _MOST_LEVELS):
            restart = listed.levels[deeper].restart if deeper in listed.levels else None
            if restart is None or 0 < restart <= level + 1:
                counters[deeper] = None
        for higher in range(level):
            if counters[higher] is None and higher in listed.levels:
                counters[higher] = listed.levels[higher].start
        return counters

    def _printed(self, listed: _List, level: int, counters: list[int | None]) -> str:
        shape = listed.levels[level]
        if shape.format == "bullet":
            text = "".join(symbol(shape.font, ord(c)) if "\uf000" <= c <= "\uf0ff" else c for c in shape.text)
            return f"{text} " if text.strip() else ""
        text = shape.text
        for n, each in listed.levels.items():
            mark = f"%{n + 1}"
            if mark in text:
                text = text.replace(
                    mark, counted(counters[n] or 0, "decimal" if shape.legal else each.format)
                )
        if not text or shape.suffix == "nothing" or text[-1] in _CLOSES:
            return text
        return f"{text} "


def _number(properties: Any | None) -> tuple[str | None, int | None]:
    """The list's id and the level that a `w:numPr` names."""
    if properties is None:
        return None, None
    number, level = child(properties, "numId"), child(properties, "ilvl")
    depth = attribute(level, "val") if level is not None else None
    return (
        attribute(number, "val") if number is not None else None,
        integer(depth, 0) if depth else None,
    )


def _styles(root: Any | None) -> dict[str | None, tuple[str | None, Any | None]]:
    """Per style, the style it is based on and its `w:numPr`."""
    out: dict[str | None, tuple[str | None, Any | None]] = {}
    for style in root if root is not None else ():
        if local(style) == "style":
            based = child(style, "basedOn")
            parent = attribute(based, "val") if based is not None else None
            out[attribute(style, "styleId")] = (parent, child(style, "pPr", "numPr"))
    return out


def _lists(root: Any | None, styles: dict[str | None, tuple[str | None, Any | None]]) -> dict[str, _List]:
    """Every list by its id, with its own changes to the levels it shares."""
    shared: dict[str, Any] = {}
    lists: dict[str, tuple[str, Any]] = {}
    for each in root if root is not None else ():
        if local(each) == "abstractNum":
            shared[str(attribute(each, "abstractNumId"))] = each
        elif local(each) == "num" and (target := child(each, "abstractNumId")) is not None:
            lists[str(attribute(each, "numId"))] = (str(attribute(target, "val")), each)
    out = {}
    for number, (abstract, each) in lists.items():
        link = child(shared[abstract], "numStyleLink") if abstract in shared else None
        linked = _number(styles.get(attribute(link, "val"), (None, None))[1])[0] if link is not None else None
        named = (
            lists[linked][0] if linked in lists else abstract
        )  # the levels stand in the list that a style names
        found = _List(named, _levels(shared.get(named)))
        for change in each:
            if local(change) == "lvlOverride":
                _override(found, change)
        out[number] = found
    return out


def _override(listed: _List, change: Any) -> None:
    at = integer(attribute(change, "ilvl"), 0)
    if (level := child(change, "lvl")) is not None:
        listed.levels[at] = _level(level)
    if (start := child(change, "startOverride")) is not None:
        listed.starts[at] = integer(attribute(start, "val"), 1)


def _levels(abstract: Any | None) -> dict[int, _Level]:
    found = [] if abstract is None else [each for each in abstract if local(each) == "lvl"]
    return {integer(attribute(each, "ilvl"), 0): _level(each) for each in found}


def _level(element: Any) -> _Level:
    def said(name: str) -> str | None:
        found = child(element, name)
        return attribute(found, "val") if found is not None else None

    fonts = child(element, "rPr", "rFonts")
    restart = said("lvlRestart")
    return _Level(
        format=said("numFmt") or "decimal",
        text=said("lvlText") or "",
        start=integer(said("start"), 1),
        restart=integer(restart, 0) if restart is not None else None,
        suffix=said("suff") or "tab",
        legal=child(element, "isLgl") is not None,
        font=(attribute(fonts, "ascii") or "") if fonts is not None else "",
        style=said("pStyle"),
    )
