"""Tables as their readers see them: captions, header paths, lanes, row and column numbers, codes, units."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from govlint.document import Cell, Document, Table, Text
from govlint.facts import grid
from govlint.facts.cells import cell_texts
from govlint.facts.lanes import Column, Lane, Row, Value, read_lanes
from govlint.facts.layout import HeadingLine, Line, layout
from govlint.facts.memo import fact, kept_for_lines
from govlint.number import Unit, read_numeral, read_unit

__all__ = ["Column", "Lane", "Note", "Row", "Statement", "Value", "statements"]


class Note(Struct, frozen=True, gc=False):
    """A line under a table: ``注：…``, a formula note, or the statement that the table is empty."""

    text: Text


class Statement(Struct, frozen=True, gc=False):
    """A table as understood (报表): where it is, what it is called, and its lanes.

    ``tables`` are the grids it was read from, more than one where it continues on the next page. ``caption`` is its
    title without number and year (``收入决算表``), ``caption_text`` the whole line it was read from (the heading right
    above it where it has no caption of its own), ``number`` the number in it (``2`` for 表2, 公开02表, （表二）), ``year``
    the year. ``unit`` is that of the line ``单位：…`` above it (``unit_text``), or of the last table of the same part
    that has one. ``bodies`` are the ``部门：…`` lines.
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


# --- From grids to statements ---------------------------------------------------------------------------------------


class _Caption(Struct, frozen=True):
    """The line over a table: all of it, its words without ordinal and number, the number."""

    line: Text
    title: str
    table: int | None = None


class _Context(Struct, frozen=True):
    """The lines between the table before and this one that speak of this one; ``apart``: there are any at all."""

    caption: _Caption | None
    metas: tuple[Text, ...]
    part: int
    apart: bool


class _Draft(Struct):
    """A statement in the making: its tables so far, their blocks of rows, and the lines around it."""

    context: _Context
    blocks: list[grid.Block]
    tables: list[Table] = field(default_factory=list)
    metas: list[Text] = field(default_factory=list)
    above: list[Cell] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)


@fact
def statements(document: Document) -> tuple[Statement, ...]:
    """The tables of the document as statements, in its order; tables that hold prose or the contents are left out."""
    found, printed = layout(document), cell_texts(document)
    contents = {entry.block for entry in found.contents}
    captions = {id(line.line): line for line in (*found.headings, *found.captions) if line.form == "line"}
    parts = [heading.block for heading in found.headings if heading.kind == "part"]
    drafts: list[_Draft] = []
    previous, open_draft = -1, False
    carried: list[Cell] = []
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Table):
            continue
        sheet = grid.spread(block, printed[index])
        if (above := _only_above(sheet)) is not None:
            carried.extend(above)
            continue
        between = _lines_between(found.lines, previous, index)
        if open_draft:
            drafts[-1].notes.extend(_notes_of(between))
        previous = index
        if index in contents or not any(len(sheet.filled(row)) > 1 for row in range(len(sheet.texts))):
            open_draft = False
            continue
        division = grid.divide(sheet)
        context = _context(between, captions, bisect_right(parts, index))
        if not (open_draft and _may_continue(drafts[-1], context) and _continue(drafts[-1], division)):
            drafts.append(_Draft(context, division.blocks))
        drafts[-1].tables.append(block)
        drafts[-1].metas.extend(context.metas)
        drafts[-1].above.extend((*carried, *division.above))
        carried.clear()
        drafts[-1].notes.extend(cell.text.strip() for cell in division.notes)
        open_draft = True
    if open_draft:
        drafts[-1].notes.extend(_notes_of(_lines_between(found.lines, previous, len(document.blocks))))
    return tuple(_finished(drafts))


def _only_above(sheet: grid.Sheet) -> list[Cell] | None:
    """The cells of a table that holds nothing but the line above another: 部门：…, 公开01表, 单位：万元."""
    if len(sheet.texts) > 2:
        return None
    division = grid.divide(sheet)
    block = division.blocks[0]
    held = block.rows or block.header or block.titles or division.notes or block.numbering_row is not None
    return division.above if division.above and not held else None


def _lines_between(lines: Sequence[Line], before: int, after: int) -> Sequence[Line]:
    """The lines of the blocks between two blocks."""
    begin = bisect_right(lines, before, key=lambda line: line.block)
    return lines[begin : bisect_left(lines, after, lo=begin, key=lambda line: line.block)]


