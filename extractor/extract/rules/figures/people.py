"""Staff figures and counts of offices, projects and vehicles; every other count is an activity."""

from __future__ import annotations

from extractor.extract.rules.figures.marks import Mark, Reading
from extractor.extract.rules.figures.scope import State
from extractor.extract.rules.lexicon import Vocabulary, holds
from extractor.patterns import lazy
from extractor.schema import OVERALL, Stage

STAFF_UNITS = frozenset(("人", "名"))
COUNT_UNITS = frozenset(("个", "项", "家", "辆", "台"))
_STAFF = lazy(
    r"(?P<lixiu>离休(?:人员|干部|人数|老干部|教师)?)"
    r"|(?P<retired>(?<![离離])退休(?:人员|干部|人数|职工|教师|教职工)?)"
    r"|(?P<both>离退休(?:人员|干部|人数|职工|教师)?|离、退休人员?)"
    r"|(?P<on_duty>(?:年末|年底)?(?:实际|实有|现有)?(?:在编)?在[职岗](?:在编)?(?:实有)?(?:人员|人数|职工|干部|干部职工|教职工|教师|人员数)?"
    r"|在编(?:在岗|在职)?(?:人员|人数|职工|干部|教师|教职工|民警|干警|医务人员)|年末在编|在岗)"
    r"|(?P<quota>(?:核定|批准|批复)?(?:的)?(?:人员)?(?:总)?编制(?:人数|人员|总数|数|名额|员额|总额|核定数)?|定编(?:人数)?)"
    r"|(?P<total>(?:年末|年底)?(?:实有|现有|共有)(?:在册)?(?:干警|民警|人员|人数|职工|干部|干部职工|工作人员|教职工|总人数|教职员工)?|职工总数|人员总数|工作人员)"
)
_STAFF_READING: dict[str, tuple[str, Stage]] = {
    "lixiu": ("staff_lixiu", "retired"), "retired": ("staff_retired", "retired"), "both": ("other", "retired"),
    "on_duty": ("staff_on_duty", "on_duty"), "quota": ("staff_quota", "quota"), "total": ("staff_total", "headcount"),
}  # fmt: skip
_STAFF_AFTER = Vocabulary("共|为|有| |的|数|人数|人员|总数|名额|实有|实际|现有|总计|共计|合计")
_REMARK = lazy(r"\([^()]*\)")
_QUALIFIED_QUOTA = (
    "行政", "事业", "参公", "参照公务员管理", "参照公务员法管理", "参照公务员管理事业", "参照公务员法管理事业", "工勤", "机关", "政法", "专项", "公务员",
    "全额", "差额", "自收自支", "财政供养",
)  # fmt: skip
_ACTIVITY = (
    "走访",
    "慰问",
    "培训",
    "组织",
    "救助",
    "帮扶",
    "接待",
    "服务",
    "发放",
    "惠及",
    "参加",
    "参训",
    "组成",
    "抽调",
    "派出",
    "补助",
    "资助",
    "招聘",
    "引进",
    "临聘",
    "聘用",
    "编外",
    "劳务",
    "遗属",
    "借调",
    "辅助",
    "公益性岗位",
    "政府购买",
    "外聘",
    "合同",
    "志愿",
    "高级",
    "中级",
    "初级",
    "职称",
    "学历",
    "党员",
)
_INTERNAL = ("内设", "科室", "股室", "处室", "职能部门", "职能科室")
_INTERNAL_AFTER = tuple(
    lead + office
    for lead in ("", "内设", "职能")
    for office in (
        "科室", "股室", "处室", "内设机构", "职能科室", "职能部门", "职能股室", "科(室", "股(室",
    )
)  # fmt: skip
_UNITS = lazy(
    r"(?:预算|下属|所属|二级|下级|直属|基层)(?:预算|事业|二级|机构)*(?:单位|机构)(?:个数|数量|数)?(?:共|有|为|共有)*(?:\([^()]*\))?$|(?:下属|所属)[^,。;]{0,6}$"
)
_UNITS_AFTER = lazy(r"^(?:下属|所属|二级|直属|基层)(?:预算|事业|二级)*(?:单位|机构)|^(?:预算单位)")
_PROJECT = lazy(
    r"项目(?:支出)?(?:共?(?:安排|实施|开展)|总?个数|总?数量?|总数|实际执行|已完成|实际完成|已实施)?(?:[共为的有 ]|共计|共有|总计|合计|\([^()]*\))*$"
)
_EXECUTED = ("执行", "已完成", "完成上报", "实际实施")
_BUDGETED = (
    "预算",
    "自评",
    "绩效",
    "支出",
    "批复",
    "申报",
    "部门",
    "涉及",
    "安排",
    "上报",
    "实施",
    "执行",
    "总",
    "纳入",
    "年初",
    "财政",
    "单位",
    "年度共有",
)
_PROJECT_AFTER = ("预算项目", "部门预算项目", "绩效自评项目", "财政支出项目")
_VEHICLES = ("车辆", "公务用车", "公务车")
_SUBORDINATE = ("下属", "所属", "二级", "直属", "基层", "预算单位")
_OFFICES = ("单位", "机构", "下属", "所属")


