"""The server: what is open, when it is checked, and the protocol's requests.

Checks run in a thread of their own, so that the protocol is answered meanwhile. What was edited last is checked first; a
check that an edit overtakes is stopped. The client sends whole texts: what counts as a line, and in which units, is then
decided in :mod:`govlint.source` alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO, TypeVar

from lsprotocol import types
from msgspec import Struct, field
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from govlint.baseline import Baseline, Sifting, read_baseline
from govlint.batch import SUFFIXES
from govlint.config import CONFIG_NAMES, Configuration, Settings
from govlint.engine import (
    Report,
    Stopped,
    StoppedError,
    check_failed,
    check_source,
    parse_source,
    plugin_report,
    unreadable,
)
from govlint.fixes import fix_source, planned_fixes
from govlint.hooks import Plugins, describe
from govlint.ledger import Entry
from govlint.lsp import actions, shown
from govlint.lsp.options import Options
from govlint.lsp.places import Places
from govlint.lsp.thread import ThisThread
from govlint.mistakes import ConfigError
from govlint.own import OWN_RULES
from govlint.rule import Edit, Fix, Rule
from govlint.source import Source, Span, Units

T = TypeVar("T")

DEBOUNCE = 0.04
"""Seconds without an edit before a text is checked whose last edit is not: an edit to a checked text is checked at once."""

_COLLECT_AFTER = 50_000
"""New objects after which garbage is looked for: a check makes many, nearly all of which go without being looked for."""
_SWITCH_INTERVAL = 0.0005
"""Seconds that a check goes on while the protocol has something to do, which is often: an edit is six turns."""

_Stamp = tuple[tuple[int, int] | None, ...]


class Checked(Struct, frozen=True, eq=False):
    """A text that was checked: which edit, what was found, as the protocol has it."""

    edit: int
    version: int | None
    report: Report
    settings: Settings | None
    diagnostics: list[types.Diagnostic]
    places: Places | None


class Open(Struct, eq=False):
    """An open document: its text, how many edits it has seen, when the last one came and may be checked, the last check.

    ``settled`` is set while the last check is that of the present text, and for good once the document is closed.
    """

    uri: str
    name: str
    text: str
    version: int | None
    edit: int = 0
    edited: float = 0.0
    due: float = 0.0
    closed: bool = False
    checked: Checked | None = None
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    ledger: tuple[Checked, list[Entry]] | None = None


class Session:
    """What the server knows of one client. The methods marked as such run in the checking thread, all others outside."""

    def __init__(self, server: LanguageServer, options: Options, worker: Executor) -> None:
        self.server = server
        self.options = options
        self.units: Units = "utf-16"
        self._open: dict[str, Open] = {}
        self._edits = 0
        self._checking: asyncio.Task[None] | None = None
        self._worker = worker
        self._plugins: Plugins | None = None
        self._rules: Mapping[str, Rule] = {}
        self._configuration: Configuration | None = None
        self._stamps: dict[Path, _Stamp] = {}
        self._baseline: tuple[Path, _Stamp, Baseline] | None = None
        self._told: set[str] = set()

    # -- documents

    def opened(self, item: types.TextDocumentItem) -> None:
        """A document was opened."""
        self._leave(item.uri)
        document = self._open[item.uri] = Open(
            item.uri, _name(item.uri, item.language_id), item.text, item.version, edited=_now()
        )
        self._check_soon(document)

    def edited(self, uri: str, version: int | None, text: str) -> None:
        """A document has another text."""
        if (document := self._open.get(uri)) is not None:
            document.text, document.version, document.edited = text, version, _now()
            self._check_soon(document)

    def closed(self, uri: str) -> None:
        """A document was closed: what was found in it is taken back."""
        if self._leave(uri):
            self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _leave(self, uri: str) -> bool:
        """Forget a document; whether it was open."""
        document = self._open.pop(uri, None)
        if document is None:
            return False
        document.closed = True
        document.settled.set()
        self._edits += 1
        return True

    def check_all(self) -> None:
        """Check everything that is open once more."""
        for document in self._open.values():
            self._check_soon(document)

    def configure(self, given: object) -> None:
        """Take over what the client wishes."""
        self.options = self.options.updated(given)

    async def reconfigure(self, given: object) -> None:
        """Take over what the client wishes now, and check everything by it."""
        self.configure(given)
        await self.in_worker(self._forget_configuration)
        self.check_all()

    def warm_up(self) -> None:
        """Load plugins and whatever is imported late, before the first document needs it."""
        self._worker.submit(self._warm_up)

    async def in_worker(self, task: Callable[..., T], *arguments: Any) -> T:
        """The result of a task that the checking thread does."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, task, *arguments)

    async def current(self, uri: str) -> tuple[Open, Checked] | None:
        """An open document with the check of its present text."""
        document = self._open.get(uri)
        if document is None:
            return None
        while not document.settled.is_set():
            await document.settled.wait()
        if document.closed or document.checked is None:
            return None
        return document, document.checked

    def stop(self) -> None:
        """Check nothing any more."""
        for document in self._open.values():
            document.closed = True
        self._edits += 1
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _check_soon(self, document: Open) -> None:
        behind = document.edit > 0 and not document.settled.is_set()
        document.due = document.edited + DEBOUNCE if behind else document.edited
        document.settled.clear()
        document.edit += 1
        self._edits += 1
        if self._checking is None or self._checking.done():
            self._checking = asyncio.create_task(self._keep_checked())

    async def _keep_checked(self) -> None:
        """Check what is not checked as it is, what was edited last first, and publish it, until there is nothing left."""
        while waiting := [document for document in self._open.values() if not document.settled.is_set()]:
            document = max(waiting, key=lambda document: document.edited)
            if (wait := document.due - _now()) > 0:
                await asyncio.sleep(wait)
                continue
            checked = await self.in_worker(
                self._checked, document, document.text, document.edit, document.version, self._until_edit()
            )
            if checked is not None and not document.closed and checked.edit == document.edit:
                document.checked = checked
                document.settled.set()
                self._publish(document, checked)

    def _until_edit(self) -> Stopped:
        """To be asked whether anything was edited, opened or closed since now."""
        edits = self._edits
        return lambda: self._edits != edits

    def _publish(self, document: Open, checked: Checked) -> None:
        forget_finished(self.server)
        failed = None if self._plugins is None else plugin_report(self._plugins)
        for each in () if failed is None else failed.diagnostics:
            if each.detail not in self._told:
                self._told.add(each.detail)
                tell(self.server, self.options.say(each.message, each.english))
        for diagnostic in checked.report.diagnostics:
            if diagnostic.detail and diagnostic.detail not in self._told:
                self._told.add(diagnostic.detail)
                self.server.window_log_message(types.LogMessageParams(types.MessageType.Error, diagnostic.detail))
        self.server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(document.uri, checked.diagnostics, version=checked.version)
        )

    # -- in the checking thread

    def _loaded(self) -> Plugins:
        if self._plugins is None:
            plugins = Plugins.installed()
            self._rules = {rule.id: rule for rule in (*plugins.rules(), *OWN_RULES)}
            plugins.kinds()
            self._plugins = plugins
        return self._plugins

    def _warm_up(self) -> None:
        check_source(Source("warm.md", _SAMPLE), self._loaded(), Configuration.of(self._loaded()).settings("warm.md"))
        gc.collect()
        gc.freeze()  # what is loaded by now stays: looking it through again and again takes a tenth of each check
        gc.set_threshold(_COLLECT_AFTER)

    def _forget_configuration(self) -> None:
        self._configuration, self._stamps, self._baseline = None, {}, None

    def _configured(self, name: str) -> Configuration:
        """The configuration; read again once a file that holds for ``name`` is another than it was."""
        choices = self.options.choices
        folder = Path(os.path.abspath(name)).parent  # noqa: PTH100
        folders = (folder, *folder.parents)
        files = [choices.config] if choices.config else [each / file for each in folders for file in CONFIG_NAMES]
        stamp = tuple(_stamp(file) for file in files)
        if self._configuration is None or self._stamps.setdefault(folder, stamp) != stamp:
            self._configuration = None
            self._stamps = {folder: stamp}
            self._configuration = Configuration.of(self._loaded(), choices)
        return self._configuration

    def _sifted(self, report: Report) -> Report:
        """A report without what the baseline knows, which is read again once its file is another than it was."""
        path = self.options.baseline
        if path is None:
            return report
        stamp = (_stamp(path),)
        if self._baseline is None or self._baseline[:2] != (path, stamp):
            self._baseline = path, stamp, read_baseline(path)
        return Sifting(self._baseline[2]).sift(report)

    def _checked(self, document: Open, text: str, edit: int, version: int | None, stopped: Stopped) -> Checked | None:
        uri, name = document.uri, document.name
        source = Source(name, text)
        places = Places(source, self.units)
        settings = None
        try:
            plugins, configuration = self._loaded(), self._configured(name)
            settings = configuration.settings(name)
            if configuration.excludes(name):
                report = Report(name, source)
            elif (size := len(text.encode("utf-8", "replace"))) > settings.max_file_size:
                report = unreadable(name, *_too_large(size))
            else:
                report = self._sifted(check_source(source, plugins, settings, stopped))
            found = shown.diagnostics(report, uri, places, self.options)
        except StoppedError:
            return None
        except ConfigError as error:
            report = Report(name, source, failed=True)
            found = [_misconfigured(error, uri, self.options)]
        except Exception as error:
            message = f"检查时程序出错（{describe(error)}）", f"the check failed ({describe(error)})"
            report = check_failed(name, *message, source=source, detail="".join(traceback.format_exception(error)))
            found = shown.diagnostics(report, uri, places, self.options)
        return Checked(edit, version, report, settings, found, places)

    def ledger(self, document: Open, checked: Checked) -> list[Entry]:
        """In the checking thread: the ledger of what was checked, made once."""
        if document.ledger is None or document.ledger[0] is not checked:
            entries: list[Entry] = []
            if checked.report.document is not None:
                entries, _ = self._loaded().collect("govlint_ledger", Entry, document=checked.report.document)
            document.ledger = checked, entries
        return document.ledger[1]

    def hover(self, document: Open, checked: Checked, position: types.Position) -> types.Hover | None:
        """In the checking thread: what there is to say about a place."""
        if checked.places is None:
            return None
        offset = checked.places.offset(position)
        entries = self.ledger(document, checked)
        return shown.hover(checked.report, entries, offset, self._rules, checked.places, self.options)

    def hints(self, document: Open, checked: Checked, where: types.Range) -> list[types.InlayHint]:
        """In the checking thread: the status of each number in a range."""
        if checked.places is None:
            return []
        return shown.hints(self.ledger(document, checked), checked.places.span(where), checked.places, self.options)

    def symbols(self, checked: Checked) -> list[types.DocumentSymbol]:
        """In the checking thread: the outline with the tables."""
        if checked.places is None or checked.report.document is None:
            return []
        return shown.symbols(checked.report.document, checked.places, self.options)

    def suppression(self, checked: Checked, index: int, reason: str, *, file: bool) -> Edit | None:
        """In the checking thread: the edit that suppresses a diagnostic of the report."""
        document, settings = checked.report.document, checked.settings
        if document is None or settings is None:
            return None
        plugins = self._loaded()
        knowledge = plugins.knowledge(settings.kind, settings.words)
        return actions.suppression(
            document,
            checked.report.diagnostics[index],
            reason,
            lambda source: parse_source(source, plugins, knowledge)[0],
            plugins.rules(),
            file=file,
        )

    def fix_all(self, document: Open, checked: Checked) -> tuple[list[types.TextEdit], str]:
        """In the checking thread: the edits of all safe fixes, verified; or none, and why not. None to a text of old."""
        source, settings, places = checked.report.source, checked.settings, checked.places
        if source is None or settings is None or places is None:
            return [], ""
        plugins = self._loaded()

        def overtaken() -> bool:
            return document.closed or document.edit != checked.edit

        try:
            fixed = fix_source(source, lambda other: self._sifted(check_source(other, plugins, settings, overtaken)))
        except StoppedError:
            return [], ""
        if fixed.report.failed:
            refused = fixed.report.diagnostics[0]
            return [], self.options.say(refused.message, refused.english)
        return actions.text_edits(Fix(tuple(actions.changes(source, fixed.text))), places), ""

    def code_actions(
        self, document: Open, checked: Checked, params: types.CodeActionParams, *, resolves: bool, versioned: bool
    ) -> list[types.CodeAction]:
        """In the checking thread: the actions for a range."""
        places, report = checked.places, checked.report
        if places is None or report.document is None:
            return []
        only = params.context.only
        offered: list[types.CodeAction] = []
        if actions.wanted(types.CodeActionKind.QuickFix, only):
            offered += self._quick_fixes(document, checked, places, places.span(params.range), versioned)
        safe = sum(planned.fix.safe for planned in planned_fixes(report, unsafe=False))
        if safe and actions.wanted(actions.FIX_ALL, only):
            title = self.options.say(f"修复全部有把握的问题（{safe} 处）", f"fix everything that is certain ({safe})")
            action = types.CodeAction(title, kind=actions.FIX_ALL)
            if resolves:
                action.data = {"uri": document.uri, "edit": checked.edit}
                offered.append(action)
            elif edits := self.fix_all(document, checked)[0]:
                action.edit = workspace_edit(document.uri, checked.version, edits, versioned)
                offered.append(action)
        return offered

    def _quick_fixes(
        self, document: Open, checked: Checked, places: Places, where: Span, versioned: bool
    ) -> Iterator[types.CodeAction]:
        report, say, uri = checked.report, self.options.say, document.uri
        found = shown.at(report.diagnostics, where)
        numbered = {id(each): index for index, each in enumerate(report.diagnostics)}
        for diagnostic, title, safe, edits in actions.fixes(report, found, places, self.options):
            yield types.CodeAction(
                title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[checked.diagnostics[numbered[id(diagnostic)]]],
                is_preferred=safe,
                edit=workspace_edit(uri, checked.version, edits, versioned),
            )
        for diagnostic in found:
            if not actions.suppressible(diagnostic):
                continue
            index, rule = numbered[id(diagnostic)], diagnostic.rule
            told = [checked.diagnostics[index]]
            if self.options.ask_reason:
                for file in (False, True):
                    title = (
                        say(f"在本文件中屏蔽 {rule} …", f"suppress {rule} in this file …")
                        if file
                        else say(f"屏蔽此处的 {rule} …", f"suppress {rule} here …")
                    )
                    arguments = {"uri": uri, "edit": checked.edit, "index": index, "rule": rule, "file": file}
                    yield types.CodeAction(
                        title,
                        kind=types.CodeActionKind.QuickFix,
                        diagnostics=told,
                        command=types.Command(title, actions.ASK_REASON, arguments=[arguments]),
                    )
                continue
            for file in (False, True):
                for reason in self.options.suppression_reasons():
                    edit = self.suppression(checked, index, reason, file=file)
                    if edit is None:
                        break
                    title = (
                        say(f"在本文件中屏蔽 {rule}（{reason}）", f"suppress {rule} in this file ({reason})")
                        if file
                        else say(f"屏蔽此处的 {rule}（{reason}）", f"suppress {rule} here ({reason})")
                    )
                    edits = actions.text_edits(Fix((edit,)), places)
                    yield types.CodeAction(
                        title,
                        kind=types.CodeActionKind.QuickFix,
                        diagnostics=told,
                        edit=workspace_edit(uri, checked.version, edits, versioned),
                    )


