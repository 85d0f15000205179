"""Every text of a report that a reader sees, whatever holds it, and what in it is language."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress, groupby
from typing import Protocol, TypeVar, overload

from govlint_dictionaries import Hit
from msgspec import Struct
from msgspec.structs import replace

from govlint import Document, Near, SearchableTexts, Span, Table, Text, fact, passages

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


class Finder(Protocol[T]):
    """What finds entries of a dictionary in a text."""

    def find(self, text: str) -> list[Hit[T]]:
        """The entries with their places, in the order of the text."""


class Texts(Sequence[Place]):
    """Texts in the order of the source, searched all at once: a report has a thousand, most rules concern a few.

    Each is searched alone as far as what is found goes; see :class:`govlint.SearchableTexts` for patterns and ``near``.
    """

    def __init__(
        self, places: Sequence[Place | Text], searched: Sequence[str], words: Mapping[int, str] | None = None
    ) -> None:
        """``searched``: what of each text is, all its characters or its words.

        A cell may be its text alone: most are never asked for. ``words`` are those that are not what is searched, by
        the place of their text in the order.
        """
        self._places = places
        self._searched = searched
        self._words = words or {}
        self._searchable = SearchableTexts(searched)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Place: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Place]: ...

    def __getitem__(self, index: int | slice) -> Place | Sequence[Place]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        place = self._places[index]
        return place if isinstance(place, Place) else Place(place, "cell", place.text, place.text, passage=False)

    def with_words(self, words: Mapping[int, str]) -> Texts:
        """The same, some with other words than before, by their place in the order."""
        if not words:
            return self
        places = list(self._places)
        for index, others in words.items():
            places[index] = replace(self[index], words=others)
        return Texts(places, self._searched, {**self._words, **words})

    def by_words(self) -> Texts:
        """The same, searched by their words."""
        if not self._words:
            return self
        searched = list(self._searched)
        for index, words in self._words.items():
            searched[index] = words
        return Texts(self._places, searched)

    def without(self, indices: Iterable[int]) -> Texts:
        """All but those at some places in the order."""
        kept = [True] * len(self)
        for index in indices:
            kept[index] = False
        return Texts(list(compress(self._places, kept)), list(compress(self._searched, kept)))

    def matches(self, pattern: str, near: Near | None = None) -> Iterator[tuple[Place, re.Match[str]]]:
        """All matches of a pattern, in order."""
        found = self._searchable.matches(pattern, near)
        for index in self._where(found):
            for match in found[self._searched[index]]:
                yield self[index], match

    def having(self, pattern: str, near: Near | None = None) -> list[Place]:
        """The texts in which a pattern matches."""
        return [self[index] for index in self.where(pattern, near)]

    def where(self, pattern: str, near: Near | None = None) -> list[int]:
        """The places of these texts in the order."""
        return list(self._where(self._searchable.matches(pattern, near)))

    def read(self, read: Callable[[str], T | None], near: Near) -> Iterator[tuple[Place, T]]:
        """What a function makes of the texts in which ``near`` matches, in order; nothing is left out."""
        return ((self[index], result) for index, result in self.read_at(read, near))

    def read_at(self, read: Callable[[str], T | None], near: Near) -> Iterator[tuple[int, T]]:
        """The same, with the places of the texts in their order."""
        found = self._searchable.read(read, near)
        for index in self._where(found):
            yield index, found[self._searched[index]]

    def _where(self, found: Container[str]) -> Iterable[int]:
        return compress(range(len(self._searched)), map(found.__contains__, self._searched)) if found else ()

    def entries(self, finder: Finder[T]) -> Iterator[tuple[T, Place, int, int]]:
        """The entries of a dictionary that occur in the texts, in their order, each with its place, begin and end."""
        found = self._searchable.entries(finder.find)
        for index in self._where(found):
            for entry, begin, end in found[self._searched[index]]:
                yield entry, self[index], begin, end


@fact
def passage_places(document: Document) -> Texts:
    """All passages, in order; empty ones are left out."""
    found = [
        Place(passage.text, passage.role, raw, raw, frozenset([joint.at for joint in passage.joints]))
        for passage in passages(document)
        if (raw := passage.text.text)
    ]
    return _without_addresses(Texts(found, [place.raw for place in found]))


@fact
def places(document: Document) -> Texts:
    """All passages and all cells that are not passages, in order; empty ones are left out."""
    of_passages = zip(
        (passage for passage in passages(document) if passage.text.text), passage_places(document), strict=True
    )
    by_block = {
        block: [place for _, place in those]
        for block, those in groupby(of_passages, key=lambda each: each[0].blocks[0])
    }
    found: list[Place | Text] = []
    raws: list[str] = []
    for index, block in enumerate(document.blocks):
        those = by_block.get(index, [])
        if isinstance(block, Table):
            texts = [cell.text for row in block.rows for cell in row if cell.text.text]
            raws += [text.text for text in texts]
            of_cells = {id(place.text): place for place in those}
            found += [of_cells.get(id(text), text) for text in texts] if of_cells else texts
        else:
            raws += [place.raw for place in those]
            found += those
    return _without_addresses(Texts(found, raws))


def _without_addresses(texts: Texts) -> Texts:
    """The texts with words without addresses."""
    return texts.with_words(dict(texts.read_at(_blanked, _MARKS_OF_ADDRESSES)))


def _blanked(text: str) -> str | None:
    words = language(text)
    return words if words != text else None


PROSE = ("prose", "heading", "note", "caption")
"""Roles of texts that are language outside tables."""


@fact
def _prose(document: Document) -> Texts:
    found = [place for place in passage_places(document) if place.role in PROSE]
    return Texts(found, [place.words for place in found])


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
_MARKS_OF_ADDRESSES = r"@|\.[A-Za-z]|[A-Za-z]\.|://"


def is_chinese(character: str) -> bool:
    """Whether it is a Chinese character other than 〇; a pattern with their range takes long to compile."""
    return "㐀" <= character <= "鿿"


def has_chinese(text: str) -> bool:
    """Whether a Chinese character stands in a text."""
    return any(map(is_chinese, text)) or "〇" in text


@lru_cache(maxsize=16)  # a rule asks at each place of a long text in turn
def language(text: str) -> str:
    """The text with addresses of the web, of mail and of files blanked: the same length, white space in their place."""
    if not re.search(_MARKS_OF_ADDRESSES, text):
        return text
    return re.sub(_NO_LANGUAGE, lambda match: " " * len(match[0]), text)
