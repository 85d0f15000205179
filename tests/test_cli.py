"""The command line: commands, options, exit statuses, messages."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import msgspec
import pytest

from govlint.cli import COMMANDS, main
from govlint.commands.init import template
from govlint.configfile import ConfigFile
from govlint.document import Document, ReportKind
from govlint.hooks import Plugins
from govlint.hookspecs import hookimpl
from govlint.reporters import Reporter
from govlint.rule import Finding, Fix, Rule, Severity
from govlint.source import Span
from tests.fakes import Install

PAGE = """多余的感叹号

An exclamation mark in a report.

## 说明
公文不用感叹号。

## 反例
```markdown
完成了⟦！⟧
```

改为：

```markdown
完成了。
```

## 正例
```markdown
完成了。
```
"""


def exclamation(document: Document, *, limit: int = 100) -> Iterator[Finding]:
    for index, character in enumerate(document.source.text):
        if character == "！":
            span = Span(index, index + 1)
            yield Finding(span, "公文不用感叹号", "no exclamation mark", fix=Fix.replace(span, "。", safe=True))


def question(document: Document) -> Iterator[Finding]:
    index = document.source.text.find("？")
    if index >= 0:
        yield Finding(Span(index, index + 1), "公文不设问", "no question")


def crash(document: Document) -> Iterable[Finding]:
    if "出错" in document.source.text:
        raise ValueError("boom")
    return ()


class Plugin:
    """Three rules, a kind of report and a format."""

    @hookimpl
    def govlint_rules(self) -> list[Rule]:
        return [
            Rule("marks/exclamation", exclamation, Severity.ERROR, page=PAGE),
            Rule("marks/question", question, Severity.INFO, frozenset({"budget"}), page=PAGE),
            Rule("marks/crash", crash, Severity.WARNING, page=PAGE),
        ]

    @hookimpl
    def govlint_kinds(self) -> list[ReportKind]:
        return [ReportKind("budget", "部门预算", (r"预算$",)), ReportKind("final-accounts", "部门决算", (r"决算$",))]

    @hookimpl
    def govlint_reporters(self) -> list[Reporter]:
        return [Reporter("count", "只数", "only a count", "tests.test_cli")]


def render(reports: Iterable[Any], out: Any, style: Any) -> None:
    out.write(f"{sum(len(report.diagnostics) for report in reports)}\n")


class Result(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, install: Install, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run govlint in an empty folder, with the plugin above and no other."""
    monkeypatch.chdir(tmp_path)
    install(lambda: Plugins([("marks", Plugin())]))

    def run(*arguments: str) -> Result:
        status = main(arguments)
        out, err = capsys.readouterr()
        return Result(status, out, err)

    return run


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "决算.md"
    path.write_text("# 云川市青禾区大数据中心 2023 年度部门决算\n\n任务完成了！\n", encoding="utf-8")
    return path


FOUND = "决算.md:3:6: error marks/exclamation 公文不用感叹号\n"


# --- check: finding and reporting


def test_check_reports_and_says_so_with_its_status(run: Run, report: Path) -> None:
    assert run("check", "决算.md") == (1, FOUND + "1 个文件：错误 1，警告 0，提示 0\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("决算.md",),
        ("check", "决算.md", "--quiet"),
        ("--quiet", "决算.md"),
        ("--quiet", "check", "决算.md"),
        ("--lang", "zh", "check", "决算.md"),
        ("--color=never", "决算.md"),
        (".",),
    ],
)
def test_the_word_check_may_be_left_out_and_options_come_anywhere(
    run: Run, report: Path, arguments: tuple[str, ...]
) -> None:
    status, out, err = run(*arguments)
    assert (status, out.splitlines()[0] + "\n", err) == (1, FOUND, "")


def test_paths_below_the_folder_one_is_in_are_shown_relative_to_it(run: Run, report: Path) -> None:
    assert run(str(report)).out.startswith(FOUND)


def test_english(run: Run, report: Path) -> None:
    assert run("--lang", "en", "决算.md").out == (
        "决算.md:3:6: error marks/exclamation no exclamation mark\n1 file: 1 error, 0 warnings, 0 infos\n"
    )


def test_json(run: Run, report: Path) -> None:
    status, out, err = run("决算.md", "--output-format", "json")
    assert (status, err) == (1, "")
    assert json.loads(out) == {
        "version": 1,
        "diagnostics": [
            {
                "rule": "marks/exclamation",
                "severity": "error",
                "path": "决算.md",
                "start": {"line": 3, "column": 6},
                "end": {"line": 3, "column": 7},
                "message": "公文不用感叹号",
                "related": [],
                "fix": {
                    "safe": True,
                    "edits": [{"start": {"line": 3, "column": 6}, "end": {"line": 3, "column": 7}, "text": "。"}],
                },
            }
        ],
        "summary": {"files": 1, "error": 1, "warning": 0, "info": 0},
    }


