"""Reviewdog's diagnostic format, with fixes as suggestions. Columns are bytes of UTF-8 there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from govlint.engine import Diagnostic, Report
from govlint.reporters import Style, shown_path
from govlint.rule import Fix
from govlint.source import Source, Span


def render(reports: Iterable[Report], out: TextIO, style: Style) -> None:
    """Write one object, a diagnostic a line."""
    between = "\n"
    out.write('{"source": {"name": "govlint"},\n"diagnostics": [')
    for report in reports:
        path = shown_path(report.path)
        for diagnostic in report.diagnostics:
            found = _diagnostic(report, diagnostic, path, style)
            out.write(between + json.dumps(found, ensure_ascii=False))
            between = ",\n"
    out.write("\n]}\n")


def _diagnostic(report: Report, diagnostic: Diagnostic, path: str, style: Style) -> dict[str, Any]:
    found: dict[str, Any] = {
        "message": style.say(diagnostic),
        "location": _location(report.source, diagnostic.span, path),
        "severity": diagnostic.severity.name,
        "code": {"value": diagnostic.rule},
    }
    if report.source is not None and diagnostic.fix is not None:
        suggestions = list(_suggestions(report.source, diagnostic.fix))
        if suggestions:
            found["suggestions"] = suggestions
    if diagnostic.related:
        found["related_locations"] = [
            {"message": style.say(related), "location": _location(report.source, related.span, path)}
            for related in diagnostic.related
        ]
    if diagnostic.detail:
        found["original_output"] = diagnostic.detail
    return found


def _location(source: Source | None, span: Span, path: str) -> dict[str, Any]:
    location: dict[str, Any] = {"path": path or "govlint"}
    return location if source is None else {**location, "range": _range(source, span)}


def _range(source: Source, span: Span) -> dict[str, Any]:
    return {
        name: {"line": source.position(offset).line, "column": source.column_in(offset, "utf-8") + 1}
        for name, offset in zip(("start", "end"), span, strict=True)
    }


def _suggestions(source: Source, fix: Fix) -> Iterator[dict[str, Any]]:
    """A fix as one replacement, for suggestions are alternatives. Edits in different lines are no replacement."""
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    first, last = edits[0].span.start, max(edit.span.end for edit in edits)
    if len(edits) > 1 and source.position(first).line != source.position(last).line:
        return
    text, at = "", first
    for edit in edits:
        text += source.text[at : edit.span.start] + edit.text
        at = edit.span.end
    yield {"range": _range(source, Span(first, last)), "text": text}
