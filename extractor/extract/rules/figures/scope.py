"""Whose figure it is: the state that runs along a report's sentences (project named last, list being told, heading)."""

from __future__ import annotations

from bisect import bisect_left

from extractor.document import Document
from extractor.extract.rules.figures.marks import Line, Mark, Reading
from extractor.extract.rules.figures.names import Names, core_of, name_of_title, plain_name
from extractor.extract.rules.figures.openings import this_project
from extractor.extract.rules.figures.subjects import (
    NOTHING,
    Subject,
    divides,
    fund_of,
    governs,
    opening_topic,
    opens_quietly,
    topic_of,
)
from extractor.extract.rules.lexicon import holds
from extractor.patterns import lazy
from extractor.schema import OVERALL, Stage

_CUE = lazy(
    r"(?:项目|专项|经费|任务)(?:[^。;,]{0,16}?(?:包括|有|为|是|如下|分别|明细|用于))?[:\"“]"
    r"|(?:项目|专项|经费)[^。;]{0,12}?(?:包括|分别[是为]|主要有|有)"
    r"|(?:项目|专项|经费|资金|预算)[^。;:,]{0,20}:\s*(?=\(?1[.、)]|①|一是)"
    r"|(?:分|按)(?:具体)?(?:项目|任务|专项|资金)(?:方向)?(?:来)?[看分]?[,:]"
)
_MEMBERS = ("其中", "包括", "包含", "分别", "具体为", "具体是", "主要为", "主要是", ":", "(")
_DIVIDED = ("其中", "包括", "包含", "(")
_WHOLES = frozenset((
    "revenue_budget", "budget_initial", "budget_annual", "exec_annual", "expenditure_total", "appropriation_current", "fund_gpb",
))  # fmt: skip
_ADDED_TO = frozenset(("expenditure_basic", "budget_adjust"))
FRAMES = ("budget_initial", "adjust", "budget_annual", "exec", "prev_final")
_CLOSED = lazy(r"\([^()]*\)")
_CUES = ("项目", "专项", "经费", "任务", "资金", "预算")
_OVERALL = (
    *(
        whose + what
        for whose in "我本"
        for what in (
            "单位", "部门", "局", "委", "办", "校", "中心", "院", "镇", "乡", "县", "市", "区", "馆", "站", "所", "队",
        )
    ),
    "部门整体", "整体支出", "部门预算", "部门支出", "单位预算", "全局", "全委",
)  # fmt: skip
_WHOLE = (
    "部门整体", "部门预算", "部门支出", "部门决算", "整体支出", "单位整体", "单位预算", "单位支出", "单位决算", "年度收入", "收支总", "收入预算", "预算收入",
)  # fmt: skip
_THIS_PROJECT = ("该项目", "本项目", "此项目")
_PROJECTS_AT_ALL = tuple(
    "项目" + what
    for what in ("支出", "类", "经费", "数", "个", "共", "预算单位", "单位", "主管", "承担", "实施单位")
)
_SUBJECT_FIRST = lazy(
    r"^\W*(?:[^\W\x00-\x7f]{2,3}(?:自治)?(?:省|市|县|(?<![社园校景灌库山小片新])区))*(?P<name>[^\d。,]{4,40}?) ?20\d\d ?年度?"
    r"(?:项目)?(?:支出)?(?:预算)?绩效(?:目标)?(?:自评|评价)"
)
_ALL_PROJECTS = lazy(r"\s*(?:以上|上述)\s*[\d一二三四五六七八九十]{0,3}\s*[个类项]?(?:特定目标类)?项目")
_PROJECT_TITLE = lazy(r"项目|专项(?!债)")
_UNIT_TITLE = ("部门", "单位", "整体", "基本支出", "收入", "决算")
_KEY = lazy(r"^\W*(?:\d{1,2}[.、)])?\s*(?P<key>[^:,。;\d]{4,40}):")
_PLAIN_KEY = lazy(
    r"其中|包括|如下|情况|预算|支出|收入|资金|结果|结论|指标|目标|单位|部门|分别|项目[:\"]?$|[为是有]$|方面|说明|分析|总体|整体|综合|得分|得出|认为|显示"
)
_LISTED = lazy(r"^\s*\(?\d{1,2}[.、)]")
_TITLE_SUBJECT = lazy(r"年度?(?P<name>[^年\n]{4,50}?)(?:支出)?(?:预算)?绩效(?:目标)?(?:单位)?(?:自评|评价)")
_STATED = lazy(r"(?m)^ *项目名称: *(\S[^\n\t|:]{2,40}?) *$")
_TITLE = lazy(r"绩效(?:目标)?(?:单位)?(?:自评|评价)")
_DEPARTMENT = ("整体", "总报告", "部门(单位)", "部门绩效", "单位绩效", "单位)绩效")


