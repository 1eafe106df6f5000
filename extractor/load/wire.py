"""A Document as bytes and back, in JSON: what comes from a process that parsed an untrusted file is data, never code."""

from __future__ import annotations

from extractor.document import BBox, Document, Page, Table, Word
from extractor.errors import InputError
from extractor.records import Record, from_json, to_json


class Parsed(Record):
    """What a parser process sends: a document, or why there is none."""

    media_type: str = ""
    sha256: str = ""
    loader: str = ""
    text: str = ""
    pages: tuple[Page, ...] = ()
    grids: tuple[Table, ...] = ()
    words: tuple[tuple[int, int, int, BBox, float, bool], ...] = ()
    warnings: tuple[str, ...] = ()
    error: str | None = None
    reason: str = ""
    remedy: str = ""


def pack(document: Document) -> bytes:
    """The document as bytes."""
    return to_json(
        Parsed(
            media_type=document.media_type, sha256=document.sha256, loader=document.loader, text=document.text,
            pages=document.pages, grids=document.grids, words=document.words, warnings=document.warnings,
        )
    ).encode()  # fmt: skip


def pack_error(error: InputError) -> bytes:
    """A refusal as bytes."""
    return to_json(Parsed(error=type(error).__name__, reason=error.reason, remedy=error.remedy)).encode()


def unpack(data: bytes, file_name: str) -> Document:
    """The document of `pack`, or the refusal of `pack_error` raised; ValueError when it is neither."""
    parsed = from_json(Parsed, data)
    if parsed.error is not None:
        known: tuple[type[InputError], ...] = (InputError, *InputError.__subclasses__())
        kinds = {kind.__name__: kind for kind in known}
        raise kinds.get(parsed.error, InputError)(file_name, parsed.reason, parsed.remedy)
    return Document(
        file_name=file_name, media_type=parsed.media_type, sha256=parsed.sha256, loader=parsed.loader,
        text=parsed.text, pages=parsed.pages, grids=parsed.grids, words=tuple(Word(*each) for each in parsed.words),
        warnings=parsed.warnings,
    )  # fmt: skip
