import multiprocessing
import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from govlint.batch import check_paths, find_files
from govlint.config import Choices, ConfigError, Configuration
from govlint.engine import Report
from govlint.hooks import Plugins
from govlint.rule import Finding, Rule, Severity
from govlint.source import Span
from tests.fakes import WORD, finds, plugin, plugins, rules_plugin


@pytest.fixture
def folder(tmp_path: Path):
    """A function that writes files below a fresh folder and gives it."""

    def make(*names: str, **texts: str) -> Path:
        for name, text in (dict.fromkeys(names, "甲\n") | texts).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return make


def configuration(**choices) -> Configuration:
    return Configuration.of(plugins(WORD), Choices(**choices))


def names(top: Path, *paths: Path | str, **options) -> list[str]:
    """What is found, relative to ``top``; reports as their rule."""
    return [
        found.diagnostics[0].rule if isinstance(found, Report) else os.path.relpath(found, top)
        for found in find_files(paths or [top], configuration(), **options)
    ]


# -- finding


def test_folders_are_searched_in_the_order_of_paths(folder):
    top = folder("b.md", "a/z.md", "a/b/c.HTM", "a.markdown", "a-b.html", "x.txt", "a/readme")
    assert names(top) == ["a-b.html", "a.markdown", "a/b/c.HTM", "a/z.md", "b.md"]
    assert names(top) == sorted(names(top))


def test_hidden_files_and_foreign_folders_are_left_out(folder):
    top = folder("a.md", ".git/b.md", ".hidden.md", "node_modules/c.md", "x/.y/d.md", "x/node_modules/e.md")
    assert names(top) == ["a.md"]
    assert names(top, top / ".git") == [".git/b.md"]


def test_a_named_file_is_found_whatever_its_name(folder):
    top = folder("x.txt", ".hidden.md", "README.md")
    given = "x.txt", ".hidden.md", "README.md", "missing"
    assert names(top, *(top / name for name in given)) == list(given)


def test_an_empty_path_is_not_the_current_folder(folder):
    top = folder("a.md")
    assert names(top, "", top) == ["govlint/unreadable-file", "a.md"]


def test_no_file_is_found_twice(folder):
    top = folder("a.md", "b/c.md")
    assert names(top, top / "b" / "c.md", top, top / "a.md", top / "b") == ["b/c.md", "a.md"]
    assert names(top, f"{top}/./a.md", f"{top}/b/../a.md") == ["a.md"]


def test_a_readme_is_no_report(folder):
    top = folder("a.md", "README.md", "b/README.md")
    assert names(top) == ["a.md"]
    assert names(top, top / "b") == ["govlint/no-files"]


def test_exclude_holds_in_folders_and_on_request_for_named_files(folder):
    top = folder("a.md", "drafts/b.md", "drafts/deep/c.md", "d.tmp.md")
    (top / "govlint.toml").write_text('exclude = ["drafts/", "*.tmp.md"]\n', encoding="utf-8")
    assert names(top) == ["a.md"]
    assert names(top, top / "drafts" / "b.md", top / "a.md") == ["drafts/b.md", "a.md"]
    assert names(top, top / "drafts" / "b.md", top / "a.md", force_exclude=True) == ["a.md"]


def test_links_are_followed_but_not_in_circles(folder):
    top = folder("a/b.md")
    (top / "a" / "loop").symlink_to(top)
    (top / "c.md").symlink_to(top / "a" / "b.md")
    (top / "d").symlink_to(top / "a")
    (top / "e.md").symlink_to(top / "nowhere")
    assert names(top) == ["a/b.md", "c.md", "e.md"]


def test_a_folder_without_reports_is_told(folder):
    top = folder("a/x.txt", "b/c.md")
    assert names(top, top / "a", top / "b") == ["govlint/no-files", "b/c.md"]
    (report,) = check_paths([top / "a"], plugins(WORD), configuration())
    assert report.status == 1
    assert report.path == str(top / "a")
    assert list(find_files([top / "a"], configuration(ignore=("govlint/no-files",)))) == []


def test_a_folder_that_cannot_be_opened_is_told(folder, monkeypatch):
    top = folder("a.md", "b/c.md", "d.md")
    real = os.scandir

    def scandir(path):
        if str(path).endswith("b"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr("govlint.batch.os.scandir", scandir)
    assert names(top) == ["a.md", "govlint/unreadable-file", "d.md"]
    reports = list(check_paths([top], plugins(WORD), configuration()))
    assert [report.status for report in reports] == [1, 2, 1]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux")
def test_names_that_are_not_unicode_are_found_and_checked(folder):
    top = folder("a.md")
    (top / os.fsdecode(b"\xb1\xa8.md")).write_text("甲\n", encoding="utf-8")
    reports = list(check_paths([top], plugins(WORD), configuration(), jobs=2))
    assert [os.fsencode(report.path).rpartition(b"/")[2] for report in reports] == [b"a.md", b"\xb1\xa8.md"]
    assert [len(report.diagnostics) for report in reports] == [1, 1]


def test_folders_may_be_nested_deeply(tmp_path: Path):
    deep = tmp_path
    for _ in range(300):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "a.md").write_text("甲\n", encoding="utf-8")
    assert len(names(tmp_path)) == 1


