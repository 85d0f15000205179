"""Fixed phrases (固定表述): exact wording, order and quotation marks; terms of a period; the casing of known names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from msgspec import Struct

from govlint_dictionaries.matching import Hit, Matcher

_QUOTED = re.compile("“([^”]+)”")
_UNQUOTED_BEFORE, _UNQUOTED_AFTER = '(?<![“‘"《「、])', '(?![”’"》」])'


class Variant(Struct, frozen=True):
    """A wrong variant of a fixed phrase: what to look for, and what to put there (empty if a person has to choose)."""

    right: str
    pattern: str
    put: str
    kind: Literal["wording", "order", "quotes"]
    severity: Literal["error", "warning", "info"]
    confidence: Literal["high", "medium", "low"]
    reason: str


class Phrase(Struct, frozen=True):
    """A fixed phrase and its wrong variants. ``since`` is the year, or the year and month, in which it came into use."""

    right: str
    kind: Literal["wording", "order", "quotes"]
    since: str
    variants: tuple[Variant, ...]


class Phrases:
    """The fixed phrases; their wrong variants are found in a text in one pass."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)
        self._matcher = Matcher(
            (variant.pattern, (), variant) for phrase in self.phrases for variant in phrase.variants
        )

    def find(self, text: str) -> list[Hit[Variant]]:
        """The wrong variants in a text, in its order."""
        return self._matcher.find(text)


class Period(Struct, frozen=True):
    """A term bound to a time: ``first`` (``2022-10``) is when it came into use; ``years`` are those that a plan covers."""

    term: str
    first: str
    years: tuple[int, int] | None


class Casing(Struct, frozen=True):
    """How a name in Latin letters is written. ``after_number``: only as a unit directly after a figure; ``next``: only before this text."""

    right: str
    severity: Literal["error", "warning", "info"]
    after_number: bool
    next: str


@cache
def fixed_phrases() -> Phrases:
    """The fixed phrases of this package."""
    return Phrases(
        Phrase(entry["right"], entry["kind"], entry.get("since", ""), tuple(_variants(entry)))
        for entry in _data()["phrases"]
    )


def _variants(entry: dict[str, Any]) -> Iterator[Variant]:
    right, kind = entry["right"], entry["kind"]
    told = (kind, entry["severity"], entry["confidence"], entry["reason"])
    for line in entry.get("wrong", ()):
        pattern, _, put = line.partition(" →")
        yield Variant(right, pattern, put.strip(), *told)
    if kind == "quotes" and (quoted := _QUOTED.match(right)):
        yield Variant(right, _UNQUOTED_BEFORE + quoted[1] + _UNQUOTED_AFTER + entry.get("next", ""), quoted[0], *told)


@cache
def periods() -> tuple[Period, ...]:
    """The terms bound to a time."""
    return tuple(
        Period(entry["term"], entry.get("first", ""), (entry["from"], entry["to"]) if "from" in entry else None)
        for entry in _data()["periods"]
    )


@cache
def casing() -> Mapping[str, Casing]:
    """Wrongly cased names, each with how it is written: ``casing()["IPV6"].right == "IPv6"``."""
    return {
        wrong: Casing(entry["right"], entry["severity"], entry.get("after") == "number", entry.get("next", ""))
        for entry in _data()["casing"]
        for wrong in entry["wrong"]
    }


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("fixed_phrases.toml").read_text(encoding="utf-8"))
