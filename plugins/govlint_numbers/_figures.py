"""Figures (数): printed numbers with their places, the nodes of the graph that is audited.

A figure is one printed place: two relations that speak of the same cell hold the same :class:`Figure` object, and
figures are compared by identity.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct

from govlint import Interval, Lane, Number, Row, Span, Statement, Unit, Value

ZERO = Decimal(0)
ONE = Decimal(1)


class Wording(NamedTuple):
    """A text for people, in Chinese and English."""

    chinese: str
    english: str


class Place(Protocol):
    """Where a figure stands, and what is printed there."""

    @property
    def span(self) -> Span | None:
        """The place in the source; ``None`` only for a constant such as the 100 that shares must make."""

    @property
    def printed(self) -> str:
        """The characters, without white space around them; none where the place is blank."""

    @property
    def group(self) -> Hashable:
        """What the place belongs to, a table or a sentence: rounding tails of a group are told once."""

    def describe(self) -> Wording:
        """The place in words: ``表2“合计”行“财政拨款收入”栏``."""


class Figure(Struct, frozen=True, eq=False, gc=False):
    """A printed number (数), or a place where one could stand and nothing or a dash does (``number`` is ``None``).

    ``value`` is in the base unit (元; 件), zero where nothing is printed; ``half`` is by how much rounding may have
    moved it, zero for counts and where nothing is printed.
    """

    number: Number | None
    unit: Unit | None
    kind: Literal["cell", "prose", "constant"]
    place: Place
    value: Decimal = ZERO
    half: Decimal = ZERO

    @property
    def span(self) -> Span | None:
        """Where it stands in the source; ``None`` only for a constant."""
        return self.place.span

    @property
    def printed(self) -> str:
        """The digits, or the word, as printed."""
        return self.place.printed

    @property
    def interval(self) -> Interval:
        """The values that the figure can stand for, in the base unit."""
        return Interval(self.value - self.half, self.value + self.half)

    @property
    def step(self) -> Decimal:
        """One unit of the last printed digit, in the base unit."""
        if self.number is None:
            return ZERO
        return ONE.scaleb(-self.number.decimals) * (self.unit.factor if self.unit else ONE)

    def describe(self) -> Wording:
        """The place and what is printed there."""
        place = self.place.describe()
        if not self.printed:
            return Wording(f"{place.chinese}（空白）", f"{place.english} (blank)")
        if self.number is None:
            return Wording(place.chinese, place.english)
        printed = f"{self.printed}{self.suffix}"
        return Wording(f"{place.chinese} {printed}", f"{place.english} {printed}")

    @property
    def suffix(self) -> str:
        """The unit as it is written behind the digits in running text; a table's unit stands elsewhere."""
        if self.kind != "prose" or self.unit is None:
            return ""
        return self.unit.name if self.unit.name == "%" else f" {self.unit.name}"

    def prints(self, value: Decimal, *, grouped: bool = False) -> str:
        """A value of the base unit as this figure would print it: in its unit and decimals.

        Thousands are separated where its own are, or as ``grouped`` says where it has none.
        """
        scaled = value / self.unit.factor if self.unit else value
        if self.number is None:
            text = f"{scaled.normalize():{',' if grouped else ''}f}"
            return text if len(text.partition(".")[2]) <= 2 else f"{scaled:{',' if grouped else ''}.2f}"
        if abs(self.number.value) >= 1000:
            grouped = self.number.grouped
        return f"{scaled:{',' if grouped else ''}.{self.number.decimals}f}"


def figure(number: Number | None, unit: Unit | None, kind: Literal["cell", "prose"], place: Place) -> Figure:
    """The figure of a printed number; its value and rounding follow from number and unit."""
    if number is None:
        return Figure(None, unit, kind, place)
    if unit is None:
        return Figure(number, None, kind, place, number.value, _half(number.decimals, ONE, "other"))
    factor = unit.factor
    half = _half(number.decimals, factor, unit.kind)
    return Figure(number, unit, kind, place, number.value if factor == 1 else number.value * factor, half)


