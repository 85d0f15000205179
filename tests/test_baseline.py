"""The baseline: what is known is not reported, wherever it moves to; what is new and what is gone is told."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, strategies as st

from govlint.baseline import Sifting, as_text, read_baseline
from govlint.cli import main
from govlint.config import Choices, Configuration
from govlint.engine import Report, check_source
from govlint.mistakes import ConfigError
from govlint.rule import Rule, Severity
from govlint.source import Source
from tests.fakes import NUMBER, OTHER, WORD, Install, crash, plugins

FILE = "govlint-baseline.json"


class Result(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, install: Install, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run govlint in an empty folder, with three rules."""
    monkeypatch.chdir(tmp_path)
    install(lambda: plugins(WORD, OTHER, NUMBER))

    def run(*arguments: str) -> Result:
        status = main(arguments)
        return Result(status, *capsys.readouterr())

    return run


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def test_what_is_known_is_not_reported(run: Run) -> None:
    write("a.md", "甲在这里。\n\n乙在那里。\n")
    assert run("baseline", "a.md") == (0, f"已写入 {FILE}：已知问题 2 个\n", "")
    assert run("a.md").status == 1
    told = "a.md: 另有基线中的问题 2 个未列出\n1 个文件：没有发现问题\n"
    assert run("a.md", "--baseline", FILE) == (0, told, "")


def test_moved_and_spaced_lines_are_known_new_ones_are_not(run: Run) -> None:
    write("a.md", "甲在这里。\n")
    run("baseline", "a.md")
    write("a.md", "# 新的标题\n\n一段话。\n\n甲 在这里。\n\n甲在别处。\n")
    status, out, err = run("a.md", "--baseline", FILE, "--quiet")
    assert (status, err) == (1, "")
    assert out == "a.md:7:1: warning text/word 不应有 甲\n"


def test_a_changed_line_is_new_and_the_old_one_gone(run: Run) -> None:
    write("a.md", "甲在这里。\n")
    run("baseline", "a.md")
    write("a.md", "甲不在这里。\n")
    status, out, err = run("a.md", "--baseline", FILE)
    assert status == 1
    assert "a.md:1:1: warning text/word" in out
    assert err == (
        f"govlint: {FILE} 中有 1 个问题已不存在，可用 govlint baseline 重新生成\ngovlint:   a.md text/word\n"
    )
    assert "are gone: write it anew" in run("a.md", "--baseline", FILE, "--lang=en").err
    assert run("a.md", "--baseline", FILE, "--quiet").err == ""


def test_as_many_as_were_known(run: Run) -> None:
    write("a.md", "甲。\n\n甲。\n")
    run("baseline", "a.md")
    write("a.md", "甲。\n\n甲。\n\n甲。\n")
    assert run("a.md", "--baseline", FILE).out.count("text/word") == 1
    write("a.md", "甲。\n")
    status, out, err = run("a.md", "--baseline", FILE)
    assert (status, "text/word" in out) == (0, False)
    assert "1 个问题已不存在" in err


def test_it_works_from_any_folder_and_for_each_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("下级/a.md", "甲。\n")
    write("下级/b.md", "乙。\n")
    run("baseline", ".", "-o", "下级/known.json")
    monkeypatch.chdir("下级")
    assert run(".", "--baseline", "known.json").status == 0
    monkeypatch.chdir("..")
    assert run(str(Path("下级").absolute()), "--baseline", "下级/known.json").status == 0
    write("下级/b.md", "甲。\n")
    status, out, _ = run("下级", "--baseline", "下级/known.json")
    assert status == 1
    assert "b.md:1:1" in out


def test_a_full_disk_leaves_the_file_as_it_was(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.md", "甲。\n")
    run("baseline", "a.md")
    before = Path(FILE).read_bytes()
    write("a.md", "甲。\n\n甲。\n")

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fail)
        assert run("baseline", "a.md").status == 2
    assert Path(FILE).read_bytes() == before
    assert run("baseline", "a.md").status == 0
    assert Path(FILE).read_bytes() != before
    Path(FILE).chmod(0o444)
    assert "the file is read-only" in run("baseline", "a.md", "--lang=en").err


def test_only_what_was_checked_can_be_gone(run: Run) -> None:
    write("a.md", "甲。\n")
    write("b.md", "甲。\n\n乙。\n")
    run("baseline", ".")
    write("a.md", "好。\n")
    write("b.md", "好。\n")
    assert "a.md" not in run("b.md", "--baseline", FILE).err
    assert "text/other" not in run("b.md", "--baseline", FILE, "--select", "text/word").err
    Path("a.md").unlink()
    assert "a.md text/word" in run("b.md", "--baseline", FILE).err


