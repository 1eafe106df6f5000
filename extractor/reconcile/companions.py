"""The documents a report is compared with: last year's, the approved targets, the published accounts, the other units'."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.document import Document
from extractor.schema import Report


@dataclass(frozen=True, slots=True)
class Other:
    """Another unit's report of the same batch."""

    document: Document
    report: Report


@dataclass(frozen=True, slots=True)
class Companions:
    """What is at hand beside the report; nothing by default."""

    previous: Report | None = None
    targets: Report | None = None
    accounts: Report | None = None
    others: tuple[Other, ...] = ()


NO_COMPANIONS = Companions()
