"""年度与报告年度不符

Another year stands where the report's own year belongs, or the report's own year where the year before belongs.

## 说明

报告年度从标题读取；标题与多数表格标题、部分标题不一致时，以多数为准。报告：

- 标题、部分标题、表格标题和目录中说明决算、预算、报告的年度不是报告年度；
- 决算中“截至××年12月31日”的资产、车辆、人员情况不是报告年度末；
- 正文以“××年度收入合计……”开头的句子是其他年度，句中又没有与报告年度比较；
- “与××年度相比”的年度就是报告年度（年初预算、调整预算除外），或者与报告中其他各处的比较年度不同；
- 政府信息公开年度报告所说的统计期间不是报告年度。

与上年的比较、下一年的计划、书名号中的文件、发布日期等其他年度是正常的，不报告。

## 依据

《中华人民共和国预算法》关于决算、预算按预算年度编制和公开的规定；《中华人民共和国政府信息公开条例》关于年度报告的规定。

## 反例

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 第一部分 云川市青禾区文化馆概况

云川市青禾区文化馆负责群众文化活动。

## 第二部分 云川市青禾区文化馆⟦2022年⟧度部门决算表

决算表见附件。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、国有资产占用情况说明

截至⟦2022年⟧12月31日，云川市青禾区文化馆共有车辆1辆。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、收入决算情况说明

⟦2022年⟧度收入合计12.00万元，其中：财政拨款收入12.00万元。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、收入决算情况说明

2023年度收入合计12.00万元。与⟦2023年⟧度相比，收入增加1.00万元，增长9.09%。
```

```markdown
# 云川市青禾区人民政府2024年政府信息公开工作年度报告

## 一、总体情况

本报告所列数据的统计期限自⟦2023年⟧1月1日起，至⟦2023年⟧12月31日止。
```

```markdown
# 云川市青禾区人民政府2024年政府信息公开工作年度报告

## 一、总体情况

⟦2023年⟧，云川市青禾区人民政府推进政府信息公开。
```

```markdown
# 云川市青禾区文化馆2024年部门预算

## 一、一般公共预算基本支出预算情况说明

云川市青禾区文化馆⟦2023年⟧度一般公共预算基本支出预算12.00万元，其中：人员经费10.00万元，公用经费2.00万元。
```

## 正例

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 一、收入决算情况说明

2023年度收入合计12.00万元。与2022年度相比，收入增加1.00万元，增长9.09%，主要原因是2022年度结转资金在本年使用。

## 二、支出决算情况说明

根据《云川市2021—2025年公共文化服务规划》开展工作，比2023年度年初预算增加1.00万元。
```

```markdown
# 云川市青禾区文化馆2024年部门预算

## 一、国有资产占用情况

截至2023年12月31日，云川市青禾区文化馆共有车辆1辆。

## 二、预算编制说明

2023年预算执行数为10.00万元，2024年预算安排11.00万元，比2023年预算执行数增加10.00%。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

2024年8月20日

## 一、2023年工作总结和2024年工作计划

2024年，云川市青禾区文化馆将新建两个分馆。
```

```markdown
# 云川市青禾区文化馆2023年政府信息公开工作年度报告

## 一、总体情况

2023年，云川市青禾区文化馆主动公开政府信息86条。

## 五、存在的主要问题及改进情况

公开渠道较为单一。2024年，云川市青禾区文化馆将拓展公开渠道。
```
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct

from govlint import (
    Document,
    Finding,
    Passage,
    Related,
    Severity,
    Text,
    kept_for_paragraphs,
    layout,
    passages,
    period,
    report_kind,
    rule,
    sentences,
    statements,
    title,
)

_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*年")
_OWN_THING = re.compile(r"度?\s*[^，。；]{0,40}?(?:决算|预算|政府信息公开|年度报告|工作(?:任务)?(?:完成|开展)情况)")
_OF_ANOTHER_YEAR = re.compile(r"执行|计划|结转|审计|整改|上年|往年|历年|对比|比较")
_DONE = re.compile(r"决算|工作")
_RANGE = r"\d\s*年?\s*[-—–~～至到、和与及]\s*$"
_COMPARED = re.compile(r"(?:与|同|比|较|相比|对比|和)\s*$")
_END_OF_YEAR = r"截[至止]到?\s*(?P<whole>(?P<year>20\d{2})\s*年)\s*(?:12\s*月\s*31\s*日|(?:年\s*)?[末底])"
_HOLDINGS = r"车辆|用车|设备|固定资产|保有量|在职|在编|编制人数|实有人数|离退休|资产总额"
_COMPARISON = re.compile(
    r"(?<![占对])(?:与|同|比|较)\s*(?P<whole>(?P<year>20\d{2})\s*年)\s*度?\s*(?P<what>相比|同期|持平|(?:支出|收入|部门|本级)?决算|(?:部门|当年)?预算|执行|增|减|上升|下降)?"
)
_OPENING = re.compile(
    r"\s*(?:[^\W\da-zA-Z_]{2,30}?(?:局|委|办|办公室|办事处|中心|院|馆|校|厅|所|站|队|会|部|政府|部门|单位))?(?P<whole>(?P<year>20\d{2})\s*年)\s*度?\s*"
    r"(?:[^，。；：\d]{0,20}(?:局|委|办|办公室|办事处|中心|院|馆|校|厅|所|站|队|会|政府|部门|单位))?(?:的)?"
    r"(?:一般公共预算|政府性基金|国有资本经营|财政拨款|收入|支出|收、支|收支|机关运行经费|政府采购|“三公”|三公)"
    r"[^，。；：]{0,40}?[\d,，.]+\s*(?:万元|元|亿元)"
)
_STATISTICS = r"(?P<whole>(?P<year>20\d{2})\s*年)\s*1\s*月\s*1\s*日\s*起?\s*[，,]?\s*(?:至|到|-|—|～)\s*(?:(?P<whole2>(?P<year2>20\d{2})\s*年)\s*)?12\s*月\s*31\s*日"
_IN_THE_YEAR = r"\s*(?P<whole>(?P<year>20\d{2})\s*年)\s*度?\s*[，,]"
_PLANNED = r"将|拟|计划|下一步|力争|继续|进一步"
_OPENING_PASSAGES = 3
_TITLE_OF_DOCUMENT = re.compile(r"《[^《》]*》")
_MAJORITY = 3


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report years that are not the report's own where it belongs, and the other way round."""
    found = period(document)
    if found is None:
        return
    kind = report_kind(document)
    headed = list(_headed_years(document, kind))
    counts = Counter(year for year, _ in headed)
    year, times = counts.most_common(1)[0] if counts else (found.year, 0)
    if year != found.year and (times < _MAJORITY or 3 * times < 2 * len(headed)):
        year = found.year
    if year != found.year:
        yield Finding(
            found.text.whole,
            f"标题的年度是{found.year}年，部分标题和表格标题{times}处是{year}年",
            f"the title says {found.year}, {times} headings and captions say {year}",
        )
    odd: dict[int, list[Text]] = defaultdict(list)
    for other, text in headed:
        if other != year and text.whole != found.text.whole:
            odd[other].append(text)
    for other, texts in odd.items():
        sure = counts[year] >= _MAJORITY and len(texts) < counts[year]
        yield _wrong(texts[0], other, year, Severity.ERROR if sure else None, texts[1:])
    if kind == "annual-report":
        yield from _statistics(document, year)
        yield from _openings(document, year)
    else:
        yield from _prose(document, year, kind)


