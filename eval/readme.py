"""python -m eval.readme: rewrite what the README shows of the product from the product itself; a test compares both."""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

from eval.model_six import table
from extractor import review
from extractor.cli import main as extractor
from extractor.ground import cells_of
from extractor.reconcile import RULES
from extractor.records import jsonable
from extractor.render.summary import summary

REPO = Path(__file__).resolve().parent.parent
README = REPO / "README.md"
PICTURE = "fixtures/yuan_captions/report.txt"
_BLOCK = re.compile(r"(<!-- shown: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def _fenced(text: str, language: str = "text") -> str:
    return f"```{language}\n{text.rstrip()}\n```\n"


def _printed(*arguments: str) -> str:
    """What `extractor …` prints where no terminal is."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out):
        extractor(list(arguments))
        out.flush()
    buffer = out.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def _picture() -> str:
    return _fenced(f"$ extractor review {PICTURE}\n{summary(review(REPO / PICTURE), 80)}")


def _check() -> str:
    """A failed check and a cell it rests on, as they stand in the JSON."""
    result = review(REPO / PICTURE)
    check = next(check for check in result.checks if check.status == "fail" and check.formula)
    cells = {cell.id: cell for cell in cells_of(result.report)}
    refs = [operand.ref for operand in check.operands if operand.ref in cells]
    shown = [jsonable(check), *(jsonable(cells[ref]) for ref in refs[:1] if ref)]
    return _fenced(
        "\n".join(_short(json.dumps(each, ensure_ascii=False, indent=2)) for each in shown), "json"
    )


def _short(text: str) -> str:
    """JSON with every innermost object and list on one line."""
    return re.sub(r"[{\[][^{}\[\]]*[}\]]", lambda m: re.sub(r"\s*\n\s*", " ", m[0]), text)


def _checks() -> str:
    rows = [f"| {rule.code} | {rule.severity} | {rule.title} |" for _, rule in sorted(RULES.items())]
    return "\n".join(["| 代码 | 级别 | 核查项 |", "|---|---|---|", *rows]) + "\n"


SHOWN: dict[str, Callable[[], str]] = {
    "picture": _picture,
    "json": _check,
    "help": lambda: _fenced(_printed("--help")),
    "review_help": lambda: _fenced(_printed("review", "--help")),
    "serve_help": lambda: _fenced(_printed("serve", "--help")),
    "gold_help": lambda: _fenced(_printed("gold", "--help")),
    "checks": _checks,
    "model": table,
}


def rewritten(text: str) -> str:
    """`text` with every shown block made anew."""
    return _BLOCK.sub(lambda m: m[1] + SHOWN[m[2]]() + m[3], text)


def main() -> int:
    """Rewrite the README."""
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
    print("README.md shows what the product does now")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
