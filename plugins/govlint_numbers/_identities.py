"""Relations between the tables of a form (表间勾稽关系), stated as data in the forms of the kind packs.

An identity is two sums of selectors::

    left  = "T2[合计; 财政拨款收入]"
    right = "T1[一般公共预算财政拨款收入] + T1[政府性基金预算财政拨款收入]?"

    selector = TABLE "[" [rows] [";" columns] "]" ["?" | "!"]
    rows     = label {"|" label}     the first label that the table has; digits are a subject code
             | rows ">" rows         the row below another row (年初结转 > 一般公共预算财政拨款)
             | "(" label "," label ")"   all rows strictly between two
             | "{code}" | "{class}" | "{row}"   for every code, top-level subject, or row
    columns  = name {"|" name}       the first name that the table has: a header, several of a path (决算数/小计),
                                     or the side (收入, 支出)
             | "{column}"            for every value column

Rows may be left out where the table has one row, columns where the side has one, or a total column. A selector with
``?`` counts as nothing where the row or table is missing; any other missing one leaves the identity unchecked, and so
does a blank cell of one with ``!``. Any other blank cell counts as nothing. A column name that several columns bear (总计 in each block of a form) makes one relation of each, in order. ``or``
between right sides takes the first that holds: reports differ in what a total includes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain, repeat
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from govlint import Basis, Form, Identity, TableForm, normalize_name
from govlint_numbers._figures import CellPlace, Figure, RowFigures, Wording, name_of
from govlint_numbers._relations import Judged, Origin, Relation, judge
from govlint_numbers._subjects import compiled
from govlint_numbers._tables import LaneFigures, Sheet

RULE = "table-identity"
RULE_WITHIN = "table-sum"


class IdentityError(ValueError):
    """An identity that does not follow the grammar."""


# --- Grammar ----------------------------------------------------------------------------------------------------------


class Selector(Struct, frozen=True):
    """A selector with its sign in the sum; ``rows`` and ``columns`` are alternatives, best first; ``mark`` is ? or !."""

    sign: int
    table: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    mark: str = ""

    @property
    def optional(self) -> bool:
        """Whether a missing row or table counts as nothing."""
        return self.mark == "?"


_SELECTOR = re.compile(r"\s*([+-]?)\s*([A-Z][A-Z0-9]*)\[([^\[\];]*)(?:;([^\[\];]*))?\]([?!])?\s*")


@lru_cache(maxsize=1024)
def parse_side(text: str) -> tuple[Selector, ...]:
    """The selectors of one side. Raises :class:`IdentityError`."""
    selectors: list[Selector] = []
    at = 0
    while at < len(text):
        match = _SELECTOR.match(text, at)
        if match is None or (selectors and not match[1]):
            raise IdentityError(f"not a sum of selectors at {text[at : at + 20]!r}")
        rows, columns = (_alternatives(part) for part in (match[3], match[4] or ""))
        selectors.append(Selector(-1 if match[1] == "-" else 1, match[2], rows, columns, match[5] or ""))
        at = match.end()
    if not selectors:
        raise IdentityError("an empty side")
    return tuple(selectors)


def _alternatives(text: str) -> tuple[str, ...]:
    text = text.strip()
    if ">" in text:
        above, _, below = text.partition(">")
        return tuple(f"{a}>{b}" for a in _alternatives(above) for b in _alternatives(below))
    return tuple(normalize_name(name) for name in text.split("|") if name.strip())


# --- Tables, as selectors see them --------------------------------------------------------------------------------------


class View(Struct, frozen=True, dict=True):
    """A recognized table with its rows by label and by code.

    ``unit_printed`` is false where the unit of its amounts was taken from another table.
    """

    form: TableForm
    sheet: Sheet
    unit_printed: bool = True
    _columns: dict[tuple[int, tuple[str, ...]], list[int]] = field(default_factory=dict)

    @cached_property
    def by_label(self) -> Mapping[str, list[tuple[LaneFigures, int]]]:
        """Rows by normalized label, in the document's order."""
        found: dict[str, list[tuple[LaneFigures, int]]] = {}
        for lane in self.sheet.lanes:
            for index, label in enumerate([row.row.label for row in lane.rows]):
                if label:
                    found.setdefault(_name(label), []).append((lane, index))
        return found

    @cached_property
    def by_code(self) -> Mapping[str, tuple[LaneFigures, RowFigures]]:
        """Rows by subject code; of a code that occurs twice none."""
        found: dict[str, tuple[LaneFigures, RowFigures]] = {}
        twice: set[str] = set()
        for lane in self.sheet.lanes:
            for row in lane.rows:
                if row.row.code is not None:
                    if row.row.code in found:
                        twice.add(row.row.code)
                    found[row.row.code] = (lane, row)
        for code in twice:
            del found[code]
        return found

    @cached_property
    def by_class(self) -> Mapping[str, tuple[LaneFigures, RowFigures]]:
        """The rows of top-level subjects by name: three-digit codes, or the items of the expenditure side."""
        coded = {code: place for code, place in self.by_code.items() if len(code) == 3}
        if coded:
            rows = list(coded.values())
        else:
            lanes = [lane for lane in self.sheet.lanes if lane.lane.title.endswith("支出")] or list(
                self.sheet.lanes[1:2]
            )
            rows = [(lane, row) for lane in lanes for row in lane.rows if row.row.role != "total" and row.row.ordinal]
        found: dict[str, tuple[LaneFigures, RowFigures]] = {}
        twice: set[str] = set()
        for lane, row in rows:
            name = class_name(row.row.label)
            if name in found:
                twice.add(name)
            found[name] = (lane, row)
        for name in twice | {""}:
            found.pop(name, None)
        return found

    def columns(self, lane: LaneFigures, names: tuple[str, ...]) -> list[int]:
        """The places of the value columns that names select, best first; none select the usual one."""
        key = id(lane), names
        found = self._columns.get(key)
        if found is None:
            found = self._columns[key] = _find_columns(lane, names)
        return found


