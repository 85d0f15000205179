"""A report as topics with numbered headings, before it is written in one notation or another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.generator.grids import Grid, chinese
from tests.generator.marks import Part, Parts, parts_of, plain


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; ``kind`` is ``unit``, ``body``, ``note``, ``contents``, ``title`` or empty for prose."""

    parts: Parts
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered paragraph; its number is that of the level below the topic that it stands in."""

    parts: Parts


@dataclass(frozen=True, slots=True)
class Table:
    """A grid, and the number of its table in the model."""

    grid: Grid
    id: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its depth from 1; what notation it takes is the renderer's."""

    parts: Parts
    depth: int
    caption: bool = False


Block = Para | Item | Table | Heading


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading with what stands under it.

    ``listed``: in the contents. ``numbered``: takes the number of its level. ``shown``: its heading where that differs
    from the entry in the contents (a caption: its own number, the year).
    """

    title: Parts
    blocks: tuple[Block, ...] = ()
    topics: tuple[Topic, ...] = ()
    listed: bool = True
    numbered: bool = True
    shown: Parts | None = None


def topic(title: Part | Parts, *blocks: Block, topics: tuple[Topic, ...] = (), listed: bool = True) -> Topic:
    """A topic under a plain title."""
    return Topic(parts_of(title), blocks, topics, listed)


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of the levels from the top, ``{n}`` in Arabic and ``{c}`` in Chinese numerals.

    Headings from depth ``stop`` on end with 。 (0: none does).
    """

    levels: tuple[str, ...]
    stop: int = 0

    def number(self, depth: int, index: int) -> str:
        """The number of the ``index``-th heading or item at ``depth``."""
        return self.levels[depth - 1].format(n=index, c=chinese(index))


PARTS = Numbering(("第{c}部分 ", "{c}、", "（{c}）", "{n}.", "（{n}）"))
PARTS_STOPPED = Numbering(("第{c}部分 ", "{c}、", "（{c}）", "{n}.", "（{n}）"), stop=3)
PARTS_COMMA = Numbering(("第{c}部分 ", "{c}、", "（{c}）", "{n}、", "（{n}）"))
SHANGHAI_BUDGET = Numbering(("{c}、", "{n}. ", "（{c}）", "{n}."))
FLAT = Numbering(("{c}、", "（{c}）", "{n}.", "（{n}）"))
FLAT_STOPPED = Numbering(("{c}、", "（{c}）", "{n}.", "（{n}）"), stop=2)


def contents(topics: tuple[Topic, ...], numbering: Numbering, depth: int = 1, deepest: int = 2) -> Iterator[Parts]:
    """The entries of the table of contents (目录)."""
    index = 0
    for one in topics:
        if not one.listed:
            continue
        index += one.numbered
        number = numbering.number(depth, index) if one.numbered else ""
        yield (number, *one.title)
        if depth < deepest:
            yield from contents(one.topics, numbering, depth + 1, deepest)


def laid_out(topics: tuple[Topic, ...], numbering: Numbering, depth: int = 1) -> Iterator[Block]:
    """Headings and blocks in order, numbers written out."""
    index = 0
    for one in topics:
        index += one.numbered
        number = numbering.number(depth, index) if one.numbered else ""
        parts = one.shown if one.shown is not None else (number, *one.title)
        if numbering.stop and depth >= numbering.stop and one.shown is None and plain(parts)[-1] not in "。）":
            parts = (*parts, "。")
        yield Heading(parts, depth, caption=one.shown is not None)
        items = 0
        for block in one.blocks:
            if isinstance(block, Item):
                items += 1
                yield Para((numbering.number(depth + 1, items), *block.parts))
            else:
                yield block
        yield from laid_out(one.topics, numbering, depth + 1)
