"""Claims: what the sentences say of their numbers, and which cells they are bound to."""

from __future__ import annotations

import pytest
from govlint_numbers._audit import table_audit
from govlint_numbers._binding import Index, index_of
from govlint_numbers._claims import Claim
from govlint_numbers._figures import CellPlace
from govlint_numbers._reading import read_claims
from govlint_numbers._subjects import Subject, compact, read_words, scope_of_heading
from hypothesis import given, settings, strategies as st

from govlint import Document, parse, report_kind

TITLE = "# 临江市文化馆2023年度部门决算\n\n"
SECTION = "## 五、一般公共预算财政拨款支出决算情况说明\n\n"


def claims(text: str, *, title: str = TITLE) -> list[Claim]:
    """The claims of a report that consists of a paragraph."""
    return list(read_claims(parse("report.md", text=title + text)).claims)


def roles(text: str) -> list[tuple[str, str]]:
    """Role and printed number of each claim."""
    return [(claim.role, claim.figure.printed) for claim in claims(text)]


@pytest.mark.parametrize(
    ("words", "scope", "core", "measure"),
    [
        ("2023年度收、支总计", None, "总计", "current"),
        ("2023年度财政拨款收、支总计", "fiscal", "总计", "current"),
        ("收入、支出预算总计", None, "总计", "current"),
        ("2023年度收入合计", None, "收入", "current"),
        ("本年支出合计", None, "支出", "current"),
        ("财政拨款收入", "fiscal", "收入", "current"),
        ("一般公共预算财政拨款支出年初预算为", "general", "支出", "initial"),
        ("2023年度一般公共预算财政拨款支出调整预算为", "general", "支出", "adjusted"),
        ("支出决算为", None, "", "current"),
        ("项目全年预算数为", None, "", "full"),
        ("“三公”经费财政拨款年初预算数为", "official", "三公经费", "initial"),
        ("因公出国(境)费支出决算为", None, "因公出国（境）费", "current"),
        ("公务用车运行维护费支出", None, "公务用车运行费", "current"),
        ("政府性基金拨款支出预算", "fund", "支出", "budget"),
        ("国有资本经营预算拨款支出预算为", "capital", "支出", "budget"),
        ("使用非财政拨款结余", None, "使用非财政拨款结余", "current"),
        ("临江市文化馆机关运行经费支出", None, "机关运行经费", "current"),
        ("一般公共预算财政拨款基本支出", "general", "基本支出", "current"),
    ],
)
def test_words_are_taken_apart(words: str, scope: str | None, core: str, measure: str):
    named = read_words(compact(words), "临江市文化馆")
    assert (named.subject.scope, named.subject.core, named.measure) == (scope, core, measure)


@pytest.mark.parametrize(
    "words",
    [
        "1.文化旅游体育与传媒支出（类）文化和旅游（款）图书馆（项）。",
        "“文化旅游体育与传媒支出(类)文化和旅游(款)图书馆(项)”",
        "文化旅游体育与传媒支出（207类）文化和旅游（01款）图书馆（04项）",
    ],
)
def test_a_chain_of_subject_names_is_read(words: str):
    chain = read_words(compact(words), "").subject.chain
    assert [name.removeprefix("1.") for name in chain] == ["文化旅游体育与传媒支出", "文化和旅游", "图书馆"]


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("一般公共预算财政拨款“三公”经费支出决算情况说明", "official"),
        ("政府性基金预算财政拨款收入支出决算情况说明", "fund"),
        ("财政拨款收入支出决算总体情况说明", "fiscal"),
        ("收入支出决算总体情况说明", None),
        ("机关运行经费支出情况说明", "other"),
    ],
)
def test_headings_say_whose_money_it_is(title: str, scope: str | None):
    assert scope_of_heading(title) == scope


def test_each_number_has_its_role():
    text = (
        "## 三、支出决算情况说明\n\n2023年度支出合计415.20万元，比上年增加17.66万元，增长4.44%。其中：基本支出260.00万元，"
        "占62.62%；项目支出155.20万元，完成年初预算的98.10%。\n"
    )
    assert roles(text) == [
        ("amount", "415.20"),
        ("change", "17.66"),
        ("growth", "4.44"),
        ("amount", "260.00"),
        ("share", "62.62"),
        ("amount", "155.20"),
        ("completion", "98.10"),
    ]


def test_parts_belong_to_their_whole():
    text = "## 三、支出决算情况说明\n\n2023年度支出合计415.20万元。其中：基本支出260.00万元；项目支出155.20万元。\n"
    whole, basic, project = (claim.item for claim in claims(text))
    assert whole is not None
    assert basic is not None
    assert project is not None
    assert whole.parent is None
    assert basic.parent is whole
    assert project.parent is whole
    assert basic.group == project.group


def test_numbered_items_belong_to_the_paragraph_before_and_deeper_ones_to_the_item():
    text = (
        "## 七、“三公”经费支出决算情况说明\n\n“三公”经费支出决算为2.49万元，其中：\n\n"
        "1.因公出国（境）费支出决算为0.00万元。\n\n2.公务用车购置及运行费支出决算为2.49万元。其中：\n\n"
        "（1）公务用车购置费0.00万元。\n\n（2）公务用车运行费2.49万元。\n\n3.公务接待费支出决算为0.00万元。\n"
    )
    total, abroad, cars, bought, running, reception = (claim.item for claim in claims(text))
    assert abroad is not None
    assert cars is not None
    assert bought is not None
    assert running is not None
    assert reception is not None
    assert abroad.parent is cars.parent is reception.parent is total
    assert bought.parent is running.parent is cars


