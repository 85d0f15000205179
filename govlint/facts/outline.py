"""The outline (结构): sections nested by how they are numbered, although marks are lost and levels unequal."""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct, field

from govlint.document import Document, Section
from govlint.facts.layout import HeadingLine, Layout, layout
from govlint.facts.memo import fact
from govlint.facts.ordinals import OrdinalKind
from govlint.facts.titles import title_core

_RANKS: dict[OrdinalKind, float] = {
    "part": 1,
    "annex": 2,
    "chinese": 3,
    "table": 4,
    "chinese-brackets": 5,
    "arabic": 6,
    "arabic-brackets": 7,
    "circled": 8,
}
"""The order of levels (GB/T 9704 7.3.3): 第X部分 over 一、 over （一） over 1. over （1） over ①."""

_LEAF = 9.0
_PART = re.compile(
    r"^(?:概况|基本情况|(?:决算|预算)(?:公开)?(?:表|报表)|(?:决算|预算)?(?:情况|编制|安排)?说明|专?业?性?名[词称]解释)$"
)


class _Node(Struct):
    heading: HeadingLine
    rank: float
    start: int
    stop: int = 0
    children: list[_Node] = field(default_factory=list)


@fact
def outline(document: Document) -> tuple[Section, ...]:
    """The sections of the highest level, each with those under it; the titles of tables are leaves.

    Where a heading has a number, the kind of the number says its level; the level of the mark counts only where
    there is none. ``Section.blocks`` runs from the heading to the next heading of the same or a higher level.
    """
    found = layout(document)
    ranks = _Ranks(found)
    top: list[_Node] = []
    open_nodes: list[_Node] = []
    for heading in sorted((*found.headings, *found.captions), key=lambda heading: (heading.block, heading.line.whole)):
        start = heading.block + 1 if heading.form == "tail" else heading.block
        rank = _RANKS.get(heading.kind) or (_LEAF if heading.role == "caption" else ranks(heading))
        while open_nodes and (open_nodes[-1].rank >= rank or open_nodes[-1].heading.role == "caption"):
            open_nodes.pop().stop = start
        node = _Node(heading, rank, start)
        (open_nodes[-1].children if open_nodes else top).append(node)
        open_nodes.append(node)
    for node in open_nodes:
        node.stop = len(document.blocks)
    return tuple(_section(node, 1) for node in top)


def _section(node: _Node, level: int) -> Section:
    heading = node.heading
    return Section(
        heading.block,
        level,
        heading.number,
        heading.title,
        range(node.start, max(node.stop, node.start)),
        tuple(_section(child, level + 1) for child in node.children),
        heading.kind,
        heading.value,
        heading.role == "caption",
        heading.marked,
    )


class _Ranks:
    """The ranks of headings without number, from the contents, from the marks of numbered headings, or their form."""

    def __init__(self, found: Layout) -> None:
        kinds = {title_core(entry.title.text): entry.kind for entry in reversed(found.contents)}
        highest = min((_RANKS[entry.kind] for entry in found.contents if entry.kind in _RANKS), default=1)
        self._contents = {
            core: 1 if _RANKS.get(kind, highest) == highest else _RANKS[kind] for core, kind in kinds.items()
        }
        by_mark: dict[int, Counter[float]] = {}
        for heading in found.headings:
            if heading.mark and heading.kind in _RANKS:
                by_mark.setdefault(heading.mark, Counter())[_RANKS[heading.kind]] += 1
        self._marks = {mark: counts.most_common(1)[0][0] for mark, counts in by_mark.items()}
        self._parts = any(heading.kind == "part" for heading in found.headings)

    def __call__(self, heading: HeadingLine) -> float:
        core = title_core(heading.title.text)
        if core in self._contents:
            return self._contents[core]
        if _PART.search(core):
            return 1
        if not heading.mark:
            return 3 if self._parts else 1
        if heading.mark in self._marks:
            return self._marks[heading.mark]
        above = [mark for mark in self._marks if mark < heading.mark]
        if above:
            return self._marks[max(above)] + 0.5
        return 1 + heading.mark / 10 if not self._marks or heading.mark < min(self._marks) else _LEAF - 1
