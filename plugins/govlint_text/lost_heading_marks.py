"""标题失去标记

Some headings are marked as headings, others of the same kind are not.

## 说明
转换后有的标题带“#”（或 `<h2>`），同一级的另一些只是普通段落，目录和层次就不完整。合为一条 info，列出各处。
只在同一类标题（“一、”“（一）”“第一部分”、表题）多数带标记时报告；全篇都不带标记的是另一种版式，不报告。

## 依据
编校要求：同级标题格式一致；GB/T 9704—2012《党政机关公文格式》7.3.3。

## 反例
```markdown
# 第三部分 2023年度部门决算情况说明

## 一、收入支出决算总体情况说明

2023年度收、支总计200.00万元。

## 二、收入决算情况说明

2023年度收入合计200.00万元。

⟦三、支出决算情况说明⟧

2023年度支出合计200.00万元。
```

## 正例
```markdown
# 第三部分 2023年度部门决算情况说明

一、收入决算情况说明

2023年度收入合计200.00万元。

二、支出决算情况说明

2023年度支出合计200.00万元。
```

```markdown
# 第四部分 名词解释

## 一、财政拨款收入

指单位从本级财政部门取得的拨款。

## 二、事业收入

指事业单位开展活动取得的收入。

三、经营收入：指事业单位开展经营活动取得的收入。
```

```markdown
## 一、收入决算情况说明

2023年度收入合计200.00万元。

## 二、支出决算情况说明

（一）总体情况。2023年度支出合计200.00万元。
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from govlint import Document, Finding, Severity, layout, rule
from govlint_text._findings import together


@rule(severity=Severity.INFO)
def check(document: Document) -> Iterator[Finding]:
    """Report the unmarked headings of kinds of which most are marked, in one finding."""
    found = layout(document)
    lines = [
        (line.kind if line.role == "heading" else line.role, line)
        for line in (*found.headings, *found.captions)
        if line.form == "line" and (line.kind != "none" or line.role == "caption")
    ]
    marked = Counter(kind for kind, line in lines if line.marked)
    plain = Counter(kind for kind, line in lines if not line.marked)
    lost = sorted(line.line.whole for kind, line in lines if not line.marked and marked[kind] > plain[kind])
    if lost:
        yield together(
            lost,
            "这个标题没有标题标记，同类的标题多数有",
            "this heading is not marked as one, most of its kind are",
        )
