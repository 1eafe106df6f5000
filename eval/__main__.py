"""python -m eval: the examination of accuracy; without options the bars of every day, else the cases that were asked for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from eval.bars import examination
from eval.cases import Lot, drawn, fixture_cases, lots, own_cases, seed_cases
from eval.full import held, report
from eval.page import write_pages
from eval.peers import compared, markdown
from eval.runs import NotARun, Run, load, run, save
from extractor.errors import ExtractorError
from extractor.settings import ENGINES, Settings

DRAWS = ("development", "heldout")
_EXAMPLES = """\
示例：
  python -m eval                                      种子、夹具、受损副本和生成文本的底线
  python -m eval --cases 我的报告/                    用自己的报告和标准答案（extractor gold new）
  python -m eval --cases heldout --many 500 --resume 结果.jsonl
  python -m eval --cases fixtures --save 甲.json      保存，之后用 python -m eval.compare 甲.json 乙.json
  python -m eval --cases development --html eval/report.html --peers
  python -m eval --load 甲.json --html 结果.html      已保存的结果写成网页"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description="抽取与审核的准确度考核",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--cases",
        action="append",
        metavar="案例",
        help="fixtures、seeds、development、heldout（两组生成的报告），或装有报告和标准答案的文件夹；可多次给出",
    )
    parser.add_argument("--many", type=int, default=100, metavar="N", help="每组生成的报告数（默认 100）")
    parser.add_argument("--engine", default="rules", metavar="引擎", help="、".join(ENGINES))
    parser.add_argument("--resume", type=Path, metavar="文件", help="逐个写下结果；中断后再运行时接着做")
    parser.add_argument("--load", type=Path, metavar="文件", help="不再运行，看已保存的结果")
    parser.add_argument("--save", type=Path, metavar="文件", help="保存结果（JSON）")
    parser.add_argument("--html", type=Path, metavar="文件", help="写出网页，另写同名 .md")
    parser.add_argument("--peers", action="store_true", help="同场测同行工具（scripts/peers 安装）")
    parser.add_argument("--mutations", type=int, default=1000, help="受损副本数（默认 1000）")
    parser.add_argument(
        "--generated", type=int, default=2, metavar="N", help="每种版式的生成文本数（默认 2）"
    )
    parser.add_argument("--first-seed", type=int, default=9000, help="生成文本的首个随机种子")
    parser.add_argument("-v", "--verbose", action="store_true", help="列出每一处差异")
    return parser


def chosen(names: list[str], many: int) -> Iterator[Lot]:
    """The cases that were asked for."""
    for name in names:
        if name in DRAWS:
            yield from drawn(name, many)
        elif name == "fixtures":
            yield from lots(fixture_cases())
        elif name == "seeds":
            yield from lots(seed_cases())
        else:
            yield from lots(own_cases(Path(name)))


def main() -> int:
    """Run the examination."""
    options = _parser().parse_args()
    asked = options.load or options.save or options.resume or options.html or options.peers
    if not options.cases and not asked:
        return examination(options.mutations, options.generated, options.first_seed, options.verbose)
    try:
        finished = _finished(options)
    except (FileNotFoundError, NotARun, ExtractorError) as error:
        print(error, file=sys.stderr)
        return 2
    for line in report(finished, verbose=options.verbose):
        print(line)
    if options.save and not options.load:
        save(finished, options.save)
    peers = compared() if options.peers else []
    for table in peers:
        print(f"\n{markdown(table)}")
    if options.html:
        write_pages(finished, peers, options.html)
    return int(_fell(finished, options.cases or []))


def _finished(options: argparse.Namespace) -> Run:
    """The saved run that is to be shown again, or a new one over the cases that were asked for."""
    if options.load:
        return load(options.load)
    settings = Settings.from_environment(os.environ, engine=options.engine)
    return run(chosen(options.cases or ["fixtures"], options.many), settings, options.resume)


def _fell(finished: Run, asked: list[str]) -> bool:
    """Whether anything crashed, or a bar of generated reports fell."""
    crashed = any(result.state == "crashed" for result in finished.results)
    drawn = set(asked) & set(DRAWS) or any(result.planted for result in finished.results)
    return crashed or bool(drawn and held(finished))


if __name__ == "__main__":
    raise SystemExit(main())
