"""Whole reports from a few printed lines, for the checks that judge headings, wording and what stands where."""

from __future__ import annotations

from extractor.document import Document
from extractor.extract.rules.engine import extract_rules
from extractor.findings import Check
from extractor.reconcile import reconcile
from extractor.reconcile.companions import Companions
from extractor.schema import Report
from extractor.segment import layout

TITLE = "某县水利局2022年度部门整体支出绩效自评报告\n"
BODY = "本单位按照年初批复的预算组织实施，年内各项任务按时完成，资金使用符合管理办法的规定。\n"


def read(text: str) -> tuple[Document, Report]:
    """The document and the report that the rules read from `text`."""
    document = Document("report.txt", "text/plain", "0" * 64, "text", text)
    return document, extract_rules(document, layout(document))


def checks(text: str, code: str, companions: Companions | None = None) -> tuple[Check, ...]:
    """The ledger lines of one code."""
    document, report = read(text)
    return reconcile(document, None, report, codes=[code], companions=companions)


def fired(text: str, code: str, companions: Companions | None = None) -> list[str]:
    """The severities at which one code fails."""
    return [each.severity for each in checks(text, code, companions) if each.status == "fail"]


def told(text: str, code: str) -> str:
    """What the operands of a failed code quote, from the source or by their names."""
    return "；".join(o.role for each in checks(text, code) if each.status == "fail" for o in each.operands)


def chaptered(*chapters: tuple[str, str]) -> str:
    """A report of the given headings and bodies."""
    return TITLE + "".join(f"{heading}\n{body}" for heading, body in chapters)
