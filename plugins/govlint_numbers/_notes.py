"""Formula notes (表注公式) under tables, evaluated as they are written: ``27行=（1+2+…+8）行``, ``1栏各行=（2+3）栏各行``.

A note can be wrong itself: it may name another row than the one that holds the total, or belong to the form of another
year. Then the table's figures are not to blame, and what is wrong is said of the note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from govlint import Formula, formulas
from govlint_numbers._figures import Figure, Wording
from govlint_numbers._relations import Judged, Origin, Relation
from govlint_numbers._tables import RULE, Found, Sheet, broken_of, sum_of


class NoteFault(Struct, frozen=True):
    """A formula note that is wrong: how, and the number of the row that it should name where that is clear.

    ``other-row``: the total stands in row ``instead``; ``contains-itself``: the target is one of its own terms and no
    other row fits; ``other-year``: its arithmetic fails in every row although it can be evaluated.
    """

    formula: Formula
    kind: Literal["other-row", "contains-itself", "other-year"]
    target_label: str = ""
    instead: int | None = None
    instead_label: str = ""
    figure: Figure | None = None


class Unevaluated(Struct, frozen=True):
    """A formula note that could not be evaluated, and why."""

    formula: Formula
    reason: Wording


def note_relations(table: Sheet, structure: Found, found: Found) -> Iterator[NoteFault | Unevaluated]:
    """Find the relations that the notes of a table state; what is wrong with notes, and which say nothing.

    ``structure`` is what the table's own structure says adds up.
    """
    for formula in formulas(table.statement):
        if not formula.terms:
            yield Unevaluated(formula, Wording("公式不能识别", "the formula is not understood"))
        elif formula.axis == "row":
            yield from _of_rows(table, formula, structure, found)
        else:
            yield from _of_columns(table, formula, structure, found)


def _origin(table: Sheet, formula: Formula) -> Origin:
    printed = "".join(formula.text.text.split())
    return Origin(
        RULE,
        Wording(f"表注“{printed}”", f"the note “{printed}”"),
        formula.text,
        family=f"note {table.statement.index} {formula.text.whole.start}",
    )


# --- Rows -------------------------------------------------------------------------------------------------------------


def _of_rows(table: Sheet, formula: Formula, structure: Found, found: Found) -> Iterator[NoteFault | Unevaluated]:
    missing = [
        number for number in (formula.target, *(number for _, number in formula.terms)) if number not in table.lines
    ]
    if missing:
        numbers = "、".join(map(str, missing[:5]))
        yield Unevaluated(formula, Wording(f"表中没有行次 {numbers}", f"the table has no row {numbers}"))
        return
    lane, target = table.lines[formula.target]
    places = [(sign, table.lines[number]) for sign, number in formula.terms]
    if any(of_lane != lane for _, (of_lane, _) in places):
        judged = _across_lanes(table, formula, lane, target, places)
        if judged is None:
            yield Unevaluated(formula, Wording("各行不在同一栏组", "the rows stand in different parts of the table"))
            return
    else:
        judged = _down_columns(table, formula, lane, target, [(sign, row) for sign, (_, row) in places])
    row = table.lanes[lane].rows[target].row
    contains_itself = any(number == formula.target for _, number in formula.terms)
    broken = [one.relation for one in broken_of(judged)]
    if contains_itself or (row.role != "total" and broken and not table.lanes[lane].rows[target].printed):
        fault = _other_row(table, formula, lane, target, found)
        if fault is not None:
            yield fault
            return
        if contains_itself:
            yield NoteFault(formula, "contains-itself", row.label)
            return
    if broken and _outdone(broken, structure, "rows"):
        yield NoteFault(formula, "other-year", row.label, figure=broken[0].target)
        return
    found.extend(judged)


def _down_columns(
    table: Sheet, formula: Formula, lane: int, target: int, terms: Sequence[tuple[int, int]], *, zeros: bool = False
) -> list[Judged]:
    rows = table.lanes[lane].rows
    origin, signs = _origin(table, formula), _signs(formula)
    columns = zip(*[rows[row].figures for _, row in terms], strict=True)
    sums = [
        sum_of(figure, figures, origin, signs=signs, zeros=zeros)
        for figure, figures in zip(rows[target].figures, columns, strict=True)
    ]
    return list(filter(None, sums))


def _signs(formula: Formula) -> tuple[int, ...]:
    """The signs of a formula's terms; none where all are plus."""
    signs = tuple([sign for sign, _ in formula.terms])
    return signs if -1 in signs else ()