def workspace_edit(uri: str, version: int | None, edits: list[types.TextEdit], versioned: bool) -> types.WorkspaceEdit:
    """Edits of one document, tied to its version where the client knows that."""
    if not versioned:
        return types.WorkspaceEdit(changes={uri: edits})
    document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, list(edits))])


def _name(uri: str, language: str) -> str:
    """The path of a document, or a name; with a suffix that tells the format as the client sees it."""
    name = to_fs_path(uri) or uri.rpartition("/")[2].rpartition(":")[2] or "untitled"
    if os.path.splitext(name)[1].lower() in SUFFIXES:  # noqa: PTH122
        return name
    return f"{name}.html" if language in ("html", "xhtml") else f"{name}.md"


def _now() -> float:
    return asyncio.get_running_loop().time()


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _too_large(size: int) -> tuple[str, str]:
    return f"文件有 {size:,} 字节，超过 max-file-size，未检查", f"{size:,} bytes, more than max-file-size: not checked"


def _misconfigured(error: ConfigError, uri: str, options: Options) -> types.Diagnostic:
    """A diagnostic on the document that the configuration keeps from being checked, pointing to the mistake."""
    start = types.Range(types.Position(0, 0), types.Position(0, 0))
    message = options.say(str(error), error.english)
    related = None
    where = ""
    if error.path is not None:
        line = max((error.line or 1) - 1, 0)
        place = types.Range(types.Position(line, 0), types.Position(line, 0))
        file = from_fs_path(os.path.abspath(error.path)) or uri  # noqa: PTH100
        related = [types.DiagnosticRelatedInformation(types.Location(file, place), message)]
        where = f"{Path(error.path).name}:{line + 1}: "
    said = options.say(
        f"配置有误，未检查：{where}{message}", f"not checked, the configuration is wrong: {where}{message}"
    )
    return types.Diagnostic(
        start,
        said,
        severity=types.DiagnosticSeverity.Error,
        code="govlint/configuration",
        source=shown.SOURCE,
        related_information=related,
    )


