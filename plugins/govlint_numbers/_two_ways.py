"""One amount printed in two ways (同一数额两种写法), a unit of the last digit apart: which of the two is wrong?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from govlint_numbers._figures import Figure
from govlint_numbers._relations import Judged


class TwoWays(Struct, frozen=True):
    """An amount that is printed in two ways, one unit of the last digit apart, and where.

    ``wrong`` are the places whose way is the less likely one, ``right`` the others; ``settled`` where the sums tell:
    with the other way sums that are off by rounding add up to the digit, and none that does so now ceases to. Else it
    is rounding made to balance, and neither is at fault.
    """

    wrong: tuple[Figure, ...]
    right: tuple[Figure, ...]
    settled: bool


def two_ways(pairs: Sequence[Judged], judged: Sequence[Judged]) -> TwoWays:
    """Which way of an amount printed in two ways is wrong, by the sums that the figures are in."""
    values = sorted({figure.value for relation, _ in pairs for figure in relation.figures()})
    figures = _printed_alike(pairs, judged)
    ways = [[figure for figure in figures if figure.value == value] for value in (values[0], values[-1])]
    sums = [
        one
        for one in judged
        if one.relation.kind == "sum" and one.relation.target.kind == "cell" and not one.verdict.violated
    ]
    effects = [_effect(way, other[0].value - way[0].value, sums) for way, other in (ways, ways[::-1])]
    better = max((0, 1), key=lambda way: effects[way].gained - effects[way].lost)
    told = {id(figure) for relation, _ in pairs for figure in relation.figures()}
    wrong, right = (tuple(f for f in ways[way] if id(f) in told) for way in (better, 1 - better))
    return TwoWays(wrong, right, effects[better].gained > 0 and not effects[better].lost)


def _printed_alike(pairs: Sequence[Judged], judged: Sequence[Judged]) -> list[Figure]:
    """The figures of the pairs and those that must equal one of them: its only printed neighbour in a sum that holds."""
    figures = {id(figure): figure for relation, _ in pairs for figure in relation.figures()}
    equal: dict[int, list[Figure]] = {}
    for relation, verdict in judged:
        if relation.kind not in ("sum", "same") or verdict.difference or verdict.violated:
            continue
        printed = [figure for figure in relation.figures() if figure.value]
        if len(printed) == 2 and not relation.beside and printed[0].value == printed[1].value:
            for one, other in (printed, printed[::-1]):
                equal.setdefault(id(one), []).append(other)
    todo = list(figures)
    while todo:
        for figure in equal.get(todo.pop(), ()):
            if id(figure) not in figures:
                figures[id(figure)] = figure
                todo.append(id(figure))
    return list(figures.values())


class _Effect(NamedTuple):
    gained: int
    lost: int


def _effect(way: Sequence[Figure], change: Decimal, sums: Sequence[Judged]) -> _Effect:
    """How many sums would begin, and how many cease, to add up to the digit if all these figures changed alike."""
    changed = {id(figure) for figure in way}
    gained = lost = 0
    for relation, verdict in sums:
        moved = sum(term.sign for term in relation.terms if id(term.figure) in changed)
        moved -= (id(relation.target) in changed) + sum(t.sign for t in relation.beside if id(t.figure) in changed)
        if moved:
            gained += bool(verdict.difference) and not verdict.difference + moved * change
            lost += not verdict.difference
    return _Effect(gained, lost)
