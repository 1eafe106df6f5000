"""python -m eval.bench_ocr: reading a scanned page beside rapidocr alone on the same picture, in one process; exit 1 over the bar."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import numpy as np
import rapidocr

from eval.cases import fixture_cases
from eval.scans import chosen, pictures
from eval.typeset import as_pdf, pieces_of
from extractor.load import load
from extractor.load.ocr import engine
from extractor.load.ocr.reading import read
from extractor.settings import Settings

MOST = 1.10  # times rapidocr's own time
_NAMES = ("tab_led_department", "clean_project_pipe", "yuan_captions")
_A4 = (595.0, 842.0)


def measured(call: Callable[[], Any]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    call()
    return time.process_time() - start


def main() -> int:
    """Print for each page both times and their ratio."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench_ocr", description="识别扫描页的速度，与 rapidocr 本身相比"
    )
    parser.add_argument("--runs", type=int, default=2, metavar="次", help="每页测几次（默认 2），取中位数")
    options = parser.parse_args()
    models = {f"{task}.model_path": str(engine.FOLDER / name) for task, name in engine.MODELS.items()}
    alone = rapidocr.RapidOCR(params={"Global.log_level": "critical", **models})
    ratios = []
    for case in fixture_cases():
        if case.name not in _NAMES:
            continue
        pdf = chosen(as_pdf(pieces_of(load(case.source, Settings(), case.file_name))), 1)
        picture = np.ascontiguousarray(next(pictures(pdf)))
        alone(picture, return_word_box=True, return_single_char_box=True)
        read(picture, 1, *_A4)
        own, ours = [], []
        for _ in range(options.runs):
            own.append(measured(partial(alone, picture, return_word_box=True, return_single_char_box=True)))
            ours.append(measured(partial(read, picture, 1, *_A4)))
        ratios.append(median(ours) / median(own))
        print(
            f"{case.name}: 本产品 {median(ours):.1f} 秒，rapidocr {median(own):.1f} 秒，比 {ratios[-1]:.2f}",
            flush=True,
        )
    worst = max(ratios)
    print(
        f"{'✓' if worst <= MOST else '✗'} 识别一页最慢为 rapidocr 本身的 {worst:.2f} 倍（要求 ≤ {MOST:.2f}）"
    )
    return 0 if worst <= MOST else 1


if __name__ == "__main__":
    raise SystemExit(main())
