"""名称的大小写

A known name in Latin letters is cased otherwise than it is written: IPV6 for IPv6.

## 说明
有固定写法的技术名称和计量单位，大小写应与通行写法一致，例如“IPv6”“Wi-Fi”“kW·h”。同一名称写错多处的合并为一条。
网址、邮箱、文件名和整句外文中的不检查；计量单位只检查紧跟在数字后面的。不想检查的写法列入选项 `allow`。

## 依据
GB/T 15835、GB 3100 的单位符号，以及相应技术标准中的名称写法。

## 反例
```markdown
完成政务外网⟦IPV6⟧改造，全部网站支持IPV6访问。
```
改为
```markdown
完成政务外网IPv6改造，全部网站支持IPv6访问。
```

```markdown
| 项目 | 内容 |
|---|---|
| 线路 | 开通⟦5g⟧专线2条 |
```

```markdown
全年用电减少1200⟦KWH⟧，新增设备功率30千瓦。
```

## 正例
```markdown
完成政务外网IPv6改造，开通5G专线2条，全年用电减少1200kW·h。
```

```markdown
详见http://www.example.gov.cn/IPV6/index.html，或者下载IPV6.pdf。
```

```markdown
采购KW系列水泵3台，车辆型号为DK5g型。
```

```markdown allow=["IPV6"]
“IPV6”是本项目合同中的写法。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from govlint_dictionaries import Casing, casing

from govlint import Document, Finding, Severity, Span, rule
from govlint_text._findings import together
from govlint_text._texts import has_chinese, places

_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9](?:[A-Za-z0-9.+/·-]*[A-Za-z0-9+])?")
_NUMBER = re.compile(r"[0-9][0-9.,]*")
_NUMBER_BEFORE = re.compile(r"[0-9]\s?$")
_PART = re.compile(r"[^/]+")
_LATIN_AROUND = re.compile(r"[A-Za-z]\s$"), re.compile(r"\s[A-Za-z]")


@rule(severity=Severity.WARNING)
def check(document: Document, *, allow: Sequence[str] = ()) -> Iterator[Finding]:
    """Report each wrongly cased name once, with all its places; those in ``allow`` pass."""
    found: dict[str, list[Span]] = {}
    known = casing()
    for place, names in places(document).by_words().read(_names, "[A-Za-z]"):
        for begin, end in names:
            name = place.words[begin:end]
            if name not in allow:
                found.setdefault(name, []).append(place.text.span(begin, end))
    for name, spans in found.items():
        entry = known[name]
        yield together(
            spans,
            f"“{name}”的通行写法是“{entry.right}”",
            f"“{name}” is written “{entry.right}”",
            severity=Severity(entry.severity),
            put=entry.right,
            safe=entry.severity == "warning",
        )


def _names(raw: str) -> list[tuple[int, int]]:
    """The places of wrongly cased names in a text with Chinese."""
    known = casing()
    found = []
    for begin, end in _candidates(raw, known) if has_chinese(raw) else ():
        name, entry = raw[begin:end], known[raw[begin:end]]
        if not raw.startswith(entry.next, end) or (entry.after_number and not _NUMBER_BEFORE.search(raw[:begin][-2:])):
            continue
        if name.isalpha() and (_LATIN_AROUND[0].search(raw[:begin][-2:]) or _LATIN_AROUND[1].match(raw, end)):
            continue
        found.append((begin, end))
    return found


def _candidates(raw: str, known: Mapping[str, Casing]) -> Iterator[tuple[int, int]]:
    """The places of names that are known to be wrongly cased: whole tokens, parts between slashes, units behind their number."""
    for match in _TOKEN.finditer(raw):
        token, at = match[0], match.start()
        if token in known:
            yield match.span()
        elif (number := _NUMBER.match(token)) and (unit := known.get(token[number.end() :])) and unit.after_number:
            yield at + number.end(), match.end()
        elif "/" in token:
            for part in _PART.finditer(token):
                if part[0] in known:
                    yield at + part.start(), at + part.end()
