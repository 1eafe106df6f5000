"""The column vocabulary: which role a printed column head plays, by the data in columns.toml."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractor.patterns import lazy
from extractor.profiles.reading import profile

_BRACKETS = lazy(r"\([^()]*\)|\[[^\[\]]*\]")
_MARKS = ":*#_\"'“”"
_REASON = lazy(
    r"(?:执行率)?(?:偏差|未完成|未达标|得失分|扣分|失分)(?:大或目标未完成)?(?:的)?(?:原因|理由|依据)(?:分析|说明)?(?:(?:及|和|与)(?:拟采取的|下一步)?(?:改进|整改)?(?:措施|原因))?$"
)
_CAUSES = ("原因", "理由", "依据")
_COUNTED = frozenset("户人个亩台套件次处座家头只册名项吨米株间所条")
_YEAR = lazy(r"(?:19|20)\d{2}年?度?")


@cache
def _data() -> dict[str, dict[str, list[str] | str]]:
    return profile("columns")


@cache
def _table(family: str) -> dict[str, str]:
    """Cleaned head → role, for one family (indicator, money, base, head)."""
    out: dict[str, str] = {}
    for role, heads in _data()[family].items():
        for head in heads:
            out.setdefault(head, role)
    return out


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((role, re.compile(str(source))) for role, source in _data()["patterns"].items())


def clean_head(text: str) -> str:
    """A column head without white space, marks and bracketed remarks: `年度指标值(A)` → `年度指标值`."""
    if text.isalnum():
        return text
    head = "".join(text.split())
    for mark in _MARKS:
        if mark in head:
            head = head.replace(mark, "")
    bare = _BRACKETS.sub("", head) if "(" in head or "[" in head else head
    return bare or head.strip("()[]")


def role_of(family: str, text: str) -> str | None:
    """The role of a folded column head in `family`, or None; long text is never a head."""
    return None if not text or len(text) > 40 else _role(family, text)


@lru_cache(maxsize=8192)
def _role(family: str, text: str) -> str | None:
    if family == "money" and text[-3:-2] == "(" and text[-1] == ")" and text[-2] in _COUNTED:
        return None  # 完成数(户) is no amount
    head = clean_head(text)
    found = _table(family).get(head)
    if found is None and head[:2] in ("19", "20") and (year := _YEAR.match(head)):
        found = _table(family).get(head[year.end() :])
    if found is not None or len(head) > 24:
        return found
    for role, pattern in _patterns():
        if role in _data()[family] and pattern.search(head):
            return role
    return None


@lru_cache(maxsize=8192)
def is_word(text: str) -> bool:
    """Whether a text is, letter for letter, a head of the vocabulary or a label of a form's head."""
    head = clean_head(text)
    if any(head in _table(family) for family in ("indicator", "money", "base", "head")):
        return True
    return any(word in head for word in _CAUSES) and _REASON.match(head) is not None


@cache
def words_of(family: str, role: str) -> frozenset[str]:
    """The heads that the vocabulary lists under one role."""
    return frozenset(_data()[family][role])


@cache
def heads(family: str) -> tuple[str, ...]:
    """All known heads of a family, longest first."""
    return tuple(sorted(_table(family), key=len, reverse=True))
