"""引号用法

Quotation marks are unpaired, straight, turned round or wrongly nested.

## 说明
引号成对使用，外双内单。报告：

- 缺少另一半的引号，包括把右引号误作左引号的“三公“经费（warning）；
- 引号中又用双引号的（info，应为单引号）；
- 中文之间用直引号 `"` 的（info，全篇合为一条；一段之内左右成对的，`--unsafe` 可以改正）。

英文的撇号、代码中的引号、“一网通办”“全覆盖”这样并列的引号、跨段的引文不报告。

## 依据
GB/T 15834—2011《标点符号用法》4.8。

## 反例
```markdown
“三公⟦“⟧经费支出2.00万元。
```
改为
```markdown
“三公”经费支出2.00万元。
```

```markdown
深入学习“坚持⟦“四个意识”⟧”等论述。
```
改为
```markdown
深入学习“坚持‘四个意识’”等论述。
```

```markdown
⟦"⟧三公"经费支出2.00万元，其中"一网通办"支出1.00万元。
```
改为
```markdown
“三公”经费支出2.00万元，其中“一网通办”支出1.00万元。
```

```markdown
严控⟦“⟧三公经费支出，全年支出2.00万元。
```

## 正例
```markdown
推进“一网通办”“一网统管”、“全覆盖”建设，“三公”经费支出2.00万元。
```

```markdown
他说：“我们坚持‘四个意识’，做到‘两个维护’。”会议要求学习‘两个确立’的重要意义。
```

```markdown
The city's report: `"a"` is a "key" of the system.
```

```markdown
“以下为节选：群众文化活动丰富多彩。

全年举办展览12场。”
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from govlint import Document, Edit, Finding, Fix, Related, Severity, Span, rule
from govlint_text._pairs import Mark, Pairs, pairs
from govlint_text._running import HAN, running

_STRAIGHT = rf'(?<=[{HAN}，。；：、（）])"|"(?=[{HAN}，。；：、（）])|(?<=[{HAN}]\d)"'
_WORDS = rf"[{HAN}A-Za-z0-9+·、]{{1,20}}"


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report quotation marks without partner, inside their own kind, and straight ones."""
    found = pairs(document)
    quotes = [mark for mark in found.single if mark.kind == "quote"]
    turned: set[Mark] = set()
    for mark, following in pairwise([*quotes, None]):
        if mark is None or mark in turned:
            continue
        if following is not None and _belong_together(found, mark, following):
            wrong, put = (following, "”") if mark.opens else (mark, "“")
            turned |= {mark, following}
            span = found.span(wrong)
            yield Finding(
                span,
                f"“{wrong.sign}”方向错了，应为“{put}”",
                f"“{wrong.sign}” should be “{put}”",
                fix=Fix.replace(span, put),
            )
        else:
            yield Finding(
                found.span(mark),
                f"“{mark.sign}”没有对应的{'右' if mark.opens else '左'}引号",
                f"“{mark.sign}” has no partner",
            )
    for pair in found.inner("quote"):
        opened, closed = found.span(pair.opened), found.span(pair.closed)
        yield Finding(
            opened.to(closed),
            "双引号中再用引号，应为单引号",
            "a quotation inside a quotation takes single marks",
            Severity.INFO,
            fix=Fix((Edit(opened, "‘"), Edit(closed, "’"))),
        )
    yield from _straight(document)


def _belong_together(found: Pairs, mark: Mark, following: Mark) -> bool:
    """Whether two marks of the same direction stand round a few words: one of them is turned round."""
    words = found.texts[mark.place].words
    same = mark.place == following.place and mark.opens == following.opens
    return same and re.fullmatch(_WORDS, words[mark.at + 1 : following.at]) is not None


def _straight(document: Document) -> Iterator[Finding]:
    spans: list[Span] = []
    edits: list[Edit] = []
    for passage in running(document).having('"'):
        marks = [match.start() for match in re.finditer(_STRAIGHT, passage.words)]
        spans += [passage.span(at, at + 1) for at in marks]
        if len(marks) == passage.words.count('"') and len(marks) % 2 == 0:
            edits += [Edit(passage.span(at, at + 1), "“”"[number % 2]) for number, at in enumerate(marks)]
    if spans:
        count = f"（共 {len(spans)} 处）" if len(spans) > 1 else ""
        yield Finding(
            spans[0],
            f"中文引号应为“”，不用直引号{count}",
            f"straight quotation marks in Chinese text, {len(spans)} in all",
            Severity.INFO,
            tuple(Related(span, "直引号", "straight quotation mark") for span in spans[1:]),
            Fix(tuple(edits)) if edits else None,
        )
