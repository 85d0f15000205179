"""标题下没有内容

A heading has nothing under it before the next heading of its level.

## 说明

标题之后没有正文、表格、图片和下级标题，就到了同级或上级标题。相连的几个标题都没有内容时只报告一次。

标题为“……表”“附件”的部分，表格可能另作附件，不报告；段首标题和没有标题格式的相连短行（多为列举的条目）不报告。

## 依据

《中华人民共和国预算法》第十四条、《中华人民共和国政府信息公开条例》：应当公开的内容须予说明；没有发生的事项也应说明“无”。

## 反例

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、收入决算情况说明

本年度收入12.00万元。

## ⟦二、政府采购支出情况说明⟧

## 三、名词解释

基本支出：指为保障机构正常运转发生的支出。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、收入决算情况说明

本年度收入12.00万元。

## ⟦二、名词解释⟧
```

## 正例

只有表格、只有下级标题的部分都有内容：

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 第一部分 决算表

### 一、收入决算表

| 项目 | 本年收入合计 |
|---|---|
| 合计 | 12.00 |

## 第二部分 情况说明

### 一、收入决算情况说明

本年度收入12.00万元。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 第一部分 概况

云川市青禾区文化馆负责群众文化活动。

## 第二部分 2023年度部门决算公开表

## 第三部分 名词解释

基本支出：指为保障机构正常运转发生的支出。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、部门决算单位构成

纳入部门决算编制范围的单位包括：

1. 云川市青禾区文化馆

2. 云川市青禾区图书馆

## 二、名词解释

无。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint import (
    Block,
    Document,
    Finding,
    Heading,
    Image,
    Preformatted,
    Related,
    Section,
    Severity,
    Table,
    layout,
    rule,
)
from govlint_structure._contents import comparison
from govlint_structure._headings import Placed, placed_headings

_ATTACHED = re.compile(r"表$|附件|附表|附录|公开(?:表格|附表)|报表")
_SECTION = re.compile(r"(?:情况|说明|概况|解释|事项)$")
_PAGE = re.compile(r"[-—–─－\s]*\d{0,3}[-—–─－\s]*$")


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report headings with nothing under them; several in a row once."""
    headings = placed_headings(document)
    found = comparison(document)
    listed = {*found.same.values(), *found.renamed.values()}
    row: list[Placed] = []
    for index, place in enumerate(headings):
        empty = _is_empty(document, place)
        if empty and _is_sure(place, listed=index in listed):
            row.append(place)
            continue
        if row:
            yield _finding(row)
        row = []
    if row:
        yield _finding(row)


def _is_sure(place: Placed, *, listed: bool) -> bool:
    heading = place.heading
    if heading.role == "caption" or heading.form != "line" or _ATTACHED.search(place.core):
        return False
    if listed or heading.kind == "part":
        return True
    return heading.kind != "none" and (heading.marked or _SECTION.search(place.core) is not None)


def _is_empty(document: Document, place: Placed) -> bool:
    section: Section = place.section
    if section.children:
        return False
    own = document.blocks[section.block]
    if not isinstance(own, Heading) and len(layout(document).lines_of(section.block)) > 1:
        return False
    return not any(_says_something(document.blocks[block]) for block in section.blocks if block != section.block)


def _says_something(block: Block) -> bool:
    match block:
        case Table() | Image() | Preformatted():
            return True
        case _:
            return _PAGE.match(block.text.text) is None


def _finding(row: list[Placed]) -> Finding:
    first, *others = (place.heading.line for place in row)
    more = f"等{len(row)}个标题" if others else ""
    return Finding(
        first.whole,
        f"“{first.text}”{more}之下没有内容",
        f"there is nothing under “{first.text}”{f' and {len(others)} more headings' if others else ''}",
        None,
        tuple(Related(line.whole, "也没有内容", "nothing here either") for line in others),
    )
