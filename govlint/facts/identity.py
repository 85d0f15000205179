"""Whose report it is, of which year and kind: title (标题), body (单位), period (年度), kind (报告种类)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from govlint.document import Document, Text
from govlint.facts.layout import Layout, layout
from govlint.facts.memo import fact, kept_for_lines
from govlint.facts.ordinals import read_ordinal
from govlint.facts.titles import plain


class Body(Struct, frozen=True):
    """The body (单位) that reports: its name as the report writes it, without spaces, and where it was read.

    ``places`` are the administrative names that the name begins with, from the highest (``云川市``, ``青禾区``);
    ``level`` is the kind of the last one (``区``), empty where the name has none. ``count`` says in how many places
    the report calls itself so: cover, contents, headings, lines above tables.
    """

    name: str
    text: Text
    places: tuple[str, ...] = ()
    level: str = ""
    count: int = 1


class Period(Struct, frozen=True):
    """The year (年度) that the report is of, and the words it was read from (``2024 年``)."""

    year: int
    text: Text


_REPORT_WORDS = re.compile(r"\d{4}年|二[〇○零]..年|决算|预算|报告")
_DATE_LINE = re.compile(
    r"(?:公开|发布)?(?:时间|日期)?[:：]?\d{4}[年./-]\d{1,2}[月./-]?(?:\d{1,2}日?)?$|[二〇零○一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月"
)
_LABEL = re.compile(
    r"(?:预算主管部门|(?:编制|填报|填表|预算|汇总|公开)?(?:部门|单位)(?:[（(](?:部门|单位)[）)])?(?:名称)?)(?:（公章）|（盖章）)?\s*[：:]\s*"
)
_LABEL_VALUE_END = re.compile(r"[\s　]|金额单位|单位[：:]|$")
_MONEY_UNIT = re.compile(r"(?:人民币)?(?:万|亿|千|百万)?元$|件$|个$")
_YEAR_WORDS = r"(?:(?:19|20)\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})"
_YEAR = re.compile(rf"({_YEAR_WORDS})\s*年")

_NOUN = (
    r"(?:局|委员会|委|办公室|办事处|中心|院|馆|学校|中学|小学|大学|学院|幼儿园|校|厅|部|处|所|站|队|总队|支队|大队|社|会|协会|联合会"
    r"|纪委|团委|党校|政协|人大|工会|妇联|残联|工商联|文联|科协|侨联|镇|乡|街道|人民政府|政府|园|场|公司|集团|法院|检察院|机关|组|室|台|库|段)"
)
_NAME = re.compile(rf"[^\s，。；：:、]{{1,40}}?{_NOUN}(?:[（(](?:本级|机关|本部|汇总)[)）])?$")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_PLACEHOLDER = re.compile(r"[XxＸ×*]{2,}|某某|\{")
_KNOWN_PART = re.compile(
    r"(?:[（(](?:部门|单位)[）)])?(?:部门|单位)?(?:概况|基本情况|(?:主要)?职[责能](?:简介)?|机构设置(?:情况)?|(?:\d{4}\s*年度?\s*)?(?:部门|单位)?(?:汇总)?"
    r"(?:决算|预算)(?:公开)?(?:表|报表|情况说明|说明|编制说明|情况)?)\s*$"
)
_TITLE_HEAD = re.compile(rf"^\s*(?:关于)?\s*(?:{_YEAR_WORDS}\s*年\s*度?)?\s*")
_TITLE_TAIL = re.compile(
    rf"\s*(?:关于)?(?:{_YEAR_WORDS}\s*年\s*度?)?\s*(?:省级|市级|区级|县级)?(?:部门|单位)?(?:汇总)?"
    r"(?:决算|预算|(?:政府)?信息公开(?:工作)?(?:年度)?报告)(?:公开)?(?:情况)?(?:的)?(?:说明|报告|草案)?\s*$"
)

_PLACE = re.compile(
    r"(?:[^\s省市区县州盟旗镇乡道]|[州镇乡旗道](?=[^\s省市区县]{0,3}[市区县州])){1,12}?"
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|省|地区|盟"
    r"|(?<![城都门超])市(?!场|容|政(?![府务协法策研])|民(?![政族防营盟建进革间兵宗]))"
    r"|(?<![社园辖街小景校片区])区(?!域)|县|旗(?!县)|街道|镇(?!江市)|(?<!城)乡(?![县市]|宁县))"
)
_PLACE_LEVEL = re.compile(r"(?:自治区|自治州|自治县|自治旗|省|市|地区|盟|区|县|旗|街道|镇|乡)$")


@fact
def title(document: Document) -> Text | None:
    """The report's title, joined where the cover breaks it over lines; ``None`` where there is none.

    Dates, and lines such as ``预算单位：…`` do not belong to it.
    """
    lines: list[Text] = []
    for line in layout(document).lines:
        if line.role == "contents" or (lines and line.role != "title" and line.role != "other"):
            break
        if line.role == "title":
            words = _without_label(line.text)
            if words and not _DATE_LINE.match(plain(words.text)) and not (lines and _says(lines, words)):
                lines.append(words)
    report = [index for index, words in enumerate(lines) if _REPORT_WORDS.search(plain(words.text))]
    if not lines:
        return None
    return Text.join(lines[: report[-1] + 1] if report else lines)


def _says(lines: Iterable[Text], words: Text) -> bool:
    return any(plain(words.text) == plain(line.text) for line in lines)


def _without_label(text: Text) -> Text:
    match = _LABEL.search(text.text)
    return text if match is None else text.slice(0, match.start()).strip()


@fact
def period(document: Document) -> Period | None:
    """The year of the report: from the title, else the year that most captions and headings name."""
    whole = title(document)
    if whole is not None and (match := _YEAR.search(whole.text)):
        return Period(_read_year(match[1]), whole.slice(*match.span()))
    found = layout(document)
    years: dict[int, Text] = {}
    counts: Counter[int] = Counter()
    for line in [heading.line for heading in (*found.captions, *found.headings)]:
        if match := _YEAR.search(line.text):
            year = _read_year(match[1])
            counts[year] += 1
            years.setdefault(year, line.slice(*match.span()))
    if not counts:
        return None
    year = min(counts, key=lambda year: (-counts[year], year))
    return Period(year, years[year])


def _read_year(written: str) -> int:
    """The year that ``2024`` or ``二〇二四`` names."""
    return int(written.translate(_DIGITS))


@fact
def report_kind(document: Document) -> str | None:
    """The id of the report's kind: the declared one, else the first of ``knowledge.kinds`` whose titles fit.

    A kind's regular expressions are searched in the title without white space and with half-width brackets; where
    it fits none, in the headings and captions, where the kind that fits most of them wins.
    """
    knowledge = document.knowledge
    if knowledge.kind is not None:
        return knowledge.kind
    kinds = [(kind.id, [re.compile(expression) for expression in kind.titles]) for kind in knowledge.kinds]

    def fitting(text: str) -> str | None:
        words = plain(text)
        return next((id_ for id_, titles in kinds if any(title.search(words) for title in titles)), None)

    whole = title(document)
    if whole is not None and (fits := fitting(whole.text)):
        return fits
    found = layout(document)
    counts = Counter(fitting(heading.line.text) for heading in (*found.headings, *found.captions))
    del counts[None]
    return counts.most_common(1)[0][0] if counts else None


@fact
def body(document: Document) -> Body | None:
    """The body that reports: the name that cover, lines above tables, contents and part headings use most.

    Of names equally frequent the one that stands first wins.
    """
    first: dict[str, Text] = {}
    counts: Counter[str] = Counter()
    whole = title(document)
    for text in (*_names(layout(document)), *(_in_title(whole) if whole is not None else ())):
        if name := _name_of_body(text.text):
            first.setdefault(name, text)
            counts[name] += 1
    if not counts:
        return None
    name = max(counts, key=lambda name: counts[name])
    places = places_in(name)
    level = _PLACE_LEVEL.search(places[-1]) if places else None
    return Body(name, first[name], places, level[0] if level else "", counts[name])


def places_in(name: str) -> tuple[str, ...]:
    """The administrative names (省, 市, 区, 县, 街道 …) that a body's name begins with, from the highest."""
    found: list[str] = []
    at = 0
    while match := _PLACE.match(name, at):
        found.append(match[0])
        at = match.end()
        at += len("人民政府") if name.startswith("人民政府", at) else 0
    return tuple(found)


