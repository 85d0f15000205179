"""全角数字

Arabic digits or a decimal point are full-width.

## 说明
阿拉伯数字用半角。全角数字合为一条；`--fix` 改为半角。小数点写成全角的“12．5万元”往往使程序读错数字，一并改正。
序号“１．”中的全角点不在此列（见 `text/enumeration-mark`）。

## 依据
GB/T 15835—2011《出版物上数字用法》5.1.7。

## 反例
```markdown
⟦２０２３⟧年度收入合计２００万元，增长12．5%。
```
改为
```markdown
2023年度收入合计200万元，增长12.5%。
```

## 正例
```markdown
2023年度收入合计200万元，第①项、Ⅱ类、㈠项、⑴款。

１．办公费
```

```markdown
4．科学技术支出12.50万元。
```

```markdown
系统编号为A-2023-01，二〇二三年。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint import Document, Finding, Severity, read_ordinal, rule
from govlint_text._findings import together
from govlint_text._running import all_running

_WIDE = r"[０-９]+(?:．[０-９]+)?|(?<=\d)．(?=\d+\s*(?:[%％]|[万亿]?元|个百分点))"
_DIGITS = "０１２３４５６７８９．"
_HALF = str.maketrans(_DIGITS, "0123456789.")


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report all full-width digits in one finding."""
    spans, right = [], []
    for passage in all_running(document).having(f"[{_DIGITS}]"):
        words = passage.words
        for match in re.compile(_WIDE).finditer(words, read_ordinal(words).end):
            spans.append(passage.span(*match.span()))
            right.append(match[0].translate(_HALF))
    if spans:
        yield together(
            spans,
            "阿拉伯数字和小数点应用半角",
            "Arabic digits and decimal points are half-width",
            put=right,
            safe=True,
        )
