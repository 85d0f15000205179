"""What reports must state: what counts as stated, empty tables, parts published apart, reports to be filled in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from govlint import (
    Document,
    Finding,
    Severity,
    check,
    completeness,
    empty_tables,
    missing_disclosures,
    missing_sections,
    missing_tables,
)
from govlint.cli import main
from govlint.commands.new import skeleton, texts
from govlint.engine import installed_plugins, parse_source
from govlint.facts.completeness import library_of
from govlint.source import Source
from tests.regional import FINAL, NINE, Part, final
from tests.test_forms import found, parsed, told

COMPLETE = Path(__file__).parent.parent / "examples" / "clean-final-accounts-2023-pipe.md"
NATIONAL = FINAL[0]
OFFICIAL = "财政拨款“三公”经费支出决算情况说明"


def with_section(title: str, words: str) -> Document:
    """The national report with other words in a section."""
    text = NATIONAL.text()
    start = text.index(f"、{title}\n") + len(title) + 2
    return parsed(text[:start] + f"\n{words}\n\n" + text[text.index("###", start) :])


@pytest.mark.parametrize(
    ("title", "words"),
    [
        (OFFICIAL, "本单位2023年度未安排“三公”经费预算，也未发生支出。"),
        (OFFICIAL, "“三公”经费预算0.00万元，支出决算0.00万元，与上年持平。"),
        (OFFICIAL, "“三公”经费预算1.00万元，支出决算0.60万元。因公出国（境）费0.00万元；公务用车购置费0.00万元；公务用车运行维护费0.00万元；公务接待费0.60万元，共接待6批次、42人次。"),
        (OFFICIAL, "“三公”经费预算4.00万元，支出决算3.00万元。因公出国（境）费0.00万元；公务用车购置费0.00万元，公务用车运行维护费2.40万元，单位共有公务用车2辆；公务接待费0.60万元，全年共接待来访团组6个、来宾42人次。"),
        ("一般公共预算财政拨款支出决算情况说明", "2023年度一般公共预算财政拨款支出120.00万元，完成预算100%。"),
        ("国有资产占用情况说明", "2023年度车辆5台，96.35万元；单价100万元以上设备0台。"),
        ("机关运行经费支出情况说明", "本单位为公益一类事业单位，不属于机关运行经费统计范围。"),
        ("机关运行经费支出情况说明", "无。"),
        ("政府采购支出情况说明", "2023年度本单位未发生政府采购支出。"),
        ("国有资产占用情况说明", "本单位没有车辆，没有单价100万元以上的设备。"),
        ("国有资产占用情况说明", "本单位共有车辆0辆；单价50万元以上通用设备0台（套），单价100万元以上专用设备0台（套）。"),
        ("政府性基金预算财政拨款收入支出决算情况说明", "2023年度本年收入0.00万元，本年支出0.00万元。"),
    ],
)  # fmt: skip
def test_a_unit_without_such_items_may_say_so(title: str, words: str) -> None:
    assert told(with_section(title, words)) == []


@pytest.mark.parametrize(
    ("title", "words", "named"),
    [
        ("一般公共预算财政拨款支出决算情况说明", "支出决算为500.00万元，完成年初预算的96.15%。", "年初预算数"),
        ("政府采购支出情况说明", "2023年度政府采购支出总额60.00万元。", "货物采购金额"),
        ("国有资产占用情况说明", "本单位共有车辆2辆。", "车辆按用途的构成"),
        ("机关运行经费支出情况说明", "严格控制各项开支。", "机关运行经费的数额"),
    ],
)
def test_what_is_not_stated_is_reported(title: str, words: str, named: str) -> None:
    assert any(named in message for message in told(with_section(title, words)))


def test_a_note_on_other_tables_is_not_of_the_table_above_it() -> None:
    text = """# 2024年云川市青禾区文化馆部门预算

## 一、部门概况

## 二、部门预算表

### 一般公共预算“三公”经费支出表

单位：万元

| 合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 |
| --- | --- | --- | --- |
| 3.00 | 0.00 | 2.40 | 0.60 |

注：本部门未安排政府性基金预算、国有资本经营预算，相应表格为空表。

## 三、部门预算情况说明

## 四、名词解释
"""
    assert not [finding for finding in empty_tables(parsed(text)) if finding.severity is not Severity.INFO]


def test_a_table_published_apart_is_not_missing() -> None:
    text = """# 2024年云川市青禾区文化馆部门预算

