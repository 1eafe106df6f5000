"""The glossary of canonical metrics as data: what each is called in print, its unit, its meaning and its usual stage."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

OTHER = "other"


class Metric(NamedTuple):
    """One canonical metric; `stage` is what a figure of it has when the sentence says nothing."""

    id: str
    name: str
    aliases: tuple[str, ...]
    unit: str
    stage: str
    definition: str
    where: str
    dimension: str


# id | name | aliases | unit | default stage | definition | where it stands | dimension. The order is the glossary's.
_ROWS = """
staff_quota|编制数|编制人数、人员编制、核定的人员编制、核定编制|人|quota|机构编制部门核定数|正文；基础数据表|年末时点
staff_on_duty|在职人数|实际在职人员、在职人员、实际在职人数|人|on_duty|年末实际在职，不含离退休|正文；基础数据表|年末时点
staff_total|实有人数|实有人员、现有人数|人|headcount|在职、离休、退休之和；部分单位误作在职|正文|年末时点
staff_lixiu|离休人数|离休、离休人员|人|retired|年末离休人数|正文|年末时点
staff_retired|退休人数|退休、退休人员|人|retired|年末退休人数|正文|年末时点
staff_control_rate|在职人员控制率|控制率|%|rate|在职人数/编制数|基础数据表|年末时点
dept_internal_count|内设机构个数|内设职能部门个数、内设科室|个|other|单位内设机构的个数|正文|年末时点
unit_subordinate_count|下属预算单位个数|现有预算单位、下属单位|个|other|预算单位个数，注意是否含本级|正文|年末时点
budget_initial|年初预算数|年初预算、年初安排预算资金、预算数|万元|budget_initial|批复的年初预算|正文；自评表资金栏|budget_initial
budget_adjust|年中调整数|调整追加、年中执行、执行调增、年中追加数、追减数|万元|adjust|年中追加为正、追减为负|正文；汇总表|adjust
budget_annual|全年预算数|调整预算数、调整后预算数、全年预算、小计|万元|budget_annual|年初预算数、调整数与结转之和|自评表；汇总表|budget_annual
exec_annual|全年执行数|执行数、实际支出、完成支付、全年实际执行、决算数|万元|exec|全年实际支出|自评表；正文|exec
exec_rate|预算执行率|执行率、资金执行率、完成预算的比例|%|rate|全年执行数/全年预算数|自评表；正文|rate
revenue_budget|预算收入|收入预算、资金到位|万元|budget_annual|预算安排或到位的收入总额|正文|budget_annual
expenditure_total|总支出|年度支出、整体支出、支出合计|万元|exec|基本支出与项目支出之和|正文|exec
expenditure_basic|基本支出|一般公共预算财政拨款基本支出|万元|exec|人员经费与公用经费之和|正文；自评表|各阶段
expenditure_personnel|人员经费|人员支出|万元|exec|基本支出中用于人员的部分|正文|各阶段
expenditure_public|公用经费|日常公用经费、商品和服务支出|万元|exec|基本支出中的一般商品和服务支出|正文；基础数据表|三阶段
expenditure_project|项目支出|项目经费|万元|exec|基本支出以外的所有项目支出|正文；自评表；基础数据表|三阶段
share_personnel|人员经费占基本支出比重|人员经费占比|%|rate|人员经费/基本支出|正文|rate
share_public|公用经费占基本支出比重|公用经费占比|%|rate|公用经费/基本支出|正文|rate
appropriation_current|当年财政拨款|财政拨款、本年一般公共预算拨款|万元|budget_annual|当年财政拨款|资金栏|各阶段
carryover_in|上年结转资金|上年结转、年初结转和结余|万元|carryover|上年结转到本年使用的资金|资金栏|各阶段
other_funds|其他资金|其他资金来源|万元|budget_annual|财政拨款、结转以外的资金|资金栏|各阶段
carryover_out|年末结转结余|结余结转、年末结余|万元|carryover|年末结转下年和结余的资金|正文|年末时点
fund_gpb|一般公共预算|一般公共预算拨款|万元|budget_annual|按收入性质分的一般公共预算|整体自评表|各阶段
fund_gov|政府性基金|政府性基金拨款、政府性基金预算|万元|budget_annual|政府性基金预算收支|正文；自评表|各阶段
fund_soe|国有资本经营预算|国有资本经营预算拨款|万元|budget_annual|国有资本经营预算收支|正文|各阶段
fund_social|社会保险基金预算|社会保险基金|万元|budget_annual|社会保险基金预算收支|正文|各阶段
fund_nontax|纳入专户管理的非税收入拨款|财政专户管理资金|万元|budget_annual|纳入专户管理的非税收入|整体自评表|各阶段
budget_adjust_rate|预算调整率|预算控制率|%|rate|调整数/年初预算数|计算|rate
basic_budget_adjust|部门基本支出预算调整|部门整体支出预算调整|万元|adjust|基本支出年中增减|基础数据表|adjust
carryover_rate|结转结余率|结余率|%|rate|结转结余/预算|指标行|rate
sangong_total|三公经费|“三公”经费|万元|exec|出国、公车、接待三项之和|基础数据表|三阶段
sangong_vehicle|公务用车购置和维护经费|公车购置及运行费、公务用车购置及运行维护费|万元|exec|公车购置与运行维护之和|基础数据表|三阶段
sangong_vehicle_buy|公车购置|公务用车购置费|万元|exec|公务用车购置|基础数据表|三阶段
sangong_vehicle_run|公车运行维护|公务用车运行维护费|万元|exec|公务用车运行维护|基础数据表|三阶段
sangong_abroad|出国经费|因公出国（境）费|万元|exec|因公出国（境）费用|基础数据表|三阶段
sangong_reception|公务接待|公务接待费|万元|exec|公务接待费用|基础数据表|三阶段
sangong_change_rate|三公经费变动率|“三公”经费变动率|%|rate|（本年－上年）/上年|计算|rate
project_business|业务工作经费|业务工作专项|万元|exec|项目支出分项一|基础数据表|三阶段
project_maintain|运行维护经费|运行维护专项|万元|exec|项目支出分项二|基础数据表|三阶段
project_special_i|专项资金|专项资金（一个专项一行）|万元|exec|项目支出分项三，一行一专项|基础数据表|三阶段
public_office|办公经费|办公费、印刷费|万元|exec|公用经费分项|基础数据表|三阶段
public_travel|水电差旅|水费、电费、差旅费、邮电费、维修费、租赁费|万元|exec|公用经费分项，口径随模板变|基础数据表|三阶段
public_meeting|会议培训|会议费、培训费、劳务费|万元|exec|公用经费分项|基础数据表|三阶段
public_entrust|委托业务费、工会经费、福利费|委托业务费、工会经费、福利费|万元|exec|公用经费分项|基础数据表|三阶段
public_other|其他费用|其他公用费用|万元|exec|公用经费分项|基础数据表|三阶段
procurement_amount|政府采购金额|政府采购支出、政府采购预算|万元|exec|政府采购预算或实际金额|基础数据表|预算、实际
procurement_exec_rate|政府采购执行率|政府采购预算执行率|%|rate|实际采购/采购预算|计算|rate
building_area_approved|楼堂馆所批复规模|批复规模|㎡|other|批复的建筑面积|基础数据表|当年完工项目
building_area_actual|楼堂馆所实际规模|实际规模|㎡|other|实际建筑面积|基础数据表|当年完工项目
building_area_rate|楼堂馆所规模控制率|规模控制率|%|rate|实际规模/批复规模|基础数据表|当年完工项目
building_invest_budget|楼堂馆所预算投资|预算投资|万元|budget_annual|概算投资|基础数据表|当年完工项目
building_invest_actual|楼堂馆所实际投资|实际投资|万元|exec|实际投资|基础数据表|当年完工项目
building_invest_rate|楼堂馆所投资概算控制率|投资概算控制率|%|rate|实际投资/概算投资|基础数据表|当年完工项目
frugality_measures|厉行节约保障措施|厉行节约措施|文本|other|厉行节约的文字说明|基础数据表|年度
asset_fixed_added|配置固定资产|新增固定资产|万元|other|年度内配置固定资产的账面原值|正文|年度
asset_class_amount|分类资产额|通用设备、家具用具装具及动植物、新购、调拨、其他方式新增|万元|other|按类别或配置方式分的资产额|正文|年度
asset_class_share|分类资产占比|资产占比|%|rate|分类资产额/资产总额|正文|年度
asset_intangible_added|配置无形资产|计算机软件、新增无形资产|万元|other|年度内配置无形资产的账面原值|正文|年度
vehicle_count|车辆数|车辆账面数量、公务用车保有量|辆|other|车辆的账面数量|正文|年末时点
vehicle_value|车辆账面原值|车辆原值|万元|other|车辆的账面原值|正文|年末时点
project_name|项目名称|项目支出名称、专项名称、支出方向名称、子项目名称|文本|other|项目的名称，需作别名归一|全文|项目
project_budget|项目预算|项目全年预算数、项目年初预算数|万元|budget_annual|一个项目的预算|汇总表；项目自评表|各阶段
project_exec|项目执行|项目全年执行数|万元|exec|一个项目的执行数|汇总表；项目自评表|exec
project_invest_total|项目总投资|总投资|万元|other|项目各年投资之和|项目自评表|项目
project_count|项目数|涉及项目、项目总个数|个|other|项目的个数|正文；汇总表|年度
project_exec_count|实际执行项目数|执行项目数|个|other|实际执行的项目个数|正文；汇总表|年度
selfeval_coverage|自评覆盖率|占项目支出总额的比例|%|rate|已自评项目预算/项目预算总额|正文；汇总表|年度
selfeval_avg_score|自评价平均分|自评平均分|分|score|得分之和/项目数，是否含未评分项须声明|汇总表|年度
ind_l1|一级指标|一级指标名称|文本|other|指标行的一级指标|自评表|指标行
ind_l2|二级指标|二级指标名称|文本|other|指标行的二级指标|自评表|指标行
ind_l3|三级指标|三级指标名称|文本|other|指标行的三级指标|自评表|指标行
ind_target|年度指标值|年度指标、目标值、年初目标值、指标值|混合|other|比较符、数、单位，或定性描述|自评表|指标行
ind_actual|实际完成值|全年实际值、业绩值、完成值|混合|other|实际完成的值|自评表|指标行
ind_weight|分值|权重、分值权重、标准分|分|points|指标的分值|自评表|指标行
ind_score|得分|自评得分、实际得分、指标得分|分|score|指标的得分|自评表|指标行
ind_deviation|偏差原因分析及改进措施|未完成原因分析、得失分依据及原因、备注|文本|other|未完成的原因和改进措施|自评表|指标行
l1_weight_label|一级指标标注分值|产出指标（50分）|分|points|写在一级指标单元格内的分值|自评表|指标行
exec_score|预算执行率得分|执行率得分|分|score|分值×执行率|资金栏|rate
total_weight|总分值|总分、满分、权重总分|分|points|分值合计|末行；正文|年度
total_score|总得分|自评得分、自评总分、综合得分|分|score|得分合计|末行；正文|年度
grade|评价等级|等级、等次、评价结果|枚举|score|优、良、中、差|末行；正文|年度
satisfaction|满意度|满意率、群众满意度、服务对象满意度|%|rate|满意人数/有效调查数|指标行；正文|年度
review_score|复核得分|核查分数、复核分|分|score|审核端复核的得分|复核表|年度
review_deviation|复核偏差|核减、复核扣减|分|score|自评得分与复核得分之差|复核表|年度
goal_expected|年度总体目标：预期目标|预期目标、年初设定目标|文本|other|年度总体目标的预期|自评表|年度
goal_actual|年度总体目标：实际完成情况|实际完成情况|文本|other|年度总体目标的实际完成|自评表|年度
"""


def _metric(row: str) -> Metric:
    id, name, aliases, unit, stage, definition, where, dimension = row.split("|")
    return Metric(id, name, tuple(aliases.split("、")), unit, stage, definition, where, dimension)


METRICS: tuple[Metric, ...] = tuple(_metric(row) for row in _ROWS.strip().splitlines())
by_id: Mapping[str, Metric] = MappingProxyType({metric.id: metric for metric in METRICS})


def named(name: str) -> tuple[Metric, ...]:
    """Every metric whose name or alias is exactly `name`, in glossary order."""
    return tuple(metric for metric in METRICS if name == metric.name or name in metric.aliases)
