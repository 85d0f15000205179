"""The graph (关系图) of figures and relations: what another value of a figure would mend, and what it would harm.

A figure is a suspect if one other value of it would mend broken relations; every relation that holds now and would break
speaks against it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from govlint import Interval
from govlint_numbers import _intervals as calc
from govlint_numbers._figures import Figure
from govlint_numbers._relations import Judged, windows
from govlint_numbers._slips import Slip, slip


class Suspect(Struct, frozen=True):
    """A figure with the value that would mend the relations ``mended`` and break ``harmed`` others.

    ``value`` is ``None`` for a word (增加), which would have to change itself.
    """

    figure: Figure
    value: Decimal | None
    mended: frozenset[int]
    harmed: int

    @property
    def score(self) -> tuple[int, int]:
        """The higher, the more speaks for it."""
        return len(self.mended) - self.harmed, -self.harmed


class Graph:
    """Relations and the figures they hold, with the values that each relation would accept for each figure."""

    def __init__(self, judged: Sequence[Judged]) -> None:
        self.judged = judged
        self.broken = {index for index, (_, verdict) in enumerate(judged) if verdict.violated}
        suspected = {id(figure) for index in self.broken for figure in judged[index].relation.figures()}
        self.figures: dict[int, Figure] = {}
        self.windows: dict[int, dict[int, Interval | None]] = {}
        for index, (relation, _) in enumerate(judged):
            if suspected.isdisjoint([id(figure) for figure in relation.figures()]):
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

    def suspects(self, broken: set[int]) -> dict[int, Suspect]:
        """What each figure of the broken relations would mend and harm with its best other value, by its identity."""
        found: dict[int, Suspect] = {}
        self.reconsider(found, broken, broken)
        return found

    def reconsider(self, suspects: dict[int, Suspect], changed: Iterable[int], broken: set[int]) -> None:
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

    def _suspect(self, figure: Figure, open_relations: set[int]) -> Suspect:
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
            return Suspect(figure, None, frozenset(word), 0)
        explained = frozenset(index for index, window in broken if window.low <= best_value <= window.high)
        return Suspect(figure, best_value, explained, -best[1])

    def _sound(self, figure: Figure) -> _Windows:
        """The windows of the figure's relations that hold."""
        known = self._sound_windows.get(id(figure))
        if known is None:
            of_figure = self.windows[id(figure)].items()
            sound = (window for index, window in of_figure if index not in self.broken and window is not None)
            known = self._sound_windows[id(figure)] = _Windows(sound)
        return known

    def slip(self, suspect: Suspect) -> Slip | None:
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
