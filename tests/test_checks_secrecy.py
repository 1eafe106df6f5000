"""CON-10: secret projects, of which nothing is repeated."""

from __future__ import annotations

import pytest

from extractor.critique import notes
from extractor.profiles import rules
from extractor.reconcile.case import Case
from extractor.reconcile.registry import ledger
from tests.factory import Draft, full_rows

NAME = "特别事项工作经费"


def _draft(words: str, form: bool = True) -> Draft:
    draft = Draft()
    draft.say(f"{NAME}支出{{63万元:project_exec/exec@{NAME}}}，{words}")
    if form:
        funds = [["年度资金总额", "63", "63", "63", "10", "100%", "10"]]
        draft.form(full_rows(), funds, ("100", "100"), scope=NAME)
    return draft


@pytest.mark.parametrize(
    ("draft", "fired"),
    [
        (_draft("因此项目为涉密项目，不作公开评价。"), [("CON-10", "P0")]),
        (_draft("因此项目为涉密项目，不作公开评价。", form=False), []),
        (_draft("该项目不涉密，予以公开。"), []),
        (_draft("用于涉密人员培训和涉密载体检查。"), []),
        (_draft("该项目为公开项目。"), []),
    ],
)
def test_secret_and_shown(draft: Draft, fired: list[tuple[str, str]]) -> None:
    assert draft.fired("CON-10") == fired


def test_the_note_repeats_nothing() -> None:
    document, report = _draft("因此项目为涉密项目，不作公开评价。").build()
    case = Case(document, None, report, rules())
    (note,) = notes(case, ledger(case, ["CON-10"]))
    assert "内部提示" in note.comment
    assert not any(
        secret in text for secret in (NAME, "63", "工作1") for text in (note.comment, note.action, note.quote)
    )
