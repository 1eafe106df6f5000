"""The two marks that every value, check and note of a page carries, written here as a desk has a thousand of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from extractor.document import Span
from extractor.render.marks import at

_UNSURE = ' title="把握不大，请核对原文"'


def value(id: str, text: str, span: Span, traits: Mapping[str, str]) -> Markup:
    """A value that leads to its place and opens; its traits are its looks."""
    trait = traits.get(id, "")
    title = _UNSURE if "unsure" in trait else ""
    return Markup(  # noqa: S704 - traits and places are our own, the others escaped
        f'<button type="button" class="v {trait}" data-value="{escape(id)}" data-at="{at([span])}"{title}>'
        f"{escape(text or '空白')}</button>"
    )


def place(spans: Iterable[Span], kind: str = "") -> Markup:
    """The attributes of whatever leads to places; nothing where there are none."""
    where = at(spans)
    if not where:
        return Markup()
    told = f' data-kind="{kind}"' if kind else ""
    return Markup(f' data-at="{where}"{told}')  # noqa: S704 - digits, and a word of our templates
