"""Configuration: ``govlint.toml``, ``[tool.govlint]`` in ``pyproject.toml``, the command line.

:class:`Configuration` answers for every path which :class:`Settings` hold there. Nothing heavy is imported as long as
no configuration file is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from govlint.document import ReportKind
from govlint.rule import Rule, Severity
from govlint.source import DEFAULT_MAX_BYTES


class ConfigError(Exception):
    """A configuration or a command line argument that can't be used: what and where, in Chinese (``str()``) and English.

    ``path`` is the file, ``None`` for the command line; ``line`` counts from 1, ``None`` where there is no line to name.
    """

    def __init__(self, message: str, english: str, *, path: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.english = english
        self.path = path
        self.line = line


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What holds for a rule: its severity if it is not the rule's own, and the options that were set, by parameter name."""

    severity: Severity | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one file. ``rules`` has the rules that are on, by id."""

    rules: Mapping[str, RuleSettings]
    kind: str | None = None
    fail_on: Severity | None = Severity.WARNING
    max_file_size: int = DEFAULT_MAX_BYTES
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What the caller chose, on the command line or as arguments; it goes before configuration files.

    ``fail_on`` is ``error``, ``warning``, ``info`` or ``never``; ``config`` is a file to read instead of searching.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    kind: str | None = None
    fail_on: str | None = None
    config: Path | None = None


class Configuration:
    """The settings of every path, from the configuration files found on the way and the caller's choices.

    Raises :class:`ConfigError` from all its methods.
    """

    def __init__(self, rules: Iterable[Rule], kinds: Iterable[ReportKind] = (), choices: Choices | None = None) -> None:
        raise NotImplementedError

    def settings(self, path: str | Path) -> Settings:
        """What holds for the file at ``path``, whether it exists or not."""
        raise NotImplementedError

    def excludes(self, path: str | Path) -> bool:
        """Whether the file or folder at ``path`` is excluded."""
        raise NotImplementedError

    def file_for(self, path: str | Path) -> Path | None:
        """The configuration file that holds for ``path``."""
        raise NotImplementedError
