"""Running text for the rules on marks: texts without formulas, and of each what is language."""

from __future__ import annotations

from msgspec.structs import replace

from govlint import Document, fact
from govlint_text._texts import Place, Texts, language_of_places, places

HAN = "㐀-鿿〇"
"""Chinese characters, for a class in a pattern."""

_FORMULA = r"[行栏列]\s*(?:各\s*[行栏列]\s*)?[=＝≥≤]|[=＝]\s*[（(]?\s*\d{1,3}\s*[+＋]"
_BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"


@fact
def running(document: Document) -> Texts:
    """The passages in which marks are marks of sentences, without contents and notes that are formulas."""
    formulas = _formulas(document)
    return Texts(
        [
            place
            for place in _without_code(document)
            if place.passage
            and place.role not in ("contents", "other")
            and not (place.role in ("note", "cell") and id(place.text) in formulas)
        ],
        words=True,
    )


@fact
def all_running(document: Document) -> Texts:
    """All passages and table cells but for formulas, in order."""
    formulas, texts = _formulas(document), _without_code(document)
    return Texts([place for place in texts if id(place.text) not in formulas], words=True) if formulas else texts


@fact
def _formulas(document: Document) -> frozenset[int]:
    """The texts, by identity, that state formulas (``27行=（1+2）行``)."""
    return frozenset(id(place.text) for place in places(document).having(_FORMULA, "[=＝≥≤]"))


@fact
def _without_code(document: Document) -> Texts:
    """All texts, their words with blanks for tabs and code, too."""
    texts, source = places(document), document.source.text
    blanked = {id(place): place.words.replace("\t", " ") for place in texts.having("\t")}
    if document.format == "markdown" and "`" in source:
        for place in texts:
            if "`" in source[slice(*place.text.whole)]:
                blanked[id(place)] = _blanked(place, blanked.get(id(place), place.words), source)
    if not blanked:
        return language_of_places(document)
    return Texts(
        [replace(place, words=blanked[id(place)]) if id(place) in blanked else place for place in texts], words=True
    )


def _blanked(place: Place, words: str, source: str) -> str:
    for piece in place.text.pieces:
        if source[piece.start - 1 : piece.start] == "`" == source[piece.stop : piece.stop + 1]:
            words = words[: piece.begin] + _BLANK * (piece.end - piece.begin) + words[piece.end :]
    return words
