"""PDFs and pictures made to do harm."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence

import pymupdf

from eval.hostile.case import Case, packed_blanks
from eval.hostile.good import pdf, picture

_PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<{}>>/Contents 4 0 R>>"
_TREE = ("<</Type/Catalog/Pages 2 0 R{}>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>")


_TREE_OF_ONE = (_TREE[0].format(""), _TREE[1], _PAGE.format(""))


def raw(objects: Sequence[str | bytes], trailer: str = "") -> bytes:
    """A PDF of numbered objects, 1 being its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        body = each if isinstance(each, bytes) else each.encode("latin-1")
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%b>>\n" % (len(places) + 1, trailer.encode())
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(data: bytes, more: str = "") -> bytes:
    """A packed stream object."""
    return _packed(zlib.compress(data, 9), more)


def _packed(packed: bytes, more: str = "") -> bytes:
    return b"<</Length %d/Filter/FlateDecode%b>>\nstream\n%b\nendstream" % (
        len(packed),
        more.encode(),
        packed,
    )


def page(contents: bytes, resources: str = "", catalogue: str = "", *others: str | bytes) -> bytes:
    """A PDF of one page; `others` are objects 5, 6 …"""
    return raw([_TREE[0].format(catalogue), _TREE[1], _PAGE.format(resources), stream(contents), *others])


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _locked()
    yield from _trees()
    yield from _contents()
    yield from _pictures()


def _locked() -> Iterator[Case]:
    for trouble, how in {
        "AES256": pymupdf.PDF_ENCRYPT_AES_256,
        "AES128": pymupdf.PDF_ENCRYPT_AES_128,
        "RC4": pymupdf.PDF_ENCRYPT_RC4_128,
    }.items():
        yield Case("pdf", f"设有密码{trouble}", pdf(encryption=how, user_pw="a", owner_pw="b"))
    yield Case("pdf", "只限修改", pdf(encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="b"))


def _trees() -> Iterator[Case]:
    yield Case("pdf", "没有页", raw([_TREE[0].format(""), "<</Type/Pages/Kids[]/Count 0>>"]))
    yield Case(
        "pdf",
        "页数谎报",
        raw(
            [_TREE[0].format(""), "<</Type/Pages/Kids[3 0 R]/Count 99999999>>", _PAGE.format(""), stream(b"")]
        ),
    )
    yield Case("pdf", "页树成环", raw([_TREE[0].format(""), "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"]))
    deep = [_TREE[0].format("")]
    deep += [f"<</Type/Pages/Kids[{n + 3} 0 R]/Count 1>>" for n in range(20_000)]
    yield Case("pdf", "页树两万层", raw([*deep, "<</Type/Page/MediaBox[0 0 9 9]>>"]))
    yield Case(
        "pdf",
        "三十万对象",
        raw([_TREE[0].format(""), _TREE[1], _PAGE.format(""), stream(b""), *["<<>>"] * 300_000]),
    )
    yield Case("pdf", "目录指向自己", pdf().replace(b"startxref", b"startxref\n9\n%"))
    yield Case(
        "pdf", "前表成环", raw([_TREE[0].format(""), _TREE[1], _PAGE.format(""), stream(b"")], "/Prev 9")
    )
    yield Case("pdf", "只有文件头", b"%PDF-1.7\n")
    yield Case("pdf", "没有交叉表", pdf().rpartition(b"xref")[0])
    yield Case(
        "pdf",
        "数组嵌套",
        raw([_TREE[0].format("/X " + "[" * 100_000), _TREE[1], _PAGE.format(""), stream(b"")]),
    )
    kids = " ".join(f"{n + 3} 0 R" for n in range(2_000))
    blank = ["<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * 2_000
    yield Case(
        "pdf", "两千空白页", raw([_TREE[0].format(""), f"<</Type/Pages/Kids[{kids}]/Count 2000>>", *blank])
    )


def _contents() -> Iterator[Case]:
    form = "/XObject<</F 5 0 R>>"
    yield Case(
        "pdf",
        "表单套自己",
        page(
            b"/F Do",
            form,
            "",
            stream(b"/F Do /F Do", f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<{form}>>"),
        ),
    )
    yield Case(
        "pdf", "脚本", page(b"", "", "/OpenAction<</S/JavaScript/JS(app.launchURL('http://127.0.0.1:9'))>>")
    )
    yield Case("pdf", "启动程序", page(b"", "", "/OpenAction<</S/Launch/F(/bin/sh)>>"))
    yield Case("pdf", "内容一GB", raw([*_TREE_OF_ONE, _packed(packed_blanks(1 << 10, wrapped=True))]))
    yield Case(
        "pdf", "十万条线", page(b"".join(b"%d 0 m %d 800 l S\n" % (n % 590, n % 590) for n in range(100_000)))
    )
    yield Case(
        "pdf",
        "网格三百",
        page(
            b"".join(
                b"0 %d m 590 %d l S %d 0 m %d 800 l S\n" % (2 * n, 2 * n, 2 * n, 2 * n) for n in range(290)
            )
        ),
    )
    yield Case("pdf", "存状态不还", page(b"q " * 500_000))
    font = "/Font<</A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    yield Case("pdf", "一页五万字", page(b"BT /A 1 Tf " + b"1 0 0 1 9 9 Tm (1) Tj " * 50_000 + b"ET", font))
    yield Case("pdf", "字号极大", page(b"BT /A 99999999999 Tf 1 0 0 1 9 9 Tm (1) Tj ET", font))
    yield Case(
        "pdf", "坐标极大", page(b"BT /A 9 Tf 1 0 0 1 1e38 -1e38 Tm (1) Tj ET 0 0 m 1e38 1e38 l S", font)
    )
    for trouble, box in {
        "巨页": "0 0 999999999 999999999",
        "零页面": "0 0 0 0",
        "负页面": "9 9 -9 -9",
        "非数页面": "/a /b /c /d",
    }.items():
        yield Case(
            "pdf", trouble, page(b"BT /A 9 Tf 9 9 Td (1) Tj ET", font).replace(b"0 0 595 842", box.encode())
        )
    image = "/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    yield Case(
        "pdf",
        "巨图",
        page(b"595 0 0 842 0 0 cm /I Do", "/XObject<</I 5 0 R>>", "", stream(bytes(1 << 20), image)),
    )


def _pictures() -> Iterator[Case]:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def png(wide: int, high: int, data: bytes) -> bytes:
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
        return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")

    yield Case("png", "十万见方", png(100_000, 100_000, packed_blanks(16, wrapped=True)))
    yield Case("png", "零见方", png(0, 0, b""))
    yield Case("png", "像素不够", png(400, 400, zlib.compress(bytes(500))))
    yield Case("png", "像素一GB", png(16, 16, packed_blanks(1 << 10, wrapped=True)))
    yield Case(
        "bmp",
        "尺寸谎报",
        b"BM\x9a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"
        + struct.pack("<iiHHIIiiII", 99_999, 99_999, 1, 24, 0, 0, 0, 0, 0, 0),
    )
    yield Case("tiff", "目录成环", b"II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 256, 4, 1, 99_999, 8))
    yield Case("webp", "只有头", b"RIFF\x10\0\0\0WEBPVP8 ")
    yield Case("jpeg", "后跟脚本", picture("jpeg") + b"<script>alert(1)</script>")
    yield Case("gif", "动图", b"GIF89a\xff\xff\xff\xff\x80\0\0" + bytes(100))
