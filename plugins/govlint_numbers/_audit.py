"""The audit (核对) of a document: from printed figures to findings, in five steps that :func:`audit` shows in order.

1. Every value of every table is a figure (:mod:`._figures`).
2. Figures are tied by relations: what a table's notes (:mod:`._notes`) and structure (:mod:`._tables`) say adds up, and
   what must hold between tables (:mod:`._identities`); what the sentences claim (:mod:`._reading`, :mod:`._binding`,
   :mod:`._prose_relations`).
3. Each relation is judged by interval arithmetic (:mod:`._relations`).
4. For broken relations a cause is sought, so that one wrong figure is one finding (:mod:`._blame`, by the suspects of
   :mod:`._graph`, displaced values and slips of the pen); causes of one table are taken together (:mod:`._once`).
5. Causes, rounding tails and wrong notes become findings (:mod:`._findings`), which the rules of this pack hand on.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from govlint import (
    Document,
    Finding,
    RecognizedTable,
    Statement,
    Unit,
    fact,
    forms,
    period,
    read_unit,
    recognized_tables,
    report_kind,
    statements,
)
from govlint_numbers import _findings as wording
from govlint_numbers._binding import index_of
from govlint_numbers._causes import Cause
from govlint_numbers._figures import value_of
from govlint_numbers._findings import Reported
from govlint_numbers._identities import Unmet, View, identity_relations
from govlint_numbers._notes import NoteFault, Unevaluated, note_relations
from govlint_numbers._prose import CLAIM_MISMATCH, Prose
from govlint_numbers._prose_findings import told_by_words
from govlint_numbers._prose_relations import prose_relations
from govlint_numbers._reading import read_claims
from govlint_numbers._relations import VIOLATED, Judged, VerdictKind, judge
from govlint_numbers._tables import Found, Sheet, sheet, table_relations
from govlint_numbers._two_ways import around, two_ways


class Audit(Struct, frozen=True):
    """What auditing a document came to.

    ``judged`` are all relations with their verdicts, ``reported`` the findings by rule, ``notes`` the formula notes and
    ``unmet`` the identities that could not be evaluated. ``sheets`` are the tables as figures, by statement index,
    ``causes`` why relations are broken.
    """

    judged: tuple[Judged, ...]
    reported: tuple[Reported, ...]
    notes: tuple[Unevaluated, ...]
    unmet: tuple[Unmet, ...]
    sheets: Mapping[int, Sheet]
    causes: tuple[Cause, ...] = ()

    def findings(self, rule: str) -> Iterator[Finding]:
        """The findings of a rule (``table-sum``)."""
        return (finding for of_rule, finding in self.reported if of_rule == rule)


@fact
def audit(document: Document) -> Audit:
    """Audit the figures of a document."""
    tables, prose = table_audit(document), prose_audit(document)
    judged = [*tables.judged, *[Judged(relation, judge(relation)) for relation in prose.relations]]
    of_kind: dict[VerdictKind, list[Judged]] = {}
    for one in judged:
        if one.verdict.kind != "agrees":
            of_kind.setdefault(one.verdict.kind, []).append(one)
    if "zero-base" in of_kind:
        judged = [one for one in judged if one.verdict.kind != "zero-base"]
    found, told = ([], []) if VIOLATED.isdisjoint(of_kind) else _explained(judged)
    wrong = {id(figure) for cause in found for figure in (cause.figure, cause.other)}
    zero_base = [one for one in of_kind.get("zero-base", ()) if wrong.isdisjoint(map(id, one.relation.figures()))]
    reported = [
        *told_by_words(prose, zero_base),
        *(Reported(wording.FORMULA_NOTE, wording.of_note(fault)) for fault in tables.faults),
        *told,
        *_two_ways(of_kind.get("last-digit", ()), judged, {id(cause.figure) for cause in found}),
        *(_tails(of_kind["tail"]) if "tail" in of_kind and not mentions_rounding(document) else ()),
    ]
    return Audit((*judged, *zero_base), tuple(reported), tables.notes, tables.unmet, tables.sheets, tuple(found))


def _explained(judged: Sequence[Judged]) -> tuple[list[Cause], list[Reported]]:
    """Why relations are broken, and the findings that tell of it."""
    # Most of what a report says is right: what seeks causes is imported for those in which something is not.
    from govlint_numbers._blame import causes
    from govlint_numbers._once import told_once

    found = causes(judged)
    return found, list(told_once(found, judged))


# --- Relations of tables ----------------------------------------------------------------------------------------------


class TableAudit(Struct, frozen=True):
    """The tables of a document as figures, with the relations found in and between them, and their verdicts."""

    sheets: Mapping[int, Sheet]
    judged: tuple[Judged, ...]
    faults: tuple[NoteFault, ...]
    notes: tuple[Unevaluated, ...]
    unmet: tuple[Unmet, ...]


@fact
def table_audit(document: Document) -> TableAudit:
    """The relations of a document's tables."""
    recognized = recognized_tables(document)
    by_statement = {table.statement.index: table for table in recognized}
    units, default = _units_of_forms(recognized), _only_unit(document)
    sheets: dict[int, Sheet] = {}
    found = Found()
    faults: list[NoteFault] = []
    notes: list[Unevaluated] = []
    for statement in statements(document):
        if not statement.numeric:
            continue
        table = sheets[statement.index] = sheet(statement, units.get(statement.index), default)
        for note in _relations_in(table, statement.index in by_statement, found):
            (faults if isinstance(note, NoteFault) else notes).append(note)  # type: ignore[arg-type]
    unmet: list[Unmet] = []
    year = period(document)
    for kind in dict.fromkeys(table.kind for table in recognized):
        of_kind = [form for form in forms(document) if form.kind == kind]
        views = _views(kind, recognized, sheets, default)
        for told in identity_relations(of_kind, views, year.year if year else None):
            if isinstance(told, Unmet):
                unmet.append(told)
            else:
                found.add(told)
    return TableAudit(sheets, tuple(found.judged()), tuple(faults), tuple(notes), tuple(unmet))