def _names(found: Layout) -> Iterator[Text]:
    """The places where a report names its body, in order; what is read there may still be no name."""
    for line in found.lines:
        if line.role in ("title", "meta"):
            labelled = _labelled(line.text)
            yield from labelled
            if line.role == "title":
                yield from _in_title(_without_label(line.text))
    for entry in found.contents:
        yield from _in_heading(entry.line)
    for heading in (*found.headings, *found.captions):
        yield from _in_heading(heading.line)


@kept_for_lines
def _name_of_body(words: str) -> str:
    """The name without white space, if words read like that of a body; else nothing."""
    name = "".join(words.split())
    return name if _NAME.match(name) and not _PLACEHOLDER.search(name) else ""


def _labelled(text: Text) -> Iterator[Text]:
    raw = text.text
    for match in _LABEL.finditer(raw):
        end = _LABEL_VALUE_END.search(raw, match.end())
        stop = end.start() if end else len(raw)
        if stop > match.end() and not _MONEY_UNIT.match(raw[match.end() : stop]):
            yield text.slice(match.end(), stop)


def _in_title(text: Text) -> Iterator[Text]:
    raw = text.text
    head = _TITLE_HEAD.match(raw)
    begin = head.end() if head else 0
    tail = _TITLE_TAIL.search(raw, begin)
    end = tail.start() if tail else len(raw)
    if end > begin and len(raw) <= 80:
        yield text.slice(begin, end).strip()


def _in_heading(line: Text) -> Iterator[Text]:
    begin, end = _before_known_part(line.text)
    if end > begin:
        yield line.slice(begin, end).strip()


@kept_for_lines
def _before_known_part(raw: str) -> tuple[int, int]:
    """What stands between a heading's ordinal and its year or a known title."""
    begin = read_ordinal(raw).end
    ends = [match.start() for match in (_YEAR.search(raw, begin), _KNOWN_PART.search(raw, begin)) if match]
    return begin, min(ends, default=0)
