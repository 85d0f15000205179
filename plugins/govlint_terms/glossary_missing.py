"""名词解释有遗漏

Subjects with an amount, or kinds of income and spending with one, that the glossary leaves out although it explains others.

## 说明

名词解释里已经解释了一部分项级科目的，表中有金额的其他项级科目也应当解释。缺少的合为一条报告，列出科目，关联到表中的行。
标题写明“本部门使用的支出功能分类科目（到项级）”的，或者已解释半数以上的，报告为警告；其余只作提示。
同名科目（如各款下的“行政运行”）解释过一次就算；解释了整个款或类的，其下各项都算；名称写错的，按最接近的科目算。

收入、支出的种类（事业收入、项目支出、年末结转和结余等）表中有金额而没有解释的，也合为一条，只作提示。
名词解释完全不解释科目的（许多地区的模板如此），不报告。

## 依据

《地方预决算公开操作规程》（财预〔2016〕143号）：对专业性较强的名词进行解释。

## 反例

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第二部分 2023年度部门决算表

支出决算表

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 201 | 一般公共服务支出 | 60.00 | 60.00 | |
| 20103 | 政府办公厅（室）及相关机构事务 | 60.00 | 60.00 | |
| 2010301 | 行政运行 | 30.00 | 30.00 | |
| 2010302 | 一般行政管理事务 | 20.00 | 20.00 | |
| 2010350 | 事业运行 | 10.00 | 10.00 | |

## 第五部分 名词解释

（一）基本支出：指为保障机构正常运转发生的支出。

（二）财政拨款收入：指区级财政拨付的资金。

（三）⟦一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）⟧：反映行政单位的基本支出。

（四）一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）事业运行（项）：反映事业单位的基本支出。
```

## 正例

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第二部分 2023年度部门决算表

支出决算表

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 201 | 一般公共服务支出 | 60.00 | 60.00 | |
| 20103 | 政府办公厅（室）及相关机构事务 | 60.00 | 60.00 | |
| 2010301 | 行政运行 | 30.00 | 30.00 | |
| 2010302 | 一般行政管理事务 | 30.00 | 30.00 | |

## 第五部分 名词解释

（一）基本支出：指为保障机构正常运转发生的支出。

（二）财政拨款收入：指区级财政拨付的资金。

（三）“三公”经费：指因公出国（境）费、公务用车购置及运行费和公务接待费。
```

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第二部分 2023年度部门决算表

支出决算表

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 201 | 一般公共服务支出 | 60.00 | 60.00 | |
| 20103 | 政府办公厅（室）及相关机构事务 | 60.00 | 60.00 | |
| 2010301 | 行政运行 | 60.00 | 60.00 | |
| 2010302 | 一般行政管理事务 | 0.00 | | 0.00 |

## 第五部分 名词解释

（一）基本支出：指为保障机构正常运转发生的支出。

（二）财政拨款收入：指区级财政拨付的资金。

（三）一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）：反映行政单位的基本支出。
```

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第二部分 2023年度部门决算表

支出决算表

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 221 | 住房保障支出 | 60.00 | 60.00 | |
| 22102 | 住房改革支出 | 60.00 | 60.00 | |
| 2210201 | 住房公积金 | 40.00 | 40.00 | |
| 2210203 | 购房补贴 | 20.00 | 20.00 | |

## 第五部分 名词解释

（一）基本支出：指为保障机构正常运转发生的支出。

（二）财政拨款收入：指区级财政拨付的资金。

（三）住房保障支出（类）住房改革支出（款）：反映行政事业单位用于住房改革的支出，包括住房公积金和购房补贴。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govlint import Document, Finding, Related, Severity, Text, rule, statements
from govlint_terms._glossary import Glossary, explained_subjects, glossary, term_key
from govlint_terms._subjects import TableSubject, table_subjects

_FEWEST = 3
_MOST_RELATED = 20
_MOST_NAMED = 8
_KINDS = {
    "上级补助收入": r"上级补助收入",
    "事业收入": r"事业收入",
    "经营收入": r"经营收入",
    "附属单位上缴收入": r"上缴收入",
    "其他收入": r"其他收入",
    "使用非财政拨款结余": r"非财政拨款结余|弥补收支差额",
    "年初结转和结余": r"(?:年初|上年|以前年度).{0,8}结[转余]|^结转",
    "结余分配": r"结余分配|分配",
    "年末结转和结余": r"(?:年末|结转下年).{0,8}(?:结[转余])?|^结转",
    "基本支出": r"基本支出",
    "项目支出": r"项目支出",
    "上缴上级支出": r"上缴上级",
    "经营支出": r"经营支出",
    "对附属单位补助支出": r"附属单位补助",
}
"""Kinds of income and spending, each with the pattern of the terms that explain it."""


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report the missing subjects in one finding and the missing kinds in another."""
    found = glossary(document)
    if found is None or len(found.entries) < _FEWEST:
        return
    yield from _subjects(document, found)
    yield from _kinds(document, found)


