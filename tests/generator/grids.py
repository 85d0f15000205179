"""Grids of marked cells, and the tables by subject (科目) that final accounts and budgets share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tests.generator import subjects
from tests.generator.marks import Mark, Part, Parts, Role, parts_of, printed
from tests.generator.model import ZERO, Sums

CHINESE_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number from 1 to 9999 in Chinese numerals (一, 十一, 一百零二)."""
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += "" if unit == 10 and digit == 1 and not text else CHINESE_DIGITS[digit]
            text += name
        elif text and number and not text.endswith("零"):
            text += "零"
    return text


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its extent; ``bold`` as totals often are."""

    parts: Parts = ()
    rowspan: int = 1
    colspan: int = 1
    bold: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, of which the first ``header`` are headings, over ``width`` columns."""

    rows: tuple[Row, ...]
    header: int
    width: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A table: its number in the model (``T5``), its name, its grid, and the notes under it."""

    id: str
    name: str
    grid: Grid
    notes: tuple[Parts, ...] = ()
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """How a region prints its tables.

    ``lines``: with 行次 and 栏次 and formula notes. ``code_cells``: in how many columns a subject code stands
    (``3`` with ``split``: 类, 款 and 项 apart). ``total``: 合计 first or last. ``zero``: what an empty amount prints.
    ``lanes``: of the table of basic expenditure. ``official``: 三公 as budget | actual, or both under each item.
    ``capital``: 国有资本经营 with spending only or with income too. ``shifted``: the header has lost a column. ``spread``: 合 计 with a space inside.
    """

    lines: bool = False
    code_cells: int = 1
    split: bool = False
    total: Literal["first", "last"] = "first"
    zero: str = ""
    grouped: bool = True
    lanes: Literal[2, 3] = 2
    official: Literal["split", "pairs"] = "split"
    capital: Literal["spending", "income"] = "spending"
    shifted: bool = False
    yuan: bool = False
    bold: bool = False
    spread: bool = False

    @property
    def sum_word(self) -> str:
        return "合 计" if self.spread else "合计"


def cell(text: Part | Parts, *, rowspan: int = 1, colspan: int = 1, bold: bool = False) -> Cell:
    """A cell of text."""
    return Cell(parts_of(text) if text else (), rowspan, colspan, bold)


def row(*texts: str | Cell) -> Row:
    """A row of plain cells."""
    return tuple(text if isinstance(text, Cell) else cell(text) for text in texts)


EMPTY = Cell()


class Sheet:
    """Makes the number cells of one table."""

    def __init__(self, table: str, form: Form) -> None:
        self.table = table
        self.form = form

    def number(self, key: str, column: str, value: Decimal, role: Role, *, related: int = 8, sure: bool = True) -> Cell:
        """The cell of an amount; ``related`` bounds how many rounded numbers stand in one sum with it."""
        if not value:
            return cell(self.form.zero)
        unit, decimals = (1, 0) if self.form.yuan else (10000, 2)
        text = printed(value / unit, decimals=decimals, grouped=self.form.grouped)
        slack = Decimal(related + 2).scaleb(-decimals) / 2
        mark = Mark(text, role, f"{self.table}/{key or 'all'}/{column}", True, sure, slack, value)
        return Cell((mark,), bold=self.form.bold and role == "total")

    def numbers(self, key: str, role: Role, columns: Iterable[tuple[str, Decimal]], *, related: int = 8) -> Row:
        return tuple(self.number(key, column, value, role, related=related) for column, value in columns)


Columns = Sequence[tuple[str, Callable[[str], Decimal]]]
"""Name of a column and its amount for a code (``""`` for the total)."""


def _codes(sums: Sums, columns: Columns) -> list[str]:
    """The codes with an amount in any column, each 类 and 款 before its 项."""
    return [code for code in sorted(sums) if code and any(value(code) for _, value in columns)]


def _code_cells(code: str, form: Form) -> Row:
    if form.split:
        pieces = (code[:3], code[3:5], code[5:])
        return row(*pieces)
    return (cell(code, colspan=form.code_cells),)


def _role(code: str) -> Role:
    return "leaf" if len(code) == 7 else "subtotal" if code else "total"


def _subject_rows(sheet: Sheet, sums: Sums, columns: Columns) -> list[Row]:
    """The rows by subject with 合计 first or last."""
    form = sheet.form
    codes = _codes(sums, columns)
    children = Counter(code[: len(code) - 2 if len(code) > 3 else 0] for code in codes)
    related = max(len(columns), *children.values()) if codes else 0
    total = sheet.numbers("", "total", [(name, value("")) for name, value in columns], related=related)
    label_width = (3 if form.split else form.code_cells) + 1
    total_row = (cell(form.sum_word, colspan=label_width, bold=form.bold), *total)
    rows = [
        (
            *_code_cells(code, form),
            cell(subjects.name_of(code)),
            *sheet.numbers(code, _role(code), [(name, value(code)) for name, value in columns], related=related),
        )
        for code in codes
    ]
    return [total_row, *rows] if form.total == "first" else [*rows, total_row]


Head = str | tuple[str, tuple[str, ...]]
"""A column's heading, or a heading over several columns with theirs."""


