"""What adds up inside one table: notes, headers, codes, order of rows; and what must not be taken to add up."""

import pytest
from govlint_numbers._audit import Audit, audit
from govlint_numbers._tables import column_sums

from govlint import parse


def audited(text: str, kind: str | None = None) -> Audit:
    return audit(parse("report.md", text=text, kind=kind))


def table(caption: str, rows: str, note: str = "", unit: str = "万元") -> str:
    """A report of one pipe table; rows are lines of cells with a bar between them."""
    lines = [f"| {' | '.join(cell.strip() for cell in row.split('|'))} |" for row in rows.strip().split("\n")]
    width = lines[0].count("|") - 1
    grid = "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])
    return f"## {caption}\n\n单位：{unit}\n\n{grid}\n\n{note}\n"


def told(found: Audit) -> list[tuple[str, str]]:
    """Rule and severity of all findings above info."""
    return [
        (rule, str(finding.severity))
        for rule, finding in found.reported
        if finding.severity is not None and finding.severity.value != "info"
    ]


def places(found: Audit, text: str) -> list[str]:
    """What the findings above info point at."""
    return [
        text[finding.span.start : finding.span.end]
        for _, finding in found.reported
        if finding.severity is not None and finding.severity.value != "info"
    ]


EXPENDITURE = """
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出
 | 合计 | 415.20 | 260.00 | 155.20 | | |
207 | 文化旅游体育与传媒支出 | 375.20 | 220.00 | 155.20 | | |
20701 | 文化和旅游 | 375.20 | 220.00 | 155.20 | | |
2070104 | 图书馆 | 275.20 | 220.00 | 55.20 | | |
2070109 | 群众文化 | 100.00 | | 100.00 | | |
221 | 住房保障支出 | 40.00 | 40.00 | | | |
22102 | 住房改革支出 | 40.00 | 40.00 | | | |
2210201 | 住房公积金 | 30.00 | 30.00 | | | |
2210203 | 购房补贴 | 10.00 | 10.00 | | | |
"""

TOTALS = """
收入 | | | 支出 | |
项目 | 行次 | 金额 | 项目 | 行次 | 金额
栏次 | | 1 | 栏次 | | 2
一、一般公共预算财政拨款收入 | 1 | 380.00 | 一、文化旅游体育与传媒支出 | 10 | 375.20
二、政府性基金预算财政拨款收入 | 2 | | 二、社会保障和就业支出 | 11 |
三、其他收入 | 3 | 20.20 | 三、住房保障支出 | 12 | 40.00
本年收入合计 | 4 | 400.20 | 本年支出合计 | 13 | 415.20
使用非财政拨款结余 | 5 | 5.00 | 结余分配 | 14 |
年初结转和结余 | 6 | 20.00 | 年末结转和结余 | 15 | 10.00
总计 | 7 | 425.20 | 总计 | 16 | 425.20
"""


def test_relations_of_two_tables_are_never_one_family():
    names = ("图书馆", "文化馆", "博物馆", "美术馆", "档案馆", "体育馆")
    reports = "".join(table(f"{name}支出明细表", EXPENDITURE) for name in names)
    families: dict[int, set[str]] = {}
    for relation, _ in audited(reports).judged:
        if relation.origin.rule == "table-sum":
            families.setdefault(relation.target.place.statement.index, set()).add(relation.origin.family)
    assert len(families) == len(names)
    assert sum(map(len, families.values())) == len(set().union(*families.values()))


def test_a_consistent_table_says_nothing_and_was_really_checked():
    found = audited(table("2023年度支出决算表（表3）", EXPENDITURE))
    assert told(found) == []
    words = {relation.origin.words.chinese for relation, _ in found.judged}
    assert words == {"各栏之和", "下级科目之和", "各类之和"}
    assert len(found.judged) > 15


@pytest.mark.parametrize(
    ("old", "new", "pointed"),
    [
        ("| 275.20 | 220.00 | 55.20", "| 275.20 | 220.00 | 52.50", "52.50"),
        ("| 100.00 | | 100.00", "| 101.00 | | 100.00", "101.00"),
        ("文化和旅游 | 375.20 | 220.00", "文化和旅游 | 375.20 | 202.00", "202.00"),
        ("合计 | 415.20 | 260.00 | 155.20", "合计 | 415.20 | 260.00 | 152.50", "152.50"),
        ("住房公积金 | 30.00 | 30.00", "住房公积金 | 30.00 | 3.00", "3.00"),
    ],
)
def test_one_wrong_cell_is_one_finding_at_that_cell(old, new, pointed):
    text = table("2023年度支出决算表（表3）", EXPENDITURE.replace(old, new))
    found = audited(text)
    assert told(found) == [("table-sum", "error")]
    assert places(found, text) == [pointed]