def _across_lanes(
    table: Sheet, formula: Formula, lane: int, target: int, places: Sequence[tuple[int, tuple[int, int]]]
) -> list[Judged] | None:
    """A sum over rows of several lanes, each of which has one value column; ``None`` where one has more."""
    if any(len(table.lanes[number].columns) != 1 for number in {lane, *(number for _, (number, _) in places)}):
        return None
    figures = [table.lanes[number].rows[row].figures[0] for _, (number, row) in places]
    target_figure = table.lanes[lane].rows[target].figures[0]
    one = sum_of(target_figure, figures, _origin(table, formula), signs=_signs(formula))
    return [one] if one else []


def _other_row(table: Sheet, formula: Formula, lane: int, target: int, found: Found) -> NoteFault | None:
    """The total row that the note must mean, if its sum stands in exactly one; its relations are then kept."""
    rows = table.lanes[lane].rows
    terms = [(sign, table.lines[number][1]) for sign, number in formula.terms]
    within = {row for _, row in terms}
    fitting = []
    for candidate, of_candidate in enumerate(rows):
        row = of_candidate.row
        if row.role != "total" or row.line is None or candidate in within or candidate == target:
            continue
        judged = _down_columns(table, formula, lane, candidate, terms, zeros=True)
        telling = [one for one in judged if one.relation.target.value]
        if telling and not broken_of(judged):
            fitting.append((candidate, judged))
    if not fitting:
        return None
    last = max(within)
    # 合计 and 总计 often print the same amount: the note means the first total below its rows.
    candidate, judged = min(fitting, key=lambda entry: (entry[0] < last, abs(entry[0] - last)))
    found.extend(judged)
    instead, figure = rows[candidate].row, judged[0].relation.target
    return NoteFault(formula, "other-row", rows[target].row.label, instead.line, instead.label, figure)


# --- Columns ----------------------------------------------------------------------------------------------------------


def _of_columns(table: Sheet, formula: Formula, structure: Found, found: Found) -> Iterator[NoteFault | Unevaluated]:
    numbers = (formula.target, *(number for _, number in formula.terms))
    missing = [number for number in numbers if number not in table.numbered_columns]
    if missing:
        listed = "、".join(map(str, missing[:5]))
        yield Unevaluated(formula, Wording(f"表中没有栏次 {listed}", f"the table has no column {listed}"))
        return
    lane, target = table.numbered_columns[formula.target]
    places = [table.numbered_columns[number] for _, number in formula.terms]
    if any(of_lane != lane for of_lane, _ in places):
        yield Unevaluated(formula, Wording("各栏不在同一栏组", "the columns stand in different parts of the table"))
        return
    if any(number == formula.target for _, number in formula.terms):
        yield NoteFault(formula, "contains-itself", table.lanes[lane].columns[target].name)
        return
    origin, signs = _origin(table, formula), _signs(formula)
    sums = [
        sum_of(row.figures[target], [row.figures[place] for _, place in places], origin, signs=signs)
        for row in table.lanes[lane].rows
        if row.printed
    ]
    judged = list(filter(None, sums))
    broken = [one.relation for one in broken_of(judged)]
    if broken and (len(broken) == len(judged) > 1 or _outdone(broken, structure, "columns")):
        name = table.lanes[lane].columns[target].name
        yield NoteFault(formula, "other-year", name, figure=broken[0].target)
        return
    found.extend(judged)


def _outdone(broken: Sequence[Relation], structure: Found, pattern: str) -> bool:
    """Whether the table's own structure, read the same way, makes each target of the broken relations a sum that holds."""
    holding = {
        id(relation.target)
        for relation, verdict in structure.judged()
        if relation.origin.family.startswith(pattern) and not verdict.violated
    }
    return all(id(relation.target) in holding for relation in broken)
