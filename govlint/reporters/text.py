"""``path:line:column: severity rule message``, what editors' problem matchers read, and a summary at the end.

On a terminal the source stands under each finding with the span underlined; the columns are counted in cells, so that
the marks stand right under full-width characters. What belongs to a finding is indented, so that matchers pass it by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TextIO

from msgspec import Struct

from govlint.engine import Rendered, Rendering, Report
from govlint.reporters import Language, Style, shown_path
from govlint.reporters.naming import SEVERITY_NAMES
from govlint.reporters.overview import Overview
from govlint.rule import Related, Severity
from govlint.source import Source, Span

_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_DIM = "\x1b[2m"
_SEVERITY_COLORS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.INFO: "\x1b[1;36m"}

_NAME = "\0"
"""Stands for the file's name. Nothing else does: what a file says is made :func:`visible`."""

_TAB = 4
_MANY_LINES = 3
_MANY_PLACES = 8
_SPACES = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")


def render(reports: Iterable[Report], out: TextIO, style: Style) -> None:
    """Write each report as it comes, then the summary."""
    files = 0
    told: set[str] = set()
    overview = Overview()
    for report in reports:
        if isinstance(report, Rendered):
            files, written = files + 1, report.rendering
        else:
            files, written = files + (report.source is not None), _rendering(report, style, told)
        name = visible(shown_path(report.path)) or "govlint"  # which a report on plugins is about
        overview.count(name, written.counts)
        lines = written.findings if style.quiet else written.findings + written.summary
        out.write(lines.replace(_NAME, name))
    if style.quiet:
        return
    if style.statistics:
        for rule, count in sorted(overview.rules().items(), key=lambda item: (-item[1], item[0])):
            out.write(f"{count:6}  {rule}\n")
    out.writelines(f"{line}\n" for line in overview.lines(style))
    out.write(_summary(files, overview.severities(), style) + "\n")


def rendering(report: Report, lang: Language) -> Rendering:
    """What is written about a report anywhere but on a terminal."""
    return _rendering(report, Style(lang=lang), set())


def _rendering(report: Report, style: Style, told: set[str]) -> Rendering:
    summary = "".join([f"{_paint(f'{_NAME}:', _DIM, style)} {visible(style.say(line))}\n" for line in report.summary])
    counts = Counter([(diagnostic.severity, diagnostic.rule) for diagnostic in report.diagnostics])
    return Rendering(_findings(report, style, told), summary, tuple((*found, count) for found, count in counts.items()))


def visible(text: str) -> str:
    """``text`` with a visible sign for each character that has none, as long as before.

    A terminal must not act on what a file contains, and an excerpt must not hide what a finding is about.
    """
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character.isprintable() or character in _SPACES:
        return character
    if character == "\x7f":
        return "\u2421"
    return chr(0x2400 + ord(character)) if character < " " else "\ufffd"


def _findings(report: Report, style: Style, told: set[str]) -> str:
    """The lines about a report's findings; a traceback that was ``told`` before is not told again."""
    lines: list[str] = []
    source = report.source
    for diagnostic in report.diagnostics:
        color = _SEVERITY_COLORS[diagnostic.severity]
        place = f"{_NAME}:{_place(source, diagnostic.span)}:"
        severity, rule = diagnostic.severity.value, diagnostic.rule
        if style.color:
            place, severity, rule = f"{_BOLD}{place}{_RESET}", f"{color}{severity}{_RESET}", f"{_DIM}{rule}{_RESET}"
        first, *rest = style.say(diagnostic).splitlines() or [""]
        lines.append(f"{place} {severity} {rule} {visible(first)}")
        lines += [f"    {visible(line)}" for line in rest]
        if style.excerpt and source is not None and not diagnostic.detail:
            lines += excerpt(source, diagnostic.span, style, color)
        for message, alike in groupby(diagnostic.related, key=style.say):
            evidence, *others = alike
            place = _paint(f"{_NAME}:{_place(source, evidence.span)}:", _DIM, style)
            lines.append(f"  {place} {visible(message)}{_also(source, others, style) if others else ''}")
        if diagnostic.detail and diagnostic.detail not in told:
            told.add(diagnostic.detail)
            lines += [f"    {visible(line)}" for line in diagnostic.detail.splitlines()]
    return "".join([f"{line}\n" for line in lines])


def _place(source: Source | None, span: Span) -> str:
    return "1:1" if source is None else source.place(span.start)


