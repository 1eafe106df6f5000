"""A form as the contract's Table: its printed rows and cells, what kind it is, and whose form it is."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from extractor.document import Document, Table, TableCell, TableKind, span_of
from extractor.patterns import lazy
from extractor.schema import OVERALL
from extractor.segment.forms import Form
from extractor.segment.lines import Line, is_title

_MERGED = frozenset(("frame", "level1", "level2"))
_SPACES = lazy(r"\s+")
_CJK_SPACE = lazy(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_UNIT = lazy(r"单位[:：]?\s*\(?(万元|元|亿元)|\((万元|亿元|元)\)")


@lru_cache(maxsize=16384)
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
        form.unit = next(
            (g for line in captions if (m := _UNIT.search(line.text)) for g in m.groups() if g), None
        )
    cells = tuple(_cells(document, form, table_id))
    start = min([a.parts[0][0] for a in atoms])
    end = max([a.parts[-1][1] for a in atoms])
    return Table(
        id=table_id,
        title=title,
        kind=_kind(form),
        scope=_scope(form),
        n_rows=len(form.grid),
        n_cols=max((len(row) for row in form.grid), default=0),
        header_rows=form.header_rows,
        span=span_of([(start, end)]),
        cells=cells,
    )


def _cells(document: Document, form: Form, table_id: str) -> list[TableCell]:
    out = []
    text = document.text
    seen: set[tuple[int, int]] = set()
    tall = _merged_down(form)
    width = max(len(row) for row in form.grid)
    for r, row in enumerate(form.grid):
        for c, atom in enumerate(row):
            if atom is None or not atom.text:
                continue
            start, end = parts[0] if len(parts := atom.parts) == 1 else (atom.start, atom.end)
            if (start, end) in seen:
                continue
            seen.add((start, end))
            raw = text[start:end] if len(parts) == 1 else "".join(text[a:b] for a, b in parts)
            wide = width if atom is form.title and len(row) == 1 else 1
            out.append(
                TableCell(
                    id=f"{table_id}r{r}c{c}",
                    row=r,
                    col=c,
                    rowspan=tall.get((r, c), 1),
                    colspan=wide,
                    text=cell_text(raw),
                    span=atom.span,
                )
            )
    return out


def _merged_down(form: Form) -> dict[tuple[int, int], int]:
    """How many rows each 一级, 二级 or frame cell covers: those right below that print nothing in its column."""
    out: dict[tuple[int, int], int] = {}
    for block in form.blocks:
        merged = [c for c, column in enumerate(block.columns) if column.role in _MERGED]
        opened: dict[int, tuple[int, int]] = {}
        before = -2
        for at in block.at:
            row = form.grid[at]
            if len(row) != len(block.columns) or at != before + 1:
                opened = {}
            before = at
            if len(row) != len(block.columns):
                continue
            fresh = False  # a new 一级 ends the 二级 above it
            for c in merged:
                atom = row[c]
                if atom is not None and atom.text:
                    opened[c], fresh = (at, c), True
                elif fresh:
                    opened.pop(c, None)
                elif c in opened:
                    out[opened[c]] = at - opened[c][0] + 1
    return out


def _kind(form: Form) -> TableKind:
    kinds = form.kinds
    if "indicator" in kinds or "money" in kinds:
        return "self_evaluation"
    if "summary" in kinds:
        return "project_summary"
    if "base" in kinds:
        return "base_data"
    return "fund_use" if kinds & {"fund_use", "yearly"} else "other"


def _title(form: Form, captions: list[Line]) -> str:
    if form.title is not None:
        return form.title.text
    for line in captions:
        if is_title(line.text) or line.text.endswith("表"):
            return line.text
    return ""


def _scope(form: Form) -> str:
    """The project's name printed in the form's head; else the unit as a whole."""
    for role in ("project_name", "sub_name"):
        name = next((v for r, _, v in form.heads if r == role and v is not None and v.text), None)
        if name is not None:
            return name.text
    return OVERALL
