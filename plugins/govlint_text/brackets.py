"""括号不成对

A bracket lacks its partner, or the two are of unequal width.

## 说明
括号成对使用，前后宽度一致。报告缺少另一半的括号、“（…)”这样一全一半的括号、与引号或书名号交叉的括号。
一全一半的，`--fix` 改为全角（括号中有汉字时）。

序次语“1）”“a）”、公式、网址中的括号，跨段的括注，表格里折行的名称不报告。
全篇全角、半角两种括号并用的，见 `text/bracket-width`。

## 依据
GB/T 15834—2011《标点符号用法》4.9。

## 反例
```markdown
车辆2辆⟦（不含摩托车)⟧，其中：因公出国（境）费0.00万元⟦）⟧。
```
改为
```markdown
车辆2辆（不含摩托车），其中：因公出国（境）费0.00万元）。
```

```markdown
购置设备3台⟦（⟧单价50万元以上，全部投入使用。
```

```markdown
依据《云川市公共文化服务办法（试行⟦》）⟧开展工作。
```

## 正例
```markdown
工作任务：1）组织演出；2）培训骨干；a）整理资料。(1)办公费、（2）印刷费。
```

```markdown
1栏各行=(2+3)栏各行；比例为[60%,80%)。
```

```markdown
年报可在本馆网站(http://www.example.gov.cn/a/index.html)查阅，说明见(http://www.example.gov.cn/b_(1).html)。

基本支出428.86万元，占预算拨款支出的100%

1)工资福利支出236.63万元，其中基本工资206.21万元。
```

```markdown
（以下为节选：全年举办展览12场。

培训34期。）
```

```markdown
因公出国(境)费、维修（护）费、《云川市公共文化服务办法（试行）》、“三公（含外宾接待）”经费。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint import Document, Edit, Finding, Fix, Severity, rule
from govlint_text._pairs import Mark, Pair, Pairs, pairs
from govlint_text._texts import has_chinese

_WIDE = {"(": "（", ")": "）", "[": "［", "]": "］"}
_INTERVAL = r"\s*-?\d[\d.]*[%％]?\s*[,，]\s*-?\d[\d.]*[%％]?\s*"

_WRAPPED = 40
"""A cell shorter than this may be half of a name that a converter wrapped into two cells."""
_NEAR = 30


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report brackets without partner, of two widths, and such that cross quotes or titles."""
    found = pairs(document)
    for pair in found.uneven():
        yield _two_widths(found, pair)
    single = [mark for mark in found.single if mark.kind == "bracket"]
    for before, mark, after in zip([None, *single], single, [*single[1:], None], strict=False):
        text = found.texts[mark.place]
        if _wrapped(found, mark, after if mark.opens else before):
            continue
        if mark.sign in "[]" or re.search(_INTERVAL, text.words[max(0, mark.at - 16) : mark.at + 16]):
            continue
        yield Finding(
            found.span(mark),
            f"“{mark.sign}”没有对应的{'右' if mark.opens else '左'}括号",
            f"“{mark.sign}” has no partner",
        )
    for one, other in found.crossed():
        if "bracket" in (one.opened.kind, other.opened.kind):
            inner = found.texts[one.closed.place].words[one.closed.at : other.closed.at + 1]
            yield Finding(
                found.span(one.closed).to(found.span(other.closed)),
                f"“{one.opened.sign}…{other.opened.sign}…{inner}”交叉，应先开后关",
                f"“{one.opened.sign}…{other.opened.sign}…{inner}” cross: the pair opened last is closed first",
            )


def _wrapped(found: Pairs, mark: Mark, other: Mark | None) -> bool:
    """Whether the other half of a bracket in a short cell stands in a cell nearby: a name was wrapped."""
    if other is None or other.opens == mark.opens or abs(other.place - mark.place) > _NEAR:
        return False
    texts = found.texts[mark.place], found.texts[other.place]
    return all(text.role == "cell" and len(text.words) < _WRAPPED for text in texts)


def _two_widths(found: Pairs, pair: Pair) -> Finding:
    opened, closed = pair.opened.sign, pair.closed.sign
    wide = _WIDE.get(opened, opened), _WIDE.get(closed, closed)
    edits = tuple(Edit(found.span(mark), _WIDE[mark.sign]) for mark in (pair.opened, pair.closed) if mark.sign in _WIDE)
    chinese = has_chinese(found.inside(pair))
    return Finding(
        found.span(pair.opened).to(found.span(pair.closed)),
        f"括号一全角一半角“{opened}…{closed}”，应为“{wide[0]}…{wide[1]}”",
        f"brackets of two widths, “{opened}…{closed}”",
        fix=Fix(edits, safe=chinese),
    )
