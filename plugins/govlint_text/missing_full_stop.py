"""段末缺少句号

A paragraph of sentences ends without a full stop.

## 说明
正文段落在句末应有句号（或问号、叹号）。以下情形报告：

- 段落由句子组成，而末尾没有标点；
- 段末是分号、逗号、顿号，后面却没有下一项；
- 列举的各项多数以句号或分号结尾，个别项没有；各项几乎都是句号，个别项是分号的为 info。

段末没有标点、下一段又像是接着说的，分不清是缺了句号还是转换时断开的，为 info。一段话中没有任何标点的，一般为 info；它是一节的全部正文、
说的是做了什么（“积极配合……”），而全篇的段落都有句末标点的，为 warning。

标题、表题、图题、表注、落款、“项目名称：……”一类的栏目、各项都不加标点的列举、列举前的引语不报告。

## 依据
GB/T 15834—2011《标点符号用法》4.1、4.6。

## 反例
```markdown
# 2023年度云川市文化馆部门决算

## 一、收入决算情况说明

2023年度收入合计200.00万元，其中：财政拨款收入190.00万元，占95.00%；其他收入10.00万元，占5.00%⟦；⟧

## 二、支出决算情况说明

2023年度支出合计200.00万元，比2022年度增加10.00万元，增长5.26%，主要原因是新增展览项⟦目⟧
```
改为
```markdown
# 2023年度云川市文化馆部门决算

## 一、收入决算情况说明

2023年度收入合计200.00万元，其中：财政拨款收入190.00万元，占95.00%；其他收入10.00万元，占5.00%。

## 二、支出决算情况说明

2023年度支出合计200.00万元，比2022年度增加10.00万元，增长5.26%，主要原因是新增展览项目。
```

```markdown
# 2023年度云川市文化馆部门决算

## 一、主要职能

1. 组织开展群众文化活动，培训业余文艺骨干。

2. 收集、整理、保护民间文化艺术遗产，开展非物质文化遗产展⟦示⟧

3. 承办上级交办的其他事项。
```

```markdown
# 2023年度云川市文化馆部门决算

## 九、优化服务

认真落实云川市文化和旅游局印发的《关于提升公共文化服务水平的若干措施⟦》⟧
```

```markdown
# 2023年度云川市文化馆部门决算

## 五、存在的问题

主要问题：一是展览形式不够丰富；二是部分信息更新不够及⟦时⟧

改进措施：一是增加互动展览；二是按季度开展检查，督促整改到位。
```

## 正例
```markdown
# 2023年度云川市文化馆部门决算

## 二、部门决算单位构成

纳入编制范围的单位包括：

1. 云川市文化馆本级

2. 云川市美术馆

3. 云川市图书馆（少年儿童分馆）
```

```markdown
# 2023年度云川市文化馆部门决算

## 三、支出情况

1. 基本支出100.00万元，占50.00%；

2. 项目支出100.00万元，占50.00%。（数据来自决算报表）

具体情况如下

| 项目 | 金额 |
|---|---|
| 基本支出 | 100.00 |
```

```markdown
# 2023年度云川市文化馆部门决算

## 四、绩效目标

项目名称：公益演出、培训和辅导项目

（此件公开发布，联系电话见网站）

联系人：办公室，电话：0000-1234567，网址：http://www.example.gov.cn
```

```markdown
# 2023年度云川市文化馆部门决算

## 五、服务承诺

我们承诺：“把群众的事当作自己的事，把每一件事办好。”

（本说明所称采购金额是合同金额，包括往年预算在本年签订的合同，不包括涉密采购项目的合同。）

云川市青禾区公共文化服务中心

2024年8月20日
```

```markdown
# 2023年度云川市文化馆部门预算

## （二）单位构成

纳入部门预算的单位明细如下：

云川市文化馆机关（包括办公室、培训部、创作部、展览部等4个部门）

云川市青禾区群众文化培训指导与艺术交流服务中心

云川市非物质文化遗产保护与传统工艺振兴指导中心
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govlint import (
    Document,
    Finding,
    Fix,
    ListItem,
    Paragraph,
    Passage,
    Severity,
    fact,
    kept_for_paragraphs,
    passages,
    read_ordinal,
    rule,
)
from govlint_text._running import HAN
from govlint_text._texts import has_chinese, language

_FINISHED = r"(?:[。！？：…!?:][”’）)》」』】]{0,3}|——|[。！？…][（(][^（）()]{1,60}[）)])[\s*]*$"
_END_MARKS = frozenset("。！？：…!?:")
_OPEN_END = r"[，、；,;]\s*$"
_LAST_MARKS = frozenset("%％‰）)》”’")
_INTRODUCES = r"(?:如下|包括|其中|分别为|如表|下表|下图|所示|以下|见附件|详见|附后|有|是|为)\s*$"
_FIELD = rf"[{HAN}（）()、/]{{2,14}}[：:][^。；，,]{{0,80}}$"
_CONTACT = r"(?:电话|邮编|邮箱|传真|网址|地址|联系人|日期|时间)\s*[：:]|\d{3,4}-\d{7,8}|\d{11}|@"
_BRACKETED = re.compile(r"[（(【〔\[].*[）)】〕\]]\s*$", re.DOTALL)
_TITLE_END = r"(?:情况|说明|概况|[总报明细附]表|构成|设置|职能|职责|目录|名单|一览|预算|决算|支出|收入|经费|方案|计划|报告|措施|问题|建议)$"
_SENTENCE_MARK = re.compile(r"[。；，]")
_SEPARATED = r"[|>＞»\t]|[\s\u3000]{2,}"
_TELLS = (
    r"(?:积极|认真|大力|切实|深入|扎实|全面|严格|进一步|不断|持续|着力|加快|加强|及时|主动|按时|圆满|全力|统筹|顺利|充分|有效|稳步|协助|配合)"
    r"[^\W\d_A-Za-z]{2}"
)
_FEWEST_PARAGRAPHS = 8
_NEARLY_ALL = 0.8
_LONGEST_END = 80
_SHORTEST = 12
_SHORTEST_WITHOUT_MARK = 24


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report paragraphs that stop without a mark, or with one that promises more."""
    found = passages(document)
    for at, passage in enumerate(found):
        if passage.role != "prose" or not passage.text or not passage.sections:
            continue
        text = passage.text.text.rstrip()
        finished = text[-1:] in _END_MARKS or _is_finished(text[-_LONGEST_END:])
        if (finished and not passage.joints) or _bold(document, passage):
            continue
        yield from _between_blocks(passage)
        if finished:
            continue
        following = found[at + 1] if at + 1 < len(found) else None
        if re.search(_OPEN_END, text):
            if not _goes_on(text, following, passage):
                yield _open_end(passage, text)
            elif _unlike_siblings(document, found, at):
                yield _unlike(passage, text)
        elif _may_be_last(text) and (severity := _unfinished(document, found, at, text)):
            span = passage.text.span(len(text) - 1, len(text))
            yield Finding(
                span,
                "段末缺少句号",
                "the paragraph ends without a full stop",
                severity,
                fix=Fix.replace(passage.text.span(len(text), len(text)), "。") if _room(passage, text) else None,
            )


