"""What a plugin can hand over, and how plugins are found.

A plugin is a module or package that an installed distribution names in the entry point group ``govlint``. It
implements any of the hooks below with :data:`hookimpl`. Our own packs use nothing else.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

import pluggy

from govlint.document import Document, Knowledge, ReportKind
from govlint.rule import Rule
from govlint.source import Source

if TYPE_CHECKING:
    from govlint.reporters import Reporter

GROUP = "govlint"

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


@dataclass(frozen=True, slots=True)
class Summary:
    """A line about a whole document, in Chinese and English."""

    message: str
    english: str


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
        """Words of the field that the tokenizer keeps whole."""

    @hookspec
    def govlint_summary(self, document: Document) -> Iterable[Summary]:  # type: ignore[empty-body]
        """Lines about a whole document that are no findings, such as how many of its numbers were verified."""

    @hookspec
    def govlint_kinds(self) -> Iterable[ReportKind]:  # type: ignore[empty-body]
        """The kinds of report that this plugin knows."""


@dataclass(frozen=True)
class PluginFailure:
    """A plugin, or one of its hooks, that raised: its name, what was being done, the traceback."""

    plugin: str
    doing: str
    traceback: str


class Plugins:
    """The loaded plugins, and those that failed. A broken one never stops the others."""

    def __init__(self, modules: Iterable[tuple[str, Any]] = ()) -> None:
        self.failures: list[PluginFailure] = []
        self._manager = pluggy.PluginManager(GROUP)
        self._manager.add_hookspecs(Hooks)
        for name, module in modules:
            self._register(name, module)

    @classmethod
    def installed(cls) -> Plugins:
        """All plugins that installed distributions declare, in the order of their names."""
        plugins = cls()
        for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
            plugins._load(entry)
        return plugins

    def _load(self, entry: EntryPoint) -> None:
        try:
            module = entry.load()
        except Exception:
            self.failures.append(PluginFailure(entry.name, f"import {entry.value}", traceback.format_exc()))
        else:
            self._register(entry.name, module)

    def _register(self, name: str, module: Any) -> None:
        try:
            self._manager.register(module, name)
            self._manager.check_pending()
        except Exception:
            if self._manager.has_plugin(name):
                self._manager.unregister(name=name)
            self.failures.append(PluginFailure(name, "register", traceback.format_exc()))

    def collect(self, hook: str, **arguments: Any) -> list[Any]:
        """The joined results of a hook that hands over things, plugin by plugin; one that raises is a failure."""
        results: list[Any] = []
        for name, module in sorted(self._manager.list_name_plugin()):
            caller = self._manager.subset_hook_caller(hook, [other for _, other in self._manager.list_name_plugin() if other is not module])
            try:
                for handed in caller(**arguments):
                    results.extend(handed)
            except Exception:
                self.failures.append(PluginFailure(name, hook, traceback.format_exc()))
        return results

    def parse(self, source: Source, knowledge: Knowledge) -> Document | None:
        """The document of the first plugin that knows the source's format."""
        return self._manager.hook.govlint_parse(source=source, knowledge=knowledge)

    def rules(self) -> Sequence[Rule]:
        """All rules, in the order of their ids."""
        return sorted(self.collect("govlint_rules"), key=lambda rule: rule.id)

    def knowledge(self, kind: str | None = None) -> Knowledge:
        """What the plugins know, for a document whose kind may be declared."""
        return Knowledge(lambda: self.collect("govlint_words"), tuple(self.collect("govlint_kinds")), kind)
