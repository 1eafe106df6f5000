"""The documents a report is compared with: last year's, the approved targets, the published accounts, the other units'."""

from __future__ import annotations

from typing import NamedTuple

from extractor.document import Document
from extractor.schema import Report


class Other(NamedTuple):
    """Another unit's report of the same batch."""

    document: Document
    report: Report


class Companions(NamedTuple):
    """What is at hand beside the report; nothing by default."""

    previous: Report | None = None
    targets: Report | None = None
    accounts: Report | None = None
    others: tuple[Other, ...] = ()


NO_COMPANIONS = Companions()
