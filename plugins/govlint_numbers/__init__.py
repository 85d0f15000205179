"""The numbers pack (数字): every figure of tables and prose against the others."""

from __future__ import annotations

from collections.abc import Iterable

from govlint import Rule, hookimpl, rules_in


@hookimpl
def govlint_rules() -> Iterable[Rule]:
    """The rules of this pack."""
    return rules_in(__name__)
