"""The numbers in running text: what they count, and which of them count nothing (years, dates, codes, ordinals)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from govlint.document import Document, Text
from govlint.facts.memo import fact, kept_for_paragraphs
from govlint.facts.prose import sentences
from govlint.number import RADICALS, Number, Unit, read_number, read_numeral, read_unit, unit_at
from govlint.source import Span

Kind = Literal[
    "amount", "percent", "count", "time", "measure", "plain",
    "unreadable", "year", "date", "code", "ordinal", "document", "contact", "name",
]  # fmt: skip
"""What a number in a sentence is.

``amount`` of money, ``percent`` (百分点 too), ``count`` (3 个, 26 人次), ``time`` (5 年, 30 天), ``measure`` (800 平方米, 2 倍)
and ``plain`` (no unit) are quantities. ``unreadable`` is digits that are no number (``1,23.4``). The others count
nothing: ``year``, ``date``, subject ``code``, ``ordinal`` (第3, 表2, 7号, the number of a list item), number of a
``document`` (〔2021〕5号), ``contact`` (telephone, post code, address on the web), ``name`` (5G, IPv6).
"""


class Quantity(Struct, frozen=True, gc=False):
    """A number in a sentence, with its unit.

    ``begin`` and ``end`` are its place in the sentence's text, unit included, ``number_begin`` and ``number_end`` that of
    the digits. ``hedge`` is a word that makes it inexact (约, 余, 以上, 至) or empty. ``incomplete`` marks a size without
    a unit (``0.39 万``). ``number`` is None where there is no single number (dates, document numbers, names).
    """

    kind: Kind
    number: Number | None
    unit: Unit | None
    within: Text
    sentence: int
    begin: int
    end: int
    number_begin: int
    number_end: int
    hedge: str = ""
    incomplete: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is a quantity, not a year, date, code, ordinal, name or the like."""
        return self.kind in ("amount", "percent", "count", "time", "measure", "plain")

    @property
    def text(self) -> Text:
        """Number and unit."""
        return self.within.slice(self.begin, self.end)

    @property
    def number_text(self) -> Text:
        """The digits."""
        return self.within.slice(self.number_begin, self.number_end)

    @property
    def span(self) -> Span:
        """Number and unit in the source."""
        return self.within.span(self.begin, self.end)

    @property
    def number_span(self) -> Span:
        """The digits in the source."""
        return self.within.span(self.number_begin, self.number_end)


