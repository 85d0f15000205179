"""The lanes of a table, with their columns, rows and values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from govlint.document import Cell
from govlint.facts import grid
from govlint.facts.memo import kept_for_lines
from govlint.number import Number, Unit, is_nothing, read_number, read_unit

Role = Literal["item", "total", "part"]


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
    role: Role = "item"
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
        tuple([Column(c.index, c.role, c.header, c.number, unit if c.takes_unit else c.unit) for c in plan.columns])
        for plan in plans
    ]
    titles = [plan.title or title for plan in plans]
    lines = _Lines.of(block)
    readers = [_RowReader(columns) for columns in all_columns]
    found = [reader.read(lines, offset) for reader in readers]
    for at in range(1, len(found)):
        same_side = titles[at - 1] == titles[at]
        for index, (left, right) in enumerate(zip(found[at - 1], found[at], strict=True)):
            if left is not None and right is not None and left.role == "total":
                found[at - 1][index], found[at][index] = _label_from_left(left, right, same_side)
    return [
        Lane(title, columns, tuple(_with_parts(reader.mended([row for row in rows if row is not None]))))
        for title, columns, rows, reader in zip(titles, all_columns, found, readers, strict=True)
    ]


class _Lines(Struct, frozen=True):
    """The rows of a block in the grid, what its columns hold, and in which rows spans reach some places."""

    sheets: list[grid.Sheet]
    texts: list[list[str]]
    cells: list[list[Cell]]
    spanned: list[tuple[int, list[grid.Covered]]]
    columns: list[tuple[tuple[str, ...], tuple[Cell, ...]]]

    @classmethod
    def of(cls, block: grid.Block) -> _Lines:
        """The data rows of a block."""
        texts = [sheet.texts[row] for sheet, row in block.rows]
        cells = [sheet.cells[row] for sheet, row in block.rows]
        covered = [sheet.covered[row] for sheet, row in block.rows]
        free = [""] * block.sheet.width
        return cls(
            [sheet for sheet, _ in block.rows],
            texts,
            cells,
            [(row, line) for row, line in enumerate(covered) if line != free],
            list(zip(zip(*texts, strict=True), zip(*cells, strict=True), strict=True)),
        )


class _RowReader:
    """Reads the rows of one lane from top to bottom; remembers labels and codes that stand for several rows."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        by_role: dict[str, list[int]] = {"label": [], "code": [], "line": [], "text": [], "value": []}
        for column in columns:
            by_role[column.role].append(column.index)
        self.labels, self.codes, self.lines = by_role["label"], by_role["code"], by_role["line"]
        self.values = [column for column in columns if column.role == "value"]
        self.carried, self.carried_since = [""] * len(self.labels), [0] * len(self.labels)
        self.code_above = ""
        self.sheet: grid.Sheet | None = None
        self.cut: list[tuple[int, int, str, str]] = []

    def read(self, lines: _Lines, offset: int) -> list[Row | None]:
        """The lane's part of the rows, None where there is nothing in it; ``offset`` is the index of the first one."""
        indices = range(offset, offset + len(lines.texts))
        values = self._values(lines, indices) if self.values and indices else [()] * len(indices)
        return list(map(self._row, lines.sheets, lines.texts, lines.cells, values, indices))

    def _values(self, lines: _Lines, indices: range) -> list[tuple[Value, ...]]:
        """The values of each row; a place that a span reaches has none."""
        columns = []
        for column in self.values:
            texts, cells = lines.columns[column.index]
            columns.append(
                [
                    Value(cell, index, column, state, number, unit)
                    for index, cell, (state, number, unit) in zip(indices, cells, map(_reading, texts), strict=True)
                ]
            )
        values = list(zip(*columns, strict=True))
        for row, covered in lines.spanned:
            values[row] = tuple([value for value in values[row] if not covered[value.column.index]])
        return values

    def _row(
        self, sheet: grid.Sheet, texts: Sequence[str], cells: Sequence[Cell], values: tuple[Value, ...], index: int
    ) -> Row | None:
        code = code_cell = label_column = None
        path: tuple[str, ...] = ()
        if len(self.labels) != 1:
            path, label_column = self._path(sheet, texts, index)
        elif text := texts[self.labels[0]]:
            path, label_column = (text,), self.labels[0]
        line = self._line(texts) if self.lines else None
        if self.codes:
            code, code_column, stray = self._code(texts)
            code_cell = cells[code_column] if code_column is not None else None
            if stray is not None and not path:
                path, label_column = (texts[stray],), stray
        if not path and code is None and line is None and all(value.state == "blank" for value in values):
            return None
        label_cell = cells[label_column] if label_column is not None else None
        if self.codes:
            ordinal, label, role = _cleaned(path[-1] if path else "")
        else:
            ordinal, label, role, code = _cleaned_of_code(path[-1] if path else "")
            code_cell = label_cell if code else None
        return Row(index, label, values, role, ordinal, code, line, label_cell or code_cell, code_cell, path)

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

    def _path(self, sheet: grid.Sheet, texts: Sequence[str], index: int) -> tuple[tuple[str, ...], int | None]:
        """The labels of a row from the outermost, and the column of the innermost, where several columns hold labels.

        A blank one left of a filled one stands for the label above it.
        """
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


@kept_for_lines
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


@kept_for_lines
def _cleaned(text: str) -> tuple[str, str, Role]:
    """A label as ordinal and name, and the role that it speaks for."""
    ordinal, name, part = _taken_apart(text)
    return ordinal, name, _role(name, part)


@kept_for_lines
def _cleaned_of_code(text: str) -> tuple[str, str, Role, str | None]:
    """The same for a label that may have a code in its cell; the code comes last."""
    ordinal, name, part = _taken_apart(text)
    code, name = _code_in_label(name)
    return ordinal, name, _role(name, part), code


def _role(label: str, part: bool) -> Role:
    return "total" if grid.is_total(label) else "part" if part else "item"


def _taken_apart(text: str) -> tuple[str, str, bool]:
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


def _with_parts(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows, with those marked as parts that only break down the item above them.

    They are known by an ordinal below that of the item (``1.`` after ``一、``), or because under an item without
    ordinal the labels of numbered items further up come again (年初结转和结余, then the funds once more).
    """
    return list(_marked(rows)) if any(row.ordinal for row in rows) else rows


def _marked(rows: Sequence[Row]) -> Iterator[Row]:
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


@kept_for_lines
def _level(ordinal: str) -> int | None:
    if not ordinal:
        return None
    return next((level for level, pattern in enumerate(_ORDINAL_LEVELS) if pattern.match(ordinal)), None)
