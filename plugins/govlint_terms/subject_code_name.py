"""科目编码与名称不符

A table prints a subject's code with another name than the official one, or a code that there is none.

## 说明

逐行核对各表的科目编码和科目名称：支出功能分类（类、款、项）和支出经济分类（类、款），按报告年度的《政府收支分类科目》。
名称是另一个编码的、与该编码历年的名称都不同的，报告为错误；只差“支出”二字、括号、引号的不计较。用了其他年度名称的报告为警告，
改称前后一年不报告。没有这个编码的报告为警告。同一编码在几张表里写法相同，只报告一次。

转换工具截断、换行错位的名称（是官方名称的开头或结尾，或者字同而次序不同）不报告；一张表大多数名称对不上编码时，视为转换时错行，不报告。
字典把握不大的编码，任何名称都接受。

## 依据

《政府收支分类科目》（财政部逐年印发）；《支出经济分类科目改革方案》（财政部，2018年起施行）。

## 反例

```markdown
2022年度一般公共预算财政拨款基本支出决算表

| 科目编码 | 科目名称 | 决算数 |
|---|---|---|
| 301 | 工资福利支出 | 30.00 |
| 30101 | 基本工资 | 20.00 |
| 30108 | ⟦机关事业单位基本养老保险费⟧ | 10.00 |
```
改为
```markdown
2022年度一般公共预算财政拨款基本支出决算表

| 科目编码 | 科目名称 | 决算数 |
|---|---|---|
| 301 | 工资福利支出 | 30.00 |
| 30101 | 基本工资 | 20.00 |
| 30108 | 机关事业单位基本养老保险缴费 | 10.00 |
```

```markdown
2022年度支出决算表

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 221 | 住房保障支出 | 30.00 | 30.00 | 0.00 |
| 22102 | 住房改革支出 | 30.00 | 30.00 | 0.00 |
| 2210201 | 住房公积金 | 20.00 | 20.00 | 0.00 |
| 2210202 | ⟦购房补贴⟧ | 10.00 | 10.00 | 0.00 |
```

```markdown
2023年度支出决算表

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 210 | ⟦医疗卫生与计划生育支出⟧ | 30.00 | 30.00 | 0.00 |
| 21011 | 行政事业单位医疗 | 30.00 | 30.00 | 0.00 |
| 2101101 | 行政单位医疗 | 30.00 | 30.00 | 0.00 |
```

```markdown
2023年度支出决算表

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 201 | 一般公共服务支出 | 30.00 | 30.00 | 0.00 |
| 20103 | 政府办公厅（室）及相关机构事务 | 30.00 | 30.00 | 0.00 |
| ⟦2010300⟧ | 行政运行 | 30.00 | 30.00 | 0.00 |
```

## 正例

```markdown
2019年度支出决算表

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 210 | 医疗卫生与计划生育支出 | 30.00 | 30.00 | 0.00 |
| 21011 | 行政事业单位医疗 | 30.00 | 30.00 | 0.00 |
| 2101101 | 行政单位医疗 | 30.00 | 30.00 | 0.00 |
```

```markdown
2023年度支出决算表

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 201 | 一般公共服务 | 30.00 | 30.00 | 0.00 |
| 20103 | 政府办公厅(室)及相关机构 | 30.00 | 30.00 | 0.00 |
| 2010301 | 其中：行政运行 | 30.00 | 30.00 | 0.00 |
```

```markdown
2023年度支出决算表

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 208 | 社会保障和就业支出 | 30.00 | 30.00 | 0.00 |
| 20805 | 行政事业单位养老支出 | 30.00 | 30.00 | 0.00 |
| 2080505 | 机关事业单位基本养老保险费缴支出 | 30.00 | 30.00 | 0.00 |
```

```markdown
2023年度项目支出表

| 项目编码 | 项目名称 | 金额 |
|---|---|---|
| 22102 | 设备更新 | 30.00 |
| 22103 | 系统运行维护 | 30.00 |
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from govlint_dictionaries.subjects import Judgement, Subjects, comparable, nearness
from msgspec import Struct

from govlint import Cell, Document, Finding, Fix, Related, Severity, rule
from govlint_terms._subjects import LEVEL_OF, TableSubject, key_of, subjects_of, table_subjects, year_of

_PART = "其中："


class _Fault(Struct, frozen=True):
    """The words for what is wrong, how grave, whether the code is meant, and the name to put."""

    message: str
    english: str
    severity: Severity
    of_code: bool = False
    put: str | None = None


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Report each wrong pair of code and name once, with the other rows that print it."""
    rows: dict[tuple[str, str], list[TableSubject]] = {}
    for row in table_subjects(document):
        rows.setdefault((row.code, row.label.removeprefix(_PART)), []).append(row)
    for (code, name), alike in rows.items():
        fault = _fault(subjects_of(alike[0].system), code, name, year_of(document))
        if fault is None:
            continue
        cells = [cell for row in alike if (cell := _cell(row, fault.of_code)) is not None and cell.text]
        if not cells:
            continue
        spans = [cell.text.whole for cell in cells]
        yield Finding(
            spans[0],
            fault.message,
            fault.english,
            fault.severity,
            tuple(Related(span, "同样写法", "The same again") for span in spans[1:]),
            Fix.replace(spans[0], fault.put)
            if fault.put and comparable(cells[0].text.text) == comparable(name)
            else None,
        )


