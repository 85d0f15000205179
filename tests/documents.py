"""Generated documents: hypothesis strategies that know what a reader should see in what they generate.

:class:`Sample` is a source text with the texts of its blocks, in order. :func:`broken_promises` says what a parsed
document does not keep of the promises that every document makes, whatever it was parsed from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from hypothesis import strategies as st

from govlint.document import Document, Image, Piece, Table, Text

# What is generated ----------------------------------------------------------------------------------------------------

Grid = tuple[tuple[str, ...], ...]


class Sample(NamedTuple):
    """A source and what a reader sees: the text of each paragraph, heading and item, each table as rows of texts."""

    source: str
    blocks: tuple[str | Grid, ...]


@dataclass(frozen=True)
class Fragment:
    """A few characters as they may be written in HTML and in Markdown, and as they are read."""

    html: str
    markdown: str
    clean: str


_WORDS = (
    "云川市青禾区", "大数据中心", "决算", "收入合计", "2,554.43", "万元", "（类）", "（款）", "“三公”经费", "，", "。", "；",
    "IPV6", "99.94%", "增长", "与2019年度相比", "财政拨款", "- 5.30", "（1+2+3）行", "A3*4", "a_b_c", "㎡", "𠮷", "①", "3>2",
)  # fmt: skip


def _plain(word: str) -> Fragment:
    return Fragment(word.replace("<", "&lt;").replace("&", "&amp;"), word, word)


def _wrapped(word: str, mark: int) -> Fragment:
    html = (
        f"<b>{word}</b>",
        f'<span style="color:red">{word}</span>',
        f"<font size=3>{word}</font>",
        f"<!-- 批注 -->{word}",
    )
    markdown = (f"**{word}**", f"<b>{word}</b>", f"[{word}](https://example.gov.cn/a.html)", f"`{word}`")
    return Fragment(html[mark], markdown[mark], word)


_ENTITIES = (
    Fragment("&lt;", "&lt;", "<"),
    Fragment("&amp;", "&amp;", "&"),
    Fragment("&#20915;&#x7b97;", "&#20915;&#x7b97;", "决算"),
    Fragment("&ldquo;三公&rdquo;", "&ldquo;三公&rdquo;", "“三公”"),
    Fragment("&copy", "©", "©"),
    Fragment("收<sup>2</sup>", "收<sup>2</sup>", "收2"),
    Fragment("*", r"\*", "*"),
    Fragment("_", r"\_", "_"),
    Fragment("R&D", "R&D", "R&D"),
)

_safe = st.sampled_from([word for word in _WORDS if not re.search(r"[*_>-]", word)])

fragments: st.SearchStrategy[Fragment] = st.one_of(
    st.sampled_from(_WORDS).map(_plain),
    st.builds(_wrapped, _safe, st.integers(0, 3)),
    st.sampled_from(_ENTITIES),
)


class Line(NamedTuple):
    """Fragments of one paragraph, with what separates each from the one before: nothing, a space, or a line end."""

    parts: tuple[tuple[str, Fragment], ...]

    def written(self, html: bool) -> str:
        """The line in either notation."""
        return "".join(space + (part.html if html else part.markdown) for space, part in self.parts)

    @property
    def clean(self) -> str:
        """What a reader sees."""
        text = ""
        for space, part in self.parts:
            joined = space == "\n" and (_wide(text[-1:]) or _wide(part.clean[0]))
            text += ("" if joined else space.replace("\n", " ")) + part.clean
        return text


def _wide(character: str) -> bool:
    return bool(character) and (ord(character) >= 0x2E80 or character in "“”①©"[:3])


@st.composite
def lines(draw: st.DrawFn, *, breaks: bool = True) -> Line:
    """One paragraph's text; it begins with a word, so that it is a paragraph in Markdown too."""
    parts = [("", _plain(draw(st.sampled_from(["云川市", "本年", "其中", "附件"]))))]
    for _ in range(draw(st.integers(0, 5))):
        space = draw(st.sampled_from(["", "", "", " ", "\n"] if breaks else ["", "", " "]))
        fragment = draw(fragments)
        if space == "\n":
            fragment = _plain(draw(st.sampled_from(["财政拨款", "IPV6", "“三公”经费", "2019 年"])))
        elif parts[-1][1].markdown[-1:] in "*`" or fragment.markdown[:1] in "*`":
            space = " " if not breaks or not space else space
        parts.append((space, fragment))
    return Line(tuple(parts))