## 一、部门概况

## 二、部门预算表

### 收支总表

| 项目 | 预算数 | 项目 | 预算数 |
| --- | --- | --- | --- |
| 收入总计 | 3.00 | 支出总计 | 3.00 |

## 三、部门预算情况说明

### 五、“三公”经费情况

{}“三公”经费预算3.00万元。

## 四、名词解释
"""
    apart = "“三公”经费预算单独公开，见区政府网站专栏。"
    assert any("三公" in finding.message for finding in missing_tables(parsed(text.format(""))))
    assert not any("三公" in finding.message for finding in missing_tables(parsed(text.format(apart))))


def test_prose_alone_is_said_once() -> None:
    parts = [part for part in NATIONAL.parts if not part.tables]
    document = parsed(final("", "云川市", parts).text())
    (finding,) = found(document)
    assert finding.severity is Severity.INFO and "没有表格" in finding.message
    attached = [*parts[:1], Part("2023年度部门决算表", {"where?": "决算表详见附件。"}), *parts[1:]]
    assert told(parsed(final("", "云川市", attached).text())) == []


def test_tables_alone_are_said_once() -> None:
    document = parsed(final("", "云川市", [Part("2023年度部门决算表", tables=NINE)]).text())
    (finding,) = found(document)
    assert finding.severity is Severity.INFO and "只有表格" in finding.message


def _with_table_3_as(instead: str) -> list[Finding]:
    """What is said of tables in a complete report in which something stands for the rows of table 3."""
    text = COMPLETE.read_text(encoding="utf-8")
    begin = text.index("|", text.index("## 2023年度支出决算表（表3）"))
    end = text.index("\n\n", begin)
    return list(missing_tables(parsed(text[:begin] + instead + text[end:])))


def test_a_title_that_lost_its_table_is_told() -> None:
    (finding,) = _with_table_3_as("")
    assert "“支出决算表”只有标题，没有表格" in finding.message
    assert finding.severity is Severity.WARNING


def test_the_name_of_a_body_is_no_word_on_an_empty_table() -> None:
    (finding,) = _with_table_3_as("部门：无名市青禾区数据服务中心")
    assert "“支出决算表”只有标题，没有表格" in finding.message


@pytest.mark.parametrize(
    "instead",
    ["![支出决算表](images/3.png)", "本表另附，见附件3。", "本部门没有支出，本表为空表。", "|甲|乙|\n|---|---|\n|1|2|"],
    ids=["picture", "attached", "nothing in it", "another table"],
)
def test_a_title_over_what_stands_for_the_table_is_not(instead: str) -> None:
    assert _with_table_3_as(instead) == []


def test_a_list_of_tables_is_no_row_of_lost_ones() -> None:
    text = COMPLETE.read_text(encoding="utf-8")
    names = [
        "收入支出决算总表",
        "收入决算表",
        "支出决算表",
        "财政拨款收入支出决算总表",
        "国有资本经营预算财政拨款支出决算表",
    ]
    listed = "".join(f"### {name}\n\n" for name in names)
    first = text.index("## 2023年度收入支出决算总表（表1）")
    third, fourth = text.index("## 2023年度支出决算表（表3）"), text.index("## 2023年度财政拨款收入支出决算总表（表4）")
    findings = list(missing_tables(parsed(text[:first] + listed + text[first:third] + text[fourth:])))
    assert not any("只有标题" in finding.message for finding in findings)


def test_many_missing_tables_are_one_finding() -> None:
    parts = [Part(part.title, part.statements, part.parts, part.tables[:3]) for part in NATIONAL.parts]
    document = parsed(final("", "云川市", parts).text())
    assert len(list(missing_tables(document))) == 1
    assert not list(missing_sections(document))


def test_a_fragment_is_left_alone() -> None:
    assert told(parsed("# 2023年度云川市青禾区文化馆部门决算\n\n本年度收入12.00万元。\n")) == []
    assert told(parsed("")) == []


def test_a_year_before_the_state_capital_budget_lacks_nothing() -> None:
    text = NATIONAL.text("国有资本经营预算财政拨款支出决算表").replace("2023", "2018").replace("2022", "2017")
    start = text.index("### 九、")
    assert told(parsed(text[:start] + text[text.index("### 十、") :])) == []


# --- Reports to be filled in ----------------------------------------------------------------------------------------

FORMS = [form for form in installed_plugins().data("govlint_forms") if form.outline]


def new(kind: str, region: str) -> str:
    """A report to be filled in, of a body in that region."""
    plugins = installed_plugins()
    library = library_of(plugins.data("govlint_forms"), kind)
    (form,) = (form for form in library.forms if form.region == region)
    place = form.places[0] if form.places else "云川市"
    return skeleton(form, library, texts(plugins, kind), 2024, f"{place}青禾区文化馆")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.kind}-{form.region}")
def test_a_new_report_draws_placeholder_findings_only(form) -> None:  # type: ignore[no-untyped-def]
    text = new(form.kind, form.region)
    document = parsed(text)
    known = completeness(document)
    assert known is not None and known.extent == "whole"
    assert not known.missing and not known.missing_tables
    assert told(document) == []
    rules = {each.rule for each in check("new.md", text=text).diagnostics if each.severity != Severity.INFO}
    assert rules <= {"text/template-leftover"}


@pytest.mark.parametrize("kind", ["final-accounts", "budget", "annual-report"])
def test_a_new_report_passes_when_it_is_filled_in(kind: str) -> None:
    text = re.sub(r"XX(?=[万个辆人批台条件项元%])|(?<=\| )XX(?= \|)", "2", new(kind, "")).replace("XX", "青禾讲坛")
    document = parsed(text)
    assert told(document) == []
    packs = {"structure", "final-accounts", "budget", "annual-report"}
    worse = [each for each in check("new.md", text=text).diagnostics if each.severity != Severity.INFO]
    assert [each.message for each in worse if each.rule.partition("/")[0] in packs] == []


def test_the_tables_of_a_new_report_have_formula_notes() -> None:
    text = new("final-accounts", "")
    assert "27行=（1+2+3+4+5+6+7+8）行" in text
    assert "7栏=（8+9+12）栏" in text


def test_new_writes_a_file_and_leaves_one_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.md"
    arguments = ["new", "budget", "--year", "2024", "--body", "云川市青禾区文化馆", "--region", "上海", "-o", str(path)]
    assert main(arguments) == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# 2024年度云川市青禾区文化馆部门预算\n")
    assert "## 三、名词解释" in text
    capsys.readouterr()
    assert main(arguments) == 2
    assert "已经存在" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["budgets", "--year", "2024"], "没有报告种类 budgets"),
        (["budget", "--year", "24"], "四位数"),
        (["budget", "--year", "2024", "--region", "上海市"], "是否应为 上海"),
        (["budget"], "缺少参数：--year"),
    ],
)
def test_new_explains_what_is_wrong(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_init_sets_the_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--kind", "final-accounts"]) == 0
    assert tomllib.loads((tmp_path / "govlint.toml").read_text(encoding="utf-8")) == {"kind": "final-accounts"}
    assert main(["init", "--kind", "final"]) == 2
    assert "没有报告种类" in capsys.readouterr().err


def test_rules_of_a_kind_are_listed_and_show_the_clause(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--kind", "budget"]) == 0
    listed = capsys.readouterr().out
    assert "budget/missing-section" in listed and "final-accounts/" not in listed
    assert main(["explain", "final-accounts/missing-section"]) == 0
    assert "《预算法》第十四条" in capsys.readouterr().out


# --- Real reports ---------------------------------------------------------------------------------------------------


def read(path: Path) -> Document:
    plugins = installed_plugins()
    return parse_source(Source(str(path), path.read_text(encoding="utf-8")), plugins, plugins.knowledge(None))[0]


def test_no_part_of_a_real_report_is_falsely_missing(shared_reports: Path) -> None:
    for path in sorted((*shared_reports.glob("*.html"), shared_reports / "hongshan-2020.md")):
        document = read(path)
        known = completeness(document)
        assert known is not None and known.extent == "whole", path
        assert [*missing_sections(document), *missing_tables(document)] == [], path


def test_the_known_gaps_of_a_real_report_are_found(shared_reports: Path) -> None:
    document = read(shared_reports / "hongshan-2020.md")
    lines = {
        document.source.text.count("\n", 0, finding.span.start) + 1: finding.message
        for finding in missing_disclosures(document)
    }
    assert sorted(lines) == [460, 522]
    assert "年初预算" in lines[460]
