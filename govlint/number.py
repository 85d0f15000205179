"""Printed numbers: what the characters say, and nothing more.

No float anywhere: a :class:`Number` is the decimal value with the decimals as printed, because 10% and 10.00% state
different things. What a number counts is a :class:`Unit`; what a rounded figure can stand for is an :class:`Interval`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct


class Number(Struct, frozen=True, gc=False):
    """A printed number (数): exact value, printed decimals, and whether thousands are separated."""

    value: Decimal
    decimals: int
    grouped: bool = False

    @property
    def half(self) -> Decimal:
        """Half a unit of the last printed digit: the most by which rounding may have moved the value."""
        return Decimal(5).scaleb(-self.decimals - 1)


class Unit(Struct, frozen=True, gc=False):
    """What a number is counted in (单位): its name, what kind of thing it counts, and its size in the base unit.

    ``kind`` is ``money`` (base 元), ``percent`` (base %, 百分点 too), ``count`` (辆, 人, 个, 批次 …), ``time`` or ``other``.
    """

    name: str
    kind: str
    factor: Decimal = Decimal(1)


class Interval(NamedTuple):
    """The values that a printed figure can stand for, in the base unit, both ends included."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high


ASCII_DIGITS = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict.fromkeys("，﹐", ","),
        **dict.fromkeys("．﹒", "."),
        **dict.fromkeys("－−–‐‑﹣", "-"),
        **dict.fromkeys("％﹪", "%"),
        "＋": "+",
    }
)
"""Full-width digits and signs to the ASCII ones, one character for one (for ``str.translate``)."""

RADICALS: Mapping[int, str] = MappingProxyType(
    {code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2F00, 0x2FD6), 0x2E9F, 0x2EF3)}
)
"""The Kangxi radicals that some converters print for characters (⼈ for 人), to the characters (for ``str.translate``)."""

_NUMBER = re.compile(r"([-+]?)(?:([1-9]\d{0,2}(?:,\d{3})+)|(0|[1-9]\d*))?(?:\.(\d+))?", re.ASCII)
_SPACE_AT_SIGN = re.compile(r"(?<=[.,+-])\s{1,4}|\s{1,4}(?=[.,])")
_NOTHING = frozenset({*"-－—–―─−/／\\＼∕无", "——", "--", "－－", "---", "———", "──", "//"})


@lru_cache(maxsize=8192)
def read_number(text: str) -> Number | None:
    """The number that ``text`` as a whole prints, or None.

    Thousands separators, full-width digits and signs, surrounding white space and white space beside a separator or
    sign (as converters leave it) are understood. Uneven grouping (``1,23.4``), leading zeros (codes), percent signs and
    brackets are not numbers.
    """
    text = text.strip()
    if not text:
        return None
    if not text.isascii():
        text = text.translate(ASCII_DIGITS)
    match = _NUMBER.fullmatch(text)
    if match is None:
        if not any(map(str.isspace, text)):
            return None
        match = _NUMBER.fullmatch(_SPACE_AT_SIGN.sub("", text))
        if match is None:
            return None
    sign, grouped, plain, fraction = match.groups()
    whole = grouped.replace(",", "") if grouped else plain
    if whole is None and fraction is None:
        return None
    digits = f"{sign}{whole or 0}.{fraction}" if fraction else f"{sign}{whole}"
    return Number(Decimal(digits), len(fraction or ""), bool(grouped))


def is_nothing(text: str) -> bool:
    """Whether the text is a mark that stands for no amount: a dash, a slash, 无. Blank text is blank, not nothing."""
    return text.strip() in _NOTHING


_SIZES: Mapping[str, Decimal] = MappingProxyType(
    {
        "百": Decimal(100),
        "千": Decimal(1000),
        "万": Decimal(10_000),
        "十万": Decimal(100_000),
        "百万": Decimal(1_000_000),
        "千万": Decimal(10_000_000),
        "亿": Decimal(100_000_000),
        "万亿": Decimal(1_000_000_000_000),
    }
)
_COUNTED = (
    "辆 人 个 家 批 次 批次 人次 台 套 台套 台（套） 台(套) 件 项 场 条 份 名 户 期 篇 起 例 宗 处 所 座 栋 幢 间 张 册 本 部 "
    "支 只 位 对 组 类 种 门 笔 单 则 幅 封 面 块 层 路 艘 架 枚 株 棵 头 片 段 根 轮 团组 个团组 户次 件次 场次 车次 班次 "
    "项次 人份 家次 条次 批（次） 批(次)"
)
_LASTING = "年 个月 周 天 小时 分钟 秒 个工作日 工作日 个季度 学时 课时"
_MEASURED = (
    "平方米 平方公里 平方千米 立方米 公里 千米 米 厘米 毫米 亩 公顷 吨 公斤 千克 克 升 千瓦 千瓦时 兆瓦 度 倍 分 岁 "
    "美元 港元 欧元 日元 英镑 TB GB MB KB PB 兆 km kg ㎡ m2 kW kWh"
)

UNITS: Mapping[str, Unit] = MappingProxyType(
    {
        "元": Unit("元", "money"),
        "%": Unit("%", "percent"),
        "‰": Unit("‰", "percent", Decimal("0.1")),
        "百分点": Unit("百分点", "percent"),
        "个百分点": Unit("个百分点", "percent"),
        **{name: Unit(name, "count") for name in _COUNTED.split()},
        **{name: Unit(name, "time") for name in _LASTING.split()},
        **{name: Unit(name, "other") for name in _MEASURED.split()},
    }
)
"""The units by name, without a size before them (``万`` in 万元, 万人次)."""

