"""What a rule is and what it reports.

A rule is a generator function in a module of its own, marked with :func:`rule`::

    \"\"\"页的标题
    ...
    \"\"\"

    @rule(severity=Severity.WARNING)
    def check(document: Document, *, allow: Sequence[str] = ()) -> Iterator[Finding]:
        ...

The module's docstring is the rule's page (see :mod:`govlint.docs` for its form), the module's name its id within
the pack, the keyword-only parameters its options. Nothing is said twice.
"""

from __future__ import annotations

import collections.abc
import enum
import importlib
import inspect
import re
import sys
import typing
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from types import ModuleType
from typing import Any

from msgspec import Struct

from govlint.source import Span


class Severity(enum.StrEnum):
    """How sure and how grave: ``error`` certainly wrong, ``warning`` very likely wrong, ``info`` worth a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Edit(Struct, frozen=True, array_like=True, gc=False):
    """Replace the source in ``span`` with ``text``."""

    span: Span
    text: str


class Fix(Struct, frozen=True, array_like=True, gc=False):
    """Edits that mend a finding. ``safe``: certain enough to be applied by ``--fix`` without being looked at."""

    edits: tuple[Edit, ...]
    safe: bool = False

    @classmethod
    def replace(cls, span: Span, text: str, *, safe: bool = False) -> Fix:
        """The fix of one edit."""
        return cls((Edit(span, text),), safe)


class Related(Struct, frozen=True, array_like=True, gc=False):
    """Another place that belongs to a finding, the evidence: what it is, in Chinese and English."""

    span: Span
    message: str
    english: str


class Finding(Struct, frozen=True):
    """What a rule reports: the exact place, the message in Chinese and English, the evidence, perhaps a fix.

    ``severity`` is set where it differs from the rule's own.
    """

    span: Span
    message: str
    english: str
    severity: Severity | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None


Check = Callable[..., Iterable[Finding]]

RULE_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
"""The form of a rule's id: pack, slash, name, each in lower case with dashes."""


class Option(Struct, frozen=True):
    """A rule's option, read from a keyword-only parameter: configuration name, type as written, default, type.

    ``type`` is the annotation as an object, ``Any`` where there is none.
    """

    name: str
    annotation: str
    default: Any
    type: Any = Any


class Rule(Struct, frozen=True, dict=True):
    """A check with its name, severity and page. Options and page are read from the function and its module.

    ``page`` is the text of the page where it is not the docstring of the check's module.
    """

    id: str
    check: Check
    severity: Severity
    kinds: frozenset[str] = frozenset()
    enabled: bool = True
    page: str = ""

    @property
    def pack(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]

    @property
    def docstring(self) -> str:
        """The text of the rule's page, as it stands: tabs in its examples mean something."""
        return (self.page or sys.modules[self.check.__module__].__doc__ or "").strip("\n")

    @cached_property
    def options(self) -> Mapping[str, Option]:
        """The options by configuration name (``allow-list`` for the parameter ``allow_list``)."""
        return {
            name.replace("_", "-"): _option(name.replace("_", "-"), parameter, self.check.__module__)
            for name, parameter in inspect.signature(self.check).parameters.items()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        }


def _option(name: str, parameter: inspect.Parameter, module: str) -> Option:
    annotation = parameter.annotation
    if annotation is inspect.Parameter.empty:
        return Option(name, "", parameter.default)
    if not isinstance(annotation, str):
        return Option(name, inspect.formatannotation(annotation), parameter.default, annotation)
    names = {**vars(typing), **vars(collections.abc), **vars(sys.modules[module])}
    try:
        evaluated = eval(annotation, names)
    except NameError:  # imported for type checkers only
        evaluated = Any
    return Option(name, annotation, parameter.default, evaluated)


def rule(*, severity: Severity, kinds: Iterable[str] = (), enabled: bool = True) -> Callable[[Check], Check]:
    """Mark a function as the rule of its module.

    ``kinds`` limits it to kinds of report (ids such as ``final-accounts``); ``enabled=False`` leaves it off until a
    configuration selects it.
    """

    def mark(check: Check) -> Check:
        check.govlint_rule = {"severity": severity, "kinds": frozenset(kinds), "enabled": enabled}  # type: ignore[attr-defined]
        return check

    return mark


def rules_in(package: str, pack: str | None = None) -> list[Rule]:
    """The rules of a package, one from each module that has one, in the order of their names.

    ``pack`` is the first part of their ids; by default the package's name without ``govlint_``, with dashes.
    """
    from pkgutil import iter_modules  # a run that finds all in the cache does without

    root = importlib.import_module(package)
    pack = pack or package.rpartition(".")[2].removeprefix("govlint_").replace("_", "-")
    names = sorted(name for _, name, _ in iter_modules(root.__path__) if not name.startswith("_"))
    modules = (importlib.import_module(f"{package}.{name}") for name in names)
    return [found for module in modules if (found := _rule_of(module, pack)) is not None]


def _rule_of(module: ModuleType, pack: str) -> Rule | None:
    checks = [
        value
        for value in vars(module).values()
        if hasattr(value, "govlint_rule") and getattr(value, "__module__", None) == module.__name__
    ]
    if not checks:
        return None
    if len(checks) > 1:
        raise ValueError(f"{module.__name__} has {len(checks)} rules: a rule stands in a module of its own")
    name = module.__name__.rpartition(".")[2].replace("_", "-")
    return Rule(f"{pack}/{name}", checks[0], **checks[0].govlint_rule)
