"""python -m eval.picture [file]: the review desk as a browser shows it, for the README."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from eval.kill import Desk

REPO = Path(__file__).resolve().parent.parent
FIXTURE = REPO / "fixtures/yuan_captions/report.txt"
PICTURE = REPO / "docs/desk.png"
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)
_SETTLED = 2.5  # seconds until nothing flashes any more


def main() -> int:
    """Write the picture; exit 2 without a browser."""
    program = shutil.which("chromium")
    if program is None:
        print("没有找到 chromium；请先运行 scripts/system-packages", file=sys.stderr)
        return 2
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        desk = Desk(Path(folder) / "data")
        desk.open()
        try:
            browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 660})
            _shown(page, f"http://127.0.0.1:{desk.port}")
            page.screenshot(path=target)
            browser.close()
        finally:
            desk.kill()
    return 0


def _shown(page: Page, address: str) -> None:
    """A report handed in by hand, its failed checks, and one of their values in the source."""
    page.goto(address)
    page.set_input_files("#files", FIXTURE)
    page.locator("#rows tr.done a").click(timeout=60_000)
    page.get_by_role("tab", name="勾稽").click()
    page.locator(".check.c-fail button.v").last.click()
    page.locator("#inspector.open").wait_for()
    time.sleep(_SETTLED)


if __name__ == "__main__":
    sys.exit(main())
