"""各项之和不等于总数

The items listed do not add up to the total that the sentence gives.

## 说明

“其中”所列各项之和应当等于总数，前提是能确定所列是全部：基本支出和项目支出，人员经费和公用经费，“三公”经费三项，公务用车购置和运行，政府采购的货物、工程和服务；或者占比合计为 100%、同一清单的另一组数合计相符，足以说明所列是全部。占比合计同样验算。

“其中”只举一部分的清单不作判断。四舍五入能解释的差额不在此报告。人员经费、公用经费另起一句、另起一段的，也与基本支出核对。

## 依据

《中华人民共和国政府采购法》第二条（货物、工程和服务）；《中华人民共和国预算法实施条例》第五条（基本支出和项目支出）。

## 反例

```markdown
# 临江市文化馆2023年度部门决算

## 十一、政府采购支出情况

2023年度政府采购支出总额⟦175.26万元⟧，其中：政府采购货物支出20.00万元、政府采购工程支出0.00万元、政府采购服务支出75.26万元。
```

```markdown
# 临江市文化馆2023年度部门决算

## 十一、政府采购支出情况

2023年度政府采购支出总额⟦95.26万元⟧，其中：货物、工程、服务支出分别为20.00万元、10.00万元、75.26万元。
```

## 正例

相符：

```markdown
# 临江市文化馆2023年度部门决算

## 十一、政府采购支出情况

2023年度政府采购支出总额95.26万元，其中：政府采购货物支出20.00万元、政府采购工程支出0.00万元、政府采购服务支出75.26万元。
```

只举其中一部分：

```markdown
# 临江市文化馆2023年度部门决算

## 五、一般公共预算财政拨款支出决算情况说明

2023年度项目支出155.20万元，其中：群众演出45.00万元，设备更新30.00万元。
```

四舍五入的差额：

```markdown
# 临江市文化馆2023年度部门决算

## 十一、政府采购支出情况

2023年度政府采购支出总额95.26万元，其中：政府采购货物支出20.00万元、政府采购工程支出0.00万元、政府采购服务支出75.27万元。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_numbers._audit import audit
from govlint_numbers._prose import PARTS


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Lists that do not add up."""
    yield from audit(document).findings(PARTS)
