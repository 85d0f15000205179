"""JSON, version 1: what other programs read. The README describes it; a change of meaning is a new version."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, TextIO

from govlint.engine import Diagnostic, Report
from govlint.reporters import Style, shown_path
from govlint.rule import Severity
from govlint.source import Span


def render(reports: Iterable[Report], out: TextIO, style: Style) -> None:
    """Write one object, a diagnostic a line, sorted by path, start and rule whatever the order of the reports."""
    files = 0
    counts: Counter[Severity] = Counter()
    lines: list[tuple[str, list[str]]] = []
    for report in reports:
        path = shown_path(report.path)
        files += report.source is not None
        counts.update(diagnostic.severity for diagnostic in report.diagnostics)
        lines.append((path, [_dump(_diagnostic(report, diagnostic, path, style)) for diagnostic in report.diagnostics]))
    lines.sort(key=lambda item: item[0])
    body = ",\n".join(line for _, group in lines for line in group)
    summary = {"files": files, **{severity.value: counts[severity] for severity in Severity}}
    out.write('{"version": 1,\n"diagnostics": [' + (f"\n{body}\n" if body else "") + "],\n")
    out.write(f'"summary": {_dump(summary)}}}\n')


def place(report: Report, span: Span) -> dict[str, dict[str, int]]:
    """Start and end of a span as the format counts them."""
    start, end = report.positions(span)
    return {"start": start._asdict(), "end": end._asdict()}


def _diagnostic(report: Report, diagnostic: Diagnostic, path: str, style: Style) -> dict[str, Any]:
    fix = diagnostic.fix
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "path": path,
        **place(report, diagnostic.span),
        "message": style.say(diagnostic),
        "related": [
            {"path": path, **place(report, related.span), "message": style.say(related)}
            for related in diagnostic.related
        ],
        "fix": fix
        and {
            "safe": fix.safe,
            "edits": [{**place(report, edit.span), "text": edit.text} for edit in fix.edits],
        },
        **({"detail": diagnostic.detail} if diagnostic.detail else {}),
    }


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
