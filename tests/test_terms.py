"""The terms pack: chains of subjects, the glossary, and what its rules say of reports, clean and mutated ones."""

import time
from collections.abc import Iterable

import govlint_terms
import pytest
from govlint_dictionaries.subjects import functional_subjects
from govlint_terms._chains import chains
from govlint_terms._glossary import explained_subjects, glossary
from govlint_terms._subjects import key_of, table_subjects

from govlint import Diagnostic, Document, parse
from govlint.hooks import Plugins
from govlint.testing import lint
from tests.generator import LAYOUTS, generate, mutate

RULES = {rule.id.partition("/")[2]: rule for rule in govlint_terms.govlint_rules()}
TITLE = "# 云川市青禾区数据服务中心2023年度部门决算\n\n"
TABLE = """
支出决算表

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 201 | 一般公共服务支出 | 60.00 | 60.00 | |
| 20103 | 政府办公厅（室）及相关机构事务 | 60.00 | 60.00 | |
| 2010301 | 行政运行 | 30.00 | 30.00 | |
| 2010350 | 事业运行 | 30.00 | 30.00 | |

"""


def found(text: str, name: str, path: str = "report.md") -> list[Diagnostic]:
    return list(lint(TITLE + text, RULES[name], path=path).diagnostics)


def quoted(text: str, diagnostics: Iterable[Diagnostic]) -> list[str]:
    return [(TITLE + text)[each.span.start : each.span.end] for each in diagnostics]


def read(text: str, path: str = "report.md") -> Document:
    return parse(path, text=text)


def names(text: str) -> list[list[tuple[str, str]]]:
    return [[(link.level, link.name) for link in chain.own] for chain in chains(read(text))]


# --- Chains -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("用于：一般公共服务(类)支出1万元，教育（类）支出2万元。", [[("类", "一般公共服务")], [("类", "教育")]]),
        (
            "1.一般公共服务支出（类）人大事务（款）行政运行（项）。支出1万元。",
            [[("类", "一般公共服务支出"), ("款", "人大事务"), ("项", "行政运行")]],
        ),
        (
            "本年用于社会保障和就业支出（类）行政事业单位养老支出（款）事业单位离退休（项）12万元。",
            [[("类", "社会保障和就业支出"), ("款", "行政事业单位养老支出"), ("项", "事业单位离退休")]],
        ),
        (
            "“公共安全支出（204类）司法（06款）公共法律服务（07项）”12万元。",
            [[("类", "公共安全支出"), ("款", "司法"), ("项", "公共法律服务")]],
        ),
        (
            "农林水支出（类）农业农村（款）“三西”农业建设专项补助（项）1万元。",
            [[("类", "农林水支出"), ("款", "农业农村"), ("项", "“三西”农业建设专项补助")]],
        ),
        (
            "教育支出（类）普通教育（款）学前教育（项）、小学教育（项）2万元。",
            [[("类", "教育支出"), ("款", "普通教育"), ("项", "学前教育")], [("项", "小学教育")]],
        ),
        ("检修设备5台（项），共3个（类），XX支出（类）XX（款）。", []),
        ("反映支出功能分类科目（项）的内容。", []),
    ],
)
def test_chains_are_read(text: str, expected: list[list[tuple[str, str]]]):
    assert names(text + "\n") == expected


def test_a_chain_goes_on_over_a_broken_paragraph():
    text = "2.一般公共服务支出（类）政府办公厅（室）及相关机构事务\n\n（款）事业运行（项）：反映基本支出。\n"
    (chain,) = chains(read(text))
    assert [link.codes for link in chain.links] == [("201",), ("20103",), ("2010350",)]


def test_codes_in_the_marks_add_up():
    (chain,) = chains(read("公共安全支出（204类）司法（06款）公共法律服务（07项）12万元。\n"))
    assert [link.code for link in chain.links] == ["204", "20406", "2040607"]


