"""Sentences with figures: {name} is a figure of facts.py, %Y the year, %P the year before, %U the unit, %N the project."""

from __future__ import annotations

STAFF = (
    "%U内设{offices}共{rooms}，核定编制{quota}，在职{duty}。",
    "本部门共有编制人数{quota}，实有人数{people}。其中：在职人员{duty}，离休{lixiu}，退休{retired}。",
    "%U核定的人员编制{quota}，实际在职人员{duty}，在职人员控制率{control}。",
    "截至%Y年12月31日，我单位编制数{quota}，年末实有在职人员{duty}，退休人员{retired}。",
    "现有在职职工{duty}，编制{quota_ming}，离退休人员中离休{lixiu}、退休{retired}。",
    "%U内设职能部门{rooms}，下属预算单位{under}，核定编制{quota}，在职{duty}。",
)
BUDGET = (
    "年初预算{initial}，年中预算调整{adjust}，其中：基本支出调整{basic_added}，项目支出调整{project_added}。调整后全年预算数为{annual}。",
    "%Y年预算收入{revenue}，其中年初预算{initial}，调整追加{adjust}。",
    "%Y年，我部门年初共安排预算资金{initial}，全年预算数{annual}，截止12月底，共完成支付{exec}。",
    "年初批复预算{initial}，年中调整{adjust}，调整后全年预算数为{annual}，预算调整率{adjust_rate}。",
    "%Y年度收入预算{revenue}，其中：年初预算安排{initial}，年中追加{adjust}（含上级专项资金）。",
    "全年预算共计{annual}（年初{initial}，追加{adjust}），其中上年结转{carry}，其他资金来源{other}。",
)
EXECUTION = (
    "%Y年支出{spent}，其中基本支出{basic_exec}，项目支出{project_exec}，结余结转{left}。",
    "%Y年整体支出{spent}，其中：基本支出{basic_exec}，占总支出的{share_basic}；项目支出{project_exec}，占{share_project}。",
    "全年预算数{annual}，执行数{exec}，预算执行率{rate}。",
    "全年实际支出{exec}，完成预算的{rate}，年末结转结余{left}。",
    "资金到位{revenue}，实际使用{exec}，资金使用率为{rate}，结余{left}结转下年使用。",
    "基本支出和项目支出分别为{basic_exec}、{project_exec}，合计{spent}。",
)
BASIC = (
    (
        "%Y年度一般公共预算财政拨款基本支出{basic_exec}，其中：人员经费{staffcost_exec}，占基本支出的{share_staff}，"
        "主要包括基本工资、津贴补贴、奖金、社会保障缴费等；公用经费{public_exec}，占基本支出的{share_public}，主要包括办公费、印刷费、差旅费等。"
    ),
    "基本支出年初预算{basic_initial}，决算{basic_exec}。其中人员经费{staffcost_exec}、公用经费{public_exec}。",
    "用于保障机构正常运转的日常支出{basic_exec}，其中人员支出{staffcost_exec}，日常公用支出{public_exec}。",
    "人员经费年初预算数{staffcost_initial}，全年执行{staffcost_exec}；公用经费年初预算数{public_initial}，全年执行{public_exec}。",
)
COMPARE = (
    "%Y年支出{spent}，较上年{spent_prev}{more}{grown}，{rise}{grown_rate}。",
    "与%P年支出{spent_prev}相比，本年{more}{grown}，变动幅度{grown_rate}。",
    "%P年决算支出{spent_prev}，%Y年决算支出{spent}，同比{rise}{grown_rate}。",
)
SANGONG = (
    (
        "“三公”经费年初预算{sangong_initial}，实际支出{sangong_exec}，其中公务接待费{reception_exec}，公务用车购置及运行维护费"
        "{vehicle_exec}，因公出国（境）费{abroad_exec}。"
    ),
    "“三公”经费支出{sangong_exec}，控制在预算{sangong_initial}以内；上年决算{sangong_prev}。",
    "公务接待费预算{reception_initial}，决算{reception_exec}；公务用车运行维护费预算{run_initial}，决算{run_exec}。",
)
PURCHASE = (
    "政府采购预算{buy_initial}，实际采购金额{buy_exec}，政府采购执行率{buy_rate}。",
    "%Y年政府采购支出总额{buy_exec}，为采购预算{buy_initial}的{buy_rate}。",
)
PROJECTS = (
    "%Y年项目支出年初预算{project_initial}，全年预算{project_annual}，实际支出{project_exec}，结余结转{project_left}。",
    "%Y年度一般公共预算项目支出涉及项目{projects}，涉及资金{project_exec}，自评覆盖率{coverage}。",
    (
        "%U%Y年上报预算项目{projects_xiang}，全年预算共计{project_annual}，项目实际执行{projects_done}，"
        "全年实际执行{project_exec}，执行率达到{project_rate}。"
    ),
    "项目支出{project_exec}，均为一般公共预算，上年项目支出决算{project_prev}。",
)
ONE_PROJECT = (
    "年初预算项目“%N”{initial}，年中执行{turned}{adjust}，实际支出{exec}，结余结转{left}。",
    "%N项目绩效自评综述：根据年初设定的绩效目标，项目绩效自评得分为{score}。项目全年预算数为{annual}，执行数为{exec}，完成预算的{rate}。",
    "%N：全年预算{annual}，支出{exec}，自评得分{score}，等级为“{grade}”。",
    "%N年初安排{initial}，{turned}{adjust}后全年预算{annual}，已支付{exec}，结转{left}。",
    "项目支出{exec}，占该项目（%N）预算{annual}的{rate}。",
)
RESULT = (
    "综合考虑各方面因素，最终评分结果：总得分{score}，评价等级为“{grade}”。",
    "经自评，%Y年度部门整体支出绩效自评得分{score}，评价结果为{grade}。",
    "从评价情况来看，整体绩效目标完成较好，自评总分为{score}，属于“{grade}”等次。",
)
COVER_WORDS = (
    "我部门组织对%Y年度项目支出开展了绩效自评，共涉及项目{projects}，资金{project_annual}，占项目支出预算总额的{coverage}，自评平均分{average}。",
    "本次自评项目{projects_xiang}，覆盖率{coverage}。",
)
GROUPS: dict[str, tuple[str, ...]] = {
    "reported": PROJECTS[2:3],
    "covered": COVER_WORDS[:1],
    "staff": STAFF,
    "budget": BUDGET,
    "execution": EXECUTION,
    "basic": BASIC,
    "compare": COMPARE,
    "sangong": SANGONG,
    "purchase": PURCHASE,
    "projects": PROJECTS,
    "one_project": ONE_PROJECT,
    "result": RESULT,
    "cover_words": COVER_WORDS,
}
