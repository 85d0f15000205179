"""Makers of the rules that every kind of report has: what a report must contain, read from its form.

A pack's rule is a page and one call. Each function takes a document and yields findings; a document whose kind has
no form, or that is only a fragment of a report, has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from govlint.document import Document, Image, Section, Table, Text
from govlint.facts.completeness import (
    Clause,
    Completeness,
    Missing,
    clauses,
    completeness,
    front,
    heading_line,
    rows_in,
)
from govlint.facts.layout import HeadingLine, layout
from govlint.facts.recognition import RecognizedTable, recognized_tables, table_titles
from govlint.facts.statements import Statement
from govlint.facts.titles import plain
from govlint.forms import Basis, Disclosure, TableForm
from govlint.phrases import NONE, Wording, says
from govlint.rule import Finding, Related, Severity

_MANY = 4
_ATTACHED = ("附件", "附表", "另附", "附后", ".xls", ".doc", ".pdf")


def cite(bases: Iterable[Basis]) -> str:
    """The documents and clauses in brackets, empty where there are none: ``（《预算法》第十四条）``."""
    named = "、".join(dict.fromkeys(f"{basis.document}{basis.clause}" for basis in bases))
    return f"（{named}）" if named else ""


def _bases(found: Completeness, ids: Iterable[str]) -> list[Basis]:
    return [found.library.bases[id_] for id_ in ids if id_ in found.library.bases]


def _asks(found: Completeness, ids: Iterable[str]) -> str:
    """The clause and what it asks for."""
    bases = _bases(found, ids)
    if not bases:
        return ""
    asks = f"：{bases[0].asks}" if bases[0].asks and len(bases) == 1 else ""
    return f"（{'、'.join(dict.fromkeys(basis.document + basis.clause for basis in bases))}{asks}）"


def _national(found: Completeness) -> frozenset[str]:
    """The topics and tables that every region's report of this kind has."""
    form = found.library.forms[0]
    if form.region:
        return frozenset()
    entries = [entry.topic for entry in form.entries() if entry.required]
    return frozenset((*entries, *form.shown_tables()))


def _foreign(found: Completeness) -> frozenset[str]:
    """What only the region's form asks for, where the report lacks most of it: it follows that form in another year's shape."""
    own = {entry.topic for entry in found.form.entries() if entry.required} | set(found.form.shown_tables())
    own -= _national(found)
    missing = own & {*(each.entry.topic for each in found.missing), *(table.id for table in found.missing_tables)}
    return frozenset(missing) if len(missing) > 1 and 2 * len(missing) > len(own) else frozenset()


def _severity(found: Completeness, id_: str) -> Severity:
    if id_ in found.library.topics and not found.library.topics[id_].sure:
        return Severity.INFO
    return Severity.WARNING if (found.placed and found.form.sure) or id_ in _national(found) else Severity.INFO


def _named(form_region: str) -> tuple[str, str]:
    return (f"{form_region}格式的", f"reports of this form ({form_region})") if form_region else ("", "reports")


# --- Sections -------------------------------------------------------------------------------------------------------


def missing_sections(document: Document) -> Iterator[Finding]:
    """Parts and sections that the form asks for and the report lacks; said once where most are missing."""
    found = completeness(document)
    if found is None or found.extent == "fragment":
        return
    place = front(document)
    if not place:
        return
    if found.extent == "tables":
        yield Finding(
            place.whole,
            "报告只有表格，没有情况说明；说明另文公开的，应注明",
            "the report has tables only and no explanations; where they are published apart, say so",
            Severity.INFO,
        )
        return
    foreign = _foreign(found)
    asked = [missing for missing in found.missing if missing.entry.topic not in foreign]
    for above, those in groupby(asked, key=lambda missing: missing.above):
        group = list(those)
        if above is not None and len(group) >= _MANY:
            yield _several(found, group)
        else:
            yield from (_one(found, missing) for missing in group)


def _title(found: Completeness, missing: Missing) -> str:
    return missing.entry.name or found.library.topics[missing.entry.topic].name


