"""python -m eval.model: the bars of the model engines, printed; exit 1 when one falls. Only `--live` asks a real model.

The reports of fixtures and of eval/left_open that hold a folder `replies` are replayed; `--live --record` makes that folder with
the endpoint that OPENAI_BASE_URL and EXTRACTOR_MODEL name; `--peers` also asks the same model in the usual ways.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.bars import Board
from eval.cases import FIXTURES, ROOT, Case, canonical, fixture_cases, seed_cases
from eval.gold import load_gold
from eval.model_adversary import attack
from eval.model_peers import PeerAnswer, ask_langextract, ask_plain
from eval.model_tokens import cost_of
from eval.model_values import Compared, compared, gold_values, report_values
from eval.scorers import score_report
from extractor.chat import Chat
from extractor.pipeline import review
from extractor.review import Review
from extractor.settings import Settings

OPEN = ROOT / "eval" / "left_open"
# At most three thousand characters each: three whose tables the rules cannot read, three that they can.
SIX = (
    "unknown_heads",
    "unknown_heads_tabs",
    "cells_without_grid",
    "sentence_indicators",
    "unfinished_form",
    "glued_cells",
)
MODEL = "qwen2.5-coder-1.5b"  # whose answers are recorded


def folder_of(name: str) -> Path:
    """The folder of a case of fixtures or eval/left_open."""
    return next(folder for root in (OPEN, FIXTURES) if (folder := root / name).is_dir())


def case_of(folder: Path) -> Case:
    """The report in a folder with its gold."""
    report = next(folder.glob("report.*"))
    return Case(
        folder.name, folder.parent.name, report, load_gold(folder / "expected.json", canonical(report)), {}
    )


def recorded() -> Iterator[Path]:
    """The folders whose reports a real model has answered."""
    for root in (OPEN, FIXTURES):
        yield from (folder for folder in sorted(root.iterdir()) if (folder / "replies").is_dir())


def replayed(folder: Path, engine: str) -> Review:
    """A review answered from the folder's recorded replies; what was not recorded fails as unreachable."""
    settings = Settings(engine=engine, model=MODEL, cache=str(folder / "replies"))
    return review(
        next(folder.glob("report.*")), settings, connect=lambda: Chat(settings, replay=folder / "replies")
    )


def live(folder: Path, engine: str, record: bool) -> Review:
    """A review by the endpoint of the environment, its answers kept beside the report when asked."""
    given: dict[str, Any] = {"engine": engine, "model_concurrency": 1, "model_seconds": 7200}
    if record:
        given["cache"] = str(folder / "replies")
    return review(next(folder.glob("report.*")), Settings.from_environment(**given))


def against_rules(board: Board, folder: Path, result: Review) -> None:
    """One case: no measure lower than the rules'; higher ones are shown."""
    case = case_of(folder)
    rules = score_report(
        review(case.source, Settings(engine="rules"), file_name=case.file_name).report, case.gold
    )
    scores = score_report(result.report, case.gold)
    lower = [name for name, score in scores.items() if score.right < rules[name].right]
    shown = "，".join(
        f"{name} {rules[name].right}→{score.right}/{score.expected}"
        for name, score in scores.items()
        if score.right != rules[name].right
    )
    used = result.run.log.usage
    value = f"{shown or '与规则相同'}；{used.calls} 次调用，{used.input_tokens}+{used.output_tokens} token"
    if result.run.failed:
        value += f"；{len(result.run.failed)} 处没有得到可用的回答，规则的结果照旧"
    board.bar(f"{result.run.engine}：{case.name}", value, not lower)


def token_bars(board: Board) -> None:
    """Tokens over fixtures and seeds by one estimate for all ways."""
    costs = [cost_of(case) for case in (*fixture_cases(), *seed_cases())]
    usual = sum(sum(cost.usual) for cost in costs)
    hybrid = sum(sum(cost.hybrid) for cost in costs)
    output = sum(cost.usual[1] for cost in costs)
    pointed = sum(cost.llm[1] for cost in costs)
    worst = max(costs, key=lambda cost: sum(cost.hybrid) / sum(cost.usual))
    board.bar(
        "token：hybrid／整篇加全模式",
        f"{hybrid}／{usual} = {100 * hybrid / usual:.1f}%（≤ 10%）",
        10 * hybrid <= usual,
    )
    print(f"      最多的一份 {worst.name} {100 * sum(worst.hybrid) / sum(worst.usual):.1f}%")
    board.bar(
        "token：llm 的输出／逐行输出",
        f"{pointed}／{output} = {100 * pointed / output:.1f}%（≤ 15%）",
        100 * pointed <= 15 * output,
    )


