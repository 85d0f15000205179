"""Clauses (分句): the pieces that a paragraph is read in, and the patterns of what they say.

Words are matched as :func:`._subjects.compact` leaves them; those before a number up to its beginning. Patterns that
only some reports come to are strings here, for :func:`._subjects.compiled`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from govlint import Quantity, Unit
from govlint_numbers._subjects import Measure, compact

_UP = "增加|增长|上升|提高|提升|增支|增幅|上涨|多支出|扩大"
_DOWN = "减少|下降|降低|减支|节约|节省|压减|降幅|缩减|压缩|回落|减"
_SIGNS = {**dict.fromkeys(_UP.split("|"), 1), **dict.fromkeys(_DOWN.split("|"), -1)}
_SIGNS |= {
    "大于": 1,
    "高于": 1,
    "超过": 1,
    "超出": 1,
    "多于": 1,
    "小于": -1,
    "低于": -1,
    "少于": -1,
    "等于": 0,
    "持平": 0,
}


def sign_of(word: str) -> int:
    """+1 for 增加, −1 for 减少, 0 for 持平 and unknown words."""
    return _SIGNS.get(word, 0)


VERB_ENDS = frozenset([*(word[-1] for word in _SIGNS), *"了为约"])
"""The last characters of what :data:`VERB` finds."""
SHARE = re.compile(r"(?:约?占)(?![用有地])([^占]{0,40}?)(?:的)?(?:比重|比例|百分比|比)?(?:的|为|达到?|约)?$")
COMPLETED = re.compile(
    r"(?:完成|占|为)(?:了)?(?:当年|本年)?((?:年初|调整后?|全年)?(?:支出|收入)?预算)(?:数|安排|总额)?(?:的)?$"
    r"|((?:年初|调整后?|全年)?预算)(?:执行|完成)率(?:为|达到?)?$"
)
VERB = re.compile(rf"({_UP}|{_DOWN})(?:了|为|约|额为|幅度为|率为)?$")
UNCHOSEN = rf"(?:{_UP}|{_DOWN})（(?:{_UP}|{_DOWN})）(?:了|为)?$|(?:增|减)（(?:增|减)）$"
BASE = re.compile(
    r"(?:比|较|与|同|和)([^比较与同]{0,30}?)(?:相比|相较|比较|对比)?(?:各|均|分别|共|合计|同比|净|略|有所)*$"
)
COMPARED_WORDS = ("相比", "相较", "比较", "对比")
COMPARED = r"(?:与|同|和|较|比)([^与同和较比]{1,30}?)(?:相比|相较|比较|对比)$"
COMPARED_AHEAD = r"^(?:与|同|和|较|比)([^与同和较比]{1,20}?)(?:相比|相较|比较)"
SPREAD = re.compile(r"(?:各|均|分别|共|合计|同比|净|略|有所)+$")
LIMITS = frozenset(
    {"不超过", "不低于", "不高于", "不少于", "不大于", "不小于", "至少", "最多", "最高", "低于", "高于", "大于", "小于"}
)
FLAT_WORDS = ("持平", "一致", "相同", "无变化", "没有变化", "无增减", "无增减变化")
FLAT = rf"(?:比|较|与|同|和)([^比较与同和]{{1,30}}?)(?:基本)?({'|'.join(FLAT_WORDS)})$"
SIDE = r"(决算|执行|支出)数?(大于|小于|高于|低于|等于|超过|超出|多于|少于)((?:年初|调整后?|全年)?预算)数?"
SIDE_FLAT = r"(决算|执行)数?(?:与|同|和|等于)?((?:年初|调整后?|全年)?预算)数?(?:基本)?(持平|一致|相同)"
CAUSE = re.compile(r"(?:主要)?原因|主要(?:是|系)(?:由于|因)?|主要由于|由于")
SAID_AGAIN = rf"^(.{{0,60}}?)({_UP}|{_DOWN})的?(?:主要)?原因"
NAMES_OFFICIAL = (
    r"^(?:其中：?)?(?:因公出国（境）|公务用车购置|公务用车运行|公务接待)(?:及运行)?(?:维护)?(?:费用?|经费)(?:支出)?"
)
"""A clause about a part of “三公”经费, which may say of it that it is kept small and leave the number to the next."""
GOES_ON = r"^(?:[一二三四五六七八九]是|其次|同时|另外|此外|再次|（[一二三四五六七八九\d]）|[①-⑳])"
AGAINST = ("与", "同", "较", "比")
"""How the amount is introduced with which the one before it is compared: 比年初预算数58.68万元减少5.59万元."""
AGAINST_LAST_YEAR = (
    r"^(?:与|同|较|比)(?:20\d\d年度?|上年度?|上一年度?|去年)(?:同期)?的?(?:累计|实际|全年)?"
    r"(?:(?:支出|收入|拨款|经费|费用|预算|决算|执行|完成|安排)*(?:数|总?额|总计|合计)?[为是]?$)?"
)
"""What introduces an amount of last year, with the words that name nothing of their own: 比上年支出148万元减少24万元."""
RESUMES = r"^(?:与|同)(?:上年度?|去年|上一年度?|20\d\d年度?)(?:决算数?)?相比(?:各)?(?:增加|减少)$"
"""How the comparison with last year follows the reason why the budget was not kept."""
LIST = re.compile(r"其中|包括|以下方面|如下$|分别是")
AS_FOLLOWS = r"^(.{2,30}?)(?:主要内容|具体内容|具体)?(?:情况)?如下$"
MONEY = (
    r"(?:支出|收入|经费|费|预算|决算|总计|合计|金额|执行数|拨款|结余|资金|（[类款项]）)(?:安排|数|额|总额)?"
    r"(?:（[^（）]{1,20}）)?(?:均|共|各|合计)?(?:为|共|是|计)?$"
)
OF_WHICH = ("中", "里")
USED_FOR = re.compile(r"(?:主要)?用于")
SENTENCE_ENDS = frozenset("。！？!?\n")
BOUNDARIES = SENTENCE_ENDS | frozenset("；（")
"""The marks that end more than a clause."""
_TELLING = ("预算", "类）")
_TELLING_ENDS = (*FLAT_WORDS, *COMPARED_WORDS, *OF_WHICH)
_TELLING_MARKS = ("^", "；")
"""What is in, ends, or stands before the clauses that may tell something of amounts though they have no number."""
LONGEST_CLAUSE = 300
_LONGEST_LIST = 12
LOOK_BACK = 200
"""How far a clause, and the items of a paragraph, are looked at: what is further away is not meant."""
_MEASURE_OF = {
    "年初预算": "initial",
    "调整预算": "adjusted",
    "调整后预算": "adjusted",
    "全年预算": "full",
    "预算": "budget",
}


def budget_named(words: str) -> Measure:
    """Which budget the words ``完成年初预算`` name."""
    return _MEASURE_OF.get(words.replace("支出", "").replace("收入", ""), "budget")  # type: ignore[return-value]


# --- A paragraph in pieces ----------------------------------------------------------------------------------------------


class At(Struct, frozen=True, gc=False):
    """A quantity with its place in the passage's text."""

    begin: int
    end: int
    quantity: Quantity


