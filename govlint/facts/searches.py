"""Searching all texts of a report for a pattern. What was found in a text is kept: an equal one is not searched again.

Reports of a region have headings, labels and whole paragraphs in common, and an editor has the same report checked
after each key: of a thousand texts hardly any is new. The new ones are searched together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import accumulate, filterfalse
from typing import Any, TypeVar

from msgspec import Struct

from govlint.document import Document
from govlint.facts.memo import fact
from govlint.facts.prose import Passage, passages

T = TypeVar("T")

_MOST = 200_000
"""Characters of texts that are kept, beyond those of the last document: about fifteen reports."""

_MOST_SEARCHES = 1_000
"""How many searches are kept; the rules that come with govlint make a hundred."""

Near = str | tuple[str, ...]
"""What is looked for first, in many texts together: a pattern, or words of which one is there."""


class SearchableTexts:
    """The different texts of a document, to be searched for patterns.

    The patterns and functions should be the same for all documents: each new one is tried on all texts that are kept.
    What is made for one document, such as a pattern of a body's name, had better be searched without this.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = dict.fromkeys(texts)
        self._kept = _kept_with(self._texts)

    def matches(self, pattern: str, near: Near | None = None) -> dict[str, Sequence[re.Match[str]]]:
        """All matches of a pattern, by text; a text without any is left out.

        ``near`` is for a pattern that takes long to compile or to search: another one, which matches a part of
        whatever the first does and perhaps more, or some words of which one stands in that. The first is tried only
        where the second is found, which is searched in texts with line breaks between them, where ``^`` and ``$``
        match. Without it the pattern itself is searched so before, and must not ask for the begin or end of a text.
        Fast are patterns that begin with a character or a class of them.
        """

        def reader() -> Callable[[str], Sequence[re.Match[str]]]:
            find = re.compile(pattern).finditer
            return lambda text: list(find(text))

        return self._found((pattern, near), lambda fresh: fresh.having(near or pattern), reader)

    def read(self, read: Callable[[str], T | None], near: Near) -> dict[str, T]:
        """What a function makes of the texts in which ``near`` is found (see :meth:`matches`); nothing is left out.

        The function must depend on the text alone; it is called once for each.
        """
        return self._found((read, near), lambda fresh: fresh.having(near), lambda: read)

    def entries(self, find: Callable[[str], Sequence[tuple[T, int, int]]]) -> dict[str, Sequence[tuple[T, int, int]]]:
        """The entries of a dictionary, each with begin and end, by text.

        ``find`` tells them of any text. It gets many texts together, and each as if sentences stood before and behind it.
        """

        def having(fresh: _Fresh) -> Iterable[str]:
            return dict.fromkeys(fresh.sentences.text_at(begin) for _, begin, _ in find(fresh.sentences.whole))

        def read(text: str) -> Sequence[tuple[T, int, int]]:
            shift = len(_BETWEEN_SENTENCES)
            hits = find(f"{_BETWEEN_SENTENCES}{text}{_BETWEEN_SENTENCES}")
            return [
                (entry, begin - shift, end - shift)
                for entry, begin, end in hits
                if shift <= begin <= end <= shift + len(text)
            ]

        return self._found(find, having, lambda: read)

    def _found(
        self, key: Hashable, having: Callable[[_Fresh], Iterable[str]], reader: Callable[[], Callable[[str], T | None]]
    ) -> dict[str, T]:
        found: Mapping[str, T] = self._kept.found(key, having, reader)
        return {text: found[text] for text in found.keys() & self._texts.keys()} if found else {}


_BETWEEN_SENTENCES = "。\n"


class _Joined:
    """Texts to be searched all at once."""

    def __init__(self, texts: Sequence[str], between: str) -> None:
        self.whole = between.join((*texts, ""))
        self._texts = texts
        self._starts = list(accumulate(map(len(between).__add__, map(len, texts)), initial=0))

    def text_at(self, at: int) -> str:
        """The text that a place of the whole lies in."""
        return self._texts[bisect_right(self._starts, at) - 1]

    def texts_with(self, find: Callable[[int], int]) -> Iterator[str]:
        """The texts that hold a place which a function finds at or behind another; it finds -1 where there is no more."""
        at = find(0)
        while 0 <= at < len(self.whole):
            index = bisect_right(self._starts, at)
            yield self._texts[index - 1]
            at = find(self._starts[index])


