"""What no file may do: hang a rule, the parser or a process, or take ever longer for being longer."""

import gc
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govlint import bounds, parsers
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
from tests import THOROUGH
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


SECONDS = 10.0
"""What a hostile file may take at full size, and a part of it in proportion."""


def hostile(part: float) -> Iterator[tuple[str, str, str]]:
    """What, file name and text of each case, so much of its full size."""

    def many(count: int) -> int:
        return round(count * part)

    cells = "<tr>" + "<td>1" * 40
    yield "deep tags", "a.html", "<div>" * many(20_000) + "甲" + "</div>" * many(20_000)
    yield "deep inline tags", "a.html", "<p>" + "<b>" * many(20_000) + "甲"
    yield "deep tables", "a.html", "<table><tr><td>" * many(2_000) + "甲"
    yield "deep lists", "a.md", "\n".join("  " * depth + "- 甲" for depth in range(many(1_500)))
    yield "deep quotes", "a.md", ">" * many(5_000) + "甲"
    yield "huge table", "a.html", "<table>" + cells * many(2_000) + "</table>"
    yield (
        "wide table",
        "a.md",
        "|项目" * many(3_000) + "|\n" + "|---" * many(3_000) + "|\n" + ("|1.00" * many(3_000) + "|\n") * 3,
    )
    yield (
        "rowspan",
        "a.html",
        "<table>" + '<tr><td rowspan="10000" colspan="1000">1<td>2' * many(200) + "</table>",
    )
    yield (
        "overlapping spans",
        "a.html",
        "<table>"
        + "".join(f'<tr><td rowspan="{9 - row % 7}" colspan="{1 + row % 5}">{row}' for row in range(many(900))),
    )
    yield "one wide row", "a.html", "<table><tr>" + "<td>1" * 10_000 + "<tr><td>甲<td>1.00" * many(5_000)
    yield "one line", "a.md", "本年支出2,554.43万元，占本年收入的99.94%；" * many(20_000)
    yield "one word", "a.md", "决" * many(400_000)
    yield "one number", "a.md", "支出" + "9" * many(400_000) + "万元"
    yield "open marks", "a.md", "（" * many(60_000) + "《“" * many(30_000)
    yield "closing marks", "a.md", "）”》" * many(60_000)
    yield "white space", "a.md", "甲" + " " * many(200_000) + "乙" + "\n" * many(100_000) + "　" * many(100_000)
    yield "stars", "a.md", "*甲 **乙 " * many(20_000)
    yield "brackets", "a.md", "[甲](" * many(20_000)
    yield "pipes", "a.md", "|" * many(200_000)
    yield "tabs", "a.md", ("\t" * 300 + "\n") * many(300)
    yield "comments", "a.html", "<!--" * many(50_000)
    yield "open tags", "a.html", "<td rowspan='" * many(30_000)
    yield "entities", "a.html", "&" * many(100_000) + "&#x;" * many(30_000) + "&amp;" * many(30_000)
    yield "headings", "a.md", "".join(f"{'#' * (1 + row % 6)} 第{row}部分 决算\n\n" for row in range(many(6_000)))
    yield "numbered", "a.md", "".join(f"（{'一二三四五六七八九十'[row % 10]}）甲\n\n" for row in range(many(8_000)))
    yield "suppressions", "a.md", "<!-- govlint-disable text/quotes 甲 -->\n\n甲\n\n" * many(4_000)


PARTS = (1 / 4, 1) if THOROUGH else (1 / 16, 1 / 4)
CASES = list(zip(hostile(PARTS[0]), hostile(PARTS[1]), strict=True))


def spent(name: str, text: str) -> float:
    """Seconds of processor time that all rules take for a file; none of them fails."""
    settings = Configuration.of(installed_plugins(), Choices()).settings(name)
    gc.collect()
    gc.disable()  # what other tests left behind is none of the file's business
    try:
        before = time.process_time()
        report = check_source(Source(name, text), installed_plugins(), settings)
        seconds = time.process_time() - before
    finally:
        gc.enable()
    broken = [each.message for each in report.diagnostics if each.rule in BROKEN]
    assert not broken, broken
    return seconds


@pytest.mark.parametrize(("short", "long"), CASES, ids=[case[0][0] for case in CASES])
def test_hostile_files_take_time_in_proportion_to_their_length(short: tuple[str, str, str], long: tuple[str, str, str]):
    spent("a.md", "甲\n")  # what is read once
    few, more = spent(*short[1:]), spent(*long[1:])
    assert more < SECONDS * PARTS[1]
    assert more < 8 * few + 0.3, "four times the text must not take sixteen times as long"


# -- grids that are far larger than their file


@pytest.fixture
def few_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fortieth of what grids may have."""
    monkeypatch.setattr(parsers, "_MOST_PLACES", 10_000)


@pytest.mark.usefixtures("few_places")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<table>" + ("<tr>" + "<td colspan=500>1" * 2) * 50 + "</table>"),
        ("a.html", "<table><tr>" + "<td>1" * 500 + "<tr><td>甲<td>1.00" * 50 + "</table>"),
        ("a.html", "<table><tr>" + "<td>1" * 100 + "<tr><td>甲" * 100 + "</table>乙"),
        ("a.html", "<table>" + ("<tr>" + "<td>1" * 100) * 101 + "</table>"),
        ("a.md", "|项目" * 500 + "|\n" + "|---" * 500 + "|\n" + "|1|\n" * 50),
        ("a.md", "项目\t" * 500 + "\n" + "甲\t1\n" * 50),
        ("a.html", "<table><tr><td colspan=1000>甲<td>乙<tr><td>丙</table>" * 10),
    ],
    ids=["colspan", "one wide row", "a hundred columns", "filled", "pipes", "tabs", "many tables"],
)
def test_a_vast_grid_is_left_out_and_told(name: str, text: str):
    document = parsers.parse(Source(name, text))
    places = sum(len(table.rows) * table.width for table in document.tables())
    assert places <= 10_000
    assert {"过于庞大" in trouble.message for trouble in document.troubles} == {True}
    assert all(text[slice(*trouble.span)] for trouble in document.troubles)


@pytest.mark.usefixtures("few_places")
@pytest.mark.parametrize(
    "text",
    [
        "<table>" + ("<tr>" + "<td>1" * 60) * 150 + "</table>",
        "<table><tr>" + "<td>1" * 60 + "<tr><td>甲<td>1.00" * 60 + "</table>",
        "<table>" + "<tr><td colspan=1000>甲<tr><td>1<td>2" * 200 + "</table>",
    ],
    ids=["filled", "one row wider than the rest", "titles over all columns and beyond"],
)
def test_a_large_table_is_read(text: str):
    document = parsers.parse(Source("a.html", text))
    assert (len(list(document.tables())), document.troubles) == (1, ())


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited in another way there")
def test_a_vast_grid_takes_little_memory(tmp_path: Path):
    vast = "<table><tr>" + "<td colspan=1000>1" * 10 + "<tr><td>甲<td>1.00" * 5_000 + "</table>"
    (tmp_path / "a.html").write_text(vast, encoding="utf-8")
    (tmp_path / "b.md").write_text(f"# 甲\n\n{vast}\n", encoding="utf-8")
    limited = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (600_000_000,) * 2)\n"
        "from govlint.cli import main\n"
        "sys.exit(main(['--no-cache', '--quiet', '-j1', '--lang', 'en', sys.argv[1]]))"
    )
    done = subprocess.run([sys.executable, "-c", limited, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert done.stdout.count("govlint/not-parsed the table has 5001 rows of 9001 columns") == 2


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
