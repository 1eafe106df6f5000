"""The teller: writes a sentence of the lexicon and records its figures."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

from eval.generate.canvas import Part
from eval.generate.facts import Facts
from eval.generate.truth import Truth

TOKEN = re.compile(r"\{(\w+)\}")


class Teller:
    """Writes sentences and records their figures."""

    def __init__(self, rng: random.Random, truth: Truth, facts: Facts, names: dict[str, str]) -> None:
        self.rng, self.truth, self.facts, self.names = rng, truth, facts, names

    def tell(self, phrase: str, facts: Facts | None = None, **words: str) -> list[Part]:
        """One sentence as parts; a name in words is plain text, any other name a figure."""
        facts = facts if facts is not None else self.facts
        for short, name in self.names.items():
            phrase = phrase.replace(short, name)
        parts: list[Part] = []
        done = 0
        for match in TOKEN.finditer(phrase):
            parts.append(phrase[done : match.start()])
            done = match.end()
            name = match.group(1)
            if name in words:
                parts.append(words[name])
                continue
            fact = facts[name]
            parts.append(
                self.truth.figure(
                    fact.text,
                    fact.metric,
                    fact.stage,
                    fact.kind,
                    scope=fact.scope,
                    period=fact.period,
                )
            )
        parts.append(phrase[done:])
        return parts

    def pick(self, phrases: Iterable[str], facts: Facts | None = None, **words: str) -> list[Part]:
        """One of the phrases whose figures all exist."""
        known = {**(facts if facts is not None else self.facts), **words}
        able = [p for p in phrases if all(name in known for name in TOKEN.findall(p))]
        return self.tell(self.rng.choice(able), facts, **words) if able else []
