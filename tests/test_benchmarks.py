"""The benchmarks: what is made of the output of other linters, of peers that can't take part, and of mutants."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.benchmarks import mutations, peers
from tests.benchmarks.peers import LeftOutError, Peer, Seen, Tool
from tests.benchmarks.speed import Run, medians, surroundings

PEER = Peer("another", ("another-linter@1.0.0", "a-rule@2.0.0"), "another", ("{packages}",), peers.read_zhlint)


def printing(output: str, status: int = 0) -> Tool:
    """A tool that prints this of any file."""
    return Tool("fake", (sys.executable, "-c", f"print({output!r}); exit({status})"), peers.read_textlint)


def programs(folder: Path, monkeypatch: pytest.MonkeyPatch, npm: str = "") -> None:
    """Only these programs are there: the shell's, and an ``npm`` that does this."""
    found = folder / "bin"
    found.mkdir()
    if npm:
        (found / "npm").write_text(f"#!/bin/sh\n{npm}\n", encoding="utf-8")
        (found / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(found), "/usr/bin", "/bin"]) if npm else str(found))


# -- what the tools print


def test_govlint_has_not_read_a_file_whose_check_failed() -> None:
    output = """{"diagnostics": [{"rule": "text/time-word", "path": "a.md"}, {"rule": "govlint/check-failed", "path": "b.md"}],
        "summary": {"files": 3}}"""
    assert peers.read_govlint(output, "") == Seen(files=2, findings=2)


def test_autocorrect_counts_clean_files_and_not_those_it_failed_on() -> None:
    output = (
        'Threads: 2\nLoaded a.md 0.1ms\nLoaded b.md 0.1ms\nDone a.md 1ms\nDone b.md 1ms\nDone c.md 1ms\n{"count": 2,'
        '"messages": [{"filepath":"a.md","lines":[{"l":1},{"l":7}],"error":""},{"filepath":"b.md","lines":[],"error":"no"}]}'
    )
    assert peers.read_autocorrect(output, "") == Seen(files=2, findings=2)


def test_textlint_names_clean_files_too() -> None:
    output = '[{"messages":[{"ruleId":"r"}],"filePath":"a.md"},{"messages":[],"filePath":"b.md"}]'
    assert peers.read_textlint(output, "") == Seen(files=2, findings=1)


def test_zhlint_prints_its_findings_to_standard_error() -> None:
    started = 'Config file ".zhlintrc" does not exist.\n[start] a.md\n[start] b.md\n'
    assert peers.read_zhlint(started, "a.md:1:2 - …\n\nInvalid files:\n- a.md\n\nFound 12 errors.\n") == Seen(2, 12)
    assert peers.read_zhlint(started + "No error found.\n", "") == Seen(2, 0)


@pytest.mark.parametrize("read", [peers.read_govlint, peers.read_autocorrect, peers.read_textlint, peers.read_zhlint])
def test_other_output_is_not_taken_for_a_clean_report(read: object) -> None:
    with pytest.raises(ValueError):
        read("[start] a.md\n", "Error: out of memory\n")  # type: ignore[operator]


# -- taking part


def test_without_npm_a_peer_is_left_out_and_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    programs(tmp_path, monkeypatch)
    assert list(peers.taking_part([PEER], tmp_path / "peers")) == []
    assert capsys.readouterr().out == "another: left out, npm, which would install it, is not there\n"


def test_a_failed_installation_leaves_nothing_but_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs(tmp_path, monkeypatch, npm='echo "npm error code E404" >&2; mkdir "$3/node_modules"; exit 1')
    with pytest.raises(LeftOutError, match=r"npm install another-linter@1\.0\.0 a-rule@2\.0\.0: npm error code E404"):
        peers.install(PEER, tmp_path / "peers")
    assert list((tmp_path / "peers").iterdir()) == []


