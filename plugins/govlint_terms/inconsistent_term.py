"""同一事物前后名称不一

One thing is called by two names in one sentence or in items that run parallel.

## 说明

三种情形：

1. 完成率的基数换了名称：一句话里只给出一种预算数（如“调整预算为……”），后面却说“完成年初预算的……”，而百分比正是按给出的那种预算算出来的。
2. 并列条目的小标题，多数以同样的词结尾，有一条字相同而次序不同（“项目绩效自评综述”和“绩效项目自评综述”）。
3. 一段话里用同一编号提到的文件，名称不同（“3号建议”和“3号提案”）。

只说“完成预算的”、同时给出几种预算数的，都不报告。

## 依据

《党政机关公文格式》（GB/T 9704）和公文处理的一般要求：用词准确、前后一致。

## 反例

```markdown
2023年度部门决算情况说明

3. 卫生健康支出(类)。调整预算为41.34万元，支出决算为40.21万元，⟦完成年初预算⟧的97.27%。
```
改为
```markdown
2023年度部门决算情况说明

3. 卫生健康支出(类)。调整预算为41.34万元，支出决算为40.21万元，完成调整预算的97.27%。
```

```markdown
2023年度部门决算情况说明

1. 平台运行维护项目绩效自评综述：项目全年预算数为80万元，执行数为80万元。

2. 机房改造⟦绩效项目自评综述⟧：项目全年预算数为30万元，执行数为30万元。

3. 人员培训项目绩效自评综述：项目全年预算数为10万元，执行数为10万元。
```

```markdown
我中心承办区政协3号建议案，制定了工作方案，完成了《关于⟦3号提案⟧办理情况的报告》。
```

## 正例

```markdown
2023年度部门决算情况说明

3. 卫生健康支出(类)。年初预算为40.00万元，调整预算为41.34万元，支出决算为40.21万元，完成年初预算的100.53%。
```

```markdown
2023年度部门决算情况说明

3. 卫生健康支出(类)。调整预算数为41.34万元，支出决算为40.21万元，完成预算的97.27%。
```

```markdown
2023年度部门决算情况说明

1. 项目支出情况：执行数为80万元。

2. 支出项目情况：共有3个项目。

3. 其他情况：无。
```

```markdown
2023年度部门决算情况说明

3. 卫生健康支出(类)。调整预算为50.00万元，支出决算为40.00万元，完成年初预算的95.24%。
```

```markdown
我中心承办区政协3号提案和5号建议，办理了人大代表3号建议，均已答复。
```
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from govlint import (
    Document,
    Edit,
    Finding,
    Fix,
    Passage,
    Related,
    Severity,
    Text,
    kept_for_paragraphs,
    passages,
    passages_with,
    read_ordinal,
    rule,
    sentences,
)

_BASES = "年初|调整后?|全年"
_BASE = rf"({_BASES})预算(?:数|总额|金额)?\s{{0,4}}(?:[为是：:]|安排)?\s{{0,4}}(\d[\d,]*(?:\.\d+)?)"
_NAMED = rf"({_BASES})预算"
_COMPLETED = re.compile(rf"完成\s{{0,2}}(?:了\s{{0,2}})?({_BASES})预算(?=数?\s{{0,2}}的?\s{{0,2}}\d)")
_SPENT = r"(?:决算|执行)(?:数|金额)?\s{0,4}(?:[为是：:])?\s{0,4}(\d[\d,]*(?:\.\d+)?)"
_PERCENT = r"数?\s{0,2}的?\s{0,2}(\d+(?:\.\d+)?)\s?[%％]"
_SLACK = Decimal("0.02")
_NUMBERED = r"(?<!\d)(?:第\s{0,2})?(\d{1,4})\s{0,2}号\s{0,2}(建议案|提案|议案|建议)"
_CHINESE = r"[^\W\d_A-Za-z]+"
_SHORTEST = 5
_LONGEST = 30


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Report bases of rates, endings of parallel labels, and names behind a number that differ."""
    yield from _bases(document)
    yield from _labels(document)
    for _, passage, matches in passages_with(document, _NUMBERED, ("号",)):
        yield from _numbered(passage.text, matches)


# --- Bases of rates ---------------------------------------------------------------------------------------------------


class _Rate(Struct, frozen=True):
    """A rate that names another budget than its sentence: the two places."""

    text: Text
    at: Text


def _bases(document: Document) -> Iterator[Finding]:
    found: dict[tuple[str, str], list[_Rate]] = {}
    for sentence in sentences(document):
        if "完成" in sentence.text.text and (read := _rate(sentence.text.text)):
            base, given, words, at = read
            rate = _Rate(sentence.text.slice(*words), sentence.text.slice(*at))
            found.setdefault((base, given), []).append(rate)
    for (base, given), rates in found.items():
        first = rates[0]
        yield Finding(
            first.text.whole,
            f"前面给出的是“{given}预算”，这里却说“完成{base}预算”，应为“完成{given}预算”",
            f"The budget given is “{given}预算”, but the rate is said to be of “{base}预算”",
            None,
            (
                Related(first.at.whole, f"给出的是“{given}预算”", "The budget that is given"),
                *(Related(rate.text.whole, "同样情形", "The same again") for rate in rates[1:]),
            ),
            Fix(tuple(Edit(rate.text.whole, f"完成{given}预算") for rate in rates)),
        )


