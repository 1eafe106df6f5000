"""Runs one table reader over PDF files in a process, and an environment, of its own: JSON lines in, JSON lines out.

In: `{"pdf": path}`. Out: `{"tables": [{"page": n, "rows": [[text or null, …], …], "boxes": [[box or null, …], …] or null}], "seconds": s}`.
Boxes are PDF points with the origin at the top left. It stands alone: nothing of this project is imported.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

Tables = list[dict[str, Any]]


def pdfplumber_lines(path: str) -> Tables:
    """pdfplumber with its settings for ruled tables, which are its defaults."""
    pdfplumber = import_module("pdfplumber")

    out = []
    with pdfplumber.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            for table in page.find_tables({"vertical_strategy": "lines", "horizontal_strategy": "lines"}):
                boxes = [[list(cell) if cell else None for cell in row.cells] for row in table.rows]
                out.append({"page": number, "rows": table.extract(), "boxes": boxes})
    return out


def pymupdf_lines(path: str) -> Tables:
    """PyMuPDF's find_tables with the strategy for ruled tables that takes only drawn lines, not filled areas."""
    pymupdf = import_module("pymupdf")

    out = []
    with pymupdf.open(path) as pdf:
        for number, page in enumerate(pdf, 1):
            for table in page.find_tables(strategy="lines_strict").tables:
                boxes = [[list(cell) if cell else None for cell in row.cells] for row in table.rows]
                out.append({"page": number, "rows": table.extract(), "boxes": boxes})
    return out


def pymupdf4llm_markdown(path: str) -> Tables:
    """pymupdf4llm's Markdown, its defaults, read back as tables."""
    pymupdf4llm = import_module("pymupdf4llm")

    return markdown_tables(pymupdf4llm.to_markdown(path, show_progress=False))


def markitdown_markdown(path: str) -> Tables:
    """markitdown's Markdown with the pdf extra, its defaults, read back as tables."""
    markitdown = import_module("markitdown")

    return markdown_tables(markitdown.MarkItDown(enable_plugins=False).convert(path).text_content)


def markdown_tables(text: str) -> Tables:
    """Every pipe table of a Markdown text; emphasis and line breaks inside cells are layout, not content."""
    tables: Tables = []
    rows: list[list[str | None]] = []
    for line in [*text.splitlines(), ""]:
        bare = line.strip()
        if bare.startswith("|") and bare.count("|") > 1:
            cells = [_content(cell) for cell in bare.strip("|").split("|")]
            if not all(set(cell) <= set("-: ") and cell for cell in cells):
                rows.append(list(cells))
        elif rows:
            tables.append({"page": 0, "rows": rows, "boxes": None})
            rows = []
    return tables


def _content(cell: str) -> str:
    for mark in ("<br>", "**", "~~", "`", "_"):
        cell = cell.replace(mark, "")
    return cell.strip()


READERS: dict[str, Callable[[str], Tables]] = {
    "pdfplumber": pdfplumber_lines,
    "pymupdf": pymupdf_lines,
    "pymupdf4llm": pymupdf4llm_markdown,
    "markitdown": markitdown_markdown,
}


def main() -> None:
    """Answer every line; what a reader prints by itself is kept off the answers."""
    reader = READERS[sys.argv[1]]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        path = json.loads(line)["pdf"]
        start = time.perf_counter()
        answer: dict[str, Any] = {"tables": reader(path)}
        answer["seconds"] = time.perf_counter() - start
        answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
