"""Seeded mutations: one thing in a consistent report is broken, and what and where is known.

Mutations of numbers go beyond what roundings can hide (a number's ``slack``); a number on which nothing else in the
report bears is left alone.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import NamedTuple

from tests.generator.bodies import PLACES
from tests.generator.marks import CELLS, PERCENTAGES, Role, printed
from tests.generator.render import Landmark, PrintedNumber
from tests.generator.reports import GeneratedReport


class Edit(NamedTuple):
    """``start`` to ``end`` of the original becomes ``new``."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A report with one thing broken.

    ``span`` is the range of ``text`` that holds every change, ``places`` are the changed ranges themselves (an empty
    one where something was taken out); ``old`` and ``new`` are what ``span`` held before and holds now. ``determined``:
    the rest of the report tells that it is this place that is wrong. ``keys`` name the quantities in the model.
    """

    text: str
    span: tuple[int, int]
    places: tuple[tuple[int, int], ...]
    old: str
    new: str
    kind: str
    determined: bool
    keys: tuple[str, ...] = ()


class NothingToMutateError(LookupError):
    """The report has nothing that this kind of mutation could break."""


Outcome = tuple[list[Edit], bool, tuple[str, ...]]
Mutation = Callable[[GeneratedReport, Random], Outcome]


def mutate(report: GeneratedReport, kind: str, seed: int) -> Mutant:
    """The ``seed``-th mutation of a ``kind`` (a name of ``KINDS``). Raises :class:`NothingToMutateError`."""
    edits, determined, keys = KINDS[kind](report, Random(f"{report.layout}/{report.seed}/{kind}/{seed}"))
    edits = sorted(edit for edit in edits if report.text[edit.start : edit.end] != edit.new)
    if not edits:
        raise NothingToMutateError(kind)
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    at = length = 0
    for edit in edits:
        pieces += [report.text[at : edit.start], edit.new]
        length += edit.start - at
        places.append((length, length + len(edit.new)))
        length += len(edit.new)
        at = edit.end
    text = "".join([*pieces, report.text[at:]])
    span = (places[0][0], places[-1][1])
    old = report.text[edits[0].start : edits[-1].end]
    return Mutant(text, span, tuple(places), old, text[span[0] : span[1]], kind, determined, keys)


# numbers


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _written(value: Decimal, like: str) -> str:
    return printed(value, decimals=len(like.partition(".")[2]), grouped="," in like)


def _shows(old: str, new: str, slack: Decimal) -> bool:
    return new != old and abs(_value(new) - _value(old)) > slack


def _digit_changed(number: PrintedNumber, rng: Random) -> str | None:
    """Another digit at one place; the first digit never becomes 0."""
    places = [index for index, character in enumerate(number.text) if character.isdigit()]
    rng.shuffle(places)
    for place in places:
        digits = [d for d in "0123456789" if d != number.text[place] and (place or d != "0" or len(places) == 1)]
        rng.shuffle(digits)
        for digit in digits:
            new = number.text[:place] + digit + number.text[place + 1 :]
            if _shows(number.text, new, number.slack):
                return new
    return None


def _transposed(number: PrintedNumber, rng: Random) -> str | None:
    """Two digits beside each other change places."""
    text = number.text
    places = [i for i, character in enumerate(text) if character.isdigit()]
    pairs = [(a, b) for a, b in itertools.pairwise(places) if text[a] != text[b]]
    rng.shuffle(pairs)
    for a, b in pairs:
        new = text[:a] + text[b] + text[a + 1 : b] + text[a] + text[b + 1 :]
        if (new[0] != "0" or new.startswith("0.")) and _shows(text, new, number.slack):
            return new
    return None


def _percentage_changed(number: PrintedNumber, rng: Random) -> str | None:
    """A digit changed, or a little more than rounding allows added or taken away."""
    if rng.random() < 0.5:
        return _digit_changed(number, rng)
    step = max(number.slack, Decimal("0.01")) + Decimal(rng.randint(2, 90)) / 100
    new = _value(number.text) + (step if rng.random() < 0.5 or _value(number.text) <= step else -step)
    text = _written(new, number.text)
    return text if _shows(number.text, text, number.slack) else None


Change = Callable[[PrintedNumber, Random], str | None]


def _one_number(roles: Sequence[Role], change: Change, *, stated: bool | None = None) -> Mutation:
    """Changes one number that has one of the roles; ``stated``: only those that a table states too, or only others."""

    def mutation(report: GeneratedReport, rng: Random) -> Outcome:
        candidates = [
            number
            for number in report.numbers
            if number.role in roles and number.slack.is_finite() and stated in (None, number.stated)
        ]
        rng.shuffle(candidates)
        for number in candidates:
            new = change(number, rng)
            if new is not None:
                return [Edit(number.start, number.end, new)], number.determined, (number.key,)
        raise NothingToMutateError

    return mutation


OPPOSITES = {
    "增加": "减少",
    "减少": "增加",
    "增长": "下降",
    "上升": "下降",
    "下降": "增长",
    "大于": "小于",
    "小于": "大于",
}


def _direction_flipped(number: PrintedNumber, _: Random) -> str | None:
    return OPPOSITES.get(number.text)


def _swapped(report: GeneratedReport, rng: Random) -> Outcome:
    """Two amounts of one paragraph, or of paragraphs one after another, change places."""
    stated = [number for number in report.numbers if number.role == "amount" and number.stated]
    pairs = [
        (one, other)
        for one, other in itertools.pairwise(stated)
        if one.key != other.key and abs(_value(one.text) - _value(other.text)) > max(one.slack, other.slack)
    ]
    if not pairs:
        raise NothingToMutateError
    one, other = rng.choice(pairs)
    edits = [Edit(one.start, one.end, other.text), Edit(other.start, other.end, one.text)]
    return edits, True, (one.key, other.key)


def _of_cells(report: GeneratedReport) -> dict[tuple[str, str], list[PrintedNumber]]:
    """The cells with numbers by table and column."""
    columns: dict[tuple[str, str], list[PrintedNumber]] = defaultdict(list)
    for number in report.numbers:
        if number.role in CELLS and number.slack.is_finite():
            table, _, column = number.key.split("/")
            columns[table, column].append(number)
    return columns


def _rows(report: GeneratedReport) -> list[tuple[Landmark, tuple[PrintedNumber, ...]]]:
    """The rows of tables that have numbers, with them."""
    found = []
    numbers = iter(number for number in report.numbers if number.role in CELLS)
    waiting = next(numbers, None)
    for row in _landmarks(report, "row"):
        inside = []
        while waiting is not None and waiting.start < row.end:
            inside.append(waiting)
            waiting = next(numbers, None)
        if inside:
            found.append((row, tuple(inside)))
    return found


_CODED = re.compile(r"[TB]\d/\d{5,7}/")


def _row_dropped(report: GeneratedReport, rng: Random) -> Outcome:
    """The row of a 项 (of an economic 款) is gone; its 款 (类) has others, so that a sum tells."""
    found = []
    families: Counter[str] = Counter()
    for row, numbers in _rows(report):
        owners = {number.key.rpartition("/")[0] for number in numbers}
        if len(owners) == 1 and all(number.role == "leaf" and _CODED.match(number.key) for number in numbers):
            family = min(owners)[:-2]
            families[family] += 1
            found.append((row, numbers, family))
    rows = [(row, numbers) for row, numbers, family in found if families[family] > 1]
    if not rows:
        raise NothingToMutateError
    row, numbers = rng.choice(rows)
    return [Edit(row.start, row.end, "")], False, tuple(number.key for number in numbers)


def _rows_shifted(report: GeneratedReport, rng: Random) -> Outcome:
    """In one column, the values of some rows have slipped down by one row, the last to the top.

    A run in which no number is determined by others (款 of one 类, whose sum stays) is not taken.
    """
    columns = [cells for cells in _of_cells(report).values() if len(cells) >= 4]
    rng.shuffle(columns)
    for cells in columns:
        size = rng.randint(3, min(5, len(cells)))
        start = rng.randint(0, len(cells) - size)
        run = cells[start : start + size]
        moved = [run[-1], *run[:-1]]
        edits = [Edit(here.start, here.end, there.text) for here, there in zip(run, moved, strict=True)]
        changed = [here for here, there in zip(run, moved, strict=True) if _shows(here.text, there.text, here.slack)]
        if len(changed) >= 2 and any(number.determined for number in changed):
            return edits, False, tuple(number.key for number in changed)
    raise NothingToMutateError


def _table_of_another(report: GeneratedReport, rng: Random) -> Outcome:
    """A whole table of another, equally consistent department: every amount some per cent higher."""
    columns = _of_cells(report)
    tables = sorted({table for table, _ in columns if table[0] in "TB"})
    if not tables:
        raise NothingToMutateError
    table = rng.choice(tables)
    factor = Decimal(rng.choice((103, 107, 112, 125))) / 100
    edits = []
    for (owner, _), cells in columns.items():
        for number in cells if owner == table else ():
            decimals = len(number.text.partition(".")[2])
            unit = 10000 if decimals else 1
            assert number.value is not None
            new = printed(number.value * factor / unit, decimals=decimals, grouped=_grouped(report))
            edits.append(Edit(number.start, number.end, new))
    return edits, False, (table,)


def _grouped(report: GeneratedReport) -> bool:
    return any("," in number.text for number in report.numbers if number.role in CELLS)


def _unit(new: str, role: Role = "unit") -> Mutation:
    def mutation(report: GeneratedReport, rng: Random) -> Outcome:
        numbers = report.numbers
        candidates = [
            number
            for before, number in itertools.pairwise(numbers)
            if number.role == role and before.slack.is_finite() and before.value
        ]
        if not candidates:
            raise NothingToMutateError
        number = rng.choice(candidates)
        blank = not new and report.text[number.start - 1] == " "
        return [Edit(number.start - blank, number.end, new)], True, (number.key,)

    return mutation


# text and structure


def _landmarks(report: GeneratedReport, *kinds: str) -> list[Landmark]:
    return [mark for mark in report.landmarks if mark.kind in kinds]


def _inside_prose(report: GeneratedReport, rng: Random, pattern: str, replacement: str) -> Outcome:
    """Replaces one match of ``pattern`` (its last group) in a paragraph of prose."""
    places = [
        match.span(match.lastindex or 0)
        for mark in _landmarks(report, "prose")
        for match in re.compile(pattern).finditer(report.text, mark.start, mark.end)
    ]
    if not places:
        raise NothingToMutateError
    start, end = rng.choice(places)
    return [Edit(start, end, replacement)], True, ()


def _latin_word(report: GeneratedReport, rng: Random) -> Outcome:
    """和 or 与 between Han characters in another language."""
    return _inside_prose(report, rng, r"[\u4e00-\u9fff](和)(?=[\u4e00-\u9fff])", rng.choice((" and ", " or ")))


def _doubled_punctuation(report: GeneratedReport, rng: Random) -> Outcome:
    """，； or 。。 where one mark stood."""
    mark = rng.choice(("，", "。", "；"))
    doubled = {"，": ("，；", "，，"), "。": ("。。", "，。"), "；": ("；；", "，；")}[mark]
    return _inside_prose(report, rng, f"({mark})", rng.choice(doubled))


_WORDS = "支出|经费|项目|管理|单位|公开|服务|工作|情况|预算|部门|资金|保障|增加|减少|主要|完成|收入|财政|人员"


def _repeated_word(report: GeneratedReport, rng: Random) -> Outcome:
    """A two-character word set twice."""
    places = [
        match.span()
        for mark in _landmarks(report, "prose")
        for match in re.compile(rf"(?:{_WORDS})(?!（)").finditer(report.text, mark.start, mark.end)
    ]
    if not places:
        raise NothingToMutateError
    start, end = rng.choice(places)
    return [Edit(start, end, report.text[start:end] * 2)], True, ()


def _removed(*kinds: str) -> Mutation:
    def mutation(report: GeneratedReport, rng: Random) -> Outcome:
        marks = _landmarks(report, *kinds)
        if not marks:
            raise NothingToMutateError
        mark = rng.choice(marks)
        return [Edit(mark.start, mark.end, "")], True, (mark.name or mark.text,)

    return mutation


def _table_removed(report: GeneratedReport, rng: Random) -> Outcome:
    """All pages of a table are gone, its caption stays."""
    tables = [mark for mark in _landmarks(report, "table") if mark.name[0] in "TBG"]
    if not tables:
        raise NothingToMutateError
    name = rng.choice(sorted({mark.name for mark in tables}))
    return [Edit(mark.start, mark.end, "") for mark in tables if mark.name == name], True, (name,)


def _other_body(report: GeneratedReport, rng: Random) -> Outcome:
    """Another district's body where this one's name belongs, not in the title."""
    marks = [number for number in report.numbers if number.role == "body"][1:]
    if not marks:
        raise NothingToMutateError
    mark = rng.choice(marks)
    here = report.model.place
    other = rng.choice([place for place in PLACES if place != here])
    new = mark.text.replace(f"{here.city}{here.district}", f"{here.city}{other.district}")
    return [Edit(mark.start, mark.end, new)], True, ("body",)


def _other_year(report: GeneratedReport, rng: Random) -> Outcome:
    """The year before in a caption, or in a heading of a part."""
    marks = [number for number in report.numbers if number.role == "year"][1:]
    places = [(mark.start, mark.end) for mark in marks]
    for mark in _landmarks(report, "heading", "caption"):
        found = re.compile(str(report.year)).search(report.text, mark.start, mark.end)
        if found:
            places.append(found.span())
    if not places:
        raise NothingToMutateError
    start, end = rng.choice(sorted(set(places)))
    return [Edit(start, end, str(report.year - 1))], True, ("year",)


def _subject_renamed(report: GeneratedReport, rng: Random) -> Outcome:
    """A subject in prose by a name that no code has."""
    names = {
        "行政运行": "机关运行",
        "事业运行": "事业单位运行",
        "住房公积金": "住房公积金支出",
        "培训支出": "培训费支出",
    }
    candidates = [number for number in report.numbers if number.role == "subject" and number.text in names]
    if not candidates:
        raise NothingToMutateError
    number = rng.choice(candidates)
    return [Edit(number.start, number.end, names[number.text])], True, (number.key,)


NUMBERS: Mapping[str, Mutation] = {
    "amount-digit": _one_number(("amount",), _digit_changed, stated=True),
    "amount-transposed": _one_number(("amount",), _transposed, stated=True),
    "unstated-amount-digit": _one_number(("amount",), _digit_changed, stated=False),
    "share": _one_number(("share",), _percentage_changed),
    "rate": _one_number(("rate",), _percentage_changed),
    "growth": _one_number(("growth",), _percentage_changed),
    "percentage-digit": _one_number(PERCENTAGES, _digit_changed),
    "change-digit": _one_number(("change",), _digit_changed),
    "change-transposed": _one_number(("change",), _transposed),
    "direction": _one_number(("direction",), _direction_flipped),
    "amounts-swapped": _swapped,
    "unit-dropped": _unit(""),
    "unit-yuan": _unit("元"),
    "percent-dropped": _unit("", "percent"),
    "leaf": _one_number(("leaf",), _digit_changed),
    "leaf-transposed": _one_number(("leaf",), _transposed),
    "subtotal": _one_number(("subtotal",), _digit_changed),
    "total": _one_number(("total",), _digit_changed),
    "count": _one_number(("count",), _digit_changed),
    "row-dropped": _row_dropped,
    "rows-shifted": _rows_shifted,
    "table-other": _table_of_another,
}
"""Mutations of numbers, by kind."""

TEXTS: Mapping[str, Mutation] = {
    "latin-word": _latin_word,
    "doubled-punctuation": _doubled_punctuation,
    "repeated-word": _repeated_word,
    "contents-entry-removed": _removed("contents"),
    "heading-removed": _removed("heading"),
    "table-removed": _table_removed,
    "other-body": _other_body,
    "other-year": _other_year,
    "subject-renamed": _subject_renamed,
}
"""Mutations of text and structure, by kind."""

KINDS: Mapping[str, Mutation] = {**NUMBERS, **TEXTS}


def mutants(report: GeneratedReport, kinds: Iterable[str], seed: int) -> list[Mutant]:
    """One mutant of each kind that the report has something for."""
    made = []
    for kind in kinds:
        try:
            made.append(mutate(report, kind, seed))
        except NothingToMutateError:
            continue
    return made
