"""Relations of the prose: its numbers against the tables, against each other, and what its words say of them.

Three kinds of thing come out: relations, which are judged and blamed together with those of the tables; faults, which
words alone show; and notes on numbers that could not be checked, for the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, NamedTuple

from govlint import Document, Interval, Text, body
from govlint_numbers import _intervals as calc
from govlint_numbers._binding import Cells, Index
from govlint_numbers._claims import Change, Item, MissingUnit, Ratio, Reading
from govlint_numbers._clauses import sign_of
from govlint_numbers._figures import Figure, Wording, constant
from govlint_numbers._relations import HUNDRED, Origin, Relation, RelationKind, Term, judge
from govlint_numbers._subjects import BUDGETS, Measure, Subject, compact, read_words

CLAIM_MISMATCH = "claim-mismatch"
PERCENTAGE = "percentage"
CHANGE_AMOUNT = "change-amount"
DIRECTION = "direction"
ZERO_BASE = "zero-base"
PARTS = "parts"
COUNTS = "counts"
MISSING_UNIT = "missing-unit"
OVERSPENT = "overspent"

_LOOK_BACK = 200
"""How many items of a paragraph before a share are asked what it is a share of."""
_TABLES = Wording("表格", "the tables")
_ELSEWHERE = Wording("文中另一处", "the text elsewhere")
_CALCULATED = Wording("按所列数计算的结果", "what the numbers make")
_PARTS_SUM = Wording("所列各项之和", "the sum of the items listed")
_ALL_SHARES = Wording("各项占比之和", "the sum of the shares")
_CHANGES_SUM = Wording("各项增减之和", "the sum of the changes")
_CHANGE = Wording("两数之差", "the difference of the two")


@dataclass(frozen=True, slots=True)
class Fault:
    """What words alone show to be wrong: the figure (a word, a percentage) to tell it at, and why.

    ``odds``: two words of one change point in opposite directions; ``against``: the word says the opposite of the
    numbers.
    """

    kind: Literal["odds", "against", "again", "over"]
    figure: Figure
    others: tuple[Figure, ...]
    should: str = ""
    relation: Relation | None = None
    place: Text | None = None


@dataclass(slots=True)
class Prose:
    """What the prose came to. ``cells`` are those that a number is bound to, by the number's identity."""

    reading: Reading
    relations: list[Relation] = field(default_factory=list)
    evidence: list[Relation] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    cells: dict[int, Cells] = field(default_factory=dict)
    missing: list[MissingUnit] = field(default_factory=list)
    unchanged: list[tuple[Figure, Figure]] = field(default_factory=list)


def prose_relations(document: Document, reading: Reading, index: Index) -> Prose:
    """Tie the claims of the prose to the tables and to each other."""
    own = body(document)
    return _Builder(reading, index, compact(own.name) if own else "").build()


class _Group(NamedTuple):
    parent: Item
    children: list[Item]


