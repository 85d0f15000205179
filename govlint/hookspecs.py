"""What a plugin can hand over. It implements any of these hooks with :data:`hookimpl`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from govlint.document import Document, Knowledge, ReportKind
    from govlint.hooks import Summary
    from govlint.ledger import Entry
    from govlint.reporters import Reporter
    from govlint.rule import Rule
    from govlint.source import Source

PROJECT = "govlint"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """The hooks. Each may be implemented by any number of plugins; results are joined unless it says otherwise."""

    @hookspec
    def govlint_rules(self) -> Iterable[Rule]:  # type: ignore[empty-body]
        """The rules of this plugin, usually ``rules_in(__name__)``."""

    @hookspec(firstresult=True)
    def govlint_parse(self, source: Source, knowledge: Knowledge) -> Document | None:
        """Parse a source of a format that govlint does not know; ``None`` leaves it to others."""

    @hookspec
    def govlint_reporters(self) -> Iterable[Reporter]:  # type: ignore[empty-body]
        """Further output formats."""

    @hookspec
    def govlint_words(self) -> Iterable[str]:  # type: ignore[empty-body]
        """Words of the field that the tokenizer keeps whole. Asked only where a rule needs words."""

    @hookspec
    def govlint_summary(self, document: Document, ran: Collection[str]) -> Iterable[Summary]:  # type: ignore[empty-body]
        """Lines about a whole document that are no findings, such as how many of its numbers were verified.

        ``ran`` are the ids of the rules that ran: a plugin none of whose rules did has nothing to say.
        """

    @hookspec
    def govlint_ledger(self, document: Document) -> Iterable[Entry]:  # type: ignore[empty-body]
        """What became of each number of a document's prose, for ``govlint ledger`` (see :mod:`govlint.ledger`)."""

    @hookspec
    def govlint_kinds(self) -> Iterable[ReportKind]:  # type: ignore[empty-body]
        """The kinds of report that this plugin knows."""

    @hookspec
    def govlint_forms(self) -> Iterable[Traversable]:  # type: ignore[empty-body]
        """Files that say what a kind of report, or a region's form of it, consists of (see :mod:`govlint.forms`)."""

    @hookspec
    def govlint_data(self, name: str) -> Iterable[Any]:  # type: ignore[empty-body]
        """What this plugin has under a name that a pack defines, such as further entries of its dictionary.

        Nothing for names that it does not know. Rules and facts find the joined results in ``Knowledge.data``.
        """
