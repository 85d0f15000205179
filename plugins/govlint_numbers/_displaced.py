"""Displaced values (错位): two that stand in each other's place, or a run of them that has slipped by a row or a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from govlint_numbers._causes import Cause, Explained, Moved
from govlint_numbers._figures import ZERO, CellPlace, Figure
from govlint_numbers._graph import Graph
from govlint_numbers._relations import Relation, Verdict, judge, tolerance_of_sum

# --- Two figures in each other's place ---------------------------------------------------------------------------------


def exchanges(graph: Graph, unexplained: Sequence[int]) -> Explained:
    """Of the broken relations that are left, pairs of sums that one exchange of two cells mends."""
    found: list[Cause] = []
    by_difference: dict[Decimal, list[int]] = {}
    explained: set[int] = set()
    for index in unexplained:
        relation, verdict = graph.judged[index]
        if relation.kind == "sum":
            by_difference.setdefault(verdict.difference, []).append(index)
    for index in unexplained:
        if index in explained or graph.judged[index].relation.kind != "sum":
            continue
        for other in by_difference.get(-graph.judged[index].verdict.difference, ()):
            pair = None if other in explained or other == index else _exchanged(graph, index, other)
            if pair is not None:
                explained |= {index, other}
                found.append(Cause("exchange", pair[0], (graph.judged[index], graph.judged[other]), other=pair[1]))
                break
    return Explained(found, explained)


def _exchanged(graph: Graph, one: int, two: int) -> tuple[Figure, Figure] | None:
    """A cell of each sum, in one row or one column, whose exchange mends both and breaks nothing."""
    first, second = graph.judged[one].relation, graph.judged[two].relation
    difference = graph.judged[one].verdict.difference
    rows: dict[tuple[int, int, int], list[Figure]] = {}
    columns: dict[tuple[int, int, int], list[Figure]] = {}
    for figure in second.terms:
        place = figure.place
        if isinstance(place, CellPlace):
            rows.setdefault((place.statement.index, id(place.lane), place.row.index), []).append(figure)
            columns.setdefault((place.statement.index, id(place.lane), place.value.column.index), []).append(figure)
    for sign, figure in first.signed_terms():
        place = figure.place
        if not isinstance(place, CellPlace):
            continue
        key = place.statement.index, id(place.lane)
        for other in (*rows.get((*key, place.row.index), ()), *columns.get((*key, place.value.column.index), ())):
            if other is figure or sign * (other.value - figure.value) != -difference:
                continue
            if _harmless(graph, figure, other):
                return figure, other
    return None


def _harmless(graph: Graph, one: Figure, two: Figure) -> bool:
    """Whether no sound relation would break if the two were exchanged: each holds both, or accepts the other value."""
    first, second = graph.windows[id(one)], graph.windows[id(two)]
    for windows_of, others, value in ((first, second, two.value), (second, first, one.value)):
        for index, window in windows_of.items():
            if index in graph.broken or index in others or window is None:
                continue
            if not window.low <= value <= window.high:
                return False
    return True


def exchanged_claims(graph: Graph) -> Explained:
    """Pairs of numbers of the text that stand in each other's place, as the cells show.

    Sums over both of them still hold, and would speak against either one alone.
    """
    found: list[Cause] = []
    claims: dict[int, tuple[Figure, Figure]] = {}
    for index in sorted(graph.broken):
        relation = graph.judged[index].relation
        cell = relation.terms[0]
        if relation.kind == "same" and relation.target.kind == "prose" and cell.kind == "cell":
            claims.setdefault(id(relation.target), (relation.target, cell))
    explained: set[int] = set()
    left = list(claims.values())[:_MOST_CLAIMS]
    while left:
        one, here = left.pop(0)
        for place, (other, there) in enumerate(left):
            slack = one.half + other.half
            if abs(one.value - there.value) <= slack and abs(other.value - here.value) <= slack:
                del left[place]
                pair = {id(one), id(other)}
                indices = sorted({index for key in pair for index in graph.windows[key] if index in graph.broken})
                explained.update(indices)
                broken = tuple(graph.judged[index] for index in indices)
                found.append(Cause("exchange", one, broken, other=other))
                break
    return Explained(found, explained)


# --- Values that have slipped by a row ----------------------------------------------------------------------------------

_LONGEST_RUN = 6
_MOST_CLAIMS = 60
_MOST_RUNS = 600
_MOST_LINES = 20

_Line = tuple[str, int, int]


def shifts(graph: Graph, found: Sequence[Cause]) -> list[Cause]:
    """The causes found, those in one column or row together where moving a run of its values by one place mends them all."""
    by_line: dict[_Line, list[Cause]] = {}
    for cause in found:
        for line in _lines_of(cause):
            by_line.setdefault(line, []).append(cause)
    telling = {
        line: group for line, group in by_line.items() if len(group) > 1 or any(c.kind == "exchange" for c in group)
    }
    if not telling:
        return list(found)
    lines = sorted(telling, key=lambda line: -len(telling[line]))[:_MOST_LINES]
    cells = _cells_of(graph, set(lines))
    for line in lines:
        left = [cause for cause in telling[line] if any(cause is other for other in found)]
        if len(left) < 2 and not any(cause.kind == "exchange" for cause in left):
            continue
        shift = _shift(graph, cells[line], left)
        if shift is not None:
            mended = {id(relation) for relation, _ in shift.broken}
            kept = [cause for cause in found if any(id(relation) not in mended for relation, _ in cause.broken)]
            found = [*kept, shift]
    return list(found)


def _lines_of(cause: Cause) -> Iterable[_Line]:
    """The lines that a cause may lie in, each once, in the order of its figures."""
    if cause.kind == "figure" or cause.figure.kind == "prose":
        return _lines(cause.figure)
    figures = [figure for relation, _ in cause.broken for figure in relation.figures()]
    return dict.fromkeys(line for figure in figures for line in _lines(figure))


def _lines(figure: Figure) -> Sequence[_Line]:
    """The column and the row that a cell stands in."""
    place = figure.place
    if not isinstance(place, CellPlace):
        return ()
    return ("column", id(place.lane), place.value.column.index), ("row", id(place.lane), place.row.index)


def _order(figure: Figure) -> tuple[int, int]:
    place = figure.place
    return (place.row.index, place.value.column.index) if isinstance(place, CellPlace) else (0, 0)


class _Cells(Struct, frozen=True):
    """The cells of a line, and for each the relations that hold it, with its sign in them."""

    figures: dict[int, Figure]
    incident: dict[int, list[tuple[int, int]]]


def _cells_of(graph: Graph, lines: set[_Line]) -> dict[_Line, _Cells]:
    cells = {line: _Cells({}, {}) for line in lines}
    for index, (relation, _) in enumerate(graph.judged):
        for sign, figure in relation.signed():
            for line in _lines(figure):
                if line in cells:
                    cells[line].figures[id(figure)] = figure
                    cells[line].incident.setdefault(id(figure), []).append((index, sign))
    return cells


def _shift(graph: Graph, cells: _Cells, group: Sequence[Cause]) -> Cause | None:
    """The shortest run of a line whose values, moved by one place, mend most relations and break none."""
    suspected = {id(figure) for cause in group for relation, _ in cause.broken for figure in relation.figures()}
    ordered = sorted(cells.figures.values(), key=_order)
    best: tuple[int, Cause] | None = None
    for run in _runs(ordered, suspected):
        values = [figure.value for figure in run]
        for moved in ([*values[1:], values[0]], [values[-1], *values[:-1]])[: 1 if len(run) == 2 else 2]:
            if moved[0] == values[0] or moved[-1] == values[-1]:
                continue
            mended = _mended(graph, run, moved, cells.incident)
            if len(mended) > 1 and (best is None or len(mended) > best[0]):
                broken = tuple(graph.judged[index] for index in sorted(mended))
                places = tuple(Moved(figure, value) for figure, value in zip(run, moved, strict=True))
                best = len(mended), Cause("shift", run[0], broken, run=places)
    return best[1] if best else None


def _runs(ordered: Sequence[Figure], suspected: set[int]) -> Iterator[Sequence[Figure]]:
    """Up to six neighbours that begin and end at suspected cells: of all cells, of printed ones, of those that are not 0."""
    printed = [figure for figure in ordered if figure.number is not None]
    filled = [figure for figure in printed if figure.value]
    lines = [ordered]
    lines += [line for before, line in ((ordered, printed), (printed, filled)) if len(line) < len(before)]
    tried = 0
    for length in range(2, _LONGEST_RUN + 1):
        for line in lines:
            for start in range(len(line) - length + 1):
                run = line[start : start + length]
                if id(run[0]) in suspected and id(run[-1]) in suspected:
                    tried += 1
                    if tried > _MOST_RUNS:
                        return
                    yield run


def _mended(
    graph: Graph, run: Sequence[Figure], moved: Sequence[Decimal], incident: Mapping[int, list[tuple[int, int]]]
) -> set[int]:
    """The broken relations that the move mends; none where it leaves one broken or breaks another."""
    change: dict[int, Decimal] = {}
    for figure, value in zip(run, moved, strict=True):
        for index, sign in incident[id(figure)]:
            change[index] = change.get(index, ZERO) + sign * (value - figure.value)
    values = {id(figure): value for figure, value in zip(run, moved, strict=True)}
    for index, by in change.items():
        relation, verdict = graph.judged[index]
        if relation.kind == "part":
            fails = _difference(relation, verdict) + by > relation.target.half + relation.terms[0].half
        elif relation.kind in ("sum", "same"):
            fails = abs(_difference(relation, verdict) + by) > _slack(relation)
        else:
            fails = judge(_with_values(relation, values)).violated
        if fails:
            return set()
    return {index for index in change if index in graph.broken}


def _with_values(relation: Relation, values: Mapping[int, Decimal]) -> Relation:
    def other(figure: Figure) -> Figure:
        return replace(figure, value=values[id(figure)]) if id(figure) in values else figure

    return replace(relation, target=other(relation.target), terms=tuple(map(other, relation.terms)))


def _difference(relation: Relation, verdict: Verdict) -> Decimal:
    if relation.kind == "sum":
        return verdict.difference
    return relation.terms[0].value - relation.target.value


def _slack(relation: Relation) -> Decimal:
    if relation.kind == "sum":
        return tolerance_of_sum(relation)
    one, two = relation.target.half, relation.terms[0].half
    return ZERO if one == two else one + two
