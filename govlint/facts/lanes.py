"""The lanes of a table, with their columns, rows and values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from govlint.document import Cell
from govlint.facts import grid
from govlint.number import UNITS, Number, Unit, is_nothing, read_number, read_unit


class Column(Struct, frozen=True, gc=False):
    """A column of a statement.

    ``header`` is the path of header texts from the top (``("本年支出", "基本支出")``), white space removed, without the
    unit in ``金额（万元）``; ``number`` is its 栏次, ``unit`` the unit of its numbers where known; ``role`` says what its
    cells hold (``text`` is for remarks: 备注, 完成情况).
    """

    index: int
    role: Literal["label", "code", "line", "text", "value"]
    header: tuple[str, ...] = ()
    number: int | None = None
    unit: Unit | None = None

    @property
    def name(self) -> str:
        """The header path in one string, ``本年支出/基本支出``."""
        return "/".join(self.header)


class Value(Struct, frozen=True, gc=False):
    """A cell of a value column: the cell, what is printed there, and the number if it is one.

    ``blank`` is an empty cell; a dash or 无 is neither blank nor a number but counts as nothing (``zero``).
    ``unreadable`` is text where a number was expected: unknown, never zero. ``unit`` is a unit that stands in the cell
    itself (``45.2%``).
    """

    cell: Cell
    row: int
    column: Column
    state: Literal["number", "blank", "zero", "unreadable"]
    number: Number | None = None
    unit: Unit | None = None


class Row(Struct, frozen=True, gc=False):
    """A row of a lane.

    ``index`` counts the rows of the statement; rows of two lanes that are printed side by side share it.
    ``label`` is the name without ordinal, indentation and spaces, ``ordinal`` what stood before it (``一、``);
    ``path`` are the labels as printed, without white space, from the outermost (``三、本年度办理结果``, ``（三）不予公开``,
    ``1.属于国家秘密``), one where there is one label column.
    ``code`` is the subject code as digits (its length is the level), ``line`` the 行次;
    ``role``: ``item``, ``total`` (合计, 总计, 小计, 本年收入合计), or ``part`` of the item above it (其中：…, or ``1.`` below
    ``一、``). ``label_cell`` is the cell of the label (or of the code where there is no label), ``code_cell`` that of the
    code, of its last digits where several cells hold it.
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
    path: tuple[str, ...] = ()

    def value(self, column: Column) -> Value | None:
        """The value in a column, if the row has one there."""
        return next((value for value in self.values if value.column.index == column.index), None)


class Lane(Struct, frozen=True, gc=False):
    """One side of a table (收入 | 支出), or one of several forms below each other: its title, columns and rows."""

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


# --- From the grid to lanes -----------------------------------------------------------------------------------------

