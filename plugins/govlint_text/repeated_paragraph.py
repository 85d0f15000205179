"""段落重复

A paragraph stands twice, one right behind the other, or an item twice in its list.

## 说明
分页处转换重叠、复制粘贴，会使同一段落连续出现两次，或者同一节里同一编号的一项整段出现两次。
不同章节里相同的话（“与上年持平”“本单位无此项支出”）不报告。

## 依据
编校要求：文字不重复。

## 反例
```markdown
## 一、主要职能

1. 组织开展群众文化活动，培训业余文艺骨干。

2. 收集、整理、保护民间文化艺术遗产。

⟦2. 收集、整理、保护民间文化艺术遗产。⟧
```

```html
<h2>二、支出情况</h2>
<p>2023年度支出合计200.00万元，主要原因是新增项目。</p>
<p>⟦2023年度支出合计200.00万元，主要原因是新增项目。⟧</p>
```

## 正例
```markdown
## 一、收入情况

与上年度决算数相比没有增减变化，本单位无此项支出。

## 二、支出情况

与上年度决算数相比没有增减变化，本单位无此项支出。
```

```markdown
## 一、人员情况

无。

无。

无。
```

```markdown
## 一、收入情况

1. 财政拨款收入100.00万元，占50.00%，比上年增加。

2. 财政拨款收入100.00万元，占50.00%，比上年增加。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Passage, Related, Severity, passages, plain, read_ordinal, rule

_SHORTEST = 15


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report the second of two equal paragraphs, next to each other or items of one list."""
    last: tuple[Passage, str] | None = None
    seen: dict[tuple[object, str], Passage] = {}
    for passage in passages(document):
        if passage.role != "prose" or not passage.text:
            last = None if passage.role in ("heading", "caption") else last
            continue
        words = plain(passage.text.text)
        section = passage.sections[-1] if passage.sections else None
        before = last[0] if last is not None and last[1] == words else None
        if before is None and section is not None and read_ordinal(passage.text.text).kind != "none":
            before = seen.get((section.block, words))
            seen[section.block, words] = passage
        if before is not None and len(words) >= _SHORTEST:
            yield Finding(
                passage.text.whole,
                "与前面一段完全相同",
                "the same paragraph as before",
                related=(Related(before.text.whole, "前面相同的一段", "the same paragraph before"),),
            )
        last = passage, words
