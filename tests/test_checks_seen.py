"""Slips that stand plainly on the page although a coincidence, an empty cell or a guessed column may hide them; each with its silent twin."""

from __future__ import annotations

import pytest

from extractor.document import Span, SpanPart
from extractor.records import replace
from extractor.schema import OVERALL, Cell, Evidence, Indicator
from tests.factory import TOTAL, Draft, full_rows, indicator
from tests.whole_report import BODY, TITLE, fired

GUESSED = ("inferred_column",)


def test_a_score_put_together_from_a_cell_and_a_page_number() -> None:
    draft = Draft()
    draft.form([*full_rows(8), indicator("厉行节约", points="10", score="12")], [TOTAL], ("100", "100"))
    assert draft.fired("SCO-02") == [("SCO-02", "P0")]
    row = draft.parts["indicators"][-1]
    span = row.score.span
    torn = Span(
        start=span.start,
        end=span.end,
        parts=(SpanPart(start=span.start, end=span.start + 1), SpanPart(start=span.end - 1, end=span.end)),
    )
    draft.parts["indicators"][-1] = replace(row, score=replace(row.score, span=torn))
    assert draft.fired("SCO-02") == []


@pytest.mark.parametrize(
    ("rate", "score", "expected"),
    [
        ("82%", "8.6", [("RAT-01", "P2")]),  # of the initial budget by chance: the score says 86 %
        ("86%", "8.6", []),
        ("82%", "8.2", []),  # the form takes the initial budget throughout
    ],
)
def test_a_rate_that_fits_the_initial_budget_by_chance(
    rate: str, score: str, expected: list[tuple[str, str]]
) -> None:
    draft = Draft()
    draft.form(full_rows(), [["年度资金总额", "235.00", "224.00", "192.70", "10", rate, score]])
    assert draft.fired("RAT-01") == expected


@pytest.mark.parametrize(("rate", "expected"), [("95%", ["P1"]), ("99.84%", [])])
def test_a_rate_beside_the_money_received(rate: str, expected: list[str]) -> None:
    draft = Draft()
    draft.say(
        f"资金到位{{1836万元:revenue_budget/budget_annual}}，实际使用{{1833万元:exec_annual/exec}}，资金使用率为{{{rate}:exec_rate/rate}}。"
    )
    draft.form([indicator("预算完成率", target=None, actual=None) for _ in range(3)])
    assert [severity for _, severity in draft.fired("RAT-01")] == expected


@pytest.mark.parametrize(("between", "expected"), [("", [("INT-08", "P1")]), ("12", [])])
def test_results_between_points_and_score(between: str, expected: list[tuple[str, str]]) -> None:
    """Forms with the points in front of the results leave them empty there."""
    draft = Draft()
    table, start = draft.open_table("绩效自评表（单位：万元）")
    rows = []
    for number in range(5):
        cells: dict[str, Cell | None] = {"level1": None, "level2": None, "reason": None}
        for key, raw in (("level3", f"工作{number}"), ("target", "12次"), ("points", "10")):
            cells[key] = draft.cell(raw, f"i{number}.{key}")
        cells["actual"] = draft.cell(between, f"i{number}.actual")
        cells["score"] = draft.cell("10", f"i{number}.score")
        rows.append(cells)
    draft.parts["indicators"] += [
        Indicator(id=f"i{n}", table=table, scope=OVERALL, **cells) for n, cells in enumerate(rows)
    ]
    draft.close_table(table, start, "self_evaluation", OVERALL)
    assert draft.fired("INT-08") == expected


