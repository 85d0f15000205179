"""The outline: sections nested by their numbers, although marks are lost or unequal."""

from pathlib import Path

import pytest

from govlint.document import Section
from govlint.facts.outline import outline
from govlint.facts.titles import title_core
from govlint.parsers import parse
from govlint.source import Source


def sections(text: str, name: str = "报告.md") -> tuple[Section, ...]:
    return outline(parse(Source(name, text)))


def page(*lines: str) -> str:
    return "\n".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)


def tree(found: tuple[Section, ...]) -> list[str]:
    """The outline as lines, indented by level."""
    return [
        "  " * (section.level - 1) + (section.number or "-") + section.title.text + (" [表]" if section.caption else "")
        for top in found
        for section in top.walk()
    ]


TABLE = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>合计</td><td>3.00</td></tr></table>"


def test_numbers_decide_the_level_not_marks() -> None:
    found = sections(
        "\n\n".join(
            [
                "# 云川市文化馆2024年度部门决算",
                "### 第一部分 概况",
                "#### 一、主要职责",
                "组织群众文化活动。",
                "## 二、机构设置",
                "内设三个部门。",
                "# 第二部分 部门决算情况说明",
                "三、支出决算情况说明",
                "## （一）总体情况",
                "支出 3 万元。",
                "**1. 基本支出情况**",
                "支出 2 万元。",
                "#### （二）结构情况",
                "教育支出 3 万元。",
                "# 四、机关运行经费支出情况",
                "无。",
            ]
        )
    )
    assert tree(found) == [
        "第一部分概况",
        "  一、主要职责",
        "  二、机构设置",
        "第二部分部门决算情况说明",
        "  三、支出决算情况说明",
        "    （一）总体情况",
        "      1.基本支出情况",
        "    （二）结构情况",
        "  四、机关运行经费支出情况",
    ]
    assert [top.marked for top in found] == [True, True]
    assert found[1].children[0].marked is False


def test_blocks_of_a_section_end_where_the_next_of_its_level_begins() -> None:
    first, second = sections(
        page("第一部分 概况", "一、主要职责", "组织活动。", "第二部分 决算表", "附后。"), "报告.html"
    )
    assert (first.blocks, first.children[0].blocks, second.blocks) == (range(3), range(1, 3), range(3, 5))
    assert (first.kind, first.value, first.children[0].kind, first.children[0].value) == ("part", 1, "chinese", 1)


def test_levels_may_be_left_out() -> None:
    assert tree(
        sections(
            page("一、总体情况", "甲。", "1.收入情况", "乙。", "二、其他情况", "丙。", "（一）支出情况", "丁。"),
            "报告.html",
        )
    ) == [
        "一、总体情况",
        "  1.收入情况",
        "二、其他情况",
        "  （一）支出情况",
    ]


def test_titles_of_tables_are_leaves() -> None:
    found = sections(
        page(
            "第二部分 决算表",
            "表一：收入决算表",
            TABLE,
            "支出决算表",
            TABLE,
            "注：无。",
            "第三部分 说明",
            "一、收入决算表",
            TABLE,
        ),
        "报告.html",
    )
    assert tree(found) == [
        "第二部分决算表",
        "  表一收入决算表 [表]",
        "  -支出决算表 [表]",
        "第三部分说明",
        "  一、收入决算表 [表]",
    ]
    assert found[0].children[1].blocks == range(3, 6)


def test_headings_without_number_take_the_level_that_the_contents_give_them() -> None:
    found = sections(
        page(
            *(
                "云川市2025年市级部门预算",
                "目录",
                "一、部门主要职能",
                "二、部门预算表",
                "1. 2025年收支预算总表",
                "三、其他相关情况说明",
            ),
            *("云川市财政局（部门）主要职能", "管理财政。", "2025年收支预算总表", "单位：元", TABLE),
            *("其他相关情况说明", "一、机关运行经费预算", "3 万元。", "二、政府采购预算情况", "无。"),
        ),
        "报告.html",
    )
    assert tree(found) == [
        "-云川市财政局（部门）主要职能",
        "  -2025年收支预算总表 [表]",
        "-其他相关情况说明",
        "  一、机关运行经费预算",
        "  二、政府采购预算情况",
    ]


def test_a_part_that_lost_its_number_is_a_part() -> None:
    found = sections(
        page(
            "第一部分 概况",
            "一、主要职责",
            "组织活动。",
            "云川市文化馆2024年度部门决算表",
            "收入决算表",
            TABLE,
            "第三部分 说明",
        ),
        "报告.html",
    )
    assert tree(found) == [
        "第一部分概况",
        "  一、主要职责",
        "-云川市文化馆2024年度部门决算表",
        "  -收入决算表 [表]",
        "第三部分说明",
    ]


