"""Which table of the form each statement is (收入支出决算总表, 财政拨款“三公”经费支出决算表 …)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from govlint.document import Document
from govlint.facts.identity import body, report_kind
from govlint.facts.layout import HeadingLine, layout
from govlint.facts.memo import fact, kept_for_lines
from govlint.facts.statements import Statement, statements
from govlint.forms import Form, TableForm, normalize_name

_YEAR = re.compile(r"^.*?(?:\d{4}|[X×]{2,4}|20[X×]{2})年(?:度)?")
_NUMBER_BEHIND = re.compile(r"（(?:附?表[\d一二三四五六七八九十]{1,3}|(?:公开|财决|财预)?\d{1,2}表|续表?)）$")
_WHO = re.compile(
    r".*(?:局|委员会|委|办|办公室|办事处|中心|院|馆|校|园|厅|部|处|所|站|队|社|会|镇|乡|街道|政府|场|公司|集团|团|室|部门|单位|（本级）|（汇总）|本级)"
)
_SUBJECT = re.compile(r"决算|预算|财政|收入|支出|基金|三公|经费|采购|项目|资产|绩效")
_ROLE = re.compile(r"^(?:省级|市级|区级|县级|本级)?(?:预算|决算)?(?:部门|单位)|（(?:部门|单位)）")


class RecognizedTable(Struct, frozen=True):
    """A statement that is a table of a form: the form's kind of report, the table, the statement.

    ``named`` says that it was recognized by its name; else by its columns and rows.
    """

    kind: str
    form: TableForm
    statement: Statement
    named: bool = True


@fact
def forms(document: Document) -> tuple[Form, ...]:
    """The forms that the plugins know of this kind of report, of all kinds where it is unknown; national ones first."""
    kind = report_kind(document)
    return tuple(document.knowledge.data.get(f"govlint_forms/{kind}" if kind else "govlint_forms", ()))


@fact
def named_tables(document: Document) -> frozenset[str]:
    """The ids of the tables of this kind of report whose names stand over a table, or where a table should be."""
    kind = report_kind(document)
    recognized = [table.form.id for table in recognized_tables(document) if table.kind == kind]
    return frozenset([*(id_ for _, id_ in table_titles(document)), *recognized])


@fact
def table_titles(document: Document) -> tuple[tuple[HeadingLine, str], ...]:
    """The captions and headings that name a table of this kind of report, with its id, in the document's order."""
    kind = report_kind(document)
    names = {name: entry for name, entry in _names(document).items() if entry[0] == kind}
    own = body(document)
    found = layout(document)
    lines = [*found.captions, *(heading for heading in found.headings if heading.title.text.endswith("表"))]
    entries = [(line, _by_name(line.title.text, names, own.name if own else "")) for line in lines]
    titles = [(line, entry[1].id) for line, entry in entries if entry is not None]
    return tuple(sorted(titles, key=lambda title: title[0].block))


def _tables(document: Document) -> list[tuple[str, TableForm]]:
    """The tables of all forms with the kind of report that they belong to, those of this kind first."""
    kind = report_kind(document)
    tables = [(form.kind, table) for form in forms(document) for table in form.tables]
    return sorted(tables, key=lambda entry: entry[0] != kind)


@fact
def _names(document: Document) -> Mapping[str, tuple[str, TableForm]]:
    """The tables by their bare names; of two with one name the first counts."""
    names: dict[str, tuple[str, TableForm]] = {}
    for entry in _tables(document):
        for name in entry[1].names():
            names.setdefault(_bare(name), entry)
    return names


@fact
def recognized_tables(document: Document) -> tuple[RecognizedTable, ...]:
    """The statements that are tables of a form, in the document's order.

    A table is recognized by its caption: the whole of it, or its end where only a body, a year, 部门 or 单位 stands
    before; the longest name wins. Where the caption is lost or says nothing, by columns and rows that only one table
    of the form for this kind of report has.
    """
    kind = report_kind(document)
    names = _names(document)
    own = body(document)
    found: list[RecognizedTable | None] = []
    unnamed: list[int] = []
    for statement in statements(document):
        entry = _by_name(statement.caption, names, own.name if own else "") if statement.caption else None
        if entry is None and statement.numeric:
            unnamed.append(len(found))
        found.append(RecognizedTable(*entry, statement) if entry else None)
    taken = {table.form.id for table in found if table}
    marked = [
        (of_kind, table)
        for of_kind, table in _tables(document)
        if (table.columns or table.rows) and kind in (None, of_kind)
    ]
    everything = statements(document)
    for index in unnamed:
        entry = _by_content(everything[index], [entry for entry in marked if entry[1].id not in taken])
        if entry is not None:
            taken.add(entry[1].id)
            found[index] = RecognizedTable(*entry, everything[index], named=False)
    return tuple(table for table in found if table is not None)


@kept_for_lines
def _bare(name: str) -> str:
    """A table's name without what reports put before and behind it."""
    name = _NUMBER_BEHIND.sub("", _YEAR.sub("", normalize_name(name)))
    return _ROLE.sub("", name)


def _by_name(caption: str, names: Mapping[str, tuple[str, TableForm]], body: str) -> tuple[str, TableForm] | None:
    bare = _bare(caption)
    if body:
        bare = _ROLE.sub("", bare.removeprefix(normalize_name(body)))
    if bare in names:
        return names[bare]
    for start in range(1, len(bare) - 3):
        entry = names.get(bare[start:])
        if entry is not None:
            before = bare[:start]
            return entry if not _SUBJECT.search(before) and _WHO.fullmatch(before) else None
    return None


def _by_content(statement: Statement, tables: Iterable[tuple[str, TableForm]]) -> tuple[str, TableForm] | None:
    headers = {
        normalize_name(part)
        for lane in statement.lanes
        for column in lane.columns
        for part in (*column.header, lane.title)
    }
    labels = {normalize_name(row.label) for row in statement.rows()}
    fitting = [
        entry
        for entry in tables
        if all(normalize_name(name) in headers for name in entry[1].columns)
        and all(normalize_name(name) in labels for name in entry[1].rows)
    ]
    return fitting[0] if len(fitting) == 1 else None
