"""SARIF 2.1.0, the exchange format of static analysis. Columns are UTF-16 code units, as most of its viewers count."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, TextIO
from urllib.parse import quote

from govlint.docs import PageError, page, render as render_page
from govlint.engine import Diagnostic, Report
from govlint.fingerprint import unique_fingerprints
from govlint.reporters import Style, shown_path
from govlint.rule import Fix, Rule, Severity
from govlint.source import Source, Span

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FINGERPRINT = "govlint/v1"
_FIXES = (("很可能正确的修复", "a likely fix"), ("有把握的修复", "a safe fix"))
_SHOWN = 200


def render(reports: Iterable[Report], out: TextIO, style: Style) -> None:
    """Write one run, a result a line, with a description of each rule that found something."""
    failed = False
    results: list[tuple[str, str]] = []
    for report in reports:
        failed = failed or report.failed
        path = shown_path(report.path)
        for diagnostic, fingerprint in zip(report.diagnostics, unique_fingerprints(report, path), strict=True):
            result = _result(report, diagnostic, path, style)
            result["partialFingerprints"] = {_FINGERPRINT: fingerprint}
            results.append((diagnostic.rule, _dump(result)))
    rules = sorted({rule for rule, _ in results})
    body = ",\n".join(line for _, line in results)
    out.write(f'{{"$schema": {_dump(_SCHEMA)}, "version": "2.1.0", "runs": [{{\n')
    out.write(f'"tool": {{"driver": {_dump(_driver(rules, style))}}},\n')
    out.write(f'"columnKind": "utf16CodeUnits", "invocations": [{_dump({"executionSuccessful": not failed})}],\n')
    out.write('"results": [' + (f"\n{body}\n" if body else "") + "]}]}\n")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# -- rules


def _driver(rules: Iterable[str], style: Style) -> dict[str, Any]:
    from importlib.metadata import version

    return {
        "name": "govlint",
        "version": version("govlint"),
        "language": "en-US" if style.lang == "en" else "zh-CN",
        "rules": [_described(rule, style) for rule in rules],
    }


def _described(id_: str, style: Style) -> dict[str, Any]:
    """A rule with its page; no more than its id where it is not known or has none."""
    rule = style.rules.get(id_)
    if rule is None:
        return {"id": id_}
    return {
        "id": id_,
        **_help(rule, style),
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.enabled},
        "properties": {"tags": sorted({rule.pack, *rule.kinds})},
    }


def _help(rule: Rule, style: Style) -> dict[str, Any]:
    try:
        read = page(rule)
    except PageError:
        return {}
    explanation = dict(read.sections).get("说明", read.title)
    return {
        "name": "".join(word.capitalize() for word in rule.id.partition("/")[2].split("-")),
        "shortDescription": {"text": read.english if style.lang == "en" else read.title},
        "fullDescription": {"text": read.english if style.lang == "en" else explanation},
        "help": {"text": explanation, "markdown": render_page(rule)},
    }


# -- results


def _result(report: Report, diagnostic: Diagnostic, path: str, style: Style) -> dict[str, Any]:
    source = report.source
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": style.say(diagnostic)},
    }
    if path:
        result["locations"] = [{"physicalLocation": _place(source, diagnostic.span, path, snippet=True)}]
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": style.say(related)},
                "physicalLocation": _place(source, related.span, path),
            }
            for number, related in enumerate(diagnostic.related)
        ]
    if source is not None and diagnostic.fix is not None:
        result["fixes"] = [_fix(source, diagnostic.fix, path, style)]
    if diagnostic.detail:
        result["properties"] = {"detail": diagnostic.detail}
    return result


def _place(source: Source | None, span: Span, path: str, *, snippet: bool = False) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(path)}
    if source is not None:
        place["region"] = _region(source, span)
        if snippet and 0 < span.end - span.start <= _SHOWN:
            place["region"]["snippet"] = {"text": source.text[span.start : span.end]}
    return place


def _artifact(path: str) -> dict[str, str]:
    """Where a file is: relative to what the reader of the log takes as the root of the sources, or absolute."""
    pure = PurePath(path)
    if pure.is_absolute():
        return {"uri": pure.as_uri()}
    return {"uri": quote(pure.as_posix()), "uriBaseId": "%SRCROOT%"}


def _region(source: Source, span: Span) -> dict[str, Any]:
    return {
        "startLine": source.position(span.start).line,
        "startColumn": source.utf16_column(span.start) + 1,
        "endLine": source.position(span.end).line,
        "endColumn": source.utf16_column(span.end) + 1,
    }


def _fix(source: Source, fix: Fix, path: str, style: Style) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(source, edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    return {
        "description": {"text": _FIXES[fix.safe][style.lang == "en"]},
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": replacements}],
    }
