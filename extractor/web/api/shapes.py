"""What the API takes and gives, beside the review itself, which is the contract of `extractor schema`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from extractor.render.signing import STANDINGS
from extractor.web.listing import Sort
from extractor.web.store.models import Entry

_MOST = 4000


def _printable(text: str) -> str:
    if "\0" in text:
        raise ValueError("a text holds no NUL")
    return text


Words = Annotated[str, Field(max_length=_MOST), AfterValidator(_printable)]
Name = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_printable)]
Offset = Annotated[int, Field(ge=0, le=1_000_000_000)]
Version = Annotated[int | None, Field(ge=0, le=1_000_000_000, description="所见版本；与当前不符时返回 409")]
ReviewId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class ListQuery(BaseModel):
    """What to list, and how."""

    q: Annotated[
        str, Field(max_length=200, description="文件名和单位名中的词"), AfterValidator(_printable)
    ] = ""
    unit: Annotated[str, Field(max_length=200), AfterValidator(_printable)] | None = None
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    verdict: Literal["通过", "修改后通过", "退回重报"] | None = None
    work: Literal["queued", "running", "done", "failed", "cancelled"] | None = None
    standing: Literal["draft", "checked", "final"] | None = None
    sort: Sort = "created"
    order: Literal["asc", "desc"] = "desc"
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    size: Annotated[int, Field(ge=1, le=200)] = 50


class Shape(BaseModel):
    """Closed: what is misspelled is refused."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """Why a request was refused, in words for a person."""

    detail: str


class Status(BaseModel):
    """How far a report is."""

    id: str
    file_name: str
    sha256: str
    size: int
    created: datetime
    changed: datetime
    work: Literal["queued", "running", "done", "failed", "cancelled"] = Field(description="处理进度")
    stage: str | None = Field(None, description="load segment extract ground reconcile critique 之一")
    reason: str | None = Field(None, description="失败原因")
    remedy: str | None = Field(None, description="怎么办")
    standing: Literal["draft", "checked", "final"] = Field(description="初稿、复核、定稿")
    standing_name: str
    version: int
    previous: str | None = Field(None, description="上一稿的编号")
    unit: str | None = None
    year: int | None = None
    kind: str | None = None
    verdict: str | None = None
    score: str | None = None
    grade: str | None = None
    failed_checks: int | None = None
    open_notes: int | None = None


def status_of(entry: Entry) -> Status:
    """The status of a row."""
    same = {name: getattr(entry, name) for name in Status.model_fields if hasattr(Entry, name)}
    times = {name: moment(getattr(entry, name)) for name in ("created", "changed")}
    return Status(**(same | times), standing_name=STANDINGS[entry.standing])


def moment(seconds: float) -> datetime:
    """A time of the store."""
    return datetime.fromtimestamp(seconds, UTC)


class Accepted(Status):
    """A report that is accepted; `new` is false when the same file was handed in before."""

    new: bool


class RefusedFile(BaseModel):
    """A file that is not accepted."""

    file_name: str
    reason: str
    remedy: str


class Receipt(BaseModel):
    """What became of an upload."""

    accepted: list[Accepted]
    refused: list[RefusedFile]


class StatusList(BaseModel):
    """A page of the list."""

    items: list[Status]
    total: int
    page: int
    size: int
    units: list[str]
    years: list[int]
    verdicts: list[str]


class Correction(Shape):
    """A value corrected: `set` says what it is, `unreadable` that nobody can read it, `point` where it stands, `fact` for year, date or kind."""

    action: Literal["set", "unreadable", "point", "fact"]
    target: Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_printable)] = Field(
        description="值的 id；action 为 fact 时是 fiscal_year、report_date 或 kind"
    )
    text: Words | None = Field(None, description="set 和 fact 的新内容")
    start: Offset | None = Field(None, description="point：document.text 中的起点")
    end: Offset | None = None
    page: Annotated[int, Field(ge=1, le=100_000)] | None = Field(None, description="point：页码，与 box 同用")
    box: tuple[float, float, float, float] | None = Field(None, description="point：PDF 点，原点在左上角")
    version: Version = None


class Decision(Shape):
    """What a person says to a note."""

    decision: Literal["accepted", "edited", "dismissed", "open"]
    comment: Words | None = None
    action: Words | None = None
    location: Words | None = None
    severity: Literal["P0", "P1", "P2", "I"] | None = None
    reason: Words | None = Field(None, description="不采纳的理由，dismissed 必填")
    version: Version = None


class OwnNote(Shape):
    """A note of one's own."""

    comment: Words
    location: Words
    action: Words = ""
    quote: Words = ""
    severity: Literal["P0", "P1", "P2", "I"] = "P2"
    spans: list[tuple[Offset, Offset]] = Field(default=[], max_length=50)
    version: Version = None


class Sign(Shape):
    """A step of 初稿 → 复核 → 定稿, or one back."""

    to: Literal["draft", "checked", "final"]
    name: Name
    version: Version = None


class Undo(Shape):
    """Which event to take back; the last one when none is named."""

    seq: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    version: Version = None


class Outcome(Shape):
    """What became of a note of the last report."""

    outcome: Literal["corrected", "standing", "explained"] = Field(description="已整改、未整改、说明成立")
    reason: Words | None = None
    version: Version = None


class Previous(Shape):
    """The report this one is a resubmission of."""

    previous: ReviewId


class Turned(BaseModel):
    """A check that a correction turned."""

    id: str
    code: str
    title: str
    before: str | None
    after: str | None


class Changed(BaseModel):
    """What stands after a change."""

    version: int
    standing: str
    verdict: str
    open_notes: int
    failed_checks: int
    turned: list[Turned] = Field(description="状态有变化的勾稽")


class HistoryLine(BaseModel):
    """An event: old, new, who, when."""

    seq: int
    kind: str
    what: str
    target: str | None
    about: str | None
    old: str | None
    new: str | None
    reason: str | None
    who: str
    at: datetime
    undone: bool


class History(BaseModel):
    """Everything that was done to a review."""

    version: int
    standing: str
    items: list[HistoryLine]


class KeyedNote(BaseModel):
    """A note's id in the review and the key by which it is decided about."""

    id: str
    key: str
    state: str


class Keys(BaseModel):
    """The notes of a review with their keys."""

    version: int
    notes: list[KeyedNote]


class Credentials(Shape):
    """A name, where users are on, and a password or the desk's token."""

    name: Annotated[str, Field(max_length=80), AfterValidator(_printable)] = ""
    password: Annotated[str, Field(max_length=200)]


class Session(BaseModel):
    """A session to be shown as `Authorization: Bearer …`."""

    token: str
    expires: datetime


class Health(BaseModel):
    """That the desk is open, and what it asks of those who come."""

    version: str
    mode: Literal["open", "token", "users"]
