"""科目解释遗漏关键词

The glossary explains a subject without saying whether it is of basic or of project expenditure.

## 说明

几个最常用的科目，官方定义写明反映的是哪一类支出：“行政运行”“事业运行”反映基本支出，“一般行政管理事务”反映其他项目支出。
解释写成“反映……的支出”，丢了“基本”或“项目”二字，含义就变了，报告为警告。用自己的话解释、没有“反映……支出”的不报告。

## 依据

《政府收支分类科目》（财政部逐年印发）的科目说明。

## 反例

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第五部分 名词解释

（一）一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）事业运行（项）：⟦反映事业单位的支出⟧，不包括行政单位附属事业单位的支出。
```

## 正例

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第五部分 名词解释

（一）一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）事业运行（项）：反映事业单位的基本支出，不包括行政单位附属事业单位的支出。

（二）一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）一般行政管理事务（项）：反映行政单位未单独设置项级科目的其他项目支出。
```

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第五部分 名词解释

（一）一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）：指单位的人员工资和日常公用开支。
```

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第五部分 名词解释

（一）教育支出（类）进修及培训（款）培训支出（项）：反映各部门安排的用于培训的支出。

（二）一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）：反映行政单位的人员支出和公用支出。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint import Document, Finding, Severity, Text, rule
from govlint_terms._glossary import Entry, glossary

_KINDS = {"行政运行": "基本支出", "事业运行": "基本支出", "一般行政管理事务": "项目支出"}
"""The word that the definition of a subject must have."""

_REFLECTS = r"^\s{0,2}(?:[：:]|是?指)?\s{0,2}(反映[^，。；：:]{2,40}?的支出)(?=[，。；]|$)"


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report each definition without its word."""
    found = glossary(document)
    for entry in found.entries if found else ():
        word = _KINDS.get(_name(entry))
        text = entry.explanation.text
        if word is None or word in text:
            continue
        match = re.match(_REFLECTS, text)
        if match is None:
            continue
        place: Text = entry.explanation.slice(*match.span(1))
        yield Finding(
            place.whole,
            f"“{_name(entry)}”的官方定义反映的是{word}，这里写作“支出”，遗漏“{word.removesuffix('支出')}”",
            f"By the official definition “{_name(entry)}” is of {word}; the word is missing",
        )


def _name(entry: Entry) -> str:
    if entry.chains:
        return entry.chains[0].links[-1].name
    return entry.key
