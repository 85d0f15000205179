"""Checking: rules run over a document, and what comes of it.

A :class:`Report` says what was found in one file. It never raises for what a file, a rule or a plugin does: what could
not be checked is a diagnostic of the engine's own (see :mod:`govlint.own`) and makes the report ``failed``.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import astuple, replace

from govlint.document import Block, Document, Knowledge, Table
from govlint.hooks import PluginFailure, Plugins, Summary, describe, traceback_of
from govlint.own import (
    CHECK_FAILED,
    EMPTY_FILE,
    INVALID_SUPPRESSION,
    NO_FILES,
    NOT_PARSED,
    PLUGIN_FAILED,
    RULE_CRASHED,
    UNREADABLE_FILE,
    UNUSED_SUPPRESSION,
)
from govlint.rule import Finding, Fix, Related, Rule, Severity
from govlint.source import Position, Source, SourceError, Span, read_bytes

if TYPE_CHECKING:
    from govlint.config import Settings

_START = Span(0, 0)
_UNNAMED = "<text>"

Stopped = Callable[[], bool]
"""Asked again and again during a check: whether nobody wants its report any more."""


class StoppedError(Exception):
    """A check ended early, because :data:`Stopped` said so."""


class Diagnostic(Struct, frozen=True, array_like=True, gc=False):
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


class Report(Struct, frozen=True):
    """What was found in one file.

    ``source`` is ``None`` where the file could not be read. ``diagnostics`` are sorted by start, rule and message.
    ``summary`` holds lines about the whole file that are no findings. ``failed`` says that something could not be
    checked. ``fail_on`` is the lowest severity that makes the check fail, ``None`` if none does. ``document`` is there
    only in the process that made the report: it is not pickled. ``prepared`` is what an output format made of the
    report while the document was there.
    """

    path: str
    source: Source | None
    diagnostics: tuple[Diagnostic, ...] = ()
    summary: tuple[Summary, ...] = ()
    failed: bool = False
    fail_on: Severity | None = Severity.WARNING
    document: Document | None = None
    prepared: Any = None

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), astuple(replace(self, document=None))

    @property
    def status(self) -> int:
        """The exit status: 2 where something could not be checked, 1 for a finding at or above ``fail_on``, else 0."""
        if self.failed:
            return 2
        return _status((diagnostic.severity for diagnostic in self.diagnostics), self.fail_on)

    def positions(self, span: Span) -> tuple[Position, Position]:
        """Start and end of a span as line and column; the first character of a file that could not be read."""
        if self.source is None:
            return Position(1, 1), Position(1, 1)
        return self.source.position(span.start), self.source.position(span.end)


class Rendering(Struct, frozen=True, array_like=True, gc=False):
    """What an output format writes about a report, wherever its file is: a character of its own stands for the name.

    ``findings`` are the lines about these, ``summary`` those about the whole file; ``counts`` says of each severity and
    rule how many findings there are.
    """

    findings: str
    summary: str
    counts: tuple[tuple[Severity, str, int], ...]


class Form(Struct, frozen=True):
    """How an output format renders reports: a name that tells this from other ways, and the function that does it."""

    name: str
    render: Callable[[Report], Rendering]


class Rendered(Report, frozen=True):
    """A report of which only its rendering is there, because nothing else was asked for: no source, no diagnostics."""

    rendering: Rendering = Rendering("", "", ())

    @property
    def status(self) -> int:
        """As of any report."""
        return _status((severity for severity, _, _ in self.rendering.counts), self.fail_on)


def _status(severities: Iterable[Severity], fail_on: Severity | None) -> int:
    worst = min((severity.rank for severity in severities), default=len(Severity))
    return int(fail_on is not None and worst <= fail_on.rank)


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
    ``text`` is the text of a report that is in memory; ``path`` is then only the name it goes by, whose suffix tells the
    format. ``kind``, ``select`` (ids of rules or names of packs), ``ignore`` and ``config`` are as on the command line.
    Configuration is found upwards from ``path`` unless ``config`` names a file.

    Raises :class:`govlint.ConfigError` for a wrong configuration or argument. A file that can't be read, a rule or a
    plugin that fails is a diagnostic in the report.
    """
    from govlint.config import Choices, Configuration

    plugins = installed_plugins()
    name, text = _named(path, text)
    choices = Choices(
        None if select is None else tuple(select),
        tuple(ignore),
        kind,
        config=None if config is None else Path(config),
    )
    settings = Configuration.of(plugins, choices).settings(name)
    if text is None:
        report = check_file(name, plugins, settings)
    else:
        report = check_source(Source(name, text), plugins, settings)
    failed = plugin_report(plugins)
    return (
        report
        if failed is None
        else replace(report, failed=True, diagnostics=(*report.diagnostics, *failed.diagnostics))
    )