def _units_of_forms(recognized: Iterable[RecognizedTable]) -> dict[int, Unit]:
    """What the values of a statement count, where the form says so."""
    named = ((table.statement.index, read_unit(table.form.unit)) for table in recognized if table.form.unit)
    return {index: unit for index, unit in named if unit is not None}


def _only_unit(document: Document) -> Unit | None:
    """The unit of the report's amounts, if its tables print only one: that of tables that print none."""
    printed = {statement.unit for statement in statements(document)} - {None}
    return printed.pop() if len(printed) == 1 else None


def _relations_in(table: Sheet, known: bool, found: Found) -> Iterator[NoteFault | Unevaluated]:
    """The relations inside a table: those that its notes state, and those of its structure that no note states."""
    structure = Found()
    table_relations(table, known, structure)
    yield from note_relations(table, structure, found)
    found.add_all(structure)


def _views(
    kind: str, recognized: Sequence[RecognizedTable], sheets: Mapping[int, Sheet], default: Unit | None
) -> dict[str, View]:
    """The recognized tables of a kind by id; of two with one id the one that has numbers, and none if both have.

    A table whose unit is not known is left out, unless no table prints any.
    """
    candidates: dict[str, list[RecognizedTable]] = {}
    for table in recognized:
        if table.kind == kind and table.statement.index in sheets:
            candidates.setdefault(table.form.id, []).append(table)
    units = default is not None or any(table.statement.unit is not None for table in recognized)
    views = {}
    for id_, tables in candidates.items():
        filled = [table for table in tables if len(tables) == 1 or _filled(table.statement)]
        if len(filled) != 1:
            continue
        statement, form = filled[0].statement, filled[0].form
        if not units or default is not None or form.unit or _has_unit(statement):
            views[id_] = View(form, sheets[statement.index], _unit_printed(statement))
    return views


def _has_unit(statement: Statement) -> bool:
    columns = [column for lane in statement.lanes for column in lane.value_columns]
    return statement.unit is not None or all(column.unit is not None for column in columns)


def _unit_printed(statement: Statement) -> bool:
    """Whether a table says what its amounts are in, in the line above or in a header."""
    if statement.unit_text is not None:
        return True
    columns = [column for lane in statement.lanes for column in lane.value_columns]
    return any(column.unit is not None and column.unit != statement.unit for column in columns)


def _filled(statement: Statement) -> bool:
    return any(value.number is not None for lane in statement.lanes for value in lane.values())


@fact
def prose_audit(document: Document) -> Prose:
    """The relations of a document's sentences, with the tables and among themselves."""
    reading = read_claims(document)
    index = index_of(document, table_audit(document).sheets, budget=report_kind(document) == "budget")
    prose = prose_relations(document, reading, index)
    recognized = recognized_tables(document)
    if any(table.kind == "annual-report" for table in recognized):
        from govlint_numbers._annual import annual_relations

        sheets = table_audit(document).sheets
        prose.relations.extend(annual_relations(reading.claims, recognized, sheets, CLAIM_MISMATCH))
    return prose


# --- From causes to findings ------------------------------------------------------------------------------------------


def _two_ways(unequal: Iterable[Judged], judged: Sequence[Judged], blamed: Container[int]) -> Iterator[Reported]:
    """One finding for each amount that is printed in two ways, wherever it is printed.

    ``unequal`` are the relations that are off by a unit of the last digit, ``blamed`` the figures that are told to be
    wrong.
    """
    amounts: dict[Hashable, list[Judged]] = {}
    for one in unequal:
        figures = one.relation.figures()
        if one.relation.kind == "same" and not any(id(figure) in blamed for figure in figures):
            amounts.setdefault(frozenset(map(value_of, figures)), []).append(one)
    if not amounts:
        return
    beside = around(judged, list(chain.from_iterable(amounts.values())))
    for pairs in amounts.values():
        rules = [relation.origin.rule for relation, _ in pairs if all(f.kind == "cell" for f in relation.figures())]
        rule = wording.TABLE_IDENTITY if wording.TABLE_IDENTITY in rules else (*rules, pairs[0].relation.origin.rule)[0]
        yield Reported(rule, wording.of_two_ways(two_ways(pairs, beside)))


def _tails(tails: Iterable[Judged]) -> Iterator[Reported]:
    """One finding for the rounding tails of each table or sentence."""
    groups: dict[Hashable, list[Judged]] = {}
    for one in tails:
        if one.relation.target.kind != "constant":
            groups.setdefault(one.relation.target.place.group, []).append(one)
    for group in groups.values():
        yield Reported(wording.ROUNDING_TAIL, wording.of_tails(group))


ROUNDING_WORDS = ("四舍五入", "尾差", "尾数", "进位", "舍入")


def mentions_rounding(document: Document) -> bool:
    """Whether the report itself says that its sums may be off by rounding."""
    return any(word in document.source.text for word in ROUNDING_WORDS)
