"""Whose money a sentence tells of: projects as subjects, comparisons, sums, headings run into the text; expected results beside."""

from __future__ import annotations

import time

import pytest

from extractor.document import Document, Passage, fold
from extractor.extract.rules.figures import FigureContext, read_figures
from tests.test_figures import YEAR, read, shown

# Whose money it is: projects as subjects of paragraphs, sentences and list items; comparisons; sums; heads run into the text.
SUBJECTS = [
    ("森林防火经费项目：全年预算209万元，支出209万元，自评得分100分，等级为“优”。",
     ("209万元 project_budget budget_annual 森林防火经费项目; 209万元 project_exec exec 森林防火经费项目; "
      "100分 total_score score 森林防火经费项目; 优 grade score 森林防火经费项目")),
    ("档案数字化项目年初安排97万元，追加2万元后全年预算99万元，已支付93万元，结转6万元。",
     ("97万元 project_budget budget_initial 档案数字化项目; 2万元 project_budget adjust 档案数字化项目; "
      "99万元 project_budget budget_annual 档案数字化项目; 93万元 project_exec exec 档案数字化项目; "
      "6万元 carryover_out carryover 档案数字化项目")),
    ("乡村道路硬化工程项目绩效自评综述：根据年初设定的绩效目标，项目自评得分为98.5分。项目全年预算数为52万元，执行数为51.3万元，完成预算的98.65%。",
     ("98.5分 total_score score 乡村道路硬化工程项目; 52万元 project_budget budget_annual 乡村道路硬化工程项目; "
      "51.3万元 project_exec exec 乡村道路硬化工程项目; 98.65% exec_rate rate 乡村道路硬化工程项目")),
    ("项目支出15万元，占该项目（公益电影放映经费）预算15.6万元的96.15%。",
     "15万元 project_exec exec 公益电影放映经费; 15.6万元 project_budget budget_annual 公益电影放映经费; 96.15% exec_rate rate 公益电影放映经费"),
    ("1.农村危房改造补助项目。全年预算120万元，执行数118万元，执行率98.33%。",
     "120万元 project_budget budget_annual 农村危房改造补助项目; 118万元 project_exec exec 农村危房改造补助项目; 98.33% exec_rate rate 农村危房改造补助项目"),
    ("一是防汛物资储备项目，预算安排30万元，实际支出29.4万元。",
     "30万元 project_budget budget_annual 防汛物资储备项目; 29.4万元 project_exec exec 防汛物资储备项目"),
    ("（1）“一网通办”平台运行维护费：全年预算58万元，支出57万元，得分99分。",
     ("58万元 project_budget budget_annual “一网通办”平台运行维护费; 57万元 project_exec exec “一网通办”平台运行维护费; "
      "99分 total_score score “一网通办”平台运行维护费")),
    ("年初预算项目“图书购置经费”25万元，年中追加5万元，实际支出30万元。",
     "25万元 project_budget budget_initial 图书购置经费; 5万元 project_budget adjust 图书购置经费; 30万元 project_exec exec 图书购置经费"),
    ("该项目总投资3102.7万元，其中中央资金3000万元，地方配套102.7万元。",
     "3102.7万元 project_invest_total other; 3000万元 other other; 102.7万元 other other"),
    ("本项目全年预算数50万元，全年执行数49万元，执行率98%，自评得分97分。",
     "50万元 project_budget budget_annual; 49万元 project_exec exec; 98% other rate; 97分 other score"),
    ("我单位组织实施的智慧课堂建设项目预算资金300万元，已全部支付到位。",
     "300万元 project_budget budget_annual 智慧课堂建设项目"),
    ("城乡公益性岗位补贴项目：年初预算数为800万元，调整预算数为760万元，全年执行数760万元，执行率100%，自评等级“优”。",
     ("800万元 project_budget budget_initial 城乡公益性岗位补贴项目; 760万元 project_budget budget_annual 城乡公益性岗位补贴项目; "
      "760万元 project_exec exec 城乡公益性岗位补贴项目; 100% exec_rate rate 城乡公益性岗位补贴项目; 优 grade score 城乡公益性岗位补贴项目")),
    ("社区养老服务补助项目全年预算84万元。我局严格资金管理，支出83万元。",
     "84万元 project_budget budget_annual 社区养老服务补助项目; 83万元 other exec"),
    ("其他运转类：全年预算20万元，执行18万元，自评得分95分。",
     "20万元 other budget_annual; 18万元 other exec; 95分 other score"),
    ("2021年决算支出2145万元，2022年决算支出2119万元，同比下降1.21%。",
     "2145万元 expenditure_total prev_final 2021; 2119万元 expenditure_total exec; 1.21% other rate"),
    ("2022年支出1031万元，较上年941万元增加90万元，增长9.56%。",
     "1031万元 expenditure_total exec; 941万元 expenditure_total prev_final 2021; 90万元 other other; 9.56% other rate"),
    ("与2021年支出1336万元相比，本年增加278万元，变动幅度20.81%。",
     "1336万元 expenditure_total prev_final 2021; 278万元 other other; 20.81% other rate"),
    ("项目支出963万元，均为一般公共预算，上年项目支出决算711万元。",
     "963万元 expenditure_project exec; 711万元 expenditure_project prev_final 2021"),
    ("“三公”经费支出9万元，控制在预算15万元以内；上年决算9.5万元。",
     "9万元 sangong_total exec; 15万元 sangong_total budget_initial; 9.5万元 sangong_total prev_final 2021"),
    ("公务接待费预算5万元，决算4万元；公务用车运行维护费预算3万元，决算2.8万元。",
     ("5万元 sangong_reception budget_initial; 4万元 sangong_reception exec; "
      "3万元 sangong_vehicle_run budget_initial; 2.8万元 sangong_vehicle_run exec")),
    ("基本支出和项目支出分别为244.7万元、321.56万元，合计566.26万元。",
     "244.7万元 expenditure_basic exec; 321.56万元 expenditure_project exec; 566.26万元 expenditure_total exec"),
    ("人员经费400万元，公用经费60万元，合计460万元。",
     "400万元 expenditure_personnel exec; 60万元 expenditure_public exec; 460万元 expenditure_basic exec"),
    ("2022年政府采购支出总额41.4万元，为采购预算46万元的90%。",
     "41.4万元 procurement_amount exec; 46万元 procurement_amount budget_initial; 90% procurement_exec_rate rate"),
    ("政府采购计划金额120万元，实际采购金额118.6万元，节约资金1.4万元。",
     "120万元 procurement_amount budget_initial; 118.6万元 procurement_amount exec; 1.4万元 other other"),
    ("用于保障机关及下属单位正常运转的日常支出966万元，其中人员支出861万元，日常公用支出105万元。",
     "966万元 expenditure_basic exec; 861万元 expenditure_personnel exec; 105万元 expenditure_public exec"),
    ("全年预算共计650.95万元（年初619.37万元，追加31.58万元），其中上年结转12万元，其他资金来源3万元。",
     ("650.95万元 budget_annual budget_annual; 619.37万元 budget_initial budget_initial; "
      "31.58万元 budget_adjust adjust; 12万元 carryover_in carryover; 3万元 other_funds budget_annual")),
    ("年初批复预算1710万元，年中调整60万元，调整后全年预算数为1770万元，预算调整率3.52%。",
     ("1710万元 budget_initial budget_initial; 60万元 budget_adjust adjust; "
      "1770万元 budget_annual budget_annual; 3.52% budget_adjust_rate rate")),
    ("2022年收入预算1866.53万元，其中：年初预算安排1805.86万元，年中追加60.67万元（含上级专项资金）。基本支出和项目支出分别为988.47万元、836.58万元。",
     ("1866.53万元 revenue_budget budget_annual; 1805.86万元 budget_initial budget_initial; "
      "60.67万元 budget_adjust adjust; 988.47万元 expenditure_basic exec; 836.58万元 expenditure_project exec")),
    ("2022年项目支出年初预算394万元，全年预算453万元，实际支出436万元，结余结转17万元。",
     ("394万元 expenditure_project budget_initial; 453万元 expenditure_project budget_annual; "
      "436万元 expenditure_project exec; 17万元 expenditure_project carryover")),
    ("本次自评项目4项，覆盖率100%。",
     "4项 project_count other; 100% selfeval_coverage rate"),
    ("我部门组织对2022年度项目支出开展了绩效自评，共涉及项目2个，资金184.65万元，占项目支出预算总额的100%，自评平均分99.1分。",
     ("2个 project_count other; 184.65万元 expenditure_project budget_annual; 100% selfeval_coverage rate; "
      "99.1分 selfeval_avg_score score")),
    ("年初预算项目：优抚对象慰问经费预算12万元；统计普查经费（第五次）预算14万元。",
     "12万元 project_budget budget_initial 优抚对象慰问经费; 14万元 project_budget budget_initial 统计普查经费（第五次）"),
    ("项目支出主要用于：普法宣传经费18万元；法律援助办案补贴22万元。",
     "18万元 project_exec exec 普法宣传经费; 22万元 project_exec exec 法律援助办案补贴"),
    ("以工代赈项目、道路养护项目共支出35万元。",
     "35万元 other other"),
    ("森林防火经费项目支出179万元；档案整理加工项目支出193万元。",
     "179万元 project_exec exec 森林防火经费项目; 193万元 project_exec exec 档案整理加工项目"),
    ("2022年度一般公共预算财政拨款支出752.3万元，占本年支出合计的100%。",
     "752.3万元 fund_gpb exec; 100% other rate"),
    ("2022年度收入合计752.3万元，支出合计752.3万元。",
     "752.3万元 other other; 752.3万元 expenditure_total exec"),
    ("收入总计6120.41万元，收支较上年决算数减少661.8万元，下降9.76%。",
     "6120.41万元 other other; 661.8万元 other other; 9.76% other rate"),
    ("全年实际收入1587.36万元，其中财政拨款收入1350.18万元，上年结转结余237.18万元；全年实际支出1490.22万元，其中基本支出842.6万元，项目支出647.62万元。",
     ("1587.36万元 other other; 1350.18万元 appropriation_current budget_annual; "
      "237.18万元 carryover_in carryover; 1490.22万元 exec_annual exec; 842.6万元 expenditure_basic exec; "
      "647.62万元 expenditure_project exec")),
    ("年初预算数为1200万元，其中：基本支出800万元，占66.67%；项目支出400万元，占33.33%。",
     ("1200万元 budget_initial budget_initial; 800万元 expenditure_basic budget_initial; 66.67% other rate; "
      "400万元 expenditure_project budget_initial; 33.33% other rate")),
    ("截至2022年12月底，部门预算执行1186.4万元，预算执行率98.87%。",
     "1186.4万元 exec_annual exec; 98.87% exec_rate rate"),
    ("部门整体支出绩效自评得分96分，自评等级为优。",
     "96分 total_score score; 优 grade score"),
    ("2022年“三公”经费决算8.2万元，比2021年减少0.6万元，下降6.8%，比预算节约1.8万元。",
     "8.2万元 sangong_total exec; 0.6万元 other other; 6.8% other rate; 1.8万元 other other"),
    ("公务用车购置及运行费支出6.3万元，完成预算的90%，其中公务用车购置费0万元。",
     "6.3万元 sangong_vehicle exec; 90% other rate; 0万元 sangong_vehicle_buy exec"),
    ("年末结转和结余18.5万元，较上年减少3.2万元。",
     "18.5万元 carryover_out carryover; 3.2万元 other other"),
    ("预算执行率为97.3%，较上年提高1.2个百分点。",
     "97.3% exec_rate rate; 1.2个百分点 other rate"),
    ("省级下达补助资金120万元，市级配套30万元，共计150万元，已拨付148万元，资金支付率98.67%。",
     "120万元 other other; 30万元 other other; 150万元 other other; 148万元 other exec; 98.67% other rate"),
    ("中央财政衔接推进乡村振兴补助资金到位575.1万元，实际支出570万元，支出率99.11%。",
     ("575.1万元 project_budget budget_annual 中央财政衔接推进乡村振兴补助资金; 570万元 project_exec exec 中央财政衔接推进乡村振兴补助资金; "
      "99.11% exec_rate rate 中央财政衔接推进乡村振兴补助资金")),
    ("截至12月31日，项目资金已全部支付，支付率100%。",
     "100% exec_rate rate"),
    ("项目实施后带动农户增收11万元，户均增收1200元。",
     "11万元 other other; 1200元 other other"),
    ("合同金额45.6万元，按合同支付第一笔款13.68万元。",
     "45.6万元 other other; 13.68万元 other other"),
    ("工程结算审定价为98.6万元，质保金4.93万元尚未支付。",
     "98.6万元 other other; 4.93万元 other other"),
    ("资产总额3560万元，其中流动资产560万元，固定资产净值3000万元。",
     "3560万元 other other; 560万元 other other; 3000万元 other other"),
    ("编制数58名，其中行政编制30名、事业编制28名；实有在职人员55人。",
     "58名 staff_quota quota; 30名 other quota; 28名 other quota; 55人 staff_on_duty on_duty"),
    ("核定编制60名，实有人数58人，其中在职45人、离休2人、退休11人。",
     ("60名 staff_quota quota; 58人 staff_total headcount; 45人 staff_on_duty on_duty; "
      "2人 staff_lixiu retired; 11人 staff_retired retired")),
    ("在职人员控制率94.83%，公用经费控制率98%。",
     "94.83% staff_control_rate rate; 98% other rate"),
    ("服务对象满意度为96%，较目标值高出1个百分点。",
     "96% satisfaction rate; 1个百分点 other rate"),
    ("项目决策指标20分，自评得分19分；项目产出指标40分，自评得分38分。",
     "20分 ind_weight points; 19分 ind_score score; 40分 ind_weight points; 38分 ind_score score"),
    ("整体支出绩效评价综合得分93.2分，评定等级为“优秀”。",
     "93.2分 total_score score; 优秀 grade score"),
    ("二、部门支出情况（一）基本支出情况2022年年初预算1486.9万元，执行1386.45万元。（二）项目支出情况项目支出376.19万元。",
     "1486.9万元 expenditure_basic budget_initial; 1386.45万元 expenditure_basic exec; 376.19万元 expenditure_project exec"),
    ("一、基本情况 （一）森林管护项目情况 全年预算88万元，执行86万元。",
     "88万元 project_budget budget_annual 森林管护项目; 86万元 project_exec exec 森林管护项目"),
    ("2022年本级财政安排部门预算资金1508万元，实际到位1508万元，到位率100%。",
     "1508万元 budget_annual budget_annual; 1508万元 revenue_budget budget_annual; 100% other rate"),
    ("上年同期支出420万元，本年支出455万元。",
     "420万元 other other 2021; 455万元 expenditure_total exec"),
    ("我县共下达耕地地力保护补贴资金2015万元，兑付2010万元，兑付率99.75%。",
     "2015万元 other other; 2010万元 other other; 99.75% other rate"),
    ("其中：住房公积金支出45万元，社会保障缴费支出82万元。",
     "45万元 other other; 82万元 other other"),
    ("2.社区矫正工作经费项目，年初预算18万元，实际支出17.6万元，预算执行率97.78%，自评得分98分，评价等级为“优”。",
     ("18万元 project_budget budget_initial 社区矫正工作经费项目; 17.6万元 project_exec exec 社区矫正工作经费项目; "
      "97.78% exec_rate rate 社区矫正工作经费项目; 98分 total_score score 社区矫正工作经费项目; 优 grade score 社区矫正工作经费项目")),
    ("争取上级资金300万元，支出298万元，资金支付率99.33%。",
     "300万元 other other; 298万元 other exec; 99.33% other rate"),
    ("部门决算支出总额1508.6万元，其中工资福利支出900万元、商品和服务支出120万元。",
     "1508.6万元 expenditure_total exec; 900万元 other other; 120万元 expenditure_public exec"),
    ("2022年年初预算安排项目支出320万元，年中追加80万元，全年支出396万元。",
     "320万元 expenditure_project budget_initial; 80万元 expenditure_project adjust; 396万元 expenditure_project exec"),
    ("全年财政拨款支出决算1186.4万元，完成年初预算1200万元的98.87%。",
     "1186.4万元 exec_annual exec; 1200万元 budget_initial budget_initial; 98.87% other rate"),
    ("农业机械购置补贴项目绩效目标完成较好，自评得分99分，等级为优。",
     "99分 total_score score 农业机械购置补贴项目; 优 grade score 农业机械购置补贴项目"),
    ("上年末结转结余12.6万元，本年支出决算830万元，年末结转和结余8.1万元。",
     "12.6万元 carryover_in carryover; 830万元 exec_annual exec; 8.1万元 carryover_out carryover"),
    ("三公经费支出比上年减少1.2万元，其中公务接待费减少0.5万元。",
     "1.2万元 other other; 0.5万元 other other"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SUBJECTS, ids=[s[0][:24] for s in SUBJECTS])
def test_whose_money(text: str, expected: str) -> None:
    assert [shown(f) for f in read(text)] == expected.split("; ")


@pytest.mark.parametrize(("text", "expected"), SUBJECTS, ids=[s[0][:24] for s in SUBJECTS])
def test_half_width_print_reads_the_same(text: str, expected: str) -> None:
    assert [shown(f) for f in read(text.translate(str.maketrans("，：；（）", ",:;()")))] == [
        words.translate(str.maketrans("，：；（）", ",:;()")) for words in expected.split("; ")
    ]


TOTALS = {"budget_annual", "exec_annual", "budget_initial", "expenditure_total", "total_score", "grade"}


@pytest.mark.parametrize(
    "text",
    [
        "本项目年初预算50万元，全年预算数55万元，全年执行数49万元，自评得分97分，等级为优。",
        "3.其他运转类：全年预算20万元，支出18万元，自评得分95分，评价等级为“优”。",
        "电影放映：年初预算20万元，执行18万元。",
        "防汛抢险物资储备项目全年预算84万元。我局严格资金管理，全年支出83万元，自评得分95分。",
        "，决算1.44万元，自评得分95分。",
        "万元，实际支出36万元。",
    ],
)
def test_a_project_without_a_name_is_never_the_unit(text: str) -> None:
    assert not {f.metric for f in read(text) if f.scope == "整体"} & TOTALS


def test_bare_totals_under_a_heading_on_projects_stay_open() -> None:
    text = "年初预算120万元，全年预算130万元，执行数118万元，自评得分98分，等级为优。"
    assert not {f.metric for f in read(text, title="项目资金使用情况")} & TOTALS
    assert {f.metric for f in read(text, title="部门预算执行情况")} & TOTALS


def test_a_heading_on_basic_spending_does_not_narrow_the_whole() -> None:
    text = "2022年收入预算1866.53万元，年初批复预算1805.86万元，全年实际支出1700万元。"
    assert [shown(f) for f in read(text, title="基本支出情况")] == [
        "1866.53万元 revenue_budget budget_annual",
        "1805.86万元 budget_initial budget_initial",
        "1700万元 exec_annual exec",
    ]


def test_the_line_above_may_name_the_project() -> None:
    assert [shown(f) for f in read("森林管护补助项目\n全年预算88万元，执行86万元。")] == [
        "88万元 project_budget budget_annual 森林管护补助项目",
        "86万元 project_exec exec 森林管护补助项目",
    ]


def test_a_sentence_cut_by_a_line_end_keeps_its_project() -> None:
    text = "信访维稳工作经费：全年预算295万元，支出250万元，按批复用途使用\n自评得分98分，等级为优。"
    assert {f.scope for f in read(text)} == {"信访维稳工作经费"}


def test_a_report_about_one_project_whose_name_is_unknown() -> None:
    text = "全年预算88万元，执行86万元，执行率97.7%，自评得分98分。"
    document = Document("report.txt", "text/plain", "", "text", text)
    passage = Passage("", fold(text), ((0, 0, len(text)),))
    figures = read_figures(document, [passage], [], FigureContext(YEAR, about_project=True))
    assert [f.metric for f in figures] == ["project_budget", "project_exec", "exec_rate", "total_score"]


def test_places_that_other_records_hold_give_no_figures() -> None:
    text = "培训班次目标12次，分值10分，得分9分。自评得分98分。"
    document = Document("report.txt", "text/plain", "", "text", text)
    passage = Passage("", fold(text), ((0, 0, len(text)),))
    taken = tuple((text.index(words), text.index(words) + len(words)) for words in ("12次", "10分", "9分"))
    figures = read_figures(document, [passage], [], FigureContext(YEAR, taken=taken))
    assert [shown(f) for f in figures] == ["98分 total_score score"]


def test_one_endless_line_is_read_in_linear_time() -> None:
    text = "森林防火经费项目：全年预算209万元（含上级5万元），支出209万元，其中甲5万元、乙6万元；" * 2000
    started = time.process_time()
    assert len(read(text)) == 10000
    assert time.process_time() - started < 20


def test_a_heading_on_the_whole_or_its_projects_names_no_project() -> None:
    text = "（三）部门整体支出或项目实施情况分析。\n项目支出包括文史征编经费32.1万元，档案整理经费4万元。"
    assert not any("部门" in f.scope for f in read(text))


def test_what_is_only_planned_is_no_part_of_a_name() -> None:
    assert not any("计划" in f.scope for f in read("计划实施排水沟建设工程，安排项目资金52万元。"))


def test_an_earlier_years_amount_that_opens_a_sentence_is_not_the_units_spending() -> None:
    text = "2022年“三公”经费决算2.19万元。较2021年决算数为3.89万元，减少1.70万元。"
    assert [shown(f) for f in read(text)][1] == "3.89万元 sangong_total prev_final 2021"


def test_an_amount_of_two_nouns_together_is_neithers() -> None:
    assert [f.metric for f in read("人员经费、公用经费支出120万元。")] == ["other"]
    shared = [f.metric for f in read("基本支出和项目支出分别为1200.04万元、251.17万元。")]
    assert shared == ["expenditure_basic", "expenditure_project"]
