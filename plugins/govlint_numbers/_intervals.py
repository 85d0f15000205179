"""Interval arithmetic (区间运算) on what rounded figures can stand for, and its inverses.

Everything here takes and gives :class:`govlint.Interval` of Decimals; percentages are in points (99.94 is 99.94%).
An inverse answers: which values of one operand let the others' intervals still reach the result? It is ``None``
where no bounded set of values does. Division rounds at Decimal's 28 digits, far below any printed one.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from govlint import Interval

HUNDRED = Decimal(100)
ZERO = Decimal(0)
NEVER = Decimal("1e30")
"""An end that no printed figure reaches: the bound of what is only bounded on one side."""


def around(value: Decimal, half: Decimal) -> Interval:
    """``[value − half, value + half]``."""
    return Interval(value - half, value + half)


def widened(interval: Interval, half: Decimal) -> Interval:
    """The interval with ``half`` more at both ends."""
    return Interval(interval.low - half, interval.high + half)


def midpoint(interval: Interval) -> Decimal:
    """The middle of the interval."""
    return (interval.low + interval.high) / 2


def intersection(intervals: Iterable[Interval]) -> Interval | None:
    """What lies in all of them, ``None`` if nothing does."""
    low, high = -NEVER, NEVER
    for interval in intervals:
        low, high = max(low, interval.low), min(high, interval.high)
    return Interval(low, high) if low <= high else None


def product(left: Interval, right: Interval) -> Interval:
    """All products of a value of each."""
    corners = [a * b for a in left for b in right]
    return Interval(min(corners), max(corners))


def quotient(left: Interval, right: Interval) -> Interval | None:
    """All quotients of a value of each, ``None`` where the divisor may be zero."""
    if right.low <= 0 <= right.high:
        return None
    corners = [a / b for a in left for b in right]
    return Interval(min(corners), max(corners))


def percentage(part: Interval, whole: Interval) -> Interval | None:
    """``part ÷ whole`` in percent."""
    ratio = quotient(part, whole)
    return Interval(ratio.low * HUNDRED, ratio.high * HUNDRED) if ratio else None


def growth(current: Interval, previous: Interval) -> Interval | None:
    """``(current ÷ previous − 1)`` in percent: positive where it grew."""
    ratio = percentage(current, previous)
    return Interval(ratio.low - HUNDRED, ratio.high - HUNDRED) if ratio else None


def growth_by_change(current: Interval, change: Interval) -> Interval | None:
    """The growth in percent from the current value and the signed change: ``change ÷ (current − change)``.

    The function rises in the change and falls in the current value (for a positive base and change) or rises (for a
    negative change), so its bounds are at the corners.
    """
    if current.low - change.high <= 0:
        return None
    corners = [d / (c - d) * HUNDRED for c in current for d in change]
    return Interval(min(corners), max(corners))


def part_for(percent: Interval, whole: Interval) -> Interval:
    """The parts of which ``percent`` of ``whole`` may be printed: ``percent × whole``."""
    wide = product(percent, whole)
    return Interval(wide.low / HUNDRED, wide.high / HUNDRED)


def whole_for(part: Interval, percent: Interval) -> Interval | None:
    """The wholes of which ``part`` may be ``percent``: ``part ÷ percent``."""
    ratio = quotient(part, percent)
    return Interval(ratio.low * HUNDRED, ratio.high * HUNDRED) if ratio else None


def current_for_growth(growth_percent: Interval, previous: Interval) -> Interval:
    """The current values that ``previous`` may have grown to."""
    return part_for(Interval(growth_percent.low + HUNDRED, growth_percent.high + HUNDRED), previous)


def previous_for_growth(growth_percent: Interval, current: Interval) -> Interval | None:
    """The previous values from which ``current`` may have grown."""
    return whole_for(current, Interval(growth_percent.low + HUNDRED, growth_percent.high + HUNDRED))


def change_for_growth(growth_percent: Interval, current: Interval) -> Interval | None:
    """The signed changes by which ``current`` came about, given the growth: ``current − previous``."""
    previous = previous_for_growth(growth_percent, current)
    if previous is None:
        return None
    # Both ends move together: the change rises with the growth and, for positive growth, with the current value.
    corners = [c - c * HUNDRED / (HUNDRED + g) for c in current for g in growth_percent]
    return Interval(min(corners), max(corners))


def current_for_change(growth_percent: Interval, change: Interval) -> Interval | None:
    """The current values for which the signed ``change`` is the growth: ``change × (100 + g) ÷ g``."""
    if growth_percent.low <= 0 <= growth_percent.high:
        return None
    corners = [d * (HUNDRED + g) / g for d in change for g in growth_percent]
    return Interval(min(corners), max(corners))
