"""The dictionaries: files sorted, unique and normalised; every entry behaves as its examples say."""

import csv
import re
import subprocess
import sys
import time
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import pairwise

import govlint_dictionaries
import pytest
from govlint_dictionaries import (
    Confusable,
    Confusables,
    Matcher,
    Subjects,
    bodies,
    casing,
    comparable,
    confusables,
    economic_subjects,
    fixed_phrases,
    functional_subjects,
    is_latin_name,
    latin_names,
    latin_patterns,
    periods,
    same_name,
    words,
)
from govlint_dictionaries.matching import literal_of
from hypothesis import given, strategies as st

DATA = files("govlint_dictionaries")
SEVERITIES = {"error", "warning", "info"}
CONFIDENCES = {"high", "medium", "low"}
BOTH = pytest.mark.parametrize("subjects", [functional_subjects, economic_subjects], ids=["functional", "economic"])


def text(name: str) -> str:
    return DATA.joinpath(name).read_text(encoding="utf-8")


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text(name).splitlines()))


@cache
def toml(name: str) -> dict:
    return tomllib.loads(text(name))


def assert_sorted_and_unique(keys: list) -> None:
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))


def repeats_repetition(pattern: str) -> bool:
    """Whether a pattern repeats something without bound inside something repeated without bound."""
    return re.search(r"[*+}]\)[*+{]", pattern) is not None


# Files


def test_the_readme_tells_of_every_file() -> None:
    readme = text("README.md")
    for path in DATA.iterdir():
        assert path.name.endswith((".py", ".md")) or path.is_dir() or f"`{path.name}`" in readme, path.name


@pytest.mark.parametrize(
    "name", [path.name for path in DATA.iterdir() if path.name.endswith((".csv", ".toml", ".txt"))]
)
def test_files_are_normalised(name: str) -> None:
    content = text(name)
    assert content == unicodedata.normalize("NFC", content)
    assert content.endswith("\n") and not content.endswith("\n\n")
    assert not re.search(r"[ \t]$|\r|\ufeff|\u200b|\ufffd", content, re.MULTILINE)


# Subjects


def test_functional_subjects_are_sorted_and_unique() -> None:
    keys = [(row["code"], int(row["valid_from"] or 0), row["name"]) for row in rows("functional_subjects.csv")]
    assert_sorted_and_unique(keys)
    names = [(row["code"], row["name"]) for row in rows("functional_subjects.csv")]
    assert len(names) == len(set(names))


def test_economic_subjects_are_sorted_and_unique() -> None:
    keys = [(row["system"], row["code"], int(row["valid_from"] or 0)) for row in rows("economic_subjects.csv")]
    assert_sorted_and_unique(keys)


@BOTH
def test_names_are_written_as_the_official_list_does(subjects) -> None:
    for entry in subjects():
        assert re.fullmatch(r"[\u4e00-\u9fff（）、“”]+", entry.name), entry
        assert entry.name.count("（") == entry.name.count("）"), entry


@BOTH
def test_codes_and_columns(subjects) -> None:
    for entry in subjects():
        assert re.fullmatch(
            r"[2356]\d{2}(?:\d{2}){0,2}" if entry.system != "functional" else r"2\d{2}(?:\d{2}){0,2}", entry.code
        )
        assert entry.confidence in CONFIDENCES
        assert entry.system in {"functional", "dept2018", "gov2018", "dept2017"}


@pytest.mark.parametrize("name", ["functional_subjects.csv", "economic_subjects.csv"])
def test_every_row_names_its_source(name: str) -> None:
    part = re.compile(r"reports(?: 20\d\d)+|code table|published forms|knowledge|years knowledge")
    for row in rows(name):
        assert all(part.fullmatch(source) for source in row["source"].split("; ")), row


