"""From a source to a document: Markdown and HTML."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from govlint.document import Document, Knowledge
from govlint.source import Source

HTML_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml"})
MARKDOWN_SUFFIXES: Final = frozenset({".md", ".markdown"})

_PAGE: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_MARKUP: Final = re.compile(r"\s*<[!?A-Za-z]")


def parse(source: Source, knowledge: Knowledge | None = None) -> Document:
    """The document in ``source``: HTML or Markdown, told by the name's suffix, else by how the text begins."""
    if is_html(source):
        from govlint.parsers.html import parse_html

        return parse_html(source, knowledge)
    from govlint.parsers.markdown import parse_markdown

    return parse_markdown(source, knowledge)


def is_html(source: Source) -> bool:
    """Whether to read it as HTML. A whole HTML page is one even under a Markdown name."""
    suffix = PurePath(source.path).suffix.lower()
    if suffix in HTML_SUFFIXES:
        return True
    if suffix not in MARKDOWN_SUFFIXES:
        return bool(_MARKUP.match(source.text))
    if not _PAGE.match(source.text):
        return False
    text = source.text.rstrip().lower()
    return text.endswith("</html>") and text.count("<html") == 1
