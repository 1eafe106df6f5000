"""python -m eval.bench_load: digital PDF beside raw PyMuPDF, pdfplumber and find_tables on the same files; exit 1 below a bar.

Speed and accuracy of cells, tables joined over pages, places of values, memory of a long file. The files are our fixtures
and generated reports printed by LibreOffice, and tables printed by our own press; nothing is read but what a run has made.
"""

from __future__ import annotations

import io
import json
import logging
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import pymupdf

from eval.cases import fixture_cases, generated_cases
from eval.gold import squeeze
from eval.press import Rows, Way, press
from eval.pressed import form
from eval.sheets import Sheet, pieces_of
from eval.typeset import FORMS, as_pdf
from extractor.document import Document, Span, slices
from extractor.load import load
from extractor.load.pdf import load_pdf
from extractor.pipeline import review
from extractor.records import Record
from extractor.settings import Settings

RAW, PLUMBER, MEGABYTES, PAGES, PLACES = 0.40, 10.0, 400, 1000, 0.99
JOINED = 60  # tables
_DENSE = 40  # cells on a page
_LAYOUTS = ("tables", "small_tables", "final_accounts")
_ROOMY = Settings(max_characters=20_000_000)


class Made(NamedTuple):
    """A PDF, the texts of its tables' cells, and what kind it is."""

    group: str
    data: bytes
    cells: Counter[str]

    @property
    def pages(self) -> int:
        """How many pages it has."""
        with pymupdf.open(stream=self.data) as pdf:
            return len(pdf)


def corpus() -> Iterator[Made]:
    """Light and dense reports, and tables over many pages."""
    cases = [*fixture_cases(), *(case for layout in _LAYOUTS for case in generated_cases(layout, range(2)))]
    for case in cases[::2] if "PDF" in FORMS else ():
        pieces = pieces_of(load(case.source, Settings(), case.file_name))
        sheets = [piece for piece in pieces if isinstance(piece, Sheet)]
        cells = Counter(text for s in sheets for row in s.rows for c in row if (text := squeeze(c.text)))
        data = as_pdf(pieces)
        made = Made("", data, cells)
        if cells:
            yield made._replace(group="密" if cells.total() > _DENSE * made.pages else "轻")
    for seed in range(6):
        rows, widths = form(random.Random(seed), 90 + 30 * seed)
        way = Way(("lines", "frames", "bars")[seed % 3], size=8 + seed % 3, head=1, lines_before=10)
        cells = Counter(squeeze(cell.text) for row in rows for cell in row if cell.text)
        yield Made("多页", press(rows, widths, way), cells)


# Speed and accuracy


def raw(data: bytes) -> None:
    """Words and drawings as PyMuPDF gives them."""
    with pymupdf.open(stream=data) as pdf:
        for page in pdf:
            page.get_text("words")
            page.get_cdrawings()


def ours(data: bytes) -> Counter[str]:
    """The texts of the cells of our grids."""
    document = load_pdf(data, "bench.pdf", _ROOMY)
    return Counter(text for grid in document.grids for cell in grid.cells if (text := squeeze(cell.text)))


def plumber(data: bytes) -> Counter[str]:
    """The texts of the cells of pdfplumber's tables."""
    import pdfplumber  # noqa: PLC0415 - a neighbour, only measured beside us

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
    return Counter(text for table in tables for row in table for cell in row if (text := squeeze(cell or "")))


def finder(data: bytes) -> Counter[str]:
    """The texts of the cells of PyMuPDF's find_tables."""
    with pymupdf.open(stream=data) as pdf:
        tables = [table.extract() for page in pdf for table in page.find_tables().tables]
    return Counter(text for table in tables for row in table for cell in row if (text := squeeze(cell or "")))


def _timed(work: Callable[[bytes], Any], data: bytes, rounds: int) -> tuple[float, Any]:
    best, result = float("inf"), None
    for _ in range(rounds):
        start = time.process_time()
        result = work(data)
        best = min(best, time.process_time() - start)
    return best, result


