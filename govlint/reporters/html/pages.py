"""What stands on a page and in the index, and the templates that say how."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup
from msgspec import Struct

from govlint.docs import PageError, page as page_of
from govlint.document import Cell, Document, Heading, Image, ListItem, Paragraph, Preformatted, Table, Text
from govlint.engine import Diagnostic, Report, parse_source
from govlint.ledger import STATUSES, Entry, Evidence, Status, coverage
from govlint.own import FAILURES, OWN_RULES
from govlint.reporters import Style, shown_path
from govlint.reporters.html.marks import RANKS, Extent, Mark, Placed, TextKey, marked, place
from govlint.reporters.naming import family_of, severity_name
from govlint.rule import Fix, Related, Rule, Severity
from govlint.source import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from govlint.hooks import Plugins
    from govlint.reporters import Language

_NUMERIC = re.compile(r"[-+－—]?\s?[\d,，.．]*\d[\d,，.．]*\s?[%％]?")
_ITEM_NUMBER = re.compile(r"[\d（(一二三四五六七八九十]")
_CHINESE_LINES = re.compile(
    r"(?<=[\u2018-\u201f\u3000-\u9fff\uff00-\uffef])\n(?=[\u2018-\u201f\u3000-\u9fff\uff00-\uffef])"
)
_WIDE = 6
"""Tables of more columns take the whole width of the page, with their notes below."""
_SHOWN = 60
_LONG = 8
_MOST_PLACES = 8
_HIDDEN = ("反例", "正例", "处理")


class Prepared(Struct, frozen=True):
    """A page, and what the index says of it: the report's title, how many numbers have each status."""

    html: str
    title: str
    numbers: Mapping[Status, int]


def fix_text(report: Report, fix: Fix | None) -> tuple[str, str] | None:
    """What a fix of one edit replaces, and with what; of several edits there is no short form."""
    if fix is None or len(fix.edits) != 1 or report.source is None:
        return None
    edit = fix.edits[0]
    before = report.source.text[edit.span.start : edit.span.end]
    return (before, edit.text) if len(before) <= _SHOWN and len(edit.text) <= _SHOWN else None


# -- a page


class _Places(Struct, frozen=True):
    """Places that are linked: the line that each begins in, and the id of its mark."""

    message: str
    links: tuple[tuple[str, int], ...]

    @property
    def shown(self) -> tuple[tuple[str, int], ...]:
        return self.links[:_MOST_PLACES]

    @property
    def further(self) -> tuple[tuple[str, int], ...]:
        return self.links[_MOST_PLACES:]


class _Note(Struct, frozen=True):
    """A finding as it stands beside its place. ``at`` is the id of its mark, empty where it has none."""

    number: int
    at: str
    severity: str
    rule: str
    family: str
    message: str
    line: int
    column: int
    places: tuple[_Places, ...]
    fix: tuple[str, str] | None
    safe: bool
    detail: str


class _Row(Struct, frozen=True):
    """A number of the ledger."""

    at: str
    entry: Entry
    line: int
    evidence: tuple[tuple[Evidence, tuple[_Places, ...]], ...]


class _PageMaker:
    """Gives ids to places while a page is put together."""

    def __init__(self, report: Report, style: Style) -> None:
        self.report = report
        self.style = style
        self.marks: list[Mark] = []
        self._places: dict[Span, str] = {}

    def line(self, span: Span) -> int:
        return self.report.positions(span)[0].line

    def places(self, related: Iterable[Related]) -> tuple[_Places, ...]:
        """The places one after another of which the same is said, together."""
        return tuple(
            _Places(message, tuple((self._place(each.span), self.line(each.span)) for each in group))
            for message, group in groupby(related, key=self.style.say)
        )

    def _place(self, span: Span) -> str:
        if span not in self._places:
            self._places[span] = f"p{len(self._places) + 1}"
            self.marks.append(Mark(self._places[span], span))
        return self._places[span]

    def note(self, number: int, diagnostic: Diagnostic, rule: Rule | None) -> _Note:
        start, _ = self.report.positions(diagnostic.span)
        message = self.style.say(diagnostic)
        self.marks.append(Mark(f"f{number}", diagnostic.span, diagnostic.severity.value, label=message, number=number))
        return _Note(
            number,
            f"f{number}",
            diagnostic.severity.value,
            diagnostic.rule,
            family_of(diagnostic.rule, rule, self.style.lang),
            message,
            start.line,
            start.column,
            self.places(diagnostic.related),
            fix_text(self.report, diagnostic.fix),
            diagnostic.fix is not None and diagnostic.fix.safe,
            diagnostic.detail,
        )

    def row(self, number: int, entry: Entry) -> _Row:
        id_ = f"n{number}"
        label = STATUSES[entry.status][self.style.lang == "en"]
        self.marks.append(Mark(id_, entry.span, status=entry.status, label=label))
        evidence = tuple((each, self.places(each.places)) for each in entry.evidence)
        return _Row(id_, entry, self.line(entry.span), evidence)


