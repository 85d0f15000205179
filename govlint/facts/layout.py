"""What every line of a report is for: title, contents, heading, caption, line above or under a table, prose.

Converters lose heading marks, set headings in bold, give them any level, and print the contents (目录) as headings,
paragraphs, a list or a table. So a line's role is read from what it says and where it stands; the mark is one sign
among others. The signs are few:

* a heading is short, carries no sentence, and has an ordinal (``第二部分``, ``一、``, ``（三）``), or recurs in the
  contents, or has one of the forms that headings of these reports have (``…情况说明``, ``…概况``, ``名词解释``);
* a caption is a heading that ends in 表 and has a table, or the line ``单位：万元``, under it;
* the contents are a run of short lines of which the first comes again right after the run, as the first heading.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple, TypeVar

from govlint.document import Document, Heading, Image, ListItem, Paragraph, Preformatted, Table, Text
from govlint.facts.memo import fact

Role = Literal["title", "contents", "heading", "caption", "figure", "meta", "note", "prose", "table", "other"]
"""What a line is for.

``title`` the report's title, body and date before the contents; ``contents`` an entry of the contents or the word
目录; ``heading``; ``caption`` the title of a table; ``figure`` the title of a figure (``图 1：…``); ``meta`` a line
that belongs to a table (``部门：…``, ``单位：万元``, ``公开01表``); ``note`` a line under a table (``注：…``,
``说明：…``, formula notes); ``prose``; ``table`` a grid; ``other`` page numbers, stray marks, signatures, code.
"""

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


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A heading or caption, marked as one in the source or not.

    ``line`` is all of it, ``title`` leaves out the ordinal, ``（表N）``, a unit behind it and a full stop at its end.
    ``form`` says how it stands: as a ``line`` of its own, as the first words of a paragraph (``run-in``,
    ``（一）主动公开情况。2024年…``), glued to a paragraph's end (``tail``), or in a table's ``cell``.
    ``mark`` is the level of the source's heading mark (0: none); ``table`` the number that it gives its table.
    """

    block: int
    line: Text
    number: str
    kind: OrdinalKind
    value: int | None
    title: Text
    role: Literal["heading", "caption"] = "heading"
    form: Literal["line", "run-in", "tail", "cell"] = "line"
    mark: int = 0
    bold: bool = False
    table: int | None = None

    @property
    def marked(self) -> bool:
        """Whether the source marks it as a heading."""
        return self.mark > 0


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """An entry of the contents (目录): the line without dot leaders and page number, split like a heading."""

    block: int
    line: Text
    number: str
    kind: OrdinalKind
    value: int | None
    title: Text
    page: int | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text block, most blocks have one: ``text`` is stripped, ``begin`` its place in the block's text."""

    block: int
    begin: int
    text: Text
    role: Role


@dataclass(frozen=True, slots=True)
class Layout:
    """The roles of all blocks and lines, and what was found on the way.

    ``roles`` has one role for each block: that of its lines; where they differ, ``prose`` if there is any, else
    that of the first. A table is a ``table``, or ``contents`` where the contents are set as one. ``lines`` are the lines of all text blocks in order; tables have none. ``headings`` and
    ``captions`` are in the document's order, and so are ``contents``.
    """

    roles: tuple[Role, ...]
    lines: tuple[Line, ...]
    headings: tuple[HeadingLine, ...]
    captions: tuple[HeadingLine, ...]
    contents: tuple[ContentsEntry, ...]

    def lines_of(self, block: int) -> Sequence[Line]:
        """The lines of a block; none for a table."""
        return _of_block(self.lines, block)

    def headings_of(self, block: int) -> Sequence[HeadingLine]:
        """The headings that stand in a block; captions are not among them."""
        return _of_block(self.headings, block)


_OfBlock = TypeVar("_OfBlock", HeadingLine, Line)


def _of_block(items: Sequence[_OfBlock], block: int) -> Sequence[_OfBlock]:
    begin = bisect_left(items, block, key=lambda item: item.block)
    return items[begin : bisect_right(items, block, begin, key=lambda item: item.block)]


# --- Ordinals -------------------------------------------------------------------------------------------------------

