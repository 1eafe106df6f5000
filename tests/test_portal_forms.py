"""Forms as they are copied from portals: spaces for cells, labels torn over lines, points behind each level, …… rows."""

from __future__ import annotations

from extractor.pipeline import review
from extractor.schema import Cell, Fund, Indicator, Report
from extractor.settings import Settings


def _read(text: str) -> Report:
    return review(text.encode(), Settings(), file_name="report.txt").report


def _text(cell: Cell | None) -> str:
    return cell.text if cell is not None else ""


def _money(row: Fund) -> list[str]:
    return [_text(c) for c in (row.initial, row.annual, row.executed, row.points, row.rate, row.score)]


def _row(row: Indicator) -> list[str]:
    return [_text(c) for c in (row.level2, row.level3, row.target, row.actual, row.points, row.score)]


_SPACED = """2022年度项目支出绩效自评表
项目名称 河道清障经费
主管部门 南桥县水务局 实施单位 南桥县水务局
项目资金
(万元)
年初预算数 全年预算数(A) 全年执行数(B) 分值 执行率(B/A) 得分
年度资金总额: 36 36 27 10 75% 7.5
 其中:本年财政拨款 36 36 27 - 75% -
    上年结转资金 - -
年度总体目标完成情况 预期目标 实际完成情况
 清理河道。 完成清理。
年度绩效指标完成情况 一级
指标
二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
(50分)
数量指标 指标1:清理河道长度 12公里 12公里 20 20
指标2:
……
质量指标 指标1:清障验收合格 20 18
指标2:
……
时效指标 指标1:汛前完成 10 10
总分 100 95.5
"""


def test_heads_and_frames_divided_by_spaces_are_told_apart() -> None:
    report = _read(_SPACED)
    assert _money(report.funds[0]) == ["36", "36", "27", "10", "75%", "7.5"]
    assert _money(report.funds[2]) == ["", "", "", "-", "", "-"]


def test_two_numbers_alone_are_what_a_row_counts_and_what_it_got() -> None:
    rows = {_text(row.level3): _row(row) for row in _read(_SPACED).indicators}
    assert rows["指标1:清障验收合格"][2:] == ["", "", "20", "18"]
    assert rows["指标1:清理河道长度"][2:] == ["12公里", "12公里", "20", "20"]


def test_the_dots_of_a_blank_form_are_no_row_and_no_value() -> None:
    report = _read(_SPACED)
    assert not any("..." in text for row in report.indicators for text in _row(row))


_LEVELS = """部门整体支出绩效评价指标表
一级指标	分值	二级指标	分值	三级指标	分值	评价标准	得分
投入	10	预算配置	10	在职人员控制率	6	不超过100%的计6分，每超过一个百分点扣0.5分，扣完为止。	6
				公务费变动率	4	不增加的计4分，否则不得分。	0
过程	40	预算执行	40	预算完成率	40	完成100%计满分，每低一个百分点扣1分。	38
产出	50	职责履行	20	重点工作完成率	20	按考核得分折算。	20
		履职效益	30	经济效益	10	按考核得分折算。	10
				社会效益
				服务对象满意度	20	达到90%计满分。	19
总分	100						93
"""


def test_points_behind_each_level_leave_a_row_its_own() -> None:
    rows = {_text(row.level3): _row(row) for row in _read(_LEVELS).indicators}
    assert rows["在职人员控制率"][4:] == ["6", "6"]
    assert rows["公务费变动率"][4:] == ["4", "0"]
    assert rows["服务对象满意度"][4:] == ["20", "19"]
    assert rows["社会效益"][0] == "履职效益"


def test_a_budget_over_the_labels_is_no_column() -> None:
    report = _read(
        "部门预算项目支出绩效自评表(2023年度) |||||||||\n"
        "项目名称 | 村级文书培训 ||||||||\n"
        "预算执行情况(10分) | 年度预算数(万元) | 年初预算 | 调整后预算数 | 预算执行数 | 预算执行率 | 权重 | 得分 | 原因 |\n"
        "总额 | 0.00 | 6.48 | 6.48 | 100.00% | 10 | 10 | 无 ||\n"
        "其中:财政资金 | 0.00 | 6.48 | 6.48 | 100.00% | / | / |||\n"
    )
    assert _money(report.funds[0]) == ["0.00", "6.48", "6.48", "10", "100.00%", "10"]


_LINES = """绩效目标申报表

(2023年度)

项目名称

北坡果园滴灌

总体目标

年度目标

铺设完成80%

绩效指标

一级指标

二级指标

三级指标

指标值

产出指标

数量指标

铺设管道

≥40公里

修建泵房

≥6座

质量指标

验收合格率

100%

效益指标

经济效益

指标

亩均增收

≥300元

生态效益

指标

节水比例

≥20%
"""


