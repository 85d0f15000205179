"""A table's grid taken apart: title rows, header rows, the 栏次 row, data rows, notes; then columns and lanes.

Pipe tables and tab-separated text have lost the spans that HTML has; so an HTML table is first spread out as if it had
lost them too, and what remains known of its spans only helps where blank cells are ambiguous. All three notations then
go the same way. Nothing here knows a report; the words of headers are the only vocabulary.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct, field

from govlint.document import Cell, Table, Text
from govlint.facts.memo import kept_for_lines, kept_for_paragraphs
from govlint.number import RADICALS, UNITS, Unit, is_nothing, read_number, read_unit
from govlint.source import Span

Kind = Literal["", "number", "nothing", "text"]
Role = Literal["label", "code", "line", "text", "value"]
Covered = Literal["", "left", "above"]

_SPACE = re.compile(r"\s+")
_RADICAL = re.compile("[\u2e9f\u2ef3\u2f00-\u2fd5]")
_INNER_SPACE = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")

TOTAL = re.compile(r"(?:.{0,12}(?:合计|总计|小计|共计)|总额)(?:[（(][^）)]{1,8}[）)])?[:：]?")
ORDINAL = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．]|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|\d{1,2}(?:[、．]|\.(?!\d))|[①-⑳])"
)
"""The ordinal before a label: ``一、``, ``（一）``, ``1.``, ``①``."""

CODE = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}|[1-9]\d{2}(?: \d{2}){1,2}", re.ASCII)
"""A subject code in one cell: 3, 5 or 7 digits, perhaps with spaces between the levels."""

_LABEL_HEADER = re.compile(
    r"(?:(?:收入|支出|预算|决算)?项目|.{0,12}(?:科目|单位|部门|项目|分类|资金|指标|经费|事项|机构|地区)名称|名称"
    r"|(?:.{0,8}(?:功能|经济))?(?:分类)?科目|指标|信息内容|内容|重要事项|事项|摘要|类别|单位|部门|甲)(?:[（(][^）)]{1,16}[）)])?"
)
_CODE_HEADER = re.compile(r".{0,14}(?:编码|代码|编号)(?:[（(][^）)]{1,12}[）)])?|类|款|项|类款项?|款项|科目号")
_LINE_HEADER = re.compile(r"行次|行号|序号?")
_TEXT_HEADER = re.compile(
    r"备注|附注|说明|.{0,6}(?:情况|原因|用途|依据|措施|要求)|(?:工作|主要|绩效|评价)?(?:内容|目标|指标|任务).{0,6}"
    r"|(?:责任|牵头|实施)(?:单位|部门|人)|(?:完成)?时[间限]|日期|地[址点]|联系.{0,4}|电话|负责人"
)
_VALUE_HEADER = re.compile(
    r".*(?:数|额|[合总小共]计|收入|支出|费|预算|决算|拨款|结余|基金|资金|占比|比例|率|[%％])(?:[（(].{1,12}[）)])?"
)
_NUMBERING_WORDS = frozenset(
    {"栏次", "栏号", "类", "款", "项", "目", "行次", "行号", "项目", "科目名称", "甲", "乙", "丙", "序号"}
)
_NUMBERING = re.compile(r"[（(]?(\d{1,3})[)）]?栏?(?:\s*[=＝].*)?", re.ASCII)
_META = re.compile(
    r"(?:.{0,6}单位(?:名称)?|.{0,6}部门(?:名称)?|.{0,4}日期|.{0,4}年度|.{0,6}(?:负责人|填[表报]人|制表人?|审核人?|联系人|电话))[:：]"
)
_MARKER = re.compile(
    r"[（(]?(?:(?:公开|财决|财预|预算|决算|附)\s*\d{1,2}\s*表|(?:附表|表)\s*[\d一二三四五六七八九十]{1,3})[)）]?"
)
_CAPTION = re.compile(r".{2,40}表(?:[（(].{1,8}[）)])?")
_CAPTION_AND_META = re.compile(
    r"(\s{0,4}[^\n：:|]{2,40}?表)\s{0,40}(?:[（(]?公开\d{1,2}表[)）]?\s{0,40})?(?:编制|填报|预算|公开|金额)?(?:部门|单位)(?:名称)?\s{0,4}[：:]"
)
_CONTINUED = re.compile(r"(?:[（(]续表?[）)]|续表?)$")
_NOTE = re.compile(r"(?:备?注|说明|附注|填表说明)\s*\d{0,2}\s*[:：.、]|注[:：]")
_NOTE_BEGINNINGS = "备注说附填"
_NEARLY_NUMBER = re.compile(r"[（(]?[-－+]?\d[\d.,，．]*[）)]?[%％万元]*")
_PLACEHOLDER = re.compile(r"[XxＸ×*＊…。.]+|[（(]?待填[)）]?")
_UNIT_IN_HEADER = re.compile(
    r"(.*)[（(](?:(?:金额|计量|数量)?单位[:：])?([^（()）]{1,5}(?:[（(]套[)）])?)[）)]|(.*[^%％])([%％])"
)
_COUNTING_HEADER = re.compile(r"数量|人数|件数|项数|户数|次数|份数|面积")
_RATIO_HEADER = re.compile(r"(?:率|占比|比重|比例|百分比|[%％])$")
_ROLES_LEFT: frozenset[Role | None] = frozenset({"label", "code", "line"})
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_SPLIT_WORDS = frozenset({"合计", "总计", "小计", "共计", "项目", "栏次", "行次", "收入", "支出", "科目", "名称"})
_SPLIT_CHARACTERS = frozenset("".join(_SPLIT_WORDS))


@kept_for_paragraphs
def squash(text: str) -> str:
    """The text without white space, except between two words or numbers in ASCII, where one space stays.

    Kangxi radicals become the characters that they stand for.
    """
    if _RADICAL.search(text):
        text = text.translate(RADICALS)
    if _SPACE.search(text) is None:
        return text
    return _SPACE.sub(" ", _INNER_SPACE.sub("", text.strip()))


@kept_for_lines
def kind_of(text: str) -> Kind:
    """What squashed cell text is: blank, a number (a code or a percentage, too), a mark for nothing, or words."""
    if not text:
        return ""
    if is_nothing(text):
        return "nothing"
    if read_number(text) is not None or CODE.fullmatch(text) or re.fullmatch(r"\d{2,3}", text):
        return "number"
    trimmed = text.rstrip("%％元万亿")
    if trimmed != text and read_number(trimmed) is not None and read_unit(text[len(trimmed) :]) is not None:
        return "number"
    return "text"


@kept_for_lines
def header_role(text: str) -> Role | None:
    """What a column under this header word holds, if the word says so."""
    for role, pattern in (
        ("line", _LINE_HEADER),
        ("code", _CODE_HEADER),
        ("label", _LABEL_HEADER),
        ("text", _TEXT_HEADER),
        ("value", _VALUE_HEADER),
    ):
        if pattern.fullmatch(text):
            return role  # type: ignore[return-value]
    return None


def is_caption(text: str) -> bool:
    """Whether a squashed text reads like the title of a table."""
    return _CAPTION.fullmatch(text) is not None and _MARKER.fullmatch(text) is None


def caption_in(text: str) -> int:
    """The length of the caption with which a text begins that goes on with 部门：… or 单位：…; 0 where none does."""
    match = _CAPTION_AND_META.match(text)
    return len(match.group(1)) if match else 0


def is_placeholder(text: str) -> bool:
    """Whether it only keeps the place of what is to be filled in: XXX, ××, …"""
    return _PLACEHOLDER.fullmatch(text.strip()) is not None


@kept_for_lines
def is_total(text: str) -> bool:
    """Whether a label names a sum: 合计, 总计, 小计, 本年收入合计."""
    return TOTAL.fullmatch(text) is not None


class Sheet(Struct, frozen=True):
    """A table spread out: ``texts`` has the squashed text where a cell begins and '' everywhere else.

    ``covered`` tells for the other places from where a span reaches them, '' where that is not known. Every row is as
    long as the table is wide; where a row is too short, an empty cell at its end stands in.
    """

    table: Table
    texts: list[list[str]]
    cells: list[list[Cell]]
    covered: list[list[Covered]]

    @property
    def width(self) -> int:
        """The number of columns."""
        return self.table.width

    def filled(self, row: int) -> list[tuple[int, str]]:
        """The places of a row that have text, with the text."""
        return [(column, text) for column, text in enumerate(self.texts[row]) if text]


def spread(table: Table, printed: Sequence[Sequence[str]]) -> Sheet:
    """The table as a sheet; ``printed`` are the texts of its cells, row by row."""
    width = table.width
    covered: list[list[Covered]] = [[""] * width for _ in table.rows]
    if _has_spans(table):
        texts, placed = _spread_spans(table, covered)
        cells = [_filled_up(table, row, line) for row, line in enumerate(placed)]
    else:
        texts = [list(map(squash, line)) for line in printed]
        cells = [list(row) for row in table.rows]
        for row, line in enumerate(texts):
            if len(line) < width:
                missing = width - len(line)
                line += [""] * missing
                cells[row] = _filled_up(table, row, [*cells[row], *[None] * missing])
    for column, text in enumerate(texts[0] if texts else ()):
        if text.startswith("Col") and text == f"Col{column + 1}":
            texts[0][column] = ""  # so a converter calls a column whose header is blank
    _join_split_words(texts, covered)
    return Sheet(table, texts, cells, covered)


def _has_spans(table: Table) -> bool:
    """Whether a cell covers more than one place, or leaves one free before it."""
    if {len(row) for row in table.rows} == {table.width}:
        return False  # a cell begins at every place
    return any(
        [row and row[-1].column >= len(row) for row in table.rows]
        + [cell.rowspan > 1 or cell.colspan > 1 for row in table.rows for cell in row]
    )


def _spread_spans(table: Table, covered: list[list[Covered]]) -> tuple[list[list[str]], list[list[Cell | None]]]:
    """The texts and cells by their places, those that a span covers too; says in ``covered`` which these are."""
    width = table.width
    texts = [[""] * width for _ in table.rows]
    cells: list[list[Cell | None]] = [[None] * width for _ in table.rows]
    for cell in table.cells():
        row, column = cell.row, cell.column
        if column >= width or cells[row][column] is not None:
            continue
        texts[row][column] = squash(cell.text.text)
        cells[row][column] = cell
        if cell.rowspan == 1 and cell.colspan == 1:
            continue
        for r in range(row, min(row + cell.rowspan, len(texts))):
            for c in range(column, min(column + cell.colspan, width)):
                if cells[r][c] is None:
                    cells[r][c] = cell
                    covered[r][c] = "left" if r == row or c > column else "above"
                    if r > row and c > column:
                        covered[r][c] = "left"
    return texts, cells


def _filled_up(table: Table, row: int, line: list[Cell | None]) -> list[Cell]:
    if None not in line:
        return line  # type: ignore[return-value]
    own = table.rows[row]
    end = own[-1].span.end if own else table.span.start
    return [
        cell if cell is not None else Cell(Span(end, end), Text.empty(), row, column)
        for column, cell in enumerate(line)
    ]


def _join_split_words(lines: Sequence[list[str]], covered: Sequence[list[Covered]]) -> None:
    """Join a word that a converter spread over cells: 合 … 计, 项 … 目."""
    if _SPLIT_CHARACTERS.isdisjoint(itertools.chain.from_iterable(lines)):
        return
    for row, texts in enumerate(lines):
        if len(_SPLIT_CHARACTERS.intersection(texts)) < 2:  # no word has one of them twice
            continue
        last = -1
        for column, text in enumerate(texts):
            if not text:
                continue
            if len(text) == 1 and last >= 0 and len(texts[last]) == 1 and texts[last] + text in _SPLIT_WORDS:
                texts[last] += text
                texts[column] = ""
                covered[row][column] = "left"
            last = column


class Block(Struct):
    """A stretch of rows under one header: a whole table, or one of several forms in one grid.

    ``titles`` are rows above the header with a single text, ``header`` the header rows without the 栏次 row,
    ``numbering`` maps columns to their 栏次, ``rows`` are the data rows (sheet and row, for a continued table of
    several sheets).
    """

    sheet: Sheet
    titles: list[tuple[Sheet, int]] = field(default_factory=list)
    header: list[int] = field(default_factory=list)
    numbering_row: int | None = None
    rows: list[tuple[Sheet, int]] = field(default_factory=list)


class Division(Struct):
    """A sheet's rows by what they are for: blocks, cells above them (caption, 部门：…, 单位：…), cells of notes."""

    sheet: Sheet
    blocks: list[Block]
    above: list[Cell]
    notes: list[Cell]


