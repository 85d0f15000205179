"""Passages joined over converter breaks, and their sentences."""

import re
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, strategies as st

from govlint.document import Document
from govlint.facts.ordinals import read_ordinal
from govlint.facts.prose import Passage, passages, sentences, split_sentences
from govlint.parsers import parse
from govlint.source import Source
from tests.generator import LAYOUTS, generate


def read(*lines: str) -> Document:
    text = "\n".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    return parse(Source("报告.html", text))


def prose(document: Document) -> list[str]:
    return [passage.text.text for passage in passages(document) if passage.role == "prose"]


HEAD = ("第三部分 部门决算情况说明", "一、政府采购支出情况")


@pytest.mark.parametrize(
    ("before", "between", "after", "sure"),
    [
        ("政府采购支出总额 75.26 万元，其中：政府采购工程支出 0.00 万", (), "元、政府采购服务支出 75.26 万元。", True),
        ("支出决算为 1092.80 万元，完成年初预算的", ("- 2 -",), "97.97%。决算数小于预算数。", True),
        ("是指用一般公共预算财政拨款安排的因公出国（境）费、", (), "公务用车购置及运行费和公务接待费。", True),
        (
            "1. 一般公共服务支出（类）政府办公厅（室）及相关机构事务",
            (),
            "（款）行政运行（项）：反映行政单位的支出。",
            True,
        ),
        ("2. 卫生健康支出（类）行政事业单位医疗（款）事业", (), "单位医疗（项）：反映医疗保险缴费。", True),
        ("3. 住房保障支出（类）住房改革支出（款）住房公积金（项）：", (), "反映缴纳的住房公积金。", True),
        ("如有疑问请与办公室联系（地址：云川市青禾区，电子邮箱：", (), "qinghe@example.com）。", True),
        ("全区始终坚持以人民为中心，认真落实政务公开各项任务", ("— 18 —",), "要求，不断完善制度。", False),
        ("本年收入合计比上年增加较多，其中财政拨款收入 2024", (), "年为 3 万元。", True),
        ("全年网络运行稳定，保障了视频会议系统和政务网络的畅通", ("19", "、"), "运行，未发生事故。", False),
    ],
)
def test_a_cut_paragraph_is_one_passage(before: str, between: tuple[str, ...], after: str, sure: bool) -> None:
    document = read(*HEAD, before, *between, after, "二、国有资产占用情况", "无。")
    found = [passage for passage in passages(document) if passage.role == "prose"]
    assert [passage.text.text for passage in found] == [before + after, "无。"]
    (joint,) = found[0].joints
    assert (joint.at, joint.before, joint.after, joint.sure) == (len(before), 2, 3 + len(between), sure)
    assert found[0].blocks == (2, 3 + len(between))
    for text in (found[0].text.slice(0, len(before)), found[0].text.slice(len(before), len(before + after))):
        assert document.source.text[text.whole.start : text.whole.end] == text.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("负责建设工程项目审批后到竣工验收的规划执行情况的跟踪监督", "8.负责自然资源调查监测评价。"),
        ("全年组织开展各类群众文化活动三百余场，培训业务骨干", "（二）依申请公开。收到申请3件。"),
        ("纳入编制范围的单位包括：", "云川市文化馆本级。"),
        ("主要原因：人员减少。（如持平作持平表述）", "2024年度决算数比上年减少。"),
        ("收入合计 3 万元。", "其中：财政拨款 2 万元。"),
        ("他说：“任务已经全部完成”", "下一步继续推进。"),
        ("附后", "2024年度收入合计 3 万元。"),
    ],
)
def test_paragraphs_that_end_or_begin_anew_stay_apart(before: str, after: str) -> None:
    assert passages(read(*HEAD, before, after))[-1].text.text == after


