"""Numbered headings and items as series: where the count skips, repeats or turns back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from msgspec import Struct

from govlint import Document, Table, Text, fact, passages, plain, read_ordinal
from govlint_structure._headings import RANKS, Placed, number_span, placed_headings

_CHINESE_DIGITS = "零一二三四五六七八九"


def chinese(value: int) -> str:
    """A number from 1 to 99 in Chinese characters."""
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_CHINESE_DIGITS[tens]}十") + (
        _CHINESE_DIGITS[ones] if ones or not tens else ""
    )


def written(kind: str, value: int) -> str:
    """An ordinal of a kind as it is commonly written."""
    match kind:
        case "part":
            return f"第{chinese(value)}部分"
        case "annex":
            return f"附件{value}"
        case "table":
            return f"表{value}"
        case "chinese":
            return f"{chinese(value)}、"
        case "chinese-brackets":
            return f"（{chinese(value)}）"
        case "arabic-brackets":
            return f"（{value}）"
        case "circled":
            return chr(ord("①") + value - 1)
        case _:
            return f"{value}."


class Numbered(Struct, frozen=True):
    """A numbered line: its number, kind and value; ``heading`` is its index among the headings, -1 for an item."""

    number: Text
    kind: str
    value: int
    block: int
    heading: int = -1


class Break(Struct, frozen=True):
    """A place where a series does not count on: ``at`` follows ``before`` and should have the value ``expected``.

    ``skip``: values are left out, ``repeat``: the same value again, ``misnumbered``: the lines round it count on
    without it, ``back``: a smaller value, ``start``: the first has no 1.
    """

    way: Literal["skip", "repeat", "misnumbered", "back", "start"]
    at: Numbered
    before: Numbered | None
    expected: int


@fact
def breaks(document: Document) -> tuple[Break, ...]:
    """The breaks in all series of headings and of items, in the document's order."""
    headings = placed_headings(document)
    words = _Words(document)
    found: list[Break] = []
    for series in _heading_series(headings):
        found.extend(_breaks(series, words, headings))
    for series in _item_series(document):
        found.extend(_breaks(series, words, headings))
    return tuple(sorted(found, key=lambda each: each.at.number.whole))


def _heading_series(headings: tuple[Placed, ...]) -> Iterator[list[Numbered]]:
    """The headings of one kind under one heading."""
    order = sorted(
        (place.parent, place.heading.kind, index)
        for index, place in enumerate(headings)
        if place.heading.value is not None
        and place.heading.kind in RANKS
        and place.heading.kind not in ("annex", "table")
    )
    for _, group in groupby(order, key=lambda key: key[:2]):
        yield [
            Numbered(number_span(heading), heading.kind, heading.value or 0, heading.block, index)
            for _, _, index in group
            for heading in [headings[index].heading]
        ]


def _item_series(document: Document) -> Iterator[list[Numbered]]:
    """Paragraphs that begin with a number, by kind, as they are nested between two headings."""
    open_series: list[list[Numbered]] = []
    section: object = None
    for passage in passages(document):
        innermost = passage.sections[-1] if passage.sections else None
        if innermost is not section or passage.role not in ("prose", "note"):
            yield from open_series
            open_series, section = [], innermost
        if passage.role != "prose":
            continue
        ordinal = read_ordinal(passage.text.text)
        if ordinal.value is None or ordinal.kind in ("none", "part", "annex", "table", "chinese"):
            continue
        begin = passage.text.text.find(ordinal.written)
        number = passage.text.slice(begin, begin + len(ordinal.written))
        item = Numbered(number, ordinal.kind, ordinal.value, passage.blocks[0])
        level = next((at for at, series in enumerate(open_series) if series[0].kind == item.kind), None)
        if level is not None:
            yield from open_series[level + 1 :]
            del open_series[level + 1 :]
            if item.value != 1:
                open_series[level].append(item)
                continue
            yield open_series.pop()
        if item.value == 1:
            open_series.append([item])
    yield from open_series


