"""Which settings hold for a file: ``govlint.toml``, ``[tool.govlint]`` in ``pyproject.toml``, the caller's choices.

A file's configuration is the nearest one upwards from it. Nothing heavy is imported as long as none is found.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from govlint.document import ReportKind
from govlint.hooks import Plugins
from govlint.mistakes import ConfigError, did_you_mean
from govlint.own import FAILURES, OWN_RULES, PACK
from govlint.rule import Rule, Severity
from govlint.source import DEFAULT_MAX_BYTES

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from govlint.configfile import ConfigFile, Key, Override, Places

    _Fail = Callable[..., ConfigError]

__all__ = ["Choices", "ConfigError", "Configuration", "RuleSettings", "Settings"]

AUTO = "auto"
NEVER = "never"
OFF = "off"

CONFIG_NAMES = ("govlint.toml", "pyproject.toml")
"""What configuration files are called; the first goes before the second in the same folder."""

_NO_REPORTS = re.compile(r"(?:readme|changelog|contributing|code_of_conduct|licen[cs]e)[._-]", re.IGNORECASE)
"""How the names of files begin that speak of the folder they are in."""


class RuleSettings(Struct, frozen=True):
    """What holds for a rule: its severity where that was set, and the options that were set, by parameter name."""

    severity: Severity | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


class Settings(Struct, frozen=True):
    """What holds for one file. ``rules`` has the rules that are on, by id, the engine's own among them."""

    rules: Mapping[str, RuleSettings]
    kind: str | None = None
    fail_on: Severity | None = Severity.WARNING
    max_file_size: int = DEFAULT_MAX_BYTES
    words: tuple[str, ...] = ()


class Choices(Struct, frozen=True):
    """What the caller chose, on the command line or as arguments; it goes before configuration files.

    ``select`` and ``ignore`` name rules or packs; ``kind`` is a kind of report or ``auto``; ``fail_on`` is ``error``,
    ``warning``, ``info`` or ``never``; ``config`` is a file to read instead of searching.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    kind: str | None = None
    fail_on: str | None = None
    config: Path | None = None


class _Layer(Struct, frozen=True):
    """Rules chosen in one place. ``off`` are those whose severity is ``off``."""

    select: Collection[str] | None = None
    ignore: Collection[str] = ()
    rules: Mapping[str, RuleSettings] = field(default_factory=dict)
    off: Collection[str] = ()


class _Loaded(Struct, frozen=True, eq=False):
    """A configuration file that was read, its names of rules and kinds not yet checked; globs are relative to its folder."""

    path: Path
    file: ConfigFile
    places: Places
    exclude: GitIgnoreSpec
    overrides: tuple[tuple[GitIgnoreSpec, Override], ...]

    def relative(self, path: str | Path) -> str:
        """A path as the globs see it: from the file's folder, or from the root where it is not below that."""
        absolute, folder = _absolute(path), self.path.parent
        below = absolute.relative_to(folder if absolute.is_relative_to(folder) else absolute.anchor)
        return below.as_posix()


