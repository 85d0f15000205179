"""句子被断开

A conversion has cut a sentence, a list or a number in two paragraphs.

## 说明
PDF、Word 转换时，分页处和换行处常把一句话断成两段：“0.00万”与“元”、列举的顿号前后、科目名称中间。读者看到的是残句，
程序也会漏查其中的数字。断在数字、名称、列举或括号中间的为 warning，断在词与词之间的为 info；
整篇按行断开的（多处、一段断成几截）合为一条 info。

两段之间只有空行的，`--unsafe` 可以接上（Markdown）；数字从中间断开的请对照原文修改。
段落以引语“……如下：”“其中：”结束、后面是列举的，不是断句。

## 依据
编校要求：段落完整；GB/T 15834—2011《标点符号用法》句末点号的用法。

## 反例
```markdown
# 2023年度云川市文化馆部门决算

## 十、政府采购支出情况

2023年度政府采购支出总额75.26万元，其中：货物支出0.00万元、工程支出0.00⟦万

元⟧、服务支出75.26万元。
```
改为
```markdown
# 2023年度云川市文化馆部门决算

## 十、政府采购支出情况

2023年度政府采购支出总额75.26万元，其中：货物支出0.00万元、工程支出0.00万元、服务支出75.26万元。
```

```markdown
# 2023年度云川市文化馆部门决算

## 名词解释

“三公”经费：指单位用财政拨款安排的因公出国（境）费⟦、



公⟧务用车购置及运行维护费和公务接待费。
```

```html
<h2>二、支出决算情况说明</h2>
<p>2023年度支出合计200.00万元，其中：基本支出120⟦.</p>
<p>0⟧0万元，项目支出80.00万元。</p>
```

## 正例
```markdown
# 2023年度云川市文化馆部门决算

## 二、支出决算情况说明

2023年度支出合计200.00万元，其中：

基本支出100.00万元，占50.00%；

项目支出100.00万元，占50.00%。
```

```markdown
# 2023年度云川市文化馆部门决算

## 一、主要职能

云川市文化馆主要承担以下工作：

1. 组织开展群众文化活动

2. 承办上级交办的其他事项
```

```markdown
# 2023年度云川市文化馆部门决算

## 二、支出决算情况说明

2023年度支出合计200.00万元，
比上年增加10.00万元，
增长5.26%。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint import Document, Edit, Finding, Fix, Joint, Passage, Related, Severity, Span, passages, rule

_LISTED = r"[、，,（(“‘《〈]\s*$"
_NUMBER = r"\d[\d.,]*\s*[万亿]?\s*$"
_UNIT = r"\s*(?:[\d.,]|[万亿]?元|万|亿|[%％]|个百分点|[年月日辆人个台件次场条项批])"
_CLOSES = r"\s*[，。、；：）》”’〉％%,;)]"
_SUBJECT = r"[（(](?:类|款)[）)][^（()）。，；\d]{1,30}$|[（(][类款]?[）)]$"
_MARKUP = r"[*_`<\[\]\\~|]"
_DIGITS = r"[\d.,]\s*[\d.,]"
_MANY = 8


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report the places where a sentence was cut, all of them together where every line was."""
    cut = [
        (passage, joint)
        for passage in passages(document)
        if passage.role in ("prose", "note")
        for joint in passage.joints
    ]
    sure = [(passage, joint) for passage, joint in cut if joint.sure]
    if len(sure) >= _MANY or any(len(passage.joints) > 2 for passage, _ in sure):
        spans = [_span(passage, joint) for passage, joint in cut]
        yield Finding(
            spans[0],
            f"正文按行断开，一句话分在几段中（共 {len(spans)} 处），应接成完整的段落",
            f"the text was cut line by line, sentences lie over several paragraphs ({len(spans)} places)",
            Severity.INFO,
            tuple(Related(span, "另一处断开", "another cut") for span in spans[1:]),
        )
        return
    for passage, joint in sure:
        inside = _inside(passage.text.text, joint.at)
        text = passage.text.text
        before, after = text[max(0, joint.at - 8) : joint.at].strip(), text[joint.at : joint.at + 8].strip()
        yield Finding(
            _span(passage, joint),
            f"一句话被断成两段：“…{before}”与“{after}…”应相连",
            f"a sentence was cut in two paragraphs: “…{before}” and “{after}…” belong together",
            None if inside else Severity.INFO,
            fix=_fix(document, passage, joint),
        )


def _span(passage: Passage, joint: Joint) -> Span:
    """From the last character before a cut to the first one after it."""
    return passage.text.span(joint.at - 1, joint.at).to(passage.text.span(joint.at, joint.at + 1))


def _inside(text: str, at: int) -> bool:
    """Whether a cut is inside a number, a list, a name or brackets rather than between two words."""
    before, after = text[max(0, at - 40) : at].rstrip(), text[at : at + 12]
    if re.search(_LISTED, before) or re.match(_CLOSES, after) or re.search(_SUBJECT, before):
        return True
    return re.search(_NUMBER, before) is not None and re.match(_UNIT, after) is not None


def _fix(document: Document, passage: Passage, joint: Joint) -> Fix | None:
    """The two parts put together, where only white space in a Markdown file lies between them and no number is cut."""
    text = passage.text
    gap = Span(text.span(joint.at - 1, joint.at).end, text.span(joint.at, joint.at + 1).start)
    source = document.source.text
    whole = Span(document.blocks[joint.before].span.start, document.blocks[joint.after].span.end)
    if document.format != "markdown" or source[slice(*gap)].strip() or re.search(_MARKUP, source[slice(*whole)]):
        return None
    if re.match(_DIGITS, text.text[joint.at - 1 :]):
        return None
    return Fix((Edit(gap, ""),))
