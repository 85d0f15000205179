"""What the editor can do about a finding: make its fix, suppress it with a reason, make all safe fixes."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from lsprotocol import types
from msgspec.structs import replace

from govlint.document import Document, Table
from govlint.engine import Diagnostic, Report
from govlint.fixes import apply_fixes, planned_fixes
from govlint.lsp.options import Options
from govlint.lsp.places import Places
from govlint.own import PACK
from govlint.rule import Edit, Fix, Rule
from govlint.source import Source, Span
from govlint.suppressions import suppressions

FIX_ALL = "source.fixAll.govlint"
ASK_REASON = "govlint.askReason"
"""A command of the client: asks for a reason and sends :data:`SUPPRESS` with it."""
SUPPRESS = "govlint.suppress"
"""A command of the server: ``{uri, version, rule, start, end, file, reason}``."""

KINDS = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll, FIX_ALL]

_INDENT = re.compile(r"[ \t]*")

Parse = Callable[[Source], Document]


def wanted(kind: str, only: Collection[str] | None) -> bool:
    """Whether the client asks for actions of a kind: it names the kind or one above it."""
    return only is None or any(kind == each or kind.startswith(f"{each}.") for each in only)


# -- fixes


def fixes(
    report: Report, found: Collection[Diagnostic], places: Places, options: Options
) -> Iterator[tuple[Diagnostic, str, bool, list[types.TextEdit]]]:
    """The fixes of some diagnostics: what each mends, its title, whether it is safe, its edits."""
    for diagnostic, fix in planned_fixes(report, unsafe=True):
        if diagnostic in found:
            yield diagnostic, _title(fix, places.source, options), fix.safe, text_edits(fix, places)


def text_edits(fix: Fix, places: Places) -> list[types.TextEdit]:
    """The edits of a fix."""
    return [types.TextEdit(places.range(edit.span), edit.text) for edit in fix.edits]


def _title(fix: Fix, source: Source, options: Options) -> str:
    edit = fix.edits[0]
    old, new = _short(source.text[edit.span.start : edit.span.end]), _short(edit.text)
    if not new.strip():
        title = options.say(f"删去“{old}”", f"remove “{old}”")
    elif not old.strip():
        title = options.say(f"补上“{new}”", f"insert “{new}”")
    else:
        title = options.say(f"“{old}”改为“{new}”", f"change “{old}” to “{new}”")
    if len(fix.edits) > 1:
        title += options.say(f" 等 {len(fix.edits)} 处", f" and {len(fix.edits) - 1} more")
    return title if fix.safe else title + options.say("（请核对）", " (please check)")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 20 else f"{line[:19]}…"


def changes(source: Source, text: str) -> Iterator[Edit]:
    """The edits that make ``text`` of a source: lines that stay are left alone, and so are the ends of lines that don't."""
    before, after = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag != "equal":
            yield _trimmed(Edit(Span(starts[first], starts[last]), "".join(after[begin:end])), source)


def _trimmed(edit: Edit, source: Source) -> Edit:
    old, new = source.text[edit.span.start : edit.span.end], edit.text
    least = min(len(old), len(new))
    head = next((at for at in range(least) if old[at] != new[at]), least)
    tail = next((at for at in range(least - head) if old[-1 - at] != new[-1 - at]), least - head)
    return Edit(Span(edit.span.start + head, edit.span.end - tail), new[head : len(new) - tail])


# -- suppressions


def suppressible(diagnostic: Diagnostic) -> bool:
    """Whether a comment can suppress it: the engine's own findings can't be."""
    return diagnostic.rule.partition("/")[0] != PACK


def suppression(
    document: Document,
    diagnostic: Diagnostic,
    reason: str,
    parse: Parse,
    rules: Collection[Rule],
    *,
    file: bool = False,
) -> Edit | None:
    """The edit that writes a comment which suppresses a finding there, or with ``file`` its rule in the whole file.

    The comment goes where it changes nothing else: the text with it is parsed again, and must read as before. ``None``
    where there is no such place.
    """
    for edit in _comments(document, diagnostic, _one_line(reason), file):
        text, _ = apply_fixes(document.source.text, [Fix((edit,))])
        after = parse(replace(document.source, text=text))
        moved = len(edit.text) if edit.span.start <= diagnostic.span.start else 0
        span = Span(diagnostic.span.start + moved, diagnostic.span.end + moved)
        covered = any(
            each.name == diagnostic.rule and each.covers(span) and each.comment.start >= edit.span.start
            for each in suppressions(after, rules).all
        )
        if covered and _reading(after) == _reading(document):
            return edit
    return None


def _one_line(reason: str) -> str:
    """The reason as it may stand in a comment behind the rule's name."""
    return " ".join(reason.replace("--", "—").replace(">", "＞").split()).lstrip(",，、 ")


def _comments(document: Document, diagnostic: Diagnostic, reason: str, file: bool) -> Iterator[Edit]:
    """The comments that may do, best first: in a line of its own, or right before the block."""
    text, rule = document.source.text, diagnostic.rule
    starts = [block.span for block in document.blocks if block.span.start <= diagnostic.span.start]
    if not document.blocks:
        return
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    if file or not starts:
        comment, start = f"<!-- govlint-disable-file {rule} {reason} -->", document.blocks[0].span.start
    else:
        comment, start = f"<!-- govlint-disable-next-line {rule} {reason} -->", starts[-1].start
    begin = document.source.line_span(document.source.position(start).line).start
    indent = _INDENT.match(text, begin)[0]  # type: ignore[index]
    yield Edit(Span(begin, begin), f"{indent}{comment}{end_of_line}")
    yield Edit(Span(begin, begin), f"{indent}{comment}{end_of_line}{end_of_line}")
    yield Edit(Span(start, start), comment)
    if file:
        yield Edit(Span(len(text), len(text)), f"{end_of_line}{end_of_line}{comment}{end_of_line}")


def _reading(document: Document) -> list[Any]:
    """What is read in a document: the kinds and texts of its blocks, cell by cell."""
    return [
        [(cell.row, cell.column, cell.text.text) for cell in block.cells()]
        if isinstance(block, Table)
        else (type(block).__name__, block.text.text)
        for block in document.blocks
    ]
