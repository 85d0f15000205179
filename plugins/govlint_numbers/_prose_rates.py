"""Rates and changes of the prose (占比、完成率、增减): recomputed from the amounts that they are of."""

from __future__ import annotations

from govlint import Interval
from govlint_numbers import _intervals as calc
from govlint_numbers._amounts import Amounts
from govlint_numbers._claims import Change, Item, Ratio
from govlint_numbers._clauses import sign_of
from govlint_numbers._figures import Figure, Wording, derived
from govlint_numbers._prose import CALCULATED, CHANGE, CHANGE_AMOUNT, DIRECTION, PERCENTAGE, Fault, Prose, opposite
from govlint_numbers._relations import Origin, Relation, RelationKind, judge
from govlint_numbers._subjects import BUDGETS, Measure


def rates_of(prose: Prose, amounts: Amounts, item: Item) -> None:
    """The relations of an item's shares, completions and changes, and of the words that compare its amounts."""
    for ratio in item.shares:
        _share(prose, amounts, item, ratio)
    for ratio in item.completions:
        _completion(prose, amounts, item, ratio)
    for change in item.changes:
        _change(prose, amounts, item, change)
    if item.sides or item.reasons:
        _sides(prose, amounts, item)


def _share(prose: Prose, amounts: Amounts, item: Item, ratio: Ratio) -> None:
    part = amounts.amount(item)
    whole = amounts.whole(item, ratio.whole)
    if part is None or whole is None or part is whole:
        return
    if not whole.value and not ratio.figure.value:
        return
    prose.add("share", PERCENTAGE, ratio.figure, (part, whole), CALCULATED)


def _completion(prose: Prose, amounts: Amounts, item: Item, ratio: Ratio) -> None:
    actual = amounts.amount(item)
    if actual is None:
        return
    budget = amounts.budget(item, ratio.measure)
    if budget is None:
        given = [measure for measure in BUDGETS if measure in item.amounts]
        if not given:
            _completed_by_difference(prose, item, ratio, actual)
        if len(given) != 1:
            return
        budget = item.amounts[given[0]]
        if "budget" not in (ratio.measure, given[0]):
            _completed_by_another_name(prose, ratio, actual, budget)
            return
    _completed(prose, ratio, actual, budget)


def _completed_by_another_name(prose: Prose, ratio: Ratio, actual: Figure, budget: Figure) -> None:
    """完成年初预算的 where only 调整预算 is given: right as a number, or of a budget that is not given at all."""
    relation = Relation("completion", ratio.figure, (actual, budget), Origin(PERCENTAGE, CALCULATED))
    if not judge(relation).violated:
        prose.evidence.append(relation)


def _completed_by_difference(prose: Prose, item: Item, ratio: Ratio, actual: Figure) -> None:
    """``完成年初预算100%，决算数大于预算数5.20万元``: the budget is not printed, but follows from the difference."""
    for change in item.changes:
        if change.delta is not None and change.rate is None and _one_budget(change.base, ratio.measure) and change.sign:
            value = actual.value - change.sign * change.delta.value
            if value > 0:
                words = Wording("由增减额推算的预算数", "the budget that the difference makes")
                budget = derived(value, actual.half + change.delta.half, actual, words)
                prose.add("completion", PERCENTAGE, ratio.figure, (actual, budget), CALCULATED, sure=False)
            return


def _one_budget(one: Measure, other: Measure) -> bool:
    """Whether two budgets may be the same one: 预算 may be any."""
    return one in BUDGETS and other in BUDGETS and (one == other or "budget" in (one, other))


def _completed(prose: Prose, ratio: Ratio, actual: Figure, budget: Figure) -> None:
    if not budget.value and not ratio.figure.value:
        return
    prose.add("completion", PERCENTAGE, ratio.figure, (actual, budget), CALCULATED)


def _change(prose: Prose, amounts: Amounts, item: Item, change: Change) -> None:
    if change.residue:
        return
    current = amounts.amount(item)
    previous = amounts.budget(item, change.base) if change.base in BUDGETS else item.amounts.get(change.base)
    if current is None:
        return
    free = change.otherwise is None
    if free and change.sign > 0 and change.delta is not None and previous is None and not change.at_odds:
        prose.add("part", CHANGE_AMOUNT, current, (change.delta,), CHANGE)
    if previous is not None:
        _change_between(prose, change, current, previous)
    elif change.flat:
        return
    elif change.delta is not None and change.rate is not None:
        if change.delta.value or change.rate.value:
            other = amounts.amount(change.otherwise) if change.otherwise is not None else None
            fits = other is None or _fits(change, current) or not _fits(change, other)
            _growth(prose, change, current if fits or other is None else other)
        else:
            prose.unchanged.append((change.delta, change.rate))
    elif change.at_odds and change.trend is not None and change.verb is not None:
        prose.faults.append(Fault("odds", change.trend, (change.verb,)))


