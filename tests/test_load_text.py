"""Text files of every encoding an office writes, and everything that only looks like one."""

import io
import os
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import (
    ClassifiedInput,
    DamagedInput,
    EmptyInput,
    ExtractorError,
    InputError,
    TooLarge,
    UnsupportedInput,
)
from extractor.load import load
from extractor.load.canonical import canonical, is_classified
from extractor.settings import Settings

SETTINGS = Settings()
TEXT = "2023年度某某县水务局部门整体支出绩效自评报告\n一、基本情况\n全年预算数1,234.56万元，执行率98.7%。\n"


@pytest.mark.parametrize(
    ("codec", "bom"),
    [
        ("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("gb18030", b""), ("utf-16-le", b""), ("utf-16-be", b""),
        ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"),
    ],
)  # fmt: skip
def test_encodings(codec: str, bom: bytes) -> None:
    document = load(bom + TEXT.encode(codec), SETTINGS, "报告.txt")
    assert document.text == TEXT
    assert (document.media_type, document.loader, document.file_name) == ("text/plain", "text", "报告.txt")
    assert len(document.sha256) == 64


def test_utf16_of_hanzi_only_has_no_nul_and_is_still_found() -> None:
    assert load("部门整体支出绩效自评报告".encode("utf-16-le"), SETTINGS).text == "部门整体支出绩效自评报告"


def test_rare_hanzi_of_gb18030() -> None:
    assert load((TEXT + "䶮㙦镇").encode("gb18030"), SETTINGS).text.endswith("䶮㙦镇\n".strip())


def test_markdown_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "报告.MD"
    path.write_text(TEXT, encoding="utf-8")
    assert load(path, SETTINGS).media_type == "text/markdown"
    assert load(str(path), SETTINGS, "x.txt").media_type == "text/plain"


def test_canonical_text() -> None:
    raw = "\ufeff甲\r\n乙\r丙\x85丁\u2028戊\x0b己\x0c庚\x07辛\u200b\u200d\u2060\u00ad壬\x00\x1f癸\u3000\u00a0末\t尾"
    assert canonical(raw) == "甲\n乙\n丙\n丁\n戊\n己\n庚\t辛壬癸\u3000\u00a0末\t尾"


@given(st.text())
def test_canonical_text_is_a_fixed_point(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert not any(ord(c) < 32 and c not in "\t\n" for c in once)


@given(st.binary(max_size=300))
def test_any_bytes_load_or_are_refused_in_chinese(data: bytes) -> None:
    try:
        outcome = load(data, SETTINGS).text
    except ExtractorError as error:
        outcome = re.sub(r"[^\u4e00-\u9fff]", "", str(error))
    assert outcome.strip()


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 100)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (_zip("OFD.xml"), "OFD"), (_zip("a.txt"), "压缩包"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版"),
        (b"\x89PNG\r\n\x1a\n", "图片"), (b"\xff\xd8\xff\xe0", "图片"), (b"GIF89a", "图片"), (b"II*\0", "图片"),
        (b"BM\x10\0\0\0\0\0\0\0\x36", "图片"), (b"RIFF\x10\0\0\0WEBPVP8 ", "图片"),
        (b"MZ\x90\0\x03\0\0\0", "可执行"), (b"\x7fELF\x02\x01", "可执行"),
        (b"Rar!\x1a\x07\x00", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b\x08\0", "gz"),
        (b"<?xml version='1.0'?><a/>", "XML"), (bytes(range(256)) * 8, "二进制"),
        (b"\x01\x02\x03\x04text" * 40, "二进制"),
    ],
)  # fmt: skip
def test_foreign_content_under_a_text_name(data: bytes, word: str) -> None:
    with pytest.raises((UnsupportedInput, DamagedInput), match=word) as caught:
        load(data, SETTINGS, "报告.txt")
    assert caught.value.file == "报告.txt"
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["MZ县农业农村局绩效自评报告", "BM公司2023年项目支出情况", "PK赛经费"])
def test_a_text_may_begin_like_a_program(text: str) -> None:
    assert load(text.encode(), SETTINGS).text == text


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", "\u3000\n\u200b".encode()])
def test_empty(data: bytes) -> None:
    with pytest.raises(EmptyInput):
        load(data, SETTINGS, "空.txt")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_damaged_text_is_not_guessed(codec: str) -> None:
    data = bytearray((TEXT * 20).encode(codec))
    at = data.index("预算".encode(codec))
    data[at : at + 1] = b"\xff"
    with pytest.raises(DamagedInput, match=f"第 {at + 1} 个字节"):
        load(bytes(data), SETTINGS, "坏.txt")


def test_too_large_by_size_before_decoding_and_by_characters_after() -> None:
    small = Settings(max_characters=100)
    with pytest.raises(TooLarge, match=r"字节.*100 字"):
        load(b"\xff" * 1000, small, "大.txt")
    with pytest.raises(TooLarge, match=r"101 字.*100 字"):
        load("字".encode() * 101, small, "大.txt")
    assert load("字".encode() * 100, small).text == "字" * 100


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="不存在"):
        load(tmp_path / "没有.txt", SETTINGS)
    with pytest.raises(InputError, match="不存在"):
        load("坏\0名.txt", SETTINGS)
    with pytest.raises(UnsupportedInput, match="文件夹"):
        load(tmp_path, SETTINGS)
    os.mkfifo(tmp_path / "管道")
    with pytest.raises(UnsupportedInput, match="普通文件"):
        load(tmp_path / "管道", SETTINGS)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "锁.txt"
    path.write_text(TEXT, encoding="utf-8")

    def refuse(self: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="权限"):
        load(path, SETTINGS)


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(TooLarge, match="50000000"):
        load(path, Settings(max_characters=1000))


MARKS = ["机密★10年", "机密 ★ 10年", "秘密★1年", "绝密★", "机　密★长期", "秘密🟊6个月", "秘密☆启用前", "机密*10年", "密级：秘密★3年", "**机密★5年**",
         "000012　机密★1年", "機密★二十年", "机密⭐️10年"]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_refused_at_the_top_and_on_a_line_of_its_own(mark: str) -> None:
    body = "二、绩效目标完成情况较好。\n" * 200
    for text in (f"{mark}\n{TEXT}", f"附件1\n  {mark}  特急\n{TEXT}", f"{body}{mark}\n{body}"):
        with pytest.raises(ClassifiedInput) as caught:
            load(text.encode(), SETTINGS, "某.txt")
        assert "★" not in str(caught.value)
        assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "text",
    [
        "负责机要保密、档案工作，涉密文件管理，机密文件传递。", "加强国家秘密管理", "一、保密工作\n机密级文件12份。",
        "标有“机密★10年”的文件不得上传。", "商业秘密★保护工作", "**机密**文件管理", "秘密1项，机密2项", "密级：公开",
    ],
)  # fmt: skip
def test_the_mere_words_are_no_mark(text: str) -> None:
    assert not is_classified(text)
    assert load((text + "\n" + TEXT).encode(), SETTINGS).text


def test_a_bare_level_alone_at_the_top_is_a_mark_and_in_a_late_cell_is_not() -> None:
    assert is_classified("机密\n2023年度绩效自评报告")
    assert not is_classified(TEXT * 30 + "\n\t秘密\n\t3\n")
