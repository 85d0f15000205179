"""Relations inside one table: what its notes, its headers, its codes and its order of rows say that adds up.

Nothing here knows a form by name. Where the pattern is only likely (a table that no form knows), the table itself has
to bear it out: a pattern that most of its rows do not follow is no pattern, and a pattern that none follows was misread.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter, mul
from typing import NamedTuple

from msgspec import Struct, field

from govlint import Column, Lane, Row, Statement, Unit
from govlint_numbers._figures import ZERO, CellPlace, Figure, RowFigures, Wording, row_figures, value_of
from govlint_numbers._relations import AGREES, VIOLATED, Judged, Origin, Relation, judge
from govlint_numbers._subjects import compiled

RULE = "table-sum"

SUM_OF_COLUMNS = Wording("各栏之和", "the sum of the columns")
SUM_OF_ROWS = Wording("各行之和", "the sum of the rows above")
SUM_OF_CODES = Wording("下级科目之和", "the sum of the subjects below it")
SUM_OF_CLASSES = Wording("各类之和", "the sum of the top-level subjects")
SUM_OF_PARTS = Wording("所列各项之和", "the sum of its items")
BALANCE = Wording("收支平衡", "income and expenditure balance")


# --- A table as figures ---------------------------------------------------------------------------------------------


class LaneFigures(Struct, frozen=True, eq=False, dict=True):
    """A lane with its value columns and the figures of its rows; ``key`` tells it from all others of the document."""

    key: str
    lane: Lane
    columns: tuple[Column, ...]
    rows: tuple[RowFigures, ...]

    @cached_property
    def sums(self) -> tuple[ColumnSum, ...]:
        """Which of the columns are sums of which."""
        return column_sums(tuple([column.header for column in self.columns]))


class Sheet(Struct, frozen=True, dict=True):
    """A statement as figures, with the indices that relations are found by."""

    statement: Statement
    lanes: tuple[LaneFigures, ...]

    @cached_property
    def lines(self) -> Mapping[int, tuple[int, int]]:
        """Lane and row by 行次; of two rows with one number neither."""
        found: dict[int, tuple[int, int]] = {}
        twice: set[int] = set()
        for number, lane in enumerate(self.lanes):
            for index, row in enumerate(lane.rows):
                line = row.row.line
                if line is not None and (line in found or found.setdefault(line, (number, index)) is None):
                    twice.add(line)
        return {line: place for line, place in found.items() if line not in twice}

    @cached_property
    def numbered_columns(self) -> Mapping[int, tuple[int, int]]:
        """Lane and position among its value columns by 栏次."""
        return {
            column.number: (number, index)
            for number, lane in enumerate(self.lanes)
            for index, column in enumerate(lane.columns)
            if column.number is not None
        }


def sheet(statement: Statement, of_form: Unit | None = None, default: Unit | None = None) -> Sheet:
    """The statement as figures.

    ``of_form`` is the unit of its values where the form knows better than the print, ``default`` that of values for
    which none is printed.
    """
    lanes = []
    for number, lane in enumerate(statement.lanes):
        columns = lane.value_columns
        units = [of_form or column.unit or statement.unit or default for column in columns]
        places = {column.index: (place, units[place]) for place, column in enumerate(columns)}
        rows = tuple([row_figures(statement, lane, row, places) for row in lane.rows])
        lanes.append(LaneFigures(f"{statement.index}/{number}", lane, columns, rows))
    return Sheet(statement, tuple(lanes))


# --- What is found ----------------------------------------------------------------------------------------------------


class Found(Struct):
    """The relations of a table with their verdicts, kept once each: two patterns often say the same of the same cells.

    Blank cells count as nothing, so relations that differ in blank cells only are the same one.
    """

    _known: dict[tuple[int, frozenset[int]], Judged] = field(default_factory=dict)

    def judged(self) -> list[Judged]:
        """All that was kept, in order."""
        return list(self._known.values())

    def add(self, one: Judged) -> None:
        """Keep a relation, unless it says nothing or is there already."""
        relation = one.relation
        if relation.signs:
            terms = frozenset([sign * id(figure) for sign, figure in relation.signed_terms() if figure.value])
        else:
            terms = frozenset(map(id, filter(value_of, relation.terms)))
        if terms or relation.target.value or any(map(value_of, relation.beside)):
            self._known.setdefault((id(relation.target), terms), one)

    def extend(self, judged: Iterable[Judged]) -> None:
        """Keep several relations."""
        for one in judged:
            self.add(one)

    def add_all(self, other: Found) -> None:
        """Keep what was found elsewhere, unless it is there already."""
        for key, one in other._known.items():
            self._known.setdefault(key, one)


def table_relations(table: Sheet, known: bool, found: Found) -> None:
    """Find what adds up inside a table. ``known``: it is a table of a form, so that its patterns are certain."""
    for lane in table.lanes:
        _sums_of_columns(lane, known, found)
    families = _code_families(table)
    for family in families:
        _roll_ups(family, known, found)
    coded = {id(lane) for family in families for lane in family}
    for lane in table.lanes:
        if id(lane) not in coded:
            _sums_of_rows(lane, known and len(table.lanes) > 1, found)
    _balance(table, known, found)


def sum_of(
    target: Figure | None,
    terms: Sequence[Figure | None],
    origin: Origin,
    *,
    signs: tuple[int, ...] = (),
    zeros: bool = False,
) -> Judged | None:
    """``Σ terms = target`` with its verdict, ``None`` where one of the figures can't be read.

    ``signs`` are those of the terms, + of all where none are given. Where all the figures are nothing the sum says
    nothing and is ``None``, too, unless ``zeros`` are asked for.
    """
    figures = tuple(filter(None, terms))
    if target is None or not figures or len(figures) != len(terms):
        return None
    values = list(map(value_of, figures))
    if not (zeros or target.value or any(values)):
        return None
    relation = Relation("sum", target, figures, origin, signs=signs)
    holds = sum(map(mul, signs, values) if signs else values, ZERO) == target.value
    return Judged(relation, AGREES if holds else judge(relation))


# --- Sums over the columns of a row -----------------------------------------------------------------------------------

_TOTAL = re.compile(r"(?:.{0,8}(?:合计|总计|小计|共计|总额)|计)(?:[（(].{0,6}[）)])?")
_NO_SUMMAND = re.compile(
    r"率|比例|比重|占比|百分|％|%|上年(?!结转)|去年|增减|增长|备注|单价|[预决]算数|年初|年末|执行数|差额|调整|平均|标准|序号|面积|变动"
)
_PARTITION = re.compile(
    r".*(?:收入|支出|拨款|预算|基金|经费|费用?|资金|结余|结转|补助|自然人|企业|机构|组织|其他|货物|工程|服务|行政|事业)"
    r"(?:[（(].*[）)])?"
)


class ColumnSum(NamedTuple):
    """A column that is the sum of others, by their places among the lane's value columns."""

    target: int
    parts: tuple[int, ...]
    certain: bool


