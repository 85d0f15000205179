"""数值范围的写法

A range of numbers leaves out the per cent sign, 万 or 亿 at its first end, or joins its ends with a hyphen.

## 说明
百分数的范围两端都写百分号：“5%～10%”；带“万”“亿”的范围两端都写“万”“亿”：“13万元～17万元”，否则会误解为13元至17万元。
百分号 `--unsafe` 可以补上；金额从不自动修改。用短横线“-”连接百分数、金额和人数等数量的（“100-200万元”“2-3个”）为 info，应为“～”。

年份、日期、电话、编号、页码、负数中的短横线不在此列。

## 依据
GB/T 15835—2011《出版物上数字用法》5.1.3。

## 反例
```markdown
经费压减⟦5～10%⟧，补助标准为每人⟦1～3万元⟧。
```
改为
```markdown
经费压减5%～10%，补助标准为每人1～3万元。
```

```markdown
满意率⟦90-95%⟧，比例⟦5%-10%⟧。
```
改为
```markdown
满意率90%～95%，比例5%～10%。
```

```markdown
每场观众⟦100-200人⟧，补助标准为⟦1万元-3万元⟧。
```

## 正例
```markdown
经费压减5%～10%，补助标准为每人1万元～3万元，培训20～30人，开放9:00～17:00。
```

```markdown
项目编号2023-10%、电话0000-12345，2021—2023年，第3～5页，得分80～90分。
```

```markdown
见http://www.example.gov.cn/5-10%25，面积100～150m²。
```

```markdown
较上年-2个，2023-2024年，项目YC-1-2个，电话1234-5678人工服务，10-12月，第1-3个，规格3-5-8个，结余为-5万元。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Fix, Severity, rule
from govlint_text._running import running

_FIRST = r"(?<![\d.,A-Za-z\-—～~/第〔（(])(\d{1,3}(?:\.\d+)?)"
_PERCENT = rf"{_FIRST}(\s?[%％])?\s?([～~—–-])\s?(\d{{1,3}}(?:\.\d+)?)\s?[%％]"
_MONEY = rf"{_FIRST}\s?[～~—–]\s?\d[\d,]*(?:\.\d+)?\s?[万亿]元"
_BEHIND_DASH = r"[～~—–－-]\s?\d"

_HYPHEN = rf"{_FIRST}\s?([万亿]?元)?\s?[-－]\s?\d{{1,6}}(?:\.\d+)?\s?(?:[万亿]元|元|人次?|个(?!月)|名|天|小时|平方米|公里|辆|台|家|户|场次?|件)(?![-－])"


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report ranges whose first end lacks its sign."""
    texts = running(document)
    for passage, match in texts.matches(_PERCENT, _BEHIND_DASH):
        first, sign, dash, last = match.groups()
        if sign and dash != "-":
            continue
        right = f"{first}%～{last}%"
        span = passage.span(*match.span())
        yield Finding(
            span,
            f"“{match[0]}”应为“{right}”",
            f"a range of per cents is written “{right}”",
            Severity.INFO if sign else None,
            fix=Fix.replace(span, right),
        )
    for passage, match in texts.matches(_MONEY, _BEHIND_DASH):
        yield Finding(
            passage.span(*match.span()),
            f"“{match[0]}”两端都应写明单位，以免误解",
            f"“{match[0]}”: the unit belongs to both ends",
            Severity.INFO,
        )
    for passage, match in texts.matches(_HYPHEN, _BEHIND_DASH):
        yield Finding(
            passage.span(*match.span()),
            f"“{match[0]}”中连接数值应用“～”，不用短横线",
            f"“{match[0]}”: a range of numbers takes “～”",
            Severity.INFO,
        )
