"""增减与负号并用

A decrease or an increase is followed by a negative number.

## 说明
“减少”“下降”已经说明方向，后面的数不再带负号：“减少-12.50万元”应为“减少12.50万元”，读者分不清是减少还是增加，为 warning。
“增加-12.50万元”“增长-5%”应写作“减少12.50万元”“下降5%”，为 info。涉及金额，不自动修改。

“增减-5%”“增长率为-5%”“增加额：-2.00”不报告。

## 依据
《党政机关公文处理工作条例》第十九条：表述准确；GB/T 15835—2011《出版物上数字用法》4.1.1。

## 反例
```markdown
支出比上年⟦减少-12.50⟧万元，⟦下降 -5.00⟧%，公务接待费⟦增加-0.30⟧万元。
```

## 正例
```markdown
支出比上年减少12.50万元，下降5.00%，增长率为-5.00%，增减-2.00万元。
```

```markdown
变动额-2.00万元，减少——2.00万元，同比增加：-3.00万元（见表）。
```

```markdown
| 项目 | 增减 |
|---|---|
| 减少 | -2.00 |
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_text._texts import PROSE, search

_DOWN = r"(?:减少|下降|降低|节约|压减|下浮)了?\s?[-－−]\s?\d[\d,.]*"
_UP = r"(?:增加|增长|上升|提高)了?\s?[-－−]\s?\d[\d,.]*"
_NEGATIVE = r"[-－−]\s?\d"


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report each change with a negative number."""
    for place, match in search(document, _DOWN, PROSE, _NEGATIVE):
        yield Finding(
            place.text.span(*match.span()),
            f"“{match[0]}”：已说减少，数前不再用负号",
            f"“{match[0]}”: a decrease of a negative number",
        )
    for place, match in search(document, _UP, PROSE, _NEGATIVE):
        yield Finding(
            place.text.span(*match.span()),
            f"“{match[0]}”：增加的数是负数，应写作减少",
            f"“{match[0]}”: an increase by a negative number is a decrease",
            Severity.INFO,
        )
