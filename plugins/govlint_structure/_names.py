"""How a report names the body (单位) it is of, and names like it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from govlint import (
    Document,
    Text,
    body,
    kept_for_paragraphs,
    layout,
    passages,
    places_in,
    plain,
    read_ordinal,
    sentences,
    statements,
    title,
)

Verdict = Literal["own", "other-place", "place-lost", "other-body", "spelled-otherwise"]

_LABEL = re.compile(
    r"(?<!主管)(?:(?:编制|填报|填表|预算|汇总|公开)?(?:部门|单位)(?:[（(](?:部门|单位)[)）])?(?:名称)?)(?:[（(](?:公章|盖章)[)）])?\s*[：:]\s*"
)
_VALUE_END = re.compile(r"[\s　]+(?=\S{0,6}[：:])|金额单位|单位[：:]|$")
_MONEY = re.compile(r"(?:人民币)?(?:万|亿|千|百万)?元|[件个]$")
_HEADING_END = re.compile(
    r"(?:19|20)\d{2}\s*年|(?:[（(](?:部门|单位)[）)])?(?:部门|单位)?"
    r"(?:概况|基本情况|主要职[责能]|职[责能]|机构设置|(?:汇总)?(?:决算|预算)|收支|财务收支)"
)
_DATED = re.compile(r"\s*(?:19|20)\d{2}\s*年\s*度?\s*")
_ORGANISATION = re.compile(
    r"(?:局|委员会|委|办公室|办事处|中心|院|馆|学校|中学|小学|大学|学院|幼儿园|厅|所|站|总队|支队|大队|协会|联合会|党校|政府|法院|检察院)$"
)
_END_OF_NAME = re.compile(r"[局会委室处心院馆校学园厅所站队府]")
_LONGEST_OPENING = 80
_SAYS_WHOSE = (
    r"\s*(?:(?:19|20)\d{2}\s*年\s*度?\s*[，,]?\s*)?(?P<name>[^\W\da-zA-Z_]{3,30}?)\s*"
    r"(?:(?:19|20)\d{2}\s*年\s*度?|本年度?)?\s*"
    r"(?:收入|支出|收、支|收支|财政拨款|一般公共预算|政府性基金|国有资本经营|政府采购|机关运行经费|共有车辆)[^，。；]{0,30}?\d"
)
_REMARK = re.compile(r"\([^()]*\)$")


class Own(Struct, frozen=True):
    """The name of the body that reports: its places from the highest, and the rest behind them."""

    name: str
    places: tuple[str, ...]
    rest: str
    count: int


def own_name(document: Document) -> Own | None:
    """The body that reports, ``None`` where it is not known."""
    found = body(document)
    if found is None:
        return None
    name = _REMARK.sub("", plain(found.name))
    places = places_in(name)
    return Own(name, places, _rest(name), found.count)


def _rest(name: str) -> str:
    rest = name
    for place in places_in(name):
        rest = rest.removeprefix("人民政府").removeprefix(place)
    return rest


def judge(own: Own, name: str) -> Verdict:
    """What a name is, printed where the report's own name belongs."""
    words = _REMARK.sub("", plain(name))
    if not words or words in own.name or own.name in words:
        return "own"
    places, rest = places_in(words), _rest(words)
    if rest == own.rest:
        if not places or places[-1:] == own.places[-1:]:
            return "own"
        if set(places) > set(own.places):
            return "other-body"
        return "place-lost" if set(places) < set(own.places) else "other-place"
    same_places = set(places) <= set(own.places)
    if same_places and _abbreviates(rest, own.rest):
        return "own"
    shared = len(set(rest) & set(own.rest))
    if same_places and shared >= 0.6 * max(len(set(rest)), len(set(own.rest))):
        return "spelled-otherwise"
    return "other-body"


def _abbreviates(short: str, long: str) -> bool:
    """Whether the characters of one name are all in the other, in the same order (人社局, 人力资源和社会保障局)."""
    characters = iter(long)
    return all(character in characters for character in short)


def labelled_names(document: Document) -> Iterator[Text]:
    """The names behind ``部门：`` and ``编制单位：``, above tables, in their first rows and on the cover."""
    lines = [line.text for line in layout(document).lines if line.role in ("title", "meta")]
    lines += [text for statement in statements(document) for text in statement.bodies]
    seen: set[int] = set()
    for text in lines:
        for place in _labelled(text.text):
            value = text.slice(*place)
            if value.whole.start not in seen:
                seen.add(value.whole.start)
                yield value


@kept_for_paragraphs
def _labelled(raw: str) -> list[tuple[int, int]]:
    """The places of the names behind labels."""
    found = []
    for match in _LABEL.finditer(raw):
        end = _VALUE_END.search(raw, match.end())
        begin, stop = _stripped(raw, match.end(), end.start() if end else len(raw))
        if begin < stop and not _MONEY.match(raw, begin, stop):
            found.append((begin, stop))
    return found


def _stripped(raw: str, begin: int, end: int) -> tuple[int, int]:
    """A part of a text without white space at its ends."""
    words = raw[begin:end]
    return end - len(words.lstrip()), begin + len(words.rstrip())


def opening_names(document: Document) -> Iterator[Text]:
    """The names with which sentences on the body's money begin (``云川市文化馆2023年度收入合计…``)."""
    texts = passages(document)
    for sentence in sentences(document):
        if texts[sentence.passage].role == "prose" and (place := _opening(sentence.text.text)):
            yield sentence.text.slice(*place)


@kept_for_paragraphs
def _opening(raw: str) -> tuple[int, int] | None:
    """The place of the name with which a sentence on a body's money begins."""
    match = re.match(_SAYS_WHOSE, raw) if _END_OF_NAME.search(raw, 0, _LONGEST_OPENING) else None
    return match.span("name") if match and _ORGANISATION.search(plain(match["name"])) else None


def headed_names(document: Document) -> Iterator[Text]:
    """The names that the title, headings of parts and captions have before year or subject (``第一部分 云川市文化馆概况``)."""
    found = layout(document)
    whole = title(document)
    lines = (
        *((whole,) if whole is not None else ()),
        *(entry.line for entry in found.contents),
        *(heading.line for heading in (*found.headings, *found.captions)),
    )
    for line in lines:
        if place := _headed(line.text):
            yield line.slice(*place)


@kept_for_paragraphs
def _headed(raw: str) -> tuple[int, int] | None:
    """The place of the name that a heading begins with."""
    dated = _DATED.match(raw)
    begin = dated.end() if dated else read_ordinal(raw).end
    end = _HEADING_END.search(raw, begin)
    if end is None or end.start() - begin < 4:
        return None
    begin, stop = _stripped(raw, begin, end.start())
    named = stop - begin <= 40 and _ORGANISATION.search(_REMARK.sub("", plain(raw[begin:stop])))
    return (begin, stop) if named else None
