"""The files of a review as it stands, in every format; a 定稿 holds adopted notes only, as the fold has left no others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from extractor.gold import SUFFIX, dumped, make
from extractor.records import replace
from extractor.render import RENDERERS
from extractor.render import File as Format
from extractor.review import Review
from extractor.web.fold import Folded
from extractor.web.notes import USER
from extractor.web.resubmission import FollowUp, told

MEDIA = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
_SANDBOX = "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


class Export(NamedTuple):
    """A file to download."""

    name: str
    media_type: str
    data: bytes

    @property
    def headers(self) -> dict[str, str]:
        """Kept as a file under its name; shown in place, a page of ours could not be told from one made by a report."""
        return attachment(self.name)


def formats() -> dict[str, Format]:
    """Every file there is by its name in an address: docx, docx-2, xlsx …; the second Word file is the one to keep."""
    return {
        f"{name}-{n}" if n > 1 else name: file
        for name, renderer in RENDERERS.items()
        for n, file in enumerate(renderer.files, 1)
    }


def exported(folded: Folded, name: str, followed: Sequence[FollowUp] = ()) -> Export | None:
    """A format of a review as it stands, with the signatures that hold and what became of the notes on the draft before.

    None when there is no such format.
    """
    review, signing = folded.review, folded.signing._replace(followed=told(followed))
    file = formats().get(name)
    if file is None:
        return None
    stem = review.document.file_name.rpartition(".")[0] or review.document.file_name
    suffix = "." + file.suffix.rpartition(".")[2]
    return Export(f"{stem}.{signing.name}{file.suffix}", MEDIA[suffix], file(review, signing))


def as_gold(review: Review) -> Export:
    """What a person has made of a review, as gold for the eval: a note that was dismissed must not fire again."""
    dismissed = [note for note in review.notes if note.state == "dismissed"]
    wanted = replace(review, notes=tuple(note for note in review.notes if note.state != "dismissed"))
    gold = make(wanted)
    fired = {note.code for note in wanted.notes}
    gold["findings"]["must_not_fire"] = [
        {"code": note.code, "why": note.dismiss_reason} for note in dismissed if note.code not in fired
    ]
    own = [
        each for each in gold["findings"]["must_fire"] if each["code"] != USER
    ]  # no check can fire one's own
    gold["findings"]["must_fire"] = own
    stem = review.document.file_name.rpartition(".")[0] or review.document.file_name
    return Export(f"{stem}{SUFFIX}", MEDIA[".json"], dumped(gold).encode())


def attachment(name: str) -> dict[str, str]:
    """Headers that make a browser save a file; its name in UTF-8, and in ASCII for old ones."""
    stem, dot, suffix = name.rpartition(".")
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in stem or suffix)
    plain = plain if any(c.isalnum() for c in plain) else "review"
    plain += dot + suffix if stem and suffix.isascii() and suffix.isalnum() else ""
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": _SANDBOX,
    }
