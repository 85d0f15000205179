"""A report as blocks of clean text, each with an exact map back to its source.

Nothing here knows a rule, a format or the meaning of a table. A :class:`Document` is made once by a parser and is
immutable; what is derived from it is a fact (see :mod:`govlint.facts`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct, field

from govlint.source import Source, Span


class Piece(Struct, frozen=True, gc=False):
    """A run of clean text ``[begin, end)`` and the source it stands for, ``[start, stop)``.

    Where both are equally long they are equal character by character (save white space, which may have become a
    space or a line break); otherwise the piece is one unit (an HTML entity, an escape, white space, ``<br>``) whose
    characters all stand for the whole range. What stands for no text (marks, a line break between two Chinese
    characters) lies between two pieces.
    """

    begin: int
    end: int
    start: int
    stop: int


class Text(Struct, frozen=True, gc=False):
    """Clean text (没有标记的文字) that knows where each character came from.

    ``where`` says it: for text that stands in the source as it is, as most does, the offset at which it begins; for
    other text its pieces, in the text's order, which cover it without gap.
    """

    text: str
    where: int | tuple[Piece, ...]

    @classmethod
    def plain(cls, text: str, start: int) -> Text:
        """Text that stands in the source as it is, from offset ``start``."""
        return cls(text, start) if text else _EMPTY

    @classmethod
    def mapped(cls, text: str, pieces: Sequence[Piece]) -> Text:
        """Text of pieces; of a single one that is as long as its source it is plain."""
        if len(pieces) == 1 and pieces[0].stop - pieces[0].start == len(text):
            return cls(text, pieces[0].start)
        return cls(text, tuple(pieces))

    @classmethod
    def empty(cls) -> Text:
        """No text at all."""
        return _EMPTY

    @classmethod
    def join(cls, parts: Iterable[Text], separator: str = "") -> Text:
        """The parts one after another; a ``separator`` stands for the source between two of them."""
        texts: list[str] = []
        pieces: list[Piece] = []
        at = 0
        for part in parts:
            if not part.text:
                continue
            if pieces and separator:
                pieces.append(Piece(at, at + len(separator), pieces[-1].stop, max(part.start, pieces[-1].stop)))
                texts.append(separator)
                at += len(separator)
            pieces.extend([Piece(at + p.begin, at + p.end, p.start, p.stop) for p in part.pieces])
            texts.append(part.text)
            at += len(part.text)
        return cls.mapped("".join(texts), pieces)

    def __str__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The runs of which it consists, none for empty text."""
        where = self.where
        if isinstance(where, int):
            length = len(self.text)
            return (Piece(0, length, where, where + length),)
        return where

    @property
    def start(self) -> int:
        """Where its source begins. Raises ``ValueError`` for empty text, which has no place."""
        where = self.where
        return where if isinstance(where, int) else _placed(where)[0].start

    @property
    def whole(self) -> Span:
        """The source range of all of it. Raises ``ValueError`` for empty text, which has no place."""
        where = self.where
        if isinstance(where, int):
            return Span(where, where + len(self.text))
        return Span(_placed(where)[0].start, where[-1].stop)

    def span(self, begin: int, end: int) -> Span:
        """The source range of ``text[begin:end]``; for an empty range the place before the character at ``begin``."""
        where = self.where
        if isinstance(where, int):
            start = where + min(begin, len(self.text))
            return Span(start, max(start, where + end))
        if begin >= end:
            at = _start_of(where, begin) if begin < len(self.text) else _placed(where)[-1].stop
            return Span(at, at)
        return Span(_start_of(where, begin), _stop_of(where, end - 1))

    def slice(self, begin: int, end: int) -> Text:
        """``text[begin:end]`` with its own map."""
        words = self.text[begin:end]
        where = self.where
        if isinstance(where, int):
            return Text(words, where + begin) if words else _EMPTY
        pieces = []
        first = bisect_right(where, begin, key=lambda piece: piece.end)
        for piece in where[first : bisect_left(where, end, first, key=lambda piece: piece.begin)]:
            left, right = max(piece.begin, begin), min(piece.end, end)
            if piece.end - piece.begin == piece.stop - piece.start:
                offset = piece.start - piece.begin
                pieces.append(Piece(left - begin, right - begin, left + offset, right + offset))
            else:
                pieces.append(Piece(left - begin, right - begin, piece.start, piece.stop))
        return Text.mapped(words, pieces)

    def strip(self) -> Text:
        """Without white space at both ends."""
        stripped = self.text.strip()
        if len(stripped) == len(self.text):
            return self
        begin = len(self.text) - len(self.text.lstrip())
        return self.slice(begin, begin + len(stripped))


