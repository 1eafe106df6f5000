"""Every finding of the checks on money, people, scores and annexes: recomputable, and told without accusing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from extractor.critique import notes
from extractor.critique.kinds import LEDGER_ONLY
from extractor.findings import Check, Note
from extractor.identities import evaluate
from extractor.profiles import rules
from extractor.reconcile.case import Case
from extractor.reconcile.registry import ledger
from tests import (
    test_checks_adjustments as adjustments,
)
from tests import (
    test_checks_attainment as attainment,
)
from tests import (
    test_checks_bounds as bounds,
)
from tests import (
    test_checks_columns as columns,
)
from tests import (
    test_checks_contrast as contrast,
)
from tests import (
    test_checks_coverage as coverage,
)
from tests import (
    test_checks_listing as listing,
)
from tests import (
    test_checks_sangong as sangong,
)
from tests import (
    test_checks_secrecy as secrecy,
)
from tests import (
    test_checks_shares as shares,
)
from tests import (
    test_checks_sources as sources,
)
from tests import (
    test_checks_staff as staff,
)
from tests import (
    test_checks_weights as weights,
)
from tests.factory import TOTAL, Draft, indicator

ACCUSING = re.compile(r"造假|虚报|弄虚作假|骗取|套取|谎报|隐瞒|捏造|违法|违规")


def _said(sentence: str) -> Draft:
    draft = Draft()
    draft.say(sentence)
    return draft


def _drafts() -> Iterator[tuple[str, Draft]]:
    yield "SUM-03", sources._told("339.66", "追加", "196.01万元", "", "525.67")
    yield "SUM-04", sources._form(sources._row("其中：当年财政拨款", "100.00", "130.00", ""))
    yield "SUM-07", sangong._base(("", "", ""))
    yield "SUM-07", sangong._base(("4.00", "6.00", "5.70"))
    yield "RAT-08", sangong._base(("8.00", "4.00", "4.70"))
    yield "RAT-08", sangong._base(("4.00", "6.00", "4.70"))
    yield "SUM-11", columns._fund_use(("甲任务", "90", ""), ("乙任务", "60", ""), ("合计", "140", ""))
    yield "SUM-15", columns._summary([("甲项目", "31.5", "8.5", "42"), ("乙项目", "10", None, "10")])
    yield "SUM-12", _said(staff.STAFF % ("41", "28", "0", "12", ""))
    on_duty = _said(staff.STAFF % ("40", "28", "0", "12", ""))
    on_duty.base([], staff=("27", "40", ""))
    yield "CON-04", on_duty
    yield "SUM-13", _said(shares.ASSETS % ("60.00", "95.02", "14.98"))
    yield "RAT-03", _said(shares.SHARE % "76.2")
    yield "RAT-11", _said("达标社区{2个:other/other}，占比{70%:other/rate}。")
    yield "RAT-07", adjustments._form("339.66", "535.67")
    yield "SUM-14", adjustments._adjusted("10.00", adjustments.TWO % ("追加", "10.00"))
    yield "SUM-14", adjustments._adjusted("90.00", adjustments.TWO % ("追加", "10.00"))
    yield "RAT-04", coverage._summary("85%")
    yield "RAT-04", coverage._attached(2)
    yield "RAT-12", coverage._summary("62%")
    yield "RAT-04", coverage._all_scored("62%", "全年实施项目{2个:project_count/other}。")
    yield "RAT-12", coverage._all_scored("91.62%", "全年预算执行率{91.62%:exec_rate/rate}。")
    yield "RAT-10", coverage._summary(average="10", count="3")
    yield "RAT-05", _said("群众满意率达{100%:other/rate}以上。")
    yield "SCO-05", bounds._scored("10", "12")
    yield "RAT-09", bounds._building("500", "520", "98%")
    yield "SCO-08", attainment._form(indicator("服务", "达成预期指标", "达成预期指标", "10", "6"))
    yield "SCO-09", attainment._form(indicator("群众知晓率", "90%", "90%", "10", "8"))
    weighted = Draft()
    weighted.form(weights._rows("50", "30", "20"), [TOTAL], ("100", "100"))
    yield "SCO-11", weighted
    yield "SCO-12", weights._gaps("", "8")
    yield "SCO-14", contrast._form("68.53")
    yield "SCO-15", contrast._form("100")
    yield "CON-05", listing._named("维护、维修和应急保障等经费", "护、维修和应急保障等经费")
    yield "CON-08", listing._attached(4, 3)
    yield "CON-09", _said(listing.OFFICES % (5, "办公室、综合科、财务科、法规科"))
    yield "CON-10", secrecy._draft("因此项目为涉密项目，不作公开评价。")
    yield "CON-11", listing._twice(("90%", "90%"), ("80%", "79%"), listing.LONG)


DRAFTS = list(_drafts())


def _reviewed(code: str, draft: Draft) -> tuple[list[Check], tuple[Note, ...]]:
    document, report = draft.build()
    case = Case(document, None, report, rules())
    checks = ledger(case, [code])
    return [check for check in checks if check.status == "fail"], notes(case, checks)


@pytest.mark.parametrize(("code", "draft"), DRAFTS, ids=[f"{code}-{n}" for n, (code, _) in enumerate(DRAFTS)])
def test_a_finding_names_its_numbers_and_asks(code: str, draft: Draft) -> None:
    failed, told = _reviewed(code, draft)
    assert failed
    for check in failed:
        assert check.operands and all(operand.spans for operand in check.operands)
        if check.formula is not None:
            numbers = {o.name: o.value for o in check.operands if o.value is not None}
            assert evaluate(check.formula, numbers) == check.computed
            assert check.formula_text
        if check.reported is not None and check.computed is not None:
            assert check.difference == abs(check.computed - check.reported)
    if code in LEDGER_ONLY:
        assert told == ()
        return
    assert {note.code for note in told} == {code}
    for note in told:
        assert note.comment.endswith("。") and note.action.endswith("。")
        assert not ACCUSING.search(note.comment + note.action)
        assert "None" not in note.comment + note.action and "（空白）" not in note.comment
        assert len(note.comment) < 400
