"""``--diff-base``: what a change in a git repository touches or brings about, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from govlint.cli import main
from govlint.document import Document, Paragraph
from govlint.rule import Finding, Related, Rule, Severity
from govlint.source import Span
from tests.fakes import OTHER, WORD, Install, crash, plugins

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git")


def sums(document: Document) -> Iterator[Finding]:
    """Paragraphs that begin with 合计, with all that begin with 其中 as evidence."""
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    evidence = tuple(Related(each.span, "其中", "part") for each in paragraphs if each.text.text.startswith("其中"))
    for each in paragraphs:
        if each.text.text.startswith("合计"):
            yield Finding(each.span, "合计不符", "wrong sum", related=evidence)


def missing(document: Document) -> Iterator[Finding]:
    """The document's first character where it has no 依据."""
    if "依据" not in document.source.text:
        yield Finding(Span(0, 1), "没有依据", "nothing given")


RULES = (
    WORD,
    OTHER,
    Rule("text/sum", sums, Severity.WARNING),
    Rule("text/missing", missing, Severity.WARNING),
)


class Result(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Result]


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout.strip()


def commit(message: str = "x") -> str:
    git("add", "-A")
    git("commit", "-q", "--allow-empty", "-m", message)
    return git("rev-parse", "HEAD")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, install: Install, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run govlint with the rules above in an empty repository whose settings are nobody's own."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "HOME": str(tmp_path),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.org",
        "GIT_CEILING_DIRECTORIES": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "报告 库"
    folder.mkdir()
    monkeypatch.chdir(folder)
    git("init", "-q")
    install(lambda: plugins(*RULES))

    def run(*arguments: str) -> Result:
        status = main(arguments)
        return Result(status, *capsys.readouterr())

    return run


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text.encode())


def found(run: Run, *paths: str, base: str = "HEAD") -> list[str]:
    """What is found since ``base``: lines without the message."""
    _, out, err = run(*(paths or (".",)), "--diff-base", base, "--quiet")
    assert err == ""
    return [" ".join(line.split()[:3]) for line in out.splitlines() if not line.startswith(" ")]


BASE = "依据见后。\n\n甲在一。\n\n好。\n\n甲在二。\n"


def test_an_unchanged_file_has_nothing(run: Run) -> None:
    write("a.md", BASE)
    commit()
    assert found(run) == []
    assert run("a.md", "--diff-base", "HEAD").status == 0
    assert run("a.md").status == 1


def test_touched_lines_count_moved_ones_do_not(run: Run) -> None:
    write("a.md", BASE)
    commit()
    write("a.md", "新的一段，有乙。\n\n" + BASE.replace("甲在二", "甲还在二"))
    assert found(run) == ["a.md:1:7: warning text/other", "a.md:9:1: warning text/word"]


def test_committed_staged_and_unstaged_changes_count_alike(run: Run) -> None:
    write("a.md", BASE)
    base = commit()
    write("a.md", BASE + "\n乙一。\n")
    commit()
    write("a.md", BASE + "\n乙一。\n\n乙二。\n")
    git("add", "a.md")
    write("a.md", BASE + "\n乙一。\n\n乙二。\n\n乙三。\n")
    assert len(found(run, base=base)) == 3
    assert len(found(run)) == 2
    assert len(found(run, base="HEAD~1")) == 3


def test_touched_evidence_counts(run: Run) -> None:
    text = "依据\n\n合计 3\n\n好。\n\n其中 1\n\n甲。\n\n其中 2\n"
    write("a.md", text)
    commit()
    write("a.md", text.replace("其中 2", "其中 1"))
    assert found(run) == ["a.md:3:1: warning text/sum"]


def test_what_a_deletion_brings_about_counts(run: Run) -> None:
    write("a.md", BASE)
    commit()
    write("a.md", BASE.removeprefix("依据见后。\n\n"))
    assert found(run) == ["a.md:1:1: warning text/missing"]


def test_a_deletion_inside_a_span_touches_it(run: Run) -> None:
    write("a.md", "依据\n\n合计\n一\n二\n三\n\n甲。\n\n乙。\n")
    commit()
    write("a.md", "依据\n\n合计\n一\n三\n\n甲。\n\n乙。\n")
    assert found(run) == ["a.md:3:1: warning text/sum"]


def test_new_files_count_whole(run: Run) -> None:
    commit()
    write("untracked.md", BASE)
    write("staged.md", BASE)
    git("add", "staged.md")
    write(".gitignore", "ignored.md\n")
    write("ignored.md", BASE)
    assert len(found(run)) == 6