class Segment(Struct, frozen=True, gc=False):
    """A clause, or what of it stands before a number: its place in its stretch of text, the marks before and behind it.

    ``words`` are its (compact) words, the last ones where it is very long; ``cause`` is where among them those end that
    begin a reason, ``lists`` whether they may open a list, ``tells`` whether they may tell anything without a number.
    """

    begin: int
    end: int
    before: str
    after: str
    words: str
    cause: int | None
    lists: bool
    tells: bool


class Stretch(Struct, frozen=True, gc=False):
    """The text before a number, from the number before it on: its clauses that matter, and the last one.

    Those are left out that tell nothing and end or begin nothing.
    """

    clauses: tuple[Segment, ...]
    last: Segment


Mark = tuple[int, str]
"""The place of a mark between clauses, and the mark: the full-width one for : and ;."""

_MARK = re.compile(r"[，；。：:;,！？!?\n]")
_FULL_WIDTH = {":": "：", ";": "；"}
_BRACKET = re.compile(r"[（）()]")
_BEHIND_NUMBER = re.compile(r"\s*、")
_LONGEST_KEPT = 240


def brackets_in(characters: str, numbers: Sequence[At]) -> list[Mark]:
    """The brackets of a text that hold numbers, which part clauses; others hold words."""
    if numbers and ("）" in characters or ")" in characters):
        return sorted(_brackets_with(characters, [number.begin for number in numbers]))
    return []


