"""Word and Excel files, new and old, made to do harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from eval.hostile.case import Case, packed_blanks
from eval.hostile.good import SENTENCE, docx, paragraph, relations, table, xlsx, zipped

_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
_DOCTYPES = {
    "十亿笑": f'<!DOCTYPE x [<!ENTITY a0 "哈">{_LAUGHS}]>',
    "二次膨胀": f'<!DOCTYPE x [<!ENTITY a "{"哈" * 50_000}">]>',
    "外部实体": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "参数实体": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd"> %a;]>',
    "外部DTD": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/a.dtd">',
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _entities()
    yield from _words()
    yield from _books()
    yield from _bombs()
    yield from _old()


def _entities() -> Iterator[Case]:
    for trouble, head in _DOCTYPES.items():
        yield Case("docx", trouble, docx(paragraph("&a;" * 50), head=head))
        yield Case("xlsx", trouble, xlsx(head=head))
    part = f"{_DOCTYPES['十亿笑']}<styles>&a9;</styles>"
    yield Case("docx", "样式里的实体", docx(more={"word/styles.xml": part}))
    yield Case("xlsx", "字符串里的实体", xlsx(more={"xl/sharedStrings.xml": part}))
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{_DOCTYPES["十亿笑"]}<x>&a9;</x>'.encode("utf-16")
    yield Case("docx", "另一编码的实体", zipped({"_rels/.rels": relations(), "word/document.xml": wide}))
    yield Case("docx", "关系里的实体", docx(more={"word/_rels/document.xml.rels": part}))


def _words() -> Iterator[Case]:
    def related(*pairs: tuple[str, str], mode: str = "") -> dict[str, str | bytes]:
        return {"word/_rels/document.xml.rels": relations(*pairs, mode=mode)}

    outside = ' TargetMode="External"'
    yield Case("docx", "指向文件", docx(more=related(("image", "file:///etc/passwd"), mode=outside)))
    yield Case(
        "docx",
        "指向网络",
        docx(more=related(("attachedTemplate", "http://127.0.0.1:9/a.dotm"), mode=outside)),
    )
    yield Case(
        "docx",
        "指向包外",
        docx(more=related(("styles", "../../../../../etc/passwd"), ("footnotes", "/etc/passwd"))),
    )
    yield Case(
        "docx", "指向自己", docx(more=related(("footnotes", "document.xml"), ("header", "document.xml")))
    )
    yield Case("docx", "带宏", docx(more={"word/vbaProject.bin": b"\xcc\x61" * 5000}))
    for depth in (100, 1_000, 50_000):
        yield Case(
            "docx", f"表套表{depth}层", docx("<w:tbl><w:tr><w:tc>" * depth + "</w:tc></w:tr></w:tbl>" * depth)
        )
    box = "<w:p><w:r><w:pict><w:txbxContent>"
    yield Case("docx", "框套框", docx(box * 60 + "</w:txbxContent></w:pict></w:r></w:p>" * 60))
    span = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc>'
    yield Case("docx", "跨十亿列", docx(f"<w:tbl>{f'<w:tr>{span * 20}</w:tr>' * 20}</w:tbl>"))
    yield Case("docx", "三十万段", docx("<w:p/>" * 300_000))
    yield Case("docx", "六万单元格", docx(table((("1",) * 300,) * 200)))
    yield Case("docx", "没有正文", zipped({"_rels/.rels": relations(), "word/other.xml": "<a/>"}))
    yield Case("docx", "正文是空的", docx().replace(b"word/document.xml", b"word/documenx.xml"))
    yield Case("docx", "根不是文档", zipped({"_rels/.rels": relations(), "word/document.xml": "<html/>"}))
    style = '<w:style w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
    named = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    cycle = f"<w:styles {named}>{style.format('a', 'b')}{style.format('b', 'a')}</w:styles>"
    lists = f'<w:numbering {named}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="99999"><w:start w:val="-9"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    item = '<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="99999999999"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    parts = {"word/styles.xml": cycle, "word/numbering.xml": lists}
    yield Case("docx", "样式成环", docx(item * 9 + paragraph(SENTENCE), more=parts))
    yield Case("docx", "域没有结尾", docx('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 5000))


def _books() -> Iterator[Case]:
    cell = '<c r="{}"><v>{}</v></c>'
    last = f'<sheetData><row r="1">{cell.format("A1", 1)}</row><row r="1048576">{cell.format("XFD1048576", 3)}</row></sheetData>'
    yield Case("xlsx", "满幅", xlsx(f'<dimension ref="A1:XFD1048576"/>{last}'))
    merge = '<mergeCell ref="A1:XFD1048576"/>'
    yield Case("xlsx", "满幅合并", xlsx(f"{last}<mergeCells>{merge * 2000}</mergeCells>"))
    yield Case(
        "xlsx",
        "倒着合并",
        xlsx(f'{last}<mergeCells><mergeCell ref="C9:A1"/><mergeCell ref="A0:A0"/></mergeCells>'),
    )
    odd = "".join(
        f'<row r="{n}">{cell.format("A" + n, "1")}</row>' for n in ("0", "-1", "99999999999999999999", "x")
    )
    yield Case("xlsx", "怪行号", xlsx(f"<sheetData>{odd}</sheetData>"))
    numbers = ("1e308", "1e999999999", "-1e-999999999", "NaN", "Infinity", "1" * 5000, "0x10", "1_0")
    yield Case(
        "xlsx",
        "怪数",
        xlsx("<sheetData><row>" + "".join(f"<c><v>{n}</v></c>" for n in numbers) + "</row></sheetData>"),
    )
    indexes = "".join(f'<c t="s"><v>{n}</v></c>' for n in ("-5", "99999999999", "x", ""))
    yield Case("xlsx", "字符串越界", xlsx(f"<sheetData><row>{indexes}</row></sheetData>"))
    code = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="200" formatCode="{}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    for trouble, text in {
        "长格式码": "0" * 30_000,
        "格式码成堆": "[$" * 9000,
        "引号不闭": "&quot;" + "\\" * 9999,
    }.items():
        yield Case(
            "xlsx",
            trouble,
            xlsx(
                '<sheetData><row><c s="0"><v>5</v></c></row></sheetData>',
                more={"xl/styles.xml": code.format(text)},
            ),
        )
    yield Case(
        "xlsx", "二十万行", xlsx("<sheetData>" + "<row><c><v>1</v></c></row>" * 200_000 + "</sheetData>")
    )
    yield Case(
        "xlsx",
        "列全隐藏",
        xlsx("<cols>" + '<col min="1" max="99999999" hidden="1"/>' * 500 + "</cols>" + last),
    )
    yield Case(
        "xlsx",
        "关系成环",
        xlsx(
            more={"xl/worksheets/_rels/sheet1.xml.rels": relations(("drawing", "../worksheets/sheet1.xml"))}
        ),
    )


def _bombs() -> Iterator[Case]:
    for kind, part, good in (
        ("docx", "word/document.xml", docx()),
        ("xlsx", "xl/worksheets/sheet1.xml", xlsx()),
    ):
        yield Case(kind, "十GB", _bomb(good, part, honest=True))
        yield Case(kind, "十GB谎报", _bomb(good, part, honest=False))


def _bomb(good: bytes, part: str, *, honest: bool) -> bytes:
    """An office file one part of which unpacks to ten gigabytes of blanks; its directory says so (as far as it can), or says a thousand bytes."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        others = [(name, archive.read(name)) for name in archive.namelist() if name != part]
    body, size = packed_blanks(10 << 10), 256 << 20
    packed = [(name, zlib.compress(data)[2:-4], zlib.crc32(data), len(data)) for name, data in others]
    out, entries = b"", []
    for name, data, check, declared in (*packed, (part, body, 0, size * 15 if honest else 1000)):
        raw = name.encode()
        head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, check, len(data), declared, len(raw), 0)
        tail = struct.pack("<HHHHHII", len(raw), 0, 0, 0, 0, 0, len(out))
        entries.append(b"PK\x01\x02\x14\x00" + head[:-4] + tail + raw)
        out += b"PK\x03\x04" + head + raw + data
    directory = b"".join(entries)
    return (
        out
        + directory
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), len(out), 0)
    )


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE file of streams, each of 4096 bytes or more."""
    names = list(streams)
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for n, name in enumerate(names):
        data = streams[name].ljust(4096, b"\0")
        data += bytes(-len(data) % _SECTOR)
        first, count = len(sectors), len(data) // _SECTOR
        sectors += [data[_SECTOR * k : _SECTOR * (k + 1)] for k in range(count)]
        chains += [*range(first + 1, first + count), _END]
        right = n + 2 if n + 1 < len(names) else _FREE
        entries.append(_entry(name, 2, first, len(data), right=right))
    directory = b"".join(entries).ljust(_SECTOR * -(-len(entries) // 4), b"\0")
    start = len(sectors)
    for k in range(len(directory) // _SECTOR):
        sectors.append(directory[_SECTOR * k : _SECTOR * (k + 1)])
        chains.append(start + k + 1 if _SECTOR * (k + 1) < len(directory) else _END)
    chains.append(_FAT)
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(_SECTOR, b"\xff")
    assert len(fat) == _SECTOR
    head = _OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, start, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<I", len(sectors)) + b"\xff" * (4 * 108)
    return head + b"".join(sectors) + fat


def _entry(name: str, kind: int, first: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", _FREE, right, child)
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB", len(raw), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )


def _old() -> Iterator[Case]:
    noise = bytes((7 * n * n + 13) % 251 for n in range(6000))
    yield Case(
        "docx",
        "设有密码",
        compound(
            {"EncryptionInfo": b"\x04\x00\x04\x00@\x00\x00\x00<encryption/>", "EncryptedPackage": noise}
        ),
    )
    yield Case("xlsx", "设有密码", compound({"EncryptedPackage": noise, "EncryptionInfo": b"\x02\x00"}))
    yield Case(
        "doc", "设有密码", compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x01" + noise})
    )
    key = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12) + b"\x2f\x00\x36\x00" + noise
    yield Case("xls", "设有密码", compound({"Workbook": key}))
    yield Case("ppt", "演示文稿", compound({"PowerPoint Document": noise}))
    yield Case("doc", "正文是乱码", compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(20) + noise}))
    yield Case(
        "xls", "表是乱码", compound({"Workbook": b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12) + noise})
    )
    looped = bytearray(compound({"Other": noise}))
    looped[-_SECTOR : -_SECTOR + 64] = bytes(64)  # every sector follows sector 0
    yield Case("doc", "扇区成环", bytes(looped))
    yield Case("doc", "只有文件头", _OLE + bytes(504))
    yield Case("rtf", "嵌套十万层", b"{\\rtf1" + b"{" * 100_000)
