"""SUM-11, SUM-15: closing rows and rows of lists."""

from __future__ import annotations

import pytest

from extractor.schema import Fund
from tests.factory import Draft


def _fund_use(*rows: tuple[str, str, str]) -> Draft:
    draft = Draft()
    table, start = draft.open_table("资金使用情况表（单位：万元）")
    for item, annual, executed in rows:
        ident = draft.next_id("f")
        cells = {
            key: draft.cell(raw, f"{ident}.{key}")
            for key, raw in (("item", item), ("annual", annual), ("executed", executed))
        }
        draft.parts["funds"].append(Fund(id=ident, table=table, scope="整体", **cells))
    draft.close_table(table, start, "fund_use", "整体")
    return draft


@pytest.mark.parametrize(
    ("rows", "fired"),
    [
        ([("甲任务", "90", "90"), ("乙任务", "50", "48.5"), ("金额合计", "140", "138.5")], []),
        ([("甲任务", "90", "90"), ("乙任务", "60", "48.5"), ("金额合计", "140", "138.5")], [("SUM-11", "P0")]),
        ([("甲任务", "90", "90"), ("乙任务", "50", "48.5"), ("金额合计", "240", "138.5")], [("SUM-11", "P1")]),
        ([("甲任务", "90", ""), ("其中：子任务", "40", ""), ("乙任务", "50", ""), ("合计", "140", "")], []),
        ([("甲任务", "90", ""), ("乙任务", "", ""), ("合计", "90", "")], []),
    ],
)  # fmt: skip
def test_closing_row(rows: list[tuple[str, str, str]], fired: list[tuple[str, str]]) -> None:
    assert _fund_use(*rows).fired("SUM-11") == fired


def _summary(rows: list[tuple[str, str, str | None, str]]) -> Draft:
    """A 汇总表 with the columns 年初预算数, 年中追加数 and 小计."""
    draft = Draft("summary")
    table, start = draft.open_table("项目汇总表（单位：万元）")
    from extractor.schema import Project

    for name, initial, change, annual in rows:
        ident = draft.next_id("p")
        named = draft.cell(name, f"{ident}.name")
        first = draft.cell(initial, f"{ident}.initial")
        if change is not None:
            draft.put("\t")
            draft._figure(change, "budget_adjust", "adjust", name, None, table)
            draft.put("\n")
        assert named is not None
        draft.parts["projects"].append(
            Project(
                id=ident,
                name=named,
                initial=first,
                annual=draft.cell(annual, f"{ident}.annual"),
                tables=(table,),
            )
        )
    draft.close_table(table, start, "project_summary", "整体")
    return draft


@pytest.mark.parametrize(
    ("rows", "fired"),
    [
        ([("甲项目", "31.5", "8.5", "40"), ("乙项目", "10", None, "10"), ("丙项目", "10", "-4", "6")], []),
        ([("甲项目", "31.5", "8.5", "42"), ("乙项目", "10", None, "10")], [("SUM-15", "P1")]),
        ([("甲项目", "31.5", None, "42"), ("乙项目", "10", None, "10")], []),  # nothing was read in between
    ],
)
def test_rows_of_a_list(rows: list[tuple[str, str, str | None, str]], fired: list[tuple[str, str]]) -> None:
    assert _summary(rows).fired("SUM-15") == fired