@pytest.mark.parametrize(
    "between",
    ["二、其他情况说明", TABLE := "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"],
)
def test_nothing_is_joined_over_a_heading_or_table(between: str) -> None:
    document = read(*HEAD, "全年网络运行稳定，保障了视频会议系统和政务网络的畅通", between, "运行，未发生事故。")
    assert not any(passage.joints for passage in passages(document))


def test_a_lost_full_stop_comes_back_and_a_stray_one_does_not() -> None:
    assert prose(read(*HEAD, "数据截至2024年12月31日，由云川市统计局汇总", "。")) == [
        "数据截至2024年12月31日，由云川市统计局汇总。"
    ]
    assert prose(read(*HEAD, "数据由云川市统计局汇总。", "。", "逐项核对。")) == [
        "数据由云川市统计局汇总。",
        "逐项核对。",
    ]


def test_many_lines_of_one_paragraph_and_latin_words() -> None:
    document = read(
        *HEAD,
        "建设 IPv6 监测平台并接入全市统一的 Open",
        "Data 门户，接口遵循国家有关标准与规范，全年新增接口一百",
        "二十个。",
    )
    assert prose(document) == [
        "建设 IPv6 监测平台并接入全市统一的 Open Data 门户，接口遵循国家有关标准与规范，全年新增接口一百二十个。"
    ]
    (passage,) = [passage for passage in passages(document) if passage.role == "prose"]
    assert [passage.text.text[joint.at :][:3] for joint in passage.joints] == [" Da", "二十个"]


def test_every_role_is_a_passage_with_the_headings_above() -> None:
    cells = (
        "<table><tr><td>事项</td><td>情况</td></tr><tr><td>网络</td><td>完成升级，保障了全年稳定运行</td></tr></table>"
    )
    document = read(
        "临江市文化馆2024年度部门决算",
        *HEAD,
        "无。",
        "（一）总体情况",
        "收支平衡。",
        "完成情况表",
        cells,
        "注：本表自填。",
    )
    assert [(passage.role, [section.title.text for section in passage.sections]) for passage in passages(document)] == [
        ("title", []),
        ("heading", ["部门决算情况说明"]),
        ("heading", ["部门决算情况说明", "政府采购支出情况"]),
        ("prose", ["部门决算情况说明", "政府采购支出情况"]),
        ("heading", ["部门决算情况说明", "政府采购支出情况", "总体情况"]),
        ("prose", ["部门决算情况说明", "政府采购支出情况", "总体情况"]),
        ("caption", ["部门决算情况说明", "政府采购支出情况", "总体情况", "完成情况表"]),
        ("cell", ["部门决算情况说明", "政府采购支出情况", "总体情况", "完成情况表"]),
        ("note", ["部门决算情况说明", "政府采购支出情况", "总体情况", "完成情况表"]),
    ]


def test_a_glued_heading_is_a_passage_of_its_own() -> None:
    document = read(
        "目录", "一、名词解释", "二、预算编制说明", "名词解释", "基本支出：指运转支出。预算编制说明", "收入 3 万元。"
    )
    assert [(passage.role, passage.text.text) for passage in passages(document)][3:] == [
        ("heading", "名词解释"),
        ("prose", "基本支出：指运转支出。"),
        ("heading", "预算编制说明"),
        ("prose", "收入 3 万元。"),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("收入 3.5 万元。支出 2 万元；结余 1.5 万元。", ["收入 3.5 万元。", "支出 2 万元；", "结余 1.5 万元。"]),
        (
            "建立“先审查；后公开”制度。落实（一事一审；一人一岗）要求。",
            ["建立“先审查；后公开”制度。", "落实（一事一审；一人一岗）要求。"],
        ),
        ("他说：“任务完成。”群众满意。", ["他说：“任务完成。”", "群众满意。"]),
        ("括号（没有关上；照样断句。第二句。", ["括号（没有关上；", "照样断句。", "第二句。"]),
        ("第一行\n第二行。 第三句", ["第一行", "第二行。", "第三句"]),
        ("网址 https://a.example/?x=1;y=2 有效。好!行", ["网址 https://a.example/?x=1;y=2 有效。", "好!", "行"]),
        ("主要原因：减少。（如持平作持平表述）", ["主要原因：减少。", "（如持平作持平表述）"]),
        ("完成。。继续。", ["完成。", "。", "继续。"]),
        ("  \n ", []),
    ],
)
def test_sentences_end_at_end_marks_outside_pairs(text: str, parts: list[str]) -> None:
    assert [text[begin:end] for begin, end in split_sentences(text)] == parts


