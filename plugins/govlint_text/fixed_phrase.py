"""固定表述不准确

A fixed phrase is nearly right: a character, the order or the quotation marks differ; or it is younger than the report.

## 说明
党和国家的固定表述应当准确、完整，漏字、错字、顺序不对的为错误，习惯上加引号的简称没有加引号的只作提示。
报告发布时还没有出现的表述（2019年度的报告中出现“党的二十大”）也作提示，多半是套用了后来的报告。

## 依据
《党政机关公文处理工作条例》第十九条；新华社新闻信息报道中的禁用词和慎用词。

## 反例
```markdown
以⟦习近平新时期中国特色社会主义思想⟧为指导，全面完成各项任务。
```
改为
```markdown
以习近平新时代中国特色社会主义思想为指导，全面完成各项任务。
```

```markdown
增强⟦四个意识⟧，坚定“四个自信”，做到“两个维护”。
```

```markdown
# 2019年度云川市文化馆部门决算

深入学习贯彻⟦党的二十大⟧精神。
```

## 正例
```markdown
以习近平新时代中国特色社会主义思想为指导，增强“四个意识”，坚定“四个自信”，做到“两个维护”。
```

```markdown
# 2022年度云川市文化馆部门决算

深入学习贯彻党的二十大精神。
```

```markdown
学习《“一带一路”建设规划》，落实“三会一课”制度。
```

```markdown
# 2020年度云川市文化馆部门决算

编制“十四五”规划，总结“十三五”规划完成情况。
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from govlint_dictionaries import fixed_phrases, periods

from govlint import Document, Finding, Severity, Span, period, rule
from govlint_text._findings import together
from govlint_text._texts import places

if TYPE_CHECKING:
    from govlint_dictionaries import Variant


@rule(severity=Severity.ERROR)
def check(document: Document, *, allow: Sequence[str] = ()) -> Iterator[Finding]:
    """Report wrong variants of fixed phrases, and phrases younger than the report; those in ``allow`` pass."""
    found: dict[tuple[str, Variant], list[Span]] = {}
    for variant, place, begin, end in places(document).entries(fixed_phrases()):
        written = place.raw[begin:end]
        if written not in allow:
            found.setdefault((written, variant), []).append(place.span(begin, end))
    for (written, variant), spans in found.items():
        yield together(
            spans,
            f"“{written}”应为“{variant.put or variant.right}”：{variant.reason}",
            f"“{written}” should be “{variant.put or variant.right}”",
            severity=Severity(variant.severity),
            put=variant.put or None,
        )
    yield from _too_young(document, allow)


def _too_young(document: Document, allow: Sequence[str]) -> Iterator[Finding]:
    """Terms that came up after the report was published, which is taken to be by the end of the year after its own."""
    reported = period(document)
    if reported is None:
        return
    found: dict[str, list[Span]] = {}
    for place, terms in places(document).read(_dated_terms, _all_dated_terms()):
        for term, at in terms:
            found.setdefault(term, []).append(place.span(at, at + len(term)))
    for dated in periods():
        if dated.term not in found or dated.term in allow or int(dated.first[:4]) <= reported.year + 1:
            continue
        since = "年".join(part.lstrip("0") for part in dated.first.split("-")) + "月"
        yield together(
            found[dated.term],
            f"“{dated.term}”{since}才有，报告年度是{reported.year}年，请核对",
            f"“{dated.term}” dates from {dated.first}, after this report for {reported.year}",
            severity=Severity.INFO,
        )


def _dated_terms(raw: str) -> list[tuple[str, int]]:
    """The terms of which it is known when they came up, each where it stands first."""
    return [(each.term, at) for each in periods() if each.first and (at := raw.find(each.term)) >= 0]


@cache
def _all_dated_terms() -> tuple[str, ...]:
    return tuple(each.term for each in periods() if each.first)
