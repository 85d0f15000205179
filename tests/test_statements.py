"""Tables as statements: the same table in every notation, and each shape that reports and converters give them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, strategies as st

from govlint.facts.statements import Lane, Row, Statement, statements
from govlint.parsers import parse
from govlint.source import Source


class Span(NamedTuple):
    """A cell over several rows or columns."""

    text: str
    rows: int = 1
    columns: int = 1


Grid = Sequence[Sequence[str | Span]]


def flat(grid: Grid) -> list[list[str]]:
    """The grid as converters leave it: the places that a span covers are empty cells."""
    width = sum(cell.columns if isinstance(cell, Span) else 1 for cell in grid[0])
    rows: list[list[str | None]] = [[None] * width for _ in grid]
    for row, cells in enumerate(grid):
        for cell in cells:
            span = cell if isinstance(cell, Span) else Span(cell)
            column = rows[row].index(None)
            for r in range(row, row + span.rows):
                rows[r][column : column + span.columns] = [""] * span.columns
            rows[row][column] = span.text
    return [[text or "" for text in row] for row in rows]


def tabs(grid: Grid) -> str:
    return "\n".join("\t".join(row) for row in flat(grid))


def pipes(grid: Grid) -> str:
    head, *body = ["| " + " | ".join(row) + " |" for row in flat(grid)]
    return "\n".join([head, "|" + "---|" * len(flat(grid)[0]), *body])


def html(grid: Grid) -> str:
    def cell(one: str | Span) -> str:
        span = one if isinstance(one, Span) else Span(one)
        extent = f' rowspan="{span.rows}"' * (span.rows > 1) + f' colspan="{span.columns}"' * (span.columns > 1)
        return f"<td{extent}>{escape(span.text)}</td>"

    return "<table>" + "".join("<tr>" + "".join(map(cell, row)) + "</tr>\n" for row in grid) + "</table>"


NOTATIONS = {"tabs": tabs, "pipes": pipes, "html": html}


def read(text: str, name: str = "report.md") -> tuple[Statement, ...]:
    return statements(parse(Source(name, text)))


def read_one(
    grid: Grid, notation: str = "pipes", *, above: str = "支出决算表\n\n单位：万元", below: str = ""
) -> Statement:
    (statement,) = read(f"{above}\n\n{NOTATIONS[notation](grid)}\n\n{below}\n")
    return statement


def columns(lane: Lane) -> list[str]:
    """``code:科目编码``, ``value#1:合计``: role, 栏次, header path."""
    return [f"{c.role}{'' if c.number is None else f'#{c.number}'}:{c.name}" for c in lane.columns]


def cells(row: Row) -> list[str]:
    """What the value cells hold: the number, or the state."""
    return [str(value.number.value) if value.number else value.state for value in row.values]


def rows(lane: Lane) -> list[str]:
    """``201 教育支出 1.00 blank``: line, code, label and cells of each row."""
    return [" ".join(str(x) for x in (row.line, row.code, row.label, *cells(row)) if x) for row in lane.rows]


def essence(statement: Statement) -> object:
    """All that is understood of a table, without places."""
    return (
        (statement.caption, statement.number, statement.year, statement.unit, statement.numeric),
        [body.text for body in statement.bodies],
        [note.text.text for note in statement.notes],
        [
            (
                lane.title,
                [(c.role, c.header, c.number, c.unit) for c in lane.columns],
                [(r.line, r.code, r.ordinal, r.label, r.path, r.role, cells(r)) for r in lane.rows],
            )
            for lane in statement.lanes
        ],
    )


# --- The tables of final accounts -----------------------------------------------------------------------------------

