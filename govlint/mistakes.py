"""Mistakes of whoever writes a configuration, a command line or a suppression: how they are told, and the likely word."""

from __future__ import annotations

from collections.abc import Iterable


class ConfigError(Exception):
    """A configuration or an argument that can't be used: what and where, in Chinese (``str()``) and ``english``.

    ``path`` is the file, ``None`` for the command line; ``line`` counts from 1, ``None`` where there is no line to name.
    """

    def __init__(self, message: str, english: str, *, path: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.english = english
        self.path = path
        self.line = line


def did_you_mean(word: str, known: Iterable[str], prefix: str = "") -> tuple[str, str]:
    """The end of a message about an unknown word: the known one nearest to it, in Chinese and English, or nothing."""
    from difflib import get_close_matches

    close = get_close_matches(word, sorted(known), 1)
    return (f"，是否应为 {prefix}{close[0]}？", f"; did you mean {prefix}{close[0]}?") if close else ("", "")
