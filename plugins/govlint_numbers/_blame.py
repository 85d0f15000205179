"""One cause, one finding (一因一报): which figure is wrong when several relations are broken at once.

Figures and relations form a graph. A figure is a suspect if one other value of it would mend broken relations; every
relation that holds now and would break speaks against it. The suspect that mends most and breaks least is the cause of
the relations that it mends, and they are told once, at that figure. Where no figure stands out, two values may have
been exchanged, or a row be missing; else all that can be said is that one of several figures is wrong.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

from govlint import Interval
from govlint_numbers import _intervals as calc
from govlint_numbers._causes import Slip, slip
from govlint_numbers._figures import ZERO, CellPlace, Figure
from govlint_numbers._relations import Relation, Term, Verdict, judge, windows


class Judged(NamedTuple):
    """A relation with its verdict."""

    relation: Relation
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Cause:
    """Why relations are broken.

    ``figure``: one figure is wrong, ``value`` is what it should be where that is determined. ``exchange``: ``figure``
    and ``other`` stand in each other's place. ``shift``: the values of the ``run`` have slipped by a row. ``row``: a row
    is missing below that of ``figure``. ``open``: one of the figures of the relations is wrong; ``figure`` is the target
    of the first.
    """

    kind: Literal["figure", "exchange", "shift", "row", "open"]
    figure: Figure
    broken: tuple[Judged, ...]
    value: Decimal | None = None
    other: Figure | None = None
    slip: Slip | None = None
    run: tuple[Moved, ...] = ()
    sure: bool = True


class Moved(NamedTuple):
    """A figure of a run that has slipped, and the value that belongs there."""

    figure: Figure
    value: Decimal


class _Suspect(NamedTuple):
    figure: Figure
    value: Decimal | None
    mended: frozenset[int]
    harmed: int

    @property
    def score(self) -> tuple[int, int]:
        return len(self.mended) - self.harmed, -self.harmed


class _Graph:
    """Relations and the figures they hold, with the values that each relation would accept for each figure."""

    def __init__(self, judged: Sequence[Judged]) -> None:
        self.judged = judged
        self.broken = {index for index, (_, verdict) in enumerate(judged) if verdict.violated}
        suspected = {id(figure) for index in self.broken for figure in judged[index].relation.figures()}
        self.figures: dict[int, Figure] = {}
        self.windows: dict[int, dict[int, Interval | None]] = {}
        for index, (relation, _) in enumerate(judged):
            if not any(id(figure) in suspected for figure in relation.figures()):
                continue
            for figure, window in windows(relation):
                if id(figure) in suspected and figure.kind != "constant":
                    self.figures[id(figure)] = figure
                    self.windows.setdefault(id(figure), {})[index] = window
        self._sound_windows: dict[int, _Windows] = {}
        self._slips: dict[tuple[int, Decimal], Slip | None] = {}

    def components(self) -> Iterator[list[int]]:
        """The broken relations in groups that share figures, in order."""
        left = sorted(self.broken)
        of_figure: dict[int, list[int]] = {}
        for index in left:
            for figure in self.judged[index].relation.figures():
                if figure.kind != "constant":
                    of_figure.setdefault(id(figure), []).append(index)
        seen: set[int] = set()
        for first in left:
            if first in seen:
                continue
            seen.add(first)
            group, todo = [], [first]
            while todo:
                index = todo.pop()
                group.append(index)
                for figure in self.judged[index].relation.figures():
                    for neighbour in of_figure.pop(id(figure), ()):
                        if neighbour not in seen:
                            seen.add(neighbour)
                            todo.append(neighbour)
            yield sorted(group)

    def suspects(self, broken: set[int]) -> dict[int, _Suspect]:
        """What each figure of the broken relations would mend and harm with its best other value, by its identity."""
        found: dict[int, _Suspect] = {}
        self.reconsider(found, broken, broken)
        return found

    def reconsider(self, suspects: dict[int, _Suspect], changed: Iterable[int], broken: set[int]) -> None:
        """Look again at the figures of the relations that changed, those in ``broken`` being open still."""
        seen: set[int] = set()
        for index in sorted(changed):
            for figure in self.judged[index].relation.figures():
                if id(figure) in seen or id(figure) not in self.windows:
                    continue
                seen.add(id(figure))
                suspect = self._suspect(figure, broken)
                if suspect.mended:
                    suspects[id(figure)] = suspect
                else:
                    suspects.pop(id(figure), None)

    def _suspect(self, figure: Figure, open_relations: set[int]) -> _Suspect:
        broken: list[tuple[int, Interval]] = []
        calculated: list[Decimal] = []
        middles: Counter[Decimal] = Counter()
        word = set()
        for index, window in self.windows[id(figure)].items():
            if index not in open_relations:
                continue
            relation, verdict = self.judged[index]
            if window is None:
                word.add(index)
                continue
            broken.append((index, window))
            if relation.target is figure and verdict.computed is not None:
                calculated.append(verdict.computed * relation.sign if relation.kind == "change" else verdict.computed)
                middles[calculated[-1]] += 1
            elif _bounded(window):
                middles[calc.midpoint(window)] += 1
        open_windows, sound = _Windows(window for _, window in broken), self._sound(figure)
        # What is blank agrees with all that is blank beside it, which no relation says.
        blank = int(figure.number is None)
        best, best_value = (len(word), 0, 0), None
        mends = len(word)
        for value in dict.fromkeys((*calculated[:_MOST_VALUES], *_values(broken))):
            if value < 0 <= figure.value:
                continue
            mended, harmed = open_windows.holding(value), len(sound) - sound.holding(value) + blank
            rank = mended - harmed, -harmed, middles[value]
            if rank > best or not mends:
                best, best_value, mends = rank, value, mended
        if best_value is None:
            return _Suspect(figure, None, frozenset(word), 0)
        explained = frozenset(index for index, window in broken if window.low <= best_value <= window.high)
        return _Suspect(figure, best_value, explained, -best[1])

    def _sound(self, figure: Figure) -> _Windows:
        """The windows of the figure's relations that hold."""
        known = self._sound_windows.get(id(figure))
        if known is None:
            of_figure = self.windows[id(figure)].items()
            sound = (window for index, window in of_figure if index not in self.broken and window is not None)
            known = self._sound_windows[id(figure)] = _Windows(sound)
        return known

    def slip(self, suspect: _Suspect) -> Slip | None:
        """The slip of the pen that explains a suspect."""
        if suspect.value is None:
            return None
        key = id(suspect.figure), suspect.value
        if key not in self._slips:
            self._slips[key] = slip(suspect.figure, suspect.value)
        return self._slips[key]