def test_goals_before_the_levels_are_no_columns() -> None:
    rows = [_row(row)[:3] for row in _read(_LINES).indicators]
    assert rows == [
        ["数量指标", "铺设管道", "≥40公里"],
        ["数量指标", "修建泵房", "≥6座"],
        ["质量指标", "验收合格率", "100%"],
        ["经济效益指标", "亩均增收", "≥300元"],
        ["生态效益指标", "节水比例", "≥20%"],
    ]


def test_a_number_whose_column_has_no_head_is_nobodys_target() -> None:
    lines = """一级指标
二级指标
三级指标
年度指标值
实际完成指标值
产出指标
质量指标
指标1:巡查人员培训
已完成
已完成
5
指标2:案卷合格率
100%
100%
4
时效指标
指标1:整体完成时间
2022年12月31日
2022年12月30日
5
"""
    rows = [_row(row)[:4] for row in _read("区域绩效目标自评表\n" + lines).indicators]
    assert rows == [
        ["质量指标", "指标1:巡查人员培训", "已完成", "已完成"],
        ["质量指标", "指标2:案卷合格率", "100%", "100%"],
        ["时效指标", "指标1:整体完成时间", "2022年12月31日", "2022年12月30日"],
    ]


_SLIPPED = """2022年度项目支出绩效自评表 | 部门:西塘镇中心小学 |
| 项目名称 | 学生餐补助 | 主管部门 | 北原区教育局 | 实施单位 | 西塘镇中心小学 | 项目资金 (元) |
| 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | 年度资金总额 |
| 240500.00 | 240500.00 | 10 | 100% | 10 | 其中:当年财政 拨款 |
| 240500.00 | 240500.00 | — |
| — | 上年结转 资金 |
|
| — |
| — | 年度 总体 目标 | 预期目标 | 实际完成情况 | 保障用餐 | 已保障用餐 | 绩效指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 产出指标 | 数量指标 | 用餐学生数 | ≧ | 430 | 人 | 430 | 25 | 25 |
| 质量指标 | 餐食合格率 | ≧ | 100 | % | 100% | 25 | 25 |
| 满意度指标 | 服务对象满意度指标 | 学生满意度 | ≧ | 95 | % | 97% | 20 | 20 |
| 家长满意度 | ≧ | 95 | % | 96% | 20 | 19 |
"""


def test_lines_cut_at_other_places_than_the_rows_are_one_stream() -> None:
    report = _read(_SLIPPED)
    assert _money(report.funds[0]) == ["", "240500.00", "240500.00", "10", "100%", "10"]
    assert _money(report.funds[1])[:3] == ["", "240500.00", "240500.00"]
    assert [_row(row)[1:] for row in report.indicators] == [
        ["用餐学生数", "430", "430", "25", "25"],
        ["餐食合格率", "100", "100%", "25", "25"],
        ["学生满意度", "95", "97%", "20", "20"],
        ["家长满意度", "95", "96%", "20", "19"],
    ]


_OVER_TWO_ROWS = """2023年度部门整体支出绩效自评指标评分表
评价指标			指标说明	评分标准	权重	自评得分	自评依据
一级指标	二级指标	三级指标
履职效能	整体效能	产出指标完成情况	反映各项产出的完成情况。	每项未完成扣2分。	50	50	8项产出全部完成。
		效益指标完成情况	反映各项效益的完成情况。	每项未完成扣2分。	30	28	6项效益完成5项。
管理效率	绩效管理	制度建设	制度是否健全	健全得满分	10	10	已出台办法
		绩效结果应用	结果应用	应用得满分	10	10	已应用
合计					100	98
"""


def test_levels_in_the_second_row_of_a_head() -> None:
    rows = _read(_OVER_TWO_ROWS).indicators
    assert [(*_row(row)[:2], *_row(row)[4:]) for row in rows] == [
        ("整体效能", "产出指标完成情况", "50", "50"),
        ("整体效能", "效益指标完成情况", "30", "28"),
        ("绩效管理", "制度建设", "10", "10"),
        ("绩效管理", "绩效结果应用", "10", "10"),
    ]
    assert [_text(row.reason) for row in rows][1] == "6项效益完成5项。"


def test_the_rate_of_execution_in_a_row_of_its_own_belongs_to_no_level_above() -> None:
    report = _read(
        "2022年度部门整体支出绩效自评表\n"
        "年度绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t未完成原因\n"
        "\t产出指标（80分）\t数量指标\t造林面积\t≥1.2万亩\t1.25万亩\t80\t80\t\n"
        "\t满意度指标（10分）\t服务对象满意度指标\t林农满意度\t≥90%\t93%\t10\t10\t\n"
        "预算执行率（10分）\t\t\t\t\t98.86%\t10\t9.89\t\n"
        "总分\t\t\t\t\t\t100\t99.89\t\n"
    )
    assert [_text(row.level1) for row in report.indicators] == [
        "产出指标(80分)",
        "满意度指标(10分)",
        "预算执行率(10分)",
    ]


