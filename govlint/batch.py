"""Many files: found in folders, checked in several processes, reported in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from govlint.config import Configuration
from govlint.engine import Report
from govlint.hooks import Plugins

Progress = Callable[[int, int], None]
"""Called with the number of files that are done and of all files."""


def check_paths(
    paths: Iterable[str | Path],
    plugins: Plugins,
    configuration: Configuration,
    *,
    jobs: int | None = None,
    force_exclude: bool = False,
    progress: Progress | None = None,
) -> Iterator[Report]:
    """The reports of all files, in the order of ``paths`` and by name within folders, one at a time.

    ``jobs`` processes share the work (``None``: as many as pay); the reports are the same for any number. Last comes a
    report on failed plugins, if any failed. All configuration is read before the first report.
    """
    raise NotImplementedError
