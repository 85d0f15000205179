"""Every text of a report that a reader sees, whatever holds it, and what in it is language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, Protocol, TypeVar, overload

from govlint_dictionaries import Hit
from msgspec import Struct
from msgspec.structs import replace

from govlint import Document, Span, Table, Text, fact, passages

T = TypeVar("T")


class Place(Struct, frozen=True, gc=False):
    """A text with what it is for: the role of its passage, or ``cell`` for a table cell.

    ``raw`` are its characters, ``words`` as many of them with blanks for what is no language. ``joints`` are where
    blocks meet in it. ``passage`` tells a passage from a cell without sentences.
    """

    text: Text
    role: str
    raw: str
    words: str
    joints: frozenset[int] = frozenset()
    passage: bool = True

    def span(self, begin: int, end: int) -> Span:
        """The source of a part."""
        return self.text.span(begin, end)

    def joined(self, begin: int, end: int) -> bool:
        """Whether a part lies over two blocks."""
        return any(begin < at < end for at in self.joints)


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


class Texts(Sequence[Place]):
    """Texts in the order of the source, searched all at once: a report has a thousand, most rules concern a few."""

    def __init__(self, texts: Iterable[Place], *, words: bool = False, between: str = "\n") -> None:
        """``words``: search the words of each text, not all its characters. ``between`` stands between two texts."""
        self._texts = tuple(texts)
        parts = [place.words if words else place.raw for place in self._texts]
        self.joined = between.join(parts)
        self._starts = list(accumulate(map(len(between).__add__, map(len, parts)), initial=0))

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, index: int) -> Place: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Place, ...]: ...

    def __getitem__(self, index: int | slice) -> Place | tuple[Place, ...]:
        return self._texts[index]

    def __iter__(self) -> Iterator[Place]:
        return iter(self._texts)

    def having(self, signs: Iterable[str]) -> list[Place]:
        """The texts in which one of some characters or words stands."""
        return [self._texts[index] for index in self.indices(signs)]

    def indices(self, signs: Iterable[str]) -> list[int]:
        """The places of those texts in the order."""
        found: set[int] = set()
        for sign in signs:
            at = self.joined.find(sign)
            while at >= 0:
                index = self._index(at)
                found.add(index)
                at = self.joined.find(sign, self._starts[index + 1])
        return sorted(found)

    def matching(self, pattern: re.Pattern[str]) -> list[Place]:
        """The texts in which a pattern matches that does not ask for the begin or end of a text; perhaps one more.

        Fast are patterns that begin with a character or a class of characters.
        """
        found: list[Place] = []
        match = pattern.search(self.joined)
        while match:
            index = self._index(match.start())
            found.append(self._texts[index])
            match = pattern.search(self.joined, self._starts[index + 1])
        return found

    def entries(self, finder: Finder[T]) -> Iterator[tuple[T, Occurrence]]:
        """The entries of a dictionary that occur in the texts, in their order."""
        for hit in finder.find(self.joined):
            if occurrence := self.occurrence(hit.start, hit.end):
                yield hit.entry, occurrence

    def occurrences(self, pattern: re.Pattern[str], group: int = 0) -> Iterator[Occurrence]:
        """Where a group of a pattern matches in one of the texts, in their order."""
        for match in pattern.finditer(self.joined):
            if occurrence := self.occurrence(*match.span(group)):
                yield occurrence

    def occurrence(self, start: int, stop: int) -> Occurrence | None:
        """A part of ``joined`` as a part of one text; ``None`` where it lies over two."""
        index = self._index(start)
        begin, end = start - self._starts[index], stop - self._starts[index]
        return Occurrence(self._texts[index], begin, end) if end <= len(self._texts[index].raw) else None

    def _index(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1


@fact
def places(document: Document) -> Texts:
    """All passages and all cells that are not passages, in the order of the source; empty ones are left out."""
    found = Texts(_places(document))
    blanked = {
        id(place): words for place in found.matching(_OF_ADDRESSES) if (words := language(place.raw)) != place.raw
    }
    if not blanked:
        return found
    return Texts(replace(place, words=blanked[id(place)]) if id(place) in blanked else place for place in found)


def _places(document: Document) -> list[Place]:
    found = [
        Place(text, passage.role, text.text, text.text, frozenset([joint.at for joint in passage.joints]))
        for passage in passages(document)
        if (text := passage.text).text
    ]
    starts = [place.text.start for place in found]
    seen = frozenset(starts)
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    text = cell.text
                    if text.text and (start := text.start) not in seen:
                        found.append(Place(text, "cell", text.text, text.text, passage=False))
                        starts.append(start)
    return [found[index] for index in sorted(range(len(found)), key=starts.__getitem__)]


@fact
def lettered(document: Document) -> tuple[Place, ...]:
    """The texts with Latin letters and Chinese characters."""
    return tuple(place for place in places(document).matching(_LETTER) if has_chinese(place.raw))


@fact
def chinese(document: Document) -> Texts:
    """The texts that are not all ASCII; for a pattern that searches them together each ends like a sentence."""
    return Texts([place for place in places(document) if not place.raw.isascii()], between="。\n")


PROSE = ("prose", "heading", "note", "caption")
"""Roles of texts that are language outside tables."""


@fact
def prose(document: Document) -> Texts:
    """The texts that are language outside tables."""
    return Texts([place for place in places(document) if place.role in PROSE])


def search(
    document: Document, pattern: str | re.Pattern[str], roles: Container[str], near: re.Pattern[str] | None = None
) -> Iterator[tuple[Place, re.Match[str]]]:
    """The matches of a pattern in the texts of some roles of ``PROSE``, without addresses.

    ``near`` matches a part of whatever the pattern does, and more: a simple pattern for one that takes long to compile
    or to search, which is compiled and tried only where the simple one matches.
    """
    for place in prose(document).matching(near or re.compile(pattern)):
        if place.role in roles:
            for match in re.finditer(pattern, place.words):
                if not place.joined(*match.span()):
                    yield place, match


_NO_LANGUAGE = r"""(?ix)
      https?://(?:[A-Za-z0-9._~:/?\#@!$&'*+=%;,-]|\([A-Za-z0-9._~:/?\#@!$&'*+=%;,-]*\))+
      | (?<![A-Za-z0-9])www\.[A-Za-z0-9._~:/?\#@!$&'*+=%;-]+
      | [A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]+
      | (?<![A-Za-z0-9])[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,40}){0,4}\.(?:gov|com|cn|org|net|edu)(?:\.cn)?(?:/[A-Za-z0-9._~/?=&%-]*)?(?![A-Za-z0-9])
      | [A-Za-z0-9_-]{1,60}\.(?:pdf|docx?|xlsx?|pptx?|html?|png|jpe?g|zip|rar|txt|csv)(?![A-Za-z0-9])
"""
_MARKS_OF_ADDRESSES = re.compile(r"@|\.[A-Za-z]|[A-Za-z]\.|://")
_OF_ADDRESSES = re.compile(r"[A-Za-z@]")
_LETTER = re.compile(r"[A-Za-z]")


def is_chinese(character: str) -> bool:
    """Whether it is a Chinese character other than 〇; a pattern with their range takes long to compile."""
    return "㐀" <= character <= "鿿"


def has_chinese(text: str) -> bool:
    """Whether a Chinese character stands in a text."""
    return any(map(is_chinese, text)) or "〇" in text


@lru_cache(maxsize=16)  # a rule asks at each place of a long text in turn
def language(text: str) -> str:
    """The text with addresses of the web, of mail and of files blanked: the same length, white space in their place."""
    if not _MARKS_OF_ADDRESSES.search(text):
        return text
    return re.sub(_NO_LANGUAGE, lambda match: " " * len(match[0]), text)
