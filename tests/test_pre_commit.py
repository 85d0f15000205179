"""The hooks in a real pre-commit, on a repository made for the test."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
    pytest.mark.skipif(importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed"),
]

HOOKS = ROOT / ".pre-commit-hooks.yaml"
GOOD = """\
# 云川市青禾区大数据中心2023年度工作情况

## 一、主要职能

贯彻执行上级各项决策部署和会议精神，落实责任。
"""
BAD = GOOD.replace("部署和会议", "部署 and 会议")
PAGE = '<html><head><meta charset="gbk"></head><body><h1>{title}</h1><p>{text}</p></body></html>\n'


class Repository:
    """A git repository whose commits pass through pre-commit."""

    def __init__(self, folder: Path, config: object, home: Path | None = None) -> None:
        self.folder = folder
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))},
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
            "PRE_COMMIT_HOME": str(home or folder.parent / "pre-commit"),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        folder.mkdir()
        self.run("git", "init", "-q")
        self.run("git", "config", "user.name", "clerk")
        self.run("git", "config", "user.email", "clerk@example.org")
        self.write(".pre-commit-config.yaml", yaml.safe_dump(config).encode())
        assert self.run(sys.executable, "-m", "pre_commit", "install").returncode == 0
        self.run("git", "add", ".pre-commit-config.yaml")
        assert self.commit().returncode == 0

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
        )

    def write(self, name: str, data: bytes) -> None:
        (self.folder / name).write_bytes(data)
        self.run("git", "add", name)

    def commit(self) -> subprocess.CompletedProcess[str]:
        return self.run("git", "commit", "-q", "-m", "report")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """The hooks as they are declared, but run with the govlint that is installed here."""
    hooks = [{**hook, "language": "system"} for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))]
    fix_first = sorted(hooks, key=lambda hook: hook["id"], reverse=True)
    return Repository(tmp_path / "reports", {"repos": [{"repo": "local", "hooks": fix_first}]})


def test_a_faulty_report_blocks_the_commit_and_a_corrected_one_passes(repository: Repository):
    repository.write("决算.md", BAD.encode())
    blocked = repository.commit()
    assert blocked.returncode == 1
    assert "决算.md:5:14: error text/mixed-language" in blocked.stdout
    repository.write("决算.md", GOOD.encode())
    passed = repository.commit()
    assert passed.returncode == 0, passed.stdout


def test_a_page_in_gbk(repository: Repository):
    title, text = "云川市青禾区大数据中心2023年度工作情况", "贯彻执行上级各项决策部署 and 会议精神，落实责任。"
    repository.write("决算.html", PAGE.format(title=title, text=text).encode("gbk"))
    blocked = repository.commit()
    assert blocked.returncode == 1 and "text/mixed-language" in blocked.stdout
    text = text.replace(" and ", "和")
    repository.write("决算.html", PAGE.format(title=title, text=text).encode("gbk"))
    passed = repository.commit()
    assert passed.returncode == 0, passed.stdout


def test_what_is_certain_is_mended_and_left_to_be_added(repository: Repository):
    repository.write("决算.md", GOOD.replace("精神，", "精神,").encode())
    stopped = repository.commit()
    assert stopped.returncode == 1 and "files were modified by this hook" in stopped.stdout
    assert (repository.folder / "决算.md").read_text(encoding="utf-8") == GOOD
    repository.run("git", "add", "决算.md")
    passed = repository.commit()
    assert passed.returncode == 0, passed.stdout


@pytest.mark.parametrize("name", ["notes.txt", "README.md", "archive.md"])
def test_other_files_are_left_alone(repository: Repository, name: str):
    repository.write("govlint.toml", b'exclude = ["archive.md"]\n')
    repository.write(name, BAD.encode())
    passed = repository.commit()
    assert passed.returncode == 0, passed.stdout


def test_the_hook_is_installed_from_this_repository(tmp_path: Path):
    """As users have it: pre-commit clones the repository and installs it."""
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    clone = tmp_path / "govlint"
    for name in filter(None, files.split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "editors/")):
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, clone / name)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], cwd=clone, check=True)
    subprocess.run([*git, "add", "-A"], cwd=clone, check=True)
    subprocess.run([*git, "commit", "-q", "-m", "govlint"], cwd=clone, check=True)
    revision = subprocess.run([*git, "rev-parse", "HEAD"], cwd=clone, capture_output=True, text=True, check=True)
    repo = {"repo": clone.as_uri(), "rev": revision.stdout.strip(), "hooks": [{"id": "govlint"}]}
    repository = Repository(tmp_path / "reports", {"repos": [repo]})
    repository.write("决算.md", BAD.encode())
    blocked = repository.commit()
    if "CI" not in os.environ and "No matching distribution" in blocked.stdout:
        pytest.skip("the packages that govlint needs can't be fetched")
    assert blocked.returncode == 1 and "决算.md:5:14: error text/mixed-language" in blocked.stdout, blocked.stdout
