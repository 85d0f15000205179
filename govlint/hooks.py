"""How plugins are found and asked.

A plugin is a module or package that an installed distribution names in the entry point group ``govlint``. It
implements any of the hooks of :mod:`govlint.hookspecs`. Our own packs use nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from govlint.document import Document, Knowledge, ReportKind
from govlint.own import PACK
from govlint.rule import RULE_ID, Rule
from govlint.source import Source

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from pluggy import PluginManager

T = TypeVar("T")

GROUP = "govlint"
"""The entry point group of plugins."""


class Summary(Struct, frozen=True, array_like=True, gc=False):
    """A line about a whole document, in Chinese and English."""

    message: str
    english: str


class PluginFailure(Struct, frozen=True):
    """A plugin, or one of its hooks, that raised: its name, what was being done, the error in a line, the traceback."""

    plugin: str
    doing: str
    error: str
    traceback: str

    @classmethod
    def caught(cls, plugin: str, doing: str, error: BaseException) -> PluginFailure:
        """The failure that an exception is."""
        return cls(plugin, doing, describe(error), traceback_of(error))


def describe(error: BaseException) -> str:
    """An exception in one line of at most 200 characters: its type and the first line of what it says."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}"[:200] if lines else type(error).__name__


def traceback_of(error: BaseException) -> str:
    """An exception's traceback, as Python prints it."""
    import traceback

    return "".join(traceback.format_exception(error))


