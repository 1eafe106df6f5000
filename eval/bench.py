"""python -m eval.bench: speed stage by stage, memory, linearity and cold start, beside a calibration of the same machine."""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

REPO = Path(__file__).resolve().parent.parent
SIZES = (3_000, 10_000, 100_000, 1_000_000)
TARGET_REPORTS, MOST_LINEAR, MOST_COLD, MOST_ADDED = 60, 1.5, 3.0, 0.3
_COLD_REPORT = REPO / "fixtures" / "tab_led_department" / "report.txt"
_TOKENS = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|[\u4e00-\u9fff]|\S")
_MONEY = re.compile(r"(?<![\d.年])\d{2,4}\.\d{1,2}(?![\d.])")
_PATIENCE = 300  # seconds for one size, then it is given up
_ENOUGH = 2.0  # seconds of measuring; a size that takes longer is measured once


def text_of(size: int) -> str:
    """About `size` characters of our fixtures, whole lines, forms of many units; no two copies print the same amounts."""
    paths = sorted((REPO / "fixtures").glob("*/report.*"))
    sources = [path.read_text(encoding="utf-8-sig") for path in paths if path.suffix in (".txt", ".md")]
    lines: list[str] = []
    left, copy = size, 0
    while left > 0:
        step = Decimal(copy) / 100
        source = _MONEY.sub(lambda m, step=step: str(Decimal(m[0]) + step), sources[copy % len(sources)])  # type: ignore[misc]
        for line in source.splitlines(keepends=True):
            lines.append(line[:left])
            left -= len(line)
            if left <= 0:
                break
        lines.append("\n")
        copy += 1
    return "".join(lines)


def measure(size: int) -> dict[str, Any]:
    """Seconds of processor time a review of `size` characters takes, per stage, and the memory it needed."""
    from extractor.pipeline import Stages, review

    review(text_of(SIZES[0]).encode(), file_name="bench.txt")
    text = text_of(size)
    data = text.encode()
    base = _peak_megabytes()
    calibration = median(_timed_tokens(text) for _ in range(3))
    runs: list[tuple[float, dict[str, float]]] = []
    while sum(seconds for seconds, _ in runs) < _ENOUGH:
        stages = Stages()
        start = time.process_time()
        review(data, file_name="bench.txt", stages=stages)
        runs.append((time.process_time() - start, stages.seconds))
    runs.sort(key=lambda run: run[0])
    seconds, parts = runs[len(runs) // 2]
    outputs = _timed_outputs(data) if size == SIZES[1] else {}
    return {
        "characters": len(text),
        "seconds": seconds,
        "runs": len(runs),
        "stages": parts,
        "outputs": outputs,
        "calibration": calibration,
        "peak": _peak_megabytes(),
        "base": base,
    }


def _timed_outputs(data: bytes) -> dict[str, float]:
    """Seconds of processor time each file takes that `extractor review` writes; the second of two turns."""
    from extractor.pipeline import review
    from extractor.render import RENDERERS

    result, taken = review(data, file_name="bench.txt"), {}
    for _ in range(2):
        for output in (file for renderer in RENDERERS.values() for file in renderer.files):
            start = time.process_time()
            output(result)
            taken[output.suffix] = time.process_time() - start
    return taken


def _cost_of_checks(result: dict[str, Any]) -> str:
    """What the checks add to the rest of the pipeline: to reading and commenting alone, with JSON, with all files."""
    stages, outputs = result["stages"], result["outputs"]
    checks = stages["reconcile"]
    rest = sum(stages.values()) - checks
    whole = checks / (rest + sum(outputs.values()))
    return (
        f"{_mark(whole <= MOST_ADDED)} 核查：给 extractor review 的其余工作（读取、意见、写出全部文件）增加 {whole:.0%}（≤ {MOST_ADDED:.0%}）；"
        f"不写文件时 {checks / rest:.0%}，只写 JSON 时 {checks / (rest + outputs['.json']):.0%}"
    )


def _timed_tokens(text: str) -> float:
    start = time.process_time()
    _TOKENS.findall(text)
    return time.process_time() - start


def _peak_megabytes() -> float:
    """The most memory this process ever held; Linux counts kibibytes, macOS bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _environment(room: str) -> dict[str, str]:
    """As on a user's machine: compiled modules are kept."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith("EXTRACTOR_") and k != "PYTHONDONTWRITEBYTECODE"
    }
    return kept | {"PYTHONPYCACHEPREFIX": room, "PYTHONPATH": str(REPO)}


