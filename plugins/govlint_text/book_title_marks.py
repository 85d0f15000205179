"""书名号用法

Book-title marks (书名号) are unpaired, or nested in their own kind.

## 说明
书名号成对使用；书名号里面还要用书名号时，外双内单：《关于印发〈…办法〉的通知》。缺少另一半的、与其他标点交叉的也报告。
套用而成对的，`--unsafe` 把里面的改为〈〉；缺了一半的书名号看起来也像套用，改前请核对。

## 依据
GB/T 15834—2011《标点符号用法》4.15。

## 反例
```markdown
依据《关于印发⟦《云川市文化馆管理办法》⟧的通知》开展工作。
```
改为
```markdown
依据《关于印发〈云川市文化馆管理办法〉的通知》开展工作。
```

```markdown
依据⟦《⟧云川市文化馆管理办法开展工作，按《预算法》编制预算。
```

```markdown
依据云川市文化馆管理办法⟦》⟧开展工作。
```

## 正例
```markdown
依据《关于印发〈云川市文化馆管理办法〉的通知》《中华人民共和国预算法》开展工作。
```

```markdown
依据《云川市文化馆管理办法（试行）》（云文〔2021〕5号）、《关于“十四五”规划的意见》开展工作。
```

```markdown
依据《中华人民共和国

政府信息公开条例》编制本报告。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Edit, Finding, Fix, Severity, rule
from govlint_text._pairs import pairs


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report book-title marks without partner and such in their own kind."""
    found = pairs(document)
    for mark in found.single:
        if mark.kind in ("book", "inner-book"):
            yield Finding(
                found.span(mark),
                f"“{mark.sign}”没有对应的{'右' if mark.opens else '左'}书名号",
                f"“{mark.sign}” has no partner",
            )
    for pair in found.inner("book"):
        opened, closed = found.span(pair.opened), found.span(pair.closed)
        yield Finding(
            opened.to(closed),
            "书名号里面的书名号应为“〈〉”",
            "a title inside a title takes “〈〉”",
            fix=Fix((Edit(opened, "〈"), Edit(closed, "〉"))),
        )
