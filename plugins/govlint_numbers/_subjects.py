"""Of what an amount speaks: the words in front of it, taken apart into fund, subject and measure (口径, 项目, 指标).

``2020年度一般公共预算财政拨款支出年初预算为`` is the measure 年初预算 of the core 支出 in the scope of 一般公共预算. Words are
compared after :func:`compact`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal

from msgspec import Struct

Scope = Literal["all", "fiscal", "general", "fund", "capital", "official", "other"]
"""Whose money: everything, 财政拨款, one of its three funds, “三公”经费, or nothing that the tables show."""

Measure = Literal["current", "initial", "adjusted", "full", "budget", "previous"]
"""支出决算 (in budgets: 预算), 年初预算, 调整预算, 全年预算, a budget without saying which, the year before."""

BUDGETS: tuple[Measure, ...] = ("initial", "adjusted", "full", "budget")

OFFICIAL = ("三公经费", "因公出国（境）费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行费", "公务接待费")
"""“三公”经费 and its parts, by their :func:`canonical` names."""


class Subject(Struct, frozen=True):
    """Fund (``None`` where the words name none), core words, and the names of 类, 款, 项 where it is a subject code's."""

    scope: Scope | None
    core: str
    chain: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether the words name anything."""
        return bool(self.core or self.chain or self.scope)


NOTHING = Subject(None, "")

_PLAIN = str.maketrans("()[]:;,", "（）［］：；，", "“”\"'‘’《》")


@lru_cache(maxsize=4096)
def compact(words: str) -> str:
    """Words without white space and quotes, brackets and marks full-width."""
    return "".join(words.split()).translate(_PLAIN)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that few reports ask for, compiled when one does."""
    return re.compile(pattern)


_YEAR = re.compile(r"(?:19|20)\d{2}年(?:年)?(?:度|末|底|初)?")
ORDINAL = re.compile(r"^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}[、.．])")
"""The number of a list's item at the start of its words."""
_LEAD = re.compile(
    r"^(?:(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|其中[：]?|此外|另外?|同时|截至|截止|全年|当年|本年度|和|及|以及|"
    r"(?:本|我|该|全)(?:部门|单位|局|委|办|中心|馆|院|校|市|区|县|省|乡|镇|街道)|（(?:部门|单位|本级)）|涉及|共涉及|安排|预计|实际|"
    r"部门|单位|纳入|包括|含|分别是|按|于|从|在(?![职编校岗册])|与|较|比))+"
)
_TRAILING = re.compile(r"(?:（以[^（）]{1,20}为准）|（[^（）]{5,40}）)$")
_FILLER = re.compile(r"(?:分别|各|均|共计|共|合计|约|达到?|为|是|的|金额|总额|：|数|相比|共有|累计|大约|近|有|科目)+$")
_FILLER_ENDS = frozenset("别各均计共约达到为是的额：数比有近目")
_MARKER = re.compile(r"（\d{0,7}([类款项])）")
_SCOPES: tuple[tuple[str, Scope], ...] = (
    ("三公", "official"),
    ("政府性基金", "fund"),
    ("国有资本经营", "capital"),
    ("一般公共预算", "general"),
    ("公共预算财政拨款", "general"),
    ("财政拨款", "fiscal"),
)
_SCOPE_WORDS = re.compile(
    r"^(?:(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?|公共预算)(?:财政)?(?:拨款|资金)?|(?:本年)?财政拨款)(?:安排)?(?:的)?"
)
_MEASURES: tuple[tuple[str, re.Pattern[str], Measure], ...] = (
    (
        "年初",
        re.compile(r"(?:支出|收入)?(?:当年)?年初(?:安排)?(?:支出|收入)?预算(?:数|安排)?(?:支出|收入)?$"),
        "initial",
    ),
    ("调整", re.compile(r"(?:支出|收入)?调整(?:后的?)?(?:支出|收入)?预算(?:数)?(?:支出|收入)?$"), "adjusted"),
    ("全年", re.compile(r"(?:支出|收入)?全年(?:支出|收入)?预算(?:数)?(?:支出|收入)?$"), "full"),
    ("执行", re.compile(r"(?:当年|全年|实际)?(?:预算)?执行(?:总|金)?(?:数|额)?$"), "current"),
    ("决算", re.compile(r"(?:当年|本年)?(?:支出|收入)?决算(?:数|额)?(?:支出)?$"), "current"),
    ("预算", re.compile(r"(?:总)?预算(?:安排)?(?:数|支出|金额|总额|资金)?$|预算(?:支出)?总额$"), "budget"),
)
"""How measures are called, each with a word that is in all its names."""
_KEEPS_KIND = re.compile(r"(支出|收入)(?:年初|当年|调整后?|全年)?预算|预算(支出|收入)|(收入|支出)决算")
_LAST_YEAR = ("上年", "上一年", "去年")
_GENERIC = frozenset({"", "项目", "其", "该项目", "本项目", "该", "该项", "预算", "决算", "其支出", "当年", "费用支出"})


