"""序次语后的标点

A wrong mark stands behind an ordinal (序次语) of a heading or list.

## 说明
汉字数字后用顿号（一、），带括号的和带圈的后面不用标点（（一）、①），阿拉伯数字后用下脚点（1.，附件：1.），“第一”“首先”后用逗号。
每一种错法全篇合为一条：“（一）、”“一.”“①、”为 warning 或 info；“1、”很常见，为 info。
半角、全角的下脚点并用的（“1.”“2．”）合为一条 info。

编号是否连续由 `structure/numbering` 检查。

## 依据
GB/T 15834—2011《标点符号用法》附录B.3；GB/T 9704—2012《党政机关公文格式》7.3.3。

## 反例
```markdown
## ⟦一.⟧部门概况

⟦（一）、⟧主要职责

⟦1、⟧组织演出。

2、培训骨干。
```

```markdown
⟦①、⟧办公费2.00万元。

⟦第一、⟧加强管理。

⟦附件：1、⟧绩效自评表
```

```markdown
1.组织演出。

2.培训骨干。

⟦3．⟧整理资料。
```

## 正例
```markdown
## 一、部门概况

（一）主要职责

1.组织演出。

（1）培训骨干。

①整理资料。第一，加强管理。
```

```markdown
1.5万元以上的设备2台。

3、4月份开展培训。

第一、二季度完成任务。
```

```markdown
| 项目 | 金额 |
|---|---|
| 1、收入 | 10.00 |
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, Span, rule
from govlint_text._findings import together
from govlint_text._running import running

_MARKS = (
    (
        r"[一二三四五六七八九十]{1,3}\s?[.．](?!\d)",
        "汉字序数后用顿号，如“一、”",
        "a Chinese numeral takes “、”",
        Severity.WARNING,
    ),
    (
        r"[（(][一二三四五六七八九十\d]{1,3}[）)]\s?[、．.，](?!\d)",
        "带括号的序次语后不用标点",
        "no mark behind brackets",
        Severity.WARNING,
    ),
    (
        r"[①-⑳]\s?[、．.，](?!\d)",
        "带圈的序次语后不用标点",
        "no mark behind a circled numeral",
        Severity.INFO,
    ),
    (
        r"第[一二三四五六七八九十]、(?![一二三四五六七八九十])",
        "“第一”后用逗号",
        "“第一” takes a comma",
        Severity.INFO,
    ),
    (
        r"(?:附件\s?[:：]?\s?)?\d{1,2}\s?、(?!\s?\d)",
        "阿拉伯数字序号后用下脚点，如“1.”",
        "an Arabic numeral takes a full point: “1.”",
        Severity.INFO,
    ),
)
_POINT = r"\d{1,2}\s?[.．](?!\d)"
_NUMBERED = rf"\A\s*(?:({_POINT})|{'|'.join(f'({pattern})' for pattern, *_ in _MARKS)})"
_MARK_BEHIND = r"[一二三四五六七八九十\d）)①-⑳]\s?[、．.，]"


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report each kind of wrong mark in one finding."""
    found: list[list[Span]] = [[] for _ in _MARKS]
    points: dict[str, list[Span]] = {".": [], "．": []}
    for passage, match in running(document).matches(_NUMBERED, _MARK_BEHIND):
        if passage.role in ("prose", "heading"):
            kind = match.lastindex or 1
            spans = points[match[1][-1]] if kind == 1 else found[kind - 2]
            spans.append(passage.span(*match.span(kind)))
    for places, (_, message, english, severity) in zip(found, _MARKS, strict=True):
        if places:
            yield together(places, message, english, severity=severity)
    if all(points.values()):
        rare = min(points.values(), key=len)
        yield together(
            rare,
            f"序号后的下脚点半角（{len(points['.'])} 处）、全角（{len(points['．'])} 处）并用",
            f"{len(points['.'])} half-width and {len(points['．'])} full-width points behind numerals",
            severity=Severity.INFO,
        )
