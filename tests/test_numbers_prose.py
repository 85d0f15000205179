"""The prose against the tables and against itself: what is found, what is not, and that it is told once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from govlint_numbers._audit import audit
from govlint_numbers._findings import ROUNDING_TAIL

from govlint import Finding, Severity, parse
from tests.generator import generate, mutate
from tests.generator.mutate import NothingToMutateError

TITLE = "# 临江市文化馆2023年度部门决算\n\n"
OFFICIAL = "## 七、“三公”经费支出决算情况说明\n\n"
TABLE = """## 2023年度支出决算表（表3）

单位：{unit}

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| | 合计 | {0} | {1} | {2} |
| 207 | 文化旅游体育与传媒支出 | {0} | {1} | {2} |

## 三、支出决算情况说明

"""
WAN = TABLE.format("415.20", "260.00", "155.20", unit="万元")
YUAN = TABLE.format("4,152,013.40", "2,600,013.40", "1,552,000.00", unit="元")


def reported(text: str, path: str = "report.md") -> list[tuple[str, Finding]]:
    """The findings above info, with their rules."""
    return [
        (rule, finding)
        for rule, finding in audit(parse(path, text=text)).reported
        if rule != ROUNDING_TAIL and finding.severity is not Severity.INFO
    ]


def told(text: str) -> list[tuple[str, str]]:
    """Rule and the text of the source that each finding points at."""
    return [(rule, text[finding.span.start : finding.span.end]) for rule, finding in reported(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年度支出合计415.20万元，其中：基本支出260.00万元，占62.62%；项目支出155.20万元，占37.38%。",
        "2023年度支出合计415.2万元。其中：基本支出260万元（占支出合计62.6%），项目支出155.20万元（占支出合计37.4%）。",
        "本年支出合计415.20万元，比上年增加17.66万元，增长4.44%，主要原因是演出项目增加25.00万元。",
        "本年支出合计415.20万元，较2022年度减少0.00万元，下降0%。",
        "2023年度用于演出的支出为88.00万元，其中设备30.00万元，场地12.00万元。",
    ],
)
def test_what_agrees_is_not_reported(sentence: str):
    assert told(TITLE + WAN + sentence + "\n") == []


def test_tables_in_yuan_are_compared_with_prose_in_wan():
    assert told(TITLE + YUAN + "2023年度支出合计415.20万元，其中：基本支出260.00万元，占62.62%。\n") == []
    wrong = TITLE + YUAN + "2023年度支出合计415.20万元，其中：基本支出260.10万元，占62.62%。\n"
    assert told(wrong) == [("claim-mismatch", "260.10万元")]


def test_a_wrong_amount_is_told_once_with_the_amount_of_the_table():
    text = (
        TITLE + WAN + "2023年度支出合计415.20万元，其中：基本支出206.00万元，占62.62%；项目支出155.20万元，占37.38%。\n"
    )
    ((rule, finding),) = reported(text)
    assert rule == "claim-mismatch"
    assert "260.00 万元" in finding.message
    assert finding.severity is Severity.ERROR


def test_a_wrong_cell_is_told_at_the_cell():
    table = (
        TABLE.format("415.20", "206.00", "155.20", unit="万元")
        .replace("| 207 |", "| 207 |")
        .replace(
            "| 207 | 文化旅游体育与传媒支出 | 415.20 | 206.00 |", "| 207 | 文化旅游体育与传媒支出 | 415.20 | 260.00 |"
        )
    )
    text = (
        TITLE
        + table
        + "2023年度支出合计415.20万元，其中：基本支出260.00万元，占62.62%；项目支出155.20万元，占37.38%。\n"
    )
    ((_, finding),) = reported(text)
    assert text[finding.span.start : finding.span.end] == "206.00"


def test_swapped_amounts_are_one_finding():
    text = (
        TITLE + WAN + "2023年度支出合计415.20万元，其中：基本支出155.20万元，占62.62%；项目支出260.00万元，占37.38%。\n"
    )
    ((_, finding),) = reported(text)
    assert "互换" in finding.message


@pytest.mark.parametrize(
    ("sentence", "rule", "where"),
    [
        ("公务接待费支出决算为2.49万元，比上年增加1.79万元，增长225.71%。", "percentage", "225.71%"),
        ("公务接待费支出决算为2.49万元，比上年增加1.79万元，下降255.71%。", "direction", "下降"),
        ("公务接待费支出决算为2.49万元，比上年减少1.79万元，下降255.71%。", "direction", "减少"),
        ("公务接待费年初预算为4.20万元，支出决算为2.49万元，比年初预算减少1.17万元。", "change-amount", "1.17万元"),
        ("公务接待费年初预算为4.20万元，支出决算为2.49万元，决算数大于年初预算数的主要原因是厉行节约。", "direction", "大于"),
        ("公务接待费年初预算为4.20万元，支出决算为2.49万元，完成年初预算的95.29%。", "percentage", "95.29%"),
        ("公务接待费支出决算为0.30万元，比上年增加0.30万元，增长100.00%。", "zero-base", "100.00%"),
        ("公务接待费支出决算为2.49万元，比上年增加1.79万元，增长255.71。", "missing-unit", "255.71"),
        ("政府采购支出总额95.26万元，其中：货物支出20.00万元、工程支出0.00万元、服务支出57.26万元。", "parts", "57.26万元"),
        ("共有车辆5辆，其中：机要通信用车1辆、应急保障用车2辆、其他用车1辆。", "counts", "5辆"),
    ],
)  # fmt: skip
def test_what_the_numbers_of_a_sentence_contradict(sentence: str, rule: str, where: str):
    assert told(TITLE + OFFICIAL + sentence + "\n") == [(rule, where)]


@pytest.mark.parametrize(
    "sentence",
    [
        "公务接待费支出决算为0.00万元，比上年增加0.00万元，增长0%。",
        "公务接待费支出决算为0.62万元，比上年增加0.12万元，增长22.22%。",
        "公务接待费年初预算为4.20万元，支出决算为4.20万元，完成年初预算的100%，决算数与年初预算数持平。",
        "公务接待费支出决算为0.39万元，比上年减少0.15万元，下降（增长）27.78%。",
        "公务接待费支出0.39万元。其中：国内公务接待支出0.39万元（含外宾接待支出0.10万元），接待2批次、26人次。",
        "共有车辆5辆，其中：机要通信用车1辆、应急保障用车2辆；单价100万元（含）以上设备3台（套）。",
        "在职人员15人，其中：行政0人，事业15人（其中：参照公务员法管理2人）；退休人员4人。",
        "年末人员编制62人。其中：行政编制28人，事业编制34人；在职实有行政人员27人，事业人员33人。",
        "编制人数48人，其中行政编制22人、事业编制26人；实有人数76人，其中在职人员45人，离休人员0人，退休人员31人。",
        "实有人数16人，其中行政在职14人，参公编制1人，事业在职1人。",
        "国有资产占用情况见公开10表《国有资产占用情况表》。",
        "收入总计243.70万元，其中年初结转和结余0万元，较2022年减少81.23万元，下降25%。",
        "国内接待12批次，共计支出2.52万元。外事接待支出0万元，外事接待0批次，共计支出0万元。",
    ],
)
def test_traps(sentence: str):
    assert told(TITLE + OFFICIAL + sentence + "\n") == []


@pytest.mark.parametrize(
    "paragraphs",
    [
        "本年收入合计200.00万元；包括财政拨款收入150.00万元（其中，一般公共预算150.00万元，政府性基金预算0.00万元），"
        "占收入合计75.00%；事业收入50.00万元，占收入合计25.00%。",
        "本年支出合计200.00万元，其中，基本支出120.00万元，占60%；项目支出80.00万元，占40%。比2022年度减少50.00万元，下降20%。",
        "本年支出合计200.00万元，其中，基本支出120.00万元，占60%；项目支出80.00万元，占40%，比2022年度减少20.00万元，下降20%。",
        "支出构成如下。\n\n教育支出20.00万元，占10.00%；住房保障支出180.00万元，占90.00%。",
    ],
)
def test_a_share_or_change_belongs_to_what_it_may_belong_to(paragraphs: str):
    assert told(TITLE + "## 五、说明\n\n" + paragraphs + "\n") == []


@pytest.mark.parametrize(
    ("sentence", "where"),
    [
        ("实有人数75人，其中在职人员45人，离休人员0人，退休人员31人。", "75人"),
        ("共有车辆3辆，其中，机要通信用车1辆、其他用车1辆。", "3辆"),
        (
            "本年支出合计200.00万元，其中：基本支出120.00万元，占总支出的61.00%；项目支出80.00万元，占总支出的40.00%。",
            "61.00%",
        ),
        (
            "一般公共预算基本支出100.00万元，政府性基金基本支出0万元，其中工资福利支出60.00万元，占基本支出总支出的61%。",
            "61%",
        ),
        (
            "公务接待费支出决算为8.00万元，决算数小于预算数的主要原因是严控标准，与上年相比减少2.00万元，下降21.00%。",
            "21.00%",
        ),
        ("公务接待费8.00万元，用于调研。费用支出较上年减少2.00万元，下降21.00%。", "21.00%"),
        ("公务接待费2023年决算数8.00万元，比2023年年初预算数10.00万元增加2.00万元。", "增加"),
        ("公务接待费支出8.00万元，比上年实际支出10.00万元减少2.00万元，下降25.00%。", "25.00%"),
        ("公务接待费支出8.00万元，较2022年公务接待费支出10.00万元减少2.50万元。", "2.50万元"),
        ("公务接待费支出8.00万元，完成年初预算的80.00%，决算数大于预算数，主要原因是来访增加。", "大于"),
        ("公务接待费支出8.00万元，完成年初预算100%，决算数小于预算数2.00万元。", "100%"),
        ("公务接待费年初预算为10.00万元，支出决算为8.00万元，决算数小于预算数2.20万元。", "2.20万元"),
    ],
)
def test_what_regional_wordings_claim_is_checked(sentence: str, where: str):
    assert [text for _, text in told(TITLE + OFFICIAL + sentence + "\n")] == [where]


@pytest.mark.parametrize(
    "sentence",
    [
        "公务接待费支出决算为8.00万元，比上年减少2.00万元，下降20.00%，主要原因是培训减少，与上年相比减少3.00万元，下降50%。",
        "公务接待费2023年决算数8.00万元，比2023年年初预算数10.00万元减少2.00万元。",
        "一般公共预算基本支出100.00万元，政府性基金基本支出0万元，其中工资福利支出60.00万元，占基本支出总支出的60%。",
        "公务接待费支出8.00万元，比上年累计支出10.00万元下降2.00万元，下降20%，主要是来访减少。",
        "公务接待费支出8.00万元，比上年公务接待费决算数10.00万元减少2.00万元，下降20%。",
        "公务接待费1万元，比上年增加0.4万元，增长100%。",
        "公务接待费支出8.00万元，完成年初预算的100.00%，决算数小于预算数。",
        "公务接待费支出8.00万元，完成年初预算的80.00%，决算数小于预算数2.00万元。",
        "“三公”经费8.00万元，比上年增加1.00万元，增长14.29%。公务用车运行费与预算比无增减变化，比上年增加0.60万元，增长25%。",
        "“三公”经费8.00万元，比上年增加1.00万元。公务接待费控制较严，比上年增加0.40万元，增长50%。",
        "收、支总计分别是412.50，415.20万元。与上年相比，收、支总计各减少17.66、20.10万元，各下降4.11%、4.62%。",
        "本单位总收入580.00万元，其中本年收入390.00万元，较2022年度减少110.00万元，下降22%。",
        "财政拨款收入总计160.00万元，比上年增加40.00万元，增长33.33%；财政拨款支出总计180.00万元，比上年增加60.00万元，增长50.00%。",
    ],
)
def test_regional_wordings_that_agree(sentence: str):
    assert told(TITLE + OFFICIAL + sentence + "\n") == []


def test_numbers_with_a_unit_in_common_lack_none():
    sentence = "政府采购支出95.26万元，其中货物、工程、服务支出分别为20.00、18.00、57.26万元。"
    assert told(TITLE + OFFICIAL + sentence + "\n") == []
    assert told(TITLE + OFFICIAL + sentence.replace("57.26", "75.26") + "\n") == [("parts", "95.26万元")]


_BASIC = """## 六、基本支出决算情况说明

