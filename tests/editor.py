"""An editor for tests: starts ``govlint lsp`` in a process of its own and talks the protocol with it."""

import ast
import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

CAPABILITIES = types.ClientCapabilities(
    general=types.GeneralClientCapabilities(position_encodings=["utf-16"]),
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
    ),
    text_document=types.TextDocumentClientCapabilities(
        document_symbol=types.DocumentSymbolClientCapabilities(hierarchical_document_symbol_support=True),
        code_action=types.CodeActionClientCapabilities(
            data_support=True, resolve_support=types.ClientCodeActionResolveOptions(["edit"])
        ),
    ),
)


class Editor:
    """The client's side: what it was told, and the texts that it has open."""

    def __init__(self, client: LanguageClient, *, watches: bool = True) -> None:
        self._watches = watches
        self.client = client
        self.process: asyncio.subprocess.Process = client._server  # type: ignore[assignment]
        self.published: dict[str, list[types.PublishDiagnosticsParams]] = {}
        self.messages: list[str] = []
        self.log: list[str] = []
        self.registered: list[types.Registration] = []
        self.applied: list[types.WorkspaceEdit] = []
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self._news = asyncio.Event()
        self._listen()

    def _listen(self) -> None:
        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.published.setdefault(params.uri, []).append(params)
            self._news.set()

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def shown(params: types.ShowMessageParams) -> None:
            self.messages.append(params.message)

        @self.client.feature(types.WINDOW_LOG_MESSAGE)
        def logged(params: types.LogMessageParams) -> None:
            self.log.append(params.message)

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams) -> None:
            if not self._watches:
                raise RuntimeError("this editor can't watch files after all")
            self.registered.extend(params.registrations)

        @self.client.feature(types.WORKSPACE_APPLY_EDIT)
        def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            self.applied.append(params.edit)
            return types.ApplyWorkspaceEditResult(True)

    def open(self, path: Path, text: str, language: str = "markdown") -> str:
        """Open a document; its URI."""
        uri = path.as_uri()
        self.texts[uri], self.versions[uri] = text, 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def edit(self, uri: str, text: str) -> int:
        """Replace the text of a document; its version."""
        self.texts[uri] = text
        self.versions[uri] += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.versions[uri], uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )
        return self.versions[uri]

    def close(self, uri: str) -> None:
        """Close a document."""
        identifier = types.TextDocumentIdentifier(uri)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(identifier))

    async def diagnostics(self, uri: str, *, after: int | None = None) -> list[types.Diagnostic]:
        """The diagnostics of the present version; with ``after`` those of the first publication behind so many."""
        while True:
            seen = self.published.get(uri, [])
            if after is not None and len(seen) > after:
                return list(seen[after].diagnostics)
            if after is None and seen and seen[-1].version == self.versions[uri]:
                return list(seen[-1].diagnostics)
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), 30)

    def lines(self, uri: str) -> list[str]:
        return self.texts[uri].split("\n")

    def at(self, uri: str, word: str, nth: int = 0) -> types.Position:
        """The position of a word, in UTF-16 units."""
        offset = -1
        for _ in range(nth + 1):
            offset = self.texts[uri].index(word, offset + 1)
        before = self.texts[uri][:offset]
        column = before[before.rfind("\n") + 1 :]
        return types.Position(before.count("\n"), len(column.encode("utf-16-le")) // 2)

    async def actions(self, uri: str, word: str, **context: Any) -> list[types.CodeAction]:
        """The code actions at a word."""
        position = self.at(uri, word)
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(uri),
                types.Range(position, position),
                types.CodeActionContext(diagnostics=[], **context),
            )
        )
        return [_action(each) for each in found or ()]

    async def hover(self, uri: str, word: str, nth: int = 0) -> str:
        """What is shown over a word."""
        found = await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), self.at(uri, word, nth))
        )
        return found.contents.value if found is not None and isinstance(found.contents, types.MarkupContent) else ""

    def apply(self, uri: str, edit: types.WorkspaceEdit | None) -> str:
        """The text of a document after an edit, in UTF-16 units."""
        assert edit is not None
        edits: list[Any] = []
        for change in edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            assert (change.text_document.uri, change.text_document.version) == (uri, self.versions[uri])
            edits.extend(change.edits)
        edits.extend((edit.changes or {}).get(uri, ()))
        data = self.texts[uri].encode("utf-16-le")
        starts = [0]
        for line in self.texts[uri].split("\n"):
            starts.append(starts[-1] + len(line.encode("utf-16-le")) + 2)
        for each in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
            start = starts[each.range.start.line] + 2 * each.range.start.character
            end = starts[each.range.end.line] + 2 * each.range.end.character
            data = data[:start] + each.new_text.encode("utf-16-le") + data[end:]
        return data.decode("utf-16-le")


def _action(read: types.CodeAction | types.Command) -> types.CodeAction:
    """A code action, also where the library that reads it takes one with a command for the command."""
    if isinstance(read, types.CodeAction):
        return read
    command = ast.literal_eval(read.command)
    return types.CodeAction(
        read.title, command=types.Command(command["title"], command["command"], arguments=command["arguments"])
    )


@contextlib.asynccontextmanager
async def editor(
    *arguments: str,
    capabilities: types.ClientCapabilities = CAPABILITIES,
    options: Any = None,
    watches: bool = True,
    command: tuple[str, ...] = (sys.executable, "-m", "govlint", "lsp"),
    **process: Any,
) -> AsyncIterator[Editor]:
    """An editor with a server that is initialized; it is shut down at the end."""
    client = LanguageClient("tests", "1")
    await client.start_io(*command, *arguments, **process)
    found = Editor(client, watches=watches)
    await client.initialize_async(
        types.InitializeParams(capabilities=capabilities, initialization_options=options, process_id=None)
    )
    client.initialized(types.InitializedParams())
    try:
        yield found
        await asyncio.wait_for(client.shutdown_async(None), 20)
        client.exit(None)
        await asyncio.wait_for(found.process.wait(), 20)
    finally:
        if found.process.returncode is None:
            found.process.kill()
        await client.stop()
