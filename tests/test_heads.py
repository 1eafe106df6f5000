"""Column heads: what they are called, in how many pieces and rows they are printed."""

import pytest

from extractor.profiles.columns import role_of
from extractor.segment.atoms import Atom, atom_of
from extractor.segment.goals import goal_heads
from extractor.segment.heads import Heads, columns_of, family_roles, stream_heads
from extractor.segment.rejoin import rejoin
from tests.table_report import document_of


def atoms(text: str) -> tuple[object, list[Atom]]:
    document = document_of(text)
    out, at = [], 0
    for line in text.split("\n"):
        out.append(atom_of(document, [(at, at + len(line))]))
        at += len(line) + 1
    return document, out


def stream(*heads: str) -> Heads | None:
    document, found = atoms("\n".join(heads))
    return stream_heads(document, rejoin(document, found), 0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("family", "head", "role"),
    [
        ("indicator", "年度指标值（A）", "target"),
        ("indicator", "全年实际值(B)", "actual"),
        ("indicator", "偏差原因分析及改进措施", "reason"),
        ("indicator", "计算符号", "sign"),
        ("indicator", "度量单位", "unit"),
        ("indicator", "复核得分", "review"),
        ("money", "调整后预算数", "annual"),
        ("money", "执行率（B/A）", "rate"),
        ("base", "2022年实际在职人数", "on_duty"),
        ("head", "项目支出名称", "project_name"),
        ("goal", "年初设定目标", "expected"),
        ("indicator", "群众满意度达到百分之九十五以上", None),
    ],
)
def test_heads_by_vocabulary(family: str, head: str, role: str | None) -> None:
    assert role_of(family, head.replace("（", "(").replace("）", ")")) == role


def test_a_row_of_heads_is_known_by_its_family() -> None:
    _, row = atoms("绩效指标\n一级指标\n二级指标\n三级指标\n指标值\n完成值\n分值\n得分")
    kind, roles = family_roles(row) or ("", [])
    assert kind == "indicator"
    assert [c.role for c in columns_of(kind, row, roles)] == [
        "frame", "level1", "level2", "level3", "target", "actual", "points", "score",
    ]  # fmt: skip
    assert family_roles(atoms("产出指标\n数量指标\n培训人数\n20人\n20人")[1]) is None


def test_heads_of_a_stream_and_broken_heads() -> None:
    found = stream("年初", "预算数", "全年", "执行数", "分值", "执行率", "得分", "年度资金总额", "12")
    assert found is not None
    assert (found.kind, [c.role for c in found.columns][2:]) == (
        "money",
        ["initial", "executed", "points", "rate", "score"],
    )


def test_second_level_heads_take_the_place_of_the_head_above() -> None:
    found = stream(
        "序号", "项目名称", "全年预算数", "全年执行数", "得分", "年初预算数", "年中追加数", "小计", "1"
    )
    assert found is not None
    assert [c.role for c in found.columns if c.role not in ("frame", "item")] == [
        "seq", "name", "initial", "adjust", "annual", "executed", "score",
    ]  # fmt: skip


def test_goal_heads() -> None:
    assert goal_heads(atoms("年度总体目标\n预期目标\n实际完成情况")[1]) == (1, 2)
    assert goal_heads(atoms("年度总体目标\n提高服务水平")[1]) is None
