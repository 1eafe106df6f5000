"""What goes into a chat and what comes out: questions, replies, usage, failures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, TypeVar

from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from extractor.prompts import Prompt
    from extractor.redact import Mask

Kind = Literal[
    "timeout", "refused", "rate_limited", "server", "bad_answer", "too_long", "budget", "unreachable"
]
# What happened, and what the user can do about it.
_SAID: dict[Kind, tuple[str, str]] = {
    "timeout": ("模型在规定时间内没有答完", "请稍后重试，或调大 EXTRACTOR_MODEL_SECONDS"),
    "refused": ("模型服务拒绝了请求", "请检查 OPENAI_API_KEY、EXTRACTOR_MODEL 和账户余额"),
    "rate_limited": ("模型服务限流", "请稍后重试，或调小 EXTRACTOR_MODEL_CONCURRENCY"),
    "server": ("模型服务出错", "请稍后重试，并检查 OPENAI_BASE_URL（通常以 /v1 结尾）"),
    "bad_answer": ("模型的回答几次都不合要求，已弃用", "可换用更强的模型"),
    "too_long": ("模型的回答超出长度上限", "请缩短每次发送的内容，或调大 EXTRACTOR_MODEL_TOKENS"),
    "budget": ("已到设定的模型用量上限，其余内容没有发送", "可调大 EXTRACTOR_MAX_COST 或 EXTRACTOR_MAX_CALLS 后重新运行"),
    "unreachable": ("连不上模型服务", "请检查 OPENAI_BASE_URL、网络和服务是否已启动"),
}  # fmt: skip


class Usage(NamedTuple):
    """What asking has used; `cached` replies were on disk and used none of the rest; `cost` is None when no price is set."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal | None = None
    cached: int = 0

    def plus(self, other: Usage) -> Usage:
        """Both together."""
        known = [each.cost for each in (self, other) if each.cost is not None]
        return Usage(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            sum(known, Decimal(0)) if known else None,
            self.cached + other.cached,
        )


T = TypeVar("T", bound="BaseModel")


class Reply(NamedTuple, Generic[T]):
    """A valid answer, in the class that was asked for; `usage` is this question's alone."""

    value: T
    usage: Usage
    cached: bool
    mode: str


class Question(NamedTuple):
    """One thing to ask; `key` is the asker's own name of it, `check` raises ValueError(reason) for an answer that will not do.

    `mask` hides persons and numbers the same way in every question of a document (else each question has its own);
    `most` limits the answer in tokens, below `Settings.model_tokens`.
    """

    prompt: Prompt
    answer: type[BaseModel]
    key: str
    check: Callable[[Any], None] | None = None
    mask: Mask | None = None
    most: int | None = None


class ChatFailed(ExtractorError):
    """A question without a usable answer; the message is Chinese and names the remedy, `usage` is what was used in vain."""

    def __init__(self, kind: Kind, detail: str = "", *, key: str = "", usage: Usage | None = None) -> None:
        self.kind, self.detail, self.key, self.usage = kind, detail, key, usage or Usage()
        said, remedy = _SAID[kind]
        super().__init__(f"{said}{f'（{detail}）' if detail else ''}；{remedy}。")
