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
from typing import NamedTuple

NONE = ("无", "没有", "未安排", "未发生", "未产生", "不涉及", "不存在", "未使用", "未列支", "未购置", "未组织")
"""How reports say that there is none of something."""

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|[XxＸ×*]{2,}|\{[^{}]*\}|_{2,}")
_MARKS = re.compile(r"[“”\"'‘’《》〈〉]")
_STOP = re.compile(r"[,、:;。]")


class Prepared(NamedTuple):
    """Text in two forms: with ``#`` for each number, and with ``0`` for those that are zero."""

    numbers: str
    zeros: str


def prepare(text: str) -> Prepared:
    """A sentence or title, already without white space and in the standard form of its characters, for searching."""
    bare = _MARKS.sub("", text)
    zeros = _NUMBER.sub(lambda found: "#" if found[0].strip("0.,") else "0", bare)
    return Prepared(zeros.replace("0", "#"), zeros)


class _Piece(NamedTuple):
    words: str
    gap: str


@cache
def _pieces(phrase: str) -> tuple[tuple[_Piece, ...], bool, bool]:
    start, end = phrase.startswith("^"), phrase.endswith("$")
    pieces = []
    for part in re.findall(r"[…~]?[^…~]+", phrase.removeprefix("^").removesuffix("$")):
        gap = part[0] if part[0] in "…~" else ""
        words = unicodedata.normalize("NFKC", part[len(gap) :])
        pieces.append(_Piece(_MARKS.sub("", words), gap))
    return tuple(pieces), start, end


def _fits(text: str, phrase: str) -> bool:
    phrase, *banned = phrase.split("!")
    if any(words in text for words in banned):
        return False
    pieces, start, end = _pieces(phrase)
    first = pieces[0].words
    at = text.find(first)
    while at >= 0 and not (start and at > 0):
        begin = at + len(first)
        for piece in pieces[1:]:
            found = text.find(piece.words, begin)
            if found < 0 or (piece.gap == "~" and _STOP.search(text, begin, found)):
                break
            begin = found + len(piece.words)
        else:
            if not end or begin == len(text) or (len(pieces) == 1 and text.endswith(first)):
                return True
        at = text.find(first, at + 1)
    return False


@cache
def _meant(phrase: str) -> tuple[str, ...]:
    if "{none}" not in phrase:
        return (phrase,)
    return tuple(phrase.replace("{none}", words) for words in NONE)


def says(text: Prepared, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases fits a sentence or title."""
    return any(
        _fits(text.zeros if "0" in phrase else text.numbers, phrase)
        for written in phrases
        for phrase in _meant(written)
    )
