"""Many files: found in folders, checked in several processes, reported in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from govlint.config import Configuration
from govlint.engine import Form, Rendered, Report, no_files, plugin_report, unreadable
from govlint.hooks import Plugins
from govlint.parsers import HTML_SUFFIXES, MARKDOWN_SUFFIXES
from govlint.tasks import Prepare, Task, report_on

if TYPE_CHECKING:
    from govlint.cache import Cache
    from govlint.workers import Workers

Progress = Callable[[int, int], None]
"""Called with the number of files that are done and of all files."""

SUFFIXES = HTML_SUFFIXES | MARKDOWN_SUFFIXES
"""What a file's name ends in that is checked without being named."""

_SKIPPED_FOLDERS = frozenset({"node_modules"})
_AHEAD = 16
"""How many files a process may be ahead of the one whose report is due: bounds what is kept in memory."""


def check_paths(
    paths: Iterable[str | Path],
    plugins: Plugins,
    configuration: Configuration,
    *,
    jobs: int | None = None,
    force_exclude: bool = False,
    progress: Progress | None = None,
    prepare: Prepare | None = None,
    leave_out: Path | None = None,
    cache: Cache | None = None,
    form: Form | None = None,
) -> Iterator[Report]:
    """The reports of all files, in the order of ``paths`` and by name within folders, one at a time, without documents.

    ``jobs`` processes share the work (``None``: as many as pay); the reports are the same for any number. A path that
    is not a folder is checked whatever its name, unless ``force_exclude`` lets ``exclude`` hold for it, too. Last comes
    a report on failed plugins, if any failed. ``prepare`` is called in the process that checked the file; ``leave_out``
    is a folder that is not searched; from ``cache`` come the reports on files that were checked before, unless they are
    to be prepared; they are :class:`Rendered` where a ``form`` is all that is asked for. Files are searched for and all
    configuration is read before this returns. Raises :class:`ConfigError`.
    """
    found = list(find_files(paths, configuration, force_exclude=force_exclude, leave_out=leave_out))
    work = _Work(plugins, configuration, prepare, cache if prepare is None else None, form)
    files = [path for path in found if isinstance(path, str)]
    work.check_settings(files)
    jobs = _worthwhile(len(files)) if jobs is None else max(1, min(jobs, len(files)))
    return _reports(found, _in_processes(files, work, jobs) if jobs > 1 else map(work.report, files), work, progress)


class _Work(Struct, frozen=True):
    """What is done with each file."""

    plugins: Plugins
    configuration: Configuration
    prepare: Prepare | None
    cache: Cache | None
    form: Form | None

    def check_settings(self, paths: Iterable[str]) -> None:
        """Make sure that the settings of files are good. Raises :class:`ConfigError`."""
        if self.cache is None:
            for path in paths:
                self.configuration.settings(path)
            return
        for identity, path in {self.configuration.identity(path): path for path in paths}.items():
            if not self.cache.knows(identity):
                self.configuration.settings(path)
                self.cache.note(identity)

    def kept(self, path: str) -> Report | None:
        """The report on a file that was checked before."""
        if self.cache is None:
            return None
        identity, fail_on = self.configuration.identity(path), self.configuration.fail_on(path)
        return self.cache.find(path, identity, fail_on, self.form)

    def report(self, path: str) -> Report:
        """The report on a file, without its document."""
        return self.kept(path) or report_on(self.task(path), self.plugins, self.prepare, self.cache)

    def finished(self, report: Report) -> Report:
        """The report as it is asked for: rendered, where it may be kept so."""
        if self.cache is None or self.form is None or isinstance(report, Rendered):
            return report
        if report.failed or report.source is None or (self.plugins.loaded and self.plugins.failures):
            return report
        return self.cache.render(report, self.form, self.configuration.identity(report.path))

    def task(self, path: str) -> Task:
        """What a process must know to check a file."""
        return Task(path, self.configuration.settings(path), self.configuration.identity(path))


def _reports(
    found: Sequence[str | Report], checked: Iterator[Report], work: _Work, progress: Progress | None
) -> Iterator[Report]:
    try:
        for done, path in enumerate(found):
            if progress is not None:
                progress(done, len(found))
            yield path if isinstance(path, Report) else work.finished(next(checked))
        if progress is not None:
            progress(len(found), len(found))
    finally:
        if isinstance(checked, Generator):
            checked.close()
    failed = plugin_report(work.plugins)
    if failed is not None:
        yield failed


