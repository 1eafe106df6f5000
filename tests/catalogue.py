"""The thirty must-do checks of CHECKS B11, by family."""

from __future__ import annotations

SUMS = ("SUM-01", "SUM-02", "SUM-05", "SUM-06", "SUM-08", "SUM-09", "SUM-10")
RATES = ("RAT-01", "RAT-02", "RAT-06")
SCORES = ("SCO-01", "SCO-02", "SCO-03", "SCO-04", "SCO-06", "SCO-07", "SCO-10", "SCO-13", "SCO-16")
OTHERS = (
    "CON-01",
    "CON-02",
    "CON-03",
    "CON-06",
    "CON-07",
    "CMP-01",
    "CMP-02",
    "REA-01",
    "REA-02",
    "REA-10",
    "UNI-01",
)
MUST = (*SUMS, *RATES, *SCORES, *OTHERS)
