"""axe-core, as its package gives it, run in a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

_AXE = (Path(__file__).parent / "axe/axe.min.js").read_text(encoding="utf-8")
_GRAVE = ("serious", "critical")


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical in a page: rule and element."""
    page.evaluate(_AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {node['html'][:200]} ({(node['any'] or node['all'] or node['none'])[0]['message'][:160]})"
        for each in found["violations"]
        if each["impact"] in _GRAVE
        for node in each["nodes"][:5]
    ]
