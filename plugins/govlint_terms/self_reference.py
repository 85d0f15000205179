"""自称与本单位不符

The report speaks of its body as one of another kind or place: 我局 in the report of a 中心.

## 说明

报告中的自称应当合本单位的性质和所在地。委员会的报告自称“我局”、中心的报告自称“本馆”、区的单位自称“我县”，多半是套用别的单位的报告
留下的，报告为警告；同一种自称只报告一次。

单位名称看不出性质的、文中列有这类下属单位的、加挂牌子或者合署办公的，“（以下简称‘我局’）”有说明的，引号和书名号里的，不报告。
“我办”“本部”“本处”等词多义，不检查；“我市”“我省”可以指上级地方，也不检查。

“提升了服务中心整体效率”这样单说“服务中心”而文中没有这样的单位的，只作提示。

## 依据

《党政机关公文处理工作条例》第十九条：人名、地名、机关名称准确；《党政机关公文格式》（GB/T 9704）7.3.1：使用机关全称或者规范化简称。

## 反例

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

2023年，⟦我局⟧认真落实过紧日子要求，本局支出减少2.00万元，⟦我县⟧政务网络运行平稳。
```
改为
```markdown
# 云川市青禾区数据服务中心2023年度部门决算

2023年，我中心认真落实过紧日子要求，本中心支出减少2.00万元，我区政务网络运行平稳。
```

```markdown
# 云川市青禾区发展和改革委员会2023年度部门决算

2023年，在区委、区政府领导下，⟦我局⟧完成全部任务。
```

```markdown
# 云川市青禾区档案局2023年度部门决算

单位整体支出绩效自评完成，提升了⟦服务中心⟧整体工作效率。
```

## 正例

```markdown
# 云川市青禾区发展和改革委员会2023年度部门决算

2023年，我委牵头完成3个项目，根本局面好转，我委托第三方评价，控制成本中心支出，印发《我局怎样服务企业》。
```

```markdown
# 云川市青禾区文化和旅游局2023年度部门决算

所属单位包括云川市青禾区文化馆、云川市青禾区美术馆。其中美术馆2023年举办展览12场，本馆观众增加。
```

```markdown
# 云川市青禾区城市管理委员会2023年度部门决算

云川市青禾区城市管理委员会加挂云川市青禾区综合执法局牌子。2023年，我局办理案件12件。
```

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

我中心、我单位、本部门、我区、我市工作有序，本区域网络平稳，为服务中心工作出力，提升了区政务服务中心整体形象。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint import Body, Document, Edit, Finding, Fix, Related, Severity, Text, body, passages, passages_with, rule

_SELF = (
    r"[我本](?<!自我)(?<![基根日样资成版文剧课书标原副正读抄拷蓝脚底]本)"
    r"(局(?![面部势限域])|委(?![托派任员])|厅|中心(?!城|镇|商)|馆(?!藏)|院(?!系|落)|校(?![准验对])|街道|镇|乡(?!土|下)|县|旗|区(?!域|间|块|段|位))"
)
_LONGEST_QUOTE = 60
_QUOTED = r"[“‘《][^”’》]*$"
_KINDS = {
    "局": r"局",
    "委": r"(?<!居民)(?<!村民)委员会|委|管委会",
    "厅": r"厅",
    "中心": r"中心",
    "馆": r"馆|博物院",
    "院": r"(?<!博物)院|社区卫生服务中心|保健(?:所|中心)",
    "校": r"校|[中小大]学|学院|幼儿园",
}
_NO_KIND = r"(?:办公室|办事处|政府|街道|[镇乡]|站|队|处|所|联合会|协会|工会|红十字会)$"
_PLACES = frozenset({"县", "旗", "区", "镇", "乡", "街道"})
_OF_THE_CITY = r"(?:(?<!分)局|委员会|委|政府|办公室)$"
"""Bodies with the name of a city alone that belong to it; a school or hospital may belong to a district."""
_OTHER_NAME = r"加挂|挂牌|牌子|合署|简称\s?[“‘\"]?\s?[我本]"
_OF_OTHER_NAMES = ("加挂", "挂牌", "牌子", "合署", "简称")
_NAMES_OWN = r"(?:下属|所属|下设|直属|代管|归口|本级[和及、]|下辖|构成|包括)"
_LONGEST_NAME = 30
_PARTICLES = "了在由对被将"
_BARE = (
    rf"(?:^|(?<=[，。；：{_PARTICLES}]))((?:服务|管理|事务|信息|指导|活动)中心)"
    r"(?=整体|全体|上下|内部|全年|各科室|干部职工|职工|领导班子|形象|工作效率|工作水平)"
)
"""A 中心 spoken of as a report speaks of its own body, as a whole; other mentions may be of an office inside."""


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report each way in which the body is wrongly spoken of once, with the other places."""
    own = body(document)
    if own is None:
        return
    found: dict[str, list[Text]] = {}
    fitting: dict[str, bool] = {}
    for _, passage, matches in passages_with(document, _SELF):
        raw = passage.text.text
        for match in matches if passage.role != "contents" else ():
            if match[1] not in fitting:
                fitting[match[1]] = _fits(own, match[1])
            before = raw[max(0, match.start() - _LONGEST_QUOTE) : match.start()]
            if not fitting[match[1]] and not re.search(_QUOTED, before):
                found.setdefault(match[1], []).append(passage.text.slice(*match.span()))
    if found and not _has_other_name(document):
        for word, places in found.items():
            if word in _PLACES or not _has_subordinate(document, own, word):
                yield _finding(own, word, places)
    yield from _bare_names(document, own)


