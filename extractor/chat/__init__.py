"""Asking a model: the one place that speaks to an OpenAI-compatible endpoint."""

from __future__ import annotations

from extractor.chat.client import Chat
from extractor.chat.values import ChatFailed, Kind, Question, Reply, Usage

__all__ = ["Chat", "ChatFailed", "Kind", "Question", "Reply", "Usage"]
