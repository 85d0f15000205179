"""Claims (陈述): what the sentences say of their numbers, as :mod:`._reading` finds it.

A number belongs to an item, which is what a piece of text speaks of; its role says what it is of the item.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Literal

from msgspec import Struct, field

from govlint import Quantity, Span, Text
from govlint_numbers._clauses import sign_of
from govlint_numbers._figures import Figure, Wording
from govlint_numbers._subjects import ORDINAL, Measure, Scope, Subject, shown

Role = Literal["amount", "count", "share", "completion", "change", "growth", "other"]


class ProsePlace(Struct, frozen=True, gc=False):
    """A place in a sentence of the reporting ``body``: the words in front of it, and its paragraph."""

    said: str
    passage: int
    body: str

    @property
    def words(self) -> str:
        """The words that say what it is."""
        return shown(self.said, self.body)

    @property
    def group(self) -> Hashable:
        """The prose as a whole: its rounding tails are told once."""
        return "prose"

    def describe(self) -> Wording:
        """``文中“财政拨款收入”``."""
        words = self.words or "此数"
        return Wording(f"文中“{words}”", f"“{words}” in the text")


class NumberPlace(ProsePlace, frozen=True, gc=False):
    """Where a number stands."""

    quantity: Quantity

    @property
    def span(self) -> Span:
        """Number and unit in the source."""
        return self.quantity.span

    @property
    def printed(self) -> str:
        """The digits."""
        return self.quantity.number_text.text.strip()


class WordPlace(ProsePlace, frozen=True, gc=False):
    """Where a word stands that says how numbers compare (增加, 持平): from ``begin`` on in the ``text`` of a paragraph."""

    text: Text
    begin: int

    @property
    def span(self) -> Span:
        """The word in the source."""
        return self.text.span(self.begin, self.begin + len(self.said))

    @property
    def printed(self) -> str:
        """The word."""
        return self.said


class Change(Struct, eq=False, gc=False):
    """``比上年增加304.04万元，增长10.63%``: against what, by how much, with the words that give the direction.

    ``otherwise`` is the item that it may speak of instead: a clause without subject behind a list goes on with its last
    item, or with the whole.
    """

    base: Measure
    delta: Figure | None = None
    rate: Figure | None = None
    verb: Figure | None = None
    trend: Figure | None = None
    flat: bool = False
    residue: bool = False
    otherwise: Item | None = None

    @property
    def sign(self) -> int:
        """+1 for more, −1 for less, as the first word says; 0 for 持平."""
        if self.flat:
            return 0
        word = self.verb or self.trend
        return sign_of(word.printed) if word is not None else 0

    @property
    def at_odds(self) -> bool:
        """Whether one word says more and the other less."""
        return (
            self.verb is not None
            and self.trend is not None
            and sign_of(self.verb.printed) != sign_of(self.trend.printed)
        )


class Ratio(Struct, frozen=True, gc=False):
    """A share or a rate of completion: the percentage, and of what."""

    figure: Figure
    whole: str
    measure: Measure


class Side(Struct, frozen=True, gc=False):
    """``决算数小于年初预算数``: the word, its sign, the two measures that it compares."""

    word: Figure
    sign: int
    left: Measure
    right: Measure


class Reason(Struct, frozen=True, gc=False):
    """``…减少的主要原因``: a direction that is said once more."""

    word: Figure
    sign: int
    subject: Subject


class Clause(Struct, frozen=True, gc=False):
    """A clause of a text."""

    text: Text
    begin: int
    end: int

    def without_number(self) -> Text:
        """The clause without the number of a list's item at its start."""
        text = self.text.slice(self.begin, self.end).strip()
        number = ORDINAL.match(text.text)
        return text.slice(number.end(), len(text)).strip() if number is not None else text


class Item(Struct, eq=False):
    """What a piece of text speaks of: its amounts by measure, its shares, rates and changes.

    ``parent`` is the item that it is a part of (其中), ``group`` tells the lists apart; ``name`` is the clause that names
    it, where it has one of its own.
    """

    subject: Subject
    words: str
    passage: int
    parent: Item | None = None
    group: int = 0
    explicit: bool = True
    amounts: dict[Measure, Figure] = field(default_factory=dict)
    repeated: list[tuple[Measure, Figure]] = field(default_factory=list)
    counts: list[Figure] = field(default_factory=list)
    shares: list[Ratio] = field(default_factory=list)
    completions: list[Ratio] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    name: Clause | None = None
    section: Scope = "all"
    path: tuple[int, ...] = ()

    @property
    def scope(self) -> Scope:
        """The fund of its subject."""
        return self.subject.scope or "all"


class Claim(Struct, eq=False, gc=False):
    """A number of the prose with its role, the words before it in its clause and the text right behind it.

    ``reason`` says why nothing can be checked about it, if that is known.
    """

    quantity: Quantity
    figure: Figure
    role: Role
    item: Item | None
    measure: Measure = "current"
    reason: Wording | None = None
    words: str = ""
    after: str = ""


class MissingUnit(Struct, frozen=True, gc=False):
    """A number without the unit that it must have: ``增长13.95``."""

    figure: Figure
    unit: str


class Reading(Struct, frozen=True):
    """All claims and items of a document, in order, and the numbers that lack a unit."""

    claims: tuple[Claim, ...]
    items: tuple[Item, ...]
    missing: tuple[MissingUnit, ...]


IN_REASON = Wording("是对原因的说明，报告中没有可核对的数", "part of a reason; nothing in the report bears on it")
RESIDUE = Wording(
    "模板用语“增加（减少）”未作选择，无法判断", "the words of the form, increase (decrease), were left in"
)
NO_SUBJECT = Wording("所指不明，无法与其他数对应", "what it counts cannot be told")
THRESHOLD = Wording("是标准或界限，不是数额", "a threshold, no amount")
NOT_CHECKED_KIND = Wording("报告中没有可与之核对的数", "nothing in the report bears on it")
