"""The cache gives back the very reports, and nothing that is not theirs, whatever became of its files."""

import io
import multiprocessing
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from govlint import cache
from govlint.batch import check_paths
from govlint.cache import Cache
from govlint.config import Choices, Configuration
from govlint.engine import Form, Rendered, Report, installed_plugins
from govlint.hooks import Plugins
from govlint.reporters import Language, Style, reporters
from govlint.rule import Severity
from tests.generator import generate, mutate

PROGRAM = cache._program
TEXT = mutate(generate(1, "hubei-pipe"), "total", 0).text + "\n本年收入总计（100.00万元。，\n"


@pytest.fixture(autouse=True)
def folder(tmp_path_factory, monkeypatch) -> Path:
    place = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv(cache.FOLDER, str(place))
    monkeypatch.setattr(cache, "_program", lambda place: "v-1")  # whoever works on govlint may save a file meanwhile
    return place


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for name in ("a.md", "b.md", "c.html"):
        (tmp_path / name).write_text(TEXT + name, encoding="utf-8")
    return tmp_path


def check(
    path: Path, *, jobs: int = 1, kept: bool = True, form: Form | None = None, **choices
) -> tuple[list[Report], bool]:
    """The reports, and whether plugins were asked for anything."""
    plugins = Plugins.installed()
    configuration = Configuration.later(plugins, Choices(**choices))
    kept_in = Cache.installed() if kept else None
    found = list(check_paths([path], plugins, configuration, jobs=jobs, cache=kept_in, form=form))
    return found, plugins.loaded


def text_form(lang: Language = "zh") -> Form:
    form = reporters()["text"].form(Style(lang=lang))
    assert form is not None
    return form


def written(reports: list[Report], lang: Language = "zh") -> str:
    out = io.StringIO()
    reporters()["text"].render(reports, out, Style(lang=lang, statistics=True))
    return out.getvalue()


def entries(folder: Path) -> Sequence[Path]:
    return [path for path in folder.glob("v-*/??/*") if path.is_file()]


@pytest.mark.parametrize("jobs", [1, 2])
def test_kept_reports_are_the_same_and_need_no_plugin(reports: Path, jobs: int):
    fresh, _ = check(reports, kept=False)
    first, asked = check(reports, jobs=jobs)
    again, asked_again = check(reports, jobs=jobs)
    assert fresh == first == again
    assert (asked, asked_again) == (True, False)
    assert any(diagnostic.related for report in again for diagnostic in report.diagnostics)
    assert any(diagnostic.fix for report in again for diagnostic in report.diagnostics)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_kept_lines_are_those_of_the_report(reports: Path, jobs: int, lang: Language):
    fresh, _ = check(reports, kept=False)
    first, _ = check(reports, jobs=jobs, form=text_form(lang))
    again, asked = check(reports, jobs=jobs, form=text_form(lang))
    assert written(fresh, lang) == written(first, lang) == written(again, lang)
    assert all(isinstance(report, Rendered) for report in (*first, *again))
    assert [report.status for report in fresh] == [report.status for report in again]
    assert not asked
    assert written(check(reports, form=text_form("en"))[0], "en") == written(fresh, "en")
    assert check(reports) == (fresh, False)


def test_kept_lines_name_the_file_that_is_checked(reports: Path):
    check(reports, form=text_form())
    (reports / "d.md").write_bytes((reports / "a.md").read_bytes())
    found, asked = check(reports / "d.md", form=text_form())
    assert not asked
    assert written(found) == written(check(reports / "d.md", kept=False)[0])


def test_kept_lines_are_told_apart_by_severities_that_fail(reports: Path):
    check(reports, form=text_form())
    found, _ = check(reports, form=text_form(), fail_on="never")
    assert {report.status for report in found} == {0}


@pytest.mark.parametrize("content", [b"", b"\0" * 40])
def test_broken_lines_are_none(reports: Path, folder: Path, content: bytes):
    fresh = written(check(reports, form=text_form())[0])
    for path in entries(folder):
        path.write_bytes(content)
    assert written(check(reports, form=text_form())[0]) == fresh
    assert not check(reports, form=text_form())[1]


def test_lines_of_what_failed_are_not_kept(reports: Path, folder: Path):
    check(reports)
    whole = len(entries(folder))
    (reports / "e.md").write_bytes(b"\xff\xfe\x00")
    found, _ = check(reports / "e.md", form=text_form())
    assert found == check(reports / "e.md", kept=False)[0]
    assert len(entries(folder)) == whole


def test_the_folder_is_where_the_system_keeps_such_things(monkeypatch: pytest.MonkeyPatch):
    from platformdirs import user_cache_path

    monkeypatch.delenv(cache.FOLDER)
    assert cache.cache_folder() == user_cache_path("govlint", appauthor=False)


