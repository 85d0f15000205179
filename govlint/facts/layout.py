"""What every line of a report is for: title, contents, heading, caption, line above or under a table, prose.

Converters lose heading marks, set headings in bold, give them any level, and print the contents (目录) as headings,
paragraphs, a list or a table. So a line's role is read from what it says and where it stands; the mark is one sign
among others. The signs are few:

* a heading is short, carries no sentence, and has an ordinal (``第二部分``, ``一、``, ``（三）``), or recurs in the
  contents, or has one of the forms that headings of these reports have (``…情况说明``, ``…概况``, ``名词解释``);
* a caption is a heading that ends in 表 and has a table, or the line ``单位：万元``, under it;
* the contents are a run of short lines of which the first comes again right after the run, as the first heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Literal, TypeVar

from msgspec import Struct

from govlint.document import Document, Text
from govlint.facts.contents import mend_contents, settle_contents, settle_title, title_end
from govlint.facts.headings import (
    demote_items,
    demote_lists,
    headings_in_table,
    promote_series,
    run_in_heading,
    settle_captions,
    settle_rest,
    tail_heading,
)
from govlint.facts.lines import REPORT, Draft, Role, drafts, settle_sure
from govlint.facts.memo import fact
from govlint.facts.ordinals import OrdinalKind
from govlint.facts.titles import split_title, title_core


class HeadingLine(Struct, frozen=True, gc=False):
    """A heading or caption, marked as one in the source or not.

    ``line`` is all of it, ``title`` leaves out the ordinal, ``（表N）``, a unit behind it and a full stop at its end.
    ``form`` says how it stands: as a ``line`` of its own, as the first words of a paragraph (``run-in``,
    ``（一）主动公开情况。2024年…``), glued to a paragraph's end (``tail``), or in a table's ``cell``.
    ``mark`` is the level of the source's heading mark (0: none); ``table`` the number that it gives its table.
    """

    block: int
    line: Text
    number: str
    kind: OrdinalKind
    value: int | None
    title: Text
    role: Literal["heading", "caption"] = "heading"
    form: Literal["line", "run-in", "tail", "cell"] = "line"
    mark: int = 0
    bold: bool = False
    table: int | None = None

    @property
    def marked(self) -> bool:
        """Whether the source marks it as a heading."""
        return self.mark > 0


class ContentsEntry(Struct, frozen=True, gc=False):
    """An entry of the contents (目录): the line without dot leaders and page number, split like a heading."""

    block: int
    line: Text
    number: str
    kind: OrdinalKind
    value: int | None
    title: Text
    page: int | None = None
    table: int | None = None


class Line(Struct, frozen=True, gc=False):
    """A line of a text block, most blocks have one: ``text`` is stripped, ``begin`` its place in the block's text."""

    block: int
    begin: int
    text: Text
    role: Role


class Layout(Struct, frozen=True, dict=True):
    """The roles of all blocks and lines, and what was found on the way.

    ``roles`` has one role for each block: that of its lines; where they differ, ``prose`` if there is any, else
    that of the first. A table is a ``table``, or ``contents`` where the contents are set as one. ``lines`` are the
    lines of all text blocks in order; tables have none. ``headings`` and ``captions`` are in the document's order, and
    so are ``contents``.
    """

    roles: tuple[Role, ...]
    lines: tuple[Line, ...]
    headings: tuple[HeadingLine, ...]
    captions: tuple[HeadingLine, ...]
    contents: tuple[ContentsEntry, ...]

    def lines_of(self, block: int) -> Sequence[Line]:
        """The lines of a block; none for a table."""
        return self._lines_by_block.get(block, ())

    def headings_of(self, block: int) -> Sequence[HeadingLine]:
        """The headings that stand in a block; captions are not among them."""
        return self._headings_by_block.get(block, ())

    @cached_property
    def _lines_by_block(self) -> dict[int, list[Line]]:
        return _by_block(self.lines)

    @cached_property
    def _headings_by_block(self) -> dict[int, list[HeadingLine]]:
        return _by_block(self.headings)


_OfBlock = TypeVar("_OfBlock", HeadingLine, Line)


def _by_block(items: Sequence[_OfBlock]) -> dict[int, list[_OfBlock]]:
    found: dict[int, list[_OfBlock]] = {}
    for item in items:
        found.setdefault(item.block, []).append(item)
    return found


def _heading_line(
    unit: Draft, line: Text, role: Literal["heading", "caption"], form: Literal["line", "run-in", "tail", "cell"]
) -> HeadingLine:
    ordinal, title, table = split_title(line)
    mark = unit.mark if form == "line" else 0
    return HeadingLine(
        unit.block, line, ordinal.written, ordinal.kind, ordinal.value, title, role, form, mark, unit.bold, table
    )


def _block_roles(count: int, units: Iterable[Draft]) -> tuple[Role, ...]:
    roles: list[Role] = ["other"] * count
    for unit in units:
        role = unit.role or "prose"
        if role == "prose" or roles[unit.block] == "other":
            roles[unit.block] = role
    return tuple(roles)


@fact
def layout(document: Document) -> Layout:
    """The role of every block and line, the headings and captions, the contents.

    Linear in the document's size; it never looks at line numbers, only at what the lines say and at their order.
    """
    units = drafts(document)
    settle_sure(units)
    entries = settle_contents(document, units)
    settle_title(units, title_end(units))
    known = frozenset(core for _, text, _ in entries if len(core := title_core(text.text)) >= 2)
    titles = frozenset([unit.plain for unit in units if unit.role == "title" and REPORT.search(unit.plain)])
    mend_contents(units, known)
    settle_captions(units)
    settle_rest(units, known, titles)
    demote_lists(units, known)
    promote_series(units)
    demote_items(units, known)

    headings: list[HeadingLine] = []
    captions: list[HeadingLine] = []
    found = {title_core(unit.text.text) for unit in units if unit.role in ("heading", "caption")}
    missing = known - found
    for unit in units:
        if unit.table:
            headings.extend(_heading_line(unit, line, "heading", "cell") for line in headings_in_table(document, unit))
        elif unit.role == "heading" and not unit.continued:
            headings.append(_heading_line(unit, unit.text, "heading", "line"))
        elif unit.role == "caption":
            captions.append(_heading_line(unit, unit.text, "caption", "line"))
        elif unit.role == "prose":
            if (line := run_in_heading(unit)) is not None:
                headings.append(_heading_line(unit, line, "heading", "run-in"))
            if (line := tail_heading(unit, missing)) is not None:
                headings.append(_heading_line(unit, line, "heading", "tail"))
    lines = [Line(unit.block, unit.begin, unit.text, unit.role or "prose") for unit in units if not unit.table]
    contents = tuple(
        ContentsEntry(unit.block, text, ordinal.written, ordinal.kind, ordinal.value, title, page, table)
        for unit, text, page in entries
        for ordinal, title, table in [split_title(text)]
    )
    roles = _block_roles(len(document.blocks), units)
    return Layout(roles, tuple(lines), tuple(headings), tuple(captions), contents)
