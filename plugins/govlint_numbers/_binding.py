"""Binding (对应): which cells of the tables state the same amount as a claim.

Tables are found by what their names say of fund and side, rows and columns by their names. What is spoken of in two
tables of one fund must be the same in both, so a claim is bound to all such cells; where words fit cells of different
meaning and nothing decides, it is bound to none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Literal

from msgspec import Struct

from govlint import Column, Document, RecognizedTable, Statement, fact, recognized_tables
from govlint_numbers._figures import Figure, RowFigures
from govlint_numbers._subjects import BUDGETS, OFFICIAL, Measure, Scope, Subject, canonical, compact, subject_name
from govlint_numbers._tables import LaneFigures, Sheet

Side = Literal["income", "spending", "both"]

_TOTALS = {
    side: frozenset(f"{of}{side}{kind}合计" for of in ("", "本年") for kind in ("", "决算", "预算"))
    for side in ("收入", "支出")
}
_TOTAL_COLUMN = frozenset(["合计", "小计", "总计", "金额", "决算数", "预算数", "支出", "收入"]).union(*_TOTALS.values())
_TOTAL_ROW = frozenset(["合计", "总计", "本年支出合计", "本年收入合计"])
_GRAND_ROW = frozenset(["总计", "收入总计", "支出总计", "收入支出总计", "收支总计", "合计"])
_YEAR_TOTAL = {"income": _TOTALS["收入"] | {"本年收入"}, "spending": _TOTALS["支出"] | {"本年支出"}}
_FUND_WORDS: Mapping[str, str] = {"general": "一般公共预算", "fund": "政府性基金", "capital": "国有资本经营"}


class BoundLane(Struct, frozen=True, eq=False, dict=True):
    """A lane with its words as they are compared, and what is looked for in it again and again.

    ``headers`` are the header paths of its columns, ``labels`` those of its rows.
    """

    columns: tuple[Column, ...]
    rows: tuple[RowFigures, ...]
    headers: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]

    @cached_property
    def names(self) -> list[list[str]]:
        """The header path of each column in canonical names."""
        return [list(map(canonical, header)) for header in self.headers]

    @cached_property
    def total(self) -> int | None:
        """The column that holds the total of the others, or the only one."""
        return _total_position(self)

    @cached_property
    def total_of_year(self) -> int | None:
        """The total of the columns below 本年支出, where there are any."""
        return _total_position(self, "本年支出")

    @cached_property
    def total_rows(self) -> list[RowFigures]:
        """The row 合计 of a table by subjects; where there is none, the only row."""
        rows = [
            row
            for row, label in zip(self.rows, self.labels, strict=True)
            if row.row.role == "total" and row.row.code is None and label in _TOTAL_ROW
        ]
        if not rows and len(self.rows) == 1 and self.rows[0].row.code is None:
            return [self.rows[0]]
        return rows[:1]

    @cached_property
    def without_code(self) -> Mapping[str, list[RowFigures]]:
        """The rows without a code by their canonical names (``人员经费合计`` is 人员经费)."""
        found: dict[str, list[RowFigures]] = {}
        for row, label in zip(self.rows, self.labels, strict=True):
            if row.row.code is None:
                found.setdefault(canonical(label.removesuffix("合计")), []).append(row)
        return found

    @cached_property
    def items(self) -> Mapping[str, list[RowFigures]]:
        """The rows of items without a code by their names as subjects."""
        found: dict[str, list[RowFigures]] = {}
        for row, label in zip(self.rows, self.labels, strict=True):
            if row.row.role == "item" and row.row.code is None:
                found.setdefault(subject_name(label), []).append(row)
        return found

    @cached_property
    def by_code(self) -> Mapping[str, RowFigures]:
        """The rows by code, of several with one code the last."""
        return {row.row.code: row for row in self.rows if row.row.code}

    @cached_property
    def codes(self) -> Mapping[tuple[int, str], list[str]]:
        """The codes by their length and the names of their subjects."""
        found: dict[tuple[int, str], list[str]] = {}
        for code, row in self.by_code.items():
            found.setdefault((len(code), subject_name(compact(row.row.label))), []).append(code)
        return found

    @cached_property
    def official(self) -> list[tuple[str, str]]:
        """The path of each column, and which part of “三公”经费 it is about."""
        return [("／".join(header), _part_of(header)) for header in self.headers]


class Table(Struct, frozen=True):
    """A table with the fund and the side that its name speaks of; ``basic``: 基本支出 by economic subject."""

    scope: Scope
    side: Side
    basic: bool
    lanes: tuple[BoundLane, ...]
    initial: bool | None


class Cells(Struct, frozen=True, gc=False):
    """The cells that a claim is bound to."""

    figures: tuple[Figure, ...] = ()


NO_CELLS = Cells()


class Index(Struct, frozen=True, dict=True):
    """The tables that claims are bound to."""

    tables: tuple[Table, ...]
    budget: bool

    def cells(self, subject: Subject, measure: Measure) -> Cells:
        """The cells that state an amount; none where there are none or the words do not decide."""
        scope = subject.scope or "all"
        if measure == "previous":
            return NO_CELLS
        if scope == "official" or subject.core in OFFICIAL:
            return self._official(subject.core, measure)
        if subject.core == "机关运行经费":
            return self._official(subject.core, measure)
        if measure in BUDGETS or scope == "other":
            return NO_CELLS
        if subject.chain:
            return self._chain(subject.chain, scope)
        return Cells(_unique(self._named(subject.core, scope)))

    @cached_property
    def _by_scope(self) -> Mapping[Scope, list[Table]]:
        found: dict[Scope, list[Table]] = {}
        for table in self.tables:
            if not table.basic:
                found.setdefault(table.scope, []).append(table)
        return found

    def _of(self, scope: Scope) -> Sequence[Table]:
        return self._by_scope.get(scope, ())

    # -- subjects with a code

    def _chain(self, chain: tuple[str, ...], scope: Scope) -> Cells:
        found: list[Figure] = []
        scopes: tuple[Scope, ...] = (
            (scope,) if scope in ("general", "fund", "capital") else ("general", "fund", "capital")
        )
        if scope == "all":
            scopes = ("all",)
        places = 0
        for of in scopes:
            here = [figure for table in self._of(of) for figure in _coded(table, chain)]
            if here:
                places += 1
                found.extend(here)
        if places > 1:
            return NO_CELLS
        if len(chain) == 1 and scope in ("general", "fiscal", "all"):
            found.extend(self._class_row(chain[0], scope))
        return Cells(_unique(found))

    def _class_row(self, name: str, scope: Scope) -> Iterator[Figure]:
        """The row of a 类 in the two-sided tables."""
        for table in self._of("all" if scope == "all" else "fiscal"):
            if table.side != "both":
                continue
            for lane in table.lanes:
                for row in lane.items.get(subject_name(name), ()):
                    yield from _in_column(lane, row, scope)

    # -- subjects by name

    def _named(self, core: str, scope: Scope) -> Iterator[Figure]:
        if core == "总计":
            yield from self._grand(scope)
        elif core in ("收入", "支出"):
            yield from self._total("income" if core == "收入" else "spending", scope)
        elif core:
            yield from self._labelled(core, scope)
        elif scope in ("fund", "capital"):
            return

    def _grand(self, scope: Scope) -> Iterator[Figure]:
        for table in self._of("fiscal" if scope == "fiscal" else scope):
            if table.side != "both" or scope not in ("all", "fiscal"):
                continue
            for lane in table.lanes:
                for row, label in zip(lane.rows, lane.labels, strict=True):
                    if row.row.role == "total" and label in _GRAND_ROW:
                        yield from _in_column(lane, row, scope)

    def _total(self, side: Literal["income", "spending"], scope: Scope) -> Iterator[Figure]:
        """本年收入合计, 本年支出合计 of a fund, wherever it is stated."""
        if scope == "all":
            for table in self._of("all"):
                if table.side == "both":
                    yield from _year_total(table, side, scope)
                elif table.side == side:
                    yield from _total_cell(table)
            return
        if scope == "fiscal":
            for table in self._of("fiscal"):
                yield from _year_total(table, side, scope)
            if side == "income":
                yield from self._column("财政拨款收入", "income")
                for table in self._of("all"):
                    if table.side == "both":
                        yield from _row_of(table, "财政拨款收入", scope)
            return
        for table in self._of(scope):
            if side == "spending":
                yield from _total_cell(table, of_year=True)
            else:
                yield from _column_cells(table, "本年收入")
        for table in self._of("fiscal"):
            if side == "spending":
                yield from _year_total(table, side, scope)
            else:
                yield from _fund_rows(table, scope)
        if side == "income":
            for table in self._of("all"):
                if table.side == "both":
                    yield from _fund_rows(table, scope)

    def _column(self, name: str, side: Side) -> Iterator[Figure]:
        for table in self._of("all"):
            if table.side == side:
                yield from _column_cells(table, name)

    def _labelled(self, core: str, scope: Scope) -> Iterator[Figure]:
        """A row or a column of that name."""
        if core in ("人员经费", "公用经费"):
            if scope in ("all", "general", "fiscal"):
                for table in self.tables:
                    if table.basic:
                        yield from _row_of(table, core, "all")
                        yield from _column_cells(table, core)
            return
        if core == "基本支出" and scope == "general":
            for table in self.tables:
                if table.basic:
                    yield from _basic_total(table)
        of: Scope = scope
        for table in self._of(of):
            if table.side != "both":
                yield from _column_cells(table, core)
            if table.side == "both" and (core.endswith(("收入", "结余", "分配", "支出")) or "结转" in core):
                yield from _row_of(table, core, scope)
            if scope not in ("all", "fiscal"):
                yield from _coded(table, (core,))
        if core.endswith("支出") and scope in ("all", "general", "fiscal"):
            yield from self._class_row(core, scope)
            if scope == "all":
                for table in self._of("all"):
                    if table.side == "spending":
                        yield from _coded(table, (core,))

    # -- “三公”经费

    def _official(self, core: str, measure: Measure) -> Cells:
        name = core or "三公经费"
        wanted = "预算" if measure in BUDGETS else "决算"
        found: list[Figure] = []
        for table in self.tables:
            if table.scope != "official":
                continue
            if measure == "initial" and table.initial is False:
                continue
            if measure in ("full", "adjusted") and table.initial is not False:
                continue
            found.extend(_official_cells(table, name, None if self.budget else wanted))
        return Cells(_unique(found))


@fact
def tables_of(document: Document) -> tuple[RecognizedTable, ...]:
    """The recognized tables that have lanes."""
    return tuple(table for table in recognized_tables(document) if table.statement.lanes)


def index_of(document: Document, sheets: Mapping[int, Sheet], *, budget: bool) -> Index:
    """The index of a document's tables. ``sheets``: the tables as figures, by statement index.

    Of several tables of one form that have numbers, as where a report goes through the units of a department one by
    one, a claim may mean any: they are left out.
    """
    found = []
    filled = Counter(
        (table.kind, table.form.id)
        for table in tables_of(document)
        if table.statement.index in sheets and _filled(sheets[table.statement.index])
    )
    for table in tables_of(document):
        sheet = sheets.get(table.statement.index)
        if sheet is None or table.kind not in ("final-accounts", "budget"):
            continue
        name = compact(table.form.name)
        if filled[table.kind, table.form.id] > 1:
            continue
        if re.search(r"采购|绩效|购买服务|项目支出|资产|人员", name):
            continue
        lanes = tuple(map(_bound, sheet.lanes))
        found.append(Table(_scope(name), _side(name), "基本支出" in name, lanes, _initial(table.statement)))
    return Index(tuple(found), budget)


def _bound(lane: LaneFigures) -> BoundLane:
    headers = tuple([tuple(map(compact, column.header)) for column in lane.columns])
    return BoundLane(lane.columns, lane.rows, headers, tuple([compact(row.row.label) for row in lane.rows]))


def _filled(sheet: Sheet) -> bool:
    return any(row.printed for lane in sheet.lanes for row in lane.rows)


def _scope(name: str) -> Scope:
    if "三公" in name:
        return "official"
    for scope, word in _FUND_WORDS.items():
        if word in name:
            return scope  # type: ignore[return-value]
    return "fiscal" if "财政拨款" in name else "all"


def _side(name: str) -> Side:
    if _scope(name) not in ("all", "fiscal"):
        return "spending"
    if any(word in name for word in ("收支", "收入支出")):
        return "both"
    return "income" if "收入" in name else "spending"


def _initial(statement: Statement) -> bool | None:
    """Whether its 预算数 is that of the year's beginning; ``None`` where its notes do not say."""
    notes = "".join(note.text.text for note in statement.notes)
    if "年初预算" in notes:
        return True
    return False if "全年预算" in notes or "调整" in notes else None


