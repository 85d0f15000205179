"""What ``govlint inspect`` shows of a report."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from govlint.cli import main
from govlint.document import Document, Knowledge, ReportKind
from govlint.inspect import as_json, as_text, understood
from govlint.parsers import parse
from govlint.reporters import Style
from govlint.source import Position, Source

MARKDOWN = """\
# 云川市青禾区大数据中心 2023 年度部门决算

## 目录

第一部分 部门概况
第二部分 2023 年度部门决算表
第三部分 名词解释

## 第一部分 部门概况

云川市青禾区大数据中心编制 12 人，2023 年度支出 1,200.50 万元，增长 5.2%。

## 第二部分 2023 年度部门决算表

### 收入支出决算总表（表1）

部门：云川市青禾区大数据中心

单位：万元

| 收入 |  |  | 支出 |  |  |
|---|---|---|---|---|---|
| 项目 | 行次 | 金额 | 项目 | 行次 | 金额 |
| 栏次 |  | 1 | 栏次 |  | 2 |
| 一、财政拨款收入 | 1 | 1,200.50 | 一、教育支出 | 4 | 1,000.00 |
| 二、其他收入 | 2 |  | 二、科学技术支出 | 5 | 200.50 |
| 总计 | 3 | 1,200.50 | 总计 | 6 | 1,200.50 |

注：本表反映部门本年度的总收支情况。

### 支出决算表（表2）

单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 205 | 教育支出 | 1,000.00 | 600.00 | 400.00 |
| 20502 | 普通教育 | 1,000.00 | 600.00 | 400.00 |
| 2050203 | 初中教育 | 1,000.00 | 600.00 | 400.00 |

## 第三部分 名词解释