@BOTH
def test_years_are_consistent(subjects) -> None:
    for entry in subjects():
        assert entry.valid_from is None or entry.valid_to is None or entry.valid_from <= entry.valid_to, entry
        for year in (entry.valid_from, entry.valid_to):
            assert year is None or 2007 <= year <= 2030, entry
        if entry.accepted:
            assert entry.accepted[0] <= entry.accepted[1], entry


@BOTH
def test_a_code_has_one_name_at_a_time(subjects) -> None:
    for code in {entry.code for entry in subjects()}:
        for earlier, later in pairwise(subjects().of(code)):
            assert earlier.valid_to is not None and later.valid_from is not None, (earlier, later)
            assert earlier.valid_to < later.valid_from, (earlier, later)


@BOTH
def test_every_subject_has_its_parent(subjects) -> None:
    for entry in subjects():
        if entry.parent:
            assert entry.parent in subjects(), entry


def test_the_name_of_a_code_depends_on_the_year() -> None:
    subjects = functional_subjects()
    assert subjects.holding("210", 2018).name == "医疗卫生与计划生育支出"
    assert subjects.holding("210", 2020).name == "卫生健康支出"
    assert subjects.holding("20805", 2019).name == "行政事业单位离退休"
    assert subjects.holding("20805", 2020).name == "行政事业单位养老支出"
    assert subjects.holding("20828", 2018) is None
    assert subjects.holding("9999999", 2020) is None
    assert subjects.holding("21011", None).name == "行政事业单位医疗"


def test_reports_of_a_year_of_change_carry_either_name() -> None:
    subjects = functional_subjects()
    assert set(subjects.names("215", 2020)) == {"资源勘探信息等支出", "资源勘探工业信息等支出"}
    assert subjects.names("215", 2021) == ("资源勘探工业信息等支出",)
    assert len(subjects.names("21305", 2022)) == 3
    assert subjects.names("21305", 2020) == ("扶贫",)
    assert subjects.names("21305", 2024) == ("巩固脱贫攻坚成果衔接乡村振兴",)


def test_children_and_levels() -> None:
    subjects = functional_subjects()
    assert [child.code for child in subjects.children("221", 2020)] == ["22101", "22102", "22103"]
    assert "201" in {child.code for child in subjects.children(year=2020)}
    assert "224" not in {child.code for child in subjects.children(year=2018)}
    assert subjects.holding("2010301", 2020).level == "项"
    assert subjects.holding("2010301", 2020).parent == "20103"


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("因公出国(境)费用", "因公出国（境）费用"),
        ("维修（ 护 ）费", "维修（护）费"),
        ("一般公共服务（类）支出", "一般公共服务支出"),
        ("'三供一业'移交补助支出", "“三供一业”移交补助支出"),
        ("机 关 服 务", "机关服务"),
    ],
)
def test_names_are_compared_as_printed(printed: str, official: str) -> None:
    assert same_name(printed, official)


def test_only_a_class_may_lack_its_last_word() -> None:
    assert same_name("教育", "教育支出", "类")
    assert not same_name("行政事业单位养老", "行政事业单位养老支出", "款")
    assert not same_name("发展和改革事务", "发展与改革事务")
    assert functional_subjects().named("住房保障", "类")[0].code == "221"


def test_codes_of_a_name() -> None:
    subjects = functional_subjects()
    assert [entry.code for entry in subjects.named("行政运行", under="20103")] == ["2010301"]
    assert len(subjects.named("行政运行", "项", year=2020)) > 50
    assert subjects.named("机关运行") == ()


@pytest.mark.parametrize(
    ("code", "name", "year", "kind"),
    [
        ("2010301", "行政运行", 2020, "agrees"),
        ("2010301", "机关运行", 2020, "wrong"),
        ("210", "卫生健康（类）", 2020, "agrees"),
        ("210", "医疗卫生与计划生育支出", 2019, "agrees"),  # the year after the change
        ("210", "医疗卫生与计划生育支出", 2022, "other year"),
        ("2210201", "购房补贴", 2020, "wrong"),
        ("2200199", "其他国土资源事务支出", 2024, "other year"),
        ("2019", "其他支出", 2024, "unknown code"),
        ("2220101", "粮食运行", 2024, "unsure"),  # rows of low confidence only accept
    ],
)
def test_judgement_of_a_code_and_a_name(code: str, name: str, year: int, kind: str) -> None:
    assert functional_subjects().judge(code, name, year).kind == kind


