"""The labels of a form: 一级 and 二级 names, items of money, totals, frames; by word lists, not by patterns.

A pattern of so many hanzi costs milliseconds to compile; cutting off what may follow a word and looking the word up costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractor.patterns import lazy

_DIGITS, _NUMERALS = "0123456789", "一二三四五六七八九十"


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


def _expanded(words: str) -> frozenset[str]:
    """The words of a list; `满意度?` stands for 满意 and 满意度."""
    listed = words.split()
    return frozenset([w.rstrip("?") for w in listed] + [w[:-2] for w in listed if w.endswith("?")])


_FIRST = _expanded("""
总产出 产出 效益 效果 社会满意度 满意度 服务对象满意度 成本 过程 投入 决策 管理 绩效 履职 结果 效率 预算执行 预算管理 部门管理 项目管理
部门决策 绩效实现 部门绩效情况 项目决策 部门绩效 项目绩效 项目完成 项目产出 项目效益 项目过程 项目投入 履职效果 履职效能 履职完成 履职产出
可持续 可持续发展 可持续影响 产出与效益 资金管理 预算资金 运行成本 管理效率 社会效应 特性 共性 个性 社会效益 预算执行率 综合管理 资金
监督管理 运行效率 目标管理 运转 基础工作 资金使用 项目实施 整体 投入和管理 投入管理 投入与管理 履职效率 社会评价 职责履行 部门履职 履职目标
服务对象 预算执行及管理 部门预算管理 专项预算管理 绩效管理 可持续性 部门产出 部门效果 整体绩效 年度绩效
""")
_SECOND = _expanded("""
数量 质量 时效 进度 成本 经济 社会 生态 环境 可持续? 可持续发展 可持续影响 政治 满意度? 服务对象 服务对象满意度? 社会公众 群众 社会公众满意度? 公众
受益对象 受益对象满意度? 服务 经济成本 社会成本 生态环境成本 生态成本 生态环境 预算执行率? 资金执行率? 社会公众或服务对象 社会公众或服务对象满意度?
群众满意度? 使用者满意度? 帮扶对象满意度? 资金使用 资金管理 预算管理 项目管理 社会满意度? 服务满意度? 企业满意度? 职工满意度? 可持续性? 人才 公平
信息化? 基础管理 履职效果 内部管理 时间 产出数量 产出质量 产出时效 产出成本 目标设定 预算配置 资产管理 职责履行 履职效益 项目立项 绩效目标 资金投入
资金落实 组织实施 业务管理 财务管理 项目目标 决策过程 资金分配 资金到位 项目产出 项目效益 目标任务 目标制定 预算编制 综合管理 特性 共性 个性
整体效能 专项效能 采购管理 过程管理 支出管理 资金安全 项目组织 完成结果 绩效结果 结果应用 绩效管理 实施效益 实施效果 社会效应
工作目标管理 预算和财务管理 重点工作任务完成 履职目标实现 投入管理 重点工作履行 整体工作完成 预算执行效率 预算编制管理 预算监督管理 预算收支管理
公众满意度? 受益者满意度? 相关方满意度? 内控管理 成本控制 成本控制成效 体制机制改革 创新驱动发展 人才支撑 政治效益 计划制定 人员管理 机构建设 重点工作 部门履职目标 绩效结果应用 自评质量
资金支出 采购管理 人员控制 公用经费控制 政府采购 信息公开 制度建设 制度管理 日常管理 经济效率 管理制度 预决算公开 履职能力 工作任务
""")
_ITEMS = _words("""
资金总额 财政拨款 财政资金 一般公共预算 上年结转 其他资金 单位资金 财政专户 政府性基金 国有资本 中央 省级 市级 县级 区级 自有资金 合计 预算拨款 资金合计 总额 金额合计 结转
年度资金 社会资金 银行贷款 地方资金 本级 上级 自筹 事业收入 经营收入 专项资金 预算内 非税 市县 区县 地方财政 财政性资金 基本支出 项目支出 人员经费 公用经费 总支出 纳入专户
""")
_TOTALS = frozenset(
    _words("""
总分 总计 合计 总得分 得分合计 综合得分 绩效自评综合得分 自评综合得分 自评总分 总分值 总评分 合计得分 自评得分合计 合计/平均 总计/平均 平均 平均得分 平均分 合计/平均分 分值合计 总分合计 自评总得分 总分数 总体得分
""")
)
_FRAMES = frozenset(
    _words("""
