"""`extractor gold new` and `gold check`: a gold file of one's own report, filled in to be corrected, then proven."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.cli.outermost import DONE, FAILED, Outermost
from extractor.errors import SettingsError
from extractor.gold import SUFFIX, dumped, make, opened, validate
from extractor.render.files import printable, write
from extractor.render.terminal import Screen
from extractor.render.usage import Parser
from extractor.settings import ENGINES, Settings

_STANDARD_OUTPUT = "-"
_MOST = 40  # problems of one file that are printed
_EXAMPLES = """\
示例：
  extractor gold new 报告.docx                 写出 报告.expected.json，内容按读出的结果预填
  （用编辑器对照原文逐项修改）
  extractor gold check 报告.expected.json      检查改好的文件
  python -m eval --cases 文件夹                用文件夹里的报告和标准答案考核"""


def describe(parser: Parser) -> None:
    """The two commands of the command."""
    parser.usage = "extractor gold new 报告 [-o 文件] [--engine 引擎] | gold check 文件…"
    parser.description = "做自己报告的标准答案：先按读出的结果预填，手工改对后检查。"
    parser.epilog = _EXAMPLES
    commands = parser.add_subparsers(metavar="操作", parser_class=Parser, prog="extractor gold")
    new = commands.add_parser("new", help="由一份报告预填标准答案", add_help=False)
    new.usage = "extractor gold new 报告 [-o 文件] [--engine 引擎]"
    new.description = "读一份报告，写出预填的标准答案（JSON），供手工修改。已有的文件不会被覆盖。"
    new.add_argument("file", metavar="报告", help="一份报告")
    new.add_argument(
        "-o", "--out", metavar="文件", help=f"写到这个文件；- 为标准输出；默认与报告同名，扩展名 {SUFFIX}"
    )
    new.add_argument("--engine", metavar="引擎", help=f"{'、'.join(ENGINES)}；默认 auto")
    new.add_argument("-h", "--help", action="help", help="显示本说明")
    new.set_defaults(command=_new)
    check = commands.add_parser("check", help="检查标准答案", add_help=False)
    check.usage = "extractor gold check 文件…"
    check.description = "检查标准答案：字段都认识，每个值在原文所说的位置上，数读得成，勾稽关系成立。退出码：0 没有错误，1 有错误。"
    check.add_argument("files", nargs="+", metavar="文件…", help="标准答案（JSON），报告在同一文件夹里")
    check.add_argument("-h", "--help", action="help", help="显示本说明")
    check.set_defaults(command=_check)
    parser.set_defaults(command=lambda *_: parser.error("请写 new 或 check"))


def _new(options: argparse.Namespace, settings: Settings, screen: Screen) -> int:
    from extractor.pipeline import review

    report = Path(options.file)
    out = Path(options.out) if options.out else report.with_name(report.stem + SUFFIX)
    if options.out != _STANDARD_OUTPUT and out.exists():
        raise SettingsError(
            f"{printable(out)} 已经存在，里面可能有手工修改；请用 -o 另写一个文件，或先移走它"
        )
    gold = make(review(report, settings))
    data = dumped(gold).encode()
    if options.out == _STANDARD_OUTPUT:
        screen.write(data)
        return DONE
    out.parent.mkdir(parents=True, exist_ok=True)
    write(out, data)
    values = sum(len(gold[name]) for name in ("indicators", "funds", "base_data", "projects", "figures"))
    screen.say(f"写出  {printable(out)}　预填 {values} 项；请对照原文修改，再运行 extractor gold check")
    return DONE


def _check(options: argparse.Namespace, settings: Settings, screen: Screen) -> int:
    status = DONE
    for given in map(Path, options.files):
        with Outermost(screen, settings.debug, printable(given)) as door:
            if _one(given, settings, screen):
                status = FAILED
        status = max(status, door.status)
    return status


def _one(path: Path, settings: Settings, screen: Screen) -> int:
    """Print what is wrong with one file; how many errors there are."""
    from extractor.load import load

    gold, report = opened(path)
    problems = validate(gold, load(report, settings).text)
    errors = sum(not problem.remark for problem in problems)
    for problem in problems[:_MOST]:
        screen.say(f"  {'提醒' if problem.remark else '错误'}  {problem.where}：{problem.message}")
    if len(problems) > _MOST:
        screen.say(f"  ……另有 {len(problems) - _MOST} 处")
    said = f"{errors} 处错误，{len(problems) - errors} 处提醒" if problems else "没有发现问题"
    screen.say(f"{'✗' if errors else '✓'} {printable(path)}：{said}")
    return errors
