"""Tables without any delimiter: one cell a line, columns kept by spaces, or a whole form on one line."""

from __future__ import annotations

import re
from itertools import pairwise

from extractor.document import Document
from extractor.patterns import lazy
from extractor.profiles.columns import clean_head, role_of
from extractor.segment.atoms import (
    ITEM,
    LEVEL1,
    LEVEL2,
    LIKE_PAGE,
    NA,
    NUM,
    PAGE,
    PCT,
    QTY,
    Atom,
    atom_of,
    kind_of,
)
from extractor.segment.contents import are_contents
from extractor.segment.kinds import MONEY, VALUES
from extractor.segment.lines import LIKE_PAGE as LINE_LIKE_PAGE
from extractor.segment.lines import PAGE_NUMBER, Line, head_role, is_heading, is_tail, is_title
from extractor.segment.pairs import is_words_row
from extractor.segment.rejoin import rejoin
from extractor.segment.splits import COMPARE, UNIT

_TOKEN = lazy(r"\S+")
_UNIT_PIECE = lazy(rf"(?:[余多]?{UNIT}|[余多][^\W\d_]{{1,2}})(?:以上|以下|以内|左右)?(?:[-~至]\d*)?|分\)")
# a bare number behind 10月 is a day only where 日 follows it, else the cell of 分值
_DATE_GOES_ON = lazy(r"年\d{1,2}月.*|月\d{1,2}日.*|[-~至]\d.*")
_COMPARED, _NUMBERED = lazy(rf"[(]?{COMPARE}"), ("目标", "指标", "任务")
_FLAT = ("三级指标", "二级指标", "全年预算", "年初预算", "全年执行", "编制数", "决算数", "执行数")
_LISTED = lazy(r"^\d{1,2}[.、]\s*\D")
_NEAR = 14
_ABOVE = 120  # lines, the blank ones among them
_BEFORE_HEADS = (("indicator", "frame"), ("money", "name"), ("indicator", "seq"), ("money", "seq"))
_PLANNED = (("money", "initial"), ("money", "annual"))
_PAGE_KINDS = {PAGE_NUMBER: PAGE, LINE_LIKE_PAGE: LIKE_PAGE}


def stream_regions(
    document: Document, lines: list[Line], first: int, last: int
) -> list[tuple[int, int, str, list[Atom]]]:
    """(first line, last line, kind, atoms) for every undelimited table in `lines[first:last)`."""
    out: list[tuple[int, int, str, list[Atom]]] = []
    i = first
    while i < last:
        line = lines[i]
        if line.cls != "p":
            i += 1
            continue
        start = _cell_lines_start(lines, i, last)
        if start is not None:
            begin = _back(lines, _first_head(lines, start), out[-1][1] if out else first)
            end = _cell_lines_end(lines, start, last)
            atoms = [a for line in _kept(lines, begin, end) for a in _line_atom(document, line)]
            out.append((begin, end, "cell_lines", rejoin(document, atoms)))
            i = end
            continue
        if _is_head_row(line.text):
            begin = _back(lines, i, out[-1][1] if out else first)
            end = _spaced_end(lines, i, last)
            kind = "flat" if end - i <= 2 and len(line.text) > 150 else "spaced"
            out.append((begin, end, kind, _tokens(document, lines, begin, end)))
            i = end
            continue
        i += 1
    return out


