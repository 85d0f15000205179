"""Workflow commands of GitHub Actions: each finding becomes an annotation of the change that it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from govlint.engine import Diagnostic, Report
from govlint.reporters import Style, shown_path
from govlint.reporters.text import visible
from govlint.rule import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(reports: Iterable[Report], out: TextIO, style: Style) -> None:
    """Write a command a finding."""
    for report in reports:
        path = shown_path(report.path)
        for diagnostic in report.diagnostics:
            out.write(_command(report, diagnostic, path, style) + "\n")


def _command(report: Report, diagnostic: Diagnostic, path: str, style: Style) -> str:
    start, end = report.positions(diagnostic.span)
    properties = {"title": f"govlint ({diagnostic.rule})"}
    if path:
        properties["file"] = path
    if report.source is not None:
        properties |= {"line": str(start.line), "endLine": str(end.line)}
        if start.line == end.line:
            properties |= {"col": str(start.column), "endColumn": str(end.column)}
    path = path or "govlint"
    lines = [f"{path}:{start.line}:{start.column}: {diagnostic.rule} {style.say(diagnostic)}"]
    for related in diagnostic.related:
        at, _ = report.positions(related.span)
        lines.append(f"  {path}:{at.line}:{at.column}: {style.say(related)}")
    if diagnostic.detail:
        lines.append(diagnostic.detail)
    said = "\n".join(visible(line) for line in "\n".join(lines).splitlines())
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {written}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
