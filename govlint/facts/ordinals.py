"""Ordinals (序号): 第二部分, 一、, （三）, 1., （1）, ①, 附件1, 表2."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from govlint.facts.memo import kept_for_lines
from govlint.number import read_numeral

OrdinalKind = Literal[
    "part", "annex", "table", "chinese", "chinese-brackets", "arabic", "arabic-brackets", "circled", "none"
]
"""How a line is numbered: 第X部分, 附件1, 表1, 一、, （一）, 1., （1）, ①, or not at all."""


class Ordinal(NamedTuple):
    """The ordinal (序号) at a line's start: as written, its kind, its value, and where the text after it begins."""

    written: str
    kind: OrdinalKind
    value: int | None
    end: int


DIGITS = "一二三四五六七八九十百零〇"
_ORDINAL = re.compile(
    rf"""\s*(?:
        (?P<part>第\s*(?P<part_value>[{DIGITS}]{{1,5}}|\d{{1,2}})\s*(?:部\s*分|章|篇))
      | (?P<annex>附\s*件\s*(?P<annex_value>[{DIGITS}]{{1,3}}|\d{{1,2}})?(?=\s*[：:、．.\s]))
      | (?P<table>附?表\s*(?P<table_value>[{DIGITS}]{{1,3}}|\d{{1,2}})(?=\s*[：:、．.\s]))
      | (?P<chinese>(?P<chinese_value>[{DIGITS}]{{1,4}})\s*[、．.])
      | (?P<chinese_brackets>[（(]\s*(?P<chinese_brackets_value>[{DIGITS}]{{1,4}})\s*[）)]\s*[、．.]?)
      | (?P<arabic>(?P<arabic_value>\d{{1,2}})\s*(?:[、．]|[.](?!\d)|[.](?=\d{{4}}\s*年)))
      | (?P<arabic_brackets>[（(]\s*(?P<arabic_brackets_value>\d{{1,2}})\s*[）)]\s*[、．.]?)
      | (?P<circled>[①-⑳])
    )""",
    re.VERBOSE,
)
NO_ORDINAL = Ordinal("", "none", None, 0)
_AFTER_ORDINAL = re.compile(r"[\s　：:、．.]*")


@kept_for_lines
def read_ordinal(text: str) -> Ordinal:
    """The ordinal at the start of a line; kind ``none`` and an empty ``written`` where there is none."""
    match = _ORDINAL.match(text)
    if match is None or match.lastgroup is None:
        return Ordinal("", "none", None, len(text) - len(text.lstrip()))
    group = next(name for name in _KINDS if match[name] is not None)
    end = match.end()
    after = _AFTER_ORDINAL.match(text, end)
    if group == "circled":
        value: int | None = ord(match[group]) - ord("①") + 1
    else:
        digits = match[f"{group}_value"]
        value = None if digits is None else int(digits) if digits.isdigit() else read_numeral(digits)
    return Ordinal(match[group].strip(), _KINDS[group], value, after.end() if after else end)


_KINDS: dict[str, OrdinalKind] = {
    "part": "part",
    "annex": "annex",
    "table": "table",
    "chinese": "chinese",
    "chinese_brackets": "chinese-brackets",
    "arabic": "arabic",
    "arabic_brackets": "arabic-brackets",
    "circled": "circled",
}
