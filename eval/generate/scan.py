"""Pages as pictures: printed in a serif face, laid askew, yellowed, speckled, stamped, compressed; boxes follow."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy
import pymupdf
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from eval.generate.pages import Box, Line, Page, Places

Shade = int | tuple[int, int, int]
FACES = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)
_PATCH = 512  # pixels of noise
_SIMPLIFIED = 2  # the face of the collection that draws simplified Chinese


@lru_cache(maxsize=64)
def _face(path: str, size: int) -> Any:
    return ImageFont.truetype(path, size, index=_SIMPLIFIED)


def _shade(grey: int, coloured: bool) -> Shade:
    return (grey, grey, grey) if coloured else grey


class Scanner:
    """How one report was printed and scanned: resolution in pixels per point, tilt in degrees, dirt."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.scale = rng.choice((150, 200, 200)) / 72
        self.tilt = rng.uniform(-0.7, 0.7)
        self.face = rng.choice(FACES[:1] * 3 + FACES[1:])
        self.paper = rng.randrange(236, 256)
        self.grain = rng.uniform(0, 7)
        self.blur = rng.choice((0.0, 0.4, 0.7))
        self.quality = rng.choice((60, 75, 85))
        self.sealed = rng.random() < 0.3

    def picture(self, page: Page, *, last: bool) -> Image.Image:
        """One page as a picture."""
        size = (round(page.width * self.scale), round(page.height * self.scale))
        coloured = self.sealed and last
        image = Image.new("RGB" if coloured else "L", size, (self.paper,) * 3 if coloured else self.paper)
        pen = ImageDraw.Draw(image)
        for rule in page.rules:
            ends = [v * self.scale for v in (rule.x0, rule.y0, rule.x1, rule.y1)]
            pen.line(ends, fill=_shade(40, coloured), width=max(1, round(self.scale * 0.6)))
        for line in page.lines:
            self._line(pen, line, _shade(25, coloured))
        if coloured:
            self._seal(pen, page)
        edge = _shade(self.paper, coloured)
        turned = image.rotate(self.tilt, resample=Image.Resampling.BICUBIC, fillcolor=edge)
        if self.blur:
            turned = turned.filter(ImageFilter.GaussianBlur(self.blur * self.scale / 2))
        return self._grained(turned)

    def _line(self, pen: Any, line: Line, ink: Shade) -> None:
        face = _face(self.face, round(line.size * self.scale))
        x, top = line.x * self.scale, (line.top - line.size * 0.28) * self.scale
        for char in line.text:
            if not char.isspace():
                pen.text((x, top), char, font=face, fill=ink)
            x += (0.5 if char < "\u0100" else 1.0) * line.size * self.scale

    def _seal(self, pen: Any, page: Page) -> None:
        x, y = self.rng.uniform(0.55, 0.75) * page.width, self.rng.uniform(0.75, 0.88) * page.height
        box = [v * self.scale for v in (x - 55, y - 55, x + 55, y + 55)]
        pen.ellipse(box, outline=(210, 50, 50), width=round(3 * self.scale))
        face = _face(self.face, round(26 * self.scale))
        pen.text(((x - 13) * self.scale, (y - 18) * self.scale), "★", font=face, fill=(215, 60, 60))

    def _grained(self, image: Image.Image) -> Image.Image:
        """The picture with the noise of a sensor: one patch of it, laid side by side."""
        noise = numpy.random.default_rng(self.rng.randrange(2**32))
        values = numpy.asarray(image).astype(numpy.int16)
        height, width = values.shape[:2]
        patch = noise.normal(0, self.grain, (_PATCH, _PATCH)).astype(numpy.int16)
        grain = numpy.tile(patch, (height // _PATCH + 1, width // _PATCH + 1))[:height, :width]
        values += grain if values.ndim == 2 else grain[:, :, None]
        return Image.fromarray(values.clip(0, 255).astype(numpy.uint8))

    def moved(self, box: Box, page: Page) -> Box:
        """Where a box of the page lies once the page is tilted, in points."""
        angle = math.radians(-self.tilt)
        cx, cy = page.width / 2, page.height / 2
        corners = [(x - cx, y - cy) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs = [cx + x * math.cos(angle) - y * math.sin(angle) for x, y in corners]
        ys = [cy + x * math.sin(angle) + y * math.cos(angle) for x, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


def as_scan(pages: Sequence[Page], places: Places, rng: random.Random) -> tuple[bytes, Places]:
    """A PDF of pictures alone, and where its values stand."""
    scanner = Scanner(rng)
    book: Any = pymupdf.open()
    for number, page in enumerate(pages, 1):
        out = io.BytesIO()
        scanner.picture(page, last=number == len(pages)).save(out, "JPEG", quality=scanner.quality)
        sheet = book.new_page(width=page.width, height=page.height)
        sheet.insert_image(sheet.rect, stream=out.getvalue())
    data: bytes = book.tobytes(no_new_id=True)
    book.close()
    return data, _moved(scanner, pages, places)


def as_png(pages: Sequence[Page], places: Places, rng: random.Random) -> tuple[bytes, Places]:
    """One picture file; of several pages a long picture, one below the other, as telephones join them."""
    scanner = Scanner(rng)
    out = io.BytesIO()
    dots = round(scanner.scale * 72)
    sheets = [scanner.picture(page, last=number == len(pages)) for number, page in enumerate(pages, 1)]
    whole, tops = _joined(sheets)
    whole.save(out, "PNG", dpi=(dots, dots))
    return out.getvalue(), {
        key: [(1, _lower(box, tops[number - 1] / scanner.scale)) for number, box in boxes]
        for key, boxes in _moved(scanner, pages, places).items()
    }


def _joined(sheets: Sequence[Image.Image]) -> tuple[Image.Image, list[int]]:
    """The pictures one below the other, and where each begins."""
    if len(sheets) == 1:
        return sheets[0], [0]
    tops = [sum(sheet.height for sheet in sheets[:n]) for n in range(len(sheets))]
    size = (max(sheet.width for sheet in sheets), sum(sheet.height for sheet in sheets))
    whole = Image.new("RGB" if any(sheet.mode == "RGB" for sheet in sheets) else "L", size)
    for sheet, top in zip(sheets, tops, strict=True):
        whole.paste(sheet, (0, top))
    return whole, tops


def _lower(box: Box, by: float) -> Box:
    return box[0], box[1] + by, box[2], box[3] + by


def _moved(scanner: Scanner, pages: Sequence[Page], places: Places) -> Places:
    return {
        key: [(number, scanner.moved(box, pages[number - 1])) for number, box in boxes]
        for key, boxes in places.items()
    }
