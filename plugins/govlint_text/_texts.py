"""Every text of a report that a reader sees, whatever holds it, and what in it is language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple, Protocol, TypeVar

from govlint_dictionaries import Hit

from govlint import Document, Span, Table, Text, fact, passages

T = TypeVar("T")


class Place(NamedTuple):
    """A text with what it is for: the role of its passage, or ``cell`` for a table cell; ``joints`` are where blocks meet in it."""

    text: Text
    role: str
    joints: frozenset[int] = frozenset()

    @property
    def raw(self) -> str:
        """The characters alone."""
        return self.text.text


@fact
def places(document: Document) -> tuple[Place, ...]:
    """All passages and all cells that are not passages, in the order of the source; empty ones are left out."""
    return tuple(sorted(_places(document), key=lambda place: place.text.whole.start))


def _places(document: Document) -> Iterator[Place]:
    seen: set[int] = set()
    for passage in passages(document):
        if passage.text:
            seen.add(passage.text.whole.start)
            yield Place(passage.text, passage.role, frozenset(joint.at for joint in passage.joints))
    for block in document.blocks:
        if isinstance(block, Table):
            for cell in block.cells():
                if cell.text and cell.text.whole.start not in seen:
                    yield Place(cell.text, "cell")


class _Joined(NamedTuple):
    raw: str
    starts: list[int]


_BETWEEN = "。\n"
"""Stands between two texts that are searched together: for a pattern each of them ends like a sentence."""


@fact
def _joined(document: Document) -> _Joined:
    starts, at = [], 0
    for place in places(document):
        starts.append(at)
        at += len(place.raw) + len(_BETWEEN)
    return _Joined(_BETWEEN.join(place.raw for place in places(document)), starts)


def occurs(document: Document, words: str) -> bool:
    """Whether words stand anywhere in the texts of a document."""
    return words in _joined(document).raw


def may_match(document: Document, pattern: re.Pattern[str]) -> bool:
    """Whether a pattern matches in any text: one search that spares a rule the look at each of a thousand cells."""
    return pattern.search(_joined(document).raw) is not None


class Occurrence(NamedTuple):
    """Where something was found: ``place.raw[begin:end]``."""

    place: Place
    begin: int
    end: int

    @property
    def written(self) -> str:
        """What stands there."""
        return self.place.raw[self.begin : self.end]

    @property
    def span(self) -> Span:
        """Its place in the source."""
        return self.place.text.span(self.begin, self.end)


class Finder(Protocol[T]):
    """What finds entries of a dictionary in a text."""

    def find(self, text: str) -> list[Hit[T]]:
        """The entries with their places, in the order of the text."""


def find_all(document: Document, finder: Finder[T]) -> Iterator[tuple[T, Occurrence]]:
    """The entries of a dictionary that occur in the document, in its order; all texts are searched in one pass."""
    for hit in finder.find(_joined(document).raw):
        if occurrence := _occurrence(document, hit.start, hit.end):
            yield hit.entry, occurrence


def find_pattern(document: Document, pattern: re.Pattern[str], group: int = 0) -> Iterator[Occurrence]:
    """Where a group of a pattern matches, in the document's order; all texts are searched in one pass."""
    for match in pattern.finditer(_joined(document).raw):
        if occurrence := _occurrence(document, *match.span(group)):
            yield occurrence


def _occurrence(document: Document, start: int, stop: int) -> Occurrence | None:
    """A part of the joined texts as part of one text; ``None`` where it lies over two."""
    starts = _joined(document).starts
    index = bisect_right(starts, start) - 1
    place, begin, end = places(document)[index], start - starts[index], stop - starts[index]
    return Occurrence(place, begin, end) if end <= len(place.raw) else None


_NO_LANGUAGE = re.compile(
    r"""https?://[A-Za-z0-9._~:/?\#@!$&'*+=%;,()-]+
      | (?<![A-Za-z0-9])www\.[A-Za-z0-9._~:/?\#@!$&'*+=%;-]+
      | [A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]+
      | (?<![A-Za-z0-9])[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,40}){0,4}\.(?:gov|com|cn|org|net|edu)(?:\.cn)?(?:/[A-Za-z0-9._~/?=&%-]*)?(?![A-Za-z0-9])
      | [A-Za-z0-9_-]{1,60}\.(?:pdf|docx?|xlsx?|pptx?|html?|png|jpe?g|zip|rar|txt|csv)(?![A-Za-z0-9])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKS_OF_ADDRESSES = re.compile(r"@|\.[A-Za-z]|[A-Za-z]\.|://")


def language(text: str) -> str:
    """The text with addresses of the web, of mail and of files blanked: the same length, white space in their place."""
    if not _MARKS_OF_ADDRESSES.search(text):
        return text
    return _NO_LANGUAGE.sub(lambda match: " " * len(match[0]), text)