_DIGITS = "一二三四五六七八九十百零〇"
_ORDINAL = re.compile(
    rf"""\s*(?:
        (?P<part>第\s*(?P<part_value>[{_DIGITS}]{{1,5}}|\d{{1,2}})\s*(?:部\s*分|章|篇))
      | (?P<annex>附\s*件\s*(?P<annex_value>[{_DIGITS}]{{1,3}}|\d{{1,2}})?(?=\s*[：:、．.\s]))
      | (?P<table>附?表\s*(?P<table_value>[{_DIGITS}]{{1,3}}|\d{{1,2}})(?=\s*[：:、．.\s]))
      | (?P<chinese>(?P<chinese_value>[{_DIGITS}]{{1,4}})\s*[、．.])
      | (?P<chinese_brackets>[（(]\s*(?P<chinese_brackets_value>[{_DIGITS}]{{1,4}})\s*[）)]\s*[、．.]?)
      | (?P<arabic>(?P<arabic_value>\d{{1,2}})\s*(?:[、．]|[.](?!\d)|[.](?=\d{{4}}\s*年)))
      | (?P<arabic_brackets>[（(]\s*(?P<arabic_brackets_value>\d{{1,2}})\s*[）)]\s*[、．.]?)
      | (?P<circled>[①-⑳])
    )""",
    re.VERBOSE,
)
_NO_ORDINAL = Ordinal("", "none", None, 0)
_AFTER_ORDINAL = re.compile(r"[\s　：:、．.]*")
_CHINESE_VALUES = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


def chinese_number(text: str) -> int | None:
    """The value of a small number in Chinese characters (``十二`` is 12), ``None`` if it is none."""
    total, digit = 0, None
    for character in text:
        if character in "十百":
            total += (1 if digit is None else digit) * (10 if character == "十" else 100)
            digit = None
        elif character in _CHINESE_VALUES:
            digit = _CHINESE_VALUES[character]
        else:
            return None
    return total + (digit or 0) if text else None


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
        value = None if digits is None else int(digits) if digits.isdigit() else chinese_number(digits)
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


# --- Comparing titles -----------------------------------------------------------------------------------------------

_SPACE = re.compile(r"\s+")
_QUOTES = re.compile(r"[“”\"'‘’《》〈〉]")
_ROLE_IN_BRACKETS = re.compile(r"\((部门|单位|本级)\)")
_TABLE_NUMBER = re.compile(rf"\(?(?:附?表([{_DIGITS}]{{1,3}}|\d{{1,2}})|(?:公开|财决|财预)?(\d{{1,2}})表)\)?$")
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


def plain(text: str) -> str:
    """Text for comparing: without white space, in the standard form of its characters (half-width brackets)."""
    return unicodedata.normalize("NFKC", _SPACE.sub("", text))


def title_core(text: str) -> str:
    """What a heading, contents entry or caption names, for comparing the same title in two places.

    Ordinal, ``（表N）``, quotes, white space, year, and the name of the body before ``概况``, ``部门决算表`` and the
    like do not count: ``第二部分 云川市文化馆2024年度部门决算表`` and ``部门决算表`` have the same core.
    """
    core = plain(text[read_ordinal(text).end :])
    core = _QUOTES.sub("", core.rstrip("。.:;,"))
    core = _TABLE_NUMBER.sub("", core)
    core = _ROLE_IN_BRACKETS.sub(r"\1", core)
    core = _YEAR_PREFIX.sub("", core) or core
    core = _BODY_PREFIX.sub("", core)
    return _DEPARTMENT.sub("", core)


# --- Lines ----------------------------------------------------------------------------------------------------------

