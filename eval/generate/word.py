"""Blocks as a Word document: real tables with merged cells, runs split as Word splits them, header and page number."""

from __future__ import annotations

import html
import io
import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from eval.generate.grid import Addresses, Block, Cell, Grid, Text, addressed
from eval.generate.pages import width_of

WIDTH = 9000  # of a table, in twentieths of a point


def as_docx(blocks: Sequence[Block], rng: random.Random, title: str) -> tuple[bytes, Addresses]:
    """The bytes of the document, and the cells its values stand in."""
    document = docx.Document()
    body = document.element.body
    cut = rng.random() < 0.3
    tables, addresses = 0, Addresses()
    for block in blocks:
        if isinstance(block, Text):
            _insert(body, _paragraph(_plain(block), rng, block.level))
            continue
        for place, parts in enumerate(block.before):
            _insert(body, _paragraph(_plain(Text(parts)), rng, -1 if place == 0 else 0))
        for half in _halves(block) if cut else (range(len(block.rows)),):
            tables += 1
            addresses |= addressed(block, tables, half)
            _insert(body, _table(block, half, rng))
            _insert(body, _paragraph("", rng, 0))
        for parts in block.after:
            _insert(body, _paragraph(_plain(Text(parts)), rng, 0))
    if rng.random() < 0.4:
        document.sections[0].header.paragraphs[0].text = title
    if rng.random() < 0.5:
        _page_number(document)
    out = io.BytesIO()
    document.core_properties.author = ""
    document.save(out)
    return out.getvalue(), addresses


def _insert(body: Any, element: Any) -> None:
    body.insert(len(body) - 1, element)  # before the section's properties


def _plain(block: Text) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in block.parts)


def _halves(grid: Grid) -> tuple[range, ...]:
    """The rows of two tables where a page was turned by hand: never inside a merged cell."""
    matrix = grid.matrix()
    for at in range(len(matrix) * 3 // 5, len(matrix) - 1):
        if all(starts for _, starts in matrix[at]) and len(matrix) > 8:
            return range(at), range(at, len(matrix))
    return (range(len(matrix)),)


def escaped(text: str) -> str:
    """The text as XML content."""
    return html.escape("".join(c for c in text if c >= " " or c == "\n"), quote=False)


def _runs(text: str, rng: random.Random, properties: str = "") -> str:
    """The text in one to three runs: Word cuts runs where the author stopped typing."""
    cuts = sorted({0, len(text), *(rng.randrange(len(text) + 1) for _ in range(rng.choice((0, 0, 1, 2))))})
    pieces = [text[a:b] for a, b in pairwise(cuts)]
    return "".join(
        f'<w:r>{properties}<w:t xml:space="preserve">'
        + escaped(piece).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        + "</w:t></w:r>"
        for piece in pieces
    )


def _paragraph(text: str, rng: random.Random, level: int) -> Any:
    style = "<w:rPr><w:b/></w:rPr>" if level in (-1, 1) else ""
    place = '<w:pPr><w:jc w:val="center"/></w:pPr>' if level == -1 else ""
    return parse_xml(f"<w:p {nsdecls('w')}>{place}{_runs(text, rng, style)}</w:p>")


def _table(grid: Grid, rows: range, rng: random.Random) -> Any:
    matrix = grid.matrix()
    count = max(len(line) for line in matrix)
    asks = [2.0] * count
    for line in matrix:
        for c, (cell, starts) in enumerate(line):
            if starts and cell.colspan == 1:
                asks[c] = max(asks[c], min(10.0, width_of(cell.plain)))
    edges = [0, *(int(WIDTH * sum(asks[: n + 1]) / sum(asks)) for n in range(count))]
    columns = "".join(f'<w:gridCol w:w="{b - a}"/>' for a, b in pairwise(edges))
    made = "".join(f"<w:tr>{_row(matrix, r, rows, edges, rng)}</w:tr>" for r in rows)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in sides)
    properties = (
        f'<w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
    )
    return parse_xml(f"<w:tbl {nsdecls('w')}>{properties}<w:tblGrid>{columns}</w:tblGrid>{made}</w:tbl>")


def _row(
    matrix: list[list[tuple[Cell, bool]]], r: int, rows: range, edges: list[int], rng: random.Random
) -> str:
    out, seen = [], set()
    for c, (cell, starts) in enumerate(matrix[r]):
        if id(cell) in seen:
            continue
        seen.add(id(cell))
        end = min(c + cell.colspan, len(edges) - 1)
        tall = r + 1 in rows and c < len(matrix[r + 1]) and matrix[r + 1][c][0] is cell
        above = r - 1 in rows and c < len(matrix[r - 1]) and matrix[r - 1][c][0] is cell
        merged = "<w:vMerge/>" if above else '<w:vMerge w:val="restart"/>' if tall else ""
        span = f'<w:gridSpan w:val="{end - c}"/>' if end - c > 1 else ""
        text = cell.plain if starts else ""
        out.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{edges[end] - edges[c]}" w:type="dxa"/>{span}{merged}</w:tcPr>'
            f"<w:p>{_runs(text, rng) if text else ''}</w:p></w:tc>"
        )
    return "".join(out)


def _page_number(document: Any) -> None:
    field = (
        '<w:r><w:t xml:space="preserve">- </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:t xml:space="preserve"> -</w:t></w:r>'
    )
    numbered = parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:jc w:val="center"/></w:pPr>{field}</w:p>')
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    footer.part.element.append(numbered)
