"""日期写法

A date does not exist, has zeros before month and day, or is written with points; an event's name has a point for its dot.

## 说明
不存在的日期（“13月”“2月30日”“9月31日”）、多打一位的年份（“20223年”）为 error。月、日前补0的（“2023年08月01日”）为 info，全篇合为一条；`--unsafe` 可以去掉。
正文中写作“2023.5.1”“2023/5/1”的为 info；含月日的专名用间隔号，“5.12”应为“5·12”，也是 info。这些都不自动修改。
表格和公开时间栏中的日期只查是否存在。

## 依据
GB/T 9704—2012《党政机关公文格式》7.3.5.4；GB/T 15835—2011《出版物上数字用法》5.1.4、5.1.6；GB/T 15834—2011《标点符号用法》4.14.3。

## 反例
```markdown
截至⟦2023年13月31日⟧，⟦2023年2月29日⟧完成，⟦9月31日⟧结束，⟦22023年⟧度预算已批复。
```

```markdown
截至⟦2023年08月31日⟧，自2023年9月01日起施行。
```
改为
```markdown
截至2023年8月31日，自2023年9月1日起施行。
```

```markdown
项目于⟦2023.5.1⟧开工，2023/9/30完工；开展“⟦5.12⟧”防灾减灾日宣传。
```

## 正例
```markdown
截至2023年12月31日，2024年2月29日完成，2月29日开馆，12月10日结束，2023年10月。
```

```markdown
历时13个月，共30日；化石距今20100年，距今2000年，保质20000年；农历2月30日；第13月度报表、每月31日。
```

```markdown
| 日期 | 事项 |
|---|---|
| 2023年08月01日 | 开馆 |
```

```markdown
公开时间：2024.8.20，系统版本V2023.5.1，IP为202.3.5.1，“1.5”小时，“3.0”版，“5·12”防灾减灾日，增长“3.15”个百分点。
```
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from govlint import Document, Finding, Severity, Span, rule
from govlint_text._findings import together
from govlint_text._running import all_running
from govlint_text._texts import search

_DATE = r"(?<![\d.第历])(?:((?:19|20)\d{2})\s?年\s?)?(?<![\d.第历])(\d{1,2})\s?月(?!份?[度报])(?:\s?(\d{1,2})\s?日)?"
_YEAR_AND_POINT = r"20\d\d[./]"
_POINTED = r"20(?<![\d./A-Za-z\-]20)(?<![A-Za-z] 20)(?<!版20)(?<!版本20)(?<!(?:时间|日期)[：:]20)\d{2}([./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?![\d./A-Za-z])"
_YEAR_TOO_LONG = r"2\d{4,5}年"
_FIVE_DIGITS = r"(?<![\d.,\-—第])(?<!距今)(?:220\d\d|20[1-3]\d\d|2020\d\d)年(?![来内以])"
_QUOTED_DIGIT = r"“\d"
_EVENT = (
    r"(?<=“)(?:0?[1-9]|1[0-2])[.．](?:[12]\d|3[01]|0?[1-9](?=”?[^，。]{0,6}[日节案]))(?=”?[^\d，。；个倍万亿%％]{2})"
)
_LEAP = 2000


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Report dates that do not exist, and all zeros before months and days in one finding."""
    padded: list[Span] = []
    right: list[str] = []
    for passage, match in all_running(document).matches(_DATE, ("月",)):
        year, month, day = match.groups()
        if not year and not day:
            continue
        span = passage.span(*match.span())
        if not _exists(int(year or _LEAP), int(month), int(day or 1)):
            yield Finding(span, f"没有“{match[0]}”这一天", f"there is no such date: {match[0]}")
        elif passage.role == "prose" and (month[0] == "0" or (day or "")[:1] == "0"):
            padded.append(span)
            right.append(re.sub(r"(?<!\d)0(?=\d)", "", match[0]))
    for place, match in search(document, _FIVE_DIGITS, ("prose", "heading"), _YEAR_TOO_LONG):
        span = place.text.span(*match.span())
        yield Finding(span, f"没有“{match[0]}”这一年，年份是四位数", f"{match[0]}: a year has four digits")
    yield from _without_words(document)
    if padded:
        yield together(
            padded,
            "月、日前不补0",
            "no zero before month and day",
            severity=Severity.INFO,
            put=right,
        )


def _without_words(document: Document) -> Iterator[Finding]:
    """Dates with points or strokes between their numbers, and names of events with a point for the dot, each in one finding."""
    for near, pattern, message, english in (
        (
            _YEAR_AND_POINT,
            _POINTED,
            "正文中的日期应写作“2023年5月1日”的形式",
            "a date in prose is written with 年, 月 and 日",
        ),
        (_QUOTED_DIGIT, _EVENT, "含月日的专名应用间隔号，如“5·12”", "a name made of month and day has a dot: “5·12”"),
    ):
        spans = [
            place.text.span(*match.span()) for place, match in search(document, pattern, ("prose", "heading"), near)
        ]
        if spans:
            yield together(spans, message, english, severity=Severity.INFO)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
