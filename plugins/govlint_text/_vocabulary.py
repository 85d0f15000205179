"""Is it a word? The words of the field first, a general dictionary for what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from mmap import ACCESS_READ, mmap
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
    """The general dictionary's words that begin with a Chinese character, with their frequencies.

    The file is searched, not loaded: from its first word in 一 on its lines are in the order of their first characters.
    """
    data, sign = _general_dictionary(), first.encode()
    at, end = data.find("\n一".encode()) + 1, len(data)
    while at < end:
        middle = max(at, data.rfind(b"\n", at, (at + end) // 2) + 1)
        if data[middle : middle + len(sign)] < sign:
            at = _behind_line(data, middle)
        else:
            end = middle
    words: dict[str, int] = {}
    while data[at : at + len(sign)] == sign:
        end = _behind_line(data, at)
        word, frequency, *_ = data[at:end].decode().split()
        words[word] = int(frequency)
        at = end
    return words


def _behind_line(data: mmap, at: int) -> int:
    return data.find(b"\n", at) + 1 or len(data)


@cache
def _general_dictionary() -> mmap:
    spec = find_spec("jieba")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise ModuleNotFoundError("jieba is not installed")
    with (Path(folders[0]) / "dict.txt").open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)
