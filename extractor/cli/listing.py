"""`extractor schema`, `checks`, `metrics`: the contract, the catalogue and the glossary."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from extractor.cli.outermost import DONE
from extractor.render.terminal import WIDE, Screen, table
from extractor.render.usage import Parser
from extractor.settings import Settings


def schema(parser: Parser) -> None:
    """Describe `extractor schema`."""
    _describe(parser, "输出数据的 JSON Schema", _schema)


def checks(parser: Parser) -> None:
    """Describe `extractor checks`."""
    _describe(parser, "核查规则目录", _checks)


def metrics(parser: Parser) -> None:
    """Describe `extractor metrics`."""
    _describe(parser, "指标词表", _metrics)


def _describe(parser: Parser, what: str, text: Callable[[], str]) -> None:
    """A command without options that prints `text`."""

    def command(options: argparse.Namespace, settings: Settings, screen: Screen) -> int:
        screen.say(text())
        return DONE

    parser.usage, parser.description = parser.prog, f"显示{what}。"
    parser.set_defaults(command=command)


def _schema() -> str:
    import json

    from extractor.records import json_schema
    from extractor.review import Review

    return json.dumps(json_schema(Review), ensure_ascii=False, indent=2)


def _checks() -> str:
    from extractor.reconcile import RULES

    rows = [
        (rule.code, rule.severity, rule.title, f"不适用：{rule.needs}") for _, rule in sorted(RULES.items())
    ]
    return table([("代码", "级别", "核查项", "何时不适用"), *rows], WIDE)


def _metrics() -> str:
    from extractor.metrics import METRICS

    rows = [(metric.id, metric.name, metric.unit, "、".join(metric.aliases)) for metric in METRICS]
    return table([("id", "名称", "单位", "报告中的称谓"), *rows], WIDE)
