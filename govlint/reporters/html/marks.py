"""Spans of the source as marks in the texts of a document.

Findings, the places that belong to them and the numbers of the ledger are all spans; a page shows texts. What a span
covers of each text is found through the texts' own map, never by searching.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape
from msgspec import Struct, field

from govlint.document import Document, Piece, Table, Text
from govlint.rule import Severity
from govlint.source import Span

RANKS: Mapping[str, int] = {severity.value: severity.rank for severity in Severity}
"""The severities, the gravest first."""

_MOST_PIECES = 400
_MOST_TEXTS = 60
"""A span over more than that is shown beside its blocks, not on their characters."""


class Mark(Struct, frozen=True):
    """A span that is to be shown: its id on the page, and what it is.

    ``severity`` is that of a finding, ``status`` that of a number in the ledger; a place that only belongs to others has
    neither. ``label`` is said of it where the mouse rests, ``number`` stands behind a finding's last character.
    """

    id: str
    span: Span
    severity: str = ""
    status: str = ""
    label: str = ""
    number: int = 0


class Extent(Struct, frozen=True):
    """What a mark covers of a text: ``text[begin:end]``; ``first`` and ``last`` say that it begins and ends there."""

    begin: int
    end: int
    mark: Mark
    first: bool
    last: bool


class TextKey(NamedTuple):
    """A text of a document: the index of its block, and in a table that of the cell in reading order, else 0."""

    block: int
    cell: int


class Placed(Struct, frozen=True):
    """Where the marks are: on characters of texts, on whole blocks, and for each mark's id the block where it begins.

    A mark of the whole document has none: one over all of it, or on nothing at its very beginning.
    """

    texts: dict[TextKey, list[Extent]] = field(default_factory=lambda: defaultdict(list))
    blocks: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    homes: dict[str, int] = field(default_factory=dict)


def place(document: Document, marks: Iterable[Mark]) -> Placed:
    """Find the texts that marks cover."""
    ground = _Ground.of(document)
    placed = Placed()
    for mark in marks:
        ground.put(mark, placed)
    return placed


class _Ground(Struct, frozen=True):
    """The pieces of all texts in the order of the source, the cells without text, and the blocks' spans."""

    starts: Sequence[int]
    pieces: Sequence[tuple[Piece, TextKey]]
    empty_starts: Sequence[int]
    empty: Sequence[tuple[Span, TextKey]]
    blocks: Sequence[Span]

    @classmethod
    def of(cls, document: Document) -> _Ground:
        pieces: list[tuple[Piece, TextKey]] = []
        empty: list[tuple[Span, TextKey]] = []
        for number, block in enumerate(document.blocks):
            cells = enumerate(block.cells()) if isinstance(block, Table) else ((0, block),)
            for at, cell in cells:
                key = TextKey(number, at)
                pieces.extend((piece, key) for piece in cell.text.pieces)
                if not cell.text and isinstance(block, Table):
                    empty.append((cell.span, key))
        pieces.sort(key=lambda found: found[0].start)
        empty.sort(key=lambda found: found[0])
        return cls(
            [piece.start for piece, _ in pieces],
            pieces,
            [span.start for span, _ in empty],
            empty,
            [block.span for block in document.blocks],
        )

    def put(self, mark: Mark, placed: Placed) -> None:
        if self._is_whole(mark.span):
            return
        covered = self._covered(mark.span)
        if covered is None or len(covered) > _MOST_TEXTS:
            self._put_on_blocks(mark, placed)
            return
        if not covered:
            point = self._point(mark.span)
            if point is None:
                self._put_on_blocks(mark, placed)
                return
            key, at = point
            covered = {key: (at, at)}
        keys = sorted(covered)
        placed.homes[mark.id] = keys[0].block
        for key in keys:
            begin, end = covered[key]
            placed.texts[key].append(Extent(begin, end, mark, key == keys[0], key == keys[-1]))

    def _is_whole(self, span: Span) -> bool:
        """Whether a span is that of the whole document."""
        if span.end == 0:
            return True
        over_all = span.start <= self.blocks[0].start and span.end >= self.blocks[-1].end if self.blocks else True
        return over_all and len(self.blocks) != 1

    def _covered(self, span: Span) -> dict[TextKey, tuple[int, int]] | None:
        """The range that a span covers of each text; ``None`` where they are too many."""
        covered: dict[TextKey, tuple[int, int]] = {}
        first = max(bisect_right(self.starts, span.start) - 1, 0)
        behind = bisect_left(self.starts, span.end, first)
        if behind - first > _MOST_PIECES:
            return None
        for piece, key in self.pieces[first:behind]:
            if piece.stop <= span.start:
                continue
            begin, end = piece.begin, piece.end
            if end - begin == piece.stop - piece.start:
                begin += max(span.start - piece.start, 0)
                end -= max(piece.stop - span.end, 0)
            known = covered.get(key, (begin, end))
            covered[key] = min(known[0], begin), max(known[1], end)
        return covered

    def _point(self, span: Span) -> tuple[TextKey, int] | None:
        """The place in a text for a span that covers no character: an empty cell, or beside the nearest character."""
        at = bisect_left(self.empty_starts, span.start)
        for cell, key in self.empty[max(at - 1, 0) : at + 1]:
            if cell.start <= span.end and span.start <= cell.end:
                return key, 0
        if not self.pieces:
            return None
        before = bisect_right(self.starts, span.start) - 1
        piece, key = self.pieces[max(before, 0)]
        if before < 0 or span.start < piece.stop:
            same_length = piece.end - piece.begin == piece.stop - piece.start
            return key, piece.begin + (max(span.start - piece.start, 0) if same_length else 0)
        if before + 1 < len(self.pieces) and span.start > self.blocks[key.block].end:
            following, its_key = self.pieces[before + 1]
            if self.blocks[its_key.block].start <= span.start:
                return its_key, following.begin
        return key, piece.end

    def _put_on_blocks(self, mark: Mark, placed: Placed) -> None:
        """Mark the blocks that a span shares characters with."""
        first = bisect_right(self.blocks, mark.span.start, key=lambda block: block.start) - 1
        behind = bisect_left(self.blocks, mark.span.end, key=lambda block: block.start)
        touched = [number for number in range(max(first, 0), behind) if self.blocks[number].end > mark.span.start]
        if not touched:
            return
        placed.homes[mark.id] = touched[0]
        for number in touched:
            placed.blocks[number].append(mark)


