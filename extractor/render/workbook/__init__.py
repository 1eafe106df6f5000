"""问题清单及勾稽.xlsx: what a reviewer works in; every recomputed number is a formula over cells that stand beside it."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from extractor.render.signing import Signing
from extractor.render.values import Lines
from extractor.render.view import shown, view
from extractor.render.workbook.data import data_sheet
from extractor.render.workbook.indicators import indicators_sheet
from extractor.render.workbook.issues import issues_sheet
from extractor.render.workbook.ledger import ledger_sheet
from extractor.render.workbook.scoring import scoring_sheet
from extractor.render.workbook.sheet import BASE_FORMAT, Book
from extractor.render.workbook.signing import followed_sheet, signing_sheet
from extractor.review import Review

# The file says nothing of when it was made: same input, same bytes.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a document property has no zone
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(review: Review, signing: Signing | None = None) -> bytes:
    """The workbook; its formulas carry their results, for programs that do not recalculate."""
    seen, lines, out = view(review, signing), Lines(review), BytesIO()
    workbook = Workbook(out, _OPTIONS | {"default_format_properties": dict(BASE_FORMAT)})
    workbook.set_properties(
        {
            "title": f"{shown(seen.title)}问题清单及勾稽{seen.signing.mark}",
            "subject": seen.proposal,
            "author": "extractor",
            "status": seen.signing.line,
            "created": _CREATED,
        }
    )
    book = Book(workbook, f"{shown(seen.title)}{seen.signing.mark}", seen.footing)
    issues_sheet(book, seen)
    rows = ledger_sheet(book, seen, lines)
    scoring_sheet(book, seen, rows)
    indicators_sheet(book, seen)
    data_sheet(book, review, lines)
    followed_sheet(book, seen)
    signing_sheet(book, seen)
    workbook.close()
    return out.getvalue()
