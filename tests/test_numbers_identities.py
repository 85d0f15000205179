"""What must hold between tables: the grammar of identities, those that are shipped, and what is left alone."""

from importlib.resources import files

import pytest
from govlint_numbers._audit import Audit, audit
from govlint_numbers._identities import IdentityError, Selector, class_name, parse_side

from govlint import parse
from govlint.forms import read_form
from tests.test_numbers_tables import places, table, told

PACKS = ("govlint_final_accounts", "govlint_budget", "govlint_annual_report")
SHIPPED = [
    (form, identity)
    for pack in PACKS
    for file in sorted(files(pack).iterdir(), key=lambda file: file.name)
    if file.name.endswith(".toml")
    for form in [read_form(file)]
    for identity in form.identities
]
TABLES = {
    table.id
    for pack in PACKS
    for file in files(pack).iterdir()
    if file.name.endswith(".toml")
    for table in read_form(file).tables
}


def audited(*tables: str, title: str = "临江市文化馆2023年度部门决算") -> tuple[Audit, str]:
    text = f"# {title}\n\n" + "\n".join(tables)
    return audit(parse("report.md", text=text)), text


# --- Grammar --------------------------------------------------------------------------------------------------------


def test_a_side_is_a_sum_of_selectors():
    assert parse_side("T2[合计; 财政拨款收入]! + T1[年初|上年 > 基金]? - T8[; 决算数/小计]") == (
        Selector(1, "T2", ("合计",), ("财政拨款收入",), "!"),
        Selector(1, "T1", ("年初>基金", "上年>基金"), (), "?"),
        Selector(-1, "T8", (), ("决算数/小计",)),
    )


@pytest.mark.parametrize("side", ["", "T1", "T1[合计] T2[合计]", "T1[合计] + ", "T1[合计; 一; 二]", "合计"])
def test_what_is_no_sum_of_selectors_is_an_error(side):
    with pytest.raises(IdentityError):
        parse_side(side)


@pytest.mark.parametrize(("form", "identity"), SHIPPED, ids=lambda value: getattr(value, "id", ""))
def test_a_shipped_identity_follows_the_grammar_and_names_tables_of_its_form(form, identity):
    for side in (identity.left, *identity.right.split(" or ")):
        for selector in parse_side(side):
            assert selector.table in TABLES
    known = {basis.id for basis in form.bases}
    assert set(identity.basis) <= known


def test_shipped_identities_have_one_name_each():
    names = [(form.kind, identity.id) for form, identity in SHIPPED]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("one", "other"),
    [("文化旅游体育与传媒支出", "文化旅游体育与传媒（类）"), ("教育支出", "教育支出"), ("其他支出", "其他支出")],
)
def test_names_of_classes_are_compared_without_what_varies(one, other):
    assert class_name(one) == class_name(other)


# --- Final accounts ---------------------------------------------------------------------------------------------------

T1 = """
收入 | | 支出 |
项目 | 决算数 | 项目 | 决算数
一、一般公共预算财政拨款收入 | 400.00 | 一、文化旅游体育与传媒支出 | 375.20
二、政府性基金预算财政拨款收入 | | 二、住房保障支出 | 40.00
三、其他收入 | 15.20 | |
本年收入合计 | 415.20 | 本年支出合计 | 415.20
总计 | 415.20 | 总计 | 415.20
"""
T2 = """
科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | 经营收入 | 附属单位上缴收入 | 其他收入
 | 合计 | 415.20 | 400.00 | | | | | 15.20
207 | 文化旅游体育与传媒支出 | 375.20 | 360.00 | | | | | 15.20
221 | 住房保障支出 | 40.00 | 40.00 | | | | |
"""
T3 = """
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出
 | 合计 | 415.20 | 260.00 | 155.20 | | |
207 | 文化旅游体育与传媒支出 | 375.20 | 220.00 | 155.20 | | |
221 | 住房保障支出 | 40.00 | 40.00 | | | |
"""
T4 = """
收入 | | 支出 | | |
项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款
一、一般公共预算财政拨款 | 400.00 | 一、文化旅游体育与传媒支出 | 360.00 | 360.00 |
二、政府性基金预算财政拨款 | | 二、住房保障支出 | 40.00 | 40.00 |
本年收入合计 | 400.00 | 本年支出合计 | 400.00 | 400.00 |
年初财政拨款结转和结余 | | 年末财政拨款结转和结余 | | |
总计 | 400.00 | 总计 | 400.00 | 400.00 |
"""
T5 = """
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
 | 合计 | 400.00 | 260.00 | 140.00
207 | 文化旅游体育与传媒支出 | 360.00 | 220.00 | 140.00
221 | 住房保障支出 | 40.00 | 40.00 |
"""
T6 = """
科目编码 | 科目名称 | 决算数
301 | 工资福利支出 | 220.00
302 | 商品和服务支出 | 40.00
30217 | 公务接待费 | 0.30
30231 | 公务用车运行维护费 | 6.50
30299 | 其他商品和服务支出 | 33.20
 | 人员经费合计 | 220.00
 | 公用经费合计 | 40.00
"""
NAMES = {
    "T1": "2023年度收入支出决算总表（表1）",
    "T2": "2023年度收入决算表（表2）",
    "T3": "2023年度支出决算表（表3）",
    "T4": "2023年度财政拨款收入支出决算总表（表4）",
    "T5": "2023年度一般公共预算财政拨款支出决算表（表5）",
    "T6": "2023年度一般公共预算财政拨款基本支出决算表（表6）",
}
ROWS = {"T1": T1, "T2": T2, "T3": T3, "T4": T4, "T5": T5, "T6": T6}