def _notes_of(lines: Sequence[Line]) -> Iterator[Text]:
    """The notes right under a table."""
    for line in lines:
        if line.role == "note":
            yield line.text
        elif line.role != "other":
            return


def _context(lines: Sequence[Line], captions: Mapping[int, HeadingLine], part: int) -> _Context:
    metas: list[Text] = []
    caption: _Caption | None = None
    for line in reversed(lines):
        if line.role == "meta" or (line.role == "title" and _UNIT_LINE.search(line.text.text)):
            metas.append(line.text)
        elif caption is None and (line.role in ("caption", "heading") or _is_misplaced_caption(line)):
            known = captions.get(id(line.text))
            caption = (
                _Caption(known.line, known.title.text, known.table) if known else _Caption(line.text, str(line.text))
            )
        elif line.role != "other":
            break
    return _Context(caption, tuple(reversed(metas)), part, any(line.role != "other" for line in lines))


def _is_misplaced_caption(line: Line) -> bool:
    """Whether the first line of a report that has no title is the caption of its first table."""
    return line.role == "title" and grid.is_caption(grid.squash(line.text.text))


def _may_continue(draft: _Draft, context: _Context) -> bool:
    """Whether a table may go on with the one before: nothing stands between, or the same caption (续) again."""
    if not context.apart:
        return True
    before, again = draft.context.caption, context.caption
    if before is None or again is None or _caption_name(before.title)[0] != _caption_name(again.title)[0]:
        return False
    bodies = [body.text for body in _bodies_in(context.metas)]
    return not bodies or bodies == [body.text for body in _bodies_in(draft.context.metas)]


def _continue(draft: _Draft, division: grid.Division) -> bool:
    """Add the rows of a table that nothing separates from the one before, if it continues that one."""
    last, first = draft.blocks[-1], division.blocks[0]
    if not first.header and first.numbering_row is None:
        sheet: grid.Sheet | None = first.sheet
        if first.sheet.width != last.sheet.width:
            lanes = grid.lanes_of(last)
            labels = min((column.index for column in lanes[0].columns if column.role == "value"), default=0)
            sheet = grid.widened(first.sheet, last.sheet.width, labels) if len(lanes) == 1 else None
        if sheet is None:
            return False
        last.rows.extend((sheet, row) for _, row in (*first.titles, *first.rows))
    elif grid.same_header(last, first):
        last.rows.extend(first.rows)
    elif not first.titles and grid.ends_with_title(last):
        first.titles.append(last.rows.pop())
        draft.blocks.append(first)
    else:
        return False
    draft.blocks.extend(division.blocks[1:])
    return True


# --- Lines around a table -------------------------------------------------------------------------------------------

_UNIT_LINE = re.compile(
    r"(?:金额|货币|计量)?单\s{0,4}位\s{0,4}[:：]\s{0,4}(?:人民币\s{0,4})?((?:百万|千万|[百千万亿])?\s{0,4}元)(?![^\s，,、（()）；;|]{2})"
)
_BODY_LINE = re.compile(
    r"(?:(?:编制|填报|填表|预算|公开|汇总|主管|申报)?(?:部\s{0,4}门|单\s{0,4}位)(?:名称)?(?:[（(][^）)]{1,4}[）)])?|预算主管部门)"
    r"\s{0,4}[:：]\s{0,4}(?!(?:人民币)?\s{0,4}[百千万亿]{0,2}\s{0,4}元)([^\s：:]{1,60}(?: [^\s：:]{1,60}){0,3}?)"
    r"(?=\s{2}|\s?$|\s?(?:金额|货币|计量)?单\s{0,4}位\s{0,4}[:：]|\s?[（(]?(?:公开)?\d{1,2}表)"
)
_YEAR = re.compile(r"((?:19|20)\d\d)年度?|([二２][〇○零０][〇○零一二三四五六七八九]{2})年度?")
_TABLE_NUMBER = re.compile(
    r"附?表\s?(\d{1,2})(?!\d)|附?表\s?([一二三四五六七八九十]{1,3})(?=[：:、.．）)\s]|$)|(?:公开|财决|财预|预算|决算|[（(])\s?(\d{1,2})\s?表"
)
_NUMBER_AT_END = re.compile(
    r"[（(](?:附?表(?:\d{1,2}|[一二三四五六七八九十]{1,3})|(?:公开|财决|财预)?\d{1,2}表|续|续表)[）)]$|(?:公开|财决|财预)\d{1,2}表$|续表?$"
)


