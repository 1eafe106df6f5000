"""layout(document) → Layout: sections, table regions and forms, recovered grids, passages. Nobody else builds a Table."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.document import Document, Passage, Section, Table
from extractor.patterns import lazy
from extractor.segment.forms import Form
from extractor.segment.grids import grid_of
from extractor.segment.headings import sections
from extractor.segment.lines import Line, lines_of
from extractor.segment.passages import passages
from extractor.segment.regions import Region, regions_of
from extractor.segment.residue import without_residue
from extractor.segment.rows import read_rows
from extractor.segment.scan import read_stream
from extractor.segment.special import special_forms
from extractor.segment.unglue import unglued

_UNIT = lazy(r"单位[::]?\s*\(?(?:人民币)?(万元|亿元|元)")


@dataclass(frozen=True)
class Layout:
    """Where everything stands: `forms[i]` was recovered as `tables[i]`."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    forms: tuple[Form, ...]
    tables: tuple[Table, ...]


def layout(document: Document) -> Layout:
    """Divide the document into sections, tables and passages of prose."""
    lines = lines_of(document)
    regions = [r._replace(rows=without_residue(document, r.rows)) for r in regions_of(document, lines)]
    excluded = [(lines[r.first].start, lines[r.last - 1].end) for r in regions]
    forms: list[Form] = []
    tables: list[Table] = []
    units = [(m.end(), m[1]) for m in _UNIT.finditer(document.folded)]
    for region in regions:
        caption = _captions(lines, region)
        for form in _forms(document, region):
            if form.unit is None:
                form.unit = _unit_above(units, lines[region.first].start)
            if any("使用" in line.text for line in caption if len(line.text) < 40):
                for block in form.blocks:
                    block.kind = "fund_use" if block.kind == "summary" else block.kind
            table = grid_of(document, form, f"t{len(tables) + 1}", caption)
            caption = []
            if table is not None:
                forms.append(form)
                tables.append(table)
    found = sections(document, excluded)
    return Layout(found, tuple(passages(document, excluded, found)), tuple(forms), tuple(tables))


def _unit_above(units: list[tuple[int, str]], start: int) -> str | None:
    """The last `单位：万元` printed above a table; it holds until another is printed."""
    found = None
    for end, unit in units:
        if end > start:
            break
        found = unit
    return found


def _forms(document: Document, region: Region) -> list[Form]:
    if (special := special_forms(document, region.kind, region.rows)) is not None:
        return special
    if region.hard and not (region.kind == "tab_led" and any(len(row) > 24 for row in region.rows)):
        forms = read_rows(document, region.rows)
        return forms if region.kind == "tab_led" else unglued(document, forms, region.rows)
    return read_stream(document, [atom for row in region.rows for atom in row], region.kind)


def _captions(lines: list[Line], region: Region) -> list[Line]:
    """The short lines right above a region, nearest first: a title, a unit of money, a unit's name."""
    out: list[Line] = []
    for k in range(region.first - 1, max(-1, region.first - 9), -1):
        line = lines[k]
        if line.cls == "B":
            continue
        if line.cls != "p" or len(line.text) > 60 or line.text.endswith("。") or len(out) == 4:
            break
        out.append(line)
    return out