def scope_of(words: str) -> Scope | None:
    """The fund that words name, the narrowest; ``None`` where they name none or several that exclude each other."""
    words = words.replace("非财政拨款", "")
    found = [scope for word, scope in _SCOPES if word in words]
    if not found:
        return None
    if "official" in found:
        return "official"
    funds = [scope for scope in found if scope != "fiscal"]
    return (funds[0] if len(dict.fromkeys(funds)) == 1 else None) if funds else "fiscal"


@lru_cache(maxsize=1024)
def scope_of_heading(title: str) -> Scope | None:
    """The fund that the section under a heading speaks of."""
    words = compact(title)
    scope = scope_of(words)
    if scope == "official":
        return scope
    if re.search(
        r"机关运行|政府采购|国有资产|绩效|人员构成|机构设置|重点工作|名词解释|项目经费|职[责能]|购买服务", words
    ):
        return "other"
    return scope


class Named(Struct, frozen=True, gc=False):
    """What the words before an amount name. ``years`` are those in the words, ``kind`` the 收入 or 支出 with the measure."""

    subject: Subject
    measure: Measure
    measured: bool
    years: tuple[int, ...]
    last_year: bool


@lru_cache(maxsize=4096)
def read_words(words: str, body: str) -> Named:
    """Take the (compact) words before an amount apart; ``body`` is the name of the reporting body."""
    years: tuple[int, ...] = ()
    last, text = False, words
    if "年" in words:
        years = tuple([int(year[:4]) for year in _YEAR.findall(words)])
        last = any(word in words for word in _LAST_YEAR)
        text = _YEAR.sub("", words)
    if body:
        text = text.replace(body, "")
    text = _bare(_TRAILING.sub("", text) if text.endswith("）") else text)
    if "（" in text and _MARKER.search(text):
        chain, rest = _chain(text)
        _, measure, measured = _measure(rest)
        return Named(Subject(None, "", chain), measure, measured, years, last)
    if _grand(text):
        return Named(Subject(scope_of(text), "总计"), "current", False, years, last)
    rest, measure, measured = _measure(text)
    rest = _bare(rest)
    scope = scope_of(rest)
    core = "三公经费" if scope == "official" and "三公" in rest else _SCOPE_WORDS.sub("", rest)
    core = _without_filler(core)
    if core in _GENERIC:
        core = ""
    return Named(Subject(scope, canonical(core)), measure, measured, years, last)


def _bare(text: str) -> str:
    """Words without those at their beginning and end that name nothing."""
    lead = _LEAD.match(text)
    return _without_filler(text[lead.end() :] if lead is not None else text)


def _without_filler(text: str) -> str:
    return _FILLER.sub("", text) if text[-1:] in _FILLER_ENDS else text


def _measure(text: str) -> tuple[str, Measure, bool]:
    """The words without what they measure, and what that is."""
    text = _without_filler(text)
    for word, pattern, measure in _MEASURES:
        match = pattern.search(text) if word in text else None
        if match is None:
            continue
        rest = text[: match.start()]
        kept = _KEEPS_KIND.search(match.group())
        if (kept and (rest == "" or rest.endswith(("拨款", "预算", "基金"))) and measure == "budget") or (
            rest.endswith(("拨款", "基金", "经营")) and kept
        ):
            rest += next(group for group in kept.groups() if group)
        return rest, measure, True
    return text, "current", False