2023年度一般公共预算财政拨款基本支出{}万元，其中：

人员经费80.00万元，主要包括：基本工资、津贴补贴。

{}20.00万元，主要包括：办公费、差旅费。
"""


@pytest.mark.parametrize("public", ["公用经费", "日常公用经费"])
def test_basic_expenditure_is_its_parts_in_paragraphs_of_their_own(public: str):
    assert told(TITLE + _BASIC.format("100.00", public)) == []
    assert told(TITLE + _BASIC.format("120.00", public)) == [("parts", "120.00万元")]


@pytest.mark.parametrize(
    "paragraphs",
    [
        "## 三、支出决算情况说明\n\n本年支出合计120.00万元，其中：基本支出100.00万元，项目支出20.00万元。\n\n"
        "## 五、一般公共预算财政拨款支出决算情况说明\n\n财政拨款支出95.00万元，用于：基本支出80.00万元，项目支出15.00万元。",
        "## 五、支出预算\n\n1.基本支出100.00万元，主要用于日常工作。商品和服务支出20.00万元，占20%。\n\n"
        "2.项目支出50.00万元，上年未列。商品和服务支出45.00万元，占90%。",
        "## 五、支出预算\n\n按功能分类科目，****支出20.00万元，****支出30.00万元。",
    ],
)
def test_one_name_in_two_funds_or_two_wholes_is_not_compared(paragraphs: str):
    assert told(TITLE + paragraphs + "\n") == []


def test_a_sentence_without_subject_that_fits_neither_part_nor_whole_is_reported():
    sentence = "本年支出合计200.00万元，其中，项目支出80.00万元，占40%。比2022年度减少50.00万元，下降30%。"
    assert told(TITLE + "## 五、说明\n\n" + sentence + "\n") == [("percentage", "30%")]


def test_fiscal_spending_under_the_heading_of_a_fund_is_that_funds():
    tables = """## 2023年度财政拨款收入支出决算总表（表4）

