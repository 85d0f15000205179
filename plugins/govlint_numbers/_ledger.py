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
from govlint_numbers._figures import Wording
from govlint_numbers._findings import TABLE_IDENTITY, TABLE_SUM
from govlint_numbers._prose import Prose
from govlint_numbers._relations import VIOLATED, Judged, Relation, Verdict, arithmetic, judge

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
_OF_TABLES = frozenset({TABLE_SUM, TABLE_IDENTITY})
"""The rules of relations that no number of the prose is in."""
_BOUNDS = frozenset({"direction", "part"})
"""Relations that say only what a number can't be: they prove nothing in its favour."""
_PROVES_NOTHING = _BOUNDS | {"partition", "same"}
"""Relations that no number follows from, even where all the others are verified."""
_OPERANDS = Wording("据以计算的数有误或者互相矛盾", "the numbers that it is computed from are at odds")


def ledger(document: Document) -> list[Entry]:
    """An entry for every quantity of the prose, in the order of the text."""
    found, prose = audit(document), prose_audit(document)
    relations = _relations(found, prose)
    by_figure: dict[int, list[Judged]] = {}
    for one in relations:
        for figure in one.relation.figures():
            by_figure.setdefault(id(figure), []).append(one)
    known = _statuses(prose, relations, _blamed(found, relations))
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
    relations = _relations(found, prose)
    known = _statuses(prose, relations, _blamed(found, relations))
    claims = prose.reading.claims
    told = {id(claim.quantity) for claim in claims}
    left: list[Status] = [
        "unchecked" for quantity in quantities(document) if quantity.counts and id(quantity) not in told
    ]
    return [*[known[id(claim.figure)] for claim in claims], *left]


def _relations(found: Audit, prose: Prose) -> list[Judged]:
    """The relations that numbers of the prose are in, with what was found in their favour only."""
    demanded = [one for one in found.judged if one.relation.origin.rule not in _OF_TABLES]
    return [*demanded, *[Judged(relation, judge(relation)) for relation in prose.evidence]]


def _blamed(found: Audit, relations: Iterable[Judged]) -> set[int]:
    """The figures that are told to be wrong, or may be."""
    blamed = {id(one.relation.target) for one in relations if one.verdict.kind == "zero-base"}
    for cause in found.causes:
        blamed.add(id(cause.figure))
        if cause.other is not None:
            blamed.add(id(cause.other))
    return blamed


_BY_RANK: Sequence[Status] = ("tail", "consistent", "verified", "tail")
"""What the relations of a number say of it, the strongest last: see :func:`_rank`."""


def _rank(relation: Relation, verdict: Verdict) -> int:
    """How strongly a relation that holds tells the status of its numbers, a place in :data:`_BY_RANK`."""
    off = verdict.kind in ("tail", "last-digit")
    if relation.kind == "same" and "cell" in (relation.target.kind, relation.terms[0].kind):
        return 3 if off else 2
    return 0 if off else 1


def _statuses(prose: Prose, relations: Iterable[Judged], blamed: set[int]) -> dict[int, Status]:
    """The statuses by figure: what follows from verified numbers is verified, in as many steps as it takes."""
    statuses: dict[int, Status] = {id(claim.figure): "unchecked" for claim in prose.reading.claims}
    ranks: dict[int, int] = {}
    proofs: dict[int, list[frozenset[int]]] = {}
    for relation, verdict in relations:
        if verdict.kind in VIOLATED or relation.kind in _BOUNDS:
            continue
        rank = _rank(relation, verdict)
        keys = frozenset([id(figure) for figure in relation.figures() if figure.kind == "prose"])
        derives = verdict.kind in ("agrees", "tolerable") and relation.kind not in _PROVES_NOTHING
        for key in keys:
            ranks[key] = max(rank, ranks.get(key, 0))
            if derives:
                proofs.setdefault(key, []).append(keys)
    for key in statuses.keys() & ranks.keys():
        statuses[key] = _BY_RANK[ranks[key]]
    for key in statuses.keys() & blamed:
        statuses[key] = "wrong"
    for pair in prose.unchanged:
        for figure in pair:
            if statuses.get(id(figure)) == "unchecked":
                statuses[id(figure)] = "consistent"
    verified = {key for key, status in statuses.items() if status == "verified"}
    left = [key for key in proofs if statuses.get(key) == "consistent"]
    while left:
        # A number is verified if all others of a relation that derives it are.
        proved = [key for key in left if {key} in [proof - verified for proof in proofs[key]]]
        if not proved:
            break
        verified.update(proved)
        left = [key for key in left if key not in verified]
    return {**statuses, **dict.fromkeys(verified, "verified")}


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
