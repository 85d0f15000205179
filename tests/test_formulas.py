"""The formulas that notes under tables state."""

import pytest
from hypothesis import given, strategies as st

from govlint.facts.formulas import Formula, formulas
from govlint.facts.statements import statements
from govlint.parsers import parse
from govlint.source import Source

TABLE = """2023年度收入支出决算总表（表1）

单位：万元

项目\t行次\t金额
栏次\t\t1
一、事业收入\t1\t3.00
总计\t2\t3.00

"""


def read(*notes: str) -> tuple[str, tuple[Formula, ...]]:
    text = TABLE + "\n\n".join(notes) + "\n"
    (statement,) = statements(parse(Source("report.md", text)))
    return text, formulas(statement)


def written(formula: Formula) -> str:
    """The formula in a short notation: ``R27=1+2-3``, ``C1=2+3``, ``R27=?``."""
    terms = "".join(f"{'+' if sign > 0 else '-'}{number}" for sign, number in formula.terms)
    return f"{'R' if formula.axis == 'row' else 'C'}{formula.target}={terms.removeprefix('+') or '?'}"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("27行 = (1+2+3) 行；30行 = (27+28+29) 行；", ["R27=1+2+3", "R30=27+28+29"]),
        ("57行=（31+32+……+36）行；60行=（57+58）行。", ["R57=31+32+33+34+35+36", "R60=57+58"]),
        ("57行 = (31+32+...+34) 行", ["R57=31+32+33+34"]),
        ("27行＝（1＋2＋…＋4）行", ["R27=1+2+3+4"]),
        ("27行=（１+２+３）行", ["R27=1+2+3"]),
        ("27行=（1+…+4）行", ["R27=1+2+3+4"]),
        ("第27行=第1行至第4行之和", ["R27=1+2+3+4"]),
        ("27行=(1～3)行", ["R27=1+2+3"]),
        ("27行=1行+2行+3行", ["R27=1+2+3"]),
        ("30行=60行", ["R30=60"]),
        ("1栏各行=（2+3）栏各行。", ["C1=2+3"]),
        ("6栏各行=（1+2-3）栏各行；3栏各行=（4+5）栏各行。", ["C6=1+2-3", "C3=4+5"]),
        ("1栏=（2+3+6）栏；3栏=（4+5）栏", ["C1=2+3+6", "C3=4+5"]),
        ("2栏=1栏-3栏", ["C2=1-3"]),
        ("2栏=1栏－3栏", ["C2=1-3"]),
        ("1栏=2+3栏", ["C1=2+3"]),
        ("5行=(1+2)行-(3-4)行", ["R5=1+2-3+4"]),
        ("27行=（1+2）行 28行=（3+4）行", ["R27=1+2", "R28=3+4"]),
        ("注：1.27行=（1+2）行，28行=（3+4）行", ["R27=1+2", "R28=3+4"]),
    ],
)
def test_ways_to_write_a_formula(note: str, expected: list[str]) -> None:
    _, found = read(note)
    assert [written(formula) for formula in found] == expected


@pytest.mark.parametrize(
    "note", ["注：1栏≥2栏", "27行=本年收入合计", "57行=（31+32+...+）行", "5栏=（1+2）行", "9行=(8+…+3)行"]
)
def test_what_reads_like_a_formula_but_is_not_understood_says_so(note: str) -> None:
    _, found = read(note)
    assert [formula.terms for formula in found] == [()]


@pytest.mark.parametrize(
    "note", ["注：本表反映部门本年度的总收支情况。", "注：本表第27行为合计数。", "说明：本年收入=上年收入。"]
)
def test_notes_without_formulas(note: str) -> None:
    assert read(note)[1] == ()


def test_a_formula_has_its_place_and_that_of_its_target() -> None:
    text, (first, second) = read("注：本表反映总收支情况。", "27行 = (1+2) 行；1栏各行=（2+3）栏各行。")
    assert [text[slice(*formula.text.whole)] for formula in (first, second)] == [
        "27行 = (1+2) 行",
        "1栏各行=（2+3）栏各行",
    ]
    assert [text[slice(*formula.target_text.whole)] for formula in (first, second)] == ["27", "1"]


def test_a_formula_may_go_on_in_the_next_line() -> None:
    text, (formula,) = read("57行=（31+32+33\n+34）行")
    assert written(formula) == "R57=31+32+33+34"
    assert text[slice(*formula.text.whole)].startswith("57行=") and text[slice(*formula.text.whole)].endswith("+34）行")


def test_column_numbers_may_state_a_formula() -> None:
    text = "支出决算表\n\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t栏次\t1=2+3\t2\t3\n207\t文化支出\t5.00\t3.00\t2.00\n"
    (statement,) = statements(parse(Source("report.md", text)))
    assert [written(formula) for formula in formulas(statement)] == ["C1=2+3"]
    assert [column.number for column in statement.lanes[0].value_columns] == [1, 2, 3]


@given(
    st.integers(1, 99),
    st.lists(st.tuples(st.sampled_from((1, -1)), st.integers(1, 99)), min_size=1, max_size=8),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_what_is_written_is_read(
    target: int, terms: list[tuple[int, int]], row: bool, wide: bool, brackets: bool
) -> None:
    terms[0] = (1, terms[0][1])
    word = "行" if row else "栏"
    expression = "".join(f"{'+' if sign > 0 else '-'}{number}" for sign, number in terms).removeprefix("+")
    note = (
        f"{target}{word}=({expression}){word}" if brackets or len(terms) > 1 else f"{target}{word}={expression}{word}"
    )
    if wide:
        note = note.translate(str.maketrans("0123456789+-=()", "０１２３４５６７８９＋－＝（）"))
    _, (formula,) = read(note)
    assert (formula.axis, formula.target, list(formula.terms)) == ("row" if row else "column", target, terms)


def test_a_hostile_note_takes_no_time() -> None:
    size = 20_000
    _, found = read("27行=（" + "1+" * size, "1" * size + "行=", "行 " * size + "=", "1行" + " " * size + "=")
    assert all(not formula.terms for formula in found)
