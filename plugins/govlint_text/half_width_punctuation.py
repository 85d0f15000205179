"""中文句子中的半角标点

A half-width mark of punctuation stands between Chinese characters.

## 说明
中文之间的逗号、分号、冒号、问号、叹号用全角；段末的句号不用半角的“.”。全篇合为一条，列出各处；只有冒号的为 info。

数字的千分位和小数点、时间、比例、网址、邮箱、英文句子、公式和代码中的半角标点不在此列。

## 依据
GB/T 15834—2011《标点符号用法》5.1。

## 反例
```markdown
2023年度收入合计200.00万元⟦,⟧比上年增长5%,其中：财政拨款收入190.00万元;其他收入10.00万元.
```
改为
```markdown
2023年度收入合计200.00万元，比上年增长5%，其中：财政拨款收入190.00万元；其他收入10.00万元。
```

```html
<p>注⟦:⟧本表反映部门本年度的总收支和年末结转结余情况。</p>
```
改为
```html
<p>注：本表反映部门本年度的总收支和年末结转结余情况。</p>
```

## 正例
```markdown
全年接待读者12,345人次，开放时间为8:30至17:30，男女读者比例为1:1.2。
```

```markdown
网址为http://www.example.gov.cn/a,b;c，邮箱为office@example.gov.cn，系统采用Client, Server结构。
```

```markdown
1.组织群众文化活动。2.1节所列项目已完成。
```

```markdown
27行=(1+2+3)行;30行=(27+28)行。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Edit, Finding, Fix, Related, Severity, rule
from govlint_text._running import HAN, running

_WIDE = f"{HAN}，。；：、！？（）“”‘’《》〈〉【】〔〕"
_HALF = (
    rf"(?<=[{_WIDE}\d%％)\]])[,;?!](?=[ ]?[{_WIDE}])|(?<=[{_WIDE}%％)])[,;?!](?=[ ]?\d)"
    rf"|(?<=[{_WIDE}]):(?=[ ]?[{_WIDE}\d])|(?<=[{HAN}%％]):(?=$)|(?<=[{HAN}%％）)”》])[.;](?=\s*$)"
)
_BESIDE_CHINESE = r"[,;?!:.](?:(?<!\.)\s?[^\x00-\x7f]|(?<=[^\x00-\x7f%)].)\s*(?:\d|\n|$))"
_FULL = str.maketrans(",;:?!.", "，；：？！。")
_ROLES = ("prose", "note", "cell", "heading")


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report all half-width marks in Chinese sentences in one finding."""
    places = [
        (passage.span(*match.span()), match[0])
        for passage, match in running(document).matches(_HALF, _BESIDE_CHINESE)
        if passage.role in _ROLES
    ]
    if not places:
        return
    marks = "".join(dict.fromkeys(mark for _, mark in places))
    (first, _), *others = places
    count = f"（共 {len(places)} 处）" if others else ""
    yield Finding(
        first,
        f"中文句子中用了半角标点“{' '.join(marks)}”，应为“{' '.join(marks.translate(_FULL))}”{count}",
        f"half-width punctuation in Chinese sentences, {len(places)} in all",
        Severity.INFO if marks == ":" else None,
        tuple(Related(span, f"半角“{mark}”", f"half-width “{mark}”") for span, mark in others),
        Fix(tuple(Edit(span, mark.translate(_FULL)) for span, mark in places), safe=True),
    )
