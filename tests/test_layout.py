"""What lines of a report are for: title, contents, headings, captions, lines of a table, prose."""

import re
import time
from pathlib import Path

import pytest

from govlint.document import Document, Text
from govlint.facts.layout import Layout, layout
from govlint.facts.ordinals import read_ordinal
from govlint.facts.titles import plain, title_core
from govlint.parsers import parse
from govlint.source import Source
from tests.generator import LAYOUTS, generate


def read(text: str, name: str = "报告.md") -> Document:
    return parse(Source(name, text))


def lay(text: str, name: str = "报告.md") -> Layout:
    return layout(read(text, name))


def page(*lines: str) -> str:
    """An HTML page with a paragraph a line; lines that begin with a tag stand as they are."""
    return "\n".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)


def roles(found: Layout) -> dict[str, str]:
    return {line.text.text: line.role for line in found.lines}


def titles(found: Layout) -> list[tuple[str, str]]:
    return [(heading.number, heading.title.text) for heading in found.headings]


TABLE = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>合计</td><td>3.00</td></tr></table>"


# Ordinals and titles


@pytest.mark.parametrize(
    ("line", "written", "kind", "value", "rest"),
    [
        ("第二部分 决算表", "第二部分", "part", 2, "决算表"),
        ("第 十 部 分：附件", "第 十 部 分", "part", 10, "附件"),
        ("十二、国有资产占用情况", "十二、", "chinese", 12, "国有资产占用情况"),
        ("一.部门概况", "一.", "chinese", 1, "部门概况"),
        ("（三）改进措施", "（三）", "chinese-brackets", 3, "改进措施"),
        ("(二十一) 其他", "(二十一)", "chinese-brackets", 21, "其他"),
        ("1. 因公出国费", "1.", "arabic", 1, "因公出国费"),
        ("5．2024年收支总表", "5．", "arabic", 5, "2024年收支总表"),
        ("1.2024年收支总表", "1.", "arabic", 1, "2024年收支总表"),
        ("（2）公务用车运行费", "（2）", "arabic-brackets", 2, "公务用车运行费"),
        ("③其他", "③", "circled", 3, "其他"),
        ("表二：收入决算表", "表二", "table", 2, "收入决算表"),
        ("附件1：绩效自评表", "附件1", "annex", 1, "绩效自评表"),
    ],
)
def test_an_ordinal_has_a_kind_a_value_and_an_end(line: str, written: str, kind: str, value: int, rest: str) -> None:
    ordinal = read_ordinal(line)
    assert (ordinal.written, ordinal.kind, ordinal.value, line[ordinal.end :]) == (written, kind, value, rest)


@pytest.mark.parametrize(
    "line", ["97.97%。决算数小于预算数", "2024年度收入合计", "一般公共预算", "表中数据", "（款）事业运行"]
)
def test_what_only_looks_like_an_ordinal_is_none(line: str) -> None:
    assert read_ordinal(line).kind == "none"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第二部分 云川市文化馆2024年度部门决算表", "云川市青禾区文化馆 2024 年度部门决算表"),
        ("第一部分 云川市文化馆概况", "部门概况"),
        ("一、部门主要职能", "云川市青禾区财政局（部门）主要职能"),
        ("七、财政拨款“三公”经费支出决算表（表7）", "2024年度财政拨款三公经费支出决算表"),
        ("(一) 总体情况。", "（一）总体情况"),
    ],
)
def test_the_same_title_has_the_same_core(one: str, other: str) -> None:
    assert title_core(one) == title_core(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("收入支出决算总表", "财政拨款收入支出决算总表"),
        ("收入决算表", "收入决算情况说明"),
        ("一般公共预算财政拨款支出决算表", "一般公共预算财政拨款基本支出决算表"),
        ("部门人员构成", "部门决算单位构成"),
    ],
)
def test_different_titles_have_different_cores(one: str, other: str) -> None:
    assert title_core(one) != title_core(other)


# Title and contents

CONTENTS = ["第一部分 概况", "一、主要职责", "二、机构设置", "第二部分 决算表", "第三部分 名词解释"]
BODY = [
    "第一部分 概况",
    "一、主要职责",
    "组织群众文化活动。",
    "二、机构设置",
    "内设三个部门。",
    "第二部分 决算表",
    "各表附后。",
    "第三部分 名词解释",
    "1.基本支出：指保障运转的支出。",
]


