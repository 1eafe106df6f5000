"""How many tokens a report costs: whole with the full schema in the usual way, and by pointing, hybrid or all of it."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

from eval.cases import Case
from eval.model_adversary import malicious, plausible_labels
from eval.model_double import Double, connect
from extractor.chat import Question
from extractor.pipeline import Stages, review
from extractor.records import json_schema, jsonable
from extractor.schema import Report
from extractor.settings import Settings

_LEFT_OUT = ("evidence", "span", "sections", "tables", "id", "address", "kind", "text")


def tokens(text: str) -> int:
    """About how many tokens a text is: three Chinese characters make two, four others one; both sides are counted alike."""
    wide = sum(ord(c) > 0x2E80 for c in text)
    return (wide * 2 + 2) // 3 + (len(text) - wide + 3) // 4


@dataclass
class Cost:
    """Tokens of one report: (input, output) of the usual way, of hybrid, of llm."""

    name: str
    usual: tuple[int, int]
    hybrid: tuple[int, int]
    llm: tuple[int, int]


def _plain(value: Any) -> Any:
    """A record as a model would have to write it: no places, no evidence, no text twice."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if k not in _LEFT_OUT and v is not None}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _asked(case: Case, engine: str) -> tuple[int, int]:
    """Tokens of the questions of an engine with their schemas, and of answers that label everything asked."""

    def answer(question: Question) -> Any:
        if question.prompt.name == "figures":
            return plausible_labels(question, random.Random(1))
        return malicious(random.Random(1), 0.0)(question)

    double = Double(answer)
    review(case.source, Settings(engine=engine, model="x"), file_name=case.file_name, connect=connect(double))
    given = said = 0
    for question in double.asked:
        schema = json.dumps(question.answer.model_json_schema(), ensure_ascii=False)
        given += tokens(question.prompt.system) + tokens(question.prompt.user) + tokens(schema)
        said += tokens(json.dumps(answer(question), ensure_ascii=False, separators=(",", ":")))
    return given, said


def cost_of(case: Case) -> Cost:
    """What one report costs each way; the usual answer is the rules' reading of it as plain rows."""
    stages = Stages()
    read = review(case.source, Settings(engine="rules"), file_name=case.file_name, stages=stages)
    schema = json.dumps(json_schema(Report), ensure_ascii=False, separators=(",", ":"))
    rows = json.dumps(_plain(jsonable(read.report)), ensure_ascii=False, separators=(",", ":"))
    usual = tokens(schema) + tokens(read.document.text), tokens(rows)
    return Cost(case.name, usual, _asked(case, "hybrid"), _asked(case, "llm"))
