"""What makes a finding the same finding in another version of its file.

A fingerprint is made of the rule and the text: that of the span and what stands beside it in its line, without white
space. Where the file or the line stands means nothing, so that a finding keeps its fingerprint when lines are put in
above it, and has a new one when its words change.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from govlint.engine import Report
from govlint.source import Source, Span

_BESIDE = 40
"""How many characters on each side count: a line may be a whole page of HTML."""
_READ = 400
_LONGEST = 2_000
_LENGTH = 32


def fingerprints(report: Report) -> Sequence[str]:
    """A fingerprint for each diagnostic of a report, in their order: 32 hexadecimal digits.

    Findings that can't be told apart have the same.
    """
    return [
        _digest(diagnostic.rule, *_words(report.source, diagnostic.span))
        if report.source is not None
        else _digest(diagnostic.rule, diagnostic.message)
        for diagnostic in report.diagnostics
    ]


def unique_fingerprints(report: Report, path: str) -> Iterator[str]:
    """As :func:`fingerprints`, but different for each diagnostic and for each ``path``."""
    seen: Counter[str] = Counter()
    for fingerprint in fingerprints(report):
        yield _digest(path, fingerprint, str(seen[fingerprint]))
        seen[fingerprint] += 1


def _words(source: Source, span: Span) -> tuple[str, str, str]:
    """The text of a span, and the characters before and behind it in its lines."""
    begin = source.line_span(source.position(span.start).line).start
    end = source.line_span(source.position(span.end).line).end
    before = source.text[max(begin, span.start - _READ) : span.start]
    after = source.text[span.end : min(end, span.end + _READ)]
    return (
        _normal(source.text[span.start : min(span.end, span.start + _LONGEST)]),
        _normal(before)[-_BESIDE:],
        _normal(after)[:_BESIDE],
    )


def _normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _digest(*parts: str) -> str:
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:_LENGTH]
