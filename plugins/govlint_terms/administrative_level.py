"""财政级次与本单位不符

A word such as 市级财政 stands in what a district's report defines or says of itself, where its own level belongs.

## 说明

名词解释和说明本单位自身情况的话，应当用本级的说法：区的单位写“区级财政”“区直部门”或“本级财政”，县的单位写“县级财政”。
从别级模板照抄来的“市级财政”“市直部门”“省级财政”，同一个词只报告一次：

- 名词解释中的定义为错误；
- 标题中的（“2023年度市级部门决算”），和说到自身的话（“本部门为市级预算单位”“纳入市级部门决算编制范围”“经市财政局批复的部门预算”
  “市级财政拨款收支总计”“本市级财政”）为警告。

解释上级补助、转移支付的，并列几级财政的（“中央、省、市级财政”），“上级”“下达”之类的话不报告；文中另有“区级财政拨款”的，“市级财政拨款”是分来源
说明，也不报告。比本级低的说法，只对名称中只有省、市名的局、委、厅报告。直辖市统一印发的模板本身写“市级财政”，其区、街镇的报告只作提示；乡镇的
经费多由县级财政安排，也只作提示；看不出本单位属于哪一级的，不报告。

## 依据

《预算法》第三条：一级政府一级预算。

## 反例

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第五部分 名词解释

（一）一般公共预算财政拨款收入：指⟦市级财政⟧当年拨付的资金。

（二）“三公”经费：是指⟦市直部门⟧用财政拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。
```
改为
```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第五部分 名词解释

（一）一般公共预算财政拨款收入：指区级财政当年拨付的资金。

（二）“三公”经费：是指区直部门用财政拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。
```

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第一部分 2023年度⟦市级部门⟧决算概况

本单位属于⟦市级预算单位⟧，纳入⟦市直⟧2023年度部门决算编制范围，年初预算以⟦市财政局批复⟧的部门预算为准。

2023年度⟦市级财政拨款⟧收支总计12.00万元。
```

```markdown
# 云川市科学技术局2023年度部门决算

## 第五部分 名词解释

（一）财政拨款收入：指⟦区级财政⟧当年拨付的资金。
```

## 正例

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第一部分 2023年度区级部门决算概况

本单位属于区级预算单位，被评为市级文明单位，按照市财政局印发的《云川市部门决算管理办法》编制决算。

2023年度市级财政拨款收支总计2.00万元，区级财政拨款收支总计10.00万元；市级财政专项转移支付收入合计3.00万元。
```

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第五部分 名词解释

（一）一般公共预算财政拨款收入：指区级财政当年拨付的资金。

（二）上级补助收入：指从主管部门和市级财政取得的补助收入。
```

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第二部分 情况说明

本年收到市级财政补助资金12.00万元，由市级部门统一采购。

## 第五部分 名词解释

（一）财政拨款收入：指中央、省、市级财政和区级财政拨付的资金。
```

```markdown
# 云川市数据服务中心2023年度部门决算

## 第五部分 名词解释

（一）财政拨款收入：指市级财政当年拨付的资金。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from govlint import (
    Body,
    Document,
    Edit,
    Finding,
    Fix,
    Passage,
    Related,
    Severity,
    Text,
    body,
    passages,
    passages_with,
    rule,
)
from govlint_terms._glossary import glossary

_WORD = (
    r"(中央|[省市区县州镇乡])(?:本级|级|直)(?:财政部门|财政|预算主管部门|预算部门|预算单位|主管部门|部门|单位|机关)"
    r"|(?<=[由指经])([省市区县州镇乡])财政(?=当年|拨付|安排)"
)
_LEVEL = r"(?P<level>[省市区县])"
_WORD_OF_HEADING = (
    rf"(?<![上全各])(?P<word>{_LEVEL}(?:本级|级|直)"
    r"(?P<what>部门(?=决算|预算|整体)|单位(?=决算|预算)|财政拨款|一般公共预算|政府性基金预算|国有资本经营预算))"
)
_OWN_STATEMENTS = (
    (
        ("预算单位", "预算部门"),
        rf"(?:本|我)(?:部门|单位|局|委|馆|中心|院|校|办|所|站)[^，。；：\n]{{0,8}}?(?:属于?|[为是系])[^，。；\n]{{0,2}}?"
        rf"(?P<word>{_LEVEL}(?:本级|级|直)[一二三]?级?(?:财政)?(?:[全差]额拨款)?(?P<what>预算单位|预算部门))",
    ),
    (
        ("纳入",),
        rf"纳入[^，。；\n]{{0,20}}?(?P<word>{_LEVEL}(?:本级|级|直)(?P<what>部门|单位)?)[^，。；\n]{{0,12}}?[预决]算[^，。；\n]{{0,6}}范围",
    ),
    (
        ("级财政拨款", "级一般公共预算", "级政府性基金预算", "级国有资本经营预算"),
        rf"(?:^|[，。；：\n]|年度?)\s?(?P<word>{_LEVEL}(?:本级|级)(?P<what>财政拨款|一般公共预算|政府性基金预算|国有资本经营预算))"
        r"[^，。；\n]{0,16}?(?:[总合]计|总决算|总预算)",
    ),
    (
        ("批复",),
        rf"(?:^|[，。；：\n年以经由按据])(?P<word>{_LEVEL}财政(?:局|厅|部门)?(?P<what>批复))(?=(?:本|我|的)(?:部门|单位)?的?(?:[预决]算|年初))",
    ),
    (
        ("本省", "本市", "本区", "本县"),
        rf"(?P<word>本{_LEVEL}本?级(?P<what>财政|预算|部门|单位))",
    ),
)
"""What a report says of its own body, each with words of which one stands in it: a pattern is compiled where one does."""
_OF_A_LEVEL = "[央省市区县州镇乡](?:本?级|直|财政)"
_RANKS = {"中央": 0, "省": 1, "自治区": 1, "市": 2, "自治州": 2, "地区": 2, "盟": 2, "州": 2, "区": 3, "县": 3, "旗": 3}
_RANKS |= {"自治县": 3, "自治旗": 3, "街道": 3, "镇": 4, "乡": 4}
_OWN_WORDS = {"省": "省", "自治区": "自治区", "市": "市", "区": "区", "县": "县", "街道": "区", "自治州": "州"}
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_OF_ITS_LEVEL = re.compile(r"(?:(?<!分)局|委员会|委|厅|办公厅)$")
"""Bodies that belong to the level that their name tells; a school with the name of a city may belong to a district."""
_LISTED_BEFORE = re.compile(r"(?:[、和或及与/]|中央|国家|省级?|地方)\s?$")
_LISTED_BEHIND = re.compile(r"\s?[、和或及与/]\s?(?:[省市区县镇乡州]|本级|街道|同级)")
_FROM_ABOVE = re.compile(r"上级|转移支付|补助下级|下达|非本级|专项转移|结算")


class _Use(Struct, frozen=True):
    """A word of a level (市级财政) in the report: its place, the level that it names, whether a definition has it."""

    text: Text
    level: str
    defines: bool


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Report each word of another level once, with the other places that use it."""
    own = body(document)
    if own is None or own.level not in _RANKS:
        return
    words: dict[tuple[str, bool], list[_Use]] = {}
    for use in (*_in_glossary(document), *_of_itself(document, own)):
        if _is_wrong(own, use.level):
            words.setdefault((use.text.text, use.defines), []).append(use)
    for (word, defines), uses in words.items():
        put = _put(own, word, uses[0].level)
        should = f"，应为“{put}”" if put else ""
        where = "名词解释中却写" if defines else "这里却写"
        yield Finding(
            uses[0].text.whole,
            f"本单位是{own.level}一级的单位，{where}“{word}”{should}",
            f"The body belongs to the level {own.level}, but the {'definition' if defines else 'report'} says “{word}”"
            + (f", it should be “{put}”" if put else ""),
            _severity(own, defines),
            tuple(Related(use.text.whole, "同样写法", "The same again") for use in uses[1:]),
            Fix(tuple(Edit(use.text.whole, put) for use in uses)) if put else None,
        )


