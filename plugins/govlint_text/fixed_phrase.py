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
from typing import TYPE_CHECKING

from govlint_dictionaries import fixed_phrases, periods

from govlint import Document, Finding, Severity, Span, period, rule
from govlint_text._findings import together
from govlint_text._texts import chinese, places

if TYPE_CHECKING:
    from govlint_dictionaries import Variant


@rule(severity=Severity.ERROR)
def check(document: Document, *, allow: Sequence[str] = ()) -> Iterator[Finding]:
    """Report wrong variants of fixed phrases, and phrases younger than the report; those in ``allow`` pass."""
    found: dict[tuple[str, Variant], list[Span]] = {}
    for variant, occurrence in chinese(document).entries(fixed_phrases()):
        if occurrence.written not in allow:
            found.setdefault((occurrence.written, variant), []).append(occurrence.span)
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
    for term in periods():
        if not term.first or term.term in allow or int(term.first[:4]) <= reported.year + 1:
            continue
        spans = [
            place.span(at := place.raw.find(term.term), at + len(term.term))
            for place in places(document).having((term.term,))
        ]
        if spans:
            since = "年".join(part.lstrip("0") for part in term.first.split("-")) + "月"
            yield together(
                spans,
                f"“{term.term}”{since}才有，报告年度是{reported.year}年，请核对",
                f"“{term.term}” dates from {term.first}, after this report for {reported.year}",
                severity=Severity.INFO,
            )