单位：万元

| 项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 |
|---|---|---|---|---|---|
| 一、一般公共预算财政拨款 | 90.00 | 一、教育支出 | 100.00 | 90.00 | 10.00 |
| 二、政府性基金预算财政拨款 | 10.00 | | | | |
| 本年收入合计 | 100.00 | 本年支出合计 | 100.00 | 90.00 | 10.00 |

## 五、一般公共预算财政拨款支出决算情况说明

### （一）财政拨款支出决算总体情况

"""
    assert told(TITLE + tables + "2023年度财政拨款支出90.00万元。\n") == []
    assert told(TITLE + tables + "2023年度一般公共预算财政拨款支出91.00万元。\n") == [("claim-mismatch", "91.00万元")]


def test_another_name_of_the_budget_is_no_wrong_percentage():
    text = (
        TITLE
        + "## 五、支出决算情况\n\n1.教育支出（类）。调整预算为41.34万元，支出决算为40.21万元，完成年初预算的97.27%。\n"
    )
    assert told(text) == []
    assert told(text.replace("97.27", "95.24")) == []  # of a budget that is not given


ANNUAL = """# 临江市文化馆2023年政府信息公开工作年度报告

## 一、总体情况

2023年，共收到政府信息公开申请{received}件，上年结转2件；结转下年度继续办理1件。因政府信息公开引发行政复议{review}件、行政诉讼{suits}件。

