"""python -m eval.model: the bars of the model engines, printed; exit 1 when one falls. Only `--live` asks a real model.

The reports of fixtures and of eval/left_open that hold a folder `replies` are replayed; `--live --record` makes that folder with
the endpoint that OPENAI_BASE_URL and EXTRACTOR_MODEL name; `--peers` asks the same model in the usual ways what it was not asked yet.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from eval.bars import Board
from eval.cases import fixture_cases, seed_cases
from eval.model_adversary import attack
from eval.model_cases import case_of, folder_of, live, recorded, replayed
from eval.model_six import SIX, ask_peers, matches
from eval.model_tokens import cost_of
from eval.scorers import score_report
from extractor.pipeline import review
from extractor.review import Review
from extractor.settings import Settings


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
    most, of = sum(worst.hybrid), sum(worst.usual)
    board.bar(
        f"token：最多的一份（{worst.name}）",
        f"{most}／{of} = {100 * most / of:.1f}%（≤ 10%）",
        10 * most <= of,
    )
    board.bar(
        "token：llm 的输出／逐行输出",
        f"{pointed}／{output} = {100 * pointed / output:.1f}%（≤ 15%）",
        100 * pointed <= 15 * output,
    )


def six_bars(board: Board) -> None:
    """The six cases: ours beside plain instructor and langextract; same model, same texts, from what was answered once."""
    for match in matches():
        value = "，".join(
            f"{who} F1 {each.f1:.3f} 编造 {each.fabricated} token {each.tokens}"
            for who, each in (("hybrid", match.ours), (match.who, match.theirs))
        )
        board.bar(f"六例：{match.who}（{match.cases} 例）", value, match.ahead)


def main() -> int:
    """Run the bars that need no model, and those that do when asked."""
    parser = argparse.ArgumentParser(prog="python -m eval.model", description="模型引擎的考核")
    parser.add_argument("--engine", choices=("hybrid", "llm"), default="hybrid", help="回放或实测的引擎")
    parser.add_argument("--attack", type=int, default=500, metavar="N", help="恶意回答的个数（0 不测）")
    parser.add_argument("--no-tokens", action="store_true", help="不估算 token")
    parser.add_argument("--live", nargs="*", metavar="CASE", help="向真实模型提问：这些报告，不写则为六例")
    parser.add_argument("--record", action="store_true", help="把真实回答存到报告旁的 replies")
    parser.add_argument(
        "--peers",
        nargs="*",
        metavar="CASE",
        help="六例：向 instructor、langextract 提问尚未问过的（很慢，可接着跑）",
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
    if args.peers is not None:
        ask_peers(args.langextract, args.peers)
    six_bars(board)
    print(f"\n{'全部达标' if not board.fell else '未达标：' + '、'.join(board.fell)}")
    return 1 if board.fell else 0


if __name__ == "__main__":
    raise SystemExit(main())
