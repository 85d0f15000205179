"""What is found: ``python -m tests.benchmarks.mutations``.

Consistent reports in all layouts are checked as they are (every finding above ``info`` is a false alarm) and with one
thing broken in each of several ways. Printed by kind of mutation:

- ``found``: the share of mutants with a new finding above ``info``; ``info``: those with nothing more than an info
- ``placed``: of the mutants found whose place the rest of the report determines, the share in which a finding stands
  at the place that was changed; ``touched``: in which it is at least among the evidence
- ``new``: new findings above ``info`` a mutant
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import cache

from govlint.config import Choices, Configuration, Settings
from govlint.engine import Diagnostic, check_source, installed_plugins
from govlint.rule import Severity
from govlint.source import Source, Span
from tests.generator import LAYOUTS, GeneratedReport, Mutant, generate, mutate
from tests.generator.mutate import NUMBERS, TEXTS, NothingToMutateError

WELL_KNOWN = ("amount-digit", "amount-transposed", "share", "rate", "growth", "percentage-digit", "change-digit",
              "change-transposed", "direction", "leaf", "leaf-transposed", "subtotal", "total")  # fmt: skip
"""The kinds of which hardly any may be missed."""


@dataclass(frozen=True)
class Job:
    """A report to be checked as it is and with each of ``kinds`` broken."""

    seed: int
    layout: str
    tails: bool
    kinds: tuple[str, ...]
    select: tuple[str, ...] | None


@dataclass(frozen=True)
class Outcome:
    """What came of one mutant. ``line`` is where it was changed, ``old`` and ``new`` how."""

    kind: str
    layout: str
    seed: int
    line: int
    old: str
    new: str
    determined: bool
    findings: int
    infos: int
    placed: bool
    touched: bool
    messages: tuple[str, ...]


@dataclass
class Tally:
    """Mutants of one kind, or in one layout, counted."""

    mutants: int = 0
    found: int = 0
    info: int = 0
    findings: int = 0
    determined: int = 0
    placed: int = 0
    touched: int = 0

    def add(self, outcome: Outcome) -> None:
        """Count one more."""
        found = outcome.findings > 0
        self.mutants += 1
        self.found += found
        self.info += not found and outcome.infos > 0
        self.findings += outcome.findings
        if found and outcome.determined:
            self.determined += 1
            self.placed += outcome.placed
            self.touched += outcome.touched

    def row(self) -> str:
        """The counts as shares."""
        placed = (
            f"{self.placed / self.determined:7.2f} {self.touched / self.determined:8.2f}" if self.determined else ""
        )
        return (
            f"{self.mutants:8} {self.found / self.mutants:7.3f} {self.info / self.mutants:6.2f}"
            f" {self.findings / self.mutants:6.2f} {placed}"
        )


@dataclass
class Result:
    """The whole benchmark. ``alarms`` are the false ones, by ``tails`` or none."""

    clean: Counter[bool] = field(default_factory=Counter)
    alarms: list[tuple[bool, str]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def tallies(self, attribute: str) -> dict[str, Tally]:
        """The tallies by an attribute of the outcomes."""
        by: dict[str, Tally] = defaultdict(Tally)
        for outcome in self.outcomes:
            by[getattr(outcome, attribute)].add(outcome)
        return dict(by)


def run(
    reports: int = 200, kinds: Sequence[str] = tuple(NUMBERS), each: int = 6, jobs: int = 2, seed: int = 1000
) -> Result:
    """Check ``reports`` reports, in all layouts in turn, with ``each`` of the ``kinds`` in turn."""
    result = Result()
    work = list(_jobs(reports, kinds, each, seed))
    if jobs == 1:
        results: Iterable[tuple[list[tuple[bool, str]], list[Outcome]]] = map(work_on, work)
        return _gathered(result, results)
    with ProcessPoolExecutor(jobs) as pool:
        return _gathered(result, pool.map(work_on, work, chunksize=4))


def _gathered(result: Result, results: Iterable[tuple[list[tuple[bool, str]], list[Outcome]]]) -> Result:
    for alarms, outcomes in results:
        result.clean.update((True, False))
        result.alarms += alarms
        result.outcomes += outcomes
    return result


def _jobs(reports: int, kinds: Sequence[str], each: int, seed: int) -> Iterator[Job]:
    select = ("numbers",) if set(kinds) <= set(NUMBERS) else None
    for index in range(reports):
        turn, place = divmod(index, len(LAYOUTS))
        chosen = {kinds[(turn * each + place + step) % len(kinds)] for step in range(min(each, len(kinds)))}
        yield Job(seed + turn, list(LAYOUTS)[place], turn % 2 == 0, tuple(sorted(chosen)), select)


def work_on(job: Job) -> tuple[list[tuple[bool, str]], list[Outcome]]:
    """The false alarms on a report with and without rounding tails, and what came of its mutants."""
    alarms: list[tuple[bool, str]] = []
    outcomes: list[Outcome] = []
    for tails in (job.tails, not job.tails):
        report = generate(job.seed, job.layout, tails=tails)
        clean = _check(report.text, report, job.select)
        alarms += [(tails, _told(each, report.text, report)) for each in clean if each.severity is not Severity.INFO]
        if tails is job.tails:
            for kind in job.kinds:
                try:
                    mutant = mutate(report, kind, job.seed)
                except NothingToMutateError:
                    continue
                outcomes.append(_outcome(mutant, report, clean, job.select))
    return alarms, outcomes


def _outcome(
    mutant: Mutant, report: GeneratedReport, clean: Sequence[Diagnostic], select: tuple[str, ...] | None
) -> Outcome:
    known = Counter((each.rule, each.message) for each in clean)
    new: list[Diagnostic] = []
    for diagnostic in _check(mutant.text, report, select):
        if known[diagnostic.rule, diagnostic.message]:
            known[diagnostic.rule, diagnostic.message] -= 1
        else:
            new.append(diagnostic)
    grave = [each for each in new if each.severity is not Severity.INFO]
    placed = any(_touches(each.span, mutant) for each in grave)
    return Outcome(
        mutant.kind,
        report.layout,
        report.seed,
        mutant.text.count("\n", 0, mutant.span[0]) + 1,
        mutant.old[:60],
        mutant.new[:60],
        mutant.determined,
        len(grave),
        len(new) - len(grave),
        placed,
        placed or any(_touches(related.span, mutant) for each in grave for related in each.related),
        tuple(_told(each, mutant.text, report) for each in grave),
    )


def _touches(span: Span, mutant: Mutant) -> bool:
    """Whether a span has a place of the mutation in it or beside it: what is gone leaves only its neighbours."""
    return any(span.start <= end and start <= span.end for start, end in mutant.places)


def _check(text: str, report: GeneratedReport, select: tuple[str, ...] | None) -> Sequence[Diagnostic]:
    plugins = installed_plugins()
    return check_source(Source(f"report{report.suffix}", text), plugins, _settings(select)).diagnostics


@cache
def _settings(select: tuple[str, ...] | None) -> Settings:
    return Configuration.of(installed_plugins(), Choices(select=select)).settings("report.md")


def _told(diagnostic: Diagnostic, text: str, report: GeneratedReport) -> str:
    line = text.count("\n", 0, diagnostic.span.start) + 1
    return f"{report.layout}/{report.seed}:{line}: {diagnostic.severity} {diagnostic.rule} {diagnostic.message}"


def show(result: Result, *, misses: bool) -> None:
    """Print the result."""
    for tails in (True, False):
        false = [message for of, message in result.alarms if of is tails]
        print(f"clean reports {'with' if tails else 'without'} rounding tails: {result.clean[tails]},"
              f" false alarms above info: {len(false)}")  # fmt: skip
        for message in false[:20]:
            print(f"  {message}")
    heads = f"{'mutants':>8} {'found':>7} {'info':>6} {'new':>6} {'placed':>7} {'touched':>8}"
    whole, well_known = Tally(), Tally()
    for outcome in result.outcomes:
        whole.add(outcome)
        if outcome.kind in WELL_KNOWN:
            well_known.add(outcome)
    for attribute in ("kind", "layout"):
        print(f"\n{attribute:<24}{heads}")
        for name, tally in sorted(result.tallies(attribute).items()):
            print(f"{name:<24}{tally.row()}")
    print(f"\n{'all':<24}{whole.row()}")
    if well_known.mutants:
        print(f"{'stated by a table, or %':<24}{well_known.row()}")
    for outcome in result.outcomes if misses else ():
        if not outcome.findings or (outcome.determined and not outcome.placed):
            what = "misplaced" if outcome.findings else "missed"
            print(
                f"\n{what}: {outcome.layout}/{outcome.seed} {outcome.kind}, line {outcome.line}:"
                f" {outcome.old!r} -> {outcome.new!r}"
            )
            for message in outcome.messages:
                print(f"  {message}")


def main() -> int:
    """Run the benchmark; the exit status is 1 where there are false alarms."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.mutations", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--each", type=int, default=6, help="mutants a report (default: 6)")
    parser.add_argument(
        "--kinds", default="numbers", help="numbers (default), texts, all, or kinds with commas between"
    )
    parser.add_argument("--seed", type=int, default=1000, help="of the first report")
    parser.add_argument("--misses", action="store_true", help="list what was missed or found at another place")
    parser.add_argument("--json", action="store_true", help="all outcomes as JSON")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    chosen = parser.parse_args()
    groups = {"numbers": tuple(NUMBERS), "texts": tuple(TEXTS), "all": (*NUMBERS, *TEXTS)}
    kinds = groups.get(chosen.kinds) or tuple(chosen.kinds.split(","))
    before = time.monotonic()
    result = run(chosen.reports, kinds, chosen.each, chosen.jobs, chosen.seed)
    if chosen.json:
        json.dump([asdict(outcome) for outcome in result.outcomes], sys.stdout, ensure_ascii=False, indent=1)
    else:
        show(result, misses=chosen.misses)
        print(f"\n{time.monotonic() - before:.1f} s, {chosen.jobs} processes")
    return int(bool(result.alarms))


if __name__ == "__main__":
    sys.exit(main())
