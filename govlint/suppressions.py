"""Comments that switch rules off for a place, with a reason.

``<!-- govlint-disable-next-line RULE[, RULE] 理由 -->`` holds for the next block, or for the next line where the comment
stands inside a block; ``govlint-disable RULE 理由`` until ``govlint-enable RULE`` or the end of the file;
``govlint-disable-file RULE 理由`` everywhere. A pack's name stands for all its rules. Only the place of a finding counts,
not that of its evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from govlint.document import Comment, Document
from govlint.mistakes import did_you_mean
from govlint.own import INVALID_SUPPRESSION, UNUSED_SUPPRESSION
from govlint.rule import Finding, Rule, Severity
from govlint.source import Span

Reach = Literal["line", "block", "region", "file"]

_DIRECTIVE = re.compile(r"govlint-([A-Za-z-]*)(?=\s|$)")
_NAME = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9_/-]*)")
_COMMA = re.compile(r"\s*[,，、]")
_DIRECTIVES = ("disable-next-line", "disable", "enable", "disable-file")
_REACHES: tuple[Reach, ...] = ("line", "block", "region", "file")


class Suppression(Struct, frozen=True):
    """What a comment does to one rule or pack: its ``name``, the ``comment``'s place, ``where`` it holds."""

    name: str
    comment: Span
    reach: Reach
    where: Span

    def covers(self, span: Span) -> bool:
        """Whether a finding at ``span`` begins where this holds; an empty one may stand at its very end."""
        return self.where.start <= span.start < self.where.end or span.start == span.end == self.where.end


class Suppressions(Struct, frozen=True):
    """The suppressions of a document in the order of their comments, and what is wrong with these."""

    all: tuple[Suppression, ...] = ()
    problems: tuple[Finding, ...] = ()

    def sift(self, found: Iterable[tuple[Rule, Finding]]) -> tuple[list[tuple[Rule, Finding]], frozenset[Suppression]]:
        """The findings that nothing covers, and the suppressions that covered the others.

        Of several that cover a finding the narrowest counts, so that a wider one may turn out to be unused.
        """
        if not self.all:
            return list(found), frozenset()
        lists: dict[tuple[str, Reach], list[Suppression]] = {}
        for each in sorted(self.all, key=lambda each: each.where):
            lists.setdefault((each.name, each.reach), []).append(each)
        kept: list[tuple[Rule, Finding]] = []
        used: set[Suppression] = set()
        for rule, finding in found:
            covering = [
                suppression
                for reach in _REACHES
                for name in (rule.id, rule.pack)
                if (suppression := _last_before(lists.get((name, reach), ()), finding.span)) is not None
                and suppression.covers(finding.span)
            ]
            if covering:
                used.add(covering[0])
            else:
                kept.append((rule, finding))
        return kept, frozenset(used)

    def unused(self, used: Collection[Suppression], ran: Collection[str], rules: Collection[Rule]) -> Iterator[Finding]:
        """A finding for each suppression that covered nothing although all the rules that it names ``ran``."""
        for suppression in self.all:
            named = [rule.id for rule in rules if suppression.name in (rule.id, rule.pack)]
            if suppression not in used and all(rule in ran for rule in named):
                yield Finding(
                    suppression.comment,
                    f"屏蔽注释没有作用：{suppression.name} 在其范围内没有发现问题，请删除",
                    f"suppresses nothing: {suppression.name} finds nothing there; remove it",
                    severity=UNUSED_SUPPRESSION.severity,
                )


def _last_before(suppressions: Sequence[Suppression], span: Span) -> Suppression | None:
    """The last that begins at or before a finding; those of one list do not overlap."""
    index = bisect_right(suppressions, span.start, key=lambda suppression: suppression.where.start)
    return suppressions[index - 1] if index else None