def subject_of(document: Document, names: Names) -> str:
    """The scope of a whole report: the project of a single-project report, else 整体."""
    head = document.folded[:600]
    stated = _STATED.findall(head)
    if len(stated) == 1 and not holds(head[: head.find(stated[0])], _DEPARTMENT):
        return names.canonical("".join(stated[0].split()))
    for line in head.split("\n"):
        if _TITLE.search(line) is None or len(line) > 120 or "。" in line or "," in line:
            continue
        if holds(line, _DEPARTMENT) or "部门预算" in line.replace("部门预算项目", " "):
            return OVERALL
        for name in names.known:
            if plain_name(name) in line or (len(core_of(name)) >= 4 and core_of(name) in line):
                return name
        match = _TITLE_SUBJECT.search(line) or _SUBJECT_FIRST.search(line)
        title = name_of_title(match["name"]) if match else None
        if title is not None:
            return names.canonical(title)
        if "项目" in line and len(names.known) == 1:
            return names.known[0]
    return OVERALL


def as_printed(line: Line, start: int, end: int) -> str:
    """The name at `[start, end)` as the document prints it, without layout white space."""
    return "".join(line.raw[start:end].split())


def _speaks_of_one(text: str) -> bool:
    """Whether a sentence speaks of one project without naming it: 该项目, or 项目 as its first word."""
    first = text.lstrip(' \t\n"')
    opens = first.startswith("项目") and not first.startswith(_PROJECTS_AT_ALL)
    return opens or holds(text, _THIS_PROJECT)


