"""The command line: `main` returns the exit status; whatever goes wrong ends in one Chinese sentence, never a traceback."""

from __future__ import annotations

import argparse
import errno
import gc
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Self

from extractor import __version__
from extractor.errors import ExtractorError, InputError, SettingsError
from extractor.render import RENDERERS, Renderer, renderers
from extractor.render.files import names_for, printable, write
from extractor.render.terminal import WIDE, Screen, table, wrap
from extractor.render.usage import USAGE_ERROR, Parser
from extractor.settings import ENGINES, Settings

if TYPE_CHECKING:
    from extractor.review import Review

DONE, FAILED, INTERRUPTED = 0, 1, 130
# A review makes many small values that live to its end and no cycles; looking for cycles often is a tenth of its time.
_YOUNG = 100_000
READABLE = (
    ".txt", ".md", ".markdown", ".pdf", ".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".xlsx", ".xlsm", ".xls", ".et",
    ".ods", ".html", ".htm", ".mht", ".mhtml",
)  # fmt: skip
_KINDS = "Word、WPS、Excel、PDF、网页和纯文本"
_OURS = tuple(file.suffix for renderer in RENDERERS.values() for file in renderer.files)
_TROUBLE = {
    errno.EEXIST: "已有同名文件，不能用作文件夹",
    errno.ENOTDIR: "已有同名文件，不能用作文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.ENAMETOOLONG: "文件名太长",
}
_EXAMPLES = """\
示例：
  extractor review 报告.txt                  在屏幕上看结论和意见
  extractor review 报告.txt -o 审核          再把审核意见和数据写到文件夹“审核”
  extractor review 收到的报告/ -o 审核       审核文件夹里的全部报告
  extractor review 报告.txt -o - --to json   只把数据写到标准输出"""


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
        options = _parser().parse_args(argv)
        settings = Settings.from_environment(**({"engine": options.engine} if options.engine else {}))
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
            name = printable(Path(error.filename)) if error.filename else self.file or "文件"
            trouble = _TROUBLE.get(error.errno or 0, error.strerror or str(error))
            self.screen.complain(
                f"✗ {name}：无法写出（{trouble}）。请换一个 -o 文件夹，或检查磁盘空间和权限。"
            )
        else:
            about = f"{self.file}：" if self.file else ""
            self.screen.complain(
                f"✗ {about}处理时出错（{type(error).__name__}）。这是本工具的缺陷，不是报告的问题；"
                "请设 EXTRACTOR_DEBUG=1 重试，并把显示的内容反馈给我们。"
            )
        if self.debug:
            self._show(error)
        return True

    def _show(self, error: Exception) -> None:
        from traceback import format_exception

        self.screen.complain("".join(format_exception(error)))


def review_command(options: argparse.Namespace, settings: Settings, screen: Screen) -> int:
    """Review every input; one that fails never stops the others."""
    formats = _formats(options)
    inputs, status = _inputs(options, screen)
    if options.out == "-":
        if len(inputs) > 1:
            raise SettingsError("写到标准输出时只能审核一份报告；多份报告请用 -o 指定文件夹")
        folder = None
    else:
        folder = Path(options.out) if options.out else None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    suffixes = [file.suffix for renderer in formats.values() for file in renderer.files]
    names = names_for(inputs, folder, suffixes)
    for number, path in enumerate(inputs, 1):
        with Outermost(screen, settings.debug, printable(path)) as door:
            place = f"[{number}/{len(inputs)}]" if len(inputs) > 1 else ""
            if options.out == "-":
                screen.write(next(iter(formats.values()))(_review(path, settings)))
            else:
                _one(path, folder and folder / names[path], formats, settings, screen, place)
        status = max(status, door.status)
    if options.out != "-":
        _close_run(inputs, status, folder, screen)
    return status


def _formats(options: argparse.Namespace) -> dict[str, Renderer]:
    """The formats asked for; SettingsError when they and the place to write to do not go together."""
    if options.to is not None and options.out is None:
        raise SettingsError("用了 --to，还要用 -o 指定写到哪个文件夹（或 -o - 写到标准输出）")
    wanted = [name.strip() for name in (options.to or ",".join(RENDERERS)).split(",") if name.strip()]
    formats = renderers(wanted)
    if options.out == "-" and len(formats) != 1:
        raise SettingsError(f"写到标准输出时请用 --to 指定一种格式：{'、'.join(RENDERERS)}")
    if not formats:
        raise SettingsError(f"--to 后面没有格式；可用：{'、'.join(RENDERERS)}")
    return formats


def _inputs(options: argparse.Namespace, screen: Screen) -> tuple[list[Path], int]:
    """The files to review, each once, folders replaced by the reports in them; 1 when a folder had none."""
    found: dict[Path, Path] = {}
    status = DONE
    out = Path(options.out).resolve() if options.out and options.out != "-" else None
    for given in map(Path, options.files):
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
            screen.complain(f"✗ {printable(given)}：文件夹里没有可读的报告。本版本读 {_KINDS} 文件。")
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


