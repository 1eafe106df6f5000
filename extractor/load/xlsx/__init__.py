"""Excel workbooks (.xlsx, .xlsm): each visible sheet as a person sees it, values in their number formats."""

from __future__ import annotations

import hashlib

from extractor.document import Document
from extractor.load.checks import accepted
from extractor.load.package import Package
from extractor.load.writing import Writer
from extractor.load.xlsx.book import read_book
from extractor.load.xlsx.remarks import Remarks
from extractor.settings import Settings

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def load_xlsx(data: bytes, file_name: str, settings: Settings) -> Document:
    """The Document of a workbook; hidden sheets, columns and rows without a number are left out, as they are on paper."""
    package = Package(data, file_name, settings)
    writer = Writer(file_name, settings)
    remarks = Remarks()
    for sheet in read_book(package, remarks):
        writer.blocks([sheet, ""])
    document = Document(
        file_name=file_name,
        media_type=MEDIA_TYPE,
        sha256=hashlib.sha256(data).hexdigest(),
        loader="xlsx",
        text=writer.text,
        grids=tuple(writer.grids),
        warnings=remarks.sentences(package, package.main_part("xl/workbook.xml")),
    )
    return accepted(document, settings)