@lru_cache(maxsize=256)
def column_sums(paths: tuple[tuple[str, ...], ...]) -> tuple[ColumnSum, ...]:
    """Which columns are sums of which, by their header paths.

    Under one header the column 合计 or 小计, first or last, is the sum of its neighbours; a neighbour with columns of
    its own counts with its 小计, or with all its columns. ``certain`` where all the names are kinds of money or people.
    """
    tree: dict[str, object] = {}
    for place, path in enumerate(_turned(paths)):
        node = tree
        for name in path[:-1]:
            below = node.setdefault(name, {})
            if not isinstance(below, dict):
                below = node[name] = {"": below}
            node = below
        name = path[-1] if path else ""
        if name in node:
            return ()
        node[name] = place
    sums: list[ColumnSum] = []
    _sums_in(tree, sums)
    return tuple(sums)


def _turned(paths: Sequence[tuple[str, ...]]) -> Sequence[tuple[str, ...]]:
    """Paths whose lowest names are the same under every header (预算数 | 决算数), with these brought to the top."""
    below: dict[tuple[str, ...], list[str]] = {}
    for path in paths:
        if path:
            below.setdefault(path[:-1], []).append(path[-1])
    kinds = {tuple(names) for names in below.values()}
    if len(below) < 2 or len(kinds) != 1:
        return paths
    names = next(iter(kinds))
    if len(names) < 2 or any(_TOTAL.fullmatch(name) for name in names):
        return paths
    return [(path[-1], *path[:-1]) for path in paths]


