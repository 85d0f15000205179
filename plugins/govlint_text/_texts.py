"""Every text of a report that a reader sees, whatever holds it, and what in it is language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govlint import Document, Table, Text, fact, passages


class Place(NamedTuple):
    """A text with what it is for: the role of its passage, or ``cell`` for a table cell."""

    text: Text
    role: str

    @property
    def raw(self) -> str:
        """The characters alone."""
        return self.text.text


@fact
def places(document: Document) -> tuple[Place, ...]:
    """All passages and all cells that are not passages, in the order of the source; empty ones are left out."""
    return tuple(sorted(_places(document), key=lambda place: place.text.whole.start))


def _places(document: Document) -> Iterator[Place]:
    seen: set[int] = set()
    for passage in passages(document):
        if passage.text:
            seen.add(passage.text.whole.start)
            yield Place(passage.text, passage.role)
    for block in document.blocks:
        if isinstance(block, Table):
            for cell in block.cells():
                if cell.text and cell.text.whole.start not in seen:
                    yield Place(cell.text, "cell")


_NO_LANGUAGE = re.compile(
    r"""https?://[A-Za-z0-9._~:/?\#@!$&'*+=%;,()-]+
      | (?<![A-Za-z0-9])www\.[A-Za-z0-9._~:/?\#@!$&'*+=%;-]+
      | [A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]+
      | (?<![A-Za-z0-9])[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,40}){0,4}\.(?:gov|com|cn|org|net|edu)(?:\.cn)?(?:/[A-Za-z0-9._~/?=&%-]*)?(?![A-Za-z0-9])
      | [A-Za-z0-9_-]{1,60}\.(?:pdf|docx?|xlsx?|pptx?|html?|png|jpe?g|zip|rar|txt|csv)(?![A-Za-z0-9])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKS_OF_ADDRESSES = re.compile(r"[@.]|://")


def language(text: str) -> str:
    """The text with addresses of the web, of mail and of files blanked: the same length, white space in their place."""
    if not _MARKS_OF_ADDRESSES.search(text):
        return text
    return _NO_LANGUAGE.sub(lambda match: " " * len(match[0]), text)
