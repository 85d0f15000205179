"""Relations of the prose: its numbers against the tables, against each other, and what its words say of them."""

from __future__ import annotations

import re

from govlint import Document, body
from govlint_numbers._amounts import Amounts, bare_name, is_project
from govlint_numbers._binding import Cells, Index
from govlint_numbers._claims import Item, Reading
from govlint_numbers._figures import Figure
from govlint_numbers._prose import CALCULATED, CLAIM_MISMATCH, ELSEWHERE, PERCENTAGE, TABLES, Fault, Prose
from govlint_numbers._prose_rates import rates_of
from govlint_numbers._prose_sums import sums
from govlint_numbers._relations import Origin, Relation, judge
from govlint_numbers._subjects import NAMES, Measure, compact


def prose_relations(document: Document, reading: Reading, index: Index) -> Prose:
    """Tie the claims of the prose to the tables and to each other."""
    own = body(document)
    prose, amounts = Prose(reading), Amounts(reading, index, compact(own.name) if own else "")
    for item in amounts.items:  # with cells first, so that a finding speaks of the table
        if item.amounts:
            _against_tables(prose, amounts, item)
    _missing_units(prose)
    _same_elsewhere(prose, amounts)
    for item in amounts.items:
        rates_of(prose, amounts, item)
    sums(prose, amounts)
    _overspent(prose, amounts)
    _rates_of_counts(prose)
    return prose


def _against_tables(prose: Prose, amounts: Amounts, item: Item) -> None:
    stated = [*item.amounts.items(), *item.repeated]
    for measure, figure in stated:
        cells = amounts.cells_of(item, measure) if item.explicit and item.subject.named else Cells()
        if cells.figures:
            prose.cells[id(figure)] = cells
        for cell in cells.figures:
            prose.add("same", CLAIM_MISMATCH, figure, [cell], TABLES)
        first = item.amounts[measure]
        if not cells.figures and figure is not first and item.subject.chain:
            prose.add("same", CLAIM_MISMATCH, figure, [first], ELSEWHERE, sure=False)
        elif not cells.figures and figure is not first and figure.value == first.value:
            prose.evidence.append(Relation("same", figure, (first,), Origin(CLAIM_MISMATCH, ELSEWHERE, sure=False)))


def _missing_units(prose: Prose) -> None:
    """Numbers without unit, where what they count is certain."""
    if not prose.reading.missing:
        return
    checked = {id(claim.figure): claim for claim in prose.reading.claims}
    for missing in prose.reading.missing:
        claim = checked.get(id(missing.figure))
        if claim is not None and claim.role != "other":
            prose.missing.append(missing)


def _same_elsewhere(prose: Prose, amounts: Amounts) -> None:
    """One project, or one thing of a name, with one amount in two places."""
    known: dict[tuple[str, str, str, Measure], Figure] = {}
    projects = {bare_name(item.subject.core) for item in amounts.items if is_project(item)}
    for item in amounts.items:
        if not item.amounts or item.subject.chain:
            continue
        name = bare_name(item.subject.core)
        if len(name) < 4 or _ANY_AMOUNT.fullmatch(name):
            continue
        if item.parent is None and _OF_ANYTHING.match(name):
            continue
        for measure, figure in item.amounts.items():
            if id(figure) in prose.cells or figure.unit is None or figure.unit.kind != "money":
                continue
            parent = item.parent.subject.core if item.parent is not None and name not in projects else ""
            fund = item.scope if item.scope in ("fund", "capital") or name in NAMES else ""
            key = name, parent, fund, measure
            earlier = known.setdefault(key, figure)
            if earlier is not figure:
                prose.add("same", CLAIM_MISMATCH, figure, [earlier], ELSEWHERE, sure=False)


def _overspent(prose: Prose, amounts: Amounts) -> None:
    """More spent than 全年预算, which is the budget after all changes: told once, with the totals that show it, too."""
    over = [item for item in amounts.items if "full" in item.amounts and _exceeds(item, "full")]
    if over:
        totals = [
            item
            for item in amounts.items
            if "budget" in item.amounts and item.section == "other" and item not in over and _exceeds(item, "budget")
        ]
        figures = [figure for item in (*over, *totals) for figure in _spent_and_budget(item)]
        place = over[0].name.without_number() if over[0].name is not None else None
        prose.faults.append(Fault("over", figures[0], tuple(figures[1:]), place=place))


def _rates_of_counts(prose: Prose) -> None:
    """``计划856台，配发908台，配发率为106%``: evidence only."""
    for claim in prose.reading.claims:
        item = claim.item
        if claim.role != "other" or item is None or len(item.counts) != 2 or not item.shares:
            continue
        planned, done = item.counts
        if planned.unit != done.unit:
            continue
        relation = Relation("share", claim.figure, (done, planned), Origin(PERCENTAGE, CALCULATED))
        if not judge(relation).violated:
            prose.evidence.append(relation)


def _exceeds(item: Item, measure: Measure) -> bool:
    spent, budget = item.amounts.get("current"), item.amounts.get(measure)
    return spent is not None and budget is not None and spent.value - spent.half > budget.value + budget.half


def _spent_and_budget(item: Item) -> tuple[Figure, ...]:
    budget = item.amounts.get("full") or item.amounts.get("budget")
    return item.amounts["current"], *((budget,) if budget is not None else ())


_OF_ANYTHING = re.compile(r"工资福利|(?:一般)?商品和服务|对个人和家庭|(?:其他)?资本性")
"""Economic classes: 基本支出 has an amount of each, every project has one, and so has their sum."""

_ANY_AMOUNT = re.compile(
    r"(?:[*＊]+|共计|合计|共|总共|累计|实际|涉及|所需|使用|安排|投入|支付|发放|支出|收入|金额|总额|资金|经费|费用)+"
)
"""Words that name no thing of their own: 共计支出, 涉及资金."""
