"""Forms whose cells have no separator at all: labels cut by vocabulary, values only where the form's arithmetic leaves one way.

`年度资金总额186.4167.7690%109` is 186.4 | 167.76 | 90% | 10 | 9 because no other cut has a rate of 90 % and a score of nine
tenths. Where two cuts are possible the cells are marked unreadable; nothing is guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.document import Document
from extractor.patterns import lazy
from extractor.profiles.columns import heads as known_heads
from extractor.profiles.columns import role_of, words_of
from extractor.segment.atoms import Atom, atom_of
from extractor.segment.forms import Builder, Form, Row
from extractor.segment.glued_heads import TOTAL, Head, form_lines, glued_head, split_heads
from extractor.segment.glued_indicators import Total, indicator_rows
from extractor.segment.glued_money import MoneyRow, money_rows
from extractor.segment.lines import Line
from extractor.segment.marks import FORCED, LIKELY, UNREADABLE, marked
from extractor.segment.solving import number_of
from extractor.segment.splits import readings

GOAL_EXPECTED, GOAL_ACTUAL = words_of("goal", "expected"), words_of("goal", "actual")


def _either(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_LABELS = lazy(
    rf"(?:{'|'.join(re.escape(h) for h in known_heads('head') if len(h) > 3 and h[:2] + h[2:4] not in ('项目主管', '项目实施', '项目单位'))})"
    r"(?:\([^()]{1,8}\)|及代码)?\s?:?"
)
_MONEY = lazy(
    _either(
        frozenset(
            h for h in known_heads("money") if role_of("money", h) in ("initial", "annual") and len(h) > 2
        )
    )
)
_MONEY_FRAME = lazy(
    r"(?:项目|预算|年度)?(?:资金(?:情况|投入情况|来源|总额)?|预算执行情况|年度预算数)\s?(?:\((?:万元|元|\d+分)\)\s?)*$"
)
_UNIT = lazy(r"\((万元|元)\)")
_FRAME = r"(?:(?:项目)?年度?(?:总体|绩效)?目标(?:完成情况)?|总体目标(?:完成情况)?|绩效目标(?:完成情况)?)"
_GOALS = lazy(rf"{_FRAME}?\s?(?P<expected>{_either(GOAL_EXPECTED)})\s?(?P<actual>{_either(GOAL_ACTUAL)})")
_KEYED = lazy(rf"(?P<key>{_either(GOAL_EXPECTED | GOAL_ACTUAL)}):")
_IND_FRAME = lazy(r"(?:年度)?(?:项目)?绩效指标(?:完成情况)?\s*$")
_GRADE = lazy(
    r"(?:(?:评价|自评)?(?:等级|等次|结果):?\s?)?(优秀|优良|优|良好|良|中等|中|合格|不合格|较差|差)$"
)


def glued_region(
    document: Document, lines: list[Line], at: int, floor: int
) -> tuple[int, int, list[list[Atom]]] | None:
    """(first line, one past the last, one atom per line) of the glued form whose heads stand on line `at`."""
    if not glued_head(document.folded, lines[at]):
        return None
    first, last = form_lines(lines, at, floor)
    return (
        first,
        last,
        [[atom_of(document, [(line.start, line.end)])] for line in lines[first:last] if line.cls == "p"],
    )


def read_glued(document: Document, rows: list[list[Atom]]) -> list[Form]:
    """The form in the lines of a glued region."""
    start, end = rows[0][0].start, rows[-1][-1].end
    folded = document.folded
    found = next(
        h for row in rows for a in row if (h := glued_head(folded, Line(a.start, a.end, a.text, "p")))
    )
    reader = _Reader(document, start, end, found)
    reader.read()
    return reader.builder.close()


class _Reader:
    """Cuts one form into head, money, goals, indicators and total."""

    def __init__(self, document: Document, start: int, end: int, found: list[Head]) -> None:
        self.document, self.start, self.end, self.found = document, start, end, found
        self.folded = document.folded
        self.builder = Builder()

    def read(self) -> None:
        above = self.found[0].start
        frame = _IND_FRAME.search(self.folded, self.start, above)
        above = frame.start() if frame else above
        goals = self.goals(above)
        money = self.money_heads(goals)
        self.pairs(money[0].start if money else goals)
        total_row = self.money(money, goals)
        self.indicators(total_row)

    def goals(self, above: int) -> int:
        """Read the goals printed before `above`; returns where they begin."""
        pair = _GOALS.search(self.folded, self.start, above)
        keyed = list(_KEYED.finditer(self.folded, self.start, above))
        if keyed and len(keyed) <= 3:
            for n, match in enumerate(keyed):
                stop = keyed[n + 1].start() if n + 1 < len(keyed) else above
                name = "expected" if match["key"] in GOAL_EXPECTED and n == 0 else "actual"
                self.goal(name, match.end(), stop)
            head = re.compile(rf"{_FRAME}\s*$").search(self.folded, self.start, keyed[0].start())
            return head.start() if head else keyed[0].start()
        if pair is None:
            return above
        cut = self.halfway(pair.end(), above)
        if cut is not None:
            self.goal("expected", pair.end(), cut, LIKELY)
            self.goal("actual", cut, above, LIKELY)
        return pair.start()

    def halfway(self, start: int, end: int) -> int | None:
        """Where the second of two goal texts begins: at the one place that repeats the first one's opening."""
        text = self.folded[start:end]
        lead = len(text) - len(text.lstrip())
        opening = text[lead : lead + 4]
        places = (
            [m.start() for m in re.finditer(re.escape(opening), text) if m.start() > lead]
            if len(opening) == 4
            else []
        )
        places = [p - (text[p - 1] == "已") for p in places]
        places = [p for p in places if text[:p].rstrip()[-1:] in "。;."]
        return start + places[0] if len(places) == 1 else None

    def goal(self, name: str, start: int, end: int, mark: int = 0) -> None:
        atom = marked(self.document, [(start, end)], mark)
        if atom.text:
            self.builder.form.goals.append((name, atom))
            self.builder.grid([atom])

    def money_heads(self, below: int) -> list[Head]:
        """The heads of the money block, or none."""
        for match in _MONEY.finditer(self.folded, self.start, below):
            found = split_heads(self.folded, match.start(), below, "money")
            if len(found) >= 3 and {"executed"} & {h.role for h in found}:
                return found
        return []

    def pairs(self, below: int) -> None:
        """Labels of the form's head and what stands between them."""
        frame = _MONEY_FRAME.search(self.folded, self.start, below)
        stop = frame.start() if frame else below
        unit = _UNIT.search(self.folded, stop, below)
        if unit:
            self.builder.form.unit = unit[1]
        labels = list(_LABELS.finditer(self.folded, self.start, stop))
        starts = [self.label_start(labels, n) for n in range(len(labels))]
        for n, match in enumerate(labels):
            until = starts[n + 1] if n + 1 < len(labels) else stop
            line_end = self.folded.find("\n", match.end(), until)
            until = line_end if line_end >= 0 and self.folded[match.end() : line_end].strip() else until
            label = atom_of(self.document, [(starts[n], match.end())])
            mark = 0 if match[0].endswith(":") else LIKELY if until - match.end() <= 60 else UNREADABLE
            value = marked(self.document, [(match.end(), until)], mark)
            role = role_of("head", label.text.rstrip(":"))
            if role is not None:
                self.builder.head(role, label, value if value.text else None)
                self.builder.grid([label, value])

    def label_start(self, labels: list[re.Match[str]], n: int) -> int:
        """Where a label begins: 项目主管部门 behind anything but a project's name, which may itself end in 项目."""
        start = labels[n].start()
        named = n > 0 and role_of("head", labels[n - 1][0].rstrip(":")) == "project_name"
        return start - 2 if n and not named and self.folded.endswith("项目", 0, start) else start

    def money(self, found: list[Head], below: int) -> MoneyRow | None:
        if not found:
            return None
        columns, rows, total = money_rows(self.document, found, found[-1].end, below)
        if not rows:
            return None
        self.block("money", columns, rows)
        return total

    def block(self, kind: str, columns: tuple, rows: list[Row]) -> None:  # type: ignore[type-arg]
        header: Row = [c.head for c in columns]
        self.builder.header(kind, columns, [header])
        self.builder.form.header_rows += 1
        self.builder.grid(header)
        for row in rows:
            self.builder.row(row, self.builder.grid(row))
        self.builder.block = None

    def indicators(self, money: MoneyRow | None) -> None:
        start = self.found[-1].end
        totals = list(TOTAL.finditer(self.folded, start, self.end))
        stop = totals[-1].start() if totals else self.end
        row = self.total(totals[-1]) if totals else []
        score = number_of(row[2].text) if len(row) > 2 and row[2] is not None else None
        columns, rows = indicator_rows(
            self.document, self.found, start, stop, Total(score, self.money_score(money))
        )
        self.block("indicator", columns, rows)
        if row:
            self.builder.form.totals.append(row)
            self.builder.grid(row)

    def money_score(self, money: MoneyRow | None) -> Decimal | None:
        """The money row's score when every cut agrees on it."""
        if money is None:
            return None
        scores = {money.row.values[r].get("score") for r in money.row.readings}
        return scores.pop() if len(scores) == 1 else None

    def total(self, label: re.Match[str]) -> Row:
        """总分, its points and score when they can be cut in one way, and a grade."""
        end = self.folded.find("\n", label.end(), self.end)
        end = end if end >= 0 else self.end
        digits = re.compile(r"[\d.\s]*\d分?").match(self.folded, label.end(), end)
        row: Row = [atom_of(self.document, [label.span()])]
        if digits is None:
            return row
        whole = readings(self.folded, *digits.span(), ("points",))
        whole = [r for r in whole if r[0] == digits.span()]
        cuts = (
            []
            if whole
            else [r for r in readings(self.folded, *digits.span(), ("points", "score")) if self.descending(r)]
        )
        if len(cuts) == 1 and cuts[0][0] and cuts[0][1]:
            row += [marked(self.document, [place], FORCED) for place in cuts[0] if place]
        elif whole:
            row.append(marked(self.document, [digits.span()], 0))
        grade = _GRADE.search(self.folded[digits.end() : end].rstrip())
        if grade:
            at = digits.end() + grade.start(1)
            row.append(marked(self.document, [(at, digits.end() + grade.end(1))], 0))
        return row

    def descending(self, cut: tuple[tuple[int, int] | None, ...]) -> bool:
        """A total score never exceeds its points, and the points of a form are tens."""
        points, score = (number_of(self.folded[slice(*p)]) if p else None for p in cut)
        return points is not None and score is not None and score <= points and points >= 10