# --- Cells of a table -------------------------------------------------------------------------------------------------


def _unique(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple({id(figure): figure for figure in figures}.values())


def _total_position(lane: BoundLane, under: str = "") -> int | None:
    if len(lane.columns) == 1:
        return 0
    for place, header in enumerate(lane.headers):
        if under and not any(under in part for part in header):
            continue
        if header and header[-1] in _TOTAL_COLUMN:
            return place
    return lane.total if under else None


def _total_cell(table: Table, *, of_year: bool = False) -> Iterator[Figure]:
    for lane in table.lanes:
        place = lane.total_of_year if of_year else lane.total
        for row in lane.total_rows:
            if place is not None and (figure := row.figures[place]) is not None:
                yield figure


def _column_cells(table: Table, name: str) -> Iterator[Figure]:
    """The total row's cell in the column of a name, or in the total column below that name."""
    wanted = canonical(name)
    for lane in table.lanes:
        places = [
            place
            for place, header in enumerate(lane.names)
            if wanted in header and (header[-1] == wanted or header[-1] in _TOTAL_COLUMN)
        ]
        if len(places) != 1:
            continue
        for row in lane.total_rows:
            figure = row.figures[places[0]]
            if figure is not None:
                yield figure


def _in_column(lane: BoundLane, row: RowFigures, scope: Scope) -> Iterator[Figure]:
    """The row's figure in the column of a fund, or in the total column."""
    word = _FUND_WORDS.get(scope)
    if word is None:
        place = lane.total
    else:
        places = [place for place, header in enumerate(lane.headers) if any(word in part for part in header)]
        place = places[0] if len(places) == 1 else None
    if place is not None and (figure := row.figures[place]) is not None:
        yield figure


def _year_total(table: Table, side: str, scope: Scope) -> Iterator[Figure]:
    if table.side != "both":
        return
    if side == "income" and scope in _FUND_WORDS:
        return
    totals = _YEAR_TOTAL[side]
    found = [
        figure
        for lane in table.lanes
        if not totals.isdisjoint(lane.labels)
        for row, label in zip(lane.rows, lane.labels, strict=True)
        if label in totals
        for figure in _in_column(lane, row, scope)
    ]
    if not found:
        found = list(_balance_total(table, side, scope))
    yield from found


def _balance_total(table: Table, side: str, scope: Scope) -> Iterator[Figure]:
    """收入总计 or 支出总计 where the table knows no other total and nothing is carried over."""
    for lane in table.lanes:
        if any(
            "结转" in label and row.printed and any(f is not None and f.value for f in row.figures)
            for label, row in zip(lane.labels, lane.rows, strict=True)
        ):
            continue
        for label, row in zip(lane.labels, lane.rows, strict=True):
            if label == ("收入总计" if side == "income" else "支出总计"):
                yield from _in_column(lane, row, scope)


def _row_of(table: Table, name: str, scope: Scope) -> Iterator[Figure]:
    """The figure of the row of a name (``人员经费合计`` for 人员经费)."""
    wanted = canonical(name)
    for lane in table.lanes:
        rows = lane.without_code.get(wanted, [])
        if len(rows) != 1:
            rows = [row for row in rows if canonical(compact(row.row.label)) == wanted and row.row.role != "part"][:1]
        for row in rows[:1]:
            yield from _in_column(lane, row, scope)


def _fund_rows(table: Table, scope: Scope) -> Iterator[Figure]:
    """The income from a fund in a two-sided table."""
    word = _FUND_WORDS[scope]
    if table.side != "both":
        return
    for lane in table.lanes[:1]:
        for row, label in zip(lane.rows, lane.labels, strict=True):
            if word in label and "结" not in label:
                yield from _in_column(lane, row, "all")
                break


def _basic_total(table: Table) -> Iterator[Figure]:
    for lane in table.lanes:
        place = lane.total
        rows = [
            row
            for row, label in zip(lane.rows, lane.labels, strict=True)
            if row.row.role == "total" and label in ("合计", "总计", "基本支出合计")
        ]
        for row in rows[:1]:
            if place is not None and (figure := row.figures[place]) is not None:
                yield figure


def _coded(table: Table, chain: tuple[str, ...]) -> Iterator[Figure]:
    """The total-column figure of the subject that a chain of names leads to."""
    if table.side == "both":
        return
    for lane in table.lanes:
        place = lane.total_of_year
        if place is None:
            continue
        found = _rows_of_chain(lane, chain)
        if len(found) == 1 and (figure := found[0].figures[place]) is not None:
            yield figure


def _rows_of_chain(lane: BoundLane, chain: tuple[str, ...]) -> list[RowFigures]:
    """The rows whose code and names lead down the chain; its last name decides, the others tell rows apart."""
    length = (3, 5, 7)[len(chain) - 1] if len(chain) <= 3 else 7
    found = []
    for code in lane.codes.get((length, subject_name(chain[-1])), ()):
        above = [lane.by_code.get(code[:size]) for size in (3, 5, 7)[: len(chain) - 1]]
        matches = sum(
            upper is not None and subject_name(compact(upper.row.label)) == subject_name(name)
            for upper, name in zip(above, chain[:-1], strict=True)
        )
        found.append((matches, lane.by_code[code]))
    if not found:
        return []
    most = max(matches for matches, _ in found)
    best = [row for matches, row in found if matches == most]
    if len(chain) > 1 and most == 0:
        return []
    return best


def _official_cells(table: Table, name: str, wanted: str | None) -> Iterator[Figure]:
    """The figure of a part of “三公”经费 in the columns 预算数 or 决算数, whichever way the table is turned."""
    for lane in table.lanes:
        columns = [
            (place, part)
            for place, (path, part) in enumerate(lane.official)
            if wanted is None or wanted in path or not ("预算" in path or "决算" in path)
        ]
        places = [place for place, part in columns if part == name]
        data = [row for row in lane.rows if row.printed or len(lane.rows) == 1]
        if len(places) == 1 and len(data) >= 1:
            totals = [row for row in data if row.row.role == "total"]
            rows = totals[:1] or (data if len(data) == 1 else [])
            for row in rows:
                if (figure := row.figures[places[0]]) is not None:
                    yield figure
        elif not places and len(columns) == 1:
            for row, label in zip(lane.rows, lane.labels, strict=True):
                if _official_row(label) == name and (figure := row.figures[columns[0][0]]) is not None:
                    yield figure


_PLAIN_TOTAL = ("合计", "小计", "总计", "预算数", "决算数", "金额")


@lru_cache(maxsize=1024)
def _part_of(header: tuple[str, ...]) -> str:
    """Which part of “三公”经费 a column is about."""
    words = [canonical(part) for part in header if not re.fullmatch(r"(?:\d{4}年(?:度)?)?(?:预算数|决算数)", part)]
    text = "／".join(words)
    if "会议费" in text or "培训费" in text:
        return "会议费" if "会议费" in text else "培训费"
    if "机关运行" in text:
        return "机关运行经费"
    last = words[-1] if words else "合计"
    if "公务用车" in text or last in ("购置费", "运行费", "运行维护费"):
        if last in ("购置费", "公务用车购置费"):
            return "公务用车购置费"
        if last in ("运行费", "运行维护费", "公务用车运行费"):
            return "公务用车运行费"
        return "公务用车购置及运行费"
    for word, part in (("因公出国", "因公出国（境）费"), ("公务接待", "公务接待费")):
        if word in text:
            return part
    return "三公经费" if last in _PLAIN_TOTAL or "三公" in last else ""


@lru_cache(maxsize=1024)
def _official_row(label: str) -> str:
    """Which part of “三公”经费 a row is about."""
    if re.fullmatch(r"合计|三公经费(?:支出)?(?:合计)?|一、三公经费支出", label):
        return "三公经费"
    label = re.sub(r"^(?:其中：)?(?:[（(]?\d[）)]?[.、]?)?", "", label)
    return canonical(label)
