"""年份写法

A year is written in mixed numerals, with a wrong zero, or with two digits.

## 说明
汉字年份用“〇”：二〇二三年。数字0、字母O、圆圈○混在汉字年份中的为 warning，“二零二三年”为 info，都可以安全地改为“〇”。
年份不简写：“23年度”应写全为“2023年度”（不自动修改）；“15年”可能是年数，不报告。
年月日里汉字与阿拉伯数字混用的（“2023年十二月”）也报告。

## 依据
GB/T 15835—2011《出版物上数字用法》4.1.1、5.1.4、5.2.2、5.3。

## 反例
```markdown
⟦二0二三年⟧度工作总结，⟦二O二二年⟧印发。
```
改为
```markdown
二〇二三年度工作总结，二〇二二年印发。
```

```markdown
⟦二零二三年⟧八月一日
```
改为
```markdown
二〇二三年八月一日
```

```markdown
⟦23年度⟧收入合计200.00万元，于⟦2023年十二月⟧完成。
```

## 正例
```markdown
二〇二三年八月一日，一百零八人参加，零二零工程启动。
```

```markdown
建馆15年来，累计接待23年级学生；“十四五”期间共5年，第23年度会议。
```

```markdown
2023年12月，二十届三中全会；2023年一季度、2023年三月三歌圩节。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint import Document, Finding, Fix, Severity, rule
from govlint_text._running import all_running

_ZERO = "0０OoＯｏ○◯零"
_YEAR = rf"(?<![一二三四五六七八九十百千〇\d{_ZERO}])[一二][{_ZERO}〇一二三四五六七八九]{{3}}年"
_FOUR_NUMERALS = r"[一二]...年"
_WRONG_ZERO = f"[{_ZERO}]"
_SHORT = r"(?<![\d.,，、—~～至\-/第“‘])(?<!第 )(?<!\d )([12]\d)年度(?!假)"
_MIXED = r"(?<!\d)(?:19|20)\d{2}\s?年\s?(?:十[一二]?|[一二三四五六七八九])月(?!三)|(?<!\d)(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月\s?[一二三四五六七八九十]{1,3}日"
_CHINESE_BEHIND = r"[年月]\s?[一二三四五六七八九十]"


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report years in mixed or shortened notation."""
    texts = all_running(document)
    for passage, match in texts.matches(_YEAR, _FOUR_NUMERALS):
        if not re.search(_WRONG_ZERO, match[0]):
            continue
        span = passage.span(*match.span())
        right = re.sub(_WRONG_ZERO, "〇", match[0])
        only_zero = set(match[0]) & set(_ZERO) == {"零"}
        yield Finding(
            span,
            f"“{match[0]}”应为“{right}”",
            f"a year in Chinese numerals has “〇”: “{right}”",
            Severity.INFO if only_zero else None,
            fix=Fix.replace(span, right, safe=True),
        )
    for passage, match in texts.matches(_SHORT, ("年度",)):
        yield Finding(
            passage.span(*match.span()),
            f"年份不宜简写：“{match[0]}”应为“20{match[0]}”",
            f"the year is written in full: “20{match[0]}”",
        )
    for passage, match in texts.matches(_MIXED, _CHINESE_BEHIND):
        yield Finding(
            passage.span(*match.span()),
            f"“{match[0]}”中汉字数字与阿拉伯数字混用",
            f"“{match[0]}” mixes Chinese and Arabic numerals",
        )
