"""Rule pages, read from docstrings."""

from __future__ import annotations

from dataclasses import dataclass

from govlint.rule import Rule


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a page. ``marked`` has ⟦⟧ round what is to be found, ``text`` has not.

    ``format`` is ``markdown`` or ``html``; ``kind`` a report kind or ``None``; ``options`` are the rule's, by parameter
    name; ``fixed`` is the text after all fixes, ``None`` where the page does not say.
    """

    marked: str
    text: str
    format: str
    kind: str | None = None
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page. ``sections`` are (heading, Markdown) in the page's order, without the derived ones."""

    title: str
    english: str
    sections: tuple[tuple[str, str], ...]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]

    @property
    def fixable(self) -> bool:
        """Whether an example shows what a fix makes of it."""
        return any(example.fixed is not None for example in self.bad)


def page(rule: Rule) -> Page:
    """The rule's page. Raises ``ValueError`` that says what is wrong with its form."""
    raise NotImplementedError


def render(rule: Rule) -> str:
    """The page as Markdown, with what is derived: id, severity, kinds, options."""
    raise NotImplementedError
