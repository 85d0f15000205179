"""Plugins and rules made on the spot, for tests of what runs them."""

from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Any

from govlint.document import Document, Paragraph
from govlint.hooks import Plugins
from govlint.hookspecs import hookimpl
from govlint.rule import Check, Finding, Rule, Severity
from govlint.source import Span

Install = Callable[[Callable[[], Plugins]], None]
"""What the fixture ``install`` is: lets no plugins be installed but those that a function gives."""


def plugin(name: str = "fake", **hooks: Callable[..., Any]) -> tuple[str, ModuleType]:
    """A plugin with the given hooks, as ``Plugins`` takes it."""
    module = ModuleType(name)
    for hook, function in hooks.items():
        setattr(module, hook, hookimpl(function))
    return name, module


def rules_plugin(*rules: Rule, name: str = "fake") -> tuple[str, ModuleType]:
    """A plugin that has rules and nothing else."""
    return plugin(name, govlint_rules=lambda: rules)


def plugins(*rules: Rule) -> Plugins:
    """One plugin with the given rules."""
    return Plugins([rules_plugin(*rules)])


def finds(word: str, severity: Severity | None = None) -> Check:
    """A check that reports each place of a word in paragraphs."""

    def check(document: Document) -> Iterator[Finding]:
        for block in document.blocks:
            if isinstance(block, Paragraph):
                at = block.text.text.find(word)
                while at >= 0:
                    span = block.text.span(at, at + len(word))
                    yield Finding(span, f"不应有 {word}", f"there is {word}", severity)
                    at = block.text.text.find(word, at + 1)

    return check


def fixed(*findings: Finding) -> Check:
    """A check that reports the same findings whatever the document."""

    def check(document: Document) -> Iterable[Finding]:
        return findings

    return check


def crash(document: Document) -> Iterator[Finding]:
    """A check that finds the first character and then fails."""
    yield Finding(Span(0, 1), "第一个字", "the first character")
    raise ZeroDivisionError("division by zero\nsecond line")


WORD = Rule("text/word", finds("甲"), Severity.WARNING)
OTHER = Rule("text/other", finds("乙"), Severity.WARNING)
NUMBER = Rule("numbers/number", finds("丙"), Severity.ERROR)
