"""Numbers in running text."""

import csv
import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from govlint.facts.prose import sentences
from govlint.facts.quantities import Quantity, quantities
from govlint.parsers import parse
from govlint.source import Source


def read(text: str) -> tuple[Quantity, ...]:
    return quantities(parse(Source("report.md", text)))


def short(quantity: Quantity) -> str:
    """``amount 12.50 万元`` with the hedge in brackets."""
    number = "" if quantity.number is None else f" {quantity.number.value}"
    unit = f" {quantity.unit.name}" if quantity.unit else ""
    return f"{quantity.kind}{number}{unit}{f' [{quantity.hedge}]' if quantity.hedge else ''}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本年收入合计 2,554.43 万元，占本年收入 99.94 %。", ["amount 2554.43 万元", "percent 99.94 %"]),
        ("支出１２３．４５万元，下降５．６％。", ["amount 123.45 万元", "percent 5.6 %"]),
        ("支出１，２３４．５０万元。", ["amount 1234.50 万元"]),
        ("支出 2946.25 万 元 ， 其 中办公费 3 元。", ["amount 2946.25 万元", "amount 3 元"]),
        (
            "收入比上年增加3亿元，提高1.5个百分点，另增0.2百分点。",
            ["amount 3 亿元", "percent 1.5 个百分点", "percent 0.2 百分点"],
        ),
        ("接待2批次、26人次，其中外宾0人次。", ["count 2 批次", "count 26 人次", "count 0 人次"]),
        ("单价50万元（含）以上设备0台（套）。", ["amount 50 万元 [（含）以上]", "count 0 台（套）"]),
        ("公开信息5500 余条，网民留言约3万多条。", ["count 5500 条 [余]", "count 3 万条 [多]"]),
        (
            "投资10万余元，不超过20万元，30万元左右。",
            ["amount 10 万元 [余]", "amount 20 万元 [不超过]", "amount 30 万元 [左右]"],
        ),
        ("购置30-50万元的设备。", ["amount 30 万元 [至]", "amount 50 万元"]),
        ("工期3年，延长6个月，15个工作日内办结。", ["time 3 年", "time 6 个月", "time 15 个工作日"]),
        ("面积4000.6平方米，是上年的2倍，得分99.33分。", ["measure 4000.6 平方米", "measure 2 倍", "measure 99.33 分"]),
        ("收入增长-5.2%，结余为-3.50万元。", ["percent -5.2 %", "amount -3.50 万元"]),
        ("与上年相比增长13.95。", ["plain 13.95"]),
        ("政府性基金支出为0；共7大板块。", ["plain 0", "plain 7"]),
        ("共有⼲部3⼈，15⼈次。", ["count 3 人", "count 15 人次"]),
        ("共有1,23.4万元。", ["unreadable 万元"]),
    ],
)
def test_quantities(text: str, expected: list[str]) -> None:
    assert [short(quantity) for quantity in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年度与2022年相比，截至2023年12月31日，8月和1-12月、3月5日。", ["year 2023", "year 2022", "date", "date", "date", "date"]),
        ("二〇二三年度安排2021—2025年规划，2024版。", ["year 2023", "year", "year 2024"]),
        ("科目2010301和301 01、201 06 01、X（204类）Y（06款）。", ["code", "code", "code", "code", "code"]),
        ("见表2、图 1、附件3，第4次会议，2 号提案。", ["ordinal 2", "ordinal 1", "ordinal 3", "ordinal 4", "ordinal 2"]),
        ("1.人员经费；2、公用经费；（3）其他。", ["ordinal 1", "ordinal 2", "ordinal 3"]),
        ("依据云府办〔2021〕30号和国令第711号、云规【2016】168号文。", ["document", "document", "document"]),
        ("电话：0577-88001234，邮编：325000，邮箱：abc163@example.cn。", ["contact", "contact", "contact"]),
        ("5G网络、IPv6改造、W-07地块、PM2.5、版本1.2.3。", ["name", "name", "name", "name", "name"]),
        ("27行=（1+2+3）行；1栏各行=（2+3）栏各行。", []),
    ],
)  # fmt: skip
def test_numbers_that_count_nothing(text: str, expected: list[str]) -> None:
    found = read(text)
    assert [short(quantity) for quantity in found] == expected
    assert not any(quantity.counts for quantity in found)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("涉及3部门。", None),
        ("安排5项目。", None),
        ("共2支出。", None),
        ("超过10元旦礼包。", None),
        ("下属5家单位。", "家"),
        ("共3条。", "条"),
        ("26个领域。", "个"),
    ],
)
def test_a_unit_is_not_the_start_of_a_word(text: str, unit: str | None) -> None:
    (quantity,) = read(text)
    assert (quantity.unit.name if quantity.unit else None) == unit


