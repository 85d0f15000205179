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
from govlint_numbers._relations import Origin, Relation, judge
from govlint_numbers._tables import RULE, Found, Sheet, all_judged, sum_of


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
        relations = _across_lanes(table, formula, lane, target, places)
        if relations is None:
            yield Unevaluated(formula, Wording("各行不在同一栏组", "the rows stand in different parts of the table"))
            return
    else:
        relations = list(_down_columns(table, formula, lane, target, [(sign, row) for sign, (_, row) in places]))
    row = table.lanes[lane].rows[target].row
    contains_itself = any(number == formula.target for _, number in formula.terms)
    judged = all_judged(relations)
    broken = [one.relation for one in judged if one.verdict.violated]
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
    found.extend_judged(judged)


def _down_columns(
    table: Sheet, formula: Formula, lane: int, target: int, terms: Sequence[tuple[int, int]], *, zeros: bool = False
) -> Iterator[Relation]:
    rows = table.lanes[lane].rows
    origin = _origin(table, formula)
    signs = [sign for sign, _ in terms]
    for place, figure in enumerate(rows[target].figures):
        figures = [rows[row].figures[place] for _, row in terms]
        relation = sum_of(figure, figures, origin, signs=signs, zeros=zeros)
        if relation is not None:
            yield relation


def _across_lanes(
    table: Sheet, formula: Formula, lane: int, target: int, places: Sequence[tuple[int, tuple[int, int]]]
) -> list[Relation] | None:
    """A sum over rows of several lanes, each of which has one value column; ``None`` where one has more."""
    if any(len(table.lanes[number].columns) != 1 for number in {lane, *(number for _, (number, _) in places)}):
        return None
    figures = [table.lanes[number].rows[row].figures[0] for _, (number, row) in places]
    signs = [sign for sign, _ in places]
    target_figure = table.lanes[lane].rows[target].figures[0]
    relation = sum_of(target_figure, figures, _origin(table, formula), signs=signs)
    return [relation] if relation else []


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
        relations = list(_down_columns(table, formula, lane, candidate, terms, zeros=True))
        telling = [relation for relation in relations if relation.target.value]
        if telling and not any(judge(relation).violated for relation in relations):
            fitting.append((candidate, relations))
    if not fitting:
        return None
    last = max(within)
    # 合计 and 总计 often print the same amount: the note means the first total below its rows.
    candidate, relations = min(fitting, key=lambda entry: (entry[0] < last, abs(entry[0] - last)))
    found.extend(relations)
    instead = rows[candidate].row
    return NoteFault(formula, "other-row", rows[target].row.label, instead.line, instead.label, relations[0].target)


# --- Columns ----------------------------------------------------------------------------------------------------------


def _of_columns(table: Sheet, formula: Formula, structure: Found, found: Found) -> Iterator[NoteFault | Unevaluated]:
    numbers = (formula.target, *(number for _, number in formula.terms))
    missing = [number for number in numbers if number not in table.numbered_columns]
    if missing:
        listed = "、".join(map(str, missing[:5]))
        yield Unevaluated(formula, Wording(f"表中没有栏次 {listed}", f"the table has no column {listed}"))
        return
    lane, target = table.numbered_columns[formula.target]
    signs = [sign for sign, _ in formula.terms]
    places = [table.numbered_columns[number] for _, number in formula.terms]
    if any(of_lane != lane for of_lane, _ in places):
        yield Unevaluated(formula, Wording("各栏不在同一栏组", "the columns stand in different parts of the table"))
        return
    if any(number == formula.target for _, number in formula.terms):
        yield NoteFault(formula, "contains-itself", table.lanes[lane].columns[target].name)
        return
    origin = _origin(table, formula)
    judged = all_judged(
        sum_of(row.figures[target], [row.figures[place] for _, place in places], origin, signs=signs)
        for row in table.lanes[lane].rows
    )
    broken = [one.relation for one in judged if one.verdict.violated]
    if broken and (len(broken) == len(judged) > 1 or _outdone(broken, structure, "columns")):
        name = table.lanes[lane].columns[target].name
        yield NoteFault(formula, "other-year", name, figure=broken[0].target)
        return
    found.extend_judged(judged)


def _outdone(broken: Sequence[Relation], structure: Found, pattern: str) -> bool:
    """Whether the table's own structure, read the same way, makes each target of the broken relations a sum that holds."""
    holding = {
        id(relation.target)
        for relation, verdict in structure.judged()
        if relation.origin.family.startswith(pattern) and not verdict.violated
    }
    return all(id(relation.target) in holding for relation in broken)