def _wrong(text: Text, other: int, year: int, severity: Severity | None = None, more: Sequence[Text] = ()) -> Finding:
    return Finding(
        text.whole,
        f"年度为{other}年，本报告的年度是{year}年",
        f"the year is {other}, the report is of {year}",
        severity,
        tuple(Related(each.whole, f"此处也是{other}年", f"{other} here too") for each in more),
    )


def _headed_years(document: Document, kind: str | None) -> Iterator[tuple[int, Text]]:
    """The years of title, headings, captions and contents that say what the report is of, and where they stand."""
    found = layout(document)
    whole = title(document)
    lines = chain(
        (whole,) if whole is not None else (),
        (entry.line for entry in found.contents),
        (heading.line for heading in (*found.headings, *found.captions)),
        (each.caption_text for each in statements(document) if each.caption_text is not None),
    )
    seen: set[int] = set()
    for line in lines:
        match = _headed_year(line.text)
        if match is None or (kind == "budget" and _DONE.search(line.text)):
            continue
        text = line.slice(*match.span())
        if text.whole.start not in seen:
            seen.add(text.whole.start)
            yield int(match["year"]), text


@kept_for_paragraphs
def _headed_year(raw: str) -> re.Match[str] | None:
    """The year that a heading says the report is of."""
    if _TITLE_OF_DOCUMENT.search(raw) or _OF_ANOTHER_YEAR.search(raw):
        return None
    years = list(_YEAR.finditer(raw))
    if len(years) != 1:
        return None
    (match,) = years
    before = raw[: match.start()]
    own = _OWN_THING.match(raw, match.end()) and not _COMPARED.search(before) and not re.search(_RANGE, before)
    return match if own else None


