"""The prose figures of the five real reports against their labels; skipped where the reports are not at hand."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from extractor.document import Document, Passage, Section, Span, fold
from extractor.extract.rules.figures import FigureContext, read_figures
from extractor.schema import Figure

LABELS = Path(__file__).parent / "seeds"
CLASSES = ("money", "staff", "rate", "score", "grade")
HEADING = re.compile(
    r"^[\s#*]*(\(?[一二三四五六七八九十]+[)、]|\(?\d{1,2}[)、.](?!\d))(?P<title>[^。;]{2,40})$"
)
FINISHED = tuple("。;:!?.")


def split(text: str) -> tuple[list[Passage], list[Section]]:
    """A trivial splitter: a line is a passage, joined with the next when it is cut; a numbered short line is a heading."""
    folded = fold(text)
    passages: list[Passage] = []
    sections = [
        Section(id="s0", parent=None, level=0, number="", title="", span=Span(start=0, end=len(text)))
    ]
    stack: list[tuple[int, str]] = []
    open_pieces: list[tuple[int, int]] = []

    def flush() -> None:
        if open_pieces:
            pieces, at = [], 0
            for start, end in open_pieces:
                pieces.append((at, start, end - start))
                at += end - start
            words = "".join(folded[a:b] for a, b in open_pieces)
            passages.append(Passage(sections[-1].id, words, tuple(pieces)))
            open_pieces.clear()

    at = 0
    for line in folded.split("\n"):
        start, at = at, at + len(line) + 1
        body = line.strip()
        if not body or "\t" in line:
            if "\t" in line:
                flush()
            continue
        match = HEADING.match(line)
        if match:
            flush()
            kind = re.sub(r"\d+", "1", re.sub(r"[一二三四五六七八九十]+", "一", match[1]))
            level = {"一、": 1, "(一)": 2, "1.": 3, "1、": 3, "(1)": 4}.get(kind, 5)
            while stack and stack[-1][0] >= level:
                stack.pop()
            parent = stack[-1][1] if stack else None
            id = f"s{len(sections)}"
            sections.append(
                Section(
                    id=id,
                    parent=parent,
                    level=level,
                    number=match[1],
                    title=match["title"],
                    span=Span(start=start, end=at - 1),
                )
            )
            stack.append((level, id))
        offset = start + line.index(body)
        open_pieces.append((offset, offset + len(body)))
        if match or body.endswith(FINISHED) or len(body) < 20:
            flush()
    flush()
    return passages, sections


def read(labels: dict[str, Any], text: str) -> list[Figure]:
    """The figures of one report, with the project names its forms print."""
    names = tuple(text[a:b] for p in labels.get("projects", []) if p.get("name") for a, b in [p["name"]])
    passages, sections = split(text)
    document = Document(labels["file"], "text/plain", "", "text", text)
    return read_figures(document, passages, sections, FigureContext(labels["head"]["fiscal_year"], names))


def squeeze(text: str) -> str:
    return "".join(fold(text).split())


def faults(want: dict[str, Any], text: str, got: Figure | None) -> list[str]:
    """What is wrong with the figure found for a label; `missing` when there is none."""
    if got is None:
        return ["missing"]
    scope = want["scope"] if isinstance(want["scope"], str) else text[slice(*want["scope"])]
    wrong = [
        f"{k}={getattr(got, k)}"
        for k in ("metric", "stage", "period")
        if getattr(got, k) not in want[k].split("|")
    ]
    one, two = squeeze(scope), squeeze(got.scope)
    if one not in two and two not in one:
        wrong.append(f"scope={got.scope}")
    return wrong


def test_prose_figures_of_the_real_reports(seeds_dir: Path) -> None:
    total = found = right = 0
    lines = []
    for path in sorted(LABELS.glob("???.toml")):
        labels = tomllib.loads(path.read_text(encoding="utf-8"))
        text = (seeds_dir / labels["file"]).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        by_place = {(f.span.start, f.span.end): f for f in read(labels, text)}
        for want in labels["figures"]:
            if want.get("table") or want["class"] not in (*CLASSES, "count"):
                continue
            wrong = faults(want, text, by_place.get(tuple(want["span"])))
            if want["class"] in CLASSES:
                total += 1
                found += wrong != ["missing"]
                right += not wrong
            if wrong:
                place = text[slice(*want["span"])]
                lines.append(
                    f"{path.stem} {want['class']} {want['metric']} {want['stage']} {place!r} @{want['span'][0]}: {wrong}"
                )
    report = f"found {found}/{total}, right {right}/{total}\n" + "\n".join(lines)
    print(report)
    assert found >= 0.97 * total, report
    assert right >= 0.97 * total, report