def test_amounts_behind_labels_three_in_a_row_with_a_rate_at_the_end() -> None:
    report = _read(
        "2022年度项目支出绩效自评表\n"
        "一、基本情况\t项目名称\t医疗设备更新\t实施（主管）单位\t平泽县卫生健康局\n"
        "二、预算执行情况\t预算安排情况（调整后）\t\t资金到位情况\t\t资金执行情况\t\t预算执行进度\n"
        "\t预算数：\t150.00\t到位数：\t150.00\t执行数：\t142.50\t95.00%\n"
        "\t其中：财政资金\t150.00\t其中：财政资金\t150.00\t其中：财政资金\t142.50\n"
        "\t其他\t0.00\t其他\t0.00\t其他\t0.00\n"
        "四、年度绩效指标完成情况\t一级指标\t二级指标\t三级指标\t预期指标值\t实际完成值\t自评得分\n"
        "\t产出指标（90）\t数量指标\t更新设备数量\t≥12台\t12台\t90\n"
        "\t预算执行率（10）\t预算执行率\t预算执行率\t100%\t95%\t9.5\n"
        "五、总体得分\t99.5\t总体自评等级\t优\n"
        "六、存在问题、原因及下一步整改措施\t无\n"
    )
    assert [(_text(f.annual), _text(f.executed), _text(f.rate)) for f in report.funds] == [
        ("150.00", "142.50", "95.00%"),
        ("150.00", "142.50", ""),
        ("0.00", "0.00", ""),
    ]
    assert [_text(row.level3) for row in report.indicators] == ["更新设备数量", "预算执行率"]


def test_a_single_space_inside_a_value_parts_nothing_where_wide_gaps_part_the_columns() -> None:
    report = _read(
        "项目支出绩效自评表\n"
        "绩效指标    一级指标    二级指标    三级指标          年度指标值         全年完成值         分值    自评得分\n"
        "            产出(50 分)  数量        发放图册数量      2200 余份         2200 余份         20      20\n"
        "                        时效        完成时间          2020 年 11 月      2020 年 10 月      10      10\n"
        "                        成本        单位养护成本      不超过 480 元/公里  478 元/公里        20      20\n"
    )
    assert [_row(row)[1:] for row in report.indicators] == [
        ["发放图册数量", "2200余份", "2200余份", "20", "20"],
        ["完成时间", "2020年11月", "2020年10月", "10", "10"],
        ["单位养护成本", "不超过480元/公里", "478元/公里", "20", "20"],
    ]


def test_a_second_head_row_that_starts_at_the_left_edge_splits_the_amount_above() -> None:
    report = _read(
        "部门预算项目绩效自评情况汇总表\n单位：万元\n"
        "| 序号 | 预算单位 | 项目名称 | 全年预算数 | 全年执行数 | 项目资金绩效自评得分 |||\n"
        "| 年初预算数 | 年中追加数/追减数 | 小计 ||||||\n"
        "| 1 | 白湾市科学技术局 | 科普大篷车维护 | 73.07 | 4.09 | 77.16 | 75.72 | 98.07 |\n"
        "| 2 | 白湾市科学技术局 | 创新券兑付补助 | 67.38 |  | 67.38 | 64.21 | 98.87 |\n"
        "| 合计 | 140.45 | 4.09 | 144.54 | 139.93 |  |||\n"
    )
    assert [(p.name.text, _text(p.initial), _text(p.annual), _text(p.executed)) for p in report.projects] == [
        ("科普大篷车维护", "73.07", "77.16", "75.72"),
        ("创新券兑付补助", "67.38", "67.38", "64.21"),
    ]


def test_the_rate_of_execution_scored_in_the_money_and_among_the_indicators_counts_twice() -> None:
    done = review(
        (
            "2022年度部门整体支出绩效自评表\n"
            "预算执行情况（万元）\t\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
            "\t部门预算总额\t612.4\t588.3\t10\t96.07%\t9.6\n"
            "\t其中：基本支出\t402.4\t400.1\t—\t99.43%\t—\n"
            "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析\n"
            "投入管理指标\t预算和财务管理\t预算执行率\t≥95%\t96.07%\t5\t5\t\n"
            "产出指标\t重点工作任务\t康复救助人数\t≥150人\t156人\t55\t55\t\n"
            "效益指标\t满意度\t服务对象满意度\t≥90%\t95%\t30\t30\t\n"
            "总分\t\t\t\t\t100\t99.6\t\n"
        ).encode(),
        Settings(),
        file_name="report.txt",
    )
    assert not [note.code for note in done.notes if note.code in ("SCO-02", "SCO-03")]
