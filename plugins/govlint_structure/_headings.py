"""The headings of a report with their sections, and how their titles are compared."""

from __future__ import annotations

import re

from msgspec import Struct

from govlint import Document, HeadingLine, Section, Text, body, fact, layout, outline, plain, title_core

RANKS = {
    "part": 1,
    "annex": 2,
    "chinese": 3,
    "table": 4,
    "chinese-brackets": 5,
    "arabic": 6,
    "arabic-brackets": 7,
    "circled": 8,
}
"""The order of levels: 第X部分 over 一、 over （一） over 1. over （1） over ①."""

_IN_BRACKETS = re.compile(r"\([^()]*\)")


class Placed(Struct, frozen=True):
    """A heading or caption, its section, the index of the heading above it (-1: none), and its title for comparing."""

    heading: HeadingLine
    section: Section
    parent: int
    core: str


@fact
def placed_headings(document: Document) -> tuple[Placed, ...]:
    """All headings and captions in the document's order, each with its section and the heading above it."""
    found = layout(document)
    lines = sorted((*found.headings, *found.captions), key=lambda heading: (heading.block, heading.line.whole))
    above: list[tuple[Section, int]] = []
    _walk(outline(document), -1, above)
    return tuple(
        Placed(line, section, parent, core_of(document, line.title))
        for line, (section, parent) in zip(lines, above, strict=True)
    )


def _walk(sections: tuple[Section, ...], parent: int, found: list[tuple[Section, int]]) -> None:
    """Append the sections in the document's order, each with the index of the one that it stands in."""
    for section in sections:
        found.append((section, parent))
        _walk(section.children, len(found) - 1, found)


def core_of(document: Document, title: Text) -> str:
    """A title for comparing: without number, year, remarks in brackets, and the name of the body that reports."""
    own = body(document)
    words = plain(title.text)
    if own is not None:
        words = words.replace(plain(own.name), "") or words
    core = title_core(words)
    return _IN_BRACKETS.sub("", core) or core


def likeness(one: str, other: str) -> float:
    """How alike two titles are, from 0 to 1; one that holds the other is at least 0.75."""
    if min(len(one), len(other)) >= 4 and (one in other or other in one):
        return max(0.75, min(len(one), len(other)) / max(len(one), len(other)))
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def number_span(heading: HeadingLine) -> Text:
    """The number that a heading is written with, or all of it where it has none."""
    raw = heading.line.text
    begin = raw.find(heading.number) if heading.number else -1
    return heading.line if begin < 0 else heading.line.slice(begin, begin + len(heading.number))
