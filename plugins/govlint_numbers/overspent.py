"""执行数大于全年预算数

More was spent on a project than its budget of the whole year.

## 说明

绩效自评所列“全年预算数”是调整后的预算，执行数不应大于全年预算数。全篇多处只报告一处，其余以及据以汇总的总额列为佐证。年初预算不在此列：执行数大于年初预算是常见的。

## 依据

《中华人民共和国预算法》第十三条：各部门、各单位的支出以经批准的预算为依据。

## 反例

```markdown
# 临江市文化馆2023年度部门决算

## 十三、预算绩效情况说明

1.⟦演出下乡项目绩效自评综述⟧：项目全年预算数为80.00万元，执行数为90.00万元，完成预算的112.50%。
```

## 正例

不大于全年预算数：

```markdown
# 临江市文化馆2023年度部门决算

## 十三、预算绩效情况说明

1.演出下乡项目绩效自评综述：项目全年预算数为90.00万元，执行数为90.00万元，完成预算的100%。
```

大于年初预算：

```markdown
# 临江市文化馆2023年度部门决算

## 五、一般公共预算财政拨款支出决算情况说明

1.文化旅游体育与传媒支出（类）。年初预算为400.00万元，支出决算为415.20万元，完成年初预算的103.80%。
```

没有列出全年预算数：

```markdown
# 临江市文化馆2023年度部门决算

## 十三、预算绩效情况说明

1.演出下乡项目绩效自评综述：执行数为90.00万元，完成了演出计划。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_numbers._audit import audit
from govlint_numbers._prose import OVERSPENT


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Projects that spent more than 全年预算."""
    yield from audit(document).findings(OVERSPENT)
