"""Whether an answer points at what the question showed: unknown ids, double labels and codes out of range are refused item by item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from typing import NamedTuple

from extractor.extract.llm.answers import BlockColumns, FigureLabels, SectionUses, TableColumns
from extractor.extract.llm.choices import STAGES, by_number
from extractor.extract.llm.pieces import Run, rows_by_columns
from extractor.extract.llm.quantities import Quantity

_BAD_SHARE = 0.5
_FEW = 3  # labels; a small model that misses these repeats itself, and asking thrice costs more than they are worth


class Label(NamedTuple):
    """One valid label: quantity, metric, stage and scope by their numbers in the question; 0 where none applies."""

    quantity: int
    metric: int
    stage: int
    scope: int


def labels(
    answer: FigureLabels, asked: Collection[Quantity], scopes: int
) -> tuple[tuple[Label, ...], tuple[str, ...]]:
    """The valid labels of an answer, and why the others were refused; of two labels for one id neither stands."""
    known = dict(enumerate(asked, 1))
    count = Counter(item[0] for item in answer.a)
    good: list[Label] = []
    refused: list[str] = []
    for item in answer.a:
        reason = _wrong(item, known, count, scopes)
        if reason:
            refused.append(f"{item}：{reason}")
        else:
            quantity, metric, stage, scope = (*item, 0, 0)[:4]
            if metric:
                good.append(Label(quantity, metric, stage, scope))
    return tuple(good), tuple(refused)


def _wrong(item: list[int], known: dict[int, Quantity], count: Counter[int], scopes: int) -> str | None:
    number, metric, stage, scope = (*item, 0, 0)[:4]
    if number not in known:
        return "没有这个数量号"
    if count[number] > 1:
        return "同一数量有多个标注"
    if metric == 0:
        return None
    choice = by_number().get(metric)
    if choice is None:
        return "没有这个指标号"
    if choice.family != known[number].family:
        return "指标与数量的单位不符"
    if stage and stage not in STAGES:
        return "没有这个阶段号"
    return None if 0 <= scope <= scopes else "没有这个项目号"


def figures_check(asked: Collection[Quantity], scopes: int) -> Callable[[FigureLabels], None]:
    """A validator that asks again when most labels of a long answer point at nothing; what else is wrong would be said again."""
    known = range(1, len(asked) + 1)

    def check(answer: FigureLabels) -> None:
        _, refused = labels(answer, asked, scopes)
        lost = sum(item[0] not in known for item in answer.a)
        if len(answer.a) > _FEW and lost > _BAD_SHARE * len(answer.a):
            raise ValueError("；".join(refused[:5]))

    return check


def columns_check(widths: tuple[int, ...], cells: Collection[int]) -> Callable[[TableColumns], None]:
    """A validator: as many blocks as shown, as many roles as each has columns, a project's name that is a cell shown."""

    def check(answer: TableColumns) -> None:
        if len(answer.b) != len(widths):
            raise ValueError(f"表有 {len(widths)} 块，回答了 {len(answer.b)} 块")
        for number, (block, width) in enumerate(zip(answer.b, widths, strict=True), 1):
            if len(block.c) != width:
                raise ValueError(f"第 {number} 块有 {width} 列，回答了 {len(block.c)} 列")
        if answer.p and answer.p not in cells:
            raise ValueError(f"没有单元格 {answer.p}")

    return check


def rows_check(run: Run) -> Callable[[BlockColumns], None]:
    """A validator that asks again when the pieces do not make rows of such columns."""

    def check(answer: BlockColumns) -> None:
        _, refused = rows_by_columns(run, answer)
        if refused:
            raise ValueError("；".join(refused))

    return check


def sections_check(titles: Collection[str]) -> Callable[[SectionUses], None]:
    """A validator that asks again when most of an answer speaks of sections that were not shown, or too little is answered."""

    def check(answer: SectionUses) -> None:
        found = {item.t for item in answer.r} & set(titles)
        if len(found) <= _BAD_SHARE * len(titles):
            raise ValueError(f"共 {len(titles)} 节，只认出 {len(found)} 节的标题；标题要照抄")

    return check