def test_judgement_tells_what_is_expected() -> None:
    judged = economic_subjects().judge("30108", "机关事业单位基本养老保险费", 2020)
    assert (judged.kind, judged.expected.name, judged.confidence) == ("wrong", "机关事业单位基本养老保险缴费", "high")


@pytest.mark.parametrize(
    ("name", "where", "year", "expected"),
    [
        ("机关运行", {"level": "项", "under": "20103"}, 2020, "2010301"),
        ("医疗卫生与计划生育支出", {"level": "类"}, 2020, "210"),
        ("医疗卫生与计划生育", {"level": "类"}, 2020, "210"),
        ("其他国土资源事务支出", {"level": "项"}, 2024, "2200199"),
        ("机关事业单位养老保险缴费支出", {"level": "项"}, 2024, "2080505"),
        ("事业单位医疗费", {"under": "21011"}, 2024, "2101102"),
    ],
)
def test_the_subject_most_likely_meant(name: str, where: dict, year: int, expected: str) -> None:
    assert functional_subjects().likely(name, **where, year=year).code == expected


def test_likely_names_are_those_of_the_year() -> None:
    assert functional_subjects().likely("医疗卫生与计划生育支出", "类", year=2020).name == "卫生健康支出"
    assert economic_subjects().likely("机关事业单位基本养老保险费", year=2020).code == "30108"
    assert functional_subjects().likely("险机缴关费事支业出单位职业年金缴", "项", "20805", 2024).code == "2080506"
    assert functional_subjects().likely("天气晴朗", "项", "20103", 2020) is None


@given(st.sampled_from(functional_subjects().entries))
def test_every_official_name_agrees_with_its_own_year(entry) -> None:
    year = entry.valid_from or entry.valid_to or 2018
    assert functional_subjects().judge(entry.code, entry.name, year).kind == "agrees"
    assert comparable(comparable(entry.name)) == comparable(entry.name)


def test_users_can_build_subjects_of_their_own() -> None:
    assert len(Subjects(())) == 0
    assert Subjects(()).judge("201", "教育支出", 2020).kind == "unknown code"


# Words


def test_words_are_sorted_unique_and_few_enough() -> None:
    lines = [line.split(" ") for line in words()]
    assert_sorted_and_unique([word for word, _ in lines])
    assert 5_000 <= len(lines) <= 20_000
    for word, frequency in lines:
        assert re.fullmatch(r"[\u4e00-\u9fff]+", word), word
        assert 1 <= int(frequency) <= 20_000, word


def test_no_word_is_one_that_the_lists_call_wrong() -> None:
    joined = "\n".join(line.split(" ")[0] for line in words())
    assert [hit.entry.wrong for hit in confusables().find(joined) if hit.entry.severity != "info"] == []


def test_the_plugin_hands_over_its_words() -> None:
    assert tuple(govlint_dictionaries.govlint_words()) == words()
    assert "决算 4000" in words()


# Confusable words


def test_confusables_are_sorted_and_unique() -> None:
    keys = [(row["wrong"], row["pattern"]) for row in rows("confusables.csv")]
    assert_sorted_and_unique(keys)


