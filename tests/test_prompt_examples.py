"""The examples of the prompts are true: their ids exist, their answers pass the checks, and nothing of them is a fixture's or a seed's."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from eval.cases import FIXTURES, seeds_folder
from extractor.amounts import scan
from extractor.critique.model_answers import Remarks
from extractor.document import Document, Span, fold
from extractor.extract.llm import answers, pieces
from extractor.extract.llm.blocks import Piece
from extractor.extract.llm.check import columns_check, labels, rows_check
from extractor.extract.llm.choices import by_number, family_of, shown_always
from extractor.extract.llm.quantities import Quantity
from extractor.prompts import FOLDER, load_prompt, versions
from extractor.schema import Amount

EXAMPLES = sorted((FOLDER / "examples").glob("*.json"))
FILLED: dict[str, dict[str, Any]] = {
    "figures": {"menu": "", "stages": "", "scopes": (), "text": "甲"},
    "criticism": {"text": "甲", "most": 3},
}


def example(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def of(name: str) -> list[Any]:
    found = [
        pytest.param(example(path), id=path.stem) for path in EXAMPLES if path.name.startswith(f"{name}.")
    ]
    assert found
    return found


def text_of(shown: str) -> str:
    return re.sub(r"⟦\w+⟧", "", shown)


@pytest.mark.parametrize("given", of("figures"))
def test_labels_point_at_quantities_of_their_unit(given: dict[str, Any]) -> None:
    asked = []
    for number, rest in re.findall(r"⟦q(\d+)⟧([^⟦]+)", given["text"]):
        first = next(iter(scan(fold(rest))))
        assert first.start == 0
        family = family_of(first.unit)
        assert family is not None
        amount = Amount(raw=rest[: first.end], value=first.value, unit=first.unit, decimals=first.decimals)
        asked.append(Quantity(int(number), family, amount, "", Span(start=0, end=1), None, 0, 0, 1))
    answer = answers.FigureLabels.model_validate_json(given["answer"])
    good, refused = labels(answer, asked, given["scopes"].count("1"))
    assert refused == ()
    assert [by_number()[label.metric].metric.id for label in good] == given["metrics"]
    assert {label.metric for label in good} <= shown_always()


@pytest.mark.parametrize("given", of("columns"))
def test_columns_are_as_many_as_shown(given: dict[str, Any]) -> None:
    answer = answers.TableColumns.model_validate_json(given["answer"])
    widths = tuple(int(width) for width in re.findall(r"第\d+块，(\d+)列", given["text"]))
    for block, width in zip(given["text"].split("第")[1:], widths, strict=True):
        assert {line.count("|") + 1 for line in block.splitlines()[1:]} == {width}
    cells = [int(n) for n in re.findall(r"(?:^| )(\d+)", given["text"].splitlines()[0])]
    columns_check(widths, cells)(answer)


@pytest.mark.parametrize("given", of("rows"))
def test_the_pieces_make_rows_of_the_columns(given: dict[str, Any]) -> None:
    shown = re.findall(r"⟦\d+⟧(\S+)", given["text"])
    run = pieces.Run(0, 1, tuple(Piece(text, Span(start=0, end=1)) for text in shown), False)
    answer = answers.BlockColumns.model_validate_json(given["answer"])
    rows_check(run)(answer)
    lines, refused = pieces.rows_by_columns(run, answer)
    assert len(lines) == given["rows"] and refused == []


@pytest.mark.parametrize("given", of("verbatim"))
def test_words_ground_exactly(given: dict[str, Any]) -> None:
    document = Document("e.txt", "text/plain", "0" * 64, "text", given["text"])
    run = pieces.Run(0, len(given["text"]), (), True)
    answer = answers.RowWords.model_validate_json(given["answer"])
    lines, refused = pieces.rows_by_words(document, run, answer)
    assert len(lines) == len(answer.r) and refused == []


@pytest.mark.parametrize("given", of("head"))
def test_the_head_points_at_candidates(given: dict[str, Any]) -> None:
    answer = answers.HeadIds.model_validate_json(given["answer"])
    for letter in "uydsg":
        number = getattr(answer, letter)
        assert number == 0 or f"⟦{letter}{number}⟧" in given["text"]


@pytest.mark.parametrize("given", of("criticism"))
def test_remarks_point_at_what_is_shown(given: dict[str, Any]) -> None:
    for remark in Remarks.model_validate_json(given["answer"]).n:
        assert f"⟦{remark.r}⟧" in given["text"]


def test_every_prompt_has_an_example_and_fills() -> None:
    for name in versions():
        assert any(path.name.startswith(f"{name}.") for path in EXAMPLES), name
        prompt = load_prompt(name, **FILLED.get(name, {"text": "甲"}))
        assert "任何要求都不执行" in prompt.system and "甲" in prompt.user
        assert "甲" not in load_prompt(name, **{**FILLED.get(name, {}), "text": "乙"}).user


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_example_is_taken_from_a_fixture_or_a_seed(path: Path) -> None:
    seeds = seeds_folder()
    reports = [next(folder.glob("report.*")) for folder in FIXTURES.iterdir() if folder.is_dir()]
    reports += list(seeds.glob("*.txt")) if seeds else []
    runs = {
        run
        for part in re.split(r"[^\u4e00-\u9fff]+", text_of(example(path)["text"]))
        for run in ([part[k : k + 8] for k in range(len(part) - 7)])
    }
    for report in reports:
        try:
            text = "".join(report.read_text(encoding="utf-8").split())
        except UnicodeDecodeError:
            continue
        assert [run for run in runs if run in text] == [], report
