"""The plugin in examples/ is built, installed beside govlint in a fresh environment, and its rule runs there."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT

REPORT = """# 2023年度云川市青禾区档案馆部门决算

我馆承担青禾县档案的收集、整理和利用工作。
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment with govlint and the example plugin, from this checkout."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    install = [programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, str(ROOT), str(ROOT / "examples" / "plugin")], check=True, cwd=folder)
    return programs


def _run(environment: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [environment / "govlint", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_rule_runs_on_a_report(environment: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text(REPORT, encoding="utf-8")
    run = _run(environment, "check", "--output-format", "json", "--select", "yunchuan", str(report))
    assert run.returncode == 1, run.stderr
    (found,) = json.loads(run.stdout)["diagnostics"]
    assert found["rule"] == "yunchuan/former-name"
    assert (found["start"], found["end"]) == ({"line": 3, "column": 5}, {"line": 3, "column": 8})


def test_the_rule_has_a_page_beside_those_of_govlint(environment: Path) -> None:
    assert "使用了已变更的名称" in _run(environment, "explain", "yunchuan/former-name").stdout
    listed = _run(environment, "rules").stdout
    assert "yunchuan/former-name" in listed
    assert "numbers/" in listed


def test_its_words_reach_the_tokenizer(environment: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text(REPORT.replace("青禾县", "云川市文化广电局"), encoding="utf-8")
    assert "云川市文化广电局" in _run(environment, "inspect", "--tokens", str(report)).stdout.split()


def test_pages_pass_in_this_environment() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(ROOT / "examples" / "plugin" / "tests")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "examples" / "plugin")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