_PLAIN: dict[int, int | str | None] = {**RADICALS, **str.maketrans("０１２３４５６７８９．％﹪－−", "0123456789.%%--")}
_NOT_PLAIN = re.compile("[" + "".join(map(chr, _PLAIN)) + "]")
_FULL_WIDTH_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_HAS_NUMBER = re.compile(r"[0-9０-９]|[〇零○]")
_YEAR4 = r"(?:19|20)\d{2}"
_DAY = r"\d{1,2}"
_TO = r"\s{0,4}[-—–~～至到]\s{0,4}"
_NUMBER = r"\d+(?:,\d+)*(?:\.\d+)?"
_TOKEN = re.compile(
    rf"""
    (?=[\dA-Za-z._+\-:：\s（(〔［\[【第表图附邮电传二２])  # what one begins with: most characters need no closer look
    (?:
      (?P<contact>[A-Za-z0-9._+-]{{1,64}}@[A-Za-z0-9.-]+|https?://[^\s，。；）)]+|www\.[A-Za-z0-9./_-]+
          |(?<!\d)0\d{{2,3}}\s?[-—–]\s?\d{{7,8}}(?!\d)|(?<![\d.,])1[3-9]\d{{9}}(?!\d)
          |(?<=邮编)\s{{0,4}}[:：]?\s{{0,4}}\d{{6}}|邮\s{{0,4}}政?\s{{0,4}}编\s{{0,4}}码?\s{{0,4}}[:：]\s{{0,4}}\d{{6}}|(?:电\s{{0,4}}话|传\s{{0,4}}真)\s{{0,4}}[:：]?\s{{0,4}}\d{{7,8}})
    | (?P<document>[〔［\[【（(]\s{{0,4}}{_YEAR4}\s{{0,4}}年?\s{{0,4}}[〕］\]】）)]\s{{0,4}}(?:第\s{{0,4}})?\d{{1,5}}\s{{0,4}}号|第\s{{0,4}}\d{{1,6}}\s{{0,4}}号)
    | (?P<name>(?<![A-Za-z0-9])[A-Za-z]+[-_]?\d[\dA-Za-z]*(?:\.\d+)?|\d+(?:\.\d+){{2,}}
          |\d+(?!(?:TB|GB|MB|KB|PB|km|kg|kWh|kW|m2)(?![A-Za-z]))[A-Za-z][A-Za-z\d]*)
    | (?P<date>{_YEAR4}\s{{0,4}}年\s{{0,4}}{_DAY}\s{{0,4}}月(?:份|底|初|末|(?:\s{{0,4}}{_DAY}\s{{0,4}}[日号]))?|{_YEAR4}[-/.]{_DAY}[-/.]{_DAY}(?!\d)
          |(?<![\d.,]){_DAY}(?:{_TO}{_DAY})?\s{{0,4}}月(?:份|底|初|末|(?:\s{{0,4}}{_DAY}\s{{0,4}}[日号]))?|(?<![\d.,:]){_DAY}\s{{0,4}}日(?!元)
          |(?<![\d.,]){_DAY}\s{{0,4}}[:：]\s{{0,4}}\d{{2}}(?![\d.]))
    | (?P<year>{_YEAR4}{_TO}{_YEAR4}\s{{0,4}}(?:年度?)?|(?<![\d.,]){_YEAR4}\s{{0,4}}年(?:度|初|末|底)?|(?<![\d.,])\d{{1,5}}\s{{0,4}}年度
          |[二２][〇零○]{{1,2}}[〇零○一二三四五六七八九]{{1,2}}\s{{0,4}}年度?|(?<![\d.,]){_YEAR4}(?=\s{{0,4}}(?:版|财年|财政年)))
    | (?P<code>[（(]\s{{0,4}}\d{{2,3}}\s{{0,4}}[类款项]\s{{0,4}}[）)]|(?<![\d.,])[23]\d{{2}}\s\d{{2}}(?:\s\d{{2}})?(?![\d.,%万元亿]|\s{{0,4}}[万亿]?元)
          |(?<![\d.,])[23]\d{{6}}(?![\d.,])|(?<![\d.,])[23]\d{{4}}(?=[（(\s]?[^\W\d_A-Za-z]{{2,}}(?:费|支出|事务|经费)))
    | (?P<ordinal>第\s{{0,4}}\d+|(?<=公开)\s{{0,2}}\d{{1,2}}\s{{0,2}}表|[表图]\s{{0,4}}\d{{1,2}}(?!\d|\.\d)|附[表件]\s{{0,4}}\d{{1,2}}(?!\d)|(?<![\d.,])\d{{1,6}}\s{{0,4}}号|\d{{1,3}}\s{{0,4}}[行栏](?![业动政为目])
          |(?:^|(?<=[\s：；。，:;“「]))(?:\d{{1,2}}\s{{0,4}}[、．](?!\d)|\d{{1,2}}\s{{0,4}}\.(?!\d)|\d{{1,2}}\s{{0,4}}[.．](?={_YEAR4}\s{{0,4}}年)|[（(]\s{{0,4}}\d{{1,2}}\s{{0,4}}[）)]))
    | (?P<number>[-+]?{_NUMBER})
    )
    """,
    re.VERBOSE,
)
_HEDGE_INSIDE = re.compile(r"\s{0,4}([万亿]?)\s{0,4}([余多几])")
_BARE_SIZE = re.compile(r"\s{0,4}(万亿|[百千]万|[万亿])")
_TO_NUMBER = re.compile(rf"{_TO}{_NUMBER}")
_HEDGE_BEFORE = re.compile(
    r"(大约|约|近|将近|接近|不?超过?|逾|不足|不[少低高多]于|至少|最[多高]|[低高大小]于|突破)\s{0,4}(?:人民币)?\s{0,4}$"
)
_HEDGE_AFTER = re.compile(r"\s{0,4}(左右|(?:[（(]含[）)])?以[上下内外]|上下)")
_FORMULA = re.compile(r"\d{1,3}\s{0,4}[行栏列]\s{0,4}(?:各[行栏])?\s{0,4}[=＝≥≤]")
_MONEY_BEFORE = re.compile(
    r"(?:支出|收入|经费|费|资金|金额|决算|预算|拨款|总额|结余|合计|总计|安排)(?:决算|预算)?(?:数|额)?(?:为|共|约|达|共计)?\s{0,4}$"
)
_DIGITS = re.compile(r"\d+")
_ANY_DIGIT = re.compile(r"[\d〇零○一二三四五六七八九]")
_LAST_DIGIT = re.compile(r"[\d〇零○一二三四五六七八九](?=[^\d〇零○一二三四五六七八九]*$)")
_CHINESE_DIGITS = re.compile(r"[二２][〇零○一二三四五六七八九]+")
_SIZES = {"万": 10_000, "亿": 100_000_000, "百万": 1_000_000, "千万": 10_000_000, "万亿": 1_000_000_000_000}
_KINDS: dict[str, Kind] = {"money": "amount", "percent": "percent", "count": "count", "time": "time"}


class _Found(Struct, frozen=True, gc=False):
    """A number in a sentence, as in :class:`Quantity`."""

    kind: Kind
    number: Number | None
    unit: Unit | None
    begin: int
    end: int
    number_begin: int
    number_end: int
    hedge: str = ""
    incomplete: bool = False


