"""FMT-09: sentences that speak to a program instead of the reader. They change nothing here, and a person must know of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.remarks import numbered, spot

# No author of a report tells the reader to disregard instructions, speaks to an AI, or dictates what is to be put out. In front of
# each pattern the words of which it must hold one: nearly every report holds none, and no pattern is tried.
_COMMANDS = (
    (
        ("忽略", "无视", "忘记", "忘掉", "理会", "跳过"),
        lazy(
            r"(?:忽略|无视|忘记|忘掉|不要理会|不必理会|请跳过)(?:你)?(?:以上|上述|之前|前面|此前|先前|上面|前述|以前|所有|全部|一切)(?:的|所有|全部|一切)*"
            r"(?:要求|指令|提示词?|指示|设定|命令|规则|约束|限制|内容)(?:[,，、并且]*(?:请|直接)?[将把]?[^。;,]{0,10}(?:改|输出|判|打|给)[为成出]?[^。;,]{0,8})?"
        ),
    ),
    (
        ("人工智能", "语言模型", "大模型", "智能助手", "聊天机器人", "AI"),
        lazy(
            r"(?:你(?:现在|将|要)?(?:是|扮演)|作为)(?:一[个名位])?(?:AI|人工智能|大?语言模型|大模型|智能助手|聊天机器人)(?:助手|审核员|模型)?(?=[,。;:你请])"
        ),
    ),
    (
        ("提示词", "im_start", "im_end", "INST]", "<<SYS>>"),
        lazy(r"系统提示词|<\|im_(?:start|end)\|>|\[/?INST\]|<<SYS>>"),
    ),
    (
        ("ignore", "Ignore", "IGNORE", "disregard", "Disregard"),
        lazy(r"(?:ignore|disregard)(?:all|any|the)*(?:previous|above|prior|earlier)(?:instructions?|prompts?|rules?)", re.I),
    ),
    (
        ("输出", "返回", "回复", "回答"),
        lazy(r"(?:请直接|直接|务必|请只|只需)(?:输出|返回|回复|回答)[^。;,]{0,8}(?:满分|100分|无问题|没有问题|审核通过)"),
    ),
    (
        ("请将", "请把"),
        lazy(r"请[把将][^。;,]{0,8}(?:得分|分数|总分|评分|等级|结论)(?:一律|全部|都|统一)?(?:改|输出|判|写|填)(?:为|成|作)[^。;,]{0,8}(?:100|满分|优|通过)"),
    ),
    (
        ("任何问题", "任何错误", "任何意见"),
        lazy(r"(?:不要|禁止|切勿)(?:指出|报告|列出|提出|输出|生成)[^。;,]{0,4}任何(?:问题|错误|意见)"),
    ),
)  # fmt: skip


@check("FMT-09", "疑似写给程序的指令", "P2", "没有可检查的文字")
def commands(case: Case) -> Iterator[Check]:
    """Text that asks a program for something: to disregard its instructions, to put out a score."""
    text = case.plain_text
    if not text:
        return
    found = {}
    for words, pattern in _COMMANDS:
        if any(word in text for word in words):
            for match, span in case.found(pattern):
                found[span.start] = spot(span.start, span.end, match[0])
    if found:
        yield line("FMT-09", "fail", numbered("text", [found[at] for at in sorted(found)]))
    else:
        yield passed("FMT-09", "没有写给程序的指令")
