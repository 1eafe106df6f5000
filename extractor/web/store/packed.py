"""Long texts as the store keeps them: compressed JSON, data and never code."""

from __future__ import annotations

import zlib

from extractor.document import Document
from extractor.load.wire import pack as pack_document
from extractor.load.wire import unpack as unpack_document
from extractor.records import from_json, to_json
from extractor.review import Review

_LEVEL = 6


def squeezed(data: bytes) -> bytes:
    """The bytes, compressed."""
    return zlib.compress(data, _LEVEL)


def loosened(data: bytes) -> bytes:
    """The bytes again."""
    return zlib.decompress(data)


def document_in(document: Document) -> bytes:
    """A document as it is kept."""
    return squeezed(pack_document(document))


def document_out(data: bytes, file_name: str) -> Document:
    """The document again, under the name its file was handed in with."""
    return unpack_document(loosened(data), file_name)


def review_in(review: Review) -> bytes:
    """A review as it is kept: the JSON of the contract."""
    return squeezed(to_json(review).encode())


def review_out(data: bytes) -> Review:
    """The review again."""
    return from_json(Review, loosened(data))
