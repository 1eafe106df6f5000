"""Persons are hidden, amounts and dates never, and what was hidden comes back exactly."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.redact import Mask, redact

PERSONAL = [
    ("联系人：张三丰，电话13812345678", "联系人：〔姓名A〕，电话〔电话A〕"),
    ("联系电话：0731-28123456转802", "联系电话：〔电话A〕转802"),
    ("联系电话：（0731）28123456", "联系电话：〔电话A〕"),
    ("电话：28123456", "电话：〔电话A〕"),
    ("手机 138 1234 5678", "手机 〔电话A〕"),
    ("手机：138-1234-5678", "手机：〔电话A〕"),
    ("手机：１３８１２３４５６７８", "手机：〔电话A〕"),
    ("李四光 13912345678", "李四光 〔电话A〕"),
    ("身份证号430203197001011234。", "身份证号〔证件号A〕。"),
    ("证件：43020319700101123X", "证件：〔证件号A〕"),
    ("证件号码 430203700101123", "证件号码 〔证件号A〕"),
    ("账号：6222 0210 0100 1234 567，开户行", "账号：〔银行账号A〕，开户行"),
    ("银行账户 43050162363600000123", "银行账户 〔银行账号A〕"),
    ("汇至6222021001001234563即可", "汇至〔银行账号A〕即可"),
    ("公务用车湘A12345、湘AD12345、京B·C1234学", "公务用车〔车牌A〕、〔车牌B〕、〔车牌C〕"),
    ("邮箱：a.b+c@e.example.cn。", "邮箱：〔邮箱A〕。"),
    ("填表人（签字）：欧阳 小明", "填表人（签字）：〔姓名A〕"),
    ("项目负责人\t王小五\t联系电话\t13812345678", "项目负责人\t〔姓名A〕\t联系电话\t〔电话A〕"),
    ("由局长赵大伟、副局长钱小芳任组长", "由局长〔姓名A〕、副局长钱小芳任组长"),
    ("成员：孙一民、李二虎、周三", "成员：〔姓名A〕、〔姓名B〕、〔姓名C〕"),
    ("表彰吴小莉同志", "表彰吴小莉同志"),
    ("吴小莉同志", "〔姓名A〕同志"),
    ("负责人：阿依努尔", "负责人：〔姓名A〕"),
]

# Numbers that look like personal ones and are amounts, dates, quantities or codes of the report.
KEPT = [
    "支出12,345,678.90元",
    "支出13812345678元",
    "支出13812345678.00",
    "年初预算\t13812345678\t决算",
    "合计（单位：元）\n13812345678\n13912345678",
    "预算13800000000",
    "13,812,345,678",
    "1381.2345678万元",
    "金额138 1234 5678",
    "1 381 234 5678",
    "430203197001011234.00",
    "430203197001011234.5元",
    "12345678",
    "20230620",
    "电话：20230620",
    "2023年6月20日、2023-06-20、2023/06/20、2023.6.20",
    "2023-2025年，2023—2024",
    "（0.00）1234567",
    "100 012 1234567",
    "财预〔2023〕10号",
    "账户余额1234567.89元",
    "账户资金12345678元",
    "账户：1234567.89",
    "银行账户12345678万元",
    "占比95.123456789012345%",
    "0.1234567890123456789",
    "1234567890123456789012345",
    "项目编码430000210000000012345",
    "川A级景区，新A2023年度，青A12345.67元",
    "得分98.5分，满分100分",
    "⟦q17⟧535.67万元，⟦q18⟧13812345678元",
    "3.1415926535897932",
    "受益人口1381234人，13812345678人次",
]


@pytest.mark.parametrize(("text", "hidden"), PERSONAL)
def test_what_is_personal_is_hidden_and_comes_back(text: str, hidden: str) -> None:
    mask = Mask()
    assert mask.hide(text) == hidden
    assert mask.shown(hidden) == text


@pytest.mark.parametrize("text", KEPT)
def test_amounts_dates_and_codes_are_never_hidden(text: str) -> None:
    assert Mask().hide(text) == text
    assert Mask(f"联系人：张三丰 电话：28123456\n{text}").hide(text) == text
    assert redact(text) == text


@given(
    st.decimals(min_value=0, max_value=10**13, places=2),
    st.sampled_from(
        ["{:.2f}", "{:,.2f}", "{:.0f}元", "{:,.0f}", "{:.0f}万元", "{:.1f}%", "支出{:.0f}", "预算{:,.4f}亿元"]
    ),
)
def test_no_amount_is_hidden(amount: object, form: str) -> None:
    for text in (
        form.format(amount),
        f"年初预算数\t{form.format(amount)}\t执行数",
        f"（{form.format(amount)}）",
    ):
        assert Mask().hide(text) == text


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y%m%d", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]),
)
def test_no_date_is_hidden(day: date, form: str) -> None:
    text = f"填报日期：{day:{form}}，联系电话：{day:{form}}"
    assert Mask().hide(text) == text


_PIECES = st.sampled_from(
    ["联系人：", "张三丰", "李四", "电话", "13812345678", "138 1234 5678", "，", "\n", "\t", "同志", "由", "负责", "成员：", "、",
     "〔姓名A〕", "〔电话B〕", "〔原文A〕", "湘A12345", "12,345.67元", "a@b.cn", "430203197001011234", "高明", "提高明显", "｛", "′"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30), st.lists(_PIECES, max_size=30))
def test_whatever_is_hidden_comes_back_exactly(known: list[str], text: list[str]) -> None:
    mask = Mask("".join(known))
    chunk = "".join(text)
    hidden = mask.hide(chunk)
    assert mask.shown(hidden) == chunk
    assert mask.hide(chunk) == hidden
    assert mask.shown({"a": [hidden, 1, None], "b": {"c": hidden}}) == {
        "a": [chunk, 1, None],
        "b": {"c": chunk},
    }


def test_the_same_thing_has_the_same_placeholder_in_every_chunk() -> None:
    mask = Mask("联系人：张三丰 电话：28123456\n负责人：李四光\n")
    assert mask.hide("李四光与张三丰，28123456") == "〔姓名B〕与〔姓名A〕，〔电话A〕"
    assert mask.hide("张 三 丰") == "张 三 丰"
    assert mask.hide("联系人：张 三 丰，李四光") == "联系人：〔姓名A′〕，〔姓名B〕"
    assert mask.shown("〔姓名A′〕即〔姓名A〕") == "张 三 丰即张三丰"


def test_a_short_name_is_hidden_only_where_it_stands_as_one() -> None:
    mask = Mask("联系人：高明")
    assert mask.hide("由高明负责，质量提高明显，高明同志") == "由〔姓名A〕负责，质量提高明显，〔姓名A〕同志"


def test_a_placeholder_adds_no_number_and_there_are_enough() -> None:
    text = "\n".join(f"电话：2812{n:04}" for n in range(800))
    hidden = Mask().hide(text)
    assert re.search(r"\d", hidden) is None
    assert len(set(hidden.split("\n"))) == 800
    assert "〔电话ADT〕" in hidden


def test_what_the_text_calls_a_placeholder_is_not_restored_as_a_person() -> None:
    mask = Mask("联系人：张三丰")
    hidden = mask.hide("模板中的〔姓名A〕请替换，张三丰")
    assert hidden == "模板中的〔原文A〕请替换，〔姓名A〕"
    assert mask.shown(hidden) == "模板中的〔姓名A〕请替换，张三丰"
    assert mask.hidden_in(hidden) == {("姓名", "张三丰")}
    assert mask.cover(hidden) == hidden


def test_an_unknown_placeholder_of_the_model_stays() -> None:
    assert Mask("联系人：张三丰").shown("〔姓名Z〕和〔姓名A〕") == "〔姓名Z〕和张三丰"


def test_a_long_report_is_masked_in_little_time() -> None:
    line = "项目负责人：张三丰 联系电话：0731-28123456，预算12,345,678.90元，成员：李四光、王小五，由局长赵大伟负责。\n"
    text = line * 3000
    mask = Mask(text)
    assert mask.shown(mask.hide(text)) == text
