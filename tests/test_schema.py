"""The JSON schema of the configuration, shell completion, and the options that list."""

from __future__ import annotations

import json
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple

import pytest

from govlint.cli import COMMANDS, main
from govlint.commands.config_schema import FILE, as_text, schema, stale_schema
from govlint.commands.init import template
from govlint.config import Choices, Configuration
from govlint.document import Document, ReportKind
from govlint.mistakes import ConfigError
from govlint.own import OWN_RULES
from govlint.rule import Finding, Rule, Severity
from tests.fakes import OTHER, WORD, Install, plugins

jsonschema = pytest.importorskip("jsonschema")


def check(
    document: Document,
    *,
    limit: int = 2,
    tolerance: Decimal = Decimal("0.5"),
    names: Sequence[str] = (),
    pairs: Mapping[str, str] = {},
    mode: Literal["a", "b"] = "a",
    sign: str | None = None,
    whole_lines: bool = True,
) -> list[Finding]:
    return []


RULES = (*OWN_RULES, WORD, OTHER, Rule("text/options", check, Severity.INFO, enabled=False))
KINDS = (ReportKind("budget", "部门预算", ()),)
SCHEMA = schema(RULES, KINDS)
GIVEN = {"limit": 2, "tolerance": 0.5, "names": [], "pairs": {}, "mode": "a", "whole-lines": True}

RIGHT = (
    "",
    'select = ["text", "text/word", "elsewhere/rule"]',
    'kind = "auto"\nfail-on = "never"\nmax-file-size = 1\nwords = ["青禾云"]\nexclude = ["归档/"]',
    '[rules."text/options"]\nlimit = 3\ntolerance = 0.25\nnames = ["甲"]\nmode = "b"\nsign = "x"\nwhole-lines = false\n'
    '[rules."text/options".pairs]\n"甲" = "乙"',
    '[rules."text/word"]\nseverity = "off"',
    '[[overrides]]\npaths = ["a/**"]\nkind = "budget"\nignore = ["text"]\n[overrides.rules."text/word"]\nseverity = "error"',
)
WRONG = (
    'slect = ["text"]',
    'select = "text"',
    "select = [1]",
    'fail-on = "warn"',
    "max-file-size = 0",
    'max-file-size = "1"',
    "kind = 1",
    '[rules."text/options"]\nlimt = 3',
    '[rules."text/options"]\nlimit = "3"',
    '[rules."text/options"]\nmode = "c"',
    '[rules."text/options"]\nnames = [1]',
    '[rules."text/options"]\nwhole-lines = 1',
    '[rules."text/word"]\nseverity = "grave"',
    '[rules."govlint/rule-crashed"]\nseverity = "off"',
    '[[overrides]]\nkind = "budget"',
    '[[overrides]]\npaths = ["a"]\nfail-on = "never"',
)


def accepts(text: str, tmp_path: Path) -> bool:
    """Whether govlint itself takes the configuration."""
    (tmp_path / "govlint.toml").write_text(text, encoding="utf-8")
    try:
        Configuration(RULES, KINDS, Choices(), complete=False).settings(tmp_path / "a.md")
    except ConfigError:
        return False
    return True


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_fits(text: str, tmp_path: Path) -> None:
    jsonschema.validate(tomllib.loads(text), SCHEMA)
    assert accepts(text, tmp_path)


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_does_not(text: str, tmp_path: Path) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), SCHEMA)
    assert not accepts(text, tmp_path)


def test_what_init_writes_fits() -> None:
    lines = [line.removeprefix("# ") for line in template("zh").splitlines()]
    code = "\n".join(line for line in lines if line.startswith("[") or " = " in line)
    jsonschema.validate(tomllib.loads(code), SCHEMA)


def test_defaults_and_descriptions_are_there() -> None:
    options = SCHEMA["definitions"]["Rules"]["properties"]["text/options"]["properties"]
    assert {name: option["default"] for name, option in options.items() if name in GIVEN} == GIVEN
    assert options["severity"]["default"] == "off"
    assert "default" not in options["sign"]
    assert all(value.get("description") for value in SCHEMA["properties"].values())


