"""Every text of a report that a reader sees, whatever holds it, and what in it is language."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import compress
from typing import Protocol, TypeVar, overload

from govlint_dictionaries import Hit
from msgspec import Struct
from msgspec.structs import replace

from govlint import Document, SearchableTexts, Span, Table, Text, fact, passages

T = TypeVar("T")
Near = str | tuple[str, ...]
"""A pattern, or words of which one is there: see :class:`govlint.SearchableTexts`."""


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


class Finder(Protocol[T]):
    """What finds entries of a dictionary in a text."""

    def find(self, text: str) -> list[Hit[T]]:
        """The entries with their places, in the order of the text."""


class Texts(Sequence[Place]):
    """Texts in the order of the source, searched all at once: a report has a thousand, most rules concern a few.

    Each is searched alone as far as what is found goes; see :class:`govlint.SearchableTexts` for patterns and ``near``.
    """

    def __init__(self, texts: Iterable[Place], *, words: bool = False) -> None:
        """``words``: search the words of each text, not all its characters."""
        self._texts = tuple(texts)
        self._searched = [place.words if words else place.raw for place in self._texts]
        self._searchable = SearchableTexts(self._searched)

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

    def matches(self, pattern: str, near: Near | None = None) -> Iterator[tuple[Place, re.Match[str]]]:
        """All matches of a pattern, in order."""
        found = self._searchable.matches(pattern, near)
        for index in self._where(found):
            for match in found[self._searched[index]]:
                yield self._texts[index], match

    def having(self, pattern: str, near: Near | None = None) -> list[Place]:
        """The texts in which a pattern matches."""
        return [self._texts[index] for index in self._where(self._searchable.matches(pattern, near))]

    def read(self, read: Callable[[str], T | None], near: Near) -> Iterator[tuple[Place, T]]:
        """What a function makes of the texts in which ``near`` matches, in order; nothing is left out."""
        return ((self._texts[index], result) for index, result in self.read_at(read, near))

    def read_at(self, read: Callable[[str], T | None], near: Near) -> Iterator[tuple[int, T]]:
        """The same, with the places of the texts in their order."""
        found = self._searchable.read(read, near)
        for index in self._where(found):
            yield index, found[self._searched[index]]

    def _where(self, found: Container[str]) -> Iterable[int]:
        return compress(range(len(self._texts)), map(found.__contains__, self._searched)) if found else ()

    def entries(self, finder: Finder[T]) -> Iterator[tuple[T, Place, int, int]]:
        """The entries of a dictionary that occur in the texts, in their order, each with its place, begin and end."""
        found = self._searchable.entries(finder.find)
        for index in self._where(found):
            for entry, begin, end in found[self._searched[index]]:
                yield entry, self._texts[index], begin, end


@fact
def places(document: Document) -> Texts:
    """All passages and all cells that are not passages, in the order of the source; empty ones are left out."""
    found = Texts(_places(document))
    blanked = {id(place): words for place in found.having("[A-Za-z@]") if (words := language(place.raw)) != place.raw}
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
def language_of_places(document: Document) -> Texts:
    """The same places, to be searched without addresses."""
    found = places(document)
    return found if all(place.words is place.raw for place in found) else Texts(found, words=True)


PROSE = ("prose", "heading", "note", "caption")
"""Roles of texts that are language outside tables."""


@fact
def _prose(document: Document) -> Texts:
    return Texts([place for place in places(document) if place.role in PROSE], words=True)


def search(
    document: Document, pattern: str, roles: Container[str], near: Near | None = None
) -> Iterator[tuple[Place, re.Match[str]]]:
    """The matches of a pattern in the texts of some roles of ``PROSE``, without addresses, none over two blocks."""
    for place, match in _prose(document).matches(pattern, near):
        if place.role in roles and not place.joined(*match.span()):
            yield place, match


_NO_LANGUAGE = r"""(?ix)
      https?://(?:[A-Za-z0-9._~:/?\#@!$&'*+=%;,-]|\([A-Za-z0-9._~:/?\#@!$&'*+=%;,-]*\))+
      | (?<![A-Za-z0-9])www\.[A-Za-z0-9._~:/?\#@!$&'*+=%;-]+
      | [A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]+
      | (?<![A-Za-z0-9])[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,40}){0,4}\.(?:gov|com|cn|org|net|edu)(?:\.cn)?(?:/[A-Za-z0-9._~/?=&%-]*)?(?![A-Za-z0-9])
      | [A-Za-z0-9_-]{1,60}\.(?:pdf|docx?|xlsx?|pptx?|html?|png|jpe?g|zip|rar|txt|csv)(?![A-Za-z0-9])
"""
_MARKS_OF_ADDRESSES = re.compile(r"@|\.[A-Za-z]|[A-Za-z]\.|://")


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
