"""What a heading says its section is for, by the words that these reports are written with."""

from __future__ import annotations

import re

from extractor.document import SectionRole, fold
from extractor.patterns import lazy

# Tried in this order: a heading of several parts (存在问题及改进措施) is known by the part that is sought most.
_ROLES: tuple[tuple[SectionRole, re.Pattern[str]], ...] = (
    (
        "annex",
        lazy(r"^附(?:件|表|录|图|:|\d|$)|(?:自评|评价|评分|得分|数据|指标|目标|汇总|情况|明细|申报)表$"),
    ),
    ("title", lazy(r"(?:自评|评价|绩效)(?:情况)?(?:总)?报告$")),
    ("notes", lazy(r"^其[他它]|^需要?说明|名词解释")),
    ("problems", lazy(r"问题|不足|原因|短板|困难")),
    ("measures", lazy(r"改进|整改|措施|建议|打算|下一?步|今后|后续工作")),
    ("application", lazy(r"结果.{0,6}(?:应用|公开|运用)|(?:应用|公开)(?:和(?:应用|公开))?(?:情况|计划)$")),
    (
        "work",
        lazy(
            r"(?:自[评查]|评价)的?(?:工作|组织|过程|方法|目的|原则|依据|程序|对象|指标体系)|组织(?:实施|管理|工作|过程|情况)|前期准备"
            r"|方法[和与]步骤|[评计][分价](?:标准|办法|方法|规则|说明)|分析评价|项目(?:实施|管理|决策|过程)情况"
        ),
    ),
    (
        "conclusion",
        lazy(
            r"结论|综合评价|(?:自[评查]|评价|综合)(?:得分|等级|结果|情况)$|[得打评]分(?:情况|结果)?$|评价和等级"
        ),
    ),
    (
        "goal",
        lazy(
            r"绩效目标(?:及?开展情况|情况|(?:设定|设置|分解|下达|申报|管理).{0,6})?$|(?:年度|总体|预期)(?:绩效)?目标$"
            r"|(?:目标|指标)的?(?:设定|设置|分解|体系)|目标[和、与及]指标$|年度(?:主要)?(?:工作)?任务$"
        ),
    ),
    (
        "analysis",
        lazy(
            r"(?:完成|实现|达成|履职|达标).{0,3}(?:情况|效果|分析)|绩效(?:情况|分析|实现|状况)|指标.{0,4}分析|满意度"
            r"|效益(?:情况|分析)?$|产出(?:情况)?$|(?:产出|效益|数量|质量|时效|成本)指标$|成本控制"
        ),
    ),
    ("results", lazy(r"成效|成绩|绩效$|经验|做法|亮点|成果")),
    (
        "overview",
        lazy(
            r"(?<!资金)(?:概况|基本情况)$|职能|职责|机构|人员(?:构成|编制|结构|情况)|编制情况|背景|立项|简介|概述|架构"
            r"|(?:部门|单位|项目)情况$"
        ),
    ),
    ("funds", lazy(r"资金|预算|支出|收支|收入|决算|经费|采购|资产|基金|财政拨款")),
)
_REMARK = lazy(r"\([^()]*\)$")
_LONGEST = 45


def role_of(number: str, title: str) -> SectionRole:
    """The role that a heading names itself; `other` where it names none, or is a sentence rather than a heading."""
    words = "".join(fold(title or number).split())
    if number.startswith("附"):
        return "annex"
    if len(words) > _LONGEST and not words.startswith("附"):
        return "other"
    words = _REMARK.sub("", words)
    return next((role for role, pattern in _ROLES if pattern.search(words)), "other")
