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
    """Keep what the function makes of cells and short lines: they are much the same from report to report."""
    return _Kept(function, longest=120, most=8192).__getitem__


def kept_for_paragraphs(function: Callable[[str], T]) -> Callable[[str], T]:
    """Keep what the function makes of paragraphs and sentences: an editor asks for the same ones again after each key.

    The function tells places by their offsets in its text.
    """
    return _Kept(function, longest=1000, most=2048).__getitem__


class _Kept(dict[str, T]):
    """What a function makes of texts, for at most ``most`` texts of at most ``longest`` characters; emptied when full.

    Its ``__getitem__`` stands for the function: what is known is found by the dictionary itself, without a Python call,
    in a third of the time that ``functools.lru_cache`` with a test of the length takes.
    """

    def __init__(self, function: Callable[[str], T], longest: int, most: int) -> None:
        super().__init__()
        self.function, self.longest, self.most = function, longest, most

    def __missing__(self, text: str) -> T:
        result = self.function(text)
        if len(text) <= self.longest:
            if len(self) >= self.most:
                self.clear()
            self[text] = result
        return result