class _Builder:
    def __init__(self, reading: Reading, index: Index, own: str) -> None:
        self.reading = reading
        self.index = index
        self.own = own
        self.prose = Prose(reading)
        self._cells: dict[tuple[Subject, Measure], Cells] = {}
        self._by_subject: dict[Subject, Figure] | None = None
        self.items = list(dict.fromkeys(item for item in reading.items))
        self.by_passage: dict[int, list[Item]] = {}
        self.places: dict[int, int] = {}
        for item in self.items:
            here = self.by_passage.setdefault(item.passage, [])
            self.places[id(item)] = len(here)
            here.append(item)

    def build(self) -> Prose:
        """All relations: with cells first, so that a finding speaks of the table."""
        for item in self.items:
            self._against_tables(item)
        self._missing_units()
        self._same_elsewhere()
        for item in self.items:
            for ratio in item.shares:
                self._share(item, ratio)
            for ratio in item.completions:
                self._completion(item, ratio)
            for change in item.changes:
                self._change(item, change)
            self._sides(item)
        for group in self._groups():
            self._sums(group)
        self._sums_by_name()
        self._totals_of_projects()
        self._overspent()
        self._rates()
        return self.prose

    # -- helpers

    def _add(
        self,
        kind: RelationKind,
        rule: str,
        target: Figure,
        terms: Iterable[tuple[int, Figure]],
        words: Wording,
        *,
        sign: int = 1,
        sure: bool = True,
        text: Text | None = None,
    ) -> Relation:
        relation = Relation(
            kind, target, tuple(Term(*term) for term in terms), Origin(rule, words, text, sure=sure), sign
        )
        self.prose.relations.append(relation)
        return relation

    def cells(self, subject: Subject, measure: Measure) -> Cells:
        """The cells that state an amount."""
        key = subject, measure
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = self.index.cells(subject, measure)
        return found

    def _cells_of(self, item: Item, measure: Measure) -> Cells:
        """The cells of an item's amount. 财政拨款支出 in a section on 一般公共预算 may mean either: both must say the same."""
        subject = item.subject
        found = self.cells(subject, measure)
        if subject.scope == "fiscal" and item.section == "general" and found.figures:
            narrow = self.cells(subject._replace(scope="general"), measure)
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
        cells = self._cells_of(item, measure).figures
        return cells[0] if cells else None

    def _budget(self, item: Item, measure: Measure) -> Figure | None:
        known = item.amounts.get(measure)
        if known is None and measure == "budget":
            known = next((item.amounts[other] for other in BUDGETS if other in item.amounts), None)
        if known is not None:
            return known
        cells = self._cells_of(item, measure).figures
        return cells[0] if cells else None

    # -- against the tables, and against the same elsewhere

    def _against_tables(self, item: Item) -> None:
        amounts = [*item.amounts.items(), *item.repeated]
        for measure, figure in amounts:
            cells = self._cells_of(item, measure) if item.explicit and item.subject.named else Cells()
            if cells.figures:
                self.prose.cells[id(figure)] = cells
            for cell in cells.figures:
                self._add("same", CLAIM_MISMATCH, figure, [(1, cell)], _TABLES)
            first = item.amounts[measure]
            if not cells.figures and figure is not first and item.subject.chain:
                self._add("same", CLAIM_MISMATCH, figure, [(1, first)], _ELSEWHERE, sure=False)
            elif not cells.figures and figure is not first and figure.value == first.value:
                self.prose.evidence.append(
                    Relation("same", figure, (Term(1, first),), Origin(CLAIM_MISMATCH, _ELSEWHERE, sure=False))
                )

    def _missing_units(self) -> None:
        """Numbers without unit, where what they count is certain."""
        checked = {id(claim.figure): claim for claim in self.reading.claims}
        for missing in self.reading.missing:
            claim = checked.get(id(missing.figure))
            if claim is not None and claim.role != "other":
                self.prose.missing.append(missing)

    def _same_elsewhere(self) -> None:
        """One project, or one thing of a name, with one amount in two places."""
        known: dict[tuple[str, str, str, Measure], Figure] = {}
        projects = {_bare_name(item.subject.core) for item in self.items if _is_project(item)}
        for item in self.items:
            name = _bare_name(item.subject.core)
            if len(name) < 4 or item.subject.chain or _ANY_AMOUNT.fullmatch(name):
                continue
            for measure, figure in item.amounts.items():
                if id(figure) in self.prose.cells or figure.unit is None or figure.unit.kind != "money":
                    continue
                parent = item.parent.subject.core if item.parent is not None and name not in projects else ""
                fund = item.scope if item.scope in ("fund", "capital") else ""
                key = name, parent, fund, measure
                earlier = known.setdefault(key, figure)
                if earlier is not figure:
                    self._add("same", CLAIM_MISMATCH, figure, [(1, earlier)], _ELSEWHERE, sure=False)

    # -- percentages

    def _share(self, item: Item, ratio: Ratio) -> None:
        part = self.amount(item)
        whole = self._whole(item, ratio.whole)
        if part is None or whole is None or part is whole:
            return
        if not whole.value and not ratio.figure.value:
            return
        self._add("share", PERCENTAGE, ratio.figure, [(1, part), (1, whole)], _CALCULATED)

    def _whole(self, item: Item, words: str) -> Figure | None:
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
            if _names(other, subject) and (figure := self.amount(other)) is not None and figure.value:
                return figure
        scope = subject.scope
        if scope is None:
            scope = "all" if subject.core in ("收入", "支出", "总计") else item.scope
        cells = self.cells(subject._replace(scope=scope), named.measure).figures
        if cells:
            return cells[0]
        return self._stated(subject._replace(scope=scope))

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
        here = self.by_passage.get(item.passage, [])
        at = self.places.get(id(item), len(here))
        yield from reversed(here[max(0, at - _LOOK_BACK) : at])

    def _head_before(self, item: Item) -> Item | None:
        here = islice(self.by_passage.get(item.passage, ()), self.places.get(id(item), 0))
        return next((other for other in here if other.parent is None and other.amounts and not other.shares), None)

    def _completion(self, item: Item, ratio: Ratio) -> None:
        actual = self.amount(item)
        if actual is None:
            return
        budget = self._budget(item, ratio.measure)
        if budget is None:
            given = [measure for measure in BUDGETS if measure in item.amounts]
            if len(given) != 1:
                return
            budget = item.amounts[given[0]]
            if "budget" not in (ratio.measure, given[0]):
                self._completed_by_another_name(ratio, actual, budget)
                return
        self._completed(ratio, actual, budget)

    def _completed_by_another_name(self, ratio: Ratio, actual: Figure, budget: Figure) -> None:
        """完成年初预算的 where only 调整预算 is given: right as a number, or of a budget that is not given at all."""
        terms = (Term(1, actual), Term(1, budget))
        relation = Relation("completion", ratio.figure, terms, Origin(PERCENTAGE, _CALCULATED))
        if not judge(relation).violated:
            self.prose.evidence.append(relation)

    def _completed(self, ratio: Ratio, actual: Figure, budget: Figure) -> None:
        if not budget.value and not ratio.figure.value:
            return
        self._add("completion", PERCENTAGE, ratio.figure, [(1, actual), (1, budget)], _CALCULATED)

    # -- changes

    def _change(self, item: Item, change: Change) -> None:
        if change.residue:
            return
        current = self.amount(item)
        previous = self._budget(item, change.base) if change.base in BUDGETS else item.amounts.get(change.base)
        if current is None:
            return
        free = change.otherwise is None
        if free and change.sign > 0 and change.delta is not None and previous is None and not change.at_odds:
            self._add("part", CHANGE_AMOUNT, current, [(1, change.delta)], _CHANGE)
        if previous is not None:
            self._change_between(change, current, previous)
        elif change.flat:
            return
        elif change.delta is not None and change.rate is not None:
            if change.delta.value or change.rate.value:
                other = self.amount(change.otherwise) if change.otherwise is not None else None
                fits = other is None or self._fits(change, current) or not self._fits(change, other)
                self._growth(change, current if fits or other is None else other)
            else:
                self.prose.unchanged.append((change.delta, change.rate))
        elif change.at_odds and change.trend is not None and change.verb is not None:
            self.prose.faults.append(Fault("odds", change.trend, (change.verb,)))

    def _change_between(self, change: Change, current: Figure, previous: Figure) -> None:
        """Both amounts are known: the words, the difference and the rate follow from them."""
        for word in (change.verb, change.trend):
            if word is not None:
                said = 0 if change.flat else sign_of(word.printed)
                if said or change.flat:
                    self._direction(word, said, current, previous)
        if change.delta is not None:
            self._signed("change", CHANGE_AMOUNT, change.delta, [(1, current), (-1, previous)], _CHANGE, change)
        if change.rate is not None and (previous.value or change.rate.value):
            terms = [(1, current), (1, previous)]
            self._signed("growth", PERCENTAGE, change.rate, terms, _CALCULATED, change)

    def _signed(
        self,
        kind: RelationKind,
        rule: str,
        target: Figure,
        terms: Sequence[tuple[int, Figure]],
        words: Wording,
        change: Change,
    ) -> None:
        """The relation with the sign of the words; with the other one if only that holds, for then the words are wrong."""
        said = change.sign or (1 if terms[0][1].value >= terms[1][1].value else -1)
        relation = Relation(kind, target, tuple(Term(*term) for term in terms), Origin(rule, words), said)
        if judge(relation).violated:
            other = Relation(kind, target, relation.terms, relation.origin, -said)
            if not judge(other).violated:
                relation = other
        self.prose.relations.append(relation)

    def _direction(self, word: Figure, sign: int, current: Figure, previous: Figure) -> None:
        self._add("direction", DIRECTION, word, [(1, current), (-1, previous)], _CHANGE, sign=sign)

    def _growth(self, change: Change, current: Figure) -> None:
        """The base is not printed: change and rate must fit the current amount, with the sign that the words give."""
        assert change.delta is not None and change.rate is not None
        by_sign = {}
        for sign in (1, -1):
            relation = Relation(
                "growth-by-change",
                change.rate,
                (Term(1, current), Term(1, change.delta)),
                Origin(PERCENTAGE, _CALCULATED),
                sign,
            )
            by_sign[sign] = relation, judge(relation)
        fitting = [sign for sign, (_, verdict) in by_sign.items() if not verdict.violated]
        said = change.sign
        words = [word for word in (change.verb, change.trend) if word is not None]
        if change.at_odds:
            wrong = [word for word in words if len(fitting) == 1 and sign_of(word.printed) != fitting[0]]
            figure = wrong[0] if wrong else words[-1]
            others = tuple(word for word in words if word is not figure)
            should = _opposite(figure.printed) if wrong else ""
            shown = by_sign[fitting[0]][0] if len(fitting) == 1 else None
            self.prose.faults.append(Fault("odds", figure, others, should, shown))
            if len(fitting) == 1:
                self.prose.relations.append(by_sign[fitting[0]][0])
            return
        if said and fitting == [-said] and by_sign[-said][1].kind == "agrees" and change.delta.value:
            self.prose.faults.append(
                Fault("against", words[0], tuple(words[1:]), _opposite(words[0].printed), by_sign[-said][0])
            )
            self.prose.relations.append(by_sign[-said][0])
            return
        if said and (fitting or not self._fits_rounded(change, current, said)):
            self.prose.relations.append(by_sign[said][0])

    @staticmethod
    def _fits(change: Change, current: Figure) -> bool:
        """Whether change and rate, with the sign that the words give, may be of an amount."""
        assert change.delta is not None and change.rate is not None
        terms = (Term(1, current), Term(1, change.delta))
        origin = Origin(PERCENTAGE, _CALCULATED)
        verdict = judge(Relation("growth-by-change", change.rate, terms, origin, change.sign or 1))
        return not verdict.violated and bool(current.value)

    @staticmethod
    def _fits_rounded(change: Change, current: Figure, sign: int) -> bool:
        """Whether the rate fits if the change was taken between the two printed amounts, not between the exact ones."""
        assert change.delta is not None and change.rate is not None
        previous = current.value - sign * change.delta.value
        possible = calc.growth(current.interval, calc.around(previous, current.half))
        if possible is None or not current.half:
            return False
        return (possible if sign > 0 else Interval(-possible.high, -possible.low)).meets(change.rate.interval)

    def _sides(self, item: Item) -> None:
        for side in item.sides:
            current, budget = self.amount(item), self._budget(item, side.right)
            if current is not None and budget is not None:
                self._direction(side.word, side.sign, current, budget)
        for reason in item.reasons:
            said = [change for change in item.changes if change.sign and not change.at_odds]
            if said and reason.sign and all(change.sign != reason.sign for change in said):
                words = tuple(word for word in (said[0].verb, said[0].trend) if word is not None)
                self.prose.faults.append(Fault("again", reason.word, words, _opposite(reason.word.printed)))

    # -- sums

    def _groups(self) -> Iterator[_Group]:
        groups: dict[tuple[int, int], _Group] = {}
        for item in self.items:
            if item.parent is not None and item.group:
                groups.setdefault((id(item.parent), item.group), _Group(item.parent, [])).children.append(item)
        yield from groups.values()

    def _sums(self, group: _Group) -> None:
        parent, children = group
        if any(child.counts for child in children):
            self._sum_of_counts(parent, [child for child in children if child.counts])
        children = [child for child in children if child.amounts or child.shares]
        complete = _is_partition(parent, children)
        if complete:
            children = [child for child in children if _belongs(parent, child)]
        if len(children) < 2:
            return
        whole = self.amount(parent) if parent.amounts else None
        sums: list[tuple[Measure, Figure, Relation]] = []
        measures: tuple[Measure, ...] = ("current", "initial", "adjusted", "full", "budget")
        for measure in measures:
            target = parent.amounts.get(measure)
            if target is None and measure == "current" and not parent.amounts and not parent.counts:
                target = self.amount(parent)
            terms = [child.amounts.get(measure) for child in children]
            if target is None or any(term is None for term in terms):
                continue
            relation = Relation(
                "sum",
                target,
                tuple(Term(1, term) for term in terms if term is not None),
                Origin(PARTS, _PARTS_SUM),
            )
            sums.append((measure, target, relation))
        shares = [share for child in children for share in child.shares[:1] if _of_parent(share, parent)]
        partition = None
        if len(shares) == len(children) and whole is not None:
            everything = constant(HUNDRED, shares[0].figure.unit, Wording("100%", "100%"))
            partition = Relation(
                "partition",
                everything,
                tuple(Term(1, share.figure) for share in shares),
                Origin(PARTS, _ALL_SHARES),
            )
        fits = [relation for _, _, relation in sums if not judge(relation).violated and _says_something(relation)]
        adds_up = partition is not None and not judge(partition).violated
        if complete or fits or adds_up:
            for _, _, relation in sums:
                self.prose.relations.append(relation)
            if partition is not None and (adds_up or fits or complete) and not self._zero_whole(whole):
                self.prose.relations.append(partition)

    @staticmethod
    def _zero_whole(whole: Figure | None) -> bool:
        return whole is None or not whole.value

    def _sum_of_counts(self, parent: Item, children: Sequence[Item]) -> None:
        if not parent.counts:
            return
        target = parent.counts[0]
        same = [child for child in children if child.counts[0].unit == target.unit]
        names = [child.subject.core for child in same]
        if any("在职" in name for name in names):
            same = [child for child, name in zip(same, names, strict=True) if re.search(r"在职|离休|退休", name)]
            names = [child.subject.core for child in same]
        for words in _COUNTED_PARTS:
            chosen = [child for child, name in zip(same, names, strict=True) if any(word in name for word in words)]
            if len({next(w for w in words if w in child.subject.core) for child in chosen}) >= 2 and len(chosen) >= 2:
                chosen = _first_that_make(target, chosen)
                self._add("sum", COUNTS, target, [(1, child.counts[0]) for child in chosen], _PARTS_SUM)
                return
        if len(same) >= 2 and any("其他用车" in name for name in names):
            chosen = [child for child in same if "用车" in child.subject.core or "车" in child.subject.core]
            self._add("sum", COUNTS, target, [(1, child.counts[0]) for child in chosen], _PARTS_SUM)

    def _sums_by_name(self) -> None:
        """The changes of “三公”经费 and of the funds, wherever their parts stand in a section."""
        by_section: dict[tuple[int, ...], dict[Subject, Item]] = {}
        for item in self.items:
            if item.changes and item.changes[0].base == "previous":
                by_section.setdefault(item.path, {}).setdefault(_plain_subject(item), item)
        for here in by_section.values():
            for head, parts in _CHANGES:
                self._sum_of_changes(here, head, parts)
            self._balanced_changes(here)

    def _balanced_changes(self, here: Mapping[Subject, Item]) -> None:
        """In a budget 财政拨款 is spent as it comes in, this year and last: income and expenditure change alike."""
        income, spending = here.get(Subject("fiscal", "收入")), here.get(Subject("fiscal", "支出"))
        if not self.index.budget or income is None or spending is None:
            return
        one, other = income.changes[0], spending.changes[0]
        amounts = self.amount(income), self.amount(spending)
        if one.delta is None or other.delta is None or amounts[0] is None or amounts[1] is None:
            return
        if amounts[0].value != amounts[1].value:
            return
        self._add("same", CHANGE_AMOUNT, other.delta, [(1, one.delta)], _ELSEWHERE, sure=False)
        if one.sign and other.sign and one.sign != other.sign:
            word, same = other.verb or other.trend, one.verb or one.trend
            if word is not None and same is not None:
                self.prose.faults.append(Fault("again", word, (same,), _opposite(word.printed)))

    def _sum_of_changes(self, here: Mapping[Subject, Item], head: Subject, parts: Sequence[Subject]) -> None:
        total = here.get(head)
        found = [here.get(part) for part in parts]
        if total is None or total.changes[0].residue or total.changes[0].at_odds or any(item is None for item in found):
            return
        terms: list[tuple[int, Figure]] = []
        for item in found:
            assert item is not None
            change = item.changes[0]
            if change.residue or change.at_odds or (change.delta is None and not change.flat):
                return
            if change.delta is not None:
                terms.append((change.sign or 1, change.delta))
        change = total.changes[0]
        if change.delta is None or not terms:
            return
        sign = change.sign or 1
        self._add(
            "sum", CHANGE_AMOUNT, change.delta, [(s * sign, figure) for s, figure in terms], _CHANGES_SUM, sure=True
        )

    def _totals_of_projects(self) -> None:
        """The total of the projects that a section lists one by one: evidence only, never a finding."""
        by_part: dict[int, list[Item]] = {}
        for item in self.items:
            if len(item.path) >= 2:
                by_part.setdefault(item.path[1], []).append(item)
        for items in by_part.values():
            projects = [item for item in items if _is_project(item) and item.amounts]
            if len(projects) < 2:
                continue
            for item in items:
                if item in projects:
                    continue
                for figure in item.amounts.values():
                    self._total_of_projects(figure, projects)

    def _total_of_projects(self, figure: Figure, projects: Sequence[Item]) -> None:
        if id(figure) in self.prose.cells or not figure.value:
            return
        basic = self.cells(Subject("general", "基本支出"), "current").figures[:1]
        measures: tuple[tuple[Measure, ...], ...] = (("current",), BUDGETS)
        for chosen in measures:
            terms = [next((item.amounts[m] for m in chosen if m in item.amounts), None) for item in projects]
            projected = [term for term in terms if term is not None]
            if len(projected) < len(projects):
                continue
            for more in ((), basic):
                relation = Relation(
                    "sum", figure, tuple(Term(1, term) for term in (*more, *projected)), Origin(PARTS, _PARTS_SUM)
                )
                if not judge(relation).violated:
                    self.prose.evidence.append(relation)
                    return

    def _overspent(self) -> None:
        """More spent than 全年预算, which is the budget after all changes: told once, with the totals that show it, too."""
        over = [item for item in self.items if _exceeds(item, "full")]
        if over:
            totals = [
                item for item in self.items if item not in over and item.section == "other" and _exceeds(item, "budget")
            ]
            figures = [figure for item in (*over, *totals) for figure in _spent_and_budget(item)]
            self.prose.faults.append(Fault("over", figures[0], tuple(figures[1:]), place=over[0].name))

    def _rates(self) -> None:
        """``计划856台，配发908台，配发率为106%``: evidence only."""
        for claim in self.reading.claims:
            item = claim.item
            if claim.role != "other" or item is None or len(item.counts) != 2 or not item.shares:
                continue
            planned, done = item.counts
            if planned.unit != done.unit:
                continue
            relation = Relation(
                "share",
                claim.figure,
                (Term(1, done), Term(1, planned)),
                Origin(PERCENTAGE, _CALCULATED),
            )
            if not judge(relation).violated:
                self.prose.evidence.append(relation)