def _brackets_with(characters: str, inside: Sequence[int]) -> Iterator[Mark]:
    """The brackets round numbers that begin at the places ``inside``."""
    stack: list[int] = []
    at = 0
    for match in _BRACKET.finditer(characters):
        place = match.start()
        if match[0] in "（(":
            stack.append(place)
        elif stack:
            begin = stack.pop()
            while at < len(inside) and inside[at] < begin and not stack:
                at += 1
            if any(begin < number < place for number in inside[at : at + 40]):
                yield begin, "（"
                yield place, "）"


def stretch(characters: str, begin: int, end: int, brackets: Sequence[Mark]) -> Stretch:
    """The clauses between two places; the last one is what stands right before the second."""
    within = tuple([(place - begin, mark) for place, mark in brackets if begin <= place < end]) if brackets else ()
    if end - begin > _LONGEST_KEPT:
        return _read_stretch(characters[begin:end], begin == 0, within)
    return _kept_stretch(characters[begin:end], begin == 0, within)


def _read_stretch(characters: str, first: bool, brackets: Sequence[Mark]) -> Stretch:
    """The clauses of a text. Right behind a number, which is where all but the first are, 、 is a mark like the others."""
    marks = [(match.start(), _FULL_WIDTH.get(match.group(), match.group())) for match in _MARK.finditer(characters)]
    marks.extend(brackets)
    enumerated = None if first else _BEHIND_NUMBER.match(characters)
    if enumerated is not None:
        marks.append((enumerated.end() - 1, "、"))
    found: list[Segment] = []
    start, before = 0, "^" if first else ""
    for place, written in (*sorted(marks), (len(characters), "")):
        words = compact(characters[max(start, place - LONGEST_CLAUSE) : place])
        cause = CAUSE.search(words)
        lists = LIST.search(words) is not None
        tells = before in _TELLING_MARKS or cause is not None or lists or _tells(words)
        found.append(Segment(start, place, before, written, words, cause.end() if cause else None, lists, tells))
        start, before = place + 1, written
    *others, last = found
    return Stretch(tuple([one for one in others if one.tells or one.before in BOUNDARIES or one.after == "）"]), last)


def _tells(words: str) -> bool:
    """Whether a clause may tell anything of amounts though no number follows: most name nothing that is counted."""
    return words.endswith(_TELLING_ENDS) or any(word in words for word in _TELLING) or "公" in words[:5]


_kept_stretch = lru_cache(maxsize=4096)(_read_stretch)
"""Between their numbers the sentences of reports are much the same."""


_BETWEEN_VALUES = re.compile(r"\s*[，,、和]\s*")


def unit_in_common(characters: str, numbers: Sequence[At], place: int) -> tuple[Unit | None, int]:
    """The unit that a number without one has in common with those right behind it (``12.50、8.30万元``).

    With it comes the place of the number that prints the unit; ``None`` and its own place where there is none.
    """
    for last in range(place, min(place + _LONGEST_LIST, len(numbers) - 1)):
        one, following = numbers[last], numbers[last + 1]
        if one.quantity.kind != "plain" or not _BETWEEN_VALUES.fullmatch(characters, one.end, following.begin):
            break
        if following.quantity.unit is not None and following.quantity.kind in ("amount", "percent"):
            return following.quantity.unit, last + 1
    return None, place


def distributed(words: str) -> list[str]:
    """The names in ``货物、工程、服务支出分别为``, of which each number that follows is one's; none elsewhere."""
    if not words.endswith(("分别为", "分别是", "分别")):
        return []
    names = re.split(r"[、和及与]", re.sub(r"分别[为是]?$", "", words))
    return names if len(names) > 1 else []
