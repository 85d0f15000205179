"""Fixes: what a text becomes when edits are made, whether that does harm, and writing it back.

A fix is never trusted. Before a file is written the fixed text is parsed and checked again: no amount may have changed,
every table must have its grid, nothing may differ but what was reported, and nothing may be left to fix. Otherwise the
file stays as it is and :data:`govlint.own.FIX_REFUSED` says which fix is to blame. A fix that would make a rule find more
than it did before is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from html import unescape
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from govlint.document import Cell, Document, Table, Text
from govlint.engine import Diagnostic, Report
from govlint.own import FIX_REFUSED
from govlint.rule import Edit, Finding, Fix
from govlint.source import Source, SourceError, Span
from govlint.writing import NotWrittenError, replace_file

Checker = Callable[[Source], Report]
"""Checks a source; the report has its document."""

_MOST_ROUNDS = 5


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


# -- fixing a source


class Fixed(Struct, frozen=True):
    """What became of a source: its text after ``count`` fixes, and the report on that text.

    ``left_out`` are findings whose fix would give rise to another finding: they were not fixed. Where a fix was
    refused the text is the source's own and ``count`` is 0; the report has a diagnostic that says why and is ``failed``.
    """

    source: Source
    text: str
    count: int
    report: Report
    left_out: tuple[Diagnostic, ...] = ()


class _Refusal(Struct, frozen=True):
    """Why fixes are not made. ``harm``: they would spoil the text, not only bring to light something else."""

    message: str
    english: str
    harm: bool = True


class PlannedFix(NamedTuple):
    """A fix as it is to be made, its replacements escaped for where they stand, and the diagnostic that it mends."""

    diagnostic: Diagnostic
    fix: Fix


class _Attempt(Struct, frozen=True):
    """What came of making fixes: the report on the new text, how many were made, why they must not be."""

    after: Report
    made: int
    refusal: _Refusal | None


def fix_source(source: Source, check: Checker, *, unsafe: bool = False) -> Fixed:
    """Make the safe fixes (with ``unsafe`` also the likely ones) until nothing is left to fix, and verify the outcome."""
    first = check(source)
    report, count = first, 0
    left_out: dict[tuple[str, str, str], Diagnostic] = {}

    def attempt(planned: Sequence[PlannedFix]) -> _Attempt:
        text, made = apply_fixes(_text(report), (each.fix for each in planned))
        after = check(replace(source, text=text))
        return _Attempt(after, len(made), _refusal(report, after, planned, made) or _news(first, after))

    for _ in range(_MOST_ROUNDS):
        planned = [each for each in planned_fixes(report, unsafe=unsafe) if _key(report, each) not in left_out]
        tried = attempt(planned) if planned else None
        while tried is not None and tried.refusal is not None:
            blamed, why = _culprits(planned, tried.refusal, attempt)
            if why.harm:
                return Fixed(source, source.text, 0, _refused(first, report, blamed[0].diagnostic, why))
            left_out |= {_key(report, each): each.diagnostic for each in blamed}
            planned = [each for each in planned if each not in blamed]
            tried = attempt(planned) if planned else None
        if tried is None:
            return Fixed(source, _text(report), count, report, tuple(left_out.values()))
        report, count = tried.after, count + tried.made
    rest = [each for each in planned_fixes(report, unsafe=unsafe) if _key(report, each) not in left_out]
    if not rest:
        return Fixed(source, _text(report), count, report, tuple(left_out.values()))
    why = _Refusal(f"修复 {_MOST_ROUNDS} 轮后仍有可修复的问题", f"still something to fix after {_MOST_ROUNDS} rounds")
    return Fixed(source, source.text, 0, _refused(first, report, rest[0].diagnostic, why))


def _key(report: Report, planned: PlannedFix) -> tuple[str, str, str]:
    """What tells a finding from others when the text around it has changed."""
    return planned.diagnostic.rule, planned.diagnostic.message, _text(report)[slice(*planned.diagnostic.span)]


def _culprits(
    planned: Sequence[PlannedFix], refusal: _Refusal, attempt: Callable[[Sequence[PlannedFix]], _Attempt]
) -> tuple[Sequence[PlannedFix], _Refusal]:
    """The fewest fixes found, by halving, that are refused by themselves, and why."""
    while len(planned) > 1:
        middle = len(planned) // 2
        for half in (planned[:middle], planned[middle:]):
            why = attempt(half).refusal
            if why is not None:
                planned, refusal = half, why
                break
        else:
            break
    return planned, refusal


def _text(report: Report) -> str:
    assert report.source is not None
    return report.source.text


def planned_fixes(report: Report, *, unsafe: bool) -> list[PlannedFix]:
    """The fixes to make: those over markup are left out, for markup is nothing that a rule reads."""
    document = report.document
    if document is None:
        return []
    cells = [cell.span for table in document.tables() if table.notation == "pipe" for cell in table.cells()]
    planned: list[PlannedFix] = []
    for diagnostic in report.diagnostics:
        fix = diagnostic.fix
        if fix is None or not (fix.safe or unsafe) or any(_over_markup(edit, document) for edit in fix.edits):
            continue
        edits = tuple(Edit(edit.span, _escaped(edit, document, cells)) for edit in fix.edits)
        if any(edit.text != document.source.text[slice(*edit.span)] for edit in edits):
            planned.append(PlannedFix(diagnostic, Fix(edits, fix.safe)))
    return planned


_MARKUP = re.compile(r"<[/!?A-Za-z]|\*\*|__|`|(?<!\\)\|")
_SPECIAL_IN_HTML = re.compile(r"&(?=#?\w)|<(?=[/!?A-Za-z])")
_ENTITIES = {"&": "&amp;", "<": "&lt;"}


def _with_space(span: Span, text: str) -> Span:
    """The span with the white space around it."""
    start, end = span
    while start > 0 and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return Span(start, end)


def _lies_in(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _over_markup(edit: Edit, document: Document) -> bool:
    return _MARKUP.search(document.source.text, *edit.span) is not None


def _escaped(edit: Edit, document: Document, cells: Sequence[Span]) -> str:
    """The replacement as it is written: what HTML would read as markup as an entity, ``|`` escaped in a pipe table."""
    text = _SPECIAL_IN_HTML.sub(lambda match: _ENTITIES[match[0]], edit.text)
    if "|" in text and any(_lies_in(edit.span, cell) for cell in cells):
        text = text.replace("|", "\\|")
    return text


def _refused(first: Report, seen: Report, blamed: Diagnostic, why: _Refusal) -> Report:
    """The first report with the diagnostic that a fix was refused."""
    start, _ = seen.positions(blamed.span)
    finding = Finding(
        blamed.span if first is seen else Span(0, 0),
        f"没有修复，文件未改动：第 {start.line} 行第 {start.column} 列 {blamed.rule} 的修复不可靠（{why.message}）",
        f"not fixed, the file is as it was: the fix of {blamed.rule} at {start.line}:{start.column} is not to be "
        f"trusted ({why.english})",
    )
    diagnostic = Diagnostic(
        FIX_REFUSED.id, FIX_REFUSED.severity, first.path, finding.span, finding.message, finding.english
    )
    return replace(first, diagnostics=(diagnostic, *first.diagnostics), failed=True)


# -- verifying


def _refusal(before: Report, after: Report, planned: Sequence[PlannedFix], made: Sequence[Fix]) -> _Refusal | None:
    """Why fixes must not be made, judged by the documents before and after; ``None`` if nothing speaks against it."""
    old, new = before.document, after.document
    if old is None or new is None or after.failed:
        return _Refusal("修复后的文件无法检查", "the fixed file can't be checked")
    for each in planned:
        reported = [each.diagnostic.span, *(related.span for related in each.diagnostic.related)]
        wide = [_with_space(span, old.source.text) for span in reported]
        if not all(any(_lies_in(edit.span, span) for span in wide) for edit in each.fix.edits):
            return _Refusal("改动了报告范围以外的文字", "it edits what was not reported")
    edits = sorted((edit for fix in made for edit in fix.edits), key=lambda edit: edit.span)
    if amounts(old) != amounts(new):
        return _Refusal("会改变数字", "it would change a number")
    if not _same_grids(old, new, [edit.span for edit in edits]):
        return _Refusal("会改变表格", "it would change a table")
    written, moved = [], 0
    for edit in edits:
        start = edit.span.start + moved
        written.append(Span(start, start + len(edit.text)))
        moved += len(edit.text) - (edit.span.end - edit.span.start)
    outside = _outside(new, written)
    if _outside(old, [edit.span for edit in edits]) != outside:
        return _Refusal("会改变报告范围以外的文字", "it would change text that was not reported")
    put = sum(len("".join(unescape(edit.text).replace("\\|", "|").split())) for edit in edits)
    if len(_outside(new, ())) != len(outside) + put:
        return _Refusal("改后的文字会被当作标记", "what it puts in would be read as markup")
    return None


def _news(before: Report, after: Report) -> _Refusal | None:
    """Why the report after the fixes is worse than the one before: a rule finds more than it did."""
    counts = Counter(diagnostic.rule for diagnostic in before.diagnostics)
    more = Counter(diagnostic.rule for diagnostic in after.diagnostics) - counts
    if not more:
        return None
    rule = min(more)
    return _Refusal(f"会引出新的问题 {rule}", f"it would give rise to a new finding of {rule}", harm=False)


_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")
_AMOUNT = re.compile(
    r"(?<![\d.])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?!\d|\.\d)\s*(?P<scale>[万亿]?)\s*(?P<money>元?)(?!\s*[行栏列])"
)
_ZERO_IN_NUMERAL = re.compile(r"(?<=[一二三四五六七八九〇○零])[0OＯ０]{1,2}(?=[一二三四五六七八九〇○零年])")


def amounts(document: Document) -> list[tuple[Decimal, str]]:
    """All numbers of a document in order, each with 万, 亿 and 元 behind it; notation does not count.

    A 0 among Chinese numerals (``二0二三年``) is no number, and neither is that of a line or column (27行, 1栏).
    """
    text = "\n".join(text.text for text in _texts(document))
    text = _ZERO_IN_NUMERAL.sub("〇", text).translate(_DIGITS)
    return [
        (Decimal(match["number"].replace(",", "")), match["scale"] + match["money"]) for match in _AMOUNT.finditer(text)
    ]


def _texts(document: Document) -> Iterator[Text]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (cell.text for cell in block.cells())
        else:
            yield block.text


def _same_grids(old: Document, new: Document, edited: Sequence[Span]) -> bool:
    """Whether all tables have the same cells in the same places, and the same text but where it was edited."""
    for before, after in zip_longest(old.tables(), new.tables()):
        if before is None or after is None or (before.width, before.notation) != (after.width, after.notation):
            return False
        for one, other in zip_longest(before.cells(), after.cells()):
            if one is None or other is None or _place(one) != _place(other):
                return False
            touched = any(one.span.start <= span.start <= one.span.end for span in _near(edited, one.span))
            if one.text.text != other.text.text and not touched:
                return False
    return True


def _place(cell: Cell) -> tuple[int, int, int, int, bool]:
    return cell.row, cell.column, cell.rowspan, cell.colspan, cell.header


def _near(spans: Sequence[Span], where: Span) -> Sequence[Span]:
    """Those of the spans, which are in order, that begin in ``where``."""
    begin = bisect_left(spans, where.start, key=lambda span: span.start)
    return spans[begin : bisect_left(spans, where.end + 1, begin, key=lambda span: span.start)]


def _outside(document: Document, edited: Sequence[Span]) -> str:
    """The clean text of a document but for what stands in ``edited``, which is in order, without white space."""
    edited = [span for span in edited if span.end > span.start]
    parts: list[str] = []
    for text in _texts(document):
        for piece in text.pieces:
            begin = bisect_right(edited, piece.start, key=lambda span: span.end)
            over = edited[begin : bisect_left(edited, piece.stop, begin, key=lambda span: span.start)]
            if not over:
                parts.append(text.text[piece.begin : piece.end])
            elif piece.end - piece.begin == piece.stop - piece.start:
                offset, at = piece.begin - piece.start, piece.start
                for span in over:
                    parts.append(text.text[at + offset : max(span.start, at) + offset])
                    at = span.end
                parts.append(text.text[min(at, piece.stop) + offset : piece.end])
    return "".join("".join(parts).split())


# -- writing


def write_fixed(fixed: Fixed) -> None:
    """Put the fixed text in place of the file, at once and whole, with its encoding, line ends and mode.

    The target of a link is written, not the link. Raises :class:`NotWrittenError` where the file has changed since it was
    read, is read-only, or can't be written; it is then as it was.
    """
    target = Path(fixed.source.path).resolve()
    data = fixed.source.encode(fixed.text)
    try:
        status = target.stat()
        if Source.read(target, max_bytes=status.st_size + 1) != replace(fixed.source, path=str(target)):
            raise NotWrittenError("检查之后文件又有改动，没有写入", "the file has changed since it was checked")
        if fixed.source.encode() != target.read_bytes():
            raise NotWrittenError("文件的编码不能原样写回", "the file's bytes can't be written back as they are")
        replace_file(target, data, status)
    except (OSError, SourceError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise NotWrittenError(f"无法写入：{why}", f"can't be written: {why}") from error


def not_written(report: Report, error: NotWrittenError) -> Report:
    """The report on a file that could not be written: what was found in it, and a diagnostic."""
    message, english = f"没有修复：{error}", f"not fixed: {error.english}"
    diagnostic = Diagnostic(FIX_REFUSED.id, FIX_REFUSED.severity, report.path, Span(0, 0), message, english)
    return replace(report, diagnostics=(diagnostic, *report.diagnostics), failed=True)
