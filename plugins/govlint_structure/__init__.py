"""The structure pack (结构): headings, contents, numbering, names and years of the report itself, for every kind of report."""

from __future__ import annotations

from collections.abc import Iterable

from govlint import Rule, hookimpl, rules_in


@hookimpl
def govlint_rules() -> Iterable[Rule]:
    """The rules of this pack."""
    return rules_in(__name__)
