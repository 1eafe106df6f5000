"""The body of a Word document as blocks: paragraphs with their printed numbers, tables, what stands in text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.load.blocks import Grid
from extractor.load.docx.numbering import Numbering
from extractor.load.docx.runs import WRAPPERS, Runs, chosen
from extractor.load.docx.tables import read_table
from extractor.load.package import attribute, child, local

_UNPRINTED_NOTES = frozenset(("separator", "continuationSeparator", "continuationNotice"))
_CONTENTS = ("TOC", "目录")


class Body:
    """Reads blocks in document order: numbers count on and fields stay open from one block to the next."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.runs = Runs()

    def read(self, parent: Any) -> list[str | Grid]:
        """The blocks below `parent` (a document's root, a cell, a text box)."""
        out: list[str | Grid] = []
        begun = ""  # a paragraph whose mark was deleted goes on in the next one
        for element in _blocks(parent):
            if local(element) == "tbl":
                out.append(read_table(element, self.read))
                continue
            text, boxes = self._paragraph(element)
            text, begun = begun + text, ""
            if _deleted(element):
                begun = text
            else:
                out.append(text)
            for box in boxes:
                out += self.read(box)
        if begun:
            out.append(begun)
        return out

    def notes(self, root: Any) -> list[str | Grid]:
        """The footnotes or endnotes of a document."""
        out: list[str | Grid] = []
        for note in root:
            if attribute(note, "type") not in _UNPRINTED_NOTES:
                out += [block for block in self.read(note) if not isinstance(block, str) or block.strip()]
        return out

    def _paragraph(self, element: Any) -> tuple[str, list[Any]]:
        """The printed text of a paragraph, and the text boxes anchored in it."""
        properties = child(element, "pPr")
        text, boxes = self.runs.read(element)
        style = attribute(found, "val") if (found := child(element, "pPr", "pStyle")) is not None else None
        if _deleted(element) and not text:
            return "", boxes
        number = self.numbering.label(properties, style)
        return number + _spaced(text, (style or "").upper().startswith(_CONTENTS)), boxes


def _deleted(element: Any) -> bool:
    return child(element, "pPr", "rPr", "del") is not None


def _spaced(text: str, contents: bool) -> str:
    """Tabs that only push text aside become blanks; two or more between three texts set a row of a table."""
    if "\t" not in text:
        return text
    if not contents and any(sum(bool(p.strip()) for p in line.split("\t")) > 2 for line in text.split("\n")):
        return text
    return text.replace("\t", "  ")


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables below `parent`, content controls and accepted insertions opened."""
    for element in parent:
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name == "AlternateContent":
            if (choice := chosen(element)) is not None:
                yield from _blocks(choice)
        elif name in WRAPPERS or name in ("body", "altChunk"):
            yield from _blocks(element)
