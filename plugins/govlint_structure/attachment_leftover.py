"""表格上方夹有附件标题

A line such as 附件1：… stands between the lines above a table and the table.

## 说明

“部门：……”“单位：万元”与表格之间夹有“附件1：……”一类的行，多为从其他文件粘贴或转换时留下的，与表格无关，应当删除或移到附件处。

## 依据

GB/T 9704《党政机关公文格式》：附件说明和附件标题有固定的位置。

## 反例

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 收入决算表

部门：云川市青禾区文化馆

单位：万元

⟦附件1：馆舍修缮项目⟧

| 项目 | 本年收入合计 |
|---|---|
| 合计 | 12.00 |
```

## 正例

```markdown
# 2023年度云川市青禾区文化馆部门决算

附件1：收入决算表

单位：万元

| 项目 | 本年收入合计 |
|---|---|
| 合计 | 12.00 |
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 收入决算表

单位：万元

| 项目 | 本年收入合计 |
|---|---|
| 合计 | 12.00 |

附件：1. 绩效自评表
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 附件1 项目支出绩效自评表

项目名称：馆舍修缮

| 指标 | 完成情况 |
|---|---|
| 修缮面积 | 300平方米 |
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from govlint import Document, Finding, Severity, Table, layout, read_ordinal, rule


@rule(severity=Severity.INFO)
def check(document: Document) -> Iterator[Finding]:
    """Report titles of attachments between the lines above a table and the table."""
    for before, line in pairwise(layout(document).lines):
        if before.role != "meta" or line.role in ("caption", "meta"):
            continue
        following = line.block + 1
        if following >= len(document.blocks) or not isinstance(document.blocks[following], Table):
            continue
        if read_ordinal(line.text.text).kind == "annex" and before.block < line.block:
            yield Finding(
                line.text.whole,
                f"“{line.text.text}”夹在表格与其单位、金额单位之间，应为遗留内容",
                f"“{line.text.text}” stands between a table and the lines above it",
            )