def accounts(**changes: str) -> tuple[Audit, str]:
    """The six tables with some replaced."""
    return audited(*(table(NAMES[id_], changes.get(id_, rows)) for id_, rows in ROWS.items()))


def test_consistent_tables_say_nothing_and_were_checked_against_each_other():
    found, _ = accounts()
    assert told(found) == []
    families = {relation.origin.family for relation, _ in found.judged if relation.origin.rule == "table-identity"}
    assert {
        "identity T2-total-T1",
        "identity T3-classes-T1",
        "identity T4-income-T2",
        "identity T5-classes-T4",
    } <= families
    assert "identity T6-total-T5" in families


@pytest.mark.parametrize(
    ("id_", "old", "new", "pointed"),
    [
        ("T1", "其他收入 | 15.20", "其他收入 | 12.50", "12.50"),
        ("T2", "合计 | 415.20 | 400.00", "合计 | 415.20 | 410.00", "410.00"),
        ("T4", "支出合计 | 400.00 | 400.00", "支出合计 | 400.00 | 440.00", "440.00"),
        ("T5", "合计 | 400.00 | 260.00", "合计 | 400.00 | 206.00", "206.00"),
        ("T6", "人员经费合计 | 220.00", "人员经费合计 | 202.00", "202.00"),
        ("T1", "住房保障支出 | 40.00", "住房保障支出 |", ""),
    ],
)
def test_a_figure_that_breaks_its_table_and_another_is_told_once(id_, old, new, pointed):
    assert old in ROWS[id_]
    found, text = accounts(**{id_: ROWS[id_].replace(old, new)})
    assert len(told(found)) == 1
    assert [place.strip() for place in places(found, text)] == [pointed]


def test_a_table_that_adds_up_but_is_at_odds_with_others_is_told_of_once():
    other = T5.replace("400.00", "500.00").replace("360.00", "460.00").replace("140.00", "240.00")
    found, text = accounts(T5=other)
    assert told(found) == [("table-identity", "error")]
    assert "表5与" in found.reported[0].finding.message
    assert places(found, text) == ["500.00"]


def test_one_amount_printed_in_two_ways_is_told_of_once_and_where_it_matters():
    other = T3.replace("260.00", "260.01").replace("415.20", "415.21").replace("40.00", "40.01")
    found, _ = accounts(T3=other)
    assert told(found) == []
    assert "table-identity" in [rule for rule, finding in found.reported if finding.severity == "info"]
    settled = T1.replace("二、住房保障支出 | 40.00", "二、住房保障支出 | 39.99")
    found, text = accounts(T1=settled)
    assert told(found) == [("table-identity", "warning")]
    assert places(found, text) == ["39.99"]


def test_identities_of_other_years_do_not_apply():
    old = T1.replace("一、一般公共预算财政拨款收入", "一、财政拨款收入")
    found, _ = audited(
        table("2018年度收入支出决算总表（表1）", old),
        table("2018年度收入决算表（表2）", T2),
        title="临江市文化馆2018年度部门决算",
    )
    families = {relation.origin.family for relation, _ in found.judged}
    assert "identity T2-appropriations-T1-2018" in families
    assert "identity T2-appropriations-T1" not in families


