"""Markdown and HTML read as their readers see them."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from govlint.document import Block, Document, Heading, Image, ListItem, Paragraph, Preformatted, Table
from govlint.parsers import html, parse
from govlint.parsers.blocks import find_blocks
from govlint.source import Source
from tests.documents import broken_promises, visible


def read(text: str, name: str = "a.md") -> Document:
    document = parse(Source(name, text))
    assert broken_promises(document) == []
    return document


def shown(document: Document) -> list[object]:
    """The blocks as short tuples: kind and text, or for a table its grid of texts."""
    return [_shown(block) for block in document.blocks]


def _shown(block: Block) -> object:
    if isinstance(block, Table):
        return [["" if cell is None else cell.text.text for cell in row] for row in block.grid()]
    kind = {Heading: "h", Paragraph: "p", ListItem: "li", Preformatted: "pre", Image: "img"}[type(block)]
    mark = str(block.level) if isinstance(block, Heading) else str(block.depth) if isinstance(block, ListItem) else ""
    return (kind + mark, block.text.text)


def markdown(text: str) -> list[object]:
    return shown(read(text))


def page(text: str) -> list[object]:
    return shown(read(text, "a.html"))


def only(document: Document) -> Block:
    (block,) = document.blocks
    return block


def marked(document: Document, word: str) -> str:
    """The source of a word that stands in one of the texts."""
    for block in document.blocks:
        for text in [cell.text for cell in block.cells()] if isinstance(block, Table) else [block.text]:
            if (at := text.text.find(word)) >= 0:
                span = text.span(at, at + len(word))
                return document.source.text[span.start : span.end]
    raise AssertionError(f"{word} is nowhere")


class TestMarkdownText:
    @pytest.mark.parametrize(
        ("written", "read_as"),
        [
            ("本年**收入**合计", "本年收入合计"),
            ("**（三）项目：**自评结果", "（三）项目：自评结果"),
            ("其中**“三公”经费**支出", "其中“三公”经费支出"),
            ("**收入****支出**", "收入支出"),
            ("__收入__ 与 _支出_", "收入 与 支出"),
            ("*强调*，***都要***", "强调，都要"),
            ("3*4*5 与 2*（3+4）*6", "3*4*5 与 2*（3+4）*6"),
            ("张**、李**", "张**、李**"),
            ("电话 138****5678，139****1234", "电话 138****5678，139****1234"),
            ("snake_case_name 与 ____年", "snake_case_name 与 ____年"),
            ("未闭合的**标记", "未闭合的**标记"),
            ("*注：一。*注：二", "*注：一。*注：二"),
            (r"1\. 第一 \*\*不是粗体\*\*", "1. 第一 **不是粗体**"),
            ("`代码 *不变*` ``有 ` 号``", "代码 *不变* 有 ` 号"),
            ("&lt;公开&gt; &#20915;&#x7b97; &copy 与 &不是;", "<公开> 决算 &copy 与 &不是;"),
            ("见[网站](http://example.gov.cn/a_(b).html '标题')。", "见网站。"),
            ("财预[2020](一)号与[2020]号", "财预[2020](一)号与[2020]号"),
            ("<http://example.gov.cn> <a@example.gov.cn>", "http://example.gov.cn a@example.gov.cn"),
            ("<b>合计</b>10<sup>2</sup><!-- 批注 -->元", "合计102元"),
            ("小于<单位名称>和<XX>，a<b", "小于<单位名称>和<XX>，a<b"),
            ("[注]: 本表反映", "[注]: 本表反映"),
        ],
    )
    def test_inline_marks(self, written: str, read_as: str) -> None:
        assert markdown(written) == [("p", read_as)]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_line_ends(self, end: str) -> None:
        text = "支出决\n算为 5\n万元，IPV6\nIPV4 与  \n下一行\\\n再<br>一行<br/>\n末"
        assert markdown(text.replace("\n", end)) == [("p", "支出决算为 5万元，IPV6 IPV4 与\n下一行\n再\n一行\n末")]

    def test_white_space_at_the_ends(self) -> None:
        assert markdown("　　本年\u00a0收入　合计\u00a0　") == [("p", "本年\u00a0收入　合计")]

    def test_words_point_at_their_source(self) -> None:
        document = read("本年&nbsp;收**入&amp;支**出\n\n决\r\n算")
        assert marked(document, "入&支出") == "入&amp;支**出"
        assert marked(document, "&") == "&amp;"
        assert marked(document, "决算") == "决\r\n算"

    def test_bold_paragraphs(self) -> None:
        document = read(
            "**一、收入**\n\n<b>二、支出</b>\n\n**三、**其他\n\n<strong>四、</strong>**其他**\n\n&emsp;**五、结余**"
        )
        bold = [block.bold for block in document.blocks if isinstance(block, Paragraph)]
        assert bold == [True, True, False, True, True]

    def test_comments_are_kept_apart(self) -> None:
        document = read(
            "甲<!-- 一 -->乙\n\n<!-- 二\n\n二 -->\n\n<!-- 三 -->丙\n\n| a | b |\n|--|--|\n| 1 | 2 <!-- 四 --> |\n"
        )
        assert [comment.text for comment in document.comments] == ["一", "二\n\n二", "三", "四"]
        assert shown(document) == [("p", "甲乙"), ("p", "丙"), [["a", "b"], ["1", "2"]]]
        for comment in document.comments:
            assert document.source.text[comment.span.start : comment.span.end] == f"<!-- {comment.text} -->"


class TestMarkdownBlocks:
    def test_headings(self) -> None:
        text = "# 决算 #\n## **一、概况**\n####### 七级不是\n\n部门概况\n===\n小标题\n---\n#无空格"
        assert markdown(text) == [
            ("h1", "决算"),
            ("h2", "一、概况"),
            ("p", "####### 七级不是"),
            ("h1", "部门概况"),
            ("h2", "小标题"),
            ("p", "#无空格"),
        ]

    def test_text_above_a_rule_is_no_heading(self) -> None:
        assert markdown("本年收入合计 5 万元。\n---\n下一页") == [("p", "本年收入合计 5 万元。"), ("p", "下一页")]

    def test_items_keep_their_numbers(self) -> None:
        text = "1. 一般公共服务支出\n2. 教育支出\n\n文字\n\n5. 重新编号\n3) 括号\n- 项目\n  - 下级\n    1. 再下级\n"
        assert markdown(text) == [
            ("li0", "1. 一般公共服务支出"),
            ("li0", "2. 教育支出"),
            ("p", "文字"),
            ("li0", "5. 重新编号"),
            ("li0", "3) 括号"),
            ("li0", "项目"),
            ("li1", "下级"),
            ("li2", "1. 再下级"),
        ]

    def test_numbers_are_never_lost(self) -> None:
        assert markdown("1.\n2. # 标题\n\n1. 2. 两个编号\n\n- 3. 内层") == [
            ("li0", "1."),
            ("li0", "2."),
            ("h1", "标题"),
            ("li1", "1. 2. 两个编号"),
            ("li1", "3. 内层"),
        ]

    def test_page_numbers_are_no_items(self) -> None:
        assert markdown("文字\n\n- 12 -\n\n文字") == [("p", "文字"), ("p", "- 12 -"), ("p", "文字")]

    def test_lines_with_an_ordinal_or_an_indentation_are_paragraphs_of_their_own(self) -> None:
        assert markdown("一、部门职责\n二、机构设置\n　　本部门包括\n下属单位。\n　　另有其他。\n注：无。") == [
            ("p", "一、部门职责"),
            ("p", "二、机构设置"),
            ("p", "本部门包括下属单位。"),
            ("p", "另有其他。"),
            ("p", "注：无。"),
        ]
        assert markdown("57行=（31+32+\n33）行；1栏=\n（2）栏") == [("p", "57行=（31+32+ 33）行；1栏=（2）栏")]
        assert markdown("按照第\n一、二款，以及附件、\n一、三款") == [
            ("p", "按照第"),
            ("p", "一、二款，以及附件、一、三款"),
        ]

    def test_indented_text_is_no_code(self) -> None:
        assert markdown("    根据要求，\n\n    组织开展自评。") == [("p", "根据要求，"), ("p", "组织开展自评。")]

    def test_quotes_and_code(self) -> None:
        assert markdown("> 引文\n> 续行\n\n```text\n收入\t支出\n1\t2\n```\n\n正文") == [
            ("p", "引文续行"),
            ("pre", "收入\t支出\n1\t2"),
            ("p", "正文"),
        ]

    @pytest.mark.parametrize("white", ["　", "\u00a0", "\f"])
    def test_a_blank_line_at_the_start_of_a_quote_or_an_item(self, white: str) -> None:
        quote = f"> {white}\n> 本年收入**10**万元，\n> 本年支出10万元。\n"
        item = f"- {white}\n  其中*基本*支出3万元。\n"
        assert markdown(f"{quote}\n{item}") == [
            ("p", "本年收入10万元，本年支出10万元。"),
            ("li0", "其中基本支出3万元。"),
        ]

    def test_a_fence_in_an_item(self) -> None:
        document = read("- ```\n  甲\t乙\n  ```\n\n甲\t1\n乙\t2")
        assert shown(document) == [("pre", "  甲\t乙"), [["甲", "1"], ["乙", "2"]]]
        assert document.troubles == ()

    def test_an_open_fence_is_reported(self) -> None:
        document = read("正文\n\n```\n其余\n\n都被吞掉")
        (trouble,) = document.troubles
        assert document.source.text[trouble.span.start : trouble.span.end] == "```"

    def test_an_open_comment_is_reported(self) -> None:
        document = read("正文\n\n<!-- 其余\n\n都被吞掉")
        assert len(document.troubles) == 1
        assert shown(document) == [("p", "正文")]
        assert read("写作 <!-- 即可").troubles == ()

    def test_images(self) -> None:
        document = read("![图1：**收支**变动](a.png)\n\n见图![](b.png)下<img src=c.png alt='图&amp;3'>")
        assert shown(document) == [("img", "图1：收支变动"), ("p", "见图下"), ("img", ""), ("img", "图&3")]

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_front_matter_is_no_text(self, end: str) -> None:
        text = "---\ntitle: 决算\ntags:\n  - 公开\n---\n\n正文".replace("\n", end)
        (front, body) = markdown(text)
        assert front == ("pre", text[: -len(end * 2) - 2])
        assert body == ("p", "正文")
        read("---\n" + f"键: 值{end}" * 5000 + "正文")
        assert markdown("---\n\n正文\n\n---\n") == [("p", "正文")]

    def test_deep_nesting_loses_nothing(self) -> None:
        text = "> " * 300 + "深处\n\n" + "\n".join("  " * depth + f"- 第{depth}层" for depth in range(150))
        document = read(text)
        assert visible(document) == "深处" + "第层" * 150


class TestTabs:
    def test_rows_become_a_table(self) -> None:
        text = "收入\t\t支出\t\n项目\t金额\t项目\t金额\n一、拨款\t2,554.43\t\t\n\t9\t\t<b>40.21</b>\n\n注：本表。"
        document = read(text)
        assert shown(document) == [
            [
                ["收入", "", "支出", ""],
                ["项目", "金额", "项目", "金额"],
                ["一、拨款", "2,554.43", "", ""],
                ["", "9", "", "40.21"],
            ],
            ("p", "注：本表。"),
        ]
        table = document.blocks[0]
        assert isinstance(table, Table)
        assert (table.notation, table.width) == ("tabs", 4)
        assert marked(document, "40.21") == "40.21"

    def test_rows_of_unequal_length(self) -> None:
        (table,) = read("项目\t\t金额\n类\t款\t项\t栏次\t1\n合计\t\n").tables()
        assert [len(row) for row in table.rows] == [3, 5, 2]
        assert table.width == 5

    def test_text_of_the_same_paragraph_stays_apart(self) -> None:
        assert markdown("单位：万元\n项目\t金额\n合计\t5\n注：无") == [
            ("p", "单位：万元"),
            [["项目", "金额"], ["合计", "5"]],
            ("p", "注：无"),
        ]

    def test_a_leading_tab_after_an_empty_line(self) -> None:
        assert markdown("单位：万元\n\n\t\t合计\t5\n\t\t\t\n201\t\t服务\t5\n") == [
            ("p", "单位：万元"),
            [["", "", "合计", "5"], ["", "", "", ""], ["201", "", "服务", "5"]],
        ]

    def test_the_line_of_body_and_unit_belongs_to_the_table_it_touches(self) -> None:
        assert markdown("部门：临江市文化馆\t\t单位：万元\n项目\t金额\t备注\n合计\t5\t") == [
            [["部门：临江市文化馆", "", "单位：万元"], ["项目", "金额", "备注"], ["合计", "5", ""]]
        ]
        assert markdown("部门：临江市文化馆\t\t单位：万元\n\n正文") == [
            ("p", "部门：临江市文化馆\t\t单位：万元"),
            ("p", "正文"),
        ]

    def test_an_empty_line_parts_two_tables(self) -> None:
        assert markdown("甲\t1\n乙\t2\n\n丙\t3\n丁\t4") == [[["甲", "1"], ["乙", "2"]], [["丙", "3"], ["丁", "4"]]]

    def test_one_row(self) -> None:
        assert markdown("合计\t2,556.03\t532.88") == [[["合计", "2,556.03", "532.88"]]]
        assert markdown("负责人：张三\t会计：李四\t制表：王五") == [("p", "负责人：张三\t会计：李四\t制表：王五")]

    @pytest.mark.parametrize(
        "text",
        [
            "本部门主要职责\t包括贯彻落实有关法律法规和方针政策，并组织实施。",
            "1.\t第一项职责\n2.\t第二项职责",
            "（一）\t第一项职责\n（二）\t第二项职责",
            "- 项目\n\t- 下级",
            "文字\n\n\t缩进的一段。\n\n\t缩进的又一段。",
            "> 引用\t一\n> 引用\t二",
            "单位负责人：张三\t填报人：李四\n联系电话：123\t日期：2024",
        ],
    )
    def test_other_tabs_are_no_table(self, text: str) -> None:
        assert list(read(text).tables()) == []

    def test_a_table_of_contents_is_lines(self) -> None:
        assert markdown("目录\n第一部分 概况\t1\n一、职责\t1\n二、机构\t3\n第二部分 决算表\t12") == [
            ("p", "目录"),
            ("p", "第一部分 概况\t1"),
            ("p", "一、职责\t1"),
            ("p", "二、机构\t3"),
            ("p", "第二部分 决算表\t12"),
        ]

    def test_a_comment_between_rows_does_not_part_them(self) -> None:
        document = read("甲\t1\t2\n<!-- govlint-disable-next-line a/b 理由 -->\n乙\t3\t4")
        assert shown(document) == [[["甲", "1", "2"], ["乙", "3", "4"]]]
        assert len(document.comments) == 1


class TestPipes:
    def test_cells_with_marks(self) -> None:
        document = read("单位：万元\n| 项目 | **金额** |\n|:--|--:|\n| a\\|b | 1<br>2 |\n| `x` | |\n注：无\n")
        assert shown(document) == [
            ("p", "单位：万元"),
            [["项目", "金额"], ["a|b", "1\n2"], ["x", ""]],
            ("p", "注：无"),
        ]
        (table,) = document.tables()
        assert [[cell.header for cell in row] for row in table.rows] == [[True, True], [False] * 2, [False] * 2]
        cell = table.rows[1][0]
        assert document.source.text[cell.span.start : cell.span.end] == " a\\|b "

    def test_rows_that_do_not_fit_keep_all_cells(self) -> None:
        (table,) = read("| a | b |\n|---|---|---|\n| 1 |\n| 1 | 2 | 3 | 4 |").tables()
        assert [len(row) for row in table.rows] == [2, 1, 4]
        assert table.width == 4

    def test_two_header_rows(self) -> None:
        (table,) = read("| 收入 | 支出 |\n| 金额 | 金额 |\n|---|---|\n| 1 | 2 |").tables()
        assert [row[0].header for row in table.rows] == [True, True, False]

    def test_without_outer_pipes_and_without_a_rule(self) -> None:
        assert markdown("a | b\n--|--\n1 | 2") == [[["a", "b"], ["1", "2"]]]
        assert markdown("| a | b |\n| 1 | 2 |") == [[["a", "b"], ["1", "2"]]]
        assert markdown("甲|乙\n丙|丁") == [("p", "甲|乙丙|丁")]

    def test_a_row_of_dashes_is_a_row(self) -> None:
        assert markdown("| a | b |\n|---|---|\n| - | - |") == [[["a", "b"], ["-", "-"]]]

    def test_a_rule_below_is_no_heading(self) -> None:
        assert markdown("| a | b |\n|---|---|\n| 1 | 2 |\n---\n") == [[["a", "b"], ["1", "2"]]]


class TestHtmlInMarkdown:
    def test_tables_with_empty_lines(self) -> None:
        text = "前文<table>\n\n<tr><td>甲</td>\n\n<td>**乙**</td></tr>\n\n<tr><td>1</td><td>2</td></tr></table>后文\n"
        document = read(text)
        assert shown(document) == [("p", "前文"), [["甲", "**乙**"], ["1", "2"]], ("p", "后文")]

    def test_wrapped_in_a_page(self) -> None:
        text = "# 决算\n\n<html><body><table><tr><td>甲</td><td>乙</td></tr></table></body></html>\n\n## 说明\n"
        assert markdown(text) == [("h1", "决算"), [["甲", "乙"]], ("h2", "说明")]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_a_table_that_is_never_closed(self, end: str) -> None:
        text = "<table>\n<tr><td>甲<td>乙\n<tr><td>1<td>2\n\n正文\n\n<table><tr><td>丙<td>丁</table>\n"
        assert markdown(text.replace("\n", end)) == [[["甲", "乙"], ["1", "2"]], ("p", "正文"), [["丙", "丁"]]]

    def test_blocks_of_html(self) -> None:
        assert markdown('<p align="center">标题</p>\n\n<h2>一、概况</h2>\n\n<div>\n\n**正文**\n\n</div>\n') == [
            ("p", "标题"),
            ("h2", "一、概况"),
            ("p", "正文"),
        ]

    def test_tables_in_code_are_code(self) -> None:
        assert markdown("```\n<table><tr><td>甲</td></tr></table>\n```\n\n写作 `<table>` 即可") == [
            ("pre", "<table><tr><td>甲</td></tr></table>"),
            ("p", "写作 <table> 即可"),
        ]


class TestHtml:
    def test_blocks(self) -> None:
        text = (
            "<title>无</title><h1>决算<br>报告</h1><p><b>一、概况</b></p><div>正文<div>内层</div>尾</div>"
            "<ul><li>甲<ul><li>乙</li></ul></li><li><p>丙</p></ul><pre>a\n  b</pre><img alt='图' src=a.png><hr>末"
        )
        assert page(text) == [
            ("h1", "决算\n报告"),
            ("p", "一、概况"),
            ("p", "正文"),
            ("p", "内层"),
            ("p", "尾"),
            ("li0", "甲"),
            ("li1", "乙"),
            ("li0", "丙"),
            ("pre", "a\n  b"),
            ("img", "图"),
            ("p", "末"),
        ]
        document = read(text, "a.html")
        assert next(block.bold for block in document.blocks if isinstance(block, Paragraph))

    def test_white_space(self) -> None:
        assert page("<p> 本年  收入\n\t合计 <b> 5 </b>\n万元 A\nB&nbsp;&nbsp;</p>") == [
            ("p", "本年 收入合计 5万元 A B")
        ]

    def test_inline_elements_vanish(self) -> None:
        text = "<p>5<sup>2</sup><a href='x'>网<font color=red>站</font></a><u>下</u><o:p></o:p><em>划</em>线</p>"
        assert page(text) == [("p", "52网站下划线")]

    def test_entities(self) -> None:
        document = read(
            "<p>&lt;决&#31639;&gt; &ldquo;三公&rdquo; A&ampB &copyright &unknown; & &#x1F600;</p>", "a.html"
        )
        assert shown(document) == [("p", "<决算> “三公” A&B ©right &unknown; & 😀")]
        assert marked(document, "算") == "&#31639;"
        assert marked(document, "“三公”") == "&ldquo;三公&rdquo;"

    def test_line_breaks_in_the_body(self) -> None:
        assert page("<p>甲<b> </b><br><i> </i>乙</p>") == [("p", "甲\n乙")]
        assert page("<body>甲<br>乙<br><br>丙<br/> <br />丁</body>") == [("p", "甲\n乙"), ("p", "丙"), ("p", "丁")]

    def test_headings_around_paragraphs(self) -> None:
        assert page("<h2><p>一、概况</p></h2><h2>二、职责<p>正文") == [
            ("h2", "一、概况"),
            ("h2", "二、职责"),
            ("p", "正文"),
        ]

    def test_what_nobody_sees(self) -> None:
        text = "<head><style>p{}</style><script>var a='<p>无</p>'</script></head><!--[if IE]><p>无</p><![endif]--><p>有</p>"
        document = read(text, "a.html")
        assert shown(document) == [("p", "有")]
        assert [comment.text for comment in document.comments] == ["[if IE]><p>无</p><![endif]"]

    def test_end_tags_left_out(self) -> None:
        assert page("<p>一<p>二<ul><li>三<li>四</ul><table><tr><td>甲<td>乙<tr><td>1<td>2</table>五") == [
            ("p", "一"),
            ("p", "二"),
            ("li0", "三"),
            ("li0", "四"),
            [["甲", "乙"], ["1", "2"]],
            ("p", "五"),
        ]

    @pytest.mark.parametrize(
        "cell", ['<td width="100>文字</td><td width="50">尾</td>', "<td class='a>文字</td><td class='b'>尾</td>"]
    )
    def test_a_missing_quote_loses_nothing(self, cell: str) -> None:
        assert page(f"<table><tr>{cell}</tr></table>") == [[["文字", "尾"]]]

    def test_quotes_may_hold_brackets(self) -> None:
        assert page("<p title=\"a > b\" data-x='<td>'>文字</p>") == [("p", "文字")]

    def test_less_than_is_text(self) -> None:
        assert page("<p>1 < 2，<单位>，a<</p>") == [("p", "1 < 2，<单位>，a<")]
        assert page("<p>文字<a href=") == [("p", "文字<a href=")]

    def test_private_use_characters_are_characters(self) -> None:
        assert page("<p>\ue0001;\ue001 12;b3;|</p>") == [("p", "\ue0001;\ue001 12;b3;|")]

    def test_content_tells_html_where_the_name_does_not(self) -> None:
        text = "<!DOCTYPE html><html><body><p>正文</p></body></html>"
        for name in ("-", "a.txt", "a.md", "a.HTM"):
            assert parse(Source(name, text)).format == "html"
        assert parse(Source("-", "# 标题")).format == "markdown"
        assert parse(Source("a.md", "<html><body><table></table></body></html>\n\n# 标题")).format == "markdown"

    def test_unclosed_comment_and_script_are_reported(self) -> None:
        for text in ("<p>文</p><!-- 其余<p>字</p>", "<p>文</p><script>其余<p>字</p>"):
            document = read(text, "a.html")
            assert shown(document) == [("p", "文")]
            assert len(document.troubles) == 1

    def test_text_that_does_not_come_back_is_reported(self, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = html._skeleton

        def torn(tokens: list[html._Token]) -> html._Skeleton:
            skeleton = whole(tokens)
            skeleton.content = skeleton.content[:30]
            return skeleton

        monkeypatch.setattr(html, "_skeleton", torn)
        document = parse(Source("a.html", "<p>甲</p><p>乙</p><p>丙</p>"))
        (trouble,) = document.troubles
        assert document.source.text[trouble.span.start : trouble.span.end] in "乙丙"


class TestHtmlTables:
    def test_spans(self) -> None:
        document = read(
            "<table><thead><tr><td rowspan=2>项目</td><td colspan='2'>支出</td></tr><tr><td>基本</td><td>项目</td></tr></thead>"
            "<tr><th>合计</th><td>1</td><td>2</td></tr></table>",
            "a.html",
        )
        assert shown(document) == [[["项目", "支出", "支出"], ["项目", "基本", "项目"], ["合计", "1", "2"]]]
        (table,) = document.tables()
        assert [cell.header for cell in table.cells()] == [True] * 5 + [False] * 2

    def test_cells_of_text_alone_read_as_others_do(self) -> None:
        text = (
            "甲<tr><td>乙</td><TD> 丙&amp;丁 </TD></tr>戊<table><!-- 注 --><tr><TD>己</td><!-- 注 --> <td>\n</td><th>&nbsp;庚</th></tr>"
            "<tr><td>1</th><td>2</td><td>3</td><tr><td colspan=2>4<5</td><td>6</td></tr></table><td>辛</td>壬"
        )
        assert page(text) == [
            *(("p", word) for word in ("甲", "乙", "丙&丁", "戊")),
            [["己", "", "庚"], ["1", "2", "3"], ["4<5", "4<5", "6"]],
            ("p", "辛"),
            ("p", "壬"),
        ]
        assert page(text) == page(text.replace("</td>", "<i></i></td>").replace("</TD>", "<i></i></TD>"))

    @pytest.mark.parametrize("span", ["0", "x", "-1", "1.5", "", "99999999999"])
    def test_bad_spans(self, span: str) -> None:
        text = f"<table><tr><td colspan='{span}'>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>"
        (table,) = read(text, "a.html").tables()
        assert table.width < 10_000
        assert [cell.text.text for cell in table.cells()] == ["甲", "乙", "1", "2"]

    def test_rows_that_do_not_exist(self) -> None:
        text = "<table><tbody><tr><td rowspan=10000>甲</td><td>乙</td></tr><tr><td>1</td></tr></tbody><tr><td>2</td><td>3</td></tr></table>"
        assert page(text) == [[["甲", "乙"], ["甲", "1"], ["2", "3"]]]
        assert page("<table><tr><td rowspan=0>甲</td><td>乙</td></tr><tr><td>1</td></tr></table>") == [
            [["甲", "乙"], ["甲", "1"]]
        ]

    def test_a_title_that_spans_too_far(self) -> None:
        (table,) = read(
            "<table><tr><td colspan=100>决算表</td></tr><tr><td>1</td><td>2</td></tr></table>", "a.html"
        ).tables()
        assert table.width == 2
        assert table.rows[0][0].colspan == 2

    def test_spans_that_would_overlap(self) -> None:
        text = "<table><tr><td>a</td><td rowspan=2>b</td><td>c</td></tr><tr><td colspan=3>d</td><td>e</td></tr></table>"
        assert page(text) == [[["a", "b", "c"], ["d", "b", "e"]]]

    def test_cells_with_blocks(self) -> None:
        text = "<table><tr><td><p>一</p><p>二</p></td><td>三<br>四<ul><li>五</ul></td></tr><tr><td>1<td>2</table>"
        assert page(text) == [[["一\n二", "三\n四\n五"], ["1", "2"]]]

    def test_nested_tables_come_after(self) -> None:
        text = "<table><tr><td>外一</td><td>外二<table><tr><td>内一</td><td>内二</td></tr></table></td></tr></table><p>后</p>"
        assert page(text) == [[["外一", "外二"]], [["内一", "内二"]], ("p", "后")]

    def test_places_of_nested_tables(self) -> None:
        text = "<table><tr><td>外一<td>外二<table><tr><td>内一</td><td>内二</table><b>尾</b><td>外三</td></tr></table>"
        document = read(f"<div>{text}</div>", "a.html")
        outer, inner = document.tables()
        source = document.source.text
        assert source[outer.span.start : outer.span.end] == text
        assert source[inner.span.start : inner.span.end] == text[text.index("<table><tr><td>内") : text.index("<b>")]
        assert [source[cell.span.start : cell.span.end] for cell in outer.cells()] == [
            "外一",
            text[text.index("外二") : text.index("<td>外三")],
            "外三",
        ]
        assert [source[cell.span.start : cell.span.end] for cell in inner.cells()] == ["内一", "内二"]

    def test_captions_come_before(self) -> None:
        document = read("<table><caption>收入决算表</caption><tr><td>甲</td><td>乙</td></tr></table>", "a.html")
        assert shown(document) == [("p", "收入决算表"), [["甲", "乙"]]]

    def test_text_in_one_column_is_text(self) -> None:
        text = "<table><tr><td>本报告根据有关规定</td></tr><tr><td></td></tr><tr><td>编制。<br>完</td></tr></table>"
        assert page(text) == [("p", "本报告根据有关规定"), ("p", "编制。\n完")]

    def test_a_page_laid_out_in_a_table_is_a_page(self) -> None:
        text = "<table><tr><td width=10></td><td><h2>一、概况</h2><p>正文</p><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>"
        assert page(text) == [("h2", "一、概况"), ("p", "正文"), [["甲", "乙"]]]

    def test_prose_lines_above_the_rows(self) -> None:
        lines = [
            "本年度积极推进有关工作，不断完善公开制",
            "度，建立健全保障机制，推进工作有序开展",
            "，取得了一定成效。",
            "二、主动公开情况",
        ]
        rows = "".join(f"<tr><td>{line}</td><td></td></tr>" for line in lines)
        text = f"<table>{rows}<tr><td>信息内容</td><td>件数</td></tr><tr><td>规章</td><td>0</td></tr></table>"
        assert page(text) == [*(("p", line) for line in lines), [["信息内容", "件数"], ["规章", "0"]]]

    def test_prose_in_the_first_of_several_columns(self) -> None:
        lines = [
            "本年度积极推进有关工作，不断完善公开制",
            "度，建立健全保障机制，推进工作有序开展",
            "，取得了一定成效。",
        ]
        text = "<table>" + "".join(f"<tr><td>{line}</td><td></td></tr>" for line in lines) + "</table>"
        assert page(text) == [("p", line) for line in lines]
        labels = ["十六、金融支出", "十七、援助其他地区支出", "十八、自然资源海洋气象等支出"]
        form = "<table>" + "".join(f"<tr><td>{label}</td><td></td></tr>" for label in labels) + "</table>"
        assert page(form) == [[[label, ""] for label in labels]]

    def test_places_of_cells(self) -> None:
        document = read("<table><tr><td><b>甲</b> </td><td>乙<td></td></tr></table>", "a.html")
        (table,) = document.tables()
        source = document.source.text
        assert [source[cell.span.start : cell.span.end] for cell in table.cells()] == ["<b>甲</b> ", "乙", ""]
        assert source[table.span.start : table.span.end] == source

    def test_cells_outside_tables_are_text(self) -> None:
        assert page("<td>甲</td><tr>乙</tr><table>丙</table>丁") == [("p", "甲"), ("p", "乙"), ("p", "丙"), ("p", "丁")]


class TestSize:
    """Large and hostile documents are read to their end."""

    def test_deep_elements(self) -> None:
        document = read("<div>" * 10_000 + "<p>深处</p>" + "</div>" * 10_000 + "末", "a.html")
        assert shown(document) == [("p", "深处"), ("p", "末")]
        assert document.troubles == ()

    def test_deep_tables_are_read_and_reported(self) -> None:
        document = read("<table><tr><td>甲</td><td>" * 1000 + "深处" + "</td></tr></table>" * 1000 + "末", "a.html")
        assert visible(document) == "甲" * 1000 + "深处末"
        assert len(document.troubles) == 1

    def test_many_rows(self) -> None:
        rows = 5000
        (tabs,) = read("项目\t金额\n" + "合计\t5\n" * rows).tables()
        (pipes,) = read("|项目|金额|\n|-|-|\n" + "|合计|5|\n" * rows).tables()
        (cells,) = read("<table>" + "<tr><td rowspan=3>合计</td><td>5</td></tr>" * rows + "</table>", "a.html").tables()
        assert [len(table.rows) for table in (tabs, pipes, cells)] == [rows + 1, rows + 1, rows]

    def test_a_long_line(self) -> None:
        text = "收入合计，**支出**。" * 100_000
        (block,) = read(text).blocks
        assert isinstance(block, Paragraph)
        assert len(block.text) == 800_000
        assert len(page(f"<p>{text}</p>")) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "<a b='",
            "<a",
            "<!--",
            "**a ",
            "[a](",
            "`a``b",
            "&amp",
            "<table>",
            "> ",
            "|-",
            "\t\n",
            "a<!--x-->",
            "![a](b",
            "<b>",
        ],
    )
    def test_repetition_takes_linear_time(self, text: str) -> None:
        for name in ("a.md", "a.html"):
            parse(Source(name, text * 20_000))


LINES = (
    "一、收支情况说明",
    "2023 年度",
    "| 项目 | 金额 |",
    "　　全角缩进",
    "  两格缩进",
    "      六格缩进",
    "# 标题",
    "===",
    "---",
    "- 项目",
    "-",
    "  - 嵌套",
    "1. 第一",
    "2) 第二",
    "1234567890. 不是序号",
    "> 引用",
    "> - 引用中的项目",
    "```",
    "~~~",
    "- ```",
    "<div>",
    "<script>",
    "</script>",
    "<!-- 注释",
    "-->",
    "收入 < 支出",
)


@given(st.lists(st.sampled_from(LINES) | st.sampled_from(["", "", " ", "　"]), max_size=20))
def test_the_blocks_of_a_text_are_those_that_markdown_it_finds_in_the_whole(lines: list[str]) -> None:
    library = MarkdownIt("commonmark", {"maxNesting": 100}).disable(["code", "reference"])
    tokens = library.parse("\n".join(line.strip() and line for line in lines))
    kinds = {"paragraph_open": "paragraph", "heading_open": "heading", "html_block": "html", "hr": "rule"}
    expected = []
    for token, following in pairwise([*tokens, *tokens[-1:]]):
        if token.type == "list_item_open":
            assert token.map is not None
            expected.append(("item", token.map[0], token.map[0] + 1, ""))
        elif token.map is not None and token.type in {*kinds, "fence"}:
            content = following.content if token.type.endswith("_open") else token.content
            expected.append((kinds.get(token.type, token.type), *token.map, content))
    found = [
        (block.kind, block.begin, block.end, block.content)
        for block in find_blocks(lines)
        if block.kind != "end of item"
    ]
    assert found == expected
