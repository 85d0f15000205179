"""表号、图号有误

Numbers of tables and figures skip, repeat, differ from the contents, or name a table that is not there.

## 说明

报告编有号的表格（表1、（表二）、公开03表）和图：号码缺少或重复；同一张表在目录中是另一个号码；正文提到的表号不存在。

续表重复的号码、没有编号的表格、只编到一部分的表格不报告。表格另作附件的，不检查正文提到的表号。

## 依据

表号、图号应当连续，与目录和正文的引用一致，是报告编排的通行要求。

## 反例

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 收入支出决算总表（表1）

| 项目 | 决算数 |
|---|---|
| 合计 | 12.00 |

## 收入决算表（表2）

| 项目 | 决算数 |
|---|---|
| 合计 | 12.00 |

## ⟦支出决算表（表4）⟧

| 项目 | 决算数 |
|---|---|
| 合计 | 12.00 |

## 财政拨款收入支出决算总表（表5）

| 项目 | 决算数 |
|---|---|
| 合计 | 12.00 |
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 收入支出决算总表（表1）

| 项目 | 决算数 |
|---|---|
| 合计 | 12.00 |

## 收入决算表（表2）

| 项目 | 决算数 |
|---|---|
| 合计 | 12.00 |

## 支出决算表（表3）

| 项目 | 决算数 |
|---|---|
| 合计 | 12.00 |

## 支出决算情况说明

支出情况见⟦表8⟧。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、收入决算情况说明

图1：收入结构

收入主要是财政拨款收入。

⟦图1：支出结构⟧

支出主要是基本支出。
```

## 正例

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 收入支出决算总表（表1）

| 项目 | 决算数 |
|---|---|
| 合计 | 12.00 |

## 收入决算表（表2）

| 项目 | 决算数 |
|---|---|
| 合计 | 12.00 |

## 支出决算表（表3）

| 项目 | 决算数 |
|---|---|
| 合计 | 12.00 |

## 支出决算情况说明

支出情况见表3，国有资产情况见附表8。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 收入决算表

| 项目 | 决算数 |
|---|---|
| 合计 | 12.00 |

## 收入决算情况说明

收入情况见表3。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、收入决算情况说明

图1：收入结构

收入主要是财政拨款收入。

图2：支出结构

支出主要是基本支出。
```
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from govlint import Document, Finding, Related, Severity, Text, layout, passages, plain, rule, statements
from govlint_structure._contents import comparison
from govlint_structure._headings import core_of

_FIGURE = re.compile(r"\s*图\s*(\d{1,2})(?![\d.．-])")
_REFERENCE = re.compile(r"表(?<=[见在由（(，。与和、按据从]表)\s*(\d{1,2})(?![\d.．-])")
_ENOUGH = 3


class _Numbered(Struct, frozen=True):
    number: int | None
    line: Text
    core: str


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report numbers of tables and figures that skip, repeat, differ from the contents or lead nowhere."""
    tables = _tables(document)
    listed = {entry.table for entry in layout(document).contents if entry.table is not None}
    yield from _series(tables, "表", "table", listed)
    yield from _series(_figures(document), "图", "figure")
    yield from _against_contents(document)
    yield from _references(document, tables)


def _tables(document: Document) -> list[_Numbered]:
    """The captions of tables, continued ones once; without number where they have none."""
    found: list[_Numbered] = []
    for statement in statements(document):
        if statement.caption_text is None:
            continue
        core = core_of(document, statement.caption_text)
        if not any(each.line.whole == statement.caption_text.whole for each in found[-1:]):
            found.append(_Numbered(statement.number, statement.caption_text, core))
    return found


def _figures(document: Document) -> list[_Numbered]:
    return [
        _Numbered(int(match[1]), line.text, plain(line.text.text[match.end() :]))
        for line in layout(document).lines
        if line.role == "figure" and (match := _FIGURE.match(line.text.text)) is not None
    ]


def _series(numbered: Sequence[_Numbered], sign: str, english: str, listed: Collection[int] = ()) -> Iterator[Finding]:
    """Numbers that skip or repeat; one that the contents list is missing there (``structure/contents-mismatch``)."""
    seen: dict[int, _Numbered] = {}
    before: _Numbered | None = None
    for each in numbered:
        if each.number is None:
            before = None
            continue
        again = seen.get(each.number)
        if again is not None and again.core != each.core:
            yield Finding(
                each.line.whole,
                f"{sign}号“{sign}{each.number}”重复",
                f"the number of {english} {each.number} is used twice",
                None,
                (Related(again.line.whole, f"已有{sign}{each.number}", f"{english} {each.number} already"),),
            )
        elif again is None and before is not None and before.number and each.number == before.number + 2:
            due = each.number - 1
            if len(numbered) >= _ENOUGH and due not in listed and all(other.number != due for other in numbered):
                yield Finding(
                    each.line.whole,
                    f"{sign}号由{sign}{before.number}跳到{sign}{each.number}，缺少{sign}{due}",
                    f"{english} {due} is missing before {english} {each.number}",
                    None,
                    (Related(before.line.whole, f"前一个是{sign}{before.number}", f"{english} {before.number}"),),
                )
        seen.setdefault(each.number, each)
        before = each


def _against_contents(document: Document) -> Iterator[Finding]:
    found = comparison(document)
    for index, at in found.same.items():
        entry, heading = found.entries[index].entry, found.headings[at].heading
        if entry.table is None or heading.table is None or entry.table == heading.table:
            continue
        yield Finding(
            heading.line.whole,
            f"“{heading.title.text}”为表{heading.table}，目录中为表{entry.table}",
            f"“{heading.title.text}” is table {heading.table}, in the contents table {entry.table}",
            None,
            (Related(entry.line.whole, "目录中的表号", "its number in the contents"),),
        )


def _references(document: Document, tables: Sequence[_Numbered]) -> Iterator[Finding]:
    known = {table.number for table in tables if table.number is not None}
    found = layout(document)
    known |= {caption.table for caption in found.captions if caption.table is not None}
    known |= {entry.table for entry in found.contents if entry.table is not None}
    if len(known) < _ENOUGH:
        return
    last = max(*known, len(statements(document)))
    for passage in passages(document):
        if passage.role != "prose":
            continue
        for match in _REFERENCE.finditer(passage.text.text):
            if int(match[1]) not in known and int(match[1]) > last:
                yield Finding(
                    passage.text.span(*match.span()),
                    f"没有表{match[1]}：表格编到表{last}",
                    f"there is no table {match[1]}: the last is {last}",
                )