@pytest.mark.parametrize(("spent", "expected"), [("", [("INT-09", "P1")]), ("98.00", [])])
def test_a_form_whose_only_budget_is_the_initial_one(spent: str, expected: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.form(full_rows(), [["合计", "100.00", None, spent, "10", "98%", "10"]], ("100", "100"))
    assert draft.fired("INT-09") == expected


@pytest.mark.parametrize(("actual", "expected"), [("100%", [("INT-09", "P1")]), ("", [])])
def test_a_form_without_scores_that_tells_what_was_reached(
    actual: str, expected: list[tuple[str, str]]
) -> None:
    draft = Draft("transfer")
    rows = [indicator(f"工作{n}完成率", actual=actual, points=None, score=None) for n in range(4)]
    draft.form(rows, [["年度资金总额", None, "100.00", "", None, "", None]])
    assert draft.fired("INT-09") == expected


@pytest.mark.parametrize(
    ("points", "blank", "expected"),
    [
        ("7", "", [("SCO-12", "P2")]),  # 93 of 100 although no execution weighs seven
        ("10", "", []),  # the execution's ten points stand elsewhere
    ],
)
def test_one_row_without_points_in_a_form_without_execution(
    points: str, blank: str, expected: list[tuple[str, str]]
) -> None:
    draft = Draft()
    rest = str(20 - int(points))
    rows = [*full_rows(8), indicator("其他任务", points=rest, score=rest)]
    draft.form([*rows, indicator("宣传活动", points="~", score="~")])
    assert draft.fired("SCO-12") == expected


def _inferred(short: str) -> Draft:
    draft = Draft()
    rows = [*full_rows(8), indicator("其他任务", points=short, score=short)]
    draft.form([*rows, indicator("宣传活动", points="~", score="~")], [TOTAL], ("100", "100"), flags=GUESSED)
    return draft


def test_a_row_without_points_where_columns_were_inferred() -> None:
    assert _inferred("8").fired("SCO-12") == [("SCO-12", "P2")]  # two points and two of the score are missing
    assert _inferred("10").fired("SCO-12") == []  # a merged cell


def test_the_only_row_without_a_score_where_the_execution_is_not_scored() -> None:
    rows = [*full_rows(7), indicator("宣传活动", score="")]
    draft = Draft()
    draft.say("自评总得分{98分:total_score/score}。")
    draft.form(rows, total=None)
    draft.head["total_score"] = draft.cell("98", "head.total_score")
    assert draft.fired("SCO-12") == [("SCO-12", "P2")]
    draft = Draft()
    draft.form([*full_rows(7), indicator("宣传活动", score="~")])
    draft.head["total_score"] = draft.cell("98", "head.total_score")
    assert draft.fired("SCO-12") == []


@pytest.mark.parametrize(("actual", "expected"), [("104%", [("RAT-05", "P2")]), ("100%", [])])
def test_a_bounded_rate_in_a_row_without_points(actual: str, expected: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.form([indicator("群众满意度", "100%", actual, points=None)], flags=GUESSED)
    assert draft.fired("RAT-05") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("基本支出和项目支出分别为594.93万元、34.59万，合计629.52万元。", ["P2"]),
        ("受益人口分别为1.2万人、3.4万，全年支出629.52万元，项目支出34.59万元。", []),
        ("项目支出34.59万元，基本支出594.93万元，服务群众3.4万，合计629.52万元。", []),
    ],
)
def test_an_amount_of_a_list_that_lost_its_yuan(sentence: str, expected: list[str]) -> None:
    assert fired(TITLE + BODY + sentence + "\n" + BODY, "UNI-05") == expected