def _also(source: Source | None, others: Sequence[Related], style: Style) -> str:
    """The further places of which the same is said; the first of them where there are many."""
    shown = " ".join([_place(source, related.span) for related in others[:_MANY_PLACES]])
    if len(others) <= _MANY_PLACES:
        return f" (also {shown})" if style.lang == "en" else f"（又 {shown}）"
    count = len(others) + 1
    return f" (also {shown} …: {count} places)" if style.lang == "en" else f"（又 {shown} 等，共 {count} 处）"


def _summary(files: int, severities: Counter[Severity], style: Style) -> str:
    english = style.lang == "en"
    counts = [(severities[severity], *SEVERITY_NAMES[severity], _SEVERITY_COLORS[severity]) for severity in Severity]
    if not any(severities.values()):
        return (
            f"{files} {'file' if files == 1 else 'files'}: nothing found"
            if english
            else f"{files} 个文件：没有发现问题"
        )
    if english:
        found = ", ".join(
            _paint(f"{count} {name}{'s' * (count != 1)}", color, style) for count, _, name, color in counts
        )
        return f"{files} {'file' if files == 1 else 'files'}: {found}"
    return f"{files} 个文件：" + "，".join(_paint(f"{name} {count}", color, style) for count, name, _, color in counts)


def _paint(text: str, color: str, style: Style) -> str:
    return f"{color}{text}{_RESET}" if style.color else text


# The excerpt


class _Line(Struct, frozen=True):
    """Characters of a line as they are shown, and the cell at which each begins (one more: where the last ends)."""

    characters: list[str]
    cells: list[int]


def excerpt(source: Source, span: Span, style: Style, color: str = "") -> Iterator[str]:
    """The lines of ``span`` with marks under it, no wider than ``style.width``; of many lines the first and the last."""
    first, last = source.position(span.start).line, source.position(max(span.end - 1, span.start)).line
    numbers = list(range(first, last + 1)) if last - first < _MANY_LINES else [first, last]
    gutter = len(str(last))
    for number in numbers:
        if number == last and last - first >= _MANY_LINES:
            yield _paint(" " * gutter + " ⋮", _DIM, style)
        line = source.line_span(number)
        part = Span(min(max(span.start, line.start), line.end), min(max(span.end, line.start), line.end))
        text, marks = _underlined(source.text, line, part, max(style.width - gutter - 3, 10), style, color)
        yield f"{_paint(f'{number:>{gutter}} │', _DIM, style)} {text}"
        yield f"{_paint(' ' * gutter + ' │', _DIM, style)} {marks}"


def _underlined(text: str, line: Span, span: Span, width: int, style: Style, color: str) -> tuple[str, str]:
    """A line and the marks under ``span``; a line that is too long is cut on both sides of it."""
    if span.start == line.end:
        width -= 1  # the mark stands behind the line
    near = Span(max(line.start, span.start - width), min(line.end, min(span.end, span.start + width) + width))
    shown = _show(text[near.start : near.end])
    begin, end = span.start - near.start, min(span.end, near.end) - near.start
    left, right = _window(shown.cells, begin, end, width, cut=(near.start > line.start, near.end < line.end))
    before, after = "…" * (near.start + left > line.start), "…" * (near.start + right < line.end)
    stop = min(end, right)
    marked = "".join(shown.characters[begin:stop])
    excerpt = "".join(shown.characters[left:begin]), "".join(shown.characters[stop:right])
    indent = len(before) + shown.cells[begin] - shown.cells[left]
    marks = "^" * max(shown.cells[stop] - shown.cells[begin], 1)
    return (
        f"{before}{excerpt[0]}{_paint(marked, color, style) if marked else ''}{excerpt[1]}{after}".rstrip(),
        " " * indent + _paint(marks, color, style),
    )


def _show(line: str) -> _Line:
    from rich.cells import get_character_cell_size

    characters: list[str] = []
    cells = [0]
    for character in line:
        shown = " " * (_TAB - cells[-1] % _TAB) if character == "\t" else _visible(character)
        characters.append(shown)
        cells.append(cells[-1] + sum(map(get_character_cell_size, shown)))
    return _Line(characters, cells)


def _window(cells: list[int], begin: int, end: int, width: int, *, cut: tuple[bool, bool]) -> tuple[int, int]:
    """The range of characters that fit into ``width`` cells, the span in the middle; room is left for the ellipses."""
    if cells[-1] + sum(cut) <= width:
        return 0, len(cells) - 1
    room = width - 2
    left, right = begin, begin
    while right < end and cells[right + 1] - cells[left] <= room:
        right += 1
    grown = True
    while grown:
        grown = False
        if right < len(cells) - 1 and right >= end and cells[right + 1] - cells[left] <= room:
            right, grown = right + 1, True
        if left > 0 and cells[right] - cells[left - 1] <= room:
            left, grown = left - 1, True
    return left, right
