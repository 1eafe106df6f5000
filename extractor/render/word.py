"""《审核意见》 to send and 《审核底稿》 to keep, as Word files; the templates in templates/ may be restyled in Word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from io import BytesIO
from itertools import accumulate
from math import ceil
from typing import Any, NamedTuple

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from extractor.amounts import plain
from extractor.render.scores import Recomputed
from extractor.render.signing import Signing
from extractor.render.terminal import width
from extractor.render.view import Item, View, shown, view
from extractor.render.zipped import repacked
from extractor.review import Review

# CHECKS 0.19: the body of the opinion is two pages. Of their 84 lines these are left for parts 一 to 五 and the title;
# parts 四 and 五 take at most so many of them.
_ROOM, _ROOM_FORMAL, _ROOM_ASKED = 62, 11, 11
_FIXED = "　" * 80  # the words of the template in part 一, and again in part 二
_LINE, _LINE_FORMAL = (
    74,
    (20, 40, 27),
)  # columns of a line of the body, and of the three wide cells of part 四
_MOST_COMMENT, _MOST_LOCATION = 130, 40
_STOPS = "。；"


class Shortened(NamedTuple):
    """A note as the body prints it; the whole stands in 附1."""

    number: int
    code: str
    severity: str
    location: str
    comment: str
    action: str

    @property
    def lines(self) -> int:
        """How many lines it takes in part 三."""
        return _lines(f"    1.【P0 重大｜{self.location}】{self.comment}{self.action}（{self.code}）")

    @property
    def rows(self) -> int:
        """How many lines it takes in the table of part 四."""
        cells = zip((self.location, self.comment, self.action), _LINE_FORMAL, strict=True)
        return max(ceil(width(text) / room) for text, room in cells) or 1


class Ask(NamedTuple):
    """A request with the numbers of the problems that make it."""

    text: str
    numbers: str

    @property
    def lines(self) -> int:
        """How many lines it takes in part 五."""
        return _lines(f"    ☐ 10. {self.text}（问题{self.numbers}）")


def opinion(review: Review, signing: Signing | None = None) -> bytes:
    """The file to send: two pages and 附1."""
    seen = view(review, signing)
    return _filled("opinion", _common(seen) | _body(seen))


def papers(review: Review, signing: Signing | None = None) -> bytes:
    """The file to keep: what passed as well, what was not checked, and what is not for others."""
    seen = view(review, signing)
    return _filled("papers", _common(seen) | {"totals": _totals})


def _common(seen: View) -> dict[str, Any]:
    """The view, and the sentences both templates share."""
    read = "、".join(f"{name}{many}{word}" for name, many, word in seen.read)
    checked = "，".join(f"{name}{many}项" for name, many in seen.checked)
    same = seen.again is not None and seen.again == seen.own
    return vars(seen) | {
        "title": seen.title,
        "footing": seen.footing,
        "reading": f"读取{read}。" if read else "未读出可核查的数字和表格。",
        "results": f"（{checked}）" if checked else "",
        "result": "与自评一致" if same else seen.again or "未能复算总分",
    }


def _body(seen: View) -> dict[str, Any]:
    """As much of parts 三, 四 and 五 as two pages hold, gravest first, and how much is left to 附1."""
    grave = [_shortened(item, seen) for item in seen.main]
    formal = [_shortened(item, seen) for item in seen.formal]
    asked = [Ask(shown(text), numbers) for text, numbers in seen.asked.items()]
    kept_formal = _fitting([each.rows for each in formal], _ROOM_FORMAL)
    kept_asked = _fitting([each.lines for each in asked], _ROOM_ASKED)
    used = sum(each.rows for each in formal[:kept_formal]) + sum(each.lines for each in asked[:kept_asked])
    kept = _fitting([each.lines for each in grave], _ROOM - used - _opening(seen))
    return {
        "main": grave[:kept],
        "more_main": len(grave) + seen.more - kept,
        "formal": formal[:kept_formal],
        "more_formal": len(formal) - kept_formal,
        "asked": asked[:kept_asked],
        "more_asked": len(asked) - kept_asked,
    }


def _opening(seen: View) -> int:
    """How many lines the title and parts 一 and 二 take."""
    shared, name = _common(seen), seen.review.document.file_name
    scope = _FIXED + shown(name) + shared["reading"] + shared["results"]
    verdict = _FIXED + shown(seen.reason) + shown(seen.own) + shared["result"]
    return _lines(shown(seen.title) * 2) + _lines(scope) + _lines(verdict)


def _fitting(lines: Sequence[int], room: int) -> int:
    """How many of the first fit; one always does."""
    return max(sum(total <= room for total in accumulate(lines)), min(len(lines), 1))


def _shortened(item: Item, seen: View) -> Shortened:
    note = item.note
    return Shortened(
        number=item.number,
        code=note.code,
        severity=f"{note.severity} {seen.severity_names[note.severity]}",
        location=_cut(shown(note.location), _MOST_LOCATION, "等"),
        comment=_cut(shown(note.comment), _MOST_COMMENT, "……（全文见附1）"),
        action=shown(note.action),
    )


def _cut(text: str, most: int, rest: str) -> str:
    """The text, or as many of its clauses as `most` characters hold."""
    if len(text) <= most:
        return text
    stop = max(text.rfind(mark, 0, most) for mark in _STOPS)
    return (text[: stop + 1] if stop > most // 2 else text[:most]).rstrip("；") + rest


def _lines(text: str) -> int:
    return ceil(width(text) / _LINE)


def _totals(form: Recomputed) -> list[str]:
    """The sums under a form of scores."""
    out = []
    for name, check, owed in (("分值合计", form.points, "应为"), ("得分合计", form.total, "填报总分")):
        if check is not None:
            found = check.reason or "" if check.computed is None else plain(check.computed)
            against = f"，{owed}{plain(check.reported)}" if check.reported is not None else ""
            out.append(f"{name}：{found}{against}")
    return out


@cache
def _template(name: str) -> bytes:
    return resources.files("extractor.render").joinpath(f"templates/{name}.docx").read_bytes()


def _filled(name: str, context: dict[str, Any]) -> bytes:
    """The template with every place filled; a name it does not know is an error, never an empty place."""
    template = DocxTemplate(BytesIO(_template(name)))
    environment = Environment(autoescape=True, finalize=shown, undefined=StrictUndefined)
    template.render(context, environment)
    out = BytesIO()
    template.save(out)
    return repacked(out.getvalue())
