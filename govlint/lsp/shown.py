"""What was found in a document, as the protocol's diagnostics, hovers, symbols and hints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lsprotocol import types

from govlint.docs import render
from govlint.document import Document, Section
from govlint.engine import Diagnostic, Report
from govlint.facts.outline import outline
from govlint.facts.statements import Statement, statements
from govlint.ledger import STATUSES, Entry
from govlint.lsp.options import Options
from govlint.lsp.places import Places
from govlint.reporters.naming import severity_name
from govlint.rule import Rule, Severity
from govlint.source import Span

SOURCE = "govlint"

_SEVERITIES: Mapping[Severity, types.DiagnosticSeverity] = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_MOST_IN_HOVER = 5


# -- diagnostics


def diagnostics(report: Report, uri: str, places: Places, options: Options) -> list[types.Diagnostic]:
    """The diagnostics of a report, in its order; evidence is related information in the same file."""
    return [_diagnostic(each, uri, places, options) for each in report.diagnostics]


def _diagnostic(found: Diagnostic, uri: str, places: Places, options: Options) -> types.Diagnostic:
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(uri, places.range(each.span)), options.say(each.message, each.english)
        )
        for each in found.related
    ]
    return types.Diagnostic(
        places.range(found.span),
        options.say(found.message, found.english),
        severity=_SEVERITIES[found.severity],
        code=found.rule,
        source=SOURCE,
        related_information=related or None,
    )


def at(found: Sequence[Diagnostic], where: Span) -> list[Diagnostic]:
    """The diagnostics that touch a span or a place; the one that says most exactly where comes first."""
    touching = [each for each in found if each.span.start <= where.end and where.start <= each.span.end]
    return sorted(touching, key=lambda each: each.span.end - each.span.start)


# -- hover


def hover(
    report: Report, ledger: Iterable[Entry], offset: int, rules: Mapping[str, Rule], places: Places, options: Options
) -> types.Hover | None:
    """What there is to say about a place: the findings with their evidence, its number in the ledger, the rules' pages."""
    found = at(report.diagnostics, Span(offset, offset))[:_MOST_IN_HOVER]
    entries = [entry for entry in ledger if entry.span.start <= offset <= entry.span.end]
    spans = [each.span for each in found] or [entry.span for entry in entries]
    if not spans:
        return None
    parts = [_finding(each, places, options) for each in found]
    parts += [_entry(entry, places, options) for entry in entries]
    parts += [render(rules[id_]).strip() for id_ in dict.fromkeys(each.rule for each in found) if id_ in rules]
    return types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(parts)), range=places.range(spans[0])
    )


def _finding(found: Diagnostic, places: Places, options: Options) -> str:
    lines = [
        f"**{severity_name(found.severity, options.lang)}** `{found.rule}`",
        "",
        options.say(found.message, found.english),
    ]
    lines += _places(((each.span, options.say(each.message, each.english)) for each in found.related), places, options)
    if found.detail:
        lines += ["", "```text", *found.detail.rstrip().splitlines(), "```"]
    return "\n".join(lines)


def _places(evidence: Iterable[tuple[Span, str]], places: Places, options: Options) -> Iterator[str]:
    for index, (span, message) in enumerate(evidence):
        start = places.source.position(span.start)
        where = options.say(f"第 {start.line} 行第 {start.column} 列", f"line {start.line}, column {start.column}")
        if not index:
            yield ""
        yield options.say(f"- {where}：{message}", f"- {where}: {message}")


def _entry(entry: Entry, places: Places, options: Options) -> str:
    status = options.say(*STATUSES[entry.status])
    lines = [options.say(f"数字台账：`{entry.printed}` **{status}**", f"Ledger: `{entry.printed}` **{status}**")]
    if reason := options.say(entry.reason, entry.reason_english):
        lines += ["", reason]
    for evidence in entry.evidence:
        lines += ["", f"`{evidence.arithmetic}`"]
        lines += _places(
            ((each.span, options.say(each.message, each.english)) for each in evidence.places), places, options
        )
    return "\n".join(lines)


def hints(ledger: Iterable[Entry], where: Span, places: Places, options: Options) -> list[types.InlayHint]:
    """The status of each number in a span, behind it."""
    return [
        types.InlayHint(
            places.position(entry.span.end),
            options.say(*STATUSES[entry.status]),
            tooltip=types.MarkupContent(types.MarkupKind.Markdown, _entry(entry, places, options)),
            padding_left=True,
        )
        for entry in ledger
        if entry.span.overlaps(where)
    ]


# -- symbols


def symbols(document: Document, places: Places, options: Options) -> list[types.DocumentSymbol]:
    """The outline, the tables in it where they stand."""
    captions = [
        document.blocks[section.block].span for top in outline(document) for section in top.walk() if section.caption
    ]
    index = {id(block): at for at, block in enumerate(document.blocks)}
    tables = [
        (index[id(statement.tables[0])], statement)
        for statement in statements(document)
        if statement.caption_text is None or not any(span.overlaps(statement.caption_text.whole) for span in captions)
    ]
    found = [_section(section, tables, document, places, options) for section in outline(document)]
    covered = {number for section in outline(document) for number in section.blocks}
    found += [_table(table, places, options) for number, table in tables if number not in covered]
    return sorted(found, key=_start)


def flat(
    found: Iterable[types.DocumentSymbol], uri: str, container: str | None = None
) -> list[types.SymbolInformation]:
    """The symbols for a client that knows no nested ones."""
    listed: list[types.SymbolInformation] = []
    for symbol in found:
        listed.append(
            types.SymbolInformation(
                types.Location(uri, symbol.range), symbol.name, symbol.kind, container_name=container
            )
        )
        listed += flat(symbol.children or (), uri, symbol.name)
    return listed


def _start(symbol: types.DocumentSymbol) -> tuple[int, int]:
    return symbol.range.start.line, symbol.range.start.character


def _section(
    section: Section, tables: Sequence[tuple[int, Statement]], document: Document, places: Places, options: Options
) -> types.DocumentSymbol:
    below = {number for child in section.children for number in child.blocks}
    children = [_section(child, tables, document, places, options) for child in section.children]
    children += [
        _table(table, places, options) for number, table in tables if number in section.blocks and number not in below
    ]
    title = section.title.whole if section.title else document.blocks[section.block].span
    whole = title
    for number in {*section.blocks[:1], *section.blocks[-1:]}:
        whole = whole.to(document.blocks[number].span)
    kind = types.SymbolKind.Array if section.caption else types.SymbolKind.Namespace
    apart = " " if section.number[-1:].isalnum() else ""
    name = f"{section.number}{apart}{section.title.text}".strip() or options.say("（无标题）", "(untitled)")
    return types.DocumentSymbol(
        name, kind, places.range(whole), places.range(title), children=sorted(children, key=_start)
    )


def _table(statement: Statement, places: Places, options: Options) -> types.DocumentSymbol:
    whole = statement.tables[0].span.to(statement.tables[-1].span)
    name = statement.caption or options.say(f"表格 {statement.index + 1}", f"table {statement.index + 1}")
    return types.DocumentSymbol(name, types.SymbolKind.Array, places.range(whole), places.range(whole))
