"""Claims (陈述): what the sentences say of their numbers, clause by clause.

A reader goes through each paragraph once. A number takes its meaning from the words between it and what stands before it
in its clause; where these name nothing, it belongs to the item that the text speaks of. Nothing is bound to a table here.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, NamedTuple

from govlint import (
    Document,
    Passage,
    Quantity,
    Text,
    Unit,
    body,
    fact,
    passages,
    period,
    quantities,
    read_ordinal,
    report_kind,
    sentences,
)
from govlint_numbers._figures import ZERO, Figure, Wording, figure
from govlint_numbers._subjects import (
    BUDGETS,
    NOTHING,
    ORDINAL,
    Measure,
    Named,
    Scope,
    Subject,
    compact,
    read_words,
    scope_of_heading,
    shown,
)

PERCENT = Unit("%", "percent")

Role = Literal["amount", "count", "share", "completion", "change", "growth", "other"]


class ProsePlace(NamedTuple):
    """A number in a sentence: the words that say what it is, and its paragraph."""

    words: str
    passage: int

    @property
    def group(self) -> Hashable:
        """The prose as a whole: its rounding tails are told once."""
        return "prose"

    def describe(self) -> Wording:
        """``文中“财政拨款收入”``."""
        words = self.words or "此数"
        return Wording(f"文中“{words}”", f"“{words}” in the text")


@dataclass(slots=True, eq=False)
class Change:
    """``比上年增加304.04万元，增长10.63%``: against what, by how much, with the words that give the direction.

    ``otherwise`` is the item that it may speak of instead: a sentence without subject behind a list goes on with its
    last item, or with the whole.
    """

    base: Measure
    delta: Figure | None = None
    rate: Figure | None = None
    verb: Figure | None = None
    trend: Figure | None = None
    flat: bool = False
    residue: bool = False
    otherwise: Item | None = None

    @property
    def sign(self) -> int:
        """+1 for more, −1 for less, as the first word says; 0 for 持平."""
        if self.flat:
            return 0
        word = self.verb or self.trend
        return sign_of(word.printed) if word is not None else 0

    @property
    def at_odds(self) -> bool:
        """Whether one word says more and the other less."""
        return (
            self.verb is not None
            and self.trend is not None
            and sign_of(self.verb.printed) != sign_of(self.trend.printed)
        )


class Ratio(NamedTuple):
    """A share or a rate of completion: the percentage, of what, and the words that say so."""

    figure: Figure
    whole: str
    measure: Measure
    words: Text


class Side(NamedTuple):
    """``决算数小于年初预算数``: the word, its sign, the two measures that it compares."""

    word: Figure
    sign: int
    left: Measure
    right: Measure


class Reason(NamedTuple):
    """``…减少的主要原因``: a direction that is said once more."""

    word: Figure
    sign: int
    subject: Subject


@dataclass(slots=True, eq=False)
class Item:
    """What a piece of text speaks of: its amounts by measure, its shares, rates and changes.

    ``parent`` is the item that it is a part of (其中), ``group`` tells the lists apart; ``name`` is the clause that names
    it, where it has one of its own.
    """

    subject: Subject
    words: str
    passage: int
    parent: Item | None = None
    group: int = 0
    explicit: bool = True
    amounts: dict[Measure, Figure] = field(default_factory=dict)
    repeated: list[tuple[Measure, Figure]] = field(default_factory=list)
    counts: list[Figure] = field(default_factory=list)
    shares: list[Ratio] = field(default_factory=list)
    completions: list[Ratio] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    name: Text | None = None
    section: Scope = "all"
    path: tuple[int, ...] = ()

    @property
    def scope(self) -> Scope:
        """The fund of its subject."""
        return self.subject.scope or "all"


@dataclass(slots=True, eq=False)
class Claim:
    """A number of the prose with its role, the words before it in its clause and those right behind it.

    ``reason`` says why nothing can be checked about it, if that is known.
    """

    quantity: Quantity
    figure: Figure
    role: Role
    item: Item | None
    measure: Measure = "current"
    reason: Wording | None = None
    words: str = ""
    after: str = ""


class MissingUnit(NamedTuple):
    """A number without the unit that it must have: ``增长13.95``."""

    figure: Figure
    unit: str


@dataclass(frozen=True)
class Reading:
    """All claims and items of a document, in order, and the numbers that lack a unit."""

    claims: tuple[Claim, ...]
    items: tuple[Item, ...]
    missing: tuple[MissingUnit, ...]


IN_REASON = Wording("是对原因的说明，报告中没有可核对的数", "part of a reason; nothing in the report bears on it")
RESIDUE = Wording(
    "模板用语“增加（减少）”未作选择，无法判断", "the words of the form, increase (decrease), were left in"
)
NO_SUBJECT = Wording("所指不明，无法与其他数对应", "what it counts cannot be told")
THRESHOLD = Wording("是标准或界限，不是数额", "a threshold, no amount")
NOT_CHECKED_KIND = Wording("报告中没有可与之核对的数", "nothing in the report bears on it")

_UP = "增加|增长|上升|提高|提升|增支|增幅|上涨|多支出|扩大"
_DOWN = "减少|下降|降低|减支|节约|节省|压减|降幅|缩减|压缩|回落|减"
_SIGNS = {**dict.fromkeys(_UP.split("|"), 1), **dict.fromkeys(_DOWN.split("|"), -1)}
_SIGNS |= {
    "大于": 1,
    "高于": 1,
    "超过": 1,
    "超出": 1,
    "多于": 1,
    "小于": -1,
    "低于": -1,
    "少于": -1,
    "等于": 0,
    "持平": 0,
}


def sign_of(word: str) -> int:
    """+1 for 增加, −1 for 减少, 0 for 持平 and unknown words."""
    return _SIGNS.get(word, 0)


_SHARE = re.compile(r"(?:约?占)([^占]{0,40}?)(?:的)?(?:比重|比例|百分比|比)?(?:的|为|达到?|约)?$")
_COMPLETED = re.compile(
    r"(?:完成|占|为)(?:了)?(?:当年|本年)?((?:年初|调整后?|全年)?(?:支出|收入)?预算)(?:数|安排|总额)?(?:的)?$"
    r"|((?:年初|调整后?|全年)?预算)(?:执行|完成)率(?:为|达到?)?$"
)
_VERB = re.compile(rf"({_UP}|{_DOWN})(?:了|为|约|额为|幅度为|率为)?$")
_RESIDUE = re.compile(rf"(?:{_UP}|{_DOWN})（(?:{_UP}|{_DOWN})）(?:了|为)?$|(?:增|减)（(?:增|减)）$")
_BASE = re.compile(
    r"(?:比|较|与|同|和)([^比较与同]{0,30}?)(?:相比|相较|比较|对比)?(?:各|均|分别|共|合计|同比|净|略|有所)*$"
)
_COMPARED = re.compile(r"(?:与|同|和|较|比)([^与同和较比]{1,30}?)(?:相比|相较|比较|对比)$")
_COMPARED_AHEAD = re.compile(r"^(?:与|同|和|较|比)([^与同和较比]{1,20}?)(?:相比|相较|比较)")
_SPREAD = re.compile(r"(?:各|均|分别|共|合计|同比|净|略|有所)+$")
_LIMITS = frozenset(
    {"不超过", "不低于", "不高于", "不少于", "不大于", "不小于", "至少", "最多", "最高", "低于", "高于", "大于", "小于"}
)
_FLAT = re.compile(r"(?:比|较|与|同|和)([^比较与同和]{1,30}?)(?:基本)?(持平|一致|相同|无变化|没有变化)$")
_SIDE = re.compile(r"(决算|执行|支出)数?(大于|小于|高于|低于|等于|超过|超出|多于|少于)((?:年初|调整后?|全年)?预算)数?")
_SIDE_FLAT = re.compile(r"(决算|执行)数?(?:与|同|和|等于)?((?:年初|调整后?|全年)?预算)数?(?:基本)?(持平|一致|相同)")
_SIDE_EQUAL = re.compile(r"(决算|执行)数?(等于)((?:年初|调整后?|全年)?预算)数?")
_CAUSE = re.compile(r"(?:主要)?原因|主要(?:是|系)(?:由于|因)?|主要由于|由于")
_SAID_AGAIN = re.compile(rf"^(.{{0,60}}?)({_UP}|{_DOWN})的?(?:主要)?原因")
_GOES_ON = re.compile(r"^(?:[一二三四五六七八九]是|其次|同时|另外|此外|再次|（[一二三四五六七八九\d]）|[①-⑳])")
_AGAINST = re.compile(r"^(?:与|同|较|比)")
"""How the amount is introduced with which the one before it is compared: 比年初预算数58.68万元减少5.59万元."""
_RESUMES = re.compile(r"^(?:与|同)(?:上年度?|去年|上一年度?|20\d\d年度?)(?:决算数?)?相比(?:各)?(?:增加|减少)$")
"""How the comparison with last year follows the reason why the budget was not kept."""
_LIST = re.compile(r"其中|包括|以下方面|如下$|分别是")
_AS_FOLLOWS = re.compile(r"^(.{2,30}?)(?:主要内容|具体内容|具体)?(?:情况)?如下$")
_MONEY = re.compile(
    r"(?:支出|收入|经费|费|预算|决算|总计|合计|金额|执行数|拨款|结余|资金|（[类款项]）)(?:安排|数|额|总额)?"
    r"(?:（[^（）]{1,20}）)?(?:均|共|各|合计)?(?:为|共|是|计)?$"
)
_OF_WHICH = re.compile(r"^(.{2,40})(?:中|里)$")
_USED_FOR = re.compile(r"(?:主要)?用于")
_LONGEST_CLAUSE = 300
_LOOK_BACK = 200
"""How far a clause, and the items of a paragraph, are looked at: what is further away is not meant."""
_MARKS = "，；。：:;,！？!?\n"
_MEASURE_OF = {
    "年初预算": "initial",
    "调整预算": "adjusted",
    "调整后预算": "adjusted",
    "全年预算": "full",
    "预算": "budget",
}


def budget_named(words: str) -> Measure:
    """Which budget the words ``完成年初预算`` name."""
    return _MEASURE_OF.get(words.replace("支出", "").replace("收入", ""), "budget")  # type: ignore[return-value]


@fact
def read_claims(document: Document) -> Reading:
    """Read the claims of all paragraphs."""
    reader = _Reader(document)
    for index, passage, numbers in _with_quantities(document):
        reader.read(index, passage, numbers)
    return Reading(tuple(reader.claims), tuple(reader.items), tuple(reader.missing))


class _At(NamedTuple):
    """A quantity with its place in the passage's text."""

    begin: int
    end: int
    quantity: Quantity


