"""Forms: which region's form a report is in, and that each thing the form asks for is missed when it is gone."""

from __future__ import annotations

import time
from pathlib import Path

import govlint_final_accounts
import pytest

from govlint import (
    Document,
    Finding,
    completeness,
    empty_tables,
    missing_disclosures,
    missing_sections,
    missing_tables,
)
from govlint.engine import installed_plugins, parse_source
from govlint.forms import FormError, read_form
from govlint.hooks import Plugins
from govlint.phrases import prepare, says
from govlint.source import Source
from tests.fakes import plugin
from tests.generator import LAYOUTS, generate
from tests.regional import FINAL, REPORTS, Regional


def parsed(text: str, name: str = "report.md", plugins: Plugins | None = None) -> Document:
    plugins = plugins or installed_plugins()
    return parse_source(Source(name, text), plugins, plugins.knowledge(None))[0]


def found(document: Document) -> list[Finding]:
    return [
        finding
        for rule in (missing_sections, missing_tables, missing_disclosures, empty_tables)
        for finding in rule(document)
    ]


def told(document: Document) -> list[str]:
    return [finding.message for finding in found(document)]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: f"{report.kind}-{report.region}")
def test_a_complete_report_is_recognized_and_lacks_nothing(report: Regional) -> None:
    document = parsed(report.text())
    known = completeness(document)
    assert known is not None
    assert (known.form.kind, known.form.region, known.extent) == (report.kind, report.region, "whole")
    assert told(document) == []


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: f"{report.kind}-{report.region}")
def test_each_part_table_and_statement_is_missed(report: Regional) -> None:
    pieces = report.pieces()
    unnoticed = [piece for piece in pieces if not found(parsed(report.text(piece)))]
    assert len(unnoticed) <= 0.03 * len(pieces), unnoticed


def test_what_is_missing_is_named_with_the_clause() -> None:
    national = FINAL[0]
    (finding,) = found(parsed(national.text("政府采购支出情况说明")))
    assert "政府采购支出情况说明" in finding.message
    assert "《预算法》第十四条" in finding.message
    assert "《预算法》第十四条" in finding.english
    (finding,) = found(parsed(national.text("收入决算表")))
    assert "“收入决算表”" in finding.message
    (finding,) = found(parsed(national.text("财政拨款“三公”经费支出决算情况说明/kept")))
    assert "公务用车保有量" in finding.message


def test_a_missing_part_is_one_finding() -> None:
    for report, part in ((FINAL[0], "部门概况"), (REPORTS[-1], "总体情况")):
        (message,) = told(parsed(report.text(part)))
        assert f"“{part.removeprefix('部门')}”" in message


def test_a_finding_stands_where_the_missing_thing_should() -> None:
    text = FINAL[0].text("政府采购支出情况说明")
    (finding,) = found(parsed(text))
    assert text[finding.span.start : finding.span.end] == "第三部分 2023年度部门决算情况说明"
    text = FINAL[0].text("名词解释")
    (finding,) = found(parsed(text))
    assert text[finding.span.start : finding.span.end] == "2023年度云川市青禾区文化馆部门决算"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_generated_report_lacks_nothing(layout: str) -> None:
    text = generate(3, layout).text
    assert told(parsed(text, "report.html" if layout.endswith("html") else "report.md")) == []


# --- Forms of plugins -----------------------------------------------------------------------------------------------

PROVINCE = """
kind = "final-accounts"
name = "部门决算"
region = "云川"
places = ["云川省"]
outline = [
  { topic = "overview", title = "部门概况", entries = [{ topic = "duties" }] },
  { topic = "statements", title = "{年}年度部门决算表", tables = ["T1", "Y-reading"] },
  { topic = "reading", title = "全民阅读情况" },
  { topic = "glossary" },
]

[[topics]]
id = "reading"
name = "全民阅读情况"
heads = ["全民阅读"]

[[disclosures]]
id = "reading-visitors"
topic = "reading"
name = "读者人次"
says = ["#人次"]

[[tables]]
id = "Y-reading"
name = "全民阅读经费决算表"
"""
REPORT = """# 2023年度云川省青禾市图书馆部门决算

## 第一部分 部门概况

### 一、主要职责

## 第二部分 2023年度部门决算表

### 收入支出决算总表

### 全民阅读经费决算表

## 第三部分 全民阅读情况

全年接待读者12000人次。

## 第四部分 名词解释
"""


