"""The questions that a chunk makes: its prompt, the answer wanted, and the check of that answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from extractor.chat import Question
from extractor.extract.llm import answers, blocks, check, head, pieces, sections
from extractor.extract.llm.choices import choices, menu, shown_always
from extractor.extract.llm.figures import STAGE_MENU, Chunk, counted
from extractor.prompts import load_prompt

if TYPE_CHECKING:
    from extractor.document import Document

_PER_LABEL, _ROOM = 16, 64  # tokens of one label, and of the frame around an answer


def about_figures(
    chunk: Chunk, scopes: Sequence[str], may_be: Mapping[int, frozenset[int]] | None = None
) -> Question:
    """What the numbered quantities of some sentences mean: any metric of their families, or one of those that each `may_be`."""
    if may_be is None:
        families = {quantity.family for quantity in chunk.asked}
        offered = {choice.number for choice in choices() if choice.family in families}
    else:
        offered = {number for quantity in chunk.asked for number in may_be[quantity.number]}
    prompt = load_prompt(
        "figures",
        menu=menu(offered | shown_always()),
        stages=STAGE_MENU,
        scopes=tuple(scopes),
        text=counted(chunk),
    )
    most = _ROOM + _PER_LABEL * len(chunk.asked)
    return Question(
        prompt,
        answers.labels_for(len(chunk.asked)),
        f"figures:{chunk.id}",
        check.figures_check(chunk.asked, len(scopes)),
        most=most,
    )


def about_columns(grid: blocks.Grid) -> Question:
    """What the columns of a table mean."""
    cells = range(1, len(grid.before) + 1)
    most = _ROOM + sum(_ROOM + 8 * width for width in grid.widths())
    return Question(
        load_prompt("columns", text=blocks.shown(grid)),
        answers.TableColumns,
        f"columns:{grid.table.id}",
        check.columns_check(grid.widths(), cells),
        most=most,
    )


def about_rows(run: pieces.Run) -> Question:
    """How the pieces of a table without a grid make rows."""
    text = pieces.shown(run)
    if run.glued:
        return Question(load_prompt("verbatim", text=text), answers.RowWords, f"verbatim:{run.id}")
    return Question(
        load_prompt("rows", text=text),
        answers.BlockColumns,
        f"rows:{run.id}",
        check.rows_check(run),
        most=3 * _ROOM,
    )


def about_head(
    document: Document, found: head.Candidates, hidden: Sequence[tuple[int, int]]
) -> Question | None:
    """Which of the candidates make the head; None when there is nothing to choose from."""
    text = head.shown(document, found, hidden)
    if not text:
        return None
    return Question(load_prompt("head", text=text), answers.HeadIds, "head", most=2 * _ROOM)


def about_sections(found: Sequence[sections.Unnamed]) -> Question:
    """What some sections are for that their headings do not say."""
    titles = [each.title for each in found]
    return Question(
        load_prompt("sections", text=sections.shown(found)),
        answers.SectionUses,
        "sections",
        check.sections_check(titles),
        most=_ROOM + sum(2 * _PER_LABEL + 2 * len(title) for title in titles),
    )