def divide(sheet: Sheet) -> Division:
    """Tell title, header, data and note rows apart."""
    block = Block(sheet)
    division = Division(sheet, [block], [], [])
    in_header, in_notes = True, False
    printed_headers: set[tuple[str, ...]] = set()
    for row, texts in enumerate(sheet.texts):
        words = "".join(texts)
        if not words:
            continue
        if not (in_header or in_notes) and _is_plain_data(texts, words) and tuple(texts) not in printed_headers:
            block.rows.append((sheet, row))
            continue
        filled = sheet.filled(row)
        first = filled[0][1]
        if _NOTE.match(first) and len(filled) <= 2 and (block.header or not in_header):
            in_notes = True
        if in_notes:
            if len(filled) <= 2:
                division.notes.extend(sheet.cells[row][column] for column, _ in filled)
                continue
            in_notes = False
        if _is_meta(filled, words) and (len(filled) <= 4 or not block.header):
            division.above.extend(sheet.cells[row][column] for column, _ in filled)
            continue
        if not in_header:
            if tuple(texts) in printed_headers and not (block.titles and ends_with_title(block)):
                continue
            if len(filled) > 1 and _is_header_inside(filled):
                block = Block(sheet)
                division.blocks.append(block)
                _take_title(division.blocks[-2], block)
                in_header = True
            elif _repeats_caption(division.above, filled):
                continue
            else:
                block.rows.append((sheet, row))
                continue
        if block.numbering_row is None and _is_numbering(filled):
            block.numbering_row = row
            printed_headers.add(tuple(texts))
            in_header = False
        elif _begins_data(sheet, block, filled):
            in_header = False
            block.rows.append((sheet, row))
        elif len(filled) == 1 and not block.header and (is_caption(first) or caption_in(first)):
            division.above.append(sheet.cells[row][filled[0][0]])
        elif len(filled) == 1 and not block.header and (filled[0][0] == 0 or block.titles):
            block.titles.append((sheet, row))
        else:
            block.header.append(row)
            printed_headers.add(tuple(texts))
    return division