@pytest.mark.parametrize("entry", confusables().entries, ids=lambda entry: entry.wrong)
def test_confusable_word(entry: Confusable) -> None:
    assert entry.severity in SEVERITIES and entry.confidence in CONFIDENCES
    assert entry.severity == "info" or entry.confidence != "low"
    assert 0 < len(entry.reason) <= 40 and entry.group and entry.ok
    assert entry.wrong != entry.right
    re.compile(entry.pattern)
    assert literal_of(entry.pattern) and not repeats_repetition(entry.pattern)
    assert all(entry.wrong in exception for exception in entry.exceptions)
    found = confusables().find(entry.bad)
    assert [hit.entry for hit in found] == [entry]
    if entry.right:
        assert entry.bad[found[0].start : found[0].end] == entry.wrong
        fixed = entry.bad[: found[0].start] + entry.right + entry.bad[found[0].end :]
        assert confusables().find(fixed) == []
    for harmless in entry.ok:
        assert confusables().find(harmless) == [], harmless


def test_exceptions_are_words_in_which_the_wrong_word_is_right() -> None:
    own = Confusables([Confusable("甲乙", "甲已", "甲乙", ("某甲乙丙",), "error", "high", "", "", "", ())])
    assert [(hit.start, hit.end) for hit in own.find("甲乙与某甲乙丙与某甲乙")] == [(0, 2), (9, 11)]


def test_hits_come_in_order_and_never_overlap() -> None:
    matcher = Matcher([("甲", (), 1), ("甲乙", (), 2), ("乙丙", (), 3), ("(?<=丁)戊(?!己)", (), 4)])
    assert [(hit.entry, hit.start, hit.end) for hit in matcher.find("甲乙丙甲丁戊丁戊己")] == [
        (2, 0, 2),
        (1, 3, 4),
        (4, 5, 6),
    ]
    assert matcher.find("") == []


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        ("做为", "做为"),
        ("(?<![叫当])做为(?!民)", "做为"),
        ("(?<!安全|卫生)检查院(?!内)", "检查院"),
        ("下降了?\\d+倍", "下降"),
        ("(?<=[\\d ])平米", "平米"),
        ("甲|乙", ""),
        (".甲", ""),
    ],
)
def test_the_literal_that_a_pattern_begins_with(pattern: str, literal: str) -> None:
    assert literal_of(pattern) == literal


def test_a_pattern_without_a_literal_is_refused() -> None:
    with pytest.raises(ValueError, match="no literal"):
        Matcher([("[甲乙]丙", (), None)])


@given(st.text(alphabet="约超过防止下降不再发生倍左右以上.1万元 。\n", max_size=60))
def test_any_text_is_searched(given_text: str) -> None:
    for hit in confusables().find(given_text):
        assert 0 <= hit.start < hit.end <= len(given_text)


def test_hostile_text_costs_no_more_than_its_length() -> None:
    hostile = "约1" + "1" * 20_000 + "防止" * 10_000 + "下降1" + "." * 20_000
    begin = time.perf_counter()
    confusables().find(hostile)
    assert time.perf_counter() - begin < 2


def test_the_list_costs_little_on_a_real_report(shared_reports) -> None:
    report = shared_reports.joinpath("hongshan-2020.md").read_text(encoding="utf-8")
    fresh = Confusables(confusables().entries)
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        fresh.find(report)
        times.append(time.perf_counter() - begin)
    assert min(times) < 0.010


# Fixed phrases


def test_phrases_are_sorted_and_unique() -> None:
    data = toml("fixed_phrases.toml")
    assert_sorted_and_unique([entry["right"] for entry in data["phrases"]])
    assert_sorted_and_unique([entry["term"] for entry in data["periods"]])
    assert_sorted_and_unique([entry["right"] for entry in data["casing"]])


@pytest.mark.parametrize("phrase", fixed_phrases().phrases, ids=lambda phrase: phrase.right)
def test_fixed_phrase(phrase) -> None:
    assert phrase.kind in {"wording", "order", "quotes"}
    assert re.fullmatch(r"(?:\d{4}(?:-\d{2})?)?", phrase.since)
    assert phrase.variants
    assert fixed_phrases().find(phrase.right) == []
    for variant in phrase.variants:
        assert variant.severity in SEVERITIES and variant.confidence in CONFIDENCES and variant.reason
        re.compile(variant.pattern)
        assert len(literal_of(variant.pattern)) > 1 and not repeats_repetition(variant.pattern)
        plain = variant.pattern.replace("\\", "")
        if not re.search(r"[(\[]", plain):
            assert [hit.entry for hit in fixed_phrases().find(plain)] == [variant]


