"""What of its form a report has (完整性): which region's form it follows, which topics and tables are there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from govlint.document import Document, Section, Table, Text
from govlint.facts.identity import body, period, report_kind, title
from govlint.facts.layout import ContentsEntry, layout
from govlint.facts.memo import fact, kept_for_lines, kept_for_paragraphs
from govlint.facts.outline import outline
from govlint.facts.prose import passages
from govlint.facts.recognition import forms, named_tables
from govlint.facts.titles import plain, title_core
from govlint.forms import Basis, Disclosure, Form, OutlineEntry, TableForm, Topic
from govlint.phrases import Prepared, Wording, fits, prepare, readings, says

_OPENING = re.compile(r"^(?:关于|对于|我|本)+")
_REMARK = re.compile(r"\([^()]*\)")
_DATED = re.compile(r"^\d{4}年度?")
_END = re.compile(r"[。！？；;!?\n]")


class Clause(Struct, frozen=True, gc=False):
    """A piece of running text that ends with 。 or ；: its place in a passage, its words, and the headings above."""

    passage: Text
    begin: int
    end: int
    prepared: Prepared
    sections: tuple[Section, ...]

    @property
    def text(self) -> Text:
        """Its text, without white space at the ends."""
        return self.passage.slice(self.begin, self.end)


class Library(Struct, frozen=True, eq=False):
    """What the plugins know of a kind of report, by id, and its forms, the national one first.

    ``named`` tells the topics that a heading's bare words name; the title of a table names only those that hold tables.
    """

    topics: Mapping[str, Topic]
    tables: Mapping[str, TableForm]
    disclosures: Mapping[str, Disclosure]
    bases: Mapping[str, Basis]
    forms: tuple[Form, ...]
    named: Callable[[str], tuple[Topic, ...]]


class Missing(Struct, frozen=True):
    """An entry of the form that the report lacks, the entry above it, and where it should stand."""

    entry: OutlineEntry
    above: OutlineEntry | None
    place: Text


Extent = Literal["whole", "prose", "tables", "fragment"]
"""What a document is: a whole report, its text without the tables, its tables without text, too little to say."""


class Completeness(Struct, frozen=True):
    """A report against the form that fits it best.

    ``placed``: the body's place uses the form; otherwise it was chosen by what the report contains. ``sections`` are
    the headed sections by topic, ``said`` the topics that are treated without a heading of their own, ``listed`` the
    entries of the contents by topic, ``tables`` the ids of the tables shown. ``missing`` are the required entries
    that are not there, ``missing_tables`` the tables.
    """

    form: Form
    library: Library
    year: int | None
    placed: bool
    sections: Mapping[str, tuple[Section, ...]]
    said: frozenset[str]
    listed: Mapping[str, ContentsEntry]
    tables: frozenset[str]
    extent: Extent
    missing: tuple[Missing, ...]
    missing_tables: tuple[TableForm, ...]


def library_of(found: Iterable[Form], kind: str) -> Library:
    """The forms of a kind put together; of two things with one id the first counts."""
    return _library(tuple([form for form in found if form.kind == kind]))


@lru_cache(maxsize=16)
def _library(own: tuple[Form, ...]) -> Library:
    topics: dict[str, Topic] = {}
    tables: dict[str, TableForm] = {}
    disclosures: dict[str, Disclosure] = {}
    bases: dict[str, Basis] = {}
    for form in own:
        for topic in form.topics:
            topics.setdefault(topic.id, topic)
        for table in form.tables:
            tables.setdefault(table.id, table)
        for disclosure in form.disclosures:
            disclosures.setdefault(disclosure.id, disclosure)
        for basis in form.bases:
            bases.setdefault(basis.id, basis)
    heads = [
        (topic, readings(topic.heads), readings(tuple(head for head in topic.heads if "表" in head)))
        for topic in topics.values()
    ]

    @kept_for_lines
    def named(title: str) -> tuple[Topic, ...]:
        prepared = prepare(title)
        table = title.endswith("表")
        return tuple([topic for topic, words, of_tables in heads if fits(prepared, of_tables if table else words)])

    return Library(topics, tables, disclosures, bases, tuple(form for form in own if form.outline), named)


@fact
def clauses(document: Document) -> tuple[Clause, ...]:
    """The running text in pieces, each with the headings above it; no headings, no contents."""
    return tuple(
        [
            Clause(passage.text, begin, end, prepared, passage.sections)
            for passage in passages(document)
            if passage.role in ("prose", "cell", "note")
            for begin, end, prepared in _clauses_in(passage.text.text)
        ]
    )


@kept_for_paragraphs
def _clauses_in(raw: str) -> tuple[tuple[int, int, Prepared], ...]:
    """The pieces of a text: where they begin and end without white space at the ends, and their words."""
    found = []
    begin = 0
    for end in [*(match.end() for match in _END.finditer(raw)), len(raw)]:
        words = raw[begin:end].rstrip()
        if prepared := plain(words):
            stop = begin + len(words)
            found.append((stop - len(words.lstrip()), stop, prepare(prepared)))
        begin = end
    return tuple(found)


def rows_in(document: Document, section: Section) -> Iterator[Prepared]:
    """The rows of the tables in a section, each as one line of text."""
    for index in section.blocks:
        block = document.blocks[index]
        if isinstance(block, Table):
            for row in block.rows:
                yield prepare(plain("".join(cell.text.text for cell in row)))


@fact
def completeness(document: Document) -> Completeness | None:
    """What the report has of its form; ``None`` where its kind is not known or no form describes it."""
    kind = report_kind(document)
    if kind is None:
        return None
    library = library_of(forms(document), kind)
    if not library.forms:
        return None
    found = period(document)
    year = found.year if found else None
    headed = _sections(document, library)
    listed = _listed(document, library)
    tables = named_tables(document)
    form, placed = _form(document, library, {*headed, *listed}, tables, year)
    sections = {**_titled(document, form), **headed}
    told = tables.difference(form.shown_tables())
    have = {*sections, *(topic.id for topic in library.topics.values() if not told.isdisjoint(topic.tables))}
    said = _said(document, library, form, have, headed)
    here = _Here(library, year, frozenset(have), said, tables)
    extent = _extent(form, here, {*sections})
    missing = tuple(
        Missing(entry, above, _place(document, entry, above, sections, listed)) for entry, above in here.missing(form)
    )
    absent = tuple(
        library.tables[id_]
        for id_ in form.shown_tables()
        if id_ not in tables and id_ in library.tables and library.tables[id_].in_force(year)
    )
    return Completeness(form, library, year, placed, sections, said, listed, tables, extent, missing, absent)


def heading_topics(words: Text, own: str, library: Library) -> tuple[Topic, ...]:
    """The topics that a heading names; ``own`` is the name of the body, which may stand in it."""
    core = plain(words.text)
    core = title_core(core.replace(own, "") or core if own else core)
    return library.named(_OPENING.sub("", _REMARK.sub("", core)) or core)


def _titled(document: Document, form: Form) -> dict[str, tuple[Section, ...]]:
    """The sections under the very titles of the form, by topic: the form may call something by a general name."""
    titles = {title_core(entry.name): entry.topic for entry in form.entries() if entry.title and not entry.entries}
    found: dict[str, tuple[Section, ...]] = {}
    for part in outline(document):
        for section in part.walk():
            topic = titles.get(title_core(section.title.text)) if section.title and not section.caption else None
            if topic is not None:
                found.setdefault(topic, (section,))
    return found


def _own(document: Document) -> str:
    named = body(document)
    return plain(named.name) if named else ""


def _sections(document: Document, library: Library) -> dict[str, tuple[Section, ...]]:
    found: dict[str, list[Section]] = {}
    for topic, section in _named_in(outline(document), _own(document), library):
        found.setdefault(topic.id, []).append(section)
    return {id_: tuple(those) for id_, those in found.items()}


def _named_in(sections: Sequence[Section], own: str, library: Library) -> Iterator[tuple[Topic, Section]]:
    """The topics that headings name; what stands under a closed one is part of it."""
    for section in sections:
        topics = heading_topics(section.title, own, library) if not section.caption and section.title else ()
        yield from ((topic, section) for topic in topics)
        if not any(topic.closed for topic in topics):
            yield from _named_in(section.children, own, library)


def _listed(document: Document, library: Library) -> dict[str, ContentsEntry]:
    own = _own(document)
    found: dict[str, ContentsEntry] = {}
    for entry in layout(document).contents:
        for topic in heading_topics(entry.title, own, library) if entry.title else ():
            found.setdefault(topic.id, entry)
    return found


_PLACED = 0.1
"""What it counts for a form that the body's place uses it."""
_ALIKE = 0.9
"""How much a report shares with a form that it follows though its place does not say so."""


