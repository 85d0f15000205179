"""Fixes: what a text becomes when edits are made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from govlint.rule import Edit, Fix


def apply_fixes(text: str, fixes: Iterable[Fix]) -> tuple[str, tuple[Fix, ...]]:
    """The text with the fixes made, and those that were made, each whole or not at all.

    Of fixes that get in each other's way only the one that begins first is made.
    """
    made: list[Fix] = []
    starts: list[int] = []
    edits: list[Edit] = []
    for fix in sorted(set(fixes), key=lambda fix: sorted((edit.span, edit.text) for edit in fix.edits)):
        if all(_fits(edit, edits, starts) for edit in fix.edits):
            made.append(fix)
            for edit in fix.edits:
                at = bisect_left(starts, edit.span.start)
                starts.insert(at, edit.span.start)
                edits.insert(at, edit)
    parts: list[str] = []
    end = 0
    for edit in edits:
        parts += [text[end : edit.span.start], edit.text]
        end = edit.span.end
    return "".join((*parts, text[end:])), tuple(made)


def _fits(edit: Edit, edits: list[Edit], starts: list[int]) -> bool:
    """Whether an edit begins nowhere where another does, and overlaps with none."""
    at = bisect_left(starts, edit.span.start)
    before_next = at == len(edits) or edit.span.end <= starts[at] != edit.span.start
    return before_next and (at == 0 or edits[at - 1].span.end <= edit.span.start)
