"""The ledger (数字台账): every number of the prose with its status, the arithmetic and the places.

A number is 相符 if it equals a cell that its words name, or follows from numbers that do; 自洽 if it agrees with other
numbers of the text only. Nothing counts as checked that merely was not found wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from govlint import Document, Entry, Evidence, Related, quantities
from govlint_numbers._audit import Audit, audit, prose_audit
from govlint_numbers._claims import NOT_CHECKED_KIND, Claim
from govlint_numbers._figures import Figure, Wording
from govlint_numbers._findings import TABLE_IDENTITY, TABLE_SUM
from govlint_numbers._prose import Prose
from govlint_numbers._relations import Judged, arithmetic, judge

Status = Literal["verified", "consistent", "tail", "wrong", "unchecked"]

MOST_EVIDENCE = 6
MOST_PLACES = 12

_REASONS: Mapping[str, Wording] = {
    "amount": Wording(
        "表中没有确定对应的栏目，文中也没有可以验算的数", "no cell surely states it, and no other number bears on it"
    ),
    "count": NOT_CHECKED_KIND,
    "share": Wording("占比的分子或分母无法确定", "of what it is a share is not certain"),
    "completion": Wording("所称预算数未列出，或者为 0", "the budget is not given, or is 0"),
    "change": Wording("对比的基数未列出，无法验算", "the amount that it is compared with is not given"),
    "growth": Wording("对比的基数未列出，无法验算", "the amount that it is compared with is not given"),
    "other": NOT_CHECKED_KIND,
}
_OF_TABLES = (TABLE_SUM, TABLE_IDENTITY)
"""The rules of relations that no number of the prose is in."""
_BOUNDS = ("direction", "part")
"""Relations that say only what a number can't be: they prove nothing in its favour."""
_PROVES_NOTHING = (*_BOUNDS, "partition", "same")
"""Relations that no number follows from, even where all the others are verified."""
_OPERANDS = Wording("据以计算的数有误或者互相矛盾", "the numbers that it is computed from are at odds")


def ledger(document: Document) -> list[Entry]:
    """An entry for every quantity of the prose, in the order of the text."""
    found, prose = audit(document), prose_audit(document)
    by_figure = _relations_by_figure(found, prose)
    blamed = _blamed(found)
    known = _statuses(prose, by_figure, blamed)
    unchanged = {id(figure) for pair in prose.unchanged for figure in pair}
    entries = []
    told: set[int] = set()
    for claim in prose.reading.claims:
        told.add(id(claim.quantity))
        entries.append(_entry(claim, known[id(claim.figure)], by_figure, id(claim.figure) in unchanged))
    entries.extend(_left_over(document, told))
    return sorted(entries, key=lambda entry: entry.span)


def statuses(document: Document) -> list[Status]:
    """The status of every quantity of the prose, without the arithmetic that shows why."""
    found, prose = audit(document), prose_audit(document)
    known = _statuses(prose, _relations_by_figure(found, prose), _blamed(found))
    claims = prose.reading.claims
    told = {id(claim.quantity) for claim in claims}
    left: list[Status] = [
        "unchecked" for quantity in quantities(document) if id(quantity) not in told and quantity.counts
    ]
    return [*(known[id(claim.figure)] for claim in claims), *left]


def _relations_by_figure(found: Audit, prose: Prose) -> dict[int, list[Judged]]:
    """The relations that each number of the prose is in, with what was found in its favour only."""
    by_figure: dict[int, list[Judged]] = {}
    evidence = [Judged(relation, judge(relation)) for relation in prose.evidence]
    for one in (*found.judged, *evidence):
        if one.relation.origin.rule in _OF_TABLES:
            continue
        for figure in one.relation.figures():
            if figure.kind == "prose":
                by_figure.setdefault(id(figure), []).append(one)
    return by_figure


def _blamed(found: Audit) -> set[int]:
    """The figures that are told to be wrong, or may be."""
    blamed: set[int] = set()
    for cause in found.causes:
        blamed.add(id(cause.figure))
        if cause.other is not None:
            blamed.add(id(cause.other))
    blamed |= {id(one.relation.target) for one in found.judged if one.verdict.kind == "zero-base"}
    return blamed