def _is_plain_data(texts: Sequence[str], words: str) -> bool:
    """Whether a row amid the data can be nothing else: a note, a line above a table, a caption or a header.

    ``words`` are its texts together.
    """
    first = next(filter(None, texts))
    return (
        first[0] not in _NOTE_BEGINNINGS
        and header_role(first) not in _ROLES_LEFT
        and "表" not in words
        and "：" not in words
        and ":" not in words
    )


def _is_meta(filled: Sequence[tuple[int, str]], words: str) -> bool:
    """Whether a row belongs above the table: 部门：…, 单位：万元, 公开02表, with or without the caption."""
    if "：" not in words and ":" not in words and "表" not in words:
        return False
    signs = [bool(_META.match(text) or _MARKER.fullmatch(text)) for _, text in filled]
    return any(signs) and all(sign or is_caption(text) for sign, (_, text) in zip(signs, filled, strict=True))


def _repeats_caption(above: Sequence[Cell], filled: Sequence[tuple[int, str]]) -> bool:
    """Whether a row amid the data is the caption once more, at the top of a page."""
    text = filled[0][1]
    if len(filled) > 1 or not is_caption(text):
        return False
    return _CONTINUED.search(text) is not None or any(squash(cell.text.text) == text for cell in above)


def _is_header_inside(filled: Sequence[tuple[int, str]]) -> bool:
    """Whether a row amid the data begins a new header: words only, among them a header's word for labels or codes."""
    return (
        header_role(filled[0][1]) in _ROLES_LEFT
        and not ORDINAL.match(filled[0][1])
        and all(kind_of(text) == "text" for _, text in filled)
    )


