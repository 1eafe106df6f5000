"""python -m eval.generate: print one synthetic report, or write one per layout with its truth."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from eval.generate import LAYOUTS, generate


def main() -> None:
    """Parse the arguments and do it."""
    parser = argparse.ArgumentParser(prog="python -m eval.generate", description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--layout", choices=LAYOUTS)
    parser.add_argument("--truth", action="store_true", help="print the truth instead of the text")
    parser.add_argument("--all", type=Path, metavar="DIR", help="write one report per layout with its truth")
    wanted = parser.parse_args()
    if wanted.all is None:
        made = generate(wanted.seed, wanted.layout)
        print(json.dumps(made.truth, ensure_ascii=False, indent=1) if wanted.truth else made.text)
        return
    wanted.all.mkdir(parents=True, exist_ok=True)
    for layout in LAYOUTS:
        made = generate(wanted.seed, layout)
        (wanted.all / f"{layout}.txt").write_text(made.text, encoding="utf-8", newline="")
        truth = json.dumps(made.truth, ensure_ascii=False, indent=1)
        (wanted.all / f"{layout}.json").write_text(truth + "\n", encoding="utf-8")
    print(f"{len(LAYOUTS)} reports in {wanted.all}")


if __name__ == "__main__":
    main()
