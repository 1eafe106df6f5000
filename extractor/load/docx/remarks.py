"""What of a Word file its text does not tell: revisions, comments, pictures, objects, macros, links, hidden words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.load.package import Package, attribute, child, integer, local
from extractor.patterns import lazy

_EMU = 360_000  # to a centimetre
_POINTS = 28.35
_TABLE, _PAGE = (5, 2.5), (10, 8)  # centimetres: a smaller picture holds no table, a larger one may be a page
_NO_CONTENT = ("Equation",)
_FETCHED = frozenset(("image", "oleObject", "package", "frame", "subDocument", "aFChunk", "video", "audio"))
_LENGTH = lazy(r"(width|height)\s*:\s*([\d.]{1,10})(pt|in|cm|mm)")
_TO_POINTS = {"pt": 1.0, "in": 72.0, "cm": _POINTS, "mm": _POINTS / 10}


def remarks(package: Package, part: str, root: Any) -> tuple[str, ...]:
    """A sentence for each thing that a reviewer must know of."""
    added = _count(root, "ins", "moveTo")
    gone = _count(root, "del", "moveFrom")
    comments = _count(root, "commentReference")
    pictures = sum(1 for size in picture_sizes(root) if _reaches(size, _TABLE))
    objects = sum(1 for each in _all(root, "OLEObject") if not _is_formula(each)) + _count(root, "altChunk")
    said = (
        (added + gone, f"文件带有未接受的修订（插入 {added} 处、删除 {gone} 处），按全部接受后的文字审核"),
        (comments, f"文件带有 {comments} 条批注，批注没有审核"),
        (
            pictures,
            f"正文里有 {pictures} 张图片，图片里的文字和表格没有读取；如有表格，请改为可编辑的表格后再提交",
        ),
        (
            objects,
            f"正文里嵌有 {objects} 个对象（如 Excel 表格、附件），其中的内容没有读取；请把内容粘贴到正文后再提交",
        ),
        (_hides(root), "文件有隐藏文字，没有读取"),
        (package.has_macros, "文件带有宏，没有运行"),
        (_FETCHED & package.links(part), "文件引用了外部的图片或文件，没有读取"),
    )
    return tuple(sentence for there, sentence in said if there)


def pages_of_pictures(root: Any) -> int:
    """How many pictures are as large as a scanned page."""
    return sum(1 for size in picture_sizes(root) if _reaches(size, _PAGE))


def picture_sizes(root: Any) -> Iterator[tuple[float, float]]:
    """Width and height in centimetres of every picture, as it is set in the text."""
    for frame in _all(root, "inline", "anchor"):
        extent = child(frame, "extent")
        if extent is not None and next(_all(frame, "blip"), None) is not None:
            yield tuple(integer(attribute(extent, side), 0) / _EMU for side in ("cx", "cy"))  # type: ignore[misc]
    for data in _all(root, "imagedata"):
        shape = data.getparent()
        if any(local(above) in ("object", "Fallback") for above in shape.iterancestors()):
            continue  # the likeness of an object, or a second rendering
        sizes = {
            side: float(number) * _TO_POINTS[unit] / _POINTS
            for side, number, unit in _LENGTH.findall(shape.get("style") or "")
            if number.replace(".", "", 1).isdigit()
        }
        yield sizes.get("width", 0.0), sizes.get("height", 0.0)


def _reaches(size: tuple[float, float], least: tuple[float, float]) -> bool:
    return size[0] >= least[0] and size[1] >= least[1]


def _all(root: Any, *names: str) -> Iterator[Any]:
    yield from root.iter(*(f"{{*}}{name}" for name in names))


def _count(root: Any, *names: str) -> int:
    return sum(1 for _ in _all(root, *names))


def _is_formula(embedded: Any) -> bool:
    return (attribute(embedded, "ProgID") or "").startswith(_NO_CONTENT)


def _hides(root: Any) -> bool:
    """Whether a run of letters is set so that nobody sees it."""
    return any(
        local(run := mark.getparent().getparent()) == "r"
        and attribute(mark, "val") not in ("0", "false", "off")
        and any((text.text or "").strip() for text in run if local(text) == "t")
        for mark in _all(root, "vanish")
    )