## 三、收到和处理政府信息公开申请情况

| （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | | 自然人 | 科研机构 | 法律服务机构 | 总计 |
|---|---|---|---|---|---|
| 一、本年新收政府信息公开申请数量 | | 10 | 1 | 1 | 12 |
| 二、上年结转政府信息公开申请数量 | | 2 | 0 | 0 | 2 |
| 三、本年度办理结果 | （一）予以公开 | 11 | 1 | 1 | 13 |
| 三、本年度办理结果 | （七）总计 | 11 | 1 | 1 | 13 |
| 四、结转下年度继续办理 | | 1 | 0 | 0 | 1 |

## 四、政府信息公开行政复议、行政诉讼情况

<table>
<tr><td colspan="5">行政复议</td><td colspan="10">行政诉讼</td></tr>
<tr><td rowspan="2">结果维持</td><td rowspan="2">结果纠正</td><td rowspan="2">其他结果</td><td rowspan="2">尚未审结</td><td rowspan="2">总计</td><td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>
<tr><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td></tr>
<tr><td>6</td><td>2</td><td>0</td><td>1</td><td>9</td><td>1</td><td>0</td><td>0</td><td>0</td><td>1</td><td>2</td><td>0</td><td>0</td><td>0</td><td>2</td></tr>
</table>
"""


def test_the_counts_of_annual_reports_are_those_of_the_forms():
    assert told(ANNUAL.format(received=12, review=9, suits=3)) == []
    assert told(ANNUAL.format(received=21, review=9, suits=3)) == [("claim-mismatch", "21件")]
    assert told(ANNUAL.format(received=12, review=9, suits=5)) == [("claim-mismatch", "5件")]


# --- Generated reports ------------------------------------------------------------------------------------------------

LAYOUTS = ("hubei-tabs", "shanghai-html", "zhejiang-pipe", "shanghai-budget-html", "jiangsu-budget-pipe", "annual-html")
KINDS = ("amount-digit", "share", "rate", "growth", "direction", "unit-dropped")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("tails", [True, False])
def test_consistent_reports_give_nothing(layout: str, tails: bool):
    report = generate(101, layout, tails=tails)
    assert [finding.message for _, finding in reported(report.text, f"report{report.suffix}")] == []


@pytest.mark.parametrize("layout", LAYOUTS[:5])
def test_mutated_numbers_are_found_where_they_stand(layout: str):
    report = generate(102, layout)
    missed = []
    for kind in KINDS:
        try:
            mutant = mutate(report, kind, 1)
        except NothingToMutateError:
            continue
        findings = [finding for _, finding in reported(mutant.text, f"report{report.suffix}")]
        if not any(_touches(finding, mutant.places) for finding in findings):
            missed.append((kind, mutant.old, mutant.new))
        assert len(findings) <= 2, [finding.message for finding in findings]
    assert missed == []


def _touches(finding: Finding, places: Sequence[tuple[int, int]]) -> bool:
    spans = [finding.span, *(related.span for related in finding.related)]
    return any(span.start <= end + 1 and start <= span.end + 1 for span in spans for start, end in places)


def test_real_reports(shared_reports: Path):
    """The known defects of numbers in prose, and no error in a report without any."""
    found = {
        name: {
            document.source.position(finding.span.start).line
            for rule, finding in audit(document).reported
            if rule != ROUNDING_TAIL and finding.severity is not Severity.INFO
        }
        for name in ("wanli-2024-budget.html", "putuo-planning-2024.html", "shanghai-finance-2025-budget.html")
        for document in [parse(shared_reports / name)]
    }
    assert found["wanli-2024-budget.html"] == {69, 92}
    assert found["putuo-planning-2024.html"] == {326, 346}
    assert found["shanghai-finance-2025-budget.html"] == set()


def test_where_several_tables_of_a_form_are_filled_a_claim_is_bound_to_none():
    form = """## 2023年度{1}支出决算表

单位：万元

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| | 合计 | {0} | {0} | |
| 207 | 文化旅游体育与传媒支出 | {0} | {0} | |

"""
    said = "## 三、支出决算情况说明\n\n2023年度支出合计90.00万元。\n"
    department, branch = form.format("80.00", "部门"), form.format("90.00", "单位")
    assert told(TITLE + department + said) == [("claim-mismatch", "90.00万元")]
    assert told(TITLE + department + branch + said) == []
