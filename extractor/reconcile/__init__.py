"""Recomputes what a report states: the ledger of checks."""

from __future__ import annotations

from extractor.reconcile import (
    comparability,
    conclusions,
    consistency,
    grades,
    lists,
    rates,
    reasonableness,
    scores,
    scoring,
    sums,
    units,
)
from extractor.reconcile.case import Case
from extractor.reconcile.registry import RULES, Rule, reconcile

FAMILIES = (
    sums,
    lists,
    rates,
    scores,
    grades,
    scoring,
    consistency,
    conclusions,
    comparability,
    reasonableness,
    units,
)

__all__ = ["FAMILIES", "RULES", "Case", "Rule", "reconcile"]