def _sums_in(node: Mapping[str, object], sums: list[ColumnSum]) -> list[int] | None:
    """Collect the sums under a header; what the header counts with in the sum above it, ``None`` where unclear."""
    own = node.get("")
    if isinstance(own, int):
        return [own]
    names = list(node)
    totals = [name for name in names if isinstance(node[name], int) and _TOTAL.fullmatch(name)]
    parts: list[int] | None = []
    certain = True
    for name in names:
        child = node[name]
        counted = _sums_in(child, sums) if isinstance(child, dict) else [child]
        if name in totals or "其中" in name:
            continue
        if counted is None or _NO_SUMMAND.search(name):
            parts = None
        elif parts is not None:
            parts.extend(counted)  # type: ignore[arg-type]
        certain = certain and _PARTITION.fullmatch(name) is not None
    if len(totals) == 1 and names.index(totals[0]) in (0, len(names) - 1):
        target = node[totals[0]]
        assert isinstance(target, int)
        if parts is not None and len(parts) > 1:
            sums.append(ColumnSum(target, tuple(parts), certain))
        return [target]
    return None if totals else parts


def _sums_of_columns(lane: LaneFigures, known: bool, found: Found) -> None:
    if len(lane.columns) < 3:
        return
    for target, parts, certain in lane.sums:
        units = [lane.columns[place].unit for place in (target, *parts)]
        kinds = {unit and (unit.kind, unit.factor) for unit in units}
        if len(kinds) > 1 or any(unit is not None and unit.kind == "percent" for unit in units):
            continue
        origin = Origin(RULE, SUM_OF_COLUMNS, family=f"columns {lane.key} {target}", sure=known or certain)
        chosen = itemgetter(*parts)
        sums = [sum_of(row.figures[target], chosen(row.figures), origin) for row in lane.rows if row.printed]
        judged = list(filter(None, sums))
        if not _counted_twice(judged):
            found.extend(borne_out(judged, certain))


def broken_of(judged: Iterable[Judged]) -> list[Judged]:
    """Those that are violated."""
    return [one for one in judged if one.verdict.kind in VIOLATED]


def _counted_twice(judged: Sequence[Judged]) -> bool:
    """Whether one of the columns is a detail of another, which a header that lost its levels does not show.

    Then every row that is off is off by that column, and the rows that hold have nothing in it.
    """
    suspected: set[int] | None = None
    for relation, verdict in broken_of(judged):
        by = {_column(figure) for figure in relation.terms if figure.value and figure.value == verdict.difference}
        suspected = by if suspected is None else suspected & by
    if not suspected:
        return False
    holding = [relation for relation, verdict in judged if not verdict.violated]
    filled = {_column(figure) for relation in holding for figure in relation.terms if figure.value}
    return bool(suspected - filled)


def _column(figure: Figure) -> int:
    place = figure.place
    return place.value.column.index if isinstance(place, CellPlace) else -1


def borne_out(judged: list[Judged], certain: bool) -> list[Judged]:
    """The relations of one pattern, of those that say something; none if the table does not bear the pattern out.

    A certain pattern is dropped where all of several rows break it: the table was misread, or is of another form. One
    that is only likely must hold in three rows or more, and in two thirds of them.
    """
    broken = len(broken_of(judged))
    if certain:
        return [] if broken == len(judged) > 1 else judged
    holding = len(judged) - broken
    return judged if holding >= 3 and broken * 2 <= holding else []


# --- Roll-ups by code -------------------------------------------------------------------------------------------------


_Family = tuple[LaneFigures, ...]
"""Lanes whose codes belong together: those with one value column each, or a single lane."""


def _code_families(table: Sheet) -> list[_Family]:
    coded = [lane for lane in table.lanes if len(lane.rows) - [row.row.code for row in lane.rows].count(None) >= 2]
    single = tuple(lane for lane in coded if len(lane.columns) == 1)
    families: list[_Family] = [(lane,) for lane in coded if len(lane.columns) > 1]
    return [*families, single] if single else families


_STAFF_CODES = ("301", "303")


def _roll_ups(family: _Family, known: bool, found: Found) -> None:
    """类 = Σ 款, 款 = Σ 项, 合计 = Σ 类, for every column."""
    rows: dict[str, RowFigures] = {}
    repeated: set[str] = set()
    totals: list[RowFigures] = []
    for lane in family:
        for row in lane.rows:
            code = row.row.code
            if code is None:
                if row.row.role == "total":
                    totals.append(row)
            elif code in rows:
                repeated.add(code)
            else:
                rows[code] = row
    if repeated:
        return
    key = family[0].key
    children: dict[str, list[str]] = {}
    for code in rows:
        children.setdefault(_code_above(code, rows), []).append(code)
    # A row without any number is a heading: some tables print amounts for the lowest subjects only.
    below = {code: [rows[child] for child in codes] for code, codes in children.items() if code and rows[code].printed}
    judged = [
        one
        for code, parts in below.items()
        for one in _row_sums(
            rows[code], parts, Origin(RULE, SUM_OF_CODES, family=f"codes {key} {code}"), zeros=not known
        )
    ]
    if known:
        found.extend(judged)
    else:
        _complete_only(judged, found)
    tops = [rows[code] for code in children.get("", ())]
    origin = Origin(RULE, SUM_OF_CLASSES, family=f"classes {key}", sure=known)
    for total in totals:
        summands = _tops_of(total.row.label, tops, len(totals))
        if not summands or not total.printed:
            continue
        judged = _row_sums(total, summands, origin)
        found.extend(judged if known else borne_out(judged, False))


