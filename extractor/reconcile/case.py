"""What a check is given: the document, the report, the rules, and the views of them that several checks share."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from extractor.document import Document, Span, Table
from extractor.patterns import lazy
from extractor.profiles import Rules, Standard
from extractor.reconcile.basetable import BaseTable, base_tables
from extractor.reconcile.forms import Form, forms_of
from extractor.reconcile.values import Value, of_figure, sure
from extractor.schema import OVERALL, Figure, Report

# What the words in front of a number end with when they name its metric themselves.
_NAMES = {
    "expenditure_personnel": lazy("人员经费$"),
    "expenditure_public": lazy("公用经费$"),
    "expenditure_basic": lazy("基本支出$"),
    "expenditure_project": lazy("项目支出$"),
    "expenditure_total": lazy("(?:总|整体|全年|年|年度)支出$"),
    "exec_annual": lazy("(?:全年|年度)?(?:实际)?(?:支出|执行数?|支付)$"),
    "budget_annual": lazy("全年预算数?(?:为|共计|合计)?$"),
    "budget_initial": lazy("年初预算数?(?:为|共计|合计)?$"),
}
_PIECE = lazy(r"\S+")
_BREAK = lazy(r"[。;!?\t|]")
_PARAGRAPH = lazy(r"[。:;]\s*\n|\n\s*\n|[\t|]")
_CLAUSE = lazy(r"[,。;:、!?\t|\n]")
_UNIT = lazy(r"\((?:单位:?)?((?:百|千)?万?元)\)|单位:?\(?((?:百|千)?万?元)")
_CAPTION = lazy(r"金额单位\s*[:为]?\s*((?:百|千)?万?元)")
_FAR = 600
_ABOVE = 160
# A figure after one of these words is not the year's own total.
_OTHER_CALIBRE = lazy(
    r"历年|近年|年均|总投资|概算|上年(?!度?结[转余])|去年|同期|往年|上一年|人均|平均|标准|截[至止]\d{0,4}年?(?:[1-9]|1[01])月|拟|预计|力争|计划|目标|下[一]?年|今后|序时|上半年|月底前"
)
# A report that prints how it scores is not measured by our formula (CHECKS 0.7).
_METHOD = lazy(
    r"评分标准|计分标准|得分计算方法|计分(?:办法|方法|规则)|评分(?:办法|细则|规则|方法)|得失分依据|每.{1,12}扣|按比例(?:计|得|扣|给|赋)分|"
    r"(?:以上|以下|之间|以内)(?:的|者)?,?(?:得|扣|计)\d"
)
_CUMULATIVE = lazy(r"以来|历年|自\d{4}年|[两三四五六七八九十]年|总投资|累计投[入资]")
_WITHIN_YEAR = lazy(r"年初预算|全年预算|全年|12月")
# Words that narrow a sum to one source of funds or one level of units.
_NARROWED = lazy(
    r"一般公共预算|政府性基金|国有资本|社会保险|财政拨款|单位资金|自有资金|专户|非税|本级|机关|所属|二级|事业|转移支付"
)


def squeeze(text: str) -> str:
    """`text` without any white space."""
    return "".join(text.split())


def same_name(one: str, other: str) -> bool:
    """Whether two printed names are one, punctuation and quotation marks aside (T-TXT)."""
    return bare_name(one) == bare_name(other)


@lru_cache(maxsize=4096)
def bare_name(text: str) -> str:
    """A name reduced to its letters and digits."""
    return re.sub(r"[^\w]", "", text)


@dataclass(frozen=True)
class Case:
    """One report under review; `layout` is opaque to the checks."""

    document: Document
    layout: object
    report: Report
    profile: Rules

    @cached_property
    def year(self) -> str | None:
        """The report's year as figures print it."""
        return None if self.report.fiscal_year is None else str(self.report.fiscal_year)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables by id."""
        return {table.id: table for table in self.report.tables}

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The 自评表 of the report."""
        return forms_of(self.report, self.unit_of)

    @cached_property
    def overall_form(self) -> Form | None:
        """The unit's own form, or the only form of a single-project report."""
        own = [form for form in self.forms if form.scope == OVERALL]
        if not own and self.report.kind == "project" and len(self.forms) == 1:
            own = list(self.forms)
        return own[0] if len(own) == 1 else None

    @cached_property
    def prose(self) -> tuple[Figure, ...]:
        """Figures of sentences."""
        found = (figure for figure in self.report.figures if figure.table is None)
        return tuple(sorted(found, key=lambda figure: figure.span.start))

    @cached_property
    def units_with_decimals(self) -> frozenset[str]:
        """Money units of which the report prints some amount with decimals."""
        found = {
            figure.amount.unit
            for figure in self.report.figures
            if figure.amount.unit and figure.amount.decimals
        }
        for fund in self.report.funds:
            unit = self.unit_of(fund.table)
            if (
                unit
                and unit not in found
                and any(cell and "." in cell.text for cell in (fund.annual, fund.executed))
            ):
                found.add(unit)
        return frozenset(found)

    @cached_property
    def named_money(self) -> dict[str, list[Figure]]:
        """Prose amounts of named projects, by the bare name of the project."""
        out: dict[str, list[Figure]] = {}
        for figure in self.prose:
            if figure.metric in ("project_budget", "project_exec") and figure.scope != OVERALL:
                out.setdefault(bare_name(figure.scope), []).append(figure)
        return out

    @cached_property
    def plain_text(self) -> str:
        """The folded document without white space, for questions about wording."""
        return squeeze(self.document.folded)

    @cached_property
    def prose_text(self) -> str:
        """The folded text outside all tables, without white space."""
        text, at, parts = self.document.folded, 0, []
        for table in sorted(self.report.tables, key=lambda each: each.span.start):
            parts.append(text[at : max(table.span.start, at)])
            at = max(at, table.span.end)
        return squeeze("。".join((*parts, text[at:])))

    @cached_property
    def stated_standard(self) -> Standard | None:
        """The grade standard the report prints."""
        return self.profile.stated(self.plain_text)

    @cached_property
    def bases(self) -> tuple[BaseTable, ...]:
        """The 基础数据表 of the report."""
        return tuple(base_tables(self.report.base_data))

    @cached_property
    def own_method(self) -> bool:
        """Whether the report prints its own scoring method."""
        return bool(_METHOD.search(self.plain_text))

    @cached_property
    def _pieces(self) -> tuple[list[int], list[int]]:
        """Where each run of printed characters begins in `plain_text` and in the document."""
        starts, places, at = [], [], 0
        for match in _PIECE.finditer(self.document.folded):
            starts.append(at)
            places.append(match.start())
            at += match.end() - match.start()
        return starts, places

    def _at(self, squeezed: int) -> int:
        starts, places = self._pieces
        piece = bisect_right(starts, squeezed) - 1
        return places[piece] + squeezed - starts[piece]

    def found(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Span]]:
        """Matches in the text without white space, each with its place in the document."""
        for match in pattern.finditer(self.plain_text):
            yield match, Span(start=self._at(match.start()), end=self._at(match.end() - 1) + 1)

    def in_table(self, span: Span) -> bool:
        """Whether a place lies in a table."""
        return any(table.span.start <= span.start < table.span.end for table in self.report.tables)

    def after_items(self, figure: Figure) -> bool:
        """Whether named projects stand before a figure in its paragraph: then it sums them up, not the whole unit."""
        start, _ = self.paragraph(figure.span)
        return any(
            other.scope != OVERALL and other.metric in ("project_budget", "project_exec")
            for other in self.between(start, figure.span.start)
        )

    @cached_property
    def _table_texts(self) -> dict[str, str]:
        return {}

    def table_text(self, table: str) -> str:
        """The folded text of a table, without white space."""
        if table not in self._table_texts:
            found = self.tables.get(table)
            text = squeeze(self.document.folded[found.span.start : found.span.end]) if found else ""
            self._table_texts[table] = text
        return self._table_texts[table]

    @cached_property
    def _starts(self) -> list[int]:
        return [figure.span.start for figure in self.prose]

    def between(self, start: int, end: int) -> tuple[Figure, ...]:
        """Prose figures of a range, in the order printed."""
        return self.prose[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def _units(self) -> dict[str, str | None]:
        return {}

    def unit_of(self, table: str) -> str | None:
        """The unit of money a table states about itself; None when it states none or several."""
        if table not in self._units:
            self._units[table] = self._stated_unit(table)
        return self._units[table]

    def _stated_unit(self, table: str) -> str | None:
        found = self.tables.get(table)
        if found is None:
            return None
        start, end = found.span.start, found.span.end
        inside = _stated(squeeze(self.document.folded[start:end]))
        if len(inside) == 1:
            return inside.pop()
        before = _stated(squeeze(self.document.folded[max(0, start - _ABOVE) : start]) + squeeze(found.title))
        if inside or before:
            return before.pop() if not inside and len(before) == 1 else None
        far = [(at, unit) for at, unit in self._captions if at < start]
        return far[-1][1] if far else None

    @cached_property
    def _captions(self) -> list[tuple[int, str]]:
        return [(match.start(), match[1]) for match in _CAPTION.finditer(self.document.folded)]

    @cached_property
    def _confirmed(self) -> frozenset[tuple[str, Decimal]]:
        """Stage and amount of every figure read beyond doubt."""
        return frozenset(
            (figure.stage, figure.amount.value)
            for figure in self.report.figures
            if figure.amount.value is not None and sure(figure.evidence)
        )

    def _vouched(self, figure: Figure) -> bool:
        """Whether a doubtful label is borne out: the words before the number say it, or it stands elsewhere too."""
        if figure.evidence.flags or figure.evidence.grounding != "EXACT" or figure.amount.value is None:
            return False
        name = _NAMES.get(figure.metric)
        said = name is not None and name.search(self.lead(figure)) is not None
        return said or (figure.stage, figure.amount.value) in self._confirmed

    def value_of(self, figure: Figure, role: str) -> Value | None:
        """A figure as a Value, in the unit of its table where it prints none."""
        value = of_figure(figure, role)
        if value is None:
            return None
        if not value.certain and self._vouched(figure):
            value = value._replace(certain=True)
        if value.unit is not None or figure.table is None or figure.stage in ("rate", "score", "points"):
            return value
        return value._replace(unit=self.unit_of(figure.table))

    @cached_property
    def _breaks(self) -> list[int]:
        return [
            0,
            *(match.end() for match in _BREAK.finditer(self.document.folded)),
            len(self.document.folded),
        ]

    @cached_property
    def _paragraphs(self) -> list[int]:
        return [
            0,
            *(match.end() for match in _PARAGRAPH.finditer(self.document.folded)),
            len(self.document.folded),
        ]

    def sentence(self, span: Span) -> tuple[int, int]:
        """The range of the sentence around `span`; a line break does not end one."""
        return _around(self._breaks, span)

    def paragraph(self, span: Span) -> tuple[int, int]:
        """The range of the paragraph around `span`."""
        return _around(self._paragraphs, span)

    def words(self, start: int, end: int) -> str:
        """Folded text of a range, without white space."""
        return squeeze(self.document.folded[start:end])

    def sentence_words(self, span: Span) -> str:
        """The sentence around `span`, without white space."""
        return self.words(*self.sentence(span))

    def lead(self, figure: Figure) -> str:
        """What the text calls a figure: its label, or the clause in front of it."""
        known = self._leads.get(figure.id)
        if known is None:
            known = self._leads[figure.id] = self._lead(figure)
        return known

    @cached_property
    def _leads(self) -> dict[str, str]:
        return {}

    def _lead(self, figure: Figure) -> str:
        start, _ = self.sentence(figure.span)
        before = self.document.folded[max(start, figure.span.start - _FAR) : figure.span.start].rstrip()
        return squeeze(_CLAUSE.split(before[:-1])[-1] + before[-1:]) or figure.label

    def of_year(self, figure: Figure) -> bool:
        """Whether a figure speaks of the report's own year and its whole."""
        known = self._years.get(figure.id)
        if known is None:
            known = self._years[figure.id] = self._of_year(figure)
        return known

    @cached_property
    def _years(self) -> dict[str, bool]:
        return {}

    def _of_year(self, figure: Figure) -> bool:
        lead = self.lead(figure)
        if figure.period not in (None, self.year) or _OTHER_CALIBRE.search(lead):
            return False
        if "累计" not in lead:
            return True
        sentence = self.sentence_words(figure.span)
        return bool(_WITHIN_YEAR.search(sentence)) and not _CUMULATIVE.search(sentence)

    def narrowed(self, figure: Figure) -> frozenset[str]:
        """The words in front of a figure that narrow it to some funds or units."""
        return frozenset(_NARROWED.findall(self.lead(figure)))

    @cached_property
    def _by_metric(self) -> dict[str, list[Figure]]:
        out: dict[str, list[Figure]] = {}
        for figure in self.prose:
            if figure.scope == OVERALL and figure.amount.value is not None:
                out.setdefault(figure.metric, []).append(figure)
        return out

    def by_metric(self, metrics: tuple[str, ...], stage: str | None = None) -> list[Figure]:
        """Prose figures of the whole unit and the report's year with one of `metrics`, in the order printed."""
        found = [
            figure
            for metric in metrics
            for figure in self._by_metric.get(metric, ())
            if (stage is None or figure.stage == stage) and self.of_year(figure)
        ]
        return sorted(found, key=lambda figure: figure.span.start) if len(metrics) > 1 else found


def _stated(text: str) -> set[str]:
    return {match[1] or match[2] for match in _UNIT.finditer(text)}


def _around(marks: list[int], span: Span) -> tuple[int, int]:
    at = bisect_right(marks, span.start)
    start = marks[at - 1]
    while at < len(marks) - 1 and marks[at] < span.end:
        at += 1
    end = marks[at] if at < len(marks) else span.end
    return max(start, span.start - _FAR), max(min(end, span.end + _FAR), span.end)