def test_appropriations_may_be_less_than_all_but_not_more():
    found, text = accounts(
        T5=T5.replace("220.00 | 140.00", "230.00 | 130.00").replace("260.00 | 140.00", "270.00 | 130.00")
    )
    assert "table-identity" in [rule for rule, _ in told(found)]
    assert any("220.00" in place or "230.00" in place or "270.00" in place for place in places(found, text))


def test_what_a_budget_carried_over_is_only_checked_where_it_is_printed():
    carried = T4.replace(
        "年初财政拨款结转和结余 | | 年末财政拨款结转和结余 | | |",
        """\
年初财政拨款结转和结余 | 30.00 | 年末财政拨款结转和结余 | 30.00 | {end} |
一般公共预算财政拨款 | {begin} | | | |
政府性基金预算财政拨款 | | | | |""",
    ).replace("总计 | 400.00 | 总计 | 400.00 | 400.00", "总计 | 430.00 | 总计 | 430.00 | 430.00")
    for begin, end in (("", "30.00"), ("30.00", "30.00")):
        found, _ = accounts(T4=carried.format(begin=begin, end=end))
        assert told(found) == []
        assert (begin != "") == any(r.origin.family == "identity T4-general-closing" for r, _ in found.judged)


def test_a_table_that_occurs_twice_is_not_compared_with_others():
    found, _ = audited(
        table(NAMES["T1"], T1),
        table(NAMES["T3"], T3),
        table(
            NAMES["T3"],
            T3.replace("415.20", "515.20")
            .replace("375.20", "475.20")
            .replace("220.00", "320.00")
            .replace("260.00", "360.00"),
        ),
    )
    assert told(found) == []


def test_a_missing_table_or_row_is_not_held_against_the_report():
    found, _ = audited(table(NAMES["T2"], T2), table(NAMES["T5"], T5))
    assert told(found) == []


def test_a_table_whose_unit_is_not_printed_is_not_accused_of_another_unit():
    text = f"# 临江市文化馆2023年度部门决算\n\n{table(NAMES['T3'], T3)}\n" + table(NAMES["T1"], T1).replace(
        "单位：万元\n\n", ""
    )
    found = audit(parse("report.md", text=text))
    assert told(found) == []
    assert any(relation.origin.family == "identity T3-total-T1" for relation, _ in found.judged)
    in_yuan = T1.replace(".00", "0,000.00").replace(".20", "2,000.00")
    text = f"# 临江市文化馆2023年度部门决算\n\n{table(NAMES['T3'], T3)}\n" + table(NAMES["T1"], in_yuan).replace(
        "单位：万元\n\n", ""
    )
    assert told(audit(parse("report.md", text=text))) == []


# --- Budgets ----------------------------------------------------------------------------------------------------------

B1 = """
收入 | | 支出 |
项目 | 预算数 | 项目 | 预算数
一、财政拨款收入 | 400.00 | 一、文化旅游体育与传媒支出 | 400.00
1.一般公共预算 | 380.00 | |
2.政府性基金预算 | 20.00 | |
本年收入合计 | 400.00 | 本年支出合计 | 400.00
上年结转 | 30.00 | 结转下年 | 30.00
收入总计 | 430.00 | 支出总计 | 430.00
"""
B2 = "科目编码 | 科目名称 | 合计 | 财政拨款收入 | 事业收入\n207 | 文化旅游体育与传媒支出 | {0} | {0} |\n | 合计 | {0} | {0} |"


@pytest.mark.parametrize(
    ("amount", "expected"), [("400.00", []), ("430.00", []), ("420.00", [("table-identity", "error")])]
)
def test_reports_differ_in_whether_a_total_includes_what_was_carried_over(amount, expected):
    found, _ = audited(
        table("2024年收支总表", B1),
        table("2024年收入总表", B2.format(amount).replace(f"| {amount} |\n | 合计", "| |\n | 合计")),
        title="临江市文化馆2024年部门预算",
    )
    assert [entry for entry in told(found) if entry[0] == "table-identity" and entry[1] == "error"] == expected


def test_the_three_budgets_below_an_item_are_its_sum():
    found, text = audited(
        table("2024年收支总表", B1.replace("2.政府性基金预算 | 20.00", "2.政府性基金预算 | 200.00")),
        title="临江市文化馆2024年部门预算",
    )
    assert places(found, text) == ["200.00"]