@pytest.mark.parametrize("layout", ["hubei-tabs", "shanghai-html"])
def test_names_of_chains_map_back_to_the_source(layout: str):
    report = generate(3, layout)
    document = read(report.text, "report.html" if layout.endswith("html") else "report.md")
    links = [link for chain in chains(document) for link in chain.own]
    assert links
    assert all(link.name == link.text.text for link in links)
    plain = [link for link in links if "<" not in document.source.text[slice(*link.text.whole)]]
    assert all(
        "".join(document.source.text[slice(*link.text.whole)].split()) == "".join(link.name.split()) for link in plain
    )


def test_a_final_zhichu_does_not_count():
    assert key_of("教育支出") == key_of("教育")
    assert key_of("其他支出") == "其他"
    assert key_of("政府办公厅(室)及相关机构事务") == key_of("政府办公厅（室）及相关机构事务")


def test_hostile_text_takes_linear_time():
    text = "教育支出（类" + "支出（类）" * 20_000 + "（（（（" * 5_000 + "青禾（款）" * 5_000
    begin = time.perf_counter()
    chains(read(text))
    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize(
    "piece", ["我局", "“本馆", "提升了服务中心整体", "年度市级财政拨款", "纳入市级", "本部门为市级", "省级、"]
)
def test_hostile_words_on_the_body_take_linear_time(piece: str):
    text = f"# 云川市青禾区文化馆2023年度部门决算\n\n## 一、情况\n\n{piece * 10_000}\n"
    begin = time.perf_counter()
    lint(text, RULES["self-reference"], RULES["administrative-level"])
    assert time.perf_counter() - begin < 5


# --- Subjects ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2019, 2024])
def test_official_subjects_of_the_year_and_the_year_before_are_accepted(year: int):
    subjects = functional_subjects()
    for of_year in (year, year - 1):
        chosen = [(entry, subjects.children(entry.code, of_year)) for entry in subjects.children("", of_year)]
        lines = [
            f"{number}. {top.name}（类）{middle.name}（款）{item.name}（项）。支出1.00万元。\n"
            for top, middles in chosen
            for middle in middles
            for number, item in enumerate(subjects.children(middle.code, of_year), 1)
        ]
        rows = [f"| {entry.code} | {entry.name} | 1.00 |" for entry in subjects if entry.holds(of_year)]
        table = "\n".join(["支出决算表\n", "| 科目编码 | 科目名称 | 合计 |", "|---|---|---|", *rows])
        text = f"# 云川市青禾区档案馆{year}年度部门决算\n\n{table}\n\n" + "\n".join(lines)
        report = lint(text, RULES["unknown-subject"], RULES["subject-code-name"])
        assert [each.message for each in report.diagnostics] == []


@pytest.mark.parametrize(
    "text",
    [
        "非税收入（类）行政事业性收费收入（款）1万元，税收收入（类）增值税（款）2万元。",
        "工资福利支出（类）基本工资（款）1万元；商品和服务支出（类）办公费（款）2万元。",
        "房屋（类）1万元，车辆（类）2万元，家具（类）3万元，应付（款）4万元。",
        "国防支出（类）、公共安全支出（类）、教育支出（类）均为零。",
        "科学技术支出（类）-科技条件与服务（款）-机构运行（项）1万元。",
        "208社会保障和就业支出（类）20805行政事业单位养老支出（款）2080502事业单位离退休（项）1万元。",
        "一般公共服务支出（类）中政府办公厅（室）及相关机构事务（款）的行政运行（项）1万元。",
        "住房保障支出（类）住房公积金（项）12万元。",
        "教育支出（类）普通教育（款）其他（项）1万元。",
        "单位医疗（项）：反映单位缴纳的基本医疗保险费。",
    ],
)
def test_what_looks_like_a_wrong_subject(text: str):
    loud = [each for each in found(text + "\n", "unknown-subject") if each.severity != "info"]
    assert loud == []


def test_the_likely_subject_is_that_of_the_table():
    text = TABLE + "1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）机关运行（项）。支出30.00万元。\n"
    (diagnostic,) = found(text, "unknown-subject")
    assert quoted(text, [diagnostic]) == ["机关运行"]
    assert "应为“行政运行”" in diagnostic.message
    assert diagnostic.fix is not None and diagnostic.fix.edits[0].text == "行政运行" and not diagnostic.fix.safe
    assert quoted(text, [*diagnostic.related]) == ["行政运行"]


