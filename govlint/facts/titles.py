"""Titles: what a heading, a caption or a contents entry names, and how two of them are compared."""

from __future__ import annotations

import re
import unicodedata

from govlint.document import Text
from govlint.facts.memo import kept_for_lines
from govlint.facts.ordinals import DIGITS, Ordinal, read_ordinal
from govlint.number import read_numeral

_QUOTES = re.compile(r"[“”\"'‘’《》〈〉]")
_ROLE_IN_BRACKETS = re.compile(r"\((部门|单位|本级)\)")
TABLE_NUMBER = re.compile(rf"\(?(?:附?表([{DIGITS}]{{1,3}}|\d{{1,2}})|(?:公开|财决|财预)?(\d{{1,2}})表)\)?$")
_YEAR_PREFIX = re.compile(r"^.*(?:\d{4}|[X×]{2,4}|20[X×]{2})年度?")
_KNOWN_CORE = (
    r"(?:概况|基本情况|(?:主要)?职[责能](?:简介)?|机构设置(?:情况)?|(?:决算|预算)?单位构成(?:情况)?|人员构成(?:情况)?"
    r"|(?:决算|预算|收支)?(?:公开)?(?:表|报表|总表)|(?:决算|预算)?(?:公开)?(?:情况|编制|安排)?(?:的)?说明)"
)
_BODY_PREFIX = re.compile(
    r"^.{3,}(?:局|委|委员会|办公室|办事处|中心|院|馆|校|厅|部|镇|乡|街道|人民政府|协会|联合会|总队|支队|大队|站|所)"
    rf"(?=(?:部门|单位)?{_KNOWN_CORE}$)"
)
_DEPARTMENT = re.compile(r"^(?:本?(?:部门|单位))(?=..)")


@kept_for_lines
def plain(text: str) -> str:
    """Text for comparing: without white space, in the standard form of its characters (half-width brackets)."""
    text = "".join(text.split())
    for wide, narrow in _NARROW:  # normalize() takes twenty times as long once there is a character to change
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text)


_NARROW = [(wide, unicodedata.normalize("NFKC", wide)) for wide in "，：；（）！？％．～／…"]


@kept_for_lines
def title_core(text: str) -> str:
    """What a heading, contents entry or caption names, for comparing the same title in two places.

    Ordinal, ``（表N）``, quotes, white space, year, and the name of the body before ``概况``, ``部门决算表`` and the
    like do not count: ``第二部分 云川市文化馆2024年度部门决算表`` and ``部门决算表`` have the same core.
    """
    core = plain(text[read_ordinal(text).end :])
    core = _QUOTES.sub("", core.rstrip("。.:;,"))
    core = TABLE_NUMBER.sub("", core)
    core = _ROLE_IN_BRACKETS.sub(r"\1", core)
    core = _YEAR_PREFIX.sub("", core) or core
    core = _BODY_PREFIX.sub("", core)
    return _DEPARTMENT.sub("", core)


TRAILING_META = re.compile(r"[\s　]+[（(]?(?:金额)?单位\s*[：:]\s*[^\s：:]{1,5}$")
_LEADING_TABLE_NUMBER = re.compile(r"[（(]?(?:公开|财决|财预)\s*(\d{1,2})\s*表[)）]?\s*(?=.)")
_BRACKETED_TABLE_NUMBER = re.compile(
    rf"[（(]\s*(?:附?表\s*([{DIGITS}]{{1,3}}|\d{{1,2}})|(?:公开|财决|财预)?\s*(\d{{1,2}})\s*表)\s*[）)]\s*$"
)


def split_title(text: Text) -> tuple[Ordinal, Text, int | None]:
    """A heading's ordinal, its title, and the number that it gives its table."""
    raw = text.text
    ordinal, begin, end, table = _parts(raw)
    return ordinal, text.slice(begin, end).strip(), table


@kept_for_lines
def _parts(raw: str) -> tuple[Ordinal, int, int, int | None]:
    """A heading's ordinal, where its title begins and ends, and the number that it gives its table."""
    ordinal = read_ordinal(raw)
    end = len(raw.rstrip())
    meta = TRAILING_META.search(raw, max(0, end - 40), end)
    end = meta.start() if meta else end
    number = _BRACKETED_TABLE_NUMBER.search(raw, max(0, end - 40), end)
    table = ordinal.value if ordinal.kind == "table" else None
    begin = ordinal.end
    if leading := _LEADING_TABLE_NUMBER.match(raw, begin, end):
        begin, table = leading.end(), int(leading[1])
    if number is not None and number.start() > begin:
        end = number.start()
        digits = number[1] or number[2]
        table = int(digits) if digits.isdigit() else read_numeral(digits)
    stripped = len(raw[:end].rstrip(" 　。：:；;"))
    return ordinal, begin, stripped if stripped > begin else end, table