T1: Grid = [
    [Span("收入", columns=3), Span("支出", columns=3)],
    ["项目", "行次", "金额", "项目", "行次", "金额"],
    ["栏次", "", "1", "栏次", "", "2"],
    ["一、一般公共预算财政拨款收入", "1", "1,200.50", "一、一般公共服务支出", "31", "900.25"],
    ["二、其他收入", "2", "", "二、教育支出", "32", "300.25"],
    ["", "3", "", "三、国防支出", "33", ""],
    ["本年收入合计", "27", "1,200.50", "本年支出合计", "57", "1,200.50"],
    ["总 计", "30", "1,200.50", "总 计", "60", "1,200.50"],
]
T2: Grid = [
    [Span("项目", columns=4), Span("本年收入合计", rows=2), Span("财政拨款收入", rows=2), Span("其他收入", rows=2)],
    [Span("功能分类科目编码", columns=3), "科目名称"],
    ["类", "款", "项", "栏次", "1", "2", "3"],
    ["", "", "", "合计", "5.00", "4.00", "1.00"],
    ["205", "", "", "教育支出", "5.00", "4.00", "1.00"],
    ["20502", "", "", "普通教育", "5.00", "4.00", "1.00"],
    ["2050203", "", "", "初中教育", "5.00", "4.00", "1.00"],
]
T6: Grid = [
    [Span("人员经费", columns=3), Span("公用经费", columns=6)],
    ["科目编码", "科目名称", "决算数", *["科目编码", "科目名称", "决算数"] * 2],
    ["301", "工资福利支出", "80.00", "302", "商品和服务支出", "12.00", "310", "资本性支出", "3.00"],
    ["30101", "基本工资", "80.00", "30201", "办公费", "12.00", "31002", "办公设备购置", "3.00"],
    ["", "", "", "30202", "印刷费", "", "", "", ""],
    [Span("人员经费合计", columns=2), "80.00", Span("公用经费合计", columns=5), "15.00"],
]
T7: Grid = [
    [Span("预算数", columns=6), Span("决算数", columns=6)],
    [
        Span("合计", rows=2),
        Span("因公出国（境）费", rows=2),
        Span("公务用车购置及运行费", columns=3),
        Span("公务接待费", rows=2),
    ]
    * 2,
    ["小计", "购置费", "运行费"] * 2,
    [str(number) for number in range(1, 13)],
    ["4.20", "0.00", "4.20", "0.00", "4.20", "0.00", "2.49", "", "2.49", "", "2.49", ""],
]
T8: Grid = [
    [
        Span("项目", columns=4),
        Span("年初结转和结余", rows=2),
        Span("本年支出", columns=3),
        Span("年末结转和结余", rows=2),
    ],
    [Span("功能分类科目编码", columns=3), "科目名称", "小计", "基本支出", "项目支出"],
    ["类", "款", "项", "栏次", "1", "2", "3", "4", "5"],
    [Span("合 计", columns=4), "", "", "", "", ""],
]
FINAL_ACCOUNTS = {"T1": T1, "T2": T2, "T6": T6, "T7": T7, "T8": T8}


@pytest.mark.parametrize("notation", ["tabs", "pipes"])
@pytest.mark.parametrize("name", FINAL_ACCOUNTS)
def test_notations_give_equal_statements(name: str, notation: str) -> None:
    grid = FINAL_ACCOUNTS[name]
    assert essence(read_one(grid, notation)) == essence(read_one(grid, "html"))


def test_income_and_spending_are_lanes_with_their_own_line_numbers() -> None:
    statement = read_one(T1, "tabs")
    income, spending = statement.lanes
    assert (income.title, spending.title) == ("收入", "支出")
    assert columns(income) == ["label:收入/项目", "line:收入/行次", "value#1:收入/金额"]
    assert columns(spending) == ["label:支出/项目", "line:支出/行次", "value#2:支出/金额"]
    assert rows(income)[0] == "1 一般公共预算财政拨款收入 1200.50"
    assert rows(spending) == [
        "31 一般公共服务支出 900.25",
        "32 教育支出 300.25",
        "33 国防支出 blank",
        "57 本年支出合计 1200.50",
        "60 总计 1200.50",
    ]
    assert [row.role for row in spending.rows] == ["item", "item", "item", "total", "total"]
    assert [row.ordinal for row in spending.rows] == ["一、", "二、", "三、", "", ""]
    line = statement.by_line(57)
    assert line is not None and line.label == "本年支出合计"
    assert statement.by_line(4) is None


def test_codes_and_column_numbers() -> None:
    statement = read_one(T2)
    (lane,) = statement.lanes
    assert columns(lane) == [
        "code:项目/功能分类科目编码/类",
        "code:项目/功能分类科目编码/款",
        "code:项目/功能分类科目编码/项",
        "label:项目/科目名称",
        "value#1:本年收入合计",
        "value#2:财政拨款收入",
        "value#3:其他收入",
    ]
    assert rows(lane)[-1] == "2050203 初中教育 5.00 4.00 1.00"
    column = statement.by_column_number(3)
    assert column is not None and column.name == "其他收入" and column.unit == statement.unit
    row = lane.rows[1]
    value = row.value(column)
    assert value is not None and value.number is not None and value.number.value == 1
    assert row.code_cell is not None and row.code_cell.text.text == "205"
    assert row.label_cell is not None and row.label_cell.text.text == "教育支出"


def test_a_header_that_lost_a_column_is_aligned_with_the_values() -> None:
    shifted = [
        ["项目", "", "", "本年收入合计", "财政拨款收入", "其他收入", ""],
        ["功能分类科目编码", "科目名称", "", "", "", "", ""],
        *flat(T2)[2:],
    ]
    assert essence(read_one(shifted, "tabs")) == essence(read_one(T2, "tabs"))
    lines = enumerate(tabs(T2).split("\n"))
    unfilled = "\n".join("\t".join(filter(None, line.split("\t"))) if n < 2 else line for n, line in lines)
    (statement,) = read(f"支出决算表\n\n单位：万元\n\n{unfilled}\n")
    assert essence(statement) == essence(read_one(T2, "tabs"))
    two_rows = [
        ["项目", "", "", "年初结转和结余", "本年支出", "", "", "年末结转和结余", ""],
        ["功能分类科目编码", "科目名称", "", "", "小计", "基本支出", "项目支出", "", ""],
        *flat(T8)[2:],
    ]
    assert essence(read_one(two_rows, "tabs")) == essence(read_one(T8, "tabs"))


