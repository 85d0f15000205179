"""Headings, captions, notes and prose: the roles of the lines behind the contents."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from govlint.document import Document, Table, Text
from govlint.facts.lines import (
    AMOUNT,
    BRACKETED,
    CUT,
    DATE,
    DUTY,
    EMPTY_TABLE,
    INNER_PUNCTUATION,
    KNOWN_FORM,
    LONGEST_HEADING,
    NOTE,
    STRICT_TAIL,
    SUBJECT,
    TABLE_TITLE,
    TAIL,
    Draft,
    Role,
    forms_of,
    speaks_for_heading,
    stopped,
)
from govlint.facts.memo import kept_for_paragraphs
from govlint.facts.ordinals import OrdinalKind, read_ordinal
from govlint.facts.titles import TABLE_NUMBER, plain, title_core


def settle_captions(units: Sequence[Draft]) -> None:
    """A line that ends in 表 (or names its number) over a table, or over the lines that stand above a table.

    What stands between those lines and the table, and is no caption, is a remnant of something else.
    """
    under: Literal["table", "meta", "else"] = "else"
    lines = [unit for unit in units if unit.role != "other"]
    for index in range(len(lines) - 1, -1, -1):
        unit = lines[index]
        if unit.table:
            under = "table"
        elif unit.role == "meta":
            under = "table" if under == "table" else "meta"
        elif unit.role is None and under != "else" and _names_table(unit):
            unit.role, under = "caption", "else"
        elif (
            under == "table"
            and not unit.mark
            and index > 0
            and lines[index - 1].role == "meta"
            and len(unit.plain) <= LONGEST_HEADING
        ):
            unit.role = "other"
        else:
            under = "else"


def _names_table(unit: Draft) -> bool:
    return (
        unit.ordinal.kind != "part"
        and len(unit.plain) <= LONGEST_HEADING
        and not INNER_PUNCTUATION.search(unit.body)
        and not CUT.search(unit.body)
        and (TABLE_TITLE.search(unit.body) is not None or TABLE_NUMBER.search(unit.plain) is not None)
    )


def _unfinished(unit: Draft | None) -> bool:
    """Whether a line of prose stops inside a sentence."""
    return unit is not None and unit.role == "prose" and len(unit.plain) > 15 and unit.plain[-1] not in "。!?;:”"


def settle_rest(units: Sequence[Draft], known: frozenset[str], titles: frozenset[str]) -> None:
    """Headings, notes and prose, line by line."""
    previous: Draft | None = None
    under_table = False
    for unit in units:
        if unit.role is None:
            unit.role = _role(unit, previous, known, titles, under_table=under_table)
        if unit.role == "other":
            continue
        under_table = unit.table or (under_table and unit.role in ("note", "meta"))
        previous = unit


def _role(
    unit: Draft, previous: Draft | None, known: frozenset[str], titles: frozenset[str], *, under_table: bool
) -> Role:
    text, signs = unit.plain, _signs(unit.text.text)
    if signs.note and (under_table or text.startswith("注")):
        return "note"
    if under_table and len(text) <= 150 and unit.ordinal.kind == "none" and not unit.mark and EMPTY_TABLE.search(text):
        return "note"
    if text in titles:
        return "title"
    if _is_heading(unit, signs.heading, known, previous):
        return "heading"
    if under_table and unit.ordinal.kind == "none" and previous is not None and _continues_note(previous):
        return "note"
    if signs.date:
        return "other"
    if len(text) <= 20 and unit.ordinal.kind == "none" and not INNER_PUNCTUATION.search(text):
        announced = previous is not None and (previous.role == "heading" or previous.plain[-1:] == ":")
        return "prose" if announced or unit.item or _unfinished(previous) else "other"
    return "prose"


def _continues_note(previous: Draft) -> bool:
    return previous.role == "note" and len(previous.plain) > 15 and previous.plain[-1] not in "。;:!?)"


def _is_heading(unit: Draft, sign: _HeadingSign, known: frozenset[str], previous: Draft | None) -> bool:
    if unit.mark:
        return len(unit.plain) <= LONGEST_HEADING or "。" not in unit.body
    if sign in ("never", "always"):
        return sign == "always"
    if title_core(unit.text.text) in known:
        return True
    if sign == "bold":
        return unit.bold
    return (sign == "form" or (sign == "bold form" and unit.bold)) and not _unfinished(previous)


_HeadingSign = Literal["always", "form", "bold", "bold form", "known", "never"]
"""When a line without a mark is a heading, by its words alone.