def _exceeds(item: Item, measure: Measure) -> bool:
    spent, budget = item.amounts.get("current"), item.amounts.get(measure)
    return spent is not None and budget is not None and spent.value - spent.half > budget.value + budget.half


def _spent_and_budget(item: Item) -> tuple[Figure, ...]:
    budget = item.amounts.get("full") or item.amounts.get("budget")
    return item.amounts["current"], *((budget,) if budget is not None else ())


_OPPOSITES = {
    "增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "上升": "下降", "降低": "提高", "提高": "降低",
    "大于": "小于", "小于": "大于", "高于": "低于", "低于": "高于", "超过": "低于", "多于": "少于", "少于": "多于",
}  # fmt: skip


def _opposite(word: str) -> str:
    return _OPPOSITES.get(word, "")


_ANY_AMOUNT = re.compile(
    r"(?:共计|合计|共|总共|累计|实际|涉及|所需|使用|安排|投入|支付|发放|支出|收入|金额|总额|资金|经费|费用)+"
)
"""Words that name no thing of their own: 共计支出, 涉及资金."""
_PROJECT_WORDS = re.compile(r"(?:项目)?(?:绩效)?(?:项目)?(?:支出)?(?:绩效)?自评(?:综述|结果|情况)?$|项目$")


def _bare_name(name: str) -> str:
    return _PROJECT_WORDS.sub("", name)