def test_three_lanes_of_which_two_are_one_side() -> None:
    staff, running, capital = read_one(T6, "html").lanes
    assert [lane.title for lane in (staff, running, capital)] == ["人员经费", "公用经费", "公用经费"]
    assert rows(running) == ["302 商品和服务支出 12.00", "30201 办公费 12.00", "30202 印刷费 blank"]
    assert rows(capital) == ["310 资本性支出 3.00", "31002 办公设备购置 3.00", "公用经费合计 15.00"]
    assert staff.rows[-1].role == capital.rows[-1].role == "total"


def test_two_blocks_of_values_are_one_row_with_header_paths() -> None:
    (lane,) = read_one(T7, "tabs").lanes
    assert columns(lane)[3] == "value#4:预算数/公务用车购置及运行费/购置费"
    assert columns(lane)[11] == "value#12:决算数/公务接待费"
    assert [cells(row) for row in lane.rows] == [
        ["4.20", "0.00", "4.20", "0.00", "4.20", "0.00", "2.49", "blank", "2.49", "blank", "2.49", "blank"]
    ]


def test_an_empty_table_keeps_its_columns() -> None:
    (lane,) = read_one(T8, "pipes").lanes
    assert columns(lane)[4:] == [
        "value#1:年初结转和结余",
        "value#2:本年支出/小计",
        "value#3:本年支出/基本支出",
        "value#4:本年支出/项目支出",
        "value#5:年末结转和结余",
    ]
    assert rows(lane) == ["合计 blank blank blank blank blank"]
    assert lane.rows[0].role == "total"


def test_words_that_a_converter_spread_over_cells() -> None:
    grid = [
        ["项", "", "", "目", "本年支出", ""],
        ["功能分类科目编码", "", "", "科目名称", "合计", "基本支出"],
        ["类", "款", "项", "栏次", "1", "2"],
        ["合", "", "", "计", "", ""],
    ]
    (lane,) = read_one(grid, "tabs").lanes
    assert columns(lane)[3:] == ["label:项目/科目名称", "value#1:本年支出/合计", "value#2:本年支出/基本支出"]
    assert rows(lane) == ["合计 blank blank"]


def test_a_total_that_was_merged_with_the_last_header_row_is_no_header() -> None:
    grid = [
        ["项目", "", "本年收入", "本年支出", "", "年末结转和结余"],
        ["功能分类科目编码", "科目名称", "", "", "", ""],
        ["合计", "", "", "小计", "基本支出", ""],
        ["", "", "", "", "", ""],
    ]
    (lane,) = read_one(grid).lanes
    assert columns(lane) == [
        "code:项目/功能分类科目编码",
        "label:项目/科目名称",
        "value:本年收入",
        "value:本年支出/小计",
        "value:本年支出/基本支出",
        "value:年末结转和结余",
    ]
    assert lane.rows == ()


# --- Budgets --------------------------------------------------------------------------------------------------------

BUDGET: Grid = [
    [Span("项目", columns=4), Span("支出预算", columns=2)],
    [
        Span("功能分类科目编码", columns=3),
        Span("功能分类科目名称", rows=2),
        Span("合计", rows=2),
        Span("基本支出", rows=2),
    ],
    ["类", "款", "项"],
    ["205", "", "", "教育支出", "2,932,700", "0"],
    ["205", "02", "", "普通教育", "2,932,700", "0"],
    ["205", "02", "3", "初中教育", "2,932,700", "0"],
    [Span("合计", columns=4), "2,932,700", "0"],
]
ABOVE_BUDGET = "2024年部门支出预算总表\n\n编制部门：云川市青禾区文化局 单位：元"


@pytest.mark.parametrize("notation", NOTATIONS)
def test_codes_in_three_cells_and_caption_lines(notation: str) -> None:
    statement = read_one(BUDGET, notation, above=ABOVE_BUDGET)
    assert (statement.caption, statement.year, statement.unit and statement.unit.name) == (
        "部门支出预算总表",
        2024,
        "元",
    )
    assert [body.text for body in statement.bodies] == ["编制部门：云川市青禾区文化局"]
    (lane,) = statement.lanes
    assert rows(lane) == [
        "205 教育支出 2932700 0",
        "20502 普通教育 2932700 0",
        "2050203 初中教育 2932700 0",
        "合计 2932700 0",
    ]
    assert [c.unit and c.unit.name for c in lane.value_columns] == ["元", "元"]


def test_codes_of_merged_cells_are_those_above() -> None:
    grid = [
        *flat(BUDGET)[:4],
        ["", "02", "", "普通教育", "1", ""],
        ["", "", "03", "初中教育", "1", ""],
        ["206", "", "", "科技", "", ""],
    ]
    assert [row.code for row in read_one(grid).lanes[0].rows] == ["205", "20502", "2050203", "206"]