def has_contents(found: Layout) -> None:
    assert [entry.number for entry in found.contents] == ["第一部分", "一、", "二、", "第二部分", "第三部分"]
    assert [entry.title.text for entry in found.contents] == ["概况", "主要职责", "机构设置", "决算表", "名词解释"]
    assert titles(found) == [
        ("第一部分", "概况"),
        ("一、", "主要职责"),
        ("二、", "机构设置"),
        ("第二部分", "决算表"),
        ("第三部分", "名词解释"),
    ]


@pytest.mark.parametrize("word", ["目录", "目 录", "目　　录", "目录：", "<b>目  录</b>"])
def test_contents_end_where_their_first_entry_comes_again(word: str) -> None:
    found = lay(page("临江市文化馆", "2024年度部门决算", f"<p>{word}</p>", *CONTENTS, *BODY), "报告.html")
    has_contents(found)
    assert found.roles[:8] == ("title", "title", *["contents"] * 6)


def test_contents_without_the_word_are_lines_that_come_again() -> None:
    has_contents(lay(page("临江市文化馆2024年度部门决算", *CONTENTS, *BODY), "报告.html"))


def test_contents_as_headings_of_any_level() -> None:
    marks = ["# ", "", "### ", "## ", ""]
    lines = [mark + entry for mark, entry in zip(marks, CONTENTS, strict=True)]
    has_contents(lay("\n\n".join(["# 临江市文化馆2024年度部门决算", "# 目录", *lines, *BODY])))


def test_contents_with_leaders_and_pages() -> None:
    leaders = ["……………………1", "..........................1", " ········ 2", "\t3", " (20)"]
    entries = [entry + leader for entry, leader in zip(CONTENTS, leaders, strict=True)]
    found = lay(page("临江市文化馆2024年度部门决算", "目录", *entries, *BODY), "报告.html")
    has_contents(found)
    assert [entry.page for entry in found.contents] == [1, 1, 2, 3, 20]


def test_a_number_of_a_table_is_no_page() -> None:
    entries = ["一、收入决算表(表 2)", "二、支出决算表（表3） 4", "三、公开表 (1)", "四、附表 1"]
    found = lay(page("目录", *entries, "一、收入决算表（表2）", "单位：万元", TABLE), "报告.html")
    assert [(entry.title.text, entry.table, entry.page) for entry in found.contents] == [
        ("收入决算表", 2, None),
        ("支出决算表", 3, 4),
        ("公开表", None, 1),
        ("附表 1", None, None),
    ]


def test_contents_as_a_list() -> None:
    lines = "- 第一部分 概况\n  - 一、主要职责\n  - 二、机构设置\n- 第二部分 决算表\n- 第三部分 名词解释"
    has_contents(lay("\n\n".join(["# 临江市文化馆2024年度部门决算", "## 目录", lines, *BODY])))


@pytest.mark.parametrize("separator", ["<br>", " "])
def test_contents_in_one_paragraph(separator: str) -> None:
    found = lay(page("临江市文化馆2024年度部门决算", separator.join(["目录", *CONTENTS]), *BODY), "报告.html")
    has_contents(found)
    assert found.roles[1] == "contents"


def test_contents_as_a_table() -> None:
    rows = "".join(f"<tr><td>{entry}</td><td>{number}</td></tr>" for number, entry in enumerate(CONTENTS, 1))
    found = lay(page("临江市文化馆2024年度部门决算", "目录", f"<table>{rows}</table>", *BODY), "报告.html")
    has_contents(found)
    assert found.roles[1:3] == ("contents", "contents")
    assert [entry.page for entry in found.contents] == [1, 2, 3, 4, 5]


def test_contents_end_where_the_count_begins_again_though_the_title_differs() -> None:
    lines = (
        "目录",
        "一、部门职责",
        "二、收支说明",
        "（一）收入情况",
        "三、名词解释",
        "一、主要职能",
        "组织活动。",
        "二、收支说明",
    )
    found = lay(page("临江市文化馆2024年度部门决算", *lines, "（一）收入情况", "3 万元。"), "报告.html")
    assert [entry.number for entry in found.contents] == ["一、", "二、", "（一）", "三、"]
    assert titles(found) == [("一、", "主要职能"), ("二、", "收支说明"), ("（一）", "收入情况")]


