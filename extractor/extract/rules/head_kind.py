"""Which genre a report belongs to, by the words of its title and the forms it holds; unknown rather than a guess."""

from __future__ import annotations

from extractor.document import Document, Section
from extractor.extract.rules.head_opening import HeadForms, Opening
from extractor.extract.rules.lexicon import holds
from extractor.patterns import lazy
from extractor.schema import OVERALL, Kind

_TARGET = (
    "目标申报", "申报表", "绩效目标表", "绩效目标编制表", "绩效目标及指标表", "绩效目标和指标", "目标批复", "绩效文本",
)  # fmt: skip
_TRANSFER = lazy(r"转移支付|(?:中央|省级|对地方).{0,20}(?:补助|专项|资金).{0,30}自评|区域.{0,8}(?:目标|自评)")
_ACCOUNTS = ("决算公开", "决算说明", "决算情况", "决算报告", "部门决算", "预算公开")
_THIRD_PARTY = lazy(
    r"[受接].{0,4}[^。;]{2,30}委托|评价机构\s*:?[^。\n]{0,30}(?:事务所|公司|研究院|咨询)|重点(?:绩效)?评价|第三方(?:绩效)?评价|第三方机构"
)
_VERDICT = lazy(r"评价(?:等次|等级|级别)|评价(?:工作)?[小]?组|评价得分")
_SUMMARY = lazy(r"总报告|汇总|自评总结|项目支出绩效自评情况")
_WHOLE = ("整体绩效", "整体预算绩效", "整体支出", "部门整体", "单位整体")
_PROJECT = lazy(r"项目|专项|经费|资金|[^收]费\d*|补[助贴]")
_MANY = lazy(
    r"(?:项目(?:支出)?(?:一?共|合计|总计)?(?:有)?\s*|(?:实施|涉及|安排|自评)(?:的)?项目(?:共|共计)?\s*|共有?\s*)(\d{1,3})\s*个(?:项目)?"
)
_HANDED_DOWN = lazy(r"(?:中央|省级|上级|转移支付).{0,20}下达|下达.{0,30}(?:中央|转移支付)")
_WORDS = (
    "绩效自评",
    "自评得分",
    "绩效目标",
    "绩效评价",
    "绩效指标",
    "自评报告",
    "评价结论",
    "自评表",
    "评价等级",
    "评价得分",
    "评价等次",
)


def read_kind(document: Document, sections: tuple[Section, ...], opening: Opening, forms: HeadForms) -> Kind:
    """The genre; a text without the vocabulary of performance reports is unknown."""
    title, folded = opening.title, document.folded
    spoken = any(word in title for word in ("绩效", "自评", "总报告"))
    evaluated = [form for form in forms.forms if form.kind == "self_evaluation"]
    listed = any(form.kind == "project_summary" for form in forms.forms)
    chapters = "\n".join(section.title for section in sections)
    words = sum(word in folded for word in _WORDS)
    if (
        not spoken
        and not evaluated
        and (words < 2 or not ("绩效" in chapters or "自评" in chapters or words > 2))
    ):
        return "unknown"
    found = _by_title(title, folded, forms)
    if found is None:
        found = _by_forms(title, folded, chapters, forms, listed)
    return found or "unknown"


def _by_title(title: str, folded: str, forms: HeadForms) -> Kind | None:
    self_made = "自评" in title
    results = any(form.has_results and form.has_indicators for form in forms.forms)
    if holds(title, _TARGET) and not self_made and not results:
        return "target"
    if holds(title, _ACCOUNTS) and not ("绩效" in title or self_made):
        return "unknown"
    if "总报告" in title:
        return "summary"
    if "评价" in title and not self_made and "评价报告" in title and _THIRD_PARTY.search(folded[:20000]):
        return "evaluation"
    if holds(title, _WHOLE):
        return "department"
    if _TRANSFER.search(title) or any(form.transfer for form in forms.forms):
        return "transfer"
    return None


def _by_forms(title: str, folded: str, chapters: str, forms: HeadForms, listed: bool) -> Kind | None:
    """The genre where the title leaves it open: by whose forms there are, then by what the text says of itself."""
    scopes = {form.scope for form in forms.forms if form.kind == "self_evaluation"}
    indicators = [form for form in forms.forms if form.has_indicators]
    if indicators and not title and not any(form.has_results for form in indicators):
        return "target"
    # A table of projects inside a single project's report lists its parts.
    if listed and (not scopes or len(scopes - {OVERALL}) > 1 or _SUMMARY.search(title)):
        return "summary"
    many = _MANY.search(folded[:3000])
    if "项目支出" in title and not scopes and many and int(many[1]) > 1:
        return "summary"
    if "绩效目标分解下达" in chapters and _HANDED_DOWN.search(folded[:5000]):
        return "transfer"
    if not scopes and "自评" not in folded and "绩效评价" in folded and _VERDICT.search(folded):
        return "evaluation"
    if scopes == {OVERALL} and not _PROJECT.search(title):
        return "department"
    if _PROJECT.search(title) or scopes - {OVERALL}:
        return "project"
    if holds(chapters, _WHOLE) or ("部门" in chapters and holds(folded[:5000], _WHOLE)):
        return "department"
    return "project" if "项目" in chapters and "项目名称" in folded else None