def speed(files: Sequence[Made]) -> bool:
    """Print pages a second and cells right, group by group, and whether the bars hold."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    good = True
    for group in ("轻", "密", "多页", "全部"):
        own = [made for made in files if group in (made.group, "全部")]
        if not own:
            continue
        pages = sum(made.pages for made in own)
        seconds: dict[str, float] = defaultdict(float)
        right: Counter[str] = Counter()
        of: Counter[str] = Counter()
        for made in own:
            for name, work, rounds in (
                ("raw", raw, 3),
                ("ours", ours, 3),
                ("plumber", plumber, 1),
                ("finder", finder, 1),
            ):
                taken, cells = _measured(made, name, work, rounds)
                seconds[name] += taken
                if cells is not None:
                    right[name] += (cells & made.cells).total()
                    of[name] += (cells | made.cells).total()
        to_raw, to_plumber = seconds["raw"] / seconds["ours"], seconds["plumber"] / seconds["ours"]
        accuracy = {name: right[name] / of[name] for name in of}
        holds = to_raw >= RAW and to_plumber >= PLUMBER and accuracy["ours"] >= accuracy["plumber"]
        good = good and holds
        print(
            f"{_mark(holds)} {group}（{len(own)}份{pages}页）：{pages / seconds['ours']:.0f} 页/秒，"
            f"为 PyMuPDF 原始词与线的 {100 * to_raw:.0f}%（≥ {100 * RAW:.0f}%），pdfplumber 表格的 {to_plumber:.0f} 倍（≥ {PLUMBER:.0f}），"
            f"find_tables 的 {seconds['finder'] / seconds['ours']:.0f} 倍\n"
            f"    单元格相同：本程序 {100 * accuracy['ours']:.2f}%，pdfplumber {100 * accuracy['plumber']:.2f}%，"
            f"find_tables {100 * accuracy['finder']:.2f}%",
            flush=True,
        )
    return good


_kept: dict[tuple[int, str], tuple[float, Counter[str] | None]] = {}


def _measured(
    made: Made, name: str, work: Callable[[bytes], Any], rounds: int
) -> tuple[float, Counter[str] | None]:
    """One measurement for each file and reader, whichever groups it counts in."""
    key = (id(made.data), name)
    if key not in _kept:
        _kept[key] = _timed(work, made.data, rounds)
    return _kept[key]


# Tables over page breaks


def breaking_ways(rng: random.Random) -> Way:
    """A way of printing in which pages break a table somewhere."""
    head, again = rng.choice((0, 1)), rng.choice(("", "", "续表", "项目支出绩效自评表（续）"))
    return Way(
        rng.choice(("lines", "frames", "bars", "double")),
        size=rng.choice((7.5, 9, 10.5)),
        head=head,
        again=again,
        split=rng.random() < 0.5,
        centred=rng.random() < 0.3,
        foot=rng.choice(("", "— {n} —", "第 {n} 页 共 {of} 页")),
        lines_before=rng.randint(0, 25),
    )


def joined() -> bool:
    """Print how many rows of generated tables over two to six pages come back, each once."""
    right = rows_of = tables = pages = 0
    for seed in range(JOINED):
        rng = random.Random(seed)
        rows, widths = form(rng, rng.randint(30, 110))
        data = press(rows, widths, breaking_ways(rng), ["以上为全部指标。"])
        document = load_pdf(data, "joined.pdf", Settings())
        expected, found = wanted_rows(rows), read_rows(document)
        right += (expected & found).total()
        rows_of += (expected | found).total()
        tables += len(document.grids) == 1
        pages += len(document.pages)
    holds = right == rows_of
    print(
        f"{_mark(holds)} 跨页表：{JOINED} 份 {pages} 页，行 {right}/{rows_of} = {100 * right / rows_of:.2f}%（= 100%，无重复），"
        f"合为一张表 {tables}/{JOINED}",
        flush=True,
    )
    return holds


def wanted_rows(rows: Rows) -> Counter[tuple[str, ...]]:
    """Every row as its texts."""
    return Counter(tuple(squeeze(cell.text) for cell in row if cell.text) for row in rows)


def read_rows(document: Document) -> Counter[tuple[str, ...]]:
    """Every row of the grids as its texts."""
    out: Counter[tuple[str, ...]] = Counter()
    for grid in document.grids:
        rows: list[list[str]] = [[] for _ in range(grid.n_rows)]
        for cell in grid.cells:
            if text := squeeze(cell.text):
                rows[cell.row].append(text)
        out.update(tuple(row) for row in rows if row)
    return out


# Places


def places(files: Sequence[Made]) -> bool:
    """Print how many values' boxes hold the value's own characters, by the PDF's own words, and how many hold no other line."""
    right = of = close = 0
    misses: list[str] = []
    for made in files:
        done = review(made.data, Settings(), file_name="report.pdf")
        with pymupdf.open(stream=made.data) as pdf:
            printed = [_characters(page) for page in pdf]
        for span in set(_spans(done.report)):
            text = squeeze(slices(done.document.text, span))
            if not text:
                continue
            of += 1
            inside = _inside(span, printed)
            if not Counter(text) - Counter(inside):
                right += 1
                close += len(inside) <= len(text) + 4 or bool(span.parts)
            else:
                misses.append(f"{text[:30]}｜{inside[:40]}")
    holds = right >= PLACES * of
    print(
        f"{_mark(holds)} 页面位置：{right}/{of} = {100 * right / of:.2f}% 的值，框内有它的字（≥ {100 * PLACES:.0f}%）；"
        f"{100 * close / of:.1f}% 的框内几乎没有别的字",
        flush=True,
    )
    for miss in misses[:5]:
        print("   ", miss)
    return holds


