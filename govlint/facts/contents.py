"""The title of the report and its contents (目录): where they end, which lines are entries, what an entry says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from govlint.document import Document, Table, Text
from govlint.facts.lines import (
    CONTENTS_WORD,
    DATE,
    ENTRY_START,
    FIELD_CODE,
    INNER_PUNCTUATION,
    KNOWN_FORM,
    LEADERS,
    LONGEST_ENTRY,
    LONGEST_HEADING,
    NUMBERED_THING,
    PRINTED_PAGE,
    REPORT,
    TABLE_TITLE,
    Draft,
    read_line,
)
from govlint.facts.memo import kept_for_lines
from govlint.facts.ordinals import OrdinalKind
from govlint.facts.titles import plain, title_core


def settle_title(units: Sequence[Draft], end: int) -> None:
    """The lines before ``end`` are the title, if one of them reads like the title of a report or is marked.

    On a web page the title may stand behind a menu: what stands before the trail (当前位置) is none. Else it is the first line that names a year and a report, and
    the short lines before it are furniture.
    """
    trail = next((at for at in range(end - 1, -1, -1) if _TRAIL.match(units[at].plain)), -1)
    for unit in units[: trail + 1]:
        if unit.role is None and not unit.mark and not REPORT.search(unit.plain):
            unit.role = "other"
    lines = [unit for unit in units[:end] if not unit.table and unit.role in (None, "meta")]
    if any(unit.mark or REPORT.search(unit.plain) for unit in lines):
        for unit in lines:
            unit.role = "title"
        return
    for index, unit in enumerate(units[:_LONGEST_MENU]):
        if unit.table or unit.ordinal.kind != "none" or len(unit.plain) > LONGEST_HEADING or "。" in unit.plain:
            return
        if unit.role is None and _REPORT_OF_YEAR.search(unit.plain) and not TABLE_TITLE.search(unit.body):
            unit.role = "title"
            for before in units[:index]:
                before.role = "other"
            return


_LONGEST_MENU = 100
_TRAIL = re.compile(r"当前位置|您的位置|您当前|您现在|首页[>›»/]")
"""Where a web page says what the reader has clicked on; what stands before is its menu."""
_REPORT_OF_YEAR = re.compile(r"\d{4}年[^。;]{0,40}(?:决算|预算|报告)")


def title_end(units: Sequence[Draft]) -> int:
    """Where the lines end that may be the title: at the first ordinal, table, caption, sentence or plain heading."""
    for index, unit in enumerate(units[:_LONGEST_TITLE]):
        if unit.role == "contents":
            return index
        if unit.role == "other" or DATE.match(unit.plain) or (unit.ordinal.kind == "annex" and not unit.body):
            continue
        if unit.table or unit.ordinal.kind != "none" or len(unit.plain) > LONGEST_HEADING:
            return index
        if _PREFACE.search(unit.plain):
            return index
        if not REPORT.search(unit.plain) and (KNOWN_FORM.search(unit.body) or TABLE_TITLE.search(unit.body)):
            return index
        if unit.role == "meta" and not any(before.role is None for before in units[:index]):
            return index
    return min(len(units), _LONGEST_TITLE)


_LONGEST_TITLE = 20
_PREFACE = re.compile(r"[。,;《]|^(?:根据|按照|依据|本报告|为了?|现将)")


def _split_entries(units: list[Draft], at: int) -> None:
    """Contents that run on in one line (``目录 一、… 二、…``) become one unit for each entry, in place."""
    unit = units[at]
    raw = unit.text.text
    starts = [match.start() for match in ENTRY_START.finditer(raw)]
    if len(starts) < 3 or (starts[0] > 0 and not CONTENTS_WORD.fullmatch(plain(raw[: starts[0]]))):
        return
    bounds = sorted({0, *starts, len(raw)})
    units[at : at + 1] = [
        read_line(Draft(unit.block, unit.begin + begin, unit.text.slice(begin, end), unit.mark, unit.bold))
        for begin, end in pairwise(bounds)
    ]


def _entry_text(unit: Draft) -> tuple[Text, int | None]:
    """The line of a contents entry without field codes, dot leaders and page number, and that number."""
    end, page = _end_of_entry(unit.text.text)
    return (unit.text if end == len(unit.text.text) else unit.text.slice(0, end)), page


@kept_for_lines
def _end_of_entry(raw: str) -> tuple[int, int | None]:
    code = FIELD_CODE.search(raw)
    end = code.start() if code else len(raw)
    printed = PRINTED_PAGE.search(raw, max(0, end - 40), end)
    page = None
    if printed and not NUMBERED_THING.search(raw, 0, printed.start()):
        page, end = int(printed[1]), printed.start()
    return len(raw[:end].rstrip(LEADERS)), page


def _entry_like(unit: Draft) -> bool:
    if unit.table or unit.role in ("meta", "figure", "note") or not unit.plain or len(unit.plain) > 4 * LONGEST_ENTRY:
        return False
    end, _ = _end_of_entry(unit.text.text)
    text = plain(unit.text.text[:end])
    return 2 <= len(text) <= LONGEST_ENTRY and not _SENTENCE_GOES_ON.search(text)


_SENTENCE_GOES_ON = re.compile(r"[。;!?].")


def _contents_table(document: Document, unit: Draft) -> list[tuple[Draft, Text, int | None]]:
    """The entries of contents that are set as a table: title and page number; none if it is another table."""
    table = document.blocks[unit.block]
    entries: list[tuple[Draft, Text, int | None]] = []
    for row in table.rows if isinstance(table, Table) else ():
        filled = [cell.text for cell in row if cell.text.text.strip(LEADERS)]
        if not filled:
            continue
        pages = [int(text.text) for text in filled[1:] if text.text.isdecimal() and len(text) <= 3]
        entry = read_line(Draft(unit.block, 0, filled[0]))
        if len(filled) > 2 or len(pages) < len(filled) - 1 or not _entry_like(entry):
            return []
        text, page = _entry_text(entry)
        entries.append((entry, text, pages[0] if pages else page))
    return entries if len(entries) >= 2 else []


def settle_contents(document: Document, units: list[Draft]) -> list[tuple[Draft, Text, int | None]]:
    """Give the contents their role and return their entries: unit, text and printed page.

    With the word 目录 the contents are the short lines after it, without it the first numbered lines; both end where
    the first entry comes again, or another one where the heading of the first is missing.
    """
    word = next((index for index, unit in enumerate(units) if CONTENTS_WORD.match(unit.plain)), None)
    if word is not None and not CONTENTS_WORD.fullmatch(units[word].plain):
        _split_entries(units, word)
        word = word if CONTENTS_WORD.fullmatch(units[word].plain) else None
    start = title_end(units) if word is None else word + 1
    if start < len(units) and not units[start].table and len(units[start].plain) > LONGEST_HEADING:
        _split_entries(units, start)
    if word is not None and start < len(units) and (listed := _contents_table(document, units[start])):
        units[start].role = units[word].role = "contents"
        return listed
    titles = {unit.plain for unit in units[: start if word is None else word]}
    run: list[int] = []
    for index in range(start, len(units)):
        unit = units[index]
        if unit.role == "other" or (run and unit.plain in titles):
            continue
        if not _entry_like(unit):
            break
        run.append(index)
    entries = [(index, *_entry_text(units[index])) for index in run]
    end = _contents_end(
        [(units[index], title_core(text.text)) for index, text, _ in entries], announced=word is not None
    )
    for index in run[:end]:
        units[index].role = "contents"
    if word is not None:
        units[word].role = "contents"
    return [(units[index], text, page) for index, text, page in entries[:end]]


def _contents_end(run: Sequence[tuple[Draft, str]], *, announced: bool) -> int:
    """How many of the lines are contents: up to the one that repeats the first, or at least its number."""
    if not run:
        return 0
    first, first_core = run[0]
    for index, (unit, core) in enumerate(run[1:], 1):
        same_part = first.ordinal.kind == "part" == unit.ordinal.kind and first.ordinal.value == unit.ordinal.value
        same_title = core == first_core != "" and unit.ordinal.kind in (first.ordinal.kind, "none")
        if (same_part or same_title) and (announced or index >= 3):
            return index
    if not announced:
        return 0
    if first.ordinal.value is not None:
        for index in range(len(run) - 1, 0, -1):
            if run[index][0].ordinal[1:3] == first.ordinal[1:3]:
                return index
    seen: set[tuple[str, OrdinalKind, int | None]] = set()
    for index, (unit, core) in enumerate(run):
        entry = (core, *unit.ordinal[1:3])
        if index > 1 and unit.stopped and unit.ordinal.kind == "none":
            return index
        if entry in seen and unit.ordinal.value is not None and len(core) >= 4:
            return index
        seen.add(entry)
    end = len(run)
    counts = Counter(core for _, core in run)
    while end > 1 and counts[run[end - 1][1]] > 1:
        end -= 1
        counts[run[end][1]] -= 1
    return end


def mend_contents(units: Sequence[Draft], known: frozenset[str]) -> None:
    """Put headings together that stand on two lines: ``第一部分`` over ``概况``, or a title cut by a converter."""
    lines = [unit for unit in units if unit.role != "other"]
    for unit, below in pairwise(lines):
        if unit.role is not None or below.role is not None or unit.ordinal.kind == "none" or unit.continued:
            continue
        if below.ordinal.kind != "none" or below.mark != unit.mark or len(below.plain) > 40 or below.stopped:
            continue
        lone_part = unit.ordinal.kind == "part" and not unit.body
        if unit.stopped or INNER_PUNCTUATION.search(unit.body) or INNER_PUNCTUATION.search(below.body):
            continue
        if not lone_part and not known.isdisjoint((title_core(unit.text.text), title_core(below.text.text))):
            continue
        whole = Text.join((unit.text, below.text))
        if lone_part or title_core(whole.text) in known:
            unit.text = whole
            read_line(unit)
            below.role, below.continued = "heading", True
