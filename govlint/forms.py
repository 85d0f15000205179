"""Forms (报告格式): what a kind of report consists of, as data that plugins hand over in TOML files.

One file describes one kind of report, or a region's form of it; a pack names its files through the hook
``govlint_forms``. The engine knows their shape, never their content. Every name in a form is compared after
:func:`normalize_name`, so that spaces, quotes and the width of brackets do not matter.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Any, Literal

import msgspec

_IGNORED = re.compile(r"[\s“”\"'‘’《》〈〉]+")
_KIND = re.compile(r"""^kind\s*=\s*["']([^"'\n]*)["']""", re.MULTILINE)
_YEAR_PLACE = re.compile(r"^\{年\}年度?")
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
    count where it prints no unit (``件``). ``subject`` is the money it is about (``政府性基金``), which a statement that
    it is empty has to name.
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
    subject: str = ""

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


class Topic(_Data, frozen=True):
    """A matter that reports treat under a heading (事项): ``heads`` are phrases of its titles.

    ``says`` are phrases of text that treats it though the heading is lost; ``tables`` are ids of tables that treat it.
    ``closed``: headings under its own are of its own making and treat nothing else (名词解释). ``sure`` is false where
    many reports leave it out, so that its absence is worth no more than a hint. For phrases see
    :mod:`govlint.phrases`.
    """

    id: str
    name: str
    heads: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    basis: tuple[str, ...] = ()
    closed: bool = False
    sure: bool = True

    def in_force(self, year: int | None) -> bool:
        """Whether reports of that year treat it; for an unknown year all do."""
        return year is None or ((self.since or year) <= year <= (self.until or year))


class Disclosure(_Data, frozen=True):
    """Something that the section of a topic must state (应当公开的内容): one of the phrases ``says`` has to be there.

    Nothing is asked where a phrase of ``unless`` stands in the section. ``at`` are phrases of the sentence that a
    finding points at, ``anywhere`` says that the text of other sections counts, too, ``sure`` is false where its
    absence is worth no more than a hint.
    """

    id: str
    topic: str
    name: str
    says: tuple[str, ...]
    unless: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    anywhere: bool = False
    sure: bool = True
    since: int | None = None
    until: int | None = None
    basis: tuple[str, ...] = ()

    def in_force(self, year: int | None) -> bool:
        """Whether it is asked of reports of that year; for an unknown year all are."""
        return year is None or ((self.since or year) <= year <= (self.until or year))


class OutlineEntry(_Data, frozen=True):
    """A heading of the form's outline: its topic, the title that this form gives it, and what stands under it.

    A file writes an entry that is a topic and nothing else as a string. ``{年}`` in a title is the report's year. ``tables`` are the ids of the tables shown there, in their order.
    """

    topic: str
    title: str = ""
    required: bool = True
    entries: tuple[OutlineEntry, ...] = ()
    tables: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The title without the year."""
        return _YEAR_PLACE.sub("", self.title)

    def walk(self) -> Iterator[OutlineEntry]:
        """This entry and all below it, in order."""
        yield self
        for entry in self.entries:
            yield from entry.walk()


class Form(_Data, frozen=True, dict=True, eq=False):
    """A kind of report, or a region's form of it; ``eq=False``: two forms are the same only if they are one object.

    ``kind`` is its id (``final-accounts``), ``region`` is empty for the national form, which comes first: a region's
    form may use its tables, topics and disclosures by their ids. ``titles`` are regular expressions of which one
    matches the title of such a report. ``outline`` are the headings that a report of this form has, ``numbering`` how
    each level of them is numbered (``第{c}部分 ``, ``{n}.``). ``places`` are the beginnings of the names of bodies that
    use the form, ``sure`` is false where they use others as well; ``without`` are the ids of the disclosures that it does not ask for, ``table_names`` its own names of tables.
    """

    kind: str
    name: str = ""
    region: str = ""
    titles: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()
    tables: tuple[TableForm, ...] = ()
    identities: tuple[Identity, ...] = ()
    topics: tuple[Topic, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    numbering: tuple[str, ...] = ("第{c}部分 ", "{c}、", "（{c}）", "{n}.")
    places: tuple[str, ...] = ()
    sure: bool = True
    without: tuple[str, ...] = ()
    table_names: dict[str, str] = {}

    def entries(self) -> tuple[OutlineEntry, ...]:
        """All entries of the outline, in order."""
        return self._entries

    def shown_tables(self) -> tuple[str, ...]:
        """The ids of the tables that a report of this form shows, in their order."""
        return self._shown_tables

    @cached_property
    def _entries(self) -> tuple[OutlineEntry, ...]:
        return tuple(each for entry in self.outline for each in entry.walk())

    @cached_property
    def _shown_tables(self) -> tuple[str, ...]:
        return tuple(table for entry in self._entries for table in entry.tables)


def normalize_name(name: str) -> str:
    """A name as it is compared: without white space and quotes, brackets full-width."""
    return _IGNORED.sub("", name).translate(_BRACKETS)


def read_form(file: Traversable) -> Form:
    """The form in a TOML file. Raises :class:`FormError` where it is not TOML or does not fit."""
    return _form(file, file.read_text(encoding="utf-8"))


def read_form_of(kind: str, file: Traversable) -> Form | None:
    """The form in a TOML file if it is one of that kind of report; most of the cost of reading others is spared."""
    text = file.read_text(encoding="utf-8")
    named = _KIND.search(text)
    return None if named and named[1] != kind else _form(file, text)


def _form(file: Traversable, text: str) -> Form:
    try:
        data = tomllib.loads(text)
        if isinstance(data.get("outline"), list):
            data["outline"] = [_entry(entry) for entry in data["outline"]]
        return msgspec.convert(data, Form)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise FormError(f"{file.name}: {error}") from error


def _entry(data: Any) -> Any:
    """An entry of an outline with everything spelled out: a string is the topic of an entry that has nothing else."""
    if isinstance(data, str):
        return {"topic": data}
    if isinstance(data, dict) and isinstance(data.get("entries"), list):
        return data | {"entries": [_entry(entry) for entry in data["entries"]]}
    return data


def read_forms(files: Iterable[Traversable]) -> tuple[Form, ...]:
    """The forms in the files, national ones first."""
    return tuple(sorted((read_form(file) for file in files), key=lambda form: (form.kind, form.region)))
