"""Official subjects of expenditure (政府收支分类科目) and the years in which each name holds.

Two classifications: by function (支出功能分类: 类 / 款 / 项, codes of 3, 5 and 7 digits) and by economic nature
(支出经济分类: 类 / 款, codes of 3 and 5 digits). A code keeps its place while its name changes, so every question is
asked for a year: the year of the budget or of the accounts that a report is about.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any, Literal

from msgspec import Struct

Level = Literal["类", "款", "项"]
Confidence = Literal["high", "medium", "low"]

_LEVELS: dict[int, Level] = {3: "类", 5: "款", 7: "项"}
_LENGTHS = {level: length for length, level in _LEVELS.items()}
_DROPPED = dict.fromkeys(map(ord, " \t\r\n\u3000\u00a0\u200b“”‘’\"'「」"))
_MARKS = ("(类)", "(款)", "(项)", "(目)")


class Subject(Struct, frozen=True, gc=False):
    """One name of one code: ``valid_from`` and ``valid_to`` are years inclusive, ``None`` where the name is older or still valid.

    ``accepted`` is a further span of years in which published reports carry this name too. ``system`` tells the
    classification: ``functional``, ``dept2018``, ``gov2018`` (economic, since 2018) or ``dept2017`` (economic, until 2017).
    ``confidence``: by a ``high`` entry another name may be called wrong, by a ``medium`` one doubted, by a ``low`` one only accepted.
    """

    code: str
    name: str
    valid_from: int | None
    valid_to: int | None
    accepted: tuple[int, int] | None
    confidence: Confidence
    system: str

    @property
    def level(self) -> Level:
        """类, 款 or 项."""
        return _LEVELS[len(self.code)]

    @property
    def parent(self) -> str:
        """The code of the level above; empty for a 类."""
        return self.code[:-2] if len(self.code) > 3 else ""

    def holds(self, year: int | None, slack: int = 0) -> bool:
        """Whether the name is official in the year, or within ``slack`` years of it. ``None`` is any year."""
        if year is None:
            return True
        return (self.valid_from is None or self.valid_from - slack <= year) and (
            self.valid_to is None or year <= self.valid_to + slack
        )

    def accepts(self, year: int | None, slack: int = 0) -> bool:
        """Whether a report of the year may carry the name without remark: it holds, or is known to be in use still or already."""
        return self.holds(year, slack) or (
            year is not None and self.accepted is not None and self.accepted[0] <= year <= self.accepted[1]
        )


class Judgement(Struct, frozen=True):
    """What a code and a name printed beside it are to each other in a year.

    ``kind``: ``agrees``; ``other year`` (a name of this code, but of other years); ``wrong`` (no name of this code in any year);
    ``unsure`` (no name of this code that is known, but what is known of it is of low confidence); ``unknown code``.
    ``expected`` is the official entry for the year where there is one.
    """

    kind: Literal["agrees", "other year", "wrong", "unsure", "unknown code"]
    expected: Subject | None
    confidence: Confidence


@lru_cache(maxsize=8192)
def comparable(name: str) -> str:
    """A subject's name without what reports write differently: spaces, quotation marks, full-width or half-width brackets, （类）（款）（项）.

    和 and 与 stay apart: which one is official is what a report can get wrong.
    """
    text = unicodedata.normalize("NFKC", name)
    if text.isalnum():
        return text
    text = text.translate(_DROPPED)
    for mark in _MARKS:
        text = text.replace(mark, "")
    return text


def _bare(key: str) -> str:
    """The key without a final 支出, which reports leave out after a 类."""
    return key[:-2] if key.endswith("支出") and key != "其他支出" else key


def same_name(left: str, right: str, level: Level | None = None) -> bool:
    """Whether two names are the same subject's name as printed; at the level of 类 a final 支出 may be missing."""
    one, other = comparable(left), comparable(right)
    return one == other or (level == "类" and _bare(one) == _bare(other))


