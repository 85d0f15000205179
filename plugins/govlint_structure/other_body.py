"""出现其他单位的名称

The name of another body, or of a body of another district, stands where the report's own name belongs.

## 说明

“部门：”“编制单位：”等填报栏、部分标题和表格标题中的单位名称，应当是报告自己的单位。报告：

- 名称相同而行政区划不同（多为套用其他地区的报告时留下的）；
- 部分标题中的名称缺少本级行政区划，成为上级单位的名称；
- 填报栏、表格标题和“××单位2023年度收入合计……”一类句首中的其他单位，全文只出现一次的（汇总报告列示所属单位的，不报告）。

正文中的“云川市白鹭区文化馆”这样只有区划不同的名称也报告；提到上级、下属和其他单位是正常的。

## 依据

《中华人民共和国政府信息公开条例》：行政机关公开的政府信息应当准确。

## 反例

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 第一部分 云川市青禾区文化馆概况

云川市青禾区文化馆负责群众文化活动。

## 第二部分 云川市青禾区文化馆2023年度部门决算表

### 收入决算表

部门：⟦云川市白鹭区文化馆⟧

单位：万元

| 项目 | 本年收入合计 |
|---|---|
| 合计 | 12.00 |
```

部分标题中丢失了区名：

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 第一部分 云川市青禾区文化馆概况

云川市青禾区文化馆负责群众文化活动。

## 第二部分 ⟦云川市文化馆⟧2023年度部门决算表

### 收入决算表

部门：云川市青禾区文化馆

单位：万元

| 项目 | 本年收入合计 |
|---|---|
| 合计 | 12.00 |
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 第一部分 云川市青禾区文化馆概况

云川市青禾区文化馆负责群众文化活动。

## 第二部分 2023年度部门决算情况说明

2023年度⟦云川市白鹭区文化馆⟧收入合计12.00万元。
```

句首是另一个单位：

```markdown
# 2023年度临江市文化馆部门决算

## 一、收入支出决算总体情况说明

临江市文化馆2023年度收入总计12.00万元。

## 二、收入决算情况说明

临江市文化馆2023年度收入合计12.00万元。

## 三、支出决算情况说明

⟦临江市教育局⟧2023年度支出合计12.00万元。

## 四、机关运行经费支出情况

临江市文化馆2023年度机关运行经费支出2.00万元。
```

## 正例

所属单位在别处也有提到：

```markdown
# 2023年度临江市文化和旅游局部门决算

## 一、概况

决算单位包括临江市图书馆。

## 二、收入决算情况说明

临江市文化和旅游局2023年度收入合计32.00万元。

## 三、支出决算情况说明

临江市文化和旅游局2023年度支出合计32.00万元。临江市图书馆2023年度支出合计12.00万元。

## 四、机关运行经费支出情况

临江市文化和旅游局2023年度机关运行经费支出2.00万元。
```

```markdown
# 2023年度云川市青禾区文化馆部门决算

## 第一部分 云川市青禾区文化馆概况

在云川市文化馆的指导下，与白鹭区文化馆联合举办展览。

## 第二部分 云川市青禾区文化馆2023年度部门决算表

### 收入决算表

部门：青禾区文化馆

单位：万元

| 项目 | 本年收入合计 |
|---|---|
| 合计 | 12.00 |
```

汇总报告列示所属单位：

```markdown
# 2023年度云川市青禾区文化和旅游局部门决算

## 第一部分 云川市青禾区文化和旅游局概况

云川市青禾区文化和旅游局下设云川市青禾区文化馆、云川市青禾区图书馆。

## 第二部分 云川市青禾区文化和旅游局2023年度部门决算表

### 收入决算表

部门：云川市青禾区文化和旅游局（汇总）

单位：万元

| 项目 | 本年收入合计 |
|---|---|
| 合计 | 12.00 |
```

```markdown
# 云川市青禾区2024年单位预算

预算主管部门：云川市青禾区文化和旅游局

预算单位：云川市青禾区文化馆

## 一、云川市青禾区文化馆主要职能

云川市青禾区文化馆负责群众文化活动。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from govlint import Document, Finding, Related, Severity, Text, body, passages, plain, rule
from govlint_structure._names import Own, Verdict, headed_names, judge, labelled_names, opening_names, own_name

_GENERIC = re.compile(r"(?:人民)?政府(?:办公室)?|办事处|办公室|委员会")
_ENOUGH = 3
_BESIDE = re.compile(r"[与和同及、赴到向给对]$")
"""Words before a body that is spoken of as another one."""


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Report names of other bodies where the report's own belongs."""
    own, printed = own_name(document), body(document)
    if own is None or printed is None or not own.rest:
        return
    evidence = (Related(printed.text.whole, f"本单位为“{own.name}”", f"the body that reports is “{own.name}”"),)
    reported: set[int] = set()
    labels = list(labelled_names(document))
    opened = list(opening_names(document))
    headed = list(headed_names(document))
    verdicts = {text.text: judge(own, text.text) for text in (*labels, *opened, *headed)}
    strangers = _strangers(document, verdicts, labels, [*headed, *opened])
    own_opens = sum(verdicts[text.text] == "own" for text in opened) >= _ENOUGH
    for text in (*labels, *headed, *(opened if own_opens else ())):
        verdict = verdicts[text.text]
        if verdict in ("own", "spelled-otherwise") or text.whole.start in reported:
            continue
        name = "".join(text.text.split())
        if verdict == "other-body" and plain(text.text) not in strangers:
            continue
        reported.add(text.whole.start)
        if verdict == "place-lost":
            yield Finding(
                text.whole,
                f"单位名称“{name}”缺少“{own.places[-1]}”，应为“{own.name}”",
                f"“{own.places[-1]}” is missing in “{name}”: the body is “{own.name}”",
                Severity.WARNING,
                evidence,
            )
        else:
            yield Finding(
                text.whole,
                f"“{name}”不是本单位，应为“{own.name}”",
                f"“{name}” is not the body that reports, which is “{own.name}”",
                None if verdict == "other-place" else Severity.WARNING,
                evidence,
            )
    yield from _in_prose(document, own, evidence, reported)