_BREAK = re.compile(r"[\r\n]")
_BRACKETED = re.compile(r"\([^()]*\)")
_INNER_PUNCTUATION = re.compile(r"[。,;!?:]")
_SUBJECT = re.compile(r"\([类款项]\)")
_AMOUNT = re.compile(r"\d(?:亿元|万元|元|%|‰)")
_CUT = re.compile(r"(?:[的和与及为对或将按由以、“(]|包括|是指|主要)$")
_PAGE_NUMBER = re.compile(r"(?:[-—–─－]*\d{1,3}[-—–─－]*|第\d+页(?:[,/]?共\d+页)?)$")
_ONLY_MARKS = re.compile(r"[\W_]*$")
_DATE = re.compile(
    r"(?:公开(?:时间|日期):|发布(?:时间|日期):)?(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?|[二〇零一三四五六七八九○]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?|\d{4}[-./]\d{1,2}[-./]\d{1,2})$"
)
_FURNITURE = re.compile(
    r"(?:首页|当前位置|您的位置|来源:|发布(?:时间|日期|机构):|公开(?:时间|日期):|浏览次数|点击数|字体:|字号:|索引号|监督索引号"
    r"|信息来源:|打印|关闭|上一篇|下一篇|返回|附件下载|分享到)"
)
_FIGURE = re.compile(r"图\d{1,2}(?:[-.]\d{1,2})?[:.、]?\D|图[一二三四五六七八九十]{1,3}[:.、]")
_META = re.compile(
    r"(?:(?:编制|填报|填表|预算|公开|汇总)?(?:部门|单位)(?:名称|\(公章\)|\(盖章\))?:|预算主管部门:|金额单位:|货币单位:"
    r"|\(?(?:公开|财决|财预|预算)\w{0,4}\d{1,2}表\)?(?:$|[^。]{0,40}单位:)|附?表[一二三四五六七八九十\d]{1,3}$)"
)
_TRAILING_META = re.compile(r"[\s　]+[（(]?(?:金额)?单位\s*[：:]\s*[^\s：:]{1,5}$")
_NOTE = re.compile(r"(?:注|说明|备注|注释|附注)\d{0,2}[:.、]")
_FORMULA = re.compile(r"\d+[行栏](?:各行|各栏)?[=≥≤]")
_EMPTY_TABLE = re.compile(r"(?:本表|此表|该表)(?:无数据|为空|下方)|为空表|以空表|故本表")
_TABLE_TITLE = re.compile(r"(?<![代仪手钟外])表(?:\(续\)|续表?|\(续表\))?$")
_CONTENTS_WORD = re.compile(r"(?:目录|目次|目彔)[:.]?")
_LEADERS = " 　\t\n.．·•…⋯‥┈_-"
_PRINTED_PAGE = re.compile(r"(?:[\s　.．·•…⋯‥┈_]|[（(—–-])[\s　]*[—–-]?\s*(\d{1,3})\s*[—–-]?[)）]?\s*$")
_NUMBERED_THING = re.compile(r"(?:(?:^|[\s（(])[表图]|附表|附图|附件)\s*$")
_FIELD_CODE = re.compile(r"PAGEREF _Toc|HYPERLINK ")
_ENTRY_START = re.compile(
    rf"(?:第\s*[{_DIGITS}]{{1,4}}\s*部\s*分|(?<![{_DIGITS}])[{_DIGITS}]{{1,3}}、|[（(][{_DIGITS}]{{1,3}}[）)])"
)

_REPORT = re.compile(r"(?:\d{4}|[X×]{2,4})年[^。;]{0,40}(?:决算|预算|报告)|(?:决算|预算|年度报告)(?:公开|草案|报告)?$")

_STRICT_TAIL = re.compile(
    r"(?:情况(?:的?说明)?|说明|概况|方面|解释|范围|结果|机构设置|单位构成|人员构成)$"
    r"|^(?:(?:部门|单位)?(?:主要)?(?:职责|职能){1,2}(?:简介)?|主动公开|依申请公开|政府信息管理|(?:政府)?(?:信息公开)?平台建设|监督保障)$"
)
"""Ends of a heading that may be followed by a full stop, or by the paragraph itself; and some whole headings."""

_TAIL = re.compile(
    r"(?:情况(?:的?说明)?|说明|概况|方面|解释|范围|职[责能](?:简介)?|设置|构成|报告|总结|目标|结果|措施|问题|建议|事项|内容|概述"
    r"|依据|主体|方案|周期|安排|渠道|方式|管理|公开|表)$"
)
"""Ends of a short numbered line that speak for a heading rather than for an item of a list."""

_KNOWN_FORM = re.compile(
    r"(?:情况(?:的?说明)?|概况|名[词称](?:性)?解释|(?:编制|安排|预算|决算|经费|收支|情况)(?:的?说明)|(?:主要|部门|单位|工作)职[责能]"
    r"|机构设置|单位构成|人员构成|(?:决算|预算|收支|支出|收入)(?:公开)?(?:总|报|明细)?表|^附[件表])$"
)
"""Ends of a heading without ordinal."""

_LONGEST_HEADING = 60
_LONGEST_ENTRY = 90


@dataclass(slots=True)
class _Unit:
    """A line on its way to its role: what it says, in the forms that the signs are read from."""

    block: int
    begin: int
    text: Text
    mark: int = 0
    bold: bool = False
    item: bool = False
    table: bool = False
    role: Role | None = None
    plain: str = ""
    ordinal: Ordinal = _NO_ORDINAL
    bare: str = ""
    body: str = ""
    continued: bool = False

    @property
    def stopped(self) -> bool:
        """Whether the line ends with a full stop or colon."""
        return self.bare[-1:] in ("。", ":", ";")


def _units(document: Document) -> list[_Unit]:
    units: list[_Unit] = []
    for index, block in enumerate(document.blocks):
        match block:
            case Table():
                units.append(_Unit(index, 0, Text.empty(), table=True, role="table"))
            case Preformatted() | Image():
                units.append(_Unit(index, 0, block.text, role="other"))
            case Heading():
                units.append(_read(_Unit(index, 0, block.text, mark=block.level)))
            case Paragraph() | ListItem():
                item = isinstance(block, ListItem)
                bold = isinstance(block, Paragraph) and block.bold
                begin = 0
                for line in block.text.text.split("\n"):
                    text = block.text if len(line) == len(block.text) else block.text.slice(begin, begin + len(line))
                    if line.strip() or begin == 0:
                        unit = _read(_Unit(index, begin, text, bold=bold, item=item))
                        units.extend(_heading_apart(unit, document.source.text) if len(text.pieces) > 1 else (unit,))
                    begin += len(line) + 1
    return units


