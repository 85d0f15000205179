"""Names, acronyms and units that may stand in Latin letters in a Chinese report (拉丁字母名称)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct


class LatinPattern(Struct, frozen=True):
    """Tokens of a kind that no list can hold, such as road numbers: the pattern fits the whole token."""

    about: str
    pattern: re.Pattern[str]


@cache
def latin_names() -> frozenset[str]:
    """All spellings that are names: as listed and, in groups where casing is free, in capitals, in small letters and capitalised.

    A name of one or two letters is only what is listed: ``IT`` is one, ``it`` is English.
    """
    spellings: set[str] = set()
    for group in _data()["groups"]:
        spellings.update(group["names"])
        if group["case"] == "free":
            for name in group["names"]:
                if len(name) < 3:
                    continue
                spellings.update((name.upper(), name.lower(), name.capitalize()))
    return frozenset(spellings)


@cache
def latin_patterns() -> tuple[LatinPattern, ...]:
    """The patterns of tokens that are names."""
    return tuple(LatinPattern(entry["about"], re.compile(entry["find"])) for entry in _data()["patterns"])


def is_latin_name(token: str) -> bool:
    """Whether a token with Latin letters is a known name, unit, number plate, address or the like."""
    return token in latin_names() or any(entry.pattern.fullmatch(token) for entry in latin_patterns())


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("latin_names.toml").read_text(encoding="utf-8"))
