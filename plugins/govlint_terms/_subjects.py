"""Subjects (科目) as a report's tables print them, and what the official lists say of a name at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Literal

from govlint_dictionaries.subjects import (
    Level,
    Subject,
    Subjects,
    comparable,
    economic_subjects,
    functional_subjects,
    nearness,
)
from msgspec import Struct

from govlint import Document, Lane, Row, Statement, fact, period, statements

System = Literal["functional", "economic"]

LEVEL_OF: dict[int, Level] = {3: "类", 5: "款", 7: "项"}
"""The level of a functional code by its length."""

_OTHER_CODES = re.compile(r"(?:单位|部门|项目|资产|采购|品目)(?:代码|编码)")
_PLACEHOLDER = re.compile(r"[XxＸ×*…{}]|某")


class TableSubject(Struct, frozen=True):
    """A row of a table that a subject's code stands in: the code, the label as read, which classification, the row."""

    code: str
    label: str
    system: System
    row: Row
    statement: Statement

    def has_amount(self) -> bool:
        """Whether a column of the row prints an amount other than nothing."""
        return any(value.number is not None and value.number.value != 0 for value in self.row.values)


@fact
def year_of(document: Document) -> int | None:
    """The year that official names are asked for."""
    found = period(document)
    return found.year if found else None


@fact
def table_subjects(document: Document) -> tuple[TableSubject, ...]:
    """The rows of all tables that have a subject's code, in the document's order.

    Codes of other things (units, projects), and sides of tables of which most names fit no code, are left out: there
    the converter moved the labels.
    """
    return tuple(
        found for statement in statements(document) for lane in statement.lanes for found in _of_lane(statement, lane)
    )


def _of_lane(statement: Statement, lane: Lane) -> list[TableSubject]:
    if any(_OTHER_CODES.search(column.name) for column in lane.columns if column.role == "code"):
        return []
    rows = [row for row in lane.rows if row.code and row.label and row.role != "total"]
    system = _system([row.code or "" for row in rows])
    if system is None:
        return []
    subjects = subjects_of(system)
    found = [TableSubject(row.code or "", row.label, system, row, statement) for row in rows]
    fitting = sum(_resembles(subjects, each) for each in found)
    return found if fitting * 3 >= len(found) * 2 else []


def _resembles(subjects: Subjects, row: TableSubject) -> bool:
    key = key_of(row.label)
    names = [key_of(entry.name) for entry in subjects.of(row.code)]
    return key in names or any(nearness(key, name) >= 0.6 for name in names)


def _system(codes: Iterable[str]) -> System | None:
    lengths = {(code[:1], len(code)) for code in codes}
    if not lengths:
        return None
    if all(first == "2" and length in LEVEL_OF for first, length in lengths):
        return "functional"
    if all(first in "35" and length in (3, 5) for first, length in lengths):
        return "economic"
    return None


def subjects_of(system: System) -> Subjects:
    """The official subjects of a classification."""
    return functional_subjects() if system == "functional" else economic_subjects()


@fact
def subject_names(document: Document) -> Mapping[Level, frozenset[str]]:
    """The names of functional subjects in the tables, as compared, by level."""
    names: dict[Level, set[str]] = {"类": set(), "款": set(), "项": set()}
    for row in table_subjects(document):
        if row.system == "functional":
            names[LEVEL_OF[len(row.code)]].add(key_of(row.label))
    return {level: frozenset(found) for level, found in names.items()}


@cache
def official_names() -> Mapping[Level, frozenset[str]]:
    """The official names of functional subjects of all years, as compared, by level."""
    return {level: frozenset(key for at, key in _official_by_key() if at == level) for level in LEVEL_OF.values()}


@cache
def _official_by_key() -> Mapping[tuple[Level, str], tuple[Subject, ...]]:
    found: dict[tuple[Level, str], tuple[Subject, ...]] = {}
    for entry in functional_subjects():
        place = entry.level, key_of(entry.name)
        found[place] = (*found.get(place, ()), entry)
    return found


def official(level: Level, name: str) -> tuple[Subject, ...]:
    """The functional subjects of any year that a name at a level stands for."""
    return _official_by_key().get((level, key_of(name)), ())


def nearest_official(
    level: Level, name: str, under: tuple[str, ...], year: int | None, at_least: float
) -> Subject | None:
    """The subject of a year, at a level and below one of some codes (any where there is none), whose name is nearest.

    ``at_least`` is the nearness asked for, from 0 to 1; of equally near ones the smaller code is taken.
    """
    key = key_of(name)
    letters = set(key)
    best: tuple[float, Subject] | None = None
    for (at, other), entries in _official_by_key().items():
        if at != level or 2 * len(letters.intersection(other)) < at_least * len(letters):
            continue
        fitting = [entry for entry in entries if entry.holds(year) and (not under or entry.code.startswith(under))]
        if fitting and (score := nearness(key, other)) >= at_least and (best is None or score > best[0]):
            best = score, fitting[0]
    return best[1] if best else None


@lru_cache(maxsize=8192)
def key_of(name: str) -> str:
    """A name for comparing; a final 支出, which prose leaves out or adds, does not count."""
    key = comparable(name)
    return key[:-2] if key.endswith("支出") and len(key) > 3 else key


@cache
def _economic_names() -> frozenset[str]:
    return frozenset(key_of(entry.name) for entry in economic_subjects())


def is_economic(name: str) -> bool:
    """Whether a name is that of a subject of the economic classification, of any year."""
    return key_of(name) in _economic_names()


def is_placeholder(name: str) -> bool:
    """Whether a name is the XX of a form that nobody filled in."""
    return _PLACEHOLDER.search(name) is not None