def _take_title(before: Block, after: Block) -> None:
    """A data row with nothing but a label, right above a new header, is that header's title."""
    if ends_with_title(before):
        after.titles.append(before.rows.pop())


def ends_with_title(block: Block) -> bool:
    """Whether the last row of a block has nothing but one plain label, as the title of a form below it has."""
    if not block.rows:
        return False
    sheet, row = block.rows[-1]
    filled = sheet.filled(row)
    return len(filled) == 1 and kind_of(filled[0][1]) == "text" and not is_total(filled[0][1])


def _is_numbering(filled: Sequence[tuple[int, str]]) -> bool:
    """Whether a row numbers the columns: 栏次 | 1 | 2 …, or 1 2 3 … alone."""
    numbers = []
    named = False
    for _, text in filled:
        number = column_number(text)
        if number is not None:
            numbers.append(number)
        elif text in _NUMBERING_WORDS or header_role(text) in _ROLES_LEFT:
            named = named or text in ("栏次", "栏号")
        else:
            return False
    if not numbers or any(later != earlier + 1 for earlier, later in itertools.pairwise(numbers)):
        return False
    return named or (numbers[0] == 1 and len(numbers) >= 3)


@kept_for_lines
def column_number(text: str) -> int | None:
    """The 栏次 that a cell of the numbering row prints."""
    match = _NUMBERING.fullmatch(text)
    return int(match.group(1)) if match else None


