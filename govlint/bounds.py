"""A bound on processor time, so that no file can hold up a run, whatever it contains.

The bound holds wherever Python runs, in the middle of a regular expression too. It needs a signal, which Unix sends and
the main thread receives; elsewhere nothing is bounded.
"""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

RULE_SECONDS = 10.0
"""What a rule, or the parser, may take for a file; a hundred times what any takes for a report."""

SECONDS_A_MILLION = 40.0
"""What it may take in addition for each million characters."""

RULES_A_FILE = 6
"""How many times that all rules together may take."""


class OutOfTimeError(BaseException):
    """The bound is reached. Not an ``Exception``: a rule that handles any of these must not handle this one."""


class Stopwatch:
    """Bounds for one file of so many characters: ``with`` it, then :meth:`start` before each piece of work."""

    def __init__(self, characters: int, seconds: float = RULE_SECONDS) -> None:
        import threading  # which a run that finds all in the cache does without

        self.bound = seconds + SECONDS_A_MILLION * characters / 1_000_000
        self.left = RULES_A_FILE * self.bound
        self._works = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
        self._set = 0.0
        self._before: Any = None

    def __enter__(self) -> Stopwatch:
        if self._works:
            self._before = signal.signal(signal.SIGVTALRM, _stop)
        return self

    def __exit__(self, *_: object) -> None:
        if self._works:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, self._before)

    def start(self) -> bool:
        """Begin a piece of work, ending the one before; whether any time is left of what the file may take.

        From here :class:`OutOfTimeError` comes after ``bound`` seconds of processor time.
        """
        if not self._works:
            return True
        rest, _ = signal.setitimer(signal.ITIMER_VIRTUAL, self.bound)
        self.left -= max(self._set - rest, 0.0)
        self._set = self.bound
        return self.left > 0


def _stop(number: int, frame: FrameType | None) -> None:
    raise OutOfTimeError
