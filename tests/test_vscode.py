"""The extension for VS Code: its own tests, and the package that one command makes."""

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from govlint.lsp import actions
from tests.conftest import ROOT

EXTENSION = ROOT / "editors" / "vscode"
NPM = shutil.which("npm")


def npm(*arguments: str) -> subprocess.CompletedProcess[str]:
    assert NPM is not None
    return subprocess.run([NPM, *arguments], cwd=EXTENSION, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def installed() -> None:
    if NPM is None:
        pytest.skip("Node.js with npm is not installed")
    lock, done = EXTENSION / "package-lock.json", EXTENSION / "node_modules" / ".package-lock.json"
    if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
        return
    process = npm("ci", "--no-audit", "--no-fund", "--prefer-offline")
    if process.returncode and "CI" not in os.environ and "network" in process.stderr:
        pytest.skip("the packages of the extension can't be fetched")
    assert process.returncode == 0, process.stderr


@pytest.mark.usefixtures("installed")
def test_its_own_tests_pass():
    process = npm("test")
    assert process.returncode == 0, process.stdout + process.stderr
    assert "# fail 0" in process.stdout


@pytest.mark.usefixtures("installed")
def test_the_package_has_what_it_needs_and_no_more():
    process = npm("run", "package")
    assert process.returncode == 0, process.stdout + process.stderr
    with zipfile.ZipFile(EXTENSION / "govlint.vsix") as package:
        names = set(package.namelist())
        manifest = json.loads(package.read("extension/package.json"))
    assert {name for name in names if name.startswith("extension/")} == {
        "extension/LICENSE.txt",
        "extension/dist/extension.js",
        "extension/package.json",
        "extension/readme.md",
    }
    assert f"extension/{manifest['main'].removeprefix('./')}" in names


def test_server_and_extension_mean_the_same_commands():
    source = "".join(path.read_text(encoding="utf-8") for path in (EXTENSION / "src").glob("*.ts"))
    assert f'"{actions.ASK_REASON}"' in source
    assert f'"{actions.SUPPRESS}"' in source


def test_the_licence_is_the_project_s():
    assert Path(EXTENSION / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
