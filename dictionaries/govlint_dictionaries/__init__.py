"""Dictionaries (词典): words, official subjects by year, confusable words, fixed phrases, Latin names, names of bodies.

The data are files of this package; README.md says what each holds. A module is imported when one of its names is first
used. As a plugin of govlint the package hands its words to the tokenizer.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from govlint import hookimpl

if TYPE_CHECKING:
    from govlint_dictionaries.latin import (
        LatinPattern as LatinPattern,
        is_latin_name as is_latin_name,
        latin_names as latin_names,
        latin_patterns as latin_patterns,
    )
    from govlint_dictionaries.lexicon import words as words
    from govlint_dictionaries.matching import Hit as Hit, Matcher as Matcher
    from govlint_dictionaries.organisations import (
        Bodies as Bodies,
        Misnamed as Misnamed,
        Renamed as Renamed,
        bodies as bodies,
    )
    from govlint_dictionaries.phrases import (
        Casing as Casing,
        Period as Period,
        Phrase as Phrase,
        Phrases as Phrases,
        Variant as Variant,
        casing as casing,
        fixed_phrases as fixed_phrases,
        periods as periods,
    )
    from govlint_dictionaries.subjects import (
        Judgement as Judgement,
        Subject as Subject,
        Subjects as Subjects,
        comparable as comparable,
        economic_subjects as economic_subjects,
        functional_subjects as functional_subjects,
        nearness as nearness,
        same_name as same_name,
    )
    from govlint_dictionaries.wrong_words import (
        Confusable as Confusable,
        Confusables as Confusables,
        confusables as confusables,
    )

_NAMES = {
    "latin": "LatinPattern is_latin_name latin_names latin_patterns",
    "lexicon": "words",
    "matching": "Hit Matcher",
    "organisations": "Bodies Misnamed Renamed bodies",
    "phrases": "Casing Period Phrase Phrases Variant casing fixed_phrases periods",
    "subjects": ("Judgement Subject Subjects comparable economic_subjects functional_subjects nearness same_name"),
    "wrong_words": "Confusable Confusables confusables",
}
"""The public names by the module that defines them."""

_MODULES = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = sorted(_MODULES)


def __getattr__(name: str) -> Any:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module 'govlint_dictionaries' has no attribute {name!r}")
    value = getattr(import_module(f"govlint_dictionaries.{module}"), name)
    globals()[name] = value
    return value


@hookimpl
def govlint_words() -> Iterable[str]:
    """The words of this package, each with its frequency."""
    from govlint_dictionaries.lexicon import words

    return words()
