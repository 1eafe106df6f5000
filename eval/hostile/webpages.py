"""Web pages and plain texts made to do harm."""

from __future__ import annotations

from collections.abc import Iterator

from eval.hostile.case import Case
from eval.hostile.good import SENTENCE, TITLE, html, txt

_HEAD = f'<html><head><meta charset="utf-8"></head><body><p>{TITLE}</p>'


def cases() -> Iterator[Case]:
    """All of them."""
    for trouble, body in _pages():
        yield Case("html", trouble, (_HEAD + body).encode())
    yield Case("html", "编码谎报", html().replace(b"utf-8", b"utf-7"))
    yield Case("html", "编码不存在", html().replace(b"utf-8", b"x-no-such"))
    yield Case("html", "零字节", b"<html>" + b"\0" * 5000 + html())
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(2_000))
    yield Case("mht", "嵌套两千层", b"MIME-Version: 1.0\r\n" + nested.encode())
    yield Case("mht", "没有网页", b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx")
    yield from _texts()


def _pages() -> Iterator[tuple[str, str]]:
    yield "嵌套十万层", "<div>" * 100_000 + SENTENCE
    yield "表套两千层", "<table><tr><td>" * 2_000 + SENTENCE
    yield "跨千行千列", "<table>" + "<tr><td rowspan=1000 colspan=1000>1</td></tr>" * 60 + "</table>"
    yield "十万属性", "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>"
    yield "注释不闭", "<!--" * 50_000
    yield "十万换行", "<br>" * 100_000 + SENTENCE
    yield "十万列表项", "<ol>" + "<li>x" * 100_000 + "</ol>"
    yield "实体", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;&#0;&#xD800;&#x110000;</p>'
    yield (
        "外部引用",
        '<iframe src="file:///etc/passwd"></iframe><img src="http://127.0.0.1:9/"><link rel=stylesheet href="http://127.0.0.1:9/">',
    )
    yield "脚本", "<script>while(1){}</script>" + f"<p>{SENTENCE}</p>"
    yield "内嵌数据", '<img src="data:image/png;base64,' + "A" * 2_000_000 + '">'


def _texts() -> Iterator[Case]:
    report = txt()
    yield Case("txt", "夹零字节", report.replace(b"\n", b"\n\0\0"))
    yield Case("txt", "孤立代理项", report + b"\xed\xa0\x80\xed\xb0\x80")
    yield Case("txt", "双字节孤立代理项", report.decode().encode("utf-16-le") + b"\x00\xd8")
    yield Case("txt", "双字节多一半", report.decode().encode("utf-16") + b"x")
    yield Case("txt", "全是零", bytes(100_000))
    yield Case("txt", "全是高位", b"\xff" * 100_000)
    yield Case("txt", "一行二十万字", "预算".encode() * 100_000)
    yield Case("txt", "方向控制符", report.replace("万元".encode(), "\u202e万元\u202c".encode()))
    yield Case("txt", "组合符号", report + "的\u0301".encode() + "\u0301".encode() * 20_000)
    yield Case("txt", "括号嵌套", report + "（".encode() * 50_000)
    yield Case("txt", "数字极长", report + b"\n" + b"9" * 100_000 + "万元".encode())
    yield Case("txt", "制表极多", report + b"\t" * 150_000)
    yield Case("txt", "空行极多", report + b"\n" * 150_000 + report)
    yield Case("txt", "空文件", b"")
    yield Case("txt", "只有空白", "\ufeff \u3000\n".encode())
