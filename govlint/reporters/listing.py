"""The columns of a list of findings, for spreadsheets: what csv and xlsx have in common."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from govlint.engine import Diagnostic, Report
from govlint.reporters import Style, shown_path
from govlint.reporters.naming import family_of, severity_name, title_of

_EXCERPT = 200
_MOST_PLACES = 40


class Column(Struct, frozen=True):
    """A column: its head (Chinese, English) and its width in a workbook, in characters."""

    message: str
    english: str
    width: int


COLUMNS = (
    Column("文件", "file", 30),
    Column("行", "line", 6),
    Column("列", "column", 6),
    Column("级别", "severity", 7),
    Column("类别", "family", 12),
    Column("规则", "rule", 26),
    Column("规则名称", "title", 18),
    Column("原文", "text", 24),
    Column("问题", "finding", 60),
    Column("依据", "evidence", 60),
    Column("改为", "fix", 20),
)


def listed(report: Report, style: Style) -> Iterator[tuple[str | int, ...]]:
    """A row for each finding of a report, with a value for each column."""
    path = shown_path(report.path)
    for diagnostic in report.diagnostics:
        start, _ = report.positions(diagnostic.span)
        rule = style.rules.get(diagnostic.rule)
        yield (
            path,
            start.line,
            start.column,
            severity_name(diagnostic.severity, style.lang),
            family_of(diagnostic.rule, rule, style.lang),
            diagnostic.rule,
            title_of(rule, style.lang),
            _excerpt(report, diagnostic),
            style.say(diagnostic),
            _evidence(report, diagnostic, style),
            _replacement(diagnostic),
        )


def _excerpt(report: Report, diagnostic: Diagnostic) -> str:
    if report.source is None:
        return ""
    text = report.source.text[diagnostic.span.start : min(diagnostic.span.end, diagnostic.span.start + _EXCERPT + 1)]
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"


def _evidence(report: Report, diagnostic: Diagnostic, style: Style) -> str:
    related = diagnostic.related[:_MOST_PLACES]
    lines = [f"{report.positions(each.span)[0].line}: {style.say(each)}" for each in related]
    if len(diagnostic.related) > len(related):
        lines.append("…")
    return "\n".join(lines)


def _replacement(diagnostic: Diagnostic) -> str:
    edits = diagnostic.fix.edits if diagnostic.fix is not None else ()
    return edits[0].text if len(edits) == 1 and edits[0].span == diagnostic.span else ""