def test_every_format_heeds_it(run: Run) -> None:
    write("a.md", "甲。\n")
    run("baseline", "a.md")
    status, out, err = run("a.md", "--baseline", FILE, "--output-format", "json")
    assert (status, json.loads(out)["diagnostics"], err) == (0, [], "")


def test_nothing_found_is_a_baseline_too(run: Run) -> None:
    write("a.md", "好。\n")
    assert run("baseline", "a.md").status == 0
    assert json.loads(Path(FILE).read_text(encoding="utf-8")) == {"version": 1, "findings": []}
    assert run("a.md", "--baseline", FILE).status == 0


def test_the_file_is_a_finding_a_line_in_order(run: Run) -> None:
    write("b.md", "丙、乙、甲、甲。\n")
    write("a.md", "甲。\n")
    run("baseline", "b.md", "a.md")
    text = Path(FILE).read_text(encoding="utf-8")
    findings = json.loads(text)["findings"]
    assert [(found["path"], found["rule"], found["count"]) for found in findings] == [
        ("a.md", "text/word", 1),
        ("b.md", "numbers/number", 1),
        ("b.md", "text/other", 1),
        ("b.md", "text/word", 1),
        ("b.md", "text/word", 1),
    ]
    assert len(text.splitlines()) == len(findings) + 2
    assert findings[0]["message"] == "不应有 甲"


def test_failures_are_never_known(run: Run, install: Install) -> None:
    write("a.md", "甲。\n")
    run("baseline", "a.md")
    broken = plugins(Rule("text/crash", crash, Severity.INFO), WORD)
    install(lambda: broken)
    Path(FILE).rename("before.json")
    status, _, err = run("baseline", "a.md", "没有.md")
    assert status == 2
    assert "没有.md: 文件不存在" in err
    assert "没有写入" in err
    assert not Path(FILE).exists()
    status, out, _ = run("a.md", "--baseline", "before.json", "--no-cache")
    assert (status, "rule-crashed" in out) == (2, True)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "无法读取基线"),
        ("{", "不是有效的 JSON"),
        ("[]", "没有 findings"),
        ('{"version": 2, "findings": []}', "版本 2 不能使用"),
        ('{"version": 1, "findings": [{"path": "a.md"}]}', "第 1 条不完整"),
        ('{"version": 1, "findings": [1]}', "第 1 条不完整"),
    ],
)
def test_a_file_that_is_no_baseline(run: Run, content: str | None, message: str) -> None:
    write("a.md", "甲。\n")
    if content is not None:
        write("known.json", content)
    status, out, err = run("a.md", "--baseline", "known.json")
    assert (status, out) == (2, "")
    assert err.startswith("govlint: known.json: ")
    assert message in err


def test_wrong_usage(run: Run) -> None:
    write("a.md", "甲。\n")
    assert "没有给出要检查的文件" in run("baseline").err
    assert "无法写入 没有/x.json" in run("baseline", "a.md", "-o", "没有/x.json").err


# --- Any text

WORDS = st.lists(
    st.sampled_from(["甲。", "乙在这里。", "好。", "甲和甲。", "# 标题", "| 甲 | 乙 |", "一段 甲 话。"]),
    min_size=1,
    max_size=8,
)


def report(lines: list[str]) -> Report:
    found = plugins(WORD, OTHER)
    settings = Configuration.of(found, Choices()).settings("a.md")
    return check_source(Source("a.md", "\n\n".join(lines)), found, settings)


@given(WORDS, WORDS)
def test_nothing_known_is_reported_after_lines_were_put_in(tmp_path_factory, lines: list[str], new: list[str]) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path_factory.getbasetemp() / "known.json"
    path.write_text(as_text([report(lines)], Path.cwd())[0], encoding="utf-8")
    baseline = read_baseline(path)
    moved = type(baseline)(Path.cwd() / "known.json", baseline.counts)
    sifting = Sifting(moved)
    left = sifting.sift(report([*new, *lines]))
    assert len(left.diagnostics) == len(report(new).diagnostics)
    assert list(sifting.unused()) == []


def test_what_raises_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read_baseline(tmp_path / "no.json")
    assert caught.value.path == str(tmp_path / "no.json")
