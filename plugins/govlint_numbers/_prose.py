"""What is found of the prose (文字核对): relations, faults, and notes on numbers that could not be checked.

Relations are judged and blamed together with those of the tables; faults are what words alone show.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct, field

from govlint import Text
from govlint_numbers._binding import Cells
from govlint_numbers._claims import MissingUnit, Reading
from govlint_numbers._figures import Figure, Wording
from govlint_numbers._relations import Origin, Relation, RelationKind

CLAIM_MISMATCH = "claim-mismatch"
PERCENTAGE = "percentage"
CHANGE_AMOUNT = "change-amount"
DIRECTION = "direction"
ZERO_BASE = "zero-base"
PARTS = "parts"
COUNTS = "counts"
MISSING_UNIT = "missing-unit"
OVERSPENT = "overspent"

TABLES = Wording("表格", "the tables")
ELSEWHERE = Wording("文中另一处", "the text elsewhere")
CALCULATED = Wording("按所列数计算的结果", "what the numbers make")
PARTS_SUM = Wording("所列各项之和", "the sum of the items listed")
ALL_SHARES = Wording("各项占比之和", "the sum of the shares")
CHANGES_SUM = Wording("各项增减之和", "the sum of the changes")
CHANGE = Wording("两数之差", "the difference of the two")


class Fault(Struct, frozen=True):
    """What words alone show to be wrong: the figure (a word, a percentage) to tell it at, and why.

    ``odds``: two words of one change point in opposite directions; ``against``: the word says the opposite of the
    numbers.
    """

    kind: Literal["odds", "against", "again", "over"]
    figure: Figure
    others: tuple[Figure, ...]
    should: str = ""
    relation: Relation | None = None
    place: Text | None = None


class Prose(Struct):
    """What the prose came to. ``cells`` are those that a number is bound to, by the number's identity."""

    reading: Reading
    relations: list[Relation] = field(default_factory=list)
    evidence: list[Relation] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    cells: dict[int, Cells] = field(default_factory=dict)
    missing: list[MissingUnit] = field(default_factory=list)
    unchanged: list[tuple[Figure, Figure]] = field(default_factory=list)

    def add(
        self,
        kind: RelationKind,
        rule: str,
        target: Figure,
        terms: Iterable[Figure],
        words: Wording,
        *,
        sign: int = 1,
        signs: Iterable[int] = (),
        sure: bool = True,
    ) -> Relation:
        """Demand a relation; what it asserts of ``target`` and ``terms`` is told at :data:`._relations.RelationKind`."""
        relation = Relation(kind, target, tuple(terms), Origin(rule, words, sure=sure), sign, tuple(signs))
        self.relations.append(relation)
        return relation


_OPPOSITES = {
    "增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "上升": "下降", "降低": "提高", "提高": "降低",
    "大于": "小于", "小于": "大于", "高于": "低于", "低于": "高于", "超过": "低于", "多于": "少于", "少于": "多于",
}  # fmt: skip


def opposite(word: str) -> str:
    """减少 for 增加; nothing for words without an opposite."""
    return _OPPOSITES.get(word, "")
