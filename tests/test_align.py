"""Atoms under columns: rows bound by print, rows inferred, pieces of one cell."""

import pytest

from extractor.segment.align import align, fit
from extractor.segment.atoms import Atom, kind_of
from extractor.segment.costs import cost

ROLES = ("level1", "level2", "level3", "target", "actual", "points", "score")
MONEY = ("item", "initial", "annual", "executed", "points", "rate", "score")


def atoms(text: str) -> list[Atom]:
    """`/` separates pieces; an empty one is a printed empty cell."""
    out, at = [], 0
    for piece in text.split("/"):
        out.append(Atom(piece, ((at, at + len(piece)),), 0, kind_of(piece)))
        at += len(piece) + 1
    return out


def rows(text: str, roles: tuple[str, ...], *, one_row: bool = False, join_cost: float = 1.0) -> list[str]:
    found = align(atoms(text), roles, one_row=one_row, join_cost=join_cost).rows
    return ["|".join("+".join(a.text for a in cell) for cell in row) for row in found]


def test_row_ends_are_inferred_from_the_pattern_of_columns() -> None:
    text = "产出指标/数量指标/培训人数/≥20人/20人/10/10/开设课程/5门/5门/8/8/效益指标/社会效益/就业率/90%/92%/7/7"
    assert rows(text, ROLES) == [
        "产出指标|数量指标|培训人数|≥20人|20人|10|10",
        "||开设课程|5门|5门|8|8",
        "效益指标|社会效益|就业率|90%|92%|7|7",
    ]


def test_a_row_bound_by_print_skips_missing_columns() -> None:
    assert rows("质量指标/合格率/95%/96%/5/5", ROLES, one_row=True) == ["|质量指标|合格率|95%|96%|5|5"]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("年度资金总额/12/15/14/10/93.3%/9.3", "年度资金总额|12|15|14|10|93.3%|9.3"),
        ("其中:财政拨款/12/15/14", "其中:财政拨款|12|15|14|||"),
        ("其中:财政拨款/12/15/14/93.3", "其中:财政拨款|12|15|14||93.3|"),
        ("其他资金/0/0/0/-/-", "其他资金|0|0|0|-||-"),
    ],
)
def test_money_rows_without_points_keep_their_amounts(text: str, row: str) -> None:
    assert rows(text, MONEY, one_row=True) == [row]


def test_pieces_of_one_text_are_joined_but_labels_are_not() -> None:
    text = "上年结转资金/其他资金/3/4/4"
    assert rows(text, MONEY) == ["上年结转资金||||||", "其他资金|3|4|4|||"]
    assert rows("产出指标/数量指标/新建 道路/长度/3公里/3公里/5/5", ROLES) == [
        "产出指标|数量指标|新建 道路+长度|3公里|3公里|5|5"
    ]


def test_a_sign_before_a_number_belongs_to_the_target() -> None:
    assert rows("质量指标/合格率/≥/95%/96%/5/5", ROLES) == ["|质量指标|合格率|≥+95%|96%|5|5"]


def test_costs_tell_numbers_from_words() -> None:
    assert cost("points", kind_of("10")) < 1 < cost("points", kind_of("及时"))
    assert cost("level3", kind_of("10")) > 5
    assert fit(atoms("产出指标/数量指标/培训人数/20人/20人/10/10"), ROLES) < 1
    assert align([], ROLES, one_row=False, join_cost=1.0).rows == []
