"""Kill runs in the middle and look at what they leave: ``python -m tests.killing [--kills N] [--seed N] [SCENARIO…]``.

A third of the runs are killed at any moment of their time, the others at a call that writes (opening a file to write it,
changing its mode, renaming it …) or up to two thousandths of a second later, where files are half-written if ever. Always
the whole process group is killed.

``fixing``: ``govlint --fix`` over Markdown and GBK HTML. Each file must then be byte for byte the old or the fixed one, with its
mode; the next run must fix what is left, report the same, and leave no other file in the folder.

``caching``: ``govlint`` filling an empty cache, by one process or two. The reports must be untouched; the next two runs must
report what a run without cache does; clearing must leave nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
KILLS = 200
SHORTLY = 0.002
"""Seconds after a call."""

_WRITING = frozenset({"os.rename", "os.remove", "os.chmod", "os.chown", "os.mkdir"})
"""Audit events that change a folder; opening a file to write it is another."""
_TEMPORARY = re.compile(r"\.(.+)\.[a-z0-9_]{8}\.govlint")


class Outcome(NamedTuple):
    """How a run ended, and what it printed."""

    status: int
    out: str


class Scene(NamedTuple):
    """A folder of reports, the folder of the cache, and how to run govlint there."""

    reports: Path
    cache: Path

    def command(self, *arguments: str, fatal: tuple[Path, int, float] | None = None) -> list[str]:
        """The command; ``fatal`` are a folder, at which call that writes in it to die, and how long after."""
        start = ["-m", "govlint"] if fatal is None else ["-m", "tests.killing", "--victim", *map(str, fatal)]
        return [sys.executable, *start, "--quiet", "--output-format", "json", *arguments, "."]

    def start(self, command: Sequence[str]) -> subprocess.Popen[str]:
        """Begin a run, in a process group of its own."""
        environment = {**os.environ, "GOVLINT_CACHE_DIR": str(self.cache)}
        environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        return subprocess.Popen(
            command,
            cwd=self.reports,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, *arguments: str) -> Outcome:
        """Run govlint to its end."""
        process = self.start(self.command(*arguments))
        out, errors = process.communicate()
        assert process.returncode in (0, 1), errors
        return Outcome(process.returncode, out)

    def killed(self, moments: Moments, folder: Path, *arguments: str) -> str:
        """Run govlint and kill it at a random moment; where that was."""
        if moments.random.random() < 1 / 3:
            process = self.start(self.command(*arguments))
            time.sleep(moments.random.uniform(0, moments.seconds))
            _kill(process.pid)
            where = "any moment"
        else:
            call = moments.random.randint(1, moments.calls)
            delay = moments.random.choice((0.0, moments.random.uniform(0, SHORTLY)))
            process = self.start(self.command(*arguments, fatal=(folder, call, delay)))
            where = "a call that writes"
        process.communicate()
        assert process.returncode in (-signal.SIGKILL, 0, 1), process.returncode
        return where if process.returncode == -signal.SIGKILL else "too late"

    def moments(self, folder: Path, seed: int, *arguments: str) -> Moments:
        """Where a run may be killed: found by letting one run to its end."""
        before = time.monotonic()
        process = self.start(self.command(*arguments, fatal=(folder, 0, 0.0)))
        _, errors = process.communicate()
        return Moments(random.Random(seed), time.monotonic() - before, int(errors.split()[-1]))


class Moments(NamedTuple):
    """Chance, how many seconds a run takes, and how many calls it makes that write."""

    random: random.Random
    seconds: float
    calls: int


def _kill(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


# -- the process that dies


def _victim(folder: str, call: int, delay: float, arguments: Sequence[str]) -> int:
    """Run govlint until so many calls were made that write in a folder; 0 to count them."""
    made = 0

    def watch(event: str, given: tuple[object, ...]) -> None:
        nonlocal made
        if event not in _WRITING and not (event == "open" and _writes(given)):
            return
        if not (isinstance(given[0], str | os.PathLike) and os.fspath(given[0]).startswith(folder)):
            return
        made += 1
        if made != call:
            return
        if delay:
            threading.Thread(target=lambda: (time.sleep(delay), _kill(0)), daemon=True).start()
        else:
            _kill(0)

    from govlint.cli import main

    sys.addaudithook(watch)
    status = main(arguments)
    if call == 0:
        print(made, file=sys.stderr)
    return status


def _writes(given: tuple[object, ...]) -> bool:
    """Whether the arguments of ``open`` ask for writing."""
    return isinstance(given[2], int) and bool(given[2] & (os.O_WRONLY | os.O_RDWR))


# -- the reports


def _reports() -> dict[str, bytes]:
    """File names and contents: each has something that is mended for certain."""
    from tests.generator import generate

    slips = "依法办理各类事项,,均已答复。。其中(全部)按期办结，，群众满意。"
    contents: dict[str, bytes] = {}
    for number in range(2):
        markdown, page = generate(number, "annual-pipe").text, generate(number, "annual-html").text
        contents[f"{number}年报.md"] = f"{markdown}\n{slips}\n".encode()
        contents[f"{number}年报.html"] = (
            re.sub("(?i)utf-8", "gbk", page).replace("</body>", f"<p>{slips}</p>\n</body>").encode("gbk")
        )
    return contents


def _write(folder: Path, contents: Mapping[str, bytes]) -> dict[str, int]:
    """Write the reports into an empty folder; their modes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, (name, content) in enumerate(contents.items()):
        (folder / name).write_bytes(content)
        (folder / name).chmod((0o600, 0o640, 0o664, 0o604)[number % 4])
    return _modes(folder)


