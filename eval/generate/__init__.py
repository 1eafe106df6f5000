"""Synthetic 绩效自评报告 whose every value is known, in the layouts and file formats real reports arrive in."""

from __future__ import annotations

from eval.generate.draw import FORMATS, Item, draw, formats_of, known
from eval.generate.mutate import mutate
from eval.generate.report import LAYOUTS, Generated, generate

__all__ = ["FORMATS", "LAYOUTS", "Generated", "Item", "draw", "formats_of", "generate", "known", "mutate"]