def test_a_missing_row_is_one_finding_at_the_subject_above_it():
    rows = "\n".join(line for line in EXPENDITURE.split("\n") if "2210203" not in line)
    found = audited(table("2023年度支出决算表（表3）", rows))
    assert told(found) == [("table-sum", "error")]
    assert "可能漏列一行" in found.reported[0].finding.message
    assert "住房改革支出" in found.reported[0].finding.message


def test_values_that_slipped_by_a_row_are_one_finding():
    rows = EXPENDITURE.replace("275.20 | 220.00 | 55.20", "275.20 | 220.00 | 100.00").replace(
        "100.00 | | 100.00", "100.00 | | 55.20"
    )
    found = audited(table("2023年度支出决算表（表3）", rows))
    assert told(found) == [("table-sum", "error")]
    assert "错了行" in found.reported[0].finding.message


def test_totals_over_rows_and_the_two_sides():
    found = audited(table("2023年度收入支出决算总表（表1）", TOTALS))
    assert told(found) == []
    words = [relation.origin.words.chinese for relation, _ in found.judged]
    assert words.count("各行之和") == 4
    assert words.count("收支平衡") == 1


@pytest.mark.parametrize(
    ("old", "new", "pointed"),
    [
        ("本年收入合计 | 4 | 400.20", "本年收入合计 | 4 | 400.02", ["400.02"]),
        ("总计 | 16 | 425.20", "总计 | 16 | 425.02", ["425.02"]),
        ("总计 | 7 | 425.20 | 总计 | 16 | 425.20", "总计 | 7 | 425.20 | 总计 | 16 | 425.21", ["425.21"]),
    ],
)
def test_a_wrong_total(old, new, pointed):
    text = table("2023年度收入支出决算总表（表1）", TOTALS.replace(old, new))
    assert places(audited(text), text) == pointed


def test_blank_and_dash_count_as_nothing_and_what_cannot_be_read_is_left_alone():
    rows = TOTALS.replace("三、其他收入 | 3 | 20.20", "三、其他收入 | 3 | 二十").replace(
        "二、政府性基金预算财政拨款收入 | 2 |", "二、政府性基金预算财政拨款收入 | 2 | —"
    )
    found = audited(table("2023年度收入支出决算总表（表1）", rows))
    assert told(found) == []
    assert not any(
        "本年收入合计" in relation.target.place.describe().chinese
        for relation, _ in found.judged
        if relation.kind == "sum"
    )


def test_details_listed_without_a_mark_below_carried_over_money_are_not_added_twice():
    rows = """
收入 | | 支出 |
项目 | 决算数 | 项目 | 决算数
一、财政拨款收入 | 300.00 | 一、文化体育与传媒支出 | 310.00
二、事业收入 | 20.00 | 二、住房保障支出 | 5.00
本年收入合计 | 320.00 | 本年支出合计 | 315.00
用事业基金弥补收支差额 | | 结余分配 | 1.00
年初结转和结余 | 9.00 | 提取职工福利基金 | 1.00
基本支出结转 | 4.00 | 年末结转和结余 | 13.00
项目支出结转和结余 | 5.00 | 项目支出结转和结余 | 13.00
总计 | 329.00 | 总计 | 329.00
"""
    found = audited(table("2018年度收入支出决算总表（表1）", rows))
    assert told(found) == []
    assert sum("各行之和" in relation.origin.words.chinese for relation, _ in found.judged) == 4


