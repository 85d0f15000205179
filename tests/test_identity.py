"""Title, body, year and kind of a report."""

from pathlib import Path

import pytest

from govlint.document import Document, Knowledge, ReportKind
from govlint.facts.identity import body, period, places_in, report_kind, title
from govlint.parsers import parse
from govlint.source import Source

KINDS = (
    ReportKind("annual-report", "政府信息公开工作年度报告", (r"政府信息公开(?:工作)?(?:年度)?报告",)),
    ReportKind("budget", "部门预算", (r"(?:部门|单位)?预算",)),
    ReportKind("final-accounts", "部门决算", (r"(?:部门|单位)?决算",)),
)


def read(*lines: str, kind: str | None = None) -> Document:
    text = "\n".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    return parse(Source("报告.html", text), Knowledge(kinds=KINDS, kind=kind))


TABLE = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>合计</td><td>3.00</td></tr></table>"


@pytest.mark.parametrize(
    ("lines", "whole", "name", "year", "kind"),
    [
        (["2024年度临江市文化馆部门决算"], "2024年度临江市文化馆部门决算", "临江市文化馆", 2024, "final-accounts"),
        (
            ["临江市文化馆", "2024 年度部门决算"],
            "临江市文化馆2024 年度部门决算",
            "临江市文化馆",
            2024,
            "final-accounts",
        ),
        (
            ["云川市青禾区教育局2023年政府信息公开工作年度报告"],
            "云川市青禾区教育局2023年政府信息公开工作年度报告",
            *("云川市青禾区教育局", 2023, "annual-report"),
        ),
        (
            ["白石街道办事处2023年政府信息公开", "工作年度报告"],
            "白石街道办事处2023年政府信息公开工作年度报告",
            *("白石街道办事处", 2023, "annual-report"),
        ),
        (
            ["云川市民政局二〇二三年度部门决算"],
            "云川市民政局二〇二三年度部门决算",
            *("云川市民政局", 2023, "final-accounts"),
        ),
        (
            ["政务公开", "政务服务", "当前位置：首页 > 预决算公开", "云川市教育局2022年部门预算"],
            "云川市教育局2022年部门预算",
            *("云川市教育局", 2022, "budget"),
        ),
        (
            ["云川市2025年市级部门预算", "预算单位：云川市财政局"],
            "云川市2025年市级部门预算",
            "云川市财政局",
            2025,
            "budget",
        ),
        (
            ["青禾区2024年区级部门预算预算主管部门：青禾区人民政府白石街道办事处"],
            "青禾区2024年区级部门预算",
            *("青禾区人民政府白石街道办事处", 2024, "budget"),
        ),
        (
            ["关于云川县档案馆2022年度单位决算公开情况的说明", "公开时间：2023年9月1日"],
            "关于云川县档案馆2022年度单位决算公开情况的说明",
            *("云川县档案馆", 2022, "final-accounts"),
        ),
    ],
)
def test_covers(lines: list[str], whole: str, name: str, year: int, kind: str) -> None:
    document = read(*lines, "一、主要职责", "组织活动。")
    found, who, when = title(document), body(document), period(document)
    assert found is not None and who is not None and when is not None
    assert (found.text, who.name, when.year, report_kind(document)) == (whole, name, year, kind)
    for text in (who.text, when.text):
        assert document.source.text[text.whole.start : text.whole.end] == text.text


def test_the_date_of_the_cover_is_not_the_year_of_the_report() -> None:
    when = period(read("临江市文化馆", "2021年10月15日", "2020 年度部门决算", "第一部分 概况"))
    assert when is not None and when.year == 2020