@fact
def quantities(document: Document) -> tuple[Quantity, ...]:
    """The numbers of all sentences, in order."""
    return tuple(
        [
            Quantity(
                found.kind,
                found.number,
                found.unit,
                sentence.text,
                index,
                found.begin,
                found.end,
                found.number_begin,
                found.number_end,
                found.hedge,
                found.incomplete,
            )
            for index, sentence in enumerate(sentences(document))
            for found in _in_sentence(sentence.text.text)
        ]
    )


@kept_for_paragraphs
def _in_sentence(plain: str) -> tuple[_Found, ...]:
    return tuple(_numbers_in(plain)) if _HAS_NUMBER.search(plain) else ()


def _numbers_in(plain: str) -> Iterator[_Found]:
    if _NOT_PLAIN.search(plain):
        plain = _FULL_WIDTH_COMMA.sub(",", plain).translate(_PLAIN)
    if ("=" in plain or "＝" in plain or "≥" in plain or "≤" in plain) and _FORMULA.search(plain):
        return
    at = 0
    while match := _TOKEN.search(plain, at):
        kind = match.lastgroup
        if kind == "number" or (kind == "code" and match.group().isdigit() and unit_at(plain, match.end())):
            found = _quantity(plain, match.start(), match.end())
        else:
            found = _other(kind, match)  # type: ignore[arg-type]
        yield found
        at = max(found.end, match.end())
        if kind == "ordinal" and plain[at - 1] == ".":
            plain = f"{plain[: at - 1]} {plain[at:]}"


def _quantity(plain: str, begin: int, end: int) -> _Found:
    """The number at a place with the unit behind it."""
    signed = plain[begin] in "+-"
    digits = begin + signed
    number = read_number(plain[digits:end])
    stop, unit, hedge, incomplete = _unit_after(plain, digits, end)
    kind: Kind = "plain" if unit is None else _KINDS.get(unit.kind, "measure")
    if number is None:
        kind = "unreadable"
    elif kind == "plain" and not number.grouped and number.decimals == 0 and 1949 <= number.value < 2060:
        kind = "year"
    if signed and _is_sign(plain, begin, kind, number):
        number = read_number(plain[begin:end])
        digits = begin
    if not hedge:
        before = _HEDGE_BEFORE.search(plain, max(0, digits - 12), digits)
        after = _HEDGE_AFTER.match(plain, stop)
        hedge = before.group(1) if before else after.group(1) if after else ""
    return _Found(kind, number, unit, digits, stop, digits, end, hedge, incomplete)


def _unit_after(plain: str, begin: int, end: int) -> tuple[int, Unit | None, str, bool]:
    """Where number and unit end, the unit, the word between them, and whether the unit is only a size (万)."""
    if found := unit_at(plain, end):
        written, stop = found
        return stop, read_unit(written), "", False
    if (inside := _HEDGE_INSIDE.match(plain, end)) and (found := unit_at(plain, inside.end())):
        written, stop = found
        return stop, read_unit(inside.group(1) + written), inside.group(2), False
    if match := _BARE_SIZE.match(plain, end):
        size = match.group(1)
        money = _MONEY_BEFORE.search(plain, max(0, begin - 12), begin) is not None
        return match.end(), Unit(size, "money" if money else "other", Decimal(_SIZES[size])), "", True
    if (other := _TO_NUMBER.match(plain, end)) and (found := unit_at(plain, other.end())):
        return end, read_unit(found[0]), "至", False
    return end, None, "", False


def _is_sign(plain: str, at: int, kind: Kind, number: Number | None) -> bool:
    """Whether the mark before the digits is their sign, not a dash between words or numbers."""
    if number is None:
        return False
    before = plain[at - 1] if at else ""
    if before.isalpha():
        return not before.isascii() and (number.decimals > 0 or kind in ("percent", "amount"))
    return not before.isdigit() and before not in "-)）"


def _other(kind: Kind, match: re.Match[str]) -> _Found:
    """A number that counts nothing."""
    begin, end = match.span()
    begin += len(match.group()) - len(match.group().lstrip())
    number = None
    digits = (begin, end)
    if kind in ("year", "ordinal"):
        found = _DIGITS.findall(match.group())
        if len(found) == 1:
            number = Number(Decimal(int(found[0])), 0)
        elif not found and (year := read_numeral(_CHINESE_DIGITS.search(match.group()).group())):  # type: ignore[union-attr]
            number = Number(Decimal(year), 0)
    first = _ANY_DIGIT.search(match.group())
    if first:
        last = _LAST_DIGIT.search(match.group())
        digits = (match.start() + first.start(), match.start() + (last.start() + 1 if last else first.end()))
    return _Found(kind, number, None, begin, end, *digits)