def test_the_balances_carried_over_are_the_sum_of_the_three_budgets():
    rows = """
收入 | | | 支出 | | | |
项目 | 行次 | 金额 | 项目 | 行次 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款
栏次 | | 1 | 栏次 | | 2 | 3 | 4
一、一般公共预算财政拨款 | 1 | 300.00 | 一、文化旅游体育与传媒支出 | 10 | 315.00 | 305.00 | 10.00
二、政府性基金预算财政拨款 | 2 | 20.00 | 二、住房保障支出 | 11 | 5.00 | 5.00 |
本年收入合计 | 3 | 320.00 | 本年支出合计 | 12 | 320.00 | 310.00 | 10.00
年初财政拨款结转和结余 | 4 | 12.00 | 年末财政拨款结转和结余 | 13 | 12.00 | 2.00 | 10.00
一般公共预算财政拨款 | 5 | 12.00 | | 14 | | |
政府性基金预算财政拨款 | 6 | {fund} | | 15 | | |
总计 | 7 | 332.00 | 总计 | 16 | 332.00 | 312.00 | 20.00
"""
    good = table("2023年度财政拨款收入支出决算总表（表4）", rows.format(fund=""))
    assert told(audited(good)) == []
    bad = table("2023年度财政拨款收入支出决算总表（表4）", rows.format(fund="3.00"))
    assert places(audited(bad), bad) == ["3.00"]


def test_basic_expenditure_by_economic_subjects_over_several_lanes():
    rows = """
人员经费 | | | 公用经费 | | | | |
科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
301 | 工资福利支出 | 200.00 | 302 | 商品和服务支出 | 30.00 | 310 | 资本性支出 | 6.00
30101 | 基本工资 | 120.00 | 30201 | 办公费 | {office} | 31002 | 办公设备购置 | 6.00
30102 | 津贴补贴 | 80.00 | 30217 | 公务接待费 | 1.00 | | |
303 | 对个人和家庭的补助 | 4.00 | 30231 | 公务用车运行维护费 | 9.00 | | |
30302 | 退休费 | 4.00 | | | | | |
人员经费合计 | | 204.00 | 公用经费合计 | | | | | 36.00
"""
    caption = "2023年度一般公共预算财政拨款基本支出决算表（表6）"
    assert told(audited(table(caption, rows.format(office="20.00")))) == []
    bad = table(caption, rows.format(office="2.00"))
    found = audited(bad)
    assert told(found) == [("table-sum", "error")]
    assert "小数点" in found.reported[0].finding.message


def test_the_columns_of_official_hospitality():
    rows = """
预算数 | | | | | | 决算数 | | | | |
合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费 | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费
 | | 小计 | 公务用车购置费 | 公务用车运行费 | | | | 小计 | 公务用车购置费 | 公务用车运行费 |
9.00 | 0.00 | 8.00 | 0.00 | 8.00 | 1.00 | {total} | | 6.50 | | 6.50 | 0.40
"""
    caption = "2023年度财政拨款“三公”经费支出决算表（表7）"
    assert told(audited(table(caption, rows.format(total="6.90")))) == []
    assert told(audited(table(caption, rows.format(total="9.60")))) == [("table-sum", "error")]


def test_official_hospitality_in_rows():
    rows = """
项目 | 上年预算数 | 本年预算数 | 增减率（%）
合计 | 9.00 | 7.40 | -17.78
1.因公出国（境）费 | | |
2.公务接待费 | 1.00 | 0.40 | -60.00
3.公务用车购置及运行费 | 8.00 | {cars} | -12.50
其中：公务用车购置费 | | |
公务用车运行费 | 8.00 | 7.00 | -12.50
"""
    caption = "2024年一般公共预算“三公”经费支出表"
    assert told(audited(table(caption, rows.format(cars="7.00")))) == []
    assert told(audited(table(caption, rows.format(cars="7.70")))) == [("table-sum", "error")]


def test_official_hospitality_with_counts_below():
    rows = """
项目 | 行次 | 预算数 | 决算统计数
一、“三公”经费支出 | 1 | — | —
（一）支出合计 | 2 | 9.00 | {total}
1．因公出国（境）费 | 3 | |
2．公务用车购置及运行维护费 | 4 | 8.00 | 6.50
（1）公务用车购置费 | 5 | |
（2）公务用车运行维护费 | 6 | 8.00 | 6.50
3．公务接待费 | 7 | 1.00 | 0.40
（二）相关统计数 | 8 | — | —
1．因公出国（境）团组数（个） | 9 | — |
4．公务用车保有量（辆） | 10 | — | 2
"""
    caption = "2023年度“三公”经费支出决算表"
    assert told(audited(table(caption, rows.format(total="6.90")))) == []
    assert told(audited(table(caption, rows.format(total="9.60")))) == [("table-sum", "error")]