财政拨款收入：指本级财政拨付的资金。
"""

HTML = """\
<html><head><meta charset="utf-8"></head><body>
<h1>临江市文化馆 2023 年度部门决算</h1>
<h2>第一部分 部门决算表</h2>
<p>支出决算表</p><p>单位：万元</p>
<table>
<tr><td rowspan="2">项目</td><td colspan="2">本年支出</td></tr>
<tr><td>基本支出</td><td>项目支出</td></tr>
<tr><td>合计</td><td>10.50</td><td>2.00</td></tr>
<tr><td>其中：培训费</td><td>－1.00</td><td>待定</td></tr>
</table>
<h2>第二部分 情况说明</h2>
<p>支出 10.50 万元。</p>
</body></html>
"""

KNOWLEDGE = Knowledge(kinds=(ReportKind("final-accounts", "部门决算", (r"决算",)),))


def read(text: str, path: str = "决算.md") -> Document:
    return parse(Source(path, text), KNOWLEDGE)


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return understood(read(MARKDOWN))


def pointed_at(found: dict[str, Any], text: str = MARKDOWN) -> str:
    """The source at the place of something found."""
    source = Source("x", text)
    start, end = (source.offset(Position(**found[key])) for key in ("start", "end"))
    return text[start:end]


# --- The structure


def test_whose_report_it_is(data: dict[str, Any]) -> None:
    assert data["kind"] == {"id": "final-accounts", "name": "部门决算"}
    assert data["body"]["name"] == "云川市青禾区大数据中心"
    assert pointed_at(data["body"]) == "云川市青禾区大数据中心"
    assert data["year"]["year"] == 2023
    assert pointed_at(data["title"]) == "云川市青禾区大数据中心 2023 年度部门决算"


def test_the_outline(data: dict[str, Any]) -> None:
    assert [(section["number"], section["title"]) for section in data["outline"]] == [
        ("第一部分", "部门概况"),
        ("第二部分", "2023 年度部门决算表"),
        ("第三部分", "名词解释"),
    ]
    assert [section["title"] for section in data["outline"][1]["children"]] == ["收入支出决算总表", "支出决算表"]
    assert pointed_at(data["outline"][0]) == "部门概况"


def test_a_table_of_two_lanes(data: dict[str, Any]) -> None:
    table = data["tables"][0]
    assert (table["number"], table["caption"], table["unit"]["name"], table["numeric"]) == (
        1,
        "收入支出决算总表",
        "万元",
        True,
    )
    assert [lane["title"] for lane in table["lanes"]] == ["收入", "支出"]
    assert [note["text"] for note in table["notes"]] == ["注：本表反映部门本年度的总收支情况。"]
    income, spending = table["lanes"]
    assert [column["number"] for column in income["columns"] if column["role"] == "value"] == [1]
    first = spending["rows"][0]
    assert (first["line"], first["label"], first["ordinal"]) == (4, "教育支出", "一、")
    assert first["values"][0]["number"] == "1000.00"
    assert pointed_at(first["values"][0]).strip() == "1,000.00"
    assert [row["values"][0]["state"] for row in income["rows"]] == ["number", "blank", "number"]


def test_codes(data: dict[str, Any]) -> None:
    rows = data["tables"][1]["lanes"][0]["rows"]
    assert [(row["code"], row["label"]) for row in rows] == [
        ("205", "教育支出"),
        ("20502", "普通教育"),
        ("2050203", "初中教育"),
    ]


def test_header_paths_of_spanning_cells() -> None:
    table = understood(read(HTML, "a.html"))["tables"][0]
    lane = table["lanes"][0]
    assert [column["header"] for column in lane["columns"] if column["role"] == "value"] == [
        ["本年支出", "基本支出"],
        ["本年支出", "项目支出"],
    ]
    part = lane["rows"][1]
    assert part["role"] == "part"
    assert [(value["state"], value["number"]) for value in part["values"]] == [
        ("number", "-1.00"),
        ("unreadable", None),
    ]
    assert pointed_at(part["values"][0], HTML) == "－1.00"


def test_numbers_of_a_sentence(data: dict[str, Any]) -> None:
    sentence = next(sentence for sentence in data["sentences"] if "编制" in sentence["text"])
    assert [(found["text"], found["kind"], found["number"]) for found in sentence["quantities"]] == [
        ("12 人", "count", "12"),
        ("2023 年度", "year", "2023"),
        ("1,200.50 万元", "amount", "1200.50"),
        ("5.2%", "percent", "5.2"),
    ]
    assert all(pointed_at(found) == found["text"] for found in sentence["quantities"])
    assert "words" not in sentence


def test_words_with_their_places() -> None:
    sentences = understood(read(MARKDOWN), tokens=True)["sentences"]
    assert all("words" in sentence for sentence in sentences)
    found = [word for sentence in sentences for word in sentence["words"]]
    assert {"编制", "1,200.50"} <= {word["text"] for word in found}
    assert all(pointed_at(word) == word["text"] for word in found)


@pytest.mark.parametrize("text", ["", "\n", "正文。", "| a |\n|---|\n"])
def test_little_is_understood_of_little(text: str) -> None:
    data = understood(read(text), tokens=True)
    assert (data["title"] is None or data["title"]["text"] in text, data["tables"]) == (True, [])
    written(data)


# --- The outputs


def written(data: dict[str, Any], **style: Any) -> str:
    out = io.StringIO()
    as_text(data, out, Style(**style))
    return out.getvalue()


def test_text(data: dict[str, Any]) -> None:
    shown = written(data)
    assert shown.startswith(
        "决算.md  markdown  utf-8\n"
        "种类  部门决算  final-accounts\n"
        "标题  云川市青禾区大数据中心 2023 年度部门决算  1:3\n"
        "单位  云川市青禾区大数据中心  1:3\n"
        "年度  2023  1:15\n"
        "\n"
        "结构\n"
        "  第一部分 部门概况  9:9\n"
    )
    assert (
        "  收入\n"
        "  行次 │ 项目             │     金额\n"
        "       │ 栏次             │        1\n"
        "  ─────┼──────────────────┼─────────\n"
        "     1 │ 一、财政拨款收入 │ 1,200.50\n"
        "     2 │ 二、其他收入     │\n"
        "     3 │ 总计             │ 1,200.50\n"
    ) in shown
    assert (
        "  编码    │ 项目         │     合计 │ 基本支出 │ 项目支出\n"
        "  ────────┼──────────────┼──────────┼──────────┼─────────\n"
        "  205     │ 教育支出     │ 1,000.00 │   600.00 │   400.00\n"
        "  20502   │   普通教育   │ 1,000.00 │   600.00 │   400.00\n"
        "  2050203 │     初中教育 │ 1,000.00 │   600.00 │   400.00\n"
    ) in shown
    assert "      11:30  1,200.50 万元  金额 = 1200.50 万元\n" in shown


def test_text_in_english(data: dict[str, Any]) -> None:
    shown = written(data, lang="en")
    assert "\nkind  部门决算  final-accounts\n" in shown
    assert "      11:30  1,200.50 万元  amount = 1200.50 万元\n" in shown


def test_headers_of_several_levels_stand_above_each_other() -> None:
    assert (
        "                 │ 本年支出 │\n"
        "  项目           │ 基本支出 │ 项目支出\n"
        "  ───────────────┼──────────┼─────────\n"
        "  合计           │    10.50 │     2.00\n"
        "    其中：培训费 │   －1.00 │     待定\n"
    ) in written(understood(read(HTML, "a.html")))


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_tables_fit_the_terminal_and_lose_nothing(data: dict[str, Any], width: int) -> None:
    from rich.cells import cell_len

    shown = written(data, excerpt=True, width=width)
    drawn = [line for line in shown.splitlines() if line[:1] in "┃│┏┡└"]
    assert drawn
    assert all(cell_len(line) <= width for line in drawn)
    flat = "".join(shown.split()).replace("│", "")
    assert flat.count("1,200.50") >= 5
    assert flat.count("600.00") >= 3


def test_what_a_report_holds_does_not_reach_the_terminal() -> None:
    hostile = MARKDOWN.replace("教育支出", "教育\x1b[31m支出").replace("部门概况", "部门\x9b概况")
    for excerpt in (False, True):
        shown = written(understood(read(hostile)), excerpt=excerpt)
        assert "\x1b" not in shown
        assert "\x9b" not in shown


def test_json(data: dict[str, Any]) -> None:
    out = io.StringIO()
    as_json(data, out)
    assert json.loads(out.getvalue()) == data
    assert "云川市" in out.getvalue()


# --- The command


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "决算.md"
    path.write_text(MARKDOWN, encoding="gb18030")
    assert main(["inspect", str(path), "--json", "--tokens"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["version"], found["encoding"], len(found["tables"])) == (1, "gb18030", 2)
    assert main(["inspect", str(path)]) == 0
    assert "云川市青禾区大数据中心" in capsys.readouterr().out


def test_real_reports_are_shown_whole(shared_reports: Path) -> None:
    for path in sorted(shared_reports.glob("*.*")):
        if path.suffix in (".md", ".html") and path.name != "README.md":
            data = understood(parse(Source.read(path), KNOWLEDGE))
            assert data["tables"]
            written(data, excerpt=True, width=80)
