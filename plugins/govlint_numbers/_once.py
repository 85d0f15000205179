"""Causes that have one cause themselves: a table that is all wrong, or that was taken from elsewhere, is told of once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from msgspec import Struct

from govlint import Statement
from govlint_numbers import _findings as wording
from govlint_numbers._causes import Cause
from govlint_numbers._figures import CellPlace
from govlint_numbers._findings import Reported
from govlint_numbers._relations import Judged, Relation

PROSE = -1
"""Stands for the text among the tables, which go by their statement's index."""


def told_once(found: Sequence[Cause], judged: Sequence[Judged]) -> Iterator[Reported]:
    """The findings of the causes, those that belong together as one.

    A table that is at odds with most of what other tables and the text say of it is one finding; so is one inside
    which a third of all sums fail, and so are three disagreements between two tables, or two of one amount (a subject
    and the total above it).
    """
    statements = _statements(found)
    ties = cache(partial(_ties, judged))  # few causes ask for them
    left = list(found)
    while (group := _of_one_table(left, ties)) is not None:
        table, causes = group
        parties = {party for cause in causes for relation, _ in cause.broken for party in _parties(relation)} - {table}
        others = [statements[party] for party in sorted(parties - {PROSE})]
        yield _together(causes, statements[table], others, text=PROSE in parties)
        told = {id(cause) for cause in causes}
        left = [cause for cause in left if id(cause) not in told]
    within: dict[int, list[Cause]] = {}
    between: dict[tuple[int, int], list[Cause]] = {}
    for cause in left:
        tied = {_parties(relation) for relation, _ in cause.broken}
        tables = sorted(next(iter(tied))) if len(tied) == 1 else []
        if PROSE not in tables and len(tables) == 1:
            within.setdefault(tables[0], []).append(cause)
        elif PROSE not in tables and len(tables) == 2:
            between.setdefault((tables[0], tables[1]), []).append(cause)
        else:
            yield wording.of_cause(cause)
    for table, causes in within.items():
        if len(causes) > 3 and _in_disorder(ties()[table]):
            yield Reported(wording.TABLE_SUM, wording.of_disorder([(one, wording.of_cause(one)) for one in causes]))
        else:
            yield from map(wording.of_cause, causes)
    for pair, causes in between.items():
        yield from _between_two(causes, [statements[table] for table in pair])


def _statements(found: Iterable[Cause]) -> Mapping[int, Statement]:
    return {
        figure.place.statement.index: figure.place.statement
        for cause in found
        for relation, _ in cause.broken
        for figure in relation.figures()
        if isinstance(figure.place, CellPlace)
    }


def _parties(relation: Relation) -> frozenset[int]:
    """The tables, and the text, that a relation ties together."""
    places = [figure.place for figure in relation.figures() if figure.kind != "constant"]
    return frozenset([place.statement.index if isinstance(place, CellPlace) else PROSE for place in places])


class _Ties(Struct, frozen=True):
    """How many relations there are inside a table and between it and others, and how many of each are broken.

    That a part is not more than the whole says little, so between tables it only counts where it fails.
    """

    inside: int
    broken_inside: int
    outside: int
    broken_outside: int


def _ties(judged: Sequence[Judged]) -> Mapping[int, _Ties]:
    """What ties each table to itself and to others."""
    counts: dict[int, list[int]] = {}
    for relation, verdict in judged:
        parties = _parties(relation)
        outside = len(parties) > 1
        if outside and relation.kind == "part" and not verdict.violated:
            continue
        for table in parties:
            count = counts.setdefault(table, [0, 0, 0, 0])
            count[2 * outside] += 1
            count[2 * outside + 1] += verdict.violated
    return {table: _Ties(*count) for table, count in counts.items()}


_FEWEST = 3


def _of_one_table(left: Sequence[Cause], ties: Callable[[], Mapping[int, _Ties]]) -> tuple[int, list[Cause]] | None:
    """The table that most of several causes have in common, if it adds up in itself and is at odds with all around it.

    Each of the causes lies between that table and something else, which are several: other tables, or the text.
    """
    concerned: dict[int, list[Cause]] = {}
    partners: dict[int, set[int]] = {}
    for cause in left:
        parties = [_parties(relation) for relation, _ in cause.broken]
        if all(len(tied) > 1 for tied in parties):
            for table in frozenset.intersection(*parties) - {PROSE}:
                concerned.setdefault(table, []).append(cause)
                partners.setdefault(table, set()).update(*parties)
    for table in sorted(concerned, key=lambda table: (-len(partners[table]), -len(concerned[table]), table)):
        others, causes = partners[table] - {table}, concerned[table]
        several = len(others) > 1 or (others == {PROSE} and len(causes) > _FEWEST)
        if several and len(causes) >= _FEWEST and _at_odds(ties()[table]):
            return table, causes
    return None


def _at_odds(ties: _Ties) -> bool:
    """Whether a table adds up in itself, and half of what ties it to others fails."""
    return not ties.broken_inside and 2 * ties.broken_outside >= ties.outside


def _between_two(found: Sequence[Cause], tables: Sequence[Statement]) -> Iterator[Reported]:
    by_amount: dict[object, list[Cause]] = {}
    for cause in found:
        by_amount.setdefault(None if len(found) > 2 else abs(cause.broken[0].verdict.difference), []).append(cause)
    for group in by_amount.values():
        yield wording.of_cause(group[0]) if len(group) == 1 else _together(group, None, tables)


def _together(
    found: Sequence[Cause], table: Statement | None, others: Sequence[Statement], *, text: bool = False
) -> Reported:
    told = [(cause, wording.of_cause(cause)) for cause in found]
    rules = Counter(reported.rule for _, reported in told)
    rule = wording.TABLE_IDENTITY if others else rules.most_common(1)[0][0]
    return Reported(rule, wording.of_tables([(cause, one.finding) for cause, one in told], table, others, text=text))


def _in_disorder(ties: _Ties) -> bool:
    """Whether more than a third of the relations inside a table, and at least six, are broken."""
    return ties.broken_inside > 5 and ties.broken_inside * 3 > ties.inside
