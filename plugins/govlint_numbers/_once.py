"""Causes that have one cause themselves: a table that is all wrong, or that was taken from elsewhere, is told of once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from govlint import Statement
from govlint_numbers import _findings as wording
from govlint_numbers._blame import Cause, Judged
from govlint_numbers._figures import CellPlace
from govlint_numbers._findings import Reported
from govlint_numbers._relations import Relation

PROSE = -1
"""Stands for the text among the tables, which go by their statement's index."""


def told_once(found: Sequence[Cause], judged: Sequence[Judged]) -> Iterator[Reported]:
    """The findings of the causes, those that belong together as one.

    A table that is at odds with most of what other tables and the text say of it is one finding; so is one inside
    which a third of all sums fail, and so are three disagreements between two tables, or two of one amount (a subject
    and the total above it).
    """
    statements = _statements(found)
    left = list(found)
    while (group := _of_one_table(left, judged)) is not None:
        table, causes = group
        parties = {party for cause in causes for relation, _ in cause.broken for party in _parties(relation)} - {table}
        others = [statements[party] for party in sorted(parties - {PROSE})]
        yield _together(causes, statements[table], others, text=PROSE in parties)
        left = [cause for cause in left if cause not in causes]
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
        if len(causes) > 3 and _in_disorder(table, judged):
            told = [(cause, wording.of_cause(cause)) for cause in causes]
            yield Reported(wording.TABLE_SUM, wording.of_disorder(told))
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
    return frozenset(
        figure.place.statement.index if isinstance(figure.place, CellPlace) else PROSE
        for figure in relation.figures()
        if figure.kind != "constant"
    )


_FEWEST = 3


def _of_one_table(left: Sequence[Cause], judged: Sequence[Judged]) -> tuple[int, list[Cause]] | None:
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
        if several and len(causes) >= _FEWEST and _at_odds(table, judged):
            return table, causes
    return None


def _at_odds(table: int, judged: Sequence[Judged]) -> bool:
    """Whether a table adds up in itself, and half of what ties it to others fails.

    That a part is not more than the whole says little, so it only counts where it fails.
    """
    broken = holding = 0
    for relation, verdict in judged:
        parties = _parties(relation)
        if table not in parties:
            continue
        if len(parties) == 1:
            if verdict.violated:
                return False
        elif verdict.violated:
            broken += 1
        elif relation.kind != "part":
            holding += 1
    return broken >= holding


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


def _in_disorder(table: int, judged: Sequence[Judged]) -> bool:
    """Whether more than a third of a table's relations, and at least six, are broken."""
    verdicts = [verdict.violated for relation, verdict in judged if _parties(relation) == {table}]
    return sum(verdicts) > 5 and sum(verdicts) * 3 > len(verdicts)