class _Windows:
    """Intervals, asked how many of them hold a value: their ends, each in order."""

    def __init__(self, windows: Iterable[Interval]) -> None:
        kept = list(windows)
        self.lows = sorted(window.low for window in kept)
        self.highs = sorted(window.high for window in kept)

    def __len__(self) -> int:
        return len(self.lows)

    def holding(self, value: Decimal) -> int:
        """How many hold the value."""
        return bisect_right(self.lows, value) - bisect_left(self.highs, value)


_MOST_VALUES = 12


def _bounded(window: Interval) -> bool:
    return window.high < calc.NEVER and window.low > -calc.NEVER


def _values(broken: Sequence[tuple[int, Interval]]) -> Iterator[Decimal]:
    """The values to try: where windows are narrowest first their middles, then their ends; the furthest open ends."""
    windows = {window for _, window in broken}
    bounded = sorted(filter(_bounded, windows), key=lambda window: window.high - window.low)[:_MOST_VALUES]
    yield from (calc.midpoint(window) for window in bounded)
    yield from (end for window in bounded for end in window)
    yield from sorted((w.low for w in windows if w.high >= calc.NEVER), reverse=True)[:_MOST_VALUES]
    yield from sorted(w.high for w in windows if w.low <= -calc.NEVER)[:_MOST_VALUES]


_MOST_CAUSES = 40
"""Of one group of relations that share figures; in a table that is all wrong no figure is worth looking for."""


def causes(judged: Sequence[Judged]) -> list[Cause]:
    """The causes of all broken relations, each relation explained by one of them."""
    graph = _Graph(judged)
    found: list[Cause] = []
    unexplained: list[int] = []
    exchanged = _exchanged_claims(graph, found)
    for component in graph.components():
        left = set(component) - exchanged
        suspects = graph.suspects(left)
        for _ in range(_MOST_CAUSES):
            cause, explained = _clearest(graph, list(suspects.values()))
            if cause is None:
                break
            found.append(cause)
            left -= explained
            graph.reconsider(suspects, explained, left)
        unexplained.extend(sorted(left))
    unexplained = _exchanges(graph, unexplained, found)
    unexplained = _missing_rows(graph, unexplained, found)
    found.extend(_open(graph, unexplained))
    return _one_each(_shifts(graph, found))


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


