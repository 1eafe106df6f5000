"""The same model asked in the usual ways: the whole text with the full schema (instructor), and langextract in its own environment.

langextract is no dependency: `python -m venv DIR && DIR/bin/pip install langextract openai`, then `--langextract DIR/bin/python`.
"""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from eval.model_values import Row
from extractor.settings import Settings

_SYSTEM = "你从财政绩效自评报告中抽取数据，按给定的结构输出。数值和文字照抄原文，没有的留空。"
_MOST, _SECONDS = 2000, 7200  # tokens of an answer, seconds of a call


class PeerIndicator(BaseModel):
    """一行绩效指标."""

    level1: str | None = Field(None, description="一级指标")
    level2: str | None = Field(None, description="二级指标")
    level3: str | None = Field(None, description="三级指标")
    target: str | None = Field(None, description="年度指标值")
    actual: str | None = Field(None, description="实际完成值")
    points: str | None = Field(None, description="分值")
    score: str | None = Field(None, description="得分")
    reason: str | None = Field(None, description="偏差原因分析及改进措施")


class PeerFund(BaseModel):
    """一行资金."""

    item: str | None = Field(None, description="资金名称")
    initial: str | None = Field(None, description="年初预算数")
    annual: str | None = Field(None, description="全年预算数")
    executed: str | None = Field(None, description="全年执行数")
    points: str | None = Field(None, description="分值")
    rate: str | None = Field(None, description="执行率")
    score: str | None = Field(None, description="得分")


class PeerFigure(BaseModel):
    """正文中的一个数量."""

    label: str = Field(description="名称")
    value: str = Field(description="数值和单位，照抄原文")


class PeerReport(BaseModel):
    """一份绩效自评报告."""

    unit_name: str | None = Field(None, description="填报单位")
    fiscal_year: str | None = Field(None, description="评价年度")
    total_score: str | None = Field(None, description="总得分")
    grade: str | None = Field(None, description="评价等级")
    funds: list[PeerFund] = Field(default_factory=list, description="资金表各行")
    indicators: list[PeerIndicator] = Field(default_factory=list, description="指标表各行")
    figures: list[PeerFigure] = Field(default_factory=list, description="正文中的金额、比率、人数、得分")


@dataclass
class PeerAnswer:
    """What a peer returned: (field, text) values by row, tokens, seconds, and why it failed when it did."""

    values: list[Row] = field(default_factory=list)
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    failed: str | None = None


def squeeze(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


def values_of(report: dict[str, Any]) -> list[Row]:
    """(row, field, text) of every value of a peer's report; a row is known by its name."""
    out: list[Row] = []
    for name, key, rows in (
        ("funds", "item", report.get("funds")),
        ("indicators", "level3", report.get("indicators")),
    ):
        for row in rows or []:
            label = squeeze(str(row.get(key) or row.get("level2") or ""))
            for part, text in row.items():
                if text:
                    out.append((f"{name}:{label}", part, squeeze(str(text))))
    out += [("figure", "value", squeeze(str(f.get("value") or ""))) for f in report.get("figures") or []]
    return out


def ask_plain(text: str, settings: Settings) -> PeerAnswer:
    """Plain instructor: the whole text, the full schema, one call."""
    import instructor  # noqa: PLC0415 - what was answered once is compared without it
    import openai  # noqa: PLC0415
    from instructor.core import IncompleteOutputException, InstructorRetryException  # noqa: PLC0415

    out, began = PeerAnswer(), time.perf_counter()
    client = instructor.from_openai(
        openai.OpenAI(
            base_url=settings.base_url,
            api_key=settings.api_key.reveal() or "local",
            max_retries=0,
            timeout=_SECONDS,
        ),
        mode=instructor.Mode.JSON,  # the form in which a local server shows the schema to the model
    )
    try:
        report, completion = client.chat.completions.create_with_completion(
            model=settings.model,
            response_model=PeerReport,
            max_retries=0,
            temperature=0,
            seed=7,
            max_tokens=_MOST,
            messages=[{"role": "system", "content": _SYSTEM}, {"role": "user", "content": text}],
        )
    except (InstructorRetryException, IncompleteOutputException) as error:
        if isinstance(error.__cause__, openai.APIConnectionError):
            raise error.__cause__ from None
        out.failed = f"{type(error).__name__}: {error}"[:200]
        usage = getattr(getattr(error, "last_completion", None), "usage", None)
    else:
        out.values, usage = values_of(report.model_dump()), completion.usage
    if usage is not None:
        out.input_tokens, out.output_tokens = usage.prompt_tokens, usage.completion_tokens
    out.seconds = time.perf_counter() - began
    return out


_LANGEXTRACT = Path(__file__).with_name("model_langextract.py")


def ask_langextract(python: str, text: str, settings: Settings) -> PeerAnswer:
    """langextract over the same endpoint, in its own environment."""
    given = json.dumps(
        {
            "text": text,
            "model": settings.model,
            "base_url": settings.base_url,
            "most": _MOST,
            "timeout": _SECONDS,
        }
    )
    done = subprocess.run(
        [python, str(_LANGEXTRACT)], input=given, capture_output=True, text=True, check=False
    )
    try:
        return PeerAnswer(**json.loads(done.stdout.splitlines()[-1]))
    except (ValueError, IndexError, TypeError):
        return PeerAnswer(failed=(done.stderr or done.stdout)[-300:])