def _severity(own: Body, defines: bool) -> Severity | None:
    if own.places[0] in _MUNICIPALITIES or own.level in ("镇", "乡"):
        return Severity.INFO
    return None if defines else Severity.WARNING


def _rank(own: Body) -> int:
    """The level of the body's budget: a city below another city (县级市) is one of the third level."""
    if own.level == "市" and len([place for place in own.places if place.endswith(("市", "州", "盟", "地区"))]) > 1:
        return 3
    return _RANKS[own.level]


def _is_wrong(own: Body, level: str) -> bool:
    """Whether a level is above the body's own; or below it, where the body's name tells for certain where it belongs."""
    if level == own.level or _RANKS[level] == _rank(own):
        return False
    return _RANKS[level] < _rank(own) or (
        own.level in ("省", "自治区", "市") and level in "市区" and _OF_ITS_LEVEL.search(own.name) is not None
    )


def _in_glossary(document: Document) -> Iterator[_Use]:
    found = glossary(document)
    if found is None:
        return
    inside = [each for each in passages_with(document, _WORD, _OF_A_LEVEL) if each[0] in found.passages]
    from_above = {entry.passage for entry in found.entries if _FROM_ABOVE.search(entry.term.text)} if inside else ()
    for index, passage, matches in inside:
        for match in matches if index not in from_above else ():
            if not _is_meant(passage.text.text, *match.span()):
                yield _Use(passage.text.slice(*match.span()), match[1] or match[2], True)


