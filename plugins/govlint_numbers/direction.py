"""增减方向相反

A word such as increase, decrease, more or less contradicts the numbers or another word.

## 说明

“增加、减少、增长、下降、大于、小于、等于、持平”应当与数相符：

- “支出决算数大于年初预算数”与本项的决算数、预算数比较；
- “增加X万元，下降Y%”前后矛盾，能由数推定时指出哪一个词错；
- 增减额、幅度与本年数推算的方向相反；
- “减少的主要原因”与上文的增加矛盾；“完成预算的95%”却称“决算数大于预算数”。

两数之差在四舍五入范围内的不判断；“增加 0.00 万元”不报告。

## 依据

《地方预决算公开操作规程》（财预〔2016〕143号）。

## 反例

```markdown
# 临江市文化馆2023年度部门决算

## 一、收入支出决算总体情况说明

2023年度收、支总计415.20万元。与2022年度相比，收、支总计各增加17.66万元，⟦下降⟧4.44%。
```

```markdown
# 临江市文化馆2023年度部门决算

## 五、一般公共预算财政拨款支出决算情况说明

1.文化旅游体育与传媒支出（类）。年初预算为420.00万元，支出决算为415.20万元，完成年初预算的98.86%，支出决算数⟦大于⟧年初预算数的主要原因是厉行节约。
```

## 正例

没有变化：

```markdown
# 临江市文化馆2023年度部门决算

## 七、“三公”经费支出决算情况说明

公务接待费支出决算为0.00万元，比上年增加0.00万元，增长0%。
```

持平：

```markdown
# 临江市文化馆2023年度部门决算

## 五、一般公共预算财政拨款支出决算情况说明

1.文化旅游体育与传媒支出（类）。年初预算为415.20万元，支出决算为415.20万元，完成年初预算的100.00%，决算数与预算数持平。
```

名词中的增长：

```markdown
# 临江市文化馆2023年度部门决算

## 七、“三公”经费支出决算情况说明

公务用车运行费支出决算为2.49万元，比上年减少0.31万元，下降11.07%，原因是车辆使用年限增长后停用。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_numbers._audit import audit
from govlint_numbers._prose import DIRECTION


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Words for more or less that the numbers contradict."""
    yield from audit(document).findings(DIRECTION)
