"""Tables drawn with characters, as pandoc writes them: in a frame of ``+---+``, or with columns ruled by dashes.

Columns are counted in the width at which text is set: a Chinese character takes two places. What lies aside a little,
because converters do not agree on the width of quotation marks, still finds its column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from govlint.parsers.inline import is_wide
from govlint.source import Span

_FRAME: Final = re.compile(r"[ \t]{0,8}\+(?:[-=:]{2,}\+)+[ \t]*")
_FRAMED: Final = re.compile(r"[ \t]{0,8}[|+].{1,4000}[|+][ \t]*")
_RULES: Final = re.compile(r"[ \t]{0,8}-{2,}(?: {1,8}-{2,})+[ \t]*")
_RULE: Final = re.compile(r"[ \t]{0,8}-{3,}[ \t]*")
_CHUNK: Final = re.compile(r"[^ \t　]+(?: [^ \t　]+)*")
_MOST_ROWS: Final = 2000


class DrawnTable(Struct, frozen=True):
    """Lines ``begin`` to ``end`` of a source are a table; ``rows`` holds for each cell the lines of its text."""

    begin: int
    end: int
    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    headers: int


def drawn_table(text: str, lines: Sequence[Span], at: int) -> DrawnTable | None:
    """The table that begins at a line: its frame, its ruled header, or the rule above that."""
    first = lines[at]
    opening = text[first.start : min(first.end, first.start + 8)].lstrip()[:1]
    if opening == "+":
        return _framed(text, lines, at)
    if not opening or opening in "#>|":
        return None
    if opening == "-" and _RULE.fullmatch(text, first.start, first.end):
        return _ruled(text, lines, at, at + 1)
    if at + 1 < len(lines) and _RULES.fullmatch(text, *lines[at + 1]):
        return _ruled(text, lines, at, at)
    return None


# --- In a frame ---------------------------------------------------------------------------------------------------------


def _framed(text: str, lines: Sequence[Span], at: int) -> DrawnTable | None:
    if not _FRAME.fullmatch(text, *lines[at]) or at + 1 == len(lines) or _FRAME.fullmatch(text, *lines[at + 1]):
        return None
    edges = _places(text, lines[at], "+")
    rows: list[list[list[Span]]] = []
    headers, number = 0, at
    row: list[list[Span]] | None = None
    while number < min(len(lines), at + _MOST_ROWS) and _FRAMED.fullmatch(text, *lines[number]):
        if _FRAME.fullmatch(text, *lines[number]):
            if "=" in text[slice(*lines[number])]:
                headers = len(rows)
            row = None
        else:
            if row is None:
                row = [[] for _ in range(len(edges) - 1)]
                rows.append(row)
            for place, span in _between_bars(text, lines[number], edges):
                row[place].append(span)
        number += 1
    return _finished(at, number, rows, headers) if rows else None


def _between_bars(text: str, line: Span, edges: Sequence[int]) -> list[tuple[int, Span]]:
    """The cells of a line: one between two bars; where bars are missing, the cell reaches over their places."""
    found = _offsets(text, line, "|+")
    if len(found) == len(edges):
        return [(place, Span(a + 1, b)) for place, (a, b) in enumerate(pairwise(found))]
    widths = _widths(text, line)
    cells = []
    for a, b in pairwise(found):
        place = min(range(len(edges) - 1), key=lambda n: abs(edges[n] - widths[a - line.start]))
        cells.append((place, Span(a + 1, b)))
    return cells


# --- Ruled with dashes -------------------------------------------------------------------------------------------------


def _ruled(text: str, lines: Sequence[Span], at: int, header: int) -> DrawnTable | None:
    """A header, the rule that divides the columns, and rows: one a line, or parted by empty lines within two rules."""
    rule = header
    while rule < min(len(lines), header + 6) and not _RULES.fullmatch(text, *lines[rule]):
        if not text[slice(*lines[rule])].strip():
            return None
        rule += 1
    if rule >= min(len(lines), header + 6) or rule == header:
        return None
    begins = [_width_before(text, lines[rule], match.start()) for match in re.finditer("-+", text[slice(*lines[rule])])]
    ends = [_width_before(text, lines[rule], match.end()) for match in re.finditer("-+", text[slice(*lines[rule])])]
    columns = list(zip(begins, ends, strict=True))
    enclosed = at < header
    rows: list[list[list[Span]]] = [[[] for _ in columns]]
    for number in range(header, rule):
        _add(text, lines[number], columns, rows[0])
    headers, number, parted = 1, rule + 1, True
    while number < min(len(lines), rule + _MOST_ROWS):
        line = lines[number]
        if _RULE.fullmatch(text, *line) or _RULES.fullmatch(text, *line):
            number += 1
            break
        if not text[slice(*line)].strip():
            if not enclosed:
                break
            parted = True
        else:
            if parted or not enclosed:
                rows.append([[] for _ in columns])
            parted = False
            if not _add(text, line, columns, rows[-1]):
                return None
        number += 1
    return _finished(at, number, rows, headers) if len(rows) > 1 else None


def _add(text: str, line: Span, columns: Sequence[tuple[int, int]], row: list[list[Span]]) -> bool:
    """Add a line's pieces to the cells of a row; whether each found a column of its own."""
    content = text[slice(*line)]
    chunks = list(_CHUNK.finditer(content))
    places = _width_table(content)
    if len(chunks) == len(columns):
        for place, chunk in enumerate(chunks):
            row[place].append(Span(line.start + chunk.start(), line.start + chunk.end()))
        return True
    taken = -1
    for chunk in chunks:
        begin, end = places[chunk.start()], places[chunk.end()]
        place = max(range(len(columns)), key=lambda n: min(end, columns[n][1]) - max(begin, columns[n][0]))
        if place <= taken or min(end, columns[place][1]) <= max(begin, columns[place][0]) - 2:
            return False
        taken = place
        row[place].append(Span(line.start + chunk.start(), line.start + chunk.end()))
    return True


# --- Widths ---------------------------------------------------------------------------------------------------------------


def _finished(begin: int, end: int, rows: Sequence[Sequence[Sequence[Span]]], headers: int) -> DrawnTable:
    return DrawnTable(begin, end, tuple(tuple(tuple(cell) for cell in row) for row in rows), headers)


def _width_table(content: str) -> list[int]:
    """For every character, and the end, the place at which it is set."""
    places = [0]
    for character in content:
        places.append(places[-1] + (2 if is_wide(character) and character not in "“”‘’" else 1))
    return places


def _widths(text: str, line: Span) -> list[int]:
    return _width_table(text[slice(*line)])


def _width_before(text: str, line: Span, offset: int) -> int:
    return _widths(text, line)[offset]


def _offsets(text: str, line: Span, marks: str) -> list[int]:
    """Where marks of a frame stand; one behind a backslash is text."""
    content = text[slice(*line)]
    return [
        line.start + at
        for at, character in enumerate(content)
        if character in marks and (character == "|" or at in (0, len(content) - 1)) and content[at - 1 : at] != "\\"
    ]


def _places(text: str, line: Span, mark: str) -> list[int]:
    widths = _widths(text, line)
    return [widths[at] for at, character in enumerate(text[slice(*line)]) if character == mark]
