"""Names, telephone numbers and identity numbers replaced by a remark that they were left out."""

from __future__ import annotations

import re

from extractor.patterns import lazy

_ROLE = (
    r"(?:联\s?系\s?人|填\s?[表报]\s?人|经\s?办\s?人|制\s?表\s?人|审\s?核\s?人|复\s?核\s?人|负\s?责\s?人|责任人|法定代表人"
    r"|(?:单位|部门|项目|财务)?(?:负责人|主管)|(?:正|副)?组\s?长|主\s?任|局\s?长|撰稿人|报告人)"
)
_NAME = lazy(
    rf"({_ROLE}\s?(?:[（(](?:签[字名章]|盖章)[)）])?\s?[:：]\s?)"
    r"[\u4e00-\u9fff](?:\s?[\u4e00-\u9fff·]){1,3}(?=\s|$|[，。；、,;|（(]|联系|电话|手机|填|日期)"
)
_MAIL = lazy(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_LONG = lazy(r"\d(?:[ -]?\d){6}")  # the shortest number of a telephone
_NUMBERS = (
    (
        lazy(r"(?<![A-Za-z0-9.])[1-9]\d{5}(?:19|20)\d\d[01]\d[0-3]\d{4}[\dXx](?![A-Za-z0-9.])"),
        "（证件号略）",
    ),
    (lazy(r"(?<![A-Za-z0-9.,])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![A-Za-z0-9.,%万亿元])"), "（电话略）"),
    (
        lazy(r"(?<![A-Za-z0-9.,])[(（]?0\d{2,3}[)）]?[-—－ ]?\d{7,8}(?![A-Za-z0-9.,%万亿元])"),
        "（电话略）",
    ),
    (lazy(r"(?<=电话)([:：]?\s?)\d{7,8}(?![A-Za-z0-9.,%万亿元])"), r"\1（电话略）"),
)


def redact(text: str) -> str:
    """`text` without the names that follow a role, and without telephone, identity and mail addresses."""
    if ":" in text or "：" in text:
        text = _NAME.sub(r"\1（姓名略）", text)
    if "@" in text:
        text = _MAIL.sub("（邮箱略）", text)
    if _LONG.search(text):
        for pattern, remark in _NUMBERS:
            text = pattern.sub(remark, text)
    return text
