"""Brackets, quotation marks and book-title marks (括号、引号、书名号), paired."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from govlint import Document, Span, fact
from govlint_text._running import all_running
from govlint_text._texts import Texts, has_chinese

Kind = Literal["bracket", "quote", "single", "book", "inner-book"]


class Mark(Struct, frozen=True, gc=False):
    """A mark in a text: where, which, of what kind, whether it opens; and the text's index, once that is known."""

    at: int
    sign: str
    kind: Kind
    opens: bool
    place: int = -1


class Pair(Struct, frozen=True, gc=False):
    """An opening and a closing mark that belong together, and the kinds of the pairs that it lies in."""

    opened: Mark
    closed: Mark
    outside: tuple[Kind, ...] = ()


class _Paired(Struct, frozen=True):
    """What the rules ask of the marks of one text.

    Its pairs inside pairs, those of two widths, and the pairs of round brackets around Chinese by width; the marks
    without partner; pairs of pairs that cross (``（…《…）…》``), by their closing marks.
    """

    inner: tuple[Pair, ...]
    uneven: tuple[Pair, ...]
    narrow: tuple[Pair, ...]
    wide: tuple[Pair, ...]
    single: tuple[Mark, ...]
    crossed: tuple[tuple[Pair, Pair], ...]


class Pairs(Struct, frozen=True):
    """The marks of all texts, paired within each; a pair over a few paragraphs of a text is one, too."""

    texts: Texts
    paired: tuple[tuple[int, _Paired], ...]
    single: tuple[Mark, ...]

    def span(self, mark: Mark) -> Span:
        """The source of a mark."""
        return self.texts[mark.place].span(mark.at, mark.at + 1)

    def inside(self, pair: Pair) -> str:
        """What stands between the marks of a pair."""
        return self.texts[pair.opened.place].words[pair.opened.at + 1 : pair.closed.at]

    def inner(self, kind: Kind) -> Iterator[Pair]:
        """The pairs of a kind right inside one of the same kind."""
        for place, paired in self.paired:
            for pair in paired.inner:
                if pair.opened.kind == pair.outside[-1] == kind:
                    yield _placed(pair, place)

    def uneven(self) -> Iterator[Pair]:
        """The pairs of brackets of two widths."""
        return (_placed(pair, place) for place, paired in self.paired for pair in paired.uneven)

    def narrow(self) -> list[tuple[int, Pair]]:
        """The pairs of half-width round brackets around Chinese, each with the index of its text."""
        return [(place, pair) for place, paired in self.paired for pair in paired.narrow]

    def wide(self) -> list[tuple[int, Pair]]:
        """The other pairs of round brackets around Chinese, each with the index of its text."""
        return [(place, pair) for place, paired in self.paired for pair in paired.wide]

    def crossed(self) -> Iterator[tuple[Pair, Pair]]:
        """The pairs of pairs that cross."""
        for place, paired in self.paired:
            for one, other in paired.crossed:
                yield _placed(one, place), _placed(other, place)


def _placed(pair: Pair, place: int) -> Pair:
    return replace(pair, opened=replace(pair.opened, place=place), closed=replace(pair.closed, place=place))


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
_SIGN = r"[（(【〔［\[“‘《〈）)】〕］\]”’》〉]"
_NARROW = frozenset("()[]")
_ORDINAL = re.compile(r"(?:^|[，。；：、！？\s])(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[a-zA-Z])$")
_WITHIN = 4
_FARTHEST = 12
_DEEPEST = 64
"""How many open marks a closing one may pass: a text that never closes them must not take ever longer."""


@fact
def pairs(document: Document) -> Pairs:
    """The marks of all texts, paired."""
    texts = all_running(document)
    paired = tuple(texts.read_at(_paired, _SIGN))
    single = [replace(mark, place=place) for place, found in paired for mark in found.single]
    return Pairs(texts, paired, tuple(_without_long_pairs(texts, single)))


def _paired(words: str) -> _Paired | None:
    """The marks of one text, paired."""
    found, single, crossed = _pair(_marks(words))
    if not found and not single:
        return None
    narrow: list[Pair] = []
    wide: list[Pair] = []
    for pair in found:
        if pair.opened.sign in "（(" and has_chinese(words[pair.opened.at + 1 : pair.closed.at]):
            (narrow if pair.opened.sign == "(" and pair.closed.sign == ")" else wide).append(pair)
    return _Paired(
        tuple(pair for pair in found if pair.outside),
        tuple(
            pair
            for pair in found
            if pair.opened.kind == "bracket" and (pair.opened.sign in _NARROW) != (pair.closed.sign in _NARROW)
        ),
        tuple(narrow),
        tuple(wide),
        tuple(single),
        tuple(crossed),
    )


def _marks(words: str) -> list[Mark]:
    marks: list[Mark] = []
    for match in re.finditer(_SIGN, words):
        sign, at = match[0], match.start()
        if sign in _OPENING:
            marks.append(Mark(at, sign, _OPENING[sign][0], True))
        elif not (_after_ordinal(words, at) if sign in ")）" else sign == "’" and _apostrophe(words, at)):
            marks.append(Mark(at, sign, _CLOSING[sign], False))
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
