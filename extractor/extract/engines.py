"""Engines: (Document, Layout, Conversation) → Report. What is not in the dict does not exist, and the error lists what does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from extractor.document import Document
from extractor.errors import SettingsError
from extractor.extract.rules.engine import extract_rules
from extractor.schema import Report
from extractor.segment import Layout
from extractor.settings import Settings

if TYPE_CHECKING:
    from extractor.chat import Chat
    from extractor.extract.conversation import Connect, Conversation

Engine = Callable[[Document, Layout, "Conversation | None"], Report]


def _rules(document: Document, layout: Layout, _talk: Conversation | None) -> Report:
    return extract_rules(document, layout)


def _hybrid(document: Document, layout: Layout, talk: Conversation | None) -> Report:
    from extractor.extract.hybrid import extract_hybrid  # noqa: PLC0415 - a plain review asks no model

    assert talk is not None
    return extract_hybrid(document, layout, talk)


def _llm(document: Document, layout: Layout, talk: Conversation | None) -> Report:
    """The model's report; where it failed or was not asked, the rules' readings, each under the rules' name."""
    from extractor.extract.hybrid.fill import filled  # noqa: PLC0415 - a plain review asks no model
    from extractor.extract.llm.engine import extract_llm  # noqa: PLC0415
    from extractor.extract.llm.withheld import withheld  # noqa: PLC0415

    assert talk is not None
    report, rules = extract_llm(document, layout, talk), extract_rules(document, layout)
    return filled(report, rules, talk.chunks, withheld(document, layout))


ENGINES: dict[str, Engine] = {"rules": _rules, "llm": _llm, "hybrid": _hybrid}


def engine(settings: Settings) -> tuple[str, Engine]:
    """The engine that `settings` ask for under its real name: `auto` is hybrid where a model is configured, else rules."""
    name = settings.engine
    if name == "auto":
        name = "hybrid" if settings.model else "rules"
    if name not in ENGINES:
        raise SettingsError(f"没有名为 {name!r} 的抽取引擎；可用：auto、{'、'.join(ENGINES)}。")
    return name, ENGINES[name]


def conversation(
    name: str, settings: Settings, connect: Connect | None = None
) -> AbstractContextManager[Conversation | None]:
    """A conversation with the configured model, nothing where nobody asks; SettingsError when a model is wanted and none is named."""
    if name == "rules" and settings.critique == "rules":
        return nullcontext()
    if not settings.model and connect is None:
        wanted = f"引擎 {name}" if name != "rules" else "语义审核"
        raise SettingsError(
            f"{wanted}需要模型；请设 EXTRACTOR_MODEL（模型名）和 OPENAI_BASE_URL、OPENAI_API_KEY，或改用 --engine rules。"
        )
    from extractor.extract.conversation import Conversation  # noqa: PLC0415 - a plain review asks no model

    return Conversation(connect or _chat(settings))


def _chat(settings: Settings) -> Connect:
    def connect() -> AbstractAsyncContextManager[Chat]:
        from extractor.chat import Chat  # noqa: PLC0415 - opened with the first question

        return Chat(settings)

    return connect
