"""A word or phrase of two or more characters that stands twice in a row: is one too many?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from govlint_dictionaries import functional_subjects
from msgspec import Struct

from govlint import Document, Severity, body
from govlint_text._texts import is_chinese
from govlint_text._vocabulary import LONGEST, field_words, general_frequency

REAL = 20
"""A word of the general dictionary counts as one from this frequency on: below are accidents."""

_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千万亿]+")
_ONE_BY_ONE = r"一[个项户村级家台次件条种人步层块站县区乡镇校厂线岗企类][㐀-鿿]{0,4}"
_AMOUNT = r"(?:19|20)\d{2}年度?|[\d,]+(?:\.\d+)?(?:[万亿]元|元|[%％])"
_STATED = r"\s?\d|[决预]算|[合总]计|[为占较比增减共约]|情况"
_BRACKETS = ("“”", "（）", "《》", "()")
_REACH = LONGEST + 2


class _Lists(Struct, frozen=True):
    on_purpose: frozenset[str]
    degrees: str
    whole: tuple[str, ...]
    determiners: tuple[str, ...]
    behind: Mapping[str, tuple[str, ...]]
    begins: Mapping[str, tuple[str, ...]]


@cache
def repetitions() -> Mapping[str, Any]:
    """What may rightly stand twice, as ``repetitions.toml`` has it."""
    return tomllib.loads(files(__package__).joinpath("repetitions.toml").read_text(encoding="utf-8"))


@cache
def _lists() -> _Lists:
    data = repetitions()
    return _Lists(
        frozenset((*data["doubled_words"].split(), *data["chance"].split())),
        data["degrees"],
        tuple(data["whole"].split()),
        tuple(data["determiners"].split()),
        {word: tuple(endings.split()) for word, endings in data["with_ending"].items()},
        {word: tuple(others.split()) for word, others in data["begins"].items()},
    )


def names_of_body(document: Document) -> frozenset[str]:
    """The names of places that the name of the report's own body begins with, whole and without 市, 区, 县."""
    own = body(document)
    places = own.places if own else ()
    return frozenset(name for place in places for name in (place, place[:-1]) if len(name) > 1)


def doubled(document: Document, raw: str, begin: int, end: int) -> Severity | None:
    """How sure it is that of ``raw[begin:end]``, something twice, one is too many; ``None`` where it may be right.

    An error unless a word ends with the first and another begins with the second (预算管理管理办法): that is a warning,
    and right where the second makes a new term with what follows (本部门部门预算) or with its ending (管理管理员).
    """
    middle = (begin + end) // 2
    once = raw[begin:middle]
    if not all(map(is_chinese, once)):
        return Severity.ERROR if _is_said_twice(raw, begin, once) else None
    if _is_on_purpose(once) or once[0] == "的" or once[-1] == "的":
        return None
    known = field_words(document)
    written = raw[begin:end]
    if written in known or general_frequency(written):
        return None
    if len(once) == 2:
        if not _is_word(once, known) and once not in names_of_body(document):
            return None
        if _is_shifted(raw, begin, known):
            return None
    return _severity(raw, begin, end, known)


def _is_on_purpose(once: str) -> bool:
    """Whether it is one of the words that are doubled for a meaning of their own (研究研究, 一项一项, 很多很多)."""
    lists = _lists()
    while len(once) > 3 and len(once) % 2 == 0 and once[: len(once) // 2] * 2 == once:
        once = once[: len(once) // 2]
    if once in lists.on_purpose or len(set(once)) == 1 or _NUMERAL.fullmatch(once) or re.fullmatch(_ONE_BY_ONE, once):
        return True
    return once[0] in lists.degrees and len(once) <= 3 and not once.startswith(lists.whole)


def _is_said_twice(raw: str, begin: int, once: str) -> bool:
    """Whether something that is not all Chinese characters is an amount, a year, or a phrase with all its brackets."""
    if raw.startswith("长", begin + 2 * len(once)):
        return False
    if any(once.count(pair[0]) != once.count(pair[1]) for pair in _BRACKETS):
        return False
    if re.fullmatch(_AMOUNT, once):
        return True
    letters = sum(map(is_chinese, once))
    return letters > 1 if any(pair[0] in once for pair in _BRACKETS) else letters > 2


def _is_shifted(raw: str, begin: int, known: frozenset[str]) -> bool:
    """Whether ABAB is the end of one word, BA, and the beginning of a third: 大学|科学|科研."""
    if not _is_word(raw[begin + 1 : begin + 3], known):
        return False
    before = (raw[at : begin + 1] for at in range(max(begin - LONGEST, 0), begin))
    behind = (raw[begin + 3 : at] for at in range(begin + 5, min(begin + 3 + LONGEST, len(raw)) + 1))
    return any(_is_word(word, known) for word in before) and any(_is_word(word, known) for word in behind)


def _severity(raw: str, begin: int, end: int, known: frozenset[str]) -> Severity | None:
    lists = _lists()
    middle = (begin + end) // 2
    once = raw[begin:middle]
    if raw.startswith(lists.behind.get(once, ()), end):
        return None
    left = any(_is_word(raw[at:middle], known) for at in range(max(middle - _REACH, 0), begin))
    if once == "支出" and re.match(_STATED, raw[end:]) and raw.endswith(_spending(), 0, middle):
        return None
    if (left or raw.endswith(lists.determiners, 0, begin)) and raw.startswith(lists.begins.get(once, ()), end):
        return None
    right = any(_is_word(raw[middle:at], known) for at in range(end + 1, min(middle + _REACH, len(raw)) + 1))
    return Severity.WARNING if left and right else Severity.ERROR


def _is_word(written: str, known: frozenset[str]) -> bool:
    return written in known or (len(written) <= LONGEST and general_frequency(written) >= REAL)


@cache
def _spending() -> tuple[str, ...]:
    """The names of subjects that end with 支出 (教育支出), behind which 支出 tells what is stated of one."""
    return tuple({entry.name for entry in functional_subjects() if entry.name.endswith("支出")})