class _Words:
    """The text between two blocks, to look for a number that stands somewhere else than at a line's start."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def have(self, kind: str, value: int, first: int, last: int) -> bool:
        """Whether a number of the kind and value is written in the blocks from ``first`` to ``last``.

        Of tables only rows count that are one cell: the others have series of their own.
        """
        pattern = _pattern(kind, value)
        return any(
            pattern.search(text.text) is not None
            for block in self._document.blocks[first : last + 1]
            for text in (_lone_cells(block) if isinstance(block, Table) else (block.text,))
        )


def _lone_cells(table: Table) -> Iterator[Text]:
    for row in table.rows:
        filled = [cell.text for cell in row if cell.text]
        if len(filled) == 1:
            yield filled[0]


def _pattern(kind: str, value: int) -> re.Pattern[str]:
    match kind:
        case "part":
            return re.compile(rf"第\s*(?:{chinese(value)}|{value})\s*(?:部\s*分|章|篇)")
        case "chinese":
            return re.compile(rf"(?<![一二三四五六七八九十]){chinese(value)}\s*[、．.]")
        case "chinese-brackets":
            return re.compile(rf"[（(]\s*{chinese(value)}\s*[）)]")
        case "arabic-brackets":
            return re.compile(rf"[（(]\s*{value}\s*[）)]")
        case "circled":
            return re.compile(written(kind, value))
        case "annex":
            return re.compile(rf"附\s*件\s*(?:{chinese(value)}|{value})(?!\d)")
        case _:
            return re.compile(rf"(?<![\d.]){value}\s*[、．.](?!\d)")


_LONGEST_GAP = 3


def _breaks(series: list[Numbered], words: _Words, headings: tuple[Placed, ...]) -> Iterator[Break]:
    for index, at in enumerate(series):
        before = series[index - 1] if index else None
        after = series[index + 1] if index + 1 < len(series) else None
        if before is None:
            if at.heading >= 0 and 2 <= at.value <= 3 and after is not None and after.value == at.value + 1:
                first = headings[headings[at.heading].parent].heading.block if headings[at.heading].parent >= 0 else 0
                if not _lost(at, None, headings) and not words.have(at.kind, 1, first, at.block):
                    yield Break("start", at, None, 1)
            continue
        expected = before.value + 1
        if at.value == expected:
            continue
        if after is not None and after.value == expected + 1:
            yield Break("repeat" if at.value == before.value else "misnumbered", at, before, expected)
            series[index] = Numbered(at.number, at.kind, expected, at.block, at.heading)
            continue
        if at.value == 1:
            if at.kind == "part":
                yield Break("back", at, before, expected)
        elif at.value == before.value:
            yield Break("repeat", at, before, expected)
        elif at.value < before.value:
            if at.heading >= 0 and not any(
                words.have(at.kind, value, before.block, at.block) for value in (1, expected)
            ):
                yield Break("back", at, before, expected)
        elif (
            at.value - expected < _LONGEST_GAP
            and not _lost(at, before, headings)
            and not any(words.have(at.kind, value, before.block, at.block) for value in range(expected, at.value))
        ):
            yield Break("skip", at, before, expected)


def _lost(at: Numbered, before: Numbered | None, headings: tuple[Placed, ...]) -> bool:
    """Whether a heading of the same level stands between two that has no number: a converter lost it."""
    if at.heading < 0:
        return False
    parent = headings[at.heading].parent
    begin = before.heading + 1 if before is not None else parent + 1
    return any(
        place.heading.kind == "none"
        and (
            (place.parent == parent and place.heading.role == "heading")
            or (at.kind == "part" and _PART_OF_TABLES.match(place.core) is not None)
        )
        for place in headings[begin : at.heading]
    )


_PART_OF_TABLES = re.compile(r"(?:部门|单位)?(?:决算|预算)(?:公开)?报?表$")


def plain_number(numbered: Numbered) -> str:
    """A number as a message shows it."""
    return plain(numbered.number.text)


def numbers_between(broken: Break) -> range:
    """The values that are left out before the number."""
    return range(broken.expected, broken.at.value) if broken.way in ("skip", "start") else range(0)
