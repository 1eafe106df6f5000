"""A form as the contract's Table: its printed rows and cells, what kind it is, and whose form it is."""

from __future__ import annotations

import re
import unicodedata

from extractor.document import Document, Table, TableCell, TableKind, span_of
from extractor.schema import OVERALL
from extractor.segment.atoms import Atom
from extractor.segment.forms import Form
from extractor.segment.lines import TITLE, Line

_SPACES = re.compile(r"\s+")
_CJK_SPACE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_UNIT = re.compile(r"单位[:：]?\s*\(?(万元|元|亿元)|\((万元|亿元|元)\)")


def cell_text(raw: str) -> str:
    """Contract text of a cell: NFKC, layout white space removed."""
    text = unicodedata.normalize("NFKC", raw)
    if " " in text or "\n" in text or "\t" in text:
        text = _CJK_SPACE.sub("", _SPACES.sub(" ", text)).strip()
    return text


def grid_of(document: Document, form: Form, table_id: str, captions: list[Line]) -> Table | None:
    """The recovered grid of a form, or None when nothing is printed in it."""
    atoms = [a for row in form.grid for a in row if a is not None and a.text]
    if len(atoms) < 2 or len(form.grid) < 2:
        return None
    title = _title(form, captions)
    if form.unit is None:
        form.unit = next((g for line in captions if (m := _UNIT.search(line.text)) for g in m.groups() if g), None)
    cells = tuple(_cells(document, form, table_id))
    start = min(a.start for a in atoms)
    end = max(a.end for a in atoms)
    return Table(
        id=table_id,
        title=title,
        kind=_kind(form),
        scope=_scope(form, title),
        n_rows=len(form.grid),
        n_cols=max((len(row) for row in form.grid), default=0),
        header_rows=form.header_rows,
        span=span_of([(start, end)]),
        cells=cells,
    )


def _cells(document: Document, form: Form, table_id: str) -> list[TableCell]:
    out = []
    seen: set[tuple[int, int]] = set()
    for r, row in enumerate(form.grid):
        for c, atom in enumerate(row):
            if atom is None or not atom.text or (atom.start, atom.end) in seen:
                continue
            seen.add((atom.start, atom.end))
            out.append(_cell(document, atom, f"{table_id}r{r}c{c}", r, c))
    return out


def _cell(document: Document, atom: Atom, cell_id: str, row: int, col: int) -> TableCell:
    raw = "".join(document.text[a:b] for a, b in atom.parts)
    return TableCell(id=cell_id, row=row, col=col, text=cell_text(raw), span=atom.span)


def _kind(form: Form) -> TableKind:
    kinds = form.kinds
    if "indicator" in kinds or "money" in kinds:
        return "self_evaluation"
    if "summary" in kinds:
        return "project_summary"
    if "base" in kinds:
        return "base_data"
    return "fund_use" if "fund_use" in kinds else "other"


def _title(form: Form, captions: list[Line]) -> str:
    if form.title is not None:
        return form.title.text
    for line in captions:
        if TITLE.match(line.text) or line.text.endswith("表"):
            return line.text
    return ""


def _scope(form: Form, title: str) -> str:
    """The project's name printed in the form's head; else the unit as a whole."""
    for role in ("project_name", "sub_name"):
        name = next((v for r, _, v in form.heads if r == role and v is not None and v.text), None)
        if name is not None:
            return name.text
    return OVERALL
