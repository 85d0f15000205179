"""Running text for the rules on marks: what of it is language, and where a converter has joined it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govlint import Document, Passage, Span, Text, fact, passages
from govlint_text._texts import language, places

HAN = "㐀-鿿〇"
"""Chinese characters, for a class in a pattern."""

_FORMULA = re.compile(r"[行栏列]\s*(?:各\s*[行栏列]\s*)?[=＝≥≤]|[=＝]\s*[（(]?\s*\d{1,3}\s*[+＋]")
_RELATION = re.compile(r"[=＝≥≤]")
_BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"


class Running(NamedTuple):
    """A text and the same characters with blanks for what is no language: addresses, code."""

    text: Text
    role: str
    words: str
    joints: frozenset[int] = frozenset()

    def span(self, begin: int, end: int) -> Span:
        """The source of a part."""
        return self.text.span(begin, end)

    def joined(self, begin: int, end: int) -> bool:
        """Whether a part lies over two blocks."""
        return any(begin < at < end for at in self.joints)


@fact
def running(document: Document) -> tuple[Running, ...]:
    """The passages in which marks are marks of sentences, without contents and notes that are formulas."""
    return tuple(_running(document))


@fact
def all_running(document: Document) -> tuple[Running, ...]:
    """All passages and table cells but for formulas, in order."""
    return tuple(
        Running(place.text, place.role, _words(document, place.text), place.joints)
        for place in places(document)
        if not _is_formula(place.raw)
    )


def _running(document: Document) -> Iterator[Running]:
    for passage in passages(document):
        if passage.text and passage.role not in ("contents", "other") and not is_formula(passage):
            yield Running(
                passage.text,
                passage.role,
                _words(document, passage.text),
                frozenset(joint.at for joint in passage.joints),
            )


def is_formula(passage: Passage) -> bool:
    """Whether a passage states formulas (``27行=（1+2）行``)."""
    return passage.role in ("note", "cell") and _is_formula(passage.text.text)


def _is_formula(text: str) -> bool:
    return _RELATION.search(text) is not None and _FORMULA.search(text) is not None


@fact
def _has_code(document: Document) -> bool:
    return document.format == "markdown" and "`" in document.source.text


def _words(document: Document, text: Text) -> str:
    words = language(text.text).replace("\t", " ")
    source = document.source.text
    if not _has_code(document) or "`" not in source[slice(*text.whole)]:
        return words
    for piece in text.pieces:
        if source[piece.start - 1 : piece.start] == "`" == source[piece.stop : piece.stop + 1]:
            words = words[: piece.begin] + _BLANK * (piece.end - piece.begin) + words[piece.end :]
    return words
