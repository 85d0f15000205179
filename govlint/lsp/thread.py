"""Work for the main thread, given to it by others: only there is the time that a rule may take bounded."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class ThisThread(Executor):
    """An executor whose tasks are done, one after another, by the thread that calls :meth:`work`."""

    def __init__(self) -> None:
        self._tasks: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._stopping = False

    def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """As of any executor. Raises ``RuntimeError`` after :meth:`shutdown`."""
        if self._stopping:
            raise RuntimeError("no more work is done")
        future: Future[T] = Future()
        self._tasks.put((future, lambda: task(*args, **kwargs)))
        return future

    def shutdown(self, wait: bool = False, *, cancel_futures: bool = True) -> None:
        """Let :meth:`work` return after what is being done; what waits is cancelled. Never waits."""
        self._stopping = True
        self._tasks.put(None)

    def work(self) -> None:
        """Do what is submitted until :meth:`shutdown`."""
        while (given := self._tasks.get()) is not None:
            future, task = given
            if self._stopping or not future.set_running_or_notify_cancel():
                future.cancel()
                continue
            try:
                result = task()
            except Exception as error:
                future.set_exception(error)
            except BaseException as error:
                future.set_exception(error)
                raise
            else:
                future.set_result(result)
            del given, future, task