_GRAND = re.compile(
    r"(?:收入?(?:预算|决算)?(?:总计)?[、和与及]?支出?|收入|支出)(?:预算|决算)?(?:总计|总预算|总决算|总额)$|收支$|收、支$|收入[、和]支出$"
)


_GRAND_ENDS = ("总计", "总预算", "总决算", "总额", "支", "支出")


def _grand(text: str) -> bool:
    return text.endswith(_GRAND_ENDS) and _GRAND.search(text) is not None and "采购" not in text


def _chain(text: str) -> tuple[tuple[str, ...], str]:
    """The names before （类）, （款）, （项）, and the words behind."""
    names: list[str] = []
    at = 0
    for match in _MARKER.finditer(text):
        name = text[at : match.start()]
        if not names:
            name = re.split(r"[，。；：、]", name)[-1]
        names.append(name)
        at = match.end()
    return tuple(names), text[at:]


_MOST_SHOWN = 24
_REST_OF_YEAR = re.compile(r"^\d{0,3}年度?")


@lru_cache(maxsize=1024)
def shown(words: str, body: str) -> str:
    """The words before a number as messages quote them: without year, body and the outer names of a subject."""
    text = ORDINAL.sub("", words)
    year = _YEAR.match(text)
    text = text[year.end() :] if year is not None else text
    if body:
        text = text.replace(body, "")
    marks = list(_MARKER.finditer(text))
    if len(marks) > 1:
        text = text[marks[-2].end() :]
    text = text.strip("，、：")
    if len(text) <= _MOST_SHOWN:
        return text
    return "…" + _REST_OF_YEAR.sub("", text[1 - _MOST_SHOWN :])


# --- Names of the same thing ------------------------------------------------------------------------------------------

_SAME: Mapping[str, str] = {
    "三公经费": r"(?:一般公共预算)?(?:财政拨款)?三公经费(?:财政拨款)?(?:支出|合计)?",
    "因公出国（境）费": r"因公出国（境）(?:费用?|经费)?(?:支出)?",
    "公务用车购置及运行费": r"公务用车(?:购置)?[及和、]运行(?:维护)?(?:费用?)?(?:支出)?|公务用车运行(?:维护)?[及和、]购置费用?(?:支出)?",
    "公务用车购置费": r"公务用车购置费?(?:支出)?",
    "公务用车运行费": r"公务用车运行(?:维护)?费?(?:支出)?",
    "公务接待费": r"公务接待费?(?:支出)?",
    "机关运行经费": r"机关运行经费(?:支出)?",
    "年初结转和结余": r"(?:年初|上年)(?:财政拨款)?结转(?:和?结余)?(?:收入|资金)?",
    "年末结转和结余": r"(?:年末|结转下年)(?:财政拨款)?(?:结转(?:和?结余)?)?",
    "收入": r"(?:本年)?(?:收入(?:合计|总额)?|总收入)",
    "支出": r"(?:本年)?(?:支出(?:合计|总额)?|总支出)",
    "经营收入": r"(?:事业单位)?经营收入",
    **{
        name: rf"{name}(?:支出|合计|总额|总支出)?"
        for name in ("会议费", "培训费", "基本支出", "项目支出", "人员经费", "事业收入", "其他收入")
    },
    "公用经费": r"(?:日常)?公用经费(?:支出|合计|总额|总支出)?",
    "使用非财政拨款结余": r"使用非财政拨款结余(?:（含专用结余）)?",
}
"""Patterns of what things are called, by the names that they go by here."""
NAMES = tuple(_SAME)
"""The names that :func:`canonical` gives: what every report has, of several funds and all in all."""
_ANY_NAME = re.compile(rf"^(?:{'|'.join(f'({pattern})' for pattern in _SAME.values())})$")


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """One name for the things that reports call by several (公务用车运行费 and 公务用车运行维护费支出)."""
    match = _ANY_NAME.match(name)
    return name if match is None or match.lastindex is None else NAMES[match.lastindex - 1]


def subject_name(name: str) -> str:
    """The name of a subject as names are compared, without 支出 at the end."""
    return name.removesuffix("支出")
