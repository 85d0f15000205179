"""The ledger (数字台账): what became of every number of a report's prose.

Plugins hand over entries through the hook ``govlint_ledger``; the engine knows only their shape.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from govlint.rule import Related
from govlint.source import Span

Status = Literal["verified", "consistent", "tail", "wrong", "unchecked"]
"""相符: agrees with the tables, or follows from numbers that do. 自洽: agrees with other numbers of the text only.
尾差: off by rounding. 不符: wrong, or at odds with others. 未核: nothing to check it against, or not sure with what."""

STATUSES: Mapping[Status, tuple[str, str]] = MappingProxyType(
    {
        "verified": ("相符", "verified"),
        "consistent": ("自洽", "consistent"),
        "tail": ("尾差", "off by rounding"),
        "wrong": ("不符", "wrong"),
        "unchecked": ("未核", "not checked"),
    }
)
"""The names of the statuses, in Chinese and English, in the order in which they are listed."""


class Evidence(Struct, frozen=True):
    """What a number was checked against: the arithmetic in full, and the places of the other numbers in it."""

    arithmetic: str
    places: tuple[Related, ...] = ()
    holds: bool = True


class Entry(Struct, frozen=True):
    """A number of the prose: where it is, as printed with its unit, the words that say what it is, its status.

    ``reason`` and ``reason_english`` say why it was not checked, or what is wrong with it.
    """

    span: Span
    printed: str
    claim: str
    status: Status
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    reason_english: str = ""


def coverage(statuses: Iterable[Status]) -> dict[Status, int]:
    """How many numbers have each status, in the order of :data:`STATUSES`."""
    counted = Counter(statuses)
    return {status: counted[status] for status in STATUSES}


def coverage_line(counts: Mapping[Status, int], *, english: bool = False) -> str:
    """``数字 165：相符 98，自洽 30，未核 37``; statuses that do not occur are left out."""
    total = sum(counts.values())
    parts = [f"{STATUSES[status][english]} {count}" for status, count in counts.items() if count]
    if english:
        return f"{total} numbers: {', '.join(parts)}" if parts else f"{total} numbers"
    return f"数字 {total}：{'，'.join(parts)}" if parts else f"数字 {total}"
