"""What a model may answer: short keys, arrays of ids and codes. No answer has room for a value, save verbatim pieces of a scrambled table."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from extractor.extract.llm.choices import BlockKind, KindName, Role, SectionName

_MOST, _QUOTED = 400, 20


def _known(words: Any) -> BeforeValidator:
    """A word that is none of `words` is named alone: told all of them, a small model writes them all down."""
    allowed = frozenset(get_args(words))

    def check(value: Any) -> Any:
        if not isinstance(value, str) or value not in allowed:
            raise ValueError(f"{str(value)[:_QUOTED]!r} 不是所列的词")
        return value

    return BeforeValidator(check)


_Label = Annotated[list[int], Field(min_length=2, max_length=4)]
_Words = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=12)]


class Answer(BaseModel):
    """Nothing but the named keys."""

    model_config = ConfigDict(extra="forbid")


class FigureLabels(Answer):
    """数量的含义."""

    a: Annotated[list[_Label], Field(max_length=_MOST, description="每项 [数量号, 指标号, 阶段号, 项目号]")]


def labels_for(most: int) -> type[FigureLabels]:
    """Labels for so many quantities, or a few more: a model that lists what is not there is stopped by the schema."""
    return _labels(
        1 << max(most - 1, 0).bit_length()
    )  # few different schemas, since an endpoint prepares each


@cache
def _labels(most: int) -> type[FigureLabels]:
    field = FigureLabels.model_fields["a"]
    return create_model(
        "FigureLabels",
        __base__=FigureLabels,
        __doc__=FigureLabels.__doc__,
        a=(Annotated[list[_Label], Field(max_length=most, description=field.description)], ...),
    )


class BlockColumns(Answer):
    """一个表块各列的含义."""

    k: Annotated[BlockKind, _known(BlockKind)]
    c: Annotated[list[Annotated[Role, _known(Role)]], Field(max_length=40, description="自左至右每列一个")]


class TableColumns(Answer):
    """一张表各块的列."""

    b: Annotated[list[BlockColumns], Field(max_length=12)]
    p: Annotated[int, Field(description="写着项目名称的单元格号，没有填 0")] = 0


class RowWords(Answer):
    """粘连的表：每行各列逐字摘录."""

    k: Annotated[BlockKind, _known(BlockKind)]
    r: Annotated[list[_Words], Field(max_length=120, description='每行按列序逐字摘录，空格填 ""')]


class HeadIds(Answer):
    """报告的抬头."""

    u: Annotated[int, Field(description="单位名称的片段号，没有填 0")] = 0
    y: Annotated[int, Field(description="评价年度的年份号")] = 0
    d: Annotated[int, Field(description="报告日期的日期号")] = 0
    s: Annotated[int, Field(description="自评总得分的片段号")] = 0
    g: Annotated[int, Field(description="评价等级的片段号")] = 0
    k: Annotated[KindName, _known(KindName)] = "不明"


class SectionUse(Answer):
    """一节的用途."""

    t: Annotated[str, Field(max_length=60, description="标题，照抄")]
    u: Annotated[SectionName, _known(SectionName)]


class SectionUses(Answer):
    """各节的用途."""

    r: Annotated[list[SectionUse], Field(max_length=40, description="按编号顺序每节一项")]
