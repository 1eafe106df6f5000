"""Recomputes what a report states: the ledger of checks."""

from __future__ import annotations

from extractor.reconcile import lists, rates, sums
from extractor.reconcile.case import Case
from extractor.reconcile.registry import RULES, Rule, reconcile

FAMILIES = (sums, lists, rates)

__all__ = ["FAMILIES", "RULES", "Case", "Rule", "reconcile"]
