"""What ``--baseline`` and ``--diff-base`` leave of the reports of a run."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from govlint.commands import complain
from govlint.config import Configuration
from govlint.engine import Report, check_source
from govlint.hooks import Plugins, Summary
from govlint.mistakes import ConfigError
from govlint.reporters import Language, shown_path

Sieve = Callable[[Iterable[Report]], Iterable[Report]]

_MOST_TOLD = 10


def sieves(arguments: Namespace, plugins: Plugins, configuration: Configuration, *, standard_input: bool) -> Sieve:
    """What takes out of reports what the options say. Raises :class:`ConfigError` where they can't be followed."""
    chosen: list[Sieve] = []
    if arguments.diff_base is not None:
        if standard_input or arguments.fix or arguments.diff:
            raise ConfigError(
                "--diff-base 不能与标准输入、--fix、--diff 同用",
                "--diff-base doesn't go with standard input, --fix or --diff",
            )
        chosen.append(_changed_only(arguments, plugins, configuration))
    if arguments.baseline is not None:
        chosen.append(_without_known(arguments, configuration))

    def sieve(reports: Iterable[Report]) -> Iterable[Report]:
        for each in chosen:
            reports = each(reports)
        return reports

    return sieve


def _changed_only(arguments: Namespace, plugins: Plugins, configuration: Configuration) -> Sieve:
    from govlint.changes import Changes

    changes = Changes(arguments.diff_base)
    for path in arguments.paths:
        changes.expect(path)

    def sieve(reports: Iterable[Report]) -> Iterator[Report]:
        for report in reports:
            check = partial(check_source, plugins=plugins, settings=configuration.settings(report.path))
            yield _noted(report, changes.sift(report, check), "改动以外", "outside the changes")

    return sieve


def _without_known(arguments: Namespace, configuration: Configuration) -> Sieve:
    from govlint.baseline import Known, Sifting, read_baseline

    baseline = read_baseline(Path(arguments.baseline))
    sifting = Sifting(baseline)

    def sieve(reports: Iterable[Report]) -> Iterator[Report]:
        for report in reports:
            yield _noted(report, sifting.sift(report), "基线中", "in the baseline")
        unused = list(sifting.unused({path: configuration.settings(path) for path in sifting.checked}))
        if unused and not arguments.quiet:
            tell(unused, arguments.lang)

    def tell(unused: Iterable[tuple[Known, int]], lang: Language) -> None:
        unused = list(unused)
        total, name = sum(count for _, count in unused), shown_path(str(baseline.path))
        complain(
            f"{total} of the findings in {name} are gone: write it anew with govlint baseline"
            if lang == "en"
            else f"{name} 中有 {total} 个问题已不存在，可用 govlint baseline 重新生成"
        )
        for known, count in unused[:_MOST_TOLD]:
            complain(f"  {known.path} {known.rule}" + (f" × {count}" if count > 1 else ""))
        if len(unused) > _MOST_TOLD:
            complain("  …")

    return sieve


def _noted(report: Report, left: Report, where: str, english: str) -> Report:
    """What is left of a report, with a line on how many of its findings are not: nothing said is not nothing found."""
    count = len(report.diagnostics) - len(left.diagnostics)
    if not count:
        return left
    summary = Summary(f"另有{where}的问题 {count} 个未列出", f"{count} more {english}, not listed")
    return replace(left, summary=(*left.summary, summary))
