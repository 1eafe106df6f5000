"""The grammar of figures on sentences of our own: every construction and every trap once, expected results beside it."""

from __future__ import annotations

import pytest

from extractor.document import Document, Passage, Section, Span, fold
from extractor.extract.rules.figures import FigureContext, read_figures
from extractor.schema import Figure

# Expected: "raw metric stage [scope] [period]" per figure, `…` for figures that need not be looked at.
YEAR = 2022


def read(
    text: str, names: tuple[str, ...] = (), title: str = "", subject: str | None = None, head: str = ""
) -> list[Figure]:
    """The figures of `text`: each line a passage of one section headed `title`, `head` above it."""
    whole = f"{head}\n{text}"
    folded = fold(whole)
    document = Document("report.txt", "text/plain", "", "text", whole)
    passages, at = [], 0
    for line in folded.split("\n"):
        if line and at:
            passages.append(Passage("s1", line, ((0, at, len(line)),)))
        at += len(line) + 1
    section = Section(
        id="s1", parent=None, level=2, number="（一）", title=title, span=Span(start=0, end=len(whole))
    )
    return read_figures(document, passages, [section], FigureContext(YEAR, names, subject))


def shown(figure: Figure) -> str:
    words = [figure.amount.raw, figure.metric, figure.stage]
    if figure.scope != "整体":
        words.append(figure.scope)
    if figure.period != str(YEAR):
        words.append(str(figure.period))
    return " ".join(words)