@pytest.mark.parametrize(("unit", "expected"), [("元", ["P1"]), ("万元", [])])
def test_an_amount_of_a_list_of_projects_in_another_unit(unit: str, expected: list[str]) -> None:
    draft = Draft("project")
    draft.say(
        f"年初安排：档案整理工作经费{{388.17{unit}:project_budget/budget_initial@档案整理工作经费}}；"
        "灌溉渠清淤项目{273.35万元:project_budget/budget_initial@灌溉渠清淤项目}；"
        "路灯维护项目{307.86万元:project_budget/budget_initial@路灯维护项目}。"
    )
    total = ["年度资金总额", "388.17", "388.17", "388.17", "10", "100%", "10"]
    draft.form(full_rows(), [total], ("100", "100"), scope="档案整理工作经费")
    assert [severity for _, severity in draft.fired("UNI-01")] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("某市第三中局", ["P2"]), ("某市第三中学", []), ("某市第三中医院", [])],
)
def test_a_school_that_its_form_calls_a_bureau(name: str, expected: list[str]) -> None:
    form = f"项目支出绩效自评表\n\t项目名称\t校舍维修\n\t主管部门\t{name}\n\t一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分\n"
    form += (
        "\t产出指标\t数量指标\t维修校舍\t3栋\t3栋\t50\t50\n\t效益指标\t社会效益\t安全事故\t0起\t0起\t50\t50\n"
    )
    title = "某市第三中学2022年度部门整体支出绩效自评报告\n"
    assert fired(f"{title}单位名称：某市第三中学\n{BODY}\n{form}", "FMT-04") == expected


