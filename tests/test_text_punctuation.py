"""The rules on marks, numerals and traces of conversion, beyond the examples on their pages."""

from __future__ import annotations

import re
import time
from collections import Counter
from functools import cache
from random import Random

import pytest

from govlint.config import Choices, Configuration, Settings
from govlint.engine import Diagnostic, check_source, installed_plugins
from govlint.rule import Severity
from govlint.source import Source
from tests.generator import LAYOUTS, NothingToMutateError, generate, mutate

RULES = (
    "approximate-number",
    "book-title-marks",
    "bracket-width",
    "brackets",
    "conversion-slip",
    "dash",
    "date-form",
    "decimal-mark",
    "document-number",
    "doubled-punctuation",
    "ellipsis",
    "enumeration-comma",
    "enumeration-mark",
    "full-width-digits",
    "garbled-text",
    "half-width-punctuation",
    "lost-heading-marks",
    "missing-figure",
    "missing-full-stop",
    "negative-change",
    "number-range",
    "numeral-mix",
    "quotes",
    "repeated-paragraph",
    "stray-line",
    "thousands-separators",
    "year-numerals",
)


@cache
def settings() -> Settings:
    return Configuration.of(installed_plugins(), Choices(select=tuple(f"text/{name}" for name in RULES))).settings(
        "x.md"
    )


def found(text: str, path: str = "x.md") -> list[Diagnostic]:
    report = check_source(Source(path, text), installed_plugins(), settings())
    assert not report.failed, report.diagnostics
    return list(report.diagnostics)


def rules(text: str, path: str = "x.md") -> set[str]:
    return {diagnostic.rule.removeprefix("text/") for diagnostic in found(text, path)}


HEAD = "# 2023年度云川市文化馆部门决算\n\n## 一、收入支出决算情况说明\n\n"


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_generated_reports_have_no_error_and_no_warning(layout: str) -> None:
    for seed in range(3):
        report = generate(seed, layout)
        grave = [each for each in found(report.text, f"x{report.suffix}") if each.severity is not Severity.INFO]
        assert grave == []


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_doubled_punctuation_is_found_wherever_it_is_put(layout: str) -> None:
    report = generate(1, layout)
    try:
        mutant = mutate(report, "doubled-punctuation", 1)
    except NothingToMutateError:
        return
    assert "doubled-punctuation" in rules(mutant.text, f"x{report.suffix}")


def _drop(text: str, pattern: str, put: str, random: Random) -> str | None:
    """The text with one match of a pattern, chosen at random, replaced."""
    matches = list(re.finditer(pattern, text))
    if not matches:
        return None
    match = random.choice(matches)
    return text[: match.start()] + put + text[match.end() :]


@pytest.mark.parametrize(
    ("rule", "pattern", "put", "least"),
    [
        ("half-width-punctuation", r"(?<=[一-鿿])，(?=[一-鿿])", ",", 1.0),
        ("brackets", r"（(?=[一-鿿]{1,12}）)", "(", 1.0),
        ("brackets", r"）(?=[一-鿿])", "", 0.9),
        ("quotes", r"”(?=[一-鿿])", "", 1.0),
        ("missing-full-stop", r"。(?=\n\n(?!\d栏|\d\d行)|</p>|\n$)", "", 0.8),
        ("conversion-slip", r"(?<=\d万)(?=元[，。；])", "\n\n", 1.0),
        ("ellipsis", r"(?<=[一-鿿])(?=。)", "…", 1.0),
        ("dash", r"(?<=[一-鿿])，(?=[一-鿿])", "--", 1.0),
        ("enumeration-comma", r"(?<=[一-鿿]费、)(?=[一-鿿]{2})", "和", 1.0),
        ("negative-change", r"(?<=减少)(?=\d)", "-", 1.0),
    ],
)
def test_slips_in_generated_reports_are_found(rule: str, pattern: str, put: str, least: float) -> None:
    hits: Counter[bool] = Counter()
    for layout in list(LAYOUTS)[:: 1 if put == "\n\n" else 3]:
        report = generate(2, layout)
        if put == "\n\n" and report.suffix != ".md":
            continue
        text = _drop(report.text, pattern, put, Random(layout))
        if text is not None:
            before = sum(each.rule == f"text/{rule}" for each in found(report.text, f"x{report.suffix}"))
            after = sum(each.rule == f"text/{rule}" for each in found(text, f"x{report.suffix}"))
            hits[after > before] += 1
    assert hits[True] >= least * hits.total() > 0


def test_a_sentence_cut_by_a_page_number_is_one_sentence_and_two_slips() -> None:
    text = f"{HEAD}2023年度支出合计200.00万元，主要用于因公出国（境）费、\n\n- 12 -\n\n公务用车购置及运行维护费。\n"
    assert [(each.rule, str(each.severity)) for each in found(text)] == [
        ("text/conversion-slip", "warning"),
        ("text/stray-line", "info"),
    ]