SENTENCES = [
    # totals and their stages
    ("2022年，我局年初预算收入1200万元，年中追加预算80.5万元，全年预算收入1280.5万元。",
     "1200万元 revenue_budget budget_initial; 80.5万元 budget_adjust adjust; 1280.5万元 revenue_budget budget_annual"),
    ("全年年初预算900万元，调整后预算950.25万元，全年执行数940万元，预算执行率98.92%。",
     "900万元 budget_initial budget_initial; 950.25万元 budget_annual budget_annual; 940万元 exec_annual exec; 98.92% exec_rate rate"),
    ("我部门年初共安排预算资金669.01万元，全年预算数805.58万元，截止12月底，共完成支付863.9万元。",
     "669.01万元 budget_initial budget_initial; 805.58万元 budget_annual budget_annual; 863.9万元 exec_annual exec"),
    ("本单位2022年支出决算1198.2万元，年末结转结余5.3万元。", "1198.2万元 exec_annual exec; 5.3万元 carryover_out carryover"),
    ("支出总计6120.41万元。", "6120.41万元 expenditure_total exec"),
    ("2022年支出预算为2,350,000.00元（235万元）。",
     "2,350,000.00元 expenditure_total budget_annual; 235万元 expenditure_total budget_annual"),
    ("全年支出1,237,400.00元，折合123.74万元。", "1,237,400.00元 expenditure_total exec; 123.74万元 expenditure_total exec"),
    ("2022年本局资金到位1330.69万元，其中财政拨款1330.69万元。",
     "1330.69万元 revenue_budget budget_annual; 1330.69万元 appropriation_current budget_annual"),
    ("追减预算12万元。", "12万元 budget_adjust adjust"),
    ("上年结转结余资金35万元，本年财政拨款收入965万元，其他资金来源8万元。",
     "35万元 carryover_in carryover; 965万元 appropriation_current budget_annual; 8万元 other_funds budget_annual"),
    ("年初结转和结余18.3万元，年末结转和结余9.9万元。", "18.3万元 carryover_in carryover; 9.9万元 carryover_out carryover"),
    ("政府性基金预算支出60万元，国有资本经营预算拨款0元。", "60万元 fund_gov exec; 0元 fund_soe budget_annual"),
    # members of a total take its stage
    ("全年实际支出1260.33万元，其中：基本支出800.1万元，项目支出460.23万元。",
     "1260.33万元 exec_annual exec; 800.1万元 expenditure_basic exec; 460.23万元 expenditure_project exec"),
    ("2022年收入预算817.53万元。其中基本支出549.53万元，公用经费126.29万元。",
     "817.53万元 revenue_budget budget_annual; 549.53万元 expenditure_basic budget_annual; 126.29万元 expenditure_public budget_annual"),
    ("年中追加58.35万元（基本支出18.35万元、项目支出40万元），全年预算数1287.35万元。",
     "58.35万元 budget_adjust adjust; 18.35万元 expenditure_basic adjust; 40万元 expenditure_project adjust; 1287.35万元 budget_annual budget_annual"),
    ("预算收入581.05万元，包括年初预算412.58万元、年中调整追加168.47万元，另有其他资金来源0万元。",
     "581.05万元 revenue_budget budget_annual; 412.58万元 budget_initial budget_initial; 168.47万元 budget_adjust adjust; 0万元 other_funds budget_annual"),
    ("人员经费620万元，占基本支出的77.5%；公用经费180万元，占基本支出的22.5%。",
     "620万元 expenditure_personnel exec; 77.5% share_personnel rate; 180万元 expenditure_public exec; 22.5% share_public rate"),
    # a topic and its stages
    ("项目支出年初预算120万元，全年预算130万元，执行数118万元。",
     "120万元 expenditure_project budget_initial; 130万元 expenditure_project budget_annual; 118万元 expenditure_project exec"),
    ("“三公”经费年初预算12万元，实际支出8.5万元，较上年减少1.5万元，下降15%。",
     "12万元 sangong_total budget_initial; 8.5万元 sangong_total exec; 1.5万元 other other; 15% other rate"),
    ("其中因公出国（境）费0元、公务接待费2.1万元，公务用车运行维护费6.4万元。",
     "0元 sangong_abroad exec; 2.1万元 sangong_reception exec; 6.4万元 sangong_vehicle_run exec"),
    ("政府采购预算38万元，实际采购金额35.2万元，政府采购执行率92.6%。",
     "38万元 procurement_amount budget_initial; 35.2万元 procurement_amount exec; 92.6% procurement_exec_rate rate"),
    # 分别, and a unit stated once
    ("基本支出、项目支出分别为800万元和460万元。", "800万元 expenditure_basic exec; 460万元 expenditure_project exec"),
    ("年初预算、全年预算和执行数分别为100、120、118万元。",
     "100 budget_initial budget_initial; 120 budget_annual budget_annual; 118万元 exec_annual exec"),
    ("2021年、2022年三公经费分别为10万元、8.5万元。", "10万元 sangong_total prev_final 2021; 8.5万元 sangong_total exec"),
    ("（单位：万元）年初预算数1200，全年执行数1180.5。", "1200 budget_initial budget_initial; 1180.5 exec_annual exec"),
    ("资金总额(万元)45", "45 other other"),
    # projects
    ("年初预算项目：防汛抢险经费63万元；精神病人住院、救治经费10万元；协管员专项经费90万元。年中执行0万元，实际支出163万元，结余结转0万元。",
     ("63万元 project_budget budget_initial 防汛抢险经费; 10万元 project_budget budget_initial 精神病人住院、救治经费; "
     "90万元 project_budget budget_initial 协管员专项经费; 0万元 budget_adjust adjust; 163万元 expenditure_project exec; 0万元 carryover_out carryover")),
    ("年初预算项目“招商会议专项经费 52 万元。”年中执行调增 90.8 万元，实际支出 142.8 万元，结余结转 0 万元。",
     ("52 万元 project_budget budget_initial 招商会议专项经费; 90.8 万元 project_budget adjust 招商会议专项经费; "
     "142.8 万元 project_exec exec 招商会议专项经费; 0 万元 carryover_out carryover 招商会议专项经费")),
    ("年中追加项目“平安建设（护路）专项工作经费”，金额50万元，实际支出50万元。",
     "50万元 project_budget adjust 平安建设（护路）专项工作经费; 50万元 project_exec exec 平安建设（护路）专项工作经费"),
    ("项目支出350万元，其中：普法宣传经费20万元、智慧社区建设项目330万元。",
     "350万元 expenditure_project exec; 20万元 project_exec exec 普法宣传经费; 330万元 project_exec exec 智慧社区建设项目"),
    ("2022年部门预算项目支出36万元，分别是科技交流活动经费4万元，评审及系统维护费17万元，验收工作经费15万元。",
     "36万元 expenditure_project exec; 4万元 project_exec exec 科技交流活动经费; 17万元 project_exec exec 评审及系统维护费; 15万元 project_exec exec 验收工作经费"),
    ("实际执行项目包括：综合整治经费31.5万元，预期目标为全年正常运转；2022年其他商品服务支出500万元，预期目标为保障运行。",
     "31.5万元 project_budget budget_annual 综合整治经费; 500万元 project_budget budget_annual 其他商品服务支出"),
    ("信访维稳工作经费年初预算30万元，执行28.5万元，执行率95%，结余1.5万元。",
     ("30万元 project_budget budget_initial 信访维稳工作经费; 28.5万元 project_exec exec 信访维稳工作经费; "
     "95% exec_rate rate 信访维稳工作经费; 1.5万元 carryover_out carryover 信访维稳工作经费")),
    ("“一站式”服务中心项目经费61.45万元，因该项目尚未完工故执行率为0%。",
     "61.45万元 project_budget budget_annual “一站式”服务中心项目经费; 0% exec_rate rate “一站式”服务中心项目经费"),
    ("2022年项目支出共5项，合计256.8万元：1. 610办专项经费30万元；2. 12345热线协调经费18.5万元；3. 110联动值守经费26.3万元。",
     ("5项 project_count other; 256.8万元 expenditure_project exec; 30万元 project_exec exec 610办专项经费; "
     "18.5万元 project_exec exec 12345热线协调经费; 26.3万元 project_exec exec 110联动值守经费")),
    ("主要项目：1、代表补助20万；2、常委活动8万。", "20万 project_budget budget_annual 代表补助; 8万 project_budget budget_annual 常委活动"),
    ("项目支出涉及项目4个，涉及资金351.03万元，占一般公共预算项目支出总额的100%。",
     "4个 project_count other; 351.03万元 expenditure_project exec; 100% selfeval_coverage rate"),
    ("上报预算项目12项，全年预算共计1699.19万元，项目实际执行12项，全年实际执行1480.41万元。",
     "12项 project_count other; 1699.19万元 expenditure_project budget_annual; 12项 project_exec_count other; 1480.41万元 expenditure_project exec"),
    ("其中45万元用于办公楼维修，12万元用于购置设备。", "45万元 other other; 12万元 other other"),
    # staff and counts
    ("我单位核定编制45名，实有在职人员42人，离退休人员18人，其中离休1人、退休17人。",
     "45名 staff_quota quota; 42人 staff_on_duty on_duty; 18人 other retired; 1人 staff_lixiu retired; 17人 staff_retired retired"),
    ("本部门共有编制人数11人，实有人数10人。其中：在职人员10人。", "11人 staff_quota quota; 10人 staff_total headcount; 10人 staff_on_duty on_duty"),
    ("全馆行政编制10名、事业编制20名，在编在岗28人。", "10名 other quota; 20名 other quota; 28人 staff_on_duty on_duty"),
    ("县编委核定事业编制19人，年末在职18人。", "19人 staff_quota quota; 18人 staff_on_duty on_duty"),
    ("人员编制26，实有人数25。", "26 staff_quota quota; 25 staff_total headcount"),
    ("走访慰问退休干部30人，培训在职人员200人。", "30人 other other; 200人 other other"),
    ("内设办公室、财务科等8个科室，下属二级预算单位3个，现有公务用车5辆。",
     "8个 dept_internal_count other; 3个 unit_subordinate_count other; 5辆 vehicle_count other"),
    # assets
    ("我单位配置固定资产64.76 万元（账面原值，下同）。配置通用设备61.54 万元，占95.02 % ；新购64.18万元，占99.1%。",
     "64.76 万元 asset_fixed_added other; 61.54 万元 asset_class_amount other; 95.02 % asset_class_share rate; 64.18万元 asset_class_amount other; 99.1% asset_class_share rate"),
    # rates
    ("截至2022年12月31日，项目资金已支付88.6万元，资金支付率88.6%。", "88.6万元 exec_annual exec; 88.6% exec_rate rate"),
    ("预算调整率为6.7%，结转结余率1.2%，在职人员控制率93.3%。", "6.7% budget_adjust_rate rate; 1.2% carryover_rate rate; 93.3% staff_control_rate rate"),
    ("群众满意度达到98%以上，政策知晓率95%，资金到位率100%。", "98% satisfaction rate; 95% other rate; 100% other rate"),
    ("执行数为142.8万元，完成预算的100.0%。", "142.8万元 exec_annual exec; 100.0% exec_rate rate"),
    ("预算执行率百分之九十五。", "百分之九十五 exec_rate rate"),
    ("执行率低于90%的需说明原因。", "90% other rate"),
    # scores and grades
    ("自评得分96.5分，评价等级为“优”。", "96.5分 total_score score; 优 grade score"),
    ("最终评分结果：整体支出绩效自评价结果为:总得分89.25分，属于\"良好\"。", "89.25分 total_score score; 良好 grade score"),
    ("满分100分，自评得分92分，评价等次为良。", "100分 total_weight points; 92分 total_score score; 良 grade score"),
    ("绩效指标权重总分设定为100分：一是产出指标40分。二是预算执行率指标10分。", "100分 total_weight points; 40分 ind_weight points; 10分 ind_weight points"),
    ("产出指标（50分）得48分，效益指标（30分）得28分。", "50分 ind_weight points; 48分 ind_score score; 30分 ind_weight points; 28分 ind_score score"),
    ("预算执行率98%，分值10分，得分9.8分。", "98% exec_rate rate; 10分 ind_weight points; 9.8分 exec_score score"),
    ("项目支出绩效自评平均分95.6分。", "95.6分 selfeval_avg_score score"),
    ("90（含）-100分为优、80（含）-90分为良、60（含）-80分为中、60分以下为差。", "100分 other score; 90分 other score; 80分 other score; 60分 other other"),
    ("综合评价为优，绩效评价结果为良好。", "优 grade score; 良好 grade score"),
    # changes and other years
    ("收支较上年决算数减少661.80万元，下降9.76%。", "661.80万元 other other; 9.76% other rate"),
    ("上年决算数为320万元，本年决算数为298万元。", "320万元 exec_annual prev_final 2021; 298万元 exec_annual exec"),
    ("耗材支出由上年的6.40万元压减到5.98万元。", "6.40万元 other other 2021; 5.98万元 other other"),
    ("2021年支出520万元，2022年支出550万元。", "520万元 expenditure_total prev_final 2021; 550万元 expenditure_total exec"),
    ("全年支出比当年财政拨款1244.75万元多17.43万元。", "1244.75万元 appropriation_current budget_annual; 17.43万元 other other"),
    # other quantities keep their label and nothing else
    ("走访群众10万户，发放资料3.5万份，宣传20余场次，挽回损失1200余万元。",
     "10万户 other other; 3.5万份 other other; 20余场次 other other; 1200余万元 other other"),
    ("生均公用经费标准为1000元/人，惠及学生2510人。", "1000元/人 other other; 2510人 other other"),
    ("其中中央资金120万元、省级资金80万元、县级配套50万元。", "120万元 other other; 80万元 other other; 50万元 other other"),
    ("资金总额为壹佰贰拾万元整。", "壹佰贰拾万元 other other"),
    ("2022年下达城乡互助项目3.15万元；福利院运行经费项目22.64万元；政府购买社工服务项目40万元。",
     ("3.15万元 project_budget budget_annual 城乡互助项目; 22.64万元 project_budget budget_annual 福利院运行经费项目; "
     "40万元 project_budget budget_annual 政府购买社工服务项目")),
    ("年中追加36.50万元用于门诊改造，其中：安排5120元支持村级站点。", "36.50万元 budget_adjust adjust; 5120元 other other"),
    ("该项目共编制12个绩效指标，下达给我单位资金1.37万元。", "12个 other other; 1.37万元 other other"),
    ("1月份将补助资金87万元全部拨付，向财政部门申请监测业务经费6万元。", "87万元 other other; 6万元 other other"),
    ("业务部门考察事项总预算58.37万元，预算执行50万元。", "58.37万元 other other; 50万元 other exec"),
    # half-width print, marks of markdown, broken spacing
    ("**2022年预算收入 535.67 万元**,其中:年初预算 339.66 万元,调整追加 196.01 万元.其他资金来源 0 万元.",
     "535.67 万元 revenue_budget budget_annual; 339.66 万元 budget_initial budget_initial; 196.01 万元 budget_adjust adjust; 0 万元 other_funds budget_annual"),
    ("预算数12万元,支出12万元,预算执行率100%.等级为优.", "12万元 budget_annual budget_annual; 12万元 expenditure_total exec; 100% exec_rate rate; 优 grade score"),
    ("1. 30万元用于宣传。", "30万元 other other"),
    # money named by the way, what an activity cost, and the rest of a kind are not totals of the unit
    ("检查发现涉及资金问题的单位预算数85万元，执行数80万元。", "85万元 other budget_annual; 80万元 other exec"),
    ("举办培训班5期，培训人员198人，支出15.84万元。", "5期 other other; 198人 other other; 15.84万元 other exec"),
    ("其余项目支出76.57万元主要用于机构补助。", "76.57万元 other other"),
    ("执行率95.00%，该项得19.00分。", "95.00% exec_rate rate; 19.00分 exec_score score"),
    ("部门整体支出绩效自评得99.19分。", "99.19分 total_score score"),
    ("商品和服务支出12万元，公务用车购置和运行维护费3万元。",
     "12万元 expenditure_public exec; 3万元 sangong_vehicle exec"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[s[0][:24] for s in SENTENCES])
def test_sentence(text: str, expected: str) -> None:
    assert [shown(f) for f in read(text)] == expected.split("; ")


NOTHING = [
    "根据《关于下达2022年预算资金300万元的通知》（石发〔2019〕8号、某财预〔2022〕15号）精神执行。",
    "2022年6月18日至12月31日，自2018年以来第3批、第20条和12·4宪法日活动。",
    "2080201、2130234等功能科目支出均按规定列支，预算编码905012，联系电话28420017。",
    "通过12345热线、110接警、610办和“N合一”机制，24小时值守，历时3个月。",
    "打造14分局和3分会场，3分钟响应，2022元旦、多元化解、一元复始、数十万元。",
    "单位：万元",
    "60岁以上老人，三级医院，1080P摄像机，0—6岁儿童。",
    "工作运行良好，群众反响较好，评价体系完善，分为优良中差四等。",
    # letters among digits are misread ones, codes or units of no report
    "自评得分99.B4分，执行率l.5%，O.5%，安排资金1O0万元。",
    "自评得分：1O0；总分：99.B4；编制数：l2人。",
    "铺设管道12km，覆盖PM2.5监测点，GDP100，A.5。",
    # the number of an annex before the first character of its title
    "附1 部门整体支出绩效自评表",
    "附件2 部门绩效目标表",
]


@pytest.mark.parametrize("text", NOTHING, ids=lambda t: t[:20])
def test_no_figure(text: str) -> None:
    assert [shown(f) for f in read(text)] == []


def test_heading_gives_its_project_to_the_section() -> None:
    figures = read("项目支出63万元，结余0万元。", names=("重点水源防护经费",), title="（1）重点水源防护项目")
    assert [shown(f) for f in figures] == [
        "63万元 project_exec exec 重点水源防护经费",
        "0万元 carryover_out carryover 重点水源防护经费",
    ]


def test_generic_heading_names_no_project() -> None:
    assert [shown(f) for f in read("2022年项目支出63万元。", title="项目支出绩效情况")] == [
        "63万元 expenditure_project exec"
    ]


def test_percentages_in_a_heading_are_no_figures() -> None:
    assert read("（一）高龄补贴、40%精简及社会救济", title="高龄补贴、40%精简及社会救济") == []


def test_fund_heading_qualifies_its_totals() -> None:
    assert [shown(f) for f in read("全年支出60万元。", title="政府性基金预算支出情况")] == [
        "60万元 fund_gov exec"
    ]


def test_single_project_report_is_about_its_project() -> None:
    head = "某某局2022年度治超站点运行维护经费项目绩效自评报告"
    figures = read(
        "全年预算128万元，全年支出123.74万元，执行率96.67%。本项目自评得分98.76分，等级为优。",
        ("治超站点运行维护经费",),
        head=head,
    )
    assert [shown(f).split()[1] for f in figures] == [
        "project_budget",
        "project_exec",
        "exec_rate",
        "total_score",
        "grade",
    ]
    assert {f.scope for f in figures} == {"治超站点运行维护经费"}
    stated = read("全年预算128万元。", subject="某项目")
    assert stated[0].scope == "某项目"


def test_department_report_is_about_the_whole() -> None:
    figures = read("全年支出123.74万元。", ("某某经费",), head="某某局2022年度部门整体支出绩效自评报告")
    assert shown(figures[0]) == "123.74万元 expenditure_total exec"


def test_one_known_project_is_the_project() -> None:
    figures = read("项目全年预算数142.8万元，执行数为142.8万元。", names=("会议专项经费",))
    assert [shown(f) for f in figures] == [
        "142.8万元 project_budget budget_annual 会议专项经费",
        "142.8万元 project_exec exec 会议专项经费",
    ]


def test_an_unnamed_project_is_not_taken_for_the_unit() -> None:
    assert [f.metric for f in read("该项目预算安排50万元，实际使用49.2万元。")] == [
        "project_budget",
        "project_exec",
    ]


def test_printed_brackets_and_quotes_stay_in_labels_and_scopes() -> None:
    figure = read("年初预算项目：反邪专项、国安（政治安全）经费63万元；交通经费9万元。")[0]
    assert figure.scope == figure.label == "反邪专项、国安（政治安全）经费"


def test_comparators_and_vagueness() -> None:
    figures = read("满意度≥90%，到位率达到95%以上，涉及资金约3万元，挽回损失1亿余元。")
    assert [f.amount.comparator for f in figures] == ["≥", "以上", "约", "余"]


def test_a_cut_figure_keeps_its_parts() -> None:
    text = "共完成支付\n\n1863.\n95787 万元。"
    folded = "共完成支付1863.95787 万元。"
    document = Document("report.txt", "text/plain", "", "text", text)
    passage = Passage("", folded, ((0, 0, 5), (5, 7, 5), (10, 13, 9)))
    (figure,) = read_figures(document, [passage], [], FigureContext(2023))
    assert figure.amount.raw == "1863.95787 万元"
    assert figure.span.parts is not None
    assert "".join(text[p.start : p.end] for p in figure.span.parts) == figure.amount.raw
    assert (figure.metric, figure.period, figure.section) == ("exec_annual", "2023", None)


def test_digits_and_places_are_true() -> None:
    text = "全年预算１，２８０．５０万元，执行率95%。"
    document_text = "\n" + text
    for figure in read(text):
        assert document_text[figure.span.start : figure.span.end] == figure.amount.raw
    assert [f.id for f in read(text)] == ["q1", "q2"]
    assert str(read(text)[0].amount.value) == "1280.50"
    assert read(text)[0].amount.base_value == 12805000


def test_confidence_falls_where_a_word_is_inferred() -> None:
    sure, inferred = read("全年预算数100万元。")[0], read("项目支出3万元。")[0]
    unclear = read("争取上级资金3万元。")[0]
    assert sure.evidence.confidence > inferred.evidence.confidence > unclear.evidence.confidence
    assert sure.evidence.certain
    assert not unclear.evidence.certain


def test_same_input_same_output() -> None:
    text = "\n".join(s[0] for s in SENTENCES)
    assert read(text) == read(text)
