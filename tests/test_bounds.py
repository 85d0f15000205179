"""What no file may do: hang a rule, the parser or a process, or take ever longer for being longer."""

import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govlint import bounds
from govlint.batch import check_paths
from govlint.config import Choices, Configuration
from govlint.document import Document
from govlint.engine import Report, check_source, installed_plugins
from govlint.hooks import Plugins
from govlint.own import CHECK_FAILED, PLUGIN_FAILED, RULE_CRASHED, UNREADABLE_FILE
from govlint.rule import Finding, Rule, Severity
from govlint.source import Source, Span
from govlint.tasks import Task
from govlint.workers import Workers
from tests.fakes import WORD, plugin, plugins, rules_plugin

BROKEN = {RULE_CRASHED.id, CHECK_FAILED.id, PLUGIN_FAILED.id}

bounded = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer that signals")


def spin(document: Document) -> Iterator[Finding]:
    yield Finding(Span(0, 1), "第一个字", "the first character")
    while True:
        pass


def backtrack(document: Document) -> Iterator[Finding]:
    re.search("(a+)+b", "a" * 40)
    return iter(())


def swallow(document: Document) -> Iterator[Finding]:
    while True:
        try:
            sum(range(100))
        except Exception:
            continue
    yield


def checked(known: Plugins, text: str = "甲\n") -> Report:
    return check_source(Source("a.md", text), known, Configuration.of(known).settings("a.md"))


@bounded
@pytest.mark.parametrize("check", [spin, backtrack, swallow])
def test_a_rule_that_does_not_end_is_told_and_the_others_run(monkeypatch, check: Callable[..., Iterator[Finding]]):
    monkeypatch.setattr(bounds.Stopwatch.__init__, "__defaults__", (0.05,))
    report = checked(plugins(Rule("text/endless", check, Severity.INFO), WORD))
    rules = [diagnostic.rule for diagnostic in report.diagnostics]
    assert rules.count("govlint/rule-crashed") == 1
    assert WORD.id in rules
    assert report.status == 2
    assert "text/endless" in next(each.message for each in report.diagnostics if each.rule == RULE_CRASHED.id)


@bounded
def test_rules_for_which_no_time_is_left_are_named(monkeypatch):
    monkeypatch.setattr(bounds.Stopwatch.__init__, "__defaults__", (0.01,))
    endless = [Rule(f"text/endless-{number}", spin, Severity.INFO) for number in range(bounds.RULES_A_FILE + 2)]
    report = checked(plugins(*endless, WORD))
    (late,) = (each for each in report.diagnostics if each.rule == CHECK_FAILED.id)
    assert WORD.id in late.message
    assert report.status == 2


@bounded
def test_a_parser_that_does_not_end_is_told(monkeypatch):
    def govlint_parse(source):
        while True:
            pass

    monkeypatch.setattr(bounds.Stopwatch.__init__, "__defaults__", (0.05,))
    report = checked(Plugins([plugin("p", govlint_parse=govlint_parse), rules_plugin(WORD, name="r")]))
    assert [each.rule for each in report.diagnostics] == [CHECK_FAILED.id]


@bounded
def test_the_timer_and_its_handler_are_gone_afterwards():
    before = signal.getsignal(signal.SIGVTALRM)
    checked(plugins(WORD))
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGVTALRM) is before


def test_a_thread_checks_without_a_timer():
    reports: list[Report] = []
    thread = threading.Thread(target=lambda: reports.append(checked(plugins(WORD), "错\n")))
    thread.start()
    thread.join()
    assert not reports[0].failed


def test_a_process_that_hangs_is_ended(tmp_path: Path):
    def hang(document: Document) -> Iterator[Finding]:
        time.sleep(60)
        return iter(())

    known = plugins(Rule("text/hangs", hang, Severity.INFO))
    (tmp_path / "a.md").write_text("甲\n", encoding="utf-8")
    workers = Workers(known, 1, patience=0.3)
    try:
        workers.give(0, Task(str(tmp_path / "a.md"), Configuration.of(known).settings("a.md"), ""))
        (report,) = workers.finished().values()
    finally:
        workers.close()
    assert [each.rule for each in report.diagnostics] == [CHECK_FAILED.id]


