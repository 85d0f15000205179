"""How long the language server takes from an edit to its diagnostics, and what it keeps.

``python -m tests.benchmarks.lsp_edits [REPORT] [--edits N] [--every MS]``: opens a report, types in the middle of it, one
edit after the diagnostics of the one before, and prints the times (milliseconds) and the server's memory (MiB). With
``--every`` words are typed, a key every so many milliseconds whatever the server does; the times are those from the last
key of each word.
"""

import argparse
import asyncio
import os
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.editor import Editor, editor

ROOT = Path(__file__).resolve().parent.parent.parent
_WARM = 20
_TYPED = "本年度支出"
_PAUSE = 0.3
"""Seconds between two words."""


class Outcome(NamedTuple):
    """Milliseconds from each edit to its diagnostics; the server's memory in MiB after each tenth of the edits.

    ``processor`` is the server's processor time an edit in milliseconds, which other work on the machine leaves alone.
    """

    times: list[float]
    memory: list[float]
    processor: float

    def percentile(self, share: int) -> float:
        return statistics.quantiles(self.times, n=100)[share - 1]


def resident(process: int) -> float:
    """The resident memory of a process in MiB; 0 where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def processor_time(process: int) -> float:
    """The processor time of a process in milliseconds; 0 where the system does not tell."""
    status = Path(f"/proc/{process}/stat")
    if not status.exists():
        return 0.0
    fields = status.read_text().rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(report: Path, edits: int, every: float = 0) -> Outcome:
    """Open the report in a server of its own and edit it so many times, or type so many words, a key ``every`` ms."""
    async with editor() as client:
        text = report.read_text(encoding="utf-8")
        uri = client.open(report, text)
        await client.diagnostics(uri)
        for edit in range(_WARM):
            await _edit(client, uri, _edited(text, edit))
        times: list[float] = []
        memory = [resident(client.process.pid)]
        before = processor_time(client.process.pid)
        for edit in range(edits):
            if every:
                first = edit * len(_TYPED)
                for key in range(first, first + len(_TYPED) - 1):
                    client.edit(uri, _edited(text, key))
                    await asyncio.sleep(every / 1000)
                times.append(await _edit(client, uri, _edited(text, first + len(_TYPED) - 1)))
                await asyncio.sleep(_PAUSE)
            else:
                times.append(await _edit(client, uri, _edited(text, edit)))
            client.published[uri].clear()
            if (edit + 1) % max(edits // 10, 1) == 0:
                memory.append(resident(client.process.pid))
        return Outcome(times, memory, (processor_time(client.process.pid) - before) / edits)


async def _edit(client: Editor, uri: str, text: str) -> float:
    start = time.perf_counter()
    client.edit(uri, text)
    await client.diagnostics(uri)
    return 1000 * (time.perf_counter() - start)


def _edited(text: str, edit: int) -> str:
    """The text while something is typed into it, now here, now there, and deleted again."""
    lines = text.split("\n")
    at = (edit // (2 * len(_TYPED)) * 37 + len(lines) // 2) % len(lines)
    typed = edit % (2 * len(_TYPED))
    lines[at] += _TYPED[: min(typed, 2 * len(_TYPED) - typed)]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", nargs="?", type=Path, default=ROOT / "examples" / "faulty-final-accounts-2023.md")
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--every", type=float, default=0, metavar="MS")
    chosen = parser.parse_args(arguments)
    outcome = asyncio.run(measure(chosen.report.resolve(), chosen.edits, chosen.every))
    typed = f"words, a key every {chosen.every:g} ms" if chosen.every else "edits"
    print(f"{chosen.report.name}: {len(outcome.times)} {typed}")
    print(
        f"median {statistics.median(outcome.times):.0f} ms, p90 {outcome.percentile(90):.0f}, "
        f"p99 {outcome.percentile(99):.0f}, longest {max(outcome.times):.0f}; "
        f"processor {outcome.processor:.0f} ms each"
    )
    print("memory " + " ".join(f"{each:.0f}" for each in outcome.memory) + " MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
