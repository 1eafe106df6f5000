"""Recomputes what a report states: the ledger of checks."""

from __future__ import annotations

from extractor.reconcile import grades, lists, rates, scores, scoring, sums
from extractor.reconcile.case import Case
from extractor.reconcile.registry import RULES, Rule, reconcile

FAMILIES = (sums, lists, rates, scores, grades, scoring)

__all__ = ["FAMILIES", "RULES", "Case", "Rule", "reconcile"]