def _begins_data(sheet: Sheet, block: Block, filled: Sequence[tuple[int, str]]) -> bool:
    """Whether the first row that is no longer header stands here."""
    texts = [text for _, text in filled]
    kinds = list(map(kind_of, texts))
    if "number" in kinds or "nothing" in kinds:
        years_only = all(kind == "text" or _YEAR.fullmatch(text) for kind, text in zip(kinds, texts, strict=True))
        return not (years_only and header_role(texts[0]) in _ROLES_LEFT and kinds[0] == "text")
    if not block.header:
        return any(column > 0 and ORDINAL.match(text) for column, text in filled) or (
            len(filled) > 1 and bool(ORDINAL.match(filled[0][1]))
        )
    if any(map(ORDINAL.match, texts)):
        return True
    if not _ROLES_LEFT.isdisjoint(map(header_role, texts)):
        return False
    if len(filled) == 1:
        column, text = filled[0]
        return is_total(text) or any(sheet.texts[row][column] for row in block.header)
    return _is_complete(sheet, block.header)


def _is_complete(sheet: Sheet, header: Sequence[int]) -> bool:
    """Whether every column has a text of its own in some header row."""
    return all(any(sheet.texts[row][column] for row in header) for column in range(sheet.width))


class Layer(Struct, frozen=True):
    """A header row that can be moved about: its texts by column, and what is known of blank places."""

    texts: list[str]
    covered: Sequence[Covered]


class ColumnPlan(Struct, frozen=True):
    """A column of a block: what its cells hold, the header texts over it from the top, its 栏次.

    ``unit`` is that of its values where the header says so; ``takes_unit`` says that they are in the table's unit.
    """

    index: int
    role: Role
    header: tuple[str, ...]
    number: int | None
    unit: Unit | None = None
    takes_unit: bool = False


class LanePlan(Struct, frozen=True):
    """Neighbouring columns that are read together, and the header text over all of them (收入), if there is one."""

    title: str
    columns: tuple[ColumnPlan, ...]


def lanes_of(block: Block) -> tuple[LanePlan, ...]:
    """The block's columns with their meaning, split into lanes (收入 | 支出)."""
    sheet = block.sheet
    told = zip(*[map(_tells, data.texts[row]) for data, row in block.rows], strict=True)
    evidence = tuple([_Evidence.of("".join(letters)) for letters in told]) or (_Evidence.of(""),) * sheet.width
    header = tuple([(tuple(sheet.texts[row]), tuple(sheet.covered[row])) for row in block.header])
    numbering = tuple(sheet.texts[block.numbering_row]) if block.numbering_row is not None else ()
    length = len("".join(itertools.chain(numbering, *[texts for texts, _ in header])))
    return (_plan if length <= _LONG_HEADER else _plan.__wrapped__)(header, numbering, evidence)


_LONG_HEADER = 1000


