"""Reading (读句): from paragraphs to claims, clause by clause.

A reader goes through each paragraph once. A number takes its meaning from the words between it and what stands before it
in its clause; where these name nothing, it belongs to the item that the text speaks of (:mod:`._topics`). Nothing is
bound to a table here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from govlint import (
    Document,
    Passage,
    Quantity,
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
from govlint_numbers._claims import (
    IN_REASON,
    NO_SUBJECT,
    NOT_CHECKED_KIND,
    RESIDUE,
    THRESHOLD,
    Change,
    Claim,
    Clause,
    Item,
    MissingUnit,
    NumberPlace,
    Ratio,
    Reading,
    Reason,
    Role,
    Side,
    WordPlace,
)
from govlint_numbers._clauses import (
    AGAINST,
    AGAINST_LAST_YEAR,
    AS_FOLLOWS,
    BASE,
    BOUNDARIES,
    COMPARED,
    COMPARED_AHEAD,
    COMPARED_WORDS,
    COMPLETED,
    FLAT,
    FLAT_WORDS,
    GOES_ON,
    LIMITS,
    LIST,
    LOOK_BACK,
    MONEY,
    NAMES_OFFICIAL,
    OF_WHICH,
    RESUMES,
    SAID_AGAIN,
    SENTENCE_ENDS,
    SHARE,
    SIDE,
    SIDE_FLAT,
    SPREAD,
    UNCHOSEN,
    USED_FOR,
    VERB,
    VERB_ENDS,
    At,
    Segment,
    brackets_in,
    budget_named,
    distributed,
    sign_of,
    stretch,
    unit_in_common,
)
from govlint_numbers._figures import Figure, Wording, figure
from govlint_numbers._subjects import BUDGETS, NOTHING, Measure, Named, Subject, compact, compiled, read_words
from govlint_numbers._topics import Topics

PERCENT = Unit("%", "percent")
_LONGEST_WHOLE = 40


@fact
def read_claims(document: Document) -> Reading:
    """Read the claims of all paragraphs."""
    reader = _Reader(document)
    for index, passage, numbers in _with_quantities(document):
        reader.read(index, passage, numbers)
    return Reading(tuple(reader.claims), tuple(reader.topics.items), tuple(reader.missing))


def _with_quantities(document: Document) -> Iterator[tuple[int, Passage, list[At]]]:
    """The paragraphs of prose with what is counted in them."""
    everything = sentences(document)
    by_passage: dict[int, list[At]] = {}
    for quantity in quantities(document):
        if quantity.counts:
            sentence = everything[quantity.sentence]
            by_passage.setdefault(sentence.passage, []).append(
                At(sentence.begin + quantity.begin, sentence.begin + quantity.end, quantity)
            )
    for index, passage in enumerate(passages(document)):
        if passage.role in ("prose", "heading"):
            yield index, passage, by_passage.get(index, []) if passage.role == "prose" else []


class _Reader:
    """Reads paragraph by paragraph; what is spoken of lasts until the next heading at most."""

    def __init__(self, document: Document) -> None:
        own, when, kind = body(document), period(document), report_kind(document)
        self.body = compact(own.name) if own else ""
        self.year = when.year if when else None
        self.budget = kind == "budget"
        self.topics = Topics()
        self.claims: list[Claim] = []
        self.missing: list[MissingUnit] = []

    def read(self, index: int, passage: Passage, numbers: list[At]) -> None:
        """Read a paragraph; ``numbers`` are the quantities in it."""
        self.topics.enter(passage)
        if passage.role != "prose":
            return
        self.index, self.text, self.chars = index, passage.text, passage.text.text
        kind = read_ordinal(self.chars[:12]).kind
        self.numbered = kind != "none"
        self.base: Measure | None = None
        self.reason = False
        self.said = self.after = ""
        self.names: list[str] = []
        self.counted: list[Figure] = []
        self.topics.begin(index, kind)
        brackets = brackets_in(self.chars, numbers)
        self.common_unit: Unit | None = None
        self.begin, listed = 0, 0
        for place, number in enumerate(numbers):
            if place >= listed and number.quantity.kind == "plain":
                unit, last_of_list = unit_in_common(self.chars, numbers, place)
                self.common_unit, listed = unit, last_of_list + (unit is not None)
            before = stretch(self.chars, self.begin, number.begin, brackets)
            for segment in before.clauses:
                self._words(segment)
            self._quantity(number, before.last, listed=place < listed)
            self.begin = number.end
        rest = stretch(self.chars, self.begin, len(self.chars), brackets)
        for segment in (*rest.clauses, rest.last):
            self._words(segment)
        self.topics.end()

    def _boundary(self, mark: str) -> None:
        """Pass one of :data:`BOUNDARIES`: a sentence ends what it gives as reason, and with what it compares."""
        if mark in SENTENCE_ENDS:
            self.reason = False
            self.base = None
        elif mark == "；":
            self.base = None
        self.topics.boundary(mark)

    # -- clauses without a number

    def _words(self, segment: Segment) -> None:
        """Take in a clause that ends before the next number does."""
        if segment.before in BOUNDARIES:
            self._boundary(segment.before)
        if segment.words and segment.tells:
            self._clause(segment)
        if segment.after == "）":
            self.topics.close_bracket()

    def _clause(self, segment: Segment) -> None:
        if self.reason and segment.before == "；" and not compiled(GOES_ON).match(segment.words):
            self.reason = False
        if not self.reason:
            self._statements(segment.words[: segment.cause], segment)
        if segment.cause is not None:
            self.reason = True

    def _statements(self, words: str, segment: Segment) -> None:
        if self._side(words, segment):
            return
        flat = compiled(FLAT).search(words) if words.endswith(FLAT_WORDS) else None
        if flat is not None and "预算数" not in words[: flat.start()] + flat.group(1).replace("预算数", "", 1):
            self._flat(words, flat, segment)
            return
        again = compiled(SAID_AGAIN).match(words) if "原因" in words else None
        if again is not None:
            self._said_again(again, segment)
            return
        compared = compiled(COMPARED).search(words) if words.endswith(COMPARED_WORDS) else None
        if compared is not None:
            self.base = self._base(compared.group(1))
            return
        if "类）" in words:
            self.topics.new_item(self._named(words).subject, words, self._name(segment))
        elif segment.before == "^" and self.numbered and segment.after in "。：" and len(words) <= 40:
            named = self._named(words)
            if named.subject.named:
                self.topics.new_item(named.subject, words, self._name(segment))
        if words.endswith(OF_WHICH) and 2 <= len(words) - 1 <= _LONGEST_WHOLE:
            named = self._named(words[:-1])
            if named.subject.named:
                self.topics.new_item(named.subject, words)
                self.topics.open_list()
        elif LIST.search(words):
            follows = compiled(AS_FOLLOWS).match(words) if words.endswith("如下") else None
            if follows is not None and (told := self._named(follows.group(1))).subject.named:
                self.topics.item_for(told, words)
            self.topics.open_list()
        elif (official := compiled(NAMES_OFFICIAL).match(words) if "公" in words[:5] else None) is not None:
            self.topics.item_for(self._named(official.group().removeprefix("其中").lstrip("：")), words)

    def _side(self, words: str, segment: Segment) -> bool:
        if "预算" not in words:
            return False
        match = compiled(SIDE).search(words)
        if match is not None:
            word, right = match.group(2), match.group(3)
        else:
            match = compiled(SIDE_FLAT).search(words)
            if match is None:
                return False
            word, right = match.group(3), match.group(2)
        owner = self._owner_of(words[: match.start()]) or self.topics.current
        if owner is not None:
            figure_ = self._word(word, segment)
            if figure_ is not None:
                sign = 0 if word in ("持平", "一致", "相同", "等于") else sign_of(word)
                owner.sides.append(Side(figure_, sign, "current", budget_named(right)))
        return True

    def _owner_of(self, words: str) -> Item | None:
        """The latest item of the paragraph that the words name; ``None`` where they name none."""
        named = self._named(words)
        return self.topics.latest(named.subject) if named.subject.named else None

    def _flat(self, words: str, match: re.Match[str], segment: Segment) -> None:
        base = self._base(match.group(1))
        named = self._named(words[: match.start()])
        item = self.topics.item_for(named, words[: match.start()])
        word = self._word(match.group(2), segment)
        if item is not None and word is not None:
            if base in BUDGETS and not self.budget:
                item.sides.append(Side(word, 0, "current", base))
            else:
                item.changes.append(Change(base, verb=word, flat=True))

    def _said_again(self, match: re.Match[str], segment: Segment) -> None:
        named = self._named(match.group(1))
        word = self._word(match.group(2), segment)
        if word is None or not named.subject.named:
            return
        owner = self.topics.latest(named.subject) or self.topics.changed_before(named.subject)
        if owner is not None:
            owner.reasons.append(Reason(word, sign_of(match.group(2)), named.subject))

    def _word(self, word: str, segment: Segment) -> Figure | None:
        """The last place of a word in a clause, as a figure that prints it."""
        at = self.chars.rfind(word, self.begin + segment.begin, self.begin + segment.end)
        if at < 0:
            return None
        return Figure(None, None, "prose", WordPlace(word, self.index, "", self.text, at))

    def _name(self, segment: Segment) -> Clause:
        """A clause that is a name."""
        return Clause(self.text, self.begin + segment.begin, self.begin + segment.end)

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
        earlier = named.last_year or (self._earlier(named) and named.measured)
        if earlier and (named.subject.core == "" or named.measured) and "结" not in named.subject.core:
            return "previous"
        if self.budget and named.measure in BUDGETS:
            return "current"
        return named.measure

    def _earlier(self, named: Named) -> bool:
        """Whether words speak of the year before, or of an earlier one."""
        return named.last_year or (self.year is not None and bool(named.years) and max(named.years) < self.year)

    # -- numbers

    def _quantity(self, at: At, segment: Segment, *, listed: bool = False) -> None:
        """Read a number; ``listed``: it is one of several with a unit in common."""
        quantity = at.quantity
        if segment.before in BOUNDARIES:
            self._boundary(segment.before)
        words = segment.words
        if self.reason and segment.before == "；" and not compiled(GOES_ON).match(words):
            self.reason = False
        if self.reason and quantity.kind == "amount" and compiled(RESUMES).match(words) and not self._compared_before():
            self.reason = False
        if segment.cause is not None:
            self._statements(words[: segment.cause], segment)
            self.reason = True
            words = words[segment.cause :]
        opened = list(LIST.finditer(words)) if segment.lists else []
        if opened and not words.endswith("分别"):
            if not self.reason:
                head = words[: opened[-1].start()]
                if head and self._named(head).subject.named and not SHARE.search(head):
                    self.topics.item_for(self._named(head), head)
                self.topics.open_list()
            words = words[opened[-1].end() :].lstrip("：")
        used = USED_FOR.search(words) if "用于" in words else None
        if used is not None and not self.reason:
            head = words[: used.start()]
            owner = self._owner_of(head) if head else None
            if owner is not None:
                self.topics.current = owner
            self.topics.open_list()
            words = words[used.end() :]
        kind = quantity.kind
        if quantity.number is None:
            return
        self.said = words
        self.after = self.chars[at.end : at.end + 16]
        hedge = quantity.hedge
        if hedge and (hedge.endswith(("以上", "以下", "以内", "以外")) or hedge in LIMITS):
            self._claim(quantity, self._figure(quantity, words, quantity.unit), "other", None, reason=THRESHOLD)
            return
        if listed and not (kind == "amount" or self.common_unit is None or self.common_unit.kind == "money"):
            self._other(quantity, words, segment)
            return
        if listed and not (distributed(words) or (self.names and not words)):
            self._other(quantity, words, segment)
            return
        if kind in ("percent", "plain") and self._ratio(quantity, words):
            return
        if kind == "amount" and words.endswith(("预算", "预算数")) and self._beyond(quantity, words, segment):
            return
        if kind in ("amount", "plain", "count", "percent") and self._change(quantity, words, segment):
            return
        named_before = kind == "plain" and bool(self.names) and not words
        if kind == "amount" or listed or named_before or (kind == "plain" and self._looks_like_amount(quantity, words)):
            self._amount(quantity, words, segment)
        elif kind == "count":
            self._count(quantity, words, segment)
        else:
            self._other(quantity, words, segment)

    def _compared_before(self) -> bool:
        return self.topics.current is None or any(change.base == "previous" for change in self.topics.current.changes)

    def _figure(self, quantity: Quantity, words: str, unit: Unit | None) -> Figure:
        return figure(quantity.number, unit, "prose", NumberPlace(words, self.index, self.body, quantity))

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

    def _ratio(self, quantity: Quantity, words: str) -> bool:
        """A share or a rate of completion."""
        completed = COMPLETED.search(words) if "预算" in words else None
        share = SHARE.search(words) if completed is None and "占" in words else None
        if completed is None and share is None:
            return False
        figure_ = self._figure(quantity, words, PERCENT)
        if quantity.kind == "plain":
            self.missing.append(MissingUnit(figure_, "%"))
        match = completed or share
        assert match is not None
        head = words[: match.start()]
        item = None if self.reason else self.topics.item_for(self._named(head), head) if head else self.topics.current
        if completed is not None:
            if item is not None:
                item.completions.append(Ratio(figure_, "", budget_named(completed.group(1) or completed.group(2))))
            self._claim(quantity, figure_, "completion", item)
        else:
            assert share is not None
            if item is not None:
                item.shares.append(Ratio(figure_, share.group(1), "current"))
            self._claim(quantity, figure_, "share", item)
        return True

    def _change(self, quantity: Quantity, words: str, segment: Segment) -> bool:
        """By how much something changed."""
        residue = compiled(UNCHOSEN).search(words) if "）" in words else None
        verb = residue or (VERB.search(words) if words[-1:] in VERB_ENDS else None)
        if verb is None:
            return False
        percent = quantity.kind == "percent" and (quantity.unit is None or "百分点" not in quantity.unit.name)
        before = words[: verb.start()]
        ahead = compiled(COMPARED_AHEAD).match(before) if "比" in before or "较" in before else None
        if ahead is not None:
            self.base = self._base(ahead.group(1))
            before = before[ahead.end() :]
        base = BASE.search(before)
        if base is not None and (base.group(1) or before.endswith("相比")):
            self.base = self._base(base.group(1))
            before = before[: base.start()]
        before = SPREAD.sub("", before)
        named = self._named(before)
        item = None if self.reason else self.topics.item_for(named, before)
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
        if not named.subject.named and item.parent is not None and item.parent.passage == self.index:
            change.otherwise = item.parent
        if percent:
            change.rate, change.trend = figure_, word
        else:
            change.delta, change.verb = figure_, word
        item.changes.append(change)
        return True

    def _beyond(self, quantity: Quantity, words: str, segment: Segment) -> bool:
        """By how much more or less than the budget was spent: 决算数大于预算数5.20万元."""
        match = compiled(SIDE).search(words)
        if match is None or match.end() != len(words):
            return False
        figure_ = self._figure(quantity, words, quantity.unit)
        item = None if self.reason else self._owner_of(words[: match.start()]) or self.topics.current
        self._claim(quantity, figure_, "change", item)
        verb = self._word(match.group(2), segment)
        if item is not None and verb is not None:
            base = budget_named(match.group(3))
            item.sides.append(Side(verb, sign_of(match.group(2)), "current", base))
            item.changes.append(Change(base, figure_, verb=verb))
        return True

    def _looks_like_amount(self, quantity: Quantity, words: str) -> bool:
        """Whether a number without unit must be an amount: its words name a subject and what is measured of it."""
        named = self._named(words)
        decimals = quantity.number is not None and quantity.number.decimals > 0
        zero = quantity.number is not None and not quantity.number.value
        subject = named.subject.named or self.topics.current is not None
        money = compiled(MONEY).search(words)
        return bool(subject and money and (decimals or zero))

    def _amount(self, quantity: Quantity, words: str, segment: Segment) -> None:
        unit = quantity.unit
        names = distributed(words)
        if names:
            words, *self.names = names
        elif self.names and not words and segment.before in "、和及":
            words = self.names.pop(0)
        else:
            self.names = []
        named = self._named(words)
        if unit is None:
            unit = self.common_unit or self._usual_unit()
            figure_ = self._figure(quantity, words, unit)
            if figure_.value and self.common_unit is None:
                self.missing.append(MissingUnit(figure_, unit.name if unit else "万元"))
        else:
            figure_ = self._figure(quantity, words, unit)
        if self.reason:
            self._claim(quantity, figure_, "amount", None)
            return
        measure = self._measure(named)
        if words.startswith(AGAINST) and self._earlier(named):
            measure = "previous"
            if (against := compiled(AGAINST_LAST_YEAR).match(words)) is not None:
                words = words[against.end() :]
                named = self._named(words)
            self.base = measure
        elif measure != "current" and words.startswith(AGAINST):
            self.base = measure
        item = self.topics.item_for(named, words)
        known = item.amounts.get(measure) if item is not None else None
        again = known is not None and named.subject.named and not named.subject.chain
        if item is None or item.counts or (again and known is not None and known.value != figure_.value):
            item = self.topics.new_item(named.subject, words)
            item.explicit = named.subject.named
        self._claim(quantity, figure_, "amount", item, measure)
        if measure in item.amounts:
            item.repeated.append((measure, figure_))
        else:
            item.amounts[measure] = figure_

    def _usual_unit(self) -> Unit | None:
        for claim in islice(reversed(self.claims), LOOK_BACK):
            if claim.role == "amount" and claim.quantity.unit is not None:
                return claim.quantity.unit
        return None

    def _count(self, quantity: Quantity, words: str, segment: Segment) -> None:
        figure_ = self._figure(quantity, words, quantity.unit)
        self.counted.append(figure_)
        if self.reason:
            self._claim(quantity, figure_, "count", None)
            return
        if not words and self.topics.current is None:
            self._claim(quantity, figure_, "count", None)
            return
        named = self._named(words)
        core = named.subject.core or compact(words)
        parent, current = self.topics.parent, self.topics.current
        item = self.topics.new_item(Subject("other", core), words)
        if current is not None and parent is None and current.counts == []:
            item.parent = None
        item.counts.append(figure_)
        self._claim(quantity, figure_, "count", item)

    def _other(self, quantity: Quantity, words: str, segment: Segment) -> None:
        figure_ = self._figure(quantity, words, PERCENT if quantity.kind == "percent" else quantity.unit)
        if quantity.kind == "percent" and words.endswith(("率为", "率", "率达", "率均为")) and len(self.counted) >= 2:
            item = Item(NOTHING, words, self.index, counts=self.counted[-2:])
            item.shares.append(Ratio(figure_, "", "current"))
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
