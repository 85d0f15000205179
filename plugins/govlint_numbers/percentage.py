"""x"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_numbers._audit import audit


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """x."""
    yield from audit(document).findings("percentage")