def test_tables_in_yuan_and_in_ten_thousand_yuan_are_converted():
    rows = "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n207 | 文化旅游体育与传媒支出 | {0} | 3,000,000.00 | 1,000,049.50\n | 合计 | {0} | 3,000,000.00 | 1,000,049.50"
    found, _ = audited(
        table("2024年收支总表", B1),
        table("2024年支出总表", rows.format("4,000,049.50"), unit="元"),
        title="临江市文化馆2024年部门预算",
    )
    assert told(found) == []
    found, _ = audited(
        table("2024年收支总表", B1),
        table("2024年支出总表", rows.format("4,000,050.50").replace("049.50", "050.50"), unit="元"),
        title="临江市文化馆2024年部门预算",
    )
    assert told(found) == [] and any(verdict.kind == "last-digit" for _, verdict in found.judged)


# --- Annual reports ---------------------------------------------------------------------------------------------------

G2 = """
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | | | 申请人情况 | | | | | |
 | | | 自然人 | 法人或其他组织 | | | | | 总计
 | | | | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |
一、本年新收政府信息公开申请数量 | | | 21 | 4 | 0 | 0 | 2 | 0 | 27
二、上年结转政府信息公开申请数量 | | | 3 | 0 | 0 | 0 | 0 | 0 | 3
三、本年度办理结果 | （一）予以公开 | | 12 | 3 | 0 | 0 | 1 | 0 | 16
 | （二）部分公开 | | 4 | 0 | 0 | 0 | 0 | 0 | 4
 | （三）不予公开 | 1.属于国家秘密 | 1 | 0 | 0 | 0 | 0 | 0 | 1
 | | 2.其他法律行政法规禁止公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0
 | （六）其他处理 | 3.其他 | 5 | 1 | 0 | 0 | 1 | 0 | 7
 | （七）总计 | | 22 | 4 | 0 | 0 | 2 | 0 | 28
四、结转下年度继续办理 | | | 2 | 0 | 0 | 0 | 0 | 0 | 2
"""


def disclosure(rows: str) -> tuple[Audit, str]:
    grid = table("三、收到和处理政府信息公开申请情况", rows).replace("单位：万元\n\n", "")
    return audited(grid, title="临江市文化馆2023年政府信息公开工作年度报告")


def test_the_form_of_applications_adds_up_in_rows_and_columns():
    found, _ = disclosure(G2)
    assert told(found) == []
    families = [relation.origin.family for relation, _ in found.judged]
    assert families.count("identity G2-balance") == 4
    assert families.count("identity G2-results") == 4


def test_sides_with_more_columns_than_the_other_are_read_as_far_as_they_go():
    found, _ = disclosure("""
项目 | 总计 | 项目 | 自然人 | 商业企业 | 总计
一、本年新收政府信息公开申请数量 | 21 | 一、本年新收政府信息公开申请数量 | 15 | 6 | 21
二、上年结转政府信息公开申请数量 | 3 | 二、上年结转政府信息公开申请数量 | 3 | 0 | 3
三、本年度办理结果 | | 三、本年度办理结果 | | |
（一）予以公开 | 20 | （一）予以公开 | 14 | 6 | 20
（七）总计 | 20 | （七）总计 | 14 | 6 | 20
四、结转下年度继续办理 | 4 | 四、结转下年度继续办理 | 4 | 0 | 4
""")
    of_form = {
        (relation.origin.family, verdict.kind)
        for relation, verdict in found.judged
        if relation.origin.family.startswith("identity")
    }
    assert of_form == {("identity G2-balance", "agrees"), ("identity G2-results", "agrees")}


@pytest.mark.parametrize(
    ("old", "new", "pointed"),
    [
        ("总计 | | 22 | 4", "总计 | | 23 | 4", "23"),
        ("继续办理 | | | 2 |", "继续办理 | | | 3 |", "3"),
        ("予以公开 | | 12 | 3", "予以公开 | | 21 | 3", "21"),
        ("| 2 | 0 | 27", "| 2 | 0 | 28", "28"),
    ],
)
def test_counts_have_no_tolerance(old, new, pointed):
    assert old in G2
    found, text = disclosure(G2.replace(old, new))
    assert told(found) == [("table-sum", "error")]
    assert places(found, text) == [pointed]
