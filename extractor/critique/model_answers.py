"""What a model may answer as a critic: a kind, the id of a row or sentence, one sentence of its own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["不可衡量", "不匹配", "空泛", "套话", "结论无据", "有事无数"]


class Remark(BaseModel):
    """一条意见."""

    model_config = ConfigDict(extra="forbid")
    c: Kind
    r: Annotated[str, Field(max_length=8, description="编号，如 i3、s5")]
    w: Annotated[str, Field(max_length=120, description="一句意见")]


class Remarks(BaseModel):
    """对一份报告的意见."""

    model_config = ConfigDict(extra="forbid")
    n: Annotated[list[Remark], Field(max_length=40)]