def make_page(report: Report, plugins: Plugins, lang: Language, *, bare: bool = False) -> Prepared:
    """The page of a report. ``bare`` leaves out the report's text: its findings only."""
    style = Style(lang=lang)
    rules = {rule.id: rule for rule in (*plugins.rules(), *OWN_RULES)}
    document = None if bare or report.source is None else report.document
    if document is None and report.source is not None and not bare:
        document, _ = parse_source(report.source, plugins, plugins.knowledge())
    entries: list[Entry] = []
    if document is not None:
        entries, _ = plugins.collect("govlint_ledger", Entry, document=document)
    maker = _PageMaker(report, style)
    notes = [
        maker.note(number, diagnostic, rules.get(diagnostic.rule))
        for number, diagnostic in enumerate(report.diagnostics, start=1)
    ]
    ledger = [maker.row(number, entry) for number, entry in enumerate(entries, start=1)]
    placed = Placed() if document is None else place(document, maker.marks)
    beside: dict[int | None, list[_Note]] = {}
    for note in notes:
        beside.setdefault(placed.homes.get(note.at), []).append(note)
    path = shown_path(report.path)
    title = _title(document) or path
    html = _template("page.html.j2").render(
        **_common(style, "page"),
        title=title,
        path=path,
        blocks=[] if document is None else _blocks(document, placed, beside),
        loose=beside.get(None, []),
        notes=notes,
        placed=placed.homes,
        severities=_severities(Counter(note.severity for note in notes), style),
        families=sorted(Counter(note.family for note in notes).items()),
        rules=[_described(id_, count, rules.get(id_), style) for id_, count in _by_rule(notes)],
        ledger=ledger,
        coverage=coverage(entry.status for entry in entries),
        statuses={status: names[lang == "en"] for status, names in STATUSES.items()},
        failed=report.failed,
    )
    return Prepared(html, title, coverage(entry.status for entry in entries))


def _title(document: Document | None) -> str:
    if document is None:
        return ""
    from govlint.facts.identity import title

    found = title(document)
    return " ".join(found.text.split())[:200] if found is not None else ""


def _by_rule(notes: Iterable[_Note]) -> list[tuple[str, int]]:
    return sorted(Counter(note.rule for note in notes).items())


def _severities(counts: Mapping[str, int], style: Style) -> list[tuple[str, str, int]]:
    return [(each.value, severity_name(each.value, style.lang), counts.get(each.value, 0)) for each in Severity]


def _described(id_: str, count: int, rule: Rule | None, style: Style) -> dict[str, Any]:
    """A rule's page without its examples."""
    described: dict[str, Any] = {"id": id_, "count": count, "title": id_, "sections": ()}
    if rule is None:
        return described
    try:
        read = page_of(rule)
    except PageError:
        return described
    if style.lang == "en":
        return {**described, "title": id_, "sections": (("", _prose(read.english)),)}
    sections = tuple((heading, _prose(text)) for heading, text in read.sections if heading not in _HIDDEN)
    return {**described, "title": read.title, "sections": sections}


@functools.cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


@functools.cache
def _prose(text: str) -> Markup:
    """Markdown of a rule's page as HTML; lines between Chinese characters are joined without a space."""
    return Markup(_markdown().render(_CHINESE_LINES.sub("", text)))


# -- the report's blocks


def _blocks(document: Document, placed: Placed, beside: Mapping[int | None, Sequence[_Note]]) -> list[dict[str, Any]]:
    blocks = []
    for number, block in enumerate(document.blocks):
        marks = placed.blocks.get(number, [])
        lead = [Extent(0, 0, mark, True, True) for mark in marks if placed.homes[mark.id] == number]
        blocks.append(
            {
                "html": _block(number, block, placed),
                "lead": marked(Text.empty(), lead),
                "notes": beside.get(number, ()),
                "marks": " ".join(mark.id for mark in marks),
                "severity": min((mark.severity for mark in marks if mark.severity), key=RANKS.__getitem__, default=""),
                "wide": isinstance(block, Table) and block.width > _WIDE,
                "heading": isinstance(block, Heading),
            }
        )
    return blocks


def _block(number: int, block: object, placed: Placed) -> Markup:
    if isinstance(block, Table):
        return _table(number, block, placed)
    assert isinstance(block, Heading | Paragraph | ListItem | Preformatted | Image)
    text = marked(block.text, placed.texts.get(TextKey(number, 0), ()))
    match block:
        case Heading():
            return Markup("<h{0}>{1}</h{0}>").format(min(block.level + 1, 6), text)
        case ListItem():
            bullet = "" if _ITEM_NUMBER.match(block.text.text) else " bullet"
            return Markup('<p class="item depth{}{}">{}</p>').format(min(block.depth, 4), bullet, text)
        case Preformatted():
            return Markup("<pre>{}</pre>").format(text)
        case Image():
            return Markup('<p class="image">{}</p>').format(text)
    return Markup("<p{}>{}</p>").format(Markup(' class="bold"') if block.bold else "", text)