class Subjects:
    """The entries of a classification, found by code and by name."""

    def __init__(self, entries: Iterable[Subject]) -> None:
        self.entries = tuple(entries)

    @cached_property
    def _by_code(self) -> dict[str, list[Subject]]:
        found: dict[str, list[Subject]] = {}
        for entry in self.entries:
            found.setdefault(entry.code, []).append(entry)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[Subject]]:
        found: dict[str, list[Subject]] = {}
        for entry in self.entries:
            key = comparable(entry.name)
            found.setdefault(key, []).append(entry)
            if len(entry.code) == 3 and _bare(key) != key:
                found.setdefault(_bare(key), []).append(entry)
        return found

    @cached_property
    def _children(self) -> dict[str, list[Subject]]:
        found: dict[str, list[Subject]] = {}
        for entry in self.entries:
            found.setdefault(entry.parent, []).append(entry)
        return found

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Subject]:
        return iter(self.entries)

    def of(self, code: str) -> tuple[Subject, ...]:
        """All entries of a code ever, oldest first; empty where the code is unknown."""
        return tuple(self._by_code.get(code, ()))

    def holding(self, code: str, year: int | None) -> Subject | None:
        """The entry of a code in a year; without a year the latest one."""
        fitting = [entry for entry in self._by_code.get(code, ()) if entry.holds(year)]
        return fitting[-1] if fitting else None

    def names(self, code: str, year: int | None = None, slack: int = 0) -> tuple[str, ...]:
        """The names that a report of the year may print for a code, oldest first; all names ever where no year is given."""
        return tuple(entry.name for entry in self._by_code.get(code, ()) if entry.accepts(year, slack))

    def children(self, code: str = "", year: int | None = None) -> tuple[Subject, ...]:
        """The entries one level below a code (the 类 for an empty code) that hold in the year."""
        return tuple(entry for entry in self._children.get(code, ()) if entry.holds(year))

    def named(
        self, name: str, level: Level | None = None, under: str = "", year: int | None = None, slack: int = 0
    ) -> tuple[Subject, ...]:
        """The entries with this name, at a level and below a code if given, in the order of their codes."""
        found = {
            entry
            for entry in self._by_name.get(comparable(name), ())
            if (level is None or entry.level == level) and entry.code.startswith(under) and entry.accepts(year, slack)
        }
        return tuple(sorted(found, key=_order))

    def judge(self, code: str, name: str, year: int | None = None, slack: int = 1) -> Judgement:
        """Whether a name printed beside a code is its name in the year.

        ``slack`` widens every name's years: budgets and accounts often carry the names of the year before, and some
        years of change are known to one year only.
        """
        entries = self._by_code.get(code)
        if not entries:
            return Judgement("unknown code", None, "high")
        expected = self.holding(code, year)
        near = [entry for entry in entries if entry.accepts(year, slack)]
        confidence = max((entry.confidence for entry in near or entries), key=_DOUBT.__getitem__)
        fitting = [entry for entry in entries if same_name(entry.name, name, entry.level)]
        if any(entry.accepts(year, slack) for entry in fitting):
            return Judgement("agrees", expected, confidence)
        if fitting:
            return Judgement("other year", expected, confidence)
        return Judgement("unsure" if confidence == "low" else "wrong", expected, confidence)

    def likely(
        self, name: str, level: Level | None = None, under: str = "", year: int | None = None, at_least: float = 0.5
    ) -> Subject | None:
        """The official entry that a wrong, outdated or garbled name most likely means, or ``None``.

        A name of another year gives what its code is called in ``year``. Otherwise the names at the level and below
        the code ``under`` are compared by shared characters, in order and not; of equally near ones the one that ends
        alike, then the smaller code. ``at_least`` is the nearness asked for, from 0 to 1 (the same).
        """
        outdated: set[str] = set()
        for entry in self.named(name, level, under):
            current = self.holding(entry.code, year)
            if current is not None:
                return current
            outdated.add(entry.code)
        key = comparable(name)
        letters = set(key)
        best: tuple[float, int, Subject] | None = None
        for entry in self.entries:
            if (
                not entry.code.startswith(under)
                or entry.code == under
                or entry.code in outdated
                or (level is not None and entry.level != level)
            ):
                continue
            other = comparable(entry.name)
            if 2 * len(letters & set(other)) < at_least * len(letters):
                continue
            score = (nearness(key, other), _alike_at_end(key, other))
            if score[0] >= at_least and (best is None or score > best[:2]):
                current = self.holding(entry.code, year)
                if current is not None:
                    best = (*score, current)
        return best[2] if best else None


_DOUBT: dict[Confidence, int] = {"high": 0, "medium": 1, "low": 2}


def _order(entry: Subject) -> tuple[str, int]:
    return entry.code, entry.valid_from or 0


@lru_cache(maxsize=4096)
def nearness(left: str, right: str) -> float:
    """How near two names are, from 0 to 1: half by characters in the same order, half by characters in any order."""
    if not left or not right:
        return 0.0
    row = [0] * (len(right) + 1)
    for one in left:
        diagonal = 0
        for at, other in enumerate(right, 1):
            above = row[at]
            row[at] = diagonal + 1 if one == other else max(above, row[at - 1])
            diagonal = above
    shared = sum(min(left.count(one), right.count(one)) for one in set(left))
    return (row[-1] + shared) / (len(left) + len(right))


def _alike_at_end(left: str, right: str) -> int:
    length = 0
    for one, other in zip(reversed(left), reversed(right), strict=False):
        if one != other:
            break
        length += 1
    return length


@cache
def functional_subjects() -> Subjects:
    """The functional classification of expenditure (支出功能分类), 类 201 to 234 with their 款 and 项."""
    return Subjects(
        Subject(code, name, _year(start), _year(end), _span(accepted), confidence, "functional")
        for code, name, start, end, accepted, confidence, _ in _rows("functional_subjects.csv")
    )


@cache
def economic_subjects() -> Subjects:
    """The economic classifications of expenditure (支出经济分类) of departments and of governments."""
    return Subjects(
        Subject(code, name, _year(start), _year(end), None, confidence, system)
        for code, name, system, start, end, confidence, _ in _rows("economic_subjects.csv")
    )


def _rows(name: str) -> Iterator[list[Any]]:
    rows = csv.reader(files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines())
    next(rows)
    return rows


def _year(text: str) -> int | None:
    return int(text) if text else None


def _span(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    first, _, last = text.partition("-")
    return int(first), int(last or first)
