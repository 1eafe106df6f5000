"""The order: load, segment, extract, ground, reconcile, critique; every stage's result is kept for whoever debugs."""

from __future__ import annotations

import os
import time

from extractor.critique import notes as critique
from extractor.critique import overall
from extractor.document import Document
from extractor.extract.engines import engine
from extractor.ground import ground
from extractor.load import load
from extractor.places import placed
from extractor.profiles import rules
from extractor.reconcile import Case, ledger, warnings_of
from extractor.review import ChunkStatus, Log, Review, Run, record
from extractor.schema import Report
from extractor.segment import Layout, layout
from extractor.settings import Settings


class Stages:
    """What each stage produced, and how long it took; the first wrong one is where the defect is."""

    def __init__(self) -> None:
        self.document: Document | None = None
        self.layout: Layout | None = None
        self.report: Report | None = None
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def done(self, stage: str) -> None:
        """Note the time since the last stage under `stage`."""
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._since, 6)
        self._since = now


def review(
    source: str | os.PathLike[str] | bytes,
    settings: Settings | None = None,
    *,
    file_name: str | None = None,
    stages: Stages | None = None,
) -> Review:
    """Review one report; InputError when it cannot be read, never a guess where it says nothing."""
    settings = settings or Settings()
    stages = stages or Stages()
    name, extract = engine(settings.engine)

    document = stages.document = load(source, settings, file_name=file_name)
    stages.done("load")
    found = stages.layout = layout(document)
    stages.done("segment")
    report = stages.report = extract(document, found)
    stages.done("extract")
    report, dropped = ground(document, report)
    stages.done("ground")
    case = Case(document, found, report, rules())
    checks = ledger(case)
    stages.done("reconcile")
    notes = critique(case, checks)
    verdict = overall(case, checks, notes)
    stages.done("critique")
    run = Run(
        engine=name,
        dropped=dropped,
        chunks=tuple(ChunkStatus(id=s.id, status="done") for s in report.sections),
        warnings=warnings_of(checks),
        log=Log(seconds=stages.seconds),
    )
    result = Review(
        document=record(document),
        report=report,
        checks=tuple(checks),
        notes=tuple(notes),
        overall=verdict,
        run=run,
    )
    return placed(result, document)
