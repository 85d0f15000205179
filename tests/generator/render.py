"""Writes a report in Markdown or HTML and notes where every mark and every landmark stands."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Literal, NamedTuple

from tests.generator.grids import Cell, Grid, Row
from tests.generator.marks import Mark, Part, Parts, Role, plain
from tests.generator.outline import Block, Heading, Para, Table

Notation = Literal["tabs", "pipe", "html", "html-flat"]
"""``html-flat``: every row has all its cells, those of a span left empty, as converters of PDF write."""


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number, word or unit of the report with its place; the rest is its :class:`~tests.generator.marks.Mark`."""

    start: int
    end: int
    mark: Mark

    @property
    def text(self) -> str:
        """What is printed."""
        return self.mark.text

    @property
    def role(self) -> Role:
        """What it is."""
        return self.mark.role

    @property
    def key(self) -> str:
        """The quantity in the model."""
        return self.mark.key

    @property
    def stated(self) -> bool:
        """Whether a table states it too."""
        return self.mark.stated

    @property
    def determined(self) -> bool:
        """Whether the rest of the report tells its value."""
        return self.mark.determined

    @property
    def slack(self) -> Decimal:
        """The largest change that roundings may hide."""
        return self.mark.slack

    @property
    def value(self) -> Decimal | None:
        """The unrounded quantity."""
        return self.mark.value


class Landmark(NamedTuple):
    """A place of the text: ``contents`` entry, ``heading``, ``table``, ``row``, ``prose``. ``text`` is its own text."""

    start: int
    end: int
    kind: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """How a report is written.

    ``headings``: ``marks`` (``#``, ``<h2>``), ``bold`` or ``plain``; ``ragged`` loses marks and levels here and there as
    converters do. ``spaced``: a space between Han characters and digits. ``header_cells``: ``<th>``. ``page``: rows
    after which a table breaks off and goes on as another (0: never), ``repeat``: with its header again. ``cuts``: a few
    paragraphs are cut in two before a number, where a page ended.
    """

    notation: Notation
    headings: Literal["marks", "bold", "plain"] = "marks"
    ragged: bool = False
    spaced: bool = False
    header_cells: bool = False
    page: int = 0
    repeat: bool = False
    cuts: bool = False


@dataclass
class _Writer:
    """Collects text; the places of marks and landmarks are offsets into it."""

    look: Look
    rng: Random
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    numbers: list[PrintedNumber] = field(default_factory=list)
    landmarks: list[Landmark] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def parts(self, parts: Iterable[Part]) -> None:
        for part in parts:
            if isinstance(part, str):
                self.write(html.escape(part, quote=False) if self.look.notation.startswith("html") else part)
            else:
                start = self.length
                self.write(part.text)
                self.numbers.append(PrintedNumber(start, self.length, part))

    @contextmanager
    def landmark(self, kind: str, name: str, text: str) -> Iterator[None]:
        start = self.length
        yield
        self.landmarks.append(Landmark(start, self.length, kind, name, text))


_GAP = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=[\d%])(?=[\u4e00-\u9fff])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DIGIT = re.compile(r"[\d%]")


def spaced(parts: Parts) -> Parts:
    """The parts with a space wherever a Han character meets a digit."""
    result: list[Part] = []
    before = ""
    for part in parts:
        text = part if isinstance(part, str) else part.text
        if before and text:
            meets_digit = _HAN.match(before[-1]) and text[0].isdigit()
            if meets_digit or (_DIGIT.match(before[-1]) and _HAN.match(text[0])):
                result.append(" ")
        result.append(_GAP.sub(" ", part) if isinstance(part, str) else part)
        before = text or before
    return tuple(result)


class Written(NamedTuple):
    """A report as text, with the places of its marks and landmarks."""

    text: str
    numbers: tuple[PrintedNumber, ...]
    landmarks: tuple[Landmark, ...]


def render(blocks: Iterable[Block], look: Look, rng: Random) -> Written:
    """The blocks in the notation of ``look``; ``rng`` decides where marks of headings get lost."""
    writer = _Writer(look, rng)
    in_html = look.notation.startswith("html")
    if in_html:
        writer.write('<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"></head><body>\n')
    for block in blocks:
        if isinstance(block, Table):
            for grid in _pages(block.grid, look):
                with writer.landmark("table", block.id, block.id):
                    (_html_table if in_html else _markdown_table)(writer, grid, block.id)
                if not in_html:
                    writer.write("\n")
        elif isinstance(block, Heading):
            (_html_heading if in_html else _markdown_heading)(writer, block)
        elif isinstance(block, Para):
            for piece in _pieces(block, writer):
                _paragraph(writer, piece, in_html=in_html)
    if in_html:
        writer.write("</body></html>\n")
    return Written("".join(writer.pieces), tuple(writer.numbers), tuple(writer.landmarks))


def _pieces(block: Para, writer: _Writer) -> Iterator[Para]:
    """The paragraph, or its two pieces where it is cut."""
    places = [index for index, part in enumerate(block.parts) if isinstance(part, Mark) and part.role in _CUT_BEFORE]
    if not writer.look.cuts or block.kind or len(places) < 2 or writer.rng.random() > 0.08:
        yield block
        return
    place = writer.rng.choice(places[1:])
    yield Para(block.parts[:place])
    yield Para(block.parts[place:])


