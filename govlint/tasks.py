"""One file's check, in whatever process: what must be known for it, and doing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from govlint.config import Settings
from govlint.engine import Report, check_file
from govlint.hooks import Plugins

if TYPE_CHECKING:
    from govlint.cache import Cache

Prepare = Callable[[Report, Plugins], Report]
"""Called with each report where its document is; gives it back with ``prepared`` set. It can be pickled and never raises."""


class Task(Struct, frozen=True):
    """A file to check, its settings, and what tells these from others (see :meth:`Configuration.identity`)."""

    path: str
    settings: Settings
    identity: str


def report_on(task: Task, plugins: Plugins, prepare: Prepare | None, cache: Cache | None) -> Report:
    """The report on a task's file, without its document; kept where there is a cache."""
    if cache is not None:
        report = cache.check(task.path, plugins, task.settings, task.identity)
    else:
        report = check_file(task.path, plugins, task.settings)
    return replace(report if prepare is None else prepare(report, plugins), document=None)