def _statuses(prose: Prose, by_figure: Mapping[int, Sequence[Judged]], blamed: set[int]) -> dict[int, Status]:
    """The statuses by figure: what follows from verified numbers is verified, in as many steps as it takes."""
    statuses: dict[int, Status] = {}
    figures = list({id(claim.figure): claim.figure for claim in prose.reading.claims}.values())
    for figure in figures:
        statuses[id(figure)] = _by_itself(figure, by_figure.get(id(figure), ()), blamed)
    for pair in prose.unchanged:
        for figure in pair:
            if statuses.get(id(figure)) == "unchecked":
                statuses[id(figure)] = "consistent"
    left = [
        (id(figure), proofs)
        for figure in figures
        if statuses[id(figure)] == "consistent" and (proofs := _proofs(figure, by_figure.get(id(figure), ())))
    ]
    while left:
        proved = [key for key, proofs in left if any(_holds(proof, statuses) for proof in proofs)]
        if not proved:
            break
        statuses.update(dict.fromkeys(proved, "verified"))
        left = [(key, proofs) for key, proofs in left if statuses[key] == "consistent"]
    return statuses


def _by_itself(figure: Figure, relations: Iterable[Judged], blamed: set[int]) -> Status:
    if id(figure) in blamed:
        return "wrong"
    with_cells: set[str] = set()
    others: set[str] = set()
    for relation, verdict in relations:
        if verdict.violated or relation.kind in _BOUNDS:
            continue
        if relation.kind == "same" and any(other.kind == "cell" for other in relation.figures()):
            with_cells.add(verdict.kind)
        else:
            others.add(verdict.kind)
    if with_cells:
        return "tail" if "last-digit" in with_cells else "verified"
    if not others:
        return "unchecked"
    return "tail" if others <= {"tail", "last-digit"} else "consistent"


def _proofs(figure: Figure, relations: Iterable[Judged]) -> list[list[int]]:
    """The ways in which relations that hold derive the figure: the other numbers of the prose that each needs."""
    return [
        [id(other) for other in relation.figures() if other.kind == "prose" and other is not figure]
        for relation, verdict in relations
        if verdict.kind in ("agrees", "tolerable") and relation.kind not in _PROVES_NOTHING
    ]


def _holds(proof: Iterable[int], statuses: Mapping[int, Status]) -> bool:
    """Whether all that a proof needs is verified."""
    return all(statuses.get(key) == "verified" for key in proof)


def _entry(claim: Claim, status: Status, by_figure: Mapping[int, Sequence[Judged]], unchanged: bool) -> Entry:
    figure = claim.figure
    relations = [
        one for one in by_figure.get(id(figure), ()) if one.relation.kind not in _BOUNDS or one.verdict.violated
    ]
    evidence: list[Evidence] = []
    if status == "wrong":
        chosen = [one for one in relations if one.verdict.violated or one.verdict.kind == "zero-base"] or relations
    else:
        chosen = [one for one in relations if not one.verdict.violated]
    for relation, verdict in chosen[:MOST_EVIDENCE]:
        places = tuple(
            Related(other.span, *other.describe())
            for other in relation.figures()
            if other is not figure and other.span is not None
        )
        evidence.append(Evidence(arithmetic(relation, verdict), places[:MOST_PLACES], not verdict.violated))
    if unchanged and not evidence:
        evidence.append(Evidence("0 = 0"))
    reason = Wording("", "")
    if status == "unchecked":
        evidence = []
        reason = claim.reason or (_OPERANDS if relations else _REASONS[claim.role])
    assert figure.span is not None
    return Entry(
        figure.span,
        f"{figure.printed}{figure.suffix}",
        figure.place.describe().chinese.removeprefix("文中“").removesuffix("”"),
        status,
        tuple(evidence),
        reason.chinese,
        reason.english,
    )


def _left_over(document: Document, told: set[int]) -> Iterator[Entry]:
    """The quantities outside of paragraphs, such as those in cells with sentences: they are not checked."""
    for quantity in quantities(document):
        if id(quantity) not in told and quantity.counts:
            yield Entry(
                quantity.span,
                "".join(quantity.text.text.split()),
                "",
                "unchecked",
                (),
                NOT_CHECKED_KIND.chinese,
                NOT_CHECKED_KIND.english,
            )