def _heading_apart(unit: _Unit, source: str) -> tuple[_Unit, ...]:
    """A paragraph whose first line in the source is a heading, as two lines.

    A line break in the source is no line break in the text; where a sentence is set right under its heading the two
    are one paragraph.
    """
    if len(unit.plain) <= _LONGEST_HEADING and not _INNER_PUNCTUATION.search(unit.body) and not unit.stopped:
        return (unit,)
    pieces = unit.text.pieces
    cut = next(
        (after.begin for before, after in pairwise(pieces) if _BREAK.search(source, before.stop, after.start)), None
    )
    if cut is None:
        return (unit,)
    first = _read(_Unit(unit.block, unit.begin, unit.text.slice(0, cut), bold=unit.bold))
    body = first.body
    if len(first.plain) > _LONGEST_HEADING or _INNER_PUNCTUATION.search(body) or _AMOUNT.search(body):
        return (unit,)
    if not (_speaks_for_heading(body) if first.ordinal.kind != "none" else _KNOWN_FORM.search(body)):
        return (unit,)
    return first, _read(_Unit(unit.block, unit.begin + cut, unit.text.slice(cut, len(unit.text)), bold=unit.bold))


def _read(unit: _Unit) -> _Unit:
    raw = unit.text.text
    stripped = raw.strip()
    if len(stripped) != len(raw):
        unit.begin += len(raw) - len(raw.lstrip())
        unit.text = unit.text.strip()
    unit.plain = plain(stripped)
    unit.ordinal = read_ordinal(stripped)
    rest = stripped[unit.ordinal.end :]
    if len(rest) <= 2 * _LONGEST_ENTRY:
        bare = plain(_TRAILING_META.sub("", rest))
        bare = _BRACKETED.sub("", _TABLE_NUMBER.sub("", bare))
        unit.bare = bare
        unit.body = bare.rstrip("。:;")
    else:
        unit.bare = unit.body = unit.plain
    return unit


def _settle_sure(units: Sequence[_Unit]) -> None:
    """Roles that a line's own words decide: page numbers, figures, lines of a table."""
    for unit in units:
        if unit.role is not None:
            continue
        text = unit.plain
        if _PAGE_NUMBER.match(text) or _ONLY_MARKS.match(text) or (_FURNITURE.match(text) and len(text) <= 80):
            unit.role = "other"
        elif _FIGURE.match(text) and len(text) <= _LONGEST_HEADING and not unit.stopped:
            unit.role = "figure"
        elif _META.match(text) and len(text) <= 80 and "。" not in text:
            unit.role = "meta"
        elif _FORMULA.search(text, 0, 40) and "=" in text and len(text) <= 300:
            unit.role = "note"


# --- Title and contents ---------------------------------------------------------------------------------------------


def _settle_title(units: Sequence[_Unit], end: int) -> None:
    """The lines before ``end`` are the title, if one of them reads like the title of a report or is marked.

    On a web page the title may stand behind a menu: then it is the first line that names a year and a report, and
    the short lines before it are furniture.
    """
    lines = [unit for unit in units[:end] if not unit.table and unit.role in (None, "meta")]
    if any(unit.mark or _REPORT.search(unit.plain) for unit in lines):
        for unit in lines:
            unit.role = "title"
        return
    for index, unit in enumerate(units[:_LONGEST_MENU]):
        if unit.table or unit.ordinal.kind != "none" or len(unit.plain) > _LONGEST_HEADING or "。" in unit.plain:
            return
        if unit.role is None and _REPORT_OF_YEAR.search(unit.plain) and not _TABLE_TITLE.search(unit.body):
            unit.role = "title"
            for before in units[:index]:
                before.role = "other"
            return


_LONGEST_MENU = 100
_REPORT_OF_YEAR = re.compile(r"\d{4}年[^。;]{0,40}(?:决算|预算|报告)")


