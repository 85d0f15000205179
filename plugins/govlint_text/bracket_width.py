"""全角、半角括号并用

Full-width and half-width brackets are mixed in one report.

## 说明
中文里的括号用全角。全篇全角、半角并用的，合为一条 info，列出用得少的一种的各处；只用一种的不报告。
用得少的是半角时，`--unsafe` 改为全角。公式、英文和数字的括号不计；
一全一半的一对（见 `text/brackets`）算作全角。

## 依据
GB/T 15834—2011《标点符号用法》4.9.2、5.1。

## 反例
```markdown
因公出国（境）费0.00万元，公务用车购置及运行费2.00万元（含保险费）；因公出国⟦(境)⟧费与上年持平。
```
改为
```markdown
因公出国（境）费0.00万元，公务用车购置及运行费2.00万元（含保险费）；因公出国（境）费与上年持平。
```

## 正例
```markdown
因公出国(境)费0.00万元，公务用车购置及运行费2.00万元(含保险费)。
```

```markdown
因公出国（境）费0.00万元，系统采用TCP(IPv6)协议，比例为(1+2)。
```

```markdown
27行=(1+2+3)行。

因公出国（境）费0.00万元。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Edit, Finding, Fix, Related, Severity, rule
from govlint_text._pairs import pairs


@rule(severity=Severity.INFO)
def check(document: Document) -> Iterator[Finding]:
    """Report the brackets of the rarer width, where both widths are used, in one finding."""
    found = pairs(document)
    widths = {"（）": found.wide(), "()": found.narrow()}
    if not all(widths.values()):
        return
    rare = min(widths, key=lambda sign: (len(widths[sign]), sign))
    marks = [(found.texts[place], pair.opened.at, pair.closed.at) for place, pair in widths[rare]]
    places = [(text.span(first, first + 1), text.span(last, last + 1)) for text, first, last in marks]
    spans = [opened.to(closed) for opened, closed in places]
    edits = tuple(
        Edit(span, put)
        for opened, closed in (places if rare == "()" else ())
        for span, put in ((opened, "（"), (closed, "）"))
    )
    wide, narrow = len(widths["（）"]), len(widths["()"])
    yield Finding(
        spans[0],
        f"全角括号（{wide} 处）与半角括号（{narrow} 处）并用，应统一为全角；这里是用得少的一种，共 {len(places)} 处",
        f"{wide} full-width and {narrow} half-width brackets: use full-width; the rarer are listed, {len(places)} in all",
        related=tuple(Related(span, "另一处", "another place") for span in spans[1:]),
        fix=Fix(edits) if edits else None,
    )
