"""Synthetic 绩效自评报告 whose every value is known, in the layouts real reports arrive in."""

from __future__ import annotations

from eval.generate.mutate import mutate
from eval.generate.report import LAYOUTS, Generated, generate

__all__ = ["LAYOUTS", "Generated", "generate", "mutate"]
