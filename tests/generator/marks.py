"""Text in which the printed numbers, and the other words that a mutation may change, are marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from string import Formatter
from typing import Literal, NamedTuple

Role = Literal[
    "amount",  # an amount of money in prose
    "change",  # by how much an amount changed
    "share",  # 占…的 n%
    "rate",  # 完成预算的 n%
    "growth",  # 增长 n%
    "direction",  # 增加, 下降, 大于 …
    "unit",  # 万元
    "percent",  # the sign
    "leaf",  # a table cell that is no sum of others below it
    "subtotal",
    "total",
    "count",  # 辆, 人, 件 … in prose
    "subject",  # the name of a subject (科目) in prose
    "body",  # the name of the body where a rule may look for another's
    "year",  # the year where a rule may look for another
]

PERCENTAGES: tuple[Role, ...] = ("share", "rate", "growth")
CELLS: tuple[Role, ...] = ("leaf", "subtotal", "total")


class Mark(NamedTuple):
    """A marked piece of text.

    ``key`` names the quantity in the model (``T3/2010350/basic`` for a cell: table, row, column); ``stated`` says that
    a table states the same quantity, ``determined`` that the rest of the report tells which number is wrong when this
    one is changed; ``slack`` is the largest change that roundings may hide, in the unit printed; ``value`` is the
    unrounded quantity in 元, % or pieces.
    """

    text: str
    role: Role
    key: str = ""
    stated: bool = False
    determined: bool = False
    slack: Decimal = Decimal(0)
    value: Decimal | None = None


Part = str | Mark
Parts = tuple[Part, ...]


@cache
def _fields(template: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(template))


def parts_of(value: Part | Parts) -> Parts:
    """A string, a mark or parts as parts."""
    return (value,) if isinstance(value, (str, Mark)) else value


def fill(template: str, **values: Part | Parts) -> Parts:
    """``template`` with its ``{names}`` replaced, the marks in the values kept."""
    filled: list[Part] = []
    for literal, name in _fields(template):
        if literal:
            filled.append(literal)
        if name is not None:
            filled.extend(parts_of(values[name]))
    return tuple(filled)


def joined(items: Iterable[Parts], separator: str) -> Parts:
    """The items one after another with ``separator`` between them."""
    result: list[Part] = []
    for item in items:
        if result:
            result.append(separator)
        result.extend(item)
    return tuple(result)


def plain(parts: Parts) -> str:
    """The text without its marks."""
    return "".join(part if isinstance(part, str) else part.text for part in parts)


def marks(parts: Parts) -> Iterator[Mark]:
    """The marks in order."""
    return (part for part in parts if isinstance(part, Mark))


def rounded(value: Decimal, decimals: int) -> Decimal:
    """``value`` rounded half up, as every printed number here is."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def printed(value: Decimal, *, decimals: int = 2, grouped: bool = False) -> str:
    """The digits of a rounded value."""
    return f"{rounded(value, decimals):,f}" if grouped else f"{rounded(value, decimals):f}"
