"""图题没有图

A caption of a figure stands without a figure.

## 说明
“图1：收支决算总计变动情况”前后没有图片，是转换时图丢了，或者忘了插图。图题前后相邻的图片、代替图的表格都算有图。
几处都没有图的合为一条。正文提到“如图1所示”的句子不是图题。

## 依据
编校要求：图题与图一一对应。

## 反例
```markdown
## 一、收入支出决算总体情况说明

2023年度收、支总计200.00万元，与2022年度相比各增加10.00万元。

⟦图 1：收、支决算总计变动情况⟧

## 二、收入决算情况说明

2023年度收入合计200.00万元。
```

## 正例
```markdown
## 一、收入支出决算总体情况说明

2023年度收、支总计200.00万元，与2022年度相比各增加10.00万元。

![收、支决算总计](figure1.png)

图 1：收、支决算总计变动情况
```

```html
<h2>一、收入支出决算总体情况说明</h2>
<p>图1：收、支决算总计变动情况</p>
<p><img src="figure1.png"></p>
<p>2023年度收、支总计200.00万元。</p>
```

```markdown
## 一、收入支出决算总体情况说明

如图1所示，2023年度收、支总计各增加10.00万元。图书馆、图片社的支出未列入。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Image, Layout, Severity, Table, layout, rule
from govlint_text._findings import together


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report the captions of figures that have no figure beside them."""
    found = layout(document)
    source = document.source.text
    spans = [
        line.text.whole
        for line in found.lines
        if line.role == "figure" and not _has_figure(document, found, line.block, source)
    ]
    if spans:
        yield together(spans, "只有图题，没有图", "a figure's caption without a figure")


def _has_figure(document: Document, found: Layout, block: int, source: str) -> bool:
    """Whether an image stands next to a block, with nothing but stray lines between, or in the same paragraph."""
    text = source[slice(*document.blocks[block].span)]
    if "![" in text or "<img" in text.lower():
        return True
    for step in (-1, 1):
        at = block + step
        while 0 <= at < len(document.blocks) and found.roles[at] == "other":
            if isinstance(document.blocks[at], Image):
                return True
            at += step
        if 0 <= at < len(document.blocks) and isinstance(document.blocks[at], Image | Table):
            return True
    return False