``always``; where no sentence goes on in it (``form``); where it is in bold (``bold``), or both (``bold form``); only
where its title recurs (``known``), as it may with the three before; ``never``.
"""


class _Signs(Struct, frozen=True, gc=False):
    """What a line's words say of its role: whether it begins like a note, whether it is a date, or may be a heading."""

    note: bool
    date: bool
    heading: _HeadingSign


@kept_for_paragraphs
def _signs(line: str) -> _Signs:
    words, ordinal, bare, body, _ = forms_of(line)
    date = DATE.match(words) is not None
    return _Signs(NOTE.match(words) is not None, date, _heading_sign(words, ordinal.kind, bare, body, date=date))


def _heading_sign(words: str, kind: OrdinalKind, bare: str, body: str, *, date: bool) -> _HeadingSign:
    if len(words) > LONGEST_HEADING or INNER_PUNCTUATION.search(body):
        return "never"
    if not body:
        return "always" if kind == "part" else "never"
    if SUBJECT.search(words) or AMOUNT.search(words) or (CUT.search(body) and kind != "part"):
        return "never"
    if stopped(bare):
        return "always" if kind != "none" and speaks_for_heading(body) else "known"
    if kind in ("part", "annex", "chinese"):
        return "always"
    if kind == "none":
        return "known" if date else "form" if KNOWN_FORM.search(body) else "bold form"
    if speaks_for_heading(body) or (not DUTY.match(body) and (TAIL.search(body) is not None or len(body) <= 20)):
        return "always"
    return "bold"


def demote_lists(units: Sequence[Draft], known: frozenset[str]) -> None:
    """Lines in a row that count up, with nothing under them and nothing that speaks for a heading, are a list."""
    row: list[Draft] = []

    def close() -> None:
        if len(row) >= (3 if row and row[0].ordinal.kind == "chinese" else 2):
            for item in row:
                item.role = "prose"

    for unit in units:
        if unit.role == "other" or (unit.role != "heading" and not row):
            continue
        weak = (
            unit.role == "heading"
            and not unit.mark
            and not unit.bold
            and unit.ordinal.kind not in ("none", "part", "annex")
            and not TAIL.search(unit.body)
            and title_core(unit.text.text) not in known
        )
        if weak and row and unit.ordinal.kind == row[-1].ordinal.kind:
            row.append(unit)
            continue
        close()
        row = [unit] if weak else []
    close()


def demote_items(units: Sequence[Draft], known: frozenset[str]) -> None:
    """A short line among items of a list that are prose (（九）…：指…。 before, （十）… here) is an item too."""
    last: dict[OrdinalKind, Draft] = {}
    for unit in units:
        kind = unit.ordinal.kind
        if unit.role not in ("heading", "prose") or kind == "none":
            continue
        before = last.get(kind)
        if (
            unit.role == "heading"
            and not unit.mark
            and not unit.bold
            and before is not None
            and before.role == "prose"
            and before.ordinal.value is not None
            and unit.ordinal.value == before.ordinal.value + 1
            and not STRICT_TAIL.search(unit.body)
            and title_core(unit.text.text) not in known
            and run_in_heading(before) is None
        ):
            unit.role = "prose"
        last[kind] = unit
        if unit.role == "heading" and kind in ("part", "chinese"):
            last = {kind: unit}


