"""同一说法前后略有出入

A long phrase that recurs stands once in a form that differs by a word: one thing is perhaps named in two ways.

## 说明

较长的一句话（不少于18字）在报告中重复出现，另有一处只差一两个词（“政务中心机房”“政府中心机房”），多半是同一件事写得不一样，
提示核对。少数服从多数：至少两处相同、只有一处不同才报告。含数字的、科目名称、差在序数、方位、增减、收支等本来就对举的词上的，不报告。

## 依据

公文处理的一般要求：用词准确、前后一致。

## 反例

```markdown
2023年工作完成情况

一是完成青禾区政务服务中心和数据中心机房消防设施改造；二是开展培训。

三是⟦完成青禾区政府服务中心和数据机房消防设施改造⟧，保障了运行安全。

| 序号 | 重要事项 | 完成情况 |
|---|---|---|
| 1 | 基础设施，完成青禾区政务服务中心和数据中心机房消防设施改造 | 完成 |
```

## 正例

```markdown
2023年工作完成情况

一是完成青禾区政务服务中心和数据中心机房消防设施改造；二是完成青禾区政务服务中心和档案中心机房消防设施改造。
```

```markdown
2023年工作完成情况

一是完成青禾区政务服务中心第一数据机房消防设施改造，二是完成青禾区政务服务中心第二数据机房消防设施改造。

一是完成青禾区政务服务中心第一数据机房消防设施改造，保障了安全。
```

```markdown
2023年度部门决算情况说明

1. 社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）。支出1.00万元。

2. 社会保障和就业支出（类）行政事业单位养老支出（款）事业单位离退休（项）。支出1.00万元。

3. 社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）。支出1.00万元。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint_dictionaries.subjects import nearness

from govlint import Document, Finding, Related, Severity, Text, kept_for_paragraphs, passages, rule

_CLAUSE = re.compile(r"[^，。；：:、；;！？\s\d.%％XxＸ×*]+")
_SHORTEST = 18
_LONGEST = 60
_BEHIND_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,2}是")
_SUBJECT = re.compile(r"[（(][类款项][)）]")
_CONTRAST = r"[一二三四五六七八九十百第首次上下前后左右增减升降内外收支东南西北大小优良高低初新旧老男女甲乙丙不未无非]|行政|事业|预算|决算|企业"
_END = 6
_NEAR = 0.9
_MOST_ALIKE = 30
_LONGEST_CHANGE = 3


@rule(severity=Severity.INFO)
def check(document: Document) -> Iterator[Finding]:
    """Report each phrase that stands once and differs by a word from one that stands more often."""
    places: dict[str, list[tuple[Text, int, int]]] = {}
    for passage in passages(document):
        if passage.role in ("prose", "cell"):
            for clause, begin, end in _clauses(passage.text.text):
                places.setdefault(clause, []).append((passage.text, begin, end))
    alike: dict[str, list[str]] = {_ends(clause): [] for clause, found in places.items() if len(found) > 1}
    if not alike:
        return
    for clause in places:
        if (ends := _ends(clause)) in alike:
            alike[ends].append(clause)
    for clauses in alike.values():
        usual = [clause for clause in clauses if len(places[clause]) > 1]
        for odd in clauses[:_MOST_ALIKE]:
            near = [
                clause for clause in usual[:_MOST_ALIKE] if len(places[odd]) == 1 and _differs_by_a_word(odd, clause)
            ]
            if near:
                odd_text, *usual_texts = (text.slice(*at) for text, *at in (*places[odd], *places[near[0]]))
                yield _finding(odd_text, usual_texts)


def _ends(clause: str) -> str:
    return clause[:2] + clause[-_END:]


@kept_for_paragraphs
def _clauses(raw: str) -> list[tuple[str, int, int]]:
    """What stands between two marks or numbers, is not short and names no subject: words, begin, end."""
    found = []
    for begin, end in _parts(raw):
        if not _SUBJECT.search(raw, begin, end):
            ordinal = _BEHIND_ORDINAL.match(raw, begin, end)
            begin = ordinal.end() if ordinal else begin
            found.append((raw[begin:end], begin, end))
    return found


def _parts(raw: str) -> Iterator[tuple[int, int]]:
    """The places of what stands between two marks or numbers and is not short, very long ones in parts."""
    end = 0
    for clause in _CLAUSE.findall(raw):
        if len(clause) >= _SHORTEST:
            first = raw.index(clause, end)
            end = first + len(clause)
            yield from (
                (begin, min(begin + _LONGEST, end)) for begin in range(first, end, _LONGEST) if end - begin >= _SHORTEST
            )


def _finding(odd: Text, usual: list[Text]) -> Finding:
    return Finding(
        odd.whole,
        f"别处{len(usual)}次写作“{usual[0].text}”，请核对是否同一事物",
        f"Written “{usual[0].text}” in {len(usual)} other places; perhaps the same thing",
        None,
        tuple(Related(text.whole, "别处的写法", "As it is written elsewhere") for text in usual),
    )


def _differs_by_a_word(one: str, other: str) -> bool:
    if one == other or nearness(one, other) < _NEAR:
        return False
    from difflib import SequenceMatcher

    changes = [
        (one[a:b], other[c:d])
        for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    return all(
        len(left) <= _LONGEST_CHANGE and len(right) <= _LONGEST_CHANGE and not re.search(_CONTRAST, left + right)
        for left, right in changes
    )