@pytest.mark.parametrize(
    ("first", "code", "label"),
    [
        ("205教育支出", "205", "教育支出"),
        ("20502 普通教育", "20502", "普通教育"),
        ("[2050203]初中教育", "2050203", "初中教育"),
        ("2021年项目", None, "2021年项目"),
        ("100万元以上设备", None, "100万元以上设备"),
    ],
)
def test_a_code_before_the_label(first: str, code: str | None, label: str) -> None:
    (lane,) = read_one([["科目", "合计"], [first, "1.00"]]).lanes
    assert (lane.rows[0].code, lane.rows[0].label) == (code, label)


def test_codes_with_spaces() -> None:
    (lane,) = read_one(
        [["经济分类科目编码", "科目名称", "决算数"], ["301", "工资", "2.00"], ["301 01", "基本工资", "2.00"]]
    ).lanes
    assert [row.code for row in lane.rows] == ["301", "30101"]


def test_numbered_parts_are_parts() -> None:
    grid = [
        ["本年收入", "", "本年支出", ""],
        ["项目", "预算数", "项目", "预算数"],
        ["一、财政拨款收入", "9", "一、教育支出", "9"],
        ["1. 一般公共预算资金", "8", "", ""],
        ["其中：非税收入", "1", "", ""],
        ["二、其他收入", "", "", ""],
        ["收入总计", "9", "支出总计", "9"],
    ]
    income, spending = read_one(grid).lanes
    assert [(row.label, row.role) for row in income.rows] == [
        ("财政拨款收入", "item"),
        ("一般公共预算资金", "part"),
        ("非税收入", "part"),
        ("其他收入", "item"),
        ("收入总计", "total"),
    ]
    assert [row.index for row in spending.rows] == [0, 4]


def test_what_breaks_down_an_item_without_number_is_part_of_it() -> None:
    names = [
        "一、一般公共预算财政拨款",
        "二、政府性基金预算财政拨款",
        "本年收入合计",
        "年初结转和结余",
        "一般公共预算财政拨款",
        "政府性基金预算财政拨款",
        "总计",
    ]
    (lane,) = read_one([["项目", "决算数"], *([name, "1.00"] for name in names)]).lanes
    assert [row.role for row in lane.rows] == ["item", "item", "total", "item", "part", "part", "total"]


# --- Pages ----------------------------------------------------------------------------------------------------------

PAGE = [["科目编码", "科目名称", "合计"], ["205", "教育支出", "2.00"]]
NEXT = [["207", "文化支出", "3.00"], ["合计", "", "5.00"]]


@pytest.mark.parametrize(
    ("between", "second"),
    [
        ("- 12 -", NEXT),
        ("- 12 -", [PAGE[0], *NEXT]),
        ("支出决算表（续）\n\n单位：万元", [PAGE[0], *NEXT]),
    ],
)
def test_a_table_goes_on_on_the_next_page(between: str, second: Grid) -> None:
    (statement,) = read(
        f"支出决算表\n\n单位：万元\n\n{pipes(PAGE)}\n\n{between}\n\n{pipes(second)}\n\n注：本表反映支出情况。\n"
    )
    assert len(statement.tables) == 2
    assert rows(statement.lanes[0]) == ["205 教育支出 2.00", "207 文化支出 3.00", "合计 5.00"]
    assert [row.index for row in statement.lanes[0].rows] == [0, 1, 2]
    assert [note.text.text for note in statement.notes] == ["注：本表反映支出情况。"]


def test_a_total_row_alone_on_the_next_page_is_aligned_with_the_values() -> None:
    text = f"<p>支出预算总表</p><p>单位：元</p>{html(BUDGET[:-1])}<table><tr><td>合计</td><td>2,932,700</td><td>0</td></tr></table>"
    (statement,) = read(text, "report.html")
    assert rows(statement.lanes[0])[-1] == "合计 2932700 0"


def test_another_header_or_another_caption_begins_another_table() -> None:
    text = (
        f"支出决算表\n\n单位：万元\n\n{pipes(PAGE)}\n\n{{}}\n\n{pipes([['科目编码', '科目名称', '基本支出'], *NEXT])}\n"
    )
    assert len(read(text.format("- 3 -"))) == 2
    same = f"支出决算表\n\n{pipes(PAGE)}\n\n收入决算表\n\n{pipes([PAGE[0], *NEXT])}\n"
    assert [statement.caption for statement in read(same)] == ["支出决算表", "收入决算表"]