def _placed(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    if not pieces:
        raise ValueError("empty text has no place in the source")
    return pieces


def _piece_at(pieces: tuple[Piece, ...], index: int) -> Piece:
    return _placed(pieces)[bisect_right(pieces, index, key=lambda piece: piece.begin) - 1]


def _start_of(pieces: tuple[Piece, ...], index: int) -> int:
    piece = _piece_at(pieces, index)
    same_length = piece.end - piece.begin == piece.stop - piece.start
    return piece.start + index - piece.begin if same_length else piece.start


def _stop_of(pieces: tuple[Piece, ...], index: int) -> int:
    piece = _piece_at(pieces, index)
    same_length = piece.end - piece.begin == piece.stop - piece.start
    return piece.start + index - piece.begin + 1 if same_length else piece.stop


_EMPTY = Text("", ())


class Heading(Struct, frozen=True, gc=False):
    """A heading that the source marks as one (``#``, ``<h2>``). Level 1 is the highest."""

    span: Span
    text: Text
    level: int


class Paragraph(Struct, frozen=True, gc=False):
    """A paragraph (段落); hard line breaks are ``\\n`` in its text, a converter's line breaks are gone.

    ``bold`` says that the whole paragraph is set in bold, as converters do with headings.
    """

    span: Span
    text: Text
    bold: bool = False


class ListItem(Struct, frozen=True, gc=False):
    """One item of a list, its own text without that of nested items; an ordered marker (``1.``) is part of the text."""

    span: Span
    text: Text
    depth: int = 0


class Preformatted(Struct, frozen=True, gc=False):
    """A code block: shown as it is, no prose."""

    span: Span
    text: Text


class Image(Struct, frozen=True, gc=False):
    """A picture (图), with its alternative text."""

    span: Span
    text: Text


class Cell(Struct, frozen=True, gc=False):
    """A cell of a table with its place in the grid (from 0) and its extent.

    ``span`` is the source between the cell's delimiters; for an empty cell it may be empty.
    """

    span: Span
    text: Text
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


class Table(Struct, frozen=True, gc=False):
    """A grid of cells (表格), whatever notation it came from.

    ``rows`` holds each cell in the row where it begins; ``width`` counts the grid's columns.
    ``notation`` is one of ``pipe``, ``html``, ``tabs``, ``drawn`` (with ``+---+`` or rules of dashes).
    """

    span: Span
    rows: tuple[tuple[Cell, ...], ...]
    width: int
    notation: Literal["pipe", "html", "tabs", "drawn"]

    def cells(self) -> Iterator[Cell]:
        """All cells in reading order."""
        for row in self.rows:
            yield from row

    def grid(self) -> list[list[Cell | None]]:
        """The cells by row and column, each spanning cell at every place that it covers."""
        grid: list[list[Cell | None]] = [[None] * self.width for _ in self.rows]
        for cell in self.cells():
            for row in range(cell.row, min(cell.row + cell.rowspan, len(grid))):
                for column in range(cell.column, min(cell.column + cell.colspan, self.width)):
                    if grid[row][column] is None:
                        grid[row][column] = cell
        return grid


class Comment(Struct, frozen=True, gc=False):
    """A ``<!-- comment -->``; ``text`` is what stands between the marks, stripped."""

    span: Span
    text: str


Block = Heading | Paragraph | ListItem | Preformatted | Image | Table


class Section(Struct, frozen=True):
    """A heading of the outline with what stands under it, down to the next heading of the same or a higher level.

    ``title`` is the heading's text without its number, ``number`` the number as written (``第二部分``, ``一、``,
    ``（三）``) or empty; ``blocks`` is the range of ``Document.blocks`` from the heading to the section's end (for a
    heading glued to a paragraph's end from the block after it). ``level`` is the depth in the outline, from 1.
    ``kind`` is how it is numbered (see :data:`govlint.facts.layout.OrdinalKind`), ``value`` the number's value;
    ``caption`` says that it is the title of a table, ``marked`` that the source marks it as a heading.
    """

    block: int
    level: int
    number: str
    title: Text
    blocks: range
    children: tuple[Section, ...] = ()
    kind: str = "none"
    value: int | None = None
    caption: bool = False
    marked: bool = False

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the document's order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Trouble(Struct, frozen=True):
    """Something that kept a parser from reading the whole document: where, and what (Chinese, English)."""

    span: Span
    message: str
    english: str


class ReportKind(Struct, frozen=True):
    """A kind of report (报告种类), as a pack declares it.

    ``titles`` are regular expressions of which one matches the title of a report of this kind.
    """

    id: str
    name: str
    titles: tuple[str, ...]


class Knowledge(Struct, frozen=True):
    """What the plugins and the caller know beyond the text.

    ``words`` yields the field's words for the tokenizer (read only when words are asked for), ``kinds`` are the
    report kinds that plugins declare, ``kind`` is the id of the one the caller declares, ``data`` is what packs
    hand to their own facts (keyed by the hook's name).
    """

    words: Callable[[], Iterable[str]] = tuple
    kinds: tuple[ReportKind, ...] = ()
    kind: str | None = None
    data: Mapping[str, Sequence[Any]] = field(default_factory=dict)


class Document(Struct, frozen=True, eq=False):
    """A parsed report: its blocks in the order of the source, its comments, and what could not be read.

    ``eq=False``: two documents are the same only if they are one object, which makes a document a key for facts.
    """

    source: Source
    format: Literal["markdown", "html"]
    blocks: tuple[Block, ...]
    comments: tuple[Comment, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    knowledge: Knowledge = field(default_factory=Knowledge)
    _facts: dict[Any, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Document {self.source.path!r} of {len(self.blocks)} blocks>"

    @property
    def path(self) -> str:
        """The path that the source was read from, or the name it was given."""
        return self.source.path

    def tables(self) -> Iterator[Table]:
        """The tables in the document's order."""
        return (block for block in self.blocks if isinstance(block, Table))
