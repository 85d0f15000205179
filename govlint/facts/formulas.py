"""The formulas that the notes under a table state: ``27行=（1+2+…+8）行``, ``1栏各行=（2+3）栏各行``, ``2栏=1栏-3栏``."""

from __future__ import annotations

import re
from itertools import chain
from typing import Literal

from msgspec import Struct

from govlint.document import Text
from govlint.facts.memo import kept_for_lines, kept_for_paragraphs
from govlint.facts.statements import Statement
from govlint.number import ASCII_DIGITS


class Formula(Struct, frozen=True):
    """A formula (公式): the target is the sum of the terms, each a sign (1 or -1) and a number.

    ``axis`` is ``row`` where the numbers are 行次, ``column`` where they are 栏次 (then it holds for every row).
    ``text`` is the formula as printed, ``target_text`` the target's number in it. ``terms`` is empty where the line
    reads like a formula but is none that is understood.
    """

    axis: Literal["row", "column"]
    target: int
    terms: tuple[tuple[int, int], ...]
    text: Text
    target_text: Text


_PLAIN: dict[int, int | str | None] = {**ASCII_DIGITS, **str.maketrans("＝（）［］【】〔〕～﹢", "=()()()()~+")}
_TARGET = re.compile(
    r"(?<![\d+\-=(])(?:第\s?)?(\d{1,3})\s{0,4}([行栏列])\s{0,4}(?:各\s?[行栏列]\s{0,4}|次\s?)?[=≥≤<>≧≦]"
)
_END = re.compile(r"[；;。，,]")
_TOKEN = re.compile(
    r"\s+|(\d{1,3})(?!\d)|([行栏列])(?:\s{0,4}各\s?[行栏列]|次)?|(\.{2,}|…+|⋯+|·{3,})|([~至])|([-+()])|第|之和|合计"
)
_NUMBERED_COLUMN = re.compile(r"\s*(\d{1,2})\s*=\s*[\d(]")
_MOST_TERMS = 500


def formulas(statement: Statement) -> tuple[Formula, ...]:
    """The formulas in a statement's notes, and those in its row of column numbers (``1=2+3``), in that order."""
    found: list[Formula] = []
    if statement.notes:
        text = Text.join((note.text for note in statement.notes), "\n")
        found += [_placed(formula, text) for formula in _in_text(text.text)]
    for table in statement.tables[:1]:
        for cell in chain.from_iterable(table.rows[:8]):
            words = cell.text.text
            if ("=" in words or "＝" in words) and (formula := _in_numbering(words)) is not None:
                found.append(_placed(formula, cell.text))
    return tuple(found)


class _Found(Struct, frozen=True, gc=False):
    """A formula as in :class:`Formula`, with its places in a text."""

    axis: Literal["row", "column"]
    target: int
    terms: tuple[tuple[int, int], ...]
    place: tuple[int, int]
    target_place: tuple[int, int]


def _placed(found: _Found, text: Text) -> Formula:
    return Formula(found.axis, found.target, found.terms, text.slice(*found.place), text.slice(*found.target_place))


@kept_for_paragraphs
def _in_text(text: str) -> tuple[_Found, ...]:
    plain = text.translate(_PLAIN)
    found = []
    targets = list(_TARGET.finditer(plain))
    limits = [*(match.start() for match in targets[1:]), len(plain)]
    for match, limit in zip(targets, limits, strict=False):  # without targets there is one limit too many
        end = _END.search(plain, match.end(), limit)
        stop = end.start() if end else limit
        axis: Literal["row", "column"] = "row" if match.group(2) == "行" else "column"
        terms: tuple[tuple[int, int], ...] = ()
        if plain[match.end() - 1] == "=":
            terms, stop = _terms(plain, match.end(), stop, "行" if axis == "row" else "栏列")
        stop = match.end() + len(plain[match.end() : stop].rstrip())
        found.append(_Found(axis, int(match.group(1)), terms, (match.start(), stop), match.span(1)))
    return tuple(found)


@kept_for_lines
def _in_numbering(text: str) -> _Found | None:
    plain = text.translate(_PLAIN)
    match = _NUMBERED_COLUMN.match(plain)
    if match is None:
        return None
    terms, _ = _terms(plain, match.end() - 1, len(plain), "栏列")
    begin = len(text) - len(text.lstrip())
    return _Found("column", int(match.group(1)), terms, (begin, len(text.rstrip())), match.span(1)) if terms else None


def _terms(plain: str, begin: int, end: int, axis: str) -> tuple[tuple[tuple[int, int], ...], int]:
    """The terms of the expression, and where it ends; no terms if it is not understood.

    An expression may be followed by other words only after a closed bracket or the word 行 or 栏.
    """
    terms: list[tuple[int, int]] = []
    signs = [1]
    sign = 1
    pending: Literal["", "dots", "to"] = ""
    expects_number = True
    complete_at: int | None = None
    at = begin
    while at < end:
        token = _TOKEN.match(plain, at, end)
        if token is None:
            break
        number, word, dots, to, mark = token.groups()
        if number:
            if not expects_number and pending != "to":
                break
            if not _add(terms, sign * signs[-1], int(number), pending):
                return (), end
            pending, expects_number, sign = "", False, 1
        elif word:
            if word not in axis or expects_number:
                return (), end
            complete_at = token.end()
        elif dots:
            if not terms or pending:
                return (), end
            pending, expects_number = "dots", True
        elif to:
            if not terms or expects_number:
                return (), end
            pending = "to"
        elif mark == "(":
            signs.append(sign * signs[-1])
            sign, expects_number = 1, True
        elif mark == ")":
            if len(signs) == 1 or expects_number:
                break
            signs.pop()
            complete_at = token.end()
        elif mark:
            if pending == "dots":
                if mark == "-":
                    return (), end
            else:
                sign, expects_number = (1 if mark == "+" else -1), True
        if number and len(signs) == 1:
            complete_at = token.end()
        at = token.end()
    if at < end and complete_at is None:
        return (), end
    if expects_number or pending or len(signs) > 1 or not terms:
        return (), end
    return tuple(terms), at if at >= end else complete_at or at


def _add(terms: list[tuple[int, int]], sign: int, number: int, pending: str) -> bool:
    """Add a term, with those between the last one and it where dots or 至 stand between them."""
    if pending:
        last_sign, last = terms[-1]
        if number <= last or number - last > _MOST_TERMS or (pending == "dots" and sign != last_sign):
            return False
        terms.extend((last_sign, between) for between in range(last + 1, number))
        sign = last_sign
    terms.append((sign, number))
    return True
