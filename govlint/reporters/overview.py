"""The table at the end of a run over several files: how grave and of which packs is what was found in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from govlint.reporters import Style
from govlint.reporters.naming import SEVERITY_NAMES
from govlint.rule import Severity

T = TypeVar("T")
Counts = tuple[tuple[Severity, str, int], ...]
_File = tuple[str, Counts]

_MOST_FILES = 20
_NOTHING = "·"
_NARROWEST_NAME = 16


class Overview:
    """Counts findings by file, severity and rule."""

    def __init__(self) -> None:
        self._files: list[_File] = []

    def count(self, name: str, counts: Counts) -> None:
        """Take note of what was found in a file."""
        self._files.append((name, counts))

    def severities(self) -> Counter[Severity]:
        """How many findings of each severity there are in all files."""
        return _by(_sum(self._files), lambda severity, _: severity)

    def rules(self) -> Counter[str]:
        """How many findings of each rule there are in all files."""
        return _by(_sum(self._files), lambda _, rule: rule)

    def lines(self, style: Style) -> Iterator[str]:
        """The table, the gravest files first, those beyond the twentieth and those without findings in a row each.

        Nothing for a single file. On a terminal a path that is too long for a line is cut on the left.
        """
        found = [(name, counts) for name, counts in self._files if counts]
        if len(self._files) < 2 or not found:
            return
        english = style.lang == "en"
        total = _by_column(found)
        packs = sorted(set(total) - set(Severity))
        found.sort(key=_gravest_first)
        rows = [(file[0], _by_column([file])) for file in found[:_MOST_FILES]]
        if rest := found[_MOST_FILES:]:
            rows.append((f"{len(rest)} more" if english else f"另外 {len(rest)} 个文件", _by_column(rest)))
        if clean := len(self._files) - len(found):
            rows.append((f"{clean} without findings" if english else f"没有问题的 {clean} 个文件", Counter()))
        rows.append(("total" if english else "合计", total))
        columns = [
            *((SEVERITY_NAMES[severity][english], severity.value) for severity in Severity),
            *((pack, pack) for pack in packs),
        ]
        yield from _table("file" if english else "文件", columns, rows, style.width if style.excerpt else None)


def _by(counts: Counter[tuple[Severity, str]], key: Callable[[Severity, str], T]) -> Counter[T]:
    """The counts added up by what ``key`` makes of severity and rule."""
    added: Counter[T] = Counter()
    for (severity, rule), count in counts.items():
        added[key(severity, rule)] += count
    return added


def _gravest_first(file: _File) -> list[int]:
    """What to sort files by."""
    counts = dict.fromkeys(Severity, 0)
    for severity, _, count in file[1]:
        counts[severity] -= count
    return list(counts.values())


def _by_column(files: Iterable[_File]) -> Counter[str]:
    """The findings of files by severity and, beside these, by pack."""
    counts = _sum(files)
    return _by(counts, lambda severity, _: severity.value) + _by(counts, lambda _, rule: rule.partition("/")[0])


def _sum(files: Iterable[_File]) -> Counter[tuple[Severity, str]]:
    added: Counter[tuple[Severity, str]] = Counter()
    for _, counts in files:
        for severity, rule, count in counts:
            added[severity, rule] += count
    return added


def _table(
    first: str, columns: Sequence[tuple[str, str]], rows: Sequence[tuple[str, Counter[str]]], most: int | None
) -> Iterator[str]:
    """Lines of at most ``most`` cells: each row's name, then its counts in columns, each a header and a key."""
    from rich.cells import cell_len, set_cell_size

    written = [(header, [str(counts[key] or _NOTHING) for _, counts in rows]) for header, key in columns]
    widths = [max(cell_len(header), *map(len, numbers)) + 2 for header, numbers in written]
    width = max(cell_len(name) for name in (first, *(name for name, _ in rows)))
    if most is not None:
        width = min(width, max(most - sum(widths), _NARROWEST_NAME))
    yield set_cell_size(first, width) + "".join(
        " " * (room - cell_len(header)) + header for (header, _), room in zip(written, widths, strict=True)
    )
    for index, (name, _) in enumerate(rows):
        while cell_len(name) > width:
            name = "…" + name[2:]
        yield set_cell_size(name, width) + "".join(
            numbers[index].rjust(room) for (_, numbers), room in zip(written, widths, strict=True)
        )
