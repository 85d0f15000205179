"""The terms pack (术语): subjects, glossary, names of bodies and levels; the same thing under the same name."""

from __future__ import annotations

from collections.abc import Iterable

from govlint import Rule, hookimpl, rules_in


@hookimpl
def govlint_rules() -> Iterable[Rule]:
    """The rules of this pack."""
    return rules_in(__name__)
