"""The output contract, version 1: names that clients rely on; adding is free, renaming is not."""

from __future__ import annotations

import pytest

from extractor.document import Section, Span, SpanPart, Table, TableCell
from extractor.findings import Check, Note, Operand
from extractor.records import Record, json_schema
from extractor.review import DocumentRecord, Overall, Review, Run
from extractor.schema import (
    Amount,
    BaseCell,
    BaseRow,
    Cell,
    Evidence,
    Figure,
    Fund,
    Indicator,
    Project,
    Report,
)

CONTRACT: dict[type[Record], str] = {
    Review: "document report checks notes overall run schema_version",
    DocumentRecord: "file_name media_type sha256 characters loader text pages",
    Report: "unit_name grade total_score fiscal_year fiscal_year_span report_date report_date_span kind profile sections tables "
    "figures funds indicators base_data projects",
    Section: "id parent level number title span",
    Table: "id title kind scope n_rows n_cols header_rows pages span cells",
    TableCell: "id row col rowspan colspan text span",
    Figure: "id metric label scope stage period amount span section table row column evidence",
    Fund: "id table scope item initial annual executed points rate score",
    Indicator: "id table scope level1 level1_points level2 level3 target actual points score reason",
    BaseRow: "id table item metric cells",
    BaseCell: "column stage period cell",
    Project: "id name department implementing_unit initial annual executed goal_expected goal_actual total_points total_score "
    "grade tables",
    Check: "id code title status severity cause formula formula_text computed reported difference tolerance operands reason",
    Operand: "name ref value unit role spans",
    Note: "id code severity location quote comment action basis spans checks cause_group origin state dismiss_reason",
    Overall: "verdict recomputed_score recomputed_grade counts",
    Run: "engine model prompts chunks dropped warnings log",
    Cell: "id raw text value unit comparator kind span evidence",
    Amount: "raw value unit decimals comparator base_value",
    Evidence: "grounding engine confidence certain flags alternatives",
    Span: "start end page bbox address parts",
    SpanPart: "start end page bbox address",
}


@pytest.mark.parametrize("model", CONTRACT, ids=lambda m: m.__name__)
def test_names_of_the_contract(model: type[Record]) -> None:
    assert set(CONTRACT[model].split()) <= set(model.fields())


def test_the_schema_describes_every_record() -> None:
    schema = json_schema(Review)
    assert {"Cell", "Figure", "Indicator", "Check", "Note"} <= set(schema["$defs"])
