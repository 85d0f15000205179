"""省略号写法

An ellipsis is not six dots, or says again what 等 says.

## 说明
省略号是六个连点，占两个字：“……”。写成三点“…”、多于六点、英文的“...”或“・・・”的，可以安全地改正；与“等”“等等”并用的（“图书、展览……等”），
二者去其一，`--unsafe` 时保留“等”。都是 info，全篇合为一条。

目录的引导线、表格中的省略、省略整段的十二个连点（“…………”单独成段）不报告；“。。。”由 `text/doubled-punctuation` 报告。

## 依据
GB/T 15834—2011《标点符号用法》4.11.2、4.11.3。

## 反例
```markdown
开展讲座、展览、培训⟦…⟧，购置图书、设备...。
```
改为
```markdown
开展讲座、展览、培训……，购置图书、设备……。
```

```markdown
开展讲座、展览、培训⟦……等⟧活动。
```
改为
```markdown
开展讲座、展览、培训等活动。
```

## 正例
```markdown
开展讲座、展览、培训……购置图书、设备等。
```

```markdown
# 2023年度云川市文化馆部门决算

目录

第一部分 部门概况........1

第二部分 决算报表…………2
```

```markdown
版本号为1.0...，地址为192.168.1...，等级分为甲、乙……等级评定另行通知。
```

```markdown
| 项目 | 内容 |
|---|---|
| … | ... |
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_text._findings import together
from govlint_text._texts import PROSE, is_chinese, search

_WITH_ETC = r"…{1,3}(等等?)(?![级待额同于距效候闲])"
_BEFORE = "〇）》”、，。"
_OTHER = r"[^\x00-\x7f…]"
"""What may be one of these or a Chinese character: a class of all of them takes long to compile."""
_DOTS = ("…", "...", "．．．", "・・", "··", "・·", "·・")
_WRONG = (
    rf"…(?<={_OTHER}…)(?:…{{2,8}})?(?![…等])"
    rf"|\.\.\.(?<={_OTHER}\.\.\.)\.{{0,6}}(?![.\s]{{0,40}}\d)|．．．．{{0,6}}(?<!\d．．．)|[・·][・·][・·]{{1,7}}"
)


@rule(severity=Severity.INFO)
def check(document: Document) -> Iterator[Finding]:
    """Report all wrong forms in one finding, and all that stand before 等 in another."""
    wrong = [
        place.text.span(*match.span())
        for place, match in search(document, _WRONG, PROSE, _DOTS)
        if match[0][0] not in "…." or _ends_words(match.string[match.start() - 1])
    ]
    if wrong:
        yield together(wrong, "省略号应为六个连点“……”", "an ellipsis is six dots, “……”", put="……", safe=True)
    found = list(search(document, _WITH_ETC, PROSE, ("…等",)))
    if found:
        yield together(
            [place.text.span(*match.span()) for place, match in found],
            "省略号与“等”并用，应去其一",
            "an ellipsis and 等 say the same: one is enough",
            put=[match[1] for _, match in found],
        )


def _ends_words(character: str) -> bool:
    """Whether what follows a character follows what was said, so that its dots are no filling."""
    return is_chinese(character) or character in _BEFORE