@given(st.text("甲乙。！；?;\n “”（）()《》1.，a", max_size=60))
def test_sentences_cover_the_text_in_order(text: str) -> None:
    found = split_sentences(text)
    assert all(0 <= begin < end <= len(text) for begin, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert all(text[begin:end] == text[begin:end].strip() for begin, end in found)
    assert "".join("".join(text[begin:end] for begin, end in found).split()) == "".join(text.split())


@pytest.mark.parametrize("name", LAYOUTS)
def test_generated_paragraphs_cut_anywhere_are_whole_again(name: str) -> None:
    report = generate(5, name)
    rng = Random(name)
    cuts = 0

    def cut(match: re.Match[str]) -> str:
        nonlocal cuts
        begin, words, end = match.groups()
        at = rng.randrange(30, len(words) - 30)
        if (
            "=" in words
            or words[at - 1] in "。；：！？” "
            or words[at] in " （("
            or read_ordinal(words[at:]).kind != "none"
        ):
            return match[0]
        cuts += 1
        middle = rng.choice(["", "- 3 -", "19"])
        return begin + words[:at] + end + (begin + middle + end if middle else "") + begin + words[at:] + end

    paragraph = r"(<p>)([^<\n]{80,})(</p>)" if report.suffix == ".html" else r"(\n\n)([^\n<#|\t]{80,})()(?=\n\n)"
    text = re.sub(paragraph, cut, report.text)
    whole, again = (passages(parse(Source("报告" + report.suffix, version))) for version in (report.text, text))
    assert [passage.text.text for passage in again] == [passage.text.text for passage in whole]
    assert sum(len(passage.joints) for passage in again) == cuts
    assert not any(passage.joints for passage in whole)


def test_sentences_know_their_passage() -> None:
    document = read(*HEAD, "收入 3 万元。支出 2 万元，完成预算的", "97%。")
    found = passages(document)
    assert [sentence.text.text for sentence in sentences(document)][2:] == [
        "收入 3 万元。",
        "支出 2 万元，完成预算的97%。",
    ]
    for sentence in sentences(document):
        assert found[sentence.passage].text.text[sentence.begin : sentence.end] == sentence.text.text


def real(shared_reports: Path, name: str) -> tuple[Passage, ...]:
    return passages(parse(Source.read(shared_reports / name)))


@pytest.mark.parametrize(
    ("name", "sure", "unsure"),
    [
        ("hongshan-2020.md", 6, 0),
        ("putuo-planning-2024.html", 1, 0),
        ("wanli-2024-budget.html", 1, 0),
        ("shanghai-finance-2025-budget.html", 0, 0),
        ("final-accounts-template.html", 0, 0),
    ],
)
def test_real_joints(shared_reports: Path, name: str, sure: int, unsure: int) -> None:
    joints = [joint for passage in real(shared_reports, name) for joint in passage.joints]
    assert (sum(joint.sure for joint in joints), sum(not joint.sure for joint in joints)) == (sure, unsure)


@pytest.mark.parametrize("name", ["huaian-2024-annual.html", "hongze-2023-annual.html"])
def test_real_lines_in_one_column_tables_become_paragraphs(shared_reports: Path, name: str) -> None:
    found = [passage for passage in real(shared_reports, name) if passage.role == "prose"]
    assert max(len(passage.blocks) for passage in found) >= 5
    assert all(passage.text.text[-1] in "。" for passage in found)