@pytest.mark.parametrize(
    ("sentence", "found", "put"),
    [
        (
            "坚持以习近平新时代中国特色社会主义为指导",
            "习近平新时代中国特色社会主义",
            "习近平新时代中国特色社会主义思想",
        ),
        ("做到两个维护，坚定四个自信", "两个维护", "“两个维护”"),
        ("筑牢中华民族共同体意识", "筑牢中华民族共同体意识", "铸牢中华民族共同体意识"),
        ("开展三公经费自查", "三公", "“三公”"),
        ("十四五时期", "十四五", "“十四五”"),
        ("全面落实以法治国方略", "以法治国", "依法治国"),
    ],
)
def test_a_phrase_nearly_right_is_found(sentence: str, found: str, put: str) -> None:
    hit = fixed_phrases().find(sentence)[0]
    assert (sentence[hit.start : hit.end], hit.entry.put) == (found, put)


@pytest.mark.parametrize(
    "sentence",
    [
        "以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想",
        "学习近五年的做法",  # 学习 | 近五年
        "增强“四个意识”、坚定“四个自信”、做到“两个维护”",
        '做到"两个维护"',
        "“三公”经费支出",
        "公开、公平、公正",
        "《关于推进放管服》",
        "中国人民政治协商会议云川市委员会",
        "习近平新时代中国特色社会",  # cut by a converter
        "研究员、博士后十四五人",
        "在职人员30人，其中共产党员12人",
        "以法治国家建设为目标",
        "弘扬爱岗敬业、爱国奉献精神",
        "增强大局意识、政治意识和责任意识",
        "区委十九届三次全会精神",
    ],
)
def test_what_only_looks_like_a_slip_passes(sentence: str) -> None:
    assert fixed_phrases().find(sentence) == []


def test_periods() -> None:
    by_term = {period.term: period for period in periods()}
    assert by_term["党的二十大"].first == "2022-10"
    assert by_term["“十四五”"].years == (2021, 2025)
    for period in periods():
        assert bool(period.years) != bool(re.fullmatch(r"\d{4}-\d{2}", period.first)), period


def test_casing() -> None:
    assert casing()["IPV6"].right == "IPv6"
    assert casing()["KV"].after_number and casing()["PH"].next == "值"
    assert "IPv6" not in casing()
    for wrong, right in casing().items():
        assert (
            wrong.casefold()
            == right.right.replace("·", "" if "·" not in wrong else "·")
            .replace("-", "" if "-" not in wrong else "-")
            .casefold()
        ), (wrong, right)
        assert wrong != right.right and right.severity in SEVERITIES


# Latin names


def test_latin_names_are_sorted_and_unique() -> None:
    seen: list[str] = []
    for group in toml("latin_names.toml")["groups"]:
        assert group["case"] in {"exact", "free"} and group["about"]
        assert_sorted_and_unique(group["names"])
        seen.extend(group["names"])
    assert len(seen) == len(set(seen)) >= 400


@pytest.mark.parametrize(
    "token",
    [
        "5G",
        "IPv6",
        "APP",
        "App",
        "app",
        "GB/T",
        "km",
        "kV",
        "COVID-19",
        "B12",
        "A12345",
        "GB/T15834",
        "H1N1",
        "xxgk@example.gov.cn",
    ],
)
def test_names_that_may_stand_in_latin_letters(token: str) -> None:
    assert is_latin_name(token)


@pytest.mark.parametrize("token", ["and", "the", "it", "do", "AK", "XXX", "O", "l", "de", "shuzi", "Project"])
def test_what_is_no_name(token: str) -> None:
    assert not is_latin_name(token)


