"""Markdown to a document.

What CommonMark would tear apart is cut out by offsets: rows of tab-separated text, HTML tables with blank lines in
them, comments, front matter. In the remaining lines CommonMark's blocks are found (:mod:`govlint.parsers.blocks`);
each line keeps its offsets in the source, so that line ends of any kind do not matter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, count, pairwise, repeat
from operator import add, attrgetter
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct, field

from govlint.document import (
    Block,
    Cell,
    Comment,
    Document,
    Heading,
    Knowledge,
    ListItem,
    Paragraph,
    Preformatted,
    Table,
    Text,
    Trouble,
)
from govlint.parsers.blocks import Found, find_blocks
from govlint.parsers.inline import Inline, has_marks, read_inline
from govlint.source import Source, Span

if TYPE_CHECKING:
    from govlint.parsers.drawn import DrawnTable

# Patterns that few reports need are compiled when one does: ``re`` keeps them.
_CUT: Final = r"(?im)(?P<fence>(?:^|(?<=\r))[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*(?P<mark>`{3,}(?=[^`\r\n]*(?:[\r\n]|\Z))|~{3,}))|(?P<comment><!--)|<table\b"
_CUT_SIGNS: Final = ("```", "~~~", "<!--", "<t", "<T")
"""One of these is where anything is cut out."""
_TABLE_TAG: Final = r"(?i)<(/?)table\b[^<>]*>"
_UNTAGGED_GAP: Final = r"(?i)(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r(?!\n))\s*+(?!</?t)"
_FRONT_MATTER: Final = (
    r"---[ \t]*(?:\r\n|\n|\r(?!\n))"
    r"(?:(?!---|\.\.\.)(?:[\w-]++[ \t]*+:[^\r\n]*+|[ \t]++[^\r\n]*+|-[ \t][^\r\n]*+)?(?:\r\n|\n|\r(?!\n))){1,60}"
    r"(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)"
)

_ORDINAL: Final = (
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}(?:部分|章|节)"
    r"|[（(][0-9]{1,2}[)）]|[0-9]{1,2}[.．、](?![0-9]))"
)
_OWN_LINE: Final = re.compile(
    rf"(?:{_ORDINAL}|注[:：]|(?:编制|预算|填报)?(?:部门|单位)(?:名称)?[:：]|金额单位[:：]|附件[0-9一二三四五六七八九十]{{0,2}}[:：])"
)
"""How a line begins that is not the continuation of the line before."""

_ATTRIBUTES: Final = re.compile(r"[ \t]+\{[#.][^{}\n]{1,80}\}$")
"""What pandoc writes behind a heading: ``{#anchor .class}``."""

_OPEN_END: Final = " \\，、（(“《=＝+-"
"""Ends of a line that goes on in the next one: signs that nothing ends with, and a hard line break."""

_NO_ROW: Final = re.compile(r"[ \t]*(?:\||>|#{1,6}[ \t])")
_ENTRY: Final = re.compile(rf"[ \t]*(?:[-*+]|{_ORDINAL})[ \t]*\t[^\t]*$")
_PAGE_ENTRY: Final = re.compile(r"[^\t]*[^\t0-9.,][^\t]*\t+[ ]*[-—(（]?[ ]*[0-9]{1,3}[ ]*[-—)）]?[ ]*$")
_NUMBER: Final = re.compile(r"[-－+]?[0-9０-９][0-9０-９,，.]*%?$")
_LABELLED: Final = re.compile(r"[^：:]{2,10}[：:]")
_PAGE_NUMBER: Final = re.compile(r"[-+*] *[0-9]{1,3} *[-–—+*]$")
_DELIMITER_ROW: Final = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_RULE_ROW: Final = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_PIPE: Final = re.compile(r"\\.|\|")
_CLOSING_HASHES: Final = re.compile(r"(?:^|(?<=[ \t]))#+$")
_SPACE: Final = " \t"
_START: Final = attrgetter("start")
_LONG: Final = 1000
_INDENTS: Final = {" ": 1, "\u00a0": 1, "\u3000": 2, "\t": 4}


def parse_markdown(source: Source, knowledge: Knowledge | None = None) -> Document:
    """A Markdown report. What could not be read is in the document's ``troubles``."""
    reader = _Reader(source)
    reader.read()
    blocks = sorted(reader.blocks, key=attrgetter("span.start"))
    comments = sorted(reader.comments.values(), key=lambda comment: comment.span.start)
    return Document(
        source, "markdown", tuple(blocks), tuple(comments), tuple(reader.troubles), knowledge or Knowledge()
    )


class _Cut(Struct, frozen=True):
    """A range that markdown-it does not see; ``kind`` is what stands there."""

    start: int
    end: int
    kind: Literal["table", "comment", "front matter"]


class _PipeTable(Struct, frozen=True):
    """Lines of a paragraph that are a pipe table; ``rules`` are its delimiter rows, ``headers`` the rows above them."""

    begin: int
    end: int
    rules: frozenset[int]
    headers: frozenset[int]


class _Marker(Struct, frozen=True):
    """The mark with which a list item begins."""

    line: int
    column: int
    length: int
    ordered: bool


class _Markers:
    """Finds the marks of list items, of which several may stand on a line; holds the one not yet put to use."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._line = -1
        self._column = 0
        self._pending: _Marker | None = None

    def open(self, line: int, mark: str) -> None:
        """An item begins; of several marks that begin a line together the first number counts."""
        text = self._lines[line]
        column = self._column if line == self._line else 0
        while text[column : column + 1] in (" ", "\t", ">"):
            column += 1
        if text.startswith(mark, column) and not (self._pending and self._pending.ordered):
            self._pending = _Marker(line, column, len(mark), mark[0].isdigit())
        self._line, self._column = line, column + len(mark)

    def take(self) -> _Marker | None:
        """The mark before the block that now comes."""
        marker, self._pending = self._pending, None
        return marker


class _Reader(Struct):
    """Reads one source; the lists grow as it goes."""

    source: Source
    blocks: list[Block] = field(default_factory=list)
    comments: dict[int, Comment] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    lines: list[Span] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    last_comment_end: int = -1

    def read(self) -> None:
        """The whole source."""
        physical = self.source.line_spans()
        cuts, fences = self._cuts()
        for cut in cuts:
            if cut.kind == "table":
                self._html(cut.start, cut.end)
        self.lines = self._without_drawn(self._without_tabs(self._without(physical, cuts), fences), fences)
        self._structure()

    def _cuts(self) -> tuple[list[_Cut], list[Span]]:
        """HTML tables, comments of whole lines, front matter; and the fenced code in which nothing is looked for."""
        text = self.source.text
        cuts: list[_Cut] = []
        fences: list[Span] = []
        self.last_comment_end = text.rfind("-->")
        at = 0
        front = re.match(_FRONT_MATTER, text) if text.startswith("---") else None
        if front:
            at = front.end()
            cuts.append(_Cut(0, at, "front matter"))
            self.blocks.append(Preformatted(Span(0, at), Text.plain(text[:at], 0)))
        tables: dict[int, int] | None = None
        if not any(sign in text for sign in _CUT_SIGNS):
            return cuts, fences
        pattern = re.compile(_CUT)
        while match := pattern.search(text, at):
            start = match.start()
            if match["fence"]:
                end = _fence_end(text, match)
                fences.append(Span(start, end))
                at = end
            elif start and text[start - 1] == "`":
                at = match.end()
            elif match["comment"]:
                at = self._comment(start, cuts)
            else:
                if tables is None:
                    tables = _table_ends(text)
                at = tables.get(start, match.end())
                if start in tables:
                    cuts.append(_Cut(start, at, "table"))
        return cuts, fences

    def _comment(self, start: int, cuts: list[_Cut]) -> int:
        """Note a comment, and cut it out unless it is part of a line; returns where to go on."""
        text = self.source.text
        close = text.find("-->", start + 4) if start < self.last_comment_end else -1
        line = self.source.line_span(self.source.position(start).line)
        before = text[line.start : start].strip() if start - line.start < _LONG else "…"
        if close < 0:
            if before:
                return start + 4
            self.troubles.append(_unclosed(Span(start, start + 4), "注释 <!--", "comment <!--"))
            close = len(text)
        end = min(close + 3, len(text))
        self.comments[start] = Comment(Span(start, end), text[start + 4 : close].strip())
        last = self.source.line_span(self.source.position(end).line)
        after = text[end : last.end].strip() if last.end - end < _LONG else "…"
        if last.start > start or not (before or after):
            cuts.append(_Cut(start, end, "comment"))
        return end

    def _without(self, physical: list[Span], cuts: list[_Cut]) -> list[Span]:
        """The lines without what is cut out; it leaves an empty line, save for a comment between rows of a table."""
        text = self.source.text
        result: list[Span] = []
        number = 0
        for cut in cuts:
            while physical[number].end < cut.start:
                result.append(physical[number])
                number += 1
            first = Span(physical[number].start, cut.start)
            while physical[number].end < cut.end:
                number += 1
            last = Span(cut.end, physical[number].end)
            if text[first.start : first.end].strip():
                result.append(first)
            if text[last.start : last.end].strip():
                following = physical[number] = last
            else:
                number += 1
                following = physical[number] if number < len(physical) else last
            if cut.kind != "comment" or not (result and self._is_row(result[-1]) and self._is_row(following)):
                result.append(Span(cut.start, cut.start))
            if number == len(physical):
                break
        return result + physical[number:]

    def _is_row(self, line: Span) -> bool:
        text = self.source.text[line.start : line.end]
        return "\t" in text or text.lstrip().startswith("|")

    # Rows of tab-separated text ---------------------------------------------------------------------------------

    def _without_tabs(self, lines: list[Span], fences: list[Span]) -> list[Span]:
        """The lines without tables of tab-separated text, which become blocks."""
        text = self.source.text
        if "\t" not in text:
            return lines
        result: list[Span] = []
        done = 0
        for begin, end in _tabbed_runs(text, lines, fences):
            result += lines[done:begin]
            done = end
            run = lines[begin:end]
            contents = [text[line.start : line.end] for line in run]
            first, last = _table_rows(contents)
            if last > first:
                result += run[:first]
                self._tab_table(run[first:last], contents[first:last])
                result.append(Span(run[first].start, run[first].start))
                result += run[last:]
            elif _is_contents(contents):
                for entry in run:
                    self._text([entry])
                    result.append(Span(entry.start, entry.start))
            else:
                result += run
        return result + lines[done:]

    def _tab_table(self, lines: list[Span], contents: list[str]) -> None:
        span = Span(lines[0].start, lines[-1].end)
        cells = [content.split("\t") for content in contents]
        rows = self._rows(span, [line.start for line in lines], cells, [False] * len(lines))
        self.blocks.append(Table(span, rows, max(map(len, rows)), "tabs"))

    # Tables drawn with characters -------------------------------------------------------------------------------

    def _without_drawn(self, lines: list[Span], fences: list[Span]) -> list[Span]:
        """The lines without tables in a frame of ``+---+`` or ruled with dashes, which become blocks."""
        text = self.source.text
        if "----" not in text:
            return lines
        from govlint.parsers.drawn import drawn_table

        result: list[Span] = []
        number = 0
        while number < len(lines):
            table = drawn_table(text, lines, number)
            if table is None or any(fence.start <= lines[number].start < fence.end for fence in fences):
                result.append(lines[number])
                number += 1
                continue
            self._drawn_table(lines, table)
            result.append(Span(lines[number].start, lines[number].start))
            number = table.end
        return result

    def _drawn_table(self, lines: list[Span], table: DrawnTable) -> None:
        text = self.source.text
        rows = []
        for number, row in enumerate(table.rows):
            at = row[0][0].start if row[0] else lines[table.begin].start
            cells = []
            for column, spans in enumerate(row):
                at = spans[0].start if spans else at
                kept = [_stripped(text, span) for span in spans if text[slice(*span)].strip()]
                place = Span(spans[0].start, max(span.end for span in (spans[0], *kept))) if spans else Span(at, at)
                words = self._inline(kept).text if kept else Text.empty()
                cells.append(Cell(place, words, number, column, header=number < table.headers))
            rows.append(tuple(cells))
        span = Span(lines[table.begin].start, lines[table.end - 1].end)
        self.blocks.append(Table(span, tuple(rows), len(table.rows[0]), "drawn"))

    # Blocks -------------------------------------------------------------------------------------------------------

    def _structure(self) -> None:
        """Take up the blocks of the lines."""
        text = self.source.text
        contents = [text[line.start : line.end] for line in self.lines]
        self.contents = contents
        covered = bytearray(len(self.lines) + 1)
        markers = _Markers(contents)
        for block in find_blocks(contents):
            begin, end = block.begin, block.end
            if block.kind == "item":
                markers.open(begin, block.mark)
                continue
            if block.kind == "end of item":
                self._bare_marker(markers, block.depth, covered)
                continue
            covered[begin:end] = b"\1" * (end - begin)
            if block.kind == "paragraph":
                marker = markers.take()
                if marker is not None:
                    covered[marker.line] = 1
                self._paragraph(self._content(block.content, begin, end), marker, block.depth)
                continue
            self._bare_marker(markers, block.depth, covered)
            if block.kind == "heading":
                self._heading(block)
            elif block.kind == "fence":
                self._fence(block)
            elif block.kind == "html":
                inside = block.inside
                self._html_lines(
                    self._content(block.content.rstrip("\n"), begin, end) if inside else self.lines[begin:end]
                )
        for number, line in enumerate(contents):
            if line and not covered[number] and (rest := line.strip(" \t>")) and rest not in "-+*":
                self._text([self.lines[number]])

    def _bare_marker(self, markers: _Markers, depth: int, covered: bytearray) -> None:
        """The number of an item that has no text of its own."""
        marker = markers.take()
        if marker is not None and marker.ordered:
            start = self.lines[marker.line].start + marker.column
            covered[marker.line] = 1
            self._text([Span(start, start + marker.length)], depth)

    def _content(self, content: str, begin: int, end: int) -> list[Span]:
        """The lines of a block without indentation, list marker and quote marks; ``content`` is what they hold."""
        if end - begin == 1:
            stop = self.lines[begin].start + len(self.contents[begin].rstrip())
            return [Span(stop - len(content.strip()), stop)]
        contents = content.split("\n")
        missing = end - begin - len(contents)
        if missing > 0:  # lines of white space that markdown-it has stripped from either end
            lead = self._leading(contents, begin, missing)
            contents = [""] * lead + contents + [""] * (missing - lead)
        if missing < 0:
            contents = [self.source.text[start:stop].lstrip(" \t>") for start, stop in self.lines[begin:end]]
        result = []
        text = self.source.text
        for line, kept in zip(self.lines[begin:end], contents, strict=True):
            length = len(kept.strip())
            if length == line.end - line.start and not text[line.end - 1 : line.end].isspace():
                result.append(line)  # most lines are kept whole
                continue
            stop = line.start + len(text[line.start : line.end].rstrip())
            start = stop - length
            result.append(Span(start, line.end if line.end > stop and start < stop else stop))
        if result and result[-1].end == self.lines[end - 1].end:
            last = result[-1]
            result[-1] = Span(last.start, last.start + len(self.source.text[last.start : last.end].rstrip()))
        return result

    def _leading(self, contents: Sequence[str], begin: int, most: int) -> int:
        """How many lines, of at most so many, stand before those that end with ``contents``."""
        ends = [content.strip() for content in contents]
        for number in range(most + 1):
            lines = self.contents[begin + number : begin + number + len(ends)]
            if all(line.rstrip().endswith(end) for line, end in zip(lines, ends, strict=False)):
                return number
        return 0

    def _heading(self, block: Found) -> None:
        begin, end = block.begin, block.end
        content = block.content.strip()  # markdown-it leaves white space that only Python knows
        text = self.source.text
        if block.mark in ("=", "-"):
            lines = self._content(content, begin, end - 1)
            span = Span(lines[0].start, self.lines[end - 1].end)
            if _is_prose([text[line.start : line.end] for line in lines]):
                self._paragraph(lines, None, 0)
                return
        else:
            line = self.lines[begin]
            stop = line.start + len(text[line.start : line.end].rstrip())
            if not text.endswith(content, line.start, stop):
                closing = _CLOSING_HASHES.search(text[line.start : stop])
                stop = line.start + len(text[line.start : line.start + closing.start()].rstrip()) if closing else stop
            start = stop - len(content)
            attributes = _ATTRIBUTES.search(content) if content.endswith("}") else None
            lines = [Span(start, start + attributes.start() if attributes else stop)]
            span = Span(line.start + len(text[line.start : start].rstrip(" \t#")), line.end)
        result = self._inline(lines)
        if result.text:
            self.blocks.append(Heading(span, result.text, block.level))
        self.blocks.extend(result.images)

    def _fence(self, block: Found) -> None:
        begin, end, mark = block.begin, block.end, block.mark
        text = self.source.text
        last = text[slice(*self.lines[end - 1])].strip(" \t>")
        closed = end - begin > 1 and len(last) >= len(mark) and not last.strip(mark[0])
        if not closed and not any(text[slice(*self.lines[number])].strip() for number in range(end, len(self.lines))):
            start = text.find(mark, self.lines[begin].start)
            self.troubles.append(_unclosed(Span(start, start + len(mark)), "代码块", "code block"))
        for start, stop in self._ranges(self.lines[begin + 1 : end - closed]):
            code = Text.plain(text[start:stop], start)
            if code.strip():
                self.blocks.append(Preformatted(Span(start, stop), code))

    def _html_lines(self, lines: list[Span]) -> None:
        for start, stop in self._ranges(lines):
            self._html(start, stop)

    def _ranges(self, lines: list[Span]) -> Iterator[Span]:
        """The lines as ranges of the source; where something was cut out between two of them a new range begins."""
        at = 0
        for number in range(1, len(lines) + 1):
            if number < len(lines):
                between = self.source.text[lines[number - 1].end : lines[number].start]
                if between in ("\n", "\r\n", "\r"):
                    continue
            if lines:
                yield Span(lines[at].start, lines[number - 1].end)
            at = number

    def _html(self, start: int, end: int) -> None:
        from govlint.parsers.html import parse_range

        part = parse_range(self.source.text, start, end)
        self.blocks.extend(part.blocks)
        self.comments.update((comment.span.start, comment) for comment in part.comments)
        self.troubles.extend(part.troubles)

    def _inline(self, lines: Sequence[Span]) -> Inline:
        result = read_inline(self.source.text, lines)
        for comment in result.comments:
            self.comments[comment.span.start] = comment
        return result

    def _rows(
        self, span: Span, starts: Sequence[int], contents: Sequence[list[str]], headers: Sequence[bool]
    ) -> tuple[tuple[Cell, ...], ...]:
        """The rows of a table, each on a line of its own.

        ``starts`` are the places where the rows' first cells begin, ``contents`` what the source has in each cell, up
        to the sign before the next. Cells are many: what is done for each is done for all of them at once.
        """
        text = self.source.text
        words = list(chain.from_iterable(contents))
        lengths = list(map(len, words))
        widths = list(map(len, contents))
        firsts = list(accumulate(widths, initial=0))
        on_one_line = list(accumulate(map(add, lengths, repeat(1)), initial=0))
        shifts = [start - on_one_line[first] for start, first in zip(starts, firsts, strict=False)]
        begins = list(map(add, on_one_line, chain.from_iterable(map(repeat, shifts, widths))))
        places = list(map(Span, begins, map(add, begins, lengths)))
        stripped = list(map(str.strip, words))
        if stripped != words:
            begins = list(map(add, begins, map(str.find, words, stripped)))
        empty = Text.empty()
        texts = [Text(clean, begin) if clean else empty for clean, begin in zip(stripped, begins, strict=True)]
        if has_marks(text, span.start, span.end):
            for first, last in pairwise(firsts):
                if first < last and has_marks(text, places[first].start, places[last - 1].end):
                    texts[first:last] = [self._inline([place]).text for place in places[first:last]]
        rows = chain.from_iterable(map(repeat, count(), widths))
        columns = chain.from_iterable(map(range, widths))
        heads = chain.from_iterable(map(repeat, headers, widths))
        cells = list(map(Cell, places, texts, rows, columns, repeat(1), repeat(1), heads))
        return tuple([tuple(cells[first:last]) for first, last in pairwise(firsts)])

    def _paragraph(self, lines: list[Span], marker: _Marker | None, depth: int) -> None:
        """A paragraph as CommonMark sees it: perhaps pipe tables, perhaps several paragraphs to a Chinese reader."""
        text = self.source.text
        if marker is None and len(lines) == 1:
            self._text(lines)
            return
        item = marker is not None
        if marker is not None:
            start = self.lines[marker.line].start + marker.column
            page_number = not marker.ordered and len(lines) == 1 and _PAGE_NUMBER.match(text[start : lines[0].end])
            if marker.ordered and self.lines[marker.line].end < lines[0].start:
                lines = [Span(start, start + marker.length), *lines]
            elif marker.ordered or page_number:
                lines = [Span(start, lines[0].end), *lines[1:]]
            item = not page_number
        at = 0
        for table in _pipe_tables([text[line.start : line.end] for line in lines]):
            self._lines(lines[at : table.begin], depth if item and at == 0 else None)
            self._pipe_table(lines, table)
            at = table.end
        self._lines(lines[at:], depth if item and at == 0 else None)

    def _pipe_table(self, lines: list[Span], table: _PipeTable) -> None:
        text = self.source.text
        span = Span(lines[table.begin].start, lines[table.end - 1].end)
        starts: list[int] = []
        contents: list[list[str]] = []
        numbers = [number for number in range(table.begin, table.end) if number not in table.rules]
        for number in numbers:
            line = lines[number]
            begin, cells = _pipe_cells(text[line.start : line.end])
            starts.append(line.start + begin)
            contents.append(cells)
        rows = self._rows(span, starts, contents, [number in table.headers for number in numbers])
        self.blocks.append(Table(span, rows, max(map(len, rows)), "pipe"))

    def _lines(self, lines: list[Span], depth: int | None) -> None:
        """Lines of text: one paragraph, or more where a line begins with an indentation or an ordinal of its own."""
        text = self.source.text
        at = 0
        for number in range(1, len(lines) + 1):
            if number < len(lines):
                before, line = lines[number - 1], lines[number]
                ordinal = _OWN_LINE.match(text, line.start, line.end) and text[before.end - 1] not in _OPEN_END
                if not ordinal and (depth is not None or not _begins_paragraph(text, before, line)):
                    continue
            self._text(lines[at:number], depth)
            at, depth = number, None

    def _text(self, lines: list[Span], depth: int | None = None) -> None:
        if not lines:
            return
        result = self._inline(lines)
        span = Span(lines[0].start, lines[-1].end)
        if result.text and depth is not None:
            self.blocks.append(ListItem(span, result.text, depth - 1))
        elif result.text:
            self.blocks.append(Paragraph(span, result.text, result.bold))
        self.blocks.extend(result.images)


def _stripped(text: str, span: Span) -> Span:
    content = text[slice(*span)]
    return Span(span.end - len(content.lstrip()), span.start + len(content.rstrip()))


def _unclosed(span: Span, what: str, english: str) -> Trouble:
    return Trouble(
        span,
        f"{what} 没有结束，其后的内容未检查；请补上结束标记",
        f"the {english} is never closed, nothing after it was checked: close it",
    )


def _is_prose(lines: list[str]) -> bool:
    """Whether what CommonMark takes for an underlined heading is text above a rule."""
    return (
        len(lines) > 1
        or len(lines[0]) > 80
        or lines[0].rstrip().endswith(("。", "；", "，"))
        or any(_DELIMITER_ROW.match(line) for line in lines)
    )


def _begins_paragraph(text: str, before: Span, line: Span) -> bool:
    """Whether a line is indented as the first of a Chinese paragraph is, and the line before may be the end of one."""
    if _indentation(text, line) < 4:
        return False
    return _indentation(text, before) < 4 or before.end - before.start < 25 or text[before.end - 1] in "。；：！？…”）)"


def _indentation(text: str, line: Span) -> int:
    at, width = line.start, 0
    while at and (step := _INDENTS.get(text[at - 1], 0)):
        at -= 1
        width += step
    return width


def _fence_end(text: str, opening: re.Match[str]) -> int:
    mark = opening["mark"]
    closing = re.compile(rf"[\r\n][ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*(?=[\r\n]|\Z)")
    found = closing.search(text, opening.end())
    return found.end() if found else len(text)


def _table_ends(text: str) -> dict[int, int]:
    """For each ``<table>`` where it ends; one that is never closed ends at the first empty line that no tag follows."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    starts: list[int] = []
    for tag in re.finditer(_TABLE_TAG, text):
        if not tag[1]:
            opened.append(tag.start())
            starts.append(tag.start())
        elif opened:
            ends[opened.pop()] = tag.end()
    gaps = re.compile(_UNTAGGED_GAP)
    for start in opened:
        following = bisect_right(starts, start)
        limit = starts[following] if following < len(starts) else len(text)
        gap = gaps.search(text, start, limit)
        ends[start] = gap.start() if gap else limit
    return ends


def _tabbed_runs(text: str, lines: Sequence[Span], fences: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The adjacent lines that may be rows of tab-separated text: the first, and the one after the last."""
    number = 0
    while number < len(lines) and (tab := text.find("\t", lines[number].start)) >= 0:
        number = bisect_right(lines, tab, number, key=_START) - 1
        fence = bisect_right(fences, lines[number].start, key=_START) - 1
        begin = number
        if fence < 0 or lines[number].start >= fences[fence].end:
            while number < len(lines) and _is_tabbed(text, lines[number]):
                number += 1
        if number > begin:
            yield begin, number
        else:
            number += 1


def _is_tabbed(text: str, line: Span) -> bool:
    """Whether a line may be a row of tab-separated text."""
    return text.find("\t", line.start, line.end) >= 0 and not _NO_ROW.match(text, line.start, line.end)


def _table_rows(lines: list[str]) -> tuple[int, int]:
    """Which of adjacent lines with tabs are a table: the first, and the one after the last; none if both are equal."""
    inner = [bool(stripped) and "\t" in stripped for stripped in (line.lstrip(_SPACE) for line in lines)]
    first, last = 0, len(lines)
    while first < last and not _has_cells(lines[first], inner[first]):
        first += 1
    while first < last and not _has_cells(lines[last - 1], inner[last - 1]):
        last -= 1
    rows = [line for line, has_inner in zip(lines[first:last], inner[first:last], strict=True) if has_inner]
    if not rows or all(_ENTRY.match(row) for row in rows) or _is_contents(rows):
        return 0, 0
    if all(_LABELLED.match(cell.strip()) for row in rows for cell in row.split("\t") if cell.strip()):
        return 0, 0
    if len(rows) == 1:
        cells = [cell.strip() for cell in rows[0].split("\t") if cell.strip()]
        if len(cells) < 3 and not (rows[0].count("\t") > 1 and any(_NUMBER.match(cell) for cell in cells)):
            return 0, 0
        if any(cell.endswith("。") for cell in cells):
            return 0, 0
    return first, last


def _has_cells(line: str, inner: bool) -> bool:
    """Whether a line at either end of a run belongs to the table: an indented sentence or an empty line does not."""
    text = line.strip()
    return inner or (0 < len(text) < 20 and not _OWN_LINE.match(text))


def _is_contents(lines: list[str]) -> bool:
    """Whether lines are entries of a table of contents: titles, most of them numbered, with rising page numbers."""
    if len(lines) < 2 or not all(_PAGE_ENTRY.match(line) for line in lines):
        return False
    pages = [int(re.sub(r"[^0-9]", "", line.rsplit("\t", 1)[1])) for line in lines]
    numbered = sum(bool(_OWN_LINE.match(line.lstrip())) for line in lines)
    return numbered * 2 >= len(lines) and all(a <= b for a, b in pairwise(pages))


def _pipe_tables(lines: list[str]) -> Iterator[_PipeTable]:
    """The pipe tables in the lines of a paragraph."""
    if not any("|" in line for line in lines):
        return
    piped = ["|" in line and bool(_pipes(line)) for line in lines]
    framed = [
        has_pipe and line.lstrip().startswith("|") and line.rstrip().endswith("|") and line.count("|") > 2
        for line, has_pipe in zip(lines, piped, strict=True)
    ]
    number = 0
    while number < len(lines):
        ruled = (
            number + 1 < len(lines) and piped[number] and piped[number + 1] and _DELIMITER_ROW.match(lines[number + 1])
        )
        bare = framed[number] and number + 1 < len(lines) and framed[number + 1]
        if not ruled and not bare:
            number += 1
            continue
        begin, end = number, number + 1
        while end < len(lines) and piped[end]:
            end += 1
        rules: list[int] = []
        for row in range(begin + 1, end):
            if (_RULE_ROW if rules else _DELIMITER_ROW).match(lines[row]):
                rules.append(row)
        headers = set(range(begin, rules[0])) if rules else set()
        headers.update(rule - 1 for rule in rules)
        yield _PipeTable(begin, end, frozenset(rules), frozenset(headers))
        number = end


def _pipes(line: str) -> list[int]:
    """Where a line has pipes that divide cells; one behind a backslash is text."""
    if "\\" in line:
        return [match.start() for match in _PIPE.finditer(line) if match.group() == "|"]
    return list(accumulate(map(len, line.split("|")[:-1]), lambda at, length: at + 1 + length))


def _pipe_cells(line: str) -> tuple[int, list[str]]:
    """The contents of a row's cells, and where in the line the first begins."""
    if "\\" in line:
        edges = [-1, *_pipes(line), len(line)]
        cells = [line[before + 1 : after] for before, after in pairwise(edges)]
    else:
        cells = line.split("|")
    begin = 0
    if len(cells) > 1:
        if not cells[-1].strip():
            cells.pop()
        if not cells[0].strip():
            begin = len(cells.pop(0)) + 1
    return begin, cells
