"""The files behind a page: reports that are at hand are linked to, generated ones are written beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from eval.examine import Result
from eval.generate import Item, known

_DRAWN = re.compile(r"(?P<layout>[a-z0-9_]+)-(?P<form>[a-z]+)-(?P<seed>\d+)-(?P<twin>clean|planted)")


def sources(results: Sequence[Result], page: Path) -> dict[str, str]:
    """Case → link from `page` to its file, for every case of which the page shows a miss; generated files are written anew."""
    folder = page.with_name(f"{page.stem}-files")
    out = {}
    for result in results:
        if not (result.misses or result.notes or result.state != "ok"):
            continue
        item = drawn(result.name)
        if item is not None:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / item.file_name).write_bytes(item.data)
            out[result.name] = quote(f"{folder.name}/{item.file_name}")
        elif result.source and Path(result.source).exists():
            out[result.name] = quote(os.path.relpath(Path(result.source).resolve(), page.parent.resolve()))
    return out


def drawn(name: str) -> Item | None:
    """The report of a draw that goes by a name."""
    found = _DRAWN.fullmatch(name)
    return found and known(
        found["layout"], found["form"], int(found["seed"]), sinful=found["twin"] == "planted"
    )