@kept_for_paragraphs
def _rate(raw: str) -> tuple[str, str, tuple[int, int], tuple[int, int]] | None:
    """Of a sentence whose rate is said to be of another budget than the one it gives: the two names and their places."""
    given = list(re.finditer(_BASE, raw))
    if len({match[1][:2] for match in given}) != 1:
        return None
    rates = list(_COMPLETED.finditer(raw))
    if len(rates) != 1 or rates[0].start() < given[0].start() or rates[0][1][:2] == given[0][1][:2]:
        return None
    if not _is_rate_of(raw, given[0], rates[0]):
        return None
    elsewhere = [match for match in re.finditer(_NAMED, raw) if match[1] == rates[0][1]]
    if len(elsewhere) != 1:
        return None
    return rates[0][1], given[0][1], rates[0].span(), (given[0].start(), given[0].end(1) + len("预算"))


def _is_rate_of(raw: str, given: re.Match[str], rate: re.Match[str]) -> bool:
    """Whether the rate is that of the spending to the budget given: of another budget it may rightly have its name."""
    spent = re.search(_SPENT, raw[given.end() : rate.start()])
    percent = re.match(_PERCENT, raw[rate.end() :])
    base = _value(given[2])
    if spent is None or percent is None or not base:
        return False
    return abs(_value(spent[1]) / base * 100 - _value(percent[1])) <= _SLACK


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


# --- Labels of parallel items -----------------------------------------------------------------------------------------


def _labels(document: Document) -> Iterator[Finding]:
    series: dict[tuple[object, str], list[Text]] = {}
    for passage in passages(document):
        if passage.role in ("prose", "heading") and (label := _label(passage.text.text)):
            kind, begin, end, whole = label
            if whole and passage.role != "heading":
                continue
            parent = passage.sections[-1].block if passage.sections and passage.role == "prose" else _above(passage)
            series.setdefault((parent, kind), []).append(passage.text.slice(begin, end).strip())
    for labels in series.values():
        if len(labels) >= 3:
            yield from _out_of_order(labels)


def _above(passage: Passage) -> int:
    return passage.sections[-2].block if len(passage.sections) > 1 else -1


@kept_for_paragraphs
def _label(raw: str) -> tuple[str, int, int, bool] | None:
    """The words of an item before its colon, or all if it is a heading: kind of ordinal, begin, end, whether it is all."""
    ordinal = read_ordinal(raw)
    if ordinal.kind == "none":
        return None
    ends = [at for mark in "：:。，" if (at := raw.find(mark, ordinal.end, ordinal.end + _LONGEST)) >= 0]
    end = min(ends, default=len(raw))
    if end > ordinal.end + _LONGEST or (ends and raw[end] not in "：:"):
        return None
    return ordinal.kind, ordinal.end, end, not ends


def _out_of_order(labels: Sequence[Text]) -> Iterator[Finding]:
    """The labels that end in the letters that most end in, but in another order."""
    shortest = Counter(label.text[-_SHORTEST:] for label in labels)
    if max(shortest.values()) * 2 <= len(labels):  # no longer ending is more common
        return
    for length in range(12, _SHORTEST - 1, -1):
        endings = Counter(label.text[-length:] for label in labels if len(label) >= length)
        if not endings:
            continue
        common, count = endings.most_common(1)[0]
        if count < 2 or count * 2 <= len(labels) or not re.fullmatch(_CHINESE, common):
            continue
        odd = [
            label
            for label in labels
            if label.text[-length:] != common and sorted(label.text[-length:]) == sorted(common)
        ]
        if not odd:
            continue
        usual = [label for label in labels if label.text.endswith(common)]
        for label in odd:
            begin = len(label) - length
            while label.text[begin] == common[begin - len(label) + length]:
                begin += 1
            words = label.slice(begin, len(label))
            put = common[begin - len(label) + length :]
            yield Finding(
                words.whole,
                f"“{words.text}”与并列各条的“{put}”词序不同",
                f"“{words.text}” has another order of words than the parallel items, “{put}”",
                Severity.WARNING,
                tuple(Related(other.whole, "并列的条目", "A parallel item") for other in usual[:3]),
                Fix.replace(words.whole, put),
            )
        return


# --- Names behind a number --------------------------------------------------------------------------------------------


def _numbered(text: Text, matches: Sequence[re.Match[str]]) -> Iterator[Finding]:
    first: dict[str, re.Match[str]] = {}
    counts = Counter(match[1] for match in matches)
    for match in matches:
        before = first.setdefault(match[1], match)
        if before[2] != match[2] and counts[match[1]] == 2 and not _apart(text.text, before, match):
            words = text.slice(match.start(1), match.end())
            yield Finding(
                words.whole,
                f"同一段里前面称“{match[1]}号{before[2]}”，这里称“{match[1]}号{match[2]}”，请核对是否同一文件",
                f"Called “{match[1]}号{before[2]}” before and “{match[1]}号{match[2]}” here",
                Severity.WARNING,
                (Related(text.slice(before.start(1), before.end()).whole, "前面的名称", "The name before"),),
            )


_OTHERS = r"人大|政协"


def _apart(raw: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether the two belong to different assemblies (人大, 政协)."""
    before = re.findall(_OTHERS, raw[max(0, one.start() - 20) : one.start()])
    after = re.findall(_OTHERS, raw[max(one.end(), other.start() - 20) : other.start()])
    return bool(before and after) and before[-1] != after[-1]