@pytest.mark.parametrize(("listed", "expected"), [("灌溉渠清淤", [("CON-05", "P2")]), ("校舍维修", [])])
def test_the_only_row_of_a_list_and_the_only_form(listed: str, expected: list[tuple[str, str]]) -> None:
    draft = Draft("summary")
    draft.summary([(listed, "120.00", "120.00", "95")])
    draft.form(full_rows(), [TOTAL], ("100", "100"), scope="校舍维修")
    assert draft.fired("CON-05") == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [("秩序稳定", [("CMP-06", "P2")]), ("长期稳定", [])],
)
def test_a_short_target_that_repeats_its_name(target: str, expected: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.form([*full_rows(8), indicator("秩序稳定", target, "已完成", kind="社会效益指标")])
    assert draft.fired("CMP-06") == expected


@pytest.mark.parametrize(("second", "expected"), [("业务培训场次", [("REA-06", "P2")]), ("群众满意度", [])])
def test_one_long_name_twice_in_columns_that_were_inferred(
    second: str, expected: list[tuple[str, str]]
) -> None:
    rows = [
        indicator("业务培训场次", "5场", "", score=""),
        indicator(second, "95%", "", score="", kind="满意度指标"),
    ]
    draft = Draft("project")
    draft.form(rows, scope="校舍维修", flags=GUESSED)
    draft.parts["indicators"] = [
        replace(
            row,
            level3=replace(row.level3, evidence=row.target.evidence),
            score=replace(row.score, evidence=Evidence()),
        )
        for row in draft.parts["indicators"]
    ]
    assert draft.fired("REA-06") == expected


def test_a_foreign_addition_outside_the_reasons_that_were_read() -> None:
    def text(added: str) -> Draft:
        draft = Draft("project")
        draft.form([indicator(f"校舍维修面积{added}", "5栋", "4栋", score="8")], scope="校舍维修")
        return draft

    assert text("年中追加禁毒工作经费12万元").fired("REA-04") == [("REA-04", "P2")]
    assert text("年中追加校舍维修经费12万元").fired("REA-04") == []


ONE_LINE = (
    "某局2022年度部门整体支出绩效自评报告 一、基本情况 {0} 二、预算支出情况 {0}{1} 三、资金使用情况 {0} "
    "{2}、存在的问题及原因分析 {0} 五、下一步改进措施 {0}"
)
SENTENCE = (
    "本单位按照批复的预算组织实施各项任务，年内任务按时完成，资金使用符合管理办法的规定，档案整理归集完毕。"
)


@pytest.mark.parametrize(("tail", "expected"), [("全年先后开展专项督查六次，群众反映的", ["P2"]), ("", [])])
def test_a_sentence_that_breaks_off_within_the_line(tail: str, expected: list[str]) -> None:
    assert fired(ONE_LINE.format(SENTENCE, tail, "四"), "FMT-07") == expected


@pytest.mark.parametrize(("number", "expected"), [("六", ["P2"]), ("四", [])])
def test_numbers_of_chapters_within_the_line(number: str, expected: list[str]) -> None:
    assert fired(ONE_LINE.format(SENTENCE, "", number), "FMT-01") == expected


@pytest.mark.parametrize(("initial", "expected"), [("110.84", True), ("100.84", False)])
def test_the_column_of_initial_budgets(initial: str, expected: bool) -> None:
    """A row whose budget changed although 追加 is blank, and a closing row that its rows deny in that column alone."""
    rows = f"1\t某局\t法律援助\t{initial}\t\t100.84\t100.84\t96\n2\t某局\t饮水巩固\t210.17\t11.95\t222.12\t193.33\t95\n"
    head = "项目绩效自评情况汇总表\n单位：万元\n序号\t预算单位\t项目名称\t年初预算数\t年中追加数\t全年预算数\t全年执行数\t自评得分\n"
    text = f"某县某局2022年度绩效自评总报告\n{BODY}\n{head}{rows}合计\t\t\t311.01\t11.95\t322.96\t294.17\t\n\n{BODY}"
    assert bool(fired(text, "SUM-15")) is expected
    assert bool(fired(text, "SUM-11")) is expected
    alone = text.replace(rows[rows.index("2\t") :], "").replace("311.01\t11.95\t322.96", "100.84\t\t100.84")
    assert bool(fired(alone, "SUM-15")) is expected


def test_a_base_table_whose_head_was_torn() -> None:
    """Where 2022年决算数 stands among the values every column is one off: nobody is accused."""

    def draft(head: list[list[str]]) -> Draft:
        made = Draft()
        made.say("三公经费年初预算{11.72万元:sangong_total/budget_initial}。")
        made.base([*head, ["三公经费", "11.72", "7.54", "7.54"]])
        return made

    assert draft([]).fired("CON-01") == [("CON-01", "P0")]
    assert draft([["经费控制情况", "2022年决算数", "", ""]]).fired("CON-01") == []


@pytest.mark.parametrize(("own", "expected"), [("\n\n7\n\n", []), ("", [("REA-01", "P0")])])
def test_a_page_number_inside_an_amount(own: str, expected: list[tuple[str, str]]) -> None:
    """Digits on a line of their own between the pieces of a number are the page's, not the amount's."""
    draft = Draft()
    draft.form(full_rows(), [["年度资金总额", "328.82", "328.82", "328.872", "10", "100%", "10"]])
    if own:
        row = draft.parts["funds"][0]
        at = len(draft.text)
        draft.text += f"\t328.8{own}2\n"
        places = ((at + 1, at + 6), (at + 8, at + 9), (at + 11, at + 12))
        parts = tuple(SpanPart(start=start, end=end) for start, end in places)
        span = Span(start=at + 1, end=at + 12, parts=parts)
        draft.parts["funds"][0] = replace(row, executed=replace(row.executed, span=span))
    assert [each for each in draft.fired("REA-01") if each[1] != "P2"] == expected


@pytest.mark.parametrize(("project", "expected"), [("1195.58", [("SUM-01", "P2")]), ("1095.58", [])])
def test_parts_of_the_spending_told_apart(project: str, expected: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.say("全年实际支出{2291.16万元:exec_annual/exec}。")
    draft.say("基本支出{1195.58万元:expenditure_basic/exec}，用于机构运转。")
    draft.say(f"项目支出{{{project}万元:expenditure_project/exec}}，用于专项工作。")
    assert draft.fired("SUM-01") == expected


@pytest.mark.parametrize(("score", "expected"), [("9.74", [("SCO-13", "P2")]), ("97.43", [])])
def test_a_score_and_its_average_on_two_scales(score: str, expected: list[tuple[str, str]]) -> None:
    draft = Draft("summary")
    draft.say("自评平均分{97.43分:selfeval_avg_score/score}。")
    draft.summary([("森林防火", "91.00", "91.00", score)])
    assert draft.fired("SCO-13") == expected


@pytest.mark.parametrize(("points", "fires"), [("90", False), ("45", True)])
def test_tables_that_are_full_each_are_forms_of_their_own(points: str, fires: bool) -> None:
    """A form whose name was lost repeats what another asks; the small tables of one form share its weight."""
    draft = Draft()
    each = str((int(points) - 10) // 2)
    for kind, level1, others in (
        ("数量指标", "产出指标", ("会议", "培训")),
        ("社会效益指标", "效益指标", ("检查", "宣传")),
    ):
        rows = [indicator(f"{name}次数完成率", points=each, score=each) for name in others]
        draft.form([*rows, indicator("道路养护及时率", kind=kind, level1=level1)])
    assert bool(draft.fired("REA-06")) is fires


@pytest.mark.parametrize(("total", "expected"), [("1374.34", []), ("1474.34", ["P1"]), ("1274.34", ["P1"])])
def test_a_sum_printed_behind_its_parts(total: str, expected: list[str]) -> None:
    draft = Draft()
    draft.say(
        "基本支出和项目支出分别为{867.54万元:expenditure_basic/exec}、{506.8万元:expenditure_project/exec}，"
        f"合计{{{total}万元:expenditure_total/exec}}。"
    )
    assert [severity for _, severity in draft.fired("SUM-01")] == expected


@pytest.mark.parametrize(("source", "expected"), [("384.00", [("SUM-04", "P2")]), ("374.00", [])])
def test_sources_in_columns_that_were_inferred(source: str, expected: list[tuple[str, str]]) -> None:
    draft = Draft("project")
    funds = [
        ["年度资金总额", "393.00", "398.00", "", "10", "", ""],
        ["其中：财政拨款", "369.00", source, "", None, "", None],
        ["其他资金", "24.00", "24.00", "", None, "", None],
    ]
    draft.form(full_rows(), funds, scope="校舍维修", flags=GUESSED)
    assert draft.fired("SUM-04") == expected


@pytest.mark.parametrize(("below", "fires"), [("效果(15分)", True), (None, False)])
def test_a_row_whose_label_a_page_cut_off(below: str | None, fires: bool) -> None:
    rows = [
        indicator("重点工作完成率", points="75", score="75", level1="产出(75分)"),
        indicator("经济效益", points="5", score="5", level1="效果(15分)", kind="经济效益指标"),
        indicator("社会效益", points="5", score="5", level1=below, kind="社会效益指标"),
    ]
    if below is None:
        rows[2][0] = None
    else:
        rows = rows[:3]
    draft = Draft()
    draft.form(rows, [TOTAL], ("95", "95"))
    assert bool(draft.fired("SCO-04")) is fires


@pytest.mark.parametrize(("score", "expected"), [("", [("SCO-12", "P1")]), ("90", [])])
def test_the_only_row_of_a_form_without_a_score(score: str, expected: list[tuple[str, str]]) -> None:
    draft = Draft("project")
    row = indicator("道路养护里程", "9公里", "9公里", points="90", score=score)
    draft.form([row], [TOTAL], ("100", "100"), scope="道路养护")
    assert draft.fired("SCO-12") == expected


def test_a_form_cut_where_its_head_is_printed_again() -> None:
    """The second half names nobody: it belongs to the project above it, a table with money of its own does not."""

    def draft(*, funded: bool) -> Draft:
        made = Draft("project")
        made.form(full_rows(4), [TOTAL], scope="道路养护", caption="道路养护自评表")
        end = made.parts["tables"][0].span.end
        made.text = made.text[:end] + "\n"
        table, start = made.next_id("t"), len(made.text)
        made._rows([indicator("工作1完成率", kind="社会效益指标", level1="效益指标")], table, OVERALL, ())
        if funded:
            made.parts["funds"].append(replace(made.parts["funds"][0], id="f99", table=table))
        made.close_table(table, start, "self_evaluation", OVERALL)
        return made

    assert draft(funded=False).fired("REA-06") == [("REA-06", "P1")]
    assert draft(funded=True).fired("REA-06") == []


@pytest.mark.parametrize(
    ("last", "expected"),
    [("2022年部门整体支出绩效评价指标评分表", ["P2"]), ("特此报告。", [])],
)
def test_a_caption_without_its_table(last: str, expected: list[str]) -> None:
    text = f"某局2022年度部门整体支出绩效评价报告\n一、基本情况\n{BODY * 8}二、评价结论\n{BODY * 8}{last}\n"
    assert fired(text, "INT-02") == expected


@pytest.mark.parametrize(("actual", "expected"), [(None, [("INT-08", "P2")]), ("100%", [])])
def test_scored_targets_in_a_form_without_results(
    actual: str | None, expected: list[tuple[str, str]]
) -> None:
    draft = Draft()
    draft.form([indicator(f"工作{n}完成率", actual=actual) for n in range(6)])
    assert draft.fired("INT-08") == expected


def test_a_chapter_that_is_empty_within_the_line() -> None:
    line = ONE_LINE.format(SENTENCE, "", "四")
    assert fired(line, "INT-01") == []
    assert fired(
        line.replace(f"五、下一步改进措施 {SENTENCE}", "五、下一步改进措施 六、公开情况 无。"), "INT-01"
    ) == ["P2"]


def test_a_rate_beside_a_budget_that_cannot_be_read() -> None:
    """A number that a narrow cell broke into two leaves 年初预算数 as the only budget: it is not what the rate is of."""

    def fund(annual: str) -> Draft:
        draft = Draft()
        draft.form(full_rows(), [["年度资金总额", "341.24", annual, "300.77", "10", "88.68%", "8.87"]])
        return draft

    assert fund("339.17、76").statuses("RAT-01") == ["unverified"]
    assert fund("").fired("RAT-01") == [("RAT-01", "P0")]


@pytest.mark.parametrize(("label", "fires"), [("满意度(5分)", True), ("社会效益指标", False)])
def test_a_label_of_the_second_level_on_the_first(label: str, fires: bool) -> None:
    rows = [
        indicator("工作完成率", points="60", score="60", level1="产出(60分)"),
        indicator("就业增收", points="15", score="15", level1="效益(25分)", kind="经济效益指标"),
        indicator("政策知晓率", points="5", score="5", level1=label, kind="社会效益指标"),
        indicator("环境影响", points="10", score="10", level1=label, kind="生态效益指标"),
    ]
    draft = Draft()
    draft.form(rows, [TOTAL], ("100", "100"))
    assert (
        any("25分" in o.role for c in draft.checks("SCO-04") if c.status == "fail" for o in c.operands)
        is fires
    )


@pytest.mark.parametrize(("flags", "expected"), [((), [("INT-09", "P1")]), (GUESSED, [("INT-09", "P2")])])
def test_a_budget_in_a_column_that_was_inferred(
    flags: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    draft = Draft()
    draft.form(full_rows(), [["合计", "100.00", "100.00", "", "10", "", "10"]], ("100", "100"), flags=flags)  # type: ignore[arg-type]
    draft.parts["funds"][0] = replace(
        draft.parts["funds"][0], executed=replace(draft.parts["funds"][0].executed, evidence=Evidence())
    )
    assert draft.fired("INT-09") == expected


@pytest.mark.parametrize(("told", "expected"), [("14409.525", [("UNI-03", "P1")]), ("1440.9525", [])])
def test_a_budget_and_the_money_received_for_it(told: str, expected: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.say(f"全年预算数{{{told}万元:budget_annual/budget_annual}}，年内按计划支付。")
    draft.say("资金到位{1440.9525万元:revenue_budget/budget_annual}，用于各项工作。")
    assert draft.fired("UNI-03") == expected