def test_caption_meta_and_notes_inside_the_grid_and_a_header_that_comes_again() -> None:
    head = [
        ["2023年度支出决算表", "", "公开03表"],
        ["部门：云川市青禾区文化馆", "", "单位：万元"],
        ["科目编码", "科目名称", "合计"],
    ]
    grid = [*head, PAGE[1], *head, *NEXT, ["注：本表反映支出情况。", "", ""], ["1栏各行=2栏各行。", "", ""]]
    statement = read_one(grid, above="")
    assert (statement.caption, statement.number, statement.year) == ("支出决算表", 3, 2023)
    assert statement.unit is not None and statement.unit.name == "万元"
    assert {body.text for body in statement.bodies} == {"部门：云川市青禾区文化馆"}
    assert rows(statement.lanes[0]) == ["205 教育支出 2.00", "207 文化支出 3.00", "合计 5.00"]
    assert [note.text.text for note in statement.notes] == ["注：本表反映支出情况。", "1栏各行=2栏各行。"]


# --- The lines around a table ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "caption", "number", "year"),
    [
        ("2023年度收入决算表（表2）", "收入决算表", 2, 2023),
        ("# 2023年度收入决算表(表 2)", "收入决算表", 2, 2023),
        ("表二：收入决算表", "收入决算表", 2, None),
        ("（二）收入决算表", "收入决算表", None, None),
        ("公开02表\n\n收入决算表", "收入决算表", 2, None),
        ("二〇二三年度收入决算表", "收入决算表", None, 2023),
        ("收 入 决 算 表", "收入决算表", None, None),
    ],
)
def test_captions(line: str, caption: str, number: int | None, year: int | None) -> None:
    statement = read_one(PAGE, above=f"## 第二部分 2023年度部门决算表\n\n{line}\n\n部门：云川市文化馆\n\n单位：万元")
    assert (statement.caption, statement.number, statement.year) == (caption, number, year)
    assert statement.caption_text is not None and statement.caption_text.text in line


def test_all_lines_that_name_a_body_are_kept_with_their_places() -> None:
    text = f"支出决算表\n\n部门：云川市文化馆\n\n单位：万元\n\n部门：临江市文化馆\n\n{pipes(PAGE)}\n"
    (statement,) = read(text)
    assert [text[slice(*body.whole)] for body in statement.bodies] == ["部门：云川市文化馆", "部门：临江市文化馆"]
    assert statement.unit_text is not None and text[slice(*statement.unit_text.whole)] == "单位：万元"


def test_a_unit_holds_for_the_tables_after_it_in_the_same_part() -> None:
    text = f"## 第二部分 决算表\n\n收入决算表\n\n金额单位：元\n\n{pipes(PAGE)}\n\n支出决算表\n\n{pipes(PAGE)}\n\n## 第四部分 附件\n\n资产情况表\n\n{pipes(PAGE)}\n"
    assert [statement.unit and statement.unit.name for statement in read(text)] == ["元", "元", None]
    assert [statement.unit_text is not None for statement in read(text)] == [True, False, False]


def test_units_in_headers() -> None:
    grid = [
        ["项目", "数量（辆）", "金额（万元）", "完成率（%）", "占比", "户数"],
        ["车辆", "3", "45.20", "90.00", "45.0%", "7"],
    ]
    (lane,) = read_one(grid, above="资产情况表\n\n单位：元").lanes
    assert [(c.name, c.unit and c.unit.name) for c in lane.value_columns] == [
        ("数量", "辆"),
        ("金额", "万元"),
        ("完成率", "%"),
        ("占比", "%"),
        ("户数", None),
    ]
    share = lane.rows[0].values[3]
    assert share.number is not None and share.number.value == Decimal("45.0") and share.unit is not None


# --- Values ---------------------------------------------------------------------------------------------------------


def test_blank_nothing_number_and_unreadable_are_four_things() -> None:
    grid = [
        ["项目", "金额"],
        *(
            [f"第{n}项", text]
            for n, text in enumerate(
                ["", "—", "/", "无", "0.00", "１，２３４．５", "－3.00", "1,23.4", "(5.00)", "<b>2,554.43</b>"]
            )
        ),
    ]
    (lane,) = read_one(grid).lanes
    assert [cells(row)[0] for row in lane.rows] == [
        *["blank", "zero", "zero", "zero", "0.00", "1234.5", "-3.00", "unreadable", "unreadable", "2554.43"]
    ]


def test_a_table_of_words_is_not_numeric() -> None:
    grid = [
        ["序号", "重要事项", "工作内容及目标", "完成情况"],
        ["1", "视频会议保障", "覆盖率 100%", "完成"],
        ["2", "信息安全", "", "完成"],
    ]
    above = f"## 第二部分 决算表\n\n收入表\n\n单位：万元\n\n{pipes(PAGE)}\n\n重点工作完成情况如下："
    _, statement = read(f"{above}\n\n{pipes(grid)}\n")
    assert not statement.numeric and statement.unit is None
    assert columns(statement.lanes[0]) == ["line:序号", "label:重要事项", "text:工作内容及目标", "text:完成情况"]


def test_remarks_are_no_values() -> None:
    grid = [
        ["单位名称", "项目名称", "金额", "备注"],
        ["云川市文化馆", "展览", "12.00", "新增"],
        ["", "培训", "3.00", ""],
        ["", "合计", "15.00", ""],
    ]
    (lane,) = read_one(grid).lanes
    assert columns(lane) == ["label:单位名称", "label:项目名称", "value:金额", "text:备注"]
    assert [row.path for row in lane.rows] == [("云川市文化馆", "展览"), ("云川市文化馆", "培训"), ("合计",)]


