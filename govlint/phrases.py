"""Phrases that data files describe text with: plain words, with gaps and numbers.

``…`` is a gap inside a sentence, ``~`` a gap without comma or colon, ``#`` a number (or the place of one in a form to
be filled in: ``XX``, ``{填写}``), ``0`` a number that is zero,
``{none}`` any way to say that there is nothing (无, 没有, 未发生 …). A phrase that begins with ``^`` or ends with ``$``
stands at the start or end of what is searched; words behind ``!`` must not stand in it. Text is prepared by :func:`prepare`. No regular expression is compiled:
forms have hundreds of phrases, and a run needs most of them once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

NONE = ("无", "没有", "未安排", "未发生", "未产生", "不涉及", "不存在", "未使用", "未列支", "未购置", "未组织")
"""How reports say that there is none of something."""

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|[XxＸ×*]{2,}|\{[^{}]*\}|_{2,}")
_MARKS = re.compile(r"[“”\"'‘’《》〈〉]")
_STOP = re.compile(r"[,、:;。]")


class Prepared(Struct, frozen=True, gc=False):
    """Text in two forms: with ``#`` for each number, and with ``0`` for those that are zero."""

    numbers: str
    zeros: str


def prepare(text: str) -> Prepared:
    """A sentence or title, already without white space and in the standard form of its characters, for searching."""
    bare = _MARKS.sub("", text)
    zeros = _NUMBER.sub(lambda found: "#" if found[0].strip("0.,") else "0", bare)
    return Prepared(zeros.replace("0", "#"), zeros)


class _Piece(Struct, frozen=True, gc=False):
    words: str
    gap: str


class _Reading(Struct, frozen=True, gc=False):
    """A phrase taken apart. ``zeros``: it tells 0 from other numbers."""

    zeros: bool
    first: str
    pieces: tuple[_Piece, ...]
    banned: tuple[str, ...]
    start: bool
    end: bool


Readings = tuple[_Reading, ...]


@cache
def readings(phrases: tuple[str, ...]) -> Readings:
    """The phrases, ready to be looked for with :func:`fits`; a run asks for the same few tuples again and again."""
    return tuple(
        _reading(written.replace("{none}", words))
        for written in phrases
        for words in (NONE if "{none}" in written else ("",))
    )


def _reading(written: str) -> _Reading:
    phrase, *banned = written.split("!")
    start, end = phrase.startswith("^"), phrase.endswith("$")
    pieces = []
    for part in re.findall(r"[…~]?[^…~]+", phrase.removeprefix("^").removesuffix("$")):
        gap = part[0] if part[0] in "…~" else ""
        words = unicodedata.normalize("NFKC", part[len(gap) :])
        pieces.append(_Piece(_MARKS.sub("", words), gap))
    return _Reading("0" in written, pieces[0].words, tuple(pieces), tuple(banned), start, end)


def _fits(text: str, reading: _Reading) -> bool:
    if any(words in text for words in reading.banned):
        return False
    pieces, first = reading.pieces, reading.first
    at = text.find(first)
    while at >= 0 and not (reading.start and at > 0):
        begin, stopped = at + len(first), -1
        for piece in pieces[1:]:
            found = text.find(piece.words, begin)
            if found < 0:
                return False
            if piece.gap == "~" and _STOP.search(text, begin, found):
                stopped = found
                break
            begin = found + len(piece.words)
        if stopped < 0:
            if not reading.end or begin == len(text) or (len(pieces) == 1 and text.endswith(first)):
                return True
            at = text.find(first, at + 1)
        else:  # the nearest start before the piece that was too far, else the next one behind it: linear in all
            nearer = text.rfind(first, at + 1, stopped)
            at = nearer if nearer >= 0 else text.find(first, max(stopped, at + 1))
    return False


def says(text: Prepared, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases fits a sentence or title."""
    return fits(text, readings(tuple(phrases)))


def fits(text: Prepared, phrases: Readings) -> bool:
    """Whether one of the phrases fits a sentence or title."""
    numbers = text.numbers
    for reading in phrases:
        words = text.zeros if reading.zeros else numbers
        if reading.first in words and _fits(words, reading):
            return True
    return False


class Wording(Struct, frozen=True):
    """Sentences that many phrases are looked for in: one look at all of them together tells most phrases off."""

    texts: tuple[Prepared, ...]
    together: Prepared

    @classmethod
    def of(cls, texts: Iterable[Prepared]) -> Wording:
        """These sentences."""
        texts = tuple(texts)
        numbers, zeros = (
            "\n".join(words) for words in ([text.numbers for text in texts], [text.zeros for text in texts])
        )
        return cls(texts, Prepared(numbers, zeros))

    def say(self, phrases: Iterable[str]) -> bool:
        """Whether one of the phrases fits one of them."""
        for reading in readings(tuple(phrases)):
            together = self.together.zeros if reading.zeros else self.together.numbers
            if reading.first in together:
                for text in self.texts:
                    words = text.zeros if reading.zeros else text.numbers
                    if reading.first in words and _fits(words, reading):
                        return True
        return False
