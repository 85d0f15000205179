"""日期写法

A date does not exist, or has zeros before month and day.

## 说明
不存在的日期（“13月”“2月30日”“9月31日”）为 error。月、日前补0的（“2023年08月01日”）为 info，全篇合为一条；`--unsafe` 可以去掉。
表格和公开时间栏中的日期只查是否存在。

## 依据
GB/T 9704—2012《党政机关公文格式》7.3.5.4；GB/T 15835—2011《出版物上数字用法》5.1.4。

## 反例
```markdown
截至⟦2023年13月31日⟧，⟦2023年2月29日⟧完成，⟦9月31日⟧结束。
```

```markdown
截至⟦2023年08月31日⟧，自2023年9月01日起施行。
```
改为
```markdown
截至2023年8月31日，自2023年9月1日起施行。
```

## 正例
```markdown
截至2023年12月31日，2024年2月29日完成，2月29日开馆，12月10日结束，2023年10月。
```

```markdown
历时13个月，共30日；农历2月30日；第13月度报表、每月31日。
```

```markdown
| 日期 | 事项 |
|---|---|
| 2023年08月01日 | 开馆 |
```
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from govlint import Document, Finding, Severity, Span, rule
from govlint_text._findings import together
from govlint_text._running import all_running

_DATE = re.compile(
    r"(?<![\d.第历])(?:((?:19|20)\d{2})\s?年\s?)?(?<![\d.第历])(\d{1,2})\s?月(?!份?[度报])(?:\s?(\d{1,2})\s?日)?"
)
_LEAP = 2000


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Report dates that do not exist, and all zeros before months and days in one finding."""
    padded: list[Span] = []
    right: list[str] = []
    for passage in all_running(document).having("月"):
        for match in _DATE.finditer(passage.words):
            year, month, day = match.groups()
            if not year and not day:
                continue
            span = passage.span(*match.span())
            if not _exists(int(year or _LEAP), int(month), int(day or 1)):
                yield Finding(span, f"没有“{match[0]}”这一天", f"there is no such date: {match[0]}")
            elif passage.role == "prose" and (month[0] == "0" or (day or "")[:1] == "0"):
                padded.append(span)
                right.append(re.sub(r"(?<!\d)0(?=\d)", "", match[0]))
    if padded:
        yield together(
            padded,
            "月、日前不补0",
            "no zero before month and day",
            severity=Severity.INFO,
            put=right,
        )


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