def _form(
    document: Document, library: Library, topics: set[str], tables: frozenset[str], year: int | None
) -> tuple[Form, bool]:
    """The form that shares most with the report, and whether its place speaks for it; the national one where in doubt.

    The form of another place is taken only where the report has something of it that the national one lacks.
    """
    named = body(document)
    whole = title(document)
    names = [plain(text) for text in (named.name if named else "", whole.text if whole else "")]
    names = [_DATED.sub("", name) for name in names]
    national = library.forms[0]
    common = {*(entry.topic for entry in national.entries()), *national.shown_tables()}
    best: tuple[float, Form, bool] = -1.0, national, False
    for form, (wanted, optional, shown) in zip(library.forms, _contents_of_forms(library, year), strict=True):
        placed = any(name.startswith(form.places) for name in names)
        counted = topics - optional
        here = (wanted & topics) | (shown & tables)
        score = 2 * len(here) / max(1, len(wanted) + len(shown) + len(counted) + len(tables))
        if not placed and form is not national and (score < _ALIKE or here <= common):
            continue
        if score + _PLACED * placed > best[0] + 1e-9:
            best = score + _PLACED * placed, form, placed
    return best[1], best[2]


_Topics = frozenset[str]


@lru_cache(maxsize=64)
def _contents_of_forms(library: Library, year: int | None) -> list[tuple[_Topics, _Topics, frozenset[str]]]:
    """For each form the topics that it requires in a year, those that it leaves open, and the tables that it shows."""
    found = []
    for form in library.forms:
        entries = [entry for entry in form.entries() if entry.topic in library.topics]
        wanted = {entry.topic for entry in entries if entry.required and library.topics[entry.topic].in_force(year)}
        optional = {entry.topic for entry in entries if not entry.required}
        shown = {id_ for id_ in form.shown_tables() if id_ in library.tables and library.tables[id_].in_force(year)}
        found.append((frozenset(wanted), frozenset(optional), frozenset(shown)))
    return found


