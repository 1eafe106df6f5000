"""The command line: `main` returns the exit status; whatever goes wrong ends in one Chinese sentence, never a traceback.

A command is an entry of `COMMANDS` and a function that is given its parser: it says the usage, adds the arguments and sets
`command`, which is called with (options, settings, screen) and returns the exit status. An option that has the name of a
field of `Settings` sets it. A command's module is imported when it is asked for, what is heavy when it runs.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Collection
from importlib import import_module
from typing import NoReturn

from extractor import __version__
from extractor.cli.outermost import INTERRUPTED, Outermost
from extractor.errors import SettingsError
from extractor.render.terminal import Screen
from extractor.render.usage import USAGE_ERROR, Parser
from extractor.settings import Settings

__all__ = ["COMMANDS", "main", "parser", "run"]

# What the help says of each command, and the "module:function" that describes it.
COMMANDS = {
    "review": ("审核报告", "extractor.cli.review:describe"),
    "gold": ("做自己报告的标准答案并检查", "extractor.cli.gold:describe"),
    "serve": ("打开审核台：上传、对照、更正、签发", "extractor.cli.serve:describe"),
    "schema": ("输出数据的 JSON Schema", "extractor.cli.listing:schema"),
    "checks": ("核查规则目录", "extractor.cli.listing:checks"),
    "metrics": ("指标词表", "extractor.cli.listing:metrics"),
}
# A review makes many small values that live to its end and no cycles; looking for cycles often is a tenth of its time.
_YOUNG = 100_000


def run() -> NoReturn:
    """`main` as a program: once all is written it leaves at once, as taking the interpreter apart is a sixth of a short run."""
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 some input failed, 2 wrong usage."""
    gc.set_threshold(_YOUNG)
    screen = Screen()
    try:
        given = sys.argv[1:] if argv is None else argv
        options = parser(given).parse_args(given)
        chosen = {name: value for name, value in vars(options).items() if name in Settings._fields}
        settings = Settings.from_environment(**{n: value for n, value in chosen.items() if value is not None})
        screen.adapt(settings.no_color)
        command: Callable[[argparse.Namespace, Settings, Screen], int] = options.command
        with Outermost(screen, settings.debug) as door:
            return command(options, settings, screen)
        return door.status
    except SettingsError as error:
        screen.complain(str(error))
        return USAGE_ERROR
    except SystemExit as stop:  # argparse has said what it had to say
        return stop.code if isinstance(stop.code, int) else USAGE_ERROR
    except KeyboardInterrupt:
        screen.complain("已中断；已经写出的文件保留。")
        return INTERRUPTED
    finally:
        screen.close()


def parser(described: Collection[str] = tuple(COMMANDS)) -> Parser:
    """The parser of all commands; those named in `described` know their arguments."""
    out = Parser(
        "extractor",
        usage="extractor 命令 …",
        description="读绩效自评报告，复算其中的数，写出审核意见。",
        add_help=False,
    )
    out.set_defaults(command=lambda *_: out.error("请给出命令"))
    commands = out.add_subparsers(metavar="命令", parser_class=Parser, prog="extractor")
    for name, (text, place) in COMMANDS.items():
        command = commands.add_parser(name, help=text, add_help=False)
        if name in described:
            module, _, function = place.partition(":")
            getattr(import_module(module), function)(command)
        command.add_argument("-h", "--help", action="help", help="显示本说明")
    out.add_argument("-h", "--help", action="help", help="显示本说明；extractor 命令 --help 显示该命令的说明")
    out.add_argument("--version", action="version", version=f"extractor {__version__}", help="显示版本")
    return out
