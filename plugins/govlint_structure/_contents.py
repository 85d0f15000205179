"""The contents (目录) against the headings: which entry is which heading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from govlint import ContentsEntry, Document, Table, fact, layout, plain, read_ordinal
from govlint_structure._headings import RANKS, Placed, core_of, likeness, placed_headings


class Listed(Struct, frozen=True):
    """An entry of the contents with the index of the entry above it (-1: none) and its title for comparing."""

    entry: ContentsEntry
    parent: int
    core: str


class Comparison(Struct, frozen=True):
    """Entries and headings, and what belongs together: ``same`` by title, ``renamed`` by place and likeness.

    Both map indices of entries to indices of headings.
    """

    entries: tuple[Listed, ...]
    headings: tuple[Placed, ...]
    same: Mapping[int, int]
    renamed: Mapping[int, int]

    def heading_of(self, entry: int) -> int | None:
        """The heading of an entry, renamed or not."""
        return self.same.get(entry, self.renamed.get(entry))


@fact
def comparison(document: Document) -> Comparison:
    """The contents against the headings; without contents both mappings are empty."""
    entries = _listed(document)
    headings = placed_headings(document)
    same = _same(entries, headings)
    return Comparison(entries, headings, same, _renamed(entries, headings, same))


def _listed(document: Document) -> tuple[Listed, ...]:
    found = layout(document).contents
    numbered = any(entry.kind in RANKS for entry in found)
    above: list[tuple[float, int]] = []
    listed: list[Listed] = []
    for index, entry in enumerate(found):
        core = core_of(document, entry.title)
        rank: float = RANKS.get(entry.kind) or (9 if core.endswith("表") and numbered else 3.5 if numbered else 1)
        while above and above[-1][0] >= rank:
            above.pop()
        listed.append(Listed(entry, above[-1][1] if above else -1, core))
        above.append((rank, index))
    return tuple(listed)


def _same(entries: Sequence[Listed], headings: Sequence[Placed]) -> dict[int, int]:
    by_core: dict[str, list[int]] = defaultdict(list)
    for index, place in enumerate(headings):
        by_core[place.core].append(index)
    same: dict[int, int] = {}
    used: set[int] = set()
    last = -1
    for index, listed in enumerate(entries):
        free = [at for at in by_core.get(listed.core, ()) if at not in used]
        if not listed.core or not free:
            continue
        above = same.get(listed.parent)
        under = [at for at in free if above is not None and headings[at].parent == above]
        choice = next(iter(under), next((at for at in free if at > last), free[0]))
        same[index] = last = choice
        used.add(choice)
    return same


_ALIKE = 0.75
_ALIKE_AND_SAME_NUMBER = 0.5
_REACH = 60
"""How many headings are compared with an entry that has no heading of its title."""


def _renamed(entries: Sequence[Listed], headings: Sequence[Placed], same: Mapping[int, int]) -> dict[int, int]:
    used = set(same.values())
    renamed: dict[int, int] = {}
    nexts = _next_matched(entries, same, len(headings))
    last = -1
    for index, listed in enumerate(entries):
        if index in same:
            last = same[index]
            continue
        best, choice = 0.0, None
        for at in range(last + 1, min(nexts[index], last + 1 + _REACH)):
            if at in used:
                continue
            heading = headings[at].heading
            same_number = (heading.kind, heading.value) == (listed.entry.kind, listed.entry.value) != ("none", None)
            if "none" not in (heading.kind, listed.entry.kind) and heading.kind != listed.entry.kind:
                continue
            alike = likeness(listed.core, headings[at].core)
            if alike >= (_ALIKE_AND_SAME_NUMBER if same_number else _ALIKE) and alike + same_number > best:
                best, choice = alike + same_number, at
        if choice is not None:
            renamed[index] = last = choice
            used.add(choice)
    return renamed


def _next_matched(entries: Sequence[Listed], same: Mapping[int, int], end: int) -> list[int]:
    """For each entry the heading of the next entry that has one."""
    nexts = [end] * len(entries)
    following = end
    for index in range(len(entries) - 1, -1, -1):
        nexts[index] = following
        following = same.get(index, following)
    return nexts


_LONG_ENOUGH = 4
_LONG = 8
_AFTER_TITLE = frozenset("。.:,;(、")
_LONGEST_CELL = 60


def _ends_at(text: str, length: int) -> bool:
    """Whether the first characters of a line can be a title: all of it, up to punctuation, or long enough."""
    return length >= min(len(text), _LONG) or text[length] in _AFTER_TITLE


def stands_elsewhere(document: Document, cores: Sequence[str]) -> frozenset[str]:
    """Those titles that are written outside the contents, though not as a heading: in a cell, or beginning a line."""
    found = layout(document)
    contents = {entry.block for entry in found.contents}
    wanted = frozenset(cores)
    lengths = sorted({len(core) for core in wanted if len(core) >= _LONG_ENOUGH})
    present: set[str] = set()
    for line in found.lines:
        if line.role != "contents":
            text = plain(line.text.text[read_ordinal(line.text.text).end :])
            present.update(text[:length] for length in lengths if _ends_at(text, length))
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table) and index not in contents:
            present.update(
                core_of(document, cell.text) for cell in block.cells() if 0 < len(cell.text) <= _LONGEST_CELL
            )
    return wanted & present