@lru_cache(maxsize=256)  # reports of one kind have the same headers
def _plan(
    header: tuple[tuple[tuple[str, ...], tuple[Covered, ...]], ...],
    numbering: tuple[str, ...],
    evidence: tuple[_Evidence, ...],
) -> tuple[LanePlan, ...]:
    """The lanes under header rows (texts, and what is known of blank places) and a row of 栏次 (empty: none)."""
    numbers = {column: number for column, text in enumerate(numbering) if (number := column_number(text)) is not None}
    layers = [Layer(list(texts), covered) for texts, covered in header]
    if numbering:
        layers.append(_words_of_numbering(numbering))
    _drop_totals_in_header(layers)
    _shift_right(layers, numbers, evidence)
    _move_parents(layers)
    roles = _roles(layers, numbers, evidence)
    _label_under_numbering(numbering, roles)
    groups = _split(roles)
    _place_lane_titles(layers, groups)
    _place_label_words(layers, roles)
    paths = _paths(layers, len(evidence))
    lanes = []
    for group in groups:
        columns = [_column(column, roles[column] or "value", paths[column], numbers.get(column)) for column in group]
        lanes.append(LanePlan(_common_title(columns) if len(groups) > 1 else "", tuple(columns)))
    return tuple(lanes)


def _column(index: int, role: Role, path: Sequence[str], number: int | None) -> ColumnPlan:
    """A column: the unit is the lowest one that the header texts over it name."""
    named = [_name_and_unit(text) for text in path]
    header = tuple(name for name, _ in named if name)
    if role != "value":
        return ColumnPlan(index, role, header, number)
    name = header[-1] if header else ""
    unit = next((unit for _, unit in reversed(named) if unit is not None), None)
    if unit is None and _RATIO_HEADER.search(name):
        unit = UNITS["%"]
    return ColumnPlan(index, role, header, number, unit, unit is None and _COUNTING_HEADER.search(name) is None)


def _words_of_numbering(numbering: Sequence[str]) -> Layer:
    texts = [text if header_role(text) == "code" else "" for text in numbering]
    return Layer(texts, ["above" if not text else "" for text in texts])


@kept_for_lines
def _tells(text: str) -> Literal["", "n", "c", "y", "-", "t", "w"]:
    """What a data cell tells of its column, as a letter: number, code, year, nothing (-), total, words.

    It tells nothing if it is blank or only keeps a place.
    """
    kind = kind_of(text)
    if kind == "number":
        return "c" if CODE.fullmatch(text) else "y" if _YEAR.fullmatch(text) else "n"
    if kind == "nothing":
        return "-"
    if not kind:
        return ""
    if is_total(text):
        return "t"
    if _NEARLY_NUMBER.fullmatch(text):
        return "n"
    return "" if _PLACEHOLDER.fullmatch(text) else "w"


class _Evidence(Struct, frozen=True):
    """What the data cells of a column hold: nothing at all (``none``), numbers, codes, totals; what most of them are."""

    none: bool
    numbers: bool
    codes: bool
    only_codes: bool
    totals: bool
    names_years: bool
    numeric: bool
    wordy: bool

    @classmethod
    def of(cls, told: str) -> _Evidence:
        """What the letters of a column's cells come to."""
        codes, years = told.count("c"), told.count("y")
        numbers = told.count("n") + codes + years
        texts, nothings = told.count("w"), told.count("-")
        return cls(
            none=not (numbers or texts or nothings),
            numbers=numbers > 0,
            codes=codes > 0,
            only_codes=0 < codes == numbers,
            totals="t" in told,
            names_years=0 < years == numbers and not nothings,
            numeric=numbers + nothings > 2 * texts,
            wordy=texts > 2 * (numbers + nothings),
        )


def _drop_totals_in_header(layers: Sequence[Layer]) -> None:
    """The label 合计 of a total row that a converter merged with the last header row is not a header."""
    for above, layer in itertools.pairwise(layers):
        first = next((column for column, text in enumerate(layer.texts) if text), None)
        if first is not None and is_total(layer.texts[first]) and header_role(above.texts[first]) in ("code", "label"):
            layer.texts[first] = ""