_COUNTING_HEADER = re.compile(r"数量|人数|件数|项数|户数|次数|份数|面积")
_RATIO_HEADER = re.compile(r"(?:率|占比|比重|比例|百分比|[%％])$")
_PART = re.compile(r"其中[:：]?")
_CODE_BEFORE_LABEL = re.compile(r"[\[【（(]?([1-5]\d{2}(?:\d{2}){0,2})[\]】）)]?[-—]?\s?", re.ASCII)
_COUNTS = frozenset("十百千万亿元年月日号个人户家辆台套件项次米亩")
_CODE_PART = re.compile(r"\d{1,7}", re.ASCII)
_ORDINAL_LEVELS = (
    re.compile(r"第?[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"[（(][一二三四五六七八九十]"),
    re.compile(r"\d{1,2}[、.．]"),
    re.compile(r"[（(]\d"),
    re.compile(r"[①-⑳]"),
)


def read_lanes(block: grid.Block, unit: Unit | None, offset: int) -> list[Lane]:
    """The lanes of a block. ``unit`` is that of the table, ``offset`` the index of the block's first row."""
    title = "".join(text for sheet, row in block.titles[-1:] for _, text in sheet.filled(row))
    plans = grid.lanes_of(block)
    all_columns = [
        tuple(Column(c.index, c.role, c.header, c.number, _column_unit(c, unit)) for c in plan.columns)
        for plan in plans
    ]
    all_rows: list[list[Row]] = [[] for _ in plans]
    readers = [_RowReader(columns) for columns in all_columns]
    titles = [plan.title or title for plan in plans]
    for index, (sheet, row) in enumerate(block.rows, offset):
        found = [reader.read(sheet, row, index) for reader in readers]
        for at in range(1, len(found)):
            found[at - 1], found[at] = _label_from_left(found[at - 1], found[at], titles[at - 1] == titles[at])
        for rows, read in zip(all_rows, found, strict=True):
            if read is not None:
                rows.append(read)
    return [
        Lane(title, columns, tuple(_with_parts(reader.mended(rows))))
        for title, columns, rows, reader in zip(titles, all_columns, all_rows, readers, strict=True)
    ]


def _column_unit(column: grid.ColumnPlan, unit: Unit | None) -> Unit | None:
    if column.role != "value":
        return None
    name = column.header[-1] if column.header else ""
    if column.unit is not None:
        return column.unit
    if _RATIO_HEADER.search(name):
        return UNITS["%"]
    return None if _COUNTING_HEADER.search(name) else unit


class _RowReader:
    """Reads the rows of one lane from top to bottom; remembers labels and codes that stand for several rows."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        by_role: dict[str, list[int]] = {"label": [], "code": [], "line": [], "text": [], "value": []}
        for column in columns:
            by_role[column.role].append(column.index)
        self.columns = columns
        self.labels, self.codes, self.lines = by_role["label"], by_role["code"], by_role["line"]
        self.values = [(column.index, column) for column in columns if column.role == "value"]
        self.carried, self.carried_since = [""] * len(self.labels), [0] * len(self.labels)
        self.code_above = ""
        self.sheet: grid.Sheet | None = None
        self.cut: list[tuple[int, int, str, str]] = []

    def read(self, sheet: grid.Sheet, row: int, index: int) -> Row | None:
        """The lane's part of a grid row, None if there is nothing in it."""
        texts, cells = sheet.texts[row], sheet.cells[row]
        code, code_column, stray = self._code(texts) if self.codes else (None, None, None)
        path, label_column = self._path(sheet, row, index)
        if not path and stray is not None:
            path, label_column = (texts[stray],), stray
        line = self._line(texts)
        covered = sheet.covered[row]
        values = [
            Value(cells[at], index, column, *_reading(texts[at])) for at, column in self.values if not covered[at]
        ]
        if not path and code is None and line is None and all(value.state == "blank" for value in values):
            return None
        ordinal, label, part = _cleaned(path[-1] if path else "")
        if code is None and label and not self.codes:
            code, label = _code_in_label(label)
            code_column = label_column if code else None
        label_cell = cells[label_column] if label_column is not None else None
        code_cell = cells[code_column] if code_column is not None else None
        role: Literal["item", "total", "part"] = "total" if grid.is_total(label) else "part" if part else "item"
        return Row(
            index,
            label,
            tuple(values),
            role,
            ordinal,
            code,
            line,
            label_cell if label_cell else code_cell,
            code_cell,
            path,
        )

    def _line(self, texts: Sequence[str]) -> int | None:
        """The 行次 of a row."""
        for column in self.lines:
            if texts[column].isascii() and texts[column].isdigit():
                return int(texts[column])
        return None

    def _code(self, texts: Sequence[str]) -> tuple[str | None, int | None, int | None]:
        """The subject code of a row, the column of its last digits, and a code column that has words instead."""
        code, last, stray = "", None, None
        for level, column in enumerate(self.codes):
            digits = texts[column].replace(" ", "")
            if not digits:
                continue
            if not _CODE_PART.fullmatch(digits):
                stray = column if stray is None else stray
                continue
            if len(digits) > 3 or (level == 0 and len(digits) == 3) or (len(digits) == 3 and not code):
                code = digits
            else:
                above = code or self.code_above[: 1 + 2 * level]
                code = above + digits.zfill(2)
            last = column
        if code:
            self.code_above = code
        return code or None, last, stray

    def _path(self, sheet: grid.Sheet, row: int, index: int) -> tuple[tuple[str, ...], int | None]:
        """The labels of a row from the outermost, and the column of the innermost.

        Where several columns hold labels, a blank one left of a filled one stands for the label above it.
        """
        texts = sheet.texts[row]
        if len(self.labels) == 1:
            text = texts[self.labels[0]]
            return ((text,), self.labels[0]) if text else ((), None)
        filled = [level for level, column in enumerate(self.labels) if texts[column]]
        new_page, self.sheet = self.sheet is not None and sheet is not self.sheet, sheet
        if not filled:
            return (), None
        deepest = filled[-1]
        last = texts[self.labels[deepest]]
        if grid.is_total(last) and not grid.ORDINAL.match(last):
            return (last,), self.labels[deepest]
        path = []
        for level in range(deepest + 1):
            text = texts[self.labels[level]]
            if text:
                above = self.carried[level]
                if new_page and level < deepest and grid.ORDINAL.match(above) and not grid.ORDINAL.match(text):
                    self.cut.append((level, self.carried_since[level], above, above + text))
                    text = above + text
                else:
                    self.carried_since[level] = index
                self.carried[level:] = [text, *[""] * (len(self.labels) - level - 1)]
            if self.carried[level]:
                path.append(self.carried[level])
        return tuple(path), self.labels[deepest]

    def mended(self, rows: list[Row]) -> list[Row]:
        """The rows, with the labels of groups that a page break cut in two made whole in their paths."""
        for level, since, cut, whole in self.cut:
            rows = [
                replace(row, path=(*row.path[:level], whole, *row.path[level + 1 :]))
                if row.index >= since and row.path[level : level + 1] == (cut,)
                else row
                for row in rows
            ]
        return rows


@lru_cache(maxsize=8192)
def _reading(text: str) -> tuple[Literal["number", "blank", "zero", "unreadable"], Number | None, Unit | None]:
    """What the squashed text of a value's cell says: state, number, and the unit that stands with it."""
    if not text:
        return "blank", None, None
    if is_nothing(text):
        return "zero", None, None
    number = read_number(text)
    if number is not None:
        return "number", number, None
    for length in (1, 2):
        number, unit = read_number(text[:-length]), read_unit(text[-length:])
        if number is not None and unit is not None:
            return "number", number, unit
    return "unreadable", None, None


@lru_cache(maxsize=4096)
def _cleaned(text: str) -> tuple[str, str, bool]:
    """A label as ordinal, name, and whether it says 其中."""
    match = grid.ORDINAL.match(text)
    ordinal, name = (match.group(), text[match.end() :].lstrip()) if match else ("", text)
    part = _PART.match(name)
    if part and part.end() < len(name):
        name = name[part.end() :]
        inner = grid.ORDINAL.match(name)
        if inner:
            ordinal, name = ordinal or inner.group(), name[inner.end() :]
    return ordinal, name.rstrip(":："), part is not None


def _code_in_label(label: str) -> tuple[str | None, str]:
    """A code that stands in the label's cell, and the label without it."""
    if grid.CODE.fullmatch(label):
        return label.replace(" ", ""), ""
    match = _CODE_BEFORE_LABEL.match(label)
    name = label[match.end() :] if match else ""
    if match is None or not "\u4e00" <= name[:1] <= "\u9fff" or name[0] in _COUNTS:
        return None, label
    return match.group(1), name


def _label_from_left(left: Row | None, right: Row | None, same_side: bool) -> tuple[Row | None, Row | None]:
    """A total's label may begin in one lane and its value stand in the next lane of the same side."""
    if left is None or right is None or not same_side or left.role != "total" or right.label or right.code:
        return left, right
    if right.line is not None or any(value.state != "blank" for value in left.values):
        return left, right
    if all(value.state == "blank" for value in right.values):
        return left, right
    return None, replace(
        right, label=left.label, role="total", ordinal=left.ordinal, label_cell=left.label_cell, path=left.path
    )


def _with_parts(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, with those marked as parts that only break down the item above them.

    They are known by an ordinal below that of the item (``1.`` after ``一、``), or because under an item without
    ordinal the labels of numbered items further up come again (年初结转和结余, then the funds once more).
    """
    top = next((level for row in rows if (level := _level(row.ordinal)) is not None), None)
    seen: set[str] = set()
    breaking_down = False
    before: Row | None = None
    for row in rows:
        level = _level(row.ordinal)
        known = row.label in seen
        if row.code or not row.label or row.role == "total":
            breaking_down = False
        elif not breaking_down:
            breaking_down = known and before is not None and before.role == "item" and not before.ordinal
        elif not known:
            breaking_down = False
        below = level is not None and top is not None and level > top
        if (below or breaking_down) and row.role == "item" and len(row.path) == 1:
            row = replace(row, role="part")
        elif row.ordinal:
            seen.add(row.label)
        yield row
        before = row


@lru_cache(maxsize=512)
def _level(ordinal: str) -> int | None:
    if not ordinal:
        return None
    return next((level for level, pattern in enumerate(_ORDINAL_LEVELS) if pattern.match(ordinal)), None)