def _with_quantities(document: Document) -> Iterator[tuple[int, Passage, list[_At]]]:
    """The paragraphs of prose with what is counted in them."""
    everything = sentences(document)
    by_passage: dict[int, list[_At]] = {}
    for quantity in quantities(document):
        if quantity.counts:
            sentence = everything[quantity.sentence]
            by_passage.setdefault(sentence.passage, []).append(
                _At(sentence.begin + quantity.begin, sentence.begin + quantity.end, quantity)
            )
    for index, passage in enumerate(passages(document)):
        if passage.role in ("prose", "heading"):
            yield index, passage, by_passage.get(index, []) if passage.role == "prose" else []


class _Level(NamedTuple):
    """A numbered list that is being read: the kind of its numbers, what it is a list of, its group."""

    kind: str
    head: Item
    group: int


class _Segment(NamedTuple):
    """A clause, or what of it stands before a number: its place, the mark before it, the mark behind it."""

    begin: int
    end: int
    before: str
    after: str


class _Reader:
    """Reads paragraph by paragraph; what is spoken of lasts until the next heading at most."""

    def __init__(self, document: Document) -> None:
        own, when, kind = body(document), period(document), report_kind(document)
        self.body = compact(own.name) if own else ""
        self.year = when.year if when else None
        self.budget = kind == "budget"
        self.claims: list[Claim] = []
        self.items: list[Item] = []
        self.missing: list[MissingUnit] = []
        self.lists = 0
        self.levels: list[_Level] = []
        self.before: Item | None = None
        self.section: Scope = "all"
        self.path: tuple[int, ...] = ()

    # -- paragraphs

    def read(self, index: int, passage: Passage, numbers: list[_At]) -> None:
        """Read a paragraph."""
        path = tuple(section.block for section in passage.sections)
        if path != self.path:
            self.path = path
            self.levels = []
            self.before = None
            self.section = self._section_scope(passage)
        if passage.role != "prose":
            return
        self.index, self.text, self.chars = index, passage.text, passage.text.text
        kind = read_ordinal(self.chars[:12]).kind
        self.numbered = kind != "none"
        self.current: Item | None = None
        self.head: Item | None = None
        self.parent: Item | None = None
        self.outer: list[tuple[Item | None, int]] = []
        self.list = 0
        self.base: Measure | None = None
        self.reason = self.fresh = False
        self.said = self.after = ""
        self.first: Item | None = None
        self.names: list[str] = []
        self.counted: list[Figure] = []
        self.open_brackets: list[tuple[Item | None, Item | None, int, int]] = []
        self._enter_list(kind)
        self.brackets = self._brackets_with(numbers)
        at = 0
        for number in numbers:
            segments = list(self._segments(at, number.begin))
            for segment in segments[:-1]:
                self._words(segment)
            self._quantity(number, segments[-1])
            at = number.end
        for segment in self._segments(at, len(self.chars)):
            self._words(segment)
        if self.first is not None:
            self.before = self.first

    def _enter_list(self, kind: str) -> None:
        """Whether the paragraph is an item of a list, and of what: lists below each other differ in their numbers."""
        self.pending = False
        if not self.numbered:
            self.levels = []
            return
        while self.levels and self.levels[-1].kind != kind and any(level.kind == kind for level in self.levels):
            self.levels.pop()
        if not self.levels or self.levels[-1].kind != kind:
            if self.before is None:
                return
            self.lists += 1
            self.levels.append(_Level(kind, self.before, self.lists))
        self.parent, self.list, self.pending = self.levels[-1].head, self.levels[-1].group, True

    def _section_scope(self, passage: Passage) -> Scope:
        fiscal = False
        for section in reversed(passage.sections):
            scope = scope_of_heading(section.title.text)
            if scope == "fiscal" or (fiscal and scope not in ("general", "fund", "capital")):
                fiscal = True  # 财政拨款 under the heading of a fund is that fund's
            elif scope is not None:
                return scope
        return "fiscal" if fiscal else "all"

    def _brackets_with(self, numbers: Sequence[_At]) -> dict[int, str]:
        """The places of brackets round numbers; others are part of the words."""
        found: dict[int, str] = {}
        if not numbers:
            return found
        stack: list[int] = []
        inside = [number.begin for number in numbers]
        at = 0
        for place, character in enumerate(self.chars):
            if character in "（(":
                stack.append(place)
            elif character in "）)" and stack:
                begin = stack.pop()
                while at < len(inside) and inside[at] < begin and not stack:
                    at += 1
                if any(begin < number < place for number in inside[at : at + 40]):
                    found[begin], found[place] = "（", "）"
        return found

    def _segments(self, begin: int, end: int) -> Iterator[_Segment]:
        """The clauses between two places; the last one is what stands right before the second."""
        before = "" if begin else "^"
        start = begin
        after_number = begin > 0
        for place in range(begin, end):
            character = self.chars[place]
            mark = ""
            if place in self.brackets:
                mark = self.brackets[place]
            elif character in _MARKS or (character == "、" and after_number):
                mark = "：" if character == ":" else "；" if character == ";" else character
            if mark:
                yield _Segment(start, place, before, mark)
                before, start = mark, place + 1
            if not character.isspace():
                after_number = False
        yield _Segment(start, end, before, "")

    # -- clauses without a number

    def _words(self, segment: _Segment) -> None:
        """Take in a clause that ends before the next number does."""
        words = compact(self.chars[segment.begin : segment.end][-_LONGEST_CLAUSE:])
        self._boundary(segment.before)
        if words:
            self._clause(words, segment)
        if segment.after == "）" and self.open_brackets:
            self.current, self.parent, self.list, depth = self.open_brackets.pop()
            del self.outer[depth:]

    def _boundary(self, mark: str) -> None:
        if mark in ("。", "！", "？", "\n", "!", "?"):
            self.reason = False
            self.fresh = True
            self.base = None
            self._close_list()
        elif mark == "；":
            self.base = None
            if self.outer:
                self.parent, self.list = self.outer.pop()
        elif mark == "（":
            self.open_brackets.append((self.current, self.parent, self.list, len(self.outer)))
            if self.current is not None:
                self.lists += 1
                self.parent, self.list = self.current, self.lists

    def _close_list(self) -> None:
        self.outer.clear()
        if not self.pending:
            self.parent, self.list = None, 0

    def _clause(self, words: str, segment: _Segment) -> None:
        if self.reason and segment.before == "；" and not _GOES_ON.match(words):
            self.reason = False
        cause = _CAUSE.search(words)
        if not self.reason:
            self._statements(words if cause is None else words[: cause.end()], segment)
        if cause is not None:
            self.reason = True

    def _statements(self, words: str, segment: _Segment) -> None:
        if self._side(words, segment):
            return
        flat = _FLAT.search(words)
        if flat is not None and "预算数" not in words[: flat.start()] + flat.group(1).replace("预算数", "", 1):
            self._flat(words, flat, segment)
            return
        again = _SAID_AGAIN.match(words)
        if again is not None:
            self._said_again(again, segment)
            return
        compared = _COMPARED.search(words)
        if compared is not None:
            self.base = self._base(compared.group(1))
            return
        if "（类）" in words or "类）" in words:
            self._new_item(self._named(words), words, segment, topic=True)
        elif segment.before == "^" and self.numbered and segment.after in "。：" and len(words) <= 40:
            named = self._named(words)
            if named.subject.named:
                self._new_item(named, words, segment, topic=True)
        of_which = _OF_WHICH.match(words)
        if of_which is not None:
            named = self._named(of_which.group(1))
            if named.subject.named:
                self._new_item(named, words, segment)
                self._open_list()
        elif _LIST.search(words):
            follows = _AS_FOLLOWS.match(words)
            if follows is not None and (told := self._named(follows.group(1))).subject.named:
                self._item_for(told, words, segment)
            self._open_list()

    def _open_list(self) -> None:
        if self.current is None:
            return
        if self.parent is not None:
            self.outer.append((self.parent, self.list))
            self.parent = self.current
        else:
            self.parent = self.current if self.current.parent is None else self.head or self.current
        self.lists += 1
        self.list = self.lists

    def _side(self, words: str, segment: _Segment) -> bool:
        match = _SIDE.search(words) or _SIDE_EQUAL.search(words)
        if match is not None:
            word, right = match.group(2), match.group(3)
        else:
            match = _SIDE_FLAT.search(words)
            if match is None:
                return False
            word, right = match.group(3), match.group(2)
        owner = self._owner_of(words[: match.start()]) or self.current
        if owner is not None:
            figure_ = self._word(word, segment)
            if figure_ is not None:
                sign = 0 if word in ("持平", "一致", "相同", "等于") else sign_of(word)
                owner.sides.append(Side(figure_, sign, "current", budget_named(right)))
        return True

    def _owner_of(self, words: str) -> Item | None:
        """The latest item of the paragraph that the words name; ``None`` where they name none."""
        named = self._named(words)
        return self._latest(named.subject) if named.subject.named else None

    def _latest(self, subject: Subject) -> Item | None:
        for item in islice(reversed(self.items), _LOOK_BACK):
            if item.passage != self.index:
                return None
            if _alike(item.subject, subject):
                return item
        return None

    def _flat(self, words: str, match: re.Match[str], segment: _Segment) -> None:
        base = self._base(match.group(1))
        named = self._named(words[: match.start()])
        item = self._item_for(named, words[: match.start()], segment)
        word = self._word(match.group(2), segment)
        if item is not None and word is not None:
            if base in BUDGETS and not self.budget:
                item.sides.append(Side(word, 0, "current", base))
            else:
                item.changes.append(Change(base, verb=word, flat=True))

    def _said_again(self, match: re.Match[str], segment: _Segment) -> None:
        named = self._named(match.group(1))
        word = self._word(match.group(2), segment)
        if word is None or not named.subject.named:
            return
        owner = self._latest(named.subject) or self._changed_before(named.subject)
        if owner is not None:
            owner.reasons.append(Reason(word, sign_of(match.group(2)), named.subject))

    def _changed_before(self, subject: Subject) -> Item | None:
        """The item of the section, in an earlier paragraph, that is said to have changed; 收入支出 may be either."""
        cores = ("收入", "支出") if subject.core == "收入支出" else (subject.core,)
        for item in islice(reversed(self.items), _LOOK_BACK):
            if item.path != self.path:
                return None
            if item.changes and item.subject.core in cores and item.subject.scope == (subject.scope or item.scope):
                return item
        return None

    def _word(self, word: str, segment: _Segment) -> Figure | None:
        """The last place of a word in a clause, as a figure that prints it."""
        at = self.chars.rfind(word, segment.begin, segment.end)
        if at < 0:
            return None
        place = ProsePlace(word, self.index)
        return Figure(self.text.span(at, at + len(word)), word, None, None, "prose", place, ZERO, ZERO)

    # -- items

    def _named(self, words: str) -> Named:
        return read_words(words, self.body)

    def _base(self, words: str) -> Measure:
        """Against what something is compared."""
        named = self._named(words)
        if named.last_year or (self.year is not None and any(year < self.year for year in named.years)):
            return "previous"
        if "预算" in words and named.measure in BUDGETS:
            return named.measure
        return "previous"

    def _measure(self, named: Named) -> Measure:
        """What is measured, in terms of the report: the budget is the current amount of a budget report."""
        earlier = named.last_year or (
            self.year is not None and bool(named.years) and max(named.years) < self.year and named.measured
        )
        if earlier and (named.subject.core == "" or named.measured) and "结" not in named.subject.core:
            return "previous"
        if self.budget and named.measure in BUDGETS:
            return "current"
        return named.measure

    def _item_for(self, named: Named, words: str, segment: _Segment) -> Item | None:
        """The item that words speak of: the current one where they name nothing."""
        if not named.subject.named:
            return self.current
        if self.current is not None and _alike(self.current.subject, named.subject):
            return self.current
        found = self._latest(named.subject)
        if found is not None and found.parent is self.parent:
            self.current = found
            return found
        return self._new_item(named, words, segment)

    def _new_item(self, named: Named, words: str, segment: _Segment, *, topic: bool = False) -> Item:
        subject = named.subject
        if subject.scope is None:
            inherited = self.parent.scope if self.parent is not None else self._running_scope()
            subject = subject._replace(scope=inherited)
        item = Item(subject, words[-24:], self.index, self.parent, self.list, section=self.section, path=self.path)
        if topic:
            item.name = self._without_number(segment)
        self.items.append(item)
        self.current, self.fresh = item, False
        if item.parent is None or self.head is None:
            self.head = item
        if self.first is None:
            self.first = item
        if self.pending:  # what follows in the paragraph is no further item of the list
            self.pending = False
            self.parent, self.list = None, 0
        return item

    def _without_number(self, segment: _Segment) -> Text:
        text = self.text.slice(segment.begin, segment.end).strip()
        number = ORDINAL.match(text.text)
        return text.slice(number.end(), len(text)).strip() if number is not None else text

    def _running_scope(self) -> Scope:
        if self.head is not None and self.head.passage == self.index and self.section in ("all", "fund", "capital"):
            return self.head.scope
        return self.section

    # -- numbers

    def _quantity(self, at: _At, segment: _Segment) -> None:
        quantity = at.quantity
        self._boundary(segment.before)
        words = compact(self.chars[segment.begin : segment.end][-_LONGEST_CLAUSE:])
        if self.reason and segment.before == "；" and not _GOES_ON.match(words):
            self.reason = False
        if self.reason and quantity.kind == "amount" and _RESUMES.match(words) and not self._compared_before():
            self.reason = False
        cause = _CAUSE.search(words)
        if cause is not None:
            self._statements(words[: cause.end()], segment)
            self.reason = True
            words = words[cause.end() :]
        opened = list(_LIST.finditer(words))
        if opened and not words.endswith("分别"):
            if not self.reason:
                head = words[: opened[-1].start()]
                if head and self._named(head).subject.named and not _SHARE.search(head):
                    self._item_for(self._named(head), head, segment)
                self._open_list()
            words = words[opened[-1].end() :].lstrip("：")
        used = _USED_FOR.search(words)
        if used is not None and not self.reason:
            head = words[: used.start()]
            owner = self._owner_of(head) if head else None
            if owner is not None:
                self.current = owner
            self._open_list()
            words = words[used.end() :]
        kind = quantity.kind
        if quantity.number is None:
            return
        self.said = words
        self.after = re.split(r"[，。；：（）、]", compact(self.chars[at.end : at.end + 16]))[0]
        if quantity.hedge.endswith(("以上", "以下", "以内", "以外")) or quantity.hedge in _LIMITS:
            self._claim(quantity, self._figure(quantity, words, quantity.unit), "other", None, reason=THRESHOLD)
            return
        if kind in ("percent", "plain") and self._ratio(quantity, words, segment):
            return
        if kind in ("amount", "plain", "count", "percent") and self._change(quantity, words, segment):
            return
        listed = kind == "plain" and bool(self.names) and not words
        if kind == "amount" or listed or (kind == "plain" and self._looks_like_amount(quantity, words)):
            self._amount(quantity, words, segment)
        elif kind == "count":
            self._count(quantity, words, segment)
        else:
            self._other(quantity, words, segment)

    def _compared_before(self) -> bool:
        return self.current is None or any(change.base == "previous" for change in self.current.changes)

    def _figure(self, quantity: Quantity, words: str, unit: Unit | None) -> Figure:
        assert quantity.number is not None
        place = ProsePlace(shown(words, self.body), self.index)
        return figure(quantity.span, quantity.number_text.text.strip(), quantity.number, unit, "prose", place)

    def _claim(
        self,
        quantity: Quantity,
        figure_: Figure,
        role: Role,
        item: Item | None,
        measure: Measure = "current",
        reason: Wording | None = None,
    ) -> None:
        if reason is None and item is None:
            reason = IN_REASON if self.reason else NO_SUBJECT
        self.claims.append(Claim(quantity, figure_, role, item, measure, reason, self.said, self.after))

    def _ratio(self, quantity: Quantity, words: str, segment: _Segment) -> bool:
        """A share or a rate of completion."""
        completed = _COMPLETED.search(words)
        share = None if completed is not None else _SHARE.search(words)
        if completed is None and share is None:
            return False
        figure_ = self._figure(quantity, words, PERCENT)
        if quantity.kind == "plain":
            self.missing.append(MissingUnit(figure_, "%"))
        match = completed or share
        assert match is not None
        head = words[: match.start()]
        item = None if self.reason else self._item_for(self._named(head), head, segment) if head else self.current
        place = self.text.slice(segment.begin, segment.end)
        if completed is not None:
            if item is not None:
                item.completions.append(
                    Ratio(figure_, "", budget_named(completed.group(1) or completed.group(2)), place)
                )
            self._claim(quantity, figure_, "completion", item)
        else:
            assert share is not None
            if item is not None:
                item.shares.append(Ratio(figure_, share.group(1), "current", place))
            self._claim(quantity, figure_, "share", item)
        return True

    def _change(self, quantity: Quantity, words: str, segment: _Segment) -> bool:
        """By how much something changed."""
        residue = _RESIDUE.search(words)
        verb = residue or _VERB.search(words)
        if verb is None:
            return False
        percent = quantity.kind == "percent" and (quantity.unit is None or "百分点" not in quantity.unit.name)
        before = words[: verb.start()]
        ahead = _COMPARED_AHEAD.match(before)
        if ahead is not None:
            self.base = self._base(ahead.group(1))
            before = before[ahead.end() :]
        base = _BASE.search(before)
        if base is not None and (base.group(1) or before.endswith("相比")):
            self.base = self._base(base.group(1))
            before = before[: base.start()]
        before = _SPREAD.sub("", before)
        named = self._named(before)
        item = None if self.reason else self._item_for(named, before, segment)
        word = None if residue else self._word(verb.group(1), segment)
        if quantity.kind == "plain":
            previous = item.changes[-1] if item is not None and item.changes else None
            after_delta = previous is not None and previous.delta is not None and previous.rate is None
            if after_delta or (item is not None and _is_rate(item, quantity)):
                percent = True
                figure_ = self._figure(quantity, words, PERCENT)
                if figure_.value:
                    self.missing.append(MissingUnit(figure_, "%"))
            else:
                figure_ = self._figure(quantity, words, self._usual_unit())
                if quantity.number is not None and quantity.number.decimals == 0:
                    self._claim(quantity, figure_, "other", item)
                    return True
                if figure_.value:
                    self.missing.append(MissingUnit(figure_, figure_.unit.name if figure_.unit else "万元"))
        elif percent:
            figure_ = self._figure(quantity, words, PERCENT)
        else:
            figure_ = self._figure(quantity, words, quantity.unit)
        role: Role = "growth" if percent else "change"
        if item is None or quantity.kind == "count" or (quantity.kind == "percent" and not percent):
            self._claim(quantity, figure_, role, None, reason=IN_REASON if self.reason else None)
            return True
        self._claim(quantity, figure_, role, item, reason=RESIDUE if residue else None)
        change = item.changes[-1] if item.changes else None
        if (
            percent
            and change is not None
            and change.rate is None
            and change.delta is not None
            and not named.subject.named
        ):
            change.rate, change.trend = figure_, word
            change.residue = change.residue or residue is not None
            return True
        change = Change(self.base or "previous", residue=residue is not None)
        if self.fresh and not named.subject.named and item.parent is not None and item.parent.passage == self.index:
            change.otherwise = item.parent
        if percent:
            change.rate, change.trend = figure_, word
        else:
            change.delta, change.verb = figure_, word
        item.changes.append(change)
        return True

    def _looks_like_amount(self, quantity: Quantity, words: str) -> bool:
        """Whether a number without unit must be an amount: its words name a subject and what is measured of it."""
        named = self._named(words)
        decimals = quantity.number is not None and quantity.number.decimals > 0
        zero = quantity.number is not None and not quantity.number.value
        subject = named.subject.named or self.current is not None
        money = _MONEY.search(words)
        return bool(subject and money and (decimals or zero))

    def _amount(self, quantity: Quantity, words: str, segment: _Segment) -> None:
        unit = quantity.unit
        parts = self._distributed(words)
        if parts:
            words = parts
        elif self.names and not words and segment.before in "、和及":
            words = self.names.pop(0)
        else:
            self.names = []
        named = self._named(words)
        if unit is None:
            unit = self._usual_unit()
            figure_ = self._figure(quantity, words, unit)
            if figure_.value:
                self.missing.append(MissingUnit(figure_, unit.name if unit else "万元"))
        else:
            figure_ = self._figure(quantity, words, unit)
        if self.reason:
            self._claim(quantity, figure_, "amount", None)
            return
        measure = self._measure(named)
        if measure != "current" and _AGAINST.match(words):
            self.base = measure
        item = self._item_for(named, words, segment)
        if item is None or item.counts:
            item = self._new_item(named, words, segment)
            item.explicit = named.subject.named
        self._claim(quantity, figure_, "amount", item, measure)
        if measure in item.amounts:
            item.repeated.append((measure, figure_))
        else:
            item.amounts[measure] = figure_

    def _usual_unit(self) -> Unit | None:
        for claim in islice(reversed(self.claims), _LOOK_BACK):
            if claim.role == "amount" and claim.quantity.unit is not None:
                return claim.quantity.unit
        return None

    def _distributed(self, words: str) -> str:
        """For ``货物、工程、服务支出分别为`` the first name; the others are kept for the numbers that follow."""
        if not words.endswith(("分别为", "分别是", "分别")):
            return ""
        names = re.split(r"[、和及与]", re.sub(r"分别[为是]?$", "", words))
        if len(names) < 2:
            return ""
        first, *self.names = names
        return first

    def _count(self, quantity: Quantity, words: str, segment: _Segment) -> None:
        figure_ = self._figure(quantity, words, quantity.unit)
        self.counted.append(figure_)
        if self.reason:
            self._claim(quantity, figure_, "count", None)
            return
        if not words and self.current is None:
            self._claim(quantity, figure_, "count", None)
            return
        named = self._named(words)
        core = named.subject.core or compact(words)
        parent, current = self.parent, self.current
        item = self._new_item(named._replace(subject=Subject("other", core)), words, segment)
        if current is not None and parent is None and current.counts == []:
            item.parent = None
        item.counts.append(figure_)
        self._claim(quantity, figure_, "count", item)

    def _other(self, quantity: Quantity, words: str, segment: _Segment) -> None:
        figure_ = self._figure(quantity, words, PERCENT if quantity.kind == "percent" else quantity.unit)
        if quantity.kind == "percent" and words.endswith(("率为", "率", "率达", "率均为")) and len(self.counted) >= 2:
            item = Item(NOTHING, words, self.index, counts=self.counted[-2:])
            item.shares.append(Ratio(figure_, "", "current", self.text))
            self._claim(quantity, figure_, "other", item, reason=NOT_CHECKED_KIND)
            return
        self._claim(quantity, figure_, "other", None, reason=NOT_CHECKED_KIND)


def _is_rate(item: Item, quantity: Quantity) -> bool:
    """Whether a number without unit behind 增加 is the rate at which the item's two amounts differ, as it is printed."""
    current, previous = item.amounts.get("current"), item.amounts.get("previous")
    if current is None or previous is None or not previous.value or quantity.number is None:
        return False
    rate = abs(current.value / previous.value - 1) * 100
    return abs(rate - quantity.number.value) <= 2 * quantity.number.half


def _alike(one: Subject, other: Subject) -> bool:
    """Whether two subjects of a paragraph are the same; a scope that is not named is the other's."""
    if one.chain or other.chain:
        return one.chain == other.chain
    if one.core != other.core:
        return False
    return one.scope == other.scope or other.scope is None or one.scope is None
