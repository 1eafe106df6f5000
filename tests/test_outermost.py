"""A failure of a file says whether it was read or written, and what to do."""

from __future__ import annotations

import errno

import pytest

from extractor.cli.outermost import FAILED, Outermost
from extractor.render.terminal import Screen


@pytest.mark.parametrize(
    ("file", "error", "said", "remedy"),
    [
        ("甲.zip", OSError(errno.EACCES, "", "甲.zip"), "无法读取（没有权限）", "能否打开"),
        ("收到的", OSError(errno.EACCES, "", "收到的/内/乙.txt"), "无法读取", "能否打开"),
        ("甲.txt", OSError(errno.EIO, ""), "无法读取", "能否打开"),
        ("甲.txt", OSError(errno.EACCES, "", "审核/甲.json"), "无法写出（没有权限）", "-o 文件夹"),
        ("甲.txt", OSError(errno.ENOSPC, ""), "无法写出（磁盘已满）", "-o 文件夹"),
        (None, OSError(errno.EEXIST, "", "审核"), "无法写出（已有同名文件", "-o 文件夹"),
    ],
)
def test_reading_and_writing_are_told_apart(
    file: str | None, error: OSError, said: str, remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with Outermost(Screen(), False, file) as door:
        raise error
    told = "".join(capsys.readouterr().err.split())
    assert door.status == FAILED
    assert told.startswith(f"✗{error.filename or file}：")
    assert said in told and "".join(remedy.split()) in told