def test_the_same_wrong_name_is_one_finding():
    line = "{}.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）机关运行（项）。支出30.00万元。\n\n"
    diagnostics = found(TABLE + line.format(1) + line.format(2), "unknown-subject")
    assert len(diagnostics) == 1
    assert len(diagnostics[0].related) == 2


@pytest.mark.parametrize("kind", ["final", "budget"])
def test_a_subject_renamed_is_found_and_nothing_else(kind: str):
    for layout in [name for name, layout in LAYOUTS.items() if layout.kind == kind]:
        path = "report.html" if layout.endswith("html") else "report.md"
        report = generate(5, layout)
        clean = lint(report.text, *RULES.values(), path=path).diagnostics
        assert [each for each in clean if each.severity != "info"] == []
        if not any(number.role == "subject" for number in report.numbers):
            continue
        mutant = mutate(report, "subject-renamed", 1)
        diagnostics = lint(mutant.text, *RULES.values(), path=path).diagnostics
        loud = [each for each in diagnostics if each.severity != "info"]
        assert [each.rule for each in loud] == ["terms/unknown-subject"], layout
        assert mutant.span[0] < loud[0].span.end and loud[0].span.start < mutant.span[1]


def test_tables_whose_labels_moved_are_left_alone():
    text = """
支出决算表

| 科目编码 | 科目名称 | 本年支出合计 |
|---|---|---|
| 201 | 政府办公厅（室）及相关机构事务 | 60.00 |
| 20103 | 行政运行 | 60.00 |
| 2010301 | 社会保障和就业支出 | 30.00 |
| 208 | 卫生健康支出 | 30.00 |
"""
    assert table_subjects(read(TITLE + text)) == ()
    assert found(text, "subject-code-name") == []


def test_a_wrong_name_in_several_tables_is_one_finding():
    table = TABLE.replace("| 事业运行", "| 机关服务")
    diagnostics = found(table + table, "subject-code-name")
    assert [len(each.related) for each in diagnostics] == [1]
    assert "2010303" in diagnostics[0].message


# --- Glossary ---------------------------------------------------------------------------------------------------------

GLOSSARY = """
## 第五部分 名词解释

（一）财政拨款收入：指区级财政拨付的资金。

二、**基本支出**是指为保障机构正常运转发生的支出。

3. 项目支出

指在基本支出之外发生的支出。

（四）本部门使用的支出功能分类科目（到项级）

1. 一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）：反映行政单位的基本支出。
"""


def test_entries_of_the_glossary():
    read_glossary = glossary(read(TITLE + TABLE + GLOSSARY))
    assert read_glossary is not None
    keys = [entry.key for entry in read_glossary.entries if not entry.chains]
    assert keys[:2] == ["财政拨款收入", "基本"]
    assert [entry.chains[0].links[-1].name for entry in read_glossary.entries if entry.chains] == ["行政运行"]
    assert read_glossary.subjects is not None


def test_what_is_explained_covers_what_is_below():
    explained = explained_subjects(read(TITLE + TABLE + GLOSSARY))
    assert explained.covers("2010301", "行政运行")
    assert explained.covers("2080101", "行政运行"), "the same name elsewhere"
    assert not explained.covers("2010350", "事业运行")


def test_missing_subjects_are_one_finding_with_their_rows():
    text = TABLE + GLOSSARY
    (diagnostic,) = found(text, "glossary-missing")
    assert diagnostic.severity == "warning"
    assert quoted(text, [*diagnostic.related]) == ["事业运行"]


# --- Bodies and levels ------------------------------------------------------------------------------------------------

LEVELS = "## 第五部分 名词解释\n\n（一）财政拨款收入：指{}当年拨付的资金。\n"