def parse(path: str | os.PathLike[str] | None = None, *, text: str | None = None, kind: str | None = None) -> Document:
    """The document of a file or text, read with what the installed plugins know; ``path`` and ``text`` as for :func:`check`.

    Raises :class:`govlint.SourceError` for a file that can't be read.
    """
    plugins = installed_plugins()
    name, text = _named(path, text)
    source = Source.read(name) if text is None else Source(name, text)
    return parse_source(source, plugins, plugins.knowledge(kind))[0]


@functools.cache
def installed_plugins() -> Plugins:
    """The installed plugins, loaded once: for callers that check in this process again and again."""
    return Plugins.installed()


def _named(path: str | os.PathLike[str] | None, text: str | None) -> tuple[str, str | None]:
    """The name and, where it need not be read from there, the text of what a caller wants checked."""
    if path is None and text is None:
        raise TypeError("neither a path nor a text")
    if text is None and isinstance(path, str) and ("\n" in path or "\r" in path):
        path, text = None, path
    return (_UNNAMED if path is None else os.fspath(path)), text


def check_file(path: str, plugins: Plugins, settings: Settings) -> Report:
    """Read and check the file at ``path``."""
    return check_and_read(path, plugins, settings)[0]


def check_and_read(path: str, plugins: Plugins, settings: Settings) -> tuple[Report, bytes]:
    """Read and check the file at ``path``; also the very bytes that were checked, none where it could not be read."""
    try:
        data = read_bytes(path, settings.max_file_size)
    except SourceError as error:
        return unreadable(path, str(error), error.english), b""
    return check_bytes(data, path, plugins, settings), data


def check_bytes(data: bytes, path: str, plugins: Plugins, settings: Settings) -> Report:
    """Check the content of a file that was read already, such as standard input, and goes by the name ``path``."""
    try:
        source = Source.from_bytes(data, path, max_bytes=settings.max_file_size)
    except SourceError as error:
        return unreadable(path, str(error), error.english)
    return check_source(source, plugins, settings)


def unreadable(path: str, message: str, english: str) -> Report:
    """The report on a file or folder that could not be read."""
    return _only(UNREADABLE_FILE, path, message, english)


def check_failed(path: str, message: str, english: str, *, source: Source | None = None, detail: str = "") -> Report:
    """The report on a file whose check broke off."""
    return _only(CHECK_FAILED, path, message, english, source=source, detail=detail)


def no_files(folder: str, settings: Settings) -> Report | None:
    """The report on a folder that holds nothing to check, unless the settings have none of it."""
    chosen = settings.rules.get(NO_FILES.id)
    if chosen is None:
        return None
    finding = Finding(
        _START,
        "没有找到 Markdown 或 HTML 文件，什么也没有检查（README 等不算）",
        "no Markdown or HTML file: nothing was checked (a README is no report)",
    )
    return Report(folder, None, (_diagnostic(NO_FILES, finding, folder, chosen.severity),), fail_on=settings.fail_on)


def _only(
    rule: Rule, path: str, message: str, english: str, *, source: Source | None = None, detail: str = ""
) -> Report:
    diagnostic = _diagnostic(rule, Finding(_START, message, english), path, detail=detail)
    return Report(path, source, (diagnostic,), failed=True)


