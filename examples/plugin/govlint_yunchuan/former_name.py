"""使用了已变更的名称

A report uses a name that was given up before its year.

## 说明

报告年度之后仍使用变更前的行政区划或机构名称。书名号内的文件名称和“原青禾县”这样说明沿革的写法不报告。

## 依据

示例规则：名称和变更年份见本插件的 `former_names.toml`。

## 反例

```markdown
# 2023年度云川市青禾区档案馆部门决算

我馆承担⟦青禾县⟧档案的收集、整理和利用工作。
```
改为
```markdown
# 2023年度云川市青禾区档案馆部门决算

我馆承担青禾区档案的收集、整理和利用工作。
```

## 正例

```markdown
# 2018年度云川市青禾县档案馆部门决算

我馆承担青禾县档案的收集、整理和利用工作。
```

```markdown
# 2023年度云川市青禾区档案馆部门决算

我馆馆藏包括原青禾县各部门移交的档案。
```

```markdown
# 2023年度云川市青禾区档案馆部门决算

依据《青禾县档案管理办法》开展工作。
```
"""

import re
from collections.abc import Iterator, Sequence

from govlint import Document, Finding, Fix, Severity, passages, period, rule
from govlint_yunchuan.names import former_names

_TITLE_OF_DOCUMENT = re.compile(r"《[^《》]*》")


@rule(severity=Severity.WARNING)
def check(document: Document, *, allow: Sequence[str] = ()) -> Iterator[Finding]:
    """Report names that were given up before the report's year; those in ``allow`` pass."""
    reported = period(document)
    if reported is None:
        return
    gone = [name for name in former_names() if name.since <= reported.year and name.former not in allow]
    for passage in passages(document):
        text = passage.text.text
        quoted = [match.span() for match in _TITLE_OF_DOCUMENT.finditer(text)]
        for name in gone:
            for match in re.finditer(rf"(?<!原){re.escape(name.former)}", text):
                if any(begin <= match.start() < end for begin, end in quoted):
                    continue
                span = passage.text.span(*match.span())
                yield Finding(
                    span,
                    f"“{name.former}”自{name.since}年起为“{name.present}”",
                    f"“{name.former}” has been “{name.present}” since {name.since}",
                    fix=Fix.replace(span, name.present),
                )
