"""A gold file on disk and the report that lies beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractor.errors import DamagedInput


def opened(path: Path) -> tuple[Mapping[str, Any], Path]:
    """The gold in a file and the report it names, which lies in the same folder; InputError when either is not there."""
    gold = _read(path)
    name = gold.get("file")
    beside = isinstance(name, str) and name == Path(name).name
    report = path.with_name(name) if beside and name else path
    if report == path or not report.is_file():
        raise DamagedInput(
            path.name, f"找不到报告 {name!r}", "请把报告放在同一文件夹，并在 file 里写它的文件名"
        )
    return gold, report


def _read(path: Path) -> Mapping[str, Any]:
    try:
        gold = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise DamagedInput(path.name, "没有这个文件", "请检查文件名") from None
    except OSError as error:
        raise DamagedInput(
            path.name, f"文件打不开（{error.strerror}）", "请检查它是不是文件、有没有读取权限"
        ) from None
    except UnicodeDecodeError:
        raise DamagedInput(path.name, "不是 UTF-8 文本", "请用编辑器另存为 UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise DamagedInput(path.name, f"不是合法的 JSON（{error}）", "请检查该处的逗号、引号和括号") from None
    if not isinstance(gold, dict):
        raise DamagedInput(path.name, "不是标准答案文件", "请用 extractor gold new 生成")
    return gold
