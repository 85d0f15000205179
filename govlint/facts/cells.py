"""The texts of all cells, read once for those who look through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govlint.document import Document, Table
from govlint.facts.memo import fact


@fact
def cell_texts(document: Document) -> Mapping[int, Sequence[Sequence[str]]]:
    """The texts of each table's cells, row by row, as printed; by the table's place among the document's blocks."""
    return {
        index: [[cell.text.text for cell in row] for row in block.rows]
        for index, block in enumerate(document.blocks)
        if isinstance(block, Table)
    }