def test_years_down_the_first_column_are_labels() -> None:
    (lane,) = read_one([["年份", "收入", "支出"], ["2022", "1.00", "2.00"], ["2023", "3.00", "4.00"]]).lanes
    assert rows(lane) == ["2022 1.00 2.00", "2023 3.00 4.00"]


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    (lane,) = read_one(
        [["项⽬", "⾏次", "⾦额（万元）"], ["⼀、⼯资福利⽀出", "1", "2.00"], ["合计", "2", "2.00"]]
    ).lanes
    assert columns(lane) == ["label:项目", "line:行次", "value:金额"]
    assert rows(lane) == ["1 工资福利支出 2.00", "2 合计 2.00"]


@pytest.mark.parametrize("table", ["一句很长的话被转换工具放进了表格里，\n一行是一格。", "目录"])
def test_a_table_of_one_column_is_no_statement(table: str) -> None:
    assert (
        read("<table>" + "".join(f"<tr><td>{line}</td></tr>" for line in table.split("\n")) + "</table>", "a.html")
        == ()
    )


# --- The forms of the annual report ---------------------------------------------------------------------------------


def test_forms_below_each_other_are_lanes() -> None:
    grid: Grid = [
        [Span("第二十条 第（一）项", columns=4)],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["行政规范性文件", "8", "26", "66"],
        [Span("第二十条 第（五）项", columns=4)],
        ["信息内容", Span("本年处理决定数量", columns=3)],
        ["行政许可", Span("447228", columns=3)],
        [Span("第二十条 第（六）项", columns=4)],
        ["信息内容", Span("本年处理决定数量", columns=3)],
        ["行政处罚", Span("3985", columns=3)],
        ["行政强制", Span("88", columns=3)],
        [Span("第二十条 第（八）项", columns=4)],
        ["信息内容", Span("本年收费金额（单位：万元）", columns=3)],
        ["行政事业性收费", Span("96171.6", columns=3)],
    ]
    for notation in NOTATIONS:
        statement = read_one(grid, notation, above="二、主动公开政府信息情况")
        assert statement.caption == "主动公开政府信息情况"
        assert [lane.title for lane in statement.lanes] == [f"第二十条第（{n}）项" for n in "一五六八"]
        assert [rows(lane) for lane in statement.lanes] == [
            ["行政规范性文件 8 26 66"],
            ["行政许可 447228"],
            ["行政处罚 3985", "行政强制 88"],
            ["行政事业性收费 96171.6"],
        ]
        fee = statement.lanes[3].value_columns[0]
        assert (fee.name, fee.unit and fee.unit.name) == ("本年收费金额", "万元")


def test_a_form_whose_title_stands_at_the_end_of_the_page_before() -> None:
    first = [
        ["第二十条第（一）项", "", ""],
        ["信息内容", "本年制发件数", "现行有效件数"],
        ["规章", "0", "1"],
        ["第二十条第（六）项", "", ""],
    ]
    second = [["信息内容", "本年处理决定数量"], ["行政处罚", "41"]]
    (statement,) = read(f"<p>二、主动公开政府信息情况</p>{html(first)}{html(second)}", "a.html")
    assert [(lane.title, rows(lane)) for lane in statement.lanes] == [
        ("第二十条第（一）项", ["规章 0 1"]),
        ("第二十条第（六）项", ["行政处罚 41"]),
    ]


APPLICATIONS: Grid = [
    [
        Span("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", rows=3, columns=3),
        Span("申请人情况", columns=4),
    ],
    [Span("自然人", rows=2), Span("法人或其他组织", columns=2), Span("总计", rows=2)],
    ["商业企业", "其他"],
    [Span("一、本年新收政府信息公开申请数量", columns=3), "30", "5", "0", "35"],
    [Span("二、上年结转政府信息公开申请数量", columns=3), "3", "0", "0", "3"],
    [Span("三、本年度办理结果", rows=5), Span("（一）予以公开", columns=2), "12", "2", "0", "14"],
    [Span("（三）不予公开", rows=2), "1.属于国家秘密", "2", "0", "0", "2"],
    ["2.属于行政查询事项", "10", "1", "0", "11"],
    [Span("（四）无法提供", rows=1), "1.本机关不掌握相关政府信息", "6", "1", "0", "7"],
    [Span("（七）总计", columns=2), "30", "4", "0", "34"],
    [Span("四、结转下年度继续办理", columns=3), "3", "1", "0", "4"],
]


