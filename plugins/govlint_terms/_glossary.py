"""The glossary (名词解释): its heading, its entries with what they explain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from govlint_dictionaries.subjects import nearness
from msgspec import Struct

from govlint import Document, Passage, Section, Text, fact, passages, read_ordinal
from govlint_terms._chains import Chain, chains
from govlint_terms._subjects import LEVEL_OF, TableSubject, key_of, table_subjects

_HEADING = re.compile(r"名[词称]\s{0,2}解\s{0,2}释")
_NO_TERM = re.compile(r"名[词称]\s{0,2}解\s{0,2}释|说\s{0,2}明\s*$|情\s{0,2}况\s*$|表\s*$|\d{4}\s*年")
_END_OF_TERM = re.compile(r"\s*(?:[：:]|是指|指的是|指(?![标导挥定令示])|(?<=[）)])反映|[，,](?:是指|指))")
_CLAUSE = re.compile(r"[。；！？\n]")
_LONGEST = 90
_SUBJECTS = re.compile(r"支出功能分类|功能科目|支出科目|项级")
_QUOTES = re.compile(r"[“”\"‘’'《》\s*]")


class Entry(Struct, frozen=True):
    """An entry: the term (its place), the words behind it, the chains of subjects in the term, the passage's index.

    ``marked`` says that a colon, 指 or the like stands behind the term.
    """

    term: Text
    explanation: Text
    chains: tuple[Chain, ...]
    passage: int
    marked: bool

    @property
    def key(self) -> str:
        """The term for comparing."""
        return term_key(self.term.text)


class Glossary(Struct, frozen=True):
    """The glossary's heading, its entries in order, and the entry that introduces the subjects, if there is one."""

    heading: Text
    entries: tuple[Entry, ...]
    subjects: Text | None
    passages: frozenset[int]


@lru_cache(maxsize=4096)
def term_key(text: str) -> str:
    """A term without quotes and white space, with half-width brackets."""
    return key_of(_QUOTES.sub("", text))


@fact
def glossary(document: Document) -> Glossary | None:
    """The glossary of the report, ``None`` where it has none."""
    by_passage: dict[int, list[Chain]] = {}
    for chain in chains(document):
        by_passage.setdefault(chain.passage, []).append(chain)
    heading: Text | None = None
    entries: list[Entry] = []
    subjects: Text | None = None
    inside: set[int] = set()
    everything = passages(document)
    of_glossary: dict[int, Section | None] = {}
    for index, passage in enumerate(everything):
        if passage.role not in ("prose", "heading") or not passage.sections:
            continue
        innermost = id(passage.sections[-1])
        if innermost not in of_glossary:
            of_glossary[innermost] = next((each for each in passage.sections if _HEADING.search(each.title.text)), None)
        section = of_glossary[innermost]
        if section is None:
            continue
        heading = heading or section.title
        inside.add(index)
        if passage.role == "heading" and _NO_TERM.search(passage.text.text):
            continue
        if len(passage.text) < _LONGEST and _SUBJECTS.search(passage.text.text) and index not in by_passage:
            subjects = subjects or passage.text
            continue
        for entry in _entries(passage, index, tuple(by_passage.get(index, ()))):
            entries.append(entry)
    return Glossary(heading, tuple(entries), subjects, frozenset(inside)) if heading else None


def _entries(passage: Passage, index: int, found: tuple[Chain, ...]) -> Iterator[Entry]:
    """The entries of a passage, one a line."""
    raw = passage.text.text
    begin = 0
    for line in raw.split("\n"):
        end = begin + len(line)
        start = begin + read_ordinal(line).end
        match = _END_OF_TERM.search(raw, start, min(end, start + _LONGEST))
        stop = (
            match.start()
            if match
            else end
            if passage.role == "heading" or _is_alone(found, passage, start, end)
            else -1
        )
        clause = _CLAUSE.search(raw, start, stop) if stop >= 0 else None
        if stop > start and clause is None and (term := passage.text.slice(start, stop).strip()):
            place = term.whole
            inside = tuple(chain for chain in found if place.start <= chain.own[0].text.whole.start < place.end)
            explanation = passage.text.slice(match.end(), end) if match else Text.empty()
            yield Entry(term, explanation, inside, index, match is not None)
        begin = end + 1


def _is_alone(found: tuple[Chain, ...], passage: Passage, start: int, end: int) -> bool:
    """Whether a line is nothing but a chain of subjects, explained in the next one."""
    place = passage.text.span(start, end)
    return end - start < _LONGEST and any(
        place.start <= chain.own[0].text.whole.start and place.end - chain.own[-1].text.whole.end <= 4
        for chain in found
    )


class Explained(NamedTuple):
    """What the glossary explains of the functional subjects: codes (a 款 or 类 for all below it) and names alone."""

    codes: frozenset[str]
    names: frozenset[str]

    def covers(self, code: str, name: str) -> bool:
        """Whether a 项 is explained: itself, one of the same name, or what it stands under."""
        return key_of(name) in self.names or any(code.startswith(each) for each in self.codes)


@fact
def explained_subjects(document: Document) -> Explained:
    """The subjects that entries explain; a wrong name counts for the subject of the tables that it is nearest to."""
    found = glossary(document)
    rows = [row for row in table_subjects(document) if row.system == "functional"]
    in_tables = {key_of(row.label) for row in rows}
    entries = found.entries if found else ()
    named = [chain for entry in entries for chain in entry.chains]
    codes = {code for chain in named for code in chain.links[-1].codes}
    names = {key_of(chain.links[-1].name) for chain in named}
    names.update(entry.key for entry in entries if not entry.chains and entry.key in in_tables)
    left = [row for row in rows if row.code not in codes]
    codes.update(code for chain in named if not chain.links[-1].codes for code in _nearest(left, chain))
    return Explained(frozenset(codes), frozenset(names))


def _nearest(rows: Sequence[TableSubject], chain: Chain) -> set[str]:
    """The code of the row that a name unknown to the lists is nearest to."""
    last = chain.links[-1]
    above = chain.links[-2].codes if len(chain.links) > 1 else ()
    near = [
        (nearness(key_of(last.name), key_of(row.label)), row.code)
        for row in rows
        if LEVEL_OF[len(row.code)] == last.level and (not above or row.code.startswith(above))
    ]
    score, code = max(near, key=lambda each: each[0], default=(0.0, ""))
    return {code} if score >= 0.4 else set()
