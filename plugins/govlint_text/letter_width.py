"""全角字母

Latin letters are full-width, or one word mixes full-width and half-width letters.

## 说明
拉丁字母和与之连写的数字用半角：“IPv6”“A类”。一个词里全角、半角混用的（“IＰv6”）为警告，其余合并为一条提示。
单独的全角数字由 `text/full-width-digits` 检查。

## 依据
GB/T 15835：阿拉伯数字用半角；拉丁字母与之一致。

## 反例
```markdown
全部网站支持⟦IＰv6⟧访问，执行Ｂ类标准。
```
改为
```markdown
全部网站支持IPv6访问，执行B类标准。
```

```markdown
| 类别 | 数量 |
|---|---|
| ⟦Ａ⟧类 | 3 |
```

## 正例
```markdown
全部网站支持IPv6访问，执行A类标准。
```

```markdown
中心（含分中心）２个，占比５％。
```

```markdown
温度25℃，面积30㎡，第Ⅱ类，①办公用房。
```
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from govlint import Document, Finding, Severity, Span, rule
from govlint_text._findings import together
from govlint_text._texts import places

_FULL = frozenset(
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
)
_TOKEN = r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]+"
_HALF = r"[A-Za-z0-9]"


@rule(severity=Severity.INFO)
def check(document: Document) -> Iterator[Finding]:
    """Report all words with full-width letters, in one finding."""
    spans: list[Span] = []
    words: list[str] = []
    for place, match in places(document).matches(_TOKEN, "[Ａ-Ｚａ-ｚ]"):
        if not _FULL.isdisjoint(match[0]) and not _is_placeholder(match[0]):
            spans.append(place.span(*match.span()))
            words.append(match[0])
    if spans:
        half = [unicodedata.normalize("NFKC", word) for word in words]
        mixed = any(re.search(_HALF, word) for word in words)
        yield together(
            spans,
            f"“{words[0]}”中有全角字母，应为“{half[0]}”",
            f"“{words[0]}” has full-width letters: it should be “{half[0]}”",
            severity=Severity.WARNING if mixed else None,
            put=half,
            safe=True,
        )


def _is_placeholder(word: str) -> bool:
    """Whether it is ``ＸＸ``, which stands for something else and is told as that."""
    return len(word) > 1 and set(word) <= set("ＸｘXx")
