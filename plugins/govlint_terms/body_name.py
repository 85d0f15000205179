"""本单位名称写得不一致

The body that reports is called by a name that is nearly, but not quite its own.

## 说明

单位名称以封面、目录、标题和表头用得最多的写法为准。正文、标题、表头里区划相同、名称只差一个字的写法报告为警告
（“规划与自然资源局”和“规划和自然资源局”，漏字、多字、错字）。同一种写法只报告一次。

下属单位、简称（“本中心”“区数据中心”）、以序数或方位相区别的单位不报告；写成了别的单位、丢了区县名称的，由 `structure/other-body` 报告。

## 依据

《党政机关公文格式》（GB/T 9704）7.3.1：发文机关使用全称或者规范化简称；《中华人民共和国政府信息公开条例》第六条：及时、准确地公开政府信息。

## 反例

```markdown
# 云川市青禾区规划和自然资源局2023年度部门决算

云川市青禾区规划和自然资源局2023年度收入合计10.00万元。

2023年，⟦云川市青禾区规划与自然资源局⟧保有车辆0辆。
```
改为
```markdown
# 云川市青禾区规划和自然资源局2023年度部门决算

云川市青禾区规划和自然资源局2023年度收入合计10.00万元。

2023年，云川市青禾区规划和自然资源局保有车辆0辆。
```

```markdown
# 云川市青禾区发展和改革委员会2023年度部门决算

截至2023年12月31日，⟦云川市青禾区发展改革委员会⟧共有车辆2辆。
```

## 正例

```markdown
# 云川市青禾区规划和自然资源局2023年度部门决算

纳入编制范围的单位：云川市青禾区规划和自然资源局执法大队、云川市青禾区规划资源事务中心。
业务上接受云川市规划和自然资源局指导，区规划局配合市规划资源局工作。
```

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

区数据服务中心会同区政务服务中心、云川市数据服务中心开展工作，本中心负责运行维护。
```

```markdown
# 云川市青禾区第一中学2023年度部门决算

与云川市青禾区第二中学、云川市青禾区第一小学共建课程。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint_dictionaries.subjects import nearness

from govlint import Body, Document, Edit, Finding, Fix, Passage, Related, Severity, Text, body, passages, rule

_SHORTEST = 5
_LONG = 7
_JOINED = ("和", "与", "及")
_DISTINCT = re.compile(r"[一二三四五六七八九十百第东西南北中上下老新大小\d]")


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report each wrong form of the name once, with the other places where it stands."""
    own = body(document)
    if own is None or not own.places:
        return
    core = own.name[len("".join(own.places)) :] if own.name.startswith("".join(own.places)) else ""
    if len(core) < 3:
        return
    found: dict[str, list[Text]] = {}
    for passage in passages(document):
        for text in _misspelt(passage, own, core):
            found.setdefault("".join(text.text.split()), []).append(text)
    for name, places in found.items():
        yield Finding(
            places[0].whole,
            f"本单位名称是“{own.name}”，这里写作“{name}”",
            f"The body is called “{own.name}”, here “{name}”",
            None,
            (
                *(Related(text.whole, "同样写法", "The same again") for text in places[1:]),
                Related(own.text.whole, f"多处写作“{own.name}”", "The name as it is written elsewhere"),
            ),
            Fix(tuple(Edit(text.whole, own.name) for text in places)) if name.startswith(own.places[0]) else None,
        )


def _misspelt(passage: Passage, own: Body, core: str) -> Iterator[Text]:
    """Names behind the body's own place that are nearly its own."""
    if len(core) < _SHORTEST or passage.role == "cell":
        return
    raw = passage.text.text
    last = own.places[-1]
    at = raw.find(last)
    while at >= 0:
        begin = at + len(last)
        end = _end_of_variant(raw, begin, core)
        if end:
            yield passage.text.slice(_begin_of_places(raw, at, own), end)
        at = raw.find(last, begin)


def _end_of_variant(raw: str, begin: int, core: str) -> int:
    """Where a name ends that differs from ``core`` in a letter or two, 0 where there is none."""
    if raw.startswith(core, begin):
        return 0
    window = raw[begin : begin + 2 * len(core)]
    letters = "".join(window.split())
    if letters.startswith(core):
        return 0
    for length in (len(core), len(core) + 1, len(core) - 1):
        name = letters[:length]
        if len(name) == length and name[-1] == core[-1] and _is_slip(name, core):
            return begin + _written_length(window, length)
    return 0


def _written_length(window: str, length: int) -> int:
    count = 0
    for at, character in enumerate(window):
        count += not character.isspace()
        if count == length:
            return at + 1
    return len(window)


def _is_slip(name: str, core: str) -> bool:
    """Whether one letter differs, is missing or too many, and not one that tells bodies apart."""
    prefix = 0
    while prefix < min(len(name), len(core)) and name[prefix] == core[prefix]:
        prefix += 1
    suffix = 0
    while suffix < min(len(name), len(core)) - prefix and name[-1 - suffix] == core[-1 - suffix]:
        suffix += 1
    here, there = name[prefix : len(name) - suffix], core[prefix : len(core) - suffix]
    if len(here) > 1 or len(there) > 1:
        return False
    if {here, there} <= set(_JOINED):
        return True
    if here and there and len(core) < _LONG:
        return False
    return prefix > 0 and not _DISTINCT.search(here + there) and nearness(name, core) >= 0.8


def _begin_of_places(raw: str, at: int, own: Body) -> int:
    """Where the names of places before the last one begin."""
    for place in reversed(own.places[:-1]):
        before = raw[:at].rstrip()
        if not before.endswith(place):
            break
        at = len(before) - len(place)
    return at
