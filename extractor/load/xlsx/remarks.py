"""What of a workbook its text does not tell: what is hidden, what was not computed, comments, pictures, macros, links."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from extractor.load.package import Package, attribute, child
from extractor.load.xlsx.places import letters

_FEW = 5  # names are listed, more are counted


class Remarks:
    """Collects while the sheets are read; `sentences` says it."""

    def __init__(self) -> None:
        self._hidden_sheets: list[str] = []
        self._said: list[str] = []
        self._unsaved: list[str] = []
        self._comments = self._pictures = False

    def hidden_sheet(self, name: str) -> None:
        """Note a sheet that was not read."""
        self._hidden_sheets.append(f"“{name}”")

    def hidden_rows(self, name: str, read: Sequence[int], left: Sequence[int]) -> None:
        """Note the hidden rows of a sheet that were read, and those with text that were not."""
        if read:
            rows = _listed([str(n) for n in read], "行")
            self._said.append(f"工作表“{name}”隐藏了第{rows}，其中有数，已一并读入；请取消隐藏后核对")
        if left:
            rows = _listed([str(n) for n in left], "行")
            self._said.append(f"工作表“{name}”隐藏了第{rows}，其中没有数，没有读取")

    def hidden_columns(self, name: str, columns: Collection[int]) -> None:
        """Note the hidden columns of a sheet that hold text; they were not read."""
        if columns:
            listed = _listed([letters(n) for n in sorted(columns)], "列")
            self._said.append(f"工作表“{name}”隐藏了第{listed}，没有读取；请取消隐藏后核对")

    def sheet(self, package: Package, part: str, page: Any, name: str) -> None:
        """Note what stands beside the cells of a sheet, and its formulas without a value."""
        kinds = {relation.kind: relation.target for relation in package.relations(part).values()}
        self._comments |= "comments" in kinds or "threadedComment" in kinds
        if "drawing" in kinds:
            drawn = package.relations(kinds["drawing"]).values()
            self._pictures |= any(relation.kind == "image" for relation in drawn)
        for formula in page.iter("{*}f"):
            cell = formula.getparent()
            value = child(cell, "v")
            if value is None or value.text is None:
                self._unsaved.append(f"{name}!{attribute(cell, 'r') or ''}")

    def sentences(self, package: Package, part: str) -> tuple[str, ...]:
        """A sentence for each thing that a reviewer must know of."""
        out = list(self._said)
        if self._hidden_sheets:
            out.insert(0, f"工作表{_listed(self._hidden_sheets, '')}是隐藏的，没有读取；请取消隐藏后核对")
        if self._unsaved:
            out.append(
                f"有 {len(self._unsaved)} 个公式没有保存计算结果（如 {self._unsaved[0]}），按空白读取；"
                "请用 Excel 或 WPS 打开，保存后再提交"
            )
        if any(relation.kind == "externalLink" for relation in package.relations(part).values()):
            out.append("有公式引用其他工作簿，按文件里保存的数值审核")
        if self._comments:
            out.append("工作簿带有批注，批注没有审核")
        if self._pictures:
            out.append("工作簿里有图片，图片里的文字和表格没有读取")
        if package.has_macros:
            out.append("文件带有宏，没有运行")
        return tuple(out)


def _listed(names: Sequence[str], unit: str) -> str:
    shown = "、".join(names[:_FEW]) + unit
    return shown if len(names) <= _FEW else f"{shown}等 {len(names)} {unit or '个'}"
