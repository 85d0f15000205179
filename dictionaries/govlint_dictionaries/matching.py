r"""Finding thousands of word patterns in a text in one pass.

A pattern is a literal, or a literal with conditions on what stands around it: an optional look-behind, the literal, then
whatever must or must not follow, as in ``(?<!体)操做(?!好)``. Whether any literal occurs at all is asked of the text's pairs
of neighbouring characters, a set operation whose cost does not grow with the list; conditions are compiled and tried
only at the places where their literal stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import add
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

T = TypeVar("T")

_SPECIAL = frozenset(r"\.^$*+?{}[]|()")
_LITERAL = re.compile(r"[^\\.^$*+?{}\[\]|()]+")
_LOOK_BEHIND = re.compile(r"(?:\(\?<[=!](?:[^()\[\]\\]|\[[^\]]*\]|\\.)*\))+")


class Hit(NamedTuple, Generic[T]):
    """An entry found at ``[start, end)`` of the text."""

    entry: T
    start: int
    end: int


def literal_of(pattern: str) -> str:
    """The literal that every match of the pattern begins with; empty if the pattern is not of the shape told above."""
    if _SPECIAL.isdisjoint(pattern):
        return pattern
    behind = _LOOK_BEHIND.match(pattern) if pattern[0] == "(" else None
    rest = pattern[behind.end() :] if behind else pattern
    literal = _LITERAL.match(rest)
    length = literal.end() if literal else 0
    if rest[length : length + 1] in ("*", "?", "{"):
        length -= 1
    return rest[:length] if "|" not in rest or "|" not in _outside_groups(rest) else ""


def _outside_groups(pattern: str) -> str:
    depth, kept = 0, []
    for letter in re.sub(r"\\.|\[\^?\]?[^\]]*\]", "", pattern):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            kept.append(letter)
    return "".join(kept)


class _Pattern(Struct, Generic[T], frozen=True, gc=False):
    order: int
    literal: str
    pattern: str
    exceptions: tuple[str, ...]
    entry: T


class Matcher(Generic[T]):
    """The patterns of many entries, tried on texts together. Entries that a text does not touch cost it nothing.

    Takes ``(pattern, exceptions, entry)``; exceptions are longer literals: what lies inside one of them is not found.
    """

    def __init__(self, patterns: Iterable[tuple[str, Iterable[str], T]]) -> None:
        self._by_start: dict[str, list[_Pattern[T]]] = {}
        for order, (pattern, exceptions, entry) in enumerate(patterns):
            literal = literal_of(pattern)
            if not literal:
                raise ValueError(f"no literal to look for in the pattern {pattern!r}")
            self._by_start.setdefault(literal[:2], []).append(
                _Pattern(order, literal, pattern, tuple(exceptions), entry)
            )
        self._single = {start for start in self._by_start if len(start) == 1}
        self._compiled: dict[str, re.Pattern[str]] = {}

    def find(self, text: str) -> list[Hit[T]]:
        """The hits in the order of the text, none inside or across another: the one that begins first, then the longest."""
        if not self._by_start:
            return []
        neighbours = _neighbours(text)
        starts = self._by_start.keys() & neighbours
        starts |= {start for start in self._single if start in text}
        found = [
            (at, -end, pattern.order, pattern.entry)
            for start in starts
            for pattern in self._by_start[start]
            if pattern.literal[-2:] in neighbours or len(pattern.literal) == 1
            for at, end in self._places(pattern, text)
        ]
        hits: list[Hit[T]] = []
        for at, end, _, entry in sorted(found, key=lambda one: one[:3]):
            if not hits or at >= hits[-1].end:
                hits.append(Hit(entry, at, -end))
        return hits

    def _places(self, pattern: _Pattern[T], text: str) -> Iterator[tuple[int, int]]:
        at = text.find(pattern.literal)
        while at >= 0:
            end = (
                at + len(pattern.literal)
                if pattern.literal == pattern.pattern
                else self._end(pattern.pattern, text, at)
            )
            if end > at and not any(_inside(exception, pattern.literal, text, at) for exception in pattern.exceptions):
                yield at, end
            at = text.find(pattern.literal, at + 1)

    def _end(self, pattern: str, text: str, at: int) -> int:
        compiled = self._compiled.get(pattern)
        if compiled is None:
            compiled = self._compiled[pattern] = re.compile(pattern)
        match = compiled.match(text, at)
        return match.end() if match else -1


@lru_cache(maxsize=2)
def _neighbours(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text, which several lists are tried on one after another."""
    return frozenset(map(add, text, text[1:]))


def _inside(longer: str, literal: str, text: str, at: int) -> bool:
    """Whether the literal found at ``at`` is part of the longer word there."""
    offset = longer.find(literal)
    while offset >= 0:
        if at >= offset and text.startswith(longer, at - offset):
            return True
        offset = longer.find(literal, offset + 1)
    return False
