"""孤立的页码或标点

A page number or a single mark of punctuation stands as a paragraph of its own.

## 说明
转换时常把页码（“- 12 -”“第3页”）和个别标点留作单独的段落。单独成段的标点是正文的残余，前面往往也丢了内容；
页码只在夹于一句话中间、或者带有横线、“第…页”时报告，合为一条。

目录的页码、表格中的数字、分隔线（“---”“***”）不报告。

## 依据
编校要求：正文中不留转换的痕迹。

## 反例
```markdown
# 2023年度云川市文化馆部门决算

2023年度收入合计200.00万元。

⟦。⟧

2023年度支出合计200.00万元。
```

```html
<h2>一、总体情况</h2>
<p>全年举办展览12场、培训34期，组织文化志愿者深入乡镇开展辅导，群众满意率不断</p>
<p>⟦- 3 -⟧</p>
<p>提高，全年没有发生安全事故。</p>
```

## 正例
```markdown
# 2023年度云川市文化馆部门决算

2023年度收入合计200.00万元。

---

2023年度支出合计200.00万元。
```

```markdown
# 目录

一、收入决算情况说明

12

## 一、收入决算情况说明

2023年度收入合计200.00万元。
```

```html
<h2>三、收到和处理政府信息公开申请情况</h2>
<p>收到申请</p>
<p>12</p>
<p>办结</p>
<p>12</p>
<p>无</p>
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint import Document, Finding, Paragraph, Severity, Span, layout, passages, rule
from govlint_text._findings import together

_MARKS = re.compile(r"[，。、；：！？,;]{1,3}")
_PAGE = re.compile(r"[-—–─－]{1,2}\s*\d{1,3}\s*[-—–─－]{1,2}|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?")
_NUMBER = re.compile(r"[-—–─－]?\s*\d{1,3}\s*[-—–─－]?")


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report lone marks each, page numbers together."""
    found = layout(document)
    cut = {
        index
        for passage in passages(document)
        for joint in passage.joints
        for index in range(joint.before + 1, joint.after)
    }
    pages: list[Span] = []
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph) or found.roles[index] == "contents" or not block.text:
            continue
        text = block.text.text.strip()
        if len(text) > 20:
            continue
        if _MARKS.fullmatch(text):
            yield Finding(
                block.text.strip().whole,
                f"“{text}”单独成段，应删去或接到前面的句子",
                f"“{text}” is a paragraph of its own: a leftover of a conversion",
            )
        elif _PAGE.fullmatch(text) or (index in cut and _NUMBER.fullmatch(text)):
            pages.append(block.text.strip().whole)
    if pages:
        yield together(pages, "正文中留有页码", "page number left in the text", severity=Severity.INFO)
