"""Amounts (数额): what an item's amount is, as the text gives it or else the tables do, and what a share is a share of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from operator import attrgetter

from govlint_numbers._binding import Cells, Index
from govlint_numbers._claims import Item, Reading
from govlint_numbers._figures import Figure
from govlint_numbers._subjects import BUDGETS, Measure, Subject, compiled, read_words

_PASSAGE = attrgetter("passage")
_LOOK_BACK = 200
"""How many items of a paragraph before a share are asked what it is a share of."""


class Amounts:
    """The amounts of all items, by what they are called. ``own`` is the name of the reporting body."""

    def __init__(self, reading: Reading, index: Index, own: str) -> None:
        self.index = index
        self.own = own
        self._cells: dict[tuple[Subject, Measure], Cells] = {}
        self._by_subject: dict[Subject, Figure] | None = None
        self.items = list(dict.fromkeys(reading.items))

    @cached_property
    def _places(self) -> Mapping[int, int]:
        """The place of each item among all, by its identity."""
        return {id(item): place for place, item in enumerate(self.items)}

    def _before(self, item: Item) -> range:
        """The places of the items before one in its paragraph: paragraphs are in order."""
        return range(bisect_left(self.items, item.passage, key=_PASSAGE), self._places[id(item)])

    def cells(self, subject: Subject, measure: Measure) -> Cells:
        """The cells that state an amount."""
        key = subject, measure
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = self.index.cells(subject, measure)
        return found

    def cells_of(self, item: Item, measure: Measure) -> Cells:
        """The cells of an item's amount. 财政拨款支出 in a section on 一般公共预算 may mean either: both must say the same."""
        subject = item.subject
        found = self.cells(subject, measure)
        if subject.scope == "fiscal" and item.section == "general" and found.figures:
            narrow = self.cells(Subject("general", subject.core, subject.chain), measure)
            if narrow.figures:
                wide = found.figures[0]
                if abs(wide.value - narrow.figures[0].value) > 4 * max(wide.half, narrow.figures[0].half):
                    said = item.amounts.get(measure)
                    fits = said is not None and said.interval.meets(narrow.figures[0].interval)
                    return narrow if fits else Cells()
                return Cells((*found.figures, *narrow.figures))
        return found

    def amount(self, item: Item, measure: Measure = "current") -> Figure | None:
        """The item's amount: as the text gives it, else as the tables do."""
        known = item.amounts.get(measure)
        if known is not None:
            return known
        if measure == "current" and item.counts:
            return item.counts[0]
        cells = self.cells_of(item, measure).figures
        return cells[0] if cells else None

    def budget(self, item: Item, measure: Measure) -> Figure | None:
        """The item's budget of a kind; any that is given where the kind is not said."""
        known = item.amounts.get(measure)
        if known is None and measure == "budget":
            known = next((item.amounts[other] for other in BUDGETS if other in item.amounts), None)
        if known is not None:
            return known
        cells = self.cells_of(item, measure).figures
        return cells[0] if cells else None

    def whole(self, item: Item, words: str) -> Figure | None:
        """What the share is a share of: as it is named, else what the item is a part of."""
        if not words:
            if item.parent is not None:
                return self.amount(item.parent)
            earlier = self._head_before(item)
            return self.amount(earlier) if earlier is not None else None
        named = read_words(words, self.own)
        subject = named.subject
        for other in self._near(item):
            if other is item:
                continue
            if names(other, subject) and (figure := self.amount(other)) is not None and figure.value:
                return figure
        scope = subject.scope
        if scope is None:
            scope = "all" if subject.core in ("收入", "支出", "总计") else item.scope
        subject = Subject(scope, subject.core, subject.chain)
        cells = self.cells(subject, named.measure).figures
        return cells[0] if cells else self._stated(subject)

    def _stated(self, subject: Subject) -> Figure | None:
        """The amount of a subject as the text gives it last."""
        if self._by_subject is None:
            self._by_subject = {
                item.subject: item.amounts["current"] for item in self.items if "current" in item.amounts
            }
        return self._by_subject.get(subject)

    def _near(self, item: Item) -> Iterator[Item]:
        """What the item is a part of, then the other items of its paragraph, the nearest before it first."""
        parent = item.parent
        while parent is not None:
            yield parent
            parent = parent.parent
        for place in reversed(self._before(item)[-_LOOK_BACK:]):
            yield self.items[place]

    def _head_before(self, item: Item) -> Item | None:
        here = map(self.items.__getitem__, self._before(item))
        return next((other for other in here if other.parent is None and other.amounts and not other.shares), None)


def names(item: Item, subject: Subject) -> bool:
    """Whether an item is what the words behind 占 name."""
    if subject.chain or item.subject.chain:
        return subject.chain == item.subject.chain and bool(subject.chain)
    if not subject.core:
        return subject.scope is not None and subject.scope == item.subject.scope and item.parent is None
    if item.subject.core != subject.core and not (len(subject.core) >= 4 and item.subject.core.endswith(subject.core)):
        return False
    return subject.scope is None or subject.scope == item.subject.scope


_PROJECT_WORDS = r"(?:项目)?(?:绩效)?(?:项目)?(?:支出)?(?:绩效)?自评(?:综述|结果|情况)?$|项目$"
_PROJECT_ENDS = ("自评", "综述", "结果", "情况", "项目")


def bare_name(name: str) -> str:
    """The name of a project without the words for its appraisal."""
    return compiled(_PROJECT_WORDS).sub("", name) if name.endswith(_PROJECT_ENDS) else name


def is_project(item: Item) -> bool:
    """Whether an item is a project that is appraised (绩效自评)."""
    return "自评" in item.words or "自评" in item.subject.core
