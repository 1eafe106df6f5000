"""What the arguments of a command name: files, and folders with the reports in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from extractor.cli.outermost import DONE, FAILED
from extractor.render import RENDERERS
from extractor.render.files import printable
from extractor.render.terminal import Screen

READABLE = (
    ".txt", ".md", ".markdown", ".pdf", ".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".xlsx", ".xlsm", ".xls", ".et",
    ".ods", ".html", ".htm", ".mht", ".mhtml",
)  # fmt: skip
KINDS = "Word、WPS、Excel、PDF、网页和纯文本"
_OURS = tuple(file.suffix for renderer in RENDERERS.values() for file in renderer.files)


def inputs(files: Sequence[str], out: Path | None, screen: Screen) -> tuple[list[Path], int]:
    """The files to review, each once, folders replaced by the reports in them; 1 when a folder had none."""
    found: dict[Path, Path] = {}
    status = DONE
    out = out and out.resolve()
    for given in map(Path, files):
        if not given.is_dir():
            found.setdefault(given.resolve(), given)
            continue
        inside = [path for path in _below(given) if out is None or out not in path.resolve().parents]
        readable = [
            path for path in inside if path.suffix.lower() in READABLE and not path.name.endswith(_OURS)
        ]
        for path in readable:
            found.setdefault(path.resolve(), path)
        if not readable:
            screen.complain(f"✗ {printable(given)}：文件夹里没有可读的报告。本版本读 {KINDS} 文件。")
            status = FAILED
        others = [
            path for path in inside if path.suffix.lower() not in READABLE and not path.name.endswith(_OURS)
        ]
        if others:
            kinds = "、".join(sorted({path.suffix.lower() or "无扩展名" for path in others}))
            screen.complain(
                f"！ {printable(given)}：未审核其中 {len(others)} 个文件（{kinds}），本版本不读这些格式。"
            )
    return list(found.values()), status


def _below(folder: Path) -> Iterable[Path]:
    """The files below a folder, hidden ones aside, in a stable order."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