def test_marked_headings_without_number_stand_by_their_marks() -> None:
    found = sections(
        "# 第一部分 概况\n\n## 一、主要职责\n\n组织活动。\n\n## 重要荣誉\n\n先进集体。\n\n### 奖项\n\n两项。\n\n# 第二部分 说明"
    )
    assert tree(found) == ["第一部分概况", "  一、主要职责", "  -重要荣誉", "    -奖项", "第二部分说明"]


def test_a_glued_heading_begins_after_its_paragraph_and_a_run_in_one_with_it() -> None:
    found = sections(
        page(
            *(
                "目录",
                "一、名词解释",
                "二、部门预算编制说明",
                "名词解释",
                "基本支出：指运转支出。部门预算编制说明",
                "收入 3 万元。",
            ),
            "（一）收入情况。收入 3 万元。",
        ),
        "报告.html",
    )
    assert tree(found) == ["-名词解释", "-部门预算编制说明", "  （一）收入情况"]
    assert [found[0].blocks, found[1].blocks, found[1].children[0].blocks] == [range(3, 5), range(5, 7), range(6, 7)]


def test_no_headings_no_outline() -> None:
    assert sections("收入合计 3 万元。") == ()
    assert sections("") == ()


def test_sections_hold_their_children(shared_reports: Path) -> None:
    for path in [*sorted(shared_reports.glob("*.html")), shared_reports / "hongshan-2020.md"]:
        for top in outline(parse(Source.read(path))):
            for section in top.walk():
                at = section.blocks.start
                for child in section.children:
                    assert at <= child.blocks.start <= child.blocks.stop <= section.blocks.stop
                    assert child.level == section.level + 1
                    at = child.blocks.stop


FINAL_ACCOUNTS = {"一": 2, "二": 9, "三": 11, "四": 0}


@pytest.mark.parametrize("name", ["putuo-planning-2024.html", "final-accounts-template.html"])
def test_real_final_accounts_of_one_region(shared_reports: Path, name: str) -> None:
    found = outline(parse(Source.read(shared_reports / name)))
    assert [title_core(part.title.text) for part in found] == ["概况", "决算表", "决算情况说明", "名词解释"]
    assert [part.number for part in found] == ["第一部分", "", "第三部分", "第四部分"]
    assert [len(part.children) for part in found] == [2, 9, 11, 0]
    assert all(section.caption for section in found[1].children)
    assert [section.value for section in found[2].children] == list(range(1, 12))
    assert [len(section.children) for section in found[2].children] == [0, 0, 0, 0, 3, 0, 2, 0, 0, 0, 3]


def test_real_final_accounts_with_unequal_levels(shared_reports: Path) -> None:
    found = outline(parse(Source.read(shared_reports / "hongshan-2020.md")))
    assert [part.number for part in found] == [f"第{number}部分" for number in "一二三四五"]
    assert [title_core(part.title.text) for part in found] == [
        "概况",
        "决算表",
        "决算情况说明",
        "重点工作完成情况",
        "名词解释",
    ]
    assert [len(part.children) for part in found] == [3, 9, 13, 9, 0]
    assert [section.value for section in found[2].children] == list(range(1, 14))
    assert [section.title.text for section in found[2].children][7:11] == [
        "政府性基金预算财政拨款收入支出决算情况",
        "国有资本经营预算财政拨款支出决算情况",
        "机关运行经费支出情况",
        "政府采购支出情况",
    ]
    assert [len(section.children) for section in found[2].children] == [0, 0, 0, 0, 3, 0, 2, 0, 0, 0, 0, 0, 4]
    assert [section.marked for section in found[2].children][:4] == [True, True, False, True]


@pytest.mark.parametrize(
    ("name", "extra"), [("wanli-2024-budget.html", ["项目经费情况说明"]), ("shanghai-finance-2025-budget.html", [])]
)
def test_real_budgets_without_numbered_parts(shared_reports: Path, name: str, extra: list[str]) -> None:
    found = outline(parse(Source.read(shared_reports / name)))
    assert [title_core(part.title.text) for part in found] == [
        *("主要职能", "机构设置", "名词解释", "预算编制说明", "其他相关情况说明"),
        *extra,
    ]
    assert [section.caption for section in found[3].children] == [True] * 9
    assert [section.value for section in found[4].children] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("name", ["huaian-2024-annual.html", "hongze-2023-annual.html"])
def test_real_annual_reports(shared_reports: Path, name: str) -> None:
    found = outline(parse(Source.read(shared_reports / name)))
    assert [section.title.text for section in found] == [
        "总体情况",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
        "存在的主要问题及改进情况",
        "其他需要报告的事项",
    ]
    assert [section.title.text for section in found[0].children] == [
        "主动公开情况",
        "依申请公开情况",
        "政府信息管理情况",
        "政府信息公开平台建设情况",
        "政府信息公开监督保障情况",
    ]
