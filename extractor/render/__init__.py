"""Renderers: a Review becomes the bytes of files. What is not in the dict does not exist, and the error lists what does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from extractor.errors import SettingsError

if TYPE_CHECKING:
    from extractor.render.signing import Signing
    from extractor.review import Review

__all__ = ["RENDERERS", "File", "Renderer", "renderers"]


class File(NamedTuple):
    """A file of a format: the end of its name, what it is for, and where its writer is."""

    suffix: str
    title: str
    module: str
    function: str = "render"

    def __call__(self, review: Review, signing: Signing | None = None) -> bytes:
        """The file's bytes, a draft when nobody signed; its module, and what that needs, is imported only now."""
        write: Callable[[Review, Signing | None], bytes] = getattr(
            import_module(f"extractor.render.{self.module}"), self.function
        )
        return write(review, signing)


class Renderer(NamedTuple):
    """An output format: its files, of which the first is the one that is sent, and goes to standard output."""

    files: tuple[File, ...]

    def __call__(self, review: Review) -> bytes:
        """The bytes of the first file."""
        return self.files[0](review)


RENDERERS: dict[str, Renderer] = {
    "json": Renderer((File(".json", "全部数据，每个值带原文位置", "json"),)),
    "md": Renderer((File(".审核意见.md", "审核意见（Markdown）", "markdown"),)),
    "docx": Renderer(
        (
            File(".审核意见.docx", "审核意见（Word，可发送）", "word", "opinion"),
            File(".审核底稿.docx", "审核底稿（Word，留存）", "word", "papers"),
        )
    ),
    "xlsx": Renderer(
        (File(".问题清单及勾稽.xlsx", "问题清单、勾稽、得分复算、指标、数据（Excel）", "workbook"),)
    ),
    "html": Renderer((File(".对照.html", "原文对照（网页，不联网）", "html"),)),
}


def renderers(names: Iterable[str]) -> dict[str, Renderer]:
    """The renderers called `names`, in that order; SettingsError names the ones there are."""
    out = {}
    for name in names:
        if name not in RENDERERS:
            raise SettingsError(f"没有输出格式 {name!r}；可用：{'、'.join(RENDERERS)}")
        out[name] = RENDERERS[name]
    return out
