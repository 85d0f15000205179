"""``@fact``: a function of a document that is computed once for each document."""

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