class Plugins:
    """The loaded plugins, and those that failed. A broken one never stops the others.

    What rules, kinds and words the plugins have is asked once; ``failures`` grows as hooks are called.
    """

    def __init__(self, modules: Iterable[tuple[str, Any]] = ()) -> None:
        self._failures: list[PluginFailure] = []
        self._waiting = False
        self._known: dict[Any, Any] = {}
        self._origins: dict[str, str] = {}
        for name, module in modules:
            self._register(name, module, getattr(module, "__name__", ""))

    @classmethod
    def installed(cls) -> Plugins:
        """All plugins that installed distributions declare, in the order of their names; imported when first asked."""
        plugins = cls()
        plugins._waiting = True
        return plugins

    @cached_property
    def _manager(self) -> PluginManager:
        """Imported for the first plugin: a run that finds all in the cache asks none."""
        from pluggy import PluginManager

        from govlint.hookspecs import PROJECT, Hooks

        manager = PluginManager(PROJECT)
        manager.add_hookspecs(Hooks)
        return manager

    @property
    def loaded(self) -> bool:
        """Whether the plugins are imported: as long as they are not, none has failed."""
        return not self._waiting

    @property
    def failures(self) -> list[PluginFailure]:
        """The plugins that failed so far."""
        self._load_waiting()
        return self._failures

    def _load_waiting(self) -> None:
        if not self._waiting:
            return
        self._waiting = False
        from importlib.metadata import entry_points

        for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
            self._load(entry)

    def __reduce__(self) -> tuple[Any, ...]:
        """Plugins are sent to another process by where they come from; it imports them itself."""
        self._load_waiting()
        return _import_again, (self._origins, self.failures)

    def _load(self, entry: EntryPoint) -> None:
        try:
            module = entry.load()
        except (Exception, SystemExit) as error:
            self.fail(PluginFailure.caught(entry.name, f"import {entry.value}", error))
        else:
            self._register(entry.name, module, f"{entry.module}:{entry.attr}" if entry.attr else entry.module)

    def _register(self, name: str, module: Any, origin: str) -> None:
        try:
            self._manager.register(module, name)
            self._manager.check_pending()
        except (Exception, SystemExit) as error:
            if self._manager.has_plugin(name):
                self._manager.unregister(name=name)
            self.fail(PluginFailure.caught(name, "register", error))
        else:
            self._origins[name] = origin

    def fail(self, failure: PluginFailure) -> None:
        """Note a failure, unless the same plugin failed at the same thing before."""
        if (failure.plugin, failure.doing) not in {(known.plugin, known.doing) for known in self._failures}:
            self._failures.append(failure)

    def call(self, hook: str, **arguments: Any) -> Iterator[tuple[str, Any] | PluginFailure]:
        """What each plugin's implementation of a hook returns, with the plugin's name; a failure where it raises."""
        self._load_waiting()
        plugins = sorted(self._manager.list_name_plugin(), key=lambda named: named[0])
        implementing = {id(found.plugin) for found in getattr(self._manager.hook, hook).get_hookimpls()}
        for name, plugin in plugins:
            if id(plugin) not in implementing:
                continue
            others = [other for _, other in plugins if other is not plugin]
            caller = self._manager.subset_hook_caller(hook, others)
            try:
                yield name, caller(**arguments)
            except (Exception, SystemExit) as error:
                yield PluginFailure.caught(name, hook, error)

    def collect(self, hook: str, kind: type[T], **arguments: Any) -> tuple[list[T], list[PluginFailure]]:
        """The joined results of a hook that hands over things of a kind, plugin by plugin, and what went wrong.

        A plugin that hands over something else has failed; what it handed over until then counts.
        """
        results: list[T] = []
        failures: list[PluginFailure] = []
        for outcome in self.call(hook, **arguments):
            if isinstance(outcome, PluginFailure):
                failures.append(outcome)
                continue
            plugin, returned = outcome
            try:
                for handed in chain.from_iterable(returned):
                    if not isinstance(handed, kind):
                        raise TypeError(f"{hook} handed over {handed!r:.80}, not a {kind.__name__}")
                    results.append(handed)
            except (Exception, SystemExit) as error:
                failures.append(PluginFailure.caught(plugin, hook, error))
        return results, failures

    def _once(self, key: Any, make: Callable[[], T]) -> T:
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]  # type: ignore[no-any-return]

    def _all(self, hook: str, kind: type[T], **arguments: Any) -> tuple[T, ...]:
        def make() -> tuple[T, ...]:
            results, failures = self.collect(hook, kind, **arguments)
            for failure in failures:
                self.fail(failure)
            return tuple(results)

        return self._once((hook, *arguments.values()), make)

    def parse(self, source: Source, knowledge: Knowledge) -> tuple[Document | None, list[PluginFailure]]:
        """The document of the first plugin that knows the source's format, and the plugins that failed on it."""
        failures: list[PluginFailure] = []
        for outcome in self.call("govlint_parse", source=source, knowledge=knowledge):
            if isinstance(outcome, PluginFailure):
                failures.append(outcome)
            elif isinstance(outcome[1], Document):
                return outcome[1], failures
            elif outcome[1] is not None:
                error = TypeError(f"govlint_parse returned {outcome[1]!r:.80}, not a Document")
                failures.append(PluginFailure.caught(outcome[0], "govlint_parse", error))
        return None, failures

    def rules(self) -> Sequence[Rule]:
        """All rules, in the order of their ids; of two with one id, and of ids of the wrong form, none but the first good one."""
        return self._once("rules", self._rules)

    def _rules(self) -> tuple[Rule, ...]:
        rules: dict[str, Rule] = {}
        for rule in self._all("govlint_rules", Rule):
            problem = None
            if not RULE_ID.fullmatch(rule.id) or rule.pack == PACK:
                problem = f"{rule.id!r} is not an id for a rule: pack/name, and the pack {PACK!r} is the engine's own"
            elif rule.id in rules:
                problem = f"two rules are called {rule.id!r}: the second, in {rule.check.__module__}, is left out"
            if problem:
                self.fail(PluginFailure.caught(rule.check.__module__, rule.id, ValueError(problem)))
            else:
                rules[rule.id] = rule
        return tuple(rules[id_] for id_ in sorted(rules))

    def kinds(self) -> Sequence[ReportKind]:
        """All kinds of report, in the order of their ids."""
        return self._once(
            "kinds", lambda: tuple(sorted(self._all("govlint_kinds", ReportKind), key=lambda kind: kind.id))
        )

    def knowledge(self, kind: str | None = None, words: tuple[str, ...] = ()) -> Knowledge:
        """What the plugins know, for a document whose kind may be declared, with the user's own words.

        The same object for the same arguments. Words and data are asked from the plugins when they are read.
        """

        def make() -> Knowledge:
            return Knowledge(lambda: (*self._all("govlint_words", str), *words), tuple(self.kinds()), kind, _Data(self))

        return self._once(("knowledge", kind, words), make)

    def data(self, name: str) -> Sequence[Any]:
        """What all plugins have under a name (see ``govlint_data``).

        ``govlint_forms`` gives the forms, ``govlint_forms/KIND`` those of a kind of report.
        """
        first, _, kind = name.partition("/")
        if first == "govlint_forms":
            return self._once(name, lambda: self._forms(kind))
        return self._all("govlint_data", object, name=name)

    def _forms(self, kind: str) -> tuple[Any, ...]:
        from govlint.forms import FormError, read_form, read_form_of

        forms = []
        for file in self._all("govlint_forms", object):
            try:
                form = read_form_of(kind, file) if kind else read_form(file)  # type: ignore[arg-type]
                if form is not None:
                    forms.append(form)
            except (FormError, OSError, ValueError, AttributeError) as error:
                self.fail(PluginFailure.caught(str(file), "govlint_forms", error))
        return tuple(sorted(forms, key=lambda form: (form.kind, form.region)))


def _import_again(origins: Mapping[str, str], failures: Iterable[PluginFailure]) -> Plugins:
    from pkgutil import resolve_name

    plugins = Plugins((name, resolve_name(origin)) for name, origin in origins.items())
    for failure in failures:
        plugins.fail(failure)
    return plugins


class _Data(Mapping[str, Sequence[Any]]):
    """The data of all plugins by name, asked for when it is read. Iterates over the names that were read."""

    def __init__(self, plugins: Plugins) -> None:
        self._plugins = plugins
        self._names: list[str] = []

    def __getitem__(self, name: str) -> Sequence[Any]:
        if name not in self._names:
            self._names.append(name)
        return self._plugins.data(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
