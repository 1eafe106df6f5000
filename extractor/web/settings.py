"""The options of a desk: where it listens, where it keeps what it is given, and how much of it."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import NamedTuple

from extractor.errors import SettingsError

MEGABYTE = 1_000_000
_LOCAL_NAMES = ("localhost",)
# What whole numbers an option takes, and what the messages call it.
_WHOLE = {
    "workers": (1, 64, "工作进程数"),
    "port": (0, 65_535, "端口"),
    "retention_days": (0, 36_500, "保留天数"),
    "most_upload": (MEGABYTE, 100_000 * MEGABYTE, "一次提交的字节数上限"),
}


class Desk(NamedTuple):
    """Everything the keeper of a desk can choose, with the defaults; sizes in bytes, times in seconds."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    database: str | None = None
    token: str | None = None
    workers: int = 2
    most_upload: int = 500 * MEGABYTE
    most_file: int = 200 * MEGABYTE
    most_files: int = 200
    job_seconds: int = 1800
    retention_days: int = 0
    session_hours: int = 12
    connections: int = 400

    @property
    def url(self) -> str:
        """The database: the one named, else a SQLite file among the data."""
        if self.database is None:
            return f"sqlite+pysqlite:///{self.data / 'desk.sqlite3'}"
        for plain in ("postgresql://", "postgres://"):
            if self.database.startswith(plain):
                return "postgresql+psycopg://" + self.database.removeprefix(plain)
        return self.database

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the desk."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host in _LOCAL_NAMES

    def check(self, users: bool) -> None:
        """SettingsError unless the options make a desk that is safe to open; `users` says whether anybody can sign in."""
        for name, (least, most, called) in _WHOLE.items():
            if not least <= getattr(self, name) <= most:
                raise SettingsError(f"{called} {getattr(self, name)} 无效；请填 {least} 到 {most} 之间的整数")
        if self.token is not None and len(self.token) < 12:
            raise SettingsError("EXTRACTOR_TOKEN 太短；请用至少 12 个字符的口令")
        if not self.local and self.token is None and not users:
            raise SettingsError(
                f"在 {self.host} 上监听会让其他机器访问到报告；请先设环境变量 EXTRACTOR_TOKEN（至少 12 个字符），"
                "或用 extractor serve --add-user 姓名 建立用户，再启动"
            )
