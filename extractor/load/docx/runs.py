"""The runs of a paragraph as the text a person sees: fields by their results, symbols by what they show, deletions gone."""

from __future__ import annotations

from typing import Any

from extractor.load.docx.symbols import lowered, raised, symbol
from extractor.load.package import attribute, child, integer, local

WRAPPERS = frozenset(
    ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo", "rubyBase")
)  # fmt: skip
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_DRAWINGS = frozenset(("drawing", "pict", "object"))
_STACKED = frozenset(("f", "sSup", "sSub", "sSubSup", "rad", "nary", "m", "limLow", "limUpp", "eqArr"))
_OFF = ("0", "false", "off", "none")


class Runs:
    """Reads paragraphs in order; a field may begin in one and end in a later one."""

    def __init__(self) -> None:
        self._fields: list[bool] = []  # per open field, whether its result has begun
        self._out: list[str] = []
        self._boxes: list[Any] = []

    def read(self, paragraph: Any) -> tuple[str, list[Any]]:
        """The printed text of a paragraph, and the contents of its text boxes."""
        self._out, self._boxes = [], []
        self._walk(paragraph)
        return "".join(self._out), self._boxes

    def _walk(self, parent: Any) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element)
            elif name in WRAPPERS or name == "ruby":
                self._walk(element)
            elif name in ("oMath", "oMathPara"):
                self._put(_formula(element))
            elif name == "AlternateContent" and (choice := chosen(element)) is not None:
                self._walk(choice)
            elif name in _DRAWINGS:
                self._drawing(element)

    def _run(self, run: Any) -> None:
        properties = child(run, "rPr")
        if properties is not None and _on(child(properties, "vanish")):
            return
        font = child(properties, "rFonts") if properties is not None else None
        family = (attribute(font, "ascii") or attribute(font, "hAnsi") or "") if font is not None else ""
        place = child(properties, "vertAlign") if properties is not None else None
        shift = attribute(place, "val") if place is not None else None
        for element in run:
            name = local(element)
            if name == "t":
                self._put(_shown(element.text or "", family, shift))
            elif name in _CHARACTERS:
                self._put(_CHARACTERS[name])
            elif name == "sym":
                code = integer(attribute(element, "char"), 0, 16)
                self._put(symbol(attribute(element, "font") or "", code))
            elif name == "fldChar":
                self._field(element)
            elif name == "ruby":
                self._walk(element)
            elif name in _DRAWINGS:
                self._drawing(element)
            elif name == "AlternateContent" and (choice := chosen(element)) is not None:
                self._run(choice)

    def _put(self, text: str) -> None:
        if all(self._fields):
            self._out.append(text)

    def _field(self, element: Any) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            box = child(element, "ffData", "checkBox")
            if box is not None:
                self._put("☑" if _checked(box) else "☐")
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawing(self, element: Any) -> None:
        """Text boxes inside a drawing; of two renderings of one box the first is read."""
        for part in element:
            if local(part) == "txbxContent":
                self._boxes.append(part)
            elif local(part) == "AlternateContent":
                if (choice := chosen(part)) is not None:
                    self._drawing(choice)
            else:
                self._drawing(part)


def chosen(alternatives: Any) -> Any | None:
    """The first rendering of content that is stored in several."""
    found = child(alternatives, "Choice")
    return found if found is not None else child(alternatives, "Fallback")


def _on(toggle: Any | None) -> bool:
    return toggle is not None and attribute(toggle, "val") not in _OFF


def _checked(box: Any) -> bool:
    state = child(box, "checked")
    return _on(state if state is not None else child(box, "default"))


def _shown(text: str, family: str, shift: str | None) -> str:
    """The text of a run in its font: raised digits are no digits of a number."""
    if any("\uf000" <= c <= "\uf0ff" for c in text):
        text = "".join(symbol(family, ord(c)) if "\uf000" <= c <= "\uf0ff" else c for c in text)
    if shift == "superscript":
        return raised(text)
    return lowered(text) if shift == "subscript" else text


def _formula(element: Any) -> str:
    """The letters of an equation; parts that stand above each other are kept apart, so that no number arises."""
    pieces = [each.text or "" for each in element.iter() if local(each) == "t"]
    stacked = any(local(each) in _STACKED for each in element.iter())
    return (" " if stacked else "").join(piece for piece in pieces if piece)
