"""python -m eval.hostile: review every hostile file and print what became of it; exit 1 when one breaks out of its limits."""

from __future__ import annotations

import argparse
import resource
import sys
import time
import traceback
from collections import Counter

from eval.hostile import corpus
from eval.hostile.trial import GRACE, LIMITS, tried, unharmed

_MOST_GROWTH = 600  # MB that this process may come to hold, what it reviews included


def main() -> int:
    """Print a line for every file and one for all of them."""
    parser = argparse.ArgumentParser(prog="python -m eval.hostile", description="损坏和恶意文件")
    parser.add_argument("--only", metavar="字样", default="", help="只试名字里有这个字样的文件")
    options = parser.parse_args()
    assert unharmed()
    before, start = _megabytes(), time.perf_counter()
    ended: Counter[str] = Counter()
    broken: list[str] = []
    for case in corpus():
        if options.only not in case.name:
            continue
        try:
            outcome = tried(case)
        except Exception:
            print(f"✗ {case.name}", flush=True)
            traceback.print_exc()
            raise
        ended["读出" if outcome.read else "拒绝" if outcome.refused else "没有报告"] += 1
        late = outcome.seconds > LIMITS.parse_seconds + GRACE
        if late or not unharmed():
            broken.append(case.name)
        held = "—" if outcome.megabytes is None else str(outcome.megabytes)
        mark = "✗" if case.name in broken else " "
        print(
            f"{mark} {case.kind:5} {case.trouble}\t{outcome.seconds:6.2f} 秒 {held:>5} MB\t{outcome.result[:150]}",
            flush=True,
        )
    grown = _megabytes() - before
    told = "，".join(f"{name} {count}" for name, count in ended.items())
    print(
        f"\n{sum(ended.values())} 个文件：{told}；{time.perf_counter() - start:.0f} 秒，"
        f"本进程内存增加 {grown} MB；超出限制 {len(broken)} 个"
    )
    return int(bool(broken) or grown > _MOST_GROWTH)


def _megabytes() -> int:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (20 if sys.platform == "darwin" else 10)


if __name__ == "__main__":
    raise SystemExit(main())