def _clearest(graph: _Graph, suspects: Sequence[_Suspect]) -> tuple[Cause | None, frozenset[int]]:
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


def _against_tables(suspects: Sequence[_Suspect]) -> _Suspect | None:
    """A number in prose that differs from cells which the rest of their tables bears out, whatever its own text says."""
    cells: dict[int, list[_Suspect]] = {}
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


def _outstanding(graph: _Graph, equal: Sequence[_Suspect]) -> _Suspect | None:
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


def _percentage_alone(equal: Sequence[_Suspect]) -> _Suspect | None:
    """The percentage, where all suspects are the numbers of the text that it was computed from."""
    if any(suspect.figure.kind != "prose" or suspect.mended != equal[0].mended for suspect in equal):
        return None
    found = [one for one in equal if one.figure.unit is not None and one.figure.unit.kind == "percent"]
    return found[0] if len(found) == 1 and len(equal[0].mended) == 1 else None


def _unfilled(graph: _Graph, equal: Sequence[_Suspect]) -> _Suspect | None:
    """Of equally good suspects the total that says 0, or nothing, although there is something to add up."""
    for suspect in equal:
        if suspect.figure.value or suspect.value is None:
            continue
        relations = [graph.judged[index].relation for index in suspect.mended]
        if all(relation.kind == "sum" and relation.target is suspect.figure for relation in relations):
            return suspect
    return None


# --- Two figures in each other's place ---------------------------------------------------------------------------------


def _exchanges(graph: _Graph, unexplained: list[int], found: list[Cause]) -> list[int]:
    """Find pairs of sums that one exchange of two cells mends; what is left unexplained."""
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
    return [index for index in unexplained if index not in explained]


def _exchanged(graph: _Graph, one: int, two: int) -> tuple[Figure, Figure] | None:
    """A cell of each sum, in one row or one column, whose exchange mends both and breaks nothing."""
    first, second = graph.judged[one].relation, graph.judged[two].relation
    difference = graph.judged[one].verdict.difference
    rows: dict[tuple[int, int, int], list[Figure]] = {}
    columns: dict[tuple[int, int, int], list[Figure]] = {}
    for term in second.terms:
        place = term.figure.place
        if isinstance(place, CellPlace):
            rows.setdefault((place.statement.index, id(place.lane), place.row.index), []).append(term.figure)
            columns.setdefault((place.statement.index, id(place.lane), place.value.column.index), []).append(
                term.figure
            )
    for sign, figure in first.terms:
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


def _harmless(graph: _Graph, one: Figure, two: Figure) -> bool:
    """Whether no sound relation would break if the two were exchanged: each holds both, or accepts the other value."""
    first, second = graph.windows[id(one)], graph.windows[id(two)]
    for windows_of, others, value in ((first, second, two.value), (second, first, one.value)):
        for index, window in windows_of.items():
            if index in graph.broken or index in others or window is None:
                continue
            if not window.low <= value <= window.high:
                return False
    return True


def _exchanged_claims(graph: _Graph, found: list[Cause]) -> set[int]:
    """Pairs of numbers of the text that stand in each other's place, as the cells show; the relations explained.

    Sums over both of them still hold, and would speak against either one alone.
    """
    claims: dict[int, tuple[Figure, Figure]] = {}
    for index in sorted(graph.broken):
        relation = graph.judged[index].relation
        cell = relation.terms[0].figure
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
    return explained


# --- Values that have slipped by a row ----------------------------------------------------------------------------------

_LONGEST_RUN = 6
_MOST_CLAIMS = 60
_MOST_RUNS = 600
_MOST_LINES = 20

_Line = tuple[str, int, int]


def _shifts(graph: _Graph, found: list[Cause]) -> list[Cause]:
    """Causes in one column, or one row, taken together where moving a run of its values by one place mends them all."""
    by_line: dict[_Line, list[Cause]] = {}
    for cause in found:
        for line in _lines_of(cause):
            by_line.setdefault(line, []).append(cause)
    telling = {
        line: group for line, group in by_line.items() if len(group) > 1 or any(c.kind == "exchange" for c in group)
    }
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
    return found


