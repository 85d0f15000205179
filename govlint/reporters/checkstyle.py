"""Checkstyle's XML, which many continuous integration systems read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from govlint.engine import Diagnostic, Report
from govlint.reporters import Style, shown_path
from govlint.reporters.xmltext import attributes


def render(reports: Iterable[Report], out: TextIO, style: Style) -> None:
    """Write an element a file, also where nothing was found."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n')
    for report in reports:
        out.write(f"  <file{attributes({'name': shown_path(report.path) or 'govlint'})}>\n")
        for diagnostic in report.diagnostics:
            out.write(f"    <error{attributes(_described(report, diagnostic, style))}/>\n")
        out.write("  </file>\n")
    out.write("</checkstyle>\n")


def _described(report: Report, diagnostic: Diagnostic, style: Style) -> dict[str, object]:
    start, _ = report.positions(diagnostic.span)
    return {
        "line": start.line,
        "column": start.column,
        "severity": diagnostic.severity,
        "message": style.say(diagnostic),
        "source": f"govlint.{diagnostic.rule.replace('/', '.')}",
    }
