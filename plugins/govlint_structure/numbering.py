"""序号不连续

The numbers of headings, or of items of a list, skip, repeat or turn back.

## 说明

同一标题下的同级序号（第一部分、一、（一）1.（1）①）应从一开始依次递增。报告缺号、重号、误号和倒序。

序号在新的上级标题下重新开始是正常的；标题丢失了序号、缺的序号写在段落中间或表格里的，不报告。段落中的“一是……二是……”
和“（1）……（2）……”同样检查。

## 依据

GB/T 9704《党政机关公文格式》：文中结构层次序数依次用“一、”“（一）”“1.”“（1）”标注。

## 反例

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、单位概况

云川市青禾区文化馆负责群众文化活动。

## 二、收入决算情况说明

本年度收入12.00万元。

## ⟦四、⟧支出决算情况说明

本年度支出12.00万元。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、单位概况

云川市青禾区文化馆负责群众文化活动。

## 二、收入决算情况说明

本年度收入12.00万元。

## ⟦二、⟧支出决算情况说明

本年度支出12.00万元。

## 三、名词解释

基本支出：指为保障机构正常运转发生的支出。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、名词解释

1. 基本支出：指为保障机构正常运转发生的支出。

2. 项目支出：指为完成特定任务发生的支出。

⟦4.⟧ 结余分配：指按规定提取的专用结余。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、工作完成情况

一是开展惠民演出，二是举办书画展览，⟦四是⟧完成馆舍修缮。
```

## 正例

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 第一部分 概况

### 一、主要职责

负责群众文化活动。

### 二、机构设置

内设三个部室。

## 第二部分 决算情况说明

### 一、收入决算情况说明

本年度收入12.00万元。

### 二、支出决算情况说明

本年度支出12.00万元。
```

正文的一个标题丢失了序号：

```markdown
# 2023年度云川市青禾区文化馆部门决算

第一部分 云川市青禾区文化馆概况

云川市青禾区文化馆负责群众文化活动。

云川市青禾区文化馆2023年度部门决算表

决算表见附件。

第三部分 名词解释

基本支出：指为保障机构正常运转发生的支出。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、工作完成情况

（一）惠民演出

1. 送戏下乡12场；

2. 广场演出6场。

（二）书画展览

1. 举办展览3期；

2. 接待观众2.10万人次。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Related, Severity, passages_with, rule
from govlint_structure._contents import comparison
from govlint_structure._series import Break, breaks, chinese, numbers_between, plain_number, written

_INLINE = (
    (
        r"(?:^|[，。；：、,;:])\s*(?P<number>(?P<value>[一二三四五六七八九十]{1,2})是)(?!否|不)",
        r"[一二三四五六七八九十]是",
    ),
    (r"(?P<number>[（(](?<=[，。；：、,;:\s].)(?P<value>\d{1,2})[）)])(?!\s*[款项类表条])", r"[（(]\d{1,2}[）)]"),
)
"""The patterns of numbers, each with a simple one of a part of what it matches."""
_DIGITS = {chinese(value): value for value in range(1, 20)}


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report numbers of headings and items that skip, repeat or turn back."""
    for broken in breaks(document):
        yield _finding(document, broken)
    yield from _inline(document)


def _finding(document: Document, broken: Break) -> Finding:
    number = plain_number(broken.at)
    expected = written(broken.at.kind, broken.expected)
    left_out = "、".join(f"“{written(broken.at.kind, value)}”" for value in numbers_between(broken))
    before = f"“{plain_number(broken.before)}”" if broken.before is not None else ""
    match broken.way:
        case "skip":
            message, english = (
                f"序号由{before}跳到“{number}”，缺少{left_out}",
                f"{left_out} is missing before “{number}”",
            )
        case "repeat":
            message, english = f"序号“{number}”重复，应为“{expected}”", f"“{number}” again, “{expected}” is due"
        case "start":
            message, english = f"序号从“{number}”开始，缺少{left_out}", f"the numbers begin with “{number}”"
        case _:
            message, english = (
                f"序号“{number}”有误：前一个是{before}，应为“{expected}”",
                f"“{number}” after {before}, “{expected}” is due",
            )
    related: tuple[Related, ...] = ()
    if broken.before is not None:
        related = (Related(broken.before.number.whole, "前一个序号", "the number before"),)
    return Finding(broken.at.number.whole, message, english, None, (*related, *_in_contents(document, broken)))


def _in_contents(document: Document, broken: Break) -> Iterator[Related]:
    """The entries of the contents that are missing where the numbers skip."""
    found = comparison(document)
    values = numbers_between(broken)
    if broken.at.heading < 0 or not values:
        return
    here = next((index for index in range(len(found.entries)) if found.heading_of(index) == broken.at.heading), None)
    if here is None:
        return
    for index, listed in enumerate(found.entries[:here]):
        entry = listed.entry
        if (
            listed.parent == found.entries[here].parent
            and entry.kind == broken.at.kind
            and entry.value is not None
            and entry.value in values
            and found.heading_of(index) is None
        ):
            yield Related(entry.line.whole, f"目录中有“{entry.line.text}”", f"the contents have “{entry.line.text}”")


def _inline(document: Document) -> Iterator[Finding]:
    """Numbers inside a paragraph: 一是…二是…, （1）…（2）…."""
    for pattern, near in _INLINE:
        for _, passage, matches in passages_with(document, pattern, near):
            text, last = passage.text.text, 0
            for match in matches if passage.role == "prose" else ():
                digits = match["value"]
                value = int(digits) if digits.isdigit() else _DIGITS.get(digits, 0)
                if last and value == last + 2 and not _there(text, match["number"], digits, last + 1):
                    due = match["number"].replace(digits, str(last + 1) if digits.isdigit() else chinese(last + 1))
                    yield Finding(
                        passage.text.span(*match.span("number")),
                        f"序号跳到“{match['number']}”，缺少“{due}”",
                        f"“{due}” is missing before “{match['number']}”",
                    )
                last = value if value == 1 or last else 0


def _there(text: str, number: str, digits: str, value: int) -> bool:
    """Whether the number that is due stands somewhere in the text."""
    due = str(value) if digits.isdigit() else chinese(value)
    return (
        due + "是" in text or due + "要" in text if number.endswith("是") else f"{due}）" in text or f"{due})" in text
    )
