"""How fast beside other linters of Chinese text: the same reports, in one run, as whole processes.

A tool takes part when what it printed shows that it has read every file. The peers come from npm and are kept in
``build/peers``; one that can't be installed or run is left out, with a word on why. They look for other things than
govlint does, each for its own: the findings are counted to show that there was work, not to be compared.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.benchmarks.speed import GOVLINT, LAYOUT, Row, Run, medians, show, surroundings
from tests.generator import LAYOUTS, generate

KEPT = Path(__file__).resolve().parent.parent.parent / "build" / "peers"
"""Where the peers are installed."""
FILES = 100
"""How many files the folder holds."""
_INSTALLING = 600
"""Seconds after which an installation is given up."""
_QUIETLY = ("--ignore-scripts", "--no-audit", "--no-fund")
_ONE = "report.md"
_FOLDER = "reports"


class LeftOutError(Exception):
    """A tool can't take part; the message says why."""


class Seen(NamedTuple):
    """What a tool says that it has read and found."""

    files: int
    findings: int


@dataclass(frozen=True, slots=True)
class Tool:
    """A command line to be measured.

    ``read`` understands what it printed (standard output, standard error) and raises ``ValueError`` where that is not
    what such a tool prints; ``telling`` are arguments for that only. ``inside`` names all files in a folder.
    """

    name: str
    command: tuple[str, ...]
    read: Callable[[str, str], Seen]
    telling: tuple[str, ...] = ()
    inside: str = "{}"

    def on(self, path: str) -> tuple[str, ...]:
        """The command for a file, or a folder of files."""
        return (*self.command, path if path.endswith(".md") else self.inside.format(path))


@dataclass(frozen=True, slots=True)
class Peer:
    """Another linter: its packages on npm with versions, its program there and the arguments.

    ``{packages}`` in an argument stands for the folder of the packages.
    """

    name: str
    packages: tuple[str, ...]
    program: str
    arguments: tuple[str, ...]
    read: Callable[[str, str], Seen]
    telling: tuple[str, ...] = ()
    inside: str = "{}"

    def tool(self, folder: Path) -> Tool:
        """The peer as it is installed in a folder."""
        packages = folder / "node_modules"
        arguments = (argument.format(packages=packages) for argument in self.arguments)
        return Tool(
            self.name, (str(packages / ".bin" / self.program), *arguments), self.read, self.telling, self.inside
        )


# -- what the tools print


def read_govlint(output: str, _: str) -> Seen:
    """``--output-format json``. A file that could not be checked counts as not read."""
    printed = json.loads(output)
    failed = {each["path"] for each in printed["diagnostics"] if each["rule"].startswith("govlint/")}
    return Seen(printed["summary"]["files"] - len(failed), len(printed["diagnostics"]))


def read_autocorrect(output: str, _: str) -> Seen:
    """``--format json``, which names only files with findings, after the lines of ``--debug``."""
    lines = output.splitlines()
    messages = json.loads(next((line for line in lines if line.startswith("{")), ""))["messages"]
    failed = sum(1 for each in messages if each["error"])
    done = sum(1 for line in lines if line.startswith("Done "))
    return Seen(done - failed, sum(len(each["lines"]) for each in messages))


def read_textlint(output: str, _: str) -> Seen:
    """``--format json``."""
    printed = json.loads(output)
    return Seen(len(printed), sum(len(each["messages"]) for each in printed))


def read_zhlint(output: str, errors: str) -> Seen:
    """A line as it starts with each file; the findings and their number at the end."""
    said = re.search(r"^(?:Found (\d+) errors?|No error found)\.$", f"{output}\n{errors}", re.MULTILINE)
    if said is None:
        raise ValueError("no number of findings at the end")
    return Seen(len(re.findall(r"^\[start\] ", output, re.MULTILINE)), int(said[1] or 0))


