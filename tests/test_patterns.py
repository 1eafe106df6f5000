"""Lazy patterns: they answer like compiled ones, and every one in the product compiles."""

from __future__ import annotations

import importlib
import pkgutil
import re

import extractor
from extractor.patterns import _Lazy, lazy


def test_a_lazy_pattern_answers_like_a_compiled_one() -> None:
    late, compiled = lazy(r"(?P<year>\d{4})年"), re.compile(r"(?P<year>\d{4})年")
    text = "2021年与2022年"
    assert late.findall(text) == compiled.findall(text)
    assert late.sub("某年", text) == "某年与某年"
    assert late.groupindex == compiled.groupindex
    found = late.search(text)
    assert found is not None and found["year"] == "2021"


def test_nothing_is_compiled_before_it_is_asked() -> None:
    pat = lazy("(")
    assert pat.pattern == "("


def test_every_pattern_of_the_product_compiles() -> None:
    seen = 0
    for module in pkgutil.walk_packages(extractor.__path__, "extractor."):
        if module.name.endswith(("__main__", ".migrations.env")) or module.name.startswith(
            "extractor.load.ocr."
        ):
            continue  # programs, a script of alembic's, an extra
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, _Lazy):
                re.compile(value.pattern, value.flags)
                seen += 1
    assert seen > 0