@pytest.mark.parametrize(
    ("body", "words", "severity", "put"),
    [
        ("云川市青禾区文化馆", "市级财政", "error", "区级财政"),
        ("云川市临江县文化馆", "省级财政", "error", "县级财政"),
        ("云川市青禾市文化馆", "省级财政", "error", "市级财政"),
        ("云川市青禾市文化馆", "市级财政", "", ""),
        ("云川市文化馆", "市级财政", "", ""),
        ("云川市文化馆", "区级财政", "", ""),
        ("云川市青禾区文化馆", "区级财政", "", ""),
        ("云川市青禾区文化馆", "本级财政", "", ""),
        ("云川市青禾区文化馆", "省级财政、市级财政和区级财政", "", ""),
        ("云川市科学技术局", "区级财政", "error", "市级财政"),
        ("云川市青禾区文化馆", "市财政", "error", "区财政"),
        ("云川市青禾县白苇镇", "县级财政", "info", ""),
        ("上海市青禾区文化馆", "市级财政", "info", "区级财政"),
    ],
)
def test_levels(body: str, words: str, severity: str, put: str):
    text = f"# {body}2023年度部门决算\n\n" + LEVELS.format(words)
    diagnostics = lint(text, RULES["administrative-level"]).diagnostics
    assert [str(each.severity) for each in diagnostics] == [severity] * bool(severity)
    assert [each.fix.edits[0].text for each in diagnostics if each.fix] == [put] * bool(put)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("本部门是省级一级预算单位。", "省级一级预算单位"),
        ("纳入市本级2023年度部门决算编制范围的单位1家。", "市本级"),
        ("以市财政局批复的部门预算为准。", "市财政局批复"),
        ("2023年度省级一般公共预算收入合计10.00万元。", "省级一般公共预算"),
        ("严格执行本市级预算。", "本市级预算"),
        ("本中心是市级文明单位。", ""),
        ("按照市财政局印发的通知编制。", ""),
        ("收到市级财政拨款2.00万元。", ""),
        ("市级财政专项转移支付收入合计2.00万元。", ""),
        ("市级财政拨款收支总计1.00万元，区级财政拨款收支总计2.00万元。", ""),
        ("市、区两级财政拨款合计2.00万元。", ""),
        ("全市各级部门预算单位12家，市直单位8家。", ""),
        ("市财政局批复同意设立2个机构。", ""),
    ],
)
def test_levels_in_what_a_report_says_of_itself(words: str, wrong: str):
    text = f"# 云川市青禾区文化馆2023年度部门决算\n\n## 二、情况说明\n\n{words}\n"
    diagnostics = lint(text, RULES["administrative-level"]).diagnostics
    assert [text[each.span.start : each.span.end] for each in diagnostics] == [wrong] * bool(wrong)
    assert {str(each.severity) for each in diagnostics} <= {"warning"}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("云川市青禾区规划与自然资源局", True),
        ("青禾区规划与自然资源局", True),
        ("云川市青禾区规划和自然资局", True),
        ("云川市青禾区规划和自然资源局执法大队", False),
        ("云川市青禾区规划和自然 资源局", False),
        ("云川市规划与自然资源局", False),
        ("青禾区规划资源局", False),
    ],
)
def test_names_of_the_body(name: str, wrong: bool):
    own = "云川市青禾区规划和自然资源局"
    text = f"# {own}2023年度部门决算\n\n## 第一部分 {own}概况\n\n2023年，{name}保有车辆0辆。\n"
    diagnostics = lint(text, RULES["body-name"]).diagnostics
    assert [text[each.span.start : each.span.end] for each in diagnostics] == [name] * wrong