绩效指标 绩效指标完成情况 绩效目标 绩效目标完成情况 总体目标 总体目标完成情况 资金 资金情况 资金使用情况 资金执行情况 预算申请 预算资金 预算执行情况 预算情况 预算执行 年度预算申请
年度目标 目标 绩效 绩效自评 当年绩效目标 履职目标 主要任务
""")
)
_DONE = ("达成", "达到", "完成", "实现", "预期")
_NO_NAME = frozenset(_DIGITS + ",;。:、()")
_POINTS = lazy(r"\(?\[?\d+(?:\.\d+)?(?:分|%)?\]?\)?$")
_AMOUNT = lazy(r"\d+(?:\.\d+)?分?$")
_SHARE = lazy(r"\d+(?:\.\d+)?分?%?\)")


def _stems(text: str, *endings: Iterable[str]) -> set[str]:
    """`text`, and what is left of it without one optional ending after the other, the outermost first."""
    stems = {text}
    for group in endings:
        stems |= {stem.removesuffix(end) for stem in stems for end in group}
    return stems


def _without(text: str, *starts: str) -> str:
    """`text` without the first of the `starts` it begins with."""
    return next((text.removeprefix(start) for start in starts if text.startswith(start)), text)


def _unscored(text: str) -> str:
    """`text` without the points behind a label: 产出指标(50分)."""
    if text[-1] in "分%)]" or text[-1].isdigit():
        match = _POINTS.search(text)
        return text if match is None else text[: match.start()]
    return text


def is_first_level(text: str) -> bool:
    """Whether `text`, without blanks, is a 一级指标 of the vocabulary."""
    name = _unscored(text[2:] if text[1:2] == "、" and text[0] in "一二三四五六" else text)
    stems = _stems(name, ("等",), ("指标", "目标"), ("类", "性"), ("情况", "能力", "效率", "率", "完成"))
    return not _FIRST.isdisjoint(stems | {stem.removeprefix("项目") for stem in stems})


def is_second_level(text: str) -> bool:
    """Whether `text`, without blanks, is a 二级指标 of the vocabulary."""
    name = _unscored(text[2:] if text[1:2] == "." and text[0].isdigit() else text)
    kinds = ("效益", "影响", "成本", "情况")
    stems = _stems(name, ("等",), ("指标", "目标"), ("类",), kinds, kinds)
    return not _SECOND.isdisjoint(stems | {stem.removeprefix("产出") for stem in stems})


def is_like_level(text: str) -> bool:
    """Whether `text` is formed like a level of the office's own: 队伍建设指标, 队伍建设(20分)."""
    name, bracket, inside = text.partition("(")
    if bracket and not _SHARE.fullmatch(inside):
        return False
    named = name.endswith("指标") and 4 <= len(name) <= 12 and not any(word in name for word in _DONE)
    scored = inside.endswith("分)") and 2 <= len(name) <= 10
    return (named or scored) and _NO_NAME.isdisjoint(name)


def is_item(text: str) -> bool:
    """Whether `text` begins with an item of money."""
    head = _without(text.removeprefix("其中").removeprefix(":"), *_DIGITS)
    head = _without(head, "、", ".")
    return head.startswith(_ITEMS) or _without(head, "年度", "本年", "当年", "项目").startswith(_ITEMS)


def is_total(text: str) -> bool:
    """Whether `text` heads the row of totals: 总分, 合计(100分):95."""
    name = text = text[2:] if text[1:2] == "、" and text[0] in _NUMERALS else text
    if text[-1:].isdigit() or text[-1:] == "分":
        match = _AMOUNT.search(text)
        name = text if match is None else text[: match.start()]
    name = name.removesuffix(":")
    return (name.partition("(")[0] if name.endswith(")") else name) in _TOTALS


def is_frame(text: str) -> bool:
    """Whether `text` stands beside a whole block: 绩效指标, 年度资金情况(万元)."""
    name = text
    if text.endswith("分") and (bare := text[:-1].rstrip(_DIGITS)) != text[:-1]:
        name = bare
    name = name.partition("(")[0] if name.endswith(")") else name
    cut = name.rstrip(_DIGITS)
    name = cut if len(name) - len(cut) <= 2 else name
    whole = _without(name, "年度", "项目", "部门")
    return not _FRAMES.isdisjoint((name, whole, whole.removeprefix("整体"), name.removeprefix("整体")))
