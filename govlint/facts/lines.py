"""Lines on their way to their roles: what a line says, in the forms that the signs of a role are read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from govlint.document import Document, Heading, ListItem, Paragraph, Table, Text
from govlint.facts.memo import kept_for_paragraphs
from govlint.facts.ordinals import DIGITS, NO_ORDINAL, Ordinal, read_ordinal
from govlint.facts.titles import TABLE_NUMBER, TRAILING_META, plain

Role = Literal["title", "contents", "heading", "caption", "figure", "meta", "note", "prose", "table", "other"]
"""What a line is for.

``title`` the report's title, body and date before the contents; ``contents`` an entry of the contents or the word
目录; ``heading``; ``caption`` the title of a table; ``figure`` the title of a figure (``图 1：…``); ``meta`` a line
that belongs to a table (``部门：…``, ``单位：万元``, ``公开01表``); ``note`` a line under a table (``注：…``,
``说明：…``, formula notes); ``prose``; ``table`` a grid; ``other`` page numbers, stray marks, signatures, code.
"""
_BREAK = re.compile(r"[\r\n]")
BRACKETED = re.compile(r"\([^()]*\)")
INNER_PUNCTUATION = re.compile(r"[。,;!?:]")
SUBJECT = re.compile(r"\([类款项]\)")
AMOUNT = re.compile(r"\d(?:亿元|万元|元|%|‰)")
CUT = re.compile(r"(?:[的和与及为对或将按由以、“(]|包括|是指|主要)$")
_PAGE_NUMBER = re.compile(r"(?:[-—–─－]*\d{1,3}[-—–─－]*|第\d+页(?:[,/]?共\d+页)?)$")
_ONLY_MARKS = re.compile(r"[\W_]*$")
DATE = re.compile(
    r"(?:公开(?:时间|日期):|发布(?:时间|日期):)?(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?|[二〇零一三四五六七八九○]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?|\d{4}[-./]\d{1,2}[-./]\d{1,2})$"
)
_FURNITURE = re.compile(
    r"(?:首页|当前位置|您的位置|来源:|发布(?:时间|日期|机构):|公开(?:时间|日期):|浏览次数|点击数|字体:|字号:|索引号|监督索引号"
    r"|信息来源:|打印|关闭|上一篇|下一篇|返回|附件下载|分享到)"
)
_FIGURE = re.compile(r"图\d{1,2}(?:[-.]\d{1,2})?[:.、]?\D|图[一二三四五六七八九十]{1,3}[:.、]")
_META = re.compile(
    r"(?:(?:编制|填报|填表|预算|公开|汇总)?(?:部门|单位)(?:\((?:部门|单位)\))?(?:名称|\(公章\)|\(盖章\))?:|预算主管部门:|金额单位:|货币单位:"
    r"|\(?(?:公开|财决|财预|预算)\w{0,4}\d{1,2}表\)?(?:$|[^。]{0,40}单位:)|附?表[一二三四五六七八九十\d]{1,3}$)"
)
NOTE = re.compile(r"(?:注|说明|备注|注释|附注)\d{0,2}[:.、]")
_FORMULA = re.compile(r"\d+[行栏](?:各行|各栏)?[=≥≤]")
EMPTY_TABLE = re.compile(r"(?:本表|此表|该表)(?:无数据|为空|下方)|为空表|以空表|故本表")
TABLE_TITLE = re.compile(r"(?<![代仪手钟外])表(?:\(续\)|续表?|\(续表\))?$")
CONTENTS_WORD = re.compile(r"(?:目录|目次|目彔)[:.]?")
LEADERS = " 　\t\n.．·•…⋯‥┈_-"
PRINTED_PAGE = re.compile(r"(?:[\s　.．·•…⋯‥┈_]|[（(—–-])[\s　]*[—–-]?\s*(\d{1,3})\s*[—–-]?[)）]?\s*$")
NUMBERED_THING = re.compile(r"(?:(?:^|[\s（(])[表图]|附表|附图|附件)\s*$")
FIELD_CODE = re.compile(r"PAGEREF _Toc|HYPERLINK ")
ENTRY_START = re.compile(
    rf"(?:第\s*[{DIGITS}]{{1,4}}\s*部\s*分|(?<![{DIGITS}])[{DIGITS}]{{1,3}}、|[（(][{DIGITS}]{{1,3}}[）)])"
)
REPORT = re.compile(r"(?:\d{4}|[X×]{2,4})年[^。;]{0,40}(?:决算|预算|报告)|(?:决算|预算|年度报告)(?:公开|草案|报告)?$")
STRICT_TAIL = re.compile(
    r"(?:情况(?:的?说明)?|说明|概况|方面|解释|范围|结果|机构设置|单位构成|人员构成)$"
    r"|^(?:(?:部门|单位)?(?:主要)?(?:职责|职能){1,2}(?:简介)?|主动公开|依申请公开|政府信息管理|(?:政府)?(?:信息公开)?平台建设|监督保障)$"
)
"""Ends of a heading that may be followed by a full stop, or by the paragraph itself; and some whole headings."""
TAIL = re.compile(
    r"(?:情况(?:的?说明)?|说明|概况|方面|解释|范围|职[责能](?:简介)?|设置|构成|报告|总结|目标|结果|措施|问题|建议|事项|内容|概述"
    r"|依据|主体|方案|周期|安排|渠道|方式|管理|公开|表)$"
)
"""Ends of a short numbered line that speak for a heading rather than for an item of a list."""
KNOWN_FORM = re.compile(
    r"(?:情况(?:的?说明)?|概况|名[词称](?:性)?解释|(?:编制|安排|预算|决算|经费|收支|情况)(?:的?说明)|(?:主要|部门|单位|工作)职[责能]"
    r"|机构设置|单位构成|人员构成|(?:决算|预算|收支|支出|收入)(?:公开)?(?:总|报|明细)?表|^附[件表])$"
)
"""Ends of a heading without ordinal."""
DUTY = re.compile(
    r"(?:负责|承担|承办|组织|拟[订定]|制[订定]|贯彻|履行|指导|协调|监督|配合|参与|开展|推[进动]|落实|做好|加强|完[善成]|研究|起草|办理|统筹|掌握"
    r"|收集|汇总|分析|执行|管理|提供|依法|受理|牵头|协助|建立|健全|宣传|维护|审核|编制|会同)"
)
"""Verbs that items of a list of duties (职责) begin with."""

LONGEST_HEADING = 60
LONGEST_ENTRY = 90


class Draft(Struct):
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
    ordinal: Ordinal = NO_ORDINAL
    bare: str = ""
    body: str = ""
    sure: Role | None = None
    continued: bool = False

    @property
    def stopped(self) -> bool:
        """Whether the line ends with a full stop or colon."""
        return stopped(self.bare)


def stopped(bare: str) -> bool:
    """Whether words end with a full stop or colon."""
    return bare.endswith(("。", ":", ";"))


def drafts(document: Document) -> list[Draft]:
    """The lines of all blocks in order, without a role but for tables, code and pictures."""
    units: list[Draft] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph | ListItem):
            bold, item = isinstance(block, Paragraph) and block.bold, isinstance(block, ListItem)
            text = block.text.text
            begin = 0
            for line in text.split("\n") if "\n" in text else (text,):
                words = block.text if len(line) == len(text) else block.text.slice(begin, begin + len(line))
                if begin == 0 or line.strip():
                    unit = read_line(Draft(index, begin, words, bold=bold, item=item))
                    if isinstance(words.where, int):
                        units.append(unit)
                    else:
                        units.extend(_heading_apart(unit, document.source.text))
                begin += len(line) + 1
        elif isinstance(block, Table):
            units.append(Draft(index, 0, Text.empty(), table=True, role="table"))
        elif isinstance(block, Heading):
            units.append(read_line(Draft(index, 0, block.text, mark=block.level)))
        else:
            units.append(Draft(index, 0, block.text, role="other"))
    return units


def _heading_apart(unit: Draft, source: str) -> tuple[Draft, ...]:
    """A paragraph whose first line in the source is a heading, as two lines.

    A line break in the source is no line break in the text; where a sentence is set right under its heading the two
    are one paragraph.
    """
    if len(unit.plain) <= LONGEST_HEADING and not INNER_PUNCTUATION.search(unit.body) and not unit.stopped:
        return (unit,)
    pieces = unit.text.pieces
    cut = next(
        (after.begin for before, after in pairwise(pieces) if _BREAK.search(source, before.stop, after.start)), None
    )
    if cut is None:
        return (unit,)
    first = read_line(Draft(unit.block, unit.begin, unit.text.slice(0, cut), bold=unit.bold))
    body = first.body
    if len(first.plain) > LONGEST_HEADING or INNER_PUNCTUATION.search(body) or AMOUNT.search(body):
        return (unit,)
    if not (speaks_for_heading(body) if first.ordinal.kind != "none" else KNOWN_FORM.search(body)):
        return (unit,)
    return first, read_line(Draft(unit.block, unit.begin + cut, unit.text.slice(cut, len(unit.text)), bold=unit.bold))


def read_line(unit: Draft) -> Draft:
    """Fill in the forms of a line that the signs are read from; the same object."""
    raw = unit.text.text
    stripped = raw.strip()
    if len(stripped) != len(raw):
        unit.begin += len(raw) - len(raw.lstrip())
        unit.text = unit.text.strip()
    unit.plain, unit.ordinal, unit.bare, unit.body, unit.sure = forms_of(stripped)
    return unit


@kept_for_paragraphs
def forms_of(stripped: str) -> tuple[str, Ordinal, str, str, Role | None]:
    """A line without white space, its ordinal, what it says without all that stands around a title, also without its
    end mark, and the role that its own words decide.
    """
    words = plain(stripped)
    ordinal = read_ordinal(stripped)
    rest = stripped[ordinal.end :]
    if len(rest) > 2 * LONGEST_ENTRY:
        return words, ordinal, words, words, _sure_role(words, words)
    bare = plain(TRAILING_META.sub("", rest))
    bare = BRACKETED.sub("", TABLE_NUMBER.sub("", bare))
    return words, ordinal, bare, bare.rstrip("。:;"), _sure_role(words, bare)


def settle_sure(units: Sequence[Draft]) -> None:
    """Roles that a line's own words decide: page numbers, figures, lines of a table."""
    for unit in units:
        if unit.role is None:
            unit.role = unit.sure


def _sure_role(text: str, bare: str) -> Role | None:
    if _PAGE_NUMBER.match(text) or _ONLY_MARKS.match(text) or (_FURNITURE.match(text) and len(text) <= 80):
        return "other"
    if _FIGURE.match(text) and len(text) <= LONGEST_HEADING and not stopped(bare):
        return "figure"
    if _META.match(text) and len(text) <= 80 and "。" not in text:
        return "meta"
    if _FORMULA.search(text, 0, 40) and "=" in text and len(text) <= 300:
        return "note"
    return None


def speaks_for_heading(body: str) -> bool:
    """Whether a line ends as headings do, and does not begin with the verb of a duty."""
    match = STRICT_TAIL.search(body)
    return match is not None and (match.start() == 0 or not DUTY.match(body))
