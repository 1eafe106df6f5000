"""Errors planted into clean fixtures: the truth of each is known before the text is changed."""

from eval.planting import rates, scores, sums, texts, wholes, words
from eval.planting.plant import KINDS, Plant, planted
from eval.planting.sheet import Sheet, sheets

FAMILIES = (sums, rates, scores, words, texts, wholes)

__all__ = ["FAMILIES", "KINDS", "Plant", "Sheet", "planted", "sheets"]
