"""The top of a report as printed: cover lines and titles, without the web page's own furniture."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.document import Document, Passage, TableKind
from extractor.extract.rules.lexicon import holds
from extractor.patterns import lazy
from extractor.schema import Cell
from extractor.segment.breaks import Piece, printed_lines

YEAR = r"(?:19|20)\d\d|(?:二〇|二零|二○|二O|一九)[^\d\s]{2}"
_REACH = 2000
_BODY = lazy(r"[#*\s]*(?:[一1]\s*[、.](?!\d)|\(一\)|目\s*[录次]$|第一(?:部分|章))")
_META_WORDS = (
    "时间", "日期", "机构", "机关", "来源", "索引", "文号", "浏览", "访问", "阅读", "点击", "字体", "字号", "作者", "大小", "ID", "编辑", "责任编辑",
    "当前位置", "您现在", "首页", "主题分类", "时效性", "报表编号", "联系电话", "电话", "预算编码", "分享", "下载", "附件下载",
)  # fmt: skip
_META = lazy(rf"[【\[•\-\s|]*(?:信息)?(?:发布|提供|成文|公开|生成)?\s*(?:{'|'.join(_META_WORDS)})")
_GENRE = lazy(
    r"(?:绩效|自评|评价|支出|资金|项目|预算|决算|专项).{0,50}?(?:报告|表|总结|说明|情况|自评价?|指标|文本|通知|目标)|报告$"
)
_FLAT = lazy(
    r"[^。;!?\n]{0,400}?(?:自评(?:价)?(?:工作|总结|总)?报告|评价报告|自评(?:总)?表|申报表|目标表|汇总表|评价表|自评总结)"
)
_ANNOUNCE = lazy(r"现将(.{6,90}?)(?:情况|结果)?(?:报告|汇报|说明|总结)?如下")
_HALVES = ("项目", "支出", "资金", "经费", "专项", "整体", "部门(单位)")
_DATED = lazy(rf"(?:{YEAR})\s*年\s*度")


class FormHead(NamedTuple):
    """What the readers of tables found at the head and in the 总分 row of one form."""

    kind: TableKind
    scope: str
    title: str = ""
    unit_name: Cell | None = None
    total_score: Cell | None = None
    grade: Cell | None = None
    has_indicators: bool = False
    has_results: bool = True
    transfer: bool = False


class HeadForms(NamedTuple):
    """The forms of a report in order, and the projects they name."""

    forms: tuple[FormHead, ...] = ()
    project_names: tuple[str, ...] = ()


class Opening(NamedTuple):
    """The lines above the first chapter, and those of them that are titles; `title` is all titles in one string."""

    lines: tuple[Piece, ...]
    titles: tuple[Piece, ...]
    title: str


def opening_of(document: Document, passages: list[Passage], forms: HeadForms) -> Opening:
    """The opening of the document; a report on one long line has its title cut out of that line."""
    lines: list[Piece] = []
    for piece in printed_lines(document.folded[:_REACH])[:60]:
        if lines and _BODY.match(piece.text):
            break
        if len(piece.text) > 200 or not (_is_meta(piece.text) or ">" in piece.text):
            lines.append(piece)
    titles = [
        title
        for piece, below in zip(lines, [*lines[1:], None], strict=False)
        if (title := _title(piece, below)) is not None
    ]
    announced = next(
        (m for p in passages[:6] if "现将" in p.text and (m := _ANNOUNCE.search(p.text[:400]))), None
    )
    words = [piece.text for piece in titles]
    if not any("绩效" in word or "自评" in word for word in words):
        words += [announced[1]] if announced else []
        words += [form.title for form in forms.forms if form.title]
    return Opening(tuple(lines), tuple(titles), "".join(words).replace(" ", ""))


def _is_meta(text: str) -> bool:
    """Whether a line is the web page's own: 发布时间, 来源, 当前位置 …."""
    return holds(text, _META_WORDS) and _META.match(text) is not None


def _title(piece: Piece, below: Piece | None) -> Piece | None:
    """The title a line is or begins with; the first half of a title may only name its year."""
    text = piece.text.lstrip("#* ")
    start = piece.end - len(text)
    text = text.rstrip("* ")
    if len(text) <= 100 and "。" not in text and not text.endswith((";", ",", "、")):
        if ("|" in text or "\t" in text) and len(re.split(r"[|\t]", text.strip("| \t"))) > 2:
            return None
        half = (
            below is not None
            and text.endswith(_HALVES)
            and len(below.text) <= 40
            and _GENRE.search(below.text)
        )
        titled = _GENRE.search(text) or _DATED.search(text) or half
        return Piece(start, start + len(text), text, 0, False) if titled else None
    match = _FLAT.match(text)
    return Piece(start, start + match.end(), match[0], 0, False) if match else None
