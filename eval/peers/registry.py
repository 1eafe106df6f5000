"""Who is compared, on what, and with which settings; a peer that cannot run here says why and is listed all the same."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from eval.cases import ROOT

OWN = ROOT / ".peers" / "bin" / "python"


class Peer(NamedTuple):
    """A tool: where it runs (None: in this process), how it was set, what it costs a page."""

    name: str
    title: str
    settings: str
    python: Path | None = None
    worker: str = ""
    model: bool = False

    @property
    def missing(self) -> str:
        """Why it cannot run here; empty when it can."""
        if self.model:
            return "需要模型接口；配置后同场测"
        if self.python is not None and not self.python.exists():
            return "未安装；运行 scripts/peers"
        return ""


HERE = Path(sys.executable)
TABLE_PEERS = (
    Peer("extractor", "extractor（本项目）", "规则引擎，默认设置；秒数含抽取、复算和全部核查"),
    Peer(
        "pdfplumber",
        "pdfplumber",
        "find_tables，线框策略（vertical_strategy、horizontal_strategy 均为 lines，文档推荐用于有线表格）",
        HERE,
        "pdfplumber",
    ),
    Peer(
        "pymupdf",
        "PyMuPDF find_tables",
        "strategy=lines_strict（文档推荐用于有线表格，不把底色当表格线）",
        HERE,
        "pymupdf",
    ),
    Peer("pymupdf4llm", "pymupdf4llm", "to_markdown，默认设置；由其 Markdown 读回表格", OWN, "pymupdf4llm"),
    Peer("markitdown", "markitdown", "markitdown[pdf]，默认设置；由其 Markdown 读回表格", OWN, "markitdown"),
)
FIGURE_PEERS = (
    Peer("extractor", "extractor（本项目）", "规则引擎，默认设置"),
    Peer("regex", "正则表达式", "数量正则，句内最近的词表名称定指标，最近的阶段词定阶段；词表与本项目相同"),
    Peer("instructor", "instructor（直接抽取）", "按本项目的数据结构整篇抽取", model=True),
    Peer("langextract", "langextract", "文档推荐：few-shot、分块、多遍抽取", model=True),
)
