"""GitLab's code quality report: a JSON array whose findings GitLab shows in merge requests."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from govlint.engine import Report
from govlint.fingerprint import unique_fingerprints
from govlint.reporters import Style, shown_path
from govlint.rule import Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(reports: Iterable[Report], out: TextIO, style: Style) -> None:
    """Write the array, an object a line."""
    between = "\n"
    out.write("[")
    for issue in _issues(reports, style):
        out.write(between + json.dumps(issue, ensure_ascii=False))
        between = ",\n"
    out.write("\n]\n")


def _issues(reports: Iterable[Report], style: Style) -> Iterator[dict[str, Any]]:
    for report in reports:
        path = shown_path(report.path)
        for diagnostic, fingerprint in zip(report.diagnostics, unique_fingerprints(report, path), strict=True):
            start, end = report.positions(diagnostic.span)
            yield {
                "description": style.say(diagnostic),
                "check_name": diagnostic.rule,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[diagnostic.severity],
                "location": {"path": path or "govlint", "positions": {"begin": start._asdict(), "end": end._asdict()}},
            }