def _is_finished(end: str) -> bool:
    """Whether a paragraph ends with an end mark, perhaps with closing marks behind it, or with an address."""
    return re.search(_FINISHED, end) is not None or language(end)[-1:].isspace()


def _may_be_last(text: str) -> bool:
    """Whether a text ends with a letter, a digit or a mark that may stand at the end of a sentence without its full stop."""
    last = text[-1:]
    return last in _LAST_MARKS or last.isdecimal() or (last.isascii() and last.isalpha()) or has_chinese(last)


def _between_blocks(passage: Passage) -> Iterator[Finding]:
    """A paragraph without mark at its end, read as one with the next: either a full stop is missing, or it was cut."""
    if len(passage.joints) != 1 or passage.joints[0].sure:
        return
    at = passage.joints[0].at
    before, after = passage.text.text[:at].rstrip(), passage.text.text[at:]
    if not (_may_be_last(before) and _SENTENCE_MARK.search(before) and _SENTENCE_MARK.search(after)):
        return
    if re.search(_CONTACT, before[-40:]) or re.search(_INTRODUCES, before[-6:]) or re.search(_SEPARATED, before):
        return
    yield Finding(
        passage.text.span(len(before) - 1, len(before)),
        "段末缺少句号，或者一句话被断成了两段",
        "the paragraph ends without a full stop, or a sentence was cut in two paragraphs",
        Severity.INFO,
    )


def _room(passage: Passage, text: str) -> bool:
    """Whether the place behind the text is right behind its last character (not behind a closing mark of markup)."""
    return len(text) == len(passage.text.text)


def _bold(document: Document, passage: Passage) -> bool:
    return any(isinstance(block := document.blocks[index], Paragraph) and block.bold for index in passage.blocks)


def _open_end(passage: Passage, text: str) -> Finding:
    mark = text[-1]
    span = passage.text.span(len(text) - 1, len(text))
    return Finding(
        span,
        f"段末是“{mark}”，后面没有下一项，应为“。”",
        f"the paragraph ends with “{mark}” and nothing follows that it belongs to: “。”",
        fix=Fix.replace(span, "。"),
    )


def _unlike(passage: Passage, text: str) -> Finding:
    span = passage.text.span(len(text) - 1, len(text))
    return Finding(
        span,
        f"这一项以“{text[-1]}”结尾，其余各项多以“。”结尾",
        f"this item ends with “{text[-1]}”, most others with “。”",
        Severity.INFO,
        fix=Fix.replace(span, "。"),
    )


def _goes_on(text: str, following: Passage | None, passage: Passage) -> bool:
    """Whether what a comma or semicolon promises follows: another paragraph or item of the same section."""
    if following is None:
        return False
    if following.role != "prose":
        return following.role in ("other", "cell", "figure") and text[-1] in "；;"
    if following.sections == passage.sections:
        return True
    mine, next_one = read_ordinal(text), read_ordinal(following.text.text)
    return mine.kind == next_one.kind != "none"


