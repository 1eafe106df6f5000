"""`extractor review`: the main job."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.inputs import KINDS, Input, inputs
from extractor.cli.outermost import DONE, FAILED, Outermost
from extractor.errors import SettingsError
from extractor.render import RENDERERS, Renderer, renderers
from extractor.render.files import names_for, printable, write
from extractor.render.terminal import Screen, wrap
from extractor.render.usage import Parser
from extractor.settings import CRITICS, ENGINES, Settings

if TYPE_CHECKING:
    from extractor.review import Review

_STANDARD_OUTPUT = "-"
_EXAMPLES = """\
示例：
  extractor review 报告.txt                  在屏幕上看结论和意见
  extractor review 报告.txt -o 审核          再把审核意见和数据写到文件夹“审核”
  extractor review 收到的报告/ -o 审核       审核文件夹里的全部报告
  extractor review 报告.zip -o 审核          审核压缩包里的全部报告
  extractor review 报告.txt -o - --to json   只把数据写到标准输出"""


def describe(parser: Parser) -> None:
    """The options of the command."""
    parser.usage = "extractor review 文件… [-o 文件夹] [--engine 引擎] [--critique 方式] [--to 格式]"
    parser.description = (
        "审核一份或多份报告。退出码：0 全部完成，1 有报告未能审核或有内容没有得到模型的回答，2 命令写错。"
    )
    parser.epilog = _EXAMPLES
    parser.add_argument(
        "files", nargs="+", metavar="文件…", help=f"报告（{KINDS}），或装有报告的文件夹、zip 压缩包"
    )
    parser.add_argument(
        "-o",
        "--out",
        metavar="文件夹",
        help="写到这个文件夹；- 为标准输出（限一份报告、一种格式；docx 只给审核意见）；不给则只在屏幕显示",
    )
    parser.add_argument(
        "--engine",
        metavar="引擎",
        help=f"{'、'.join(ENGINES)}；默认 auto：配置了模型（EXTRACTOR_MODEL）即 hybrid，否则 rules",
    )
    parser.add_argument(
        "--critique",
        metavar="方式",
        help=f"{'、'.join(CRITICS)}；默认 rules；model 另请模型审读文字，所提意见均待人工确认",
    )
    parser.add_argument(
        "--to",
        metavar="格式",
        help=f"逗号分隔：{'、'.join(RENDERERS)}；默认全部。docx 写两份：审核意见和审核底稿",
    )
    parser.set_defaults(command=command)


def command(options: argparse.Namespace, settings: Settings, screen: Screen) -> int:
    """Review every input; one that fails never stops the others."""
    formats = _formats(options)
    folder = Path(options.out) if options.out and options.out != _STANDARD_OUTPUT else None
    found, status = inputs(options.files, folder, screen, settings.debug)
    if options.out == _STANDARD_OUTPUT and len(found) > 1:
        raise SettingsError("写到标准输出时只能审核一份报告；多份报告请用 -o 指定文件夹")
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    suffixes = [file.suffix for renderer in formats.values() for file in renderer.files]
    names = names_for([each.place for each in found], folder, suffixes)
    for number, given in enumerate(found, 1):
        with Outermost(screen, settings.debug, printable(given.place)) as door:
            turn = f"[{number}/{len(found)}]" if len(found) > 1 else ""
            if options.out == _STANDARD_OUTPUT:
                result = _review(given, settings)
                screen.write(next(iter(formats.values()))(result))
            else:
                result = _one(given, folder and folder / names[given.place], formats, settings, screen, turn)
            if result.run.failed:
                door.status = FAILED
                screen.complain(_unanswered(given, result))
        status = max(status, door.status)
    if options.out != _STANDARD_OUTPUT:
        _close_run(len(found), status, folder, screen)
    return status


def _formats(options: argparse.Namespace) -> dict[str, Renderer]:
    """The formats asked for; SettingsError when they and the place to write to do not go together."""
    if options.to is not None and options.out is None:
        raise SettingsError("用了 --to，还要用 -o 指定写到哪个文件夹（或 -o - 写到标准输出）")
    wanted = [name.strip() for name in (options.to or ",".join(RENDERERS)).split(",") if name.strip()]
    formats = renderers(wanted)
    if options.out == _STANDARD_OUTPUT and len(formats) != 1:
        raise SettingsError(f"写到标准输出时请用 --to 指定一种格式：{'、'.join(RENDERERS)}")
    if not formats:
        raise SettingsError(f"--to 后面没有格式；可用：{'、'.join(RENDERERS)}")
    return formats


def _review(given: Input, settings: Settings) -> Review:
    from extractor.pipeline import review

    return review(given.read(), settings, file_name=given.file_name)


def _one(
    given: Input,
    target: Path | None,
    formats: dict[str, Renderer],
    settings: Settings,
    screen: Screen,
    turn: str,
) -> Review:
    """Review one file, write it in every format, show it."""
    result = _review(given, settings)
    written = []
    for output in [file for renderer in formats.values() for file in renderer.files] if target else ():
        assert target is not None
        file = target.with_name(target.name + output.suffix)
        write(file, output(result))
        written.append((file, output.title))
    from extractor.render.summary import brief, summary

    if turn:
        screen.say(brief(result, turn, screen.columns, colour=screen.colour))
    else:
        screen.say(summary(result, screen.columns, colour=screen.colour))
    if written and not turn:
        screen.say("")
    for file, title in written:
        screen.say(wrap(f"{printable(file)}　{title}", screen.columns, "     写出 " if turn else "写出  "))
    return result


def _unanswered(given: Input, result: Review) -> str:
    """What to say of a review whose model did not answer everything: it stands, and it is no full success."""
    failed = result.run.failed
    return f"！ {printable(given.place)}：已审核，但有 {len(failed)} 处内容没有得到模型的回答，这些地方只有规则的结果。{failed[0].error}"


def _close_run(count: int, status: int, folder: Path | None, screen: Screen) -> None:
    if folder is None and count and status == DONE:
        screen.say(
            "\n未写出文件；加 -o 文件夹 可写出审核意见（Word、Markdown）、勾稽表（Excel）、原文对照（网页）和全部数据（JSON）。"
        )
    elif count > 1:
        screen.say("\n全部完成。" if status == DONE else "\n有报告未能审核或审得不全，原因见上；其余已完成。")