def test_what_a_list_of_names_says_is_spread_over_its_numbers():
    text = "## 十一、政府采购支出情况\n\n政府采购支出总额95.26万元，其中：货物、工程、服务支出分别为20.00万元、0.00万元、75.26万元。\n"
    names = [claim.item.subject.core for claim in claims(text)[1:] if claim.item is not None]
    assert names == ["货物", "工程", "服务支出"]


def test_numbers_in_reasons_and_thresholds_are_no_claims():
    text = (
        "## 一、总体情况\n\n收、支总计415.20万元，比上年增加17.66万元，增长4.44%，主要原因是演出项目增加25.00万元。"
        "单价100万元（含）以上设备0台（套）。\n"
    )
    told = {claim.figure.printed: claim for claim in claims(text)}
    assert told["25.00"].item is None
    assert told["100"].item is None


def test_the_residue_of_the_form_is_known():
    text = "## 七、“三公”经费\n\n公务接待费支出决算为0.39万元，比上年减少0.15万元，下降（增长）27.78%。\n"
    last = claims(text)[-1]
    assert last.reason is not None
    assert "模板" in last.reason.chinese


# --- Binding ----------------------------------------------------------------------------------------------------------

TABLES = """## 2023年度支出决算表（表3）

单位：万元

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| | 合计 | 445.20 | 290.00 | 155.20 |
| 207 | 文化旅游体育与传媒支出 | 445.20 | 290.00 | 155.20 |
| 20701 | 文化和旅游 | 445.20 | 290.00 | 155.20 |
| 2070104 | 图书馆 | 305.20 | 250.00 | 55.20 |
| 2070109 | 群众文化 | 140.00 | 40.00 | 100.00 |

## 2023年度一般公共预算财政拨款支出决算表（表5）

单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| | 合计 | 415.20 | 260.00 | 155.20 |
| 207 | 文化旅游体育与传媒支出 | 415.20 | 260.00 | 155.20 |
| 20701 | 文化和旅游 | 415.20 | 260.00 | 155.20 |
| 2070104 | 图书馆 | 275.20 | 220.00 | 55.20 |
| 2070109 | 群众文化 | 140.00 | 40.00 | 100.00 |

## 2023年度一般公共预算财政拨款“三公”经费支出决算表（表7）

单位：万元

| 合计 预算数 | 合计 决算数 | 因公出国（境）费 预算数 | 因公出国（境）费 决算数 | 公务接待费 预算数 | 公务接待费 决算数 |
|---|---|---|---|---|---|
| 4.20 | 2.49 | 0.00 | 0.00 | 4.20 | 2.49 |

"""


def index(text: str) -> tuple[Document, Index]:
    """The cells of a report."""
    document = parse("report.md", text=text)
    return document, index_of(document, table_audit(document).sheets, budget=report_kind(document) == "budget")


@pytest.mark.parametrize(
    ("subject", "value"),
    [
        (Subject("all", "基本支出"), "290.00"),
        (Subject("general", "基本支出"), "260.00"),
        (Subject("all", "支出"), "445.20"),
        (Subject("general", "支出"), "415.20"),
        (Subject("general", "", ("文化旅游体育与传媒支出", "文化和旅游", "图书馆")), "275.20"),
        (Subject("all", "", ("文化旅游体育与传媒", "文化和旅游", "图书馆")), "305.20"),
        (Subject("general", "", ("文化旅游体育与传媒支出",)), "415.20"),
    ],
)
def test_the_fund_decides_the_table(subject: Subject, value: str):
    _, cells = index(TITLE + TABLES)
    found = cells.cells(subject, "current").figures
    assert [figure.printed for figure in found] == [value]
    assert all(isinstance(figure.place, CellPlace) for figure in found)


@pytest.mark.parametrize(
    "subject",
    [
        Subject("general", "", ("文化旅游体育与传媒支出", "文化和旅游", "博物馆")),
        Subject("general", "", ("教育支出", "普通教育", "图书馆")),
        Subject("fund", "支出"),
        Subject("other", "支出"),
        Subject("general", "演出下乡"),
    ],
)
def test_what_no_table_surely_states_is_not_bound(subject: Subject):
    _, cells = index(TITLE + TABLES)
    assert not cells.cells(subject, "current").figures


def test_a_budget_is_only_sought_where_the_table_has_one():
    _, cells = index(TITLE + TABLES)
    assert not cells.cells(Subject("general", "支出"), "initial").figures


@settings(max_examples=settings.default.max_examples * 3 // 5, deadline=None)
@given(
    st.text(
        alphabet="其中：；，。（）占比较增加减少完成年初预算的支出收入决算为12.30万元%辆三公经费合计总额分别、\n",
        max_size=80,
    )
)
def test_any_words_can_be_read(words: str):
    document = parse("report.md", text=TITLE + SECTION + words)
    text = document.source.text
    for claim in read_claims(document).claims:
        assert claim.figure.span is not None
        assert 0 <= claim.figure.span.start < claim.figure.span.end <= len(text)