def _shift_right(layers: Sequence[Layer], numbers: dict[int, int], evidence: Sequence[_Evidence]) -> None:
    """Align a header that lost cells on its left with the value columns, from the right."""
    values = sorted(numbers) or [column for column, found in enumerate(evidence) if found.numbers and found.numeric]
    if not values or values != list(range(values[0], values[-1] + 1)):
        return
    first, last = values[0], values[-1]
    if any(text for layer in layers for text in layer.texts[last:]):
        return
    above: Layer | None = None
    shifted = 0
    for layer in layers:
        filled = [column for column, text in enumerate(layer.texts) if text]
        start = next((c for c in filled if header_role(layer.texts[c]) not in _ROLES_LEFT), None)
        if start is None:
            continue
        by = first - start if start < first else shifted
        if by and filled[-1] + by <= last and (start < first or above is None or not _fits(above, layer, start)):
            layer.texts[start:] = [""] * by + layer.texts[start : len(layer.texts) - by]
            shifted = by
        above = layer


def _fits(above: Layer, layer: Layer, start: int) -> bool:
    """Whether the texts of a header row from ``start`` on are as many as the header above them is wide."""
    if not above.texts[start]:
        return False
    wide = next((c for c in range(start + 1, len(above.texts)) if above.texts[c]), len(above.texts))
    texts = next((c for c in range(start + 1, len(layer.texts)) if not layer.texts[c]), len(layer.texts))
    return wide == texts


def _move_parents(layers: Sequence[Layer]) -> None:
    """A header that stands amid the columns of one group below it belongs to that group's first column."""
    for index in range(len(layers) - 2):
        parent, child, leaf = layers[index : index + 3]
        for at, text in enumerate(parent.texts):
            if not text or child.texts[at] or child.covered[at] or not at:
                continue
            start = next((c for c in range(at - 1, -1, -1) if child.texts[c]), None)
            if start is None or any(parent.texts[start:at]):
                continue
            stop = next((c for c in range(at + 1, len(child.texts)) if child.texts[c]), len(child.texts))
            leaves = leaf.texts[start:stop]
            if all(leaves) and len(set(leaves)) == len(leaves):
                parent.texts[start], parent.texts[at] = text, ""


def _roles(layers: Sequence[Layer], numbers: dict[int, int], evidence: Sequence[_Evidence]) -> list[Role | None]:
    """What each column holds; None for a column that is only the width of its neighbour."""
    words = _word_roles(layers, len(evidence))
    values = [c for c, found in enumerate(evidence) if c in numbers or _holds_values(words[c], found)]
    if len(values) > 1 and evidence[values[0]].names_years and words[values[0]][:1] != ("value",):
        words[values.pop(0)] = ("label",)
    first_value, last_value = (values[0], values[-1]) if values else (len(evidence), len(evidence))
    roles: list[Role | None] = []
    for column, (said, found) in enumerate(zip(words, evidence, strict=True)):
        if column in numbers:
            roles.append("value")
        elif found.none and not said:
            roles.append("label" if found.totals else None)
        elif "line" in said[:1] and not found.wordy:
            roles.append("line")
        elif "code" in said and (not found.wordy or found.codes):
            roles.append("code")
        elif column in values:
            roles.append("value")
        elif "text" in said[:1]:
            roles.append("text" if "label" in roles or not found.wordy else "label")
        elif found.wordy:
            remark = "label" in roles and "label" not in said and (column > last_value or not values)
            roles.append("text" if remark else "label")
        elif "label" in said:
            roles.append("label")
        elif found.only_codes and column < first_value:
            roles.append("code")
        else:
            roles.append("value")
    return roles


def _label_under_numbering(numbering: Sequence[str], roles: list[Role | None]) -> None:
    """The column in which the word 栏次 stands is that of the labels, even if it is empty and has lost its header."""
    for column, text in enumerate(numbering):
        if text in ("栏次", "栏号") and roles[column] is None:
            roles[column] = "label"


def _word_roles(layers: Sequence[Layer], width: int) -> list[tuple[Role | None, ...]]:
    """The roles that the header texts above each column name, the lowest first; None for one that names none."""
    if not layers:
        return [()] * width
    columns = zip(*[layer.texts for layer in reversed(layers)], strict=True)
    return [tuple([header_role(text) for text in texts if text]) for texts in columns]


def _holds_values(said: tuple[Role | None, ...], found: _Evidence) -> bool:
    """Whether a column without 栏次 holds values, by its cells, or by its header where all cells are blank."""
    if "line" in said[:1] or "code" in said:
        return False
    if found.none:
        return said[:1] == ("value",) and not found.totals
    return found.numeric and "text" not in said[:1]


