"""For the tests of rules, ours and others': lint a snippet, mark what was found, check the examples of rule pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from govlint.config import RuleSettings, Settings
from govlint.docs import BAD, CLOSE, GOOD, OPEN, SECTIONS, Example, page
from govlint.engine import Report, check_document, installed_plugins, parse_source
from govlint.fixes import apply_fixes
from govlint.hooks import Plugins
from govlint.own import OWN_RULES
from govlint.rule import Rule
from govlint.source import Source, Span

__all__ = ["PageExample", "check_example", "check_page", "lint", "marked", "page_examples"]

_CHINESE = re.compile(r"[一-鿿]")


class PageExample(Struct, frozen=True):
    """An example of a rule's page, a good or a bad one. ``str()`` names it in a test's id."""

    rule: Rule
    example: Example
    good: bool
    number: int

    def __str__(self) -> str:
        return f"{self.rule.id}-{'good' if self.good else 'bad'}-{self.number}"


def page_examples(rules: Iterable[Rule]) -> list[PageExample]:
    """All examples of the rules' pages, to parametrize a test with (``ids=str``)."""
    return [
        PageExample(rule, example, good, number)
        for rule in rules
        for read in [page(rule)]
        for good, examples in ((False, read.bad), (True, read.good))
        for number, example in enumerate(examples, 1)
    ]


def check_page(rule: Rule) -> None:
    """Raise ``AssertionError`` unless the rule's page has everything: titles, all sections, enough examples."""
    read = page(rule)
    assert _CHINESE.search(read.title), f"{rule.id}: no Chinese title: {read.title}"
    assert re.fullmatch(r"[A-Z].*\.", read.english), f"{rule.id}: no English sentence: {read.english}"
    headings = [heading for heading, _ in read.sections]
    assert headings == list(SECTIONS), f"{rule.id}: the sections are {headings}, not {', '.join(SECTIONS)}"
    for heading, text in read.sections:
        assert text.strip(), f"{rule.id}: {heading} is empty"
    assert read.bad, f"{rule.id}: no example in {BAD}"
    assert len(read.good) >= 3, f"{rule.id}: {len(read.good)} examples in {GOOD}, at least three good ones are needed"


def check_example(given: PageExample, plugins: Plugins | None = None) -> None:
    """Raise ``AssertionError`` unless the rule alone finds exactly what is marked, and its fixes give what is shown."""
    rule, example = given.rule, given.example
    report = lint(
        example.text,
        rule,
        path=example.path,
        kind=example.kind,
        options={rule.id: example.options},
        plugins=plugins,
    )
    found = marked(example.text, (diagnostic.span for diagnostic in report.diagnostics))
    assert found == example.marked, f"{given}\n\nexpected:\n{example.marked}\nfound:\n{found}\n{_told(report)}"
    if example.fixed is not None:
        fixed, _ = apply_fixes(example.text, (each.fix for each in report.diagnostics if each.fix is not None))
        assert fixed == example.fixed, f"{given}\n\nexpected after all fixes:\n{example.fixed}\ngot:\n{fixed}"


def lint(
    text: str,
    *rules: Rule,
    path: str = "example.md",
    kind: str | None = None,
    options: Mapping[str, Mapping[str, Any]] | None = None,
    plugins: Plugins | None = None,
) -> Report:
    """The report on a text by the given rules alone, which need not be installed; no other rule's findings are in it.

    The suffix of ``path`` tells the format; ``options`` are by rule id and configuration name. What else is known
    (words, kinds of report, data) comes from ``plugins``, by default the installed ones. One of the engine's own rules
    runs together with all others. Raises ``AssertionError`` where something could not be checked.
    """
    plugins = plugins or installed_plugins()
    running = plugins.rules() if any(rule in OWN_RULES for rule in rules) else rules
    settings = Settings({rule.id: _settings(rule, options or {}) for rule in (*running, *OWN_RULES)}, kind)
    document, _ = parse_source(Source(path, text), plugins, plugins.knowledge(kind))
    report = check_document(document, plugins, settings, running)
    assert not report.failed, _told(report)
    wanted = {rule.id for rule in rules}
    return replace(report, diagnostics=tuple(each for each in report.diagnostics if each.rule in wanted))


def _settings(rule: Rule, options: Mapping[str, Mapping[str, Any]]) -> RuleSettings:
    return RuleSettings(None, {key.replace("-", "_"): value for key, value in options.get(rule.id, {}).items()})


def _told(report: Report) -> str:
    return "\n".join(f"{each.rule} {tuple(each.span)}: {each.message}\n{each.detail}" for each in report.diagnostics)


def marked(text: str, spans: Iterable[Span]) -> str:
    """The text with ⟦⟧ round each span, once where several are equal."""
    marks: list[tuple[int, int, int, str]] = []
    for span in set(spans):
        marks.append((span.start, 1, -span.end, OPEN))
        marks.append((span.end, 2 if span.start == span.end else 0, -span.start, CLOSE))
    parts: list[str] = []
    end = 0
    for at, _, _, mark in sorted(marks):
        parts += [text[end:at], mark]
        end = at
    return "".join((*parts, text[end:]))
