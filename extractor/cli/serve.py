"""`extractor serve`: the review desk."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.cli.outermost import DONE
from extractor.errors import SettingsError
from extractor.render.terminal import Screen
from extractor.render.usage import Parser
from extractor.settings import Settings, given

if TYPE_CHECKING:
    from extractor.web.settings import Desk

_NEEDS = ("fastapi", "uvicorn", "sqlalchemy", "alembic", "python_multipart")
_EXAMPLES = """\
示例：
  extractor serve                                    在本机打开审核台，数据放在当前目录的 desk 文件夹
  extractor serve --data /srv/desk --port 9000       数据放在指定文件夹
  extractor serve --add-user 李审核                  建立用户（随后输入密码）；有了用户，各人只看到自己的报告
  EXTRACTOR_TOKEN=… extractor serve --host 0.0.0.0   让其他机器用口令访问
环境变量：EXTRACTOR_TOKEN 口令；EXTRACTOR_DATABASE 数据库地址（postgresql://…），不设即用 SQLite"""


def describe(parser: Parser) -> None:
    """The options of the command."""
    parser.usage = "extractor serve [--host 地址] [--port 端口] [--data 文件夹]"
    parser.description = "打开审核台：上传报告，对照原文，更正，签发。"
    parser.epilog = _EXAMPLES
    parser.add_argument("--host", metavar="地址", help="监听的地址；默认 127.0.0.1，只有本机能访问")
    parser.add_argument("--port", metavar="端口", type=int, help="默认 8000")
    parser.add_argument(
        "--data", metavar="文件夹", type=Path, default=Path("desk"), help="放数据和文件；默认 desk"
    )
    parser.add_argument("--workers", metavar="个数", type=int, help="同时处理几份报告；默认 2")
    parser.add_argument(
        "--keep-days", metavar="天数", type=int, dest="retention_days", help="多少天无人改动即删除；默认不删"
    )
    parser.add_argument("--max-upload", metavar="MB", type=int, help="一次提交的上限；默认 500")
    parser.add_argument("--add-user", metavar="姓名", help="建立用户或改密码，然后退出")
    parser.set_defaults(command=command)


def command(options: argparse.Namespace, settings: Settings, screen: Screen) -> int:
    """Open the desk, or add a user to it."""
    missing = [name for name in _NEEDS if find_spec(name) is None]
    if missing:
        raise SettingsError(f"审核台需要 {'、'.join(missing)}；请先安装：pip install 'extractor[web]'")
    from extractor.web.server import serve

    desk = _desk(options)
    if options.add_user is not None:
        _add_user(desk, options.add_user)
        screen.say(f"用户“{options.add_user}”已建立；审核台重启后生效。")
        return DONE
    serve(desk, screen.say)
    return DONE


def _desk(options: argparse.Namespace) -> Desk:
    from extractor.web.settings import MEGABYTE, Desk

    secret = given("TOKEN", "DATABASE")
    chosen: dict[str, Any] = {
        name: value
        for name in ("host", "port", "workers", "retention_days")
        if (value := getattr(options, name)) is not None
    }
    if options.max_upload is not None:
        chosen["most_upload"] = options.max_upload * MEGABYTE
    return Desk(
        data=options.data.resolve(), token=secret.get("TOKEN"), database=secret.get("DATABASE"), **chosen
    )


def _add_user(desk: Desk, name: str) -> None:
    from contextlib import closing
    from getpass import getpass
    from sys import stdin

    from extractor.web.auth import add_user
    from extractor.web.server import stored

    desk.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    password = getpass("密码（至少 8 个字符）：") if stdin.isatty() else stdin.readline().rstrip("\n")
    with closing(stored(desk)) as store:
        add_user(store, name, password)