def _worthwhile(files: int) -> int:
    """How many processes pay for a number of files: each needs a few to make up for its start."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors, files // 2))


# -- finding


def find_files(
    paths: Iterable[str | Path],
    configuration: Configuration,
    *,
    force_exclude: bool = False,
    leave_out: Path | None = None,
) -> Iterator[str | Report]:
    """The files to check, each once; a report where a folder can't be read or holds none.

    Folders are searched through by name. Hidden files and folders, ``node_modules`` and what is excluded are left out, as
    is the folder ``leave_out``; links are followed, a folder that was seen is not entered again.
    """
    seen: set[str] = set()
    for given in paths:
        if not os.fspath(given):
            yield unreadable("", "路径为空", "the path is empty")
            continue
        path = str(Path(given))
        if Path(path).is_dir():
            empty = True
            for found in _walk(path, configuration, leave_out):
                empty = False
                if isinstance(found, Report) or _first_time(found, seen):
                    yield found
            if empty and (report := no_files(path, configuration.settings(Path(path) / "*"))) is not None:
                yield report
        elif not (force_exclude and configuration.excludes(path)) and _first_time(path, seen):
            yield path


def _first_time(path: str, seen: set[str]) -> bool:
    absolute = os.path.abspath(path)  # noqa: PTH100 - a link is a file of its own
    new = absolute not in seen
    seen.add(absolute)
    return new


def _walk(top: str, configuration: Configuration, leave_out: Path | None) -> Iterator[str | Report]:
    """The reports below a folder in the order of their paths."""
    entered: set[tuple[int, int]] = set()
    if leave_out is not None and leave_out.is_dir():
        status = leave_out.stat()
        entered.add((status.st_dev, status.st_ino))
    waiting = deque([(top, True)])
    while waiting:
        path, folder = waiting.popleft()
        if not folder:
            yield path
            continue
        try:
            status = os.stat(path)  # noqa: PTH116 - names that are not Unicode
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(path) as entries:
                inside = sorted(((entry.name, entry.is_dir(), entry) for entry in entries), key=_path_order)
        except OSError as error:
            yield unreadable(path, f"文件夹无法打开：{error.strerror}", f"the folder can't be opened: {error.strerror}")
            continue
        waiting.extendleft(
            reversed(
                [
                    (below, is_folder)
                    for name, is_folder, entry in inside
                    if not name.startswith(".")
                    and (name not in _SKIPPED_FOLDERS if is_folder else _is_report(entry))
                    and not configuration.excludes(below := _joined(path, name), folder=is_folder)
                ]
            )
        )


def _joined(folder: str, name: str) -> str:
    """The path of what is in a folder; nothing stands before it in the current one."""
    return name if folder == os.curdir else os.path.join(folder, name)  # noqa: PTH118 - of every file


def _path_order(entry: tuple[str, bool, object]) -> str:
    return entry[0] + "/" * entry[1]


def _is_report(entry: os.DirEntry[str]) -> bool:
    """Whether an entry that is no folder is to be checked; a link that leads nowhere is, which tells of it."""
    return os.path.splitext(entry.name)[1].lower() in SUFFIXES and (entry.is_file() or entry.is_symlink())  # noqa: PTH122


# -- checking


def _in_processes(files: Sequence[str], work: _Work, jobs: int) -> Generator[Report]:
    """The reports in the order of the files."""
    workers: Workers | None = None
    done: dict[int, Report] = {}
    given = 0
    try:
        for due in range(len(files)):
            while due not in done:
                while given < min(len(files), due + _AHEAD * jobs) and (workers is None or workers.has_room()):
                    if (kept := work.kept(files[given])) is not None:
                        done[given] = kept
                    else:
                        workers = workers or _start(work, jobs)
                        workers.give(given, work.task(files[given]))
                    given += 1
                if due not in done and workers is not None:
                    done.update(workers.finished())
            yield done.pop(due)
    finally:
        if workers is not None:
            workers.close()


def _start(work: _Work, jobs: int) -> Workers:
    """The processes, for the first file that was not checked before."""
    from govlint.workers import Workers

    return Workers(work.plugins, jobs, work.prepare, work.cache)