def _code_above(code: str, codes: Container[str]) -> str:
    """The code one level up, or two where that one is not among the codes; none where neither is."""
    for above in (code[:-2], code[:-4]):
        if len(above) >= 3 and above in codes:
            return above
    return ""


def _row_sums(target: RowFigures, parts: Sequence[RowFigures], origin: Origin, *, zeros: bool = False) -> list[Judged]:
    """The target as the sum of the parts, for every column; nothing where no part was filled in at all."""
    if not any(part.printed for part in parts):
        return []
    columns = zip(*[part.figures for part in parts], strict=True)
    sums = [sum_of(figure, terms, origin, zeros=zeros) for figure, terms in zip(target.figures, columns, strict=True)]
    return list(filter(None, sums))


def _complete_only(judged: Sequence[Judged], found: Found) -> None:
    """Keep roll-ups of a table of unknown form: all, if most hold; else those whose parts exceed the whole."""
    judged = [one for one in judged if one.relation.printed]
    holding = len(judged) - len(broken_of(judged))
    complete = holding >= 2 and holding * 3 >= len(judged) * 2
    for one in judged:
        if complete or not one.verdict.violated or one.verdict.difference > 0:
            found.add(one)


def _tops_of(label: str, tops: Sequence[RowFigures], totals: int) -> list[RowFigures]:
    """The top-level subjects that a total row adds up: in tables of basic expenditure 人员经费 are 301 and 303."""
    if "人员经费" in label:
        return [top for top in tops if (top.row.code or "") in _STAFF_CODES]
    if "公用经费" in label:
        return [top for top in tops if (top.row.code or "") not in _STAFF_CODES]
    return list(tops) if totals == 1 or label in ("合计", "总计") else []


# --- Sums over rows without codes -------------------------------------------------------------------------------------

_BUDGETS = ("一般公共预算", "政府性基金", "国有资本经营")
_SPLIT = ["一般公共", "政府性基金", "国有资本", "基本支出", "项目支出", "人员", "公用", "财政", "教育收费", "专户"]


def _sums_of_rows(lane: LaneFigures, known: bool, found: Found) -> None:
    """Totals over the rows above them: 本年收入合计 over the items, 总计 over 合计 and the rows between."""
    if "total" not in [row.row.role for row in lane.rows] or any(len(row.row.path) > 1 for row in lane.rows):
        return
    if _official_hospitality(lane, found) or lane.rows[0].row.role == "total":
        return
    certain = known and len(lane.rows) > 3
    if not certain and any("小计" in row.row.label for row in lane.rows):
        return
    previous: RowFigures | None = None
    items: list[RowFigures] = []
    above: RowFigures | None = None
    parts: list[RowFigures] = []
    judged: list[Judged] = []
    for current in lane.rows:
        row = current.row
        if row.role == "total":
            _close_parts(lane, above, parts, judged)
            origin = Origin(RULE, SUM_OF_ROWS, family=f"rows {lane.key}", sure=certain)
            judged.extend(_total_of(current, previous, items, origin))
            above, parts, previous, items = None, [], current, []
        elif row.role == "part" or (above is not None and _is_budget_below(above, row, previous)):
            parts.append(current)
        elif row.label or current.printed:
            _close_parts(lane, above, parts, judged)
            above, parts = current, []
            items.append(current)
    _close_parts(lane, above, parts, judged)
    if certain:
        found.extend(judged)
    elif len(lane.columns) > 2:
        found.extend(borne_out(judged, False))


_CARRIED = re.compile(
    r"(?:加|减)?[：:]?(?:使用|动用|用事业基金|年初|年末|上年|期初|期末|结转下年|结余分配|年终|非财政拨款结余|专用结余)"
)