def test_the_majority_says_whose_report_it_is() -> None:
    document = read(
        *(
            "云川市文化馆2024年度部门决算",
            "第一部分 云川市青禾区文化馆概况",
            "第二部分 云川市青禾区文化馆2024年度部门决算表",
        ),
        *("收入决算表", "部门：云川市青禾区文化馆", "单位：万元", TABLE),
        *(
            "支出决算表",
            "编制单位：云川市青禾区文化馆　　单位：万元",
            TABLE,
            "收支总表",
            "部门：云川市白石区文化馆",
            TABLE,
        ),
    )
    who = body(document)
    assert who is not None
    assert (who.name, who.count, who.places, who.level) == ("云川市青禾区文化馆", 4, ("云川市", "青禾区"), "区")


def test_a_placeholder_is_no_body() -> None:
    assert body(read("云川市 XX 局", "2024 年度部门决算", "第一部分 云川市 XX 局概况")) is None


def test_without_title_the_headings_and_captions_say_year_and_kind() -> None:
    document = read(
        "第二部分 2023年度单位决算表",
        "2023年度收入决算表",
        TABLE,
        "2022年度支出决算表",
        TABLE,
        "一、与2021年度预算相比情况",
        "持平。",
    )
    when = period(document)
    assert title(document) is None
    assert when is not None and when.year == 2023
    assert report_kind(document) == "final-accounts"


def test_the_declared_kind_counts() -> None:
    assert report_kind(read("2024年度临江市文化馆部门决算", kind="budget")) == "budget"
    assert report_kind(read("工作小结")) is None


def test_nothing_is_said_of_a_text_without_these() -> None:
    document = read("收入合计 3 万元，其中财政拨款收入 2 万元。")
    assert (title(document), body(document), period(document), report_kind(document)) == (None, None, None, None)


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("云川市青禾区市场监督管理局", ("云川市", "青禾区")),
        ("云川市城市管理局", ("云川市",)),
        ("云川市青禾区人民政府白石街道办事处", ("云川市", "青禾区", "白石街道")),
        ("青禾区白石镇城乡建设办公室", ("青禾区", "白石镇")),
        ("云川自治州临江县政协", ("云川自治州", "临江县")),
        ("文化馆", ()),
    ],
)
def test_places_in_a_name(name: str, places: tuple[str, ...]) -> None:
    assert places_in(name) == places


@pytest.mark.parametrize(
    ("name", "year", "kind", "level", "places"),
    [
        ("hongshan-2020.md", 2020, "final-accounts", "区", 2),
        ("putuo-planning-2024.html", 2024, "final-accounts", "区", 2),
        ("wanli-2024-budget.html", 2024, "budget", "街道", 3),
        ("shanghai-finance-2025-budget.html", 2025, "budget", "市", 1),
        ("huaian-2024-annual.html", 2024, "annual-report", "市", 1),
        ("hongze-2023-annual.html", 2023, "annual-report", "区", 1),
    ],
)
def test_real_reports(shared_reports: Path, name: str, year: int, kind: str, level: str, places: int) -> None:
    document = parse(Source.read(shared_reports / name), Knowledge(kinds=KINDS))
    who, when, whole = body(document), period(document), title(document)
    assert who is not None and when is not None and whole is not None
    assert (when.year, report_kind(document), who.level, len(who.places)) == (year, kind, level, places)
    if kind != "budget":
        assert who.name in whole.text


def test_the_real_blank_form_has_year_and_kind_but_no_body(shared_reports: Path) -> None:
    document = parse(Source.read(shared_reports / "final-accounts-template.html"), Knowledge(kinds=KINDS))
    when = period(document)
    assert when is not None and when.year == 2024
    assert (body(document), report_kind(document)) == (None, "final-accounts")


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("云川市民政局", ("云川市",)),
        ("云川市政务服务中心", ("云川市",)),
        ("云川市民中心", ()),
        ("云川市场监督管理局", ()),
        ("青州市云川区教育局", ("青州市", "云川区")),
        ("镇江市财政局", ("镇江市",)),
        ("西乡县财政局", ("西乡县",)),
        ("云川县白石镇人民政府", ("云川县", "白石镇")),
        ("城乡规划局", ()),
    ],
)
def test_places_are_read_where_they_may_be(name: str, places: tuple[str, ...]) -> None:
    assert places_in(name) == places
