"""Processes that check files, each one file at a time."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from govlint.engine import Report, check_failed
from govlint.hooks import Plugins
from govlint.tasks import Prepare, Task, report_on

if TYPE_CHECKING:
    from govlint.cache import Cache


class _Worker(Struct, frozen=True, eq=False):
    """A process that checks one file at a time, so that where it dies it is known over which."""

    process: BaseProcess
    connection: Connection


class Workers:
    """Processes and the tasks that they are at: each the task's number and path, and since when.

    A process that is at a file for more than ``patience`` seconds is ended: it hangs where nothing else can stop it.
    """

    def __init__(
        self,
        plugins: Plugins,
        size: int,
        prepare: Prepare | None = None,
        cache: Cache | None = None,
        patience: float = 1800.0,
    ) -> None:
        self._plugins = plugins
        self._prepare = prepare
        self._cache = cache
        self._patience = patience
        self._size = size
        self._idle: list[_Worker] = []
        self._busy: dict[Any, tuple[_Worker, int, str, float]] = {}
        self._context = _context()

    def has_room(self) -> bool:
        """Whether another task may be given."""
        return len(self._busy) < self._size

    def give(self, number: int, task: Task) -> None:
        """Let a process check a file. One that died waiting is replaced."""
        while self._idle:
            worker = self._idle.pop()
            try:
                worker.connection.send(task)
            except OSError:
                self._bury(worker)
            else:
                self._busy[worker.connection] = worker, number, task.path, time.monotonic()
                return
        worker = self._start()
        self._busy[worker.connection] = worker, number, task.path, time.monotonic()
        with suppress(BrokenPipeError):  # dead already: finished() will tell
            worker.connection.send(task)

    def finished(self) -> dict[int, Report]:
        """The reports that are there, by the task's number; waits for one."""
        reports: dict[int, Report] = {}
        oldest = min((since for *_, since in self._busy.values()), default=time.monotonic())
        arrived = wait(list(self._busy), max(0.0, oldest + self._patience - time.monotonic()))
        if not arrived:
            return self._ended()
        for ready in arrived:
            worker, number, path, _ = self._busy.pop(ready)
            try:
                reports[number], failures = worker.connection.recv()
            except (EOFError, OSError):
                reports[number] = _died(path, self._bury(worker))
            else:
                self._idle.append(worker)
                for failure in failures:
                    self._plugins.fail(failure)
        return reports

    def _ended(self) -> dict[int, Report]:
        """End the processes that are at a file for too long; the reports on these."""
        reports: dict[int, Report] = {}
        for connection, (worker, number, path, since) in list(self._busy.items()):
            if time.monotonic() - since >= self._patience:
                del self._busy[connection]
                worker.process.kill()
                self._bury(worker)
                reports[number] = check_failed(
                    path,
                    f"检查本文件用时超过 {self._patience:.0f} 秒，已中止",
                    f"the check of this file took more than {self._patience:.0f} seconds and was stopped",
                )
        return reports

    def close(self) -> None:
        """End all processes, whatever they are at."""
        for worker in (*self._idle, *(worker for worker, *_ in self._busy.values())):
            worker.process.terminate()
            self._bury(worker)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        forked = self._context.get_start_method() == "fork"
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_work,
            args=(theirs, self._plugins, self._prepare, self._cache, ours if forked else None),
            daemon=True,
        )
        with _uninterrupted():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _bury(self, worker: _Worker) -> int | None:
        """Wait for the end of a process; its exit code."""
        worker.connection.close()
        worker.process.join()
        return worker.process.exitcode


def _context() -> BaseContext:
    """Forked processes have the plugins already; but a process with several threads is better not forked."""
    fork = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if fork else "spawn")


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let an interrupt wait: between a fork and the first line of the new process it would leave that one astray."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(
    connection: Connection,
    plugins: Plugins,
    prepare: Prepare | None,
    cache: Cache | None,
    other_end: Connection | None,
) -> None:
    """What a process does: check the files it is told, until the other end is closed.

    ``other_end`` is this process's own copy of it, if it has one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if other_end is not None:
        other_end.close()
    with suppress(EOFError, BrokenPipeError):
        while True:
            task = connection.recv()
            known = len(plugins.failures)
            report = report_on(task, plugins, prepare, cache)
            connection.send((report, plugins.failures[known:]))


def _died(path: str, exit_code: int | None) -> Report:
    return check_failed(
        path,
        f"检查进程意外终止（退出码 {exit_code}），本文件未检查完，可能是内存不足",
        f"the process that checked this file ended unexpectedly (exit code {exit_code}); memory may be short",
    )
