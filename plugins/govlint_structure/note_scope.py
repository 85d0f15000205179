"""表注说明的范围与表格不符

The note under a table of income and expenditure speaks of expenditure or income only, or the other way round.

## 说明

“注：本表反映……的总收支情况”一类的表注，应当与表格反映的内容一致：收支总表的注不能只说“总支出”或“总收入”，
收入表的注不能只说支出，支出表的注不能只说收入。

## 依据

部门决算公开表样：各表下的注说明本表反映的范围，收支总表反映总收支和年末结转结余情况。

## 反例

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 财政拨款收入支出决算总表

单位：万元

| 收入 | 决算数 | 支出 | 决算数 |
|---|---|---|---|
| 本年收入合计 | 12.00 | 本年支出合计 | 12.00 |

注：本表反映部门本年度财政拨款的⟦总支出⟧和年末结转结余情况。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 收入决算表

单位：万元

| 项目 | 本年收入合计 | 财政拨款收入 |
|---|---|---|
| 合计 | 12.00 | 12.00 |

注：本表反映部门本年度各项⟦支出⟧情况。
```

## 正例

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 财政拨款收入支出决算总表

单位：万元

| 收入 | 决算数 | 支出 | 决算数 |
|---|---|---|---|
| 本年收入合计 | 12.00 | 本年支出合计 | 12.00 |

注：本表反映部门本年度财政拨款的总收支和年末结转结余情况。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 政府性基金预算财政拨款收入支出决算表

单位：万元

| 项目 | 年初结转和结余 | 本年收入 | 本年支出 | 年末结转和结余 |
|---|---|---|---|---|
| 合计 | 0.00 | 1.00 | 1.00 | 0.00 |

注：本表反映部门本年度政府性基金预算财政拨款收入、支出及结转和结余情况。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 支出决算表

单位：万元

| 项目 | 本年支出合计 | 基本支出 |
|---|---|---|
| 合计 | 12.00 | 12.00 |

注：本表反映部门本年度各项支出情况。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint import Document, Finding, Related, Severity, plain, rule, statements

_SCOPE = re.compile(r"(?:本表|此表|该表)(?:主要)?反映[^。；\n]{2,120}?情况")
_INCOME = re.compile(r"收入|收[、和]?支")
_EXPENDITURE = re.compile(r"支出|收[、和]?支")
_FUND = re.compile(
    r"(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?)?财政拨款(?:收入|支出)(?=安排|形成|结转)"
)
_BOTH = re.compile(r"收入支出|收支")
_ONE_SIDE = {"收入": re.compile(r"总?收入"), "支出": re.compile(r"总?支出")}


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report notes of tables that name only the other side, or only one of two sides."""
    for statement in statements(document):
        caption = plain(statement.caption)
        for note in statement.notes:
            match = _SCOPE.search(note.text.text)
            if match is None:
                continue
            words = _FUND.sub("", match[0])
            said = {
                side
                for side, pattern in (("收入", _INCOME), ("支出", _EXPENDITURE))
                if pattern.search(words) is not None
            }
            due = _sides(caption)
            if len(said) != 1 or not due or said == due:
                continue
            (side,) = said
            if len(due) == 2 and not re.search(rf"总{side}", match[0]):
                continue
            place = _ONE_SIDE[side].search(note.text.text, match.start(), match.end())
            if place is None:
                continue
            right = "收支" if len(due) == 2 else next(iter(due))
            related: tuple[Related, ...] = ()
            if statement.caption_text is not None:
                related = (Related(statement.caption_text.whole, "表格的标题", "the title of the table"),)
            yield Finding(
                note.text.span(*place.span()),
                f"表注只说“{place[0]}”，本表是“{statement.caption}”，应为“{'总' * place[0].startswith('总')}{right}”",
                f"the note says “{place[0]}”, the table is “{statement.caption}”",
                None,
                related,
            )


def _sides(caption: str) -> set[str]:
    """What a table shows by its title: 收入, 支出 or both; nothing where the title does not tell."""
    if _BOTH.search(caption):
        return {"收入", "支出"}
    if re.search(r"(?:收入|支出)(?:决算|预算)?(?:总|明细)?表$", caption) is None:
        return set()
    return {side for side in ("收入", "支出") if side in caption}
