"""Web pages saved from portals: what a browser shows, in whatever encoding they say or keep to themselves."""

from __future__ import annotations

import pytest

from extractor.document import Document
from extractor.errors import ClassifiedInput, DamagedInput, EmptyInput, InputError, TooLarge
from extractor.load import load
from extractor.load.html import load_html, load_mail
from extractor.settings import Settings

SETTINGS = Settings()


def read(body: str, head: str = "") -> Document:
    return load_html(
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "页.html", SETTINGS
    )


def test_lines_as_a_browser_breaks_them() -> None:
    body = "<h1>自评\n报告</h1><div>一、<b>基本</b>情况<br>支出&nbsp;100<span>万元</span></div><p>完</p>尾"
    assert read(body).text == "自评 报告\n一、基本情况\n支出\xa0100万元\n完\n尾\n"


def test_what_nobody_sees_is_left_out() -> None:
    body = "<script>var a=1</script><style>p{}</style><p style='display:none'>藏</p><p hidden>藏</p><noscript>藏</noscript><!-- 注 --><p>正文</p>"
    assert read(body, "<title>题</title>").text == "正文\n"


def test_tables_with_spans() -> None:
    document = read(
        "<table><tr><th colspan=2>指标</th><th>分值</th></tr><tr><td rowspan='2'>产出<br>指标</td><td>甲</td><td>10</td></tr>"
        "<tr><td>乙</td><td>20</td></tr></table>"
    )
    assert document.text == "指标\t\t分值\n产出 指标\t甲\t10\n\t乙\t20\n"
    cells = [(c.row, c.col, c.rowspan, c.colspan) for c in document.grids[0].cells]
    assert cells[:3] == [(0, 0, 1, 2), (0, 2, 1, 1), (1, 0, 2, 1)]
    assert document.grids[0].cells[-1].span.address == "table 1 row 3 col 3"


def test_a_portal_of_nested_tables_is_opened() -> None:
    inner = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>甲</td><td>1</td></tr></table>"
    body = f"<table><tr><td>首页</td><td>公开</td></tr><tr><td>导航</td><td><p>标题</p>{inner}<p>落款</p></td></tr></table>"
    assert read(body).text == "首页\n公开\n导航\n标题\n项目\t金额\n甲\t1\n落款\n"


def test_lists_checkboxes_and_raised_digits() -> None:
    body = "<ol><li>甲<li>乙</ol><ol start=3 style='list-style:none'><li>丙</ol><input type=checkbox checked>是<p>10<sup>5</sup>m<sub>2</sub></p>"
    assert read(body).text == "1. 甲\n2. 乙\n丙\n☑是\n10⁵m₂\n"


@pytest.mark.parametrize("said", ["gb2312", "GBK", "utf-8", ""])
@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
def test_encodings_said_truly_falsely_and_not_at_all(said: str, codec: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={said}">' if said else ""
    page = f"<html><head>{meta}</head><body><p>某某县2023年度部门整体支出绩效自评报告，全年预算数镕。</p></body></html>".encode(
        codec
    )
    assert load(page, SETTINGS, "页.htm").text == "某某县2023年度部门整体支出绩效自评报告，全年预算数镕。\n"


def test_a_page_under_the_name_of_a_document_and_one_with_a_declaration() -> None:
    page = "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html PUBLIC 'x'><html xmlns='http://www.w3.org/1999/xhtml'><body><p>正文</p></body></html>"
    assert load(page.encode(), SETTINGS, "报告.doc").text == "正文\n"
    office = "<html xmlns:o='urn:x'><body><p>正文<o:p></o:p></p></body></html>"
    assert load(office.encode("utf-8-sig"), SETTINGS, "报告.xls").text == "正文\n"


def test_a_page_in_one_file() -> None:
    mail = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html; charset=gb2312\n"
        "Content-Transfer-Encoding: quoted-printable\n\n<html><body><p>=D5=FD=CE=C4</p></body></html>\n--B--\n"
    )
    assert load(mail.encode(), SETTINGS, "页.mht").text == "正文\n"
    with pytest.raises(EmptyInput):
        load_mail(b"MIME-Version: 1.0\n\nx", "页.mht", SETTINGS)


@pytest.mark.parametrize(
    ("page", "error"),
    [
        (b"<html></html>", EmptyInput),
        (b"<html>", EmptyInput),
        ("<html><p>机密★10年</p></html>".encode(), ClassifiedInput),
        (b"<html>" + b"<p></p>" * 100_000, TooLarge),
        (b"<html><table>" + b"<tr><td rowspan=60000 colspan=900>1</td><td>2</td></tr>" * 200, TooLarge),
    ],
)
def test_what_cannot_be_read_is_said(page: bytes, error: type[InputError]) -> None:
    with pytest.raises(error):
        load(page, Settings(max_characters=10_000), "坏.html")


def test_entities_do_no_harm() -> None:
    laughs = "<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><html><body><p>&b;</p><p>正文</p></body></html>"
    assert "正文" in load(laughs.encode(), SETTINGS, "页.html").text


def test_what_is_nested_too_deep_is_refused_rather_than_lost() -> None:
    deep = "<html><body>{}<p>深</p>{}".format("<div>" * 200, "</div>" * 200)
    assert load(deep.encode(), SETTINGS, "页.html").text == "深\n"
    with pytest.raises(DamagedInput, match="过深"):
        load(deep.replace("<div>", "<div>" * 15).encode(), SETTINGS, "页.html")
