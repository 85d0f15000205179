"""The generator's reports are consistent as printed, understood by the parsers, and broken only where a mutant says."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from govlint_dictionaries.subjects import functional_subjects
from hypothesis import given, settings, strategies as st

from govlint.facts.identity import body, period
from govlint.facts.quantities import quantities
from govlint.facts.statements import statements
from govlint.parsers import parse
from govlint.source import Source
from tests.generator import KINDS, LAYOUTS, GeneratedReport, NothingToMutateError, examples, generate, mutants, mutate
from tests.generator.annual import Disclosure
from tests.generator.marks import CELLS, PERCENTAGES
from tests.generator.model import FISCAL, Department, Line
from tests.generator.subjects import FUNCTIONAL, name_of

FINAL = [name for name, layout in LAYOUTS.items() if layout.kind == "final"]
BUDGET = [name for name, layout in LAYOUTS.items() if layout.kind == "budget"]
ANNUAL = [name for name, layout in LAYOUTS.items() if layout.kind == "annual"]

seeds = st.integers(0, 10**6)
EXAMPLES = settings.default.max_examples
quick = settings(max_examples=EXAMPLES // 4, deadline=None, derandomize=True)


def printed_cells(report: GeneratedReport) -> dict[str, Decimal]:
    """The value printed in each cell, by table, row and column."""
    return {number.key: Decimal(number.text.replace(",", "")) for number in report.numbers if number.role in CELLS}


def codes_below(cells: dict[str, Decimal], table: str, code: str) -> set[str]:
    """The codes one level below ``code`` (``all``: the 类) that the table prints."""
    prefix, length = ("", 3) if code == "all" else (code, len(code) + 2)
    rows = {key.split("/")[1] for key in cells if key.startswith(f"{table}/")}
    return {row for row in rows if row.isdigit() and len(row) == length and row.startswith(prefix)}


Identity = tuple[str, list[str], list[str]]
"""A key, the keys that add up to it, and the keys that are taken from them."""


def final_identities(cells: dict[str, Decimal]) -> Iterator[Identity]:
    """The identities of final accounts (numbers of the nine tables)."""
    incomes = ["general", "fund", "capital", "superior", "service", "business", "subordinate", "other"]
    yield "T1/all/income", [f"T1/{name}/income" for name in incomes], []
    yield "T1/all/spending", [f"T1/{code}/spending" for code in codes_below(cells, "T1", "all")], []
    yield "T1/total/income", ["T1/all/income", "T1/used/income", "T1/opening/income"], []
    yield "T1/total/spending", ["T1/all/spending", "T1/allocated/spending", "T1/closing/spending"], []
    yield "T1/total/income", ["T1/total/spending"], []
    yield "T2/all/income", ["T1/all/income"], []
    yield "T2/all/fiscal", ["T1/general/income", "T1/fund/income", "T1/capital/income"], []
    yield "T3/all/spending", ["T1/all/spending"], []
    yield "T4/all/income", ["T2/all/fiscal"], []
    yield "T4/total/income", ["T4/all/income", "T4/opening/income"], []
    yield "T4/total/all", ["T4/all/all", "T4/closing/all"], []
    yield "T4/total/income", ["T4/total/all"], []
    yield "T4/opening/income", [f"T4/opening.{fund}/income" for fund in FISCAL], []
    yield "T5/all/spending", ["T4/all/general"], []
    yield "T6/personnel/first", ["T6/301/first", "T6/303/first"], []
    things = [key for key in cells if re.fullmatch(r"T6/3(02|07|10|12|99)/\w+", key)]
    yield "T6/running/last", things, []
    yield "T5/all/basic", ["T6/personnel/first", "T6/running/last"], []
    for kind in ("budget", "actual"):
        yield f"T7/cars/{kind}", [f"T7/purchase/{kind}", f"T7/running/{kind}"], []
        yield f"T7/total/{kind}", [f"T7/{part}/{kind}" for part in ("abroad", "cars", "reception")], []
    yield "T8/all/spending", ["T4/all/fund"], []
    yield "T9/all/spending", ["T4/all/capital"], []
    columns = ["fiscal", "superior", "service", "business", "subordinate", "other"]
    yield from by_row(cells, "T2", "income", columns)
    yield from by_row(cells, "T3", "spending", ["basic", "project", "operating"])
    yield from by_row(cells, "T4", "all", list(FISCAL))
    yield from by_row(cells, "T5", "spending", ["basic", "project"])
    yield from by_row(cells, "T8", "spending", ["basic", "project"])
    for row in {key.split("/")[1] for key in cells if key.startswith("T8/")}:
        yield f"T8/{row}/closing", [f"T8/{row}/opening", f"T8/{row}/income"], [f"T8/{row}/spending"]
    for code in codes_below(cells, "T3", "all"):
        yield f"T3/{code}/spending", [f"T1/{code}/spending"], []
        yield f"T5/{code}/spending", [f"T4/{code}/general"], []
    yield from roll_ups(cells, ("T2", "T3", "T5", "T6", "T8", "T9"))


def budget_identities(cells: dict[str, Decimal]) -> Iterator[Identity]:
    """The identities of budgets."""
    yield "B1/fiscal/income", [f"B1/{fund}/income" for fund in FISCAL], []
    yield "B1/total/income", ["B1/fiscal/income", "B1/service/income", "B1/other/income"], []
    yield "B1/total/income", ["B1/total/spending"], []
    yield "B1/total/income", ["B2/all/income"], []
    yield "B1/total/spending", ["B3/all/spending"], []
    yield "B4/total/all", ["B2/all/fiscal"], []
    yield "B4/total/income", ["B4/total/all"], []
    yield "B5/all/spending", ["B4/total/general"], []
    yield "B6/all/spending", ["B4/total/fund"], []
    yield "B7/all/spending", ["B4/total/capital"], []
    yield "B8/all/spending", ["B5/all/basic"], []
    yield "B9/cars/budget", ["B9/purchase/budget", "B9/running/budget"], []
    yield "B9/total/budget", [f"B9/{part}/budget" for part in ("abroad", "cars", "reception")], []
    yield from by_row(cells, "B2", "income", ["fiscal", "service", "other"])
    yield from by_row(cells, "B4", "all", list(FISCAL))
    for table in ("B3", "B5", "B6", "B7"):
        yield from by_row(cells, table, "spending", ["basic", "project"])
    yield from by_row(cells, "B8", "spending", ["personnel", "running"])
    yield from roll_ups(cells, ("B2", "B3", "B5", "B6", "B7", "B8"))


def by_row(cells: dict[str, Decimal], table: str, total: str, parts: list[str]) -> Iterator[Identity]:
    for key in cells:
        if key.startswith(f"{table}/") and key.endswith(f"/{total}"):
            row = key.split("/")[1]
            yield key, [f"{table}/{row}/{part}" for part in parts], []


def roll_ups(cells: dict[str, Decimal], tables: tuple[str, ...]) -> Iterator[Identity]:
    for key in cells:
        table, row, column = key.split("/")
        below = codes_below(cells, table, row) if table in tables and (row == "all" or row.isdigit()) else set()
        if below and (row != "all" or table[0] == "T" or table != "B8"):
            yield key, [f"{table}/{code}/{column}" for code in sorted(below)], []


def gaps(report: GeneratedReport) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Every identity of the report's tables: its key, how far it is off, and how far rounding may put it off."""
    cells = printed_cells(report)
    final = LAYOUTS[report.layout].kind == "final"
    decimals = 0 if report.layout == "shanghai-budget-html" else 2
    for key, added, taken in final_identities(cells) if final else budget_identities(cells):
        terms = [cells[k] for k in added if k in cells] + [-cells[k] for k in taken if k in cells]
        allowed = Decimal(5).scaleb(-decimals - 1) * (len(terms) + 1)
        yield key, abs(sum(terms, Decimal(0)) - cells.get(key, Decimal(0))), allowed


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_seed_gives_the_same_report_again(layout: str) -> None:
    one, other = generate(5, layout), generate(5, layout)
    assert one.text == other.text
    assert one.numbers == other.numbers
    assert generate(6, layout).text != one.text


