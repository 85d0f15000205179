"""Places as the client counts them, in the units that it and the server agreed on."""

from __future__ import annotations

from lsprotocol import types
from msgspec import Struct

from govlint.source import Source, Span, Units


class Places(Struct, frozen=True):
    """The places of a source in the client's units."""

    source: Source
    units: Units

    def position(self, offset: int) -> types.Position:
        """An offset as a position."""
        line = self.source.position(offset).line - 1
        return types.Position(line, self.source.column_in(offset, self.units))

    def range(self, span: Span) -> types.Range:
        """A span as a range."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """A position as an offset; the nearest one where the position is not in the text."""
        return self.source.offset_in(position.line, position.character, self.units)

    def span(self, where: types.Range) -> Span:
        """A range as a span."""
        start, end = self.offset(where.start), self.offset(where.end)
        return Span(min(start, end), max(start, end))
