"""``govlint ledger``: every number of a report's prose with what it was checked against."""

from __future__ import annotations

import contextlib
import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any, TextIO

from govlint.commands import Parser, complain, known_kind
from govlint.document import Document
from govlint.engine import parse_source
from govlint.hooks import Plugins
from govlint.ledger import STATUSES, Entry, coverage, coverage_line
from govlint.mistakes import ConfigError
from govlint.reporters import shown_path
from govlint.source import Source, SourceError, Span

USAGE = "[选项] 文件", "[options] FILE"
VERSION = 1


def options(parser: Parser) -> None:
    """Declare the options."""
    parser.argument(
        "path", metavar=parser.say("文件", "FILE"), zh="Markdown 或 HTML 文件", en="a Markdown or HTML file"
    )
    parser.option(
        "--output-format",
        metavar="text|json|html",
        type=parser.choice("text", "json", "html"),
        default="text",
        zh="输出格式：text（默认）、json 或 html",
        en="text (default), json or html",
    )
    parser.option(
        "-o", "--output", metavar="FILE", zh="写入文件而不是标准输出", en="write to a file instead of standard output"
    )
    parser.option(
        "--kind", metavar="KIND", zh="报告种类（默认依标题判断）", en="kind of report (default: by the title)"
    )


def run(arguments: Namespace) -> int:
    """Print it. Status 1 where a number is wrong, 2 where the report or a plugin failed."""
    plugins = Plugins.installed()
    kind = known_kind(arguments.kind, plugins)
    try:
        source = Source.read(arguments.path)
    except SourceError as error:
        raise ConfigError(str(error), error.english, path=error.path) from error
    document, _ = parse_source(source, plugins, plugins.knowledge(kind))
    entries, failures = plugins.collect("govlint_ledger", Entry, document=document)
    entries.sort(key=lambda entry: (entry.span, entry.printed))
    english = arguments.lang == "en"
    write = {"text": _text, "json": _json, "html": _html}[arguments.output_format]
    with _output(arguments.output) as out:
        write(document, entries, out, english)
    for failure in failures:
        complain(f"{failure.plugin}: {failure.error}")
    if failures or document.troubles:
        return 2
    return int(any(entry.status == "wrong" for entry in entries))


@contextlib.contextmanager
def _output(path: str | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
    else:
        with Path(path).open("w", encoding="utf-8", newline="\n") as out:
            yield out


def _text(document: Document, entries: Sequence[Entry], out: TextIO, english: bool) -> None:
    source = document.source
    print(coverage_line(coverage(entry.status for entry in entries), english=english), file=out)
    for entry in entries:
        position = source.position(entry.span.start)
        status = STATUSES[entry.status][english]
        claim = f"{entry.claim} " if entry.claim else ""
        print(f"{shown_path(source.path)}:{position.line}:{position.column}: {status} {claim}{entry.printed}", file=out)
        for evidence in entry.evidence:
            places = (" | " if english else "；").join(
                f"{related.english if english else related.message} ({_at(source, related.span)})"
                for related in evidence.places
            )
            print(f"    {evidence.arithmetic}{'  ← ' if places else ''}{places}", file=out)
        reason = entry.reason_english if english else entry.reason
        if reason:
            print(f"    {reason}", file=out)


def _at(source: Source, span: Span) -> str:
    position = source.position(span.start)
    return f"{position.line}:{position.column}"


def _json(document: Document, entries: Sequence[Entry], out: TextIO, english: bool) -> None:
    source = document.source

    def place(span: Span) -> dict[str, Any]:
        start, end = source.position(span.start), source.position(span.end)
        return {
            "start": {"line": start.line, "column": start.column},
            "end": {"line": end.line, "column": end.column},
        }

    data: dict[str, Any] = {
        "version": VERSION,
        "path": shown_path(source.path),
        "coverage": {
            "numbers": len(entries),
            **{str(key): count for key, count in coverage(entry.status for entry in entries).items()},
        },
        "numbers": [
            {
                **place(entry.span),
                "printed": entry.printed,
                "claim": entry.claim,
                "status": entry.status,
                "evidence": [
                    {
                        "arithmetic": evidence.arithmetic,
                        "holds": evidence.holds,
                        "places": [
                            {**place(related.span), "message": related.english if english else related.message}
                            for related in evidence.places
                        ],
                    }
                    for evidence in entry.evidence
                ],
                "reason": (entry.reason_english if english else entry.reason) or None,
            }
            for entry in entries
        ],
    }
    json.dump(data, out, ensure_ascii=False, indent=2)
    out.write("\n")


_STYLE = (
    "body{font:15px/1.6 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;padding:.3rem .5rem;text-align:left;"
    "vertical-align:top}td.n{font-variant-numeric:tabular-nums;white-space:nowrap}.verified{color:#176b2c}"
    ".consistent{color:#2a5d8a}.tail{color:#8a6d00}.wrong{color:#b3261e;font-weight:600}.unchecked{color:#666}"
    "small{color:#666}"
)


def _html(document: Document, entries: Sequence[Entry], out: TextIO, english: bool) -> None:
    source = document.source
    title = f"{'Ledger' if english else '数字台账'} {shown_path(source.path)}"
    heads = (
        ("Place", "Number", "Status", "What it is", "Evidence") if english else ("位置", "数字", "状态", "所指", "依据")
    )
    rows = []
    for entry in entries:
        proofs = []
        for evidence in entry.evidence:
            places = "".join(
                f"<br><small>{escape(related.english if english else related.message)} "
                f"({_at(source, related.span)})</small>"
                for related in evidence.places
            )
            proofs.append(f"<div>{escape(evidence.arithmetic)}{places}</div>")
        reason = entry.reason_english if english else entry.reason
        if reason:
            proofs.append(f"<div>{escape(reason)}</div>")
        rows.append(
            f'<tr><td class="n">{_at(source, entry.span)}</td><td class="n">{escape(entry.printed)}</td>'
            f'<td class="{entry.status}">{STATUSES[entry.status][english]}</td>'
            f"<td>{escape(entry.claim)}</td><td>{''.join(proofs)}</td></tr>\n"
        )
    out.write(
        f'<!DOCTYPE html>\n<html lang="{"en" if english else "zh-CN"}">\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n<h1>{escape(title)}</h1>\n"
        f"<p>{escape(coverage_line(coverage(entry.status for entry in entries), english=english))}</p>\n<table>\n"
        f"<tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>\n{''.join(rows)}</table>\n</html>\n"
    )
