"""How fast: whole processes, as a user starts them, and one process taken apart.

Every process is timed from its start to its end, with the operating system's account of its processor time and memory;
the median of several runs counts. The machine's other work shows in wall seconds, hardly in processor seconds.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tests.generator import LAYOUTS, generate

GOVLINT = (sys.executable, "-m", "govlint")
LAYOUT = "hubei-tabs"
"""The layout of the report of which there are longer ones."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall and processor seconds, the largest memory of it and its children in MiB."""

    wall: float
    cpu: float
    peak: float


class Row(NamedTuple):
    """A line of the results: what was done, the median run, a rate or ratio in words."""

    name: str
    run: Run
    note: str = ""


def surroundings(**variables: str) -> dict[str, str]:
    """The environment variables of a measured process: those of this one, and modules may be kept compiled."""
    environment = {**os.environ, **variables}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def timed(command: Sequence[str], environment: dict[str, str], folder: Path | None = None) -> Run:
    """Run a command, in ``folder``, to its end.

    Its output is thrown away, its exit status 0 or 1; raises ``RuntimeError`` otherwise.
    """
    before = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, cwd=folder)
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: exit status {process.returncode}\n{errors.decode(errors='replace')}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(time.monotonic() - before, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 2**20)


def medians(
    commands: Sequence[Sequence[str]], environment: dict[str, str], runs: int, folder: Path | None = None
) -> list[Run]:
    """The medians of several runs of each command, in turns: the machine's other work meets them alike."""
    rounds = [[timed(command, environment, folder) for command in commands] for _ in range(runs)]
    return [
        Run(*(statistics.median(getattr(run, name) for run in done) for name in Run.__slots__))
        for done in zip(*rounds, strict=True)
    ]


def median(command: Sequence[str], environment: dict[str, str], runs: int) -> Run:
    """The medians of several runs."""
    return medians([command], environment, runs)[0]


@contextmanager
def reports(report: Path | None) -> Iterator[tuple[Path, Path, Path]]:
    """A report, a folder of 100 copies of it, a folder of 500 reports of all layouts."""
    with TemporaryDirectory() as folder:
        one, copies, many = Path(folder, "report.md"), Path(folder, "copies"), Path(folder, "many")
        if report is None:
            one.write_text(generate(1, LAYOUT, scale=3).text, encoding="utf-8")
        else:
            one = one.with_suffix(report.suffix)
            shutil.copy(report, one)
        copies.mkdir()
        for number in range(100):
            shutil.copy(one, copies / f"{number:03}{one.suffix}")
        many.mkdir()
        for number in range(500):
            turn, place = divmod(number, len(LAYOUTS))
            made = generate(turn, list(LAYOUTS)[place])
            (many / f"{number:03}{made.suffix}").write_text(made.text, encoding="utf-8")
        yield one, copies, many


def processes(report: Path | None, runs: int) -> Iterator[Row]:
    """The start, one report, the folders without and with the cache."""
    with reports(report) as (one, copies, many), TemporaryDirectory() as cache:
        environment = surroundings(GOVLINT_CACHE_DIR=cache)
        timed((*GOVLINT, str(one)), environment)  # compiles what is not compiled yet
        size = one.stat().st_size / 1000
        yield Row("start (--version)", median((*GOVLINT, "--version"), environment, runs))
        yield Row(f"one report, {size:.0f} kB, no cache", median((*GOVLINT, "--no-cache", str(one)), environment, runs))
        yield Row("one report, cached", median((*GOVLINT, str(one)), environment, runs))
        for name, folder, files in (("100 copies", copies, 100), ("500 reports of all layouts", many, 500)):
            command = (*GOVLINT, "-j2", "--quiet", str(folder))
            run = median((*command, "--no-cache"), environment, max(1, runs // 3))
            yield Row(f"{name}, -j2, no cache", run, f"{files / run.wall:.0f} files/s")
            timed(command, environment)
            run = median(command, environment, max(1, runs // 3))
            yield Row(f"{name}, -j2, cached", run, f"{files / run.wall:.0f} files/s")


def longer(runs: int, scales: Sequence[int] = (10, 100)) -> Iterator[Row]:
    """Reports that are some times as long, and how much longer their check takes, the start not counted."""
    environment = surroundings()
    with TemporaryDirectory() as folder:
        empty = Path(folder, "empty.md")
        empty.write_text("# 说明\n\n无。\n", encoding="utf-8")
        start = median((*GOVLINT, "--no-cache", str(empty)), environment, runs).cpu
        first: tuple[int, float] | None = None
        for scale in (1, *scales):
            path = Path(folder, f"{scale}.md")
            path.write_text(repeated(scale), encoding="utf-8")
            run = median((*GOVLINT, "--no-cache", str(path)), environment, 1 if scale >= 100 else runs)
            size = path.stat().st_size
            first = first or (size, run.cpu - start)
            times = (run.cpu - start) / first[1]
            note = "" if scale == 1 else f"{size / first[0]:.0f} times as long: {times:.1f} times the work"
            yield Row(f"report of {size / 1000:.0f} kB", run, note)


def repeated(scale: int) -> str:
    """A report ``scale`` times as long: as many departments' reports in one file."""
    return "\n\n".join(generate(seed, LAYOUT).text for seed in range(scale))


def taken_apart(report: Path | None, runs: int) -> Iterator[tuple[str, float]]:
    """Milliseconds of parsing and of each rule in a warm process; a rule that asks for a fact first pays for it."""
    from govlint.config import Choices, Configuration
    from govlint.engine import check_document, installed_plugins, parse_source
    from govlint.source import Source

    with reports(report) as (one, _, _):
        plugins = installed_plugins()
        settings = Configuration.of(plugins, Choices()).settings(one)
        source = Source.read(one)
        knowledge = plugins.knowledge(settings.kind, settings.words)
        spent: dict[str, list[float]] = {}

        def note(name: str, work: Callable[[], Any]) -> Any:
            before = time.process_time()
            result = work()
            spent.setdefault(name, []).append((time.process_time() - before) * 1000)
            return result

        check_document(parse_source(source, plugins, knowledge)[0], plugins, settings)
        for _ in range(runs):
            document = note("(parse)", lambda: parse_source(source, plugins, knowledge)[0])
            for rule in plugins.rules():
                if (chosen := settings.rules.get(rule.id)) is not None:
                    note(rule.id, lambda: list(rule.check(document, **chosen.options)))  # noqa: B023
            fresh = parse_source(source, plugins, knowledge)[0]
            note("(all rules)", lambda: check_document(fresh, plugins, settings))  # noqa: B023
    yield from sorted(((name, statistics.median(times)) for name, times in spent.items()), key=lambda row: -row[1])


def show(rows: Iterator[Row]) -> None:
    """Print results as they come."""
    print(f"{'':<38}{'wall s':>8}{'cpu s':>8}{'MiB':>7}")
    for row in rows:
        print(f"{row.name:<38}{row.run.wall:8.3f}{row.run.cpu:8.3f}{row.run.peak:7.0f}  {row.note}", flush=True)


def machine() -> str:
    """What the figures were measured on."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors"
