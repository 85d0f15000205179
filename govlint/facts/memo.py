"""``@fact``: a function of a document that is computed once for each. ``@kept_for_lines``: what a line says, read once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from govlint.document import Document

T = TypeVar("T")
P = ParamSpec("P")

_SHORT = 120
"""Characters; longer lines are hardly ever the same twice."""


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


def kept_for_lines(function: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
    """Keep what the function makes of the last few thousand short lines: they are much the same from report to report."""
    kept: Any = functools.lru_cache(maxsize=4096)(function)

    @functools.wraps(function)
    def read(text: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if len(text) > _SHORT:
            return function(text, *args, **kwargs)
        return kept(text, *args, **kwargs)  # type: ignore[no-any-return]

    return read