@kept_for_lines
def _caption_name(text: str) -> tuple[str, int | None]:
    """A caption without ordinal, year and number, and the year."""
    name = grid.squash(text)
    name = name[match.end() :] if (match := grid.ORDINAL.match(name)) else name
    name = _NUMBER_AT_END.sub("", name)
    year = _YEAR.search(name)
    if year is None:
        return name, None
    value = int(year.group(1)) if year.group(1) else read_numeral(year.group(2))
    before, after = name[: year.start()].rstrip("（("), name[year.end() :].lstrip("）)")
    return after or before, value


def _table_number(texts: Sequence[str]) -> int | None:
    for text in texts:
        if match := _TABLE_NUMBER.search(text):
            return read_numeral(match.group(2)) if match.group(2) else int(match.group(1) or match.group(3))
    return None


def _units_in(metas: Sequence[Text]) -> Iterator[tuple[Unit, Text]]:
    for meta in metas:
        for unit, begin, end in _unit_places(meta.text):
            yield unit, meta.slice(begin, end)


@kept_for_lines
def _unit_places(text: str) -> tuple[tuple[Unit, int, int], ...]:
    found = [(read_unit(match.group(1)), *match.span()) for match in _UNIT_LINE.finditer(text)]
    return tuple([(unit, begin, end) for unit, begin, end in found if unit is not None])


def _bodies_in(metas: Sequence[Text]) -> Iterator[Text]:
    for meta in metas:
        for begin, end in _body_places(meta.text):
            yield meta.slice(begin, end)


@kept_for_lines
def _body_places(text: str) -> tuple[tuple[int, int], ...]:
    return tuple([(match.start(), match.end(1)) for match in _BODY_LINE.finditer(text)])


def _finished(drafts: Sequence[_Draft]) -> Iterator[Statement]:
    """The statements, each with the unit of the table before it in the same part where it has none of its own."""
    inherited: tuple[int, Unit] | None = None
    for index, draft in enumerate(drafts):
        context = draft.context
        metas = (*draft.metas, *(cell.text for cell in draft.above))
        unit, unit_text = next(_units_in(metas), (None, None))
        if unit is not None:
            inherited = (context.part, unit)
        elif inherited is not None and inherited[0] == context.part:
            unit = inherited[1]
        lanes: list[Lane] = []
        offset = 0
        for block in draft.blocks:
            lanes.extend(read_lanes(block, unit, offset))
            offset += len(block.rows)
        caption_text = _caption_text(draft)
        caption, year = _caption_name(_caption_title(context, caption_text))
        numeric = _is_numeric(caption, lanes)
        number = context.caption.table if context.caption else None
        if number is None:
            number = _table_number([text.text for text in (*metas, *((caption_text,) if caption_text else ()))])
        yield Statement(
            index,
            tuple(draft.tables),
            tuple(lanes),
            caption,
            caption_text,
            number,
            year if year is not None or caption_text is None else _caption_name(caption_text.text)[1],
            unit if numeric else None,
            unit_text,
            tuple(_bodies_in(metas)),
            tuple(Note(text) for text in draft.notes),
            numeric,
        )


_FORM = re.compile(r"绩效|自评|评价|考核|目标")


def _is_numeric(caption: str, lanes: Sequence[Lane]) -> bool:
    """Whether its value columns hold numbers; forms of performance targets mix words and numbers and count as words."""
    if not any(lane.value_columns for lane in lanes) or _FORM.search(caption):
        return False
    states = [value.state for lane in lanes for row in lane.rows for value in row.values]
    if "unreadable" not in states:
        return True
    words = [value.cell.text.text for lane in lanes for value in lane.values() if value.state == "unreadable"]
    unreadable = sum(not grid.is_placeholder(text) for text in words)
    return states.count("number") + states.count("zero") >= unreadable


def _caption_text(draft: _Draft) -> Text | None:
    """The line of the caption: above the table, or in its first rows."""
    inside = [cell.text.strip() for cell in draft.above] + [
        sheet.cells[row][sheet.filled(row)[0][0]].text.strip() for sheet, row in draft.blocks[0].titles[:-1]
    ]
    inside = [text.slice(0, grid.caption_in(text.text) or len(text)) for text in inside]
    own = next((text for text in reversed(inside) if grid.is_caption(grid.squash(text.text))), None)
    if own is not None:
        return own
    return draft.context.caption.line if draft.context.caption else None


def _caption_title(context: _Context, caption_text: Text | None) -> str:
    if caption_text is None:
        return ""
    if context.caption is not None and caption_text is context.caption.line:
        return context.caption.title
    return caption_text.text
