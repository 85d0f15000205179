"""Findings that gather many places."""

from __future__ import annotations

from collections.abc import Sequence

from govlint import Edit, Finding, Fix, Related, Severity, Span


def together(
    spans: Sequence[Span],
    message: str,
    english: str,
    *,
    severity: Severity | None = None,
    put: str | Sequence[str] | None = None,
    safe: bool = False,
) -> Finding:
    """One finding at the first span; the others are related.

    ``put`` is what the fix writes at every span, or at each of them; without it there is no fix.
    """
    count = len(spans)
    if count > 1:
        message, english = f"{message}（共 {count} 处）", f"{english} ({count} places)"
    texts = [put] * count if isinstance(put, str) else put
    edits = tuple(Edit(span, text) for span, text in zip(spans, texts, strict=True)) if texts is not None else ()
    return Finding(
        spans[0],
        message,
        english,
        severity,
        tuple(Related(span, "另一处", "another place") for span in spans[1:]),
        Fix(edits, safe) if edits else None,
    )
