"""Every check of the catalogue fires somewhere and is silent somewhere: on a report of ours, on a planted error, or in its own test."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from eval.cases import fixture_cases
from eval.plant import clean_cases, clean_sheets
from eval.planting import planted
from extractor.pipeline import review
from extractor.reconcile import RULES
from extractor.settings import Settings
from tests import test_checks_attainment as attainment
from tests import test_checks_bounds as bounds
from tests import test_checks_commands as commands
from tests import test_checks_companions as companions
from tests import test_checks_scales as scales
from tests import test_checks_shares as shares

# Kept in the ledger and never a failure: CHECKS 0.16 and 0.17, and INT-03, which CON-08 tells.
NEVER_FAIL = {"CMP-04", "FMT-06", "INT-03", "REA-12", "XDC-06"}
# What no clean report of ours can be bent into is fired by these tests.
ELSEWHERE = {
    "FMT-09": commands.test_commands,
    "RAT-09": bounds.test_building_control,
    "RAT-11": shares.test_counts_with_shares,
    "SCO-08": attainment.test_tiers,
    "UNI-03": scales.test_powers_of_ten,
    "UNI-04": scales.test_signs,
    "XDC-01": companions.test_a_passage_of_another_unit,
    "XDC-02": companions.test_last_years_accounts,
    "XDC-03": companions.test_approved_targets,
    "XDC-04": companions.test_published_accounts,
    "XDC-05": companions.test_the_list_against_the_form,
}


@cache
def fixtures() -> dict[str, set[str]]:
    """The fixtures on which each check fails, and under "silent " + code those on which it does not."""
    out: dict[str, set[str]] = defaultdict(set)
    for case in fixture_cases():
        checks = review(case.source, Settings(), file_name=case.file_name).checks
        failed = {check.code for check in checks if check.status == "fail"}
        for code in RULES:
            out[code if code in failed else f"silent {code}"].add(case.name)
    return out


def test_every_check_is_silent_on_some_report() -> None:
    assert [code for code in RULES if not fixtures()[f"silent {code}"]] == []


def test_every_check_fires() -> None:
    left = {code for code in RULES if not fixtures()[code]} - NEVER_FAIL - set(ELSEWHERE)
    for sheet in clean_sheets(clean_cases()):
        for plant in planted(sheet):
            if plant.code in left:
                checks = review(plant.text.encode(), Settings(), file_name="planted.txt").checks
                left -= {check.code for check in checks if check.status == "fail"}
    assert left == set()


def test_nothing_is_excused_that_fires_on_a_report() -> None:
    assert {code for code in (*NEVER_FAIL, *ELSEWHERE) if fixtures()[code]} == set()
