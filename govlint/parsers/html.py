"""HTML to a document.

A tokenizer of our own splits the source into tags, comments and runs of text and knows where each stands. lxml, which
repairs what authors left open, sees only a skeleton: the structural tags with the index of each, and indices in place
of the text. What it returns is looked up by index, so that no offset is ever guessed, and an index that does not come
back is reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from govlint.document import (
    Block,
    Cell,
    Comment,
    Document,
    Heading,
    Image,
    Knowledge,
    ListItem,
    Paragraph,
    Preformatted,
    Table,
    Text,
    Trouble,
)
from govlint.parsers.inline import BLOCK_TAGS, BOLD_TAGS, UNEVEN, Clean, read_html_run
from govlint.source import Source, Span

_ATTRIBUTES: Final = r"""(?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*"""
_NEXT_TAG: Final = re.compile(
    rf"[^<]*+<(/?)([A-Za-z][^\s<>/]*){_ATTRIBUTES}>(?:([^<]*+)</([tT][dDhH])>)?",
)
"""The next tag; behind it, if it may be a cell of text alone, that text and the end tag."""
_CELL_TAG: Final = rf"[ \t\n\r\f]*+<(td|th|TD|TH)(?=[\s/>]){_ATTRIBUTES}>"
_PLAIN_CELLS: Final = re.compile(rf"(?:{_CELL_TAG}[^<]*+</\1>)+(?=[ \t\n\r\f]*+</(?:tr|TR)>)")
"""All cells of a row, up to its end tag, if each holds text alone."""
_PLAIN_CELL: Final = re.compile(rf"({_CELL_TAG})([^<]*+)(</\2>)")
_MARKUP: Final = re.compile(r"<(?:!--|[!?]|/?[A-Za-z]|/(?=>))")
_TAG_NAME: Final = re.compile(r"<(/?)([A-Za-z][^\s<>/]*)")
_ATTRIBUTE_STOP: Final = re.compile(r"""[>"']""")
_COMMENT_END: Final = re.compile(r"--!?>")
_SPAN: Final = re.compile(r"""\b(col|row)span\s*=\s*["']?\s*([0-9]{1,6})""", re.IGNORECASE)
_ALT: Final = re.compile(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_MARK: Final = re.compile(r"([bge]?)([0-9]+);|\|")

_SPACE: Final = " \t\n\r\f"

_RAW: Final = frozenset({"script", "style", "title", "xmp", "iframe", "noembed"})
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_GRID: Final = frozenset({"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"})
_ENDS: Final = frozenset({"table", "td", "th"})
_CELLS: Final = frozenset({"td", "th"})
_HEADER_CELLS: Final = frozenset({"th", "TH"})
_STRUCTURE: Final = _GRID | frozenset(_HEADINGS) | {"p", "ul", "ol", "li", "pre"}

_MAX_DEPTH: Final = 400
_MAX_COLSPAN: Final = 1000
_MAX_COVERED: Final = 200_000


class _Token(Struct, frozen=True, gc=False):
    kind: str  # text, space, start, end, cells, comment, none
    name: str
    start: int
    stop: int
    cells: Sequence[_RawCell] = ()  # a cell of text alone, or a row up to the end of its cells, if all are such

    @property
    def texts(self) -> Sequence[Span]:
        """The source of the texts in it."""
        if self.kind == "text":
            return (Span(self.start, self.stop),)
        return [cell.span for cell in self.cells if cell.text is not None]


class _RawCell(Struct, gc=False):
    """A cell of a table: its text if it is one line of text, or else the blocks in it.

    ``colspan`` and ``rowspan`` are as written until the cell has its place; a ``rowspan`` of 0 means all that follow.
    """

    span: Span
    text: Text | None
    blocks: Sequence[Block]
    colspan: int
    rowspan: int
    header: bool
    column: int = 0

    def content(self) -> Sequence[Block]:
        """What is in it, as blocks."""
        return self.blocks if self.text is None else (Paragraph(self.text.whole, self.text),)


class Part(Struct, frozen=True):
    """What a range of HTML holds."""

    blocks: list[Block]
    comments: list[Comment]
    troubles: list[Trouble]


def parse_html(source: Source, knowledge: Knowledge | None = None) -> Document:
    """A whole HTML page. What could not be read is in the document's ``troubles``."""
    part = parse_range(source.text, 0, len(source.text))
    return Document(
        source, "html", tuple(part.blocks), tuple(part.comments), tuple(part.troubles), knowledge or Knowledge()
    )


def parse_range(text: str, start: int, stop: int) -> Part:
    """The HTML between two offsets of a source's text."""
    from lxml import etree

    tokens, comments, troubles = _tokenize(text, start, stop)
    skeleton = _skeleton(tokens)
    reader = _Reader(text, tokens, skeleton)
    parser = etree.HTMLParser(target=reader, huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        etree.fromstring(skeleton.content, parser)
    except etree.LxmlError:
        reader.close()
    if reader.too_deep is not None:
        troubles.append(
            Trouble(
                Span(reader.too_deep.start, reader.too_deep.stop),
                "表格嵌套过深，从这里起的表格只作文字读取；请简化网页结构",
                "tables are nested too deeply, from here on they are read as text only: simplify the page",
            )
        )
    if len(reader.seen) < skeleton.texts:
        lost = next(token.texts[0] for i, token in enumerate(tokens) if token.texts and i not in reader.seen)
        troubles.append(
            Trouble(
                lost,
                "从这里起有文字未能读取：网页嵌套过深或结构损坏；请简化标签后重新检查",
                "text from here on could not be read: the page is nested too deeply or broken; simplify its tags",
            )
        )
    blocks = reader.blocks
    vars(reader).clear()  # lxml's parser and its target are in a cycle, which would keep all that the reader has
    return Part(blocks, comments, troubles)


def _tokenize(text: str, start: int, stop: int) -> tuple[list[_Token], list[Comment], list[Trouble]]:
    tokens: list[_Token] = []
    comments: list[Comment] = []
    troubles: list[Trouble] = []
    at = run = start
    last_close = text.rfind(">", start, stop)

    def add(kind: str, name: str, begin: int, end: int, cells: Sequence[_RawCell] = ()) -> None:
        nonlocal at, run
        if run < begin:
            tokens.append(_between_tags(text, run, begin))
        tokens.append(_Token(kind, name, begin, end, cells))
        at = run = end

    while True:
        if tag := _NEXT_TAG.match(text, at, stop):
            begin, end = tag.start(1) - 1, tag.end()
            closing, name, words, closed = tag.groups()
            name = name.lower()
            if closed is not None:
                end = tag.start(3)
                if name in _CELLS and closed.lower() == name and not closing:
                    cell = (text[begin:end], name, words, "")
                    add("cells", name, begin, tag.end(), _plain_cells(text, begin, [cell]))
                    continue
            elif name == "tr" and not closing and (row := _PLAIN_CELLS.match(text, end, stop)):
                cells = _PLAIN_CELL.findall(text, end, row.end())
                add("cells", name, begin, row.end(), _plain_cells(text, end, cells))
                continue
        else:
            mark = _MARKUP.search(text, at, stop)
            if mark is None:
                break
            begin = mark.start()
            opening = mark.group()
            if opening == "<!--":
                close = _COMMENT_END.search(text, begin + 2, stop)
                if close is None:
                    troubles.append(_unclosed(Span(begin, begin + 4), "注释 <!--", "the comment <!--"))
                end = close.end() if close else stop
                inner = text[begin + 4 : max(close.start(), begin + 4) if close else stop]
                comments.append(Comment(Span(begin, end), inner.strip()))
                add("comment", "", begin, end)
                continue
            if begin > last_close:
                break
            if opening in ("<!", "<?", "</"):
                add("none", "", begin, text.find(">", begin, stop) + 1)
                continue
            torn = _torn_tag(text, begin, stop)
            if torn is None:
                at = begin + 1
                continue
            end, closing, name = torn
        add("end" if closing else "start", name, begin, end)
        if name in _RAW and not closing:
            close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, end, stop)
            if close is None:
                troubles.append(_unclosed(Span(begin, end), f"标签 <{name}>", f"the tag <{name}>"))
            add("none", "", end, close.start() if close else stop)
    if run < stop:
        tokens.append(_between_tags(text, run, stop))
    return tokens, comments, troubles


def _between_tags(text: str, start: int, stop: int) -> _Token:
    return _Token("text" if text[start:stop].strip(_SPACE) else "space", "", start, stop)


def _plain_cells(text: str, start: int, found: Sequence[tuple[str, str, str, str]]) -> list[_RawCell]:
    """Cells of text alone that follow each other from an offset on: of each the tag, its name, the text, the end tag."""
    even = not UNEVEN.search("".join([content for _, _, content, _ in found]))
    cells: list[_RawCell] = []
    for tag, name, content, end_tag in found:
        begin = start + len(tag)
        end = begin + len(content)
        start = end + len(end_tag)
        stripped = content.strip()
        words = Text(stripped, begin + content.find(stripped)) if even else read_html_run(text, begin, end)
        colspan, rowspan = _extent(tag)
        header = name in _HEADER_CELLS
        cells.append(_RawCell(Span(begin, end), words if words.text else None, (), colspan, rowspan, header))
    return cells


def _unclosed(span: Span, what: str, english: str) -> Trouble:
    return Trouble(
        span,
        f"{what} 没有结束，其后的内容未检查；请补上结束标记",
        f"{english} is never closed, nothing after it was checked: close it",
    )


def _torn_tag(text: str, begin: int, stop: int) -> tuple[int, str, str] | None:
    """The end, the slash and the name of a tag whose attributes are out of the ordinary; ``None`` if it is no tag.

    A value whose closing quote is missing ends at the ``>``.
    """
    name = _TAG_NAME.match(text, begin, stop)
    end = _attributes_end(text, begin, stop)
    return (end, name[1], name[2].lower()) if name and end is not None else None


def _attributes_end(text: str, begin: int, stop: int) -> int | None:
    at = begin
    while mark := _ATTRIBUTE_STOP.search(text, at, stop):
        here = mark.start()
        if mark.group() == ">":
            return here + 1
        at = here + 1
        before = here - 1
        while text[before] in " \t\n\r\f":
            before -= 1
        if text[before] != "=":
            continue
        close = text.find(mark.group(), at, stop)
        if close < 0:
            end = text.find(">", at, stop)
            return end + 1 if end >= 0 else None
        end = text.find(">", at, close)
        if end >= 0 and (text[close + 1 : close + 2] not in " \t\n\r\f/>" or text[close - 1] == "="):
            return end + 1
        at = close + 1
    return None


class _Skeleton(Struct):
    """What lxml is to see, and what is known without it.

    ``spaces`` holds for a text the index of the white space right before it, ``bold`` the texts in bold. Of plain cells
    that are in a row of their own only the row is in ``content``. ``texts`` counts the tokens that hold text.
    """

    content: bytes = b""
    spaces: dict[int, int] = field(default_factory=dict)
    bold: set[int] = field(default_factory=set)
    texts: int = 0


def _skeleton(tokens: list[_Token]) -> _Skeleton:
    skeleton = _Skeleton()
    out = ["<html><body>"]
    depth = 0
    space = -1
    heading_end = -1
    for index, token in enumerate(tokens):
        kind, name = token.kind, token.name
        if kind == "cells":
            skeleton.texts += bool(token.texts)
            out.append(f'<{name} i="{index}">' if name == "tr" else f'<{name} i="{index}"></{name}>')
            depth, space = 0, -1
        elif kind == "text":
            skeleton.texts += 1
            out.append(f"{index};")
            if space >= 0:
                skeleton.spaces[index] = space
                space = -1
            if depth:
                skeleton.bold.add(index)
        elif kind == "space":
            space = index if space < 0 else space
        elif kind == "start":
            if name in BOLD_TAGS:
                depth += 1
            elif name == "br":
                out.append(f"b{index};")
                space = -1
            elif name == "img":
                out.append(f"g{index};")
            elif name in _STRUCTURE and (index > heading_end or name in _GRID):
                if name in _GRID:
                    depth = 0
                if name in _HEADINGS:
                    heading_end = _heading_end(tokens, index)
                out.append(f'<{name} i="{index}">')
            elif name in BLOCK_TAGS:
                out.append("|")
        elif kind == "end":
            if name in BOLD_TAGS:
                depth = max(depth - 1, 0)
            elif name == "br":
                out.append(f"b{index};")
                space = -1
            elif name in _STRUCTURE and (index >= heading_end or name in _GRID):
                depth = 0
                out.append(f"e{index};</{name}>" if name in _ENDS else f"</{name}>")
            elif name in BLOCK_TAGS:
                out.append("|")
    out.append("</body></html>")
    skeleton.content = "".join(out).encode("ascii")
    return skeleton


def _heading_end(tokens: list[_Token], start: int) -> int:
    """The index of the tag that closes the heading, ``-1`` if nothing closes it before another heading or table."""
    for index in range(start + 1, len(tokens)):
        name = tokens[index].name
        if name in _HEADINGS:
            return index if tokens[index].kind == "end" else -1
        if name in _GRID:
            return -1
    return -1


class _Flow(Struct):
    """Text in reading order: the page, a cell, a caption. ``clean`` is the line that is being read, if one is."""

    source: str
    clean: Clean | None = None
    blocks: list[Block] = field(default_factory=list)
    images: list[Block] = field(default_factory=list)
    heading: int = 0
    lists: int = 0
    item: bool = False
    verbatim: int = 0
    broken: bool = False

    def add(self, start: int, stop: int, space: _Token | None, *, bold: bool) -> None:
        """A run of text, and the white space before it."""
        clean = self.clean
        if clean is None:
            clean = self.clean = Clean(self.source)
        elif space is not None and clean:
            if self.verbatim:
                clean.verbatim(space.start, space.stop)
            else:
                between = self.source[space.start : space.stop]
                clean.space(space.start, space.stop, soft="\n" in between or "\r" in between)
        if self.verbatim:
            clean.verbatim(start, stop)
        else:
            clean.bold = bold
            clean.html_run(start, stop)
        self.broken = False

    def line_break(self, token: _Token) -> None:
        """A ``<br>``; two of them end the line of text, save in a heading."""
        if self.broken and not self.heading:
            self.flush()
        elif self.clean:
            self.clean.line_break(token.start, token.stop)
            self.broken = True

    def flush(self) -> None:
        """End the line of text."""
        begin = len(self.blocks)
        if self.clean is not None:
            text, all_bold = self.clean.text(), self.clean.all_bold
            self.clean = None
            self.broken = False
            if not text:
                pass
            elif self.verbatim:
                self.blocks.append(Preformatted(text.whole, text))
            elif self.heading:
                self.blocks.append(Heading(text.whole, text, self.heading))
            elif self.item:
                self.blocks.append(ListItem(text.whole, text, max(self.lists - 1, 0)))
                self.item = False
            else:
                self.blocks.append(Paragraph(text.whole, text, all_bold))
        if self.images:
            self.blocks[begin:] = sorted([*self.blocks[begin:], *self.images], key=lambda block: block.span.start)
            self.images = []


class _Grid(Struct):
    """A table while it is read."""

    index: int
    rows: list[list[_RawCell]] = field(default_factory=list)
    groups: list[tuple[int, str]] = field(default_factory=list)  # where each row group begins, and its tag
    caption: list[Block] = field(default_factory=list)
    start: int | None = None
    stray: _Flow | None = None


class _Opened(Struct):
    """A context on the reader's stack: a flow within a grid (cell or caption), or a grid."""

    grid: _Grid
    flow: _Flow | None = None
    token: int = -1
    caption: bool = False


class _Reader:
    """Receives lxml's events and builds the blocks."""

    def __init__(self, text: str, tokens: list[_Token], skeleton: _Skeleton) -> None:
        self._text = text
        self._tokens = tokens
        self._skeleton = skeleton
        self._page = _Flow(text)
        self._stack: list[_Opened] = []
        self._elements: list[tuple[_Opened | None, _Flow | None]] = []
        self._marks: list[str] = []
        self._at = -1  # the last token that was met
        self._closing = -1  # the end tag that is being carried out
        self.seen: set[int] = set()
        self.too_deep: _Token | None = None
        self.blocks: list[Block] = self._page.blocks

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._marks:
            self._read_marks()
        self._closing = -1
        number = attributes.get("i")
        index = self._at if number is None else int(number)
        opened: _Opened | None = None
        flow: _Flow | None = None
        cells = () if number is None else self._tokens[index].cells
        if tag in _GRID and len(self._stack) >= _MAX_DEPTH:
            self.too_deep = self.too_deep or self._tokens[index]
            tag = "p"
        if tag == "table":
            flow = self._flow()
            flow.flush()
            flow.heading = 0
            opened = _Opened(_Grid(index))
        elif tag in _GRID and self._stack:
            opened = self._part_of_table(tag, index, cells)
        elif tag not in ("html", "body"):
            flow = self._flow()
            flow.flush()
            if cells:  # of no table: their texts are lines
                self.seen.add(index)
                for text in self._tokens[index].texts:
                    flow.add(text.start, text.end, None, bold=False)
                    flow.flush()
            elif tag in _HEADINGS:
                flow.heading = _HEADINGS[tag]
            elif tag in ("ul", "ol"):
                flow.lists += 1
            elif tag == "li":
                flow.item = True
            elif tag == "pre":
                flow.verbatim += 1
        if opened is not None:
            self._stack.append(opened)
        self._elements.append((opened, flow))
        self._at = max(self._at, index)

    def _part_of_table(self, tag: str, index: int, cells: Sequence[_RawCell]) -> _Opened | None:
        """A caption, row group, row or cell begins in the innermost table."""
        top = self._stack[-1]
        if top.flow is not None:
            self._close_until(len(self._stack) - 1)
            top = self._stack[-1]
        grid = top.grid
        if grid.stray is not None:
            grid.stray.flush()
        if tag == "caption":
            return _Opened(grid, _Flow(self._text), index, caption=True)
        if grid.start is None and index >= 0:
            grid.start = self._tokens[index].start
        if cells:
            self.seen.add(index)
        if tag == "tr":
            grid.rows.append([*cells])
        elif tag in _CELLS:
            if not grid.rows:
                grid.rows.append([])
            if not cells:
                return _Opened(grid, _Flow(self._text), index)
            grid.rows[-1].extend(cells)
        else:
            grid.groups.append((len(grid.rows), tag))
        return None

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._marks:
            self._read_marks()
        opened, flow = self._elements.pop()
        if opened is not None:
            for depth in range(len(self._stack) - 1, -1, -1):
                if self._stack[depth] is opened:
                    self._close_until(depth)
                    break
        elif tag in ("thead", "tbody", "tfoot") and self._stack and self._stack[-1].flow is None:
            grid = self._stack[-1].grid
            grid.groups.append((len(grid.rows), ""))
        elif flow is not None and tag != "table":
            flow.flush()
            if tag == "p":
                pass
            elif tag in _HEADINGS:
                flow.heading = 0
            elif tag == "pre":
                flow.verbatim -= 1
            elif tag in ("ul", "ol"):
                flow.lists -= 1
                flow.item = False
            elif tag == "li":
                flow.item = False
        if self._closing >= 0 and self._tokens[self._closing].name == tag:
            self._closing = -1

    def data(self, marks: str) -> None:
        """Indices in place of text; they may come in parts."""
        self._marks.append(marks)

    def close(self) -> None:
        """The page ends."""
        self._read_marks()
        self._close_until(0)
        self._page.flush()

    def _flow(self) -> _Flow:
        if not self._stack:
            return self._page
        top = self._stack[-1]
        if top.flow is not None:
            return top.flow
        if top.grid.stray is None:
            top.grid.stray = _Flow(self._text)
        return top.grid.stray

    def _read_marks(self) -> None:
        marks = "".join(self._marks)
        self._marks.clear()
        flow: _Flow | None = None
        for kind, number in _MARK.findall(marks):
            if not number:
                if not self._stack or self._stack[-1].flow is not None or self._stack[-1].grid.stray is not None:
                    (flow or self._flow()).flush()
                continue
            index = int(number)
            if index > self._at:
                self._at = index
            if kind == "e":
                self._closing = index
                continue
            self._closing = -1
            flow = flow or self._flow()
            token = self._tokens[index]
            if not kind:
                self.seen.add(index)
                space = self._skeleton.spaces.get(index)
                bold = index in self._skeleton.bold
                flow.add(token.start, token.stop, None if space is None else self._tokens[space], bold=bold)
            elif kind == "b":
                flow.line_break(token)
            else:
                flow.images.append(_image(self._text, token))
                if not flow.clean:
                    flow.flush()

    def _close_until(self, depth: int) -> None:
        while len(self._stack) > depth:
            opened = self._stack.pop()
            flow, grid = opened.flow, opened.grid
            if flow is None:
                self._close_grid(grid)
                continue
            flow.flush()
            if opened.caption:
                grid.caption.extend(flow.blocks)
                continue
            start = self._tokens[opened.token]
            colspan, rowspan = _extent(self._text[start.start : start.stop])
            span = Span(start.stop, max(self._end_of_cell(), start.stop))
            grid.rows[-1].append(_RawCell(span, None, flow.blocks, colspan, rowspan, start.name == "th"))

    def _end_of_cell(self) -> int:
        if self._closing >= 0:
            return self._tokens[self._closing].start
        for index in range(self._at + 1, len(self._tokens)):
            token = self._tokens[index]
            if token.kind == "text" or token.name in _GRID:
                return token.start
        return self._tokens[-1].stop

    def _close_grid(self, grid: _Grid) -> None:
        stray: list[Block] = []
        if grid.stray is not None:
            grid.stray.flush()
            stray = grid.stray.blocks
        if self._closing < 0:
            inside = [*(row[-1] for row in grid.rows[-1:] if row), *stray]
            end = max([self._tokens[self._at].stop, *(each.span.end for each in inside)])
        else:
            token = self._tokens[self._closing]
            end = token.stop if token.name == "table" else token.start
        start = self._tokens[grid.index].start
        if grid.caption and grid.start is not None and grid.caption[0].span.start < grid.start:
            start = grid.start
        blocks = [*grid.caption, *_table_blocks(grid, Span(start, max(end, start))), *stray]
        if grid.caption or stray:
            blocks.sort(key=lambda block: block.span.start)
        flow = self._flow()
        if flow.blocks:
            flow.blocks.extend(blocks)
        else:
            flow.blocks[:] = blocks


def _image(text: str, token: _Token) -> Image:
    alt = _ALT.search(text, token.start, token.stop)
    clean = Clean(text)
    if alt and alt.lastindex:
        clean.html_run(*alt.span(alt.lastindex))
    return Image(Span(token.start, token.stop), clean.text())


def _extent(tag: str) -> tuple[int, int]:
    """colspan and rowspan of a cell's tag; 0 rows mean all that follow."""
    columns, rows = 1, 1
    if "span" in tag.lower():
        for match in _SPAN.finditer(tag):
            if match.group(1).lower() == "col":
                columns = min(int(match.group(2)) or 1, _MAX_COLSPAN)
            else:
                rows = int(match.group(2))
    return columns, rows


def _place(grid: _Grid) -> int:
    """Give each cell its place in the grid, none upon another; returns the grid's width."""
    count = len(grid.rows)
    ends = sorted({*(row for row, _ in grid.groups if 0 < row < count), count})
    heads = {row for row, tag in dict(grid.groups).items() if tag == "thead"}
    group = 0
    head = False
    busy: list[int] = []  # for each column the first row where it is free again
    reach = 0  # the first row to which nothing from above reaches
    covered = 0
    width = 0
    for row, cells in enumerate(grid.rows):
        while ends[group] <= row:
            group += 1
            head = False
        head = head or row in heads
        left = ends[group] - row
        column = 0
        if reach <= row and not [cell for cell in cells if cell.colspan > 1 or cell.rowspan != 1]:
            for column, cell in enumerate(cells):
                cell.column = column
                cell.header = head or cell.header
            width = max(width, len(cells))
            busy += [0] * (width - len(busy))
            continue
        for cell in cells:
            while column < len(busy) and busy[column] > row:
                column += 1
            rowspan = min(cell.rowspan, left) if cell.rowspan else left
            colspan = 1
            while (
                colspan < cell.colspan
                and covered < _MAX_COVERED
                and (column + colspan >= len(busy) or busy[column + colspan] <= row)
            ):
                colspan += 1
                covered += rowspan
            free = row + rowspan
            if column == len(busy) and colspan == 1:
                busy.append(free)
            elif colspan == 1:
                busy[column] = free
            else:
                busy[column : column + colspan] = [free] * colspan
            cell.column, cell.rowspan, cell.colspan, cell.header = column, rowspan, colspan, head or cell.header
            if column >= width:
                width = column + 1
            column += colspan
            reach = max(reach, free)
    return width


def _table_blocks(grid: _Grid, span: Span) -> list[Block]:
    """The table with the blocks nested in it; or the blocks alone, where the table only lays out text."""
    rows, width = grid.rows, _place(grid)
    filled = [cell for row in rows for cell in row if cell.text is not None or cell.blocks]
    if not filled:
        return []
    if width == 1 or len(filled) == 1 or _is_layout(filled):
        return [block for cell in filled for block in cell.content()]
    prose = _leading_prose(rows)
    before = [block for row in rows[:prose] for cell in row for block in cell.content()]
    if prose == len(rows):
        return before
    if prose:
        span = Span(rows[prose][0].span.start if rows[prose] else before[-1].span.end, span.end)
    empty = Text.empty()
    nested: list[Block] = []
    result: list[tuple[Cell, ...]] = []
    for number, row in enumerate(rows[prose:]):
        cells = []
        for cell in row:
            text = cell.text
            if cell.blocks or nested:
                texts: list[Text] = []
                for block in cell.content():
                    if isinstance(block, (Table, Image)) or (nested and block.span.start < nested[-1].span.end):
                        nested.append(block)
                    else:
                        texts.append(block.text)
                text = texts[0] if len(texts) == 1 else Text.join(texts, "\n")
            column, colspan = cell.column, cell.colspan
            if colspan > 1:
                colspan = min(colspan, width - column)
            cells.append(
                Cell(cell.span, text if text is not None else empty, number, column, cell.rowspan, colspan, cell.header)
            )
        result.append(tuple(cells))
    return [*before, Table(span, tuple(result), width, "html"), *nested]


def _is_layout(filled: list[_RawCell]) -> bool:
    """Whether a table of several columns holds a page and no data."""
    composed = [cell.blocks for cell in filled if cell.text is None]
    if not composed:
        return False
    one_column = len({cell.column for cell in filled}) == 1
    for blocks in composed:
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            continue
        tables = sum(isinstance(block, Table) for block in blocks)
        if one_column and (tables or len(blocks) > 3 or any(isinstance(block, Heading) for block in blocks)):
            return True
        if tables and len(blocks) - tables > 2:
            return True
    return False


def _leading_prose(rows: list[list[_RawCell]]) -> int:
    """How many rows at the top are lines of prose that a converter put into the table: one cell filled, sentences."""
    count = end = sentences = length = 0
    for row in rows:
        texts = [block.text.text for cell in row for block in cell.content() if not isinstance(block, Table)]
        if len(texts) != 1 or any(cell.rowspan > 1 for cell in row):
            break
        count += 1
        if texts[0].endswith("。"):
            sentences += 1
            end = count
        elif len(texts[0]) >= 20 or re.match(r"[一二三四五六七八九十]{1,3}、", texts[0]):
            end = count
        length += len(texts[0])
    return end if end >= 3 and sentences and length >= 12 * count else 0
