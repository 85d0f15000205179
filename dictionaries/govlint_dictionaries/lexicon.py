"""Words for the tokenizer (分词词典): terms of the field, parts of the subjects' names, and words of any report."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def words() -> tuple[str, ...]:
    """The lines of the word list, each a word, a space and its frequency: ``决算 4000``."""
    return tuple(files(__package__).joinpath("words.txt").read_text(encoding="utf-8").splitlines())