class _Fresh:
    """Texts that came together and are still to be searched for something."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._having: dict[Near, Iterable[str]] = {}

    @cached_property
    def lines(self) -> _Joined:
        """The texts with line breaks between them."""
        return _Joined(self.texts, "\n")

    @cached_property
    def sentences(self) -> _Joined:
        """The texts, each ending like a sentence."""
        return _Joined(self.texts, _BETWEEN_SENTENCES)

    def having(self, near: Near) -> Iterable[str]:
        """The texts in which it is found, or seems to be because of what stands around them here."""
        if near not in self._having:
            self._having[near] = dict.fromkeys(self._search(near))
        return self._having[near]

    def _search(self, near: Near) -> Iterator[str]:
        lines = self.lines
        if isinstance(near, tuple):
            for word in near:
                yield from lines.texts_with(partial(lines.whole.find, word))
        else:
            search = re.compile(near, re.MULTILINE).search
            yield from lines.texts_with(lambda at: match.start() if (match := search(lines.whole, at)) else -1)


class _Kept:
    """Texts in the order in which they came, and what was found in them."""

    def __init__(self) -> None:
        self.length = 0
        self._texts: list[str] = []
        self._known: set[str] = set()
        self._found: dict[Hashable, _Found] = {}
        self._fresh = _Fresh(())

    def add(self, texts: Iterable[str]) -> None:
        """Take up those of the texts that are new."""
        fresh = list(filterfalse(self._known.__contains__, texts))
        self._texts += fresh
        self._known.update(fresh)
        self.length += sum(map(len, fresh))

    def found(
        self, key: Hashable, having: Callable[[_Fresh], Iterable[str]], reader: Callable[[], Callable[[str], Any]]
    ) -> Mapping[str, Any]:
        """What is read in the texts, by text; only those are read that ``having`` names."""
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _MOST_SEARCHES:
                self._found.clear()
            found = self._found[key] = _Found(0, {})
        count = len(self._texts) - found.searched
        if count:
            if self._fresh.texts != self._texts[found.searched :]:
                self._fresh = _Fresh(self._texts[found.searched :])
            if near := having(self._fresh):
                read = reader()
                found.by_text.update((text, result) for text in near if (result := read(text)))
            found.searched += count
        return found.by_text


class _Found(Struct):
    """What was found of a kind, by text, in the first ``searched`` of the texts."""

    searched: int
    by_text: dict[str, Any]


_current = _Kept()


def _kept_with(texts: Iterable[str]) -> _Kept:
    """What is kept, with the texts among it; begun anew once it is too much."""
    global _current
    kept = _current
    if kept.length > _MOST:
        kept = _current = _Kept()
    kept.add(texts)
    return kept


@fact
def _searchable(document: Document) -> tuple[SearchableTexts, list[str]]:
    """The texts of the passages, to be searched, and in order."""
    texts = [passage.text.text for passage in passages(document)]
    return SearchableTexts(texts), texts


def passages_with(
    document: Document, pattern: str, near: Near | None = None
) -> list[tuple[int, Passage, Sequence[re.Match[str]]]]:
    """The passages in which a pattern matches, in order: index, passage, all matches. See :meth:`SearchableTexts.matches`."""
    searchable, texts = _searchable(document)
    return _in_order(document, texts, searchable.matches(pattern, near))


def passages_read(document: Document, read: Callable[[str], T | None], near: Near) -> list[tuple[int, Passage, T]]:
    """The passages of whose text a function makes something: index, passage, what. See :meth:`SearchableTexts.read`."""
    searchable, texts = _searchable(document)
    return _in_order(document, texts, searchable.read(read, near))


def _in_order(document: Document, texts: Sequence[str], found: Mapping[str, T]) -> list[tuple[int, Passage, T]]:
    if not found:
        return []
    everything = passages(document)
    return [(index, everything[index], found[text]) for index, text in enumerate(texts) if text in found]
