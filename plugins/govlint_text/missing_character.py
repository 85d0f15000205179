"""固定用语漏字

A character of a set phrase of these reports is missing.

## 说明
决算、预算报告中反复使用的固定用语漏了一个字，例如“上一年度”写成“上一度”，“财政拨款支出”写成“财政拨支出”，
“从评价情况来看”句首漏了“从”。只收录无论出现在哪里都可以肯定的漏字；
同一漏字出现多次的，合并为一条，其余位置列为相关位置。

## 依据
《党政机关公文处理工作条例》：公文表述准确，文字规范。

## 反例
```markdown
年末结余较⟦上一度⟧增加12.00万元，主要原因是项目跨年实施。
```
改为
```markdown
年末结余较上一年度增加12.00万元，主要原因是项目跨年实施。
```

```markdown
我馆组织对3个项目开展绩效自评，资金86.50万元，⟦评价情况来看⟧，项目按计划完成。
```

```markdown
2023年度⟦财政拨⟧支出决算120.00万元，比上年增加20.00万元，增长20.00%。
```

```markdown
公务接待费决算0.39万元，⟦与上年⟧下降7.6%，主要原因是来访减少。
```
改为
```markdown
公务接待费决算0.39万元，与上年相比下降7.6%，主要原因是来访减少。
```

## 正例
```markdown
年末结余较上一年度增加12.00万元，这类项目在市场上一度短缺。
```

```markdown
从绩效评价情况来看，项目按计划完成；按自评结果来看，三项指标有偏差。
```

```markdown
财政拨付资金120.00万元，比上年增加20.00万元，增长 20.00；用电量增加40.00万千瓦时，增长2倍。
```

```markdown
年初预计完成12个项目，与上年度相同；主要因人员增加，支出有所增长。
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from govlint_dictionaries import Matcher
from msgspec import Struct

from govlint import Document, Finding, Severity, Span, rule
from govlint_text._findings import together
from govlint_text._texts import places


class Dropped(Struct, frozen=True):
    """A set phrase without a character: its pattern, the whole phrase (or nothing), what is missing, examples."""

    find: str
    put: str
    missing: str
    bad: str
    good: tuple[str, ...]


@cache
def dropped_characters() -> tuple[Dropped, ...]:
    """All entries of ``missing_characters.toml``."""
    data = tomllib.loads(files(__package__).joinpath("missing_characters.toml").read_text(encoding="utf-8"))
    return tuple(Dropped(**{**entry, "good": tuple(entry["good"])}) for entry in data["dropped"])


@cache
def matcher() -> Matcher[Dropped]:
    """Finds the entries in a text."""
    return Matcher((entry.find, (), entry) for entry in dropped_characters())


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Report set phrases that lack a character, each phrase once."""
    found: dict[tuple[str, Dropped], list[Span]] = {}
    for entry, place, begin, end in places(document).entries(matcher()):
        found.setdefault((place.raw[begin:end], entry), []).append(place.span(begin, end))
    for (written, entry), spans in found.items():
        yield together(
            spans,
            f"“{written}”漏了“{entry.missing}”" + (f"，应为“{entry.put}”" if entry.put else ""),
            f"“{written}” lacks “{entry.missing}”" + (f": it should be “{entry.put}”" if entry.put else ""),
            put=entry.put or None,
        )
