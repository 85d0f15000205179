"""超出预算没有说明原因

Spending exceeded the budget, and the paragraph that says so gives no reason.

## 说明

决算数大于年初预算数、调整预算数或者项目预算数的，应当说明主要原因。“完成预算的”百分比大于100%、同一段又没有原因的，作为提示报告；一份报告合并为
一条，列出各处。

决算数小于预算数的情形很多，不报告。百分比等于100%、预算为零的不报告。同一段列出“全年预算数”的也不在此列：那是调整后的预算，执行数本来就不应大于它，
由 `numbers/overspent` 报告。

## 依据

《地方预决算公开操作规程》（财预〔2016〕143号）：说明收支增减变化的情况。

## 反例

两处超出预算，都没有原因：

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 五、一般公共预算财政拨款支出决算情况说明

1.文化旅游体育与传媒支出（类）。年初预算为400.00万元，支出决算为412.00万元，⟦完成年初预算的103.00%⟧。

2.住房保障支出（类）。年初预算为20.00万元，支出决算为25.00万元，完成年初预算的125.00%。
```

## 正例

说明了原因：

```markdown
# 2023年度云川市青禾区文化馆部门决算

年初预算为400.00万元，支出决算为412.00万元，完成年初预算的103.00%，主要原因是年中追加了维修经费。
```

没有超出：

```markdown
# 2023年度云川市青禾区文化馆部门决算

年初预算为400.00万元，支出决算为400.00万元，完成年初预算的100%。“三公”经费完成预算的86.20%。
```

列出的是全年预算数：

```markdown
# 2023年度云川市青禾区文化馆部门决算

1.演出下乡项目绩效自评综述：项目全年预算数为80.00万元，执行数为90.00万元，完成预算的112.50%。
```

下一句说明了原因：

```markdown
# 2023年度云川市青禾区文化馆部门决算

支出决算为25.00万元，完成预算的125.00%。决算数大于预算数，系购房补贴标准提高。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from govlint import Document, Finding, Related, Severity, passages, rule

_COMPLETED = re.compile(
    r"完成[^，。；：%％\d]{0,12}预算[^，。；：%％\d]{0,6}的?\s{0,2}(\d{1,6}(?:\.\d{1,4})?)\s{0,2}[%％]"
)
_REASON = re.compile(r"原因|由于|因为|因(?!公)|主要是|[系由](?!统|列)|受|追加|调整(?!预算)")
_FULL = Decimal(100)


@rule(severity=Severity.INFO, kinds=("final-accounts",))
def check(document: Document) -> Iterator[Finding]:
    """Report spending above the budget in paragraphs without a reason, all in one finding."""
    exceeded = [
        passage.text.slice(*match.span())
        for passage in passages(document)
        if passage.role == "prose" and "完成" in passage.text.text and "全年预算" not in passage.text.text
        if not _REASON.search(_COMPLETED.sub("", passage.text.text))
        for match in _COMPLETED.finditer(passage.text.text)
        if Decimal(match[1]) > _FULL
    ]
    if not exceeded:
        return
    first, *others = exceeded
    more = f"（共{len(exceeded)}处）" if others else ""
    english = f" ({len(exceeded)} places)" if others else ""
    yield Finding(
        first.whole,
        f"超出预算，没有说明原因{more}",
        f"spending exceeded the budget and no reason is given{english}",
        related=tuple(Related(text.whole, "也没有说明原因", "no reason given here either") for text in others),
    )
