"""All layouts by name: the common ones and the forms of particular offices and genres."""

from __future__ import annotations

from eval.generate import damage, genres, loose, printers, printing
from eval.generate.forms import Spec
from eval.generate.layouts import ALL, COMMON, FORMS, USUAL, Layout
from eval.generate.make import Wish

REGIONAL: dict[str, Layout] = {
    "beijing_2016": Layout(
        FORMS,
        (*USUAL, loose.flat_line),
        spec=Spec(
            method="执行率*该指标分值，最高不得超过分值上限。",
            columns=(
                "level1",
                "level2",
                "level3",
                "points",
                "target",
                "actual",
                "standard",
                "score",
                "reason",
            ),
            funds=("initial", "executed", "points", "rate", "score", "standard"),
            fund_rows=("total", "current", "other"),
            goal_columns=1,
            wording="完成值达到指标值，记满分；未达到指标值，按B/A或A/B*该指标分值记分。",
        ),
        wish=Wish(project_scheme="quarters", adjusted=False),
        headers={
            "initial": "年初预算数(A)",
            "executed": "全年执行数(B)",
            "funds_points": "分值(10分)",
            "rate": "执行率(B/A)",
            "standard": "得分计算方法",
            "target": "年度指标值(A)",
            "actual": "全年实际值(B)",
            "reason": "未完成原因分析",
        },
        shuffled=True,
    ),
    "scoring_standard": Layout(
        FORMS,
        USUAL,
        shuffled=True,
        looks={"level1_points": "half"},
        spec=Spec(
            columns=(
                "level1",
                "level2",
                "level3",
                "standard",
                "target",
                "actual",
                "points",
                "score",
                "reason",
            ),
            wording="达成预期指标得满分，部分达成得80%，未达成得50%。",
        ),
        wish=Wish(project_scheme="cost"),
    ),
    "two_goals": Layout(
        (genres.two_goals,),
        (*USUAL, loose.flat_line),
        shuffled=True,
        looks={"level1_points": ""},
        spec=Spec(
            columns=("level1", "level2", "level3", "target", "actual", "score"),
            fund_rows=("total",),
            funds=("annual", "executed", "rate", "score"),
            goals=False,
            method="",
            reason_row=True,
        ),
        wish=Wish(project_scheme="two_goals"),
        headers={
            "annual": "预算数(A)",
            "executed": "执行数(B)",
            "rate": "执行率(B/A)",
            "funds_score": "得分(20分*执行率)",
            "fund_total": "年度财政资金总额",
            "target": "年初目标值(A)",
            "actual": "实际完成值(B)",
        },
    ),
    "base_flat": Layout(
        (genres.scored_department,),
        (loose.flat_line,),
        printing.flat_paragraph,
        Spec(columns=("level1", "level2", "level3", "points", "standard", "score", "reason")),
        Wish(scheme="input", projects=(0, 2)),
        damages=(damage.broken_flat,),
    ),
    "input_process_output": Layout(
        (genres.scored_department,),
        USUAL,
        shuffled=True,
        spec=Spec(columns=("level1", "level2", "level3", "points", "standard", "score", "reason")),
        wish=Wish(scheme="input", projects=(0, 3)),
    ),
    "decision_management": Layout(
        (genres.scored_department,),
        (*USUAL, loose.flat_line),
        shuffled=True,
        looks={"level1_points": "half"},
        spec=Spec(columns=("level1", "level2", "level3", "points", "score"), group="", level2_points=True),
        wish=Wish(scheme="sichuan", projects=(0, 3)),
    ),
    "table_report": Layout((genres.table_report,), (loose.cell_per_line_spread,), printing.spaced_paragraph),
    "personnel": Layout(
        FORMS,
        (*USUAL, loose.flat_line),
        shuffled=True,
        wish=Wish(project_scheme="personnel"),
        spec=Spec(
            columns=(
                "level1",
                "level2",
                "level3",
                "sign",
                "target",
                "unit",
                "actual",
                "points",
                "score",
                "reason",
            )
        ),
    ),
    "one_indicator": Layout(
        FORMS,
        (printers.pipe_shifted, printers.pipe_cell_per_line, *USUAL),
        shuffled=True,
        wish=Wish(project_scheme="single"),
        spec=Spec(
            columns=(
                "level1",
                "level2",
                "level3",
                "sign",
                "target",
                "unit",
                "actual",
                "points",
                "score",
                "reason",
            ),
            group="绩效指标（90分）",
        ),
    ),
    "integrated_export": Layout(
        FORMS,
        USUAL,
        shuffled=True,
        spec=Spec(
            columns=(
                "level1",
                "level2",
                "level3",
                "sign",
                "target",
                "unit",
                "actual",
                "points",
                "score",
                "completion",
                "deduct",
                "reason",
            )
        ),
    ),
    "reason_in_funds": Layout(
        FORMS,
        USUAL,
        shuffled=True,
        spec=Spec(funds=("initial", "annual", "executed", "rate", "points", "score", "reason")),
    ),
    "review_columns": Layout(
        FORMS,
        USUAL,
        shuffled=True,
        spec=Spec(
            columns=(
                "level1",
                "level2",
                "level3",
                "sign",
                "target",
                "unit",
                "points",
                "actual",
                "score",
                "review_actual",
                "review_score",
                "reason",
            )
        ),
        headers={
            "actual": "自评完成值",
            "score": "自评得分",
            "sign": "指标性质",
            "unit": "度量单位",
            "points": "权重",
        },
    ),
    "score_in_head": Layout(
        ALL, USUAL, spec=Spec(total_row=False, total_in_head=True), shuffled=True, wish=Wish(projects=(1, 3))
    ),
    "transfer": Layout(
        (genres.transfer,),
        (*USUAL, loose.glued_cells),
        shuffled=True,
        wish=Wish(projects=(1, 2)),
        spec=Spec(
            columns=("level1", "level2", "level3", "target", "actual", "reason"),
            funds=("annual", "executed", "rate"),
            total_row=False,
        ),
        headers={
            "fund_current": "其中：中央补助",
            "fund_carry": "地方资金",
            "annual": "全年预算数（A）",
            "executed": "全年执行数（B）",
            "rate": "预算执行率（B/A）",
            "goal_expected": "总体目标",
            "goal_actual": "全年实际完成情况",
        },
    ),
    "target_form": Layout(
        (genres.target,),
        (printers.pipe_cell_per_line, *USUAL),
        shuffled=True,
        wish=Wish(projects=(1, 3)),
        spec=Spec(
            columns=("level1", "level2", "level3", "target", "standard"), wording="计划标准", goal_columns=1
        ),
        headers={"standard": "绩效标准", "target": "指标值及单位"},
    ),
    "evaluation_report": Layout(
        (genres.evaluation,),
        USUAL,
        shuffled=True,
        wish=Wish(scheme="decision", projects=(1, 3)),
        spec=Spec(columns=("level1", "level2", "level3", "points", "standard", "score", "reason")),
    ),
}
CATALOGUE: dict[str, Layout] = COMMON | REGIONAL