class Configuration:
    """The settings of every path, from the configuration files found upwards from it and the caller's choices.

    ``rules`` and ``kinds`` are all that there are; ``complete=False`` says that some may be missing because a plugin
    failed, so that unknown names are no mistake. All methods raise :class:`ConfigError`.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        kinds: Iterable[ReportKind] = (),
        choices: Choices | None = None,
        *,
        complete: bool = True,
    ) -> None:
        known = _Known({rule.id: rule for rule in (*rules, *OWN_RULES)}, {kind.id for kind in kinds}, complete)
        self._begin(lambda: known, choices)
        self._own_layer()
        self._given_file()

    def _begin(self, known: Callable[[], _Known], choices: Choices | None) -> None:
        self._known = functools.cache(known)
        self._choices = choices or Choices()
        self._nearest: dict[str, _Loaded | None] = {}
        self._layers: dict[_Loaded, tuple[_Layer, tuple[_Layer, ...]]] = {}
        self._settings: dict[tuple[_Loaded | None, tuple[int, ...]], Settings] = {}
        self._identities: dict[tuple[_Loaded | None, tuple[int, ...]], str] = {}
        self._own_layer = functools.cache(lambda: self._known().choices(self._choices))
        self._given_file = functools.cache(self._given)

    @classmethod
    def of(cls, plugins: Plugins, choices: Choices | None = None) -> Configuration:
        """The configuration for what the plugins hand over."""
        rules, kinds = plugins.rules(), plugins.kinds()
        return cls(rules, kinds, choices, complete=not plugins.failures)

    @classmethod
    def later(cls, plugins: Plugins, choices: Choices | None = None) -> Configuration:
        """The same, but plugins are asked, and names of rules and kinds checked, only when settings are asked for."""

        def known() -> _Known:
            rules = {rule.id: rule for rule in (*plugins.rules(), *OWN_RULES)}
            return _Known(rules, {kind.id for kind in plugins.kinds()}, not plugins.failures)

        configuration = cls.__new__(cls)
        configuration._begin(known, choices)
        return configuration

    def identity(self, path: str | Path) -> str:
        """What tells the settings of ``path`` from other settings, for the same plugins; known without asking them."""
        place = self._place(path)
        if place not in self._identities:
            loaded, matching = place
            choices = replace(self._choices, config=None, fail_on=None)
            self._identities[place] = repr((choices, None if loaded is None else loaded.file, matching))
        return self._identities[place]

    def fail_on(self, path: str | Path) -> Severity | None:
        """The lowest severity that makes the check of ``path`` fail; known without asking the plugins."""
        return self._fail_on(self._for(path))

    def _fail_on(self, loaded: _Loaded | None) -> Severity | None:
        written = self._choices.fail_on or (None if loaded is None else loaded.file.fail_on) or Severity.WARNING
        return None if written == NEVER else Severity(written)

    def settings(self, path: str | Path) -> Settings:
        """What holds for the file at ``path``, whether it exists or not; the same object for the same settings."""
        key = self._place(path)
        if key not in self._settings:
            self._settings[key] = self._resolve(*key)
        return self._settings[key]

    def _place(self, path: str | Path) -> tuple[_Loaded | None, tuple[int, ...]]:
        """The configuration file of ``path`` and which of its overrides hold for it."""
        loaded = self._for(path)
        matching: tuple[int, ...] = ()
        if loaded is not None and loaded.overrides:
            relative = loaded.relative(path)
            matching = tuple(index for index, each in enumerate(loaded.overrides) if each[0].match_file(relative))
        return loaded, matching

    def excludes(self, path: str | Path, *, folder: bool = False) -> bool:
        """Whether the file at ``path``, or with ``folder`` all that is in the folder there, is excluded.

        A README and its like are, unless ``exclude`` says otherwise (``!README.md``).
        """
        loaded = self._for(path)
        if loaded is not None and loaded.file.exclude:
            said = loaded.exclude.check_file(loaded.relative(path) + "/" * folder).include
            if said is not None:
                return said
        return not folder and _NO_REPORTS.match(os.path.basename(path)) is not None  # noqa: PTH119

    def file_for(self, path: str | Path) -> Path | None:
        """The configuration file that holds for ``path``."""
        loaded = self._for(path)
        return None if loaded is None else loaded.path

    def _resolve(self, loaded: _Loaded | None, matching: Sequence[int]) -> Settings:
        kind = self._choices.kind
        size = DEFAULT_MAX_BYTES
        words: tuple[str, ...] = ()
        layers: list[_Layer] = []
        if loaded is not None:
            kinds = (kind, *(loaded.overrides[index][1].kind for index in reversed(matching)), loaded.file.kind)
            kind = next((kind for kind in kinds if kind is not None), None)
            size, words = loaded.file.max_file_size, loaded.file.words
            general, special = self._checked(loaded)
            layers = [general, *(special[index] for index in matching)]
        layers.append(self._own_layer())
        return Settings(
            {rule.id: found for rule in self._known().rules.values() if (found := _settled(rule, layers)) is not None},
            None if kind == AUTO else kind,
            self._fail_on(loaded),
            size,
            words,
        )

    def _checked(self, loaded: _Loaded) -> tuple[_Layer, tuple[_Layer, ...]]:
        """The layers of a file and of each of its overrides, all names in them checked."""
        if loaded not in self._layers:
            file, places, known = loaded.file, loaded.places, self._known()
            known.kind(file.kind, ("kind",), places.error)
            general = known.layer(file.select, file.ignore, file.rules, (), places.error)
            special = []
            for index, override in enumerate(file.overrides):
                keys: tuple[Key, ...] = ("overrides", index)
                known.kind(override.kind, (*keys, "kind"), places.error)
                special.append(known.layer(override.select, override.ignore, override.rules, keys, places.error))
            self._layers[loaded] = general, tuple(special)
        return self._layers[loaded]

    def _given(self) -> _Loaded | None:
        """The configuration in the file that the caller named, if one was."""
        path = self._choices.config
        if path is None:
            return None
        loaded = _load(path)
        if loaded is None:
            raise ConfigError("其中没有 [tool.govlint]", "there is no [tool.govlint] in it", path=str(path))
        return loaded

    def _for(self, path: str | Path) -> _Loaded | None:
        """The given file, or the nearest in the folders above ``path``."""
        if self._choices.config is not None:
            return self._given_file()
        given = os.path.dirname(path)  # noqa: PTH120 - asked for every file several times
        if given not in self._nearest:
            passed, loaded = [given], None
            for folder in _absolute(path).parents:
                if str(folder) in self._nearest:
                    loaded = self._nearest[str(folder)]
                    break
                passed.append(str(folder))
                if (loaded := _in_folder(folder)) is not None:
                    break
            self._nearest.update(dict.fromkeys(passed, loaded))
        return self._nearest[given]


def _settled(rule: Rule, layers: Iterable[_Layer]) -> RuleSettings | None:
    """What the layers, later ones going before earlier ones, make of a rule; ``None`` where it is off.

    Within a layer a rule's name counts for more than its pack's, and ``ignore`` for more than ``select``. A later
    layer that selects overrules what was ignored before, unless that was said more precisely. A rule that is off by
    default, or whose severity was ``off``, is on where its name is selected or its severity is set. The engine's own
    rules need not be selected; those that say that something was not checked are always on.
    """
    if rule.id in FAILURES:
        return RuleSettings()
    selected, asked, off, banned = True, rule.enabled, False, 0
    severity: Severity | None = None
    options: dict[str, Any] = {}
    for layer in layers:
        chosen = 0
        if layer.select is not None:
            chosen = _precision(rule, layer.select)
            selected = chosen > 0 or rule.pack == PACK
            banned = 0 if chosen >= banned else banned
            if chosen == 2:
                asked, off = True, False
        if (ignored := _precision(rule, layer.ignore)) >= max(chosen, 1):
            banned = max(banned, ignored)
        if (here := layer.rules.get(rule.id)) is not None:
            options.update(here.options)
            off = off or rule.id in layer.off
            if here.severity is not None:
                severity, asked, off = here.severity, True, False
    return RuleSettings(severity, options) if selected and asked and not off and not banned else None


def _precision(rule: Rule, names: Collection[str]) -> int:
    """How precisely the names name a rule: 2 by its id, 1 by its pack, 0 not at all."""
    return 2 if rule.id in names else int(rule.pack in names)


class _Known(Struct, frozen=True):
    """The names that may be used. Its methods raise :class:`ConfigError` for others; ``fail`` makes the error."""

    rules: Mapping[str, Rule]
    kinds: Collection[str]
    complete: bool

    def choices(self, choices: Choices) -> _Layer:
        """The caller's choices of rules."""

        def fail(keys: Sequence[Key], message: str, english: str, value: object = None) -> ConfigError:
            return ConfigError(message, english)

        self.kind(choices.kind, (), fail)
        return self.layer(choices.select, choices.ignore, {}, (), fail)

    def kind(self, kind: str | None, keys: Sequence[Key], fail: _Fail) -> None:
        """Check the name of a kind of report."""
        if kind is not None and kind != AUTO and kind not in self.kinds and self.complete:
            hint, english = did_you_mean(kind, (*self.kinds, AUTO))
            raise fail(keys, f"没有名为 {kind} 的报告种类{hint}", f"no such kind of report: {kind}{english}", kind)

    def layer(
        self,
        select: Iterable[str] | None,
        ignore: Iterable[str],
        rules: Mapping[str, Mapping[str, Any]],
        keys: Sequence[Key],
        fail: _Fail,
    ) -> _Layer:
        """The layer of what is written at ``keys``, its names and options checked."""
        ignored = frozenset(self._names(ignore, (*keys, "ignore"), fail))
        for name in sorted(ignored & FAILURES):
            raise _not_switchable(name, (*keys, "ignore"), fail)
        return _Layer(
            None if select is None else frozenset(self._names(select, (*keys, "select"), fail)),
            ignored,
            {name: self._rule(name, table, (*keys, "rules", name), fail) for name, table in rules.items()},
            frozenset(name for name, table in rules.items() if table.get("severity") == OFF),
        )

    def _names(self, names: Iterable[str], keys: Sequence[Key], fail: _Fail) -> Iterator[str]:
        """The names of rules and packs, the latter without a slash at their end."""
        for written in names:
            name = written.removesuffix("/")
            if name not in self.rules and name not in self.packs():
                self._unknown(written, (*self.rules, *self.packs()), keys, fail)
            yield name

    def packs(self) -> set[str]:
        """The packs of the rules."""
        return {rule.pack for rule in self.rules.values()}

    def _unknown(self, name: str, names: Iterable[str], keys: Sequence[Key], fail: _Fail) -> None:
        if self.complete:
            hint, english = did_you_mean(name, names)
            raise fail(keys, f"没有名为 {name} 的规则{hint}", f"no such rule: {name}{english}", name)

    def _rule(self, name: str, table: Mapping[str, Any], keys: Sequence[Key], fail: _Fail) -> RuleSettings:
        from govlint.configfile import convert_option

        rule = self.rules.get(name)
        if rule is None:
            self._unknown(name, self.rules, keys, fail)
            return RuleSettings()
        if name in FAILURES and table.get("severity") == OFF:
            raise _not_switchable(name, (*keys, "severity"), fail)
        severity, options = None, {}
        for key, value in table.items():
            if key != "severity" and key not in rule.options:
                hint, english = did_you_mean(key, (*rule.options, "severity"))
                raise fail(
                    (*keys, key), f"规则 {name} 没有 {key} 这个选项{hint}", f"{name} has no option {key}{english}"
                )
            try:
                if key == "severity":
                    written = convert_option(value, Literal["error", "warning", "info", "off"])
                    severity = None if written == OFF else Severity(written)
                else:
                    options[key.replace("-", "_")] = convert_option(value, rule.options[key].type)
            except ConfigError as error:
                raise fail((*keys, key), f"{name} 的 {key} {error}", f"{key} of {name} {error.english}") from None
        return RuleSettings(severity, options)