def _cell(row: TableSubject, of_code: bool) -> Cell | None:
    return row.row.code_cell or row.row.label_cell if of_code else row.row.label_cell


@lru_cache(maxsize=4096)
def _fault(subjects: Subjects, code: str, name: str, year: int | None) -> _Fault | None:
    judged = subjects.judge(code, name, year)
    if judged.kind in ("agrees", "unsure"):
        return None
    if judged.kind == "unknown code":
        return _unknown_code(subjects, code, name, year)
    if judged.kind == "other year":
        return _other_year(subjects, judged, code, name, year)
    return None if _is_cut(subjects, code, name) else _wrong(subjects, judged, code, name, year)


def _unknown_code(subjects: Subjects, code: str, name: str, year: int | None) -> _Fault | None:
    parent = code[:-2]
    if parent and parent not in subjects:
        return None
    under = [entry for entry in subjects.named(name, year=year, slack=1) if entry.parent == parent]
    known = bool(under) or all(entry.confidence != "low" for entry in subjects.children(parent, year))
    if not known:
        return None
    belongs = f"，“{name}”的编码是{under[0].code}" if len(under) == 1 else ""
    return _Fault(
        f"没有编码为{code}的科目{belongs}",
        f"There is no subject with the code {code}" + (f"; “{name}” has {under[0].code}" if len(under) == 1 else ""),
        Severity.WARNING if len(under) == 1 or not parent else Severity.INFO,
        of_code=True,
    )


def _other_year(subjects: Subjects, judged: Judgement, code: str, name: str, year: int | None) -> _Fault | None:
    if judged.confidence == "low" or judged.expected is None or year is None:
        return None
    entries = [entry for entry in subjects.of(code) if comparable(entry.name) == comparable(name)]
    past = [entry for entry in entries if entry.valid_to is not None and entry.valid_to < year]
    now = judged.expected.name
    told = f"自{max(entry.valid_to or 0 for entry in past) + 1}年起改称" if past else f"{year}年还称"
    return _Fault(
        f"{code}“{name}”{told}“{now}”",
        f"The name of {code} in {year} is “{now}”, “{name}” is that of other years",
        Severity.WARNING,
        put=now,
    )


def _wrong(subjects: Subjects, judged: Judgement, code: str, name: str, year: int | None) -> _Fault | None:
    expected = judged.expected or subjects.of(code)[-1]
    others = [
        entry
        for entry in subjects.named(
            name, LEVEL_OF[len(code)] if expected.system == "functional" else None, year=year, slack=1
        )
        if entry.parent == code[:-2] and entry.code != code
    ]
    if others:
        message = f"{code}的科目名称是“{expected.name}”，“{name}”的编码是{others[0].code}"
        english = f"{code} is “{expected.name}”; “{name}” is {others[0].code}"
        return _Fault(message, english, Severity.ERROR if judged.confidence == "high" else Severity.WARNING)
    near = nearness(comparable(name), comparable(expected.name))
    return _Fault(
        f"{code}的科目名称是“{expected.name}”，不是“{name}”",
        f"The name of {code} is “{expected.name}”, not “{name}”",
        Severity.ERROR if judged.confidence == "high" and expected.holds(year) and near >= 0.5 else Severity.WARNING,
        put=expected.name if near >= 0.6 else None,
    )


def _is_cut(subjects: Subjects, code: str, name: str) -> bool:
    """Whether a name is what a converter left of a name of the code: cut off, run together, shuffled, or without 支出."""
    key = comparable(name)
    for entry in subjects.of(code):
        other = comparable(entry.name)
        if key_of(name) == key_of(entry.name) or key in other or other in key:
            return True
        shared = 2 * sum((Counter(key) & Counter(other)).values()) / (len(key) + len(other))
        if sorted(key) == sorted(other) or (shared >= 0.75 and nearness(key, other) < shared - 0.05):
            return True
    return False
