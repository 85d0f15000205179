"""Printed numbers, units, intervals, Chinese numerals."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from govlint.number import UNITS, Interval, Number, Unit, interval, is_nothing, read_number, read_numeral, read_unit

FULL_WIDTH = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")


@given(
    st.integers(-(10**14), 10**14),
    st.integers(0, 4),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", " ", "　", "\xa0"]),
)
def test_what_is_printed_is_read_back(digits: int, decimals: int, grouped: bool, wide: bool, around: str) -> None:
    value = Decimal(digits).scaleb(-decimals)
    printed = f"{value:{',' if grouped else ''}.{decimals}f}"
    number = read_number(around + (printed.translate(FULL_WIDTH) if wide else printed) + around)
    assert number == Number(value, decimals, grouped and "," in printed)
    assert str(number.value.quantize(Decimal(1).scaleb(-decimals))) == f"{value:.{decimals}f}"


@given(st.text("0123456789,.-+ ", max_size=14))
def test_a_reading_agrees_with_the_characters(text: str) -> None:
    number = read_number(text)
    if number is not None:
        plain = text.replace(",", "").replace(" ", "")
        assert number.value == Decimal(plain)
        assert number.decimals == len(plain.partition(".")[2])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20,323.21", "20323.21"),
        ("2554.43", "2554.43"),
        ("2,554. 43", "2554.43"),
        ("2, 554.43", "2554.43"),
        ("- 5", "-5"),
        ("−3.50", "-3.50"),
        ("–3.50", "-3.50"),
        ("+3", "3"),
        (".5", "0.5"),
        ("0", "0"),
    ],
)
def test_converters_leave_numbers_readable(text: str, value: str) -> None:
    number = read_number(text)
    assert number is not None and number.value == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "1,23.4",
        "12,34",
        "1,2345",
        "007",
        "01",
        "0,123",
        "5.",
        "1 234",
        "1.2.3",
        "12%",
        "(12.00)",
        "XX",
        "二",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize("text", ["-", "－", "—", "——", "--", "/", "／", "无", " - "])
def test_marks_for_nothing(text: str) -> None:
    assert is_nothing(text)


@pytest.mark.parametrize("text", ["", " ", "0", "0.00", "无关"])
def test_blank_and_zero_are_not_marks(text: str) -> None:
    assert not is_nothing(text)


@pytest.mark.parametrize(
    ("text", "kind", "factor"),
    [
        ("元", "money", "1"),
        ("万 元", "money", "10000"),
        ("人民币亿元", "money", "100000000"),
        ("％", "percent", "1"),
        ("个百分点", "percent", "1"),
        ("‰", "percent", "0.1"),
        ("人次", "count", "1"),
        ("万人次", "count", "10000"),
        ("台（套）", "count", "1"),
        ("平方米", "other", "1"),
        ("个月", "time", "1"),
    ],
)
def test_units(text: str, kind: str, factor: str) -> None:
    unit = read_unit(text)
    assert unit is not None and (unit.kind, unit.factor) == (kind, Decimal(factor))


@pytest.mark.parametrize("text", ["", "万", "部门", "支出", "万%"])
def test_no_units(text: str) -> None:
    assert read_unit(text) is None


def number(text: str) -> Number:
    read = read_number(text)
    assert read is not None
    return read


def test_an_amount_stands_for_half_its_last_digit_either_way() -> None:
    assert interval(number("2,554.43"), read_unit("万元")) == Interval(Decimal("25544250"), Decimal("25544350"))


def test_a_count_is_exact_unless_it_counts_thousands() -> None:
    assert interval(number("26"), UNITS["人"]) == Interval(Decimal(26), Decimal(26))
    assert interval(number("2.6"), read_unit("万人次")) == Interval(Decimal(25500), Decimal(26500))


def test_a_printed_zero_is_exact_only_where_the_caller_says_so() -> None:
    assert interval(number("0.00"), UNITS["元"]) == Interval(Decimal("-0.005"), Decimal("0.005"))
    assert interval(number("0.00"), UNITS["元"], exact_zero=True) == Interval(Decimal(0), Decimal(0))


def test_intervals_meet_at_their_ends() -> None:
    one = interval(number("1.5"))
    assert one.meets(interval(number("1.6")))
    assert not one.meets(interval(number("1.61")))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十六", 26),
        ("一百零三", 103),
        ("二〇二〇", 2020),
        ("〇", 0),
    ],
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert read_numeral(text) == value


@pytest.mark.parametrize("text", ["", "百", "二人", "12"])
def test_no_chinese_numerals(text: str) -> None:
    assert read_numeral(text) is None


def test_units_have_their_own_names() -> None:
    assert all(unit == Unit(name, unit.kind, unit.factor) for name, unit in UNITS.items())
