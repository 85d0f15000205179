"""The language server in a real Neovim, set up as editors/README.md says."""

import json
import shutil
import subprocess
import sys
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