_BRACKET_WIDTH = {"zh-half-and-full-width-bracket": "textlint-rule-zh-half-and-full-width-bracket@1.1.0"}
"""The rule for Chinese that npm has."""
_FOR_ANY_TEXT = {
    "@textlint-rule/no-unmatched-pair": "@textlint-rule/textlint-rule-no-unmatched-pair@2.0.4",
    "@textlint-rule/no-invalid-control-character": "@textlint-rule/textlint-rule-no-invalid-control-character@3.0.0",
    "no-zero-width-spaces": "textlint-rule-no-zero-width-spaces@1.0.1",
    "no-nfd": "textlint-rule-no-nfd@2.0.2",
}
"""Rules for other languages that find slips in Chinese, too."""


def _textlint(name: str, rules: Mapping[str, str]) -> Peer:
    """textlint with rules, given with their packages."""
    chosen = (argument for rule in rules for argument in ("--rule", rule))
    return Peer(
        name,
        ("textlint@15.8.0", *rules.values()),
        "textlint",
        ("--format", "json", "--no-textlintrc", "--rules-base-directory", "{packages}", *chosen),
        read_textlint,
    )


PEERS = (
    Peer(
        "AutoCorrect",
        ("autocorrect-node@2.14.0",),
        "autocorrect",
        ("--lint", "--format", "json"),
        read_autocorrect,
        telling=("--debug",),
    ),
    _textlint("textlint, 1 Chinese rule", _BRACKET_WIDTH),
    _textlint("textlint, 5 rules", {**_BRACKET_WIDTH, **_FOR_ANY_TEXT}),
    Peer("zhlint", ("zhlint@0.8.2",), "zhlint", (), read_zhlint, inside="{}/*.md"),
)
"""The linters that measure up to this kind of text."""

_JSON = (*GOVLINT, "check", "--output-format", "json")
OURS = Tool("govlint", (*_JSON, "--no-cache", "-j1"), read_govlint)
"""What the others are compared with: one process, nothing known before."""
CACHED = Tool("govlint, cached", (*_JSON, "-j1"), read_govlint)
PARALLEL = Tool("govlint, all processors", (*_JSON, "--no-cache"), read_govlint)


# -- taking part


def install(peer: Peer, into: Path) -> Path:
    """The folder below ``into`` that holds the peer, installed there if it is not yet. Raises :class:`LeftOutError`."""
    folder = into / "+".join(package.replace("/", "-") for package in peer.packages)
    if folder.exists():
        return folder
    npm = shutil.which("npm")
    if npm is None:
        raise LeftOutError("npm, which would install it, is not there")
    into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=into) as unfinished:
        fresh = Path(unfinished, "peer")
        fresh.mkdir()
        command = [npm, "install", "--prefix", str(fresh), *_QUIETLY, *peer.packages]
        try:
            done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=_INSTALLING)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise LeftOutError(f"npm install {' '.join(peer.packages)}: {error}") from error
        if done.returncode != 0:
            raise LeftOutError(f"npm install {' '.join(peer.packages)}: {_gist(done.stderr)}")
        fresh.rename(folder)
    return folder


def observe(tool: Tool, path: str, files: int, environment: dict[str, str], folder: Path) -> Seen:
    """Run a tool once and read what it prints. Raises :class:`LeftOutError` unless it has read ``files`` files."""
    try:
        done = subprocess.run(
            (*tool.on(path), *tool.telling),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=environment,
            cwd=folder,
        )
    except OSError as error:
        raise LeftOutError(str(error)) from error
    if done.returncode not in (0, 1):
        raise LeftOutError(f"exit status {done.returncode}: {_gist(done.stderr)}")
    try:
        seen = tool.read(done.stdout, done.stderr)
    except (ValueError, KeyError, TypeError) as error:
        raise LeftOutError(f"not understood what it printed: {error}; {_gist(done.stderr)}") from error
    if seen.files != files:
        raise LeftOutError(f"it has read {seen.files} of {files} files")
    return seen


def _gist(errors: str, room: int = 200) -> str:
    """What a program said, on one line, without the middle of what is long."""
    said = " ".join(errors.split())
    return said if len(said) <= 2 * room else f"{said[:room]} … {said[-room:]}"