def _title_end(units: Sequence[_Unit]) -> int:
    """Where the lines end that may be the title: at the first ordinal, table, caption, sentence or plain heading."""
    for index, unit in enumerate(units[:_LONGEST_TITLE]):
        if unit.role == "contents":
            return index
        if unit.role == "other" or _DATE.match(unit.plain) or (unit.ordinal.kind == "annex" and not unit.body):
            continue
        if unit.table or unit.ordinal.kind != "none" or len(unit.plain) > _LONGEST_HEADING:
            return index
        if _PREFACE.search(unit.plain):
            return index
        if not _REPORT.search(unit.plain) and (_KNOWN_FORM.search(unit.body) or _TABLE_TITLE.search(unit.body)):
            return index
        if unit.role == "meta" and not any(before.role is None for before in units[:index]):
            return index
    return min(len(units), _LONGEST_TITLE)


_LONGEST_TITLE = 20
_PREFACE = re.compile(r"[。,;《]|^(?:根据|按照|依据|本报告|为了?|现将)")


def _split_entries(units: list[_Unit], at: int) -> None:
    """Contents that run on in one line (``目录 一、… 二、…``) become one unit for each entry, in place."""
    unit = units[at]
    raw = unit.text.text
    starts = [match.start() for match in _ENTRY_START.finditer(raw)]
    if len(starts) < 3 or (starts[0] > 0 and not _CONTENTS_WORD.fullmatch(plain(raw[: starts[0]]))):
        return
    bounds = sorted({0, *starts, len(raw)})
    units[at : at + 1] = [
        _read(_Unit(unit.block, unit.begin + begin, unit.text.slice(begin, end), unit.mark, unit.bold))
        for begin, end in pairwise(bounds)
    ]


def _entry_text(unit: _Unit) -> tuple[Text, int | None]:
    """The line of a contents entry without field codes, dot leaders and page number, and that number."""
    raw = unit.text.text
    code = _FIELD_CODE.search(raw)
    end = code.start() if code else len(raw)
    printed = _PRINTED_PAGE.search(raw, max(0, end - 40), end)
    page = None
    if printed and not _NUMBERED_THING.search(raw, 0, printed.start()):
        page, end = int(printed[1]), printed.start()
    end = len(raw[:end].rstrip(_LEADERS))
    return (unit.text if end == len(raw) else unit.text.slice(0, end)), page


def _entry_like(unit: _Unit) -> bool:
    if unit.table or unit.role in ("meta", "figure", "note") or not unit.plain or len(unit.plain) > 4 * _LONGEST_ENTRY:
        return False
    text = plain(_entry_text(unit)[0].text)
    return 2 <= len(text) <= _LONGEST_ENTRY and not re.search(r"[。;!?].", text)


def _contents_table(document: Document, unit: _Unit) -> list[tuple[_Unit, Text, int | None]]:
    """The entries of contents that are set as a table: title and page number; none if it is another table."""
    table = document.blocks[unit.block]
    entries: list[tuple[_Unit, Text, int | None]] = []
    for row in table.rows if isinstance(table, Table) else ():
        filled = [cell.text for cell in row if cell.text.text.strip(_LEADERS)]
        if not filled:
            continue
        pages = [int(text.text) for text in filled[1:] if text.text.isdecimal() and len(text) <= 3]
        entry = _read(_Unit(unit.block, 0, filled[0]))
        if len(filled) > 2 or len(pages) < len(filled) - 1 or not _entry_like(entry):
            return []
        text, page = _entry_text(entry)
        entries.append((entry, text, pages[0] if pages else page))
    return entries if len(entries) >= 2 else []


def _settle_contents(document: Document, units: list[_Unit]) -> list[tuple[_Unit, Text, int | None]]:
    """Give the contents their role and return their entries: unit, text and printed page.

    With the word 目录 the contents are the short lines after it, without it the first numbered lines; both end where
    the first entry comes again, or another one where the heading of the first is missing.
    """
    word = next((index for index, unit in enumerate(units) if _CONTENTS_WORD.match(unit.plain)), None)
    if word is not None and not _CONTENTS_WORD.fullmatch(units[word].plain):
        _split_entries(units, word)
        word = word if _CONTENTS_WORD.fullmatch(units[word].plain) else None
    start = _title_end(units) if word is None else word + 1
    if start < len(units) and not units[start].table and len(units[start].plain) > _LONGEST_HEADING:
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


def _contents_end(run: Sequence[tuple[_Unit, str]], *, announced: bool) -> int:
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


def _mend(units: Sequence[_Unit], known: frozenset[str]) -> None:
    """Put headings together that stand on two lines: ``第一部分`` over ``概况``, or a title cut by a converter."""
    lines = [unit for unit in units if unit.role != "other"]
    for unit, below in pairwise(lines):
        if unit.role is not None or below.role is not None or unit.ordinal.kind == "none" or unit.continued:
            continue
        if below.ordinal.kind != "none" or below.mark != unit.mark or len(below.plain) > 40 or below.stopped:
            continue
        lone_part = unit.ordinal.kind == "part" and not unit.body
        if unit.stopped or _INNER_PUNCTUATION.search(unit.body) or _INNER_PUNCTUATION.search(below.body):
            continue
        if not lone_part and not known.isdisjoint((title_core(unit.text.text), title_core(below.text.text))):
            continue
        whole = Text.join((unit.text, below.text))
        if lone_part or title_core(whole.text) in known:
            unit.text = whole
            _read(unit)
            below.role, below.continued = "heading", True


