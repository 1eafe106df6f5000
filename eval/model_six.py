"""Six short reports read by ours, by plain instructor and by langextract, all asking the same model; what the others said is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from eval.cases import canonical
from eval.model_cases import MODEL, case_of, folder_of, recorded_usage, replayed
from eval.model_peers import PeerAnswer, ask_langextract, ask_plain
from eval.model_values import Compared, compared, gold_values, report_values
from extractor.settings import Settings

# At most three thousand characters each: three whose tables the rules cannot read, three that they can.
SIX = (
    "unknown_heads",
    "unknown_heads_tabs",
    "cells_without_grid",
    "sentence_indicators",
    "unfinished_form",
    "glued_cells",
)
KEPT = Path(__file__).with_name("model_six.json")
OURS, PEERS = "hybrid", ("instructor", "langextract")
_NAMES = {OURS: "本工具（hybrid）", "instructor": "instructor（整篇加全模式）", "langextract": "langextract"}


class Standing(NamedTuple):
    """How one way of asking reads one case, or all six."""

    compared: Compared
    tokens: int
    failed: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall of all values."""
        return self.compared.f1

    @property
    def fabricated(self) -> int:
        """Values that the source does not print."""
        return self.compared.fabricated


def ask_peers(python: str | None, names: Sequence[str] = SIX) -> None:
    """Ask what is not yet kept, one case after the other; an interrupted run goes on where it stopped."""
    settings = Settings.from_environment(model_concurrency=1, model_seconds=7200)
    if settings.model != MODEL:
        raise SystemExit(f"六例只与 {MODEL} 比较；请设 EXTRACTOR_MODEL={MODEL}。")
    ways: dict[str, Callable[[str], PeerAnswer]] = {"instructor": partial(ask_plain, settings=settings)}
    if python:
        ways["langextract"] = partial(ask_langextract, python, settings=settings)
    for name in names or SIX:
        text = _text(name)
        for who, ask in ways.items():
            kept = _kept()
            if _answer(kept, name, who, text) is not None:
                continue
            answer = ask(text)
            kept.setdefault(name, {})[who] = {"text": _digest(text), **asdict(answer)}
            KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            print(f"  {name:<22} {who:<12} {len(answer.values)} 个值，{answer.seconds:.0f} 秒  {answer.failed or ''}", flush=True)  # fmt: skip


def standing(name: str, who: str) -> Standing | None:
    """One case read one way; None when it was never asked, or asked of another text."""
    case, text = case_of(folder_of(name)), _text(name)
    if who == OURS:
        values = report_values(replayed(folder_of(name), OURS).report)
        used = recorded_usage(folder_of(name))
        return Standing(
            compared(values, gold_values(case.gold), text), used.input_tokens + used.output_tokens
        )
    answer = _answer(_kept(), name, who, text)
    if answer is None:
        return None
    result = compared(answer.values, gold_values(case.gold), text)
    return Standing(result, answer.input_tokens + answer.output_tokens, int(answer.failed is not None))


class Match(NamedTuple):
    """Ours beside another way, on the cases that the other was asked about."""

    who: str
    cases: int
    ours: Standing
    theirs: Standing

    @property
    def ahead(self) -> bool:
        """Whether ours reads more, writes no more that is not in the source, and asks for less."""
        return (
            self.ours.f1 > self.theirs.f1
            and self.ours.fabricated <= self.theirs.fabricated
            and self.ours.tokens < self.theirs.tokens
        )


def matches() -> list[Match]:
    """Every other way that has been asked about at least one case."""
    ours = {name: standing(name, OURS) for name in SIX}
    out = []
    for who in PEERS:
        theirs = {name: each for name in SIX if (each := standing(name, who)) is not None}
        if theirs:
            out.append(Match(who, len(theirs), _sum(ours[n] for n in theirs), _sum(theirs.values())))
    return out


def _sum(each: Iterable[Standing | None]) -> Standing:
    rows = [row for row in each if row is not None]
    whole = Compared(*(sum(part) for part in zip(*(row.compared for row in rows), strict=True)))
    return Standing(whole, sum(row.tokens for row in rows), sum(row.failed for row in rows))


def table() -> str:
    """The comparison as Markdown, for the README."""
    rows = [
        "| 方法 | 例数 | 取值 F1 | 答对 / 给出 / 应有 | 原文没有的值 | token（输入加输出） | 没有可用的回答 |",
        "|---|---|---|---|---|---|---|",
    ]
    for match in matches():
        for who, each in ((OURS, match.ours), (match.who, match.theirs)):
            right, given, expected, fabricated = each.compared
            rows.append(
                f"| {_NAMES[who]} | {match.cases} | {each.f1:.3f} | {right} / {given} / {expected} "
                f"| {fabricated} | {each.tokens} | {each.failed} |"
            )
    return "\n".join(rows) + "\n"


def _text(name: str) -> str:
    case = case_of(folder_of(name))
    assert isinstance(case.source, Path)
    return canonical(case.source)


def _kept() -> dict[str, dict[str, Any]]:
    """Everything kept, by case and way."""
    if not KEPT.is_file():
        return {}
    kept: dict[str, dict[str, Any]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept


def _answer(kept: dict[str, dict[str, Any]], name: str, who: str, text: str) -> PeerAnswer | None:
    """The kept answer about this very text."""
    found = dict(kept.get(name, {}).get(who, {}))
    if found.pop("text", None) != _digest(text):
        return None
    return PeerAnswer(**{**found, "values": [(row, field, value) for row, field, value in found["values"]]})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
