"""Forms (报告格式): what a kind of report consists of, as data that plugins hand over in TOML files.

One file describes one kind of report, or a region's form of it; a pack names its files through the hook
``govlint_forms``. The engine knows their shape, never their content. Every name in a form is compared after
:func:`normalize_name`, so that spaces, quotes and the width of brackets do not matter.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources.abc import Traversable
from typing import Literal

import msgspec

_IGNORED = re.compile(r"[\s“”\"'‘’《》〈〉]+")
_BRACKETS = str.maketrans("()[]", "（）［］")


class FormError(ValueError):
    """A form file that does not fit the schema: the message names the file and the place in it."""


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Base of all records: unknown keys are errors, keys are written in kebab case."""


class Basis(_Data, frozen=True):
    """A legal basis (依据): an id to refer to, the document, the clause, and what it asks for in our own words."""

    id: str
    document: str
    clause: str = ""
    asks: str = ""


class TableForm(_Data, frozen=True):
    """A table that reports of this kind have: its id (``T1``), its name, the other names it goes by.

    ``since`` and ``until`` are the first and last report year in which it belongs to the form. ``columns`` and ``rows``
    are header names and row labels that together tell the table where its name is lost. ``unit`` is what its values
    count where it prints no unit (``件``).
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    required: bool = True
    since: int | None = None
    until: int | None = None
    empty_allowed: bool = False
    columns: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    unit: str = ""
    basis: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)

    def in_force(self, year: int | None) -> bool:
        """Whether the form of that report year has the table; an unknown year has all."""
        return year is None or ((self.since or year) <= year <= (self.until or year))


class Identity(_Data, frozen=True):
    """A relation between cells of the tables (勾稽关系), such as ``T1[总计; 收入] = T1[总计; 支出]``.

    ``left`` and ``right`` are sums of cell selectors (see the numbers pack for their grammar). ``sure`` is false where
    reports may depart from it with good reason, so that a departure is worth a warning only.
    """

    id: str
    left: str
    right: str
    relation: Literal["=", "<=", ">="] = "="
    sure: bool = True
    since: int | None = None
    until: int | None = None
    basis: tuple[str, ...] = ()

    def in_force(self, year: int | None) -> bool:
        """Whether it holds for reports of that year; for an unknown year all do."""
        return year is None or ((self.since or year) <= year <= (self.until or year))


class Form(_Data, frozen=True):
    """A kind of report, or a region's form of it.

    ``kind`` is its id (``final-accounts``), ``region`` is empty for the national form, which comes first and is what
    a region's form adds to. ``titles`` are regular expressions of which one matches the title of such a report.
    """

    kind: str
    name: str = ""
    region: str = ""
    titles: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()
    tables: tuple[TableForm, ...] = ()
    identities: tuple[Identity, ...] = ()


def normalize_name(name: str) -> str:
    """A name as it is compared: without white space and quotes, brackets full-width."""
    return _IGNORED.sub("", name).translate(_BRACKETS)


def read_form(file: Traversable) -> Form:
    """The form in a TOML file. Raises :class:`FormError` where it is not TOML or does not fit."""
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Form)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise FormError(f"{file.name}: {error}") from error


def read_forms(files: Iterable[Traversable]) -> tuple[Form, ...]:
    """The forms in the files, national ones first."""
    return tuple(sorted((read_form(file) for file in files), key=lambda form: (form.kind, form.region)))