@pytest.mark.parametrize(
    ("own", "words", "wrong", "put"),
    [
        ("云川市青禾区数据服务中心", "我局", "我局", "我中心"),
        ("云川市青禾区数据服务中心", "本馆", "本馆", "本中心"),
        ("云川市青禾区发展和改革委员会", "我局", "我局", "我委"),
        ("云川市青禾区文化馆", "我中心", "我中心", "我馆"),
        ("云川市青禾区人民政府白苇街道办事处", "我局", "我局", ""),
        ("云川市青禾区人民政府白苇街道办事处", "我街道", "", ""),
        ("云川市青禾区科学技术局", "我镇", "我镇", "我区"),
        ("云川市科学技术局", "本区", "本区", "本市"),
        ("云川市公安局青禾分局", "我区", "", ""),
        ("云川市第三中学", "我区", "", ""),
        ("云川市青禾区青禾社区卫生服务中心", "我院", "", ""),
        ("云川市青禾区博物院", "我馆", "", ""),
        ("云川市青禾区艺术学院", "我校", "", ""),
        ("云川市青禾区白苇居民委员会", "我局", "", ""),
        ("云川市青禾区科学技术局", "本局面好转", "", ""),
        ("云川市青禾区科学技术局", "本区域", "", ""),
        ("云川市青禾区科学技术局", "我委托第三方", "", ""),
        ("云川市青禾区科学技术局", "成本中心", "", ""),
        ("云川市青禾区科学技术局", "以自我中心", "", ""),
        ("云川市青禾区科学技术局", "“我馆”", "", ""),
    ],
)
def test_how_a_body_speaks_of_itself(own: str, words: str, wrong: str, put: str):
    text = f"# {own}2023年度部门决算\n\n## 二、情况说明\n\n2023年，{words}工作有序开展。\n"
    diagnostics = lint(text, RULES["self-reference"]).diagnostics
    assert [text[each.span.start : each.span.end] for each in diagnostics] == [wrong] * bool(wrong)
    assert [each.fix.edits[0].text for each in diagnostics if each.fix] == [put] * bool(put)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("有效提升了服务中心整体形象。", "服务中心"),
        ("2023年，信息中心全体职工努力工作。", "信息中心"),
        ("要求由管理中心各科室落实。", "管理中心"),
        ("由信息中心负责机房运维。", ""),
        ("为服务中心全年工作出力。", ""),
        ("政务服务中心整体搬迁，提升了服务中心整体形象。", ""),
    ],
)
def test_a_centre_without_a_name_is_asked_about(sentence: str, found: str):
    text = f"# 云川市青禾区档案局2023年度部门决算\n\n## 二、情况说明\n\n{sentence}\n"
    diagnostics = lint(text, RULES["self-reference"]).diagnostics
    assert [text[each.span.start : each.span.end] for each in diagnostics] == [found] * bool(found)


# --- Real reports -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "hongshan-2020.md",
            {
                "subject-code-name": {335, 343},
                "inconsistent-term": {466, 532, 576},
                "economic-items": {472},
                "administrative-level": {595, 597, 599, 645},
                "glossary-missing": {613},
                "unknown-subject": {617, 623},
                "subject-definition": {621},
            },
        ),
        (
            "putuo-planning-2024.html",
            {"unknown-subject": {335, 342, 343, 344}, "economic-items": {346}, "body-name": {357, 361, 363}},
        ),
        ("wanli-2024-budget.html", {}),
        ("shanghai-finance-2025-budget.html", {}),
        ("huaian-2024-annual.html", {}),
        ("hongze-2023-annual.html", {}),
        ("final-accounts-template.html", {}),
    ],
)
def test_real_reports(shared_reports, file: str, expected: dict[str, set[int]]):
    text = (shared_reports / file).read_text(encoding="utf-8")
    told: dict[str, set[int]] = {}
    for each in lint(text, *RULES.values(), path=file).diagnostics:
        if each.severity != "info":
            name = each.rule.partition("/")[2]
            told.setdefault(name, set()).add(text.count("\n", 0, each.span.start) + 1)
            same = [other for other in each.related if other.english == "The same again"]
            told[name].update(text.count("\n", 0, other.span.start) + 1 for other in same)
    assert told == expected


def test_the_pack_needs_no_other_pack():
    report = lint(TITLE + TABLE + GLOSSARY, *RULES.values(), plugins=Plugins([("govlint_terms", govlint_terms)]))
    assert {each.rule for each in report.diagnostics} == {"terms/glossary-missing", "terms/glossary-unused"}