def _not_switchable(name: str, keys: Sequence[Key], fail: _Fail) -> ConfigError:
    english = f"{name} can't be switched off: it says that something was not checked"
    return fail(keys, f"{name} 不能关闭：它表示有内容未能检查", english, name)


def _in_folder(folder: Path) -> _Loaded | None:
    """The configuration in a folder, if there is any."""
    for name in CONFIG_NAMES:
        path = folder / name
        if path.is_file() and (loaded := _load(path)) is not None:
            return loaded
    return None


def _absolute(path: str | Path) -> Path:
    """The path from the root, without ``..``; symbolic links stay, so that a linked file keeps the place it is seen at."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _load(path: Path) -> _Loaded | None:
    """The configuration in a file; ``None`` for a ``pyproject.toml`` without one."""
    from govlint.configfile import read_config

    read = read_config(path)
    if read is None:
        return None
    file, places = read
    overrides = [
        (_globs(override.paths, ("overrides", index, "paths"), places), override)
        for index, override in enumerate(file.overrides)
    ]
    return _Loaded(_absolute(path), file, places, _globs(file.exclude, ("exclude",), places), tuple(overrides))


def _globs(patterns: Sequence[str], keys: Sequence[Key], places: Places) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    for pattern in patterns:
        try:
            GitIgnoreSpec.from_lines([pattern])
        except ValueError as error:
            raise places.error(
                keys, f"通配符 {pattern} 有误：{error}", f"wrong glob {pattern}: {error}", pattern
            ) from None
    return GitIgnoreSpec.from_lines(patterns)
