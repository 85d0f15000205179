"""File names for pages: made from the paths of reports, safe on every system, and never two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import count
from pathlib import PurePath

_UNSAFE = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index)(?:\.|$)", re.IGNORECASE | re.ASCII)
_MOST_BYTES = 150


class Names:
    """The names that were given; ``taken`` tells of names that others have."""

    def __init__(self, taken: Callable[[str], bool]) -> None:
        self._taken = taken
        self._given: set[str] = set()
        self._next: dict[str, int] = {}

    def give(self, path: str) -> str:
        """A name for the page of the report at ``path``, which differs from all others however case is treated."""
        stem = _stem(path)
        key = stem.casefold()
        for number in count(self._next.get(key, 1)):
            name = f"{stem}.html" if number == 1 else f"{stem}-{number}.html"
            if name.casefold() not in self._given and not self._taken(name):
                self._next[key] = number + 1
                self._given.add(name.casefold())
                return name
        raise AssertionError("numbers do not end")


def _stem(path: str) -> str:
    parts = [part for part in PurePath(path).parts if part not in ("/", "\\", "..", ".")]
    text = unicodedata.normalize("NFC", "-".join(parts)).encode("utf-8", "replace").decode("utf-8")
    text = _UNSAFE.sub("-", text).strip("-.") or "report"
    if _RESERVED.match(text):
        text = f"report-{text}"
    data = text.encode("utf-8")
    return text if len(data) <= _MOST_BYTES else data[-_MOST_BYTES:].decode("utf-8", "ignore").lstrip("-.")