# --- Headings and captions ------------------------------------------------------------------------------------------


def _settle_captions(units: Sequence[_Unit]) -> None:
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
            and len(unit.plain) <= _LONGEST_HEADING
        ):
            unit.role = "other"
        else:
            under = "else"


def _names_table(unit: _Unit) -> bool:
    return (
        unit.ordinal.kind != "part"
        and len(unit.plain) <= _LONGEST_HEADING
        and not _INNER_PUNCTUATION.search(unit.body)
        and not _CUT.search(unit.body)
        and (_TABLE_TITLE.search(unit.body) is not None or _TABLE_NUMBER.search(unit.plain) is not None)
    )


def _unfinished(unit: _Unit | None) -> bool:
    """Whether a line of prose stops inside a sentence."""
    return unit is not None and unit.role == "prose" and len(unit.plain) > 15 and unit.plain[-1] not in "。!?;:”"


def _settle_rest(units: Sequence[_Unit], known: frozenset[str], titles: frozenset[str]) -> None:
    """Headings, notes and prose, line by line."""
    previous: _Unit | None = None
    under_table = False
    for unit in units:
        if unit.role is None:
            unit.role = _role(unit, previous, known, titles, under_table=under_table)
        if unit.role == "other":
            continue
        under_table = unit.table or (under_table and unit.role in ("note", "meta"))
        previous = unit


def _role(
    unit: _Unit, previous: _Unit | None, known: frozenset[str], titles: frozenset[str], *, under_table: bool
) -> Role:
    text = unit.plain
    if _NOTE.match(text) and (under_table or text.startswith("注")):
        return "note"
    if under_table and len(text) <= 150 and unit.ordinal.kind == "none" and not unit.mark and _EMPTY_TABLE.search(text):
        return "note"
    if text in titles:
        return "title"
    if _is_heading(unit, known, unfinished=_unfinished(previous)):
        return "heading"
    if under_table and unit.ordinal.kind == "none" and previous is not None and _continues_note(previous):
        return "note"
    if _DATE.match(text):
        return "other"
    if len(text) <= 20 and unit.ordinal.kind == "none" and not _INNER_PUNCTUATION.search(text):
        announced = previous is not None and (previous.role == "heading" or previous.plain[-1:] == ":")
        return "prose" if announced or unit.item or _unfinished(previous) else "other"
    return "prose"


def _continues_note(previous: _Unit) -> bool:
    return previous.role == "note" and len(previous.plain) > 15 and previous.plain[-1] not in "。;:!?)"


def _is_heading(unit: _Unit, known: frozenset[str], *, unfinished: bool) -> bool:
    body, kind = unit.body, unit.ordinal.kind
    if unit.mark:
        return len(unit.plain) <= _LONGEST_HEADING or "。" not in body
    if len(unit.plain) > _LONGEST_HEADING or _INNER_PUNCTUATION.search(body):
        return False
    if not body:
        return kind == "part"
    if _SUBJECT.search(unit.plain) or _AMOUNT.search(unit.plain) or (_CUT.search(body) and kind != "part"):
        return False
    recurs = title_core(unit.text.text) in known
    if unit.stopped:
        return recurs or (kind != "none" and _speaks_for_heading(body))
    if recurs or kind in ("part", "annex"):
        return True
    if kind == "none":
        return not unfinished and (unit.bold or _KNOWN_FORM.search(body) is not None) and not _DATE.match(unit.plain)
    if kind == "chinese" or unit.bold:
        return True
    return _speaks_for_heading(body) or (not _DUTY.match(body) and (_TAIL.search(body) is not None or len(body) <= 20))


def _speaks_for_heading(body: str) -> bool:
    match = _STRICT_TAIL.search(body)
    return match is not None and (match.start() == 0 or not _DUTY.match(body))


_DUTY = re.compile(
    r"(?:负责|承担|承办|组织|拟[订定]|制[订定]|贯彻|履行|指导|协调|监督|配合|参与|开展|推[进动]|落实|做好|加强|完[善成]|研究|起草|办理|统筹|掌握"
    r"|收集|汇总|分析|执行|管理|提供|依法|受理|牵头|协助|建立|健全|宣传|维护|审核|编制|会同)"
)
"""Verbs that items of a list of duties (职责) begin with."""