cell_texts = st.one_of(
    st.just(""),
    st.sampled_from(["合计", "项目", "2,554.43", "-", "0.00", "201", "一、本年收入", "<b>总计</b>", "3 月"]),
)
"""Cells as written in any notation: ``<b>`` is known to all of them."""


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """The texts of a table of at least two rows and two columns; the first row names the columns."""
    width = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(cell_texts, min_size=width, max_size=width), min_size=1, max_size=5))
    header = [f"栏{column}" for column in range(width)]
    return tuple(tuple(row) for row in [header, *([row[0] or "甲", *row[1:]] for row in rows)])


def clean_grid(grid: Grid) -> Grid:
    """The cells as read."""
    return tuple(tuple(re.sub(r"</?b>", "", text) for text in row) for row in grid)


def tab_table(grid: Grid) -> str:
    """As rows of tab-separated text."""
    return "\n".join("\t".join(row) for row in grid)


def pipe_table(grid: Grid) -> str:
    """As a pipe table."""
    head, *rows = ["| " + " | ".join(row) + " |" for row in grid]
    return "\n".join([head, "|" + " --- |" * len(grid[0]), *rows])


def html_table(grid: Grid, *, close: bool = True) -> str:
    """As an HTML table, perhaps without the end tags that HTML lets authors leave out."""
    cell, row = ("</td>", "</tr>") if close else ("", "")
    body = "\n".join("<tr>" + "".join(f"<td>{text}{cell}" for text in texts) + row for texts in grid)
    return f"<table>\n{body}\n</table>"