_CUT_BEFORE: tuple[Role, ...] = ("amount", "rate", "share")


def _paragraph(writer: _Writer, block: Para, *, in_html: bool) -> None:
    parts = spaced(block.parts) if writer.look.spaced else block.parts
    with writer.landmark(block.kind or "prose", "", plain(parts)):
        if in_html:
            bold = block.kind == "title" and writer.look.headings != "plain"
            opening, closing = ("<p><strong>", "</strong></p>\n") if bold else ("<p>", "</p>\n")
        else:
            part_listed = writer.look.ragged and block.kind == "contents" and plain(parts).startswith("第")
            mark = "# " if block.kind == "title" else "## " if part_listed else ""
            opening, closing = mark, "\n\n"
        writer.write(opening)
        writer.parts(parts)
        writer.write(closing)


def _markdown_heading(writer: _Writer, block: Heading) -> None:
    look, rng = writer.look, writer.rng
    parts = spaced(block.parts) if look.spaced else block.parts
    depth = min(block.depth, 6)
    manner = "marks"
    if look.ragged:
        manner = rng.choice(("marks", "marks", "marks", "plain", "bold"))
        depth = max(1, min(6, depth + rng.choice((-1, 0, 0, 1))))
    mark = {"marks": "#" * depth + " ", "bold": "**", "plain": ""}[manner]
    with writer.landmark("caption" if block.caption else "heading", str(block.depth), plain(parts)):
        writer.write(mark)
        writer.parts(parts)
        writer.write("**\n\n" if manner == "bold" else "\n\n")


def _html_heading(writer: _Writer, block: Heading) -> None:
    look = writer.look
    parts = spaced(block.parts) if look.spaced else block.parts
    level = min(block.depth + 1, 6)
    opening, closing = {
        "marks": (f"<h{level}>", f"</h{level}>\n"),
        "bold": ("<p><strong>", "</strong></p>\n"),
        "plain": ("<p>", "</p>\n"),
    }[look.headings]
    with writer.landmark("caption" if block.caption else "heading", str(block.depth), plain(parts)):
        writer.write(opening)
        writer.parts(parts)
        writer.write(closing)


def _pages(grid: Grid, look: Look) -> Iterator[Grid]:
    """The grid, or its pages; rows that a cell above reaches into are never parted from it."""
    body = grid.rows[grid.header :]
    if not look.page or len(body) <= look.page:
        yield grid
        return
    for start in range(0, len(body), look.page):
        rows = body[start : start + look.page]
        if start == 0 or look.repeat:
            yield Grid((*grid.rows[: grid.header], *rows), grid.header, grid.width)
        else:
            yield Grid(rows, 0, grid.width)


def _flat(row: Row, taken: dict[int, int]) -> list[Cell | None]:
    """The cells of a row over all columns, ``None`` where a cell spans; ``taken`` counts down the spans from above."""
    cells: list[Cell | None] = []
    for cell in row:
        while taken.get(len(cells)):
            taken[len(cells)] -= 1
            cells.append(None)
        if cell.rowspan > 1:
            for column in range(len(cells), len(cells) + cell.colspan):
                taken[column] = cell.rowspan - 1
        cells.append(cell)
        cells.extend([None] * (cell.colspan - 1))
    while taken.get(len(cells)):
        taken[len(cells)] -= 1
        cells.append(None)
    return cells


def _row_name(row: Row) -> str:
    return next((part.key for cell in row for part in cell.parts if isinstance(part, Mark)), "")


def _markdown_table(writer: _Writer, grid: Grid, table: str) -> None:
    pipe = writer.look.notation == "pipe"
    taken: dict[int, int] = {}
    for index, row in enumerate(grid.rows):
        with writer.landmark("row", _row_name(row), table):
            cells = _flat(row, taken)
            writer.write("| " if pipe else "")
            for column, cell in enumerate(cells):
                if column:
                    writer.write(" | " if pipe else "\t")
                if cell is not None:
                    bold = cell.bold and cell.parts
                    writer.write("**" if bold and pipe else "<b>" if bold else "")
                    writer.parts(cell.parts)
                    writer.write("**" if bold and pipe else "</b>" if bold else "")
            writer.write(" |\n" if pipe else "\n")
        if pipe and index == 0:
            writer.write("|" + " --- |" * len(cells) + "\n")


def _html_table(writer: _Writer, grid: Grid, table: str) -> None:
    flat = writer.look.notation == "html-flat"
    taken: dict[int, int] = {}
    writer.write("<table>\n")
    for index, row in enumerate(grid.rows):
        tag = "th" if writer.look.header_cells and index < grid.header else "td"
        with writer.landmark("row", _row_name(row), table):
            writer.write("<tr>")
            for cell in _flat(row, taken) if flat else row:
                spans = ""
                if cell is not None and not flat:
                    spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
                    spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
                writer.write(f"<{tag}{spans}>")
                if cell is not None and cell.parts:
                    writer.write("<b>" if cell.bold else "")
                    writer.parts(cell.parts)
                    writer.write("</b>" if cell.bold else "")
                writer.write(f"</{tag}>")
            writer.write("</tr>\n")
    writer.write("</table>\n")
