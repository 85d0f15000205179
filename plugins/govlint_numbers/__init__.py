"""The numbers pack (数字): every figure of tables and prose against the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from govlint import Document, Entry, Rule, Summary, coverage, coverage_line, hookimpl, rules_in


@hookimpl
def govlint_rules() -> Iterable[Rule]:
    """The rules of this pack."""
    return rules_in(__name__)


@hookimpl
def govlint_ledger(document: Document) -> Iterable[Entry]:
    """What became of each number of the prose."""
    from govlint_numbers._ledger import ledger

    return ledger(document)


@hookimpl
def govlint_summary(document: Document, ran: Collection[str]) -> Iterable[Summary]:
    """How many numbers of the prose were verified, where a rule of this pack ran."""
    if not any(rule.startswith("numbers/") for rule in ran):
        return ()
    from govlint_numbers._ledger import statuses

    counts = coverage(statuses(document))
    return (Summary(coverage_line(counts), coverage_line(counts, english=True)),) if any(counts.values()) else ()
