"""Where a failure ends: in one sentence on standard error and an exit status."""

from __future__ import annotations

import errno
from pathlib import Path
from types import TracebackType
from typing import Self

from extractor.errors import ExtractorError, InputError, SettingsError
from extractor.render.files import printable
from extractor.render.terminal import Screen

DONE, FAILED, INTERRUPTED = 0, 1, 130
_TROUBLE = {
    errno.ENOENT: "文件不在了",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EIO: "磁盘读写出错",
    errno.EEXIST: "已有同名文件，不能用作文件夹",
    errno.ENOTDIR: "已有同名文件，不能用作文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.ENAMETOOLONG: "文件名太长",
}
_WRITING = frozenset((errno.EEXIST, errno.EROFS, errno.ENOSPC, errno.EDQUOT))  # no reader meets these


class Outermost:
    """The one place where any failure ends: what nobody expected is our defect, said in Chinese, exit 1."""

    def __init__(self, screen: Screen, debug: bool, file: str | None = None) -> None:
        self.screen, self.debug, self.file, self.status = screen, debug, file, DONE

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception) or isinstance(error, SettingsError):
            return False
        self.status = FAILED
        if isinstance(error, InputError):
            self.screen.complain(f"✗ {self.file or error.file}：{error.reason}。{error.remedy}。")
        elif isinstance(error, ExtractorError):
            self.screen.complain(f"✗ {error}")
        elif isinstance(error, OSError):
            self.screen.complain(self._of_file(error))
        else:
            about = f"{self.file}：" if self.file else ""
            self.screen.complain(
                f"✗ {about}处理时出错（{type(error).__name__}）。这是本工具的缺陷，不是报告的问题；"
                "请设 EXTRACTOR_DEBUG=1 重试，并把显示的内容反馈给我们。"
            )
        if self.debug:
            self._show(error)
        return True

    def _of_file(self, error: OSError) -> str:
        """What went wrong with a file: the one given, or one in it, was being read; any other was being written."""
        name = printable(Path(error.filename)) if error.filename else self.file or "文件"
        trouble = _TROUBLE.get(error.errno or 0, error.strerror or str(error))
        own = self.file is not None and (name == self.file or Path(self.file) in Path(name).parents)
        if own and error.errno not in _WRITING:
            return f"✗ {name}：无法读取（{trouble}）。请检查文件是否还在、能否打开，再重试。"
        return f"✗ {name}：无法写出（{trouble}）。请换一个 -o 文件夹，或检查磁盘空间和权限。"

    def _show(self, error: Exception) -> None:
        from traceback import format_exception

        self.screen.complain("".join(format_exception(error)))
