"""Relations between printed figures: judged by the intervals that the figures stand for."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from govlint_numbers import _intervals as calc
from govlint_numbers._figures import Figure, Wording, figure
from govlint_numbers._relations import Origin, Relation, arithmetic, judge, windows
from hypothesis import given, strategies as st
from msgspec.structs import replace

from govlint import Interval, Span, Unit, read_number, read_unit

WAN = read_unit("万元")
YUAN = read_unit("元")
PERCENT = read_unit("%")
VEHICLES = read_unit("辆")
ORIGIN = Origin("table-sum", Wording("各项之和", "the sum of its items"))


class Somewhere:
    group = None

    def __init__(self, printed: str) -> None:
        self.span, self.printed = Span(0, len(printed)), printed

    def describe(self) -> Wording:
        return Wording("某处", "somewhere")


def fig(text: str, unit: Unit | None = WAN) -> Figure:
    return figure(read_number(text), unit, "cell", Somewhere(text))


def pct(text: str) -> Figure:
    return fig(text, PERCENT)


def relation(kind, target: Figure, *terms: Figure, sign: int = 1, signs=None) -> Relation:
    return Relation(kind, target, terms, ORIGIN, sign, tuple(signs or ()))


def total(target: str, *terms: str, unit: Unit | None = WAN) -> Relation:
    return relation("sum", fig(target, unit), *(fig(term, unit) for term in terms))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (total("2,556.03", "2,302.14", "155.23", "40.21", "56.84", "1.60"), "tail"),
        (total("2,556.03", "532.88", "2,023.14"), "tail"),
        (total("2,556.04", "532.88", "2,023.14"), "wrong"),
        (total("251.25", "4.79", "0", "246.47"), "tail"),
        (total("9,746.50", "5,364.75", "4,381.74"), "tail"),
        (total("9,746.49", "5,364.75", "4,381.74"), "agrees"),
        (relation("sum", fig("79,189,400.34", YUAN), *(fig(t, YUAN) for t in ("12,604,173", "1,744,680", "64,840,547"))), "tail"),
        (total("11", "10", "1", unit=VEHICLES), "agrees"),
        (total("10", "10", "1", unit=VEHICLES), "wrong"),
        (relation("share", pct("99.94"), fig("2,554.43"), fig("2,556.03")), "agrees"),
        (relation("completion", pct("113"), fig("90", VEHICLES), fig("80", VEHICLES)), "agrees"),
        (relation("completion", pct("112"), fig("90", VEHICLES), fig("80", VEHICLES)), "tolerable"),
        (relation("completion", pct("98"), fig("20218.21"), fig("20707.11")), "agrees"),
        (relation("share", pct("71.73"), fig("2106.66"), fig("2940.05")), "wrong"),
        (relation("completion", pct("95.45"), fig("9746.50"), fig("10210.34")), "last-digit"),
        (relation("growth-by-change", pct("10.55"), fig("2,554.43"), fig("301.42"), sign=-1), "agrees"),
        (relation("growth-by-change", pct("255.71"), fig("2.49"), fig("1.79")), "agrees"),
        (relation("growth-by-change", pct("4.35"), fig("20218.21"), fig("929.49"), sign=-1), "wrong"),
        (relation("growth-by-change", pct("15.31"), fig("19.56"), fig("3.59"), sign=-1), "wrong"),
        (relation("growth-by-change", pct("100"), fig("0.3"), fig("0.3")), "zero-base"),
        (relation("growth", pct("22.22"), fig("0.62"), fig("0.50")), "tolerable"),
        (relation("growth", pct("0.53"), fig("352.67"), fig("348.52")), "wrong"),
        (relation("growth", pct("1.19"), fig("352.67"), fig("348.52")), "agrees"),
        (relation("growth", pct("1.19"), fig("352.67"), fig("348.52"), sign=-1), "direction"),
        (relation("growth", pct("100.00"), fig("25.00"), fig("0.00")), "zero-base"),
        (relation("growth", pct("0.00"), fig("0.00"), fig("0.00")), "agrees"),
        (relation("same", fig("12,029,501.84", YUAN), fig("1202.95")), "tolerable"),
        (relation("same", fig("12,029,501.84", YUAN), fig("1202.96")), "last-digit"),
        (relation("same", fig("12,029,501.84", YUAN), fig("1212.95")), "wrong"),
        (relation("same", fig("56.84"), fig("56.85")), "last-digit"),
        (relation("same", fig("56.84"), fig("56.84")), "agrees"),
        (relation("same", fig("56.84"), fig("56.48")), "wrong"),
        (relation("same", fig("1,202.95", YUAN), fig("1,202.95")), "unit"),
        (relation("same", fig(""), fig("56.84")), "wrong"),
        (relation("same", fig("0.00"), fig("")), "agrees"),
        (relation("same", fig("3", VEHICLES), fig("4", VEHICLES)), "wrong"),
        (relation("part", fig("8.00"), fig("8.00")), "agrees"),
        (relation("part", fig("8.00"), fig("8.01")), "tail"),
        (relation("part", fig("8.00"), fig("8.02")), "wrong"),
        (relation("change", fig("1.71"), fig("2.49"), fig("4.20"), sign=-1), "agrees"),
        (relation("change", fig("1.71"), fig("2.49"), fig("4.20")), "direction"),
        (relation("change", fig("1.17"), fig("2.49"), fig("4.20"), sign=-1), "wrong"),
        (relation("direction", fig(""), fig("2.49"), fig("4.20"), sign=-1), "agrees"),
        (relation("direction", fig(""), fig("2.49"), fig("4.20"), sign=1), "direction"),
        (relation("direction", fig(""), fig("4.20"), fig("4.20"), sign=0), "agrees"),
        (relation("direction", fig(""), fig("4.20"), fig("4.205"), sign=-1), "agrees"),
        (relation("partition", pct("100"), pct("90.12"), pct("6.08"), pct("1.57"), pct("2.23")), "agrees"),
        (relation("partition", replace(pct("100"), half=Decimal(0)), pct("90.12"), pct("6.08"), pct("3.87")), "wrong"),
    ],
)  # fmt: skip
def test_a_relation_is_judged_by_what_the_printed_figures_can_stand_for(case, expected):
    assert judge(case).kind == expected


def test_a_blank_cell_and_a_printed_zero_are_exact_in_a_sum():
    verdict = judge(total("2.51", "2.49", "", "0.00"))
    assert (verdict.kind, verdict.tolerance) == ("wrong", Decimal(100))
    assert verdict.difference == Decimal(-200)


def test_a_difference_is_a_decimal_not_a_float():
    verdict = judge(total("9746.50", "5364.75", "4381.74"))
    assert verdict.difference == Decimal("-100")
    assert (verdict.computed, verdict.tolerance) == (Decimal("97464900"), Decimal(150))


@pytest.mark.parametrize(
    ("case", "written"),
    [
        (total("2,556.03", "532.88", "2,023.14"), "532.88 + 2,023.14 = 2,556.02"),
        (relation("sum", fig("5.00"), fig("7.00"), fig("2.00"), signs=[1, -1]), "7.00 − 2.00 = 5.00"),
        (relation("share", pct("99.94"), fig("2554.43"), fig("2556.03")), "2554.43 ÷ 2556.03 = 99.94%"),
        (relation("growth", pct("0.53"), fig("352.67"), fig("348.52")), "(352.67 − 348.52) ÷ 348.52 = 1.19%"),
        (
            relation("growth-by-change", pct("10.55"), fig("2,554.43"), fig("301.42"), sign=-1),
            "301.42 ÷ (2,554.43 + 301.42) = 10.55%",
        ),
        (relation("same", fig("12,029,501.84", YUAN), fig("1212.95")), "1212.95 万元 ≠ 12,029,501.84 元"),
        (relation("change", fig("1.71"), fig("2.49"), fig("4.20"), sign=-1), "2.49 − 4.20 = -1.71"),
        (total("20", *["1"] * 12), "1 + 1 + 1 + 1 + 1 + 1 + 1 + … + 1 = 12"),
    ],
)
def test_the_arithmetic_is_written_out(case, written):
    assert arithmetic(case, judge(case)) == written


def test_both_sides_of_a_balance_are_written_out():
    one, two, three, four = (fig(text, read_unit("件")) for text in ("21", "3", "20", "5"))
    balance = Relation("sum", one, (three, four), ORIGIN, beside=(two,))
    assert arithmetic(balance, judge(balance)) == "21 + 3 = 24 ≠ 25 = 20 + 5"


def test_a_total_in_yuan_that_rounds_to_its_items_holds():
    items = [fig("13.56"), fig("30.60")]
    whole = fig("441,631.20", YUAN)
    sum_ = Relation("sum", whole, tuple(items), ORIGIN)
    assert judge(sum_).kind == "tolerable"
    assert arithmetic(sum_, judge(sum_)) == "13.56 + 30.60 = 44.16 万元"


def test_a_sum_of_one_item_is_written_as_an_equation():
    one = total("53.53", "53.53")
    assert arithmetic(one, judge(one)) == "53.53 = 53.53"
    other = total("35.53", "53.53")
    assert arithmetic(other, judge(other)).startswith("53.53 ≠ 35.53")


# --- Properties -----------------------------------------------------------------------------------------------------

raw = st.integers(min_value=0, max_value=10**9).map(lambda value: Decimal(value).scaleb(-4))
positive = st.integers(min_value=10**4, max_value=10**9).map(lambda value: Decimal(value).scaleb(-4))


printed = raw.filter(lambda value: not value or value >= Decimal("0.005"))
"""What rounds to 0.00 is left out: printed zeros count as nothing in sums."""


def rounded(value: Decimal, places: str = "0.01") -> str:
    return f"{value.quantize(Decimal(places), ROUND_HALF_UP):,f}"


@given(st.lists(printed, min_size=1, max_size=40))
def test_rounding_alone_never_breaks_a_sum(values):
    assert not judge(total(rounded(sum(values)), *map(rounded, values))).violated


@given(raw, positive)
def test_rounding_alone_never_breaks_a_share(part, rest):
    share = relation("share", pct(rounded(part / (part + rest) * 100)), fig(rounded(part)), fig(rounded(part + rest)))
    assert not judge(share).violated


@given(positive, positive)
def test_rounding_alone_never_breaks_a_growth(current, previous):
    growth = (current - previous) / previous * 100
    sign = 1 if growth >= 0 else -1
    figures = fig(rounded(current)), fig(rounded(previous))
    assert not judge(relation("growth", pct(rounded(abs(growth))), *figures, sign=sign)).violated
    change = fig(rounded(abs(current - previous)))
    by_change = relation("growth-by-change", pct(rounded(abs(growth))), figures[0], change, sign=sign)
    assert not judge(by_change).violated
    assert not judge(relation("change", change, *figures, sign=sign)).violated


@given(st.lists(raw, min_size=2, max_size=8), raw)
def test_a_sum_accepts_the_values_that_it_says_it_accepts(values, stated):
    broken = total(rounded(stated), *map(rounded, values))
    for suspect, window in windows(broken):
        for value in window:
            mended = replace(suspect, value=value)
            terms = tuple(mended if term is suspect else term for term in broken.terms)
            target = mended if suspect is broken.target else broken.target
            if value and suspect.value:
                assert not judge(replace(broken, target=target, terms=terms)).violated


@given(positive, positive, st.integers(min_value=1, max_value=30000))
def test_a_percentage_accepts_the_values_that_it_says_it_accepts(part, whole, printed):
    share = relation("share", pct(f"{Decimal(printed).scaleb(-2)}"), fig(rounded(part)), fig(rounded(whole)))
    for suspect, window in windows(share):
        middle = replace(suspect, value=calc.midpoint(window))
        terms = tuple(middle if term is suspect else term for term in share.terms)
        target = middle if suspect is share.target else share.target
        assert not judge(replace(share, target=target, terms=terms)).violated


interval = st.tuples(positive, raw).map(lambda pair: Interval(pair[0], pair[0] + pair[1]))


@given(interval, interval)
def test_inverses_reach_what_they_were_asked_for(current, previous):
    growth = calc.growth(current, previous)
    assert growth is not None
    rounding = Decimal("1e-15")  # of a division at 28 digits
    assert calc.widened(calc.current_for_growth(growth, previous), rounding).meets(current)
    back = calc.previous_for_growth(growth, current)
    assert back is None or calc.widened(back, rounding).meets(previous)


@pytest.mark.parametrize(
    ("value", "printed", "should"),
    [
        ("2554.43", "1,000.00", "2,554.43"),
        ("2554.43", "1000.00", "2554.43"),
        ("2554.43", "3.10", "2554.43"),
        ("12.5", "", "12.5"),
    ],
)
def test_a_figure_prints_another_value_in_its_own_way(value, printed, should):
    assert fig(printed, None).prints(Decimal(value)) == should
