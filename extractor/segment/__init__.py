"""layout(document) → Layout: sections, table regions and forms, recovered grids, passages. Nobody else builds a Table."""

from __future__ import annotations

from typing import NamedTuple

from extractor.document import Document, Passage, Section, Table
from extractor.patterns import lazy
from extractor.segment.atoms import split_atoms
from extractor.segment.breaks import printed_of
from extractor.segment.byvalues import settle
from extractor.segment.continued import Found, append, is_rest, take_head
from extractor.segment.forms import Form
from extractor.segment.given import all_regions
from extractor.segment.grids import grid_of
from extractor.segment.headings import sections
from extractor.segment.lines import Line, lines_of
from extractor.segment.pairs import labelled_heads
from extractor.segment.passages import passages
from extractor.segment.regions import Region
from extractor.segment.rows import read_rows
from extractor.segment.special import special_forms

_WHOLE_PAGE = 150  # a line longer than this holds more than the rows of a table
_SCORED = frozenset(("indicator", "money"))
_UNIT = lazy(r"单位[::]?\s*\(?(?:人民币)?(万元|亿元|元)")


class Layout(NamedTuple):
    """Where everything stands: `forms[i]` was recovered as `tables[i]`."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    forms: tuple[Form, ...]
    tables: tuple[Table, ...]


def layout(document: Document) -> Layout:
    """Divide the document into sections, tables and passages of prose."""
    lines = lines_of(document)
    regions = _without_residue(document, all_regions(document, lines))
    excluded: list[tuple[int, int]] = []
    forms: list[Form] = []
    tables: list[Table] = []
    units = [(m.end(), m[1]) for m in _UNIT.finditer(document.folded)]
    above: Found | None = None
    named: list[Line] = []  # the captions of the form above
    for region in regions:
        caption = _captions(lines, region)
        first = len(tables)
        for form in _forms(document, region):
            for block in form.blocks:
                settle(block)
            if form.unit is None:
                form.unit = _unit_above(units, lines[region.first].start)
            if any("使用" in line.text for line in caption if len(line.text) < 40):
                for block in form.blocks:
                    block.kind = "fund_use" if block.kind == "summary" else block.kind
            _named_above(document, form, caption)
            take_head(above, form, region.first)
            known = above is not None and forms[-1:] == [above.form]
            if above is not None and known and is_rest(above, form, region.first, lines):
                append(above.form, form)
                tables[-1] = grid_of(document, above.form, tables[-1].id, named) or tables[-1]
                above = Found(above.form, region.last)
                continue
            above, named = Found(form, region.last), caption
            table = grid_of(document, form, f"t{len(tables) + 1}", caption)
            caption = []
            if table is not None:
                forms.append(form)
                tables.append(table)
        excluded += _places(document, lines, region, tables[first:])
    printed = printed_of(document, excluded)
    found = sections(document, excluded, printed)
    prose = passages(document, excluded, found, printed)
    return Layout(found, tuple(prose), tuple(forms), tuple(tables))


def _without_residue(document: Document, regions: list[Region]) -> list[Region]:
    """The regions without the tags and entities left in their cells."""
    if "<" not in document.folded and "&" not in document.folded:
        return regions
    from extractor.segment.residue import without_residue  # noqa: PLC0415 - few texts hold tags

    return [region._replace(rows=without_residue(document, region.rows)) for region in regions]


def _places(
    document: Document, lines: list[Line], region: Region, tables: list[Table]
) -> list[tuple[int, int]]:
    """What a region keeps from the readers of prose: its lines; where a whole page is one line, all but its sentences."""
    start, end = lines[region.first].start, lines[region.last - 1].end
    if region.kind == "spaced" and tables and len(lines[region.first].text) > _WHOLE_PAGE:
        # the page's line holds the report up to the table; breaks within cells end the line
        first = tables[0].span.start
        return [(first if "。" in document.folded[start:first] else start, end)]
    if region.kind != "flat" or not tables or any(table.kind == "other" for table in tables):
        return [(start, end)]
    out = []
    for table in tables:
        first = table.span.start if "。" in document.folded[start : table.span.start] else start
        out.append((first, table.span.end))
        start = table.span.end
    return out if "。" in document.folded[start:end] else [*out, (start, end)]


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
        if region.kind == "tab_led":
            return forms
        from extractor.segment.unglue import unglued  # noqa: PLC0415 - not for tab-led forms

        return unglued(document, forms, region.rows)
    from extractor.segment.scan import read_stream  # noqa: PLC0415 - not where rows are printed

    return read_stream(document, [atom for row in region.rows for atom in row], region.kind)


def _named_above(document: Document, form: Form, captions: list[Line]) -> None:
    """项目名称：… in a line above the table names a form whose head does not name it."""
    if any(role in ("project_name", "unit_name") for role, _, _ in form.heads) or not form.kinds & _SCORED:
        return
    for line in captions:
        cells = split_atoms(document, line.start, line.end, "\t")
        found = labelled_heads(document, [cell for cell in cells if cell.text])
        if found and found[0][0] == "project_name":
            form.heads[:0] = found
            return


def _captions(lines: list[Line], region: Region) -> list[Line]:
    """The short lines right above a region, nearest first: a title, a unit of money, a unit's name."""
    out: list[Line] = []
    for k in range(region.first - 1, max(-1, region.first - 9), -1):
        line = lines[k]
        if line.cls == "B":
            continue
        if line.cls not in "pT" or len(line.text) > 60 or line.text.endswith("。") or len(out) == 4:
            break
        out.append(line)
    return out