def _is_project(item: Item) -> bool:
    return "自评" in item.words or "自评" in item.subject.core


def _first_that_make(whole: Figure, parts: list[Item]) -> list[Item]:
    """The first parts that make up the whole, where another list follows them (在职在编实有行政人员 …); else all."""
    total = parts[0].counts[0].value
    for number, part in enumerate(parts[1:], start=2):
        total += part.counts[0].value
        if total == whole.value:
            return parts[:number]
    return parts


def _names(item: Item, subject: Subject) -> bool:
    """Whether an item is what the words behind 占 name."""
    if subject.chain or item.subject.chain:
        return subject.chain == item.subject.chain and bool(subject.chain)
    if not subject.core:
        return subject.scope is not None and subject.scope == item.subject.scope and item.parent is None
    if item.subject.core != subject.core and not (len(subject.core) >= 4 and item.subject.core.endswith(subject.core)):
        return False
    return subject.scope is None or subject.scope == item.subject.scope


def _of_parent(share: Ratio, parent: Item) -> bool:
    if not share.whole:
        return True
    return _names(parent, read_words(share.whole, "").subject)


_COUNTED_PARTS = (("在职", "离休", "退休"), ("行政", "事业"), ("离休", "退休"))

_PARTITIONS: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = (
    ("支出", (frozenset({"基本支出"}), frozenset({"项目支出"}))),
    ("基本支出", (frozenset({"人员经费"}), frozenset({"公用经费"}))),
    ("三公经费", (frozenset({"因公出国（境）费"}), frozenset({"公务用车购置及运行费"}), frozenset({"公务接待费"}))),
    ("公务用车购置及运行费", (frozenset({"公务用车购置费"}), frozenset({"公务用车运行费"}))),
    (
        "公务接待费",
        (
            frozenset({"国内公务接待支出", "国内公务接待费", "国内接待费"}),
            frozenset({"外宾接待支出", "外宾接待费", "国（境）外公务接待支出", "国（境）外接待费"}),
        ),
    ),
)


