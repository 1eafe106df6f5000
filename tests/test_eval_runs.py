"""Runs: saved and loaded, resumed, compared; what could not be graded is never counted as wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import compare, examine, runs
from eval.cases import Case, Lot, case_of, fixture_cases, lots
from eval.generate import Item, draw, planted
from eval.gold import Gold, Value
from eval.intervals import difference, interval, reports
from eval.measures.catalogue import MEASURES
from extractor.settings import Settings

RULES = Settings(engine="rules")
CASES = list(fixture_cases())[:3]


@pytest.fixture(scope="module")
def run() -> runs.Run:
    return runs.run(lots(CASES), RULES)


def test_a_saved_run_is_the_same_run(run: runs.Run, tmp_path: Path) -> None:
    runs.save(run, tmp_path / "a.json")
    assert runs.load(tmp_path / "a.json") == run
    (tmp_path / "b.json").write_text("{}")
    with pytest.raises(ValueError, match="--save"):
        runs.load(tmp_path / "b.json")


def test_a_run_goes_on_where_it_was_broken_off(tmp_path: Path) -> None:
    made: list[str] = []

    def watched(lot: Lot) -> Lot:
        def make() -> Case:
            made.append(lot.name)
            return lot.make()

        return lot._replace(make=make)

    file = tmp_path / "results.jsonl"
    every = [watched(lot) for lot in lots(CASES)]
    first = runs.run(every[:2], RULES, file)
    with file.open("a", encoding="utf-8") as half:
        half.write('{"name": "cut')
    both = runs.run(every, RULES, file)
    assert made == [case.name for case in CASES]
    assert [result.counts for result in both.results[:2]] == [result.counts for result in first.results]
    changed = every[0]._replace(key="another file")
    runs.run([changed], RULES, file)
    assert made[3:] == [CASES[0].name]


def test_refused_crashed_and_ungraded_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = Case("空", "own", b"", Gold(), {}, "a.txt")
    assert examine.examine(empty, RULES).state == "refused"
    elsewhere = Case(
        "错位", "own", "评价报告\n".encode(), Gold(head={"unit_name": Value("某局", 0, 2)}), {}, "a.txt"
    )
    result = examine.examine(elsewhere, RULES)
    assert result.state == "ungraded" and "某局" in result.error and result.counts == {}

    def boom(*_: object, **__: object) -> None:
        raise KeyError("defect")

    monkeypatch.setattr(examine, "review", boom)
    crashed = examine.examine(CASES[0], RULES)
    assert crashed.state == "crashed" and "defect" in crashed.error and crashed.counts == {}
    with pytest.raises(KeyError):
        examine.examine(CASES[0], RULES._replace(debug=True))


def test_a_run_compared_with_itself_gives_no_evidence(
    run: runs.Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs.save(run, tmp_path / "a.json")
    monkeypatch.setattr("sys.argv", ["compare", str(tmp_path / "a.json"), str(tmp_path / "a.json")])
    assert compare.main() == 0
    said = capsys.readouterr().out
    assert "变" not in said.replace("有变化的案例 0 个", "") and "有变化的案例 0 个" in said


def counted(*right: int) -> list[dict[str, list[float]]]:
    """Reports of ten values each, so many of them right."""
    return [{"value/all": [float(n), 10.0 - n, 10.0 - n]} for n in right]


def test_better_worse_and_no_evidence() -> None:
    measure = MEASURES["f1.all"]
    low, high = counted(*[5, 6, 5, 6] * 5), counted(*[8, 9, 8, 9] * 5)
    for before, after, says in ((low, high, "变好"), (high, low, "变差"), (low, low, "无证据")):
        found = difference(measure, before, after)
        assert found is not None and compare.verdict(measure, found.low, found.high) == says
    one_moved = difference(measure, counted(5, 6, 7, 8), counted(6, 5, 7, 8))
    assert one_moved is not None and compare.verdict(measure, one_moved.low, one_moved.high) == "无证据"
    assert compare.verdict(MEASURES["accused"], 0.1, 0.2) == "变差"


def test_an_interval_is_around_its_value_the_same_each_time_and_narrower_with_more_reports() -> None:
    few, many = counted(5, 8, 9, 10), counted(*[5, 8, 9, 10] * 10)
    narrow, wide = interval(MEASURES["f1.all"], many), interval(MEASURES["f1.all"], few)
    assert narrow and wide and narrow == interval(MEASURES["f1.all"], many)
    assert wide.low <= narrow.low < narrow.value == wide.value < narrow.high <= wide.high
    assert interval(MEASURES["f1.prose"], many) is None


def test_every_case_that_moved_is_listed_with_what_came_and_went(run: runs.Run, tmp_path: Path) -> None:
    runs.save(run, tmp_path / "a.json")
    other = runs.load(tmp_path / "a.json")
    result = other.results[1]
    result.counts["value/all"][0] -= 1
    result.counts["value/all"][2] += 1
    result.misses.append({"said": "missed one"})
    other.results[2].state = "crashed"
    pairs = compare.common(run, other)
    found = list(compare.moved(pairs))
    assert [each.name for each in found] == [result.name, other.results[2].name]
    assert found[0].came == ("missed one",) and any("全部 F1" in each for each in found[0].changes)
    assert found[1].changes[0] == "完成 → 崩溃"
    other.results[0].key = f"other-{json.dumps(1)}"
    assert len(compare.common(run, other)) == 2


def test_a_plant_is_answered_by_what_its_clean_twin_does_not_say() -> None:
    note = ["SUM-01", "P0", "合计不等"]
    clean = examine.Result("甲-clean", "x", "txt", "", said=[["FMT-01", "P2", "老问题"]])
    twin = examine.Result(
        "甲-planted",
        "x",
        "txt",
        "",
        said=[*clean.said, note],
        planted=[["SUM-01", "SUM-03"], ["FMT-01"]],
        twin="甲-clean",
    )
    runs.answer_plants([clean, twin])
    assert twin.counts["planted"] == [1.0, 2.0] and twin.counts["planted/FMT-01"] == [0.0, 1.0]
    assert twin.notes == ["植入的错误未检出：FMT-01"]


def test_a_planted_twin_is_no_second_report() -> None:
    """Twins are drawn together: two copies of every report leave the value and its interval as they were."""
    rights = [5, 8, 9, 10, 7, 6]
    alone = [examine.Result(f"{n}-clean", "x", "txt", "", counts=counted(r)[0]) for n, r in enumerate(rights)]
    twins = [
        examine.Result(f"{n}-planted", "x", "txt", "", counts=counted(r)[0], twin=f"{n}-clean")
        for n, r in enumerate(rights)
    ]
    measure = MEASURES["f1.all"]
    assert interval(measure, reports([*alone, *twins])) == interval(measure, reports(alone))
    assert len(reports([*alone, *twins])) == len(rights) < len([*alone, *twins])


def test_a_report_with_errors_is_never_a_clean_one() -> None:
    """Also when print took every error with it: what is said of such a report may be right."""
    item = next(i for i in draw("development", 400) if i.sinful and i.format == "txt")
    case = case_of(item)
    assert not case.findings and case.twin == item.twin


def test_figures_of_a_sentence_that_an_error_added_are_no_slip(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody labelled them: a reader that reads them is neither right nor wrong."""
    monkeypatch.setattr(
        planted, "_chosen", lambda known, *_: [p for p in known if p.kind == "结构占比误写"][:1]
    )
    item = next(
        i for i in (Item("development", seed, "tables", "txt", True) for seed in range(40)) if i.planted
    )
    (added,) = item.gold()["extras"]["inserted"]
    assert "占" in added["raw"]
    result = examine.examine(case_of(item), RULES)
    assert result.state == "ok"
    assert not [m for m in result.misses if added["start"] <= m["at"] < added["end"]]
