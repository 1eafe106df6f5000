"""The bars on the seeds, our fixtures, damaged copies of them and generated texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from eval.agreement import agreement
from eval.cases import LABELS, Case, canonical, fixture_cases, generated_cases, seed_cases
from eval.findings import Findings, score_findings
from eval.generate import LAYOUTS
from eval.gold import load_gold
from eval.grounding import Grounding, count, mutated
from eval.scorers import Score, score_report
from extractor.pipeline import review
from extractor.reconcile import RULES
from extractor.settings import Settings

KNOWN = frozenset(RULES)


class Board:
    """Prints one line a bar and remembers whether any fell."""

    def __init__(self) -> None:
        self.fell: list[str] = []

    def bar(self, name: str, value: str, good: bool) -> None:
        """One bar: what was measured, and whether it holds."""
        print(f"{'✓' if good else '✗'} {name:<44} {value}")
        if not good:
            self.fell.append(name)


def run_cases(cases: Iterable[Case], verbose: bool) -> tuple[dict[str, Score], Findings, Grounding]:
    """Scores by group, findings and grounding over `cases`."""
    scores: dict[str, Score] = defaultdict(Score)
    findings, grounding = Findings(), Grounding()
    for case in cases:
        result = review(case.source, Settings(), file_name=case.file_name)
        count(result, grounding)
        findings.add(score_findings(case.name, result, case.findings, KNOWN))
        for group, score in score_report(result.report, case.gold).items():
            scores[group].add(score)
            if verbose:
                for miss in score.misses:
                    print(f"    {case.name}: {miss}")
    return scores, findings, grounding


def _share(right: int, of: int) -> str:
    return f"{right}/{of} = {100 * right / of:.2f}%" if of else "—"


def _accuracy(board: Board, title: str, scores: dict[str, Score], floors: dict[str, float]) -> None:
    for group, floor in floors.items():
        score = scores.get(group, Score())
        good = not score.expected or score.right >= floor * score.expected
        board.bar(f"{title}：{group}", f"{_share(score.right, score.expected)}（底线 {floor:.0%}）", good)
        if group == "prose":
            board.bar(
                f"{title}：prose 找到",
                _share(score.found, score.expected),
                not score.expected or score.found >= floor * score.expected,
            )


def _notes(board: Board, title: str, findings: Findings) -> None:
    expected, fired = len(findings.expected), len(findings.fired)
    board.bar(
        f"{title}：应触发的审核意见",
        f"{_share(fired, expected)}（底线 95%）",
        not expected or fired >= 0.95 * expected,
    )
    for label in findings.missed:
        print(f"      未触发 {label}")
    board.bar(f"{title}：应不报而报", str(len(findings.forbidden)), not findings.forbidden)
    board.bar(f"{title}：未列入清单的 P0/P1", str(len(findings.accused)), not findings.accused)
    for label in [*findings.forbidden, *findings.accused]:
        print(f"      错告？ {label}")


def _agreement(board: Board) -> None:
    for second in sorted(LABELS.glob("*.second.toml")):
        name = second.name[:3]
        case = next((c for c in seed_cases() if c.name == name), None)
        if case is None:
            continue
        same, of = agreement(case.gold, load_gold(second, canonical(case.source)))
        board.bar(f"两名标注者一致（{name}）", _share(same, of), same >= 0.9 * of)


SEED_FLOORS = {
    "indicators": 1.0,
    "funds": 0.99,
    "base_data": 0.99,
    "projects": 0.99,
    "head": 1.0,
    "prose": 0.97,
    "table_figures": 0.9,
}
FIXTURE_FLOORS = {
    "indicators": 0.97,
    "funds": 0.97,
    "base_data": 0.97,
    "projects": 0.95,
    "head": 0.95,
    "prose": 0.95,
    "table_figures": 0.85,
}


def examination(mutations: int, generated: int, first_seed: int, verbose: bool) -> int:
    """Print every bar; 1 when one falls."""
    board = Board()
    seeds, fixtures = list(seed_cases()), list(fixture_cases())
    if not seeds:
        print("未找到五份种子报告（EXTRACTOR_SEEDS 或 ../shared/seeds），相关指标不测。")
    _agreement(board)
    for title, cases, floors in (("种子", seeds, SEED_FLOORS), ("夹具", fixtures, FIXTURE_FLOORS)):
        if not cases:
            continue
        scores, findings, grounding = run_cases(cases, verbose)
        _accuracy(board, title, scores, floors)
        _notes(board, title, findings)
        board.bar(
            f"{title}：数字不在其位置上", f"{grounding.broken}／{grounding.values}", not grounding.broken
        )
    damaged = mutated([*seeds, *fixtures], mutations)
    board.bar(
        "受损副本：数字不在其位置上",
        f"{damaged.broken}／{damaged.values}（{damaged.reviews} 份，拒收 {damaged.refused}）",
        not damaged.broken,
    )
    board.bar("受损副本：崩溃", str(damaged.crashed), not damaged.crashed)
    if generated:
        _generated(first_seed, generated, verbose)
    print(f"\n{'全部达标' if not board.fell else '未达标：' + '、'.join(board.fell)}")
    return 1 if board.fell else 0


def _generated(first: int, many: int, verbose: bool) -> None:
    """Accuracy per layout of generated reports, for information."""
    print("\n生成报告（按版式；真值先于排版确定）")
    everything: dict[str, Score] = defaultdict(Score)
    accused: list[str] = []
    for layout in LAYOUTS:
        scores, findings, _ = run_cases(generated_cases(layout, range(first, first + many)), verbose)
        accused += findings.accused
        cells = [s for g, s in scores.items() if g != "head"]
        right, of = sum(s.right for s in cells), sum(s.expected for s in cells)
        for group, score in scores.items():
            everything[group].add(score)
        print(f"  {layout:<24} {_share(right, of):<24} 误报 P0/P1 {len(findings.accused)}")
    for group, score in everything.items():
        print(f"  合计 {group:<19} {_share(score.right, score.expected)}")
    print(f"  合计误报 P0/P1          {len(accused)}")
    for label in accused[:40]:
        print(f"      {label}")
