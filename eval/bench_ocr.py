"""python -m eval.bench_ocr: reading a scanned page beside rapidocr alone on the same picture, in one process; exit 1 over the bar.

rapidocr's own time is that of its whole run with the same models, the same size of the detector's picture and the same least width
of a line's picture; with `--defaults` its time with its own defaults, which see a larger picture, is printed beside it. All times are of
the processor, so that a busy machine does not matter; by default two pages are read once, which takes a minute or two.
"""

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
from eval.sheets import pieces_of
from eval.typeset import as_pdf
from extractor.load import load
from extractor.load.ocr import engine
from extractor.load.ocr.reading import read
from extractor.settings import Settings

MOST = 1.10  # times rapidocr's own time
_NAMES = ("tab_led_department", "clean_project_pipe", "yuan_captions")
_A4 = (595.0, 842.0)
_SLICE = 4  # of a page: what warms the models


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
    parser.add_argument(
        "--pages", type=int, default=2, metavar="页", help=f"测几页（默认 2，最多 {len(_NAMES)}）"
    )
    parser.add_argument("--runs", type=int, default=1, metavar="次", help="每页测几次（默认 1），取中位数")
    parser.add_argument("--defaults", action="store_true", help="也与 rapidocr 的默认设置相比")
    options = parser.parse_args()
    ratios: list[float] = []
    for case in [case for case in fixture_cases() if case.name in _NAMES[: options.pages]]:
        pdf = chosen(as_pdf(pieces_of(load(case.source, Settings(), case.file_name))), 1)
        picture = np.ascontiguousarray(next(pictures(pdf)))
        calls: dict[str, Callable[[], Any]] = {
            "本产品": partial(read, picture, 1, *_A4),
            "rapidocr（同样的检测尺寸与设置）": _alone(picture, same=True),
        }
        if options.defaults:
            calls["rapidocr（默认设置）"] = _alone(picture, same=False)
        if not ratios:  # the models are loaded and warm before anything is measured
            read(picture[: len(picture) // _SLICE], 1, *_A4)
            _alone(picture[: len(picture) // _SLICE], same=True)()
        times: dict[str, list[float]] = {name: [] for name in calls}
        for _ in range(options.runs):
            for name, call in calls.items():
                times[name].append(measured(call))
        ours, same, *default = (median(own) for own in times.values())
        ratios.append(ours / same)
        said = "，".join(f"{name} {median(own):.1f} 秒" for name, own in times.items())
        beside = f"（对默认设置 {ours / default[0]:.2f}）" if default else ""
        print(f"{case.name}: {said}；比 {ours / same:.2f}{beside}", flush=True)
    worst = max(ratios)
    print(
        f"{'✓' if worst <= MOST else '✗'} 识别一页最慢为 rapidocr 同样尺寸与设置的 {worst:.2f} 倍（要求 ≤ {MOST:.2f}）；处理器时间"
    )
    return 0 if worst <= MOST else 1


def _alone(picture: Any, *, same: bool) -> Callable[[], Any]:
    """rapidocr's own run on a picture: as large and with the line pictures that the product gives it, or as its defaults say."""
    params: dict[str, Any] = {
        f"{task}.model_path": str(engine.FOLDER / name) for task, name in engine.MODELS.items()
    }
    if same:
        params["Global.max_side_len"] = engine.seen(max(picture.shape[:2]))
        params["Rec.rec_img_shape"] = list(engine.settings().Rec.rec_img_shape)
    alone = rapidocr.RapidOCR(params={"Global.log_level": "critical", **params})
    return partial(alone, picture, return_word_box=True, return_single_char_box=True)


if __name__ == "__main__":
    raise SystemExit(main())