def test_short_lines_that_do_not_come_again_are_no_contents() -> None:
    found = lay(page("临江市文化馆2024年度部门决算", *BODY), "报告.html")
    assert found.contents == ()
    assert len(found.headings) == 5


def test_a_cover_is_the_title_but_the_preface_is_prose() -> None:
    found = lay(
        page(
            "青禾区人民政府",
            "2023年政府信息公开工作年度报告",
            "本报告根据《条例》的规定编制，数据截至年末。",
            "一、总体情况",
            "公开信息三条。",
        ),
        "报告.html",
    )
    assert found.roles == ("title", "title", "prose", "heading", "prose")


def test_furniture_and_dates_are_neither_title_nor_prose() -> None:
    found = lay(
        page("监督索引号530100001", "云川县政协2023年度部门决算", "2024年9月10日", "第一部分 概况"), "报告.html"
    )
    assert found.roles == ("other", "title", "title", "heading")


def test_a_title_behind_the_menu_of_a_page() -> None:
    menu = ["云川市政务公开", "首页", "机构概况", "政策解读"]
    found = lay(
        page(
            *menu,
            "云川市青禾区教育局2023年政府信息公开工作年度报告",
            "发布时间：2024-01-20",
            "一、总体情况",
            "公开三条。",
        ),
        "报告.html",
    )
    assert found.roles == (*["other"] * 4, "title", "other", "heading", "prose")


def test_a_heading_like_the_title_is_a_heading() -> None:
    found = lay(
        page("临江市档案馆2023年度部门决算情况说明", "一、部门概况", "管理档案。", "部门决算情况说明", "收入 3 万元。"),
        "报告.html",
    )
    assert found.roles == ("title", "heading", "prose", "heading", "prose")


def test_a_text_without_title_has_none() -> None:
    assert lay("收入合计 3.00 万元，其中财政拨款 2.00 万元。").roles == ("prose",)


def test_the_title_may_come_again_after_the_contents() -> None:
    found = lay(
        page("临江市文化馆2024年度部门决算", "目录", *CONTENTS, "临江市文化馆2024年度部门决算", *BODY), "报告.html"
    )
    assert found.roles[7] == "title"
    assert len(found.contents) == len(CONTENTS)


# Captions and the lines of a table


def test_a_caption_needs_no_mark_and_a_part_is_no_caption() -> None:
    found = lay(
        "\n\n".join(
            [
                "# 第二部分 云川市文化馆2024年度部门决算表",
                "## 2024年度收入支出决算总表（表1）",
                "部门：云川市文化馆",
                "单位：万元",
                "项目\t行次\t金额\n收入\t1\t3.00",
                "注：本表反映本年度的总收支。",
                "1行 =（2+3）行；4行=（5+……+9）行。",
                "2024年度收入决算表（表2）",
                "部门：云川市文化馆                单位：万元",
                "附件1：人口数据平台",
                "项目\t合计\n拨款\t3.00",
                "说明：本单位本年无其他收入",
                "本单位2024年度无政府性基金预算支出，故本表无数据。",
            ]
        )
    )
    assert found.roles == (
        *("heading", "caption", "meta", "meta", "table", "note", "note"),
        *("caption", "meta", "other", "table", "note", "note"),
    )
    assert [(caption.title.text, caption.table, caption.marked) for caption in found.captions] == [
        ("2024年度收入支出决算总表", 1, True),
        ("2024年度收入决算表", 2, False),
    ]


@pytest.mark.parametrize(
    ("line", "title", "table"),
    [
        ("表一：收入支出决算总表", "收入支出决算总表", 1),
        ("一、收入决算表", "收入决算表", None),
        ("2024年度收入决算表（公开02表）", "2024年度收入决算表", 2),
        ("公开03表 支出决算表", "支出决算表", 3),
        ("收入决算表  单位：万元", "收入决算表", None),
        ("临江市文化馆2023年收支总表", "临江市文化馆2023年收支总表", None),
        ("收入决算表（续）", "收入决算表（续）", None),
    ],
)
def test_forms_of_captions(line: str, title: str, table: int | None) -> None:
    (caption,) = lay(page("第二部分 决算表", line, TABLE), "报告.html").captions
    assert (caption.title.text, caption.table) == (title, table)