def check_source(source: Source, plugins: Plugins, settings: Settings, stopped: Stopped | None = None) -> Report:
    """Parse and check a source. Raises :class:`StoppedError` soon after ``stopped`` has begun to say so."""
    from govlint.bounds import OutOfTimeError, Stopwatch

    try:
        with Stopwatch(len(source.text)) as watch:
            watch.start()
            document, failures = parse_source(source, plugins, plugins.knowledge(settings.kind, settings.words))
        report = check_document(document, plugins, settings, stopped=stopped)
    except StoppedError:
        raise
    except OutOfTimeError:
        return check_failed(
            source.path,
            f"解析本文件用时超过 {watch.bound:.0f} 秒，没有检查",
            f"parsing this file takes more than {watch.bound:.0f} seconds: it was not checked",
            source=source,
        )
    except (Exception, SystemExit) as error:
        return check_failed(
            source.path,
            f"检查时程序出错（{describe(error)}），本文件未检查完；请反馈给 govlint 的维护者",
            f"the check of this file failed ({describe(error)}); please report it",
            source=source,
            detail=traceback_of(error),
        )
    return report if not failures else _with_failures(report, failures)


def parse_source(source: Source, plugins: Plugins, knowledge: Knowledge) -> tuple[Document, list[PluginFailure]]:
    """The document, from the first plugin that knows the format or else our own parsers; and the plugins that failed."""
    document, failures = plugins.parse(source, knowledge)
    if document is None:
        from govlint.parsers import parse as parse_known

        document = parse_known(source, knowledge)
    return document, failures


def check_document(
    document: Document,
    plugins: Plugins,
    settings: Settings,
    rules: Sequence[Rule] | None = None,
    stopped: Stopped | None = None,
) -> Report:
    """Run the rules that are on over a document. ``rules`` are all that there are, by default the plugins'.

    Raises :class:`StoppedError` once ``stopped``, which is asked before each rule, says so.
    """
    from govlint.bounds import OutOfTimeError, Stopwatch
    from govlint.suppressions import suppressions

    rules = plugins.rules() if rules is None else rules
    path = document.path
    found: list[tuple[Rule, Finding]] = []
    crashed: list[Diagnostic] = []
    ran: set[str] = set()
    late: list[Rule] = []
    with Stopwatch(len(document.source.text)) as watch:
        for rule in rules:
            chosen = settings.rules.get(rule.id)
            if chosen is None:
                continue
            if stopped is not None and stopped():
                raise StoppedError
            if not watch.start():
                late.append(rule)
                continue
            try:
                if rule.kinds and _kind(document) not in rule.kinds:
                    continue
                for finding in rule.check(document, **chosen.options):
                    _verify(finding, document)
                    found.append((rule, finding))
            except OutOfTimeError:
                crashed.append(_out_of_time(rule, watch.bound, path))
            except (Exception, SystemExit) as error:
                crashed.append(_crash(rule, error, path))
            else:
                ran.add(rule.id)
    if late:
        crashed.append(_too_late(late, path))
    comments = suppressions(document, rules)
    kept, used = comments.sift(found)
    own = [
        *((NOT_PARSED, Finding(trouble.span, trouble.message, trouble.english)) for trouble in document.troubles),
        *((EMPTY_FILE, finding) for finding in _nothing_in(document)),
        *((INVALID_SUPPRESSION, finding) for finding in comments.problems),
        *((UNUSED_SUPPRESSION, finding) for finding in comments.unused(used, ran, rules)),
    ]
    summary, failures = plugins.collect("govlint_summary", Summary, document=document, ran=frozenset(ran))
    report = Report(
        path,
        document.source,
        _in_order(
            (
                *(
                    _diagnostic(rule, finding, path, chosen.severity)
                    for rule, finding in (*kept, *own)
                    if (chosen := settings.rules.get(rule.id)) is not None
                ),
                *crashed,
            )
        ),
        tuple(summary),
        failed=bool(crashed or document.troubles),
        fail_on=settings.fail_on,
        document=document,
    )
    return report if not failures else _with_failures(report, failures)


def _kind(document: Document) -> str | None:
    from govlint.facts.identity import report_kind

    return report_kind(document)