def _demote_lists(units: Sequence[_Unit], known: frozenset[str]) -> None:
    """Lines in a row that count up, with nothing under them and nothing that speaks for a heading, are a list."""
    row: list[_Unit] = []

    def close() -> None:
        if len(row) >= (3 if row and row[0].ordinal.kind == "chinese" else 2):
            for item in row:
                item.role = "prose"

    for unit in units:
        if unit.role == "other":
            continue
        weak = (
            unit.role == "heading"
            and not unit.mark
            and not unit.bold
            and unit.ordinal.kind not in ("none", "part", "annex")
            and not _TAIL.search(unit.body)
            and title_core(unit.text.text) not in known
        )
        if weak and row and unit.ordinal.kind == row[-1].ordinal.kind:
            row.append(unit)
            continue
        close()
        row = [unit] if weak else []
    close()


def _demote_items(units: Sequence[_Unit], known: frozenset[str]) -> None:
    """A short line among items of a list that are prose (（九）…：指…。 before, （十）… here) is an item too."""
    last: dict[OrdinalKind, _Unit] = {}
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
            and not _STRICT_TAIL.search(unit.body)
            and title_core(unit.text.text) not in known
            and _run_in(before) is None
        ):
            unit.role = "prose"
        last[kind] = unit
        if unit.role == "heading" and kind in ("part", "chinese"):
            last = {kind: unit}


def _promote_series(units: Sequence[_Unit]) -> None:
    """A line with a comma in it or a full stop behind it is a heading where it goes on counting the headings.

    ``四、其他需要说明的事项。`` is one between 三、 and 五、, but not after a 三、 that is a sentence.
    """
    headings = [index for index, unit in enumerate(units) if unit.role == "heading"]
    last: dict[OrdinalKind, _Unit] = {}
    for index, unit in enumerate(units):
        kind, value = unit.ordinal.kind, unit.ordinal.value
        if kind == "part":
            last.clear()
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


def _may_be_heading(unit: _Unit) -> bool:
    body = unit.body
    if len(unit.plain) > _LONGEST_HEADING or not body or _AMOUNT.search(unit.plain) or _SUBJECT.search(unit.plain):
        return False
    if unit.stopped:
        return unit.bare[-1:] == "。" and not _INNER_PUNCTUATION.search(body) and not _DUTY.match(body)
    return unit.ordinal.kind == "chinese" and re.search(r"[。;!?:]", body) is None


_RUN_IN = re.compile(r"[^。，；：！？,;:!?\n]{2,24}[。：:]")
_DEFINED = re.compile(r"\s*(?:是?指|反映|是|即)")
_TAIL_START = re.compile(r"[。；](?=[^。；]{4,60}$)")


def _run_in(unit: _Unit) -> Text | None:
    """The heading that a paragraph begins with (``（一）主动公开情况。2024年…``)."""
    if unit.ordinal.kind not in ("chinese", "chinese-brackets", "arabic", "arabic-brackets"):
        return None
    raw = unit.text.text
    match = _RUN_IN.match(raw, unit.ordinal.end)
    if match is None or len(raw) - match.end() < 4:
        return None
    words = plain(match[0][:-1])
    body = _BRACKETED.sub("", words)
    if not _speaks_for_heading(body) or _SUBJECT.search(words) or _AMOUNT.search(words):
        return None
    if match[0][-1] != "。" and _DEFINED.match(raw, match.end()):
        return None
    return unit.text.slice(0, match.end())


def _tail(unit: _Unit, missing: frozenset[str]) -> Text | None:
    """The heading glued to a paragraph's end: a contents entry without a line of its own, or a numbered title."""
    raw = unit.text.text
    match = _TAIL_START.search(raw, max(0, len(raw) - _LONGEST_HEADING - 2))
    if match is None:
        return None
    begin = match.end()
    words = raw[begin:]
    ordinal = read_ordinal(words)
    body = _BRACKETED.sub("", plain(words[ordinal.end :]))
    if _INNER_PUNCTUATION.search(body) or _AMOUNT.search(body):
        return None
    if title_core(words) in missing or (ordinal.kind in ("part", "chinese") and _STRICT_TAIL.search(body)):
        return unit.text.slice(begin, len(raw)).strip()
    return None


def _in_table(document: Document, unit: _Unit) -> Iterator[Text]:
    """Headings that a converter drew into a table: alone in its first or last row."""
    table = document.blocks[unit.block]
    if not isinstance(table, Table) or len(table.rows) < 2:
        return
    for row in (table.rows[0], table.rows[-1]):
        filled = [cell.text for cell in row if cell.text]
        if len(filled) != 1 or len(filled[0]) > _LONGEST_HEADING:
            continue
        ordinal = read_ordinal(filled[0].text)
        body = plain(filled[0].text[ordinal.end :])
        if ordinal.kind in ("part", "chinese") and _STRICT_TAIL.search(body) and not _INNER_PUNCTUATION.search(body):
            yield filled[0].strip()


