"""Tables as their readers see them: captions, header paths, lanes, row and column numbers, codes, units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from govlint.document import Cell, Table, Text
from govlint.facts.memo import fact
from govlint.number import Number, Unit


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a statement.

    ``header`` is the path of header texts from the top (``("本年支出", "基本支出")``), white space removed;
    ``number`` is its 栏次, ``unit`` the unit of its numbers where known; ``role`` says what its cells hold.
    """

    index: int
    role: Literal["label", "code", "line", "value"]
    header: tuple[str, ...] = ()
    number: int | None = None
    unit: Unit | None = None

    @property
    def name(self) -> str:
        """The header path in one string, ``本年支出/基本支出``."""
        return "/".join(self.header)


@dataclass(frozen=True, slots=True)
class Value:
    """A cell of a value column: the cell, what is printed there, and the number if it is one.

    ``blank`` is an empty cell; a dash or 无 is neither blank nor a number but counts as nothing (``zero``).
    ``unreadable`` is text where a number was expected: unknown, never zero.
    """

    cell: Cell
    row: int
    column: Column
    state: Literal["number", "blank", "zero", "unreadable"]
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a lane.

    ``label`` is the name without ordinal, indentation and spaces, ``ordinal`` what stood before it (``一、``);
    ``code`` the subject code as digits (its length is the level), ``line`` the 行次;
    ``role``: ``item``, ``total`` (合计, 总计, 小计, 本年收入合计), or ``part`` (其中：…).
    ``label_cell`` is the cell of the label (or of the code where there is no label).
    """

    index: int
    label: str
    values: tuple[Value, ...]
    role: Literal["item", "total", "part"] = "item"
    ordinal: str = ""
    code: str | None = None
    line: int | None = None
    label_cell: Cell | None = None
    code_cell: Cell | None = None

    def value(self, column: Column) -> Value | None:
        """The value in a column, if the row has one there."""
        return next((value for value in self.values if value.column.index == column.index), None)


@dataclass(frozen=True, slots=True)
class Lane:
    """One side of a table (收入 | 支出): its title if it has one, its columns, its rows."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def values(self) -> Iterator[Value]:
        """All values, row by row."""
        for row in self.rows:
            yield from row.values

    @property
    def value_columns(self) -> tuple[Column, ...]:
        """The columns that hold values."""
        return tuple(column for column in self.columns if column.role == "value")


@dataclass(frozen=True, slots=True)
class Note:
    """A line under a table: ``注：…``, a formula note, or the statement that the table is empty."""

    text: Text


@dataclass(frozen=True, slots=True)
class Statement:
    """A table as understood (报表): where it is, what it is called, and its lanes.

    ``tables`` are the grids it was read from, more than one where it continues on the next page. ``caption`` is its
    title without number and year (``收入决算表``), ``caption_text`` the whole line it was read from, ``number`` the
    number in it (``2`` for 表2, 公开02表, （表二）), ``year`` the year. ``body_text`` are the ``部门：…`` lines.
    ``numeric`` is false for a table that is not of numbers (工作内容, 完成情况): nothing numeric is to be said of it.
    """

    index: int
    tables: tuple[Table, ...]
    lanes: tuple[Lane, ...]
    caption: str = ""
    caption_text: Text | None = None
    number: int | None = None
    year: int | None = None
    unit: Unit | None = None
    unit_text: Text | None = None
    bodies: tuple[Text, ...] = ()
    notes: tuple[Note, ...] = ()
    numeric: bool = True

    def rows(self) -> Iterator[Row]:
        """The rows of all lanes, lane by lane."""
        for lane in self.lanes:
            yield from lane.rows

    def by_line(self, line: int) -> Row | None:
        """The row with that 行次."""
        return next((row for row in self.rows() if row.line == line), None)

    def by_column_number(self, number: int) -> Column | None:
        """The column with that 栏次."""
        return next((column for lane in self.lanes for column in lane.columns if column.number == number), None)
