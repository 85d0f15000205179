"""Which table of a form a statement is, by its caption or by what stands in it."""

import pytest

from govlint import parse, recognized_tables
from tests.test_numbers_tables import table

AMOUNTS = "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n207 | 文化旅游体育与传媒支出 | 3.00 | 1.00 | 2.00"


def ids(text: str, title: str = "临江市文化馆2023年度部门决算") -> list[tuple[str, bool]]:
    return [
        (found.form.id, found.named) for found in recognized_tables(parse("report.md", text=f"# {title}\n\n{text}"))
    ]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("收入支出决算总表", "T1"),
        ("2023年度收入支出决算总表（表1）", "T1"),
        ("表一：收入支出决算总表", "T1"),
        ("公开03表 支出决算表", "T3"),
        ("临江市文化馆2023年度支出决算表", "T3"),
        ("临江市文化馆支出决算表", "T3"),
        ("2023年度部门支出决算总表", "T3"),
        ("财政拨款收入支出决算总表", "T4"),
        ("一般公共预算财政拨款支出决算表（表5）", "T5"),
        ("一般公共预算财政拨款基本支出决算明细表", "T6"),
        ("财政拨款三公经费支出决算表", "T7"),
        ("一般公共预算财政拨款 “三公” 经费支出决算表", "T7"),
        ("政府性基金预算财政拨款收入支出决算表", "T8"),
        ("国有资本经营预算财政拨款支出决算表", "T9"),
        ("2024年部门财务收支预算总表", "B1"),
        ("2024年单位收入预算总表", "B2"),
        ("2024年部门一般公共预算基本支出部门预算经济分类预算表", "B6"),
        ("项目支出决算表", "T-projects"),
        ("政府采购支出决算表", "T-procurement"),
        ("政府性基金预算财政拨款基本支出决算表", "T-fund-basic"),
        ("主要经济指标表", None),
    ],
)  # fmt: skip
def test_a_table_is_recognized_by_its_name(caption, expected):
    budget = expected is not None and expected.startswith("B")
    found = ids(table(caption, AMOUNTS), f"临江市文化馆2024年部门{'预算' if budget else '决算'}")
    assert found == ([(expected, True)] if expected else [])


def test_a_table_whose_name_is_lost_is_recognized_by_what_stands_in_it():
    columns = "科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出"
    row = "207 | 文化旅游体育与传媒支出 | 3.00 | 1.00 | 2.00 | | |"
    assert ids(table("部门决算情况", f"{columns}\n{row}")) == [("T3", False)]
    assert ids(table("部门决算情况", AMOUNTS)) == []


def test_a_table_that_is_there_by_name_is_not_recognized_again():
    columns = "科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出"
    row = "207 | 文化旅游体育与传媒支出 | 3.00 | 1.00 | 2.00 | | |"
    text = table("支出决算表", f"{columns}\n{row}") + "\n" + table("有关情况", f"{columns}\n{row}")
    assert ids(text) == [("T3", True)]
