"""Amounts whose noun says which kind of money they are: 基本支出, 三公经费, 结转; their stage and whose they are."""

from __future__ import annotations

from extractor.extract.rules.figures import nouns
from extractor.extract.rules.figures.marks import Line, Mark, Reading
from extractor.extract.rules.figures.names import is_generic
from extractor.extract.rules.figures.projects import by_stage
from extractor.extract.rules.figures.scope import FRAMES, State
from extractor.extract.rules.figures.stages import stage_of
from extractor.extract.rules.lexicon import holds
from extractor.metrics import by_id
from extractor.patterns import lazy
from extractor.schema import OVERALL, Stage

_FUNDS = frozenset((
    "revenue_budget", "appropriation_current", "other_funds", "fund_gpb", "fund_gov", "fund_soe", "fund_social",
    "fund_nontax",
))  # fmt: skip
_UNSTAGED = frozenset((
    "carryover_in", "carryover_out", "project_invest_total", "asset_fixed_added", "asset_intangible_added",
))  # fmt: skip
_OF_THE_UNIT = ("sangong_", "fund_", "expenditure_basic", "expenditure_personnel", "expenditure_public")
_THREE_STAGES = ("sangong_", "procurement_")
_REST = ("其余", "剩余", "另有", "其他", "其它")
_JOINED = ("和", "与", "及", "、")
_COMPARING = lazy(r"[比较]")
_EXPENDITURE = ("支出", "决算")
_LEFT_OVER = ("结转", "结余", "余额")  # words that need nothing told before them
_TOLD_OF = ("budget_initial", "adjust", "budget_annual", "exec")
_OTHER_FUNDS = (
    "政府性基金支出",
    "政府性基金预算支出",
    "国有资本经营预算支出",
    "财政专户资金支出",
    "财政专户管理资金支出",
)
_PARTS = ("项目", "基本支出", "项目支出")
_KINDS = ("sangong_", "procurement_", "expenditure_personnel", "expenditure_public")
UNCLEAR = Reading("other", "other", 0.6)


def read_kind(line: Line, mark: Mark, state: State, member: bool) -> Reading | None:
    """基本支出, 三公经费, 结转 …: the metric is the noun's, the stage that of its words or of what it divides."""
    noun = nouns.specific(mark.label)
    if noun is None:
        return None
    metric = noun.metric
    if metric == "expenditure_total" and holds(line.sentence_of(mark), _OTHER_FUNDS):
        metric = "fund_gpb"  # beside other funds it is one of them
    other = _other_than_its_noun(line, mark, state, noun)
    if other is not None:
        return other
    if metric not in _UNSTAGED:
        given = metric == "expenditure_project" and noun.text.endswith("资金")
        staged = given or nouns.general(noun.after) or metric.startswith(_THREE_STAGES)
        planned = metric == "expenditure_project" and stage_of(noun.before) == "budget_initial"
        told = state.previous_mark
        opens = not member and (told is None or told.sentence != mark.sentence)
        state.topic = metric if staged or planned or opens else None
    scope = state.default if metric.startswith(_OF_THE_UNIT) else state.scope
    if metric == "carryover_out" and state.topic == "expenditure_project" and nouns.is_plain(noun.before):
        known = scope != OVERALL  # a project's own, told under a heading on all of them
        return Reading(metric if known else state.topic, "carryover", 0.8, scope)
    if metric in _UNSTAGED:
        return Reading(metric, "carryover" if metric.startswith("carryover") else "other", scope=scope)
    if member and state.frame is None and state.vague and metric.startswith("expenditure_"):
        return UNCLEAR  # a part of a budget that we do not know
    own = _own_stage(noun, mark.label) or ("exec" if metric != noun.metric else None)
    stage, confidence = _stage(own, metric, state, member)
    if metric == "expenditure_project" and noun.text.endswith("资金"):
        stage, confidence = own or "budget_annual", 0.8  # of all projects, or of those spoken of
    if metric.startswith(_THREE_STAGES) and stage == "budget_annual" and own and "全年预算" not in mark.label:
        stage = "budget_initial"
    if metric == "expenditure_project" and scope != OVERALL:
        return by_stage(stage, scope, confidence)
    if not nouns.is_clean(noun.before) and not is_generic(noun.before):
        confidence = min(confidence, 0.8)
    return Reading(metric, stage, confidence, scope)