@lru_cache(maxsize=256)
def _half(decimals: int, factor: Decimal, kind: str) -> Decimal:
    """Half a unit of the last digit in the base unit: zero for what is counted one by one."""
    return ZERO if kind == "count" and decimals == 0 and factor == 1 else Number(ZERO, decimals).half * factor


class _Constant(Struct, frozen=True):
    printed: str
    words: Wording
    span: None = None

    @property
    def group(self) -> Hashable:
        return None

    def describe(self) -> Wording:
        return self.words


def constant(value: Decimal, unit: Unit | None, words: Wording) -> Figure:
    """A number that is not printed but known, such as 100%."""
    return Figure(Number(value, 0), unit, "constant", _Constant(f"{value}", words), value)


def derived(value: Decimal, half: Decimal, like: Figure, words: Wording) -> Figure:
    """A number that is not printed but follows from others, in the unit of one of them."""
    decimals = like.number.decimals if like.number is not None else 2
    in_unit = Number(value / (like.unit.factor if like.unit else ONE), decimals)
    place = _Constant(f"{in_unit.value:.{decimals}f}", words)
    return Figure(in_unit, like.unit, "constant", place, value, half)


class CellPlace(Struct, frozen=True, eq=False, gc=False):
    """A value of a table."""

    statement: Statement
    lane: Lane
    row: Row
    value: Value

    @property
    def span(self) -> Span:
        """Where the cell's text stands, without white space around it; the cell itself where it is blank."""
        text = self.value.cell.text.strip()
        return text.whole if text else self.value.cell.span

    @property
    def printed(self) -> str:
        """The cell's text."""
        return self.value.cell.text.text.strip()

    @property
    def group(self) -> Hashable:
        """The table."""
        return "table", self.statement.index

    def describe(self) -> Wording:
        """``表2“合计”行“财政拨款收入”栏``; the column is left out where the lane has one only."""
        table = name_of(self.statement)
        row = self.row.label or self.row.code or ""
        column = "／".join(part for part in self.value.column.header if part and part != self.lane.title)
        several = column and len(self.lane.value_columns) > 1
        only = len(self.lane.rows) == 1 or not row
        return Wording(
            table.chinese + ("" if only else f"“{row}”") + (f"“{column}”栏" if several else ""),
            table.english + ("" if only else f", row “{row}”") + (f", column “{column}”" if several else ""),
        )


def name_of(statement: Statement) -> Wording:
    """What a table is called in messages: its number, else its name, else its place among the tables."""
    if statement.number is not None:
        return Wording(f"表{statement.number}", f"table {statement.number}")
    if statement.caption:
        return Wording(f"《{statement.caption}》", f"table “{statement.caption}”")
    return Wording(f"第{statement.index + 1}个表", f"table no. {statement.index + 1}")


value_of: Callable[[Figure], Decimal] = attrgetter("value")
"""A figure's value, for ``map`` and ``filter``: sums are made by the hundred."""


class RowFigures(Struct, frozen=True, eq=False, gc=False):
    """A row with its figures in the order of the lane's value columns; ``None`` where one can't be read.

    ``printed`` says whether a number stands in the row.
    """

    row: Row
    figures: tuple[Figure | None, ...]
    printed: bool


def row_figures(
    statement: Statement, lane: Lane, row: Row, columns: Mapping[int, tuple[int, Unit | None]]
) -> RowFigures:
    """The figures of a row. ``columns`` has the value columns by their indices: place among them, and unit."""
    printed = False
    found: list[Figure | None] = [None] * len(columns)
    for value in row.values:
        if value.state == "unreadable":
            continue
        at, unit = columns[value.column.index]
        place = CellPlace(statement, lane, row, value)
        if value.number is None:
            found[at] = Figure(None, unit, "cell", place)
        else:
            found[at] = figure(value.number, value.unit or unit, "cell", place)
            printed = True
    return RowFigures(row, tuple(found), printed)
