"""From a source to a document: Markdown and HTML."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from msgspec.structs import replace

from govlint.document import Block, Document, Knowledge, Table, Trouble
from govlint.source import Source

HTML_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml"})
MARKDOWN_SUFFIXES: Final = frozenset({".md", ".markdown"})

_MOST_PLACES: Final = 400_000
"""How many places the grids of a document may have, two hundred times those of a report: 1 GB if all hold a number."""

_PAGE: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_MARKUP: Final = re.compile(r"\s*<[!?A-Za-z]")


def parse(source: Source, knowledge: Knowledge | None = None) -> Document:
    """The document in ``source``: HTML or Markdown, told by the name's suffix, else by how the text begins."""
    if is_html(source):
        from govlint.parsers.html import parse_html

        return _without_vast_tables(parse_html(source, knowledge))
    from govlint.parsers.markdown import parse_markdown

    return _without_vast_tables(parse_markdown(source, knowledge))


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


def _without_vast_tables(document: Document) -> Document:
    """The document without tables whose grids are too vast together, most often by large spans or by one wide row among
    thousands: what looks at every place would need more memory and time than the file's size lets expect.
    """
    left = _MOST_PLACES
    blocks: list[Block] = []
    troubles = list(document.troubles)
    for block in document.blocks:
        if isinstance(block, Table):
            places = len(block.rows) * block.width
            if places > left:
                troubles.append(_vast(block))
                continue
            left -= places
        blocks.append(block)
    if len(troubles) == len(document.troubles):
        return document
    return replace(document, blocks=tuple(blocks), troubles=tuple(troubles))


def _vast(table: Table) -> Trouble:
    rows, columns = len(table.rows), table.width
    return Trouble(
        table.span,
        f"表格展开后有 {rows} 行 {columns} 列，过于庞大，其内容未检查；请检查合并单元格的跨度和过宽的行，或者拆分文件",
        f"the table has {rows} rows of {columns} columns when it is laid out: too vast to be checked; look for wrong "
        "spans and for a row that is too wide, or split the file",
    )