def test_a_size_without_a_unit_is_told() -> None:
    incomplete, complete = read("国内接待支出 0.39 万（含外宾接待支出 0.00 万元）。")
    assert (incomplete.kind, incomplete.incomplete, complete.incomplete) == ("amount", True, False)
    assert incomplete.unit is not None and incomplete.unit.factor == Decimal(10_000)
    (views,) = read("网站访问量达3.5万。")
    assert (views.kind, views.incomplete) == ("measure", True)


def test_a_number_cut_by_a_page_break_is_whole() -> None:
    text = "## 十一、政府采购支出情况\n\n其中：政府采购工程支出 0.00 万\n\n元、政府采购服务支出 75.26 万元。"
    cut, whole = read(text)
    assert short(cut) == "amount 0.00 万元"
    assert text[slice(*cut.span)] == "0.00 万\n\n元"
    assert text[slice(*cut.number_span)] == "0.00"
    assert text[slice(*whole.span)] == "75.26 万元"


def test_a_number_of_a_list_item_before_a_year() -> None:
    assert [short(quantity) for quantity in read("5．2024年部门预算安排3万元。")] == [
        "ordinal 5",
        "year 2024",
        "amount 3 万元",
    ]


def test_places_are_those_in_the_sentence() -> None:
    document = parse(Source("report.md", "## 一、收入情况\n\n其中：**财政拨款** 12.50 万元；其他收入 3 元。"))
    found = sentences(document)
    for quantity in quantities(document):
        text = found[quantity.sentence].text
        assert text.text[quantity.begin : quantity.end] == quantity.text.text
        assert text.span(quantity.begin, quantity.end) == quantity.span
        assert quantity.number_text.text in quantity.text.text


@given(
    st.integers(0, 10**10),
    st.integers(0, 2),
    st.booleans(),
    st.sampled_from(["", " "]),
    st.sampled_from(["元", "万元", "%"]),
)
def test_what_is_written_is_read(digits: int, decimals: int, grouped: bool, space: str, unit: str) -> None:
    value = Decimal(digits).scaleb(-decimals)
    text = f"本年支出{space}{value:{',' if grouped else ''}.{decimals}f}{space}{unit}，与上年持平。"
    (quantity,) = read(text)
    assert quantity.number is not None and quantity.unit is not None
    assert (quantity.number.value, quantity.number.decimals, quantity.unit.name) == (value, decimals, unit)


@pytest.mark.parametrize(
    "text", ["支出12" + " " * 40_000 + "万", "支出" + "1" * 40_000, "1," * 40_000, "a" * 40_000 + "@1", "1.2" * 20_000]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    assert len(read(text + "。")) < 5


def test_every_claim_of_a_real_report_is_found(shared_reports: Path) -> None:
    source = Source.read(shared_reports / "hongshan-2020.md")
    found: dict[int, set[str]] = defaultdict(set)
    for quantity in quantities(parse(source)):
        if quantity.counts:
            found[source.position(quantity.number_span.start).line].add(quantity.number_text.text)
    with (shared_reports / "CLEAN.tsv").open(encoding="utf-8", newline="") as file:
        for claim in csv.DictReader(file, delimiter="\t"):
            numbers = re.findall(r"\d[\d,]*\.?\d*", claim["quote"])
            if claim["kind"] != "table-note-formula" and not claim["kind"].startswith("relation") and numbers:
                assert numbers[-1] in found[int(claim["line"])], claim["quote"]
