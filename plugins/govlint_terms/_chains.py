"""Subjects in running text: ``…支出（类）…（款）…（项）`` as chains of names, with their places and codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from govlint_dictionaries.subjects import Level
from msgspec import Struct

from govlint import Document, Text, fact, passages_with, read_ordinal
from govlint_terms._subjects import is_placeholder, key_of, official, official_names, subject_names

_MARK = r"[（(]\s{0,3}(\d{2,7})?\s{0,3}(类|款|项)(?:级)?\s{0,3}[)）]"
_DEPTH: dict[Level, int] = {"类": 0, "款": 1, "项": 2}
_LONGEST = 48
_SENTENCE_BREAKS = frozenset("，。；;：:！？!?\n")
_DELIMITERS = _SENTENCE_BREAKS | frozenset('、“”"‘’《》.%％')
_ENUMERATION = re.compile(r"\s{0,4}(?:支出)?\s{0,4}(?:[、,，]|以?及|和|与)")
_LEAD = re.compile(
    r"\s{0,4}(?:支出|科目)?(?:中的|下的|中(?![国央小等医药职高华期长])|下|的|[-—–－>/→])?\s{0,4}(?:2\d{2}(?:\d{2}){0,2})?[-—\s]{0,4}"
)
_ORDINAL_BRACKETS = re.compile(r"\s*[（(][一二三四五六七八九十\d]{1,4}[)）]\s*")
_CODE_BEFORE = re.compile(r"(2\d{2}(?:\d{2}){0,2})[\s、-]*$")
_NO_SUBJECT = re.compile(r"科目$|^(?:功能|经济)?分类$|^(?:[按以]|每|各|个|批)")


class Link(Struct, frozen=True):
    """One subject of a chain: its level, the name as printed, its place, the code printed with it.

    ``codes`` are those that the name has, in any year, below the link before it; empty where it has none there.
    ``whole`` says that the name's beginning is certain: a mark or an ordinal stands before it.
    """

    level: Level
    name: str
    text: Text
    code: str
    codes: tuple[str, ...]
    whole: bool


class Chain(Struct, frozen=True):
    """Subjects that stand behind each other, from 类 to 项, and the passage (its index) they stand in.

    ``inherited`` counts the links that stand in the chain before (``A（款）B（项）、C（项）``).
    """

    links: tuple[Link, ...]
    passage: int
    inherited: int = 0

    @property
    def own(self) -> tuple[Link, ...]:
        """The links that are printed here."""
        return self.links[self.inherited :]


@fact
def chains(document: Document) -> tuple[Chain, ...]:
    """The chains of all passages, in order."""
    known = _known(document)
    found: list[Chain] = []
    for index, passage, marks in passages_with(document, _MARK, r"[类款项级]\s{0,3}[)）]"):
        if passage.role != "contents":
            found.extend(_in_passage(passage.text, index, marks, known))
    return tuple(found)


def _known(document: Document) -> Mapping[Level, frozenset[str]]:
    in_tables = subject_names(document)
    return {level: names | in_tables[level] for level, names in official_names().items()}


def _in_passage(
    text: Text, index: int, marks: Sequence[re.Match[str]], known: Mapping[Level, frozenset[str]]
) -> Iterator[Chain]:
    raw = text.text
    links: tuple[Link, ...] = ()
    inherited = 0
    end = 0
    for mark in marks:
        level: Level = mark[2]  # type: ignore[assignment]
        begin, whole, direct = _begin(raw, end, mark.start(), bool(links), known[level])
        if not (direct and _DEPTH[level] > _DEPTH[links[-1].level]):
            if len(links) > inherited:
                yield Chain(links, index, inherited)
            listed = links and _ENUMERATION.match(raw, end, mark.start())
            links = tuple(link for link in links if _DEPTH[link.level] < _DEPTH[level]) if listed else ()
            inherited = len(links)
        end = mark.end()
        name = raw[begin : mark.start()].rstrip()
        if len(name) < 2 or not _begins_name(name[0]) or is_placeholder(name) or _NO_SUBJECT.search(name):
            if len(links) > inherited:
                yield Chain(links, index, inherited)
            links, inherited = (), 0
            continue
        code = mark[1] or ""
        if before := _CODE_BEFORE.search(raw[max(0, begin - 12) : begin]):
            code = code or before[1]
        elif len(code) == 2 and links:
            code = links[-1].code + code
        parents = links[-1].codes if links else ()
        codes = {entry.code for entry in official(level, name) if not parents or entry.code.startswith(parents)}
        links = (*links, Link(level, name, text.slice(begin, begin + len(name)), code, tuple(sorted(codes)), whole))
    if len(links) > inherited:
        yield Chain(links, index, inherited)


def _begin(raw: str, after: int, before: int, inside: bool, known: frozenset[str]) -> tuple[int, bool, bool]:
    """Where the name before a mark begins, whether that is certain, and whether nothing parts it from the mark before.

    ``after`` is the end of the mark before, or 0. Behind a mark all words up to the next are the name; elsewhere the
    longest known name at the end is, or what stands behind the last mark that can't be in a name.
    """
    start = max(after, before - _LONGEST)
    cut = _last_delimiter(raw, start, before)
    if inside and start == after and key_of(raw[after:before]) in known:
        return after, True, True
    lead = _LEAD.match(raw, after, before)
    if inside and lead and cut <= lead.end():
        return lead.end(), True, True
    for at in range(start, before - 1):
        if _begins_name(raw[at]) and key_of(raw[at:before]) in known:
            return at + (raw[at] == "“" and "”" not in raw[at:before]), True, False
    certain = cut > start
    if after == 0 and (ordinal := read_ordinal(raw)).kind != "none" and cut <= ordinal.end < before:
        cut, certain = ordinal.end, True
    elif match := _ORDINAL_BRACKETS.match(raw, cut, before):
        cut, certain = match.end(), True
    while cut < before and raw[cut].isspace():
        cut += 1
    return cut, certain, False


def _begins_name(character: str) -> bool:
    """Whether a name can begin with a character: a Chinese one, a radical that a converter left of one, or a quotation mark."""
    return "㐀" <= character <= "鿿" or "⺀" <= character <= "⿟" or character == "“"


def _last_delimiter(raw: str, start: int, before: int) -> int:
    """The place behind the last mark that can't stand in a name, brackets of the name passed over."""
    depth = 0
    for at in range(before - 1, start - 1, -1):
        character = raw[at]
        if character in "）)":
            depth += 1
        elif character in "（(":
            if depth == 0:
                return at + 1
            depth -= 1
        elif character in _SENTENCE_BREAKS or (depth == 0 and (character in _DELIMITERS or character.isdecimal())):
            return at + 1
    return start