_SAMPLE = """\
# 某单位2023年度部门决算

一、收入支出决算总体情况说明

2023年度收入总计100.00万元，支出总计100.00万元，比上年增加10.00万元，增长11.1%。

| 项目 | 金额 |
|---|---|
| 收入总计 | 100.00 |
"""
"""A report of which nothing is kept: checking it imports what is imported late."""


def serve(options: Options, stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Talk with a client until it is gone. To be called in the main thread, which does the checks."""
    from importlib.metadata import version

    worker = ThisThread()
    server = LanguageServer("govlint", version("govlint"), text_document_sync_kind=types.TextDocumentSyncKind.Full)
    session = Session(server, options, worker)
    _documents(server, session)
    _requests(server, session)
    _editing(server, session)

    def talk() -> None:
        try:
            server.start_io(stdin, stdout)
        finally:
            session.stop()

    sys.setswitchinterval(_SWITCH_INTERVAL)
    Thread(target=talk, name="protocol").start()
    worker.work()


def _capable(server: LanguageServer, *path: str) -> Any:
    """A capability of the client; ``None`` where it says nothing of it."""
    found: Any = server.client_capabilities
    for name in path:
        found = getattr(found, name, None)
    return found


def _documents(server: LanguageServer, session: Session) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        encoding = server.workspace.position_encoding
        session.units = {"utf-8": "utf-8", "utf-32": "utf-32"}.get(str(getattr(encoding, "value", encoding)), "utf-16")  # type: ignore[assignment]
        session.configure(params.initialization_options)

    @server.feature(types.INITIALIZED)
    async def initialized(params: types.InitializedParams) -> None:
        session.warm_up()
        if _capable(server, "workspace", "did_change_watched_files", "dynamic_registration"):
            baseline = session.options.baseline
            watched = (*CONFIG_NAMES, *([] if baseline is None else [baseline.name]))
            watchers = [types.FileSystemWatcher(f"**/{name}") for name in watched]
            registration = types.Registration(
                "configuration-files",
                types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                types.DidChangeWatchedFilesRegistrationOptions(watchers),
            )
            with contextlib.suppress(JsonRpcException):  # a client that can't watch after all: edits see what changed
                await server.client_register_capability_async(types.RegistrationParams([registration]))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def watched(params: types.DidChangeWatchedFilesParams) -> None:
        await session.reconfigure(None)

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configured(params: types.DidChangeConfigurationParams) -> None:
        given = params.settings
        await session.reconfigure(given.get("govlint", given) if isinstance(given, Mapping) else None)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        session.opened(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        text = server.workspace.get_text_document(params.text_document.uri).source
        session.edited(params.text_document.uri, params.text_document.version, text)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        session.closed(params.text_document.uri)


def _requests(server: LanguageServer, session: Session) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        found = await session.current(params.text_document.uri)
        return None if found is None else await session.in_worker(session.hover, *found, params.position)

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def hints(params: types.InlayHintParams) -> list[types.InlayHint]:
        if not session.options.inlay_hints:
            return []
        found = await session.current(params.text_document.uri)
        return [] if found is None else await session.in_worker(session.hints, *found, params.range)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(
        params: types.DocumentSymbolParams,
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        found = await session.current(params.text_document.uri)
        if found is None:
            return []
        nested = await session.in_worker(session.symbols, found[1])
        if _capable(server, "text_document", "document_symbol", "hierarchical_document_symbol_support"):
            return nested
        return shown.flat(nested, params.text_document.uri)


def _editing(server: LanguageServer, session: Session) -> None:
    def versioned() -> bool:
        return bool(_capable(server, "workspace", "workspace_edit", "document_changes"))

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=actions.KINDS, resolve_provider=True)
    )
    async def code_actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        found = await session.current(params.text_document.uri)
        if found is None:
            return []
        resolvable = _capable(server, "text_document", "code_action", "resolve_support", "properties") or ()
        return await session.in_worker(
            lambda: session.code_actions(*found, params, resolves="edit" in resolvable, versioned=versioned())
        )

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        data = action.data
        found = await session.current(data["uri"]) if isinstance(data, Mapping) and "uri" in data else None
        if found is None or not isinstance(data, Mapping) or found[1].edit != data.get("edit"):
            return action
        edits, refused = await session.in_worker(session.fix_all, *found)
        if edits:
            action.edit = workspace_edit(found[0].uri, found[1].version, edits, versioned())
        if refused:
            tell(server, refused)
        return action

    @server.command(actions.SUPPRESS)
    async def suppress(wish: dict[str, Any]) -> None:
        found = await session.current(str(wish.get("uri")))
        say = session.options.say
        reason = str(wish.get("reason") or "").strip()
        if found is None or found[1].edit != wish.get("edit") or not reason:
            tell(server, say("文档已有改动，请重新选择", "the document has changed: please choose again"))
            return
        document, checked = found
        index, file = int(wish.get("index", -1)), bool(wish.get("file"))
        if not 0 <= index < len(checked.report.diagnostics) or checked.places is None:
            return
        edit = await session.in_worker(lambda: session.suppression(checked, index, reason, file=file))
        if edit is None:
            tell(server, say("这里无法加屏蔽注释", "there is no place for such a comment"))
            return
        edits = actions.text_edits(Fix((edit,)), checked.places)
        change = workspace_edit(document.uri, checked.version, edits, versioned())
        await server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(change))


def forget_finished(server: LanguageServer) -> None:
    """Let go of what is done: the library keeps something of every notification, for as long as it runs."""
    pending = server.protocol._request_futures
    for id_ in [id_ for id_, future in pending.items() if future.done()]:
        del pending[id_]


def tell(server: LanguageServer, message: str) -> None:
    """Show the user a message."""
    server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"govlint: {message}"))


def protocol_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for the protocol alone: what else is printed goes to standard error from now on."""
    stdin, stdout = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return stdin, stdout
