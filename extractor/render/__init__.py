"""Renderers: a Review becomes the bytes of a file. What is not in the dict does not exist, and the error lists what does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from extractor.errors import SettingsError

if TYPE_CHECKING:
    from extractor.review import Review

__all__ = ["RENDERERS", "Renderer", "renderers"]

LATER = ("docx", "xlsx", "html")


@dataclass(frozen=True, slots=True)
class Renderer:
    """An output format: the end of its file names, what it is for, and the module that writes it."""

    suffix: str
    title: str
    module: str

    def __call__(self, review: Review) -> bytes:
        """The file's bytes; its module, and what that needs, is imported only now."""
        render: Callable[[Review], bytes] = import_module(f"extractor.render.{self.module}").render
        return render(review)


RENDERERS: dict[str, Renderer] = {
    "json": Renderer(".json", "全部数据，每个值带原文位置", "json"),
    "md": Renderer(".审核意见.md", "审核意见（Markdown）", "markdown"),
}


def renderers(names: Iterable[str]) -> dict[str, Renderer]:
    """The renderers called `names`, in that order; SettingsError names the ones there are."""
    out = {}
    for name in names:
        if name not in RENDERERS:
            known, later = "、".join(RENDERERS), "、".join(LATER)
            raise SettingsError(f"没有输出格式 {name!r}；可用：{known}；{later} 将在后续版本提供")
        out[name] = RENDERERS[name]
    return out
