"""A real desk with one report of every kind, and a real browser looking at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from eval.typeset import as_docx, as_pdf, as_xlsx, pieces_of
from extractor.load import load
from extractor.settings import Settings
from tests.web.conftest import REPO, Desk

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
SOURCE = REPO / "fixtures/yuan_captions/report.txt"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
_PATIENCE = 30_000


def scan(pdf: bytes) -> bytes:
    """The upper part of a first page as a scanner gives it: a picture."""
    with pymupdf.open(stream=pdf) as pages:
        whole = pages[0].rect
        picture: bytes = (
            pages[0]
            .get_pixmap(dpi=130, clip=pymupdf.Rect(0, 0, whole.width, whole.height / 3))
            .tobytes("png")
        )
    return picture


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One report as text, Word, Excel and PDF, and a scan, by kind."""
    folder = tmp_path_factory.mktemp("reports")
    pieces = pieces_of(load(SOURCE, Settings()))
    made = {
        "txt": SOURCE.read_bytes(), "docx": as_docx(pieces), "xlsx": as_xlsx(pieces), "pdf": as_pdf(pieces),
    }  # fmt: skip
    made["png"] = scan(made["pdf"])
    out = {}
    for kind, data in made.items():
        out[kind] = folder / f"报告.{kind}"
        out[kind].write_bytes(data)
    return out


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for every test here: a report handed in once is there for the others."""
    made = Desk(tmp_path_factory.mktemp("desk") / "data")
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed; scripts/system-packages installs it")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


class Seen(list[str]):
    """What a page complained of."""

    def watch(self, page: Page) -> Page:
        """Listen to a page: nothing from elsewhere, no error, nothing that the policy forbids."""
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("console", lambda said: self.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: None if _own(asked.url) else self.append(f"asked for {asked.url}"))
        return page


def _own(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:"))


def _opened(browser: Browser, desk: Desk, seen: Seen, **options: Any) -> BrowserContext:
    context = browser.new_context(base_url=desk.url, accept_downloads=True, locale="zh-CN", **options)
    context.set_default_timeout(_PATIENCE)
    context.on("page", seen.watch)
    return context


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """A page 1280 px wide; at the end it must have complained of nothing."""
    seen = Seen()
    context = _opened(browser, desk, seen, viewport=WIDE)
    yield context.new_page()
    context.close()
    assert [each for each in seen if "status of 4" not in each and "Error Code 4" not in each] == []


@pytest.fixture
def phone(browser: Browser, desk: Desk) -> Iterator[Page]:
    """A page as wide as a phone."""
    seen = Seen()
    context = _opened(browser, desk, seen, viewport=PHONE, has_touch=True)
    yield context.new_page()
    context.close()
    assert seen == []