def _lines_of(cause: Cause) -> set[_Line]:
    if cause.kind == "figure" or cause.figure.kind == "prose":
        return set(_lines(cause.figure))
    return {line for relation, _ in cause.broken for figure in relation.figures() for line in _lines(figure)}


def _lines(figure: Figure) -> Sequence[_Line]:
    """The column and the row that a cell stands in."""
    place = figure.place
    if not isinstance(place, CellPlace):
        return ()
    return ("column", id(place.lane), place.value.column.index), ("row", id(place.lane), place.row.index)


def _order(figure: Figure) -> tuple[int, int]:
    place = figure.place
    return (place.row.index, place.value.column.index) if isinstance(place, CellPlace) else (0, 0)


class _Cells(NamedTuple):
    """The cells of a line, and for each the relations that hold it, with its sign in them."""

    figures: dict[int, Figure]
    incident: dict[int, list[tuple[int, int]]]


def _cells_of(graph: _Graph, lines: set[_Line]) -> dict[_Line, _Cells]:
    cells = {line: _Cells({}, {}) for line in lines}
    for index, (relation, _) in enumerate(graph.judged):
        for sign, figure in _signed(relation):
            for line in _lines(figure):
                if line in cells:
                    cells[line].figures[id(figure)] = figure
                    cells[line].incident.setdefault(id(figure), []).append((index, sign))
    return cells


def _shift(graph: _Graph, cells: _Cells, group: Sequence[Cause]) -> Cause | None:
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


def _signed(relation: Relation) -> Iterator[tuple[int, Figure]]:
    """The figures with their signs in the difference of computed and stated; part ≤ whole counts the part."""
    yield -1, relation.target
    yield from ((-sign, figure) for sign, figure in relation.beside)
    yield from relation.terms


def _mended(
    graph: _Graph, run: Sequence[Figure], moved: Sequence[Decimal], incident: Mapping[int, list[tuple[int, int]]]
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
            fails = _difference(relation, verdict) + by > relation.target.half + relation.terms[0].figure.half
        elif relation.kind in ("sum", "same"):
            fails = abs(_difference(relation, verdict) + by) > _slack(relation, verdict)
        else:
            fails = judge(_with_values(relation, values)).violated
        if fails:
            return set()
    return {index for index in change if index in graph.broken}


def _with_values(relation: Relation, values: Mapping[int, Decimal]) -> Relation:
    def other(figure: Figure) -> Figure:
        return replace(figure, value=values[id(figure)]) if id(figure) in values else figure

    terms = tuple(Term(sign, other(figure)) for sign, figure in relation.terms)
    return replace(relation, target=other(relation.target), terms=terms)


def _difference(relation: Relation, verdict: Verdict) -> Decimal:
    if relation.kind == "sum":
        return verdict.difference
    return relation.terms[0].figure.value - relation.target.value


def _slack(relation: Relation, verdict: Verdict) -> Decimal:
    if relation.kind == "sum":
        return verdict.tolerance
    one, two = relation.target.half, relation.terms[0].figure.half
    return ZERO if one == two else one + two


# --- Missing rows -----------------------------------------------------------------------------------------------------


def _missing_rows(graph: _Graph, unexplained: list[int], found: list[Cause]) -> list[int]:
    """Sums over rows that fall short in several columns of one row: one row seems to be missing."""
    groups: dict[tuple[str, int], list[int]] = {}
    for index in unexplained:
        relation, verdict = graph.judged[index]
        place = relation.target.place
        downwards = relation.origin.family.startswith(("codes", "classes", "rows"))
        if downwards and verdict.difference < 0 and isinstance(place, CellPlace):
            groups.setdefault((relation.origin.family, place.row.index), []).append(index)
    explained: set[int] = set()
    for group in groups.values():
        if len(group) > 1:
            explained.update(group)
            broken = tuple(graph.judged[index] for index in group)
            found.append(Cause("row", broken[0].relation.target, broken))
    return [index for index in unexplained if index not in explained]


def _open(graph: _Graph, unexplained: Sequence[int]) -> Iterator[Cause]:
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


def total_difference(broken: Iterable[Judged]) -> Decimal:
    """The largest difference of the relations, without sign."""
    return max((abs(verdict.difference) for _, verdict in broken), default=ZERO)


# --- One amount printed in two ways -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TwoWays:
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