_name = lru_cache(maxsize=4096)(normalize_name)
"""Names of rows and columns are much the same from report to report."""


@lru_cache(maxsize=2048)
def class_name(label: str) -> str:
    """A top-level subject's name for comparing: without 支出, （类） and punctuation."""
    name = normalize_name(label).removesuffix("（类）")
    return name.removesuffix("支出") if len(name) > 4 else name


@lru_cache(maxsize=4096)
def _path_names(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([_name(part) for part in path])


def _find_columns(lane: LaneFigures, names: Sequence[str]) -> list[int]:
    """The places of the value columns that the first fitting name selects, several where it names several.

    Those do not count that the report leaves blank together with all beside them. Without names the usual column.
    """
    if not names:
        return _default_column(lane)
    for name in names:
        places = [place for place in _columns_headed(lane, name) if _is_filled(lane, place)]
        if places:
            return places
    return []


def _is_filled(lane: LaneFigures, place: int) -> bool:
    """Whether a number stands in the column, or in one of those that add up with it."""
    beside = {place}
    for total, parts, _ in lane.sums:
        if place in parts:
            beside.update(parts)
        elif place == total:
            return True
    if len(beside) == 1:
        return True
    return any(
        figure is not None and figure.number is not None
        for row in lane.rows
        if row.printed
        for figure in [row.figures[other] for other in beside]
    )


def _columns_headed(lane: LaneFigures, name: str) -> list[int]:
    if name in ("收入", "支出"):
        return _default_column(lane) if normalize_name(lane.lane.title).endswith(name) else []
    *above, wanted = name.split("/")
    fitting: list[tuple[int, int]] = []
    for place, column in enumerate(lane.columns):
        path = _path_names(column.header)
        if wanted in path and all(part in path for part in above):
            fitting.append((len(path) - path.index(wanted), place))
    if not fitting:
        return []
    # A header that spans several columns stands for its 合计 or 小计; the same name in several blocks for each of them.
    nearest = min(distance for distance, _ in fitting)
    places = [place for distance, place in fitting if distance == nearest]
    if nearest > 1 and len(places) > 1:
        sums = {target for target, _, _ in lane.sums}
        return [place for place in places if place in sums][:1]
    return places


_USUAL = ("决算数", "预算数", "金额")


def _default_column(lane: LaneFigures) -> list[int]:
    """The column that is meant where none is named: the only one, the sum of the others, or 决算数."""
    if len(lane.columns) == 1:
        return [0]
    if lane.sums:
        return [lane.sums[-1].target]
    for name in _USUAL:
        places = [place for place, column in enumerate(lane.columns) if column.header[-1:] == (name,)]
        if places:
            return places[:1] if len(places) == 1 else []
    return []


# --- Selecting --------------------------------------------------------------------------------------------------------

_LOOPS = frozenset({"{code}", "{class}", "{row}"})


class _Missing(Exception):  # noqa: N818 - no error, but how a selector says that the table has no such cell
    """The table has no such row or column."""


def _select_row(view: View, rows: Sequence[str], columns: tuple[str, ...]) -> list[tuple[Figure | None, ...]]:
    """The figures that a selector without loops selects: one for each column that the name selects."""
    candidates: Sequence[tuple[LaneFigures, int]] = () if rows else _only_row(view)
    for name in rows:
        candidates = _rows_named(view, name)
        if candidates:
            break
    for lane, index in candidates:
        places = view.columns(lane, columns)
        if places:
            figures = lane.rows[index].figures
            return [(figures[place],) for place in places]
    raise _Missing


def _only_row(view: View) -> list[tuple[LaneFigures, int]]:
    """The row of a table that has one row with numbers, or its total."""
    places = [(lane, index) for lane in view.sheet.lanes for index, row in enumerate(lane.rows) if row.printed]
    totals = [(lane, index) for lane, index in places if lane.rows[index].row.role == "total"]
    return places if len(places) == 1 else totals if len(totals) == 1 else []


def _rows_named(view: View, name: str) -> Sequence[tuple[LaneFigures, int]]:
    above, below, name = name.rpartition(">")
    if name.isdigit():
        place = view.by_code.get(name)
        return [(place[0], place[0].rows.index(place[1]))] if place else []
    found = view.by_label.get(name, ())
    if not below:
        return found
    for lane, index in _rows_named(view, above):
        lower = [(of_lane, row) for of_lane, row in found if of_lane is lane and row > index]
        if lower:
            return lower[:1]
    return ()


_BETWEEN = r"（(.+?)[，,](.+)）"


def _between(view: View, first: str, last: str, column: int) -> tuple[Figure | None, ...]:
    begin, end = view.by_label.get(first, []), view.by_label.get(last, [])
    if not begin or not end or begin[0][0] is not end[0][0] or begin[0][1] >= end[0][1]:
        raise _Missing
    lane = begin[0][0]
    if column >= len(lane.columns):
        raise _Missing
    return tuple(row.figures[column] for row in lane.rows[begin[0][1] + 1 : end[0][1]])


# --- Identities to relations ------------------------------------------------------------------------------------------


class Unmet(Struct, frozen=True):
    """An identity that could not be checked although one of its tables is there, and why."""

    identity: Identity
    reason: Wording


Key = tuple[str, ...]


def identity_relations(forms: Iterable[Form], views: Mapping[str, View], year: int | None) -> Iterator[Judged | Unmet]:
    """The relations of all identities that hold for the year and whose tables are there."""
    forms = tuple(forms)
    bases = {basis.id: basis for form in forms for basis in form.bases}
    for form in forms:
        for identity in form.identities:
            if identity.in_force(year):
                yield from _relations_of(identity, views, bases)


def _relations_of(
    identity: Identity, views: Mapping[str, View], bases: Mapping[str, Basis]
) -> Iterator[Judged | Unmet]:
    left, alternatives = parse_side(identity.left), _readings(identity.right)
    if not all(selector.table in views for selector in left):
        return
    found = [_relations_for(identity, left, right, views, bases) for right in alternatives]
    if all(relations is None for relations in found):
        yield Unmet(identity, Wording("缺少有关的表、行或栏", "a table, row or column that it needs is missing"))
        return
    # Of several readings take for each target the first that holds, else the first.
    by_target: dict[int, Judged] = {}
    for relation in (relation for relations in found for relation in relations or ()):
        one = Judged(relation, judge(relation))
        if one.verdict.violated:
            guessed = _units_guessed((*left, *sum(alternatives, ())), views)
            if guessed and any(not judge(other).violated for other in _rescaled(relation, guessed)):
                yield Unmet(identity, Wording("表的金额单位不明", "the unit of a table is not printed"))
                return
        known = by_target.get(id(relation.target))
        if known is None or (known.verdict.violated and not one.verdict.violated):
            by_target[id(relation.target)] = one
    yield from by_target.values()


@lru_cache(maxsize=1024)
def _readings(right: str) -> tuple[tuple[Selector, ...], ...]:
    """The alternatives of a right side, parsed."""
    return tuple([parse_side(side) for side in re.split(r"\bor\b", right)])


def _units_guessed(selectors: Iterable[Selector], views: Mapping[str, View]) -> set[int]:
    """The statements, of those that are selected from, whose unit is not printed."""
    found = [views[selector.table] for selector in selectors if selector.table in views]
    return {view.sheet.statement.index for view in found if not view.unit_printed}


def _rescaled(relation: Relation, guessed: set[int]) -> Iterator[Relation]:
    """The relation as it would be if the tables whose unit was guessed were in 元 instead of 万元, or the reverse."""

    def scaled(figure: Figure, factor: Decimal) -> Figure:
        place = figure.place
        if not isinstance(place, CellPlace) or place.statement.index not in guessed:
            return figure
        return replace(figure, value=figure.value * factor, half=figure.half * factor)

    for factor in (Decimal(10_000), Decimal(1) / 10_000):
        yield replace(
            relation,
            target=scaled(relation.target, factor),
            terms=tuple(scaled(figure, factor) for figure in relation.terms),
            beside=tuple(scaled(figure, factor) for figure in relation.beside),
        )


def _relations_for(
    identity: Identity,
    left: Sequence[Selector],
    right: Sequence[Selector],
    views: Mapping[str, View],
    bases: Mapping[str, Basis],
) -> list[Relation] | None:
    """The relations of one reading of an identity, ``None`` where something is missing that they all need."""
    selectors = (*left, *right)
    if any(selector.table not in views and not selector.optional for selector in selectors):
        return None
    keys = _keys(selectors, views)
    chosen_by_selector = [_chosen(selector, views.get(selector.table), keys) for selector in selectors]
    plain = _is_plain(left), _is_plain(right)
    relations: list[Relation] = []
    ties: dict[tuple[bool, ...], _Tie] = {}
    for chosen in zip(*chosen_by_selector, strict=True):
        if None in chosen:
            continue
        filled = tuple(map(bool, chosen))
        counts = set(map(len, filter(None, chosen)))
        if len(counts) != 1:
            continue
        tie = ties.get(filled)
        if tie is None:
            tables = dict.fromkeys([selector.table for selector, is_ in zip(selectors, filled, strict=True) if is_])
            tie = ties[filled] = _Tie(_origin(identity, list(tables), views, bases), len(tables) > 1)
        for figures in zip(*[choice or repeat(()) for choice in chosen], strict=False):
            here, there = _side(left, figures[: len(left)], plain[0]), _side(right, figures[len(left) :], plain[1])
            if here is not None and there is not None:
                relations.append(_relation(identity.relation, here, there, tie))
    return relations if relations or not keys or keys[0] != ("",) else None


def _keys(selectors: Sequence[Selector], views: Mapping[str, View]) -> list[Key]:
    """What the loops of an identity run over: the keys that all of its tables have; one empty key without loops."""
    loops = [selector for selector in selectors if selector.rows and selector.rows[0] in _LOOPS]
    if loops:
        kind = loops[0].rows[0]
        if kind == "{row}":
            lanes = views[loops[0].table].sheet.lanes
            return [
                ("row", str(n), str(i))
                for n, lane in enumerate(lanes)
                for i, row in enumerate(lane.rows)
                if row.printed
            ]
        indices = [views[loop.table].by_code if kind == "{code}" else views[loop.table].by_class for loop in loops]
        names: Iterable[str] = indices[0]
        for index in indices[1:]:
            names = filter(index.__contains__, names)
        return [(kind, name) for name in names]
    if any(selector.columns[:1] == ("{column}",) for selector in selectors):
        lanes = views[selectors[0].table].sheet.lanes
        widest = max(lanes, key=lambda lane: len(lane.columns), default=None)
        return [("column", str(place)) for place in range(len(widest.columns))] if widest else []
    return [("",)]


class _Tie(Struct, frozen=True):
    """What the relations of an identity have in common that hold the same tables; ``between``: these are several."""

    origin: Origin
    between: bool


_Choice = list[tuple[Figure | None, ...]]
"""What a selector stands for: the figures that it adds up, for each column that it names."""


def _chosen(selector: Selector, view: View | None, keys: Sequence[Key]) -> list[_Choice | None]:
    """What a selector stands for with each key.

    An empty list where it is optional and there is nothing; ``None`` where what is missing leaves nothing to check.
    """
    if view is None:
        return [[]] * len(keys)
    missing: _Choice | None = [] if selector.optional else None
    if keys and len(keys[0]) > 1 and keys[0][0] != "column":
        return [
            [(row.figures[place],) for place in view.columns(lane, selector.columns)] or missing
            for lane, row in _rows_of_keys(view, keys)
        ]
    found: list[_Choice | None] = []
    for key in keys:
        try:
            found.append(_select(view, selector, key))
        except _Missing:
            found.append(missing)
    return found


def _rows_of_keys(view: View, keys: Sequence[Key]) -> Iterator[tuple[LaneFigures, RowFigures]]:
    """The row of each code, top-level subject, or of each lane and place in it."""
    if keys[0][0] == "row":
        for _, number, index in keys:
            lane = view.sheet.lanes[int(number)]
            yield lane, lane.rows[int(index)]
    else:
        rows = view.by_code if keys[0][0] == "{code}" else view.by_class
        for _, name in keys:
            yield rows[name]


def _select(view: View, selector: Selector, key: Key) -> _Choice:
    """The figures of a selector for a column, or without loops."""
    if key[0] == "column" and selector.columns[:1] == ("{column}",):
        column = int(key[1])
        between = compiled(_BETWEEN).fullmatch(selector.rows[0]) if selector.rows else None
        if between is not None:
            return [_between(view, between[1], between[2], column)]
        for name in selector.rows:
            for lane, index in _rows_named(view, name):
                if column < len(lane.columns):
                    return [(lane.rows[index].figures[column],)]
        raise _Missing
    return _select_row(view, selector.rows, selector.columns)


class _Side(Struct, frozen=True, gc=False):
    """The figures that one side adds up, with their signs; none where all are plus."""

    figures: tuple[Figure, ...]
    signs: tuple[int, ...]


def _side(selectors: Sequence[Selector], chosen: Sequence[tuple[Figure | None, ...]], plain: bool) -> _Side | None:
    """What a side adds up, ``None`` where there is nothing, or one can't be read, or is blank and may not be."""
    everything = chosen[0] if len(chosen) == 1 else tuple(chain.from_iterable(chosen))
    figures = tuple(filter(None, everything))
    if not figures or len(figures) < len(everything):
        return None
    if plain:
        return _Side(figures, ())
    for selector, of_selector in zip(selectors, chosen, strict=True):
        if selector.mark == "!" and any(figure is not None and figure.number is None for figure in of_selector):
            return None
    signs = tuple(selector.sign for selector, found in zip(selectors, chosen, strict=True) for _ in found)
    return _Side(figures, signs if -1 in signs else ())


def _is_plain(selectors: Iterable[Selector]) -> bool:
    """Whether a side adds up everything, blank or not."""
    return all(selector.sign > 0 and selector.mark != "!" for selector in selectors)


def _relation(kind: Literal["=", "<=", ">="], left: _Side, right: _Side, tie: _Tie) -> Relation:
    """The relation of two sides."""
    target, other = left.figures[0], right.figures[0]
    if kind != "=":
        whole, part = (other, target) if kind == "<=" else (target, other)
        return Relation("part", whole, (part,), tie.origin)
    beside = left.figures[1:]
    if not beside and tie.between and not right.signs:
        telling = [figure for figure in right.figures if figure.number is not None]
        if len(telling) <= 1:
            return Relation("same", target, (telling[0] if telling else other,), tie.origin)
    return Relation(
        "sum", target, right.figures, tie.origin, signs=right.signs, beside=beside, beside_signs=left.signs[1:]
    )


def _origin(identity: Identity, tables: Sequence[str], views: Mapping[str, View], bases: Mapping[str, Basis]) -> Origin:
    family = f"identity {identity.id}"
    if len(tables) == 1:
        asks = next((bases[id_].asks for id_ in identity.basis if id_ in bases and bases[id_].asks), "")
        words = Wording(f"表内勾稽关系（{asks}）" if asks else "表内勾稽关系", "what must hold in this table")
        return Origin(RULE_WITHIN, words, family=family, sure=identity.sure)
    names = [name_of(views[table].sheet.statement) for table in tables[1:]]
    words = Wording(
        "、".join(name.chinese for name in names) + "有关数之和",
        "the sum of its items in " + " and ".join(name.english for name in names),
    )
    return Origin(RULE, words, family=family, sure=identity.sure)
