"""数字与汉字数词混用

Arabic digits stand with 百, 千 or 百分之, which belong to numbers in Chinese characters.

## 说明
阿拉伯数字只和“万”“亿”连用，不和“十”“百”“千”连用：“4千元”应为“4000元”或“四千元”；“百分之5”应为“5%”或“百分之五”。
“3千万元”应为“3000万元”。都是 info，每一种全篇合为一条；“百分之5”`--unsafe` 时改为“5%”，金额和数量不自动修改。

“千克”“千瓦”“千米”“百分点”“百货”等词中的“千”“百”不在此列。

## 依据
GB/T 15835—2011《出版物上数字用法》4.1.1、5.3。

## 反例
```markdown
每人补助⟦4千⟧元，服务3百户，增长⟦百分之5⟧。
```

```markdown
完成投资⟦3千⟧万元，占比⟦百分之 12.5⟧。
```
改为
```markdown
完成投资3千万元，占比12.5%。
```

## 正例
```markdown
每人补助4000元，投资3000万元、2亿元，增长5%，百分之五以上。
```

```markdown
重5千克，功率3千瓦，全长2千米，提高3个百分点，第5百货商店，容量10千伏。
```

```markdown
2023年百余户、千人参加，编号为12百01。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_text._findings import together
from govlint_text._texts import PROSE, search

_SIGN = r"[百千](?<=[\d\s].)"
_HUNDREDS = r"(?<![\d.,第])\d[\d.]{0,6}\s?[百千](?=\s?(?:万?元|[人个名户次件份亩家万]))(?!万?千|万能)"
_PERCENT = r"百分之\s?(\d+(?:\.\d+)?)(?![\d.])"


@rule(severity=Severity.INFO)
def check(document: Document) -> Iterator[Finding]:
    """Report each kind in one finding."""
    mixed = list(search(document, _HUNDREDS, PROSE, _SIGN))
    if mixed:
        yield together(
            [place.text.span(*match.span()) for place, match in mixed],
            f"“{mixed[0][1][0]}”：阿拉伯数字不与“百”“千”连用",
            f"“{mixed[0][1][0]}”: digits stand with 万 and 亿 only",
        )
    percents = list(search(document, _PERCENT, PROSE, ("百分之",)))
    if percents:
        yield together(
            [place.text.span(*match.span()) for place, match in percents],
            f"“{percents[0][1][0]}”应为“{percents[0][1][1]}%”",
            f"“{percents[0][1][0]}” should be “{percents[0][1][1]}%”",
            put=[f"{match[1]}%" for _, match in percents],
        )