def suppressions(document: Document, rules: Collection[Rule]) -> Suppressions:
    """The suppressions in a document's comments; ``rules`` are all that there are, whether they run or not."""
    comments = [comment for comment in document.comments if _DIRECTIVE.match(comment.text)]
    if not comments:
        return Suppressions()
    names = {name for rule in rules for name in (rule.id, rule.pack)}
    starts = [block.span.start for block in document.blocks]
    end = len(document.source.text)
    found: list[Suppression] = []
    problems: list[Finding] = []
    pending: dict[str, int] = {}
    for comment in comments:
        directive, named, reason = _read(comment.text)
        if (problem := _problem(directive, named, names, pending, comment)) is not None:
            problems.append(problem)
        known = [name for name in named if name in names]
        if directive == "enable":
            for name in known or list(pending):
                if (index := pending.pop(name, None)) is not None:
                    found[index] = _until(found[index], comment.span.start)
            continue
        if directive not in _DIRECTIVES or not known:
            continue
        if not reason:
            problems.append(
                Finding(
                    comment.span,
                    f"屏蔽注释没有写明理由，请在规则名后补写：{'、'.join(known)}",
                    f"no reason is given for suppressing {', '.join(known)}: write it after the rule",
                    severity=Severity.INFO,
                )
            )
        for name in known:
            if directive == "disable-file":
                found.append(Suppression(name, comment.span, "file", Span(0, end)))
            elif directive == "disable-next-line":
                found.append(Suppression(name, comment.span, *_next(document, starts, comment)))
            elif name in pending:
                found.append(Suppression(name, comment.span, "region", Span(end, end)))
            else:
                pending[name] = len(found)
                found.append(Suppression(name, comment.span, "region", Span(comment.span.end, end)))
    return Suppressions(tuple(found), tuple(problems))


def _until(suppression: Suppression, end: int) -> Suppression:
    return Suppression(suppression.name, suppression.comment, "region", Span(suppression.where.start, end))


def _read(text: str) -> tuple[str, list[str], str]:
    """The directive, the names and the reason of a comment."""
    match = _DIRECTIVE.match(text)
    assert match is not None
    directive, at = match.group(1), match.end()
    named: list[str] = []
    while (match := _NAME.match(text, at)) is not None:
        named.append(match.group(1))
        at = match.end()
        if (comma := _COMMA.match(text, at)) is None:
            break
        at = comma.end()
    return directive, named, text[at:].strip()


def _problem(
    directive: str, named: list[str], names: Collection[str], pending: Collection[str], comment: Comment
) -> Finding | None:
    """What is wrong with a comment, if anything is, its reason apart."""

    def finding(message: str, english: str) -> Finding:
        return Finding(comment.span, message, english, severity=INVALID_SUPPRESSION.severity)

    if directive not in _DIRECTIVES:
        hint, english = did_you_mean(directive, _DIRECTIVES, "govlint-")
        return finding(
            f"没有 govlint-{directive} 这种屏蔽注释{hint}", f"no such directive: govlint-{directive}{english}"
        )
    if directive != "enable" and not named:
        return finding(
            f"屏蔽注释没有写明规则，不起作用；写作 govlint-{directive} 规则 理由",
            f"names no rule and does nothing: write govlint-{directive} RULE reason",
        )
    for name in named:
        if name not in names:
            hint, english = did_you_mean(name, names)
            return finding(f"没有名为 {name} 的规则{hint}", f"no such rule: {name}{english}")
    if directive == "enable" and not (set(named) & set(pending) if named else pending):
        return finding("没有与之对应的 govlint-disable 注释", "there is no govlint-disable for it to end")
    return None


def _next(document: Document, starts: Sequence[int], comment: Comment) -> tuple[Reach, Span]:
    """Where a ``disable-next-line`` holds: the next block, or the next line that is not blank inside the same block."""
    around = bisect_right(starts, comment.span.start) - 1
    if around >= 0 and document.blocks[around].span.to(comment.span) == document.blocks[around].span:
        block = document.blocks[around].span
        source = document.source
        for line in range(source.position(comment.span.end).line + 1, source.position(block.end).line + 1):
            span = source.line_span(line)
            if source.text[span.start : span.end].strip():
                return "line", Span(span.start, min(span.end, block.end))
        return "line", Span(block.end, block.end)
    following = bisect_left(starts, comment.span.end)
    if following == len(starts):
        return "block", Span(comment.span.end, comment.span.end)
    return "block", document.blocks[following].span
