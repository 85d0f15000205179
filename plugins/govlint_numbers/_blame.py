"""One cause, one finding (一因一报): which figure is wrong when several relations are broken at once.

The suspect that mends most and breaks least (:mod:`._graph`) is the cause of the relations that it mends, and they are
told once, at that figure. Where no figure stands out, two values may have been exchanged (:mod:`._displaced`), or a row
be missing; else all that can be said is that one of several figures is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from govlint_numbers._causes import Cause, Explained
from govlint_numbers._displaced import exchanged_claims, exchanges, shifts
from govlint_numbers._figures import CellPlace
from govlint_numbers._graph import Graph, Suspect
from govlint_numbers._relations import Judged

_MOST_CAUSES = 40
"""Of one group of relations that share figures; in a table that is all wrong no figure is worth looking for."""


def causes(judged: Sequence[Judged]) -> list[Cause]:
    """Why relations are broken: the causes of all broken ones among those judged, each explained by one of them."""
    graph = Graph(judged)
    found, exchanged = exchanged_claims(graph)
    unexplained: list[int] = []
    for component in graph.components():
        left = set(component) - exchanged
        suspects = graph.suspects(left)
        for _ in range(_MOST_CAUSES):
            cause, mended = _clearest(graph, list(suspects.values()))
            if cause is None:
                break
            found.append(cause)
            left -= mended
            graph.reconsider(suspects, mended, left)
        unexplained.extend(sorted(left))
    for explain in (exchanges, _missing_rows):
        more, explained = explain(graph, unexplained)
        found.extend(more)
        unexplained = [index for index in unexplained if index not in explained]
    found.extend(_open(graph, unexplained))
    return _one_each(shifts(graph, found))


def _one_each(found: Sequence[Cause]) -> list[Cause]:
    """The causes with those at one figure joined: no value of it may mend all of its relations, but it is one place."""
    joined: dict[int, Cause] = {}
    for cause in found:
        known = joined.get(id(cause.figure))
        if known is None:
            joined[id(cause.figure)] = cause
        else:
            joined[id(cause.figure)] = replace(known, broken=(*known.broken, *cause.broken))
    return list(joined.values())


def _clearest(graph: Graph, suspects: Sequence[Suspect]) -> tuple[Cause | None, frozenset[int]]:
    """The one figure that explains most of the relations that are left, if one stands out."""
    if not suspects:
        return None, frozenset()
    scores = [suspect.score for suspect in suspects]
    best = max(scores)
    if best[0] < 1:
        chosen = _against_tables(suspects)
        if chosen is None:
            return None, frozenset()
        broken = tuple(graph.judged[index] for index in sorted(chosen.mended))
        return Cause("figure", chosen.figure, broken, chosen.value, slip=graph.slip(chosen), sure=False), chosen.mended
    equal = [suspect for suspect, score in zip(suspects, scores, strict=True) if score == best]
    if len(equal) > 1:
        chosen, sure = _outstanding(graph, equal) or _unfilled(graph, equal), False
    else:
        chosen, sure = equal[0], True
    if chosen is None:
        return None, frozenset()
    broken = tuple(graph.judged[index] for index in sorted(chosen.mended))
    return Cause("figure", chosen.figure, broken, chosen.value, slip=graph.slip(chosen), sure=sure), chosen.mended


def _against_tables(suspects: Sequence[Suspect]) -> Suspect | None:
    """A number in prose that differs from cells which the rest of their tables bears out, whatever its own text says."""
    cells: dict[int, list[Suspect]] = {}
    for suspect in suspects:
        if suspect.figure.kind == "cell":
            for index in suspect.mended:
                cells.setdefault(index, []).append(suspect)
    for suspect in sorted(suspects, key=lambda one: (-len(one.mended), one.harmed)):
        if suspect.figure.kind != "prose" or suspect.value is None:
            continue
        rivals = [rival for index in suspect.mended for rival in cells.get(index, ())]
        if rivals and all(rival.harmed >= max(1, suspect.harmed) for rival in rivals):
            return suspect
    return None


_WEAK = 3
"""The rank of slips that explain much: of many suspects one is soon a digit away from what it should be."""
_FEW = 3


def _outstanding(graph: Graph, equal: Sequence[Suspect]) -> Suspect | None:
    """Of equally good suspects the word (增加), else the one in prose, else the one that a slip of the pen explains."""
    words = [suspect for suspect in equal if suspect.value is None and suspect.figure.number is None]
    if len(words) == 1:
        return words[0]
    prose = [suspect for suspect in equal if suspect.figure.kind == "prose"]
    if len(prose) == 1:
        return prose[0]
    ranked = [(found.rank, suspect) for suspect in equal if (found := graph.slip(suspect)) is not None]
    if not ranked:
        return None
    least = min(rank for rank, _ in ranked)
    if least >= _WEAK and len(equal) > _FEW:
        return None
    telling = [suspect for rank, suspect in ranked if rank == least]
    if least > 1 and (percentage := _percentage_alone(equal)) is not None:
        return percentage
    if len(telling) > 1 and least == 0:
        telling = [one for one in telling if one.figure.unit is not None and one.figure.unit.name == "元"]
    return telling[0] if len(telling) == 1 else None


def _percentage_alone(equal: Sequence[Suspect]) -> Suspect | None:
    """The percentage, where all suspects are the numbers of the text that it was computed from."""
    if any(suspect.figure.kind != "prose" or suspect.mended != equal[0].mended for suspect in equal):
        return None
    found = [one for one in equal if one.figure.unit is not None and one.figure.unit.kind == "percent"]
    return found[0] if len(found) == 1 and len(equal[0].mended) == 1 else None


def _unfilled(graph: Graph, equal: Sequence[Suspect]) -> Suspect | None:
    """Of equally good suspects the total that says 0, or nothing, although there is something to add up."""
    for suspect in equal:
        if suspect.figure.value or suspect.value is None:
            continue
        relations = [graph.judged[index].relation for index in suspect.mended]
        if all(relation.kind == "sum" and relation.target is suspect.figure for relation in relations):
            return suspect
    return None


# --- Missing rows -----------------------------------------------------------------------------------------------------


def _missing_rows(graph: Graph, unexplained: Sequence[int]) -> Explained:
    """Sums over rows that fall short in several columns of one row: one row seems to be missing."""
    groups: dict[tuple[str, int], list[int]] = {}
    for index in unexplained:
        relation, verdict = graph.judged[index]
        place = relation.target.place
        downwards = relation.origin.family.startswith(("codes", "classes", "rows"))
        if downwards and verdict.difference < 0 and isinstance(place, CellPlace):
            groups.setdefault((relation.origin.family, place.row.index), []).append(index)
    found: list[Cause] = []
    explained: set[int] = set()
    for group in groups.values():
        if len(group) > 1:
            explained.update(group)
            broken = tuple(graph.judged[index] for index in group)
            found.append(Cause("row", broken[0].relation.target, broken))
    return Explained(found, explained)


def _open(graph: Graph, unexplained: Sequence[int]) -> Iterator[Cause]:
    """What remains: relations of one pattern and row together, at their target."""
    groups: dict[tuple[str, object], list[Judged]] = {}
    for index in unexplained:
        relation = graph.judged[index].relation
        place = relation.target.place
        row: object = (id(place.lane), place.row.index) if isinstance(place, CellPlace) else index
        groups.setdefault((relation.origin.family or str(index), row), []).append(graph.judged[index])
    for broken in groups.values():
        figures = broken[0].relation.figures()
        yield Cause("open", next(figure for figure in figures if figure.span), tuple(broken), sure=False)
