"""JUnit's XML: a suite a file, a case a finding.

What makes the exit status 1 is a failure, what could not be checked an error; such systems know no third, so that a
finding below ``--fail-on`` is a case that passes and says something.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from govlint.engine import Diagnostic, Report
from govlint.own import FAILURES
from govlint.reporters import Style, shown_path
from govlint.reporters.text import excerpt
from govlint.reporters.xmltext import attributes, content


def render(reports: Iterable[Report], out: TextIO, style: Style) -> None:
    """Write a suite a file; one where nothing was found has a case that passes."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="govlint">\n')
    for report in reports:
        out.writelines(f"{line}\n" for line in _suite(report, style))
    out.write("</testsuites>\n")


def _suite(report: Report, style: Style) -> Iterator[str]:
    path = shown_path(report.path) or "govlint"
    outcomes = [_outcome(report, diagnostic) for diagnostic in report.diagnostics]
    counts = {
        "name": path,
        "tests": len(outcomes) or 1,
        "failures": outcomes.count("failure"),
        "errors": outcomes.count("error"),
        "skipped": 0,
    }
    yield f"  <testsuite{attributes(counts)}>"
    if not outcomes:
        yield f"    <testcase{attributes({'classname': path, 'name': 'govlint', 'file': path})}/>"
    for diagnostic, outcome in zip(report.diagnostics, outcomes, strict=True):
        start, _ = report.positions(diagnostic.span)
        named = {
            "classname": path,
            "name": f"{diagnostic.rule} {start.line}:{start.column}",
            "file": path,
            "line": start.line,
        }
        message = style.say(diagnostic)
        described = attributes({"type": diagnostic.rule, "message": message}) if outcome in ("failure", "error") else ""
        text = content("\n".join(_text(report, diagnostic, path, style)))
        yield f"    <testcase{attributes(named)}>"
        yield f"      <{outcome}{described}>{text}</{outcome}>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _outcome(report: Report, diagnostic: Diagnostic) -> str:
    """The element that says how the case went."""
    if diagnostic.rule in FAILURES:
        return "error"
    counts = report.fail_on is not None and diagnostic.severity.rank <= report.fail_on.rank
    return "failure" if counts else "system-out"


def _text(report: Report, diagnostic: Diagnostic, path: str, style: Style) -> Iterator[str]:
    start, _ = report.positions(diagnostic.span)
    yield f"{path}:{start.line}:{start.column}: {diagnostic.severity} {diagnostic.rule} {style.say(diagnostic)}"
    if report.source is not None and not diagnostic.detail:
        yield from excerpt(report.source, diagnostic.span, Style(width=style.width))
    for related in diagnostic.related:
        at, _ = report.positions(related.span)
        yield f"  {path}:{at.line}:{at.column}: {style.say(related)}"
    yield from diagnostic.detail.splitlines()
