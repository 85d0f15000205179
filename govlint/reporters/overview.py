"""The table at the end of a run over several files: how grave and of which packs is what was found in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from govlint.reporters import Style
from govlint.reporters.naming import SEVERITY_NAMES
from govlint.rule import Severity

_MOST_FILES = 20
_NOTHING = "·"
_NARROWEST_PATH = 16


class Overview:
    """Counts findings by file, severity and pack."""

    def __init__(self) -> None:
        self._files: list[tuple[str, Counter[str]]] = []

    def count(self, path: str, found: Sequence[tuple[Severity, str]]) -> None:
        """Take note of what was found in a file: the severity and the rule of each finding."""
        counts = Counter([severity.value for severity, _ in found])
        counts.update([rule.partition("/")[0] for _, rule in found])
        self._files.append((path, counts))

    def lines(self, style: Style) -> Iterator[str]:
        """The table, the gravest files first, those beyond the twentieth and those without findings in a row each.

        Nothing for a single file. On a terminal a path that is too long for a line is cut on the left.
        """
        found = [(path, counts) for path, counts in self._files if counts]
        if len(self._files) < 2 or not found:
            return
        english = style.lang == "en"
        severities = [severity.value for severity in Severity]
        packs = sorted({name for _, counts in found for name in counts if name not in severities})
        names = [SEVERITY_NAMES[severity][english] for severity in Severity]
        found.sort(key=lambda each: [-each[1][severity] for severity in severities])
        rows = found[:_MOST_FILES]
        if rest := found[_MOST_FILES:]:
            label = f"{len(rest)} more" if english else f"另外 {len(rest)} 个文件"
            rows.append((label, sum((counts for _, counts in rest), Counter())))
        if clean := len(self._files) - len(found):
            rows.append((f"{clean} without findings" if english else f"没有问题的 {clean} 个文件", Counter()))
        rows.append(("total" if english else "合计", sum((counts for _, counts in found), Counter())))
        yield from _table(("file" if english else "文件", names, packs), severities, rows, style)


def _table(
    header: tuple[str, Sequence[str], Sequence[str]],
    severities: Sequence[str],
    rows: Sequence[tuple[str, Counter[str]]],
    style: Style,
) -> Iterator[str]:
    from rich.cells import cell_len, set_cell_size

    first, names, packs = header
    columns = [(name, [counts[key] for _, counts in rows]) for name, key in zip(names, severities, strict=True)]
    columns += [(pack, [counts[pack] for _, counts in rows]) for pack in packs]
    written = [(name, [str(number or _NOTHING) for number in numbers]) for name, numbers in columns]
    widths = [max(cell_len(name), *map(len, numbers)) + 2 for name, numbers in written]
    width = max(cell_len(path) for path in (first, *(path for path, _ in rows)))
    if style.excerpt:
        width = min(width, max(style.width - sum(widths), _NARROWEST_PATH))
    yield set_cell_size(first, width) + "".join(
        " " * (room - cell_len(name)) + name for (name, _), room in zip(written, widths, strict=True)
    )
    for index, (path, _) in enumerate(rows):
        label = path
        while cell_len(label) > width:
            label = "…" + label[2:]
        yield set_cell_size(label, width) + "".join(
            numbers[index].rjust(room) for (_, numbers), room in zip(written, widths, strict=True)
        )
