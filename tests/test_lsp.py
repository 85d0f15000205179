"""The language server, from the protocol's side."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tests.editor import CAPABILITIES, Editor, editor

REPORT = """\
# 云川市青禾区大数据中心2023年度部门决算

## 一、主要职能

贯彻执行上级各项决策部署 and 会议精神𠮷，and 落实责任。

## 二、收入决算情况说明

本年收入合计100.00万元，其中：财政拨款收入60.00万元，占60.0%；其他收入40.00万元，占45.0%。

## 三、收入决算表

| 项目 | 金额（万元） |
|---|---|
| 本年收入合计 | 100.00 |
"""
RULE = "text/mixed-language"


def with_plugin(folder: Path, source: str) -> dict[str, str]:
    """The environment of a server that has the plugin whose module is ``source``; it lies in the folder."""
    (folder / "own_plugin.py").write_text(source, encoding="utf-8")
    information = folder / "own-1.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: own\nVersion: 1\n")
    (information / "entry_points.txt").write_text("[govlint]\nown = own_plugin\n")
    return {**os.environ, "PYTHONPATH": str(folder)}


CRASHING = '''\
"""A plugin whose one rule fails on every document that holds a word, and prints."""
from govlint import Rule, Severity, hookimpl


def check(document):
    print("a rule prints to standard output")
    if "崩溃" in document.source.text:
        raise RuntimeError("the rule is broken")
    return ()


@hookimpl
def govlint_rules():
    return [Rule("broken/rule", check, Severity.WARNING, page="坏\\n\\nBroken.")]
'''


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(test, 60))


def found(diagnostics: list[types.Diagnostic], rule: str = RULE) -> list[types.Diagnostic]:
    return [each for each in diagnostics if each.code == rule]


def test_open_edit_close(tmp_path: Path):
    async def scenario() -> None:
        async with editor() as client:
            uri = client.open(tmp_path / "决算 1.md", REPORT)
            (first, *_) = found(await client.diagnostics(uri))
            assert first.range == types.Range(types.Position(4, 13), types.Position(4, 16))
            assert (
                first.severity == types.DiagnosticSeverity.Warning or first.severity == types.DiagnosticSeverity.Error
            )
            assert "and" in first.message
            client.edit(uri, REPORT.replace(" and ", "和").replace("and ", ""))
            assert not found(await client.diagnostics(uri))
            seen = len(client.published[uri])
            client.close(uri)
            assert await client.diagnostics(uri, after=seen) == []

    run(scenario())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_columns_are_in_the_negotiated_units(tmp_path: Path, encoding: str):
    async def scenario() -> None:
        general = types.GeneralClientCapabilities(position_encodings=[encoding, "utf-16"])
        async with editor(capabilities=types.ClientCapabilities(general=general)) as client:
            uri = client.open(tmp_path / "a.md", REPORT.replace(" and 会议", "和会议").replace("，and", "，内容 and"))
            (only,) = found(await client.diagnostics(uri))
            before = client.lines(uri)[4].partition("and")[0]
            width = {
                "utf-8": len(before.encode()),
                "utf-16": len(before.encode("utf-16-le")) // 2,
                "utf-32": len(before),
            }
            assert only.range.start == types.Position(4, width[encoding])
            assert only.range.end == types.Position(4, width[encoding] + 3)

    run(scenario())


def test_what_is_no_line_end_in_the_protocol_is_none(tmp_path: Path):
    async def scenario() -> None:
        async with editor() as client:
            uri = client.open(tmp_path / "a.md", "甲\u2028乙\x0c丙\r\n\r\n" + REPORT)
            first = found(await client.diagnostics(uri))[0]
            assert first.range.start.line == 6

    run(scenario())


def test_results_that_an_edit_has_overtaken_are_dropped(tmp_path: Path):
    async def scenario() -> None:
        async with editor() as client:
            uri = client.open(tmp_path / "a.md", REPORT)
            await client.diagnostics(uri)
            for count in range(30):
                client.edit(uri, REPORT + "。" * count)
                await asyncio.sleep(0)  # a check of a report as short as this takes a few milliseconds
            client.edit(uri, REPORT.replace("and", "和"))
            last = client.versions[uri]
            assert not found(await client.diagnostics(uri))
            versions = [each.version for each in client.published[uri]]
            assert versions[-1] == last and len(versions) < 15
            assert versions == sorted(versions)  # type: ignore[type-var]

    run(scenario())


WAITING = '''\
"""A plugin whose first rule waits on documents that hold a word, and whose second notes what it sees."""
import time
from pathlib import Path

from govlint import Rule, Severity, hookimpl

FOLDER = Path(__file__).parent


def wait(document):
    if "等待" in document.source.text:
        (FOLDER / "begun").touch()
        while not (FOLDER / "go").exists():
            time.sleep(0.01)
    return ()


def note(document):
    with (FOLDER / "seen").open("a", encoding="utf-8") as file:
        print(Path(document.path).name, document.source.text.count("。"), file=file)
    return ()


@hookimpl
def govlint_rules():
    return [Rule("own/a", wait, Severity.INFO), Rule("own/b", note, Severity.INFO)]
'''


async def arrived(client: Editor) -> None:
    """Return once the server has read what was sent so far."""
    identifier = types.TextDocumentIdentifier("file:///nowhere.md")
    await client.client.text_document_hover_async(types.HoverParams(identifier, types.Position(0, 0)))


def test_a_check_that_an_edit_overtakes_is_stopped_and_the_last_edit_is_checked_first(tmp_path: Path):
    async def scenario() -> None:
        async with editor(options={"select": ["own"]}, env=with_plugin(tmp_path, WAITING)) as client:
            first = client.open(tmp_path / "a.md", "等待。\n")
            while not (tmp_path / "begun").exists():
                await asyncio.sleep(0.01)
            second, third = (client.open(tmp_path / name, "乙。\n") for name in ("b.md", "c.md"))
            client.edit(second, "乙。。\n")
            await arrived(client)
            (tmp_path / "go").touch()
            for uri in (first, second, third):
                await client.diagnostics(uri)
            seen = (tmp_path / "seen").read_text(encoding="utf-8").splitlines()
            assert [line for line in seen if not line.startswith("warm")] == ["b.md 2", "c.md 1", "a.md 1"]

    run(scenario())


def test_a_server_that_is_checking_ends_with_its_client(tmp_path: Path):
    async def scenario() -> None:
        async with editor(options={"select": ["own"]}, env=with_plugin(tmp_path, WAITING)) as client:
            client.open(tmp_path / "a.md", "等待。\n")
            while not (tmp_path / "begun").exists():
                await asyncio.sleep(0.01)
            asked = asyncio.create_task(client.hover(client.open(tmp_path / "b.md", "乙\n"), "乙"))
            await arrived(client)
            asyncio.get_running_loop().call_later(0.5, (tmp_path / "go").touch)
        asked.cancel()
        seen = (tmp_path / "seen").read_text(encoding="utf-8").splitlines()
        assert not [line for line in seen if not line.startswith("warm")]

    run(scenario())


ENDLESS = '''\
"""A plugin whose one rule does not end on documents that hold a word; the time that it may take is short."""
from govlint import Rule, Severity, bounds, hookimpl

bounds.Stopwatch.__init__.__defaults__ = (0.2,)


def check(document):
    while "无尽" in document.source.text:
        pass
    return ()


@hookimpl
def govlint_rules():
    return [Rule("own/endless", check, Severity.INFO)]
'''


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer that signals")
def test_a_rule_that_does_not_end_is_told_and_the_next_edit_is_checked(tmp_path: Path):
    async def scenario() -> None:
        async with editor(options={"select": ["own", RULE]}, env=with_plugin(tmp_path, ENDLESS)) as client:
            uri = client.open(tmp_path / "a.md", REPORT + "\n无尽。\n")
            diagnostics = await client.diagnostics(uri)
            (crash,) = found(diagnostics, "govlint/rule-crashed")
            assert "own/endless" in crash.message and found(diagnostics)
            client.edit(uri, REPORT)
            assert not found(await client.diagnostics(uri), "govlint/rule-crashed")

    run(scenario())


def test_what_the_baseline_knows_is_not_shown(tmp_path: Path):
    report, baseline = tmp_path / "a.md", tmp_path / "known.json"
    faulty = REPORT.replace("责任。", "责任,加强管理。")
    report.write_text(faulty, encoding="utf-8")
    command = [sys.executable, "-m", "govlint", "baseline", "-o", str(baseline), str(report)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)

    async def scenario() -> None:
        async with editor("--baseline", str(baseline)) as client:
            uri = client.open(report, faulty)
            assert await client.diagnostics(uri) == []
            assert await client.actions(uri, "主要职能", only=["source.fixAll"]) == []
            assert watched(client) == ["**/govlint.toml", "**/pyproject.toml", "**/known.json"]

            # A new finding is shown, and is what is fixed.
            client.edit(uri, faulty.replace("占45.0%。", "占45.0%。\n\n统筹推进各项工作，确保完成任务。。"))
            (new,) = await client.diagnostics(uri)
            assert new.code == "text/doubled-punctuation"
            (action,) = await client.actions(uri, "主要职能", only=["source.fixAll"])
            fixed = client.apply(uri, (await client.client.code_action_resolve_async(action)).edit)
            assert "完成任务。\n" in fixed and "责任,加强" in fixed

            # Another baseline, none, one that there is not.
            for setting, left in ((str(baseline), 0), ("", 2)):
                seen = len(client.published[uri])
                settings = {"govlint": {"baseline": setting}}
                client.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
                assert len(found(await client.diagnostics(uri, after=seen))) == left
        async with editor(options={"baseline": str(baseline)}) as client:
            uri = client.open(report, faulty)
            assert await client.diagnostics(uri) == []
            baseline.write_text('{"version": 1, "findings": []}', encoding="utf-8")
            client.edit(uri, faulty)
            assert len(found(await client.diagnostics(uri))) == 2
            baseline.unlink()
            client.edit(uri, faulty)
            (only,) = await client.diagnostics(uri)
            assert only.code == "govlint/configuration" and "known.json" in only.message

    run(scenario())


def watched(client: Editor) -> list[str]:
    """The patterns of the files that the server wants to be told of."""
    return [watcher["globPattern"] for each in client.registered for watcher in each.register_options["watchers"]]


def test_evidence_is_related_information_and_in_the_hover(tmp_path: Path):
    async def scenario() -> None:
        async with editor() as client:
            uri = client.open(tmp_path / "a.md", REPORT)
            diagnostics = await client.diagnostics(uri)
            wrong = next(
                each for each in diagnostics if str(each.code).startswith("numbers/") and each.related_information
            )
            assert all(each.location.uri == uri for each in wrong.related_information or ())
            line = client.lines(uri)[wrong.range.start.line]
            text = await client.hover(uri, line[wrong.range.start.character : wrong.range.end.character])
            assert wrong.message in text and str(wrong.code) in text
            assert "## 说明" in text and "第 " in text
            assert (wrong.related_information or [])[0].message in text

    run(scenario())


def test_the_ledger_is_in_the_hover_and_beside_the_numbers(tmp_path: Path):
    async def scenario() -> None:
        async with editor(options={"inlayHints": True}) as client:
            uri = client.open(tmp_path / "a.md", REPORT)
            await client.diagnostics(uri)
            assert "数字台账" in await client.hover(uri, "100.00万元")
            everything = types.Range(types.Position(0, 0), types.Position(99, 0))
            hints = await client.client.text_document_inlay_hint_async(
                types.InlayHintParams(types.TextDocumentIdentifier(uri), everything)
            )
            assert hints is not None
            places = {(hint.position.line, hint.position.character): hint.label for hint in hints}
            end = client.at(uri, "，其中")
            assert places[(end.line, end.character)] == "相符"

    run(scenario())


def test_hints_are_off_unless_asked_for(tmp_path: Path):
    async def scenario() -> None:
        async with editor() as client:
            uri = client.open(tmp_path / "a.md", REPORT)
            everything = types.Range(types.Position(0, 0), types.Position(99, 0))
            params = types.InlayHintParams(types.TextDocumentIdentifier(uri), everything)
            assert not await client.client.text_document_inlay_hint_async(params)

    run(scenario())


def test_a_fix_is_a_code_action(tmp_path: Path):
    async def scenario() -> None:
        async with editor() as client:
            uri = client.open(tmp_path / "a.md", REPORT)
            fix = next(each for each in await client.actions(uri, "and 会") if "改为" in each.title)
            assert fix.kind == types.CodeActionKind.QuickFix
            assert fix.diagnostics is not None and fix.diagnostics[0].code == RULE
            fixed = client.apply(uri, fix.edit)
            assert "决策部署和会议精神" in fixed
            client.edit(uri, fixed)
            assert len(found(await client.diagnostics(uri))) < 2

    run(scenario())


def test_all_safe_fixes_at_once(tmp_path: Path):
    faulty = REPORT.replace("责任。", "责任,加强管理。。").replace(
        "决策部署 and 会议精神𠮷，and 落实", "𠮷决策部署,全面落实"
    )

    async def scenario() -> None:
        async with editor() as client:
            uri = client.open(tmp_path / "a.md", faulty)
            (action,) = await client.actions(uri, "主要职能", only=["source.fixAll"])
            assert action.edit is None and action.data is not None
            resolved = await client.client.code_action_resolve_async(action)
            fixed = client.apply(uri, resolved.edit)
            assert "𠮷决策部署，全面落实责任，加强管理" in fixed
            assert fixed.partition("## 二")[2] == faulty.partition("## 二")[2]
            client.edit(uri, fixed)
            assert await client.actions(uri, "主要职能", only=["source.fixAll"]) == []
            stale = await client.client.code_action_resolve_async(action)
            assert stale.edit is None

    run(scenario())


def test_an_editor_that_resolves_nothing_gets_the_edits_at_once(tmp_path: Path):
    async def scenario() -> None:
        async with editor(capabilities=types.ClientCapabilities()) as client:
            uri = client.open(tmp_path / "a.md", REPORT.replace("责任。", "责任,加强管理。"))
            (action,) = await client.actions(uri, "主要职能", only=["source"])
            assert action.edit is not None and action.edit.document_changes is None
            assert "责任，加强管理" in client.apply(uri, action.edit)

    run(scenario())


@pytest.mark.parametrize("file", [False, True])
def test_a_suppression_has_a_reason_and_suppresses(tmp_path: Path, file: bool):
    async def scenario() -> None:
        async with editor(options={"reasons": ["领导同意 --> 保留"]}) as client:
            uri = client.open(tmp_path / "a.md", REPORT)
            start = "在本文件中屏蔽" if file else "屏蔽此处"
            (action,) = [each for each in await client.actions(uri, "and 会") if each.title.startswith(start)]
            suppressed = client.apply(uri, action.edit)
            assert "领导同意 —＞ 保留 -->" in suppressed
            client.edit(uri, suppressed)
            after = await client.diagnostics(uri)
            assert not found(after)
            assert not [each for each in after if str(each.code).startswith("govlint/")]

    run(scenario())


def test_a_suppression_in_a_table_stands_before_it(tmp_path: Path):
    page = "<html><body><h1>某局2023年度部门决算</h1><p>说明</p><table><tr><td>项目</td><td>金额</td></tr>"
    page += "<tr><td>数据共享 and 开放</td><td>1.00</td></tr></table></body></html>"

    async def scenario() -> None:
        async with editor() as client:
            uri = client.open(tmp_path / "a.html", page, "html")
            assert found(await client.diagnostics(uri))
            action = next(each for each in await client.actions(uri, "and") if each.title.startswith("屏蔽此处"))
            suppressed = client.apply(uri, action.edit)
            assert suppressed.index("govlint-disable-next-line") < suppressed.index("<table>")
            client.edit(uri, suppressed)
            assert not found(await client.diagnostics(uri))

    run(scenario())


def test_an_editor_that_asks_for_the_reason_itself(tmp_path: Path):
    async def scenario() -> None:
        async with editor(options={"askReason": True}) as client:
            uri = client.open(tmp_path / "a.md", REPORT)
            action = next(each for each in await client.actions(uri, "and 会") if each.title.startswith("屏蔽此处"))
            assert action.command is not None and action.command.command == "govlint.askReason"
            (wish,) = action.command.arguments or ()
            params = types.ExecuteCommandParams("govlint.suppress", [{**wish, "reason": "原文如此"}])
            await client.client.workspace_execute_command_async(params)
            assert f"{RULE} 原文如此 -->" in client.apply(uri, client.applied[0])
            client.edit(uri, REPORT + "又改。\n")
            await client.client.workspace_execute_command_async(params)
            assert len(client.applied) == 1 and client.messages

    run(scenario())


def test_symbols_are_the_outline_with_tables(tmp_path: Path):
    async def symbols(client: Editor, uri: str) -> Any:
        params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
        return await client.client.text_document_document_symbol_async(params)

    async def scenario() -> None:
        async with editor() as client:
            uri = client.open(tmp_path / "a.md", REPORT)
            nested = await symbols(client, uri)
            names = [each.name for each in walk(nested)]
            assert [name for name in names if name[:2] in ("一、", "二、", "三、")] == [
                "一、主要职能",
                "二、收入决算情况说明",
                "三、收入决算表",
            ]
            table = next(each for each in walk(nested) if each.kind == types.SymbolKind.Array)
            assert table.range.start.line <= 12 <= table.range.end.line
            for symbol in walk(nested):
                assert inside(symbol.selection_range, symbol.range)
                assert all(inside(child.range, symbol.range) for child in symbol.children or ())
        async with editor(capabilities=types.ClientCapabilities()) as client:
            uri = client.open(tmp_path / "a.md", REPORT)
            flat = await symbols(client, uri)
            assert [each.name for each in flat] == names

    run(scenario())


def walk(symbols: Any) -> list[types.DocumentSymbol]:
    return [each for symbol in symbols for each in (symbol, *walk(symbol.children or ()))]


def inside(inner: types.Range, outer: types.Range) -> bool:
    def key(position: types.Position) -> tuple[int, int]:
        return position.line, position.character

    return key(outer.start) <= key(inner.start) and key(inner.end) <= key(outer.end)


def test_each_workspace_has_its_configuration_and_it_is_read_again(tmp_path: Path):
    async def scenario() -> None:
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
        (tmp_path / "one" / "govlint.toml").write_text(f'ignore = ["{RULE}"]\n', encoding="utf-8")
        async with editor() as client:
            one = client.open(tmp_path / "one" / "a.md", REPORT)
            two = client.open(tmp_path / "two" / "a.md", REPORT)
            assert not found(await client.diagnostics(one))
            assert found(await client.diagnostics(two))
            # An editor that watches files says what changed; everything open is checked again.
            assert [each.method for each in client.registered] == ["workspace/didChangeWatchedFiles"]
            (tmp_path / "one" / "govlint.toml").write_text("[rules]\n", encoding="utf-8")
            seen = len(client.published[one])
            client.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
            assert found(await client.diagnostics(one, after=seen))
            # In one that does not, the next edit sees it.
            (tmp_path / "two" / "govlint.toml").write_text(f'ignore = ["{RULE}"]\n', encoding="utf-8")
            client.edit(two, REPORT + "\n")
            assert not found(await client.diagnostics(two))

    run(scenario())


def test_an_editor_that_refuses_to_watch_files(tmp_path: Path):
    async def scenario() -> None:
        async with editor(watches=False) as client:
            uri = client.open(tmp_path / "a.md", REPORT)
            assert found(await client.diagnostics(uri))
            assert client.messages == []

    run(scenario())


def test_a_wrong_configuration_is_a_diagnostic(tmp_path: Path):
    async def scenario() -> None:
        config = tmp_path / "govlint.toml"
        config.write_text('ignore = ["text/mixed-languag"]\n', encoding="utf-8")
        async with editor() as client:
            uri = client.open(tmp_path / "a.md", REPORT)
            (only,) = await client.diagnostics(uri)
            assert only.severity == types.DiagnosticSeverity.Error and "text/mixed-language" in only.message
            assert only.related_information is not None
            assert only.related_information[0].location.uri == config.as_uri()
            assert await client.hover(uri, "and") == ""
            config.unlink()
            client.edit(uri, REPORT)
            assert found(await client.diagnostics(uri))

    run(scenario())


def test_settings_of_the_editor(tmp_path: Path):
    async def scenario() -> None:
        async with editor(options={"ignore": [RULE], "lang": "en", "select": "nonsense"}) as client:
            uri = client.open(tmp_path / "a.md", REPORT)
            assert not found(await client.diagnostics(uri))
            seen = len(client.published[uri])
            client.client.workspace_did_change_configuration(
                types.DidChangeConfigurationParams({"govlint": {"ignore": []}})
            )
            (first, *_) = found(await client.diagnostics(uri, after=seen))
            assert first.message.isascii() or "and" in first.message

    run(scenario())


def test_an_excluded_file_is_not_checked(tmp_path: Path):
    async def scenario() -> None:
        (tmp_path / "govlint.toml").write_text('exclude = ["草稿/"]\n', encoding="utf-8")
        async with editor() as client:
            uri = client.open(tmp_path / "草稿" / "a.md", REPORT)
            assert await client.diagnostics(uri) == []

    run(scenario())


def test_a_crash_in_a_rule_is_a_diagnostic_and_only_protocol_is_on_stdout(tmp_path: Path):
    async def scenario() -> None:
        async with editor(env=with_plugin(tmp_path, CRASHING)) as client:
            uri = client.open(tmp_path / "a.md", REPORT + "\n崩溃。\n")
            diagnostics = await client.diagnostics(uri)
            (crash,) = found(diagnostics, "govlint/rule-crashed")
            assert "broken/rule" in crash.message and found(diagnostics)
            assert any("the rule is broken" in each for each in client.log)
            client.edit(uri, REPORT)
            assert not found(await client.diagnostics(uri), "govlint/rule-crashed")

    run(scenario())


@pytest.mark.parametrize(
    "text", ["", "\n", "\ufeff# 报告\n", "甲\x00乙", "\ud800", "<!--", "|" * 500, "一、" * 3000], ids=repr
)
def test_odd_texts(tmp_path: Path, text: str):
    async def scenario() -> None:
        async with editor() as client:
            uri = client.open(tmp_path / "a.md", text)
            await client.diagnostics(uri)
            uri = client.open(tmp_path / "b.html", text, "html")
            await client.diagnostics(uri)
            await client.client.text_document_document_symbol_async(
                types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
            )

    run(scenario())


def test_documents_that_are_not_files():
    async def scenario() -> None:
        async with editor() as client:
            item = types.TextDocumentItem("untitled:Untitled-1", "html", 1, "<p>决策部署 and 会议精神</p>")
            client.versions[item.uri] = 1
            client.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
            (only,) = found(await client.diagnostics(item.uri))
            assert only.range.start == types.Position(0, 8)

    run(scenario())


def test_the_server_ends_with_its_client():
    process = subprocess.Popen(
        [sys.executable, "-m", "govlint", "lsp", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    body = json.dumps(
        {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "initialize",
            "params": {"processId": None, "rootUri": None, "capabilities": {}},
        }
    )
    process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
    process.stdin.close()
    assert process.wait(20) == 0


def test_requests_about_what_is_not_open():
    async def scenario() -> None:
        async with editor(capabilities=CAPABILITIES) as client:
            identifier = types.TextDocumentIdentifier("file:///nowhere.md")
            params = types.HoverParams(identifier, types.Position(0, 0))
            assert await client.client.text_document_hover_async(params) is None
            where = types.Range(types.Position(0, 0), types.Position(0, 0))
            asked = types.CodeActionParams(identifier, where, types.CodeActionContext([]))
            assert not await client.client.text_document_code_action_async(asked)

    run(scenario())