@pytest.fixture
def province(tmp_path: Path) -> Plugins:
    file = tmp_path / "yunchuan.toml"
    file.write_text(PROVINCE, encoding="utf-8")
    return Plugins([("final-accounts", govlint_final_accounts), plugin("yunchuan", govlint_forms=lambda: [file])])


def test_one_file_of_a_plugin_adds_a_province(province: Plugins) -> None:
    document = parsed(REPORT, plugins=province)
    known = completeness(document)
    assert known is not None and known.form.region == "云川" and known.placed
    assert told(document) == []
    assert not province.failures


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        ("### 全民阅读经费决算表", "全民阅读经费决算表"),
        ("## 第三部分 全民阅读情况\n\n全年接待读者12000人次。", "全民阅读情况"),
        ("12000人次", "读者人次"),
        ("## 第四部分 名词解释", "名词解释"),
    ],
)
def test_what_the_province_asks_for_is_missed(province: Plugins, gone: str, named: str) -> None:
    assert any(named in message for message in told(parsed(REPORT.replace(gone, ""), plugins=province)))


def test_an_unknown_key_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text('kind = "budget"\n[[topics]]\nid = "a"\nname = "甲"\nhead = ["甲"]\n', encoding="utf-8")
    with pytest.raises(FormError, match=r"wrong\.toml.*head"):
        read_form(file)


def test_all_ids_in_the_forms_are_known() -> None:
    for kind in ("final-accounts", "budget", "annual-report"):
        forms = [form for form in installed_plugins().data("govlint_forms") if form.kind == kind]
        topics = {topic.id for form in forms for topic in form.topics}
        tables = {table.id for form in forms for table in form.tables}
        bases = {basis.id for form in forms for basis in form.bases}
        disclosures = {each.id for form in forms for each in form.disclosures}
        for form in forms:
            assert {entry.topic for entry in form.entries()} <= topics, form.region
            assert set(form.shown_tables()) <= tables, form.region
            assert set(form.table_names) <= tables, form.region
            assert set(form.without) <= disclosures, form.region
            assert {each.topic for each in form.disclosures} <= topics
            assert {id_ for each in (*form.topics, *form.disclosures, *form.tables) for id_ in each.basis} <= bases


# --- Phrases --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "phrase", "fits"),
    [
        ("年初预算为4.20万元", "年初预算~#万", True),
        ("完成年初预算的97.27%", "年初预算~#万", False),
        ("团组1个,累计2人次", "团组…#人次", True),
        ("团组1个,累计2人次", "团组~#人次", False),
        ("购置费0.00万元", "购置费0", True),
        ("购置费10.00万元", "购置费0", False),
        ("没有安排三公经费", "{none}~三公", True),
        ("财政拨款收入支出总计5.00万元", "总计#!财政拨款", False),
        ("收入支出总计5.00万元", "总计#!财政拨款", True),
        ("收入支出总计XX万元", "总计#", True),
        ("收入决算情况", "^收入决算", True),
        ("财政收入决算情况", "^收入决算", False),
        ("概况与概况", "概况$", True),
        ("概况说明", "概况$", False),
    ],
)
def test_a_phrase_fits(text: str, phrase: str, fits: bool) -> None:
    assert says(prepare(text), [phrase]) is fits


@pytest.mark.parametrize(
    "hostile", ["购置、" * 40_000, "无" * 90_000, "没有安排团组" * 20_000, "购置、" * 40_000 + "1辆", "概况" * 50_000]
)
def test_a_long_clause_does_not_hang(hostile: str) -> None:
    text = prepare(hostile)
    start = time.perf_counter()
    for phrase in ("购置~#辆", "{none}~项目", "团组…#人", "没有~团组~#个", "概况$", "购置~购置~#辆"):
        says(text, [phrase])
    assert time.perf_counter() - start < 2