def test_latin_patterns_fit_their_examples() -> None:
    for entry, pattern in zip(toml("latin_names.toml")["patterns"], latin_patterns(), strict=True):
        for good in entry["good"]:
            assert pattern.pattern.fullmatch(good), good
    assert "5G" in latin_names()


@pytest.mark.parametrize(
    "token", ["a." * 10_000, "a-" * 10_000, "1x" * 10_000, "A.1" * 10_000, "www." + "/" * 20_000 + "，"]
)
def test_a_hostile_token_costs_no_more_than_its_length(token: str) -> None:
    begin = time.perf_counter()
    is_latin_name(token)
    assert time.perf_counter() - begin < 0.5


# Bodies


def test_bodies_are_unique_and_consistent() -> None:
    data = toml("bodies.toml")
    names = [name for group in data["current"] for name in group["names"]]
    finds = [entry["find"] for entry in (*data["renamed"], *data["misnamed"])]
    for keys in (names, finds, [entry["name"] for entry in data["created"]]):
        assert len(keys) == len(set(keys))
    assert_sorted_and_unique([entry["name"] for entry in data["created"]])
    assert_sorted_and_unique([entry["find"] for entry in data["misnamed"]])
    for entry in bodies().renamed:
        re.compile(entry.find)
        assert len(literal_of(entry.find)) > 1
        assert entry.now and 2013 <= entry.since <= entry.local <= 2030
        assert entry.change in {"renamed", "merged", "moved", "abolished"}


def test_no_current_name_is_an_old_or_a_wrong_one() -> None:
    current = "\n".join(bodies().current)
    assert bodies().find_renamed(current) == []
    assert bodies().find_misnamed(current) == []
    for entry in bodies().renamed:
        for now in entry.now:
            assert [hit for hit in bodies().find_renamed("青禾区" + now) if hit.entry.since <= entry.since] == [], entry


@pytest.mark.parametrize(
    ("sentence", "year", "old"),
    [
        ("青禾区国土资源局负责实施", 2020, ["国土资源局"]),
        ("青禾区国土资源局负责实施", 2017, []),
        ("由原国土资源局划入", 2020, []),
        ("青禾区农业局", 2021, ["农业局"]),
        ("青禾区农业农村局", 2021, []),
        ("云川市卫计委", 2022, ["卫计委"]),
        ("云川市扶贫办", 2020, []),
        ("云川市扶贫办", 2022, ["扶贫办"]),
        ("矿山安全监察局", 2022, []),
        ("青禾区文化和旅游局、农业部门", 2022, []),
    ],
)
def test_old_names_of_bodies(sentence: str, year: int, old: list[str]) -> None:
    assert [sentence[hit.start : hit.end] for hit in bodies().find_renamed(sentence, year)] == old


@pytest.mark.parametrize(
    ("name", "put"),
    [
        ("人力资源与社会保障局", "人力资源和社会保障"),
        ("卫生和健康委员会", "卫生健康委员会"),
        ("工业和信息局", "工业和信息化"),
    ],
)
def test_misnamed_bodies(name: str, put: str) -> None:
    assert [hit.entry.put for hit in bodies().find_misnamed(name)] == [put]


# The package


def test_the_package_reads_nothing_before_it_is_asked() -> None:
    code = (
        "import sys, govlint_dictionaries as d; import pluggy;"
        "assert not [m for m in sys.modules if m.startswith('govlint_dictionaries.')];"
        "assert d.words() and 'govlint_dictionaries.lexicon' in sys.modules;"
        "assert 'govlint_dictionaries.subjects' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_all_public_names_are_there() -> None:
    for name in govlint_dictionaries.__all__:
        assert getattr(govlint_dictionaries, name) is not None
    with pytest.raises(AttributeError):
        _ = govlint_dictionaries.nothing