def _strangers(
    document: Document, verdicts: Mapping[str, Verdict], labels: Sequence[Text], others: Sequence[Text]
) -> frozenset[str]:
    """Other bodies that stand where the report's own name belongs, and nowhere else.

    Of labels only one may name another body: where several do, the tables are of several bodies.
    """
    if sum(verdicts[text.text] == "own" for text in (*labels, *others)) < _ENOUGH:
        return frozenset()
    labelled = [plain(text.text) for text in labels if verdicts[text.text] == "other-body"]
    found = {plain(text.text) for text in others if verdicts[text.text] == "other-body"}
    if len(labelled) == 1:
        found.add(labelled[0])
    if not found:
        return frozenset()
    spoken_of = plain("\n".join(passage.text.text for passage in passages(document)))
    return frozenset(name for name in found if spoken_of.count(name) <= 1)


def _in_prose(document: Document, own: Own, evidence: tuple[Related, ...], reported: set[int]) -> Iterator[Finding]:
    """Names that differ from the report's own in the last place alone (云川市白鹭区文化馆)."""
    if len(own.places) < 2 or len(own.rest) < 3 or _GENERIC.fullmatch(own.rest):
        return
    above = "".join(own.places[:-1])
    level = own.places[-1][-1]
    pattern = re.compile(
        rf"{re.escape(above)}(?P<place>[^\W\d_A-Za-z]{{1,5}}?[区县市旗镇乡])(?:人民政府)?{re.escape(own.rest)}"
    )
    found: list[Text] = []
    for passage in passages(document):
        for match in pattern.finditer(passage.text.text) if above in passage.text.text else ():
            if _BESIDE.search(passage.text.text, 0, match.start()):
                continue
            if match["place"] != own.places[-1] and match["place"][-1] in {level, *"区县旗"}:
                text = passage.text.slice(*match.span())
                if text.whole.start not in reported:
                    found.append(text)
    if found:
        others = tuple(Related(text.whole, "又一处", "again") for text in found[1:])
        yield Finding(
            found[0].whole,
            f"“{found[0].text}”不是本单位，应为“{own.name}”",
            f"“{found[0].text}” is not the body that reports, which is “{own.name}”",
            Severity.WARNING,
            (*evidence, *others),
        )
