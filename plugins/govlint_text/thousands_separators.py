"""千分位分隔不一致

Some numbers of a report have thousands separators, others have not.

## 说明
一份报告里，正文中有的金额写作“2,556.03”，有的写作“2569.74”。合为一条 info，列出用得少的一种的各处。
只看正文中带“万元”“元”“亿元”的四位以上的数；表格与正文的写法可以不同。只有一种写法的、总共不足四处的不报告。
分隔的位置不对的（“1,23万元”）为 warning，不自动修改。

## 依据
GB/T 15835—2011《出版物上数字用法》5.1.2：多位数的分节写法，全文应一致。

## 反例
```markdown
收入合计2,556.03万元，其中：财政拨款收入2,554.43万元、事业收入1,001.60万元；支出合计⟦2556.03⟧万元。
```

```markdown
收入合计⟦1,23⟧万元。
```

## 正例
```markdown
收入合计2,556.03万元，其中：财政拨款收入2,554.43万元、事业收入1,001.60万元；2023年支出532.88万元。
```

```markdown
收入合计2556.03万元，财政拨款收入2554.43万元，编号10,20,30的项目完成。
```

```markdown
收入合计2,556.03万元，其中：财政拨款收入2,554.43万元、事业收入1,001.60万元。

| 项目 | 金额 |
|---|---|
| 合计 | 2556.03 |
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_text._findings import together
from govlint_text._running import running
from govlint_text._texts import Place

_AMOUNT = r"\d(?<![\d.,A-Za-z].)[\d,.]*(?=\s?[万亿]?元)"
_NOTATION = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?)|(\d{4,}(?:\.\d+)?)|(\d{1,3},\d{1,2})"
_GROUPED, _PLAIN, _WRONG = 1, 2, 3
"""The groups of ``_NOTATION``."""
_SEPARATED = r"\d,\d"
_FEWEST = 4


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report the amounts of the rarer notation in one finding, and separators in wrong places."""
    texts = running(document)
    if not texts.having(_SEPARATED):
        return
    grouped: list[tuple[Place, int, int]] = []
    plain: list[tuple[Place, int, int]] = []
    for passage, amounts in texts.read(_amounts, ("元",)):
        for begin, end, notation in amounts if passage.role in ("prose", "note") else ():
            if notation == _WRONG:
                yield Finding(
                    passage.span(begin, end),
                    f"“{passage.words[begin:end]}”的千分位分隔位置不对，或小数点误作逗号",
                    f"“{passage.words[begin:end]}”: a separator in a wrong place, or a comma for a point",
                    Severity.WARNING,
                )
            else:
                (grouped if notation == _GROUPED else plain).append((passage, begin, end))
    rare, other = (grouped, plain) if len(grouped) < len(plain) else (plain, grouped)
    if not rare or len(rare) + len(other) < _FEWEST:
        return
    yield together(
        [passage.span(begin, end) for passage, begin, end in rare],
        f"千分位写法不一致：有分隔的 {len(grouped)} 处，没有分隔的 {len(plain)} 处",
        f"{len(grouped)} amounts with thousands separators, {len(plain)} without",
        severity=Severity.INFO,
    )


def _amounts(words: str) -> list[tuple[int, int, int]]:
    """The amounts of a text: begin, end, notation."""
    return [
        (*match.span(), notation.lastindex or 0)
        for match in re.finditer(_AMOUNT, words)
        if (notation := re.fullmatch(_NOTATION, match[0]))
    ]
