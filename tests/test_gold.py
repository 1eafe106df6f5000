"""Gold files: made from a review, corrected by hand, proven against the report."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from eval.cases import FIXTURES, canonical, fixture_cases, own_cases
from eval.examine import examine
from eval.gold import read_gold
from eval.measures.judge import judge
from extractor import cli
from extractor.gold import Places, dumped, make, validate
from extractor.pipeline import review

REPORT = FIXTURES / "yuan_captions" / "report.txt"
TEXT = canonical(REPORT)
CASES = [case.name for case in fixture_cases()]


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return make(review(REPORT))


def errors(gold: dict[str, Any]) -> list[str]:
    return [f"{p.where}：{p.message}" for p in validate(gold, TEXT) if not p.remark]


@pytest.mark.parametrize("name", CASES)
def test_every_gold_of_ours_is_proven(name: str) -> None:
    gold = json.loads((FIXTURES / name / "expected.json").read_text(encoding="utf-8"))
    text = canonical(next((FIXTURES / name).glob("report.*")))
    assert [p for p in validate(gold, text) if not p.remark] == []


@pytest.mark.parametrize("name", CASES[::6])
def test_a_gold_made_from_a_review_is_proven_and_agrees_with_it(name: str) -> None:
    result = review(next((FIXTURES / name).glob("report.*")))
    gold = make(result)
    text = result.document.text
    assert json.loads(dumped(gold)) == gold
    assert [p for p in validate(gold, text) if not p.remark] == []
    assert {slot.verdict for slot in judge(result.report, read_gold(gold, text))} <= {"right", "blank"}


def test_a_value_stands_on_one_line(made: dict[str, Any]) -> None:
    lines = dumped(made).splitlines()
    assert '  "total_score": {"raw": "99.60", "start": 1948, "end": 1953},' in lines
    assert max(map(len, lines)) < 400


def test_remarks_are_about_slips_the_reports_really_have() -> None:
    gold = json.loads((FIXTURES / "unfinished_form" / "expected.json").read_text(encoding="utf-8"))
    text = canonical(next((FIXTURES / "unfinished_form").glob("report.*")))
    said = [p.message for p in validate(gold, text) if p.remark]
    assert len(said) == 2 and all("执行数 86.40／预算数 120.00 不等于执行率 70.00%" in each for each in said)


def edited(made: dict[str, Any], change: str, value: object) -> dict[str, Any]:
    """The gold with one thing changed, named by its keys: `indicators 0 target`."""
    gold = copy.deepcopy(made)
    at: Any = gold
    *way, last = [int(key) if key.isdigit() else key for key in change.split()]
    for key in way:
        at = at[key]
    at[last] = value
    return gold


@pytest.mark.parametrize(
    ("change", "value", "says"),
    [
        ("head total_score", {"raw": "99.61", "start": 1948, "end": 1953}, "原文中没有这些字"),
        ("indicators 0 target", {"raw": "100%", "start": 1654, "end": 1659}, "这些字在第"),
        ("indicators 0 target", "≥19万人", "原文中没有"),
        ("tables", {}, "应为列表"),
        ("tables 0 kind", "表格", "表的类型"),
        ("tables 0 end", 10**7, "起止字数"),
        ("tables 0 id", "t99", "不在 tables 中"),
        ("tables 0 id", "", "缺少 id"),
        ("tables 0 name", "甲", "没有字段 'name'"),
        ("indicators 0 table", "t99", "不在 tables 中"),
        ("indicators 0 table", ["t1"], "不在 tables 中"),
        ("indicators 1 target", "100%", "请加 quote"),
        ("indicators 1 target", {"raw": "100%", "quote": "没有这一段"}, "quote"),
        ("indicators 0 tagret", "x", "没有字段 'tagret'"),
        ("indicators 0 target", 18, "不是一个值"),
        ("head kind", "dept", "'dept' 不存在"),
        ("figures 0 metric", "budget", "不在词表中"),
        ("figures 0 stage", "now", "'now' 不存在"),
        ("base", [], "没有字段 'base'"),
        ("characters", 7, "原文现有"),
        ("findings must_fire", [{"severity": "P0"}], "缺少 code"),
    ],
)
def test_what_is_wrong_is_said(made: dict[str, Any], change: str, value: object, says: str) -> None:
    found = errors(edited(made, change, value))
    assert len(found) == 1 and says in found[0], found


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("head unit_name", {"raw": "99.60", "quote": "总分 99.60"}),
        ("indicators 0 target", "≥18万人"),
        ("indicators 0 target", {"raw": "≥ 18万人"}),
        ("indicators 0 reason", None),
        ("indicators 0 reason", ""),
        ("figures 0 metric", "other|budget_annual"),
    ],
)
def test_what_a_hand_may_write_is_taken(made: dict[str, Any], change: str, value: object) -> None:
    if isinstance(value, dict) and "quote" in value:
        at = TEXT.index("99.60", 1900)
        value = value | {"quote": TEXT[at - 12 : at + 9]}
    assert errors(edited(made, change, value)) == []


def test_a_number_that_is_none_and_a_score_above_its_points_ask_for_another_look(
    made: dict[str, Any],
) -> None:
    row = made["indicators"][0]
    target, points = row["target"], row["points"]
    said = [p for p in validate(edited(made, "indicators 0 score", row["level3"]), TEXT) if p.remark]
    assert any("读不成一个数" in p.message for p in said)
    at = TEXT.index("18.36", points["start"] - 40)
    high = {"raw": "18.36", "start": at, "end": at + 5}
    said = [p for p in validate(edited(made, "indicators 0 score", high), TEXT) if p.remark]
    assert [p.where for p in said] == ["indicators 第 1 行"] and target


def test_words_are_found_across_layout_white_space() -> None:
    places = Places("年初预算\n 58.3\n0万元，执行58.30万元")
    assert places.all("58.30万元") == [(6, 14), (17, 24)]
    assert places.of({"raw": "58.30", "quote": "执行58.30"}) == (17, 22)
    assert places.of("58.30") is None
    assert places.of("没有") is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("head", "部门"),
        ("findings", ["CON-01"]),
        ("indicators", "无"),
        ("funds", [3]),
        ("figures", {"metric": "other"}),
        ("indicators 0 level3 end", "十"),
        ("indicators 0 level3", {"raw": "1", "start": 1, "parts": [1]}),
        ("indicators 0 level3", {"raw": "1", "start": 1, "parts": "一"}),
        ("indicators 0 points", {"raw": "1", "start": [1]}),
    ],
)
def test_what_has_not_the_shape_of_a_gold_is_an_error_and_nothing_breaks(path: str, value: object) -> None:
    assert errors(edited(make(review(REPORT)), path, value)), path


def test_the_command_makes_checks_and_never_overwrites(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "报告.txt"
    report.write_bytes(REPORT.read_bytes())
    gold = tmp_path / "报告.expected.json"
    assert cli.main(["gold", "new", str(report)]) == 0
    assert cli.main(["gold", "check", str(gold)]) == 0
    assert "没有发现问题" in capfd.readouterr().out
    assert cli.main(["gold", "new", str(report)]) == 2
    assert "已经存在" in capfd.readouterr().err
    gold.write_text(gold.read_text(encoding="utf-8").replace('"kind": "department"', '"kind": "部门"'))
    assert cli.main(["gold", "check", str(gold)]) == 1
    assert "报告类型 '部门' 不存在" in capfd.readouterr().out
    gold.write_text('{"file": "别的.txt"}')
    assert cli.main(["gold", "check", str(gold)]) == 1
    assert "请把报告放在同一文件夹" in capfd.readouterr().err
    for told in ('"../报告.txt"', '"a/b.txt"', '"a\\u0000"', "7", '"报告.expected.json"'):
        gold.write_text(f'{{"file": {told}}}', encoding="utf-8")
        assert cli.main(["gold", "check", str(gold)]) == 1
        assert "请把报告放在同一文件夹" in capfd.readouterr().err, told
    for words in ("{,}", "[" * 100_000):
        gold.write_text(words)
        assert cli.main(["gold", "check", str(gold)]) == 1
        assert "不是合法的 JSON" in capfd.readouterr().err
    assert cli.main(["gold", "check", str(tmp_path)]) == 1
    assert "文件打不开" in capfd.readouterr().err


def test_a_folder_of_reports_with_golds_is_cases(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="extractor gold new"):
        list(own_cases(tmp_path))
    (tmp_path / "甲.txt").write_bytes(REPORT.read_bytes())
    gold = make(review(tmp_path / "甲.txt"))
    (tmp_path / "甲.expected.json").write_text(dumped(gold), encoding="utf-8")
    (case,) = own_cases(tmp_path)
    result = examine(case)
    assert (case.name, result.state, result.misses, result.notes) == ("甲", "ok", [], [])
    gold["indicators"][0]["target"] = gold["indicators"][1]["target"]
    gold["findings"]["must_fire"] = []
    (tmp_path / "甲.expected.json").write_text(dumped(gold), encoding="utf-8")
    result = examine(next(own_cases(tmp_path)))
    assert len(result.misses) == 1
    assert all(note.startswith("误报") for note in result.notes) and result.notes


def test_a_row_stands_in_the_table_it_names(made: dict[str, Any]) -> None:
    row = made["indicators"][0]
    n = next(n for n, table in enumerate(made["tables"]) if table["id"] == row["table"])
    assert errors(made) == []
    short = edited(made, f"tables {n} end", row["level3"]["start"])
    assert any("indicators 第 1 行" in each and "不在表" in each for each in errors(short))
    twice = edited(made, "tables", [*made["tables"], made["tables"][n]])
    assert [each for each in errors(twice) if "重复" in each]
    without = {key: value for key, value in made.items() if key != "tables"}
    assert errors(without) == []