def test_the_title_of_a_lost_table_is_a_caption_by_its_unit_else_a_heading() -> None:
    found = lay(
        page("一、收入决算表", "单位：万元", "注：本表反映收入。", "二、支出决算表", "三、收支总表"), "报告.html"
    )
    assert [caption.title.text for caption in found.captions] == ["收入决算表"]
    assert [heading.title.text for heading in found.headings] == ["支出决算表", "收支总表"]


def test_figures_are_no_headings() -> None:
    assert lay("### 图 1：收、支决算总计变动情况\n\n图2 收入结构\n\n图书借阅一万册。").roles == (
        "figure",
        "figure",
        "prose",
    )


def test_short_lines_are_prose_where_they_are_content_and_else_remnants() -> None:
    found = lay(
        "## 一、重点工作\n\n无\n\n## 二、机构设置\n\n内设机构：\n\n办公室\n\n- 活动部\n\n## 三、总体情况\n\n平稳。\n\n云川市文化馆\n\n2024年1月20日"
    )
    assert found.roles == (
        *("heading", "prose", "heading", "prose", "prose", "prose"),
        *("heading", "prose", "other", "other"),
    )


# Headings


def test_headings_bold_plain_or_of_any_level() -> None:
    found = lay(
        "\n\n".join(
            [
                "# 第三部分 部门决算情况说明",
                "三、支出决算情况说明",
                "本年支出合计 3.00 万元。",
                "#### 四、财政拨款收入支出决算总体情况说明",
                "与上年持平。",
                "**十、机关运行经费支出情况**",
                "(一) “三公”经费的单位范围。",
                "仅包括本级。",
                "**重点工作**",
            ]
        )
    )
    assert [(heading.number, heading.mark, heading.bold) for heading in found.headings] == [
        ("第三部分", 1, False),
        ("三、", 0, False),
        ("四、", 4, False),
        ("十、", 0, True),
        ("(一)", 0, False),
        ("", 0, True),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "1.履行全市文化遗产保护职责。贯彻执行有关法律法规。",
        "（十二）承担上级交办的其他事项。",
        "九、承办区委、区政府交办的其他事项。",
        "1、教育支出（类）普通教育（款）初中教育（项）。主要用于：日常运转。年初预算为 3.00 万元。",
        "3. 卫生健康支出(类)。调整预算为 41.34 万元；",
        "2、公务用车购置及运行维护费支出 0.00 万元。其中：",
        "一、财政拨款收入：指从本级财政部门取得的拨款。",
        "1. 一般公共服务支出（类）统计信息事务",
        "（一）加强组织领导和",
        "一是解读质量仍需提升；",
        "一、加强党的建设。落实主体责任，推进基层党组织标准化。",
    ],
)
def test_sentences_and_items_are_prose(line: str) -> None:
    assert lay(f"## 一、主要职责\n\n{line}\n\n完成年度任务。").headings[1:] == ()


def test_items_of_a_bare_list_are_prose_but_tables_announced_are_headings() -> None:
    found = lay(
        page(
            "二、机构设置",
            "内设机构：",
            "1. 办公室",
            "2. 活动部",
            "3. 培训部",
            "在职12人。",
            "三、收入决算表",
            "四、支出决算表",
        ),
        "报告.html",
    )
    assert [heading.number for heading in found.headings] == ["二、", "三、", "四、"]


def test_a_short_item_of_a_glossary_is_no_heading() -> None:
    found = lay(
        page(
            "第四部分 名词解释",
            "（一）基本支出：指保障运转的支出。",
            "（二）项目支出：指完成任务的支出。",
            "（三）本部门使用的支出功能分类科目(到项级)",
            "1. 教育支出（类）：反映教育的支出。",
        ),
        "报告.html",
    )
    assert [heading.number for heading in found.headings] == ["第四部分"]