class Tile(NamedTuple):
    """A cell that covers several places of a grid."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str


@st.composite
def tilings(draw: st.DrawFn) -> tuple[int, int, tuple[Tile, ...]]:
    """A grid fully covered by cells with spans: rows, columns, cells in reading order. The last row and column hold
    single cells only, so that every row and column is real.
    """
    height, width = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    free = [[True] * width for _ in range(height)]
    tiles = []
    for row in range(height):
        for column in range(width):
            if not free[row][column]:
                continue
            rowspan = colspan = 1
            if row < height - 1 and column < width - 1:
                colspan = draw(st.integers(1, width - 1 - column))
                while not all(free[row][column : column + colspan]):
                    colspan -= 1
                rowspan = draw(st.integers(1, height - 1 - row))
            for covered in range(row, row + rowspan):
                free[covered][column : column + colspan] = [False] * colspan
            tiles.append(Tile(row, column, rowspan, colspan, f"格{row}{column}"))
    return height, width, tuple(tiles)


def tiled_table(tiling: tuple[int, int, tuple[Tile, ...]]) -> str:
    """The tiling as an HTML table."""
    height, _, tiles = tiling
    rows = []
    for row in range(height):
        cells = ""
        for tile in tiles:
            if tile.row == row:
                spans = (f" rowspan={tile.rowspan}" if tile.rowspan > 1 else "") + (
                    f' colspan="{tile.colspan}"' if tile.colspan > 1 else ""
                )
                cells += f"<td{spans}>{tile.text}</td>"
        rows.append(f"<tr>{cells}</tr>")
    return "<table>" + "".join(rows) + "</table>"


def _html_block(kind: str, text: str) -> str:
    return {
        "p": f"<p>{text}</p>",
        "open": f"<p>{text}",
        "h2": f"<h2 class='a'>{text}</h2>",
        "div": f"<div>{text}</div>",
    }[kind]


@st.composite
def html_samples(draw: st.DrawFn) -> Sample:
    """HTML pages: paragraphs, headings and tables, some end tags left out, with a head and a script that nobody sees."""
    out = ["<!DOCTYPE html>\n<html><head><title>看不见</title><style>p{font:看不见}</style></head>\n<body>"]
    blocks: list[str | Grid] = []
    for _ in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(["p", "p", "open", "h2", "div", "table", "script"]))
        if kind == "table":
            grid = draw(grids())
            out.append(html_table(grid, close=draw(st.booleans())))
            blocks.append(clean_grid(grid))
        elif kind == "script":
            out.append("<script>if (a < b) document.write('<p>看不见</p>')</script><!-- 看不见 <p> -->")
        else:
            line = draw(lines())
            out.append(_html_block(kind, line.written(html=True)))
            blocks.append(line.clean)
    return Sample("\n".join([*out, "</body></html>"]), tuple(blocks))


_MARKDOWN_BLOCKS: dict[str, Callable[[str], str]] = {
    "p": lambda text: text,
    "atx": lambda text: f"## {text}",
    "closed": lambda text: f"### {text} ###",
    "setext": lambda text: f"{text}\n-----",
    "bullet": lambda text: f"- {text}",
    "quote": lambda text: f"> {text}",
    "indented": lambda text: f"　　{text}",
}


@st.composite
def markdown_samples(draw: st.DrawFn) -> Sample:
    """Markdown reports: paragraphs, headings, items, quotes, and tables in three notations."""
    out = []
    blocks: list[str | Grid] = []
    for _ in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from([*_MARKDOWN_BLOCKS, "p", "p", "tabs", "pipes", "html", "comment"]))
        if kind in ("tabs", "pipes", "html"):
            grid = draw(grids())
            out.append({"tabs": tab_table, "pipes": pipe_table, "html": html_table}[kind](grid))
            blocks.append(clean_grid(grid))
        elif kind == "comment":
            out.append("<!-- 看不见\n\n看不见 -->")
        else:
            line = draw(lines(breaks=kind == "p"))
            out.append(_MARKDOWN_BLOCKS[kind](line.written(html=False)))
            blocks.append(line.clean)
    return Sample("\n\n".join(out) + "\n", tuple(blocks))


_SOUP_NAMES = (
    "p div span b table tr td th tbody thead ul ol li h2 h3 center font a section blockquote caption dl dd pre"
)

tag_soups: st.SearchStrategy[Sample] = st.lists(
    st.one_of(
        st.sampled_from(_SOUP_NAMES.split()).map(lambda name: f"<{name}>"),
        st.sampled_from(_SOUP_NAMES.split()).map(lambda name: f"</{name}>"),
        st.sampled_from(
            ["文", "字", "甲乙", " ", "\n", "<br>", "&nbsp;", "1", "<td colspan=3>", "<td rowspan='2'>", "<hr>"]
        ),
    ),
    max_size=40,
).map(lambda parts: Sample("".join(parts), ()))
"""Tags in any order, with text between them."""

_RAGGED = (
    '<p>', '</p>', '<td width="1" >', "<td a='x'>", '<tr>', '<table>', '</table>', '<b class=a>', '</b>', '文', '字', '甲乙',
    '<br/>', '<!-- 注 -->', '<script>释</script>', '<style>样</style>', '<a href="a>b">', '<img src=x>', '&lt;', '&#x6587;',
    '<', '>', '"', "'", '=', '<o:p>', '<h2>', '</h2>', '<li>', '<ul>', '<div x>', '</div>', '<?xml 码?>', '<![if 无]>', '</>',
    '<title>题</title>', ' ', '\n', '<select><option>选', '<caption>', '<td colspan=2 rowspan=3>',
)  # fmt: skip

ragged_pages: st.SearchStrategy[str] = st.lists(st.sampled_from(_RAGGED), max_size=20).map("".join)
"""HTML with every kind of markup, whole and torn, in any order."""

wild_texts: st.SearchStrategy[str] = st.text(
    st.sampled_from("\t\t|||--**__``<<>>[]()!#&;\\\n\n\r .。中文表格一、1234>/=\"'-:～　\u00a0\ue000abtd"), max_size=120
)
"""Characters that mean something to a parser, in any order."""

line_ends = st.sampled_from(["\n", "\r\n", "\r"])

# What every document promises -----------------------------------------------------------------------------------------

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ffff]")
_WHITE = re.compile(r"\s*|\\\s+")
"""What a space may stand for: white space, or a line end after a backslash."""
_BREAK = re.compile(r"\s*<[a-zA-Z/!?][\s\S]*>\s*")
"""What a line break between two texts may stand for beside: ``<br>``, or tags of blocks."""
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z]+);?")


def texts(document: Document) -> Iterator[Text]:
    """All texts of a document: of its blocks and of its tables' cells."""
    for block in document.blocks:
        if isinstance(block, Table):
            for cell in block.cells():
                yield cell.text
        else:
            yield block.text