# --- Putting it together --------------------------------------------------------------------------------------------

_LEADING_TABLE_NUMBER = re.compile(r"[（(]?(?:公开|财决|财预)\s*(\d{1,2})\s*表[)）]?\s*(?=.)")
_BRACKETED_TABLE_NUMBER = re.compile(
    rf"[（(]\s*(?:附?表\s*([{_DIGITS}]{{1,3}}|\d{{1,2}})|(?:公开|财决|财预)?\s*(\d{{1,2}})\s*表)\s*[）)]\s*$"
)


def _title_of(text: Text) -> tuple[Ordinal, Text, int | None]:
    """A heading's ordinal, its title, and the number that it gives its table."""
    raw = text.text
    ordinal = read_ordinal(raw)
    end = len(raw.rstrip())
    meta = _TRAILING_META.search(raw, max(0, end - 40), end)
    end = meta.start() if meta else end
    number = _BRACKETED_TABLE_NUMBER.search(raw, max(0, end - 40), end)
    table = ordinal.value if ordinal.kind == "table" else None
    begin = ordinal.end
    if leading := _LEADING_TABLE_NUMBER.match(raw, begin, end):
        begin, table = leading.end(), int(leading[1])
    if number is not None and number.start() > begin:
        end = number.start()
        digits = number[1] or number[2]
        table = int(digits) if digits.isdigit() else chinese_number(digits)
    stripped = len(raw[:end].rstrip(" 　。：:；;"))
    end = stripped if stripped > begin else end
    return ordinal, text.slice(begin, end).strip(), table


def _heading_line(
    unit: _Unit, line: Text, role: Literal["heading", "caption"], form: Literal["line", "run-in", "tail", "cell"]
) -> HeadingLine:
    ordinal, title, table = _title_of(line)
    mark = unit.mark if form == "line" else 0
    return HeadingLine(
        unit.block, line, ordinal.written, ordinal.kind, ordinal.value, title, role, form, mark, unit.bold, table
    )


def _block_roles(count: int, units: Iterable[_Unit]) -> Iterator[Role]:
    roles: dict[int, list[Role]] = {}
    for unit in units:
        roles.setdefault(unit.block, []).append(unit.role or "prose")
    for index in range(count):
        found = roles.get(index, [])
        yield "prose" if "prose" in found else next((role for role in found if role != "other"), "other")


@fact
def layout(document: Document) -> Layout:
    """The role of every block and line, the headings and captions, the contents.

    Linear in the document's size; it never looks at line numbers, only at what the lines say and at their order.
    """
    units = _units(document)
    _settle_sure(units)
    entries = _settle_contents(document, units)
    _settle_title(units, _title_end(units))
    known = frozenset(core for _, text, _ in entries if len(core := title_core(text.text)) >= 2)
    titles = frozenset(unit.plain for unit in units if unit.role == "title" and _REPORT.search(unit.plain))
    _mend(units, known)
    _settle_captions(units)
    _settle_rest(units, known, titles)
    _demote_lists(units, known)
    _promote_series(units)
    _demote_items(units, known)

    headings: list[HeadingLine] = []
    captions: list[HeadingLine] = []
    found = {title_core(unit.text.text) for unit in units if unit.role in ("heading", "caption")}
    missing = known - found
    for unit in units:
        if unit.table:
            headings.extend(_heading_line(unit, line, "heading", "cell") for line in _in_table(document, unit))
        elif unit.role == "heading" and not unit.continued:
            headings.append(_heading_line(unit, unit.text, "heading", "line"))
        elif unit.role == "caption":
            captions.append(_heading_line(unit, unit.text, "caption", "line"))
        elif unit.role == "prose":
            if (line := _run_in(unit)) is not None:
                headings.append(_heading_line(unit, line, "heading", "run-in"))
            if (line := _tail(unit, missing)) is not None:
                headings.append(_heading_line(unit, line, "heading", "tail"))
    lines = tuple(Line(unit.block, unit.begin, unit.text, unit.role or "prose") for unit in units if not unit.table)
    contents = tuple(
        ContentsEntry(unit.block, text, ordinal.written, ordinal.kind, ordinal.value, title, page, table)
        for unit, text, page in entries
        for ordinal, title, table in [_title_of(text)]
    )
    return Layout(tuple(_block_roles(len(document.blocks), units)), lines, tuple(headings), tuple(captions), contents)