def _is_partition(parent: Item, children: Sequence[Item]) -> bool:
    """Whether the items listed are known to be all there is of the whole."""
    cores = [child.subject.core for child in children]
    if "采购" in parent.subject.core:
        return len(cores) == 3 and all(sum(word in core for core in cores) == 1 for word in ("货物", "工程", "服务"))
    for whole, parts in _PARTITIONS:
        if parent.subject.core == whole and all(any(core in part for core in cores) for part in parts):
            return True
    return False


_ALSO_SPENDING = ("经营支出", "上缴上级支出", "对附属单位补助支出")


def _belongs(parent: Item, child: Item) -> bool:
    """Whether an item is one of the known parts of the whole."""
    core = child.subject.core
    if "采购" in parent.subject.core:
        return any(word in core for word in ("货物", "工程", "服务"))
    known = any(whole == parent.subject.core and any(core in part for part in parts) for whole, parts in _PARTITIONS)
    return known or (parent.subject.core == "支出" and core in _ALSO_SPENDING)


def _says_something(relation: Relation) -> bool:
    return bool(relation.target.value) and sum(bool(term.figure.value) for term in relation.terms) >= 1


def _plain_subject(item: Item) -> Subject:
    subject = item.subject
    if subject.core in _OFFICIAL_PARTS:
        return Subject("official", subject.core)
    return subject


_OFFICIAL_PARTS = (
    "三公经费",
    "因公出国（境）费",
    "公务用车购置及运行费",
    "公务用车购置费",
    "公务用车运行费",
    "公务接待费",
)
_CHANGES: tuple[tuple[Subject, tuple[Subject, ...]], ...] = (
    (
        Subject("official", "三公经费"),
        tuple(Subject("official", core) for core in ("因公出国（境）费", "公务用车购置及运行费", "公务接待费")),
    ),
    (
        Subject("official", "公务用车购置及运行费"),
        tuple(Subject("official", core) for core in ("公务用车购置费", "公务用车运行费")),
    ),
    (
        Subject("fiscal", "支出"),
        (Subject("general", "支出"), Subject("fund", "支出"), Subject("capital", "支出")),
    ),
)
