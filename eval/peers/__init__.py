"""python -m eval --peers: other tools on the same cases in one run, each with its best documented settings."""

from __future__ import annotations

from eval.peers.registry import FIGURE_PEERS, TABLE_PEERS
from eval.peers.run import Comparison, compared, markdown

__all__ = ["FIGURE_PEERS", "TABLE_PEERS", "Comparison", "compared", "markdown"]