def _subjects(document: Document, found: Glossary) -> Iterator[Finding]:
    explained = explained_subjects(document)
    if not explained.codes and not explained.names:
        return
    used: dict[str, TableSubject] = {}
    for row in table_subjects(document):
        if row.system == "functional" and len(row.code) == 7 and row.has_amount():
            used.setdefault(row.code, row)
    missing = [row for row in used.values() if not explained.covers(row.code, row.label)]
    place = found.subjects or next((entry.term for entry in found.entries if entry.chains), None)
    if not missing or place is None:
        return
    there = len(used) - len(missing)
    names = "、".join(f"{row.code}{row.label}" for row in missing[:_MOST_NAMED])
    more = "等" if len(missing) > _MOST_NAMED else ""
    yield Finding(
        place.whole,
        f"表中有金额的项级科目共{len(used)}个，名词解释只解释了{there}个，缺少{names}{more}",
        f"{len(used)} items have an amount in the tables, the glossary explains {there} of them; missing: {names}",
        Severity.WARNING if found.subjects is not None or there >= len(missing) else Severity.INFO,
        _related(missing),
    )


def _related(rows: Sequence[TableSubject]) -> tuple[Related, ...]:
    cells = [(row, row.row.label_cell) for row in rows[:_MOST_RELATED]]
    return tuple(
        Related(cell.text.whole, f"没有解释：{row.label}", f"Not explained: {row.label}")
        for row, cell in cells
        if cell is not None and cell.text
    )


def _kinds(document: Document, found: Glossary) -> Iterator[Finding]:
    terms = "\n".join([entry.key for entry in found.entries])
    explained = {kind for kind, pattern in _KINDS.items() if re.search(pattern, terms, re.MULTILINE)}
    if len(explained) < _FEWEST:
        return
    missing = {kind: text for kind, text in _kinds_used(document).items() if kind not in explained}
    if missing:
        names = "、".join(missing)
        yield Finding(
            found.heading.whole,
            f"表中有金额的{names}没有名词解释",
            f"Not explained although there is an amount in the tables: {names}",
            Severity.INFO,
            tuple(Related(text.whole, f"没有解释：{kind}", f"Not explained: {kind}") for kind, text in missing.items()),
        )


def _kinds_used(document: Document) -> dict[str, Text]:
    """The kinds that a row's label names and that have an amount, with the label."""
    used: dict[str, Text] = {}
    kinds = {term_key(kind): kind for kind in _KINDS}
    for statement in statements(document):
        for row in statement.rows() if statement.numeric else ():
            label = kinds.get(term_key(row.label))
            if (
                label is not None
                and row.label_cell is not None
                and row.label_cell.text
                and any(value.number is not None and value.number.value != 0 for value in row.values)
            ):
                used.setdefault(label, row.label_cell.text)
    return used
