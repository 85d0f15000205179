"""标点叠用

Two marks of punctuation stand where one belongs.

## 说明
句内点号（逗号、顿号、分号、冒号）和句末点号不叠用：“，；”“。。”“，。”“、，”只留一个。两个标点相同的，可以安全地删去一个；
不同的，`--unsafe` 时保留停顿较长的一个。冒号后面紧跟句号、逗号的，往往是漏填了内容，不自动修改。
三个以上的“。。。”“，，，”一般是省略号，应写作“……”。

“？！”“！！”“……。”和引号内外的标点（“。”，）不在此列；引文末已有句号而引号外再加句号的（“。”。）报告。
标点分在两段的，是转换造成的断段，由 `text/conversion-slip`、`text/stray-line` 报告。

## 依据
GB/T 15834—2011《标点符号用法》附录B.2、B.2.1。

## 反例
```markdown
公务用车2辆，其他用车0辆⟦，；⟧单价50万元以上通用设备0台（套）⟦。。⟧
```
改为
```markdown
公务用车2辆，其他用车0辆；单价50万元以上通用设备0台（套）。
```

```markdown
主要原因⟦：。⟧另外，增加水费⟦、，⟧电费等支出⟦,。⟧
```
改为
```markdown
主要原因：。另外，增加水费，电费等支出。
```

```markdown
馆长表示“圆满完成任务⟦。”。⟧
```
改为
```markdown
馆长表示“圆满完成任务。”
```

```markdown
购置图书、设备⟦。。。⟧
```

## 正例
```markdown
读者留言：“什么时候再办？！”“太好了！！”工作人员一一答复。
```

```markdown
开展讲座、展览、培训……。他说：“全部完成。”，记者随后离开。
```

```markdown
系统地址为192.168.1.1，说明见“操作手册.docx”；比例为3:1，时间为8:30。
```

```markdown
支出包括：①水费、②电费；③其他。1.办公费，2.印刷费。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint import Document, Finding, Fix, Severity, rule
from govlint_text._running import running

_ANY = "，。；：、！？,;"
_DOUBLED = rf"[{_ANY}](?:[ \u3000]{{0,2}}[{_ANY}])+|[，。；：、][ \u3000]?\.(?![\d.])"
_TWO_MARKS = rf"[{_ANY}][ \u3000]{{0,2}}[{_ANY}.]"
_AFTER_QUOTATION = r"。[”’]。"
_FULL = str.maketrans(",;", "，；")
_STRENGTH = "、，；：。！？"


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Report runs of marks of which one belongs there."""
    for passage, match in running(document).matches(_DOUBLED, _TWO_MARKS):
        if passage.joined(*match.span()):
            continue
        marks = re.sub(r"\s", "", match[0]).translate(_FULL)
        if set(marks) <= set("！？"):
            continue
        span = passage.span(*match.span())
        shown = match[0].strip()
        if len(marks) > 2 and set(marks) in ({"。"}, {"，"}, {"、"}):
            yield Finding(
                span,
                f"“{shown}”：省略号应为“……”，多余的标点应删去",
                f"“{shown}”: an ellipsis is “……”; else one mark is enough",
                Severity.WARNING,
            )
        elif "：" in marks[:-1] and marks[-1] != "：":
            yield Finding(
                span,
                f"“{shown}”标点叠用，或者冒号后漏填了内容",
                f"“{shown}”: a mark right behind a colon; is something missing?",
            )
        else:
            kept = max(marks.replace(".", ""), key=_STRENGTH.index)
            safe = len(set(marks)) == 1
            yield Finding(
                span,
                f"“{shown}”标点叠用，应只留“{kept}”",
                f"“{shown}”: two marks where one belongs, “{kept}”",
                fix=Fix.replace(span, kept, safe=safe),
            )
    for passage, match in running(document).matches(_AFTER_QUOTATION, ("”。", "’。")):
        if not passage.joined(*match.span()):
            span = passage.span(*match.span())
            yield Finding(
                span,
                "引文末已有句号，引号外不再用句号",
                "the quotation ends with a full stop: none behind the quotation mark",
                Severity.WARNING,
                fix=Fix.replace(span, match[0][:-1]),
            )
