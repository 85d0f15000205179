"""The formulas that the notes under a table state: ``27行=（1+2+…+8）行``, ``1栏各行=（2+3）栏各行``, ``2栏=1栏-3栏``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from govlint.document import Text
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
    found = list(_in_text(Text.join((note.text for note in statement.notes), "\n"))) if statement.notes else []
    for table in statement.tables[:1]:
        for row in table.rows[:8]:
            for cell in row:
                if "=" in cell.text.text or "＝" in cell.text.text:
                    found.extend(_in_numbering(cell.text))
    return tuple(found)


def _in_text(text: Text) -> Iterator[Formula]:
    plain = text.text.translate(_PLAIN)
    targets = list(_TARGET.finditer(plain))
    for match, following in pairwise([*targets, None]):
        if match is None:
            continue
        limit = following.start() if following else len(plain)
        end = _END.search(plain, match.end(), limit)
        stop = end.start() if end else limit
        axis: Literal["row", "column"] = "row" if match.group(2) == "行" else "column"
        terms: tuple[tuple[int, int], ...] = ()
        if plain[match.end() - 1] == "=":
            terms, stop = _terms(plain, match.end(), stop, "行" if axis == "row" else "栏列")
        stop = match.end() + len(plain[match.end() : stop].rstrip())
        yield Formula(
            axis, int(match.group(1)), terms, text.slice(match.start(), stop), text.slice(match.start(1), match.end(1))
        )


def _in_numbering(text: Text) -> Iterator[Formula]:
    plain = text.text.translate(_PLAIN)
    match = _NUMBERED_COLUMN.match(plain)
    if match:
        terms, _ = _terms(plain, match.end() - 1, len(plain), "栏列")
        if terms:
            yield Formula("column", int(match.group(1)), terms, text.strip(), text.slice(match.start(1), match.end(1)))


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
