"""标题或段落重复

The same heading stands twice under one heading, or the same paragraph stands twice.

## 说明

报告同一上级标题下文字相同的两个标题，目录中重复的条目，以及文字完全相同的长段落（多为复制时留下的）。

跨页表格重复的表格标题、不同部分下的同名标题、各处相同的“本年度无此项支出”等短句不报告。不同标题下带有金额的相同段落为提示。

## 依据

《中华人民共和国政府信息公开条例》：公开的政府信息应当准确。

## 反例

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、收入决算情况说明

本年度收入12.00万元。

## 二、支出决算情况说明

本年度支出12.00万元。

## 三、⟦支出决算情况说明⟧

本年度支出12.00万元，其中基本支出9.00万元。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、机关运行经费支出情况

本单位为公益一类事业单位，按照部门决算编制的口径，2023年度没有机关运行经费支出，与上年度相同。

⟦本单位为公益一类事业单位，按照部门决算编制的口径，2023年度没有机关运行经费支出，与上年度相同。⟧
```

## 正例

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 第一部分 收入

### 一、总体情况

本年度收入12.00万元。

## 第二部分 支出

### 一、总体情况

本年度支出12.00万元。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、政府性基金预算财政拨款收入支出决算情况说明

本年度无此项收支。

## 二、国有资本经营预算财政拨款支出决算情况说明

本年度无此项收支。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

目录

一、收入决算情况说明

二、支出决算情况说明

## 一、收入决算情况说明

本年度收入12.00万元。

## 二、支出决算情况说明

本年度支出12.00万元。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint import Document, Finding, HeadingLine, Related, Section, Severity, Text, passages, plain, rule
from govlint_structure._contents import comparison
from govlint_structure._headings import placed_headings

_SHORTEST_TITLE = 4
_SHORTEST_PARAGRAPH = 40
_SHORTEST_ELSEWHERE = 80
_AMOUNT = re.compile(r"\d(?:万元|元|%)")


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report titles that come twice under one heading or in the contents, and paragraphs that come twice."""
    yield from _headings(document)
    yield from _entries(document)
    yield from _paragraphs(document)


def _headings(document: Document) -> Iterator[Finding]:
    """Titles that come twice; where the number is the same too, a block of sections may be repeated on purpose."""
    first: dict[tuple[int, str], HeadingLine] = {}
    last: dict[int, HeadingLine] = {}
    for place in placed_headings(document):
        heading = place.heading
        above, last[place.parent] = last.get(place.parent), heading
        if heading.role == "caption" or heading.form != "line" or len(place.core) < _SHORTEST_TITLE:
            continue
        before = first.setdefault((place.parent, plain(heading.title.text)), heading)
        if before is heading:
            continue
        if before is above or (before.kind, before.value) != (heading.kind, heading.value):
            yield _twice(heading.title, before.title, "标题", "heading")


def _entries(document: Document) -> Iterator[Finding]:
    first: dict[tuple[int, str], Text] = {}
    for listed in comparison(document).entries:
        title = listed.entry.title
        if len(listed.core) < _SHORTEST_TITLE:
            continue
        before = first.setdefault((listed.parent, plain(title.text)), title)
        if before is not title:
            yield _twice(title, before, "目录中的标题", "entry of the contents")


def _twice(text: Text, before: Text, what: str, english: str) -> Finding:
    return Finding(
        text.whole,
        f"{what}“{text.text}”重复",
        f"the {english} “{text.text}” stands twice",
        None,
        (Related(before.whole, "前一处", "the first one"),),
    )


def _paragraphs(document: Document) -> Iterator[Finding]:
    first: dict[str, tuple[Text, Section | None]] = {}
    for passage in passages(document):
        if passage.role != "prose" or len(passage.text) < _SHORTEST_PARAGRAPH:
            continue
        words = plain(passage.text.text)
        section = passage.sections[-1] if passage.sections else None
        before, where = first.setdefault(words, (passage.text, section))
        if before is passage.text or len(words) < _SHORTEST_PARAGRAPH:
            continue
        if where is not section and (len(words) < _SHORTEST_ELSEWHERE or not _AMOUNT.search(words)):
            continue
        yield Finding(
            passage.text.whole,
            "段落与前文完全相同",
            "the paragraph stands twice",
            None if where is section else Severity.INFO,
            (Related(before.whole, "前一处", "the first one"),),
        )
