"""缺少单位或百分号

A number lacks its unit or its percent sign.

## 说明

句式表明是金额或百分比的数，后面没有“万元”或“%”：“增加X万元，增长13.95。”“基本支出260.00，占62.62%”。数为 0 的不报告；序号、年份、科目编码不是数。

## 依据

《出版物上数字用法》（GB/T 15835—2011）；《中华人民共和国计量法》。

## 反例

```markdown
# 临江市文化馆2023年度部门决算

## 一、收入支出决算总体情况说明

2023年度收、支总计415.20万元。与2022年度相比，收、支总计各增加17.66万元，增长⟦4.44⟧。
```
改为
```markdown
# 临江市文化馆2023年度部门决算

## 一、收入支出决算总体情况说明

2023年度收、支总计415.20万元。与2022年度相比，收、支总计各增加17.66万元，增长4.44%。
```

```markdown
# 临江市文化馆2023年度部门决算

## 三、支出决算情况说明

2023年度支出合计415.20万元，其中：基本支出⟦260.00⟧，占62.62%；项目支出155.20万元，占37.38%。
```

```markdown
# 临江市文化馆2023年度部门决算

## 十一、政府采购支出情况

2023年度政府采购支出总额95.26万元，其中：货物、工程、服务支出分别为20.00万元、0.00万元、⟦75.26⟧。
```

## 正例

都有单位：

```markdown
# 临江市文化馆2023年度部门决算

## 三、支出决算情况说明

2023年度支出合计415.20万元，其中：基本支出260.00万元，占62.62%；项目支出155.20万元，占37.38%。
```

零可以不写单位：

```markdown
# 临江市文化馆2024年部门预算

## 预算编制说明

政府性基金拨款支出预算为0；国有资本经营预算拨款支出预算为0。
```

不是数额的数字：

```markdown
# 临江市文化馆2023年度部门决算

## 一、重点工作

全年举办第3届读书节，开展活动共12场次，完成编号2070109项下的任务。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_numbers._audit import audit
from govlint_numbers._prose import MISSING_UNIT


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Numbers without unit or percent sign."""
    yield from audit(document).findings(MISSING_UNIT)
