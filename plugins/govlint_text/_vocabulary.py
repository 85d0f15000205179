"""Is it a word? The words of the field first, a general dictionary for what is left."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from govlint import Document, fact

LONGEST = 6
"""No longer word is asked for."""


@fact
def field_words(document: Document) -> frozenset[str]:
    """The words that plugins and the user know, of at least two characters."""
    entries = (entry.partition(" ")[0] for entry in document.knowledge.words())
    return frozenset(word for word in entries if len(word) > 1)


@cache
def general_frequency(word: str) -> int:
    """How often the word occurs in the tokenizer's general dictionary (349,000 words), 0 if it is not there.

    The file is searched, not loaded: a question costs a few milliseconds, so it is for the few that are left.
    """
    data = _general_dictionary()
    at = data.find(f"\n{word} ".encode())
    if at < 0:
        return 0
    return int(data[at + 1 : data.index(b"\n", at + 1)].split()[1])


@cache
def _general_dictionary() -> bytes:
    spec = find_spec("jieba")
    folders = spec.submodule_search_locations if spec else None
    return b"\n" + (Path(folders[0]) / "dict.txt").read_bytes() if folders else b""
