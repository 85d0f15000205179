"""名词解释中有用不到的名词

The glossary explains terms that neither the tables nor the text use.

## 说明

名词解释应当解释本报告用到的名词。表格、正文和其他词条的解释都没有出现的名词，以及各表都没有的支出科目，合为一条提示，逐一关联。
只有文字、没有表格的文件不报告。名词带不带引号、带不带“支出”“预算”都算用到。

## 依据

《地方预决算公开操作规程》（财预〔2016〕143号）：对专业性较强的名词进行解释。

## 反例

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第二部分 2023年度部门决算表

支出决算表

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 221 | 住房保障支出 | 60.00 | 60.00 | |
| 22102 | 住房改革支出 | 60.00 | 60.00 | |
| 2210201 | 住房公积金 | 60.00 | 60.00 | |

## 第五部分 名词解释

（一）基本支出：指为保障机构正常运转发生的支出。

（二）⟦附属单位上缴收入⟧：指附属独立核算单位按规定上缴的收入。

（三）住房保障支出（类）住房改革支出（款）购房补贴（项）：反映用于购买住房的补贴。
```

## 正例

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

## 第二部分 2023年度部门决算表

支出决算表

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 221 | 住房保障支出 | 60.00 | 60.00 | |
| 22102 | 住房改革支出 | 60.00 | 60.00 | |
| 2210201 | 住房公积金 | 60.00 | 60.00 | |

## 第五部分 名词解释

（一）基本支出预算：指为保障机构正常运转安排的支出。

（二）“项目支出”：指在基本支出之外发生的支出。

（三）住房保障支出（类）住房改革支出（款）住房公积金（项）：反映单位缴纳的住房公积金。
```

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

2023年度三公经费支出1.00万元。

支出决算表

| 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|
| 合计 | 60.00 | 60.00 | |

## 第五部分 名词解释

（一）“三公”经费：指因公出国（境）费、公务用车购置及运行费和公务接待费。

（二）公务接待费：指按规定开支的接待费用。
```

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

2023年度支出60.00万元，各表见附件。

## 第五部分 名词解释

（一）附属单位上缴收入：指附属独立核算单位按规定上缴的收入。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from govlint import Document, Finding, Related, Severity, passages, plain, rule, statements
from govlint_terms._chains import chains
from govlint_terms._glossary import Entry, Glossary, glossary
from govlint_terms._subjects import key_of, subject_names, table_subjects

_DROPPED = "“”\"‘’'《》"
_BRACKETED = re.compile(r"\([^()]{0,20}\)")
_ENDING = re.compile(r"(?:支出|预算|情况|资金|经费)$")
_FEWEST_LETTERS = 3


@rule(severity=Severity.INFO)
def check(document: Document) -> Iterator[Finding]:
    """Report all unused entries in one finding, at the first."""
    found = glossary(document)
    if found is None or not any(statement.numeric for statement in statements(document)):
        return
    unused = [entry for entry in _unused(document, found) if entry.marked]
    if unused:
        names = "、".join(entry.term.text for entry in unused)
        yield Finding(
            unused[0].term.whole,
            f"名词解释中的{names}在表格和正文中都没有出现",
            f"Explained in the glossary, but used neither in the tables nor in the text: {names}",
            None,
            tuple(Related(entry.term.whole, "没有用到的名词", "A term that is not used") for entry in unused[1:]),
        )


def _unused(document: Document, found: Glossary) -> Iterator[Entry]:
    outside_text = _text_outside(document, found)
    plain_text = cache(lambda: _plain(outside_text))  # most terms stand in the text as they are
    codes = {row.code for row in table_subjects(document) if row.system == "functional"}
    names = subject_names(document)
    outside = {
        code for chain in chains(document) if chain.passage not in found.passages for code in chain.links[-1].codes
    }
    explanations = [_plain(entry.explanation.text) for entry in found.entries]
    everything = "\n".join(explanations)
    for entry, own in zip(found.entries, explanations, strict=True):
        if entry.chains:
            links = [chain.links[-1] for chain in entry.chains]
            if codes and all(
                link.codes and not (codes | outside) & set(link.codes) and key_of(link.name) not in names[link.level]
                for link in links
            ):
                yield entry
        elif not any(
            form in outside_text or form in plain_text() or everything.count(form) > own.count(form)
            for form in _forms(entry)
        ):
            yield entry


def _text_outside(document: Document, found: Glossary) -> str:
    """All text outside the glossary's entries as one string."""
    parts = [passage.text.text for index, passage in enumerate(passages(document)) if index not in found.passages]
    parts += [cell.text.text for table in document.tables() for row in table.rows for cell in row]
    return "\n".join(parts)


def _plain(text: str) -> str:
    for mark in _DROPPED:
        text = text.replace(mark, "")
    return plain(text)


def _forms(entry: Entry) -> Iterator[str]:
    """The forms in which a term may be used; one too short to tell counts as used everywhere."""
    term = _plain(entry.term.text)
    short = _ENDING.sub("", _BRACKETED.sub("", term))
    for form in (short, term):
        yield form if len(form) >= _FEWEST_LETTERS else ""