def test_a_renamed_file_is_compared_with_what_it_was(run: Run) -> None:
    text = BASE + "\n此段较长，用以认出改名的文件。\n" * 20
    write("旧“名”.md", text)
    commit()
    git("mv", "旧“名”.md", "新[名].md")
    assert found(run) == []
    write("新[名].md", text.replace("甲在二", "甲还在二"))
    write("旧“名”.md", "乙。依据。\n")
    assert found(run) == ["新[名].md:7:1: warning text/word", "旧“名”.md:1:1: warning text/other"]


def test_folders_and_the_folder_one_is_in_do_not_matter(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("下级/a.md", BASE)
    write("b.md", BASE)
    commit()
    write("下级/a.md", BASE + "\n乙。\n")
    monkeypatch.chdir("下级")
    assert found(run, "..") == ["../下级/a.md:9:1: warning text/other"]
    assert found(run, "a.md", "../b.md") == ["a.md:9:1: warning text/other"]


def test_line_ends_and_encodings(run: Run) -> None:
    Path("crlf.md").write_bytes(BASE.replace("\n", "\r\n").encode())
    Path("gbk.html").write_bytes('<meta charset="gbk">依据\n<p>甲在一。</p>\n<p>甲在二。</p>\n'.encode("gbk"))
    Path("wide.md").write_bytes(BASE.encode("utf-16"))
    commit()
    Path("crlf.md").write_bytes(BASE.replace("甲在二", "甲还在二").encode())
    Path("gbk.html").write_bytes('<meta charset="gbk">依据\n<p>甲在一。</p>\n<p>甲还在二。</p>\n'.encode("gbk"))
    assert found(run) == ["crlf.md:7:1: warning text/word", "gbk.html:3:4: warning text/word"]
    Path("wide.md").write_bytes((BASE + "好。\n").encode("utf-16"))
    assert len(found(run, "wide.md")) == 2


def test_settings_of_git_do_not_matter(run: Run) -> None:
    write("a.md", BASE)
    write(".gitattributes", "*.md diff=broken\n")
    commit()
    for key, value in {
        "diff.interHunkContext": "100",
        "diff.external": "false",
        "diff.broken.textconv": "false",
        "diff.noprefix": "true",
        "diff.renames": "false",
        "color.ui": "always",
        "core.fsmonitor": "false",
    }.items():
        git("config", key, value)
    write("a.md", "乙。\n\n" + BASE.replace("甲在二", "甲还在二"))
    assert found(run) == ["a.md:1:1: warning text/other", "a.md:9:1: warning text/word"]


def test_failures_are_told_though_nothing_changed(run: Run, install: Install) -> None:
    write("a.md", BASE)
    commit()
    install(lambda: plugins(WORD, Rule("text/crash", crash, Severity.INFO)))
    status, out, _ = run("a.md", "没有.md", "--diff-base", "HEAD", "--quiet")
    assert status == 2
    assert "rule-crashed" in out
    assert "没有.md:1:1: error govlint/unreadable-file" in out
    assert "text/word" not in out


def test_several_processes_and_formats_and_a_baseline(run: Run) -> None:
    for number in range(5):
        write(f"{number}.md", BASE)
    commit()
    for number in range(5):
        write(f"{number}.md", BASE + "\n乙。\n")
    one = run(".", "--diff-base", "HEAD", "-j1", "--output-format", "json")
    assert one.status == 1
    assert one.out.count("text/other") == 5
    assert run(".", "--diff-base", "HEAD", "-j2", "--output-format", "json") == one
    run("baseline", ".")
    assert run(".", "--diff-base", "HEAD", "--baseline", "govlint-baseline.json").status == 0


@pytest.mark.parametrize("revision", ["nothing", "--output=x", "-p", "HEAD:a.md", "", "HEAD --", "HEAD..HEAD"])
def test_no_such_commit(run: Run, revision: str) -> None:
    write("a.md", BASE)
    commit()
    status, out, err = run("a.md", f"--diff-base={revision}")
    assert (status, out) == (2, "")
    assert "没有提交" in err
    assert "Traceback" not in err
    assert not Path("x").exists()


def test_no_repository(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b.md").write_text("甲", encoding="utf-8")
    status, out, err = run(str(tmp_path / "b.md"), "--diff-base", "HEAD")
    assert (status, out) == (2, "")
    assert "不在仓库中" in err
    assert "is in none" in run(str(tmp_path / "b.md"), "--diff-base", "HEAD", "--lang", "en").err


def test_no_git(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.md", BASE)
    monkeypatch.setenv("PATH", "")
    status, _, err = run("a.md", "--diff-base", "HEAD")
    assert status == 2
    assert "需要 git" in err


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_it_goes_with_nothing_that_writes(run: Run, option: str) -> None:
    write("a.md", BASE)
    commit()
    status, _, err = run("a.md", "--diff-base", "HEAD", option)
    assert status == 2
    assert "不能与标准输入、--fix、--diff 同用" in err
