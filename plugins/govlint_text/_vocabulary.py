"""Is it a word? The words of the field first, a general dictionary for what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from govlint import Document, fact

LONGEST = 6
"""No longer word is asked for."""


@fact
def field_words(document: Document) -> frozenset[str]:
    """The words that plugins and the user know, of at least two characters."""
    return _long_words(document.knowledge.words)


@lru_cache(maxsize=2)
def _long_words(words: Callable[[], Iterable[str]]) -> frozenset[str]:
    """The same for all documents that are read with the same knowledge."""
    return frozenset(word for entry in words() if len(word := entry.partition(" ")[0]) > 1)


def general_frequency(word: str) -> int:
    """How often the word occurs in the tokenizer's general dictionary (349,000 words), 0 if it is not there."""
    return _general_words(word[0]).get(word, 0)


@cache
def _general_words(first: str) -> Mapping[str, int]:
    """The general dictionary's words that begin with a character, with their frequencies.

    The file is searched, not loaded: its words stand together by their first character. A character costs a few
    milliseconds, so this is for the few places that the field's words leave open.
    """
    data, sign = _general_dictionary(), f"\n{first}".encode()
    words: dict[str, int] = {}
    at = data.find(sign)
    while at >= 0:
        end = data.find(b"\n", at + 1)
        word, frequency, *_ = data[at + 1 : end].decode().split()
        words[word] = int(frequency)
        at = end if data.startswith(sign, end) else -1
    return words


@cache
def _general_dictionary() -> bytes:
    spec = find_spec("jieba")
    folders = spec.submodule_search_locations if spec else None
    return b"\n" + (Path(folders[0]) / "dict.txt").read_bytes() if folders else b""