# -- writing


def marked(text: Text, extents: Sequence[Extent]) -> Markup:
    """A text as HTML with its marks: one element for each run of characters that the same marks cover.

    Each element names its marks in ``data-i``. A run of a finding links to the note, one of a number of the ledger to
    its row.
    """
    if not extents:
        return escape(text.text)
    bounds = sorted({0, len(text.text), *(extent.begin for extent in extents), *(extent.end for extent in extents)})
    beginning: dict[int, list[Extent]] = defaultdict(list)
    for extent in extents:
        beginning[extent.begin].append(extent)
    parts: list[str] = []
    active: list[Extent] = []
    for begin, end in zip(bounds, [*bounds[1:], bounds[-1]], strict=True):
        active = [extent for extent in active if extent.end > begin]
        for point in beginning[begin]:
            if point.begin == point.end:
                parts.append(_run("", [point], [point] if point.first else []))
                parts.extend(_numbers([point]))
        starting = [extent for extent in beginning[begin] if extent.end > begin]
        active.extend(starting)
        if begin == end:
            continue
        if active:
            parts.append(_run(text.text[begin:end], active, [extent for extent in starting if extent.first]))
            parts.extend(_numbers(extent for extent in active if extent.end == end))
        else:
            parts.append(escape(text.text[begin:end]))
    return Markup("".join(parts))


def _run(text: str, active: Sequence[Extent], starting: Sequence[Extent]) -> str:
    """An element for characters, with the ids of the marks that begin there. Ids and classes are our own words."""
    marks = [extent.mark for extent in active]
    finding = min((mark for mark in marks if mark.severity), key=lambda mark: RANKS[mark.severity], default=None)
    number = next((mark for mark in marks if mark.status), None)
    anchors = "".join(f'<i id="{extent.mark.id}"></i>' for extent in starting)
    attributes = f' data-i="{" ".join(mark.id for mark in marks)}"'
    classes = []
    if finding is not None:
        classes.append("f")
        attributes += f' data-s="{finding.severity}"'
    if number is not None:
        classes += ["n", number.status]
    if not text:
        classes.append("point")
    label = "\n".join(dict.fromkeys(mark.label for mark in marks if mark.label))
    if label:
        attributes += f' title="{escape(label)}"'
    target = finding or number
    if target is None:
        return f'{anchors}<span class="{" ".join(["p", *classes])}"{attributes}>{escape(text)}</span>'
    return f'{anchors}<a class="{" ".join(classes)}" href="#note-{target.id}"{attributes}>{escape(text)}</a>'


def _numbers(ending: Iterable[Extent]) -> Iterator[str]:
    """The numbers of the findings whose last characters stand before."""
    for extent in ending:
        mark = extent.mark
        if extent.last and mark.number:
            yield f'<sup data-i="{mark.id}" data-s="{mark.severity}">{mark.number}</sup>'