# -- checking


def written(top: Path, count: int) -> list[Path]:
    paths = [top / f"{number:03}.md" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text("甲\n" * (number % 5) + "丁\n", encoding="utf-8")
    return paths


@pytest.mark.parametrize("jobs", [2, 3, None])
def test_the_reports_are_the_same_for_any_number_of_processes(tmp_path: Path, jobs):
    written(tmp_path, 60)
    (tmp_path / "005.md").write_bytes(b"\0")
    (tmp_path / "006.md").write_bytes(b"")
    alone = list(check_paths([tmp_path], plugins(WORD), configuration(), jobs=1))
    together = list(check_paths([tmp_path], plugins(WORD), configuration(), jobs=jobs))
    assert together == alone
    assert [Path(report.path).name for report in alone] == [f"{number:03}.md" for number in range(60)]
    assert all(report.document is None for report in alone)


def test_each_file_has_the_settings_of_its_place(folder):
    top = folder("a.md", "b/c.md", "b/d.md")
    (top / "b" / "govlint.toml").write_text('ignore = ["text"]\nfail-on = "never"\n', encoding="utf-8")
    for jobs in (1, 2):
        reports = list(check_paths([top], plugins(WORD), configuration(), jobs=jobs))
        assert [len(report.diagnostics) for report in reports] == [1, 0, 0]
        assert [report.fail_on for report in reports] == [Severity.WARNING, None, None]


def test_wrong_configuration_is_told_before_anything_is_checked(folder):
    top = folder("a.md", "b/c.md")
    (top / "b" / "govlint.toml").write_text("selct = []\n", encoding="utf-8")
    with pytest.raises(ConfigError):
        check_paths([top], plugins(WORD), configuration())


def test_progress_is_told(tmp_path: Path):
    written(tmp_path, 3)
    told: list[tuple[int, int]] = []
    list(check_paths([tmp_path], plugins(WORD), configuration(), progress=lambda *state: told.append(state)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def dies(document):
    if "死" in document.source.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return finds("甲")(document)


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process")
def test_a_process_that_dies_is_a_diagnostic_of_its_file_and_the_run_goes_on(tmp_path: Path):
    paths = written(tmp_path, 30)
    deadly = (paths[4], paths[5], paths[29])
    for path in deadly:
        path.write_text("死\n", encoding="utf-8")
    known = plugins(Rule("text/dies", dies, Severity.WARNING), WORD)
    reports = list(check_paths([tmp_path], known, Configuration.of(known), jobs=2))
    assert [report.path for report in reports] == [str(path) for path in paths]
    failed = [report for report in reports if report.failed]
    assert [report.path for report in failed] == [str(path) for path in deadly]
    assert {report.diagnostics[0].rule for report in failed} == {"govlint/check-failed"}
    assert "-9" in failed[0].diagnostics[0].message


def test_a_run_that_is_broken_off_leaves_no_process_behind(tmp_path: Path):
    written(tmp_path, 40)
    reports = check_paths([tmp_path], plugins(WORD), configuration(), jobs=2)
    next(reports)
    reports.close()
    assert multiprocessing.active_children() == []


def test_what_fails_in_a_plugin_is_told_once_at_the_end(tmp_path: Path):
    written(tmp_path, 20)

    def govlint_words():
        raise RuntimeError("no dictionary")

    def reads_words(document):
        yield Finding(Span(0, 1), f"{len(list(document.knowledge.words()))}", "words")

    def run(jobs: int):
        known = Plugins(
            [rules_plugin(Rule("text/words", reads_words, Severity.INFO)), plugin("w", govlint_words=govlint_words)]
        )
        return list(check_paths([tmp_path], known, Configuration.of(known), jobs=jobs))

    alone = run(1)
    assert len(alone) == 21
    assert (alone[-1].path, alone[-1].status) == ("", 2)
    assert "no dictionary" in alone[-1].diagnostics[0].message
    assert [report.diagnostics[0].message for report in run(2)] == [report.diagnostics[0].message for report in alone]


def test_a_process_with_threads_is_not_forked(tmp_path: Path):
    """New processes load the plugins by themselves; the reports are the same."""
    written(tmp_path, 6)
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        reports = list(check_paths([tmp_path], Plugins(), Configuration(()), jobs=2))
    finally:
        stop.set()
        thread.join()
    assert reports == list(check_paths([tmp_path], Plugins(), Configuration(()), jobs=1))