def test_a_copy_is_reported_at_its_own_path(reports: Path):
    check(reports)
    (reports / "d.md").write_bytes((reports / "a.md").read_bytes())
    found, asked = check(reports / "d.md")
    assert not asked
    assert {diagnostic.path for diagnostic in found[0].diagnostics} == {str(reports / "d.md")}


def test_what_changes_is_checked_again(reports: Path, folder: Path):
    check(reports)
    (reports / "a.md").write_text(TEXT + "乙", encoding="utf-8")
    assert check(reports)[1]
    assert check(reports, ignore=("text",))[1]
    assert check(reports, kind="budget")[1]
    (reports / "govlint.toml").write_text('ignore = ["terms"]\n', encoding="utf-8")
    assert check(reports)[1]
    assert not check(reports)[1]
    found, _ = check(reports, fail_on="never")
    assert {report.status for report in found} == {0}
    assert {report.fail_on for report in check(reports, fail_on="error")[0]} == {Severity.ERROR}


def test_the_suffix_tells_the_format(reports: Path):
    check(reports)
    (reports / "e.html").write_bytes((reports / "a.md").read_bytes())
    assert check(reports / "e.html")[0] == check(reports / "e.html", kept=False)[0]


def test_a_wrong_configuration_is_told_though_everything_is_kept(reports: Path):
    check(reports)
    (reports / "govlint.toml").write_text('ignore = ["nothing"]\n', encoding="utf-8")
    for _ in range(2):
        with pytest.raises(Exception, match="nothing"):
            check(reports)


@pytest.mark.parametrize("content", [b"", b"\0" * 40, b"x" * 5000])
def test_broken_entries_are_none(reports: Path, folder: Path, content: bytes):
    fresh, _ = check(reports)
    for path in entries(folder):
        path.write_bytes(content)
    assert check(reports)[0] == fresh
    for path in entries(folder):
        path.write_bytes(path.read_bytes()[:-3])
    assert check(reports)[0] == fresh
    assert not check(reports)[1]


def test_other_files_of_the_program_are_another_program(folder: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(cache, "_program", PROGRAM)
    before = Cache.installed()
    plugin = tmp_path / "plugin"
    plugin.mkdir()
    (plugin / "rule.py").write_text("a = 1\n", encoding="utf-8")
    monkeypatch.setattr(cache, "_found_roots", lambda: {str(plugin)})
    for noted in folder.glob("roots-*"):
        noted.unlink()
    first = Cache.installed()
    assert first == Cache.installed() != before
    (plugin / "rule.py").write_text("a = 22\n", encoding="utf-8")
    assert Cache.installed() not in (first, before)


def test_where_nothing_can_be_written_everything_is_checked(reports: Path, folder: Path, monkeypatch):
    (folder / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv(cache.FOLDER, str(folder / "file" / "below"))
    assert Cache.installed() is None
    monkeypatch.setenv(cache.FOLDER, str(folder))
    made = Cache.installed()
    assert made is not None
    made.folder.write_text("in the way", encoding="utf-8")
    assert check(reports)[0] == check(reports, kept=False)[0]


def test_what_failed_is_not_kept(tmp_path: Path, folder: Path):
    (tmp_path / "a.md").write_bytes(b"\xff\xfe\x00")
    check(tmp_path)
    assert not entries(folder)


def test_clearing_removes_what_is_kept_and_nothing_else(reports: Path, folder: Path):
    check(reports)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    files, size = cache.size(folder)
    assert files >= 4
    assert cache.clear(folder) == (files, size)
    assert [path.name for path in folder.rglob("*")] == ["notes.txt"]
    assert check(reports)[1]


def test_what_was_never_finished_goes_after_a_day(reports: Path, folder: Path):
    check(reports)
    kept = entries(folder)
    halves = [path.with_name(f"{path.name}.123-456") for path in kept]
    yesterday = time.time() - 2 * 86_400
    for path in halves:
        path.write_bytes(b"half")
    for path in (*halves, *kept, *folder.glob("v-tidied/*")):
        os.utime(path, (yesterday, yesterday))
    made = Cache.installed()
    assert made is not None
    cache._tidy(made.folder)
    assert sorted(entries(folder)) == sorted(kept)


def test_old_entries_go(reports: Path, folder: Path):
    check(reports)
    old = time.time() - 40 * 86_400
    for path in (*entries(folder), *folder.glob("v-tidied/*")):
        os.utime(path, (old, old))
    made = Cache.installed()
    assert made is not None
    cache._tidy(made.folder)
    assert not entries(folder)


def _check_again_and_again(path: str) -> None:
    plugins = installed_plugins()
    for _ in range(3):
        configuration = Configuration.of(plugins, Choices())
        list(check_paths([path], plugins, configuration, jobs=1, cache=Cache.installed()))


def test_runs_at_the_same_time_do_not_disturb_each_other(reports: Path):
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    processes = [context.Process(target=_check_again_and_again, args=(str(reports),)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    assert check(reports)[0] == check(reports, kept=False)[0]