def test_headings_with_a_full_stop_count_on() -> None:
    found = lay(
        page(
            *("一、部门基本情况。", "（一）职能职责。", "管理档案，提供利用。", "（二）机构设置。", "内设三科。"),
            *("二、“三公”经费情况说明。", "共 3.2 万元。", "三、其他需要说明的事项。", "无。", "四、专业名词解释。"),
            *("（一）财政拨款收入：指拨款。", "五、公开联系方式及信息反馈渠道。", "电话：12345。"),
        ),
        "报告.html",
    )
    assert [heading.number for heading in found.headings] == [
        "一、",
        "（一）",
        "（二）",
        "二、",
        "三、",
        "四、",
        "五、",
    ]
    assert [heading.title.text for heading in found.headings][3:5] == ["“三公”经费情况说明", "其他需要说明的事项"]


def test_a_heading_with_a_comma_is_one_among_its_siblings() -> None:
    found = lay(
        page(
            *(
                "七、网络安全管理",
                "全年稳定。",
                "八、优化营商环境，建设数字青禾",
                "成效明显。",
                "九、应急保障",
                "响应及时。",
            )
        ),
        "报告.html",
    )
    assert [heading.number for heading in found.headings] == ["七、", "八、", "九、"]


def test_run_in_headings() -> None:
    found = lay(
        page(
            *("一、总体情况", "（一）主动公开情况。2024年，公开信息 320 条。", "（二）依申请公开：收到申请3件。"),
            *(
                "（三）政府信息管理。严格保密审查。",
                "1.总体情况。收入总计 3 万元。",
                "（四）推进政务公开平台建设。加快整合。",
            ),
            "（五）机构设置：指内设机构的设置。",
        ),
        "报告.html",
    )
    assert [(heading.form, heading.line.text) for heading in found.headings[1:]] == [
        ("run-in", "（一）主动公开情况。"),
        ("run-in", "（二）依申请公开："),
        ("run-in", "（三）政府信息管理。"),
        ("run-in", "1.总体情况。"),
    ]
    assert set(found.roles[1:]) == {"prose"}


def test_a_heading_glued_to_the_end_of_a_paragraph() -> None:
    document = read(
        page(
            *("临江市文化馆2024年部门预算", "目录", "一、名词解释", "二、部门预算编制说明", "三、其他相关情况说明"),
            *("名词解释", "（一）基本支出：指保障运转的支出。2024年部门预算编制说明", "2024年，收入预算 3 万元。"),
            *("其他相关情况说明", "没有其他情况。"),
        ),
        "报告.html",
    )
    found = layout(document)
    assert [(heading.form, heading.title.text) for heading in found.headings] == [
        ("line", "名词解释"),
        ("tail", "2024年部门预算编制说明"),
        ("line", "其他相关情况说明"),
    ]
    where = found.headings[1].line.whole
    assert document.source.text[where.start : where.end] == "2024年部门预算编制说明"


def test_a_heading_without_number_is_known_by_the_contents() -> None:
    found = lay(
        page(
            *("云川市2025年市级部门预算", "目 录", "一、部门主要职能", "二、工作亮点", "三、部门预算表"),
            *("云川市财政局（部门）主要职能", "管理财政。", "工作亮点", "推进数字财政。", "第一季度", "完成三项。"),
        ),
        "报告.html",
    )
    assert [heading.title.text for heading in found.headings] == ["云川市财政局（部门）主要职能", "工作亮点"]


def test_a_part_over_its_title_is_one_heading() -> None:
    text = page("第一部分", "单位概况", "一、主要职责", "组织活动。", "第二部分", "2024年度单位决算表", "附后。")
    found = lay(text, "报告.html")
    assert titles(found) == [("第一部分", "单位概况"), ("一、", "主要职责"), ("第二部分", "2024年度单位决算表")]


def test_a_heading_cut_in_two_is_known_by_the_contents() -> None:
    entries = ["一、收入决算情况说明", "二、国有资本经营预算财政拨款支出决算情况说明"]
    text = page(
        *(
            "目录",
            *entries,
            "一、收入决算情况说明",
            "收入 3 万元。",
            "二、国有资本经营预算财政拨款支出决算情况说",
            "明",
            "无。",
        )
    )
    assert titles(lay(text, "报告.html"))[-1] == ("二、", "国有资本经营预算财政拨款支出决算情况说明")


