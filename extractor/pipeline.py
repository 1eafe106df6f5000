"""The order: load, segment, extract, ground, reconcile, critique; every stage's result is kept for whoever debugs."""

from __future__ import annotations

import os
import time
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.critique import notes as critique
from extractor.critique import overall
from extractor.document import Document
from extractor.extract.engines import Engine, conversation, engine
from extractor.ground import ground
from extractor.load import load
from extractor.places import placed
from extractor.profiles import rules
from extractor.reconcile import Case, ledger, warnings_of
from extractor.records import replace
from extractor.review import ChunkStatus, Log, Review, Run, Usage, record
from extractor.schema import Report
from extractor.segment import Layout, layout
from extractor.settings import Settings

if TYPE_CHECKING:
    from extractor.extract.conversation import Connect, Conversation


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
    connect: Connect | None = None,
) -> Review:
    """Review one report; InputError when it cannot be read, never a guess where it says nothing.

    `connect` opens the conversation with a model in place of the endpoint that the settings name.
    """
    settings = settings or Settings()
    stages = stages or Stages()
    name, extract = engine(settings)
    with conversation(name, settings, connect) as talk:
        return _review(source, settings, file_name, stages, name, extract, talk)


def _review(
    source: str | os.PathLike[str] | bytes,
    settings: Settings,
    file_name: str | None,
    stages: Stages,
    name: str,
    extract: Engine,
    talk: Conversation | None,
) -> Review:
    document = stages.document = load(source, settings, file_name=file_name)
    if talk is not None:
        talk.about(document.text)
    stages.done("load")
    found = stages.layout = layout(document)
    stages.done("segment")
    report = stages.report = extract(document, found, talk)
    stages.done("extract")
    report, dropped = ground(document, report)
    stages.done("ground")
    case = Case(document, found, report, rules())
    checks = ledger(case)
    stages.done("reconcile")
    notes = critique(case, checks)
    if settings.critique == "model" and talk is not None:
        from extractor.critique.model import model_notes  # noqa: PLC0415 - a plain review asks no model

        notes = (*notes, *model_notes(case, checks, talk, len(notes)))
    verdict = overall(case, checks, notes)
    stages.done("critique")
    run = Run(
        engine=name,
        dropped=dropped,
        chunks=tuple(ChunkStatus(id=s.id, status="done") for s in report.sections),
        warnings=document.warnings + warnings_of(checks),
        log=Log(seconds=stages.seconds),
    )
    if talk is not None:
        run = _asked(run, talk)
    result = Review(
        document=record(document),
        report=report,
        checks=tuple(checks),
        notes=tuple(notes),
        overall=verdict,
        run=run,
    )
    return placed(result, document)


def _asked(run: Run, talk: Conversation) -> Run:
    """The run with what a model was asked, what became of it, and what it cost."""
    chat = talk.chat
    warnings = run.warnings
    if talk.failures:
        first = talk.failures[0].error or ""
        warnings = (
            *warnings,
            f"有 {len(talk.failures)} 处内容没有得到模型的回答，这些地方只有规则的结果：{first}",
        )
    run = replace(
        run,
        chunks=(*run.chunks, *talk.chunks),
        dropped=(*run.dropped, *talk.dropped),
        prompts=dict(sorted(talk.prompts.items())),
        warnings=warnings,
    )
    if chat is None:  # nothing was left to ask
        return run
    used = chat.usage
    usage = Usage(
        calls=used.calls, input_tokens=used.input_tokens, output_tokens=used.output_tokens, cost=used.cost
    )
    return replace(
        run,
        model=chat.model,
        endpoint=chat.host_kind,
        temperature=Decimal(str(chat.temperature)),
        seed=chat.seed,
        log=replace(run.log, usage=usage),
    )
