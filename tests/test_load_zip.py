"""Zips and folders as offices hand them in: every report under its name, what cannot be read named, nothing let out."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from extractor.errors import DamagedInput, InputError, TooLarge, UnsupportedInput
from extractor.load import load
from extractor.load.parcel import Parcel, opened
from extractor.settings import Settings
from tests.office_maker import p, word
from tests.zip_maker import bomb, link, locked, zipped

REPORT = (
    Path(__file__).resolve().parent.parent / "fixtures" / "clean_department" / "report.txt"
).read_bytes()


def parcel(data: bytes) -> Parcel:
    found = opened(data, "包.zip")
    assert found is not None
    return found


def names(data: bytes) -> list[str]:
    return [member.name for member in parcel(data).members]


def test_every_report_under_its_name_and_litter_left_out() -> None:
    made = zipped(
        {
            "甲局/自评报告.docx": word(p("正文")),
            "甲局/": "",
            "乙局/附表.xlsx": b"x",
            "丙.txt": REPORT,
            "照片.heic": b"x",
            "__MACOSX/甲局/._自评报告.docx": b"x",
            "甲局/~$自评报告.docx": b"x",
            ".DS_Store": b"x",
            "Thumbs.db": b"x",
            "./丁.pdf": b"x",
        }
    )
    found = parcel(made)
    assert [m.name for m in found.members] == [
        "包.zip/丁.pdf",
        "包.zip/丙.txt",
        "包.zip/乙局/附表.xlsx",
        "包.zip/甲局/自评报告.docx",
    ]
    assert found.others == ("包.zip/照片.heic",)
    assert found.members[1].read() == REPORT
    data = found.members[3].read()
    assert isinstance(data, bytes)
    assert load(data, Settings(), found.members[3].file_name).file_name == "包.zip/甲局/自评报告.docx"


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "cp437"])
def test_names_in_the_encoding_they_were_written_in(codec: str) -> None:
    name = "Bericht ä.txt" if codec == "cp437" else "市文旅局“三公”经费①.txt"
    assert names(zipped({name: b"x"}, codec)) == [f"包.zip/{name}"]


def test_a_name_with_a_backslash_inside_a_character_and_one_between_folders() -> None:
    name = "甲局\\萝卜项目誠.txt"  # 誠 ends in the byte of a backslash in GBK
    assert "誠".encode("gbk")[1:] == b"\\" or "\\" in name
    assert names(zipped({name: b"x"}, "gb18030")) == ["包.zip/甲局/萝卜项目誠.txt"]


@pytest.mark.parametrize(
    "name",
    ["../../etc/报告.txt", "甲/../../报告.txt", "/etc/报告.txt", "C:\\报告.txt", "\\\\server\\报告.txt"],
)
def test_a_name_that_leads_out_is_refused_and_the_others_are_read(name: str) -> None:
    one, two = sorted(
        parcel(zipped({name: b"x", "好.txt": REPORT})).members, key=lambda m: m.name != "包.zip/好.txt"
    )
    assert one.read() == REPORT
    with pytest.raises(UnsupportedInput, match="指向包外"):
        two.read()


def test_links_locked_members_and_odd_methods_are_named() -> None:
    for made, words in (
        (link("报告.txt", "/etc/passwd"), "链接"),
        (locked(zipped({"报告.txt": REPORT})), "密码"),
        (zipped({"报告.txt": REPORT}, method=zipfile.ZIP_LZMA), "压缩方法"),
    ):
        (member,) = parcel(made).members
        with pytest.raises(UnsupportedInput, match=words) as caught:
            member.read()
        assert caught.value.file == "包.zip/报告.txt"
        assert caught.value.remedy


def test_a_damaged_member_stops_no_other() -> None:
    made = bytearray(zipped({"坏.txt": REPORT, "好.txt": REPORT}))
    made[200:220] = bytes(20)
    members = {member.name: member for member in parcel(bytes(made)).members}
    assert members["包.zip/好.txt"].read() == REPORT
    with pytest.raises(DamagedInput, match="损坏"):
        members["包.zip/坏.txt"].read()


def test_bombs_are_not_unpacked() -> None:
    (member,) = parcel(bomb("弹.txt", 100 << 20)).members
    with pytest.raises(TooLarge, match="炸弹"):
        member.read()
    (member,) = parcel(bomb("弹.txt", 300 << 20)).members
    with pytest.raises(TooLarge, match="上限"):
        member.read()
    with pytest.raises(TooLarge, match="解开后超过 4000 MB"):
        opened(bomb("弹.txt", 300 << 20, layers=20), "包.zip")
    with pytest.raises(TooLarge, match="2001 份"):
        opened(zipped({f"{n}.txt": b"" for n in range(2001)}), "包.zip")
    with pytest.raises(TooLarge, match="目录过大"):
        opened(zipped({f"{n:0250d}": b"" for n in range(30_000)}), "包.zip")


def test_a_zip_in_a_zip_is_opened_once() -> None:
    deep = zipped({"报告.txt": REPORT})
    inner = zipped({"报告.txt": REPORT, "再深.zip": deep, "坏.zip": b"PK\x03\x04" + bytes(40)})
    found = {member.name: member for member in parcel(zipped({"一.zip": inner, "二.zip": deep})).members}
    assert sorted(found) == [
        "包.zip/一.zip/再深.zip",
        "包.zip/一.zip/坏.zip",
        "包.zip/一.zip/报告.txt",
        "包.zip/二.zip/报告.txt",
    ]
    assert found["包.zip/一.zip/报告.txt"].read() == found["包.zip/二.zip/报告.txt"].read() == REPORT
    with pytest.raises(UnsupportedInput, match="两层"):
        found["包.zip/一.zip/再深.zip"].read()


def test_a_broken_zip_in_a_zip_is_named() -> None:
    (member,) = parcel(zipped({"坏.zip": b"PK\x03\x04" + bytes(40)})).members
    with pytest.raises(DamagedInput, match="损坏") as caught:
        member.read()
    assert caught.value.file == "包.zip/坏.zip"


def test_two_members_of_one_name_are_both_there() -> None:
    out = io.BytesIO(zipped({"报告.txt": REPORT}))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("报告.txt", b"second")
    found = {member.name: member.read() for member in parcel(out.getvalue()).members}
    assert found == {"包.zip/报告.txt": REPORT, "包.zip/报告(2).txt": b"second"}


@pytest.mark.parametrize("cut", [10, 100, 400])
def test_a_cut_zip_is_damaged(cut: int) -> None:
    with pytest.raises(DamagedInput, match="损坏"):
        opened(zipped({"报告.txt": REPORT})[:-cut], "包.zip")


def test_a_document_is_no_parcel_and_a_zip_of_stored_documents_is_one(tmp_path: Path) -> None:
    document = word(p("正文"))
    assert opened(document, "报告.docx") is None
    assert opened(b"%PDF-1.7", "报告.pdf") is None
    assert names(zipped({"word/报告.docx": document, "b.docx": document}, method=zipfile.ZIP_STORED)) == [
        "包.zip/b.docx",
        "包.zip/word/报告.docx",
    ]
    (tmp_path / "报告.docx").write_bytes(zipped({"甲.txt": REPORT}))
    found = opened(tmp_path / "报告.docx")
    assert found is not None and found.members[0].read() == REPORT
    assert opened(tmp_path / "没有.zip") is None


def test_the_library_door_says_what_a_zip_is() -> None:
    with pytest.raises(UnsupportedInput, match=r"压缩包（zip）.*extractor review"):
        load(zipped({"甲.txt": REPORT}), Settings(), "包.txt")


def test_a_folder_has_the_same_rules(tmp_path: Path) -> None:
    for name, data in {
        "甲/报告.txt": REPORT,
        "甲/~$报告.docx": b"x",
        "甲/包.zip": zipped({"乙/报告.txt": REPORT}),
        "坏.zip": zipped({"乙/报告.txt": REPORT})[:-10],
        "__MACOSX/a.txt": b"x",
        "图.psd": b"x",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = opened(tmp_path)
    assert found is not None
    assert [(Path(m.name).as_posix(), m.file_name) for m in found.members] == [
        ("坏.zip", "坏.zip"),
        ("甲/包.zip/乙/报告.txt", "包.zip/乙/报告.txt"),
        ("甲/报告.txt", "报告.txt"),
    ]
    assert found.others == ("图.psd",)
    with pytest.raises(InputError):
        found.members[0].read()
    assert found.members[1].read() == REPORT


def test_a_zip_on_the_command_line(tmp_path: Path) -> None:
    ofd = zipped({"OFD.xml": "<OFD/>"})
    broken = b"PK\x03\x04" + bytes(50)
    made = zipped({"甲局/自评报告.txt": REPORT, "乙局/自评报告.docx": broken, "丙.ofd": ofd}, "gb18030")
    (tmp_path / "收到.zip").write_bytes(made)
    command = [sys.executable, "-W", "error", "-m", "extractor", "review", str(tmp_path / "收到.zip")]
    done = subprocess.run(
        [*command, "-o", str(tmp_path / "审核"), "--to", "json"], capture_output=True, check=False, text=True
    )
    assert done.returncode == 1
    assert done.stderr.count("✗") == 2
    assert "收到.zip/乙局/自评报告.docx" in done.stderr
    assert "收到.zip/丙.ofd：文件内容是OFD 版式文件" in done.stderr
    assert [path.name for path in (tmp_path / "审核").iterdir()] == ["自评报告-2.json"]
    data = json.loads((tmp_path / "审核" / "自评报告-2.json").read_bytes())
    assert data["document"]["file_name"] == "收到.zip/甲局/自评报告.txt"
    (tmp_path / "空.zip").write_bytes(zipped({"说明.psd": b"x"}))
    done = subprocess.run(
        [*command[:-1], str(tmp_path / "空.zip")], capture_output=True, check=False, text=True
    )
    assert done.returncode == 1
    assert "没有可读的报告" in done.stderr
