"""Run by langextract's own interpreter: {text, model, base_url, most, timeout} on standard input, what langextract returns as one line of JSON."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

_PROMPT = (
    "从财政绩效自评报告中抽取：indicator（一行绩效指标，属性 level1 level2 target actual points score reason，文字为三级指标名称）、"
    "fund（一行资金，属性 initial annual executed points rate score，文字为资金名称）、figure（正文中的金额、比率、人数、得分，文字照抄）、"
    "unit_name、fiscal_year、total_score、grade。文字和属性都照抄原文，不编造。"
)
_EXAMPLE = (
    "泽湾县图书馆2021年度报告。全年预算30万元，实际支出28.5万元，自评得分97.5分，等级为优。\n"
    "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"
    "产出指标\t数量指标\t开馆天数\t≥300天\t294天\t20\t19\t闭馆修缮\n"
    "资金名称\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
    "项目资金\t32\t30\t28.5\t10\t95%\t9.5"
)

_INDICATOR = {
    "level1": "产出指标",
    "level2": "数量指标",
    "target": "≥300天",
    "actual": "294天",
    "points": "20",
    "score": "19",
    "reason": "闭馆修缮",
}
_FUND = {"initial": "32", "annual": "30", "executed": "28.5", "points": "10", "rate": "95%", "score": "9.5"}


def main() -> int:
    """Extract, count the tokens that the client was told of, print."""
    import langextract as lx  # type: ignore[import-not-found] # noqa: PLC0415 - not in our environment
    from openai.resources.chat.completions import Completions  # noqa: PLC0415

    given = json.load(sys.stdin)
    used = {"input_tokens": 0, "output_tokens": 0}
    create = Completions.create

    def counted(self: Any, *args: Any, **options: Any) -> Any:
        answer = create(
            self, *args, **{"max_tokens": given["most"], "seed": 7, **options, "timeout": given["timeout"]}
        )
        if answer.usage is not None:
            used["input_tokens"] += answer.usage.prompt_tokens
            used["output_tokens"] += answer.usage.completion_tokens
        return answer

    Completions.create = counted  # type: ignore[method-assign]
    example = _example(lx)
    began = time.perf_counter()
    out: dict[str, Any] = {"values": [], "failed": None}
    options = {"base_url": given["base_url"], "api_key": "local", "temperature": 0.0, "max_workers": 1}
    config = lx.factory.ModelConfig(
        model_id=given["model"], provider="OpenAILanguageModel", provider_kwargs=options
    )
    try:
        result = lx.extract(
            text_or_documents=given["text"],
            prompt_description=_PROMPT,
            examples=[example],
            config=config,
            max_char_buffer=4000,
            show_progress=False,
        )
    except (lx.exceptions.LangExtractError, ValueError) as error:
        out["failed"] = f"{type(error).__name__}: {error}"[:200]
    else:
        out["values"] = [value for each in result.extractions or [] for value in _values(each)]
    print(json.dumps({**out, **used, "seconds": time.perf_counter() - began}, ensure_ascii=False))
    return 0


def _example(lx: Any) -> Any:
    """One report of our own, extracted by hand."""
    extraction = lx.data.Extraction
    return lx.data.ExampleData(
        text=_EXAMPLE,
        extractions=[
            extraction(extraction_class="unit_name", extraction_text="泽湾县图书馆"),
            extraction(extraction_class="fiscal_year", extraction_text="2021"),
            extraction(extraction_class="figure", extraction_text="30万元"),
            extraction(extraction_class="figure", extraction_text="28.5万元"),
            extraction(extraction_class="total_score", extraction_text="97.5分"),
            extraction(extraction_class="grade", extraction_text="优"),
            extraction(extraction_class="indicator", extraction_text="开馆天数", attributes=_INDICATOR),
            extraction(extraction_class="fund", extraction_text="项目资金", attributes=_FUND),
        ],
    )


def _values(each: Any) -> list[tuple[str, str, str]]:
    """(row, field, text) of one extraction, as `model_peers` compares them."""
    text = "".join(str(each.extraction_text or "").split())
    if each.extraction_class == "figure":
        return [("figure", "value", text)]
    if each.extraction_class not in ("indicator", "fund"):
        return []
    name, key = ("indicators", "level3") if each.extraction_class == "indicator" else ("funds", "item")
    row = f"{name}:{text}"
    attributes = {k: v for k, v in (each.attributes or {}).items() if isinstance(v, str) and v.strip()}
    return [(row, key, text), *((row, k, "".join(v.split())) for k, v in attributes.items())]


if __name__ == "__main__":
    raise SystemExit(main())