def _kept(lines: list[Line], begin: int, end: int) -> list[tuple[Line, int]]:
    """Lines with the count of empty cells before each.

    Each blank line is an empty cell; where one stands between all cells it separates them, and an empty cell is a second one
    with a separator of its own.
    """
    body, gap = [], 0
    for line in lines[begin:end]:
        if line.cls == "B":
            gap += 1
        else:
            body.append((line, gap))
            gap = 0
    gaps = [gap for _, gap in body[1:]]
    base = 1 if gaps and sum(g >= 1 for g in gaps) > 0.9 * len(gaps) else 0
    size = 2 if base and sum(g % 2 for g in gaps) > 0.9 * len(gaps) else 1
    return [(line, max(0, gap - base) // size) for line, gap in body]


def _line_atom(document: Document, kept: tuple[Line, int]) -> list[Atom]:
    line, gap = kept
    blanks = [atom_of(document, [(line.start, line.start)]) for _ in range(min(gap, 6))]
    atom = atom_of(document, [(line.start, line.end)])
    return [*blanks, atom._replace(kind=atom.kind | _PAGE_KINDS[line.page]) if line.page else atom]


def _cell_lines_start(lines: list[Line], i: int, last: int) -> int | None:
    """`i` when a run of column heads, one a line, begins there."""
    found = head_role(lines[i].text)
    if found is None or found[1] in ("frame", "seq", "reason", "unit", "unit_name", "name"):
        return None
    roles, seen = {found}, 1
    for line in lines[i + 1 : min(last, i + 3 * _NEAR)]:
        if line.cls == "B":
            continue
        if line.cls != "p" or seen >= _NEAR:
            break
        seen += 1
        role = head_role(line.text)
        if role:
            roles.add(role)
        elif kind_of(line.text.replace(" ", "")) & (NUM | PCT | LEVEL1):
            break
    indicator = {r for f, r in roles if f == "indicator"}
    money = {r for r in ("initial", "annual", "executed", "rate") if ("money", r) in roles}
    near = [line.text for line in lines[i : min(last, i + 8)] if line.cls == "p"][:3]
    if are_contents(near) or (found in _PLANNED and _alternates(lines, i, last)):
        return i
    if found == ("indicator", "target") and "actual" in indicator and _of_indicators(lines, i, last):
        return i
    if (
        {"level3", "level2"} & indicator
        and {"points", "score", "target", "actual"} & indicator
        and len(indicator) >= 4
    ):
        return i
    base = {r for f, r in roles if f == "base"}
    if (len(base) >= 2 or {"annual", "executed"} <= money) and _next_is_base(lines, i, last):
        return i
    if len(money) >= 2 and {("money", "name"), ("money", "duty")} & roles:
        return i
    return i if len(money) >= 3 or (len(money) >= 2 and ("indicator", "score") in roles) else None


def _of_indicators(lines: list[Line], i: int, last: int) -> bool:
    """Whether 绩效指标 stands right above a target at line `i`, and what was done and how far right below it."""
    above = next((line.text for line in reversed(lines[max(0, i - 3) : i]) if line.cls == "p"), "")
    near = [role_of("indicator", line.text) for line in lines[i : min(last, i + 6)] if line.cls == "p"][:3]
    named = role_of("indicator", above) == "frame" and above.endswith("指标")
    return named and len(near) == 3 and near[1] == "actual" and near[2] is not None


def _alternates(lines: list[Line], i: int, last: int) -> bool:
    """预算数:, its number, 执行数:, its number, one below the other."""
    near = [line.text for line in lines[i : min(last, i + 12)] if line.cls == "p"][:6]
    if len(near) > 3 and clean_head(near[2]).endswith("到位数"):
        near = [*near[:2], *near[4:]]  # what arrived, between what was planned and what was spent
    if len(near) < 4 or head_role(near[2]) != ("money", "executed"):
        return False
    return all(kind_of(text.replace(" ", "")) & (NUM | QTY) for text in near[1:4:2])


def _next_is_base(lines: list[Line], i: int, last: int) -> bool:
    """编制数 | 在职人数 | 控制率, or the years' 决算数 and 预算数, one below the other."""
    near = [line.text for line in lines[i : min(last, i + 4)] if line.cls == "p"]
    return len(near) >= 2 and role_of("base", near[0]) is not None and role_of("base", near[1]) is not None


def _first_head(lines: list[Line], start: int) -> int:
    """The first of the names and of 序号 right above line `start`: 任务名称 alone opens no table, above 主要内容 it does."""
    while start and lines[start - 1].cls == "p" and head_role(lines[start - 1].text) in _BEFORE_HEADS:
        start -= 1
    return start


def _back(lines: list[Line], start: int, floor: int) -> int:
    """Where the form begins: its title and head pairs stand a few short lines above the first column head."""
    begin, seen = start, 0
    for k in range(start - 1, max(floor, start - _ABOVE) - 1, -1):
        line = lines[k]
        if line.cls == "B":
            continue
        seen += 1
        if (
            line.cls != "p"
            or seen > _ABOVE // 3
            or (seen > 20 and (len(line.text) > 30 or "。" in line.text))
            or (is_heading(line.text) and not is_title(line.text))
            or is_tail(line.text)
        ):
            break
        if is_title(line.text):
            return k
        if len(line.text) > 60 or line.text.endswith("。"):
            if seen > 3:
                break
            continue
        tokens = line.text.split()
        if (
            role_of("head", line.text)
            or role_of("head", tokens[0])
            or role_of("head", line.text.split(":")[0])
        ):
            begin = k
    return begin


def _tabular(text: str) -> bool:
    if len(text) > 30 or (is_heading(text) and not kind_of(text) & LEVEL1):
        return False
    kind = kind_of(text.replace(" ", ""))
    return (
        bool(kind & (NUM | PCT | LEVEL1 | LEVEL2 | QTY | NA))
        or head_role(text) is not None
        or is_words_row(text)
    )


def _cell_lines_end(lines: list[Line], start: int, last: int) -> int:
    """One past the last line with tabular evidence before prose takes over."""
    end, idle = start + 1, 0
    for k in range(start, last):
        line = lines[k]
        if line.cls == "B":
            continue
        if line.cls != "p" or (
            is_heading(line.text)
            and len(line.text) < 40
            and not _tabular(line.text)
            and not _cells_follow(lines, k, last)
        ):
            break
        if is_tail(line.text) and idle > 1:
            break
        if _tabular(line.text):
            end, idle = k + 1, 0
        else:
            idle += 1
            if idle > 14 or (idle > 6 and len(line.text) > 120):
                break
    if (
        end < last
        and lines[end].cls == "p"
        and len(lines[end].text) < 30
        and not (
            is_heading(lines[end].text)
            or is_tail(lines[end].text)
            or is_title(lines[end].text)
            or _LISTED.match(lines[end].text)
        )
    ):
        end += 1
    return end


def _all_heads(tokens: list[str]) -> bool:
    """Whether nearly every token is a column head of one family, one of them what the rows are called."""
    if not 5 <= len(tokens) <= 16 or any(len(token) > 16 for token in tokens):
        return False
    for family, name, values in (("indicator", "level3", VALUES), ("money", "name", MONEY)):
        known = [role for token in tokens if (role := role_of(family, token))]
        named = name in known or (family == "indicator" and any(t.endswith("绩效指标") for t in tokens))
        if named and len(known) * 4 >= len(tokens) * 3 and len(values & set(known)) >= 2:
            return True
    return False


def _cells_follow(lines: list[Line], k: int, last: int) -> bool:
    """Whether a heading among cells names a section of their table: a label and its numbers stand right below it."""
    near = [line.text for line in lines[k + 1 : min(last, k + 7)] if line.cls != "B"][:4]
    if len(near) < 3 or any(len(text) > 30 or "。" in text for text in near):
        return False
    kinds = [kind_of(text.replace(" ", "")) for text in near]
    return sum(1 for kind in kinds if kind & (NUM | PCT | QTY | NA)) >= 2


def _row_follows(lines: list[Line], k: int, last: int) -> bool:
    """Whether a heading among printed rows names a section of their table: a row of numbers stands right below it."""
    below = next((line.text for line in lines[k + 1 : min(last, k + 3)] if line.cls == "p"), "")
    tokens = below.split()
    if len(tokens) < 3 or "。" in below or is_heading(below):
        return False
    return sum(1 for token in tokens if kind_of(token) & (NUM | PCT | QTY | NA)) * 2 >= len(tokens)


def _is_head_row(text: str) -> bool:
    """Whether a plain line prints several column heads side by side."""
    if len(text) < 12:
        return False
    bare = text.replace(" ", "")
    tokens = text.split()
    if not any(head in bare for head in _FLAT):
        return _all_heads(tokens)
    for family, least in (("indicator", 3), ("money", 3), ("base", 2)):
        if len({r for t in tokens if (r := role_of(family, t))}) >= least:
            return True
    squeezed = clean_head(text) if len(text) < 200 else bare
    return "三级指标" in squeezed and ("分值" in squeezed or "得分" in squeezed) and len(tokens) > 4


def _row_like(tokens: list[str]) -> bool:
    """Whether a line of tokens could be a row: a number, a level, dashes, or a label of money alone."""
    kinds = [kind_of(t) for t in tokens]
    if any(kind & (NUM | PCT | LEVEL1 | LEVEL2 | NA) for kind in kinds):
        return True
    return len(tokens) < 3 and (bool(kinds[0] & ITEM) or is_words_row(tokens[0]))


def _spaced_end(lines: list[Line], start: int, last: int) -> int:
    end, idle = start + 1, 0.0
    for k in range(start + 1, last):
        line = lines[k]
        if line.cls == "B":
            idle += 0.5
            continue
        if (
            line.cls != "p"
            or is_tail(line.text)
            or (
                is_heading(line.text)
                and len(line.text) < 40
                and not re.search(r"\d\s+\d", line.text)
                and not _row_follows(lines, k, last)
            )
        ):
            break
        tokens = line.text.split()
        if _row_like(tokens) or _is_head_row(line.text):
            end, idle = k + 1, 0.0
        else:
            idle += 1
        if idle > 6 or (idle > 2 and len(line.text) > 120):
            break
    return end


def _tokens(document: Document, lines: list[Line], begin: int, end: int) -> list[Atom]:
    """White-space tokens; the first of a line carries a gap, so that a row is likely to open there."""
    atoms: list[Atom] = []
    for line in lines[begin:end]:
        first = 1
        for start, stop in _cells_of_line(document.folded, line):
            atoms.append(atom_of(document, [(start, stop)], first))
            first = 0
    return rejoin(document, atoms)


def _cells_of_line(folded: str, line: Line) -> list[tuple[int, int]]:
    """The pieces of a line; where wide gaps part its columns, a single space inside a value parts nothing: 2200 余份."""
    spans = [match.span() for match in _TOKEN.finditer(folded, line.start, line.end)]
    if all(b[0] - a[1] < 2 for a, b in pairwise(spans)):
        return spans
    out = spans[:1]
    for k, (start, stop) in enumerate(spans[1:], 1):
        before = folded[slice(*out[-1])]
        after = spans[k + 1][0] if k + 1 < len(spans) else stop
        if start - out[-1][1] == 1 and _is_one_value(before, folded[start:stop], folded[after : after + 1]):
            out[-1] = (out[-1][0], stop)
        else:
            out.append((start, stop))
    return out


def _is_one_value(before: str, after: str, following: str) -> bool:
    """Whether two pieces are a number and its unit, a comparison and its number, or a date; `following` begins the next piece."""
    if after[0].isdigit():
        whole = after + following if following in ("月", "日") else after
        dated = before[:1].isdigit() and _DATE_GOES_ON.fullmatch(before[-1] + whole) is not None
        return dated or before in _NUMBERED or _COMPARED.fullmatch(before) is not None
    return before[-1].isdigit() and _UNIT_PIECE.fullmatch(after) is not None