def _statistics(document: Document, year: int) -> Iterator[Finding]:
    """The period that an annual report says its figures are of."""
    for passage in passages(document):
        if passage.role != "prose":
            continue
        for match in re.finditer(_STATISTICS, passage.text.text):
            if _in_title(passage, match.start()):
                continue
            for group in ("", "2"):
                if match[f"year{group}"] is not None and int(match[f"year{group}"]) != year:
                    text = passage.text.slice(*match.span(f"whole{group}"))
                    yield _wrong(text, int(match[f"year{group}"]), year)


def _openings(document: Document, year: int) -> Iterator[Finding]:
    """The first sentences of an annual report, which say what was done in its year (``2024年，…``)."""
    texts = passages(document)
    first = [index for index, passage in enumerate(texts) if passage.role == "prose"][:_OPENING_PASSAGES]
    for sentence in sentences(document):
        if sentence.passage not in first:
            continue
        match = re.match(_IN_THE_YEAR, sentence.text.text)
        if match is not None and int(match["year"]) != year and str(year) not in sentence.text.text:
            if int(match["year"]) > year and re.search(_PLANNED, sentence.text.text):
                continue
            yield _wrong(sentence.text.slice(*match.span("whole")), int(match["year"]), year)
            return


def _in_title(passage: Passage, at: int) -> bool:
    return any(match.start() < at < match.end() for match in _TITLE_OF_DOCUMENT.finditer(passage.text.text))


class _Said(Struct, frozen=True):
    """The years of a sentence: at whose ends something was so, which it begins with, which it compares with what of."""

    ends: Sequence[re.Match[str]]
    opening: re.Match[str] | None
    compared: Sequence[re.Match[str]]


@kept_for_paragraphs
def _said(raw: str) -> _Said | None:
    """The years of a sentence outside titles of documents."""
    if "年" not in raw or "20" not in raw:
        return None
    quoted = [match.span() for match in _TITLE_OF_DOCUMENT.finditer(raw)] if "《" in raw else []

    def outside(match: re.Match[str]) -> bool:
        return not any(begin <= match.start() < end for begin, end in quoted)

    ends = [*filter(outside, re.finditer(_END_OF_YEAR, raw))]
    compared = [match for match in filter(outside, _COMPARISON.finditer(raw)) if match["what"]]
    opening = _OPENING.match(raw)
    return _Said(ends, opening, compared) if ends or opening or compared else None


def _prose(document: Document, year: int, kind: str | None) -> Iterator[Finding]:
    texts = passages(document)
    bases: list[tuple[int, Text]] = []
    own = str(year)
    for sentence in sentences(document):
        raw = sentence.text.text
        if texts[sentence.passage].role not in ("prose", "cell") or not (said := _said(raw)):
            continue
        if kind == "final-accounts":
            for match in said.ends:
                if int(match["year"]) != year and own not in raw and re.search(_HOLDINGS, raw):
                    yield _wrong(sentence.text.slice(*match.span("whole")), int(match["year"]), year)
        opening = said.opening if kind in ("final-accounts", "budget") else None
        if opening is not None and int(opening["year"]) != year and own not in raw and "本年" not in raw:
            of_it = opening[0].partition("年")[2]
            if kind == "final-accounts" or ("预算" in of_it and not _OF_ANOTHER_YEAR.search(raw) and "决算" not in raw):
                yield _wrong(sentence.text.slice(*opening.span("whole")), int(opening["year"]), year)
        for match in said.compared:
            if kind != "budget" and "预算" in match["what"]:
                continue
            base = int(match["year"])
            if base == year and re.search(rf"{year + 1}\s*年", raw) is None:
                text = sentence.text.slice(*match.span("whole"))
                yield Finding(
                    text.whole,
                    f"比较的年度就是报告年度{year}年，应为上年或以前年度",
                    f"the year compared with is the report's own, {year}",
                )
            elif base != year:
                bases.append((base, sentence.text.slice(*match.span("whole"))))
    yield from _odd_bases(bases, year)


def _odd_bases(bases: list[tuple[int, Text]], year: int) -> Iterator[Finding]:
    """Comparisons with another year than nearly all others, which are with the year before."""
    odd = [(base, text) for base, text in bases if base != year - 1]
    usual = len(bases) - len(odd)
    if not odd or usual < _MAJORITY or usual < _MAJORITY * len(odd):
        return
    for base, text in odd:
        related = next(other for other_base, other in bases if other_base == year - 1)
        yield Finding(
            text.whole,
            f"比较的年度为{base}年，其他{usual}处均为{year - 1}年",
            f"compared with {base}, {usual} other places compare with {year - 1}",
            Severity.WARNING if base > year else Severity.INFO,
            (Related(related.whole, f"此处与{year - 1}年比较", f"compared with {year - 1} here"),),
        )