def _review(path: Path, settings: Settings) -> Review:
    from extractor.pipeline import review

    return review(path, settings, file_name=printable(Path(path.name or path)))


def _one(
    path: Path,
    target: Path | None,
    formats: dict[str, Renderer],
    settings: Settings,
    screen: Screen,
    place: str,
) -> None:
    """Review one file, write it in every format, show it."""
    result = _review(path, settings)
    written = []
    for output in [file for renderer in formats.values() for file in renderer.files] if target else ():
        assert target is not None
        file = target.with_name(target.name + output.suffix)
        write(file, output(result))
        written.append((file, output.title))
    from extractor.render.summary import brief, summary

    if place:
        screen.say(brief(result, place, screen.columns, colour=screen.colour))
    else:
        screen.say(summary(result, screen.columns, colour=screen.colour))
    if written and not place:
        screen.say("")
    for file, title in written:
        screen.say(wrap(f"{printable(file)}　{title}", screen.columns, "     写出 " if place else "写出  "))


def _close_run(inputs: list[Path], status: int, folder: Path | None, screen: Screen) -> None:
    if folder is None and inputs and status == DONE:
        screen.say(
            "\n未写出文件；加 -o 文件夹 可写出审核意见（Word、Markdown）、勾稽表（Excel）、原文对照（网页）和全部数据（JSON）。"
        )
    elif len(inputs) > 1:
        screen.say("\n全部完成。" if status == DONE else "\n有报告未能审核，原因见上；其余已完成。")


def schema_command(options: argparse.Namespace, settings: Settings, screen: Screen) -> int:
    """Print the JSON Schema of a review."""
    import json

    from extractor.records import json_schema
    from extractor.review import Review

    screen.say(json.dumps(json_schema(Review), ensure_ascii=False, indent=2))
    return DONE


def checks_command(options: argparse.Namespace, settings: Settings, screen: Screen) -> int:
    """Print the catalogue of checks."""
    from extractor.reconcile import RULES

    rows = [
        (rule.code, rule.severity, rule.title, f"不适用：{rule.needs}") for _, rule in sorted(RULES.items())
    ]
    screen.say(table([("代码", "级别", "核查项", "何时不适用"), *rows], WIDE))
    return DONE


def metrics_command(options: argparse.Namespace, settings: Settings, screen: Screen) -> int:
    """Print the glossary of metrics."""
    from extractor.metrics import METRICS

    rows = [(metric.id, metric.name, metric.unit, "、".join(metric.aliases)) for metric in METRICS]
    screen.say(table([("id", "名称", "单位", "报告中的称谓"), *rows], WIDE))
    return DONE


def _parser() -> Parser:
    """The commands and their options."""
    parser = Parser(
        "extractor",
        usage="extractor 命令 …",
        description="读绩效自评报告，复算其中的数，写出审核意见。",
        add_help=False,
    )
    parser.set_defaults(engine=None, command=lambda *_: parser.error("请给出命令"))
    commands = parser.add_subparsers(metavar="命令", parser_class=Parser, prog="extractor")
    command = commands.add_parser(
        "review", usage="extractor review 文件… [-o 文件夹] [--engine 引擎] [--to 格式]", help="审核报告",
        description="审核一份或多份报告。退出码：0 全部完成，1 有报告未能审核，2 命令写错。", epilog=_EXAMPLES, add_help=False,
    )  # fmt: skip
    command.add_argument("files", nargs="+", metavar="文件…", help=f"报告（{_KINDS}），或装有报告的文件夹")
    command.add_argument(
        "-o",
        "--out",
        metavar="文件夹",
        help="写到这个文件夹；- 为标准输出（限一份报告、一种格式；docx 只给审核意见）；不给则只在屏幕显示",
    )
    command.add_argument(
        "--engine", metavar="引擎", help=f"{'、'.join(ENGINES)}；默认 auto，没有配置模型时即 rules"
    )
    command.add_argument(
        "--to",
        metavar="格式",
        help=f"逗号分隔：{'、'.join(RENDERERS)}；默认全部。docx 写两份：审核意见和审核底稿",
    )
    command.add_argument("-h", "--help", action="help", help="显示本说明")
    command.set_defaults(command=review_command)
    for name, run, text in (
        ("schema", schema_command, "输出数据的 JSON Schema"),
        ("checks", checks_command, "核查规则目录"),
        ("metrics", metrics_command, "指标词表"),
    ):
        command = commands.add_parser(
            name, usage=f"extractor {name}", help=text, description=f"显示{text}。", add_help=False
        )
        command.add_argument("-h", "--help", action="help", help="显示本说明")
        command.set_defaults(command=run)
    parser.add_argument(
        "-h", "--help", action="help", help="显示本说明；extractor 命令 --help 显示该命令的说明"
    )
    parser.add_argument("--version", action="version", version=f"extractor {__version__}", help="显示版本")
    return parser