def test_labels_in_three_columns_are_paths() -> None:
    read_in = [read_one(APPLICATIONS, notation, above="三、收到和处理政府信息公开申请情况") for notation in NOTATIONS]
    assert essence(read_in[0]) == essence(read_in[1]) == essence(read_in[2])
    (lane,) = read_in[0].lanes
    assert [c.name for c in lane.value_columns] == [
        "申请人情况/自然人",
        "申请人情况/法人或其他组织/商业企业",
        "申请人情况/法人或其他组织/其他",
        "申请人情况/总计",
    ]
    assert ["/".join(row.path) for row in lane.rows] == [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果/（一）予以公开",
        "三、本年度办理结果/（三）不予公开/1.属于国家秘密",
        "三、本年度办理结果/（三）不予公开/2.属于行政查询事项",
        "三、本年度办理结果/（四）无法提供/1.本机关不掌握相关政府信息",
        "三、本年度办理结果/（七）总计",
        "四、结转下年度继续办理",
    ]
    assert [row.role for row in lane.rows][-2:] == ["total", "item"]
    assert (lane.rows[3].ordinal, lane.rows[3].label) == ("1.", "属于国家秘密")


def test_a_group_label_cut_by_a_page_break_is_whole() -> None:
    grid = flat(APPLICATIONS)
    first = [*grid[:8], ["", "（四）无", "1.本机关不掌握相关政府信息", *grid[8][3:]]]
    second = [["", "法提供", "2.没有现成信息需要另行制作", "1", "0", "0", "1"], *grid[9:]]
    (statement,) = read(f"<p>三、收到和处理政府信息公开申请情况</p>{html(first)}{html(second)}", "a.html")
    groups = [row.path[1] for row in statement.lanes[0].rows if len(row.path) == 3]
    assert groups == ["（三）不予公开", "（三）不予公开", "（四）无法提供", "（四）无法提供"]


@pytest.mark.parametrize("misplaced", [5, 6, 8, 9])
def test_a_header_that_a_converter_set_too_far_right(misplaced: int) -> None:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    top = ["行政复议", *[""] * 14]
    top[misplaced] = "行政诉讼"
    grid = [
        top,
        [*results, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
        [*[""] * 5, *results, *results],
        [str(number) for number in (10, 1, 0, 2, 13, 3, 0, 0, 1, 4, 5, 0, 0, 0, 5)],
    ]
    (lane,) = read_one(grid, above="四、政府信息公开行政复议、行政诉讼情况").lanes
    assert [c.name for c in lane.columns] == [
        *(f"行政复议/{name}" for name in results),
        *(f"行政诉讼/未经复议直接起诉/{name}" for name in results),
        *(f"行政诉讼/复议后起诉/{name}" for name in results),
    ]


# --- Whatever the numbers -------------------------------------------------------------------------------------------

amounts = st.one_of(
    st.sampled_from(["", "0.00", "-", "—", "无"]),
    st.builds(
        lambda value, comma: f"{value:{',' if comma else ''}.2f}", st.decimals(0, 10**7, places=2), st.booleans()
    ),
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["205", "20502", "2050203", "301"]),
            st.sampled_from(["教育支出", "办公费", "其他（含党费）"]),
            st.lists(amounts, min_size=3, max_size=3),
        ),
        max_size=6,
    ),
    st.booleans(),
    st.booleans(),
)
def test_the_same_table_in_every_notation(
    items: list[tuple[str, str, list[str]]], numbered: bool, total_first: bool
) -> None:
    header: list[list[str | Span]] = [
        [Span("项目", columns=2), Span("本年支出", columns=3)],
        ["功能分类科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ]
    numbering: list[list[str | Span]] = [["", "栏次", "1", "2", "3"]] if numbered else []
    body: list[list[str | Span]] = [[code, name, *values] for code, name, values in items]
    total: list[list[str | Span]] = [[Span("合 计", columns=2), "1.00", "1.00", ""]]
    grid = [*header, *numbering, *(total + body if total_first else body + total)]
    found = [essence(read_one(grid, notation)) for notation in NOTATIONS]
    assert found[0] == found[1] == found[2]
    (lane,) = read_one(grid, "html").lanes
    listed = [row for row in lane.rows if row.role != "total"]
    assert [(row.code, row.label) for row in listed] == [(code, name) for code, name, _ in items]
    assert [[value.cell.text.text for value in row.values] for row in listed] == [values for *_, values in items]
    assert len(lane.rows) == len(items) + 1


@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "合计", "项目", "1", "2.00", "栏次", "注：", "收入", "205", "单位：元", "一、"]),
            min_size=1,
            max_size=7,
        ),
        min_size=1,
        max_size=7,
    )
)
def test_no_grid_is_too_odd(grid: list[list[str]]) -> None:
    width = max(map(len, grid))
    padded = [row + [""] * (width - len(row)) for row in grid]
    for notation in NOTATIONS.values():
        for statement in read(f"收入表\n\n{notation(padded)}\n"):
            for lane in statement.lanes:
                indices = {column.index for column in lane.value_columns}
                assert all(value.column.index in indices for value in lane.values())


def test_a_long_table_is_read_whole() -> None:
    body = [[f"{2010000 + number}", f"项目{number}", f"{number}.00"] for number in range(5000)]
    statement = read_one([["科目编码", "科目名称", "合计"], *body], "tabs")
    assert len(statement.lanes[0].rows) == 5000