def _one(found: Completeness, missing: Missing) -> Finding:
    topic = found.library.topics[missing.entry.topic]
    name = _title(found, missing)
    whose, english = _named("" if topic.id in _national(found) else found.form.region)
    return Finding(
        missing.place.whole,
        f"缺少{whose}“{name}”{_asks(found, topic.basis)}",
        f"{english} have a section “{name}”, this one does not{cite(_bases(found, topic.basis))}",
        _severity(found, topic.id),
    )


def _several(found: Completeness, group: Sequence[Missing]) -> Finding:
    names = "、".join(f"“{_title(found, missing)}”" for missing in group)
    ids = [id_ for missing in group for id_ in found.library.topics[missing.entry.topic].basis]
    severities = [_severity(found, missing.entry.topic) for missing in group]
    return Finding(
        group[0].place.whole,
        f"缺少{len(group)}项内容：{names}{cite(_bases(found, ids))}",
        f"{len(group)} sections are missing: {names}{cite(_bases(found, ids))}",
        min(severities, key=lambda severity: severity.rank),
    )


# --- Tables ---------------------------------------------------------------------------------------------------------


def missing_tables(document: Document) -> Iterator[Finding]:
    """Tables that the form asks for and the report lacks; said once where all or most are missing."""
    found = completeness(document)
    if found is None or found.extent == "fragment":
        return
    yield from _lost_tables(document, found)
    if not found.missing_tables:
        return
    place = _tables_place(document, found, found.form.shown_tables())
    if not place:
        return
    if found.extent == "prose":
        if not any(words in plain(clause.text.text) for clause in clauses(document) for words in _ATTACHED):
            yield Finding(
                place.whole,
                "报告中没有表格；表格另作附件的，应注明",
                "the report has no tables; where they are attached, say so",
                Severity.INFO,
            )
        return
    foreign = _foreign(found)
    missing = [
        table
        for table in found.missing_tables
        if table.id not in foreign and not _published_apart(document, table.subject)
    ]
    if len(missing) > max(_MANY, len(found.tables)):
        names = "、".join(_table_name(found, table) for table in missing)
        yield Finding(
            place.whole,
            f"缺少{len(missing)}张表：{names}{cite(_bases_of(found, missing[0]))}",
            f"{len(missing)} tables are missing: {names}{cite(_bases_of(found, missing[0]))}",
            Severity.INFO if len(found.tables) < _MANY else Severity.WARNING,
        )
        return
    for table in missing:
        name = _table_name(found, table)
        empty = table.empty_allowed and _said_empty(document, table.subject)
        whose, english = _named("" if table.id in _national(found) else found.form.region)
        also = "；没有数据的，也应列出空表并说明" if empty else ""
        yield Finding(
            _tables_place(document, found, (table.id,)).whole,
            f"缺少{whose}表“{name}”{also}{cite(_bases_of(found, table))}",
            f"{english} have the table “{name}”, this one does not{cite(_bases_of(found, table))}",
            Severity.INFO if empty else _severity(found, table.id),
        )


_LIST = 3
"""How many titles with nothing between them are a list of tables, not titles over lost ones."""


def _lost_tables(document: Document, found: Completeness) -> Iterator[Finding]:
    """Tables of which only the title is there, in a report that has most of them: converting the file may lose one."""
    titles = table_titles(document)
    there = {table.form.id for table in recognized_tables(document)}
    lost = [(line, id_) for line, id_ in titles if id_ not in there]
    if not lost or len({id_ for _, id_ in lost}) * 2 > len(there):
        return
    listed = _listed_titles(document, [line for line, _ in titles])
    for line, id_ in lost:
        table = found.library.tables.get(id_)
        if (
            table is None
            or line.block in listed
            or _instead_of_table(document, line)
            or _published_apart(document, table.subject)
            or (table.subject and _said_empty(document, table.subject))
        ):
            continue
        name = _table_name(found, table)
        yield Finding(
            line.title.whole,
            f"“{name}”只有标题，没有表格：转换文件时可能丢失{cite(_bases_of(found, table))}",
            f"of the table “{name}” only the title is there: converting the file may have lost it"
            f"{cite(_bases_of(found, table))}",
            _severity(found, id_),
        )