def _total_of(
    total: RowFigures, previous: RowFigures | None, items: Sequence[RowFigures], origin: Origin
) -> Sequence[Judged]:
    """The sums that a total row is: the total above it and the items between.

    Forms list details without any mark among the items (年初结转和结余 with 基本支出结转 below it). So there are two
    readings: all items, or only those with an ordinal, or with a name that stands beside totals. Where they differ, the
    one that holds is taken, and none if neither does.
    """
    begin = [previous] if previous is not None else []
    if previous is None and any(item.row.ordinal for item in items):
        strict = [item for item in items if item.row.ordinal or _CARRIED.match(item.row.label)]
    elif previous is not None:
        strict = [item for item in items if _CARRIED.match(item.row.label)]
    else:
        strict = list(items)
    if sum(1 for row in (*begin, *items) if row.row.label) < 2:
        return ()
    everything = _row_sums(total, [*begin, *items], origin)
    if not any(item.printed for item in items if item not in strict):
        return everything
    for reading in (everything, _row_sums(total, [*begin, *strict], origin)):
        if not broken_of(reading):
            return reading
    return ()


_HOSPITALITY = (
    r"因公出国(?:（境）|\(境\))?(?:费用?)?",
    r"公务接待费?",
    r"公务用车购置(?:费)?(?:及|和|、)运行(?:维护)?费?",
    r"(?:公务用车)?购置费?",
    r"(?:公务用车)?运行(?:维护)?费?",
)


def _official_hospitality(lane: LaneFigures, found: Found) -> bool:
    """The rows of 三公 where they stand below each other; whether they do."""
    if not any("因公出国" in row.row.label for row in lane.rows):
        return False
    named = [[row for row in lane.rows if compiled(name).fullmatch(row.row.label)] for name in _HOSPITALITY]
    if any(len(rows) != 1 for rows in named[:3]):
        return False
    (abroad,), (reception,), (vehicles,), purchase, running = named
    totals = [row for row in lane.rows if row.row.role == "total" and not row.row.label.endswith("小计")]
    judged: list[Judged] = []
    if len(totals) == 1:
        judged.extend(_row_sums(totals[0], [abroad, reception, vehicles], Origin(RULE, SUM_OF_PARTS)))
    if len(purchase) == len(running) == 1:
        judged.extend(_row_sums(vehicles, [purchase[0], running[0]], Origin(RULE, SUM_OF_PARTS)))
    for one in judged:
        if not any(figure.unit and figure.unit.kind == "percent" for figure in one.relation.figures()):
            found.add(one)
    return True


def _is_budget_below(above: RowFigures, row: Row, previous: RowFigures | None) -> bool:
    """Whether the row is one of the three budgets that a row 年初财政拨款结转和结余 under a total is split into."""
    return previous is not None and not row.ordinal and row.label.startswith(_BUDGETS) and "结转" in above.row.label


def _close_parts(
    lane: LaneFigures, above: RowFigures | None, parts: Sequence[RowFigures], judged: list[Judged]
) -> None:
    """The sum of the parts listed below an item, where they divide it up; 其中 lists only some."""
    if above is None or len(parts) < 2:
        return
    if any("其中" in "".join(part.row.path) for part in parts):
        return
    if all(any(word in part.row.label for word in _SPLIT) for part in parts):
        origin = Origin(RULE, SUM_OF_PARTS, family=f"parts {lane.key} {above.row.index}")
        judged.extend(_row_sums(above, parts, origin))


# --- Two sides --------------------------------------------------------------------------------------------------------


def _balance(table: Sheet, known: bool, found: Found) -> None:
    """总计 of income = 总计 of expenditure, where a table has the two sides."""
    sides = [[lane for lane in table.lanes if _is_side(lane, name)] for name in ("收入", "支出")]
    if any(len(lanes) != 1 for lanes in sides):
        return
    left, right = (_grand_total(lanes[0]) for lanes in sides)
    if left is not None and right is not None:
        relation = Relation("same", left, (right,), Origin(RULE, BALANCE, family="balance", sure=known))
        found.add(Judged(relation, judge(relation)))


def _is_side(lane: LaneFigures, name: str) -> bool:
    return lane.lane.title.endswith(name) or bool(lane.rows and lane.rows[-1].row.label == f"{name}总计")


def _grand_total(lane: LaneFigures) -> Figure | None:
    totals = [row for row in lane.rows if row.row.role == "total" and row.row.label.endswith("总计")]
    if not totals or totals[-1] is not lane.rows[-1]:
        return None
    if len(lane.columns) == 1:
        return totals[-1].figures[0]
    return totals[-1].figures[lane.sums[-1].target] if lane.sums else None