def test_a_heading_right_over_its_text_in_the_source() -> None:
    found = lay("# 第一部分 概况\n\n一、主要职责\n组织群众文化活动，培训业务骨干。\n二、机构设置\n内设三个部门。")
    assert titles(found) == [("第一部分", "概况"), ("一、", "主要职责"), ("二、", "机构设置")]
    assert roles(found)["组织群众文化活动，培训业务骨干。"] == "prose"


def test_a_wrapped_sentence_is_no_heading_and_text() -> None:
    assert lay("（一）组织开展群众文化活动，培训业务\n骨干，辅导基层。").headings == ()


def test_a_heading_drawn_into_a_table() -> None:
    table = "<table><tr><td colspan=2>二、主动公开政府信息情况</td></tr><tr><td>规章</td><td>0</td></tr></table>"
    (first, second) = lay(page("一、总体情况", "公开三条。", table), "报告.html").headings
    assert (first.form, second.form, second.title.text) == ("line", "cell", "主动公开政府信息情况")


def test_every_heading_is_where_it_says() -> None:
    document = read(
        "# 第一部分 概况\n\n**一、主要职责**\n\n（一）总体情况。2024年&amp;2023年持平。\n\n## 收入决算表（表2）\n\n|a|b|\n|-|-|\n|1|2|\n"
    )
    found = layout(document)
    for text in [text for heading in (*found.headings, *found.captions) for text in (heading.line, heading.title)]:
        assert at(document, text) == text.text


def at(document: Document, text: Text) -> str:
    return document.source.text[text.whole.start : text.whole.end]


# Reports of several regions


def all_titles(document: Document) -> list[tuple[str, str]]:
    found = layout(document)
    return sorted((heading.role, plain(heading.line.text)) for heading in (*found.headings, *found.captions))


@pytest.mark.parametrize("name", LAYOUTS)
def test_generated_reports_have_the_same_headings_without_marks(name: str) -> None:
    report = generate(3, name)
    unmarked = re.sub(r"(?m)^#+ +|\*\*|</?(?:b|strong)>", "", re.sub(r"(</?)h[1-6]>", r"\1p>", report.text))
    marked_titles = all_titles(read(report.text, "报告" + report.suffix))
    assert all_titles(read(unmarked, "报告" + report.suffix)) == marked_titles
    assert len(marked_titles) >= 5


# Real reports


def test_real_roles_agree_with_blocks(shared_reports: Path) -> None:
    for path in sorted(shared_reports.glob("*.html")) + sorted(shared_reports.glob("*-*.md")):
        document = parse(Source.read(path))
        found = layout(document)
        assert len(found.roles) == len(document.blocks)
        tables = [index for index, role in enumerate(found.roles) if role == "table"]
        assert tables == [index for index, block in enumerate(document.blocks) if block in set(document.tables())]


@pytest.mark.parametrize(
    ("name", "captions", "entries", "notes"),
    [
        ("hongshan-2020.md", 9, 29, 21),
        ("putuo-planning-2024.html", 9, 26, 11),
        ("final-accounts-template.html", 9, 26, 13),
        ("wanli-2024-budget.html", 9, 16, 3),
        ("shanghai-finance-2025-budget.html", 9, 15, 0),
        ("huaian-2024-annual.html", 0, 0, 0),
        ("hongze-2023-annual.html", 0, 0, 0),
    ],
)
def test_real_captions_contents_and_notes(
    shared_reports: Path, name: str, captions: int, entries: int, notes: int
) -> None:
    found = layout(parse(Source.read(shared_reports / name)))
    assert (len(found.captions), len(found.contents)) == (captions, entries)
    assert sum(line.role == "note" for line in found.lines) == notes


def test_hostile_lines_take_no_time() -> None:
    hostile = [
        "." * 50_000 + "甲",
        "目录" + "一、" * 20_000,
        "（" * 50_000,
        "第" + " " * 50_000 + "部分",
        "# " + "a" + "\u3000" * 50_000 + "b",
        "一、" + "，" * 50_000,
        "2024年" * 20_000 + "表",
    ]
    start = time.perf_counter()
    for line in hostile:
        layout(read(f"目录\n\n{line}\n\n正文。", "报告.md"))
        plain(line)
    assert time.perf_counter() - start < 5
