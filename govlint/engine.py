"""Checking: rules run over a document, and what comes of it.

A :class:`Report` says what was found in one file. It never raises for what a file, a rule or a plugin does: what could
not be checked is a diagnostic of the engine's own (see :mod:`govlint.own`) and makes the report ``failed``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from govlint.document import Document
from govlint.rule import Fix, Related, Severity
from govlint.source import Position, Source, Span

if TYPE_CHECKING:
    from govlint.config import Settings
    from govlint.hooks import Plugins, Summary


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its place in the run: which rule, how grave, in which file.

    ``detail`` is the traceback, where the engine reports a crash.
    """

    rule: str
    severity: Severity
    path: str
    span: Span
    message: str
    english: str
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    detail: str = ""


@dataclass(frozen=True)
class Report:
    """What was found in one file.

    ``source`` is ``None`` where the file could not be read. ``diagnostics`` are sorted by start, rule and message.
    ``summary`` holds lines about the whole file that are no findings. ``failed`` says that something could not be
    checked. ``fail_on`` is the lowest severity that makes the check fail, ``None`` if none does. ``document`` is there
    only in the process that made the report: it is not pickled.
    """

    path: str
    source: Source | None
    diagnostics: tuple[Diagnostic, ...] = ()
    summary: tuple[Summary, ...] = ()
    failed: bool = False
    fail_on: Severity | None = Severity.WARNING
    document: Document | None = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "document": None}

    @property
    def status(self) -> int:
        """The exit status: 2 where something could not be checked, 1 for a finding at or above ``fail_on``, else 0."""
        if self.failed:
            return 2
        worst = min((diagnostic.severity.rank for diagnostic in self.diagnostics), default=len(Severity))
        return int(self.fail_on is not None and worst <= self.fail_on.rank)

    def positions(self, span: Span) -> tuple[Position, Position]:
        """Start and end of a span as line and column; the first character of a file that could not be read."""
        if self.source is None:
            return Position(1, 1), Position(1, 1)
        return self.source.position(span.start), self.source.position(span.end)


def check(
    path: str | os.PathLike[str] | None = None,
    *,
    text: str | None = None,
    kind: str | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    config: str | os.PathLike[str] | None = None,
) -> Report:
    """Check one report with the installed plugins.

    ``path`` is the path of a Markdown or HTML file; a string with a line break in it is taken as the report's text.
    ``text`` is the text of a report that is in memory, ``path`` then only the name it goes by (its suffix tells the
    format). Configuration is found upwards from ``path``, or read from ``config``; the other arguments go before it.

    Raises :class:`govlint.ConfigError` for a wrong configuration or argument. A file that can't be read, a rule or a
    plugin that fails is a diagnostic in the report.
    """
    raise NotImplementedError


def parse(
    path: str | os.PathLike[str] | None = None, *, text: str | None = None, kind: str | None = None
) -> Document:
    """The document of a file or text; arguments as for :func:`check`. Raises :class:`govlint.SourceError`."""
    raise NotImplementedError


def check_file(path: str, plugins: Plugins, settings: Settings) -> Report:
    """Read and check the file at ``path``."""
    raise NotImplementedError


def check_bytes(data: bytes, path: str, plugins: Plugins, settings: Settings) -> Report:
    """Check a file's content that was read already (standard input) and goes by the name ``path``."""
    raise NotImplementedError


def check_source(source: Source, plugins: Plugins, settings: Settings) -> Report:
    """Parse and check a source."""
    raise NotImplementedError


def check_document(document: Document, plugins: Plugins, settings: Settings) -> Report:
    """Run the rules that the settings select over a document."""
    raise NotImplementedError


def plugin_report(plugins: Plugins) -> Report | None:
    """A report on the plugins that failed so far, if any did; its path is empty."""
    raise NotImplementedError
