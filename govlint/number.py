"""Printed numbers: what the characters say, and nothing more.

No float anywhere: a :class:`Number` is the decimal value with the decimals as printed, because 10% and 10.00% state
different things. What a number counts is a :class:`Unit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number (数): exact value, printed decimals, and whether thousands are separated."""

    value: Decimal
    decimals: int
    grouped: bool = False

    @property
    def half(self) -> Decimal:
        """Half a unit of the last printed digit: the most by which rounding may have moved the value."""
        return Decimal(5).scaleb(-self.decimals - 1)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number is counted in (单位): its name, what kind of thing it counts, and its size in the base unit.

    ``kind`` is ``money`` (base 元), ``percent`` (base %, 百分点 too), ``count`` (辆, 人, 个, 批次 …), ``time`` or ``other``.
    """

    name: str
    kind: str
    factor: Decimal = Decimal(1)
