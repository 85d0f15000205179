"""Tables drawn with characters, as pandoc writes them."""

import pytest

from govlint.document import Heading, Table
from govlint.parsers import parse
from govlint.source import Source
from tests.documents import broken_promises


def tables(text: str) -> list[list[list[str]]]:
    document = parse(Source("a.md", text))
    assert broken_promises(document) == []
    return [
        [["" if cell is None else cell.text.text for cell in row] for row in block.grid()]
        for block in document.blocks
        if isinstance(block, Table)
    ]


FRAMED = """
单位：万元

+------------------+----------+
| 项目             | 决算数   |
+==================+==========+
| 一、本年**收入** | 1,204.50 |
+------------------+----------+
| 二、事业         |          |
| 收入             |          |
+------------------+----------+

以上。
"""

SIMPLE = """
  科目编码   科目名称         合计       基本支出
  ---------- ---------------- ---------- ----------
  合计                        1,204.50   1,000.00
  205        教育支出         1,204.50   1,000.00
  20502      “两类”普通教育   1,204.50

以上。
"""

ENCLOSED = """
-----------------------------------
项目             年初        年末
名称             结余        结余
-------------- -------- -----------
教育           12.00          13.00
支出

住房公积金                     1.00
-----------------------------------
"""


def test_a_frame() -> None:
    assert tables(FRAMED) == [[["项目", "决算数"], ["一、本年收入", "1,204.50"], ["二、事业收入", ""]]]


def test_columns_ruled_with_dashes() -> None:
    assert tables(SIMPLE) == [
        [
            ["科目编码", "科目名称", "合计", "基本支出"],
            ["合计", "", "1,204.50", "1,000.00"],
            ["205", "教育支出", "1,204.50", "1,000.00"],
            ["20502", "“两类”普通教育", "1,204.50", ""],
        ]
    ]


def test_rows_of_several_lines_between_two_rules() -> None:
    assert tables(ENCLOSED) == [
        [["项目名称", "年初结余", "年末结余"], ["教育支出", "12.00", "13.00"], ["住房公积金", "", "1.00"]]
    ]


def test_cells_that_reach_over_columns() -> None:
    framed = "+------+------+\n| 收入        |\n+------+------+\n| 项目 | 金额 |\n+------+------+\n"
    assert tables(framed) == [[["收入", ""], ["项目", "金额"]]]


@pytest.mark.parametrize(
    "text",
    [
        "第一部分 概况\n-------------\n\n一、主要职责",
        "正文。\n\n---\n\n第二部分 说明 其他",
        "+ 事业收入\n+ 其他收入\n",
        "```\n+----+----+\n| a  | b  |\n+----+----+\n```\n",
        "+----+----+\n+----+----+\n",
        "-- 3 --\n\n合计 3\n",
    ],
)
def test_other_uses_of_the_signs(text: str) -> None:
    assert tables(text) == []


def test_the_attributes_that_pandoc_writes_behind_a_heading_are_no_text() -> None:
    document = parse(Source("a.md", "# 一、总体情况 {#总体情况 .unnumbered}\n\n正文。\n\n## 二、占比{1}\n"))
    assert broken_promises(document) == []
    assert [block.text.text for block in document.blocks if isinstance(block, Heading)] == [
        "一、总体情况",
        "二、占比{1}",
    ]
