"""What editors/ has for editors, in the editors themselves, or else as those would take it."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.editor import editor

VIM, EMACS = shutil.which("vim"), shutil.which("emacs")
EDITORS = ROOT / "editors"
REPORT = "# 云川市青禾区大数据中心2023年度工作情况\n\n贯彻执行上级各项决策部署 and 会议精神，落实责任。\n"
MESSAGE = "text/mixed-language 中文句子中夹有英文“and”"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """With a program ``govlint``, wherever the tests run from; the report is ``a.md`` in the folder."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "govlint").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m govlint "$@"\n', encoding="utf-8")
    (programs / "govlint").chmod(0o755)
    (tmp_path / "a.md").write_text(REPORT, encoding="utf-8")
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "HOME": str(tmp_path), "LANG": "C.UTF-8", "TERM": "dumb"}


@pytest.mark.skipif(VIM is None, reason="Vim is not installed")
def test_vim(tmp_path: Path, environment: dict[str, str]):
    assert VIM is not None
    listed = "[bufname(v:val.bufnr), v:val.lnum, v:val.col, v:val.type, v:val.text]"
    command = [
        *(VIM, "-es", "-u", "NONE", "-N", "--cmd", "set encoding=utf-8"),
        *("--cmd", f"set runtimepath^={EDITORS / 'vim'}", "a.md", "-c", "compiler govlint", "-c", "silent make %"),
        *("-c", f"call writefile([json_encode(map(getqflist(), '{listed}'))], 'found.json')", "-c", "qa!"),
    ]
    subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=60)
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert found == [["a.md", 3, 14, "e", MESSAGE]]


def test_the_readme_has_vim_s_format_as_it_is():
    form = re.compile(r"errorformat=(.*)")
    (own,) = form.findall((EDITORS / "vim" / "compiler" / "govlint.vim").read_text(encoding="utf-8"))
    assert own in form.findall((EDITORS / "README.md").read_text(encoding="utf-8"))


def snippet(*keys: str) -> Any:
    """What README.md has in JSON for the one editor that wants these keys."""
    blocks = re.findall(r"```json\n(.*?)```", (EDITORS / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (found,) = [read for read in map(json.loads, blocks) if set(keys) <= set(read)]
    return found


def printed(command: list[str], folder: Path, environment: dict[str, str]) -> list[str]:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=60)
    return done.stdout.decode().splitlines()


def test_sublime_text_s_build_system_finds_the_place(tmp_path: Path, environment: dict[str, str]):
    build = snippet("file_regex")
    variables = {"$file_path": str(tmp_path), "$file": str(tmp_path / "a.md")}
    command = [variables.get(word, word) for word in build["cmd"]]
    (line,) = printed(command, Path(variables[build["working_dir"]]), environment)
    match = re.match(build["file_regex"], line)
    assert match is not None and match.groups() == ("a.md", "3", "14", f"error {MESSAGE}")


def test_sublime_text_s_settings_start_a_server(tmp_path: Path, environment: dict[str, str]):
    client = snippet("clients")["clients"]["govlint"]

    async def scenario() -> None:
        command, options = tuple(client["command"]), client["initializationOptions"]
        async with editor(command=command, options=options, env=environment) as opened:
            uri = opened.open(tmp_path / "a.md", REPORT)
            (only,) = await opened.diagnostics(uri)
            assert only.range.start.line == 2 and f"{only.code} {only.message}" == MESSAGE

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_vs_code_s_task_finds_the_place(tmp_path: Path, environment: dict[str, str]):
    (task,) = snippet("tasks")["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    declared = json.loads((EDITORS / "vscode" / "package.json").read_text(encoding="utf-8"))
    assert pattern == declared["contributes"]["problemMatchers"][0]["pattern"]
    (line,) = printed(task["command"].split(), tmp_path, environment)
    match = re.match(pattern["regexp"], line)
    assert match is not None
    parts = {name: match[number] for name, number in pattern.items() if name != "regexp"}
    code, _, message = MESSAGE.partition(" ")
    assert parts == {"file": "a.md", "line": "3", "column": "14", "severity": "error", "code": code, "message": message}


COMPILE = """\
(load {file})
(require 'compile)
(with-current-buffer (compilation-start "govlint --color never a.md")
  (while (process-live-p (get-buffer-process (current-buffer))) (accept-process-output nil 0.1))
  (accept-process-output nil 0.3)
  (compilation--ensure-parse (point-max))
  (goto-char (point-min))
  (re-search-forward "a\\\\.md:3")
  (let ((place (compilation--message->loc (get-text-property (match-beginning 0) 'compilation-message))))
    (message "found %s:%s" (compilation--loc->line place) (compilation--loc->col place))))
"""


@pytest.mark.skipif(EMACS is None, reason="Emacs is not installed")
def test_emacs_compile(tmp_path: Path, environment: dict[str, str]):
    assert EMACS is not None
    script = tmp_path / "script.el"
    script.write_text(COMPILE.format(file=json.dumps(str(EDITORS / "emacs" / "govlint.el"))), encoding="utf-8")
    command = [EMACS, "--batch", "-Q", "-l", str(script)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    assert "found 3:13" in done.stderr or "found 3:14" in done.stderr, done.stderr