def visible(document: Document) -> str:
    """The Chinese characters of all texts, in the order of the source."""
    found = []
    for text in texts(document):
        for piece in text.pieces:
            found += [
                (piece.start, index, text.text[index])
                for index in range(piece.begin, piece.end)
                if _HAN.match(text.text[index])
            ]
            if piece.end - piece.begin == piece.stop - piece.start:
                count = len(_HAN.findall(text.text[piece.begin : piece.end]))
                found[len(found) - count :] = [
                    (piece.start + index - piece.begin, 0, character)
                    for _, index, character in found[len(found) - count :]
                ]
    return "".join(character for _, _, character in sorted(found))


def han(text: str) -> str:
    """The Chinese characters of a string."""
    return "".join(_HAN.findall(text))


def _unless_white(reference: re.Match[str]) -> str:
    """A reference to a character, or a space where it is one to white space or, as of a control character, to none."""
    return reference[0] if unescape(reference[0]).strip() else " "


def decodes(source: str, text: str, piece: Piece) -> bool:
    """Whether the piece's source stands for its text."""
    written, read = source[piece.start : piece.stop], text[piece.begin : piece.end]
    if written == read:
        return True
    if written.startswith("&") and unescape(written) == read:
        return True
    if read in (" ", "\n"):
        return bool(_WHITE.fullmatch(written) or _BREAK.fullmatch(_REFERENCE.sub(_unless_white, written)))
    return written == "\\" + read


def broken_promises(document: Document) -> list[str]:
    """What the document does not keep of what :mod:`govlint.document` promises."""
    source = document.source.text
    broken: list[str] = []
    for text in texts(document):
        at, place = 0, 0
        for piece in text.pieces:
            if piece.begin != at or piece.end <= piece.begin:
                broken.append(f"pieces leave a gap at {at}: {text}")
            if piece.start < place or piece.stop < piece.start or piece.stop > len(source):
                broken.append(f"pieces are out of order: {text}")
            if not decodes(source, text.text, piece):
                broken.append(f"{source[piece.start : piece.stop]!r} is not {text.text[piece.begin : piece.end]!r}")
            at, place = piece.end, piece.stop
        if at != len(text.text):
            broken.append(f"pieces end at {at}: {text}")
        if text.text != text.text.strip() and document.format != "markdown":
            broken.append(f"white space at an end: {text.text!r}")
    broken += _misplaced(document)
    return broken


def _misplaced(document: Document) -> Iterator[str]:
    last = None
    for block in document.blocks:
        if last is not None and block.span.start < last.span.start:
            yield f"out of order: {block}"
        inside = last is not None and block.span in last.span and (isinstance(last, Table) or isinstance(block, Image))
        if last is not None and block.span.start < last.span.end and not inside:
            yield f"overlaps the one before: {block}"
        if not inside:
            last = block
        if not 0 <= block.span.start <= block.span.end <= len(document.source.text):
            yield f"outside the source: {block}"
        if not isinstance(block, Table):
            if block.text and block.text.whole not in block.span:
                yield f"text outside its block: {block}"
            continue
        yield from _misplaced_cells(block)


def _misplaced_cells(table: Table) -> Iterator[str]:
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(table.rows):
        for cell in row:
            if (
                cell.row != number
                or cell.column + cell.colspan > table.width
                or cell.row + cell.rowspan > len(table.rows)
            ):
                yield f"outside the grid: {cell}"
            places = {
                (r, c)
                for r in range(cell.row, cell.row + cell.rowspan)
                for c in range(cell.column, cell.column + cell.colspan)
            }
            if places & covered:
                yield f"upon another cell: {cell}"
            covered |= places
            if cell.span not in table.span:
                yield f"cell outside its table: {cell}"
            if cell.text and cell.text.whole not in cell.span:
                yield f"text outside its cell: {cell}"


def read_blocks(document: Document) -> tuple[str | Grid, ...]:
    """A document's blocks in the form of :attr:`Sample.blocks`."""
    return tuple(
        tuple(tuple("" if cell is None else cell.text.text for cell in row) for row in block.grid())
        if isinstance(block, Table)
        else block.text.text
        for block in document.blocks
    )


def with_line_ends(text: str, end: str) -> str:
    """The text with other line ends."""
    return text.replace("\n", end)


def rows_of(document: Document) -> Sequence[Grid]:
    """The texts of the document's tables."""
    return [block for block in read_blocks(document) if not isinstance(block, str)]