def _table(number: int, table: Table, placed: Placed) -> Markup:
    parts = ["<table>"]
    at = 0
    for row_number, row in enumerate(table.rows):
        parts.append("<tr>")
        for cell in row:
            text = marked(cell.text, placed.texts.get(TextKey(number, at), ()))
            parts.append(_cell(cell, text, len(table.rows) - row_number, table.width))
            at += 1
        parts.append("</tr>\n")
    parts.append("</table>")
    return Markup("".join(parts))


def _cell(cell: Cell, text: Markup, rows_left: int, width: int) -> str:
    name = "th" if cell.header else "td"
    attributes = ""
    shown = cell.text.text[:_SHOWN].strip()
    if _NUMERIC.fullmatch(shown):
        attributes = ' class="num"'
    elif len(shown) > _LONG:
        attributes = ' class="long"'
    if cell.rowspan > 1:
        attributes += f' rowspan="{min(cell.rowspan, rows_left)}"'
    if cell.colspan > 1:
        attributes += f' colspan="{max(min(cell.colspan, width - cell.column), 1)}"'
    return f"<{name}{attributes}>{text}</{name}>"


# -- the index


class IndexRow(Struct, frozen=True):
    """A report in the index; ``page`` is the name of its page, empty for what is about no file."""

    path: str
    page: str
    title: str
    severities: Mapping[str, int]
    families: Mapping[str, int]
    rules: Mapping[str, Mapping[str, int]]
    numbers: Mapping[Status, int]
    failed: bool
    said: tuple[str, ...]
    detail: str

    @classmethod
    def of(cls, report: Report, page: str, style: Style) -> IndexRow:
        """What the index says of a report."""
        path = shown_path(report.path)
        rules: dict[str, Counter[str]] = {}
        for diagnostic in report.diagnostics:
            rules.setdefault(diagnostic.rule, Counter())[diagnostic.severity.value] += 1
        families: Counter[str] = Counter()
        for id_, counts in rules.items():
            families[family_of(id_, style.rules.get(id_), style.lang)] += counts.total()
        failures = [diagnostic for diagnostic in report.diagnostics if diagnostic.rule in FAILURES]
        return cls(
            path,
            page,
            report.prepared.title if report.prepared is not None else path,
            Counter(diagnostic.severity.value for diagnostic in report.diagnostics),
            families,
            rules,
            report.prepared.numbers if report.prepared is not None else {},
            report.failed,
            tuple(style.say(diagnostic) for diagnostic in failures if not page or report.source is None),
            "\n".join(diagnostic.detail for diagnostic in failures if diagnostic.detail and not page),
        )

    @property
    def checked(self) -> int:
        """How many numbers were checked against something, whatever came of it."""
        return sum(self.numbers.values()) - self.numbers.get("unchecked", 0)


def make_index(rows: Sequence[IndexRow], style: Style) -> str:
    """The index over all reports."""
    severities: Counter[str] = Counter()
    families: Counter[str] = Counter()
    by_rule: dict[str, Counter[str]] = {}
    files: Counter[str] = Counter()
    numbers: Counter[Status] = Counter()
    for row in rows:
        severities.update(row.severities)
        families.update(row.families)
        numbers.update(row.numbers)
        for id_, counts in row.rules.items():
            by_rule.setdefault(id_, Counter()).update(counts)
            files[id_] += bool(row.page)
    return _template("index.html.j2").render(
        **_common(style, "index"),
        rows=[row for row in rows if row.page],
        loose=[row for row in rows if not row.page],
        severities=_severities(severities, style),
        families=sorted(families.items()),
        rules=[
            {**_described(id_, by_rule[id_].total(), style.rules.get(id_), style), "files": files[id_]}
            for id_ in sorted(by_rule, key=lambda id_: (-by_rule[id_].total(), id_))
        ],
        coverage={status: numbers[status] for status in STATUSES},
        statuses={status: names[style.lang == "en"] for status, names in STATUSES.items()},
    )


# -- templates


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("govlint.reporters", "html"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> jinja2.Template:
    return _environment().get_template(name)


@functools.cache
def _asset(name: str) -> Markup:
    """A style sheet or script of ours: it goes into the page as it is."""
    return Markup(resources.files("govlint.reporters.html").joinpath(name).read_text(encoding="utf-8"))


def _common(style: Style, name: str) -> dict[str, Any]:
    from importlib.metadata import version

    script = _asset(f"{name}.js")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    english = style.lang == "en"
    return {
        "lang": "en" if english else "zh-CN",
        "say": lambda zh, en: en if english else zh,
        "severity_name": lambda severity: severity_name(severity, style.lang),
        "version": version("govlint"),
        "css": _asset("common.css") + _asset(f"{name}.css"),
        "script": script,
        "digest": digest,
    }