def taking_part(peers: Iterable[Peer], into: Path) -> Iterator[Tool]:
    """The peers that are installed or can be; prints the version of each, or why it is left out."""
    for peer in peers:
        try:
            tool = peer.tool(install(peer, into))
        except LeftOutError as reason:
            print(f"{peer.name}: left out, {reason}")
        else:
            print(f"{peer.name}: {', '.join(peer.packages)}")
            yield tool


# -- measuring


@contextmanager
def inputs(report: Path | None) -> Iterator[Path]:
    """A folder with a report in Markdown and a folder of many: copies of the one given, or generated, each another."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / _FOLDER).mkdir()
        layouts = [layout for layout in LAYOUTS if generate(0, layout).suffix == ".md"]
        if report is None:
            (folder / _ONE).write_text(generate(1, LAYOUT, scale=3).text, encoding="utf-8")
        else:
            shutil.copy(report, folder / _ONE)
        for number in range(FILES):
            path = folder / _FOLDER / f"{number:03}.md"
            if report is None:
                turn, place = divmod(number, len(layouts))
                path.write_text(generate(turn, layouts[place]).text, encoding="utf-8")
            else:
                shutil.copy(report, path)
        yield folder


def compare(report: Path | None, runs: int) -> None:
    """Measure govlint and its peers on one report and on a folder, and print it. ``report`` is in Markdown."""
    if report is not None and report.suffix.lower() not in (".md", ".markdown"):
        print(f"{report.name} is left out: the peers are compared on Markdown")
        return
    print(f"govlint: {version('govlint')}")
    if node := shutil.which("node"):
        print(f"Node.js: {subprocess.check_output([node, '--version'], encoding='utf-8').strip()}")
    peers = list(taking_part(PEERS, KEPT))
    with inputs(report) as folder, TemporaryDirectory() as cache:
        environment = surroundings(GOVLINT_CACHE_DIR=cache)
        many = [path.stat().st_size for path in (folder / _FOLDER).iterdir()]
        print(f"\none report, {(folder / _ONE).stat().st_size / 1000:.0f} kB, whole process; ×: times govlint")
        show(measured([OURS, CACHED, *peers], _ONE, 1, environment, folder, runs))
        print(f"\n{len(many)} {'copies of it' if report else 'other reports'}, {sum(many) / 1000:.0f} kB, in one go")
        tools = [OURS, CACHED, PARALLEL, *peers]
        show(measured(tools, _FOLDER, len(many), environment, folder, max(min(runs, 3), runs // 2)))


def measured(
    tools: Sequence[Tool], path: str, files: int, environment: dict[str, str], folder: Path, runs: int
) -> Iterator[Row]:
    """A row for each tool that reads all files at ``path``; the first is what the others are compared with."""
    taking: list[tuple[Tool, Seen]] = []
    for tool in tools:
        try:
            taking.append((tool, observe(tool, path, files, environment, folder)))
        except LeftOutError as reason:
            print(f"{tool.name}: left out, {reason}")
    took = medians([tool.on(path) for tool, _ in taking], environment, runs, folder)
    ours = took[0] if taking and taking[0][0] is tools[0] else None
    for (tool, seen), run in zip(taking, took, strict=True):
        yield Row(tool.name, run, note(run, ours, files, seen.findings))


def note(run: Run, ours: Run | None, files: int, findings: int) -> str:
    """What else is said of a run: the time a file, how many times that of ``ours`` it took, the findings."""
    parts = []
    if files > 1:
        parts.append(f"a file {1000 * run.wall / files:6.1f} ms wall {1000 * run.cpu / files:6.1f} ms cpu")
    if ours is not None:
        parts.append(f"× wall {run.wall / ours.wall:5.2f} cpu {run.cpu / ours.cpu:5.2f}")
    parts.append(f"{findings:6} findings")
    return "   ".join(parts)
