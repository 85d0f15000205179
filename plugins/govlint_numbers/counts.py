"""数量之和不符

Counts of people or vehicles do not add up to the total.

## 说明

人数、车辆数等不容许有差额：在职人数等于行政、事业编制人数之和，离退休人数等于离休、退休人数之和；车辆总数等于各类用车之和（列有“其他用车”时）。只列出部分类别的不作判断。

## 依据

《地方预决算公开操作规程》（财预〔2016〕143号）：公开国有资产占用情况。

## 反例

```markdown
# 临江市文化馆2023年度部门决算

## 十二、国有资产占用情况

截至2023年12月31日，共有车辆⟦5辆⟧，其中：主要领导干部用车0辆、机要通信用车1辆、应急保障用车2辆、其他用车1辆。
```

```markdown
# 临江市文化馆2023年度部门决算

## 三、人员构成

在职实有人数⟦16人⟧，其中：行政0人，事业15人。
```

## 正例

相符：

```markdown
# 临江市文化馆2023年度部门决算

## 十二、国有资产占用情况

截至2023年12月31日，共有车辆4辆，其中：主要领导干部用车0辆、机要通信用车1辆、应急保障用车2辆、其他用车1辆；单价100万元（含）以上设备3台（套）。
```

括号里的人数是事业人数的一部分：

```markdown
# 临江市文化馆2023年度部门决算

## 三、人员构成

在职实有人数15人，其中：行政0人，事业15人（其中：参照公务员法管理2人）。
```

只列出一部分类别：

```markdown
# 临江市文化馆2023年度部门决算

## 十二、国有资产占用情况

共有车辆5辆，其中：机要通信用车1辆、应急保障用车2辆。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_numbers._audit import audit
from govlint_numbers._prose import COUNTS


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Counts that do not add up."""
    yield from audit(document).findings(COUNTS)
