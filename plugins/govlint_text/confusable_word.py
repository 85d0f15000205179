"""错别字和易混词

A word written with the wrong character, or a word taken for another.

## 说明
收录这类报告中常见的错别字、易混词和不规范词形，例如“拔款”（拨款）、“帐户”（账户）、“必须品”（必需品）。
每个词条都带有成立的条件和例外，跨词的巧合（“给予警告”）不报告；错误和警告之外的推荐词形只作提示。
同一个错词出现多处的合并为一条。不想检查的词列入选项 `allow`，自己的错词表写进选项 `extra`（错词 = 正词）。

## 依据
《现代汉语词典》；《第一批异形词整理表》；《党政机关公文处理工作条例》第十九条。

## 反例
```markdown
财政⟦拔款⟧收入120.00万元，其余拔款用于维修。
```
改为
```markdown
财政拨款收入120.00万元，其余拨款用于维修。
```

```markdown
| 项目 | 内容 |
|---|---|
| 资产 | 生活⟦必须品⟧采购 |
```

```markdown extra={"青禾河"="清禾河"}
完成⟦青禾河⟧治理。
```

## 正例
```markdown
对违规行为给予警告，配合做好保护土地工作，万一但书条款适用，另行说明。
```

```markdown
各类一体话机、个入口和提高拔高训练均已完成，必须品尝合格后再供应。
```

```markdown
《云川市其它资金管理办法》自2019年起施行。
```

```markdown allow=["其它"]
其它支出2.00万元。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from govlint_dictionaries import Confusable, Matcher, confusables

from govlint import Document, Finding, Severity, Span, rule
from govlint_text._findings import together
from govlint_text._texts import places
from govlint_text._vocabulary import LONGEST, field_words

_TITLE = re.compile(r"《[^《》]{1,100}》")
_TOLD_ELSEWHERE = frozenset({"时间用“截至”"})


@rule(severity=Severity.ERROR)
def check(document: Document, *, allow: Sequence[str] = (), extra: Mapping[str, str] = {}) -> Iterator[Finding]:
    """Report each wrong word once with all its places: those of the dictionary and of ``extra``, but not ``allow``."""
    texts, own = places(document), _own(tuple(extra.items()))
    found: dict[tuple[str, Confusable], list[Span]] = {}
    for entry, place, begin, end in chain(texts.entries(own) if extra else (), texts.entries(confusables())):
        written = place.raw[begin:end]
        if entry.group in _TOLD_ELSEWHERE or written in allow or entry.wrong in allow:
            continue
        if entry.severity != "error" and _in_title(place.raw, begin):
            continue
        if entry.group and _is_across_words(place.raw, begin, end, field_words(document)):
            continue
        found.setdefault((written, entry), []).append(place.text.span(begin, end))
    for (written, entry), spans in found.items():
        right = f"，应为“{entry.right}”" if entry.right else ""
        yield together(
            spans,
            f"“{written}”{right}：{entry.reason}" if entry.reason else f"“{written}”{right}",
            f"“{written}” should be “{entry.right}”" if entry.right else f"“{written}” is wrong here",
            severity=Severity(entry.severity),
            put=entry.right or None,
            safe=entry.severity == "error" and entry.confidence == "high",
        )


@lru_cache(maxsize=8)
def _own(extra: tuple[tuple[str, str], ...]) -> Matcher[Confusable]:
    """Finds the words of the user's configuration."""
    return Matcher(
        (wrong, (), Confusable(wrong, right, re.escape(wrong), (), "error", "medium", "", "", wrong, ()))
        for wrong, right in extra
    )


def _in_title(raw: str, at: int) -> bool:
    return any(match.start() < at < match.end() for match in _TITLE.finditer(raw))


def _is_across_words(raw: str, begin: int, end: int, known: frozenset[str]) -> bool:
    """Whether what was found is no word: part of a longer known word, or the end of one and the beginning of another."""
    before = range(max(begin - LONGEST + 1, 0), begin)
    after = range(end + 1, min(end + LONGEST, len(raw)) + 1)
    if any(raw[at:stop] in known for at in (*before, begin) for stop in (end, *after) if stop - at > end - begin):
        return True
    return any(
        any(raw[at:middle] in known for at in before) and any(raw[middle:stop] in known for stop in after)
        for middle in range(begin + 1, end)
    )
