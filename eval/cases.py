"""Cases are data: the five labelled seed reports (when at hand), our fixtures, and generated reports."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from eval.generate import Item, draw, generate
from eval.gold import Gold, load_gold, read_gold
from extractor.document import Document
from extractor.gold import SUFFIX, opened
from extractor.load import load
from extractor.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
LABELS = ROOT / "tests" / "seeds"


@dataclass(frozen=True)
class Case:
    """A report, what it holds, and what the review of it must and must not say.

    `group` is seed, fixture, own or, for a generated report, its layout; `file` names a source of bytes, its suffix the format;
    `printed` is what a picture really shows, where the document's text is only a reading of it. Where the truth was made before
    the file, `place` finds it in what was read from the file. `planted` are the codes that answer each planted error, and `twin`
    the name of the same report without them.
    """

    name: str
    group: str
    source: Path | bytes
    gold: Gold
    findings: dict[str, Any]
    file: str = ""
    printed: str | None = None
    place: Callable[[Document], Gold] | None = None
    planted: tuple[tuple[str, ...], ...] = ()
    twin: str = ""
    digital: bool = True

    def gold_in(self, document: Document) -> Gold:
        """The gold with its places in what was read."""
        return self.place(document) if self.place is not None else self.gold

    @property
    def file_name(self) -> str:
        """The name the report goes by."""
        return self.file or (self.source.name if isinstance(self.source, Path) else f"{self.name}.txt")

    @property
    def form(self) -> str:
        """The file's format, as its suffix says; a PDF of pictures is a scan."""
        suffix = self.file_name.rpartition(".")[2].lower()
        return "scan" if suffix == "pdf" and self.printed is not None else suffix

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.source.read_bytes() if isinstance(self.source, Path) else self.source


class Lot(NamedTuple):
    """A case that is made when it is asked for; `key` changes whenever the case would."""

    name: str
    key: str
    make: Callable[[], Case]


def lots(cases: Iterable[Case]) -> Iterator[Lot]:
    """Cases that are there already."""
    for case in cases:
        told = repr((case.gold, sorted(case.findings.items()))).encode()
        key = hashlib.sha256(case.content + b"\0" + told).hexdigest()[:12]
        yield Lot(case.name, key, lambda case=case: case)  # type: ignore[misc]


def drawn(kind: str, many: int) -> Iterator[Lot]:
    """The reports of a draw, each rendered when it is examined; clean ones stand before their planted twins."""
    version = hash_of("eval/generate/*.py", "eval/planting/*.py")
    waiting = draw(kind, many)
    waiting.reverse()
    while waiting:  # an item keeps its file, so none is kept
        item = waiting.pop()
        yield Lot(
            item.name, hashlib.sha256(f"{item}{version}".encode()).hexdigest()[:12], partial(case_of, item)
        )


def case_of(item: Item) -> Case:
    """The case of an item of a draw, its file rendered."""
    picture = item.format in ("scan", "png")
    data = item.data
    return Case(
        item.name,
        item.layout,
        data,
        Gold(),
        {} if item.sinful else {"complete": True, "clean": True},
        item.file_name,
        item.printed if picture else None,
        lambda document: read_gold(item.gold(document), document.text),
        tuple(planted.codes for planted in item.planted),
        item.twin if item.sinful else "",
        item.digital,
    )


@cache
def hash_of(*patterns: str) -> str:
    """A short hash of the project's files of these patterns, names and contents."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def seeds_folder() -> Path | None:
    """Where the five reports lie: EXTRACTOR_SEEDS, or shared/seeds beside the project; None when absent."""
    named = os.environ.get("EXTRACTOR_SEEDS")
    for folder in [Path(named)] if named else [ROOT.parent / "shared" / "seeds"]:
        if folder.is_dir():
            return folder
    return None


def canonical(source: Path | bytes) -> str:
    """The canonical text that gold offsets index."""
    name = source.name if isinstance(source, Path) else "case.txt"
    return load(source, Settings(max_characters=10_000_000), file_name=name).text


def _findings(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def seed_cases() -> Iterator[Case]:
    """The seeds whose labels stand in tests/seeds and whose files are at hand."""
    folder = seeds_folder()
    if folder is None:
        return
    for labels in sorted(LABELS.glob("[0-9][0-9][0-9].toml")):
        report = next(folder.glob(f"{labels.stem}_*.txt"), None)
        if report is not None:
            findings = _findings(LABELS / f"findings_{labels.stem}.toml")
            yield Case(labels.stem, "seed", report, load_gold(labels, canonical(report)), findings)


def fixture_cases() -> Iterator[Case]:
    """Our own fixtures."""
    for folder in sorted(p for p in FIXTURES.iterdir() if p.is_dir()):
        report = next(folder.glob("report.*"))
        gold = load_gold(folder / "expected.json", canonical(report))
        yield Case(folder.name, "fixture", report, gold, _findings(folder / "findings.toml"))


def generated_cases(layout: str, seeds: range) -> Iterator[Case]:
    """Reports written by the generator, whose truth was fixed before they were rendered."""
    for seed in seeds:
        made = generate(seed, layout)
        yield Case(
            f"{layout}-{seed}",
            layout,
            made.text.encode(),
            read_gold(made.truth, made.text),
            {"complete": True, "clean": True},
        )


def own_cases(folder: Path) -> Iterator[Case]:
    """A user's own reports: every `expected.json` or `NAME.expected.json` below `folder`, with the report it names beside it.

    What its review must and must not say stands in `findings` of the same file, or in a `findings.toml` beside it.
    """
    golds = sorted(folder.rglob("*expected.json"))
    if not golds:
        raise FileNotFoundError(
            f"{folder} 里没有标准答案（*expected.json）；请用 extractor gold new 报告 生成，改好后与报告放在一起"
        )
    for path in golds:
        data, report = opened(path)
        gold = read_gold(data, canonical(report))
        findings = data.get("findings") or _findings(path.with_name("findings.toml"))
        name = path.parent.name if path.name == "expected.json" else path.name.removesuffix(SUFFIX)
        yield Case(name, "own", report, gold, findings)