def test_a_peer_is_installed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    programs(tmp_path, monkeypatch, npm=f'echo "$@" >>{tmp_path}/calls; mkdir "$3/node_modules"')
    (tool,) = peers.taking_part([PEER], tmp_path / "peers")
    assert list(peers.taking_part([PEER], tmp_path / "peers")) == [tool]
    assert capsys.readouterr().out == "another: another-linter@1.0.0, a-rule@2.0.0\n" * 2
    assert len((tmp_path / "calls").read_text().splitlines()) == 1
    packages = tmp_path / "peers" / "another-linter@1.0.0+a-rule@2.0.0" / "node_modules"
    assert tool.on("report.md") == (str(packages / ".bin" / "another"), str(packages), "report.md")


@pytest.mark.parametrize(
    ("tool", "reason"),
    [
        (printing('[{"messages": []}]'), "it has read 1 of 2 files"),
        (printing("nothing"), "not understood what it printed"),
        (printing("[]", status=3), "exit status 3"),
        (Tool("fake", ("no-such-program",), peers.read_textlint), "no-such-program"),
    ],
)
def test_a_tool_that_has_not_read_all_is_left_out(tool: Tool, reason: str, tmp_path: Path) -> None:
    with pytest.raises(LeftOutError, match=reason):
        peers.observe(tool, "reports", 2, surroundings(), tmp_path)


# -- measuring


def test_rows_compare_with_the_first_tool(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = '[{"messages": [1, 2]}, {"messages": []}]'
    tools = [printing(both), printing("nothing"), printing(both)]
    first, other = peers.measured(tools, "reports", 2, surroundings(), tmp_path, 1)
    assert "× wall  1.00 cpu  1.00" in first.note and first.note.endswith(" 2 findings")
    assert f"× wall {other.run.wall / first.run.wall:5.2f} cpu" in other.note
    assert capsys.readouterr().out.startswith("fake: left out, not understood what it printed")


def test_nothing_is_compared_when_the_first_tool_is_left_out(tmp_path: Path) -> None:
    (row,) = peers.measured([printing("nothing"), printing("[]")], "reports", 0, surroundings(), tmp_path, 1)
    assert "×" not in row.note


def test_times_a_file_and_ratios() -> None:
    run, ours = Run(wall=8.0, cpu=4.0, peak=100), Run(wall=2.0, cpu=1.6, peak=50)
    assert peers.note(run, ours, 40, 7) == (
        "a file  200.0 ms wall  100.0 ms cpu   × wall  4.00 cpu  2.50        7 findings"
    )
    assert peers.note(run, ours, 1, 7).startswith("× wall  4.00")


def test_inputs_are_the_report_given_or_generated_ones(tmp_path: Path) -> None:
    given = tmp_path / "given.markdown"
    given.write_text("# 说明\n\n无。\n", encoding="utf-8")
    with peers.inputs(given) as folder:
        texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))]
    assert texts == ["# 说明\n\n无。\n"] * (peers.FILES + 1)
    with peers.inputs(None) as folder:
        texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))]
    assert len(set(texts)) == peers.FILES + 1


def test_a_report_in_html_is_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    peers.compare(Path("report.html"), 1)
    assert capsys.readouterr().out == "report.html is left out: the peers are compared on Markdown\n"


def test_commands_are_run_in_turns(tmp_path: Path) -> None:
    commands = [
        (
            sys.executable,
            "-c",
            f"import os; os.write(os.open('turns', os.O_CREAT | os.O_APPEND | os.O_WRONLY), b'{name}')",
        )
        for name in "ab"
    ]
    assert len(medians(commands, surroundings(), 2, tmp_path)) == 2
    assert (tmp_path / "turns").read_text() == "abab"


# -- mutants


def test_mutants_are_found_where_they_were_changed() -> None:
    result = mutations.run(reports=2, kinds=("amount-digit", "total"), each=2, jobs=1)
    assert not result.alarms
    assert {(each.kind, each.findings > 0, each.placed) for each in result.outcomes if each.determined} == {
        ("amount-digit", True, True),
        ("total", True, True),
    }
