"""How the codes are told: which stay in the ledger, and which get one note for all their places."""

from __future__ import annotations

# Lines of the ledger that are never told to the unit (CHECKS 0.17).
LEDGER_ONLY = frozenset(("SCO-15",))
# Codes of which a report gets one note for each severity, all places listed in it.
ONCE = frozenset((
    "SUM-04", "SUM-07", "SUM-11", "SUM-13", "SUM-15", "RAT-03", "RAT-05", "RAT-07", "RAT-09", "RAT-11", "SCO-05", "SCO-08", "SCO-09", "SCO-11",
    "SCO-12", "SCO-14", "CON-05", "CON-11",
))  # fmt: skip