# --- Formula notes --------------------------------------------------------------------------------------------------


def test_formula_notes_are_evaluated_as_written():
    found = audited(
        table(
            "2023年度收入支出决算总表（表1）",
            TOTALS,
            "注：4行=（1+2+3）行；7行=（4+5+6）行；13行=（10+…+12）行；16行=13行+14行+15行。",
        )
    )
    assert told(found) == []
    assert sum("表注" in relation.origin.words.chinese for relation, _ in found.judged) == 4
    assert not any(relation.origin.words.chinese == "各行之和" for relation, _ in found.judged)


@pytest.mark.parametrize(
    ("note", "pointed", "words"),
    [
        ("12行=（10+11+12）行；16行=（13+14+15）行", "12行", "第13行"),
        ("第3行=（1+2+3）行", "3行", "第4行"),
        ("14行=（10+11+12）行", "14行", "第13行"),
    ],
)
def test_a_note_that_names_the_wrong_row(note, pointed, words):
    text = table("2023年度收入支出决算总表（表1）", TOTALS, f"注：{note}。")
    found = audited(text)
    assert told(found) == [("formula-note", "error")]
    assert places(found, text) == [pointed]
    assert words in found.reported[0].finding.message


def test_a_note_that_names_the_wrong_row_is_still_evaluated_for_the_right_one():
    rows = TOTALS.replace("一、文化旅游体育与传媒支出 | 10 | 375.20", "一、文化旅游体育与传媒支出 | 10 | 375.21")
    found = audited(table("2023年度收入支出决算总表（表1）", rows, "注：12行=（10+11+12）行。"))
    assert told(found) == [("formula-note", "error")]
    assert [rule for rule, finding in found.reported if finding.severity == "info"] == ["rounding-tail"]


def test_a_note_that_leaves_out_a_column_is_of_another_form():
    rows = EXPENDITURE.replace("科目编码 | 科目名称 |", "科目编码 | 科目名称 |", 1).strip().split("\n")
    numbered = "\n".join([rows[0], "栏次 | | 1 | 2 | 3 | 4 | 5 | 6", *rows[1:]])
    right = audited(table("2023年度支出决算表（表3）", numbered, "注：1栏各行=（2+3+4+5+6）栏各行。"))
    assert told(right) == []
    wrong = audited(table("2023年度支出决算表（表3）", numbered, "注：1栏各行=（2+4+5+6）栏各行。"))
    assert told(wrong) == [("formula-note", "warning")]


def test_one_wrong_figure_does_not_make_the_note_wrong():
    rows = EXPENDITURE.strip().split("\n")
    numbered = "\n".join([rows[0], "栏次 | | 1 | 2 | 3 | 4 | 5 | 6", *rows[1:]]).replace("| 55.20", "| 52.50")
    found = audited(table("2023年度支出决算表（表3）", numbered, "注：1栏各行=（2+3+4+5+6）栏各行。"))
    assert told(found) == [("table-sum", "error")]


def test_a_note_on_rows_or_columns_that_are_not_there_says_nothing():
    found = audited(table("2023年度收入支出决算总表（表1）", TOTALS, "注：30行=（27+28+29）行；9栏=（10+11）栏。"))
    assert told(found) == []
    assert len(found.notes) == 2


# --- Tables that no form knows ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        # only some subjects are listed
        "科目编码 | 科目名称 | 金额\n207 | 文化旅游体育与传媒支出 | 375.20\n2070104 | 图书馆 | 275.20\n208 | 社会保障和就业支出 | 80.00\n2080505 | 养老保险缴费 | 60.00",
        # a total of something else
        "项目 | 数量\n图书 | 120\n光盘 | 30\n合计 | 200",
        # shares are not summands of the amount beside them
        "项目 | 合计 | 基本支出 | 占比\n甲 | 10.00 | 8.00 | 80.00\n乙 | 20.00 | 15.00 | 75.00\n丙 | 5.00 | 5.00 | 100.00",
        # 其中 is a part, not a further item
        "项目 | 合计 | 财政拨款 | 其中：一般公共预算 | 单位资金\n甲 | 10.00 | 8.00 | 7.00 | 2.00\n乙 | 20.00 | 15.00 | 15.00 | 5.00",
        # years are no sum
        "项目 | 合计 | 2022年 | 2023年\n甲 | 10 | 8 | 9\n乙 | 20 | 15 | 16\n丙 | 5 | 5 | 4",
        # headings without amounts
        "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n207 | 文化旅游体育与传媒支出 | | |\n20701 | 文化和旅游 | | |\n2070104 | 图书馆 | 275.20 | 220.00 | 55.20",
    ],
)
def test_a_table_that_does_not_bear_a_pattern_out_is_left_alone(rows):
    assert told(audited(table("有关情况", rows))) == []


