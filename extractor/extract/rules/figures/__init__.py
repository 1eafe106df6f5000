"""Figures of the prose: every quantity of a report's sentences with its metric, scope, stage and period."""

from __future__ import annotations

from extractor.extract.rules.figures.marks import FigureContext
from extractor.extract.rules.figures.read import read_figures

__all__ = ["FigureContext", "read_figures"]