def peers(board: Board, python: str | None) -> None:
    """The six cases: ours, plain instructor and, with its interpreter given, langextract; same model, same texts."""
    settings = Settings.from_environment(model_concurrency=1, model_seconds=7200)
    totals: dict[str, list[tuple[Compared, int]]] = {}
    for name in SIX:
        case = case_of(folder_of(name))
        assert isinstance(case.source, Path)
        text, gold = canonical(case.source), gold_values(case.gold)
        ours = live(folder_of(name), "hybrid", record=False)
        used = ours.run.log.usage
        answers = {
            "hybrid": PeerAnswer(report_values(ours.report), used.input_tokens, used.output_tokens),
            "instructor": ask_plain(text, settings),
        }
        if python:
            answers["langextract"] = ask_langextract(python, text, settings)
        for who, answer in answers.items():
            result = compared(answer.values, gold, text)
            cost = answer.input_tokens + answer.output_tokens
            totals.setdefault(who, []).append((result, cost))
            print(f"  {name:<22} {who:<12} F1 {result.f1:.3f}  编造 {result.fabricated}  token {cost}  {answer.failed or ''}", flush=True)  # fmt: skip
    ours_total = _total(totals["hybrid"])
    for who, rows in totals.items():
        f1, fabricated, cost = _total(rows)
        ahead = who == "hybrid" or (
            ours_total[0] > f1 and ours_total[1] <= fabricated and ours_total[2] < cost
        )
        board.bar(f"六例：{who}", f"F1 {f1:.3f}，编造 {fabricated}，token {cost}", ahead)


def _total(rows: list[tuple[Compared, int]]) -> tuple[float, int, int]:
    whole = Compared(*(sum(values) for values in zip(*(row for row, _ in rows), strict=True)))
    return whole.f1, whole.fabricated, sum(cost for _, cost in rows)


def main() -> int:
    """Run the bars that need no model, and those that do when asked."""
    parser = argparse.ArgumentParser(prog="python -m eval.model", description="模型引擎的考核")
    parser.add_argument("--engine", choices=("hybrid", "llm"), default="hybrid", help="回放或实测的引擎")
    parser.add_argument("--attack", type=int, default=500, metavar="N", help="恶意回答的个数（0 不测）")
    parser.add_argument("--no-tokens", action="store_true", help="不估算 token")
    parser.add_argument("--live", nargs="*", metavar="CASE", help="向真实模型提问：这些报告，不写则为六例")
    parser.add_argument("--record", action="store_true", help="把真实回答存到报告旁的 replies")
    parser.add_argument(
        "--peers", action="store_true", help="六例：与 instructor、langextract 同模型比较（很慢）"
    )
    parser.add_argument("--langextract", metavar="PYTHON", help="装有 langextract 的解释器")
    args = parser.parse_args()
    board = Board()
    if args.attack:
        done = attack([*fixture_cases(), *seed_cases()], args.attack)
        value = f"{done.invented}／{done.values}（{done.replies} 个恶意回答，拒收 {done.refused}）"
        board.bar("恶意模型：原文没有而被采纳的数", value, not done.invented)
    if not args.no_tokens:
        token_bars(board)
    for folder in recorded():
        against_rules(board, folder, replayed(folder, args.engine))
    for name in (args.live or SIX) if args.live is not None else ():
        against_rules(board, folder_of(name), live(folder_of(name), args.engine, args.record))
    if args.peers:
        peers(board, args.langextract)
    print(f"\n{'全部达标' if not board.fell else '未达标：' + '、'.join(board.fell)}")
    return 1 if board.fell else 0


if __name__ == "__main__":
    raise SystemExit(main())