def _other_than_its_noun(line: Line, mark: Mark, state: State, noun: nouns.Noun) -> Reading | None:
    """What an amount is that the words around its noun make something else: a part, a class, an amount cut off."""
    metric = noun.metric
    if noun.before.endswith(_JOINED) and nouns.specific(noun.before[:-1]) is not None:
        return UNCLEAR  # 基本支出和项目支出分别为: the other amount was cut off
    if metric == "appropriation_current" and "支出" in noun.after:
        return UNCLEAR
    if metric == "expenditure_public" and "商品" in noun.text and _by_purpose(line, mark):
        return UNCLEAR
    if metric.startswith("expenditure_") and noun.before.endswith(_REST):
        return UNCLEAR
    if metric == "expenditure_project" and noun.text.endswith("资金"):
        known = nouns.is_clean(noun.before) or is_generic(noun.before)
        return None if known else UNCLEAR  # a project's that we do not know
    if metric != "carryover_out":
        return None
    if _of_a_part(noun, mark, state):
        return Reading("other", "carryover", 0.6, state.scope)
    told = holds(noun.text, _LEFT_OVER) or _of_what_was_told(mark, state)
    return None if told else UNCLEAR


def _by_purpose(line: Line, mark: Mark) -> bool:
    """Whether 商品和服务支出 is a class of spending beside or across 公用经费, not another word for it."""
    return "经济分类" in mark.before or "公用" in line.sentence_of(mark)


def _of_a_part(noun: nouns.Noun, mark: Mark, state: State) -> bool:
    """Whether money left over is a project's, a fund's or a kind of spending's: 项目结转, 三公经费预算9万元,结余2万元."""
    if noun.before.endswith(_PARTS) or not nouns.is_clean(noun.before):
        return True
    last = state.spoken
    whole = noun.text.startswith(("年末", "年终", "期末", "年底"))
    return last is not None and last.metric.startswith(_KINDS) and not whole and "。" not in mark.gap


def _of_what_was_told(mark: Mark, state: State) -> bool:
    """Whether the sentence has just told what was given or spent: 支付275万元,尚未支付24万元."""
    last, told = state.previous, state.previous_mark
    if last is None or told is None or last.metric == "other" or "。" in mark.gap:
        return False
    return last.stage in _TOLD_OF or last.metric == "exec_rate"


def _own_stage(noun: nouns.Noun, label: str) -> Stage | None:
    """The stage that the label itself names; what stands before 比 belongs to the other side of a comparison."""
    before = _COMPARING.split(noun.before)[-1]
    own = stage_of(before + (noun.text if noun.metric.startswith(_THREE_STAGES) else "#") + noun.after)
    if noun.metric == "expenditure_total" and "支出预算" in label:
        return own if own == "budget_initial" else "budget_annual"
    if own is None and noun.metric in _FUNDS and holds(label[len(noun.before) - len(before) :], _EXPENDITURE):
        return "budget_annual" if "支出预算" in label else stage_of(label.split("预算", 1)[-1]) or "exec"
    return own


def _stage(own: Stage | None, metric: str, state: State, member: bool) -> tuple[Stage, float]:
    if own is not None and own != "carryover":
        return own, 1.0
    if state.frame is not None and member:
        return state.frame, 0.9
    if state.frame in FRAMES and state.frame != "adjust" and metric not in _FUNDS:
        return state.frame, 0.7
    usual = by_id[metric].stage
    return ("budget_annual" if usual == "budget_annual" else "exec"), 0.9
