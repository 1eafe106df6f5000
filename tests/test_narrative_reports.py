"""Correct reports in prose alone: what each amount is under its heading, and no accusation on any of them."""

from __future__ import annotations

import pytest

from extractor import Review, review
from extractor.schema import Figure

HEAD = "澄溪县水土保持站\n2023年度部门整体支出绩效自评报告\n\n一、部门概况\n\n澄溪县水土保持站为县水务局所属事业单位。\n\n"


def told(body: str, head: str = HEAD) -> Review:
    """The review of a report whose chapters after the first are `body`."""
    return review((head + body).encode(), file_name="报告.txt")


def printed(figure: Figure) -> str:
    """A figure as the cases below give it: amount, metric, stage, scope where it is not the unit."""
    scope = "" if figure.scope == "整体" else f" {figure.scope}"
    return f"{figure.amount.raw} {figure.metric} {figure.stage}{scope}"


def accused(found: Review) -> list[str]:
    """The grave notes."""
    return [
        f"{note.severity} {note.code} {note.comment}" for note in found.notes if note.severity in ("P0", "P1")
    ]


TOTAL = "二、收支总体情况\n\n2023年总支出900.00万元，其中基本支出600.00万元、项目支出300.00万元。\n\n"
READ = {
    "a heading on one kind of money": (
        TOTAL
        + "三、支出管理情况\n\n（一）基本支出。基本支出系保障机构正常运转发生的各项支出，年初预算570.00万元，年中因调资追加30.00万元，"
        "调整后预算600.00万元，决算数600.00万元。\n\n（二）“三公”经费。年初预算12.00万元，实际支出9.50万元。\n\n",
        [
            "570.00万元 expenditure_basic budget_initial", "600.00万元 expenditure_basic budget_annual",
            "600.00万元 expenditure_basic exec", "12.00万元 sangong_total budget_initial", "9.50万元 sangong_total exec",
        ],
    ),
    "subjects of the accounts are no totals of the unit": (
        TOTAL
        + "三、支出决算具体情况\n\n1.农林水支出（类）水利（款）水土保持（项）。年初预算为210.00万元，支出决算为228.00万元，完成年初预算的108.57%。\n\n"
        "2.住房保障支出（类）住房改革支出（款）住房公积金（项）。年初预算为36.00万元，支出决算为35.40万元。\n\n",
        ["210.00万元 other budget_initial", "228.00万元 other exec", "36.00万元 other budget_initial", "35.40万元 other exec"],
    ),
    "projects told one by one under headings of any words": (
        TOTAL
        + "三、项目实施情况\n\n（一）梯田修复以奖代补。年初预算80万元，实际支出80万元。\n\n（二）小流域综合监测。年初预算60万元，实际支出55万元。\n\n",
        [
            "80万元 project_budget budget_initial 梯田修复以奖代补", "80万元 project_exec exec 梯田修复以奖代补",
            "60万元 project_budget budget_initial 小流域综合监测", "55万元 project_exec exec 小流域综合监测",
        ],
    ),
    "what an amount is compared with is of the same kind": (
        TOTAL
        + "三、“三公”经费情况\n\n2023年“三公”经费支出8.20万元，与预算数10.00万元相比节约1.80万元；与上年支出数8.90万元相比减少0.70万元。"
        "其中公务用车运行维护费7.50万元，公务接待费0.70万元。\n\n",
        [
            "8.20万元 sangong_total exec", "10.00万元 sangong_total budget_initial", "8.90万元 sangong_total prev_final",
            "7.50万元 sangong_vehicle_run exec", "0.70万元 sangong_reception exec",
        ],
    ),
    "a budget of one kind behind 完成": (
        ("二、支出决算\n\n2023年支出决算900.00万元，完成调整预算920.00万元的97.83%。其中基本支出600.00万元，完成调整预算605.00万元的99.17%；"
        "项目支出300.00万元，完成调整预算315.00万元的95.24%。\n\n"),
        ["605.00万元 expenditure_basic budget_annual", "315.00万元 expenditure_project budget_annual"],
    ),
    "the whole goes on being spoken of behind an item that was added": (
        ("二、预算安排及执行\n\n2023年年初预算850.00万元，追加人员奖励性补贴40.00万元，追加山洪沟治理经费30.00万元，调整后全年预算数920.00万元。"
        "全年支出900.00万元。\n\n"),
        ["920.00万元 budget_annual budget_annual", "900.00万元 expenditure_total exec"],
    ),
    "an approved budget that was adjusted is the first one": (
        "二、预算执行\n\n2023年县财政批复我站部门预算850.00万元。年中追加70.00万元，全年预算920.00万元，全年支出900.00万元。\n\n",
        ["850.00万元 budget_initial budget_initial", "920.00万元 budget_annual budget_annual"],
    ),
    "a semicolon sets off another project, however it is called": (
        "二、重点项目资金\n\n梯田修复补助项目预算200万元，支出190万元；淤地坝提升工程预算160万元，支出150万元；水保宣传教育行动预算20万元，支出18万元。\n\n",
        [
            "160万元 project_budget budget_annual 淤地坝提升工程", "150万元 project_exec exec 淤地坝提升工程",
            "20万元 project_budget budget_annual 水保宣传教育行动", "18万元 project_exec exec 水保宣传教育行动",
        ],
    ),
    "money left over of one kind is not the unit's": (
        TOTAL + "三、结转结余\n\n年末结转结余20.00万元，其中项目结转15.00万元、基本支出结余5.00万元。\n\n",
        ["20.00万元 carryover_out carryover", "15.00万元 other carryover", "5.00万元 other carryover"],
    ),
    "parts of a score are no weights, and the whole is the score": (
        "二、自评结论\n\n按照部门整体支出绩效评价指标体系，自评得分93.86分，其中：投入14.86分，过程26.5分，产出32分，效益20.5分。\n\n",
        ["93.86分 total_score score", "14.86分 ind_score score", "32分 ind_score score"],
    ),
    "an adjusted budget is the whole's again behind items that were added": (
        "二、预算情况\n\n2023年年初预算850.00万元。执行中县财政追加水土流失治理补助资金60.00万元，收回低效资金10.00万元。调整后全年预算900.00万元。全年支出880.00万元。\n\n",
        ["900.00万元 budget_annual budget_annual", "880.00万元 expenditure_total exec"],
    ),
    "what is left over is told by projects": (
        "二、资金执行情况\n\n4个项目全年预算数300.00万元，全年执行数263.00万元。未执行37.00万元，其中梯田修复补助项目30.00万元为质保金，水保宣传补助项目7.00万元因招标推迟。\n\n",
        ["30.00万元 carryover_out carryover 梯田修复补助项目"],
    ),
    "a list of 支出 is of what was spent": (
        "二、项目支出情况\n\n项目支出300.00万元，分项目看：梯田修复支出210.00万元，水保监测支出60.00万元，宣传教育支出30.00万元。\n\n",
        ["210.00万元 project_exec exec 梯田修复支出", "30.00万元 project_exec exec 宣传教育支出"],
    ),
    "an office is no project of the same words": (
        "二、预算执行\n\n2023年年初预算900.00万元，其中站机关600.00万元、水保监测站300.00万元。\n\n三、重点项目\n\n（一）水保监测项目。预算100万元，支出90万元。\n\n",
        ["300.00万元 other other", "90万元 project_exec exec 水保监测项目"],
    ),
    "scores of projects, each its own": (
        ("二、自评得分\n\n经综合打分，梯田修复补助项目93.5分，淤地坝除险工程88分，平均得分90.75分。\n\n三、重点项目\n\n（一）梯田修复补助项目。预算100万元，支出90万元，"
        "执行率90%，得分93.5分。\n\n（二）淤地坝除险工程。预算80万元，支出64万元。\n\n"),
        ["93.5分 total_score score 梯田修复补助项目", "88分 total_score score 淤地坝除险工程", "90.75分 selfeval_avg_score score"],
    ),
    "a kind of money and what it is measured by in one clause": (
        TOTAL + "三、与年初预算比较\n\n基本支出较年初预算575.00万元增加25.00万元，项目支出较年初预算245.00万元增加55.00万元。\n\n",
        ["575.00万元 expenditure_basic budget_initial", "245.00万元 expenditure_project budget_initial"],
    ),
    "rates of control of money are not of staff": (
        "二、运行成本\n\n2023年日常公用经费预算62.00万元，支出58.60万元，控制率94.52%。核定编制20人，在职19人，控制率95.00%。\n\n",
        ["94.52% other rate", "95.00% staff_control_rate rate"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_amounts_are_read_as_their_place_says(name: str) -> None:
    body, wanted = READ[name]
    found = told(body)
    read = [printed(figure) for figure in found.report.figures]
    assert [line for line in wanted if line not in read] == []
    assert accused(found) == []


SILENT = {
    "收支总计 holds what is carried over": (
        "二、收支情况\n\n2023年收入总计、支出总计均为946.81万元。本年收入合计931.06万元，年初结转和结余15.75万元。\n\n"
        "2023年支出合计940.21万元，其中基本支出640.21万元，项目支出300.00万元。年末结转和结余6.60万元。\n\n"
    ),
    "the whole department, the funds of the budget, and the office alone": (
        "二、支出决算\n\n全系统2023年支出决算4500.00万元，其中基本支出3600.00万元，项目支出900.00万元。\n\n三、其他口径\n\n"
        "（一）财政拨款支出。年末支出决算1600.00万元，其中人员经费900.00万元，公用经费60.00万元，项目经费640.00万元。\n\n"
        "（二）站机关情况。站机关全年支出230.00万元，其中基本支出100.00万元、项目支出130.00万元。\n\n"
    ),
    "one fund's spending, then the kinds of all spending": (
        "二、支出情况\n\n全年总支出405.00万元，其中：一般公共预算支出344.00万元，政府性基金支出61.00万元。按支出性质分，基本支出198.00万元，项目支出207.00万元。\n\n"
    ),
    "商品和服务支出 is not all of 公用经费": (
        "二、基本支出情况\n\n基本支出620.00万元中，工资福利支出498.00万元、对个人和家庭的补助支出32.00万元，两项人员经费合计530.00万元；"
        "商品和服务支出87.00万元、资本性支出3.00万元，两项公用经费合计90.00万元。\n\n"
    ),
    "an approved budget, the parts of it, and what was spent of them": (
        "二、预算及执行\n\n（一）年度预算\n\n2023年县级财政批复部门预算800.00万元，较2022年780.00万元增长2.56%。其中，人员支出400.00万元、公用支出50.00万元、项目支出350.00万元。"
        "年度中间，因灾毁修复增加预算60.00万元，因监测点重新招标核减预算10.00万元，最终预算为850.00万元。\n\n（二）预算执行\n\n全年支出830.00万元，"
        "预算执行率97.65%。人员支出395.00万元，公用支出48.00万元，项目支出387.00万元。\n\n"
    ),
    "a budget that additions raised to another": (
        "二、预算及执行\n\n2023年部门预算总额800.00万元，分口径看：一般公共预算700.00万元，政府性基金预算100.00万元。执行中追加中央水土保持补助经费等160.00万元，"
        "预算规模增至960.00万元。\n\n截至12月31日，累计支出930.00万元，执行率96.88%。\n\n"
    ),
    "a part of a score whose name is not known": (
        "二、自评结论\n\n自评得分96.90分，其中资金管理9.70分、产出48.70分、效益30.00分、满意度8.50分。\n\n"
    ),
    "what was paid to the unit and what it has spent": (
        "二、预算执行\n\n（一）收入。2023年财政预算安排286.50万元，当年实际拨付279.36万元，拨付率97.51%。\n\n（二）支出。全年共支出276.84万元，结余2.52万元。\n\n"
    ),
    "posts of the office beside those of its units": (
        "二、人员情况\n\n站机关行政编制9名，实有8人；全系统事业编制126名，实有在职职工119人。\n\n"
    ),
    "income of the year that covers spending above the income budgeted": (
        "二、收支情况\n\n2023年收入预算为1428.65万元，决算收入为1503.27万元。2023年决算支出1492.03万元，其中基本支出943.81万元，项目支出548.22万元。\n\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SILENT)
def test_other_calibres_are_no_contradiction(name: str) -> None:
    assert accused(told(SILENT[name])) == []


FOUND = [
    ("CON-02", "二、收支情况\n\n2023年全年支出900.00万元。\n\n三、预算执行情况\n\n2023年全年支出890.00万元，结余为零。\n\n"),
    ("SUM-01", "二、支出情况\n\n2023年总支出900.00万元，其中基本支出600.00万元、项目支出310.00万元。\n\n"),
    ("REA-09", "二、人员情况\n\n核定编制19名，年末在职职工23人。\n\n"),
    ("REA-01", "二、收支情况\n\n2023年收入预算为1428.65万元。2023年决算支出1492.03万元。\n\n"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "body"), FOUND)
def test_a_contradiction_in_one_calibre_is_still_found(code: str, body: str) -> None:
    assert code in {note.code for note in told(body).notes if note.severity in ("P0", "P1")}
