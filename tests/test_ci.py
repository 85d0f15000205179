"""What runs in other people's pipelines: well formed by the services' own schemas, and its scripts do what they say."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

ACTION = ROOT / "action.yml"
WORKFLOW = ROOT / "examples" / "ci" / "github-workflow.yml"
GITLAB = ROOT / "examples" / "ci" / "gitlab-ci.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
STYLE = "{extends: default, rules: {line-length: {max: 120}, document-start: disable}}"

GOOD = "# 云川市青禾区大数据中心2023年度工作情况\n\n贯彻执行上级各项决策部署和会议精神，落实责任。\n"
BAD = GOOD.replace("部署和会议", "部署 and 会议")

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("path", "schema"),
    [(ACTION, "vendor.github-actions"), (WORKFLOW, "vendor.github-workflows"), (GITLAB, "vendor.gitlab-ci")],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_the_service_s_schema_holds(path: Path, schema: str):
    checker = pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", checker.__name__, "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [ACTION, WORKFLOW, GITLAB, HOOKS], ids=lambda path: path.name)
def test_the_form_is_good(path: Path):
    linter = pytest.importorskip("yamllint")
    command = [sys.executable, "-m", linter.__name__, "--strict", "-d", STYLE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout


def test_nothing_from_outside_is_put_into_a_script():
    """Inputs go through the environment: in a script they would be run."""
    for step in read(ACTION)["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_the_workflow_uses_inputs_that_there_are():
    (step,) = [step for step in read(WORKFLOW)["jobs"]["govlint"]["steps"] if "govlint" in step["uses"]]
    assert set(step["with"]) <= set(read(ACTION)["inputs"])


def test_govlint_comes_from_the_user_s_own_copy():
    """It has no public address: whatever has its name elsewhere is something else."""
    (step,) = [step for step in read(WORKFLOW)["jobs"]["govlint"]["steps"] if "govlint" in step["uses"]]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (hooks,) = re.findall(r"```yaml\n(repos:.*?)```", readme, re.DOTALL)
    sources = [
        step["uses"].partition("@")[0],
        read(GITLAB)["govlint"]["variables"]["GOVLINT"],
        yaml.safe_load(hooks)["repos"][0]["repo"],
    ]
    assert set(sources) == {"<your copy of govlint>"}


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A checkout with one commit; what stands for the programs that a pipeline installs."""
    programs = tmp_path / "temp" / "govlint" / "bin"
    programs.mkdir(parents=True)
    (programs / "govlint").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m govlint "$@"\n', encoding="utf-8")
    (programs / "govlint").chmod(0o755)
    folder = tmp_path / "work"
    (folder / "报告 一").mkdir(parents=True)
    (folder / "报告 一" / "a.md").write_text(BAD, encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "report")
    return folder


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def bash(script: str, work: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    programs = work.parent / "temp" / "govlint" / "bin"
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(programs), os.environ["PATH"]]),
        "RUNNER_TEMP": str(work.parent / "temp"),
        **variables,
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, timeout=60)


def action(work: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The action's check, with its inputs."""
    declared = read(ACTION)
    step = declared["runs"]["steps"][-1]
    values = {name: each["default"] for name, each in declared["inputs"].items()} | inputs
    variables = {
        name: values[expression.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, expression in step["env"].items()
    }
    return bash(step["run"], work, **variables)


def test_the_action_annotates_and_fails(work: Path):
    done = action(work, paths="报告 一\n")
    assert done.returncode == 1
    assert done.stdout.startswith("::error title=govlint (text/mixed-language),file=报告 一/a.md,line=3,")
    assert action(work, **{"fail-on": "never"}).returncode == 0
    assert action(work, arguments="--ignore\ntext/mixed-language\n").returncode == 0
    assert action(work, paths="nowhere").returncode == 2


def test_the_action_writes_sarif_beside_the_annotations(work: Path):
    done = action(work, sarif="out.sarif")
    assert done.returncode == 1 and "::error" in done.stdout
    results = json.loads((work / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["text/mixed-language"]


def test_the_action_looks_at_changes_only(work: Path):
    base = git(work, "rev-parse", "HEAD")
    (work / "报告 一" / "b.md").write_text(GOOD, encoding="utf-8")
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "another")
    assert action(work, **{"diff-base": base}).returncode == 0


def test_the_gitlab_job_writes_its_report_and_fails(work: Path):
    job = read(GITLAB)["govlint"]
    (script,) = job["script"]
    done = bash(script, work, CI_MERGE_REQUEST_DIFF_BASE_SHA="", **{**job["variables"], "REPORTS": "报告 一"})
    assert done.returncode == 1 and "text/mixed-language" in done.stdout
    written = work / job["artifacts"]["reports"]["codequality"]
    assert [each["check_name"] for each in json.loads(written.read_text(encoding="utf-8"))] == ["text/mixed-language"]
    (work / "报告 一" / "a.md").write_text(GOOD, encoding="utf-8")
    base = git(work, "rev-parse", "HEAD")
    done = bash(script, work, CI_MERGE_REQUEST_DIFF_BASE_SHA=base, **{**job["variables"], "REPORTS": "报告 一"})
    assert done.returncode == 0 and json.loads(written.read_text(encoding="utf-8")) == []