def promote_series(units: Sequence[Draft]) -> None:
    """A line with a comma in it or a full stop behind it is a heading where it goes on counting the headings.

    ``四、其他需要说明的事项。`` is one between 三、 and 五、, but not after a 三、 that is a sentence.
    """
    headings = [index for index, unit in enumerate(units) if unit.role == "heading"]
    last: dict[OrdinalKind, Draft] = {}
    for index, unit in enumerate(units):
        kind = unit.ordinal.kind
        if kind == "none":
            continue
        if kind == "part":
            last.clear()
        value = unit.ordinal.value
        if kind not in ("chinese", "chinese-brackets") or value is None or unit.role not in ("heading", "prose"):
            continue
        if unit.role == "prose" and _may_be_heading(unit):
            before = last.get(kind)
            after = next(
                (
                    units[at].ordinal.value or 0
                    for at in headings[bisect_right(headings, index) :][:_SERIES_REACH]
                    if units[at].ordinal.kind in (kind, "part")
                    or (kind != "chinese" and units[at].ordinal.kind == "chinese")
                ),
                1,
            )
            goes_on = before is not None and before.role == "heading" and before.ordinal.value == value - 1
            if (goes_on and (after > value or after == 1)) or (value == 1 and after == 2 and not unit.stopped):
                unit.role = "heading"
        last[kind] = unit
        if unit.role == "heading" and kind == "chinese":
            last.pop("chinese-brackets", None)


_SERIES_REACH = 40


def _may_be_heading(unit: Draft) -> bool:
    body = unit.body
    if len(unit.plain) > LONGEST_HEADING or not body or AMOUNT.search(unit.plain) or SUBJECT.search(unit.plain):
        return False
    if unit.stopped:
        return unit.bare[-1:] == "。" and not INNER_PUNCTUATION.search(body) and not DUTY.match(body)
    return unit.ordinal.kind == "chinese" and re.search(r"[。;!?:]", body) is None


_RUN_IN = re.compile(r"[^。，；：！？,;:!?\n]{2,24}[。：:]")
_DEFINED = re.compile(r"\s*(?:是?指|反映|是|即)")
_TAIL_START = re.compile(r"[。；](?=[^。；]{4,60}$)")


def run_in_heading(unit: Draft) -> Text | None:
    """The heading that a paragraph begins with (``（一）主动公开情况。2024年…``)."""
    end = _end_of_run_in(unit.text.text)
    return unit.text.slice(0, end) if end else None


@kept_for_paragraphs
def _end_of_run_in(raw: str) -> int:
    ordinal = read_ordinal(raw)
    if ordinal.kind not in ("chinese", "chinese-brackets", "arabic", "arabic-brackets"):
        return 0
    match = _RUN_IN.match(raw, ordinal.end)
    if match is None or len(raw) - match.end() < 4:
        return 0
    words = plain(match[0][:-1])
    body = BRACKETED.sub("", words)
    if not speaks_for_heading(body) or SUBJECT.search(words) or AMOUNT.search(words):
        return 0
    if match[0][-1] != "。" and _DEFINED.match(raw, match.end()):
        return 0
    return match.end()


def tail_heading(unit: Draft, missing: frozenset[str]) -> Text | None:
    """The heading glued to a paragraph's end: a contents entry without a line of its own, or a numbered title."""
    found = _tail(unit.text.text)
    if found is None:
        return None
    begin, core, numbered = found
    return unit.text.slice(begin, len(unit.text)).strip() if numbered or core in missing else None


@kept_for_paragraphs
def _tail(raw: str) -> tuple[int, str, bool] | None:
    """The last words of a paragraph, if they may be a heading: where they begin, their core, if they surely are one."""
    match = _TAIL_START.search(raw, max(0, len(raw) - LONGEST_HEADING - 2))
    if match is None:
        return None
    begin = match.end()
    words = raw[begin:]
    ordinal = read_ordinal(words)
    body = BRACKETED.sub("", plain(words[ordinal.end :]))
    if INNER_PUNCTUATION.search(body) or AMOUNT.search(body):
        return None
    return begin, title_core(words), ordinal.kind in ("part", "chinese") and STRICT_TAIL.search(body) is not None


def headings_in_table(document: Document, unit: Draft) -> Iterator[Text]:
    """Headings that a converter drew into a table: alone in its first or last row."""
    table = document.blocks[unit.block]
    if not isinstance(table, Table) or len(table.rows) < 2:
        return
    for row in (table.rows[0], table.rows[-1]):
        filled = [cell.text for cell in row if cell.text]
        if len(filled) != 1 or len(filled[0]) > LONGEST_HEADING:
            continue
        ordinal = read_ordinal(filled[0].text)
        body = plain(filled[0].text[ordinal.end :])
        if ordinal.kind in ("part", "chinese") and STRICT_TAIL.search(body) and not INNER_PUNCTUATION.search(body):
            yield filled[0].strip()
