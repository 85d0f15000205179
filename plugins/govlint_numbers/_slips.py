"""How a wrong figure probably came about: digits transposed, a decimal point lost, a neighbour copied, another unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from msgspec import Struct

from govlint_numbers._figures import CellPlace, Figure, Wording

ONE = Decimal(1)
_NEAR = Decimal("0.002")
"""How far a ratio may be from a power of ten where the expected value is itself known by roundings only."""

_FEWEST_DIGITS = 3
"""Of fewer digits any number is one digit away from most others."""


class Slip(Struct, frozen=True):
    """A likely slip: ``rank`` orders them, the most telling first; ``words`` say what happened."""

    rank: int
    words: Wording


def slip(figure: Figure, expected: Decimal) -> Slip | None:
    """The most telling slip that turns the expected value, of the base unit, into what the figure prints."""
    return next(_slips(figure, expected), None)


def _slips(figure: Figure, expected: Decimal) -> Iterator[Slip]:
    if not figure.value or not expected:
        return
    if figure.value == -expected:
        yield Slip(0, Wording("正负号写反", "the sign is reversed"))
    ratio = figure.value / expected
    for factor, words in (
        (Decimal(10_000), Wording("单位错：元与万元相差一万倍", "another unit: 元 and 万元 differ by 10,000")),
        (
            Decimal(100_000_000),
            Wording("单位错：元与亿元相差一亿倍", "another unit: 元 and 亿元 differ by 100,000,000"),
        ),
    ):
        if any(abs(ratio / near - ONE) < _NEAR for near in (factor, ONE / factor)):
            yield Slip(0, words)
    printed, intended = _digits(figure.printed), _digits(figure.prints(expected))
    if printed != intended and printed.strip("0") == intended.strip("0") and printed.strip("0"):
        yield Slip(1, Wording("小数点位置有误", "the decimal point is misplaced"))
    if _transposed(printed, intended):
        yield Slip(1, Wording("疑似两位数字颠倒", "two digits seem to be transposed"))
    copied = _copied_from(figure)
    if copied is not None:
        yield Slip(2, Wording(f"与{copied.chinese}相同，疑似误抄", f"the same as {copied.english}: copied?"))
    if len(printed) < _FEWEST_DIGITS:
        return
    if len(printed) == len(intended) and sum(a != b for a, b in zip(printed, intended, strict=True)) == 1:
        yield Slip(3, Wording("疑似一位数字有误", "one digit seems to be wrong"))
    if abs(len(printed) - len(intended)) == 1 and _one_left_out(printed, intended):
        yield Slip(3, Wording("疑似漏写或多写一位数字", "a digit seems to be missing or too many"))


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _transposed(printed: str, intended: str) -> bool:
    if len(printed) != len(intended):
        return False
    different = [place for place, (a, b) in enumerate(zip(printed, intended, strict=True)) if a != b]
    return (
        len(different) == 2
        and different[1] == different[0] + 1
        and printed[different[0]] == intended[different[1]]
        and printed[different[1]] == intended[different[0]]
    )


def _one_left_out(one: str, other: str) -> bool:
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _copied_from(figure: Figure) -> Wording | None:
    """The neighbour above, below or beside in the table that prints the same amount."""
    if not isinstance(figure.place, CellPlace) or len(_digits(figure.printed)) < _FEWEST_DIGITS:
        return None
    lane, row = figure.place.lane, figure.place.row
    index = next((index for index, other in enumerate(lane.rows) if other is row), None)
    if index is None:
        return None
    same_number: Callable[[object], bool] = lambda number: number is not None and number == figure.number  # noqa: E731
    for beside, words in (
        (index - 1, Wording("上一行", "the row above")),
        (index + 1, Wording("下一行", "the row below")),
    ):
        if 0 <= beside < len(lane.rows):
            value = lane.rows[beside].value(figure.place.value.column)
            if value is not None and same_number(value.number):
                return words
    places = [value for value in row.values if value.column.index != figure.place.value.column.index]
    nearest = [
        v for v in places if abs(v.column.index - figure.place.value.column.index) == 1 and same_number(v.number)
    ]
    return Wording("相邻一栏", "the next column") if nearest else None
