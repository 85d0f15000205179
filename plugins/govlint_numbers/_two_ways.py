"""One amount printed in two ways (同一数额两种写法), a unit of the last digit apart: which of the two is wrong?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from govlint_numbers._figures import Figure, value_of
from govlint_numbers._relations import VIOLATED, Judged


class TwoWays(Struct, frozen=True):
    """An amount that is printed in two ways, one unit of the last digit apart, and where.

    ``wrong`` are the places whose way is the less likely one, ``right`` the others; ``settled`` where the sums tell:
    with the other way sums that are off by rounding add up to the digit, and none that does so now ceases to. Else it
    is rounding made to balance, and neither is at fault.
    """

    wrong: tuple[Figure, ...]
    right: tuple[Figure, ...]
    settled: bool


class Around(Struct, frozen=True):
    """What the figures of some amounts are in, by a figure's identity, as far as it holds.

    ``equal`` are the figures that must equal it: its only printed neighbour in a sum, or the same amount elsewhere.
    ``sums`` are the sums that it is in.
    """

    equal: dict[int, list[Figure]]
    sums: dict[int, list[Judged]]


def around(judged: Sequence[Judged], pairs: Sequence[Judged]) -> Around:
    """What the figures of the pairs, and those that must equal them, are in."""
    concerned = {id(figure) for relation, _ in pairs for figure in relation.figures()}
    values = {figure.value for relation, _ in pairs for figure in relation.figures()}
    found = Around({}, {})
    holding = [one for one in judged if one.relation.kind in ("sum", "same") and one.verdict.kind not in VIOLATED]
    for relation, verdict in holding:
        value = relation.target.value
        if verdict.difference or relation.beside or (value and value not in values):
            continue
        printed = list(filter(value_of, relation.figures()))
        if len(printed) == 2 and printed[0].value == printed[1].value:
            for figure, other in (printed, printed[::-1]):
                found.equal.setdefault(id(figure), []).append(other)
    concerned.update(found.equal)
    for one in holding:
        relation = one.relation
        if relation.kind == "sum" and relation.target.kind == "cell":
            for key in concerned.intersection(map(id, relation.figures())):
                found.sums.setdefault(key, []).append(one)
    return found


def two_ways(pairs: Sequence[Judged], beside: Around) -> TwoWays:
    """Which way of an amount printed in two ways is wrong, by the sums that the figures are in."""
    values = sorted({figure.value for relation, _ in pairs for figure in relation.figures()})
    figures = _printed_alike(pairs, beside.equal)
    ways = [[figure for figure in figures if figure.value == value] for value in (values[0], values[-1])]
    effects = [_effect(way, other[0].value - way[0].value, beside.sums) for way, other in (ways, ways[::-1])]
    better = max((0, 1), key=lambda way: effects[way].gained - effects[way].lost)
    told = {id(figure) for relation, _ in pairs for figure in relation.figures()}
    wrong, right = (tuple(f for f in ways[way] if id(f) in told) for way in (better, 1 - better))
    return TwoWays(wrong, right, effects[better].gained > 0 and not effects[better].lost)


def _printed_alike(pairs: Sequence[Judged], equal: Mapping[int, Sequence[Figure]]) -> list[Figure]:
    """The figures of the pairs and those that must equal one of them."""
    figures = {id(figure): figure for relation, _ in pairs for figure in relation.figures()}
    todo = list(figures)
    while todo:
        for figure in equal.get(todo.pop(), ()):
            if id(figure) not in figures:
                figures[id(figure)] = figure
                todo.append(id(figure))
    return list(figures.values())


class _Effect(Struct, frozen=True):
    gained: int
    lost: int


def _effect(way: Sequence[Figure], change: Decimal, sums: Mapping[int, Sequence[Judged]]) -> _Effect:
    """How many sums would begin, and how many cease, to add up to the digit if all these figures changed alike."""
    changed = {id(figure) for figure in way}
    concerned = {id(one): one for key in changed for one in sums.get(key, ())}
    gained = lost = 0
    for relation, verdict in concerned.values():
        moved = sum(sign for sign, figure in relation.signed() if id(figure) in changed)
        if moved:
            gained += bool(verdict.difference) and not verdict.difference + moved * change
            lost += not verdict.difference
    return _Effect(gained, lost)