def _finding(own: Body, word: str, places: list[Text]) -> Finding:
    first = places[0]
    put = _put(own, word)
    return Finding(
        first.whole,
        f"本单位是“{own.name}”，这里自称“{first.text}”" + (f"，应为“{first.text[0]}{put}”" if put else ""),
        f"The body is “{own.name}”, but speaks of itself as “{first.text}”"
        + (f", it should be “{first.text[0]}{put}”" if put else ""),
        None,
        (
            *(Related(text.whole, "同样写法", "The same again") for text in places[1:]),
            Related(own.text.whole, f"本单位是“{own.name}”", f"The body is “{own.name}”"),
        ),
        Fix(tuple(Edit(text.whole, text.text[0] + put) for text in places)) if put else None,
    )


def _kind(own: Body) -> str:
    """The word for bodies of this kind, empty where the name does not tell."""
    name = _bare(own)
    return next((word for word, ending in _KINDS.items() if re.search(rf"(?:{ending})$", name)), "")


def _bare(own: Body) -> str:
    """The body's name without what stands in brackets behind it (本级)."""
    return re.sub(r"[（(][^（）()]*[)）]$", "", own.name)


def _fits(own: Body, word: str) -> bool:
    """Whether a word may stand for the body or for a place that its name tells; so it may where the name tells neither."""
    name = _bare(own)
    if word in _PLACES:
        return word in own.name or not own.places or (own.level == "市" and not re.search(_OF_THE_CITY, name))
    if not (_kind(own) or re.search(_NO_KIND, name)):
        return True
    return word in _KINDS and re.search(rf"(?:{_KINDS[word]})$", name) is not None


def _put(own: Body, word: str) -> str:
    """What should stand there, empty where that is not certain."""
    if word in _PLACES:
        return own.level if own.level in ("区", "县", "市", "旗") else ""
    return _kind(own)


def _has_other_name(document: Document) -> bool:
    return bool(passages_with(document, _OTHER_NAME, _OF_OTHER_NAMES))


def _has_subordinate(document: Document, own: Body, word: str) -> bool:
    """Whether the report names bodies of that kind as its own, so that the words may be theirs."""
    if word in ("局", "委", "厅") and _kind(own) in ("中心", "馆", "院", "校"):
        return False
    for passage in passages(document):
        raw = passage.text.text.strip()
        if raw == own.name or word not in raw:
            continue
        if len(raw) <= _LONGEST_NAME and raw.endswith(word):
            return True
        if any(word in raw[match.end() : match.end() + 120] for match in re.finditer(_NAMES_OWN, raw)):
            return True
    return False


def _bare_names(document: Document, own: Body) -> Iterator[Finding]:
    """A 服务中心 without any word before it that tells which one, where the report names none; each once."""
    found: dict[str, list[Text]] = {}
    for _, passage, matches in passages_with(document, _BARE, ("中心",)):
        for match in matches:
            found.setdefault(match[1], []).append(passage.text.slice(*match.span(1)))
    for name, places in found.items():
        if name in own.name or _is_named(document, name):
            continue
        yield Finding(
            places[0].whole,
            f"文中没有叫“{name}”的单位，本单位是“{own.name}”，请核对",
            f"No body called “{name}” is named; the report is of “{own.name}”",
            Severity.INFO,
            (
                *(Related(text.whole, "同样写法", "The same again") for text in places[1:]),
                Related(own.text.whole, f"本单位是“{own.name}”", f"The body is “{own.name}”"),
            ),
        )


def _is_named(document: Document, name: str) -> bool:
    named = re.compile(rf"(?![为了以])[^\W\d_A-Za-z]{{2}}(?<![为以{_PARTICLES}]){name}")
    return any(name in passage.text.text and named.search(passage.text.text) for passage in passages(document))
