"""CSV and workbooks of findings, read again with what others read them with."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from govlint.engine import Diagnostic, Report, check, installed_plugins
from govlint.reporters import Style, reporters
from govlint.rule import Fix, Related, Severity
from govlint.source import Source, Span

TEXT = "# 临江市文化馆\n\n=1+2，-5.30，@甲\n"
SOURCE = Source("报告.md", TEXT)


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def found(words: str, message: str = "这里有误，“应改”", **rest: object) -> Diagnostic:
    return Diagnostic("fake/rule", Severity.ERROR, "报告.md", at(words), message, "wrong here", **rest)  # type: ignore[arg-type]


def as_csv(*reports: Report, lang: str = "zh") -> list[list[str]]:
    out = io.StringIO(newline="")
    reporters()["csv"].render(reports, out, Style(lang=lang))  # type: ignore[arg-type]
    text = out.getvalue()
    assert text.startswith("\ufeff")
    assert "\r\n" in text
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def as_workbook(*reports: Report, style: Style | None = None) -> openpyxl.Workbook:
    out = io.BytesIO()
    reporters()["xlsx"].render(reports, out, style or Style())
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def test_a_row_says_where_what_and_why():
    related = (Related(at("临江市"), "表中的写法", "as the table has it"),)
    diagnostic = found("-5.30", related=related, fix=Fix.replace(at("-5.30"), "5.30"))
    heads, row = as_csv(Report("报告.md", SOURCE, (diagnostic,)))
    assert dict(zip(heads, row, strict=True)) == {
        "文件": "报告.md",
        "行": "3",
        "列": "6",
        "级别": "错误",
        "类别": "fake",
        "规则": "fake/rule",
        "规则名称": "",
        "原文": "-5.30",
        "问题": "这里有误，“应改”",
        "依据": "1: 表中的写法",
        "改为": "5.30",
    }
    assert as_csv(Report("报告.md", SOURCE, (diagnostic,)), lang="en")[1][8] == "wrong here"


@pytest.mark.parametrize("words", ["=1+2", "@甲", "-5.30，@"])
def test_nothing_is_a_formula(words: str):
    report = Report("报告.md", SOURCE, (found(words, message="=HYPERLINK(1)"),))
    row = as_csv(report)[1]
    assert row[7] == f"'{words}"
    assert row[8] == "'=HYPERLINK(1)"
    cell = as_workbook(report)["问题"].cell(2, 8)
    assert (cell.value, cell.data_type) == (words, "s")


def test_what_has_no_source_and_odd_characters_are_written(tmp_path: Path):
    odd = Diagnostic("fake/rule", Severity.INFO, "a\udcff.md", Span(0, 0), "坏字\x00\x0b\ud800\uffff", "bad")
    for report in (Report("a\udcff.md", None, (odd,), failed=True), Report("", None, (odd,), failed=True)):
        assert as_csv(report)[1][1] == "1"
        assert "坏字" in as_workbook(report)["问题"].cell(2, 9).value


def test_a_workbook_lists_the_findings_of_an_example_and_counts_them(examples: Path):
    report = check(examples / "faulty-final-accounts-2023.md")
    style = Style(rules={rule.id: rule for rule in installed_plugins().rules()})
    book = as_workbook(report, Report("另一份.md", SOURCE), style=style)
    findings, summary = book["问题"], book["汇总"]
    rows = list(findings.iter_rows(values_only=True))
    assert [row[5] for row in rows[1:]] == [diagnostic.rule for diagnostic in report.diagnostics]
    assert [row[8] for row in rows[1:]] == [diagnostic.message for diagnostic in report.diagnostics]
    assert findings.freeze_panes == "A2"
    assert findings.auto_filter.ref == f"A1:K{len(rows)}"
    heads, first, second = summary.iter_rows(values_only=True)
    counts = dict(zip(heads, first, strict=True))
    severities = [diagnostic.severity for diagnostic in report.diagnostics]
    assert counts["错误"] == severities.count(Severity.ERROR)
    assert counts["数字"] == sum(diagnostic.rule.startswith("numbers/") for diagnostic in report.diagnostics)
    assert counts["数字核对"].startswith("数字 ")
    assert second[0] == "另一份.md"
    assert not any(second[1:-1])
