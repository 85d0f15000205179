"""An Excel workbook: a sheet with a finding a row, filters and colours, and one that counts them for each report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from govlint.engine import Report
from govlint.reporters import Style, shown_path
from govlint.reporters.listing import COLUMNS, listed
from govlint.reporters.naming import family_of, severity_name
from govlint.rule import Severity

_MOST_ROWS = 1_048_575
_MOST_CHARACTERS = 32_000
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_COLORS = {Severity.ERROR: "#B42318", Severity.WARNING: "#8A5A00", Severity.INFO: "#1D5FA8"}


def render(reports: Iterable[Report], out: BinaryIO, style: Style) -> None:
    """Write the workbook. Of more findings than a sheet holds the last row says that there are more."""
    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bg_color": "#ECEFF2", "border": 1, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    colors = {
        severity_name(severity, style.lang): book.add_format({"font_color": color, "bold": True, "valign": "top"})
        for severity, color in _COLORS.items()
    }
    english = style.lang == "en"
    findings = book.add_worksheet("findings" if english else "问题")
    for column, described in enumerate(COLUMNS):
        findings.set_column(column, column, described.width)
    _heads(findings, [style.say(column) for column in COLUMNS], bold)
    counts: list[tuple[str, Counter[str], Counter[str], str]] = []
    row = 0
    for report in reports:
        counts.append(_counted(report, style))
        for values in listed(report, style):
            row += 1
            if row >= _MOST_ROWS:
                break
            for column, value in enumerate(values):
                _write(findings, row, column, value, colors.get(str(value), wrapped) if column == 3 else wrapped)
    if row >= _MOST_ROWS:
        _write(findings, _MOST_ROWS, 0, "and more, left out" if english else "还有更多问题，未列出", bold)
    findings.autofilter(0, 0, max(min(row, _MOST_ROWS), 1), len(COLUMNS) - 1)
    _summary(book, counts, style, bold, wrapped)
    book.close()


def _counted(report: Report, style: Style) -> tuple[str, Counter[str], Counter[str], str]:
    severities = Counter(severity_name(diagnostic.severity, style.lang) for diagnostic in report.diagnostics)
    families = Counter(
        family_of(diagnostic.rule, style.rules.get(diagnostic.rule), style.lang) for diagnostic in report.diagnostics
    )
    said = "\n".join(style.say(summary) for summary in report.summary)
    return shown_path(report.path), severities, families, said


def _summary(
    book: Any,
    counts: Sequence[tuple[str, Counter[str], Counter[str], str]],
    style: Style,
    bold: Any,
    wrapped: Any,
) -> None:
    english = style.lang == "en"
    sheet = book.add_worksheet("reports" if english else "汇总")
    severities = [severity_name(severity, style.lang) for severity in Severity]
    families = sorted({family for _, _, found, _ in counts for family in found})
    heads = ["file" if english else "文件", *severities, *families, "numbers" if english else "数字核对"]
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(heads) - 2, 11)
    sheet.set_column(len(heads) - 1, len(heads) - 1, 50)
    _heads(sheet, heads, bold)
    for row, values in enumerate(_rows(counts, severities, families), start=1):
        for column, value in enumerate(values):
            _write(sheet, row, column, value, wrapped)
    sheet.autofilter(0, 0, max(len(counts), 1), len(heads) - 1)


def _rows(
    counts: Iterable[tuple[str, Counter[str], Counter[str], str]], severities: Sequence[str], families: Sequence[str]
) -> Iterator[list[str | int]]:
    for path, by_severity, by_family, said in counts:
        yield [path, *(by_severity[name] for name in severities), *(by_family[name] for name in families), said]


def _heads(sheet: Any, heads: Sequence[str], bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)


def _write(sheet: Any, row: int, column: int, value: str | int, form: Any) -> None:
    """Write a number as one and a text as a text, whatever it looks like."""
    if isinstance(value, int):
        sheet.write_number(row, column, value, form)
    else:
        sheet.write_string(row, column, _UNWRITABLE.sub("\ufffd", value[:_MOST_CHARACTERS]), form)
