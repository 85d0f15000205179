"""小数写法

A decimal lacks its leading zero, or has a wrong mark for its point.

## 说明
纯小数要写出小数点前的0：“0.5万元”。小数点误作中文句号或间隔号的（“12。5万元”“12·5%”）读不成一个数。
补0的 `--unsafe` 可以改正；其余涉及金额，不自动修改。

## 依据
GB/T 15835—2011《出版物上数字用法》5.1.2。

## 反例
```markdown
维修费⟦.5⟧万元，增长⟦.25⟧%。
```
改为
```markdown
维修费0.5万元，增长0.25%。
```

```markdown
收入合计⟦12。50⟧万元，下降⟦3·25⟧%。
```

## 正例
```markdown
维修费0.5万元。5万元以上的设备2台，共计3、5万元两档，1,5.5万元。
```

```markdown
见第3.2.1节，版本v.5，省略…….5，其中：1.2万元；2.3万元。
```

```markdown
纪念“5·12”防灾减灾日，支出12万元。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Fix, Severity, rule
from govlint_text._running import HAN, all_running

_NO_ZERO = rf"(?<=[{HAN}，。；：（( ])(?<![…] )\.\d{{1,4}}(?=\s?(?:[%％]|[万亿]?元))"
_BARE_POINT = r"\.(?<=[^\d\n].)\d"
_WRONG_POINT = (
    r"(?<![\d.,。·])\d{1,6}[。·]\d{1,2}(?=\s?(?:[%％]|万元|亿元))(?!\s?[%％万亿元]{1,2}(?:以上|以下|以内|及))"
)
_OTHER_POINT = r"[。·]\d"


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Report decimals without leading zero and with a mark that is no point."""
    texts = all_running(document)
    for passage, match in texts.matches(_NO_ZERO, _BARE_POINT):
        span = passage.span(*match.span())
        yield Finding(
            span,
            f"“{match[0]}”缺少小数点前的0，应为“0{match[0]}”",
            f"“{match[0]}” lacks its leading zero",
            fix=Fix.replace(span, f"0{match[0]}"),
        )
    for passage, match in texts.matches(_WRONG_POINT, _OTHER_POINT):
        if not passage.joined(*match.span()):
            yield Finding(
                passage.span(*match.span()),
                f"“{match[0]}”的小数点有误",
                f"“{match[0]}”: no decimal point",
                Severity.WARNING,
            )
