"""The structure pack on reports of several regions: clean ones draw nothing, each slip is found at its place."""

import time
from collections.abc import Iterator

import pytest

from govlint import Diagnostic, Report, rules_in
from govlint.testing import lint
from tests.generator import LAYOUTS, NothingToMutateError, generate, mutate

RULES = {rule.id.removeprefix("structure/"): rule for rule in rules_in("govlint_structure")}


def check(text: str, *names: str, path: str = "report.md") -> Report:
    return lint(text, *(RULES[name] for name in names or RULES), path=path)


def told(report: Report) -> list[tuple[str, str, str]]:
    """Rule, severity and the marked text of each finding."""
    return [(each.rule.removeprefix("structure/"), str(each.severity), each.message) for each in report.diagnostics]


def marked(text: str, found: Diagnostic) -> str:
    return text[found.span.start : found.span.end]


def lines(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


HUBEI = lines(
    "# 2023年度云川市青禾区文化馆部门决算",
    "2024年8月20日",
    "# 目 录",
    "第一部分 云川市青禾区文化馆概况",
    "一、部门主要职责",
    "二、部门决算单位构成",
    "第二部分 云川市青禾区文化馆2023年度部门决算表",
    "一、收入决算表（表1）",
    "二、支出决算表（表2）",
    "三、财政拨款收入支出决算总表（表3）",
    "第三部分 云川市青禾区文化馆2023年度部门决算情况说明",
    "一、收入决算情况说明",
    "二、支出决算情况说明",
    "三、机关运行经费支出情况说明",
    "四、国有资产占用情况说明",
    "第四部分 名词解释",
    "# 第一部分 云川市青禾区文化馆概况",
    "## 一、部门主要职责",
    "云川市青禾区文化馆负责群众文化活动，业务上接受云川市文化馆指导。",
    "**二、部门决算单位构成**",
    "纳入决算编制范围的单位1个。",
    "# 第二部分 云川市青禾区文化馆2023年度部门决算表",
    "### 2023年度收入决算表（表1）",
    "部门：云川市青禾区文化馆",
    "单位：万元",
    "| 项目 | 本年收入合计 |\n|---|---|\n| 合计 | 12.00 |",
    "2023年度支出决算表（表2）",
    "部门：云川市青禾区文化馆",
    "单位：万元",
    "| 项目 | 本年支出合计 |\n|---|---|\n| 合计 | 12.00 |",
    "2023年度财政拨款收入支出决算总表（表3）",
    "部门：云川市青禾区文化馆",
    "单位：万元",
    "| 收入 | 决算数 | 支出 | 决算数 |\n|---|---|---|---|\n| 合计 | 12.00 | 合计 | 12.00 |",
    "注：本表反映部门本年度财政拨款的总收支和年末结转结余情况。",
    "# 第三部分 云川市青禾区文化馆2023年度部门决算情况说明",
    "## 一、收入决算情况说明",
    "2023年度收入合计12.00万元，见表1。与2022年度相比，收入增加1.00万元，增长9.09%。",
    "## 二、支出决算情况说明",
    "2023年度支出合计12.00万元，见表2。与2022年度相比，支出增加1.00万元，增长9.09%。",
    "三、机关运行经费支出情况说明",
    "本馆为事业单位，没有机关运行经费支出。",
    "## 四、国有资产占用情况说明",
    "截至2023年12月31日，本馆共有车辆1辆。",
    "# 第四部分 名词解释",
    "（一）财政拨款收入：指本级财政部门当年拨付的资金。",
    "（二）基本支出：指为保障机构正常运转发生的支出。",
    "（三）项目支出：指为完成特定任务发生的支出。",
)

CHONGQING = lines(
    "云川市青禾区信访中心2023年度部门决算公开说明",
    "一、部门基本情况",
    "（一）职能职责。",
    "1.负责受理群众来信来访。",
    "2.负责督办信访事项。",
    "（二）机构设置。",
    "本中心内设综合科、接访科。",
    "二、部门决算情况说明",
    "（一）收入支出决算总体情况说明。",
    "1.总体情况。2023年度收入总计120.00万元。收支较上年决算数减少10.50万元，下降8.0%。",
    "2.收入情况。2023年度收入合计120.00万元。",
    "3.支出情况。2023年度支出合计118.00万元。",
    "（二）财政拨款收入支出决算总体情况说明。",
    "2023年度财政拨款收、支总计118.00万元。与2022年相比，减少10.50万元。",
    "三、“三公”经费情况说明",
    "（一）“三公”经费支出总体情况说明",
    "2023年度“三公”经费支出共计2.00万元，较2022年支出数减少0.10万元。",
    "（二）“三公”经费分项支出情况",
    "2023年度本部门因公出国（境）费用0.00万元。",
    "四、2023年度预算绩效管理情况说明",
    "一是健全制度；二是开展自评；三是应用结果。",
    "五、专业名词解释",
    "（一）财政拨款收入：指本年度从本级财政部门取得的财政拨款。",
    "（二）其他收入：指除上述以外的收入。",
)

JIANGSU = lines(
    "2024年度临江市政务服务管理办公室部门预算公开",
    "第一部分 部门概况",
    "一、主要职能",
    "二、2024年度部门主要工作任务及目标",
    "第二部分 2024年度部门预算表",
    "一、收支总表",
    "二、收入总表",
    "第三部分 2024年度部门预算情况说明",
    "第四部分 名词解释",
    "第一部分 部门概况",
    "一、主要职能",
    "（1）推进审批制度改革；",
    "（2）管理政务服务中心。",
    "二、2024年度部门主要工作任务及目标",
    "（一）深化改革",
    "优化流程。",
    "（二）推进2023年遗留的工程",
    "加强督查。",
    "第二部分 2024年度临江市政务服务管理办公室部门预算表",
    "公开01表",
    "收支总表",
    "部门：临江市政务服务管理办公室 单位：万元",
    "| 收入 | 预算数 | 支出 | 预算数 |\n|---|---|---|---|\n| 收入总计 | 100.00 | 支出总计 | 100.00 |",
    "公开02表",
    "收入总表",
    "部门：临江市政务服务管理办公室 单位：万元",
    "| 项目 | 合计 |\n|---|---|\n| 合计 | 100.00 |",
    "第三部分 2024年度部门预算情况说明",
    "一、收支预算总体情况说明",
    "临江市政务服务管理办公室2024年度收入、支出预算总计100.00万元，与上年相比各增加5.00万元。其中：",
    "（一）收入预算总计100.00万元。包括：",
    "1.本年收入合计100.00万元。",
    "（1）一般公共预算拨款收入100.00万元，比2023年预算增加5.00万元。",
    "（2）政府性基金预算拨款收入0万元，与上年预算数相同。",
    "2.上年结转结余为0万元。",
    "（二）支出预算总计100.00万元。",
    "二、国有资产占用情况",
    "截至2023年12月31日，共有车辆0辆。",
    "第四部分 名词解释",
    "一、财政拨款：指由一般公共预算安排的资金。",
    "二、基本支出：指人员支出。",
)

SHANGHAI = lines(
    "# 云川市青禾区2024年区级部门预算",
    "预算主管部门：云川市青禾区人民政府松石街道办事处",
    "目录",
    "一、部门主要职能",
    "二、部门机构设置",
    "三、部门预算编制说明",
    "四、部门预算表",
    "1. 2024年部门财务收支预算总表",
    "2．2024年部门收入预算总表",
    "五、其他相关情况说明",
    "云川市青禾区人民政府松石街道办事处（部门）主要职能",
    "主要职能包括：",
    "1.统筹落实社区发展；",
    "2.统筹社区管理。",
    "云川市青禾区人民政府松石街道办事处（部门）机构设置",
    "下设1家预算单位。",
    "2024年部门预算编制说明",
    "2024年，松石街道预算支出总额为100.00万元，比2023年预算增加5.00万元。",
    "2024年部门财务收支预算总表",
    "编制部门：青禾区人民政府松石街道 单位：元",
    "| 本年收入 | 预算数 | 本年支出 | 预算数 |\n|---|---|---|---|\n| 收入总计 | 1000000 | 支出总计 | 1000000 |",
    "2024年部门收入预算总表",
    "编制部门：青禾区人民政府松石街道 单位：元",
    "| 项目 | 合计 |\n|---|---|\n| 合计 | 1000000 |",
    "其他相关情况说明",
    "一、2024年“三公”经费预算情况说明",
    "2024年“三公”经费预算数为3.00万元，比2023年预算减少1.00万元。",
    "二、政府采购预算情况",
    "2024年度政府采购预算10.00万元。",
)

ANNUAL = lines(
    "云川市青禾区市场监督管理局2023年政府信息公开工作年度报告",
    "根据《云川市2022年政务公开工作要点》编制本报告。统计期限从2023年1月1日起至2023年12月31日止。",
    "一、总体情况",
    "2023年，云川市青禾区市场监督管理局认真落实条例。",
    "（一）主动公开。2023年主动公开信息120条。",
    "（二）依申请公开。收到申请3件，比2022年增加1件。",
    "（三）监督保障。一是加强领导。二是强化培训。三是严格考核。",
    "二、存在的主要问题及改进情况",
    "2023年存在的问题：一是公开不够及时；二是形式单一。2024年将改进工作：一是加强培训；二是丰富形式。",
    "三、其他需要报告的事项",
    "无。",
    "2024年1月15日",
)

CLEAN = {"hubei": HUBEI, "chongqing": CHONGQING, "jiangsu": JIANGSU, "shanghai": SHANGHAI, "annual": ANNUAL}


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_a_clean_report_draws_nothing(text: str):
    assert told(check(text)) == []


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_it_does_not_matter_how_headings_are_marked(text: str):
    plain = "\n\n".join(paragraph.strip("#* ") for paragraph in text.split("\n\n"))
    assert told(check(plain)) == []
    bold = "\n\n".join(
        f"**{paragraph[2:].strip('# ')}**" if paragraph.startswith("##") else paragraph
        for paragraph in text.split("\n\n")
    )
    assert told(check(bold)) == []


SLIPS = {
    # name: (report, what stands there, what takes its place, rule, the words that are marked)
    "entry gone": (HUBEI, "第四部分 名词解释\n\n# 第一", "# 第一", "contents-mismatch", "第四部分 名词解释"),
    "heading gone": (
        HUBEI,
        "## 四、国有资产占用情况说明\n\n",
        "",
        "contents-mismatch",
        "四、国有资产占用情况说明",
    ),
    "heading in the middle gone": (HUBEI, "## 二、支出决算情况说明\n\n", "", "numbering", "三、"),
    "heading renamed": (
        HUBEI,
        "## 四、国有资产占用情况说明",
        "## 四、国有资产占用情况",
        "contents-mismatch",
        "四、国有资产占用情况",
    ),
    "part without a line": (HUBEI, "# 第四部分 名词解释\n\n（一）", "（一）", "contents-mismatch", "第四部分 名词解释"),
    "number twice": (
        HUBEI,
        "\n\n三、机关运行经费支出情况说明\n\n本",
        "\n\n二、机关运行经费支出情况说明\n\n本",
        "numbering",
        "二、",
    ),
    "part's number": (HUBEI, "# 第三部分", "# 第四部分", "numbering", "第四部分"),
    "item left out": (HUBEI, "（二）基本支出：指为保障机构正常运转发生的支出。\n\n", "", "numbering", "（三）"),
    "item's number": (HUBEI, "（三）项目支出", "（二）项目支出", "numbering", "（二）"),
    "nothing under a heading": (
        HUBEI,
        "本馆为事业单位，没有机关运行经费支出。\n\n",
        "",
        "empty-section",
        "三、机关运行经费支出情况说明",
    ),
    "other district": (HUBEI, "部门：云川市青禾区", "部门：云川市白鹭区", "other-body", "云川市白鹭区文化馆"),
    "district lost": (HUBEI, "# 第三部分 云川市青禾区", "# 第三部分 云川市", "other-body", "云川市文化馆"),
    "other body in a label": (
        HUBEI,
        "部门：云川市青禾区文化馆",
        "部门：云川市青禾区博物院",
        "other-body",
        "云川市青禾区博物院",
    ),
    "year of a caption": (HUBEI, "### 2023年度收入", "### 2022年度收入", "other-year", "2022年"),
    "year of the title": (HUBEI, "# 2023年度云川市", "# 2022年度云川市", "other-year", "2022年"),
    "year of a sentence": (HUBEI, "2023年度支出合计", "2022年度支出合计", "other-year", "2022年"),
    "day of the assets": (HUBEI, "截至2023年", "截至2021年", "other-year", "2021年"),
    "compared with itself": (HUBEI, "与2022年度相比，支出", "与2023年度相比，支出", "other-year", "2023年"),
    "table not there": (HUBEI, "见表2", "见表6", "caption-number", "表6"),
    "table's number": (
        HUBEI,
        "### 2023年度收入决算表（表1）",
        "### 2023年度收入决算表（表9）",
        "caption-number",
        "2023年度收入决算表（表9）",
    ),
    "note of a table": (HUBEI, "的总收支和", "的总支出和", "note-scope", "总支出"),
    "section missing without contents": (CHONGQING, "三、“三公”经费情况说明\n\n", "", "numbering", "四、"),
    "list in a sentence": (CHONGQING, "二是开展自评；", "", "numbering", "三是"),
    "entry gone, no word 目录": (
        JIANGSU,
        "第四部分 名词解释\n\n第一",
        "第一",
        "contents-mismatch",
        "第四部分 名词解释",
    ),
    "entry of an unnumbered heading gone": (
        SHANGHAI,
        "三、部门预算编制说明\n\n",
        "",
        "contents-mismatch",
        "2024年部门预算编制说明",
    ),
    "entry without heading gone": (SHANGHAI, "四、部门预算表\n\n", "", "contents-mismatch", "五、其他相关情况说明"),
    "budget compared with itself": (JIANGSU, "比2023年预算", "比2024年预算", "other-year", "2024年"),
    "year of the statistics": (ANNUAL, "从2023年1月", "从2022年1月", "other-year", "2022年"),
    "year of the opening": (ANNUAL, "2023年，云川市", "2022年，云川市", "other-year", "2022年"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_found_once_at_its_place(name: str):
    report, before, after, rule, words = SLIPS[name]
    assert before in report
    text = report.replace(before, after, 1)
    found = check(text)
    assert [(each.rule, marked(text, each)) for each in found.diagnostics] == [(f"structure/{rule}", words)], told(
        found
    )
    assert found.diagnostics[0].severity != "info"


def test_a_renamed_heading_is_told_from_a_missing_one():
    text = HUBEI.replace("## 四、国有资产占用情况说明", "## 四、国有资产占用情况", 1)
    (found,) = check(text, "contents-mismatch").diagnostics
    assert "不一致" in found.message
    assert [text[each.span.start : each.span.end] for each in found.related] == ["四、国有资产占用情况说明"]


def test_a_small_word_makes_no_warning():
    text = HUBEI.replace("## 四、国有资产占用情况说明", "## 四、国有资产占用的情况说明", 1)
    assert [str(each.severity) for each in check(text).diagnostics] == ["info"]


def test_numbers_shifted_by_a_new_section_are_one_finding():
    text = HUBEI.replace("## 二、支出决算情况说明", "## 二、结转结余情况说明\n\n无。\n\n## 三、支出决算情况说明")
    text = text.replace("\n\n三、机关运行经费支出情况说明\n\n本", "\n\n四、机关运行经费支出情况说明\n\n本")
    text = text.replace("## 四、国有", "## 五、国有")
    found = check(text, "contents-mismatch").diagnostics
    assert [marked(text, each) for each in found] == ["二、结转结余情况说明", "三、"]
    assert len(found[1].related) == 3


def test_sections_in_another_order():
    first, second = "## 一、收入决算情况说明", "## 二、支出决算情况说明"
    text = (
        HUBEI.replace(first, "@")
        .replace(second, first.replace("一", "二", 1))
        .replace("@", second.replace("二", "一", 1))
    )
    found = check(text, "contents-mismatch").diagnostics
    assert any("次序" in each.message for each in found)


def test_tables_as_an_attachment_are_not_missing():
    begin, end = HUBEI.index("### 2023年度收入决算表"), HUBEI.index("# 第三部分")
    text = HUBEI[:begin] + "决算表详见附件。\n\n" + HUBEI[end:].replace("，见表1", "").replace("，见表2", "")
    assert told(check(text)) == []


def test_a_report_of_several_bodies():
    text = HUBEI.replace(
        "2023年度支出决算表（表2）\n\n部门：云川市青禾区文化馆",
        "2023年度支出决算表（表2）\n\n部门：云川市青禾区文化馆（本级）",
    )
    assert told(check(text)) == []


def test_contents_as_a_table_with_pages():
    entries = HUBEI[HUBEI.index("第一部分") : HUBEI.index("# 第一部分")].strip().split("\n\n")
    rows = "\n".join(f"| {entry} | {page} |" for page, entry in enumerate(entries, 1))
    begin, end = HUBEI.index("第一部分"), HUBEI.index("# 第一部分")
    text = f"{HUBEI[:begin]}| 标题 | 页码 |\n|---|---|\n{rows}\n\n{HUBEI[end:]}"
    assert told(check(text, "contents-mismatch")) == []


def generated(kind: str, seeds: int) -> Iterator[tuple[str, str, str]]:
    for name, form in LAYOUTS.items():
        for seed in range(seeds):
            try:
                changed = mutate(generate(seed, name), kind, seed)
            except NothingToMutateError:
                continue
            yield f"{name}/{seed}", changed.text, "x.html" if form.notation.startswith("html") else "x.md"


@pytest.mark.parametrize(
    ("kind", "least"),
    [("other-body", 1.0), ("other-year", 1.0), ("contents-entry-removed", 0.9), ("heading-removed", 0.75)],
)
def test_mutants_are_found(kind: str, least: float):
    found = {
        name: any(each.severity != "info" for each in check(text, path=path).diagnostics)
        for name, text, path in generated(kind, 2)
    }
    assert sum(found.values()) >= least * len(found), [name for name, hit in found.items() if not hit]


@pytest.mark.parametrize("name", LAYOUTS)
def test_generated_reports_are_clean(name: str):
    path = "x.html" if LAYOUTS[name].notation.startswith("html") else "x.md"
    for seed in range(100, 102):
        assert told(check(generate(seed, name).text, path=path)) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# 目录\n",
        "目录\n\n" + "".join(f"一、甲乙丙丁{i}\n\n" for i in range(1500)) + "一、甲乙丙丁0\n\n" + "文字。\n\n" * 500,
        "".join(f"## {i % 50}. 标题{i}情况说明\n\n" for i in range(1500)),
        "# 2023年度云川市青禾区文化馆决算\n\n" + "云川市云川市云川市区区区" * 2000,
        "（1）" * 5000,
    ],
    ids=["empty", "no entries", "many entries", "many headings", "places", "numbers"],
)
def test_hostile_reports_take_no_time(text: str):
    begin = time.perf_counter()
    check(text)
    assert time.perf_counter() - begin < 5
