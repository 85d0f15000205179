"""Running text for the rules on marks: texts without formulas, and of each what is language."""

from __future__ import annotations

from collections.abc import Sequence

from govlint import Document, fact
from govlint_text._texts import Place, Texts, passage_places, places

HAN = "㐀-鿿〇"
"""Chinese characters, for a class in a pattern."""

_FORMULA = r"[行栏列]\s*(?:各\s*[行栏列]\s*)?[=＝≥≤]|[=＝]\s*[（(]?\s*\d{1,3}\s*[+＋]"
_BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"


@fact
def running(document: Document) -> Texts:
    """The passages in which marks are marks of sentences, without contents and notes that are formulas."""
    formulas = {places(document)[index].raw for index in _formulas(document)}
    found = [
        place
        for place in _without_code(document, passage_places(document))
        if place.role not in ("contents", "other") and not (place.role in ("note", "cell") and place.raw in formulas)
    ]
    return Texts(found, [place.words for place in found])


@fact
def all_running(document: Document) -> Texts:
    """All passages and table cells but for formulas, in order."""
    formulas, texts = _formulas(document), _without_code(document, places(document))
    return texts.without(formulas) if formulas else texts


@fact
def _formulas(document: Document) -> Sequence[int]:
    """Which of the places state formulas (``27行=（1+2）行``)."""
    return places(document).where(_FORMULA, ("=", "＝", "≥", "≤"))


def _without_code(document: Document, texts: Texts) -> Texts:
    """The texts, searched by their words, with blanks for tabs and code, too."""
    texts, source = texts.by_words(), document.source.text
    blanked = dict(texts.read_at(_without_tabs, ("\t",)))
    if document.format == "markdown" and "`" in source:
        for index, place in enumerate(texts):
            if "`" in source[slice(*place.text.whole)]:
                blanked[index] = _blanked(place, blanked.get(index, place.words), source)
    return texts.with_words(blanked).by_words()


def _without_tabs(words: str) -> str:
    return words.replace("\t", " ")


def _blanked(place: Place, words: str, source: str) -> str:
    for piece in place.text.pieces:
        if source[piece.start - 1 : piece.start] == "`" == source[piece.stop : piece.stop + 1]:
            words = words[: piece.begin] + _BLANK * (piece.end - piece.begin) + words[piece.end :]
    return words