@pytest.mark.parametrize("layout", LAYOUTS)
@given(seed=seeds)
@settings(max_examples=EXAMPLES // 12, deadline=None, derandomize=True)
def test_marks_stand_where_they_say_and_in_order(layout: str, seed: int) -> None:
    report = generate(seed, layout)
    assert all(report.text[number.start : number.end] == number.text for number in report.numbers)
    starts = [number.start for number in report.numbers]
    assert starts == sorted(starts)
    assert all(0 <= mark.start <= mark.end <= len(report.text) for mark in report.landmarks)


@pytest.mark.parametrize(
    "family", [("hubei-tabs", "hubei-pipe", "hubei-html"), ("jiangsu-budget-html", "jiangsu-budget-pipe")]
)
def test_notations_of_a_house_say_the_same(family: tuple[str, ...]) -> None:
    contents = [[(n.key, n.text) for n in generate(3, layout, tidy=True).numbers] for layout in family]
    assert all(content == contents[0] for content in contents)


@given(seed=seeds, layout=st.sampled_from(FINAL + BUDGET))
@quick
def test_the_model_balances_to_the_last_fen(seed: int, layout: str) -> None:
    model = generate(seed, layout).model
    assert isinstance(model, Department)
    for line in model.lines:
        assert line.opening + line.income + line.used == line.spending + line.allocated + line.closing
        assert line.income >= 0
    assert model.personnel + model.running == model.general[""]["basic"]
    assert sum(model.economic.values()) == model.general[""]["basic"]
    assert model.fiscal[""]["spending"] == sum(model.by_source[source][""]["spending"] for source in FISCAL)
    assert sum(model.vehicles) == model.official.kept
    assert model.procurement.micro <= model.procurement.small <= model.procurement.total


@given(seed=seeds, layout=st.sampled_from(FINAL + BUDGET))
@quick
def test_printed_tables_agree_within_rounding(seed: int, layout: str) -> None:
    assert [gap for gap in gaps(generate(seed, layout)) if gap[1] > gap[2]] == []


@given(seed=seeds, layout=st.sampled_from(FINAL + BUDGET))
@quick
def test_without_tails_printed_tables_agree_exactly(seed: int, layout: str) -> None:
    assert [gap for gap in gaps(generate(seed, layout, tails=False)) if gap[1]] == []


def test_with_tails_some_sums_are_off_by_rounding() -> None:
    off = [gap for seed in range(10) for gap in gaps(generate(seed, "model-html")) if gap[1]]
    assert len(off) > 20


@given(seed=seeds, layout=st.sampled_from(FINAL + BUDGET))
@quick
def test_prose_says_what_the_tables_say(seed: int, layout: str) -> None:
    report = generate(seed, layout)
    cells = printed_cells(report)
    amounts = [number for number in report.numbers if number.role == "amount" and number.stated]
    assert len(amounts) > 20
    for number in amounts:
        cell = cells.get(number.key, Decimal(0))
        shown = Decimal(number.text.replace(",", ""))
        if layout == "shanghai-budget-html" and not number.key.startswith("B9"):
            cell = (cell / 10000).quantize(Decimal("0.01"), "ROUND_HALF_UP")
        assert shown == cell, number


@given(seed=seeds, layout=st.sampled_from(FINAL + BUDGET))
@quick
def test_percentages_follow_from_the_printed_amounts(seed: int, layout: str) -> None:
    """A growth is that of the change printed before it; its slack is as wide as the operands' rounding and one digit."""
    report = generate(seed, layout)
    for before, number in zip(report.numbers, report.numbers[4:], strict=False):
        if before.role == "change" and number.role == "growth":
            assert before.key.removesuffix("/change") == number.key.removesuffix("/growth")
    for number in report.numbers:
        if number.role in PERCENTAGES:
            assert number.slack >= Decimal("0.01")
            assert abs(Decimal(number.text) - number.value) <= Decimal("0.005")


@given(seed=seeds, layout=st.sampled_from(ANNUAL))
@quick
def test_counts_of_annual_reports_add_up(seed: int, layout: str) -> None:
    report = generate(seed, layout)
    model = report.model
    assert isinstance(model, Disclosure)
    for index in range(6):
        done = sum(counts[index] for counts in model.results)
        assert model.received[index] + model.carried[index] == done + model.pending[index]
        assert model.received[index] >= 0
    cells = printed_cells(report)
    columns = ("person", "company", "science", "welfare", "law", "other")
    for row in {key.split("/")[1] for key in cells if key.startswith("G2/")}:
        assert cells[f"G2/{row}/all"] == sum(cells[f"G2/{row}/{column}"] for column in columns)
    for kind in ("review", "direct", "after"):
        assert cells[f"G3/{kind}/all"] == sum(cells[f"G3/{kind}/{index}"] for index in range(4))


@given(seed=seeds, layout=st.sampled_from(list(LAYOUTS)))
@quick
def test_texts_are_clean(seed: int, layout: str) -> None:
    """No doubled punctuation, no half-width brackets or punctuation between Han characters, nothing unfilled."""
    text = re.sub(r"<[^>]*>", "", generate(seed, layout).text)
    assert not re.search(r"[，。；、：]{2}|[，；：、]。", text)
    assert not re.search(r"(?<=[\u4e00-\u9fff])[,;:()](?=[\u4e00-\u9fff])", text)
    assert not re.search(r"[{}×]|XX", text)
    assert not re.search(r"[A-Za-z]", text.replace('lang="zh-CN"', ""))
    assert text.count("（") == text.count("）")
    assert text.count("“") == text.count("”")


@given(seed=seeds, layout=st.sampled_from(FINAL + BUDGET))
@quick
def test_contents_name_the_headings(seed: int, layout: str) -> None:
    report = generate(seed, layout)
    headings = {_title(mark.text) for mark in report.landmarks if mark.kind in ("heading", "caption")}
    entries = [_title(mark.text) for mark in report.landmarks if mark.kind == "contents"]
    assert [entry for entry in entries if not any(h.endswith(entry.removeprefix("部门")) for h in headings)] == []
    assert entries or layout == "chongqing-html"


def _title(text: str) -> str:
    text = re.sub(r"\s|^[一二三四五六七八九十]+、|^（[一二三四五六七八九十]+）|^\d+\.", "", text)
    return re.sub(r"^20\d\d年度?|。$", "", re.sub(r"^第.部分", "", text.replace(" ", "")))


@given(seed=seeds, layout=st.sampled_from(FINAL + BUDGET))
@quick
def test_the_glossary_explains_every_subject_used(seed: int, layout: str) -> None:
    report = generate(seed, layout)
    text = report.text.replace(" ", "")
    assert isinstance(report.model, Department)
    for line in report.model.lines:
        assert f"（款）{name_of(line.code)}（项）：" in text


def test_subjects_have_their_official_names() -> None:
    official = functional_subjects()
    for year in (2021, 2025):
        assert [code for code, name in FUNCTIONAL.items() if name not in official.names(code, year)] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_understood(layout: str) -> None:
    """Body, year, captions, and every printed number as the number of a cell in a value column."""
    for seed in range(3):
        report = generate(seed, layout)
        document = parse(Source(f"report{report.suffix}", report.text))
        assert document.troubles == ()
        found_body, found_period = body(document), period(document)
        assert found_body is not None and found_body.name == report.body
        assert found_period is not None and found_period.year == report.year
        understood = {}
        for statement in statements(document):
            for lane in statement.lanes:
                for value in lane.values():
                    if value.number is not None:
                        understood[tuple(value.cell.text.whole)] = value.number.value
        for number in report.numbers:
            if number.role in CELLS:
                assert understood.get((number.start, number.end)) == Decimal(number.text.replace(",", "")), number


@pytest.mark.parametrize("layout", LAYOUTS)
def test_numbers_in_prose_are_quantities_with_their_units(layout: str) -> None:
    kinds = {"amount": "amount", "change": "amount", "share": "percent", "rate": "percent", "growth": "percent"}
    for seed in range(2):
        report = generate(seed, layout)
        document = parse(Source(f"report{report.suffix}", report.text))
        found = {quantity.span.start: quantity for quantity in quantities(document)}
        for number in report.numbers:
            if number.role in (*kinds, "count"):
                quantity = found[number.start]
                assert quantity.number is not None
                assert quantity.number.value == Decimal(number.text.replace(",", ""))
                assert quantity.kind == kinds.get(number.role, "count")


@pytest.mark.parametrize("layout", FINAL + BUDGET)
def test_rows_and_columns_are_understood(layout: str) -> None:
    """The value of a cell by subject stands in the row of that code, under the heading of that column."""
    headings = {"income": "合计|本年收入", "fiscal": "财政拨款", "basic": "基本支出", "project": "项目支出"}
    report = generate(1, layout)
    document = parse(Source(f"report{report.suffix}", report.text))
    places = {}
    for statement in statements(document):
        for row in statement.rows():
            for value in row.values:
                if value.number is not None:
                    places[tuple(value.cell.text.whole)] = (row, value.column)
    checked = 0
    for number in report.numbers:
        match = re.fullmatch(r"[TB][2358]/(\d{3,7})/(\w+)", number.key)
        if number.role in CELLS and match:
            row, column = places[number.start, number.end]
            assert row.code == match.group(1), number
            if match.group(2) in headings:
                assert re.search(headings[match.group(2)], column.name), (number, column)
            checked += 1
    assert checked > 40


@given(
    seed=seeds, layout=st.sampled_from(list(LAYOUTS)), kind=st.sampled_from(list(KINDS)), mutation=st.integers(0, 99)
)
@settings(max_examples=EXAMPLES * 3 // 2, deadline=None, derandomize=True)
def test_mutants_differ_only_where_they_say(seed: int, layout: str, kind: str, mutation: int) -> None:
    report = generate(seed, layout)
    try:
        mutant = mutate(report, kind, mutation)
    except NothingToMutateError:
        return
    start, end = mutant.span
    assert mutant == mutate(report, kind, mutation)
    assert mutant.text != report.text
    assert mutant.text[start:end] == mutant.new
    assert report.text == mutant.text[:start] + mutant.old + mutant.text[end:]
    assert mutant.places[0][0] == start and mutant.places[-1][1] == end
    between = [mutant.text[a:b] for (_, a), (b, _) in zip(mutant.places, mutant.places[1:], strict=False)]
    assert all(piece in mutant.old for piece in between)


def test_every_kind_of_mutation_finds_something() -> None:
    reports = [generate(seed, layout) for seed in range(3) for layout in LAYOUTS]
    made = {mutant.kind for report in reports for mutant in mutants(report, KINDS, 1)}
    assert made == set(KINDS)


def test_mutated_numbers_are_beyond_rounding() -> None:
    for seed in range(4):
        for layout in FINAL:
            report = generate(seed, layout)
            for kind in ("share", "rate", "growth", "change-digit", "leaf", "subtotal", "total", "amount-digit"):
                mutant = mutate(report, kind, seed)
                difference = Decimal(mutant.new.replace(",", "")) - Decimal(mutant.old.replace(",", ""))
                assert abs(difference) >= Decimal("0.02")


def test_scale_multiplies_the_subjects() -> None:
    small, large = generate(2, "model-html"), generate(2, "model-html", scale=10)
    assert isinstance(small.model, Department) and isinstance(large.model, Department)
    assert len(large.model.lines) > 6 * len(small.model.lines)
    assert all(gap <= allowed for _, gap, allowed in gaps(large))


def test_a_line_balances_whatever_its_amounts() -> None:
    line = Line("2010350", "service", basic=Decimal(100), opening=Decimal(20), closing=Decimal(5), used=Decimal(3))
    assert line.income == Decimal(82)


def test_examples_are_what_would_be_written() -> None:
    assert examples.stale() == []


def test_defects_stand_on_the_lines_that_the_readme_says() -> None:
    rows = re.findall(r"^\| \d+ \|.*\|", (examples.FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == len(examples.DEFECTS)
    for name, report in examples.final_accounts():
        text = (examples.FOLDER / f"faulty-{name}").read_text(encoding="utf-8")
        planted_text, planted = examples.faulty(report)
        assert text == planted_text
        column = list(examples.FINAL_LAYOUTS).index(name)
        for row, one in zip(rows, planted, strict=True):
            line = int([field.strip() for field in row.strip("|").split("|")][-3:][column])
            assert one.defect.new in text.split("\n")[line - 1]


def test_examples_are_one_report_in_three_notations() -> None:
    contents = [[(n.key, n.text) for n in report.numbers] for _, report in examples.final_accounts()]
    assert contents[0] == contents[1] == contents[2]


@pytest.mark.parametrize("name", [f"clean-{name}" for name in examples.FINAL_LAYOUTS])
def test_examples_survive_other_encodings_and_line_ends(name: str) -> None:
    text = (examples.FOLDER / name).read_text(encoding="utf-8")
    legacy = Source.from_bytes(text.encode("gb18030"), name) if name.endswith(".md") else None
    assert legacy is None or (legacy.text == text and legacy.encoding == "gb18030")
    windows = Source.from_bytes(text.replace("\n", "\r\n").encode(), name)
    assert windows.text.replace("\r\n", "\n") == text