def _subject_header(form: Form, heads: Sequence[Head], *, name: str) -> list[Row]:
    """Header rows over code and name columns; a head with parts spans them."""
    width = 3 if form.split else form.code_cells
    count = sum(1 if isinstance(head, str) else len(head[1]) for head in heads)
    if form.shifted:
        rows = _shifted_header(width, heads, name)
    else:
        first = [cell("项目", colspan=width + 1)]
        second = [cell("功能分类科目编码", colspan=width), cell(name)]
        for head in heads:
            if isinstance(head, str):
                first.append(cell(head, rowspan=2))
            else:
                first.append(cell(head[0], colspan=len(head[1])))
                second.extend(cell(part) for part in head[1])
        rows = [tuple(first), tuple(second)]
    if form.lines:
        rows.append((*row("类", "款", "项"), cell("栏次"), *row(*(str(n) for n in range(1, count + 1)))))
    elif form.split:
        rows.append(row("类", "款", "项", *[""] * (count + 1)))
    return rows


def _shifted_header(width: int, heads: Sequence[Head], name: str) -> list[Row]:
    """The same one column too far left, as tab-separated text of converters has it."""
    first, second = ["项目", *[""] * (width - 1)], ["功能分类科目编码", name, *[""] * (width - 2)]
    for head in heads:
        if isinstance(head, str):
            first.append(head)
            second.append("")
        else:
            first += [head[0], *[""] * (len(head[1]) - 1)]
            second += head[1]
    while not second[-1]:
        second.pop()
    return [row(*first), row(*second)]


def subject_table(
    id_: str,
    name: str,
    form: Form,
    sums: Sums,
    heads: Sequence[Head],
    columns: Columns,
    notes: Sequence[str],
    *,
    subject: str = "科目名称",
) -> Statement:
    """A table with a row for each subject that has an amount in ``columns``; an empty one keeps its form."""
    sheet = Sheet(id_, form)
    header = _subject_header(form, heads, name=subject)
    width = (3 if form.split else form.code_cells) + 1 + len(columns)
    empty = not any(value("") for _, value in columns)
    body = _subject_rows(sheet, {} if empty else sums, columns)
    if empty:
        blank = (cell(form.sum_word, colspan=width - len(columns)), *[EMPTY] * len(columns))
        body = [blank] if form.lines else [blank, *[(EMPTY,) * width] * 2]
    return Statement(id_, name, Grid((*header, *body), len(header), width), tuple((note,) for note in notes), empty)


def of(sums: Sums, field: str) -> Callable[[str], Decimal]:
    """The amounts of a field by code."""
    return lambda code: sums[code][field] if code in sums or not code else ZERO


def sides(left: Sequence[Row], right: Sequence[Row], left_width: int, right_width: int) -> list[Row]:
    """Two lists of rows side by side, the shorter filled up."""
    count = max(len(left), len(right))
    left = [*left, *[(EMPTY,) * left_width] * (count - len(left))]
    right = [*right, *[(EMPTY,) * right_width] * (count - len(right))]
    return [(*one, *other) for one, other in zip(left, right, strict=True)]
