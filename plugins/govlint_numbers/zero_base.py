"""基数为零的增幅

A rate of change is given although the amount compared with is zero.

## 说明

上年数（或者由本年数和增减额推得的上年数）为 0，增幅没有意义，只能写增减额。许多地方习惯写“增长100%”，所以只作警告；全篇多处只报告一处，其余列为佐证。

## 依据

百分比的分母不能为零。

## 反例

```markdown
# 临江市文化馆2024年部门预算

## 一般公共预算支出情况

1.“教育支出（类）其他教育支出（款）其他教育支出（项）”25.00万元。2023年当年预算执行数为0.00万元，2024年预算安排25.00万元，比2023年预算执行数增加⟦100.00%⟧。
```

```markdown
# 临江市文化馆2023年度部门决算

## 七、“三公”经费支出决算情况说明

公务接待费支出决算为0.30万元，比上年增加0.30万元，增长⟦100%⟧。
```

## 正例

只写增减额：

```markdown
# 临江市文化馆2023年度部门决算

## 七、“三公”经费支出决算情况说明

公务接待费支出决算为0.30万元，比上年增加0.30万元，上年无此项支出。
```

没有变化：

```markdown
# 临江市文化馆2023年度部门决算

## 七、“三公”经费支出决算情况说明

公务接待费支出决算为0.00万元，比上年增加0.00万元，增长0%。
```

翻了一番：

```markdown
# 临江市文化馆2023年度部门决算

## 七、“三公”经费支出决算情况说明

公务接待费支出决算为0.60万元，比上年增加0.30万元，增长100%。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_numbers._audit import audit
from govlint_numbers._prose import ZERO_BASE


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Rates on a base of zero."""
    yield from audit(document).findings(ZERO_BASE)
