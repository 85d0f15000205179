"""破折号写法

A dash is typed as hyphens, or has not the length of two characters.

## 说明
破折号占两个字：“——”。两个以上的短横线、减号、制表线（“--”“－－”“──”），三个以上的一字线，夹在中文之间的，`--unsafe` 时改为“——”。
全篇合为一条 info。

一个一字线或短横线可能是连接号（“云川—白鹭公路”“数据-服务”），不报告；表格、目录的引导线、电话、编号、项目代码、页码（“— 1 —”）不在此列。

## 依据
GB/T 15834—2011《标点符号用法》4.10.2。

## 反例
```markdown
青禾讲坛⟦--⟧走进社区，全年目标———免费开放，主题“春风”──社区书屋。
```
改为
```markdown
青禾讲坛——走进社区，全年目标——免费开放，主题“春风”——社区书屋。
```

```html
<p>青禾讲坛⟦－－⟧走进社区。</p>
```

## 正例
```markdown
青禾讲坛——走进社区，云川—白鹭公路，2021—2023年，数据-服务平台，电话0000--1234567。
```

```markdown
项目编号YC--2023--01，参数--verbose，第1--3页。

— 1 —
```

```markdown
| 项目 | 内容 |
|---|---|
| 青禾讲坛 | 走进--社区 |
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_text._findings import together
from govlint_text._running import HAN
from govlint_text._texts import PROSE, search

_TWO = "[－–―─━ー—-]{2}"
_WRONG = rf"(?:-(?<=[{HAN}）》”]-)-{{1,8}}|[－–―─━ー](?<=[{HAN}）》”].)[－–―─━ー]{{1,8}}|—(?<=[{HAN}）》”]—)—{{2,8}})(?=[{HAN}（《“])"


@rule(severity=Severity.INFO)
def check(document: Document) -> Iterator[Finding]:
    """Report all wrong dashes in one finding."""
    spans = [place.text.span(*match.span()) for place, match in search(document, _WRONG, PROSE, _TWO)]
    if spans:
        yield together(spans, "破折号应为“——”", "a dash is “——”", put="——")