@pytest.mark.parametrize(
    "text",
    [
        "单位：" + " " * 40_000 + "元",
        "（" * 40_000,
        "1" * 40_000 + "x",
        "1" + " " * 40_000 + "2",
        "部门：" + "甲 " * 20_000,
    ],
)
def test_hostile_cells_take_no_time(text: str) -> None:
    assert read(html([["项目", "金额"], [text, text], ["合计", text]]), "a.html")


# --- Real reports ---------------------------------------------------------------------------------------------------


def test_real_final_accounts(shared_reports: Path) -> None:
    found = statements(parse(Source.read(shared_reports / "hongshan-2020.md")))
    assert [statement.number for statement in found] == [1, 2, 3, 4, 5, 6, 7, 8, 9, None]
    assert [len(statement.lanes) for statement in found] == [2, 1, 1, 2, 1, 3, 1, 1, 1, 1]
    assert [len(list(statement.rows())) for statement in found] == [60, 25, 25, 64, 22, 74, 1, 1, 1, 9]
    numbers = [[c.number for lane in s.lanes for c in lane.value_columns] for s in found]
    assert numbers == [
        *([1, 2], [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5], [1, 2, 3], [None] * 3),
        *([*range(1, 13)], [1, 2, 3, 4, 5, 6], [1, 2, 3], []),
    ]
    assert [statement.unit.name if statement.unit else None for statement in found] == [*["万元"] * 9, None]
    assert [statement.numeric for statement in found] == [*[True] * 9, False]
    assert [len(statement.bodies) for statement in found] == [1, 1, 2, 1, 1, 1, 1, 1, 1, 0]
    assert not any(value.state == "unreadable" for s in found for lane in s.lanes for value in lane.values())


def test_real_reports_have_no_unreadable_values_and_no_nameless_columns(shared_reports: Path) -> None:
    for path in sorted(shared_reports.glob("*.html")):
        for statement in statements(parse(Source.read(path))):
            for lane in statement.lanes:
                assert all(column.header for column in lane.value_columns), path
                assert not any(value.state == "unreadable" for value in lane.values()), path


def test_a_row_may_hold_caption_body_and_unit_in_one_cell() -> None:
    page = """<p>云川市文化馆2023年部门预算</p><table>
<tr><td colspan="2">部门收支总体情况表<br>部门：云川市文化馆　　单位：元</td></tr>
<tr><td>项目</td><td>预算数</td></tr><tr><td>一、财政拨款收入</td><td>1,200</td></tr><tr><td>收入总计</td><td>1,200</td></tr></table>"""
    (found,) = statements(parse(Source("报告.html", page)))
    assert found.caption == "部门收支总体情况表" and found.unit is not None and found.unit.name == "元"


def test_a_line_may_ask_for_the_body_in_two_words() -> None:
    page = "# 云川市文化馆2023年部门预算\n\n## 二、部门预算表\n\n表1\n\n**部门收支总表**\n\n部门（单位）：云川市文化馆　　单位：万元\n\n| 项目 | 预算数 |\n|---|---|\n| 一、财政拨款收入 | 12.00 |\n| 收入总计 | 12.00 |\n"
    (found,) = statements(parse(Source("报告.md", page)))
    assert (found.caption, found.number) == ("部门收支总表", 1) and found.unit is not None


def test_a_column_whose_header_a_converter_made_up_has_none() -> None:
    page = "# 云川市文化馆2023年部门决算\n\n单位：万元\n\n|收入|Col2|支出|Col4|\n|---|---|---|---|\n|项目|金额|项目|金额|\n|一、事业收入|12.00|一、教育支出|12.00|\n|总计|12.00|总计|12.00|\n"
    (found,) = statements(parse(Source("报告.md", page)))
    assert [lane.title for lane in found.lanes] == ["收入", "支出"]


def test_a_table_of_one_row_may_be_the_line_above_the_next() -> None:
    page = """<p>云川市文化馆2018年度部门决算</p><p>收入决算表</p>
<table><tr><td>编制单位：云川市文化馆</td><td>公开02表</td><td>单位：万元</td></tr></table>
<table><tr><td>项目</td><td>本年收入合计</td></tr><tr><td>合计</td><td>12.00</td></tr></table>"""
    (found,) = statements(parse(Source("报告.html", page)))
    assert (found.caption, found.number) == ("收入决算表", 2) and found.unit is not None


def test_the_number_behind_a_caption_is_no_part_of_its_name() -> None:
    page = "# 云川市文化馆2018年度部门决算\n\n收入决算表\n公开02表\n编制部门：云川市文化馆\t\t金额单位：万元\n项目\t本年收入合计\t财政拨款收入\n合计\t12.00\t12.00\n教育支出\t12.00\t12.00\n"
    (found,) = statements(parse(Source("报告.md", page)))
    assert (found.caption, found.number) == ("收入决算表", 2)