def _modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def _read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _until(kills: int, seen: Counter[str]) -> Iterator[int]:
    """Numbers of runs until so many were killed in time."""
    for run in range(10 * kills):
        if seen["any moment"] + seen["a call that writes"] == kills:
            return
        yield run
    raise AssertionError(f"too many runs ended before they could be killed: {seen}")


def _share(part: int, whole: int, what: str) -> str:
    return f"{'no' if not part else 'some' if part < whole else 'all'} {what}"


# -- the scenarios


def fixing(place: Path, kills: int, seed: int) -> Counter[str]:
    """Kill ``govlint --fix``; what was seen how often. Raises ``AssertionError`` where a file is lost or broken."""
    scene, old = Scene(place / "reports", place / "cache"), _reports()
    modes = _write(scene.reports, old)
    expected = scene.run("--fix", "-j1")
    fixed = _read(scene.reports)
    assert fixed.keys() == old.keys() and all(fixed[name] != old[name] for name in old), "not all files are fixed"
    _write(scene.reports, old)
    moments = scene.moments(scene.reports, seed, "--fix", "-j1")
    seen: Counter[str] = Counter()
    for kill in _until(kills, seen):
        _write(scene.reports, old)
        shutil.rmtree(scene.cache, ignore_errors=True)
        where = scene.killed(moments, scene.reports, "--fix", f"-j{1 + kill % 2}")
        found = _read(scene.reports)
        left_over = [name for name in found if name not in old]
        for name in left_over:
            match = _TEMPORARY.fullmatch(name)
            assert match and match[1] in old, f"kill {kill}: {name} is in the folder"
        for name in old:
            assert found.get(name) in (old[name], fixed[name]), f"kill {kill}: {name} is lost or broken"
        assert {name: mode for name, mode in _modes(scene.reports).items() if name in old} == modes
        written = sum(found[name] == fixed[name] for name in old)
        seen[where] += 1
        seen[_share(written, len(old), "files written")] += 1
        seen["with a temporary file left over"] += bool(left_over)
        assert scene.run("--fix", "-j1") == expected, f"kill {kill}: the next run reports something else"
        for path in scene.reports.iterdir():
            if path.name not in old:  # perhaps another process has just made it
                assert not path.stat().st_size, f"kill {kill}: {path.name} is left over after the next run"
                seen["empty and younger than a minute"] += 1
                os.utime(path, (0, 0))
                assert scene.run("--fix", "-j1") == expected
        assert _read(scene.reports) == fixed, f"kill {kill}: not all is mended"
        assert _modes(scene.reports) == modes, f"kill {kill}: a mode is another"
    return seen


def caching(place: Path, kills: int, seed: int) -> Counter[str]:
    """Kill a run that fills the cache; what was seen how often. Raises ``AssertionError`` where the next run suffers."""
    from govlint import cache

    scene, contents = Scene(place / "reports", place / "cache"), _reports()
    modes = _write(scene.reports, contents)
    expected = scene.run("--no-cache", "-j1")
    moments = scene.moments(scene.cache, seed, "-j1")
    seen: Counter[str] = Counter()
    for kill in _until(kills, seen):
        shutil.rmtree(scene.cache, ignore_errors=True)
        where = scene.killed(moments, scene.cache, f"-j{1 + kill % 2}")
        assert (_read(scene.reports), _modes(scene.reports)) == (contents, modes), f"kill {kill}: a report was touched"
        kept = [path for path in scene.cache.glob("v-*/??/*") if not path.suffix]
        seen[where] += 1
        seen[_share(len(kept), len(contents), "reports kept")] += 1
        seen["with a file never finished"] += any(path.suffix for path in scene.cache.rglob("*") if path.is_file())
        for number in range(2):
            assert scene.run(f"-j{1 + number}") == expected, (
                f"kill {kill}: run {number} after it reports something else"
            )
        cache.clear(scene.cache)
        left_over = [path.name for path in scene.cache.rglob("*")]
        assert not left_over, f"kill {kill}: {left_over} remain in the cache"
    return seen


SCENARIOS: Mapping[str, Callable[[Path, int, int], Counter[str]]] = {"fixing": fixing, "caching": caching}


def main() -> int:
    """Kill, and print what was seen; the exit status."""
    if sys.argv[1:2] == ["--victim"]:
        folder, call, delay, *arguments = sys.argv[2:]
        return _victim(folder, int(call), float(delay), arguments)
    parser = argparse.ArgumentParser(prog="python -m tests.killing", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=f"{', '.join(SCENARIOS)} (default: all)")
    parser.add_argument("--kills", type=int, default=KILLS, help="runs to kill in each (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other moments")
    arguments = parser.parse_args()
    for name in arguments.scenarios or SCENARIOS:
        before = time.monotonic()
        with TemporaryDirectory(prefix="govlint-killing-") as place:
            seen = SCENARIOS[name](Path(place).resolve(), arguments.kills, arguments.seed)
        print(f"{name}: {arguments.kills} runs killed in {time.monotonic() - before:.0f} s")
        for what, count in sorted(seen.items()):
            print(f"  {count:5} {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