def cold_start(room: str, rounds: int = 15) -> tuple[float, float]:
    """Median seconds from nothing to the end of `extractor review`, and of `import pydantic`, taken in turns."""
    commands = (["-m", "extractor", "review", str(_COLD_REPORT)], ["-c", "import pydantic"])
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):  # the first turn fills the caches
        for command, taken in zip(commands, times, strict=True):
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, *command], check=True, capture_output=True, env=_environment(room), cwd=REPO
            )
            if turn:
                taken.append(time.perf_counter() - start)
    return median(times[0]), median(times[1])


def _measured(size: int, room: str) -> dict[str, Any] | None:
    command = [sys.executable, "-m", "eval.bench", "--one", str(size)]
    try:
        done = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, env=_environment(room), cwd=REPO, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        return None
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _show(result: dict[str, Any]) -> None:
    total = sum(result["stages"].values()) or 1.0
    stages = "  ".join(f"{name} {100 * part / total:.0f}%" for name, part in result["stages"].items())
    print(
        f"{result['characters']:>9,} 字  {1 / result['seconds']:>8.2f} 份/秒·核  {result['seconds'] * 1000:>9.1f} 毫秒  "
        f"内存峰值 {result['peak']:>5.0f} MB（载入后 {result['base']:.0f}）  "
        f"为校准的 {result['seconds'] / result['calibration']:.0f} 倍",
        flush=True,
    )
    print(f"{'':>14}{stages}", flush=True)


def main() -> int:
    """Print every measurement with its target; a slow machine is no failure."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description="速度、内存、线性和冷启动")
    parser.add_argument("--one", type=int, metavar="N", help="只测 N 字，输出 JSON（每个规模各用一个进程）")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="要测的字数")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return 0
    print("规则引擎，载入之后，单核处理器时间；校准 = 对同一文本做一次正则切分")
    with tempfile.TemporaryDirectory() as room:
        results = {}
        for size in options.sizes:
            result = _measured(size, room)
            if result is None:
                print(f"✗ {size:>9,} 字  {_PATIENCE} 秒内没有测完", flush=True)
                continue
            results[size] = result
            _show(result)
        cold, pydantic = cold_start(room)
    if 10_000 in results:
        rate = 1 / results[10_000]["seconds"]
        print(
            f"\n{_mark(rate >= TARGET_REPORTS)} 1万字报告 {rate:.1f} 份/秒·核（目标 {TARGET_REPORTS}，空闲的核）"
        )
        print(_cost_of_checks(results[10_000]))
    if {10_000, 1_000_000} <= results.keys():
        small, large = (results[n]["seconds"] / results[n]["characters"] for n in (10_000, 1_000_000))
        print(
            f"{_mark(large / small <= MOST_LINEAR)} 线性：100万字每字耗时为1万字的 {large / small:.2f} 倍（≤ {MOST_LINEAR}）"
        )
    print(
        f"{_mark(cold / pydantic <= MOST_COLD)} 冷启动：extractor review {cold * 1000:.0f} 毫秒，"
        f"import pydantic {pydantic * 1000:.0f} 毫秒，{cold / pydantic:.2f} 倍（≤ {MOST_COLD:g}；各15次取中位数）"
    )
    return 0


def _mark(good: bool) -> str:
    return "✓" if good else "✗"


if __name__ == "__main__":
    raise SystemExit(main())
