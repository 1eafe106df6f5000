"""Zips made to do harm, files that are two kinds at once, and files under another name."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator

from eval.hostile.case import Case
from eval.hostile.good import docx, html, pdf, picture, txt, xlsx, zipped


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _zips()
    yield from _polyglots()
    yield from _renamed()


def _zips() -> Iterator[Case]:
    names = (
        "../../etc/passwd.txt",
        "/etc/passwd.txt",
        "C:\\windows\\a.txt",
        "\\\\server\\a.txt",
        "a/../../b.txt",
        "..\\..\\a.txt",
        "\0.txt",
        "a" * 60_000 + ".txt",
        "CON.txt",
        "\u202etxt.exe.txt",
    )
    for n, name in enumerate(names, 1):
        yield Case("zip", f"怪名{n}", zipped({name: txt(), "好.txt": txt()}))
    yield Case("zip", "链接", _link("报告.txt", "/etc/passwd"))
    yield Case("zip", "说是加密", _locked(zipped({"报告.txt": txt()})))
    for trouble, method in {"BZIP2": zipfile.ZIP_BZIP2, "LZMA": zipfile.ZIP_LZMA}.items():
        yield Case("zip", f"压缩方法{trouble}", zipped({"报告.txt": txt()}, method))
    yield Case("zip", "炸弹", zipped({"报告.txt": bytes(100 << 20)}))
    inner = zipped({"报告.txt": bytes(100 << 20)})
    yield Case("zip", "炸弹套炸弹", zipped({f"{n}.zip": inner for n in range(10)}))
    deep = zipped({"报告.txt": txt()})
    for _ in range(30):
        deep = zipped({"里.zip": deep})
    yield Case("zip", "套三十层", deep)
    yield Case("zip", "三千个文件", zipped({f"{n}.txt": b"x" for n in range(3000)}))
    yield Case("zip", "空包", zipped({}))
    yield Case("zip", "只有垃圾", zipped({"__MACOSX/._a.docx": b"x", "Thumbs.db": b"x", "~$a.docx": b"x"}))
    yield Case("zip", "目录偏移错", _moved(zipped({"报告.txt": txt()})))
    yield Case(
        "zip",
        "说有六万个",
        zipped({"报告.txt": txt()})[:-14] + b"\xff\xff\xff\xff" + zipped({"报告.txt": txt()})[-10:],
    )


def _polyglots() -> Iterator[Case]:
    yield Case("pdf", "前面是文字", b"GIF89a" + b" " * 20 + pdf())
    yield Case("pdf", "后面是压缩包", pdf() + zipped({"报告.txt": txt()}))
    yield Case("zip", "里面是PDF", zipped({"报告.pdf": pdf()}, zipfile.ZIP_STORED))
    yield Case("docx", "后面是程序", docx() + b"MZ\x90\0" + bytes(400))
    yield Case("docx", "也是表格", docx(more={"xl/workbook.xml": "<workbook/>"}))
    yield Case("html", "里面是PDF", html() + pdf())
    yield Case("gif", "也是脚本", b"GIF89a/*" + b"x" * 50 + b"*/=1;alert(1)")


def _renamed() -> Iterator[Case]:
    made = {"docx": docx(), "xlsx": xlsx(), "pdf": pdf(), "html": html(), "txt": txt(), "png": picture("png")}
    for name in ("txt", "docx", "pdf", "xls"):
        for kind, data in made.items():
            if kind != name:
                yield Case(name, f"其实是{kind}", data)


def _link(name: str, target: str) -> bytes:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, target)
    return out.getvalue()


def _locked(data: bytes) -> bytes:
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        out[data.find(mark) + at] |= 1
    return bytes(out)


def _moved(data: bytes) -> bytes:
    out = bytearray(data)
    out[-6:-2] = b"\xff\xff\xff\x7f"
    return bytes(out)