def _said(
    document: Document, library: Library, form: Form, have: set[str], headed: Mapping[str, Sequence[Section]]
) -> frozenset[str]:
    """The topics of the form that the text treats though no heading names them; where the part is there, in it."""
    absent = [
        library.topics[entry.topic]
        for entry in form.entries()
        if entry.topic in library.topics and entry.topic not in have and library.topics[entry.topic].says
    ]
    if not absent:
        return frozenset()
    closed = {id(section) for id_, those in headed.items() if library.topics[id_].closed for section in those}
    texts = [
        clause
        for clause in clauses(document)
        if closed.isdisjoint(map(id, clause.sections)) and not (clause.sections and clause.sections[-1].caption)
    ]
    wording = Wording.of(clause.prepared for clause in texts)
    above = {below.topic: entry.topic for entry in form.entries() for below in entry.entries}

    def treated(topic: Topic) -> bool:
        if not wording.say(topic.says):
            return False
        part = {id(section) for section in headed.get(above.get(topic.id, ""), ())}
        return not part or any(
            says(text.prepared, topic.says) for text in texts if not part.isdisjoint(map(id, text.sections))
        )

    return frozenset(topic.id for topic in absent if treated(topic))


class _Here(Struct, frozen=True):
    """What is there: topics with a heading or table of their own, topics that the text treats, tables."""

    library: Library
    year: int | None
    topics: frozenset[str]
    said: frozenset[str]
    tables: frozenset[str]

    def asked(self, entry: OutlineEntry) -> bool:
        """Whether an entry is required of a report of this year."""
        topic = self.library.topics.get(entry.topic)
        return entry.required and topic is not None and topic.in_force(self.year)

    def has(self, entry: OutlineEntry) -> bool:
        """Whether an entry is there: itself, something under it that has a heading, or most of what belongs under it."""
        if entry.topic in self.topics | self.said or not self.tables.isdisjoint(entry.tables):
            return True
        below = [each for each in entry.entries if self.has(each)]
        return any(each.topic not in self.said for each in below) or 2 * len(below) > len(entry.entries) > 0

    def missing(self, form: Form) -> Iterator[tuple[OutlineEntry, OutlineEntry | None]]:
        """The highest required entries that are not there, each with the one above it."""
        return self._missing(form.outline, None)

    def _missing(
        self, entries: Iterable[OutlineEntry], above: OutlineEntry | None
    ) -> Iterator[tuple[OutlineEntry, OutlineEntry | None]]:
        for entry in entries:
            if self.has(entry):
                yield from self._missing(entry.entries, entry)
            elif self.asked(entry) and not entry.tables:
                yield entry, above


_FEW = 4


def _extent(form: Form, here: _Here, headed: set[str]) -> Extent:
    if len(headed) + len(here.tables) < min(_FEW, len(list(form.entries()))):
        return "fragment"
    prose = [entry for entry in form.entries() if not entry.entries and not entry.tables and here.asked(entry)]
    there = sum(here.has(entry) for entry in prose)
    if there <= max(1, len(prose) // 6) and 2 * len(here.tables) >= len(form.shown_tables()):
        return "tables"
    return "prose" if not here.tables and form.shown_tables() else "whole"


def _place(
    document: Document,
    entry: OutlineEntry,
    above: OutlineEntry | None,
    sections: Mapping[str, Sequence[Section]],
    listed: Mapping[str, ContentsEntry],
) -> Text:
    """Where a missing entry should stand: its entry in the contents, the heading above it, the title."""
    if entry.topic in listed:
        return listed[entry.topic].line
    if above is not None and above.topic in sections:
        return heading_line(document, sections[above.topic][0])
    return front(document)


def heading_line(document: Document, section: Section) -> Text:
    """The whole line of a section's heading."""
    for heading in layout(document).headings_of(section.block):
        if heading.title.whole == section.title.whole:
            return heading.line
    return section.title


def front(document: Document) -> Text:
    """The place of what belongs to the whole report: its title, else its first line."""
    whole = title(document)
    return whole or next((line.text for line in layout(document).lines if line.text), Text.empty())