def test_a_plugins_format(run: Run, report: Path) -> None:
    assert run("决算.md", "--output-format", "count") == (1, "1\n", "")


def test_output_goes_to_a_file(run: Run, report: Path, tmp_path: Path) -> None:
    assert run("决算.md", "-o", "out.json", "--output-format=json") == (1, "", "")
    written = (tmp_path / "out.json").read_bytes()
    assert json.loads(written)["summary"]["error"] == 1
    assert written.endswith(b"}\n")
    assert "感叹号".encode() in written


def test_folders_stdin_and_files_in_one_run(
    run: Run, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "下级").mkdir()
    (tmp_path / "下级" / "a.html").write_text("<p>好！</p>", encoding="utf-8")
    (tmp_path / "下级" / "notes.txt").write_text("好！", encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=SimpleNamespace(read=lambda: "行！".encode("gbk"))))
    status, out, _ = run("下级", "-", "决算.md", "--stdin-filename", "收件.md", "--output-format", "json")
    assert status == 1
    assert [found["path"] for found in json.loads(out)["diagnostics"]] == ["下级/a.html", "决算.md", "收件.md"]


def test_select_and_ignore_take_lists_and_repeat(run: Run, report: Path) -> None:
    assert run("决算.md", "--ignore", "marks/exclamation").status == 0
    assert run("决算.md", "--ignore", "marks/question,marks/exclamation").status == 0
    assert run("决算.md", "--ignore", "marks/question", "--ignore", "marks/exclamation").status == 0
    assert run("决算.md", "--select", "marks/question, marks/crash").status == 0
    assert run("决算.md", "--select", "marks").status == 1


