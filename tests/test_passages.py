"""Paragraphs rejoined over line and page breaks, with every piece pointing back."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document, Passage
from extractor.segment import layout
from extractor.segment.headings import sections
from extractor.segment.passages import passages

PROSE = (
    "2022年度，我单位年初预算数为339.66万元，调整追加196.01万元，全年预算数535.67万元，全年执行数550.28万元，预算执行率为102.73%，"
    "其中基本支出184.64万元，项目支出365.54万元，结余结转0万元。全年开展宣传活动118场次，发放宣传资料16万余份，群众满意度达到98.5%以上，圆满完成了年初确定的各项目标任务。"
)


def read(text: str, excluded: list[tuple[int, int]] | None = None) -> list[Passage]:
    document = Document("x.txt", "text/plain", "", "text", text)
    ranges = excluded or []
    found = passages(document, ranges, sections(document, ranges))
    for passage in found:
        for at, source, length in passage.pieces:
            assert passage.text[at : at + length] == document.folded[source : source + length]
            assert not any(a < source + length and source < b for a, b in ranges)
    return found


def texts(text: str) -> list[str]:
    return [passage.text for passage in read(text)]


WORDS = st.sampled_from(
    ["一、", "基本情况", "1863.", "95787", "万元", "。", "，", "\n", "\n\n", "　", "\t", "- 3 -", "第3页 共10页", "全年共完成支付", "（", "）", "12", "abc", "：",
     "某某局绩效自评报告", "\n一是"]
)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(WORDS, max_size=60).map("".join)), st.data())
def test_every_piece_slices_back_and_nothing_is_lost(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    excluded = [(min(a, b), max(a, b)) for a, b in data.draw(st.lists(st.tuples(place, place), max_size=3))]
    found = read(text, excluded)
    covered = {i for p in found for _, source, length in p.pieces for i in range(source, source + length)}
    outside = {i for i, c in enumerate(text) if c.strip() and not any(a <= i < b for a, b in excluded)}
    assert outside <= covered
    starts = [p.pieces[0][1] for p in found]
    assert starts == sorted(starts)


def test_a_number_cut_at_its_point() -> None:
    (passage,) = read("我部门全年共完成支付1863.\n95787万元，执行率103.23%。")
    assert passage.text == "我部门全年共完成支付1863.95787万元,执行率103.23%。"
    at = passage.text.index("1863")
    assert passage.parts(at, at + 10) == [(10, 15), (16, 21)]


def test_a_label_and_its_number_cut_by_a_page() -> None:
    start = "2023年，我部门年初预算1669.0157万元，截止12月底，共完成支付"
    for between in ("\n\n", "\n- 3 -\n", "\n\n第3页 共10页\n\n", "\n3 / 10\n", "\n"):
        joined = texts(f"{start}{between}1863.95787 万元。\n下一段。")
        assert joined[0].endswith("共完成支付1863.95787 万元。"), between


def test_halves_around_a_running_head() -> None:
    head = "某某县水务局绩效自评报告"
    text = f"{head}\n全年围绕目标任务，做好宣传、\n- 1 -\n{head}\n接待活动；承办各类会议。\n后续工作继续推进，全力落实\n- 2 -\n{head}\n各项部署要求。"
    joined = texts(text)
    assert "全年围绕目标任务,做好宣传、接待活动;承办各类会议。" in joined


def test_a_digit_and_its_unit() -> None:
    assert texts("本部门编制27人，其中：在职人员28人，离休0\n\n人，退休 12 人。")[0].endswith(
        "离休0人,退休 12 人。"
    )


def test_hard_wrapped_text_is_one_paragraph() -> None:
    for width in (28, 35, 40, 41):
        lines = "\n".join(PROSE[i : i + width] for i in range(0, len(PROSE), width))
        assert texts(lines) == ["".join(texts(PROSE))], width


def test_hard_wrapped_paragraphs_stay_apart() -> None:
    wrapped = "\n".join(PROSE[i : i + 40] for i in range(0, len(PROSE), 40))
    found = texts(f"一、基本情况\n{wrapped}\n二、绩效情况\n　　{wrapped}\n1.加强管理。\n2.完善制度。")
    whole = texts(PROSE)[0]
    assert found == ["一、基本情况", whole, "二、绩效情况", whole, "1.加强管理。", "2.完善制度。"]


def test_lists_short_lines_and_covers_are_not_glued() -> None:
    lines = [
        "部门(单位)名称:某某县水务局", "2023年6月20日", "数量指标", "质量指标", "1.完成培训", "2.完成检查", "一是抓学习,促提升", "二是抓落实,见成效",
        "联系人:张三", "联系电话:12345678", "全年开展宣传活动12场次,发放资料3000份", "全年开展集中整治8场次,参与人员200人", "100", "98",
    ]  # fmt: skip
    assert texts("\n".join(lines)) == lines


def test_a_heading_takes_no_text_and_run_in_text_is_read() -> None:
    text = "一、存在的问题及改进的方向，包括下一步打算\n预算编制不够精准。\n（一）部门概况。我部门负责执行有关政策，推动\n\n各项工作落实；承办其他事项。"
    assert texts(text) == [
        "一、存在的问题及改进的方向,包括下一步打算", "预算编制不够精准。", "(一)部门概况。我部门负责执行有关政策,推动各项工作落实;承办其他事项。",
    ]  # fmt: skip


def test_two_numbers_are_never_made_one() -> None:
    text = "全年预算数、执行数和其他资金的情况分别为，12\n34万元。\n收入预算为年初批复的各项资金合计，共5，\n200人参加培训。"
    assert not any("1234" in t or "5,200" in t for t in texts(text))


def test_tables_are_left_out_and_part_paragraphs() -> None:
    text = "本年共安排资金，具体见下表，其中包括\n表格内容\n各项支出；合计。"
    start = text.index("表格")
    found = read(text, [(start, start + 4)])
    assert [p.text for p in found] == ["本年共安排资金,具体见下表,其中包括", "各项支出;合计。"]


def test_a_passage_knows_its_section() -> None:
    found = read("前言。\n一、概况\n正文。\n二、绩效\n正文。")
    assert [p.section for p in found] == ["s0", "s1", "s1", "s2", "s2"]


def test_a_number_cut_between_its_digits() -> None:
    for first, between, rest, whole in (
        ("年末编制58人，在职5", "\n\n— 1 —\n\n", "4人，退休27人。", "在职54人"),
        ("年初预算2986.40万元，上年结转8", "\n", "5.20万元，年中追加176.00万元。", "上年结转85.20万元"),
        ("全部指标分解到科室，全年养护农村公路1,2", "\n", "68公里。", "公路1,268公里"),
    ):
        assert any(whole in text for text in texts(f"{first}{between}{rest}"))


def test_a_label_below_a_number_is_no_part_of_it() -> None:
    assert len(texts("全年预算数，万元，12.5\n3.4%")) == 2
    assert len(texts("办公室，财务科，共5\n2023年4月6日")) == 2


def test_a_running_head_beside_the_page_number_is_furniture() -> None:
    joined = texts(
        "2023年，全年共完成支付3104.\n\n某某局绩效自评报告        — 2 —\n\n72万元，执行率为95.60%。"
    )
    assert joined[0].endswith("支付3104.72万元,执行率为95.60%。")


def test_prose_on_the_line_of_a_flat_form_is_read() -> None:
    flat = Path(__file__).parent.parent / "fixtures" / "flat_line" / "report.txt"
    found = layout(Document("x.txt", "text/plain", "", "text", flat.read_text(encoding="utf-8")))
    (table,) = found.tables
    assert any("其他资金包括社会捐赠" in passage.text for passage in found.passages)
    places = [(at, at + length) for passage in found.passages for _, at, length in passage.pieces]
    assert all(end <= table.span.start or start >= table.span.end for start, end in places)


def test_a_number_cut_in_a_line_of_labels_or_by_a_lone_page_number() -> None:
    found = texts(
        "苗圃管护项目：全年预算8\n8.40万元，支出85.00万元，等级为优。\n\n2022年支出1\n603万元，较上年增加20万元，增长1%。\n"
    )
    assert "苗圃管护项目:全年预算88.40万元,支出85.00万元,等级为优。" in found
    assert "2022年支出1603万元,较上年增加20万元,增长1%。" in found
    page = texts("我局全年预算共计1483万元（年初1\n\n2\n\n437万元，追加46万元），均已下达。\n")
    assert "我局全年预算共计1483万元(年初1437万元,追加46万元),均已下达。" in page


def test_a_count_above_a_line_of_its_own_is_no_half_of_a_number() -> None:
    assert texts("在职人数5\n3人\n") == ["在职人数5", "3人"]
