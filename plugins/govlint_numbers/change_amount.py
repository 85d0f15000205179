"""增减额不符

The amount of a change is not the difference of the two amounts, or the sum of its parts.

## 说明

“比年初预算减少X万元”“比上年增加X万元”：两个数都已知时，增减额应当等于两数之差；“三公”经费、财政拨款支出的增减额应当等于其各项增减额之和（增加为正、减少为负）。增加额不会大于本年数。

上年数没有印出时，增减额只能与增减幅度互相验证，见“百分比与数额不符”。

## 依据

《地方预决算公开操作规程》（财预〔2016〕143号）：说明应当列明与上年、与预算相比的增减变化。

## 反例

```markdown
# 临江市文化馆2023年度部门决算

## 七、“三公”经费支出决算情况说明

公务接待费年初预算为4.20万元，支出决算为2.49万元，完成年初预算的59.29%，比年初预算减少⟦1.17万元⟧。
```

## 正例

等于两数之差：

```markdown
# 临江市文化馆2023年度部门决算

## 七、“三公”经费支出决算情况说明

公务接待费年初预算为4.20万元，支出决算为2.49万元，完成年初预算的59.29%，比年初预算减少1.71万元。
```

四舍五入的差额：

```markdown
# 临江市文化馆2023年度部门决算

## 七、“三公”经费支出决算情况说明

公务接待费年初预算为4.20万元，支出决算为2.49万元，比年初预算减少1.70万元。
```

原因说明里的数不是本项的增减额：

```markdown
# 临江市文化馆2023年度部门决算

## 一、收入支出决算总体情况说明

2023年度收、支总计415.20万元。与2022年度相比，收、支总计增加17.66万元，增长4.44%，主要原因是演出项目支出增加25.00万元。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_numbers._audit import audit
from govlint_numbers._prose import CHANGE_AMOUNT


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Changes that are not the difference of the two amounts."""
    yield from audit(document).findings(CHANGE_AMOUNT)