def test_lines_that_are_paragraphs_each_are_one_finding() -> None:
    lines = "云川市文化馆认真贯彻落实党中央国务院的决策部署，推进群众文化的|活动蓬勃开展，全年举办展览十二场，培训三十四期，开展送文化|下乡活动二十次，组织文化志愿者深入乡镇、社区开展辅导，群众|满意率不断提高，全年没有发生安全事故，圆满完成了各项任务。"
    text = "<h2>一、总体情况</h2>" + "".join(f"<p>{line}</p>" for line in lines.split("|"))
    (slip,) = (each for each in found(text, "x.html") if each.rule == "text/conversion-slip")
    assert slip.severity is Severity.INFO
    assert len(slip.related) == 2


def test_the_same_style_is_reported_once_with_all_places() -> None:
    text = (
        HEAD
        + "支出1万元,用于展览;其中:一项(含税)、二项（含税）、三项（含税）。\n\n"
        + "收入１万元,比上年增加２万元。\n"
    )
    counts = Counter(each.rule for each in found(text))
    assert set(counts.values()) == {1}
    by_rule = {each.rule: each for each in found(text)}
    assert len(by_rule["text/half-width-punctuation"].related) == 3
    assert len(by_rule["text/full-width-digits"].related) == 1


@pytest.mark.parametrize(
    "words",
    [
        "网址http://www.example.gov.cn/a,,b；邮箱a.b@example.gov.cn，系统名为`a,,b(c`。",
        "27行=(1+2+...+8)行；30行=(27+28+29)行；",
        "编号A-2023-0012，电话0000-1234567，时间8:30，比分3:1，1,234.50万元，版本2.0.1。",
        "“一网通办”、“全覆盖”、《条例》《办法》（云政发〔2021〕5号）。",
        "他说：“完成任务。”会议强调：“推进工作！”",
        "第一、二季度完成，三四个项目，二十一、二十二日举办，1.5万元、2.5万元。",
        "1）组织演出；2）培训骨干；①资料；（1）展览。",
        "满意率95%～98%，20～30人参加，2021—2023年实施，面积100～150平方米。",
        "增减-5.00%，增长率为-5%，节约50余人次的开支，附近20多户受益，近10余年来，预约30多人次。",
        "甲、等级评定、等额选举、等待时间、及时公开、和平路、和谐社区、以及时办结为目标。",
        "云川—白鹭公路，青禾讲坛——走进社区，电话0000--1234567，参数--verbose，第1-3号，2023-2024年。",
        "重5千克，3千瓦，2千米，百分之五，3个百分点，第5百货商店，第三、四季度，三、四年级，二、三名。",
        "版本V2023.5.1，“1.5”小时，“2.0”版，“5·12”防灾减灾日，GB/T 15834-2011，图书……期刊。",
    ],
)
def test_what_is_no_slip(words: str) -> None:
    assert rules(f"{HEAD}{words}\n") <= {"missing-full-stop"}


def test_a_table_is_no_sentence() -> None:
    table = "| 项目 | 金额 |\n|---|---|\n| 一、收入（类 | 1,234.50 |\n| ）支出 | 12 |\n| 合计, | 2023.08.01 |\n"
    assert rules(f"{HEAD}收入合计1,234.50万元。\n\n{table}") == set()


@pytest.mark.parametrize(
    "hostile",
    [
        "（" * 20_000,
        "“”" * 10_000 + "“" * 5_000,
        "，" * 20_000,
        "1." * 20_000,
        "《" * 5_000 + "》" * 10_000,
        "一、" * 20_000,
        "\n\n".join(["（一）、展览，"] * 3_000),
        "二0" * 20_000,
        "5～" * 20_000,
        "…" * 20_000,
        "万-" * 20_000,
        "约5" * 20_000,
        "、和" * 20_000,
        "2023.5" * 10_000,
    ],
)
def test_hostile_text_does_not_hang(hostile: str) -> None:
    start = time.perf_counter()
    check_source(Source("x.md", HEAD + hostile), installed_plugins(), settings())
    assert time.perf_counter() - start < 3


TOLD = "2023年度收入合计200.00万元，其中：财政拨款收入190.00万元，占95.00%。\n\n"
LONE = "积极配合落实《关于进一步提升云川市公共文化服务水平的若干措施》"


@pytest.mark.parametrize(
    ("above", "below", "severity"),
    [
        (TOLD * 9 + "## 九、优化服务\n\n", "\n\n| 序号 | 事项 |\n|---|---|\n| 1 | 开馆 |", "warning"),
        (TOLD * 9 + "## 九、优化服务\n\n", "\n\n## 十、其他\n\n无。", "warning"),
        (TOLD * 9 + "## 九、优化服务\n\n", f"\n\n{TOLD}", ""),
        (TOLD.replace("。", "") * 9 + "## 九、优化服务\n\n", "\n\n## 十、其他\n\n无。", "info"),
        ("## 九、优化服务\n\n", "\n\n## 十、其他\n\n无。", "info"),
    ],
)
def test_a_section_of_one_sentence_needs_a_full_stop(above: str, below: str, severity: str) -> None:
    text = f"# 2023年度云川市文化馆部门决算\n\n## 一、收入情况\n\n{above}{LONE}{below}\n"
    at = text.index(LONE) + len(LONE) - 1
    assert [str(each.severity) for each in found(text) if each.span.start == at] == [severity] * bool(severity)
