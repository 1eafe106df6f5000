"""Blocks as a web page: real tables with spans, in the code pages and with the clutter of government sites."""

from __future__ import annotations

import random
from collections.abc import Sequence

from eval.generate.canvas import Part
from eval.generate.grid import Addresses, Block, Grid, Text, addressed
from eval.generate.word import escaped

_HEAD = '<!DOCTYPE html><html><head><meta charset="{}"><title>{}</title><style>td{{border:1px solid}}</style></head><body>'


def as_html(blocks: Sequence[Block], rng: random.Random, title: str) -> tuple[bytes, Addresses]:
    """The bytes of the page, and the cells its values stand in."""
    code = rng.choice(("gb2312", "utf-8", "utf-8"))
    wordy = rng.random() < 0.5
    out = [_HEAD.format(code, escaped(title))]
    if rng.random() < 0.4:
        out.append("<div class='nav'>首页 &gt; 政务公开 &gt; 预算/决算</div><div>浏览次数：1023</div>")
    tables, addresses = 0, Addresses()
    for block in blocks:
        if isinstance(block, Text):
            out.append(_paragraph(block.parts, block.level, wordy))
            continue
        out += [_paragraph(parts, 0, wordy) for parts in block.before]
        tables += 1
        addresses |= addressed(block, tables)
        out.append(_table(block, wordy))
        out += [_paragraph(parts, 0, wordy) for parts in block.after]
    out.append("</body></html>")
    return "".join(out).encode("gb18030" if code == "gb2312" else code), addresses


def _inner(parts: Sequence[Part], wordy: bool) -> str:
    text = escaped("".join(part if isinstance(part, str) else part.text for part in parts))
    text = text.replace("  ", "&nbsp; ").replace("\n", "<br>")
    return f'<span style="font-family:宋体;font-size:12pt">{text or "&nbsp;"}</span>' if wordy else text


def _paragraph(parts: Sequence[Part], level: int, wordy: bool) -> str:
    tag = {-1: "h2", 1: "h3"}.get(level, "p")
    return f"<{tag}>{_inner(parts, wordy) or '&nbsp;'}</{tag}>"


def _table(grid: Grid, wordy: bool) -> str:
    out = ["<table border='1' cellspacing='0'><tbody>"]
    for row in grid.rows:
        cells = []
        for cell in row.cells:
            spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            inner = _inner(cell.parts, wordy) or "&nbsp;"
            cells.append(f"<td{spans}>{f'<p>{inner}</p>' if wordy else inner}</td>")
        out.append(f"<tr>{''.join(cells)}</tr>")
    return "".join([*out, "</tbody></table>"])