def test_a_pattern_that_a_table_bears_out_is_held_against_the_row_that_breaks_it():
    rows = "\n".join(f"项目{n} | {n + 2 * n}.00 | {n}.00 | {2 * n}.00" for n in range(1, 8))
    good = table("项目经费情况", "名称 | 合计 | 财政拨款 | 单位资金\n" + rows)
    assert told(audited(good)) == []
    bad = good.replace("| 15.00 | 5.00 | 10.00", "| 51.00 | 5.00 | 10.00")
    assert told(audited(bad)) == [("table-sum", "error")]


def test_a_table_in_which_nothing_adds_up_is_told_of_once():
    shifted = EXPENDITURE.replace("260.00", "1.00").replace("220.00", "2.00").replace("155.20", "3.00")
    shifted = shifted.replace("| 40.00 | 40.00", "| 7.00 | 40.00").replace("| 30.00 | 30.00", "| 8.00 | 9.00")
    shifted = shifted.replace("| 10.00 | 10.00", "| 11.00 | 12.00").replace("| 100.00 | | 100.00", "| 13.00 | | 14.00")
    found = audited(table("2023年度支出决算表（表3）", shifted))
    assert told(found) == [("table-sum", "warning")]


@pytest.mark.parametrize(
    ("paths", "sums"),
    [
        ([("合计",), ("基本支出",), ("项目支出",)], [(0, (1, 2))]),
        ([("自然人",), ("法人", "企业"), ("法人", "其他"), ("总计",)], [(3, (0, 1, 2))]),
        (
            [("合计",), ("出国费",), ("公务用车费", "小计"), ("公务用车费", "购置费"), ("公务用车费", "运行费"), ("接待费",)],
            [(2, (3, 4)), (0, (1, 2, 5))],
        ),
        ([("合计", "预算数"), ("合计", "决算数"), ("接待费", "预算数"), ("接待费", "决算数"), ("会议费", "预算数"), ("会议费", "决算数")], [(0, (2, 4)), (1, (3, 5))]),
        ([("年初结转和结余",), ("本年收入",), ("本年支出", "小计"), ("本年支出", "基本支出"), ("本年支出", "项目支出")], [(2, (3, 4))]),
        ([("合计",), ("小计",), ("基本支出",)], []),
        ([("合计",), ("预算数",), ("决算数",)], []),
        ([("合计",), ("基本支出",)], []),
    ],
)  # fmt: skip
def test_which_columns_are_sums_is_read_from_the_header(paths, sums):
    assert sorted((found.target, found.parts) for found in column_sums(tuple(paths))) == sorted(sums)


def test_a_total_that_leaves_out_one_of_its_columns_is_reported():
    rows = """
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
 | 合计 | 600.00 | 300.00 | 300.00
201 | 一般公共服务支出 | 100.00 | 100.00 | 100.00
205 | 教育支出 | 200.00 | 100.00 | 100.00
221 | 住房保障支出 | 200.00 | 100.00 | 100.00
"""
    text = table("2023年度支出决算表（表3）", rows)
    assert places(audited(text), text) == ["100.00"]
    assert audited(text).reported[0].finding.message.startswith("表3“一般公共服务支出”“本年支出合计”栏 100.00")


def test_a_detail_column_that_looks_like_another_column_is_not_counted():
    rows = """
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 人员经费 | 项目支出
 | 合计 | 600.00 | 300.00 | 200.00 | 300.00
205 | 教育支出 | 300.00 | 150.00 | 100.00 | 150.00
221 | 住房保障支出 | 300.00 | 150.00 | 100.00 | 150.00
"""
    assert told(audited(table("2023年度支出决算表（表3）", rows))) == []
