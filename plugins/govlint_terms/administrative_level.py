"""财政级次与本单位不符

A word such as 市级财政 stands in the glossary of a district's report, where its own level belongs.

## 说明

名词解释和说明本单位自身情况的话，应当用本级的说法：区的单位写“区级财政”“区直部门”或“本级财政”，县的单位写“县级财政”。
从上级模板照抄来的“市级财政”“市直部门”“省级财政”报告为错误，同一个词只报告一次。

只看名词解释中的定义。解释上级补助、转移支付的，并列几级财政的（“中央、省、市级财政”），“上级”“下达”之类的话不报告。
直辖市统一印发的模板本身写“市级财政”，其区、街镇的报告只作提示；看不出本单位属于哪一级的，不报告。

## 依据

《预算法》第三条：一级政府一级预算。

## 反例

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第五部分 名词解释

（一）一般公共预算财政拨款收入：指⟦市级财政⟧当年拨付的资金。

（二）“三公”经费：是指⟦市直部门⟧用财政拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。
```

## 正例

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

from govlint import Body, Document, Finding, Fix, Related, Severity, Text, body, passages, rule
from govlint_terms._glossary import Glossary, glossary

_WORD = re.compile(
    r"(中央|[省市区县州镇乡])(?:本级|级|直)(?:财政部门|财政|预算主管部门|预算部门|预算单位|主管部门|部门|单位|机关)"
)
_RANKS = {"中央": 0, "省": 1, "自治区": 1, "市": 2, "自治州": 2, "地区": 2, "盟": 2, "州": 2, "区": 3, "县": 3, "旗": 3}
_RANKS |= {"自治县": 3, "自治旗": 3, "街道": 3, "镇": 4, "乡": 4}
_OWN_WORDS = {"省": "省", "自治区": "自治区", "市": "市", "区": "区", "县": "县", "街道": "区", "自治州": "州"}
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_LISTED_BEFORE = re.compile(r"(?:[、和或及与/]|中央|国家|省级?|地方)\s?$")
_LISTED_BEHIND = re.compile(r"\s?[、和或及与/]\s?(?:[省市区县镇乡州]|本级|街道|同级)")
_FROM_ABOVE = re.compile(r"上级|转移支付|补助下级|下达|非本级|专项转移|结算")


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Report each word of a higher level once, with the other definitions that use it."""
    own, found = body(document), glossary(document)
    if own is None or found is None or own.level not in _RANKS:
        return
    rank = _rank(own)
    words: dict[str, list[Text]] = {}
    for text in _in_glossary(document, found):
        for match in _WORD.finditer(text.text):
            if match[1] != own.level and _RANKS[match[1]] < rank and not _is_meant(text.text, match):
                words.setdefault(match[0], []).append(text.slice(*match.span()))
    for word, places in words.items():
        put = _put(own, word)
        should = f"，应为“{put}”" if put else ""
        yield Finding(
            places[0].whole,
            f"本单位是{own.level}一级的单位，名词解释中却写“{word}”{should}",
            f"The body belongs to the level {own.level}, but the definition says “{word}”"
            + (f", it should be “{put}”" if put else ""),
            Severity.INFO if own.places[0] in _MUNICIPALITIES else None,
            tuple(Related(text.whole, "同样写法", "The same again") for text in places[1:]),
            Fix.replace(places[0].whole, put) if put else None,
        )


def _rank(own: Body) -> int:
    """The level of the body's budget: a city below another city (县级市) is one of the third level."""
    if own.level == "市" and len([place for place in own.places if place.endswith(("市", "州", "盟", "地区"))]) > 1:
        return 3
    return _RANKS[own.level]


def _in_glossary(document: Document, found: Glossary) -> Iterator[Text]:
    everything = passages(document)
    from_above = {entry.passage for entry in found.entries if _FROM_ABOVE.search(entry.term.text)}
    for index in sorted(found.passages - from_above):
        yield everything[index].text


def _is_meant(raw: str, match: re.Match[str]) -> bool:
    """Whether a higher level is rightly named: among several levels, or in a clause that tells of money from above."""
    if _LISTED_BEFORE.search(raw[max(0, match.start() - 4) : match.start()]) or _LISTED_BEHIND.match(raw, match.end()):
        return True
    begin = max(raw.rfind(mark, 0, match.start()) for mark in "，。；：:\n") + 1
    return _FROM_ABOVE.search(raw, begin, min(len(raw), match.end() + 12)) is not None


def _put(own: Body, word: str) -> str:
    """The word of the body's own level, empty where there is none that is certain."""
    level = "市" if _rank(own) == 3 and own.level == "市" else _OWN_WORDS.get(own.level, "")
    first = "中央" if word.startswith("中央") else word[0]
    put = level + word[len(first) :]
    return put if level and put != word else ""
