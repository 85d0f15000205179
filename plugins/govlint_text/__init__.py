"""The text pack (文字): words, letters and marks of running text, headings and cells."""

from __future__ import annotations

from collections.abc import Iterable

from govlint import Rule, hookimpl, rules_in


@hookimpl
def govlint_rules() -> Iterable[Rule]:
    """The rules of this pack."""
    return rules_in(__name__)
