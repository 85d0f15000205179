"""What ``--fix`` and ``--diff`` do with the reports of a run."""

from __future__ import annotations

import difflib
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from msgspec import Struct
from msgspec.structs import replace

from govlint.commands import complain
from govlint.config import Configuration
from govlint.engine import Report, check_source
from govlint.fixes import Fixed, fix_source, not_written, write_fixed
from govlint.hooks import Plugins
from govlint.mistakes import ConfigError
from govlint.own import FAILURES
from govlint.reporters import Language, shown_path
from govlint.writing import NotWrittenError, remove_left_over


class Fixing(Struct, frozen=True):
    """How to fix the files of a run: which fixes to make, and what to check with.

    ``standard_input`` says that what is read there is written, fixed, to standard output.
    """

    unsafe: bool
    plugins: Plugins
    configuration: Configuration
    standard_input: bool
    lang: Language
    quiet: bool

    @classmethod
    def of(
        cls, arguments: Namespace, plugins: Plugins, configuration: Configuration, *, standard_input: bool
    ) -> Fixing:
        """As the options say. Raises :class:`ConfigError` for those that make no sense together."""
        if not (arguments.fix or arguments.diff):
            raise ConfigError("--unsafe 与 --fix 或 --diff 同用", "--unsafe goes with --fix or --diff")
        if arguments.fix and arguments.diff:
            raise ConfigError("--fix 与 --diff 只能用一个", "--fix and --diff don't go together")
        if arguments.fix and standard_input and len(arguments.paths) > 1:
            raise ConfigError(
                "--fix 把标准输入修复后写到标准输出，不能同时给出文件",
                "--fix writes standard input, fixed, to standard output: no files beside it",
            )
        return cls(arguments.unsafe, plugins, configuration, standard_input, arguments.lang, arguments.quiet)

    def write(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Fix the files, or standard input; the reports on what they hold then."""
        counts = []
        tidied: set[Path] = set()
        for report in reports:
            if not self.standard_input and (folder := Path(report.path).resolve().parent) not in tidied:
                tidied.add(folder)
                remove_left_over(folder)
            fixed = self._fix(report)
            after = report if fixed is None else replace(fixed.report, document=None)
            if self.standard_input and report.source is not None:
                text = report.source.text if fixed is None else fixed.text
                sys.stdout.buffer.write(report.source.encode(text))
                sys.stdout.buffer.flush()
            elif fixed is not None and fixed.count:
                try:
                    write_fixed(fixed)
                except NotWrittenError as error:
                    after = not_written(report, error)
                else:
                    counts.append(fixed.count)
            yield after
        if counts and not self.quiet:
            total, files = sum(counts), len(counts)
            complain(
                f"{total} fixed in {files} {'file' if files == 1 else 'files'}"
                if self.lang == "en"
                else f"已修复 {total} 处，涉及 {files} 个文件"
            )

    def show(self, reports: Iterable[Report], out: TextIO) -> int:
        """Write what fixes would change as unified diffs; the exit status."""
        status = 0
        for report in reports:
            fixed = self._fix(report)
            after = report if fixed is None else fixed.report
            if after.failed:
                failure = next(each for each in after.diagnostics if each.rule in FAILURES)
                said = failure.english if self.lang == "en" else failure.message
                complain(f"{shown_path(report.path)}: {said}")
                status = 2
            elif fixed is not None and fixed.count:
                out.writelines(_difference(fixed))
                status = max(status, 1)
        return status

    def _fix(self, report: Report) -> Fixed | None:
        """What becomes of a report's source; ``None`` where there is nothing to fix."""
        fixes = [diagnostic.fix for diagnostic in report.diagnostics if diagnostic.fix is not None]
        if report.source is None or report.failed or not any(self.unsafe or fix.safe for fix in fixes):
            return None
        settings = self.configuration.settings(report.path)
        fixed = fix_source(
            report.source, lambda source: check_source(source, self.plugins, settings), unsafe=self.unsafe
        )
        if fixed.left_out and not self.quiet:
            rules = "、".join(sorted({left.rule for left in fixed.left_out}))
            complain(
                f"{shown_path(report.path)}: not made, for it would bring up another finding: {rules}"
                if self.lang == "en"
                else f"{shown_path(report.path)}: 会引出新的问题，没有采用：{rules} 的 {len(fixed.left_out)} 处修复"
            )
        return fixed


def _difference(fixed: Fixed) -> Iterator[str]:
    path = shown_path(fixed.source.path)
    before, after = fixed.source.text.split("\n"), fixed.text.split("\n")
    for line in difflib.unified_diff(before, after, path, path, lineterm=""):
        yield line + "\n"
