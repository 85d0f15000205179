"""The ledger: statuses with their evidence, coverage, and the command in its three formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from govlint_numbers._ledger import ledger, statuses

from govlint import Entry, check, parse
from govlint.cli import main
from govlint.ledger import coverage, coverage_line

TEXT = """# 临江市文化馆2023年度部门决算

## 2023年度支出决算表（表3）

单位：万元

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| | 合计 | 415.20 | 260.00 | 155.20 |
| 207 | 文化旅游体育与传媒支出 | 415.20 | 260.00 | 155.20 |

## 三、支出决算情况说明

2023年度支出合计415.20万元，比上年增加17.66万元，增长4.44%。其中：基本支出260.00万元，占62.62%；项目支出155.90万元。

## 四、重点工作

全年举办展览12场。
"""


def by_printed(text: str = TEXT) -> dict[str, Entry]:
    """The entries of a report by the number as printed."""
    return {entry.printed: entry for entry in ledger(parse("report.md", text=text))}


def test_each_number_has_a_status():
    statuses = {printed: entry.status for printed, entry in by_printed().items()}
    assert statuses == {
        "415.20 万元": "verified",
        "17.66 万元": "consistent",
        "4.44%": "consistent",
        "260.00 万元": "verified",
        "62.62%": "verified",
        "155.90 万元": "wrong",
        "12 场": "unchecked",
    }


def test_the_arithmetic_is_written_out_with_its_places():
    share = by_printed()["62.62%"]
    (evidence,) = [one for one in share.evidence if "÷" in one.arithmetic]
    assert evidence.arithmetic == "260.00 ÷ 415.20 = 62.62%"
    assert [TEXT[place.span.start : place.span.end] for place in evidence.places] == ["260.00万元", "415.20万元"]


def test_what_was_not_checked_says_why():
    entry = by_printed()["12 场"]
    assert entry.reason
    assert entry.reason_english
    assert entry.evidence == ()


def test_a_wrong_number_shows_what_it_is_at_odds_with():
    entry = by_printed()["155.90 万元"]
    assert any(not evidence.holds and "155.20" in evidence.arithmetic for evidence in entry.evidence)


def test_entries_stand_in_the_order_of_the_text_and_cover_every_number_once():
    entries = ledger(parse("report.md", text=TEXT))
    spans = [entry.span for entry in entries]
    assert spans == sorted(spans)
    assert len(set(spans)) == len(spans) == 7


def test_coverage_counts_every_status():
    counts = coverage(entry.status for entry in ledger(parse("report.md", text=TEXT)))
    assert counts == {"verified": 3, "consistent": 2, "tail": 0, "wrong": 1, "unchecked": 1}
    assert coverage_line(counts) == "数字 7：相符 3，自洽 2，不符 1，未核 1"
    assert coverage_line(counts, english=True) == "7 numbers: verified 3, consistent 2, wrong 1, not checked 1"


def test_a_check_says_how_many_numbers_were_verified():
    report = check("report.md", text=TEXT)
    assert any(line.message.startswith("数字 7：") for line in report.summary)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The report as a file."""
    file = tmp_path / "report.md"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_text(path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["ledger", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "数字 7：相符 3，自洽 2，不符 1，未核 1"
    assert any(":14:11: 相符 支出合计 415.20 万元" in line for line in lines)
    assert any("260.00 ÷ 415.20 = 62.62%" in line for line in lines)


def test_json(path: Path, capsys: pytest.CaptureFixture[str]):
    main(["ledger", str(path), "--output-format", "json", "--lang", "en"])
    data = json.loads(capsys.readouterr().out)
    assert data["version"] == 1
    assert data["coverage"]["numbers"] == len(data["numbers"]) == 7
    first = data["numbers"][0]
    assert (first["start"], first["status"]) == ({"line": 14, "column": 11}, "verified")
    assert "row" in first["evidence"][0]["places"][0]["message"]


def test_html_is_escaped_and_written_to_a_file(path: Path, tmp_path: Path):
    path.write_text(TEXT.replace("展览", "<b>&amp;展览</b>"), encoding="utf-8")
    out = tmp_path / "ledger.html"
    main(["ledger", str(path), "--output-format", "html", "-o", str(out)])
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "数字 7" in page
    assert "<b>&" not in page


def test_nothing_wrong_is_status_0(path: Path, capsys: pytest.CaptureFixture[str]):
    path.write_text(TEXT.replace("155.90", "155.20"), encoding="utf-8")
    assert main(["ledger", str(path)]) == 0
    assert "不符" not in capsys.readouterr().out


def test_a_missing_file_is_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["ledger", str(tmp_path / "none.md")]) == 2
    assert "none.md" in capsys.readouterr().err


def test_most_numbers_of_a_real_report_are_accounted_for(shared_reports: Path):
    document = parse(shared_reports / "hongshan-2020.md")
    counts = coverage(entry.status for entry in ledger(document))
    assert counts == coverage(statuses(document))
    assert counts["verified"] + counts["consistent"] >= 120
    assert counts["wrong"] == 0