def _of_itself(document: Document, own: Body) -> Iterator[_Use]:
    """Words of levels in headings, and in what the report says of its own body."""
    found = glossary(document)
    inside = found.passages if found else frozenset()
    put = _OWN_WORDS.get(own.level, "")
    uses: list[tuple[int, Passage, re.Match[str]]] = []
    for near, pattern in ((_OF_A_LEVEL, _WORD_OF_HEADING), *_OWN_STATEMENTS):
        roles = ("title", "heading", "contents") if pattern == _WORD_OF_HEADING else ("prose",)
        for index, passage, matches in passages_with(document, pattern, near):
            if index not in inside and passage.role in roles:
                uses += ((index, passage, match) for match in matches)
    uses.sort(key=lambda use: use[0])
    sources = {what for what in ("财政拨款", "一般公共预算") if uses and _says(document, f"{put}级{what}")}
    for _, passage, match in uses:
        if _is_meant(passage.text.text, *match.span("word")) or match["what"] in sources:
            continue
        yield _Use(passage.text.slice(*match.span("word")), match["level"], False)


def _says(document: Document, words: str) -> bool:
    return any(words in passage.text.text for passage in passages(document))


def _is_meant(raw: str, start: int, stop: int) -> bool:
    """Whether another level is rightly named: among several levels, or in a clause that tells of money from above."""
    if _LISTED_BEFORE.search(raw[max(0, start - 4) : start]) or _LISTED_BEHIND.match(raw, stop):
        return True
    begin = max(raw.rfind(mark, 0, start) for mark in "，。；：:\n") + 1
    return _FROM_ABOVE.search(raw, begin, min(len(raw), stop + 12)) is not None


def _put(own: Body, word: str, level: str) -> str:
    """The word of the body's own level, empty where there is none that is certain."""
    right = "市" if _rank(own) == 3 and own.level == "市" else _OWN_WORDS.get(own.level, "")
    put = word.replace(level, right, 1)
    return put if right and put != word else ""