class State:
    """What the sentences so far have established; `enter` a passage, `at` each mark, `told` after each."""

    def __init__(self, names: Names, default: str, fiscal_year: int | None, about_project: bool) -> None:
        self.names, self.default, self.fiscal_year = names, default, fiscal_year
        self.about_project = about_project
        self.title = ""
        self.subject = NOTHING
        self.heading: str | None = None
        self.fund: str | None = None
        self.scope = self.prior = default  # `prior`: before the words at hand named a project
        self.outer: Stage | None = None
        self.frame: Stage | None = None
        self.parts: dict[str, Stage] = {}
        self.listed = False
        self.list_stage: Stage | None = None
        self.members: set[str] = set()
        self.topic: str | None = None
        self.headed = False  # the topic is the heading's, no words of the sentence have named it
        self.open = self.unnamed = self.doubtful = self.qualified = False
        self.torn = False  # the passage begins in the middle of a sentence
        self.sentence = -1
        self.previous: Reading | None = None
        self.summed = self.added = self.graded = (
            False  # a whole was told; an item was added to it; a total score was told
        )
        self.vague = False  # a budget was told that we cannot name
        self.spoken_part = False  # it was one of several
        self.spoken: Reading | None = (
            None  # the last amount told for itself, neither a change nor what another is compared with
        )
        self.previous_mark: Mark | None = None
        self.mentions: list[tuple[int, int]] = []

    def enter(self, line: Line, subject: Subject) -> None:
        """Begin a passage under a heading that is about `subject`."""
        self.restart(line.title, subject)
        self.mentions = self.names.mentions(line.text)

    def go_on(self, line: Line) -> None:
        """Take up a sentence that the end of the last passage broke off."""
        self.sentence, self.previous, self.previous_mark, self.spoken = 0, None, None, None
        self.mentions = self.names.mentions(line.text)

    def restart(self, title: str, subject: Subject) -> None:
        """Forget what was said under another heading."""
        self.title, self.subject, self.heading, self.fund = title, subject, subject.project, subject.fund
        self.scope = self.prior = subject.project or self.default
        self.listed, self.list_stage, self.members = False, None, set()
        self.frame, self.outer, self.open, self.topic, self.sentence = None, None, False, None, -1
        self.unnamed = self.about_project and self.scope == OVERALL
        self.qualified = self.doubtful = self.torn = self.added = self.graded = False
        self.parts = {}
        self.previous = self.previous_mark = self.spoken = None

    def _cross(self, line: Line, floor: int, start: int) -> None:
        """Pass the headings that stand in the text between two marks."""
        for _, _, title in line.cuts[line.cut_at(floor) : line.cut_at(start)]:
            name = name_of_title(title)
            project = self.names.canonical(name) if name else None
            topic = topic_of(title)
            if topic is not None and not governs(topic, line.segment_at(start)):
                topic = None
            self.restart(title, Subject(project, fund_of(title), topic))

    def at(self, line: Line, mark: Mark) -> bool:
        """Move to `mark`; True when it is a member of what was just totalled (其中)."""
        floor = self.previous_mark.end if self.previous_mark else 0
        if line.cuts:
            self._cross(line, floor, mark.start)
        between = line.text[floor : mark.label_start]
        if mark.sentence != self.sentence:
            self._new_sentence(line, mark, between)
            self.sentence = mark.sentence
        fresh = between.rsplit("。", 1)[-1]
        members = bool(fresh) and holds(_CLOSED.sub("", fresh) if ")" in fresh else fresh, _MEMBERS)
        if (any(word in between for word in _CUES) and _CUE.search(line.text, floor, mark.label_start)) or (
            members and self.previous and self.previous.metric in ("expenditure_project", "project_count")
        ):
            self.listed, self.list_stage, self.members = True, None, set()
        if "(" in between and ")" not in between:
            self.outer = self.frame
        closed = ")" in between and "(" not in between
        if closed:
            self.open = False
            self.frame, self.outer = self.outer or self.frame, None
        if members:
            self.open = True
            if (
                not closed
                and self.previous
                and self.previous_mark
                and self.previous_mark.money
                and (whole := self.spoken if self.previous_mark.relation else self.previous) is not None
                and whole.stage in FRAMES
                and holds(between, _DIVIDED)
            ):
                self.frame = whole.stage
        elif "另" in between or "此外" in between:
            self.open = False
        if self.listed and self.members and ";" in between:
            self.scope = self.heading or self.default
        self.prior = self.scope
        self._hear(line, mark, floor)
        return self.open

    def _new_sentence(self, line: Line, mark: Mark, between: str) -> None:
        self.topic = opening_topic(line.text, mark)
        told = self.previous
        divided = self.open and told is not None and told.metric.startswith("expenditure_")
        if not divided and not between.rsplit("。", 1)[-1].lstrip(" ,;:").startswith(_MEMBERS):
            self.frame = None
        self.open = self.qualified = self.summed = False
        self.parts = {}
        if "。" in between and not (
            mark.delim == ";" or _LISTED.match(line.text[mark.label_start - 4 : mark.label_start])
        ):
            if self.listed and len(self.members) > 1:
                self.scope = self.default
            self.listed = False
        end = line.text.find("。", mark.start, mark.start + 60)
        until = end if end >= 0 else min(len(line.text), mark.start + 60)
        named = this_project(line.text, mark.sentence, until)
        if named is not None:
            self.scope = self.names.canonical(as_printed(line, *named))
            return
        self.doubtful = self._in_doubt(line, mark) or (self.torn and mark.sentence == 0)
        self.headed = False
        if self.subject.topic is not None and self.scope == self.default and not self.members:
            opening = line.text[mark.sentence : mark.label_start]
            if divides(line.sentence_of(mark), self.subject.topic):
                pass  # a total of which the heading's kind of money is only one part
            elif opens_quietly(opening, self.subject.topic):
                self.topic, self.headed, self.doubtful = self.subject.topic, True, False
            else:
                self.doubtful = True
        text = mark.before[:30]
        if _ALL_PROJECTS.match(text):
            self.scope, self.topic, self.doubtful = self.heading or self.default, "expenditure_project", False
        if holds(text, _OVERALL):
            self.doubtful = (self.doubtful or self.scope != (self.heading or self.default)) and not holds(
                text, _WHOLE
            )
            self.scope = self.heading or self.default
            self.unnamed = self.about_project and self.scope == OVERALL
        elif _speaks_of_one(text) and self.scope == OVERALL and len(self.names.known) == 1:
            self.scope = self.names.known[0]
        elif _speaks_of_one(text):
            self.unnamed = True

    def _in_doubt(self, line: Line, mark: Mark) -> bool:
        """Whether totals here may be a project's that is not named: under a heading on projects, or behind an unknown key."""
        if self.default != OVERALL or holds(mark.before, _WHOLE):
            return False
        if self.subject.foreign:
            return True
        if _PROJECT_TITLE.search(self.title) and not holds(self.title, _UNIT_TITLE):
            return True
        if line.text.find(":", mark.sentence, mark.label_start) < 0:
            return False
        key = _KEY.match(line.text, mark.sentence, mark.label_start)
        return key is not None and not _PLAIN_KEY.search(key["key"])

    def _hear(self, line: Line, mark: Mark, floor: int) -> None:
        """Take the project named since the last mark as the one spoken of; several together are none of them."""
        heard = self.named_in(floor, mark.label_start)
        if not heard:
            return
        cores = {core_of(line.text[a:b]) for a, b in heard}
        if len(cores) > 1 and not any(c in line.text[heard[-1][1] : mark.label_start] for c in "。;"):
            self.members |= cores
            self.scope = self.default
            return
        a, b = heard[-1]
        if line.text.startswith("用于", a - 2) and "," in line.text[b : mark.label_start]:
            return  # what the money was for, told by the way
        self.scope = self.names.canonical(as_printed(line, a, b))

    def named_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where projects are named within `[start, end)` of the passage."""
        first = bisect_left(self.mentions, (start, 0))
        last = bisect_left(self.mentions, (end, 0), first)
        return [(a, b) for a, b in self.mentions[first:last] if b <= end]

    @property
    def nameless(self) -> bool:
        """Whether what is said here may be said of a project whose name we do not know."""
        unnamed = self.unnamed and not self.about_project
        return self.scope == OVERALL and (unnamed or self.doubtful) and len(self.members) < 2

    @property
    def counted(self) -> bool:
        """Whether the projects were just counted: an amount that follows is theirs together."""
        return self.previous is not None and self.previous.metric in ("project_count", "project_exec_count")

    def told(self, mark: Mark, reading: Reading) -> None:
        """Remember what `mark` turned out to be."""
        self.previous, self.previous_mark = reading, mark
        if self.headed and mark.money and reading.metric in _WHOLES:
            self.topic, self.headed = None, False  # the sentence speaks of something else than its heading
        if mark.money and not mark.relation and reading.metric != "other":
            self.spoken, self.spoken_part = reading, self.open
            self.summed = self.summed or reading.metric in _WHOLES | _ADDED_TO
        if mark.money and not mark.relation and not self.open:
            self.vague = reading.metric == "other" and "预算" in mark.label
        self.graded = self.graded or reading.metric in ("total_score", "grade")
        if mark.money and reading.metric.startswith("expenditure_"):
            self.parts[reading.metric] = reading.stage
        if (
            mark.money
            and not mark.relation
            and not self.open
            and reading.stage != "prev_final"
            and reading.metric not in ("other", "carryover_out", "carryover_in", "other_funds")
        ):
            self.frame = reading.stage
