"""``@fact``: a function of a document, computed once for each. ``@kept_for_…``: what a line or paragraph says, read once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from govlint.document import Document

T = TypeVar("T")


def fact(function: Callable[[Document], T]) -> Callable[[Document], T]:
    """Remember the function's result for each document, for as long as the document lives.

    A fact is a pure function of the document; it may use other facts and must not depend on itself. An exception is
    not remembered.
    """

    @functools.wraps(function)
    def remembered(document: Document) -> T:
        known: dict[Any, Any] = document._facts
        if function not in known:
            known[function] = function(document)
        return known[function]  # type: ignore[no-any-return]

    return remembered


def kept_for_lines(function: Callable[[str], T]) -> Callable[[str], T]:
    """Keep what the function makes of the last few thousand short lines: they are much the same from report to report."""
    return _keeping(function, longest=120, most=4096)


def kept_for_paragraphs(function: Callable[[str], T]) -> Callable[[str], T]:
    """Keep what the function makes of the last paragraphs or sentences: an editor asks for all again after each key.

    The function tells places by their offsets in its text.
    """
    return _keeping(function, longest=1000, most=2048)


def _keeping(function: Callable[[str], T], longest: int, most: int) -> Callable[[str], T]:
    """Keep the last ``most`` results for texts of at most ``longest`` characters; longer ones seldom come twice."""
    kept = functools.lru_cache(maxsize=most)(function)

    @functools.wraps(function)
    def read(text: str) -> T:
        return kept(text) if len(text) <= longest else function(text)

    return read
