"""python -m eval.generate: print one synthetic report, write one per layout with its truth, or write a draw as files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from eval.generate import LAYOUTS, draw, generate
from eval.generate.lexicon import KINDS


def main() -> None:
    """Parse the arguments and do it."""
    parser = argparse.ArgumentParser(prog="python -m eval.generate", description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--layout", choices=LAYOUTS)
    parser.add_argument("--truth", action="store_true", help="print the truth instead of the text")
    parser.add_argument("--all", type=Path, metavar="DIR", help="write one report per layout with its truth")
    parser.add_argument("--draw", choices=KINDS, help="with --all: write the reports of this draw as files")
    parser.add_argument("--many", type=int, default=20, help="how many reports of the draw")
    wanted = parser.parse_args()
    if wanted.all is None:
        made = generate(wanted.seed, wanted.layout)
        print(json.dumps(made.truth, ensure_ascii=False, indent=1) if wanted.truth else made.text)
        return
    wanted.all.mkdir(parents=True, exist_ok=True)
    if wanted.draw:
        items = draw(wanted.draw, wanted.many)
        for item in items:
            (wanted.all / item.file_name).write_bytes(item.data)
            told = [f"{plan.code} {plan.kind}：{plan.description}" for plan in item.planted]
            print(f"{item.file_name}  {'；'.join(told)}")
        return
    for layout in LAYOUTS:
        made = generate(wanted.seed, layout)
        (wanted.all / f"{layout}.txt").write_text(made.text, encoding="utf-8", newline="")
        truth = json.dumps(made.truth, ensure_ascii=False, indent=1)
        (wanted.all / f"{layout}.json").write_text(truth + "\n", encoding="utf-8")
    print(f"{len(LAYOUTS)} reports in {wanted.all}")


if __name__ == "__main__":
    main()