def _split(roles: Sequence[Role | None]) -> list[list[int]]:
    """Lanes: a label, code or line column behind a value column begins a new one."""
    groups: list[list[int]] = []
    previous: Role | None = None
    for column, role in enumerate(roles):
        if role is None:
            continue
        if not groups or (role in ("label", "code", "line") and previous in ("value", "text")):
            groups.append([])
        groups[-1].append(column)
        previous = role
    return groups


def _place_lane_titles(layers: Sequence[Layer], groups: Sequence[Sequence[int]]) -> None:
    """Where the first header row has one text a lane, but not over the lanes' first columns, move them there."""
    if not layers or len(groups) < 2:
        return
    top = layers[0].texts
    filled = [column for column, text in enumerate(top) if text]
    starts = [group[0] for group in groups]
    if len(filled) == len(starts) and filled != starts and len(layers) > 1 and filled == list(range(len(filled))):
        titles = [top[column] for column in filled]
        for column in filled:
            top[column] = ""
        for start, title in zip(starts, titles, strict=True):
            top[start] = title


def _place_label_words(layers: Sequence[Layer], roles: Sequence[Role | None]) -> None:
    """The header of the label column stands over a code column where 类 款 项 share one header cell: move it."""
    labels = [column for column, role in enumerate(roles) if role == "label"]
    for layer in layers:
        for column, text in enumerate(layer.texts):
            if not text or roles[column] not in ("code", None) or header_role(text) != "label" or column == 0:
                continue
            target = next((label for label in labels if label > column), None)
            if target is not None and not any(layer.texts[column + 1 : target + 1]) and any(layer.texts[:column]):
                layer.texts[target], layer.texts[column] = text, ""
                break


def _paths(layers: Sequence[Layer], width: int) -> list[tuple[str, ...]]:
    """The header texts over each column from the top; a blank place continues its left neighbour under one parent."""
    paths: list[list[str]] = [[] for _ in range(width)]
    together = [True] * width  # with the left neighbour, so far
    for layer in layers:
        group, name = -1, ""  # the column where the text begins that continues here
        for column, (text, covered) in enumerate(zip(layer.texts, layer.covered, strict=True)):
            before = group
            if text:
                group, name = column, text
            elif covered == "above" or not (covered == "left" or together[column]):
                group = -1
            if group != before:
                together[column] = False
            if group >= 0 and paths[column][-1:] != [name]:
                paths[column].append(name)
    return [tuple(path) for path in paths]


def _name_and_unit(text: str) -> tuple[str, Unit | None]:
    """A header text without the unit in it, and the unit: 金额（万元）."""
    match = _UNIT_IN_HEADER.fullmatch(text)
    if match is None:
        return text, None
    name, printed = match.group(1) if match.group(2) else match.group(3), match.group(2) or match.group(4)
    unit = read_unit(printed)
    if unit is None or (printed in "类款项" and "单位" not in text):
        return text, None
    return (name if match.group(2) else text), unit


def _common_title(columns: Sequence[ColumnPlan]) -> str:
    """The header text over all columns of a lane, if there is one with others below it."""
    tops = {column.header[:1] for column in columns if column.header}
    if len(tops) != 1 or not any(len(column.header) > 1 for column in columns):
        return ""
    return tops.pop()[0]


def same_header(one: Block, other: Block) -> bool:
    """Whether two blocks have the same header, as the pages of one table do."""
    return one.sheet.width == other.sheet.width and [one.sheet.texts[row] for row in one.header] == [
        other.sheet.texts[row] for row in other.header
    ]


def widened(sheet: Sheet, width: int, labels: int) -> Sheet | None:
    """A sheet with fewer columns laid over one of ``width``: its first column kept, the others aligned to the right.

    ``labels`` is how many columns of the wide table stand left of its values; the narrow one must have one.
    """
    missing = width - sheet.width
    if missing <= 0 or labels - missing != 1:
        return None
    texts = [[line[0], *[""] * missing, *line[1:]] for line in sheet.texts]
    cells = [[*line[:1] * (missing + 1), *line[1:]] for line in sheet.cells]
    covered: list[list[Covered]] = [[line[0], *["left"] * missing, *line[1:]] for line in sheet.covered]  # type: ignore[list-item]
    return Sheet(sheet.table, texts, cells, covered)
