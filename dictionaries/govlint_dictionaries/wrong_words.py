"""Wrong and confusable words (易混词、错别字), each with the surroundings in which it is certainly or probably wrong."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from govlint_dictionaries.matching import Hit, Matcher


class Confusable(NamedTuple):
    """A wrong word and the right one.

    ``pattern`` is what to look for, the wrong word itself unless its surroundings decide; ``exceptions`` are longer
    words in which it is right. ``right`` replaces what was found; it is empty where the sentence needs a person's choice.
    ``reason`` is a short sentence in Chinese. ``bad`` is found, none of ``ok`` is.
    """

    wrong: str
    right: str
    pattern: str
    exceptions: tuple[str, ...]
    severity: Literal["error", "warning", "info"]
    confidence: Literal["high", "medium", "low"]
    group: str
    reason: str
    bad: str
    ok: tuple[str, ...]


class Confusables:
    """A list of confusable words, found in a text in one pass."""

    def __init__(self, entries: Iterable[Confusable]) -> None:
        self.entries = tuple(entries)
        self._matcher = Matcher((entry.pattern, entry.exceptions, entry) for entry in self.entries)

    def find(self, text: str) -> list[Hit[Confusable]]:
        """The wrong words of a text in its order, as entry, start and end."""
        return self._matcher.find(text)


@cache
def confusables() -> Confusables:
    """The confusable words of this package."""
    rows = csv.reader(files(__package__).joinpath("confusables.csv").read_text(encoding="utf-8").splitlines())
    next(rows)
    return Confusables(
        Confusable._make((wrong, right, pattern or wrong, _list(exceptions), *told, _list(ok)))
        for wrong, right, pattern, exceptions, *told, ok in rows
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
