"""However bad the model: no number that the source does not contain, and never less than the rules read."""

from __future__ import annotations

import random

import pytest

from eval.cases import Case, fixture_cases, seed_cases
from eval.model_adversary import attack, malicious, plausible_labels
from eval.model_double import Double, connect
from eval.scorers import score_report
from extractor.pipeline import review
from extractor.settings import Settings

CASES = [*fixture_cases(), *seed_cases()]
REPLIES = 500


def test_no_number_is_accepted_that_the_source_does_not_contain() -> None:
    done = attack(CASES, REPLIES)
    assert done.replies >= REPLIES
    assert done.values > 10_000
    assert done.refused > 100
    assert done.invented == 0


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hybrid_is_never_worse_than_rules_with_a_confident_and_ignorant_model(case: Case) -> None:
    rules = score_report(
        review(case.source, Settings(engine="rules"), file_name=case.file_name).report, case.gold
    )
    for seed in range(3):
        rng = random.Random(seed)

        def answer(question: object, rng: random.Random = rng) -> object:
            if question.prompt.name == "figures":  # type: ignore[attr-defined]
                return plausible_labels(question, rng)  # type: ignore[arg-type]
            return malicious(rng, noise=0.0)(question)  # type: ignore[arg-type]

        hybrid = review(
            case.source,
            Settings(engine="hybrid", model="double"),
            file_name=case.file_name,
            connect=connect(Double(answer)),
        )
        scores = score_report(hybrid.report, case.gold)
        assert {name: score.right for name, score in scores.items() if score.right < rules[name].right} == {}