def _change_between(prose: Prose, change: Change, current: Figure, previous: Figure) -> None:
    """Both amounts are known: the words, the difference and the rate follow from them."""
    for word in (change.verb, change.trend):
        if word is not None:
            said = 0 if change.flat else sign_of(word.printed)
            if said or change.flat:
                _direction(prose, word, said, current, previous)
    if change.delta is not None:
        _signed(prose, "change", CHANGE_AMOUNT, change.delta, (current, previous), CHANGE, change)
    if change.rate is not None and (previous.value or change.rate.value):
        _signed(prose, "growth", PERCENTAGE, change.rate, (current, previous), CALCULATED, change)


def _signed(
    prose: Prose,
    kind: RelationKind,
    rule: str,
    target: Figure,
    terms: tuple[Figure, Figure],
    words: Wording,
    change: Change,
) -> None:
    """The relation with the sign of the words; with the other one if only that holds, for then the words are wrong."""
    current, previous = terms
    said = change.sign or (1 if current.value >= previous.value else -1)
    relation = Relation(kind, target, terms, Origin(rule, words), said)
    if judge(relation).violated:
        other = Relation(kind, target, terms, relation.origin, -said)
        if not judge(other).violated:
            relation = other
    prose.relations.append(relation)


def _direction(prose: Prose, word: Figure, sign: int, current: Figure, previous: Figure) -> None:
    prose.add("direction", DIRECTION, word, (current, previous), CHANGE, sign=sign)


def _growth(prose: Prose, change: Change, current: Figure) -> None:
    """The base is not printed: change and rate must fit the current amount, with the sign that the words give."""
    assert change.delta is not None and change.rate is not None
    by_sign = {}
    for sign in (1, -1):
        terms = (current, change.delta)
        relation = Relation("growth-by-change", change.rate, terms, Origin(PERCENTAGE, CALCULATED), sign)
        by_sign[sign] = relation, judge(relation)
    fitting = [sign for sign, (_, verdict) in by_sign.items() if not verdict.violated]
    said = change.sign
    words = [word for word in (change.verb, change.trend) if word is not None]
    if change.at_odds:
        wrong = [word for word in words if len(fitting) == 1 and sign_of(word.printed) != fitting[0]]
        figure = wrong[0] if wrong else words[-1]
        others = tuple(word for word in words if word is not figure)
        should = opposite(figure.printed) if wrong else ""
        shown = by_sign[fitting[0]][0] if len(fitting) == 1 else None
        prose.faults.append(Fault("odds", figure, others, should, shown))
        if len(fitting) == 1:
            prose.relations.append(by_sign[fitting[0]][0])
        return
    if said and fitting == [-said] and by_sign[-said][1].kind == "agrees" and change.delta.value:
        prose.faults.append(Fault("against", words[0], tuple(words[1:]), opposite(words[0].printed), by_sign[-said][0]))
        prose.relations.append(by_sign[-said][0])
        return
    if said and (fitting or not _fits_rounded(change, current, said)):
        prose.relations.append(by_sign[said][0])


def _fits(change: Change, current: Figure) -> bool:
    """Whether change and rate, with the sign that the words give, may be of an amount."""
    assert change.delta is not None and change.rate is not None
    origin = Origin(PERCENTAGE, CALCULATED)
    verdict = judge(Relation("growth-by-change", change.rate, (current, change.delta), origin, change.sign or 1))
    return not verdict.violated and bool(current.value)


def _fits_rounded(change: Change, current: Figure, sign: int) -> bool:
    """Whether the rate fits if the change was taken between the two printed amounts, not between the exact ones."""
    assert change.delta is not None and change.rate is not None
    previous = current.value - sign * change.delta.value
    possible = calc.growth(current.interval, calc.around(previous, current.half))
    if possible is None or not current.half:
        return False
    return (possible if sign > 0 else Interval(-possible.high, -possible.low)).meets(change.rate.interval)


def _sides(prose: Prose, amounts: Amounts, item: Item) -> None:
    for side in item.sides:
        current, budget = amounts.amount(item), amounts.budget(item, side.right)
        if current is not None and budget is not None:
            _direction(prose, side.word, side.sign, current, budget)
            continue
        for ratio in item.completions:
            rate = ratio.figure.interval
            above = (rate.low > 100) - (rate.high < 100)
            if _one_budget(side.right, ratio.measure) and above and above != side.sign:
                prose.faults.append(Fault("again", side.word, (ratio.figure,)))
    for reason in item.reasons:
        said = [change for change in item.changes if change.sign and not change.at_odds]
        if said and reason.sign and all(change.sign != reason.sign for change in said):
            words = tuple(word for word in (said[0].verb, said[0].trend) if word is not None)
            prose.faults.append(Fault("again", reason.word, words, opposite(reason.word.printed)))