def _spans(record: Any) -> Iterator[Span]:
    if isinstance(record, Span):
        if record.page is not None:
            yield record
    elif isinstance(record, Record):
        for value in vars(record).values():
            yield from _spans(value)
    elif isinstance(record, tuple):
        for each in record:
            yield from _spans(each)


def _characters(page: Any) -> list[tuple[float, float, str]]:
    """The middle of every printed character."""
    return [
        ((c["bbox"][0] + c["bbox"][2]) / 2, (c["bbox"][1] + c["bbox"][3]) / 2, c["c"])
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for c in span["chars"]
        if c["c"].strip()
    ]


def _inside(span: Span, printed: Sequence[Sequence[tuple[float, float, str]]]) -> str:
    """What is printed in the boxes of a span."""
    found = []
    for part in span.parts or (span,):
        if part.page is None or part.bbox is None:
            continue
        x0, y0, x1, y1 = part.bbox
        found += [c for x, y, c in printed[part.page - 1] if x0 <= x <= x1 and y0 <= y <= y1]
    return squeeze("".join(found))


# Memory


_LONG = """
import json, resource, sys
from extractor.load.pdf import load_pdf
from extractor.load.wire import pack
from extractor.settings import Settings
data = sys.stdin.buffer.read()
document = load_pdf(data, "long.pdf", Settings(max_characters=20_000_000))
size = len(pack(document))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"peak": peak, "pages": len(document.pages), "rows": sum(g.n_rows for g in document.grids), "bytes": size}))
"""


def memory(files: Sequence[Made]) -> bool:
    """Print the most memory that a process needs that reads a file of a thousand pages and sends the answer."""
    with pymupdf.open() as pdf:
        while len(pdf) < PAGES:
            for made in files:
                with pymupdf.open(stream=made.data) as part:
                    pdf.insert_pdf(part, to_page=min(len(part), PAGES - len(pdf)) - 1)
                if len(pdf) >= PAGES:
                    break
        data = pdf.tobytes(deflate=True, garbage=3)
    done = subprocess.run([sys.executable, "-c", _LONG], input=data, stdout=subprocess.PIPE, check=True)
    result = json.loads(done.stdout)
    peak = result["peak"] / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    holds: bool = peak <= MEGABYTES and result["pages"] == PAGES
    print(
        f"{_mark(holds)} 内存：{result['pages']} 页（{result['rows']} 行表格，{len(data) >> 20} MB）峰值 {peak:.0f} MB（≤ {MEGABYTES}）",
        flush=True,
    )
    return holds


def main() -> int:
    """Print every bar with its measure."""
    files = list(corpus())
    if "PDF" not in FORMS:
        print("没有安装 LibreOffice，只测自印的表格", file=sys.stderr)
    results = [speed(files), joined(), places(files), memory(files)]
    return 0 if all(results) else 1


def _mark(good: bool) -> str:
    return "✓" if good else "✗"


if __name__ == "__main__":
    raise SystemExit(main())