_NO_UNIT_BEFORE: Mapping[str, str] = MappingProxyType(
    {
        "人": "员民才事大口", "部": "门分署级队委长", "支": "出付持队部行撑配", "项": "目", "条": "件例款", "份": "额", "名": "称词单录义",
        "家": "庭属具电", "处": "理置于罚室长", "面": "向积对临貌", "单": "位价独项元", "对": "应于照外比个附本下", "门": "户类诊槛店",
        "位": "置于", "类": "型别似", "期": "间限末初待望", "本": "级年部单区市省县表地届月次期条机办院", "组": "织成建长", "路": "口面由网径段",
        "分": "别类配析布为局公管工", "度": "假过", "年": "初末底度均中终龄金", "元": "旦月宵素件", "升": "级学值至高温降", "层": "次级面",
        "台": "账帐阶湾州风", "场": "所景地馆", "次": "序年日月要", "段": "落", "片": "区", "轮": "换训", "头": "部", "根": "据本", "张": "贴",
        "间": "隔", "座": "谈位", "所": "有属得在列需以", "户": "籍外口", "批": "准复示评", "天": "然气津河", "周": "边年期末密", "克": "服",
        "种": "类植子", "幅": "度", "封": "闭", "块": "链", "架": "构", "篇": "章", "起": "草止点始诉来步", "例": "如会外行", "宗": "旨教",
        "笔": "记", "则": "为是由应", "个": "人性别", "米": "粉", "套": "餐", "秒": "杀",
    }
)  # fmt: skip
"""Characters after which the one before them is no unit but the start of a word: 部门, 支出, 项目."""


_SIZE = r"万亿|[十百千]万|[百千万亿]"


def _alternatives(names: Iterable[str]) -> str:
    """A regular expression for one of the names, the longest that fits; in Chinese ones white space is allowed."""
    ordered = sorted(names, key=len, reverse=True)
    longer = [
        re.escape(name) + r"(?![A-Za-z])" if name.isascii() else r"\s{0,4}".join(map(re.escape, name))
        for name in ordered
        if len(name) > 1
    ]
    single = "".join([name for name in ordered if len(name) == 1])
    return "|".join(longer + [f"[{re.escape(single)}]"] * bool(single))


_UNIT_IN_TEXT = re.compile(
    rf"\s{{0,4}}(个?\s?百\s?分\s?点|{_alternatives(name for name in UNITS if name[0] == '千')}"
    rf"|(?:(?:{_SIZE})\s{{0,4}})?({_alternatives(UNITS)}))"
)


def unit_at(text: str, at: int) -> tuple[str, int] | None:
    """The unit with which running text goes on at a place, as it is written there, and where it ends.

    White space before and inside it is allowed, a size may stand before it (``万元``). What only begins a word
    (支出, 部门) is no unit.
    """
    match = _UNIT_IN_TEXT.match(text, at)
    if match is None:
        return None
    end = match.end()
    following = text[end : end + 5].lstrip()[:1]
    if following and following in _NO_UNIT_BEFORE.get(match[2], ""):
        return None
    return match[1], end


_SIZED = re.compile(rf"({_SIZE})(.+)")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=1024)
def read_unit(text: str) -> Unit | None:
    """The unit that ``text`` as a whole names (``万元``, ``％``, ``人次``, ``万 元``), or None."""
    name = _SPACE.sub("", text).translate(ASCII_DIGITS).removeprefix("人民币")
    known = UNITS.get(name)
    if known is not None:
        return known
    sized = _SIZED.fullmatch(name)
    base = UNITS.get(sized.group(2)) if sized else None
    if sized is None or base is None or base.kind == "percent":
        return None
    return Unit(name, base.kind, base.factor * _SIZES[sized.group(1)])


def interval(number: Number, unit: Unit | None = None, *, exact_zero: bool = False) -> Interval:
    """What the number can stand for in the unit's base unit, given that it was rounded to its printed decimals.

    Counts of single things are exact. ``exact_zero`` takes a printed 0 or 0.00 at its word, as sums do.
    """
    factor = unit.factor if unit else Decimal(1)
    exact = unit is not None and unit.kind == "count" and factor == 1 and number.decimals == 0
    value = number.value * factor
    if exact or (exact_zero and not number.value):
        return Interval(value, value)
    half = number.half * factor
    return Interval(value - half, value + half)


_NUMERAL_DIGITS: Mapping[str, int] = MappingProxyType(
    {**{digit: value for value, digit in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0, "两": 2}
)
_NUMERAL = re.compile(
    r"(?:([一二三四五六七八九两])百)?(?:零|〇)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?"
)
_NUMERAL_STRING = re.compile(r"[零〇○一二三四五六七八九]{2,}")


def read_numeral(text: str) -> int | None:
    """The whole number below a thousand, or the row of digits, that a Chinese numeral prints (``二十一``, ``二〇二〇``)."""
    text = text.strip()
    if not text:
        return None
    if text in ("零", "〇"):
        return 0
    match = _NUMERAL.fullmatch(text)
    if match is not None and any(match.groups()):
        hundreds, tens, ten, ones = match.groups()
        value = 100 * _NUMERAL_DIGITS[hundreds] if hundreds else 0
        value += 10 * (_NUMERAL_DIGITS[tens] if tens else 1) if ten else 0
        return value + (_NUMERAL_DIGITS[ones] if ones else 0)
    if _NUMERAL_STRING.fullmatch(text):
        return int("".join(str(_NUMERAL_DIGITS[character]) for character in text))
    return None
