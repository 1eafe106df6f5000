"""The one place that touches rapidocr: where print is, what it says, whether it stands on its head. Nothing is ever downloaded."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import rapidocr
from rapidocr.ch_ppocr_cls import TextClassifier
from rapidocr.ch_ppocr_det import TextDetector
from rapidocr.ch_ppocr_rec import TextRecInput, TextRecognizer
from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

from extractor.load.ocr.picture import STRIP, Image

# The models in rapidocr's own package; with their paths given it has no reason to fetch any.
FOLDER = Path(rapidocr.__file__).parent / "models"
MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
}
_SEEN = 0.55  # how large the detector sees a page of 200 dpi: as large finds no more, and takes three times as long
_MOST_SEEN = 1600  # pixels of the longer side: what the detector's memory allows
_NARROWEST = (
    96  # pixels: pictures of lines are filled up to this width; most numbers are narrower than the usual 320
)
_SURE_TURN = 0.9
_LEAST_CUT, _MOST_CUT, _WHOLE, _DARK = 1.1, 1.5, 1.7, 128  # times the width; of grey
_ARENA_MAX, _ARENAS = -8, 2  # M_ARENA_MAX of glibc's malloc.h
_NO_MEMORY = "bad_alloc"


class Character(NamedTuple):
    """A recognised character: where its middle is across the picture (0 to 1) and how sure it is."""

    text: str
    at: float
    sure: float


def _share_arenas() -> None:
    """Let all threads of the models take memory from a few arenas: each reserves 64 MB of a limited address space."""
    try:
        ctypes.CDLL(None).mallopt(_ARENA_MAX, _ARENAS)
    except (OSError, AttributeError, TypeError):
        return  # not glibc


class NoModels(Exception):
    """A model is missing from rapidocr's package."""


@cache
def settings() -> Any:
    """rapidocr's settings with the models of its own package; NoModels when one is not there."""
    _share_arenas()
    given: dict[str, Any] = {"Global.log_level": "critical"}
    for task, name in MODELS.items():
        path = FOLDER / name
        if not path.is_file():
            raise NoModels(name)
        given[f"{task}.model_path"] = str(path)
    config = rapidocr.RapidOCR(params=given).cfg
    for part in (config.Det, config.Cls, config.Rec):
        part.engine_cfg = config.EngineConfig[part.engine_type.value]
    config.Rec.font_path = config.Global.font_path
    config.Rec.rec_img_shape = [3, 48, _NARROWEST]
    return config


@cache
def _detector() -> Any:
    return TextDetector(settings().Det)


@cache
def _recogniser() -> Any:
    return TextRecognizer(settings().Rec)


@cache
def _classifier() -> Any:
    return TextClassifier(settings().Cls)


def seen(longest: int) -> int:
    """Pixels of the longer side of what the detector is given of a picture whose longer side has `longest`."""
    return min(round(_SEEN * longest), _MOST_SEEN)


def boxes(gray: Image) -> list[tuple[int, int, int, int]]:
    """Boxes (x0, y0, x1, y1) around the lines of print on a picture, in its pixels, from top to bottom."""
    out = []
    for top, bottom in pairwise(_cuts(gray)):
        part = gray[top:bottom]
        longest = max(part.shape)
        scale = seen(longest) / longest
        small = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        found = _asked(_detector(), cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)).boxes
        for corners in () if found is None else found:
            (x0, y0), (x1, y1) = corners.min(axis=0) / scale, corners.max(axis=0) / scale
            out.append((int(x0), top + int(y0), int(x1) + 1, top + int(y1) + 1))
    return out


def _cuts(gray: Image) -> list[int]:
    """Where a long strip is cut into parts as high as a page, each time between two lines of print; both ends too."""
    height, width = gray.shape
    cuts = [0]
    while height > STRIP * width and height - cuts[-1] > _WHOLE * width:
        least, most = cuts[-1] + int(_LEAST_CUT * width), cuts[-1] + int(_MOST_CUT * width)
        inked = np.count_nonzero(gray[least:most] < _DARK, axis=1)
        cuts.append(least + int(np.argmin(inked)))
    return [*cuts, height]


def texts(pictures: Sequence[Image]) -> list[list[Character]]:
    """What each grey picture of a line of print says."""
    if not pictures:
        return []
    coloured = [cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR) for picture in pictures]
    result = _asked(_recogniser(), TextRecInput(img=coloured, return_word_box=True))
    return [_characters(text, words) for text, words in zip(result.txts, result.word_results, strict=True)]


def _asked(model: Any, question: Any) -> Any:
    """What a model answers; MemoryError when it has not enough memory."""
    try:
        return model(question)
    except ONNXRuntimeError as error:
        if _NO_MEMORY in str(error):
            raise MemoryError from None
        raise


def _characters(text: str, words: Any) -> list[Character]:
    """The characters of a line; rapidocr gives a confidence to each, a column to all but the spaces."""
    columns = [column for word in words.word_cols or () for column in word]
    sure = list(words.confs or ())
    printed = [(c, s) for c, s in zip(text, sure, strict=False) if not c.isspace()]
    length = max(float(words.line_txt_len or 1.0), 1.0)
    return [
        Character(c, min((column + 0.5) / length, 1.0), float(s))
        for (c, s), column in zip(printed, columns, strict=True)
    ]


def on_their_heads(pictures: Sequence[Image]) -> bool:
    """Whether most of these pictures of lines are upside down."""
    if not pictures:
        return False
    found = _classifier()(
        [cv2.cvtColor(np.ascontiguousarray(p), cv2.COLOR_GRAY2BGR) for p in pictures]
    ).cls_res
    turned = sum(1 for label, sure in found or () if label == "180" and sure > _SURE_TURN)
    return 2 * turned > len(pictures)
