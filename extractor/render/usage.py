"""argparse that speaks Chinese: help and complaints in the reader's language and columns."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from typing import Any, NoReturn

from extractor.patterns import lazy
from extractor.render.terminal import NARROW, pad, width, wrap

USAGE_ERROR = 2
_COMPLAINTS = (
    (lazy(r"the following arguments are required: (.*)"), r"缺少参数：\1"),
    (lazy(r"unrecognized arguments: (.*)"), r"不认识的参数：\1"),
    (lazy(r"argument (.*): invalid choice: (\S+).*"), r"没有\1 \2"),
    (lazy(r"argument (.*): expected .*"), r"\1 后面要有一个值"),
    (lazy(r"argument (.*): invalid int value: (.*)"), r"\1 后面要填整数，不能是 \2"),
    (lazy(r"argument (.*): ignored explicit argument (.*)"), r"\1 后面不带值，不能写 \2"),
    (lazy(r"ambiguous option: (.*) could match (.*)"), r"\1 不明确，请写全：\2"),
)


# argparse makes one for every argument, and one that knows no width loads the modules that ask the terminal.
_FORMATTER = partial(argparse.HelpFormatter, width=NARROW)


class Parser(argparse.ArgumentParser):
    """argparse with Chinese words, and columns counted as they are seen."""

    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, formatter_class=_FORMATTER, **options)

    def format_usage(self) -> str:
        """用法 on one line."""
        return f"用法：{self.usage}\n"

    def format_help(self) -> str:
        """Usage, what the command does, its arguments, and examples."""
        rows = [row for action in self._actions for row in _described(action)]
        lead = max((width(name) for name, _ in rows), default=0) + 4
        options = [wrap(text, NARROW, "  " + pad(name, lead - 2), " " * lead) for name, text in rows]
        parts = (self.format_usage().rstrip(), self.description, "\n".join(options), self.epilog)
        return "\n\n".join(part for part in parts if part) + "\n"

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what is wrong with the command line; exit 2."""
        for english, chinese in _COMPLAINTS:
            message = english.sub(chinese, message)
        print(f"{message}\n{self.format_usage()}用 {self.prog} --help 查看说明。", file=sys.stderr)
        raise SystemExit(USAGE_ERROR)


def _described(action: argparse.Action) -> list[tuple[str, str]]:
    """The lines of the help for one argument."""
    if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  the only way to ask for its commands
        return [(choice.dest, choice.help or "") for choice in action._choices_actions]  # noqa: SLF001
    names = ", ".join(action.option_strings)
    value = str(action.metavar or "") if action.nargs != 0 else ""
    return [(f"{names} {value}".strip(), action.help or "")]
