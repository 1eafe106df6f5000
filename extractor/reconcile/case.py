"""What a check is given: the document, the report, the rules, and the views of them that several checks share."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from decimal import Decimal
from functools import cached_property

from extractor.document import Document, Section, Span, Table
from extractor.extract.rules.figures.subjects import is_neutral, topic_of
from extractor.ground import cells_of
from extractor.patterns import lazy
from extractor.profiles import Rules, Standard
from extractor.reconcile.basetable import BaseTable, base_tables
from extractor.reconcile.companions import NO_COMPANIONS, Companions
from extractor.reconcile.forms import Form, forms_of, recognised
from extractor.reconcile.memo import per_case
from extractor.reconcile.values import LOW, Value, of_figure, sure
from extractor.reconcile.wording import Wording, bare_name, same_name, squeeze
from extractor.schema import OVERALL, Figure, Fund, Report

__all__ = ["Case", "bare_name", "same_name", "squeeze"]

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
_CLAUSE = lazy(r"[,。;:、!?\t|\n]")
_UNIT = lazy(r"\((?:单位:?)?((?:百|千)?万?元)\)|单位:?\(?((?:百|千)?万?元)")
_CAPTION = lazy(r"金额单位\s*[:为]?\s*((?:百|千)?万?元)")
# A heading that runs into the first sentence below it.
_RUN_IN = lazy(r"^.*\([一二三四五六七八九十]\)[^()\d]{2,24}?情况")
_FAR = 600
_ABOVE = 160
# A figure after one of these words is not the year's own total.
_OTHER_CALIBRE = lazy(
    r"历年|近年|年均|总投资|概算|上年(?!度?结[转余])|去年|同期|往年|上一年|人均|平均|标准|截[至止]\d{0,4}年?(?:[1-9]|1[01])月|拟|预计|力争|计划|目标|下[一]?年|今后|序时|上半年|月底前"
)
# A report that prints how it scores is not measured by our formula (CHECKS 0.7).
_METHOD = lazy(
    r"[评计得每按以之](?:(?<=[评计])分(?:标准|办法|方法|规则)|(?<=评)分细则|(?<=得)分计算方法|(?<=每).{1,12}扣|"
    r"(?<=按)比例[计得扣给赋]分|(?<=[以之])[上下间内][的者]?,?[得扣计]\d)"
)
_BASIS = "得失分依据"
_CUMULATIVE = lazy(r"以来|历年|自\d{4}年|[两三四五六七八九十]年|总投资|累计投[入资]")
_WITHIN_YEAR = lazy(r"年初预算|全年预算|全年|12月")
# Words that narrow a sum to one source of funds or one level of units.
_NARROWED = lazy(
    r"一般公共预算|政府性基金|国有资本|社会保险|财政拨款|单位资金|自有资金|专户|非税|本级|机关|所属|二级|事业|转移支付"
)
_BARE_TOTALS = frozenset(("budget_initial", "budget_annual", "exec_annual", "expenditure_total"))
_WHOLE_UNIT = lazy(r"整体|总|部门|单位|我|全系统|20\d\d年度?(?:决算)?支出")
# What of those a heading may confine its chapter to; 一般公共预算支出情况 is the whole unit's in many templates.
_PART_OF_UNIT = lazy(r"财政拨款|单位资金|自有资金|专户|非税|本级|机关|所属|二级")
_CLAUSE_OR_DIGIT = lazy(r"[,:;]|(?<!20)\d(?!\d{0,3}年)")


class Case(Wording):
    """One report under review; `layout` is opaque to the checks."""

    def __init__(
        self,
        document: Document,
        layout: object,
        report: Report,
        profile: Rules,
        companions: Companions = NO_COMPANIONS,
    ) -> None:
        super().__init__(document)
        self.layout, self.report, self.profile, self.companions = layout, report, profile, companions

    @cached_property
    def year(self) -> str | None:
        """The report's year as figures print it."""
        return None if self.report.fiscal_year is None else str(self.report.fiscal_year)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables by id."""
        return {table.id: table for table in self.report.tables}

    @cached_property
    def _tables(self) -> list[Table]:
        return sorted(self.report.tables, key=lambda table: table.span.start)

    @cached_property
    def _table_starts(self) -> list[int]:
        return [table.span.start for table in self._tables]

    def table_at(self, span: Span) -> Table | None:
        """The table a place lies in."""
        before = bisect_right(self._table_starts, span.start)
        table = self._tables[before - 1] if before else None
        return table if table is not None and span.start < table.span.end else None

    def in_table(self, span: Span) -> bool:
        """Whether a place lies in a table."""
        return self.table_at(span) is not None

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.span.start for section in self.report.sections]

    def section_at(self, span: Span) -> Section | None:
        """The section a place lies in; sections tile the document."""
        before = bisect_right(self._section_starts, span.start)
        return self.report.sections[before - 1] if before else None

    @cached_property
    def funds_of(self) -> dict[str, list[Fund]]:
        """The money rows of each table."""
        out: dict[str, list[Fund]] = {}
        for fund in self.report.funds:
            out.setdefault(fund.table, []).append(fund)
        return out

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The 自评表 of the report."""
        return forms_of(self.report, self.unit_of, self.table_at, self.scanned)

    @cached_property
    def scanned(self) -> bool:
        """Whether the text came from recognition in which any digit may be misread."""
        return recognised(self.report)

    @cached_property
    def pictured(self) -> frozenset[str]:
        """Ids of the cells and figures that were read off a picture."""
        found = [cell.id for cell in cells_of(self.report) if "ocr" in cell.evidence.flags]
        return frozenset(found + [f.id for f in self.report.figures if "ocr" in f.evidence.flags])

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
    def _by_scope(self) -> dict[str, list[Figure]]:
        out: dict[str, list[Figure]] = {}
        for figure in self.prose:
            out.setdefault(figure.scope, []).append(figure)
        return out

    def spoken_of(self, scope: str) -> list[Figure]:
        """Prose figures of the unit or of one project, in the order printed."""
        return self._by_scope.get(scope, [])

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
    def prose_text(self) -> str:
        """The folded text outside all tables, without white space."""
        text, at, parts = self.document.folded, 0, []
        for table in self._tables:
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
        """Whether the report prints its own scoring method; a column for it counts where rows scored in full fill it."""
        if _METHOD.search(self.plain_text):
            return True
        return _BASIS in self.plain_text and any(_tells_how(form) for form in self.forms)

    def after_items(self, figure: Figure) -> bool:
        """Whether named projects stand before a figure in its paragraph: then it sums them up, not the whole unit."""
        start, _ = self.paragraph(figure.span)
        return any(
            other.scope != OVERALL and other.metric in ("project_budget", "project_exec")
            for other in self.between(start, figure.span.start)
        )

    @per_case
    def table_text(self, table: str) -> str:
        """The folded text of a table, without white space."""
        found = self.tables.get(table)
        return self.words(found.span.start, found.span.end) if found else ""

    @cached_property
    def _starts(self) -> list[int]:
        return [figure.span.start for figure in self.prose]

    def between(self, start: int, end: int) -> tuple[Figure, ...]:
        """Prose figures of a range, in the order printed."""
        return self.prose[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @per_case
    def unit_of(self, table: str) -> str | None:
        """The unit of money a table states about itself; None when it states none or several."""
        found = self.tables.get(table)
        if found is None:
            return None
        start = found.span.start
        inside = _stated(self.table_text(table))
        if len(inside) == 1:
            return inside.pop()
        before = _stated(self.words(max(0, start - _ABOVE), start) + squeeze(found.title))
        if inside or before:
            return before.pop() if not inside and len(before) == 1 else None
        far = bisect_left(self._captions, (start, ""))
        return self._captions[far - 1][1] if far else None

    def unit_at(self, span: Span) -> str | None:
        """The unit of money of the table a place lies in."""
        table = self.table_at(span)
        return self.unit_of(table.id) if table else None

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
        evidence = figure.evidence
        if set(evidence.flags) - {"ocr"} or evidence.grounding != "EXACT" or figure.amount.value is None:
            return False
        if evidence.flags and evidence.confidence < LOW:
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
        lead = squeeze(_CLAUSE.split(before[:-1])[-1] + before[-1:])
        return (_RUN_IN.sub("", lead) if "情况" in lead else lead) or figure.label

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

    def confined(self, figure: Figure) -> frozenset[str]:
        """The words that narrow a figure, wherever they stand: in front of it, at its sentence's opening, in its heading."""
        start, _ = self.sentence(figure.span)
        start = self.document.folded.rfind("\n", start, figure.span.start) + 1 or start  # past a heading
        before = self.words(start, figure.span.start)
        found = self.narrowed(figure)
        if "其中" in before:
            found |= frozenset(_NARROWED.findall(_CLAUSE_OR_DIGIT.split(before, maxsplit=1)[0]))
        section = self.section_at(figure.span)
        if section is None:
            return found
        bare = figure.metric in _BARE_TOTALS and not _WHOLE_UNIT.search(self.lead(figure))
        return found | self._confining(section, bare)

    @per_case
    def _confining(self, section: Section, bare: bool) -> frozenset[str]:
        """The words of a heading that narrow what stands under it; the heading itself where it is about one part of the unit.

        A `bare` total under 基本支出情况 may be the unit's or that of its heading.
        """
        title = squeeze(section.title)
        if section.level > 1 and not is_neutral(title) and (bare or topic_of(title) is None):
            return frozenset((title,))
        return frozenset(_PART_OF_UNIT.findall(title))

    @cached_property
    def _by_metric(self) -> dict[str, list[Figure]]:
        out: dict[str, list[Figure]] = {}
        for figure in self.spoken_of(OVERALL):
            if figure.amount.value is not None:
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


def _tells_how(form: Form) -> bool:
    """Whether half of the rows scored in full say on what ground."""
    own = form.own_scores
    full = [row for row in form.rows if row.id in own and own[row.id][0].number == own[row.id][1].number]
    told = sum(row.reason is not None and row.reason.kind not in ("blank", "na") for row in full)
    return told > 1 and told * 2 >= len(full)
