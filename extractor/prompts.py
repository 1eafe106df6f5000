"""The prompts as files: `prompts/<name>.vN.jinja`, the newest version, filled strictly.

A template has two blocks, `system` (what never changes, so that a provider can keep it) and `user` (the text of one question).
Its examples are `prompts/examples/<name>.*.json`, given to the template as `examples`.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.patterns import lazy

if TYPE_CHECKING:
    from jinja2 import Template

_HERE = Path(__file__).resolve().parent
FOLDER = next((each for each in (_HERE / "_prompts", _HERE.parent / "prompts") if each.is_dir()), _HERE)
_FILE = lazy(r"(?P<name>[a-z][a-z0-9_]*)\.v(?P<version>[1-9]\d*)\.jinja")


class Prompt(NamedTuple):
    """One question, ready to send; `hash` is of the template and its examples, never of what filled it."""

    name: str
    version: int
    system: str
    user: str
    hash: str

    @property
    def id(self) -> str:
        """How a run records the prompt, e.g. `figures.v1:0a1b2c3d4e5f6071`."""
        return f"{self.name}.v{self.version}:{self.hash}"


def load_prompt(name: str, *, folder: Path = FOLDER, **values: Any) -> Prompt:
    """The newest version of prompt `name` filled with `values`; a value that the template wants and lacks raises jinja2's UndefinedError."""
    version, template, examples, digest = _loaded(name, folder)
    given = {"examples": examples, **values}
    parts = {
        block: "".join(render(template.new_context(given))).strip()
        for block, render in template.blocks.items()
    }
    return Prompt(name, version, parts["system"], parts["user"], digest)


def versions(folder: Path = FOLDER) -> dict[str, int]:
    """The newest version of every prompt there is."""
    newest: dict[str, int] = {}
    for path in folder.glob("*.jinja"):
        if found := _FILE.fullmatch(path.name):
            newest[found["name"]] = max(int(found["version"]), newest.get(found["name"], 0))
    return dict(sorted(newest.items()))


@cache
def _loaded(name: str, folder: Path) -> tuple[int, Template, tuple[Any, ...], str]:
    """(version, template, examples, hash) of prompt `name`, read once."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - a plain review sends no prompt

    known = versions(folder)
    if name not in known:
        raise LookupError(f"no prompt {name!r}; known: {', '.join(known) or 'none'}")
    source = (folder / f"{name}.v{known[name]}.jinja").read_text(encoding="utf-8")
    digest = hashlib.sha256(source.encode())
    examples = []
    for path in sorted((folder / "examples").glob(f"{name}.*.json")):
        text = path.read_text(encoding="utf-8")
        digest.update(f"\0{path.name}\0{text}".encode())
        examples.append(json.loads(text))
    environment = Environment(  # noqa: S701 - a prompt is no web page
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(source)
    if set(template.blocks) != {"system", "user"}:
        raise ValueError(
            f"prompt {name!r} must have the blocks system and user, not {sorted(template.blocks)}"
        )
    return known[name], template, tuple(examples), digest.hexdigest()[:16]