def _unfinished(document: Document, found: Sequence[Passage], at: int, text: str) -> Severity | None:
    """How sure it is that a paragraph without mark at its end lacks one."""
    ordinal = read_ordinal(text)
    body = text[ordinal.end :]
    if len(body) < _SHORTEST or re.search(_CONTACT, body[-40:]) or re.search(_SEPARATED, body):
        return None
    if _BRACKETED.match(body) or re.search(_INTRODUCES, body[-6:]):
        return None
    marked = _SENTENCE_MARK.search(body) is not None
    if not marked and at + 1 < len(found) and _begins_list(found[at + 1], ordinal.kind):
        return None
    siblings = _siblings(document, found, at)
    if siblings:
        ended = sum(_ended(found[other]) for other in siblings)
        if 2 * ended > len(siblings):
            return Severity.WARNING if marked or 4 * ended >= 3 * len(siblings) else Severity.INFO
        return None
    if any(mark in body[2:15] for mark in "：:") and re.match(_FIELD, body):
        return None
    if "。" in body or (marked and len(body) >= _SHORTEST_WITHOUT_MARK):
        return Severity.WARNING
    if ordinal.kind == "none" and len(body) >= _SHORTEST_WITHOUT_MARK and not re.search(_TITLE_END, body):
        if _is_all_that_is_said(document, found, at, body):
            return Severity.WARNING
        return None if _among_lines(found, at) else Severity.INFO
    return None


def _among_lines(found: Sequence[Passage], at: int) -> bool:
    """Whether the paragraph before, or the one behind, has no sentences either: a list of names, one a line.

    Long lines may have been taken for one paragraph that was cut.
    """
    return any(not joint.sure for joint in found[at].joints) or any(
        found[other].role == "prose"
        and found[other].sections == found[at].sections
        and not _stops(found[other].text.text)
        and "。" not in found[other].text.text
        for other in (at - 1, at + 1)
        if 0 <= other < len(found)
    )


def _is_all_that_is_said(document: Document, found: Sequence[Passage], at: int, body: str) -> bool:
    """Whether a paragraph that tells what was done is all the text of its section, in a report that ends its paragraphs."""
    if not re.match(_TELLS, body) or not at or found[at - 1].role != "heading":
        return False
    following = found[at + 1] if at + 1 < len(found) else None
    if following is not None and following.role == "prose" and following.sections == found[at].sections:
        return False
    ended, all_told = _paragraphs(document)
    return all_told >= _FEWEST_PARAGRAPHS and _NEARLY_ALL * all_told <= ended


@fact
def _paragraphs(document: Document) -> tuple[int, int]:
    """How many longer paragraphs end with a mark, and how many there are."""
    ends = [
        _stops(passage.text.text)
        for passage in passages(document)
        if passage.role == "prose" and len(passage.text) >= _SHORTEST_WITHOUT_MARK
    ]
    return sum(ends), len(ends)


def _unlike_siblings(document: Document, found: Sequence[Passage], at: int) -> bool:
    """Whether an item ends with a semicolon in a list whose items nearly all end with a full stop."""
    siblings = _siblings(document, found, at)
    stopped = sum(found[other].text.text.rstrip().endswith("。") for other in siblings)
    return len(siblings) >= _FEWEST_SIBLINGS and 4 * stopped >= 3 * len(siblings)


def _begins_list(following: Passage, kind: str) -> bool:
    """Whether a list of a lower level begins: the line above it is its heading."""
    first = read_ordinal(following.text.text)
    return first.value == 1 and first.kind not in ("none", kind)


def _ended(passage: Passage) -> bool:
    return _stops(passage.text.text) or re.search(_OPEN_END, passage.text.text[-_LONGEST_END:]) is not None


@kept_for_paragraphs
def _stops(text: str) -> bool:
    """Whether a text ends with an end mark, perhaps with closing marks behind it."""
    return re.search(_FINISHED, text[-_LONGEST_END:]) is not None


def _siblings(document: Document, found: Sequence[Passage], at: int) -> list[int]:
    """The other items of the list that an item stands in: same kind of ordinal, or bullets, one after another."""
    kinds = _kinds(document)
    if kinds[at] is None:
        return []
    siblings: list[int] = []
    for steps in (range(at - 1, max(at - _FARTHEST, -1), -1), range(at + 1, min(at + _FARTHEST, len(found)))):
        for other in steps:
            if found[other].role != "prose" or found[other].sections != found[at].sections:
                break
            if kinds[other] == kinds[at]:
                siblings.append(other)
    return siblings


_FARTHEST = 40
_FEWEST_SIBLINGS = 3


@fact
def _kinds(document: Document) -> tuple[str | None, ...]:
    """What kind of item each passage is: its kind of ordinal, or ``bullet``; ``None`` for one that is none."""
    return tuple(_kind(document, passage) for passage in passages(document))


def _kind(document: Document, passage: Passage) -> str | None:
    if passage.role != "prose":
        return None
    kind = read_ordinal(passage.text.text).kind
    if kind != "none":
        return kind
    return "bullet" if isinstance(document.blocks[passage.blocks[0]], ListItem) else None