def _below(document: Document, title: HeadingLine) -> range:
    """The blocks between a title and the next heading or caption."""
    titles = (line.block for line in (*layout(document).headings, *layout(document).captions))
    return range(title.block + 1, min((block for block in titles if block > title.block), default=len(document.blocks)))


def _listed_titles(document: Document, titles: Iterable[HeadingLine]) -> set[int]:
    """The blocks of the titles that are a list of tables."""
    listed: set[int] = set()
    run: list[int] = []
    for title in titles:
        run.append(title.block)
        below = _below(document, title)
        if below or title.block + 1 >= len(document.blocks):
            listed.update(run if len(run) >= _LIST else ())
            run = []
    return listed | set(run if len(run) >= _LIST else ())


def _instead_of_table(document: Document, title: HeadingLine) -> bool:
    """Whether something below a title stands for its table: a picture, another table, or words on where or why."""
    for block in _below(document, title):
        if isinstance(document.blocks[block], Image | Table):
            return True
        for line in layout(document).lines_of(block):
            if line.role == "meta":  # whose table it is to be: a body in 无锡, say
                continue
            words = plain(line.text.text)
            if _is_empty_note(line.text) or any(where in words for where in (*_ATTACHED, "详见", "链接")):
                return True
    return False


def _published_apart(document: Document, subject: str) -> bool:
    """Whether the text says that something is published elsewhere."""
    apart = (f"{subject}…单独公开", f"{subject}…另行公开")
    return bool(subject) and any(says(clause.prepared, apart) for clause in clauses(document))


def _bases_of(found: Completeness, table: TableForm) -> list[Basis]:
    """What asks for a table: its own bases, and those of the part that shows it."""
    shown = next((entry.topic for entry in found.form.entries() if table.id in entry.tables), "")
    topic = found.library.topics.get(shown)
    return _bases(found, (*table.basis, *(topic.basis if topic else ())))


def _table_name(found: Completeness, table: TableForm) -> str:
    return found.form.table_names.get(table.id, table.name)


def _tables_place(document: Document, found: Completeness, tables: Sequence[str]) -> Text:
    """Where tables should stand: the heading or contents entry of the part that shows them."""
    for entry in found.form.entries():
        if set(tables).isdisjoint(entry.tables):
            continue
        if entry.topic in found.sections:
            return heading_line(document, found.sections[entry.topic][0])
        if entry.topic in found.listed:
            return found.listed[entry.topic].line
    return front(document)


# --- Disclosures ----------------------------------------------------------------------------------------------------


def missing_disclosures(document: Document) -> Iterator[Finding]:
    """What a section must state and does not; one finding for each section."""
    found = completeness(document)
    if found is None or found.extent in ("fragment", "tables"):
        return
    asked = [
        disclosure
        for disclosure in found.library.disclosures.values()
        if disclosure.in_force(found.year)
        and disclosure.id not in found.form.without
        and disclosure.topic in found.sections
    ]
    everything = clauses(document)
    places = _places(everything)
    closed = [section for id_, those in found.sections.items() if found.library.topics[id_].closed for section in those]
    apart = set(_under(places, closed))
    elsewhere = Wording.of(clause.prepared for place, clause in enumerate(everything) if place not in apart)
    asked.sort(key=lambda disclosure: disclosure.topic)
    for topic, those in groupby(asked, key=lambda disclosure: disclosure.topic):
        sections = found.sections[topic]
        texts = [everything[place] for place in _under(places, sections)]
        prepared = [clause.prepared for clause in texts]
        for section in sections:
            prepared.extend(rows_in(document, section))
        here = Wording.of(prepared)
        if not any(map(str.isalnum, here.together.numbers)):
            continue
        lacking = [each for each in those if not _states(each, here, elsewhere)]
        if lacking:
            yield _lacking(document, found, sections[0], texts, lacking)


def _places(clauses: Iterable[Clause]) -> dict[int, list[int]]:
    """For each section (by its ``id``) which of the clauses stand in it."""
    places: dict[int, list[int]] = {}
    for place, clause in enumerate(clauses):
        for section in clause.sections:
            places.setdefault(id(section), []).append(place)
    return places


