"""What every loader asks of a document before it leaves: some text, not too much of it, no 密级标志."""

from __future__ import annotations

from extractor.document import Document
from extractor.errors import ClassifiedInput, EmptyInput, TooLarge
from extractor.load.canonical import is_classified
from extractor.settings import Settings

SPLIT = "请拆成几个文件分别提交，或调高 EXTRACTOR_MAX_CHARACTERS"


def accepted(document: Document, settings: Settings, *, aside: str = "") -> Document:
    """`document`, or the reason to refuse it; `aside` is text outside its flow (page headers) that may carry a mark."""
    check_length(len(document.text), document.file_name, settings)
    if not document.text.strip():
        raise EmptyInput(document.file_name, "文件里没有文字", "请确认正文已经保存在文件中")
    if is_classified(document.text) or is_classified(aside):
        raise ClassifiedInput(
            document.file_name,
            "文件带有密级标志，已拒绝处理，内容未保留",
            "涉密文件请按保密规定在涉密设备上处理",
        )
    return document


def check_length(characters: int, file_name: str, settings: Settings) -> None:
    """Refuse a text that is longer than the settings allow."""
    limit = settings.max_characters
    if characters > limit:
        raise TooLarge(file_name, f"全文 {characters} 字，超过上限 {limit} 字", SPLIT)
