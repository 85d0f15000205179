"""The language server in a real Neovim, set up as editors/README.md says."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

NVIM = shutil.which("nvim")
pytestmark = pytest.mark.skipif(NVIM is None, reason="Neovim is not installed (Debian: neovim)")

REPORT = """\
# 云川市青禾区大数据中心2023年度部门决算

## 一、主要职能

贯彻执行上级各项决策部署 and 会议精神，落实责任。
"""


def commands(out: Path) -> list[str]:
    """The command line of Neovim that reads our settings and nobody's."""
    command = json.dumps([sys.executable, "-m", "govlint", "lsp"])
    assert NVIM is not None
    return [
        NVIM,
        "--clean",
        "--cmd",
        f"let g:govlint_command = {command} | let g:out = {json.dumps(str(out))}",
        "--cmd",
        f"luafile {ROOT / 'editors' / 'neovim' / 'govlint.lua'}",
    ]


def test_a_session(tmp_path: Path):
    report, out = tmp_path / "决算.md", tmp_path / "seen.json"
    report.write_text(REPORT, encoding="utf-8")
    process = subprocess.run(
        [*commands(out), "--headless", str(report), "-c", f"luafile {ROOT / 'tests' / 'neovim' / 'session.lua'}"],
        capture_output=True,
        text=True,
        timeout=120,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "LANG": "C.UTF-8"},
    )
    assert out.exists(), process.stderr
    seen = json.loads(out.read_text(encoding="utf-8"))
    assert seen.get("problem") is None, (seen["problem"], process.stderr)
    line = REPORT.split("\n")[4]
    column = len(line.partition("and")[0].encode())
    assert seen["diagnostic"] == [4, column, 4, column + 3]
    assert seen["source"] == "govlint" and "and" in seen["message"]
    assert seen["underlined"] == ["DiagnosticUnderlineError"]
    assert "text/mixed-language" in seen["hover"] and "## 说明" in seen["hover"]
    assert any("主要职能" in name for name in seen["symbols"])
    assert "和" in seen["actions"][0]
    assert seen["fixed"] == "贯彻执行上级各项决策部署和会议精神，落实责任。"
    assert seen["edited"] == seen["lines"] - 1


TMUX = shutil.which("tmux")


@pytest.mark.skipif(TMUX is None, reason="tmux is not installed (Debian: tmux)")
def test_on_a_terminal(tmp_path: Path):
    """The word is underlined on the screen, and gone once the first code action is chosen."""
    report = tmp_path / "决算.md"
    report.write_text(REPORT, encoding="utf-8")
    action = "nnoremap <F2> <Cmd>lua vim.lsp.buf.code_action()<CR>"
    nvim = [
        *commands(tmp_path / "unused"),
        "--cmd",
        "set nomore laststatus=2",
        "-c",
        action,
        "-c",
        "call search('and')",
        str(report),
    ]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8", "TERM": "xterm-256color"}

    def tmux(*arguments: str) -> str:
        assert TMUX is not None
        server = [TMUX, "-L", f"govlint-{tmp_path.name}", "-u", "-f", "/dev/null"]
        done = subprocess.run([*server, *arguments], capture_output=True, text=True, env=environment, timeout=20)
        return done.stdout

    def screen(holds: Callable[[str], bool]) -> str:
        shown = ""
        for _ in range(300):
            shown = tmux("capture-pane", "-p", "-e", "-t", "editor")
            if holds(shown):
                break
            time.sleep(0.1)
        return shown

    tmux("new-session", "-d", "-s", "editor", "-x", "100", "-y", "20", *nvim)
    try:
        underlined = re.compile(r"\x1b\[[\d;:]*\b4(?:[;:][\d;:]*)?m(?:\x1b\[[\d;:]*m)*and\b")
        before = screen(lambda shown: underlined.search(shown) is not None)
        assert underlined.search(before), before
        tmux("send-keys", "-t", "editor", "F2")
        asked = screen(lambda shown: "改为" in shown)
        assert "改为“和”" in asked, asked
        tmux("send-keys", "-t", "editor", "1", "Enter")
        after = screen(lambda shown: "部署和会议" in shown and "■" not in shown)
        assert "贯彻执行上级各项决策部署和会议精神" in after and "■" not in after, after
        if folder := os.environ.get("GOVLINT_CAPTURES"):
            for name, shown in (("before", before), ("asked", asked), ("after", after)):
                (Path(folder) / f"neovim-{name}.ansi").write_text(shown, encoding="utf-8")
    finally:
        tmux("kill-server")