def test_a_schema_in_a_folder_is_kept_fresh(tmp_path: Path) -> None:
    assert stale_schema(RULES, KINDS, tmp_path) == {}
    path = tmp_path / FILE
    path.write_text("{}\n", encoding="utf-8")
    assert stale_schema(RULES, KINDS, tmp_path) == {path: as_text(RULES, KINDS)}
    path.write_text(as_text(RULES, KINDS), encoding="utf-8")
    assert stale_schema(RULES, KINDS, tmp_path) == {}


def test_the_schema_of_this_project_is_one() -> None:
    made = json.loads((Path(__file__).resolve().parent.parent / FILE).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(made)


# --- The command line


class Result(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, install: Install, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run govlint in an empty folder, with two rules."""
    monkeypatch.chdir(tmp_path)
    install(lambda: plugins(WORD, OTHER))

    def run(*arguments: str) -> Result:
        status = main(arguments)
        return Result(status, *capsys.readouterr())

    return run


def test_config_schema_prints_it(run: Run) -> None:
    status, out, err = run("config-schema")
    assert (status, err) == (0, "")
    assert "text/word" in json.loads(out)["definitions"]["Rules"]["properties"]


def test_docs_keeps_it_fresh(run: Run, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{}\n", encoding="utf-8")
    assert run("docs", "--check") == (1, "", f"govlint: {FILE} 已过期，请运行 govlint docs\n")
    assert run("docs") == (0, f"已写入 {FILE}\n", "")
    assert run("docs", "--check") == (0, "", "")


def test_files_are_listed_and_not_checked(run: Run, tmp_path: Path) -> None:
    for name in ("b.md", "下级/a.html", "x.txt", "旧/a.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("甲。\n", encoding="utf-8")
    (tmp_path / "govlint.toml").write_text('exclude = ["旧/"]\n', encoding="utf-8")
    assert run(".", "--show-files") == (0, "b.md\n下级/a.html\n", "")
    (tmp_path / "空").mkdir()
    status, out, err = run("空", "b.md", "--show-files")
    assert (status, out) == (2, "b.md\n")
    assert "空: 没有找到 Markdown 或 HTML 文件" in err


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_completion_is_printed(run: Run, shell: str, lang: str) -> None:
    status, out, err = run("completion", shell, "--lang", lang)
    assert (status, err) == (0, "")
    for word in ("--output-format", "--diff-base", "text/word", "sarif", *(command.name for command in COMMANDS)):
        assert word in out


def test_completion_of_another_shell(run: Run) -> None:
    status, out, err = run("completion", "bsah")
    assert (status, out) == (2, "")
    assert "可选：bash、zsh，是否应为 bash？" in err


def complete(script: Path, *words: str) -> list[str]:
    """What bash offers for the last of the words."""
    code = 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _shtab_govlint; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", code, script, *words], capture_output=True, text=True, check=True)
    return sorted(done.stdout.split())


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_bash_completes(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "govlint.bash"
    script.write_text(run("completion", "bash").out, encoding="utf-8")
    assert complete(script, "govlint", "ba") == ["baseline"]
    assert complete(script, "govlint", "check", "--diff-") == ["--diff-base"]
    assert complete(script, "govlint", "--diff-") == ["--diff-base"]
    assert complete(script, "govlint", "check", "--fail-on", "") == ["error", "info", "never", "warning"]
    assert complete(script, "govlint", "check", "--output-format", "s") == ["sarif"]
    assert complete(script, "govlint", "explain", "text/w") == ["text/word"]
    (tmp_path / "report.md").touch()
    assert complete(script, "govlint", "check", str(tmp_path / "rep")) == [str(tmp_path / "report.md")]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh")
def test_zsh_reads_it(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "_govlint"
    script.write_text(run("completion", "zsh").out, encoding="utf-8")
    subprocess.run(["zsh", "-n", script], check=True)