def read_staff(mark: Mark, state: State) -> Reading:
    """编制, 在职, 实有, 离休, 退休; people reached by some activity are `other`."""
    label = mark.label
    last = None
    for match in _STAFF.finditer(label):
        last = match
    if last is None or last.lastgroup is None or holds(label, _ACTIVITY):
        return Reading("other", "other", 0.8)
    if not _STAFF_AFTER.covers(_REMARK.sub("", label[last.end() :])):
        return Reading("other", "other", 0.7)
    metric, stage = _STAFF_READING[last.lastgroup]
    scope = OVERALL
    before = label[: last.start()]
    if metric == "staff_quota" and before.removesuffix("人员").endswith(_QUALIFIED_QUOTA):
        part = (state.previous is not None and state.previous.stage == "quota") or _other_quota(mark)
        return Reading("other" if part else metric, stage, 0.7, scope)
    if metric == "staff_total" and last[0] == "工作人员" and "共" not in before and "有" not in before:
        return Reading("other", "other", 0.7)
    return Reading(metric, stage, 1.0, scope)


def _other_quota(mark: Mark) -> bool:
    """Whether further kinds of 编制 follow: then none of them is the whole."""
    return "编制" in mark.right or mark.before.count("编制") > 1


def read_count(mark: Mark, state: State, title: str) -> Reading:
    """Internal departments, subordinate units, projects and vehicles; else an activity count."""
    label, right, scope = mark.label, mark.right, state.default
    if mark.unit in ("个", "家"):
        if right.startswith(_INTERNAL_AFTER) or (holds(label, _INTERNAL) and "其中" not in mark.gap):
            return Reading("dept_internal_count", "other", 1.0 if "内设" in label + right else 0.8, OVERALL)
        if (holds(label, _OFFICES) and _UNITS.search(label)) or (
            right.startswith(_SUBORDINATE) and _UNITS_AFTER.match(right)
        ):
            return Reading("unit_subordinate_count", "other", 1.0, OVERALL)
    if mark.unit in ("个", "项") and (
        (
            (label in ("共", "共有") or (label == "" and mark.gap.strip() in ("共", "共有")))
            and "项目" in title
        )
        or ("项目" in label and _PROJECT.search(label) and holds(mark.before, _BUDGETED))
        or right.startswith(_PROJECT_AFTER)
    ):
        if "增加" in label or "转列" in label or "含" in label:
            return Reading("other", "other", 0.7)
        metric = "project_exec_count" if holds(label, _EXECUTED) else "project_count"
        return Reading(metric, "other", 0.9, scope)
    if (
        mark.unit in ("辆", "台")
        and holds(label, _VEHICLES)
        and not holds(label, _ACTIVITY)
        and "检" not in label
    ):
        return Reading("vehicle_count", "other", 0.9, scope)
    return Reading("other", "other", 0.8)