def test_kind_is_told_or_declared(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 临江市文化馆\n\n为何？\n", encoding="utf-8")
    rules = [
        found["rule"]
        for found in json.loads(run("a.md", "--kind", "budget", "--output-format=json").out)["diagnostics"]
    ]
    assert rules == ["marks/question"]
    assert json.loads(run("a.md", "--kind", "auto", "--output-format=json").out)["diagnostics"] == []


def test_configuration_is_found_or_given(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('ignore = ["marks"]\n', encoding="utf-8")
    assert run("决算.md", "--config", "other.toml").status == 0
    (tmp_path / "govlint.toml").write_text('fail-on = "never"\n', encoding="utf-8")
    assert run("决算.md").status == 0
    assert run("决算.md", "--fail-on", "error").status == 1


def test_statistics(run: Run, report: Path) -> None:
    assert "     1  marks/exclamation\n" in run("决算.md", "--statistics").out


def test_the_same_bytes_for_any_number_of_processes(run: Run, tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.md").write_text("好！\n" * number, encoding="utf-8")
    one = run(".", "-j1", "--output-format", "json")
    assert one.status == 1
    assert run(".", "-j", "2", "--output-format", "json") == one
    assert run(*sorted(path.name for path in tmp_path.iterdir())[::-1], "--output-format", "json") == one


# --- check: on a terminal


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


COLOR = "\x1b[1;31m"
EXCERPT = "3 │ 任务完成了！\n  │           ^^\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "color", "excerpt"),
    [
        ((), {"TERM": "xterm"}, True, True),
        ((), {"TERM": "xterm", "NO_COLOR": "1"}, False, True),
        ((), {"TERM": "dumb"}, False, True),
        (("--color", "never"), {"TERM": "xterm"}, False, True),
        (("--color", "always"), {"TERM": "dumb", "NO_COLOR": "1"}, True, True),
    ],
)
def test_colour_and_excerpt_on_a_terminal(
    run: Run,
    report: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    color: bool,
    excerpt: bool,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    assert run("决算.md", *arguments).status == 1
    assert (COLOR in terminal.getvalue()) == color
    assert (EXCERPT in re.sub(r"\x1b\[[\d;]*m", "", terminal.getvalue())) == excerpt


def test_a_pipe_has_neither_unless_asked(run: Run, report: Path) -> None:
    out = run("决算.md").out
    assert "\x1b" not in out and "│" not in out
    out = run("决算.md", "--color", "always").out
    assert COLOR in out and "│" in out


def test_progress_is_shown_on_a_terminal_and_taken_away(
    run: Run, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b.md").write_text("好。\n", encoding="utf-8")
    monkeypatch.setattr("govlint.commands.check._PROGRESS_AFTER", 0)
    monkeypatch.setattr("govlint.commands.check._PROGRESS_EVERY", 0)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    out = run(".").out
    assert out.startswith(FOUND)
    assert out.endswith("\n2 个文件：错误 1，警告 0，提示 0\n")
    assert " 1/2" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")
    terminal.truncate(0)
    run(".", "--quiet")
    assert terminal.getvalue() == ""


# --- check: exit status


@pytest.mark.parametrize(
    ("content", "fail_on", "status"),
    [
        ("好。", "info", 0),
        ("好！", "never", 0),
        ("好！", "error", 1),
        ("好！", "info", 1),
        ("为何？", "error", 0),
        ("为何？", "warning", 0),
        ("为何？", "info", 1),
    ],
)
def test_status_follows_fail_on_in_every_format(
    run: Run, tmp_path: Path, content: str, fail_on: str, status: int
) -> None:
    (tmp_path / "a.md").write_text(f"# 部门预算\n\n{content}\n", encoding="utf-8")
    for output_format in ("text", "json", "count"):
        assert run("a.md", "--fail-on", fail_on, "--kind=budget", "--output-format", output_format).status == status


def test_a_crash_is_told_and_others_are_checked(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("这里出错。\n", encoding="utf-8")
    status, out, _ = run("a.md", "决算.md", "--fail-on", "never")
    assert status == 2
    assert "a.md:1:1: error govlint/rule-crashed " in out
    assert "    ValueError: boom" in out
    assert FOUND in out


def test_a_missing_file_is_told_and_others_are_checked(run: Run, report: Path) -> None:
    status, out, _ = run("没有.md", "决算.md")
    assert status == 2
    assert "没有.md:1:1: error govlint/unreadable-file 文件不存在" in out
    assert FOUND in out


def test_a_binary_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"PK\x03\x04\x00\x00")
    status, out, _ = run("a.md")
    assert (status, "二进制" in out) == (2, True)


def test_a_folder_without_reports(run: Run, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    status, out, _ = run("空", "--fail-on", "never")
    assert status == 2
    assert "没有找到 Markdown 或 HTML 文件" in out


def test_an_empty_file_is_a_finding(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    assert run("a.md") == (
        1,
        "a.md:1:1: warning govlint/empty-file 没有可检查的内容：文件中没有任何文字\n1 个文件：错误 0，警告 1，提示 0\n",
        "",
    )


# --- Wrong usage


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (
            (".", "--output-fromat", "json"),
            "没有选项 --output-fromat，是否应为 --output-format？",
            "did you mean --output-format?",
        ),
        (
            (".", "--output-format", "jsn"),
            "没有输出格式 jsn，可选：checkstyle、count、",
            "did you mean json?",
        ),
        ((".", "--fail-on", "warn"), "不能是 warn，可选：error、warning、info、never", "can't be warn"),
        ((".", "--fail-on"), "选项 --fail-on 需要一个值", "--fail-on needs a value"),
        ((".", "--quiet=1"), "选项 --quiet 不带值", "--quiet takes no value"),
        ((".", "--color", "alway"), "是否应为 always？", "did you mean always?"),
        ((".", "-j", "0"), "应为正整数，而不是 0", "a number from 1, not 0"),
        ((".", "-j", "二"), "应为正整数，而不是 二", "a number from 1"),
        ((".", "--select", "marks/exclamaton"), "marks/exclamation", "did you mean marks/exclamation?"),
        ((".", "--ignore", "mraks"), "marks", "did you mean marks?"),
        ((".", "--kind", "bugdet"), "是否应为 budget？", "did you mean budget?"),
        ((".", "--config", "没有.toml"), "没有.toml: ", "没有.toml: "),
        ((".", "--stdin-filename", "a.md"), "只与 -（标准输入）一起使用", "goes with - (standard input) only"),
        ((".", "-o", "没有/a.json"), "无法写入 没有/a.json", "没有/a.json cannot be written"),
        (("--quiet",), "没有给出要检查的文件或文件夹", "no file or folder to check"),
        (("explain",), "缺少参数：规则", "missing: RULE"),
        (("explain", "exclamaton"), "是否应为 marks/exclamation？", "did you mean marks/exclamation?"),
        (("explain", "a", "b"), "多余的参数：b", "one argument too many: b"),
        (
            ("rules", "--kind", "bugdet"),
            "没有报告种类 bugdet，可选：budget、final-accounts，是否应为 budget？",
            "budget",
        ),
        (("rules", "--output-format", "xml"), "可选：text、json", "text, json"),
        (("inspect", "决算.md", "--kind", "bugdet"), "没有报告种类 bugdet", "no kind of report bugdet"),
        (("inspect", "没有.md"), "没有.md: 文件不存在", "没有.md: no such file"),
    ],
)
def test_wrong_usage_is_a_message_and_status_2(
    run: Run, report: Path, arguments: tuple[str, ...], chinese: str, english: str
) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert chinese in err
    assert err.startswith("govlint: ")
    assert "Traceback" not in err
    status, out, err = run(*arguments, "--lang", "en")
    assert (status, out) == (2, "")
    assert english in err


def test_a_mistyped_command_is_a_missing_file_with_a_suggestion(run: Run, report: Path) -> None:
    status, out, err = run("chekc", "决算.md")
    assert status == 2
    assert FOUND in out
    assert err == "govlint: 没有文件 chekc，是否应为 check？\n"


def test_a_wrong_configuration_names_the_line_and_leaves_the_output_alone(
    run: Run, report: Path, tmp_path: Path
) -> None:
    (tmp_path / "govlint.toml").write_text('\nslect = ["marks"]\n', encoding="utf-8")
    (tmp_path / "out.txt").write_text("before", encoding="utf-8")
    status, out, err = run("决算.md", "-o", "out.txt")
    assert (status, out) == (2, "")
    assert err.startswith("govlint: govlint.toml:2: 没有 slect 这个配置项，是否应为 select？")
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "before"


def test_the_output_does_not_replace_a_report(run: Run, report: Path) -> None:
    before = report.read_bytes()
    status, _, err = run("决算.md", "-o", str(report))
    assert status == 2
    assert "不能写入" in err
    assert report.read_bytes() == before


# --- Help and version


def test_without_arguments_the_commands_are_told(run: Run) -> None:
    status, out, err = run()
    assert (status, out) == (2, "")
    assert all(f"\n  {command.name} " in err for command in COMMANDS)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_has_help_in_both_languages(run: Run, command: str, lang: str) -> None:
    status, out, err = run(command, "--help", "--lang", lang)
    assert (status, err) == (0, "")
    assert out.startswith(f"{'Usage: ' if lang == 'en' else '用法：'}govlint {command} ")
    assert bool(re.search("[㐀-鿿]", out)) == (lang == "zh")


def test_help_and_version(run: Run) -> None:
    assert run("--help").out.startswith("用法：govlint")
    assert run("--lang", "en", "-h").out.startswith("Usage: govlint check")
    assert re.fullmatch(r"govlint \d+\.\d+\.\d+\S*\n", run("--version").out)


# --- rules, explain, init, docs


def test_rules_are_listed_with_those_of_the_engine(run: Run) -> None:
    status, out, err = run("rules")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert any(re.fullmatch(r"marks/exclamation +error +fix +多余的感叹号", line) for line in lines)
    assert any(line.startswith("govlint/rule-crashed ") for line in lines)
    assert lines == sorted(lines)


def test_rules_of_a_kind(run: Run) -> None:
    assert "marks/question" in run("rules", "--kind", "budget").out
    of_final_accounts = run("rules", "--kind", "final-accounts").out
    assert "marks/question" not in of_final_accounts
    assert "marks/exclamation" in of_final_accounts


def test_rules_as_json(run: Run) -> None:
    found = json.loads(run("rules", "--output-format", "json").out)
    assert found["version"] == 1
    assert next(rule for rule in found["rules"] if rule["id"] == "marks/exclamation") == {
        "id": "marks/exclamation",
        "severity": "error",
        "enabled": True,
        "fixable": True,
        "kinds": [],
        "title": "多余的感叹号",
        "english": "An exclamation mark in a report.",
        "options": [{"name": "limit", "type": "int", "default": 100}],
    }


@pytest.mark.parametrize("name", ["marks/exclamation", "exclamation"])
def test_explain_shows_the_page(run: Run, name: str) -> None:
    status, out, err = run("explain", name)
    assert (status, err) == (0, "")
    assert out.startswith("# marks/exclamation：多余的感叹号\n")
    assert "公文不用感叹号" in out


def test_explain_sets_the_page_for_a_terminal(run: Run) -> None:
    out = run("explain", "exclamation", "--color", "always").out
    assert "\x1b[" in out
    assert "## 说明" not in out


def test_init_writes_a_file_that_changes_nothing(run: Run, report: Path, tmp_path: Path) -> None:
    before = run("决算.md")
    assert run("init") == (0, "已写入 govlint.toml\n", "")
    assert run("决算.md") == before
    status, _, err = run("init")
    assert status == 2
    assert "已经存在" in err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_init_writes_explains_every_key_and_is_right_when_uncommented(lang: Any) -> None:
    lines = template(lang).splitlines()
    assert all(line.startswith("# ") or not line for line in lines)
    code = [line[2:] for line in lines if re.match(r"# (\[|[a-z-]+ = )", line)]
    config = msgspec.convert(tomllib.loads("\n".join(code)), ConfigFile)
    keys = set(ConfigFile.__struct_encode_fields__)
    assert {re.match(r"\[*([a-z-]+)", line)[1] for line in code} >= keys  # type: ignore[index]
    assert config.overrides[0].kind == "budget"


def test_docs_has_nothing_to_write_where_no_pack_is(run: Run) -> None:
    assert run("docs", "--check") == (0, "", "")


# --- The process


def govlint(*arguments: str, **rest: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "govlint", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **rest
    )


def test_a_real_run_from_standard_input(tmp_path: Path) -> None:
    process = govlint("-", "--stdin-filename", "a.md", "--output-format", "json", stdin=subprocess.PIPE, cwd=tmp_path)
    out, _ = process.communicate(b"")
    found = json.loads(out)["diagnostics"]
    assert ("govlint/empty-file", "a.md") in {(diagnostic["rule"], diagnostic["path"]) for diagnostic in found}


def test_output_is_utf8_whatever_the_locale(report: Path) -> None:
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONIOENCODING": "ascii",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    process = govlint("没有.md", cwd=report.parent, env=environment)
    out, err = process.communicate()
    assert "没有.md:1:1: error govlint/unreadable-file 文件不存在" in out.decode()
    assert b"Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number}.md").touch()
    process = govlint(".", "-j1", cwd=tmp_path)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() not in (0, 2)


def check_interrupt(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err.decode()) == (130, "govlint: 已中断\n")


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_an_interrupt_is_one_line(tmp_path: Path) -> None:
    process = govlint("-", stdin=subprocess.PIPE, cwd=tmp_path, start_new_session=True)
    assert process.stdin is not None
    process.stdin.write(b" " * 1_000_000)  # more than a pipe holds: it is being read
    check_interrupt(process)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no way to see the processes")
def test_an_interrupt_of_several_processes_is_one_line(tmp_path: Path) -> None:
    table = "|a|b|\n|-|-|\n" + "|1|2|\n" * 3000
    for number in range(60):
        (tmp_path / f"{number}.md").write_text(table, encoding="utf-8")
    process = govlint(".", "-j2", cwd=tmp_path, start_new_session=True)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None and not children.read_text(encoding="ascii").split():
        time.sleep(0.02)
    check_interrupt(process)


def test_leaving_at_once_loses_no_output(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("决算，；\n\n" * 5000, encoding="utf-8")
    process = govlint("a.md", "--select", "text/doubled-punctuation", cwd=tmp_path)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (1, b"")
    lines = out.decode().splitlines()
    assert len(lines) > 4000
    assert lines[-1] == f"1 个文件：错误 {len(lines) - 1}，警告 0，提示 0"
    process = govlint("--output-format", "json", "a.md", cwd=tmp_path)
    assert json.loads(process.communicate(timeout=60)[0])["summary"]["files"] == 1


@pytest.mark.parametrize("arguments", [("--version",), ("check", "a.md"), ("check", "a.md", "--output-format", "json")])
def test_what_is_not_needed_is_not_imported(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "a.md").write_text("# 标题\n\n内容。\n", encoding="utf-8")
    code = (
        "import sys; from govlint.cli import main; main(sys.argv[1:]); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    heavy = {"rich", "lxml", "jieba", "difflib", "multiprocessing"}
    if arguments == ("--version",):
        heavy |= {"argparse", "pluggy", "markdown_it", "msgspec"}
    assert not heavy & set(done.stderr.split())


def test_what_the_cache_holds_needs_no_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOVLINT_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    (tmp_path / "a.md").write_text("# 标题\n\n内容。\n", encoding="utf-8")
    code = (
        "import sys; from govlint.cli import main; main(['check', 'a.md']); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    first, again = (
        subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
        for _ in range(2)
    )
    assert first.stdout == again.stdout
    assert "pluggy" in first.stderr.split()
    unneeded = {"pluggy", "signal", "govlint_text"}
    assert not unneeded & set(again.stderr.split())