# -- hostile files, with all rules


def hostile() -> Iterator[tuple[str, str, str]]:
    cells = "<tr>" + "<td>1" * 40
    yield "deep tags", "a.html", "<div>" * 20_000 + "甲" + "</div>" * 20_000
    yield "deep inline tags", "a.html", "<p>" + "<b>" * 20_000 + "甲"
    yield "deep tables", "a.html", "<table><tr><td>" * 2_000 + "甲"
    yield "deep lists", "a.md", "\n".join("  " * depth + "- 甲" for depth in range(1_500))
    yield "deep quotes", "a.md", ">" * 5_000 + "甲"
    yield "huge table", "a.html", "<table>" + cells * 2_000 + "</table>"
    yield "wide table", "a.md", "|项目" * 3_000 + "|\n" + "|---" * 3_000 + "|\n" + ("|1.00" * 3_000 + "|\n") * 3
    yield "rowspan", "a.html", "<table>" + '<tr><td rowspan="10000" colspan="1000">1<td>2' * 200 + "</table>"
    yield (
        "overlapping spans",
        "a.html",
        "<table>" + "".join(f'<tr><td rowspan="{9 - row % 7}" colspan="{1 + row % 5}">{row}' for row in range(900)),
    )
    yield "one line", "a.md", "本年支出2,554.43万元，占本年收入的99.94%；" * 20_000
    yield "one word", "a.md", "决" * 400_000
    yield "one number", "a.md", "支出" + "9" * 400_000 + "万元"
    yield "open marks", "a.md", "（" * 60_000 + "《“" * 30_000
    yield "closing marks", "a.md", "）”》" * 60_000
    yield "white space", "a.md", "甲" + " " * 200_000 + "乙" + "\n" * 100_000 + "　" * 100_000
    yield "stars", "a.md", "*甲 **乙 " * 20_000
    yield "brackets", "a.md", "[甲](" * 20_000
    yield "pipes", "a.md", "|" * 200_000
    yield "tabs", "a.md", ("\t" * 300 + "\n") * 300
    yield "comments", "a.html", "<!--" * 50_000
    yield "open tags", "a.html", "<td rowspan='" * 30_000
    yield "entities", "a.html", "&" * 100_000 + "&#x;" * 30_000 + "&amp;" * 30_000
    yield "headings", "a.md", "".join(f"{'#' * (1 + row % 6)} 第{row}部分 决算\n\n" for row in range(6_000))
    yield "numbered", "a.md", "".join(f"（{'一二三四五六七八九十'[row % 10]}）甲\n\n" for row in range(8_000))
    yield "suppressions", "a.md", "<!-- govlint-disable text/quotes 甲 -->\n\n甲\n\n" * 4_000


CASES = list(hostile())


@pytest.mark.parametrize(("name", "text"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_hostile_files_are_checked_in_bounded_time(name: str, text: str):
    before = time.process_time()
    settings = Configuration.of(installed_plugins(), Choices()).settings(name)
    report = check_source(Source(name, text), installed_plugins(), settings)
    spent = time.process_time() - before
    assert not [each for each in report.diagnostics if each.rule in BROKEN], [
        each.message for each in report.diagnostics
    ]
    assert spent < 10


# -- folders


def test_names_in_any_encoding_and_unreadable_files(tmp_path: Path):
    name = os.fsdecode("决算.md".encode("gbk"))
    (tmp_path / "b.md").write_text("甲\n", encoding="utf-8")
    try:
        (tmp_path / name).write_text("甲\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    (tmp_path / "c.md").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "d.md")
    known = plugins(WORD)
    reports = list(check_paths([tmp_path], known, Configuration.of(known), jobs=2))
    paths = [os.path.relpath(report.path, tmp_path) for report in reports]
    assert set(paths) == {"b.md", name, "c.md"}
    assert [each.rule for report in reports if report.failed for each in report.diagnostics] == [UNREADABLE_FILE.id]
