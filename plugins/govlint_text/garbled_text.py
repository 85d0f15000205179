"""乱码和转换残留

The text holds mojibake, an entity shown as text, or a field code of a word processor.

## 说明
编码转换出错留下的“锟斤拷”“�”“â€œ”为 error；网页上照原样显示的“&nbsp;”“&ldquo;”（被转义两次的实体）、
Word 的域代码（`PAGEREF _Toc…`、`HYPERLINK \\l`、“错误!未定义书签”）、CSS 片段为 warning。同一类全篇合为一条。

看不见的字符、私用区字符由 `text/lookalike` 检查。

## 依据
编校要求：文字可读，不留转换的痕迹。

## 反例
```markdown
2023年度收入合计⟦锟斤拷⟧万元，比上年增加�万元。
```

```html
<p>2023年度收入合计⟦&amp;nbsp;⟧200.00万元。</p>
```

```markdown
一、部门概况 ⟦PAGEREF _Toc1234567⟧ 3

错误！未定义书签
```

## 正例
```html
<p>2023年度收入合计&nbsp;200.00万元，A&amp;B项目。</p>
```

```markdown
购置锅炉、烫金机，采用R&D;模式，网址http://www.example.gov.cn/?a=1&amp=2。
```

```markdown
参观者来自Québec和Ålesund，展品为Édouard的作品。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, Span, rule
from govlint_text._findings import together
from govlint_text._texts import places

_KINDS = (
    (
        ("锟", "烫", "屯", "�", "â", "Ã"),
        r"锟斤拷(?:锟斤拷|锟)*|烫烫烫+|屯屯屯+|�+|â€[œ\u009d™˜“”]?|(?:Ã.){2,}",
        "乱码",
        "mojibake",
        Severity.ERROR,
    ),
    (
        ("&",),
        r"&(?:nbsp|[lr]dquo|[lr]squo|amp|lt|gt|mdash|hellip|middot|quot|ensp|emsp|#\d{2,6});",
        "显示成文字的实体",
        "an entity shown as text",
        Severity.WARNING,
    ),
    (
        ("PAGEREF", "HYPERLINK", "MERGEFORMAT", "错误", "mso-", "<"),
        (
            r"PAGEREF\s{1,3}_?\w{3,20}|HYPERLINK\s{1,3}(?:\\l|\")|MERGEFORMAT|错误\s?[!！]\s?(?:未定义书签|未找到引用源|未指定)"
            r"|mso-[a-z-]{3,40}\s?:|</?(?:span|font|div|o:p)\b"
        ),
        "转换残留的代码",
        "a leftover of a conversion",
        Severity.WARNING,
    ),
)


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Report each kind of unreadable text in one finding."""
    found: list[list[Span]] = [[] for _ in _KINDS]
    shown: list[str] = [""] * len(_KINDS)
    for number, (near, pattern, *_) in enumerate(_KINDS):
        for place, match in places(document).by_words().matches(pattern, near):
            found[number].append(place.span(*match.span()))
            shown[number] = shown[number] or match[0]
    for spans, sample, (*_, what, english, severity) in zip(found, shown, _KINDS, strict=True):
        if spans:
            yield together(spans, f"{what}“{sample}”", f"{english}: “{sample}”", severity=severity)