def _verify(finding: object, document: Document) -> None:
    """Raise ``TypeError`` or ``ValueError`` for what is no finding or lies, in any of its parts, outside the document."""
    if not isinstance(finding, Finding):
        raise TypeError(f"reported {finding!r:.80}, not a Finding")
    end = len(document.source.text)
    spans = [finding.span]
    spans += [related.span for related in finding.related]
    if finding.fix:
        spans += [edit.span for edit in finding.fix.edits]
    for span in spans:
        if not 0 <= span.start <= span.end <= end:
            raise ValueError(f"reported a place outside the document: {tuple(span)} of {end} characters")


def _crash(rule: Rule, error: BaseException, path: str) -> Diagnostic:
    finding = Finding(
        _START,
        f"规则 {rule.id} 运行出错（{describe(error)}），本文件未按该规则检查完；其余规则不受影响",
        f"rule {rule.id} crashed ({describe(error)}) and did not finish this file; other rules are not affected",
    )
    return _diagnostic(RULE_CRASHED, finding, path, detail=traceback_of(error))


def _out_of_time(rule: Rule, seconds: float, path: str) -> Diagnostic:
    finding = Finding(
        _START,
        f"规则 {rule.id} 检查本文件用时超过 {seconds:.0f} 秒，已中止；其余规则不受影响",
        f"rule {rule.id} took more than {seconds:.0f} seconds for this file and was stopped; others are not affected",
    )
    return _diagnostic(RULE_CRASHED, finding, path)


def _too_late(rules: Sequence[Rule], path: str) -> Diagnostic:
    names = "、".join(rule.id for rule in rules)
    finding = Finding(
        _START,
        f"检查本文件用时过长，以下规则没有检查：{names}",
        f"the check of this file took too long: it was not checked with {names.replace('、', ', ')}",
    )
    return _diagnostic(CHECK_FAILED, finding, path)


def _nothing_in(document: Document) -> Iterator[Finding]:
    """A finding for a document without any text in it, unless the parser says why."""
    if document.troubles or any(_has_text(block) for block in document.blocks):
        return
    yield Finding(_START, "没有可检查的内容：文件中没有任何文字", "nothing to check: the file holds no text")


def _has_text(block: Block) -> bool:
    texts = (cell.text for cell in block.cells()) if isinstance(block, Table) else (block.text,)
    return any(text.text.strip() for text in texts)


def plugin_report(plugins: Plugins) -> Report | None:
    """A report on the plugins that failed so far, if any did. Its path is empty: it is about no file."""
    if not plugins.loaded or not plugins.failures:
        return None
    failures = sorted(plugins.failures, key=lambda failure: (failure.plugin, failure.doing))
    return Report("", None, tuple(_plugin_failed(failure, "") for failure in failures), failed=True)


def _with_failures(report: Report, failures: Iterable[PluginFailure]) -> Report:
    further = (_plugin_failed(failure, report.path) for failure in failures)
    return replace(report, failed=True, diagnostics=_in_order((*report.diagnostics, *further)))


def _plugin_failed(failure: PluginFailure, path: str) -> Diagnostic:
    finding = Finding(
        _START,
        f"插件 {failure.plugin} 出错（{failure.doing}：{failure.error}），它提供的内容可能没有起作用",
        f"plugin {failure.plugin} failed ({failure.doing}: {failure.error}): what it provides may be missing",
    )
    return _diagnostic(PLUGIN_FAILED, finding, path, detail=failure.traceback)


def _diagnostic(
    rule: Rule, finding: Finding, path: str, severity: Severity | None = None, *, detail: str = ""
) -> Diagnostic:
    """The finding as a diagnostic.

    ``severity``, where it is configured, stands for the rule's own; a finding that the rule itself ranks lower stays
    there, none is ranked higher.
    """
    ranked = finding.severity or severity or rule.severity
    if severity is not None:
        ranked = max(ranked, severity, key=lambda each: each.rank)
    return Diagnostic(
        rule.id, ranked, path, finding.span, finding.message, finding.english, finding.related, finding.fix, detail
    )


def _in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(diagnostics, key=lambda each: (each.span.start, each.rule, each.span.end, each.message)))
