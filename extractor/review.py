"""Review = document + report + checks + notes + overall + run: the output contract, version 1."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from extractor.document import Document, Page
from extractor.findings import Check, Note, Severity, Status
from extractor.records import Record
from extractor.schema import Number, Report

SCHEMA_VERSION = "1"
EMPTY: Mapping[str, Any] = MappingProxyType({})
Verdict = Literal["通过", "修改后通过", "退回重报"]


class DocumentRecord(Record):
    """The source as the contract shows it: its canonical text is what every span indexes."""

    file_name: str
    media_type: str
    sha256: str
    characters: int
    loader: str
    text: str
    pages: tuple[Page, ...] = ()


class Counts(Record):
    """How many checks ended in each status, and how many notes stand at each severity."""

    checks: Mapping[Status, int]
    notes: Mapping[Severity, int]


class Overall(Record):
    """The system's proposal (CHECKS 0.19); the reviewer's signature decides."""

    verdict: Verdict
    reason: str
    recomputed_score: Number | None = None
    recomputed_grade: str | None = None
    counts: Counts


class ChunkStatus(Record):
    """What became of one chunk of the document."""

    id: str
    status: Annotated[str, "done 已完成；failed 模型未答；split 拆开重问；withheld 涉密未发送"]
    error: str | None = None


class Usage(Record):
    """What a model cost; zero for the rules engine."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Number | None = None


class Log(Record):
    """The only part of a review that differs between two runs."""

    seconds: Mapping[str, float] = EMPTY
    usage: Usage = Usage()


class Run(Record):
    """How the review came about, and what was dropped or could not be done."""

    engine: str
    model: str | None = None
    endpoint: Annotated[str | None, "模型服务所在：本机、内网或外部"] = None
    temperature: Number | None = None
    seed: int | None = None
    prompts: Mapping[str, str] = EMPTY
    chunks: tuple[ChunkStatus, ...] = ()
    dropped: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    log: Log = Log()

    @property
    def failed(self) -> tuple[ChunkStatus, ...]:
        """The chunks that the model did not answer: the review stands, it is no full success."""
        return tuple(chunk for chunk in self.chunks if chunk.status == "failed")


class Review(Record):
    """Everything about one report."""

    schema_version: str = SCHEMA_VERSION
    document: DocumentRecord
    report: Report
    checks: tuple[Check, ...]
    notes: tuple[Note, ...]
    overall: Overall
    run: Run


def record(document: Document) -> DocumentRecord:
    """The contract's view of a loaded document."""
    return DocumentRecord(
        file_name=document.file_name,
        media_type=document.media_type,
        sha256=document.sha256,
        characters=len(document.text),
        loader=document.loader,
        text=document.text,
        pages=document.pages,
    )
