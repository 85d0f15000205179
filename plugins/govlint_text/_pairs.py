"""Brackets, quotation marks and book-title marks (括号、引号、书名号), paired."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from govlint import Document, Span, fact
from govlint_text._running import all_running
from govlint_text._texts import Texts

Kind = Literal["bracket", "quote", "single", "book", "inner-book"]


class Mark(Struct, frozen=True, gc=False):
    """A mark in a text: where, which, of what kind, whether it opens."""

    place: int
    at: int
    sign: str
    kind: Kind
    opens: bool


class Pair(Struct, frozen=True, gc=False):
    """An opening and a closing mark that belong together, and the kinds of the pairs that it lies in."""

    opened: Mark
    closed: Mark
    outside: tuple[Kind, ...] = ()


class Pairs(Struct, frozen=True):
    """All pairs, the marks without partner, and pairs of pairs that cross (``（…《…）…》``), by their closing marks."""

    texts: Texts
    pairs: tuple[Pair, ...]
    single: tuple[Mark, ...]
    crossed: tuple[tuple[Pair, Pair], ...]

    def span(self, mark: Mark) -> Span:
        """The source of a mark."""
        return self.texts[mark.place].span(mark.at, mark.at + 1)

    def inside(self, pair: Pair) -> str:
        """What stands between the marks of a pair."""
        return self.texts[pair.opened.place].words[pair.opened.at + 1 : pair.closed.at]


_OPENING: dict[str, tuple[Kind, str]] = {
    "（": ("bracket", "）)"),
    "(": ("bracket", ")）"),
    "【": ("bracket", "】"),
    "〔": ("bracket", "〕"),
    "［": ("bracket", "］]"),
    "[": ("bracket", "]］"),
    "“": ("quote", "”"),
    "‘": ("single", "’"),
    "《": ("book", "》"),
    "〈": ("inner-book", "〉"),
}
_CLOSING: dict[str, Kind] = {
    "）": "bracket",
    ")": "bracket",
    "】": "bracket",
    "〕": "bracket",
    "］": "bracket",
    "]": "bracket",
    "”": "quote",
    "’": "single",
    "》": "book",
    "〉": "inner-book",
}
_SIGN = re.compile(r"[（(【〔［\[“‘《〈）)】〕］\]”’》〉]")
_ORDINAL = re.compile(r"(?:^|[，。；：、！？\s])(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[a-zA-Z])$")
_WITHIN = 4
_FARTHEST = 12
_DEEPEST = 64
"""How many open marks a closing one may pass: a text that never closes them must not take ever longer."""


@fact
def pairs(document: Document) -> Pairs:
    """The marks of all texts, paired within each; a pair over a few paragraphs of a text is one, too."""
    texts = all_running(document)
    paired: list[Pair] = []
    single: list[Mark] = []
    crossed: list[tuple[Pair, Pair]] = []
    for place in texts.indices((*_OPENING, *_CLOSING)):
        found, left, over = _pair(_marks(place, texts[place].words))
        paired += found
        single += left
        crossed += over
    return Pairs(texts, tuple(paired), tuple(_without_long_pairs(texts, single)), tuple(crossed))


def _marks(place: int, words: str) -> list[Mark]:
    marks: list[Mark] = []
    for match in _SIGN.finditer(words):
        sign, at = match[0], match.start()
        if sign in _OPENING:
            marks.append(Mark(place, at, sign, _OPENING[sign][0], True))
        elif not (_after_ordinal(words, at) if sign in ")）" else sign == "’" and _apostrophe(words, at)):
            marks.append(Mark(place, at, sign, _CLOSING[sign], False))
    return marks


def _after_ordinal(words: str, at: int) -> bool:
    """Whether a closing bracket stands behind an ordinal that no bracket opens: ``1）``, ``a)``."""
    before = words[max(0, at - _WITHIN) : at]
    return "（" not in before and "(" not in before and _ORDINAL.search(before) is not None


def _apostrophe(words: str, at: int) -> bool:
    return words[at - 1 : at].isascii() and words[at + 1 : at + 2].isalpha()


def _pair(marks: Sequence[Mark]) -> tuple[list[Pair], list[Mark], list[tuple[Pair, Pair]]]:
    """Pairs, marks without partner, and crossing pairs. A closing mark takes the last open one of its signs.

    Open marks between the two are without partner, unless their partner follows: then the pairs cross.
    """
    open_marks: list[Mark] = []
    closing: list[Mark] = []
    found: list[Pair] = []
    passed = False
    for mark in marks:
        if mark.opens:
            open_marks.append(mark)
            continue
        for index in range(len(open_marks) - 1, max(-1, len(open_marks) - 1 - _DEEPEST), -1):
            opened = open_marks[index]
            if mark.sign in _OPENING[opened.sign][1]:
                found.append(Pair(opened, mark))
                passed = passed or index < len(open_marks) - 1
                del open_marks[index]
                break
        else:
            closing.append(mark)
    crossed = [
        (one, other)
        for index, one in enumerate(found if passed else ())  # pairs cross only if a closing mark passed an open one
        for other in found[index + 1 : index + 6]
        if one.opened.at < other.opened.at < one.closed.at < other.closed.at
    ]
    begins = [pair.opened.at for pair in found]
    if passed or begins != sorted(begins):
        found = list(_nested(sorted(found, key=lambda pair: pair.opened.at)))
    return found, sorted((*open_marks, *closing), key=lambda mark: mark.at), crossed


def _nested(found: Sequence[Pair]) -> Iterator[Pair]:
    """The pairs, in order, with the kinds of those around them."""
    around: list[Pair] = []
    for pair in found:
        while around and around[-1].closed.at < pair.opened.at:
            around.pop()
        yield Pair(pair.opened, pair.closed, tuple([other.opened.kind for other in around])) if around else pair
        around.append(pair)


def _without_long_pairs(texts: Texts, single: Sequence[Mark]) -> Iterator[Mark]:
    """The marks without partner, but for those whose partner stands a few paragraphs on."""
    gone: set[Mark] = set()
    for index, mark in enumerate(single[:-1]):
        following = single[index + 1]
        if mark in gone or not mark.opens or following.opens or following.sign not in _OPENING[mark.sign][1]:
            continue
        prose = texts[mark.place].role == texts[following.place].role == "prose"
        if 0 < following.place - mark.place <= (_FARTHEST if prose else 1):
            gone |= {mark, following}
    return (mark for mark in single if mark not in gone)