def _under(places: Mapping[int, Sequence[int]], sections: Iterable[Section]) -> list[int]:
    """The places of the clauses that stand in one of the sections."""
    return sorted({place for section in sections for place in places.get(id(section), ())})


def _states(disclosure: Disclosure, here: Wording, elsewhere: Wording) -> bool:
    return (
        here.say(disclosure.says)
        or (disclosure.anywhere and elsewhere.say(disclosure.says))
        or here.say(disclosure.unless)
    )


def _lacking(
    document: Document, found: Completeness, section: Section, texts: Sequence[Clause], lacking: Sequence[Disclosure]
) -> Finding:
    heading = heading_line(document, section)
    pointed = [clause.text for each in lacking if each.at for clause in texts if says(clause.prepared, each.at)]
    place = pointed[0] if pointed and pointed[0] else heading
    names = "、".join(each.name for each in lacking)
    bases = _bases(found, [id_ for each in lacking for id_ in each.basis])
    return Finding(
        place.whole,
        f"“{' '.join(section.title.text.split())}”没有说明{names}{cite(bases)}",
        f"“{' '.join(section.title.text.split())}” does not state: {names}{cite(bases)}",
        None if any(each.sure for each in lacking) else Severity.INFO,
        (Related(heading.whole, "应当说明的部分", "the section that should state it"),) if place is not heading else (),
    )


# --- Empty tables ---------------------------------------------------------------------------------------------------


def empty_tables(document: Document) -> Iterator[Finding]:
    """Empty tables that nothing says to be empty, statements that name another fund, statements that are not true."""
    found = completeness(document)
    if found is None:
        return
    subjects = {table.subject for table in found.library.tables.values() if table.subject}
    for table in recognized_tables(document):
        if not table.form.subject or table.kind != found.form.kind:
            continue
        subject = table.form.subject
        notes = [note.text for note in table.statement.notes if _is_empty_note(note.text)]
        empty = _is_empty(table.statement)
        for note in notes:
            words = plain(note.text)
            other = next((each for each in subjects if each in words and each != subject), None)
            if other is not None and subject not in words and (empty or "本表" in words):
                yield Finding(
                    note.whole,
                    f"“{table.statement.caption}”的空表说明写的是“{other}”，应为“{subject}”",
                    f"the note under “{table.statement.caption}” speaks of “{other}”, it should be “{subject}”",
                    Severity.ERROR,
                )
            elif not empty and "本表" in words:
                yield _untrue(table, note)
        place = table.statement.caption_text
        bases = cite(_bases(found, table.form.basis))
        if empty and not notes and place and found.extent in ("whole", "tables") and not _said_empty(document, subject):
            yield Finding(
                place.whole,
                f"“{table.statement.caption}”没有数据，也没有说明没有{subject}收支{bases}",
                f"“{table.statement.caption}” has no figures, and nothing says that there are none{bases}",
                Severity.INFO if not table.form.empty_allowed else None,
            )


def _untrue(table: RecognizedTable, note: Text) -> Finding:
    figure = next(
        value
        for lane in table.statement.lanes
        for value in lane.values()
        if value.number is not None and value.number.value
    )
    return Finding(
        note.whole,
        f"说明称“{table.statement.caption}”无数据，表中却有数字",
        f"the note says that “{table.statement.caption}” is empty, but it has figures",
        Severity.ERROR,
        (Related(figure.cell.span, "表中的数字", "a figure of the table"),),
    )


def _is_empty(statement: Statement) -> bool:
    values = [value for lane in statement.lanes for value in lane.values()]
    return all(
        value.state in ("blank", "zero") or (value.number is not None and not value.number.value) for value in values
    )


def _is_empty_note(text: Text) -> bool:
    words = plain(text.text)
    return any(none in words for none in NONE) or "空表" in words or "为空" in words


def _said_empty(document: Document, subject: str) -> bool:
    """Whether the text says anywhere that there is none of something, or gives its amounts, all of them zero."""
    for clause in clauses(document):
        if subject not in clause.prepared.numbers:
            continue
        if any(none in clause.prepared.numbers for none in (*NONE, "空表", "为空", "为零")) or says(
            clause.prepared, (f"{subject}…0",)
        ):
            return True
    return False
